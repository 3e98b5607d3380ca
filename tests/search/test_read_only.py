"""A directory that became read-only (a full or remounted disk): searching goes on, changes wait, and it is said.

The operating system's refusal is imitated: an administrator may write anywhere.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search import api, outbox
from search.engines.base import IndexUnavailable
from search.engines.embedded import EmbeddedEngine
from search.models import OutboxEntry
from search.query import SearchRequest
from tests.search.conftest import PUBLIC, Notes, document

pytestmark = pytest.mark.django_db
ASKED = SearchRequest(audiences=PUBLIC, text="verslag")


@pytest.fixture
def disk(index_dir: Path, notes: Notes) -> Iterator[pytest.MonkeyPatch]:
    """What refuses; undone, it does no longer."""
    with pytest.MonkeyPatch.context() as refusing:
        yield refusing


@pytest.fixture
def read_only(index_dir: Path, notes: Notes, disk: pytest.MonkeyPatch) -> EmbeddedEngine:
    notes.add(document("1", "Een verslag"))
    api._engine.cache_clear()
    engine = api.get_engine()
    assert isinstance(engine, EmbeddedEngine)
    engine.rebuild(notes.rows.values())
    opened, made = Path.open, Path.mkdir

    def refuse(path: Path) -> None:
        if index_dir == path or index_dir in path.parents:
            raise PermissionError(30, "Read-only file system", str(path))

    def open_(path: Path, mode: str = "r", *args: Any, **options: Any) -> Any:
        if set(mode) & set("wax+"):
            refuse(path)
        return opened(path, mode, *args, **options)

    def mkdir(path: Path, *args: Any, **options: Any) -> None:
        if not path.is_dir():
            refuse(path)
        made(path, *args, **options)

    disk.setattr(Path, "open", open_)
    disk.setattr(Path, "mkdir", mkdir)
    return engine


def test_searching_goes_on(read_only: EmbeddedEngine) -> None:
    results = api.search(ASKED)

    assert (results.degraded, results.total) == (False, 1)


def test_changing_says_what_is_wrong(read_only: EmbeddedEngine) -> None:
    for change in (lambda: read_only.index([document("2", "Nieuw")]), lambda: read_only.rebuild([])):
        with pytest.raises(IndexUnavailable, match=r"cannot be written to.*Read-only file system"):
            change()
    with pytest.raises(CommandError, match="cannot be written to"):
        call_command("search_index", "rebuild")


def test_changes_wait_until_it_can_be_written_again(
    read_only: EmbeddedEngine, notes: Notes, disk: pytest.MonkeyPatch
) -> None:
    notes.add(document("2", "Nog een verslag"))
    OutboxEntry.objects.create(document_id="note:2")

    with pytest.raises(IndexUnavailable):
        outbox.drain_all()
    assert OutboxEntry.objects.count() == 1
    assert api.search(ASKED).total == 1

    disk.undo()
    outbox.drain_all()
    assert OutboxEntry.objects.count() == 0
