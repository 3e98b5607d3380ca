"""A practice in short, for lists: everything a card shows, read for many pages in a few queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from django.db.models import QuerySet

from core.generation import each_per_generation
from core.prepared import Build, objects_for
from people.audiences import Reader, hidden_paths
from practices.concepts import PLACES, Term, Terms, card_terms_of, terms_of
from practices.models import PracticePage
from practices.models.practice import LEVEL_FIELDS

PLACES_NAMED = 3
REMEMBERED = 8_000  # cards, of 4.4 KB: 35 MB at most
# What a card shows of a page, and what its address and its label are made of.
SHOWN = (
    *("path", "depth", "live", "title", "slug", "url_path", "content_type", "first_published_at"),
    *("summary", "main_level", *LEVEL_FIELDS.values(), "evidence_level", "confirmed_on", "review_date"),
)


class Place(NamedTuple):
    name: str
    nis_code: str


@dataclass(frozen=True)
class PracticeCard:
    """A page with the terms and places that its card names; one of a list knows no others than CARD_ROLES."""

    page: PracticePage
    terms: Terms
    url: str
    places: list[Place]
    # What was drawn of it, by language and day: a card that is remembered is shown in many lists.
    drawn: dict[tuple[str, date], tuple[str, str]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def sectors(self) -> list[str]:
        return [term.label for term in self.terms["sectors"]]

    @property
    def target_groups(self) -> list[str]:
        return [term.label for term in self.terms["target_groups_final"]]

    @property
    def named_places(self) -> list[str]:
        return [place.name for place in self.places[:PLACES_NAMED]]

    @property
    def more_places(self) -> int:
        return max(len(self.places) - PLACES_NAMED, 0)


def cards(pages: Sequence[PracticePage]) -> list[PracticeCard]:
    """With all their terms; one query. The places of a preview are the rows of the editor's form."""
    return _cards(pages, terms_of(page.pk for page in pages))


def _cards(pages: Sequence[PracticePage], terms: Mapping[int, Terms]) -> list[PracticeCard]:
    return [
        PracticeCard(page, terms[page.pk], url, _places(page, terms[page.pk][PLACES]))
        for page, url in zip(pages, _urls_of(pages), strict=True)
    ]


@each_per_generation(REMEMBERED)
def _cards_of(ids: Sequence[int]) -> dict[int, PracticeCard]:
    """Of what is published, for whoever may see it; with what a list shows."""
    pages = objects_for(_with_ids, ids)
    return {card.page.pk: card for card in _cards(pages, card_terms_of([page.pk for page in pages]))}


def visible_cards(ids: Iterable[int], reader: Reader) -> dict[int, PracticeCard]:
    """What this reader may see of these practices; not to be changed. Two queries for any number of new ones."""
    hidden = hidden_paths(reader)
    return {pk: card for pk, card in _cards_of(ids).items() if not card.page.path.startswith(hidden)}


def _urls_of(pages: Sequence[PracticePage]) -> Iterator[str]:
    """As `page.url`, worked out once for pages that stand beside each other."""
    beginnings: dict[str, str] = {}
    for page in pages:
        above, end = page.url_path.removesuffix(f"{page.slug}/"), f"/{quote(page.slug)}/"
        if above in beginnings:
            yield beginnings[above] + end
            continue
        url = page.url or ""
        if url.endswith(end):
            beginnings[above] = url.removesuffix(end)
        yield url


def visible_pages(ids: Iterable[int], reader: Reader) -> dict[int, PracticePage]:
    """What this reader may see of these practices, with the fields that a card shows; one query, the SQL made once."""
    return visible_among(_with_ids, ids, reader)


def visible_among(build: Build, ids: Iterable[int], reader: Reader) -> dict[int, PracticePage]:
    """As `visible_pages`, of a query of `shown` pages; see core.prepared."""
    hidden = hidden_paths(reader)
    return {page.pk: page for page in objects_for(build, ids) if not page.path.startswith(hidden)}


def shown() -> QuerySet[PracticePage]:
    return PracticePage.objects.live().order_by().only(*SHOWN)


def _with_ids(ids: Sequence[int]) -> QuerySet[PracticePage]:
    return shown().filter(pk__in=ids)


def _places(page: PracticePage, saved: list[Term]) -> list[Place]:
    """Those in the form of an editor who writes this page, or else the saved ones."""
    written = getattr(page, "_cluster_related_objects", {}).get("ran_in")
    if written is None:
        return [Place(term.label, term.slug) for term in saved]
    return [Place(row.organisation.name, row.organisation.nis_code) for row in written]
