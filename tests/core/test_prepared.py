"""Queries whose SQL is made once: the same rows as without, and no text ever becomes part of the SQL."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db.models import QuerySet, Value

from core.prepared import MARK, Statement, objects_for, rows_for
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
