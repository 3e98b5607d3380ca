"""Synthetic practices: as long as the demo's, every facet filled, one in twenty with an attachment. Seeded."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bench.words import Vocabulary, concepts, vocabulary
from search.documents import Attachment, SearchDocument

KIND = "practice"
AUDIENCE = "public"
CLOSED = "practitioners"
SECTIONS = 11
_SCHEMES = {
    "thema": ("theme", 3),
    "doelgroep": ("target_group", 3),
    "sector": ("sector", 2),
    "vorm": ("extremism_form", 2),
    "fase": ("livc_phase", 1),
    "methode": ("method", 2),
}
FACET_NAMES = ("niveau", *_SCHEMES, "provincie", "gemeente", "onderbouwing", "status", "label")
_LEVELS = ("primary", "secondary", "tertiary")
EVIDENCE = ("described", "well_described", "well_founded", "effective")
_STATUSES = ("ongoing", "completed", "stopped")
_PROVINCES = ("antwerpen", "limburg", "oost-vlaanderen", "vlaams-brabant", "west-vlaanderen")
_MUNICIPALITIES = tuple(str(11001 + 7 * number) for number in range(285))
_TAGS = 2_000  # different ones: editors use them again
_ATTACHED = 20  # one in so many
_FIRST_DAY = date(2021, 1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What both a page of the site and a document of the index are made of."""

    number: int
    title: str
    summary: str
    sections: tuple[str, ...]
    facets: dict[str, tuple[str, ...]]
    attachments: tuple[tuple[str, str], ...]
    updated: date
    closed: bool

    def document(self) -> SearchDocument:
        """As the site's own builder would make it."""
        return SearchDocument(
            id=f"{KIND}:{self.number}",
            kind=KIND,
            title=self.title,
            summary=self.summary,
            body="\n".join(self.sections),
            keywords=" · ".join(value.replace("-", " ") for values in self.facets.values() for value in values),
            attachments=tuple(Attachment(name, text) for name, text in self.attachments),
            facets=self.facets,
            audiences=frozenset({CLOSED if self.closed else AUDIENCE}),
            published=self.updated,
            updated=self.updated,
            evidence_rank=EVIDENCE.index(self.facets["onderbouwing"][0]) + 1,
        )


def practices(size: int) -> Iterator[Practice]:
    """The first `size` of one endless row: a smaller corpus is the beginning of a larger one."""
    words = vocabulary()
    slugs = {facet: [row["slug"] for row in concepts() if row["scheme"] == s] for facet, (s, _) in _SCHEMES.items()}
    for number in range(1, size + 1):
        source = random.Random(number)
        title = words.draw_meaningful(source, source.randint(4, 11))
        attachments = (_attachment(words, source, number),) if number % _ATTACHED == 0 else ()
        yield Practice(
            number=number,
            title=" ".join(title).capitalize(),
            summary=sentences(words.draw(source, source.randint(22, 46)) + title[:2]),
            sections=tuple(_section(words, source, title) for _ in range(SECTIONS)),
            facets=_facets(source, slugs),
            attachments=attachments,
            updated=_FIRST_DAY + timedelta(days=source.randrange(2_100)),
            closed=number % 10 == 0,
        )


def _section(words: Vocabulary, source: random.Random, title: list[str]) -> str:
    """A practice comes back to the words of its title."""
    drawn = words.draw(source, source.randint(28, 44)) + source.choices(title, k=1)
    source.shuffle(drawn)
    return sentences(drawn)


def _attachment(words: Vocabulary, source: random.Random, number: int) -> tuple[str, str]:
    return f"Draaiboek {number}", sentences(words.draw(source, source.randint(800, 4_000)))


def _facets(source: random.Random, slugs: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Every facet filled; the first values of a list are the usual ones."""
    chosen = {facet: _some(source, slugs[facet], most) for facet, (_scheme, most) in _SCHEMES.items()}
    return {
        "niveau": _some(source, _LEVELS, 2),
        **chosen,
        "provincie": _some(source, _PROVINCES, 2),
        "gemeente": _some(source, _MUNICIPALITIES, 3),
        "onderbouwing": _some(source, EVIDENCE, 1),
        "status": _some(source, _STATUSES, 1),
        "label": _some(source, vocabulary().meaningful[:_TAGS], 2),
    }


def _some(source: random.Random, values: list[str] | tuple[str, ...], most: int) -> tuple[str, ...]:
    weights = [1 / (place + 2) for place in range(len(values))]
    return tuple(dict.fromkeys(source.choices(values, weights=weights, k=source.randint(1, most))))


def sentences(words: list[str], length: int = 14) -> str:
    """Words as sentences."""
    pieces = (words[start : start + length] for start in range(0, len(words), length))
    return " ".join(" ".join(piece).capitalize() + "." for piece in pieces)
