"""Comparing the index with the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from search import documents
from search.engines.base import SearchEngine


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids of documents that the index lacks, has in an older form, or should not have."""

    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()
    compared: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.orphaned)

    @property
    def ids(self) -> Iterator[str]:
        """All of them."""
        yield from self.missing
        yield from self.stale
        yield from self.orphaned


def compare(engine: SearchEngine) -> Differences:
    """Compare by fingerprint every document that should be in the index with what is."""
    indexed = dict(engine.ids())
    missing, stale = [], []
    compared = 0
    for document in documents.build_all():
        compared += 1
        fingerprint = indexed.pop(document.id, None)
        if fingerprint is None:
            missing.append(document.id)
        elif fingerprint != document.fingerprint():
            stale.append(document.id)
    return Differences(tuple(missing), tuple(stale), tuple(indexed), compared)
