"""Queries whose SQL is made once: the same rows as without, and no text ever becomes part of the SQL."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet, Value

from core.prepared import Statement, objects_for, rows_for
from core.prepared_query import MARK, PreparedQuery
from people.models import Organisation
from tests.factories import make_organisation

HOSTILE = "'; DROP TABLE people_organisation; --"


def by_id(ids: Sequence[int]) -> QuerySet[Any, Any]:
    rows = Organisation.objects.filter(pk__in=ids).order_by("name").annotate(said=Value("100%s"))
    return rows.values_list("pk", "name")


def objects_by_id(ids: Sequence[Any]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=ids).order_by("name").only("name", "nis_code")


def objects_by_name(names: Sequence[Any]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(name__in=names)


@pytest.mark.django_db
def test_the_same_rows_for_other_ids() -> None:
    aalst, gent, genk = (make_organisation(name) for name in ("Aalst", "Gent", "Genk"))

    assert rows_for(by_id, [gent.pk, aalst.pk]) == [(aalst.pk, "Aalst"), (gent.pk, "Gent")]
    assert rows_for(by_id, [genk.pk, gent.pk]) == [(genk.pk, "Genk"), (gent.pk, "Gent")]
    assert rows_for(by_id, []) == []


@pytest.mark.django_db
def test_objects_are_as_the_database_gives_them(django_assert_num_queries: Any) -> None:
    gent = make_organisation("Gent")

    with django_assert_num_queries(1):
        (found,) = objects_for(objects_by_id, [gent.pk])
        assert (found, found.name, found._state.adding, found._state.db) == (gent, "Gent", False, "default")
    assert found.get_deferred_fields() == Organisation.objects.only("name", "nis_code").get().get_deferred_fields()
    with django_assert_num_queries(1):
        assert found.kind == gent.kind  # left out, and read when it is asked for
    found.name = "Ander"
    found.save(update_fields=["name"])
    assert Organisation.objects.get().name == "Ander"


@pytest.mark.django_db
def test_a_text_is_a_parameter_and_an_id_a_number() -> None:
    make_organisation(HOSTILE)

    assert [found.name for found in objects_for(objects_by_name, [HOSTILE])] == [HOSTILE]
    with pytest.raises(ValueError, match="invalid literal"):
        rows_for(by_id, [HOSTILE])  # type: ignore[list-item]
    assert Organisation.objects.count() == 1


def test_ids_texts_and_other_parameters_each_find_their_place() -> None:
    statement = Statement("a = %s AND b IN (%s, %s) AND c = %s", ["x", -2, -1, f"{MARK}2"])

    assert statement.filled([11, 22, HOSTILE]) == ("a = %s AND b IN (22, 11) AND c = %s", ["x", HOSTILE])


def test_sql_that_holds_what_looks_like_a_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="looks like a parameter"):
        Statement("a LIKE '%s' AND b = %s", [-1])


def test_a_list_of_ids_is_one_parameter_however_many_there_are() -> None:
    sql = "a = %s AND b IN (%s, %s) AND c IN (%s, %s) AND d IN (%s, %s) AND e = %s"
    query = PreparedQuery(sql, ["x", -2, -3, -2, -3, "y", "z", -1])

    assert query.sql == (
        "a = %(p0)s AND b = ANY(%(p1)s::bigint[]) AND c = ANY(%(p1)s::bigint[]) "
        "AND d IN (%(p2)s, %(p3)s) AND e = %(p4)s"
    )
    assert query.bound([11, 22, 33]) == {"p0": "x", "p1": "{22,33}", "p2": "y", "p3": "z", "p4": "11"}


def test_a_text_that_is_asked_for_is_a_parameter_of_a_prepared_query() -> None:
    query = PreparedQuery("a IN (%s, %s)", [f"{MARK}0", f"{MARK}1"])

    assert query.sql == "a IN (%(p0)s, %(p1)s)"
    assert query.bound([HOSTILE, "x"]) == {"p0": HOSTILE, "p1": "x"}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL prepares")
def test_one_prepared_statement_serves_any_number_of_ids_with_a_plan_for_all() -> None:
    towns = [make_organisation(name) for name in ("Aalst", "Gent", "Genk", "Mol", "Niel")]

    for number in range(1, len(towns) + 1):
        assert len(rows_for(by_id, [town.pk for town in towns[:number]])) == number
        assert len(objects_for(objects_by_id, [town.pk for town in towns[:number]])) == number

    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE '%ANY(%'")
        assert cursor.fetchall() == [(5, 0), (5, 0)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL prepares")
def test_a_column_that_gets_another_type_meanwhile_breaks_nothing() -> None:
    town = make_organisation("Gent")
    assert rows_for(by_id, [town.pk]) == [(town.pk, "Gent")]
    migrating = connection.copy()
    (length,) = (field.max_length for field in Organisation._meta.fields if field.name == "name")
    try:
        with migrating.cursor() as cursor:
            cursor.execute("ALTER TABLE people_organisation ALTER COLUMN name TYPE text")
        assert rows_for(by_id, [town.pk]) == [(town.pk, "Gent")]
    finally:
        with migrating.cursor() as cursor:
            cursor.execute(f"ALTER TABLE people_organisation ALTER COLUMN name TYPE varchar({length})")
        migrating.close()
