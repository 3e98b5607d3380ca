"""The default engine: tantivy in the process itself, no server."""

import pickle
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TypeVar

import tantivy

from search.documents import SearchDocument
from search.engines.base import EngineStatus, IndexUnavailable, Progress, SearchEngine
from search.engines.memory import Memory
from search.engines.store import IndexStore
from search.engines.tantivy_index import (
    ID,
    META,
    SCHEMA_VERSION,
    build_schema,
    create_index,
    guarded,
    open_index,
    open_writer,
    to_tantivy,
)
from search.engines.tantivy_search import Snapshot
from search.engines.tantivy_similar import more_like
from search.engines.tantivy_titles import suggest
from search.language import Analyzer, Speller
from search.language.lexicon import VOCABULARY_COUNT, LexiconFile, surface_counts
from search.language.phrases import Phrases
from search.query import SearchHit, SearchRequest, SearchResults
from search.synonyms import spellings

LOCK_TIMEOUT = 10.0  # seconds
_UPDATE_MEMORY = 15_000_000  # bytes: tantivy's least
_REBUILD_MEMORY = 200_000_000  # used as far as needed: the more, the fewer parts the index has
_PROGRESS_EVERY = 500  # documents
_LEXICON = "lexicon.tsv"
_SWAPS = 5  # rebuilds that may happen while a reader opens the index

AnswerT = TypeVar("AnswerT")


class _OpenIndex:
    """One directory, opened: the index with the words it was made with."""

    def __init__(self, directory: Path, schema: tantivy.Schema) -> None:
        self.directory = directory
        self.schema = schema
        self.index = open_index(directory, schema)
        self.words = LexiconFile(directory / _LEXICON)
        self._meta = directory / META
        self._committed: tuple[int, int, int] | None = None
        self.refresh()
        self.analyzer = Analyzer(self.words.lexicon)
        self.speller = Speller(self.words.lexicon)

    def refresh(self) -> None:
        """See what was committed since."""
        with guarded():
            self.words.refresh()
            # A commit puts another file in this place. Looked at first: what comes meanwhile is seen the next time.
            found = self._meta.stat()
            committed = (found.st_ino, found.st_mtime_ns, found.st_size)
            if committed != self._committed:
                self.index.reload()
                # Together: what was found out in one state of the index must not be believed in another.
                self._state = self.index.searcher(), Memory()
                self._committed = committed

    def snapshot(self) -> Snapshot:
        """The index as it is now."""
        searcher, memory = self._state
        return Snapshot(searcher, self.schema, self.analyzer, self.speller, memory)


