"""What is searched: one document form for every engine, and the registry of what the apps let be indexed."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain

from django.core.exceptions import ImproperlyConfigured

from search.language import normalise

MAXIMUM_EVIDENCE = 4
MAXIMUM_ATTACHMENTS = 8  # of one document; what comes after is not searched
ATTACHMENT_CHARACTERS = 100_000  # of one attachment: about forty pages


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a document: its title and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """A page or record as search knows it.

    `id` is permanent and reads "kind:key". `facets` maps a facet's name to its values. `audiences` are the tokens of
    which a reader must hold at least one. `updated` is when the content was last confirmed. `happens` is when
    something that takes place begins. `evidence_rank` runs from 0 (unknown) to 4 (well evaluated). `keywords` are found
    but only shown as a passage where nothing else matches; of `attachments`, which count for less, a passage is shown
    where not even they match.
    """

    id: str
    kind: str
    title: str
    audiences: frozenset[str]
    summary: str = ""
    body: str = ""
    keywords: str = ""
    attachments: tuple[Attachment, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published: date | None = None
    updated: date | None = None
    happens: datetime | None = None
    evidence_rank: int = 0

    def __post_init__(self) -> None:
        if self.id != normalise(self.id) or kind_of(self.id) != self.kind or self.id == f"{self.kind}:":
            raise ValueError(f"a document's id reads 'kind:key', not {self.id!r} for kind {self.kind!r}")
        if not self.audiences or isinstance(self.audiences, str):
            raise ValueError(f"{self.id} names no audience: nobody could find it, or anybody")
        if not 0 <= self.evidence_rank <= MAXIMUM_EVIDENCE:
            raise ValueError(f"{self.id} has evidence rank {self.evidence_rank}, outside 0 to {MAXIMUM_EVIDENCE}")

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """Title, summary, body and keywords, normalised: what is indexed and shown."""
        return normalise(self.title), normalise(self.summary), normalise(self.body), normalise(self.keywords)

    @property
    def attached(self) -> tuple[tuple[str, str], ...]:
        """Name and text of the attachments, normalised, as far as they are indexed and shown."""
        return tuple(
            (normalise(found.name), normalise(found.text[:ATTACHMENT_CHARACTERS]))
            for found in self.attachments[:MAXIMUM_ATTACHMENTS]
        )

    def fingerprint(self) -> str:
        """A digest of everything that is indexed: equal fingerprints, equal documents."""
        content = [
            self.id,
            *self.texts,
            self.attached,
            sorted((name, sorted(values)) for name, values in self.facets.items()),
            sorted(self.audiences),
            [day.isoformat() if day else "" for day in (self.published, self.updated)],
            self.happens.isoformat() if self.happens else "",
            self.evidence_rank,
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()[:32]


Build = Callable[[Iterable[str]], Iterable[SearchDocument]]
AllIds = Callable[[], Iterable[str]]
Words = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """How one kind of document comes out of the database."""

    kind: str
    build: Build
    all_ids: AllIds


class UnknownKindError(LookupError):
    """No app registered this kind of document."""


_sources: dict[str, Source] = {}
_vocabularies: list[Words] = []


def kind_of(document_id: str) -> str:
    """The kind in an id: "practice" of "practice:123"."""
    return document_id.partition(":")[0]


def register(kind: str, *, build: Build, all_ids: AllIds) -> None:
    """Let documents of this kind be indexed.

    `build` gets document ids ("practice:123") and yields their documents; an id for which it yields nothing is taken
    out of the index. `all_ids` yields the ids of every document that should be in the index.
    """
    if not kind or ":" in kind:
        raise ImproperlyConfigured(f"a kind of search document cannot be called {kind!r}")
    known = _sources.get(kind)
    source = Source(kind, build, all_ids)
    if known is not None and known != source:
        raise ImproperlyConfigured(f"search documents of kind {kind!r} are registered twice")
    _sources[kind] = source


def register_vocabulary(words: Words) -> None:
    """Let the terms of a vocabulary take part in splitting compounds and in corrections, from the next rebuild on."""
    if words not in _vocabularies:
        _vocabularies.append(words)


def unregister(kind: str) -> None:
    """Forget a kind (for tests)."""
    _sources.pop(kind, None)


def sources() -> tuple[Source, ...]:
    """Everything registered."""
    return tuple(_sources.values())


def build(ids: Iterable[str]) -> Iterator[SearchDocument]:
    """The documents of these ids, of any kinds, as the database has them now. Raises UnknownKindError."""
    by_kind: dict[str, list[str]] = {}
    for document_id in dict.fromkeys(ids):
        by_kind.setdefault(kind_of(document_id), []).append(document_id)
    for kind, wanted in by_kind.items():
        source = _sources.get(kind)
        if source is None:
            raise UnknownKindError(f"no search documents are registered for kind {kind!r}")
        yield from _checked(source, wanted)


def _checked(source: Source, wanted: list[str]) -> Iterator[SearchDocument]:
    asked = set(wanted)
    for document in source.build(wanted):
        if document.id not in asked:
            raise ValueError(f"asked for {source.kind} documents, the builder also gave {document.id!r}")
        yield document


def build_all(batch: int = 200) -> Iterator[SearchDocument]:
    """Every document of every kind, built in batches."""
    for source in sources():
        pending: list[str] = []
        for document_id in source.all_ids():
            pending.append(document_id)
            if len(pending) == batch:
                yield from _checked(source, pending)
                pending = []
        if pending:
            yield from _checked(source, pending)


def vocabulary() -> Iterator[str]:
    """The terms of all registered vocabularies."""
    return chain.from_iterable(words() for words in _vocabularies)
