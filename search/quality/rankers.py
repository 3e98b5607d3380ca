"""What is compared: our engine on an index of its own, the same without compounds, and plain SQLite."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from search.engines.embedded import EmbeddedEngine
from search.language import fold, tokenise
from search.language.compounds import Splitter
from search.quality.metrics import DEPTH
from search.quality.sets import AUDIENCE, RelevanceSet, key_of
from search.query import SearchRequest
from search.synonyms import Synonyms

Ranker = Callable[[str], list[str]]
"""From a query to the keys of the first documents."""
Progress = Callable[[str], None]


@contextmanager
def our_engine(judged: RelevanceSet, progress: Progress) -> Iterator[Ranker]:
    """The engine of the site, on a throwaway index."""
    synonyms = Synonyms.of(judged.groups)
    with TemporaryDirectory(prefix="search-quality-") as directory:
        engine = EmbeddedEngine(Path(directory))
        number = engine.rebuild(judged.documents(), words=judged.words)
        progress(f"  {number} documents indexed")

        def rank(text: str) -> list[str]:
            request = SearchRequest(audiences=frozenset({AUDIENCE}), text=text, page_size=DEPTH, synonyms=synonyms)
            return [key_of(hit.id) for hit in engine.search(request).hits]

        yield rank


@contextmanager
def without_compounds(judged: RelevanceSet, progress: Progress) -> Iterator[Ranker]:
    """Our engine, but no word is split, neither in documents nor in queries."""
    with patch.object(Splitter, "split", lambda self, word: ()), our_engine(judged, progress) as rank:
        yield rank


@contextmanager
def sqlite_any_word(judged: RelevanceSet, progress: Progress) -> Iterator[Ranker]:
    """SQLite's full text index: any word may match, bm25, accents folded, no stems."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(key UNINDEXED, content, tokenize='unicode61 remove_diacritics 2')"
        )
        connection.executemany(
            "INSERT INTO texts VALUES (?, ?)",
            ((key_of(document.id), "\n".join(document.texts)) for document in judged.documents()),
        )
        (number,) = connection.execute("SELECT count(*) FROM texts").fetchone()
        progress(f"  {number} documents indexed")

        def rank(text: str) -> list[str]:
            words = " OR ".join(f'"{token.word}"' for token in tokenise(fold(text)))
            rows = connection.execute(
                "SELECT key FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?", (words, DEPTH)
            )
            return [key for (key,) in rows] if words else []

        yield rank
