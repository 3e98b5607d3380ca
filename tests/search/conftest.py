"""An index in a temporary directory, and an app's documents without an app."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from pytest_django import Settings

from search import documents
from search.api import get_engine
from search.documents import SearchDocument
from search.engines.base import SearchEngine
from search.query import Facet, SearchRequest, SearchResults
from tests.search.processes.client import RealSite

PUBLIC = frozenset({"public"})
MEMBERS = frozenset({"public", "practitioners"})
FACETS = (Facet("level"), Facet("theme"))


def document(key: str, title: str, body: str = "", **fields: object) -> SearchDocument:
    """A public note."""
    values: dict[str, object] = {"audiences": PUBLIC, **fields}
    return SearchDocument(id=f"note:{key}", kind="note", title=title, body=body, **values)  # type: ignore[arg-type]


class Notes:
    """The "database" of the kind note: a dictionary that tests change."""

    def __init__(self) -> None:
        self.rows: dict[str, SearchDocument] = {}
        self.broken: set[str] = set()

    def add(self, *found: SearchDocument) -> None:
        self.rows.update((row.id, row) for row in found)

    def build(self, ids: Iterable[str]) -> Iterator[SearchDocument]:
        for key in ids:
            if key in self.broken:
                raise RuntimeError(f"{key} is broken")
            if key in self.rows:
                yield self.rows[key]

    def all_ids(self) -> list[str]:
        return sorted(self.rows)


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    """The only registered kind."""
    monkeypatch.setattr(documents, "_sources", {})
    monkeypatch.setattr(documents, "_vocabularies", [])
    notes = Notes()
    documents.register("note", build=notes.build, all_ids=notes.all_ids)
    return notes


@pytest.fixture
def index_dir(tmp_path: Path, settings: Settings) -> Path:
    """Where the index will be; there is none yet."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_DRAIN_ON_COMMIT = True
    return tmp_path / "index"


@pytest.fixture(params=["embedded"])
def engine(request: pytest.FixtureRequest, settings: Settings, index_dir: Path) -> SearchEngine:
    """Every engine in turn, empty: the conformance tests run on all of them."""
    settings.SEARCH_ENGINE = request.param
    engine = get_engine()
    engine.reset()
    return engine


Find = Callable[..., SearchResults]


@pytest.fixture
def find(engine: SearchEngine) -> Find:
    """Search as a URL would: `find("q=moskee&level=primary", audiences=MEMBERS)`."""

    def search(query: str, audiences: frozenset[str] = PUBLIC, **options: object) -> SearchResults:
        request = SearchRequest.from_params(QueryDict(query), audiences=audiences, facets=FACETS, **options)  # type: ignore[arg-type]
        return engine.search(request)

    return search


def keys(results: SearchResults) -> list[str]:
    """The keys of the hits, in order."""
    return [hit.id.partition(":")[2] for hit in results.hits]


@pytest.fixture(scope="module")
def real_site(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[RealSite]:
    """A prepared one. Its tables are those of the tests' own database: copying takes less long than migrating."""
    directory = Path(tmp_path_factory.mktemp("site"))
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            connection.ensure_connection()
            target = sqlite3.connect(directory / "ankerplaats.sqlite3")
            connection.connection.backup(target)
            target.close()
    site = RealSite(directory)
    site.run("prepare")
    yield site
    site.close()
