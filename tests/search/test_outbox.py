"""No change is lost between the database and the index."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from search import documents
from search.documents import SearchDocument
from search.engines.base import IndexBusy, IndexUnavailable, SearchEngine
from search.engines.embedded import EmbeddedEngine
from search.models import OutboxEntry
from search.outbox import drain, drain_all, enqueue
from tests.search.conftest import Find, Notes, document, keys

pytestmark = pytest.mark.django_db


def waiting() -> list[str]:
    return list(OutboxEntry.objects.order_by("pk").values_list("document_id", flat=True))


def test_a_commit_brings_the_change_into_the_index(
    engine: SearchEngine, notes: Notes, find: Find, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    notes.add(document("1", "Een"))
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(["note:1", "note:1"])
        assert waiting() == ["note:1"]
    assert waiting() == []
    assert keys(find("")) == ["1"]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_nothing(engine: SearchEngine, notes: Notes, find: Find) -> None:
    notes.add(document("1", "Een"))

    def change() -> None:
        with transaction.atomic():
            enqueue(["note:1"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert waiting() == []
    assert find("").total == 0


@pytest.mark.django_db(transaction=True)
def test_a_failing_engine_keeps_the_rows_and_the_change(
    engine: SearchEngine, notes: Notes, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise IndexUnavailable("disk full")

    notes.add(document("1", "Een"))
    with monkeypatch.context() as patch:
        patch.setattr(type(engine), "update", fail)
        with transaction.atomic():
            enqueue(["note:1"])
    entry = OutboxEntry.objects.get()
    assert (entry.attempts, entry.last_error) == (1, "disk full")
    assert drain().indexed == 1
    assert waiting() == []
    assert keys(find("")) == ["1"]


def test_a_busy_index_leaves_the_rows_untouched(engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    OutboxEntry.objects.create(document_id="note:1")

    def busy(*args: object) -> None:
        raise IndexBusy

    monkeypatch.setattr(type(engine), "writing", busy)
    with pytest.raises(IndexBusy):
        drain()
    assert OutboxEntry.objects.get().attempts == 0


def test_draining_is_left_to_the_worker_when_the_settings_say_so(
    engine: SearchEngine, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.SEARCH_DRAIN_ON_COMMIT = False
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        enqueue(["note:1"])
    assert callbacks == []
    assert waiting() == ["note:1"]


def test_what_is_no_longer_built_leaves_the_index(engine: SearchEngine, notes: Notes, find: Find) -> None:
    engine.index([document("1", "Een"), document("2", "Twee")])
    notes.add(document("2", "Twee, opnieuw"))
    OutboxEntry.objects.bulk_create([OutboxEntry(document_id="note:1"), OutboxEntry(document_id="note:2")])
    report = drain()
    assert (report.indexed, report.deleted, report.failed) == (1, 1, 0)
    assert keys(find("")) == ["2"]
    assert drain().done == 0


def test_a_row_written_during_the_drain_stays(
    engine: SearchEngine, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add(document("1", "Een"))
    OutboxEntry.objects.create(document_id="note:1")
    original = type(engine).update

    def update_while_someone_saves(self: SearchEngine, *args: object) -> None:
        original(self, *args)  # type: ignore[arg-type]
        OutboxEntry.objects.create(document_id="note:1")

    with monkeypatch.context() as patch:
        patch.setattr(type(engine), "update", update_while_someone_saves)
        drain()
    assert waiting() == ["note:1"]


def test_documents_are_built_while_nobody_else_can_write(engine: SearchEngine, notes: Notes, index_dir: Path) -> None:
    """Or a slow drain could overwrite what a quicker one indexed after it."""
    others: list[bool] = []

    def build(ids: Iterable[str]) -> Iterable[SearchDocument]:
        with pytest.raises(IndexBusy), EmbeddedEngine(index_dir).writing(0):
            others.append(True)
        yield from notes.build(ids)

    documents.unregister("note")
    documents.register("note", build=build, all_ids=notes.all_ids)
    notes.add(document("1", "Een"))
    OutboxEntry.objects.create(document_id="note:1")
    assert drain().indexed == 1
    assert others == []


def test_a_broken_document_does_not_stop_the_others(engine: SearchEngine, notes: Notes, find: Find) -> None:
    notes.add(document("1", "Een"), document("2", "Twee"))
    notes.broken.add("note:1")
    for key in ("note:1", "note:2", "ghost:1"):
        OutboxEntry.objects.create(document_id=key)
    report = drain_all()
    assert (report.indexed, report.failed) == (1, 2)
    assert keys(find("")) == ["2"]
    assert waiting() == ["note:1", "ghost:1"]
    assert "broken" in OutboxEntry.objects.get(document_id="note:1").last_error
    notes.broken.clear()
    assert drain_all().indexed == 1


def test_a_document_that_the_engine_refuses_does_not_stop_the_others(
    engine: SearchEngine, notes: Notes, find: Find
) -> None:
    notes.add(document("1", "Een"), document("2", "Twee", audiences=frozenset({"public", "\ud800"})))
    for key in ("note:1", "note:2"):
        OutboxEntry.objects.create(document_id=key)
    report = drain()
    assert (report.indexed, report.failed) == (1, 1)
    assert keys(find("")) == ["1"]
    assert waiting() == ["note:2"]


def test_failed_rows_come_after_fresh_ones(engine: SearchEngine, notes: Notes) -> None:
    OutboxEntry.objects.create(document_id="note:old", attempts=3)
    OutboxEntry.objects.create(document_id="note:new")
    drain(1)
    assert waiting() == ["note:old"]
