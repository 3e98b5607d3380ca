"""An index of its own for every test that searches."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from search.api import get_engine
from search.documents import build_all, vocabulary


@pytest.fixture
def index(tmp_path: Path, settings: Settings, db: None) -> Iterator[None]:
    """An empty index; practices that are published or made afterwards are added with `reindex`."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    get_engine().rebuild(())
    yield


def reindex() -> None:
    get_engine().rebuild(build_all(), words=vocabulary())