class EmbeddedEngine(SearchEngine):
    """A tantivy index in a directory that all workers share; they must run as one user."""

    def __init__(self, root: Path) -> None:
        self._store = IndexStore(root, SCHEMA_VERSION)
        self._schema = build_schema()
        self._opened: _OpenIndex | None = None
        self._opening = threading.Lock()

    def search(self, request: SearchRequest) -> SearchResults:
        """See the interface."""
        return self._read(lambda snapshot: snapshot.search(request))

    def suggest(self, request: SearchRequest) -> tuple[SearchHit, ...]:
        """See the interface."""
        return self._read(lambda snapshot: suggest(snapshot, request))

    def more_like(self, document_id: str, request: SearchRequest) -> tuple[str, ...]:
        """See the interface."""
        return self._read(lambda snapshot: more_like(snapshot, document_id, request))

    def _read(self, question: Callable[[Snapshot], AnswerT]) -> AnswerT:
        """Ask the index as it is now; one that turns out to be broken is opened anew the next time."""
        snapshot = self._current().snapshot()
        try:
            with guarded():
                return question(snapshot)
        except IndexUnavailable:
            self._opened = None
            raise

    def writing(self, timeout: float | None = None) -> AbstractContextManager[None]:
        """See the interface."""
        return self._store.lock(LOCK_TIMEOUT if timeout is None else timeout)

    def update(self, documents: Sequence[SearchDocument], deleted_ids: Iterable[str] = ()) -> None:
        """See the interface."""
        with self.writing():
            current = self._current()
            with guarded():
                current.words.append(surface_counts(text for document in documents for text in document.texts))
            latest = {document.id: document for document in documents}
            prepared = [to_tantivy(document, current.analyzer, self._schema) for document in latest.values()]
            with open_writer(current.index, _UPDATE_MEMORY) as writer, guarded():
                for document_id in (*deleted_ids, *latest):
                    writer.delete_documents_by_term(ID, document_id)
                for document in prepared:
                    writer.add_document(document)

    def rebuild(
        self, documents: Iterable[SearchDocument], *, words: Iterable[str] = (), progress: Progress | None = None
    ) -> int:
        """See the interface."""
        with self.writing():
            with guarded():
                directory = self._store.create()
            try:
                number = self._fill(directory, documents, words, progress)
                with guarded():
                    self._store.publish(directory)
            except BaseException:
                self._store.discard(directory)
                raise
            return number

    def ids(self) -> Iterator[tuple[str, str]]:
        """See the interface."""
        snapshot = self._current().snapshot()
        with guarded():
            found = snapshot.ids()
        yield from found

    def build_name(self) -> str:
        """See the interface."""
        return self._store.build_name()

    def status(self) -> EngineStatus:
        """See the interface."""
        try:
            current = self._current()
            number = current.snapshot().searcher.num_docs
        except IndexUnavailable as error:
            return EngineStatus(engine="embedded", available=False, size=self._store.size(), detail=str(error))
        return EngineStatus(
            engine="embedded",
            available=True,
            documents=number,
            words=len(current.words.lexicon.counts),
            version=current.directory.name,
            built=self._store.built(),
            size=self._store.size(),
        )

    def _current(self) -> _OpenIndex:
        """The index in use, with what was committed last."""
        with self._opening:
            for attempt in range(_SWAPS):
                directory = self._store.current()
                try:
                    if self._opened is None or self._opened.directory != directory:
                        self._opened = None
                        self._opened = _OpenIndex(directory, self._schema)
                    else:
                        self._opened.refresh()
                    return self._opened
                except IndexUnavailable:
                    self._opened = None
                    # A rebuild may have swapped the directory between reading the pointer and opening.
                    if attempt == _SWAPS - 1 or self._store.current() == directory:
                        raise
        raise AssertionError("unreachable")

    def _fill(
        self, directory: Path, documents: Iterable[SearchDocument], words: Iterable[str], progress: Progress | None
    ) -> int:
        """Write a whole index into an empty directory, in two passes: compounds are split with words of all texts."""
        with tempfile.TemporaryFile(dir=directory) as spool:
            terms = tuple(words)
            counts = Counter(dict.fromkeys(surface_counts(terms), VOCABULARY_COUNT))
            for document in documents:
                counts.update(surface_counts(document.texts))
                pickle.dump(document, spool)
            lexicon_file = LexiconFile(directory / _LEXICON)
            with guarded():
                lexicon_file.create(counts, Phrases(phrase for term in terms for phrase in spellings(term)))
            spool.seek(0)
            return self._write_all(directory, _unspooled(spool), Analyzer(lexicon_file.lexicon), progress)

    def _write_all(
        self, directory: Path, documents: Iterable[SearchDocument], analyzer: Analyzer, progress: Progress | None
    ) -> int:
        number = 0
        index = create_index(directory, self._schema)
        with open_writer(index, _REBUILD_MEMORY) as writer:
            for number, document in enumerate(documents, start=1):
                prepared = to_tantivy(document, analyzer, self._schema)
                with guarded():
                    writer.add_document(prepared)
                if progress and number % _PROGRESS_EVERY == 0:
                    progress(number)
        return number


def _unspooled(spool: IO[bytes]) -> Iterator[SearchDocument]:
    """The documents of a spool file that this process wrote."""
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301 - our own, unnamed file
        except EOFError:
            return
