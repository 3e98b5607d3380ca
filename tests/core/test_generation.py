"""The generation moves with every commit that could change a page, and with nothing else."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from core import generation, generation_watch
from core.generation import current, each_per_generation, per_generation
from people.models import Organisation
from taxonomy.models import Concept
from tests.factories import make_concept, make_organisation, make_user

on_postgresql = pytest.mark.skipif(
    "postgres" not in os.environ.get("TEST_DATABASE_URL", ""), reason="two connections at a time need PostgreSQL"
)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town() -> Organisation:
    return make_organisation(name="Gent")


def rename(name: str) -> None:
    Organisation.objects.update(name=name)


def raw(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("/* by hand */ UPDATE people_organisation SET name = %s", [name])


def with_clause(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH wanted AS (SELECT id FROM people_organisation) "
            "UPDATE people_organisation SET name = %s WHERE id IN (SELECT id FROM wanted)",
            [name],
        )


def save(name: str) -> None:
    town = Organisation.objects.get()
    town.name = name
    town.save()


@pytest.mark.parametrize("change", [rename, raw, with_clause, save])
@pytest.mark.parametrize("inside", [True, False])
def test_a_change_by_any_way_is_a_new_generation(
    town: Organisation, change: Callable[[str], None], inside: bool
) -> None:
    before = current()

    if inside:
        with transaction.atomic():
            change("Gent")
    else:
        change("Gent")

    assert current() > before


@pytest.mark.parametrize(
    "change",
    [
        lambda: Group.objects.create(name="Cel"),
        lambda: Group.objects.bulk_create([Group(name="Een"), Group(name="Twee")]),
        lambda: Group.objects.get_or_create(name="Drie"),
        lambda: Organisation.objects.all().delete(),
        lambda: make_user("iemand@voorbeeld.be").groups.add(Group.objects.create(name="Vier")),
    ],
)
def test_rows_made_and_deleted(town: Organisation, change: Callable[[], object]) -> None:
    before = current()

    change()

    assert current() > before


def test_reading_is_none(town: Organisation) -> None:
    before = current()

    with transaction.atomic():
        list(Organisation.objects.filter(name="update delete").order_by("name"))

    assert current() == before


def test_a_union_in_parentheses_is_none_unless_something_follows_it() -> None:
    union = "(SELECT 'update' AS role FROM a) UNION ALL (SELECT 'delete' FROM b)"

    assert not generation_watch.Watch()._counts(union)
    assert generation_watch.Watch()._counts(f"{union}; DELETE FROM people_organisation")


def test_a_session_is_none(town: Organisation, client) -> None:
    client.force_login(make_user("iemand@voorbeeld.be"))
    before = current()

    session = client.session
    session["a"] = 1
    session.save()

    assert current() == before


def test_a_table_can_be_left_out(town: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation_watch, "_unseen", set(generation_watch._unseen))
    generation_watch.ignore("auth_group")
    before = current()

    Group.objects.create(name="Cel")
    assert current() == before

    Organisation.objects.update(name="Brugge")
    assert current() > before


def test_what_is_rolled_back_is_none(town: Organisation) -> None:
    before = current()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rename("Brugge")
        _ = 1 / 0

    assert current() == before


def test_a_change_after_a_rollback_counts(town: Organisation) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rename("Brugge")
        _ = 1 / 0
    before = current()

    with transaction.atomic():
        rename("Brugge")

    assert current() > before


def test_a_change_after_a_savepoint_that_was_rolled_back_counts(town: Organisation) -> None:
    before = current()

    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            rename("Brugge")
            _ = 1 / 0
        rename("Leuven")

    assert current() > before


def test_a_change_after_a_savepoint_by_hand_counts(town: Organisation) -> None:
    before = current()

    with transaction.atomic():
        savepoint = transaction.savepoint()
        rename("Brugge")
        transaction.savepoint_rollback(savepoint)
        rename("Leuven")

    assert current() > before


def test_a_change_before_a_savepoint_that_was_rolled_back_counts(town: Organisation) -> None:
    before = current()

    with transaction.atomic():
        rename("Leuven")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            rename("Brugge")
            _ = 1 / 0

    assert current() > before


def test_many_changes_in_one_transaction_ask_for_it_once(town: Organisation) -> None:
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        rename("Een")
        rename("Twee")
        rename("Drie")

    assert sum(generation.TABLE in query["sql"] for query in asked.captured_queries) == 1


def test_no_number_comes_back_after_the_database_was_emptied(town: Organisation) -> None:
    before = current()

    call_command("flush", interactive=False, verbosity=0)

    assert current() > 0
    assert current() != before


def test_no_number_comes_back_after_a_backup_was_restored(town: Organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT slot, changes FROM {generation.TABLE}")
        backup = cursor.fetchall()
        rename("Brugge")
        used = current()
        cursor.executemany(
            f"UPDATE {generation.TABLE} SET changes = %s WHERE slot = %s", [(changes, slot) for slot, changes in backup]
        )

    rename("Leuven")

    assert current() > used


@pytest.fixture
def names() -> Iterator[tuple[Callable[[], list[str]], list[int]]]:
    calls: list[int] = []

    @per_generation
    def read() -> list[str]:
        calls.append(1)
        return list(Organisation.objects.values_list("name", flat=True))

    yield read, calls


def test_remembered_until_something_changes(town: Organisation, names) -> None:
    read, calls = names
    assert [read(), read()] == [["Gent"], ["Gent"]]
    assert len(calls) == 1

    rename("Brugge")

    assert read() == ["Brugge"]


def test_nothing_is_remembered_of_a_transaction_that_may_fail(town: Organisation, names) -> None:
    read, _calls = names
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rename("Brugge")
        assert read() == ["Brugge"]
        _ = 1 / 0

    assert read() == ["Gent"]


def test_a_transaction_sees_its_own_changes(town: Organisation, names) -> None:
    read, _calls = names
    read()

    with transaction.atomic():
        rename("Brugge")

        assert read() == ["Brugge"]


def test_a_request_asks_once_and_sees_its_own_changes(town: Organisation, names, django_assert_num_queries) -> None:
    read, _calls = names
    read()
    with generation.scope():
        with django_assert_num_queries(1):
            read()
            read()

        rename("Brugge")

        assert read() == ["Brugge"]


def test_the_next_request_asks_anew(town: Organisation, names) -> None:
    read, _calls = names
    with generation.scope():
        read()
    rename("Brugge")

    with generation.scope():
        assert read() == ["Brugge"]


def test_each_argument_its_own_answer_and_not_without_end(town: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "MAX_VALUES", 2)
    calls: list[int] = []

    @per_generation
    def double(number: int) -> int:
        calls.append(number)
        return 2 * number

    assert [double(n) for n in (1, 2, 3, 3, 1)] == [2, 4, 6, 6, 2]
    assert calls == [1, 2, 3, 1]


@pytest.fixture
def towns() -> tuple[Callable[[list[int]], dict[int, str]], list[list[int]]]:
    """Names by id, remembered three at most; and what was asked for."""
    asked: list[list[int]] = []

    @each_per_generation(3)
    def names_of(ids: list[int]) -> dict[int, str]:
        asked.append(ids)
        return dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))

    return names_of, asked


def test_of_many_keys_only_the_new_ones_are_asked_for(town: Organisation, towns) -> None:
    names_of, asked = towns
    other, nobody = make_organisation(name="Aalst"), 999_999

    assert names_of([town.pk, nobody]) == {town.pk: "Gent"}
    assert names_of([nobody, other.pk, town.pk, other.pk]) == {other.pk: "Aalst", town.pk: "Gent"}
    assert asked[1:] == [[other.pk]], "what is not there was asked for again, or what was known"
    assert names_of([]) == {}


def test_a_change_forgets_every_key(town: Organisation, towns) -> None:
    names_of, _asked = towns
    names_of([town.pk])
    rename("Brugge")
    assert names_of([town.pk]) == {town.pk: "Brugge"}
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rename("Leuven")
        assert names_of([town.pk]) == {town.pk: "Leuven"}
        _ = 1 / 0
    assert names_of([town.pk]) == {town.pk: "Brugge"}


def test_keys_are_not_remembered_without_end(town: Organisation, towns) -> None:
    names_of, asked = towns
    for number in (town.pk, 901, 902, town.pk, 903, town.pk, 901):
        names_of([number])
    assert asked == [[town.pk], [901], [902], [903], [901]], "what was used last stays longest"


def test_old_answers_end_even_when_nothing_changed(town: Organisation, names, monkeypatch: pytest.MonkeyPatch) -> None:
    read, calls = names
    read()
    monkeypatch.setattr(generation, "MAX_AGE", 0)

    read()

    assert len(calls) == 2


def in_a_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@on_postgresql
def test_others_see_the_change_and_its_generation_together(town: Organisation) -> None:
    changed, seen = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            rename("Brugge")
            changed.set()
            seen.wait(10)

    before = current()
    thread = in_a_thread(write)
    assert changed.wait(10)
    during = current(), Organisation.objects.get().name
    seen.set()
    thread.join(10)

    assert during == (before, "Gent")
    assert (current() > before, Organisation.objects.get().name) == (True, "Brugge")


@on_postgresql
def test_two_writers_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when both would take the same slot, and each then wants what the other has not."""
    monkeypatch.setattr(generation, "get_ident", lambda: 1)
    concepts = [make_concept(), make_concept()]
    both, failures = threading.Barrier(2, timeout=10), []

    def write(concept: Concept) -> Callable[[], None]:
        def work() -> None:
            try:
                with transaction.atomic():
                    Concept.objects.filter(pk=concept.pk).update(label=F("label"))
                    both.wait()  # both have bumped; neither has committed
            except Exception as error:
                failures.append(error)

        return work

    before = current()
    threads = [in_a_thread(write(concept)) for concept in concepts]
    for thread in threads:
        thread.join(15)

    assert failures == []
    assert current() > before


def test_a_new_search_index_begins_a_generation(settings: Settings, tmp_path: Path) -> None:
    """No row of the database tells that lists were made with another index."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    before = current()

    call_command("search_index", "rebuild", verbosity=0)

    assert current() > before


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_connection_that_broke_since_the_last_request_is_opened_anew(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    before = current()
    asked = []
    original = generation._sum

    def broken_at_first(found: BaseDatabaseWrapper) -> int:
        asked.append(found.health_check_done)
        if len(asked) == 1:
            raise error("server closed the connection")
        return original(found)

    monkeypatch.setattr(generation, "_sum", broken_at_first)

    if connection.vendor == "sqlite":  # closing would lose the database in memory
        monkeypatch.setattr(connection, "close", lambda: None)
    assert current() == before
    assert asked[0] is True
    assert len(asked) == 2


def test_what_fails_in_a_transaction_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_found: BaseDatabaseWrapper) -> int:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(generation, "_sum", broken)

    with transaction.atomic(), pytest.raises(OperationalError):
        current()
