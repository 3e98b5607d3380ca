"""An index of its own for every test that searches."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from search.api import get_engine
from search.documents import build_all, vocabulary
from search.models import OutboxEntry
from search.outbox import _drain_after_commit


@pytest.fixture
def index(tmp_path: Path, settings: Settings, db: None) -> Iterator[None]:
    """An empty index; practices that are published or made afterwards are added with `reindex`."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    get_engine().rebuild(())
    yield


def reindex() -> None:
    """All that the test made until here is in the index, and nothing of it waits."""
    get_engine().rebuild(build_all(), words=vocabulary())
    OutboxEntry.objects.all().delete()
    connection = transaction.get_connection()
    connection.run_on_commit = [found for found in connection.run_on_commit if found[1] is not _drain_after_commit]
