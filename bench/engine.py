"""The engine in this process: indexing, full searches against raw tantivy, suggestions, memory."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import QueryDict

from bench import memory
from bench.corpus import AUDIENCE, FACET_NAMES, KIND, Practice, practices
from bench.queries import Query, queries, typed
from bench.raw import RawTantivy
from bench.timing import compare, milliseconds
from bench.words import synonym_groups
from core.settled import settle
from search.engines.embedded import EmbeddedEngine
from search.query import Facet, SearchRequest, SearchResults
from search.synonyms import Synonyms

FACETS = tuple(Facet(name) for name in FACET_NAMES)
PUBLIC = frozenset({AUDIENCE})
SUGGESTIONS = 8
_FIRST_SEED = 1_000
Say = Callable[[str], None]


def measure_engine(size: int, *, number: int, rounds: int, say: Say) -> dict[str, Any]:
    """All figures of one size; `number` queries in each of so many rounds, after one to warm up."""
    with TemporaryDirectory(prefix="bench-engine-") as directory:
        root = Path(directory) / "ours"
        say(f"  {size}: practices")
        made = list(practices(size))  # once: writing a hundred thousand takes as long as indexing them does raw
        say(f"  {size}: our index")
        engine, figures = _our_index(root, made)
        say(f"  {size}: raw tantivy")
        raw, raw_seconds = _raw_index(Path(directory) / "raw", made)
        del made
        vocabulary = Synonyms.of(synonym_groups())
        asked = [queries(size, number, _FIRST_SEED + seed) for seed in range(rounds + 1)]
        say(f"  {size}: searches")
        settle()  # as a worker of the site is
        subjects: dict[str, Callable[[Query], object]] = {
            "full": lambda query: full_search(engine, query, vocabulary),
            "raw": raw.search,
        }
        times = compare(subjects, asked)
        begun = [typed(size, number, _FIRST_SEED + seed) for seed in range(rounds + 1)]
        suggested = compare({"suggest": lambda text: suggest(engine, text)}, begun)["suggest"]
        return {
            **figures,
            "raw_documents_per_second": size / raw_seconds,
            "full": asdict(times["full"]),
            "raw": asdict(times["raw"]),
            "full_over_raw": times["full"].over(times["raw"]),
            "suggest": asdict(suggested),
            "memory": memory.after_searches(root, size, min(memory.SEARCHES, 5 * number)),
        }


def _our_index(root: Path, made: Sequence[Practice]) -> tuple[EmbeddedEngine, dict[str, Any]]:
    """A whole rebuild; making the synthetic texts does not count."""
    documents = [practice.document() for practice in made]
    engine = EmbeddedEngine(root)
    words = [text for group in synonym_groups() for text in group]
    seconds = milliseconds(lambda: engine.rebuild(documents, words=words)) / 1000
    size_on_disk = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    texts = sum(len(text) for document in documents for text in (*document.texts, *dict(document.attached).values()))
    return engine, {
        "documents_per_second": len(made) / seconds,
        "index_megabytes": size_on_disk / 1e6,
        "text_megabytes": texts / 1e6,
    }


def _raw_index(directory: Path, made: Sequence[Practice]) -> tuple[RawTantivy, float]:
    directory.mkdir()
    raw = RawTantivy(directory)
    return raw, milliseconds(lambda: raw.fill(made)) / 1000


def full_search(engine: EmbeddedEngine, query: Query, vocabulary: Synonyms) -> SearchResults:
    """From a query string to 20 hits with snippets, the total and the counts of all facets."""
    request = SearchRequest.from_params(QueryDict(query.url), audiences=PUBLIC, facets=FACETS, kinds=(KIND,))
    return engine.search(replace(request, synonyms=vocabulary))


def suggest(engine: EmbeddedEngine, text: str) -> object:
    """As the search box asks while somebody types."""
    return engine.suggest(SearchRequest(text=text, audiences=PUBLIC, kinds=(KIND,), page_size=SUGGESTIONS))
