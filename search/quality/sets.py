"""Judged queries and the documents they are about."""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from search.documents import SearchDocument
from search.synonyms import Beside, Group

AUDIENCE = "public"
_KIND = "document"


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and the grades of the documents that are relevant to it, by their key."""

    id: str
    text: str
    grades: dict[str, int]
    kind: str = ""
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class RelevanceSet:
    """Queries with their documents; `groups` are phrases that mean the same or are near, `words` a vocabulary."""

    name: str
    queries: tuple[JudgedQuery, ...]
    documents: Callable[[], Iterable[SearchDocument]]
    words: tuple[str, ...] = ()
    groups: tuple[Group | Beside, ...] = ()

    def part(self, *, held_out: bool) -> "RelevanceSet":
        """The queries that are kept for the final check, or the others."""
        return replace(self, queries=tuple(query for query in self.queries if query.held_out is held_out))


def key_of(document_id: str) -> str:
    """The key of a document as the judgements name it: without its kind."""
    return document_id.partition(":")[2]


def read_folder(folder: Path) -> RelevanceSet:
    """A set in the form of BEIR: corpus.jsonl(.gz), queries.jsonl, qrels.tsv. Raises OSError, ValueError, KeyError."""
    corpus = next(path for path in (folder / "corpus.jsonl.gz", folder / "corpus.jsonl") if path.exists())
    return RelevanceSet(folder.name, read_queries(folder), lambda: _read_corpus(corpus))


def read_queries(folder: Path) -> tuple[JudgedQuery, ...]:
    """The queries that have a relevant document."""
    grades: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        grades.setdefault(query, {})[document] = int(grade)
    rows = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    return tuple(
        JudgedQuery(row["_id"], row["text"], grades[row["_id"]], row.get("kind", ""), row.get("held_out", False))
        for row in rows
        if row["_id"] in grades
    )


def _read_corpus(path: Path) -> Iterator[SearchDocument]:
    with _opened(path) as file:
        for line in file:
            row = json.loads(line)
            yield SearchDocument(
                id=f"{_KIND}:{row['_id']}",
                kind=_KIND,
                title=row.get("title", ""),
                body=row["text"],
                audiences=frozenset({AUDIENCE}),
            )


def _opened(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
