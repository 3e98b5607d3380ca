"""The interface of every search engine."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from search.documents import SearchDocument
from search.query import SearchHit, SearchRequest, SearchResults

Progress = Callable[[int], None]


class SearchError(Exception):
    """Something is wrong with the search engine."""


class IndexUnavailable(SearchError):  # noqa: N818 - it names a state
    """There is no index, or it cannot be read. A rebuild mends it; until then show a plain listing."""


class IndexBusy(SearchError):  # noqa: N818 - it names a state
    """Another process is writing. Try again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """How an index is doing; `version` names the build that is in use."""

    engine: str
    available: bool
    documents: int = 0
    words: int = 0
    version: str = ""
    built: datetime | None = None
    size: int = 0  # bytes on disk
    detail: str = ""


class SearchEngine(ABC):
    """A copy of the database's documents that can be searched.

    Documents with ids that are already there replace them. All methods raise IndexUnavailable when there is no usable
    index, except `rebuild` and `reset`, which make one, and `status`, which reports it. Changing methods raise
    IndexBusy when another process keeps writing.
    """

    @abstractmethod
    def search(self, request: SearchRequest) -> SearchResults:
        """The documents that match and that the request's audiences may see."""

    @abstractmethod
    def suggest(self, request: SearchRequest) -> tuple[SearchHit, ...]:
        """Documents, at most a page of them, whose title holds all words of a text that is still being typed."""

    @abstractmethod
    def more_like(self, document_id: str, request: SearchRequest) -> tuple[str, ...]:
        """The ids of documents like this one, most alike first, at most a page; itself is not among them.

        Of the request the audiences, the kinds and the page size count.
        """

    @abstractmethod
    def writing(self, timeout: float | None = None) -> AbstractContextManager[None]:
        """Hold the right to change the index, waiting at most so many seconds; re-entrant within a thread.

        Who builds documents from the database and then indexes them must do both inside, or an older state could
        overwrite a newer one.
        """

    @abstractmethod
    def update(self, documents: Sequence[SearchDocument], deleted_ids: Iterable[str] = ()) -> None:
        """Index and delete in one step: readers see all of it or nothing."""

    @abstractmethod
    def rebuild(
        self, documents: Iterable[SearchDocument], *, words: Iterable[str] = (), progress: Progress | None = None
    ) -> int:
        """Make a new index beside the old one and swap; returns the number of documents.

        The documents are read while the right to write is held. `words` are terms of a vocabulary, for splitting
        compounds. `progress` is told the number of documents so far.
        """

    @abstractmethod
    def ids(self) -> Iterator[tuple[str, str]]:
        """The id and fingerprint of every document in the index."""

    @abstractmethod
    def build_name(self) -> str:
        """Which build of the index is in use, also when it cannot be read; empty when there is none. Never raises."""

    @abstractmethod
    def status(self) -> EngineStatus:
        """How the index is doing; never raises."""

    def index(self, documents: Iterable[SearchDocument]) -> None:
        """Add or replace documents."""
        self.update(list(documents))

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out; unknown ids do no harm."""
        self.update([], ids)

    def reset(self) -> None:
        """Begin again with an empty index."""
        self.rebuild(())
