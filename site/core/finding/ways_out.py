"""The ways out of an empty result: another spelling, fewer filters, terms that resemble the words, whom to ask."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from wagtail.models import Page

from core.finding.options import Link
from core.finding.readers import gate
from search.language import normalise
from search.query import Days, SearchRequest

if TYPE_CHECKING:
    from core.finding.listing import Listing

MAXIMUM_FILTERS = 6  # each costs a search
CONTACT = "contact"  # slug of the page that says whom to ask
_QUOTES = str.maketrans(dict.fromkeys('"“”„', " "))

Resembling = Callable[[str], list[Link]]
_resembling: list[Resembling] = []


def register_terms(resembling: Resembling) -> None:
    """Let a vocabulary offer its terms that resemble a text, most alike first."""
    if resembling not in _resembling:
        _resembling.append(resembling)


@dataclass(frozen=True)
class WayOut:
    """A search that does find something: the words that say what is different, how much it finds, where it is."""

    label: str
    count: int
    found: str
    url: str


class WaysOut:
    """For a listing that found nothing. Lazy: what the template does not show is not searched for."""

    def __init__(self, listing: "Listing") -> None:
        self._listing = listing
        self._request = replace(listing.request, page=1)

    def _way(self, label: str, count: int, url: str) -> WayOut:
        return WayOut(label, count, self._listing.finder.count(count), url)

    def _to(self, request: SearchRequest, label: str = "") -> WayOut | None:
        found = 0 if self._listing.degraded else self._listing.answer(request).total
        return self._way(label, found, request.url) if found else None

    @cached_property
    def corrected(self) -> WayOut | None:
        """What the reader may have meant, when she asked for the words exactly as typed."""
        if self._listing.degraded or not self._request.literal:
            return None
        for request in (replace(self._request, literal=False), self._unfiltered(literal=False)):
            results = self._listing.answer(request)
            if results.total and results.suggestion:
                return self._way(results.suggestion, results.total, request.with_text(results.suggestion).url)
        return None

    @cached_property
    def unquoted(self) -> WayOut | None:
        """The same words, no longer as a phrase."""
        plain = normalise(self._request.text.translate(_QUOTES))
        return self._to(self._request.with_text(plain), plain) if plain not in {"", self._request.text} else None

    @cached_property
    def without_filter(self) -> list[WayOut]:
        """Without each facet's selection: how much that would find."""
        chosen = [facet for facet in self._request.facets if self._request.selected(facet.name)][:MAXIMUM_FILTERS]
        ways = []
        for facet in chosen:
            names = [self._listing.words.of(facet.name, value) for value in self._request.selected(facet.name)]
            ways.append(self._to(self._request.without_filter(facet.name), ", ".join(names)))
        return sorted((way for way in ways if way), key=lambda way: -way.count)

    @cached_property
    def without_days(self) -> WayOut | None:
        """Of any date."""
        return self._to(replace(self._request, days=Days())) if self._request.days else None

    @cached_property
    def without_narrowing(self) -> WayOut | None:
        """Without the filter that the database answers."""
        narrowing = self._listing.narrowing
        if narrowing is None or self._request.within is None:
            return None
        other = narrowing.otherwise(self._request)
        return self._to(other, narrowing.anyway) if other else None

    @cached_property
    def without_filters(self) -> WayOut | None:
        """Without any filter, where there is more than one."""
        asked, stays = self._request, self._listing.cleared.within
        several = len(asked.filters) + bool(asked.days) + (asked.within is not stays) > 1
        return self._to(self._unfiltered(literal=self._request.literal)) if several else None

    @cached_property
    def terms(self) -> list[Link]:
        """Terms of the vocabularies that resemble the words, most alike first."""
        return [term for resembling in _resembling for term in resembling(self._request.text)]

    @cached_property
    def contact(self) -> Page | None:
        """The page that says whom to ask."""
        found: Page | None = gate().visible_to(Page.objects.filter(slug=CONTACT), self._listing.reader).first()
        return found

    def _unfiltered(self, *, literal: bool) -> SearchRequest:
        return replace(self._listing.cleared, literal=literal)
