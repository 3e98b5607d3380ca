"""manage.py search_index, the registry and the system checks."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from search import documents
from search.checks import check_search_settings
from search.engines.base import SearchEngine
from search.models import OutboxEntry
from tests.search.conftest import Find, Notes, document


def run(*args: str) -> str:
    out = StringIO()
    call_command("search_index", *args, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
class TestCommand:
    def test_rebuild_makes_the_first_index(self, index_dir: Path, notes: Notes) -> None:
        notes.add(*(document(str(number), "Een") for number in range(501)))
        OutboxEntry.objects.create(document_id="note:1")
        out = run("rebuild")
        assert "500 documents indexed" in out
        assert "Rebuilt: 501 documents" in out
        assert not OutboxEntry.objects.exists()

    def test_drain_works_off_the_outbox(self, engine: SearchEngine, notes: Notes, find: Find) -> None:
        notes.add(document("1", "Een"))
        OutboxEntry.objects.create(document_id="note:1")
        assert "1 indexed, 0 deleted, 0 rows left" in run("drain")
        assert find("").total == 1

    def test_verify_finds_and_mends_every_difference(self, engine: SearchEngine, notes: Notes, find: Find) -> None:
        engine.index([document("stale", "Oud"), document("orphan", "Weg"), document("same", "Gelijk")])
        notes.add(document("stale", "Nieuw"), document("missing", "Erbij"), document("same", "Gelijk"))
        with pytest.raises(CommandError):
            run("verify")
        out = run("verify", "--repair")
        for line in ("missing: 1 (note:missing)", "stale: 1 (note:stale)", "orphaned: 1 (note:orphan)", "Repaired"):
            assert line in out
        assert "equals the database: 3 documents" in run("verify")

    def test_verify_mends_documents_of_a_kind_that_is_gone(self, engine: SearchEngine, notes: Notes) -> None:
        gone = documents.SearchDocument(id="gone:1", kind="gone", title="Weg", audiences=frozenset({"public"}))
        engine.index([gone])
        assert "Repaired" in run("verify", "--repair")

    def test_status_with_and_without_an_index(self, index_dir: Path, notes: Notes) -> None:
        assert "available: no" in run("status")
        run("rebuild")
        out = run("status")
        for line in ("available: yes", "last rebuild: 20", "size on disk: 0.", "outbox: 0 rows"):
            assert line in out

    def test_status_names_rows_that_fail_and_the_age_of_the_oldest(
        self, engine: SearchEngine, notes: Notes, find: Find
    ) -> None:
        notes.add(document("1", "Een"))
        notes.broken.add("note:1")
        OutboxEntry.objects.create(document_id="note:1")
        OutboxEntry.objects.update(created_at=timezone.now() - timedelta(minutes=90))
        run("drain")
        out = run("status")
        assert "outbox: 1 rows, 1 of them failed before" in out
        assert "oldest row: 90 minutes" in out
        assert "failing: note:1, 1 times: RuntimeError('note:1 is broken')" in out

    def test_no_index_is_an_error_in_plain_words(self, index_dir: Path, notes: Notes) -> None:
        OutboxEntry.objects.create(document_id="note:1")
        with pytest.raises(CommandError, match="rebuild"):
            run("drain")


def test_checks_want_a_directory_and_a_known_engine(settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path
    settings.SEARCH_ENGINE = "embedded"
    assert check_search_settings() == []
    for value in (None, "var/search", Path("relative")):
        settings.SEARCH_INDEX_DIR = value
        assert [error.id for error in check_search_settings()] == ["search.E001"]
    settings.SEARCH_ENGINE = "unknown"
    assert [error.id for error in check_search_settings()] == ["search.E002"]


def test_a_kind_is_registered_once(notes: Notes) -> None:
    documents.register("note", build=notes.build, all_ids=notes.all_ids)
    with pytest.raises(ImproperlyConfigured):
        documents.register("note", build=Notes().build, all_ids=notes.all_ids)
    with pytest.raises(ImproperlyConfigured):
        documents.register("no:te", build=notes.build, all_ids=notes.all_ids)


def test_a_builder_may_only_give_what_was_asked(notes: Notes) -> None:
    notes.build = lambda ids: iter([document("other", "X")])  # type: ignore[method-assign]
    documents.unregister("note")
    documents.register("note", build=notes.build, all_ids=notes.all_ids)
    with pytest.raises(ValueError, match="also gave"):
        list(documents.build(["note:1"]))


@pytest.mark.parametrize(
    "fields", [{"audiences": frozenset()}, {"evidence_rank": 5}, {"evidence_rank": -1}, {"audiences": "public"}]
)
def test_a_document_that_makes_no_sense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="note:1"):
        document("1", "Een", **fields)


def test_a_document_id_names_its_kind() -> None:
    for wrong in ("1", "note:", "page:1"):
        with pytest.raises(ValueError, match="kind:key"):
            documents.SearchDocument(id=wrong, kind="note", title="Een", audiences=frozenset({"public"}))


def test_equal_documents_have_equal_fingerprints() -> None:
    one = document("1", "Een", facets={"a": ("x", "y"), "b": ()})
    assert one.fingerprint() == document("1", "Een", facets={"b": (), "a": ("y", "x")}).fingerprint()
    assert one.fingerprint() != document("1", "Een", facets={"a": ("x",)}).fingerprint()
    assert one.fingerprint() != document("1", "Een", facets={"a": ("x", "y"), "b": ()}, evidence_rank=1).fingerprint()
