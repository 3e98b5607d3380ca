"""The ways out of an empty result: another spelling, fewer filters, terms that resemble the words, whom to ask."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from wagtail.models import Page

from people.audiences import visible_to
from search.language import fold, normalise
from search.language.stems import STOP_WORDS, stem
from search.language.text import words
from search.query import SearchRequest
from taxonomy.thesaurus import Entry

if TYPE_CHECKING:
    from practices.listing import Listing

MAXIMUM_FILTERS = 6  # each costs a search
MAXIMUM_TERMS = 5
MAXIMUM_WORDS = 6
SHORTEST = 4  # letters of a word that may be part of another
RESEMBLES = 0.84  # of difflib: one slip in six letters, two in twelve
CONTACT = "contact"  # slug of the page that says whom to ask
_QUOTES = str.maketrans(dict.fromkeys('"“”„', " "))


@dataclass(frozen=True)
class WayOut:
    """A search that does find something: the words that say what is different, how much it finds, where it is."""

    label: str
    count: int
    url: str


class WaysOut:
    """For a listing that found nothing. Lazy: what the template does not show is not searched for."""

    def __init__(self, listing: "Listing") -> None:
        self._listing = listing
        self._request = replace(listing.request, page=1, page_size=1)

    def _to(self, request: SearchRequest, label: str = "") -> WayOut | None:
        found = 0 if self._listing.degraded else self._listing.answer(request).total
        return WayOut(label, found, request.url) if found else None

    @cached_property
    def corrected(self) -> WayOut | None:
        """What the reader may have meant, when she asked for the words exactly as typed."""
        if self._listing.degraded or not self._request.literal:
            return None
        for request in (replace(self._request, literal=False), self._unfiltered(literal=False)):
            results = self._listing.answer(request)
            if results.total and results.suggestion:
                return WayOut(results.suggestion, results.total, request.with_text(results.suggestion).url)
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
            names = [self._listing.labels.of(facet.name, value) for value in self._request.selected(facet.name)]
            ways.append(self._to(self._request.without_filter(facet.name), ", ".join(names)))
        return sorted((way for way in ways if way), key=lambda way: -way.count)

    @cached_property
    def without_filters(self) -> WayOut | None:
        """Without any filter, where there is more than one."""
        return self._to(self._unfiltered(literal=self._request.literal)) if len(self._request.filters) > 1 else None

    @cached_property
    def terms(self) -> list[Entry]:
        """Terms of the vocabulary that resemble the words, most alike first."""
        thesaurus = self._listing.thesaurus
        entries: dict[str, dict[int, Entry]] = defaultdict(dict)
        for entry in thesaurus.current:
            for word in {word for name in thesaurus.phrases[entry.pk] for word in words(name)}:
                if word not in STOP_WORDS and len(word) >= SHORTEST:
                    entries[word][entry.pk] = entry
        found: dict[int, Entry] = {}
        for word in self._words:
            for other in _resembling(word, list(entries)):
                found |= {pk: entry for pk, entry in entries[other].items() if pk not in found}
        return list(found.values())[:MAXIMUM_TERMS]

    @cached_property
    def contact(self) -> Page | None:
        """The page that says whom to ask."""
        return visible_to(Page.objects.filter(slug=CONTACT), self._listing.reader).first()

    @property
    def _words(self) -> list[str]:
        asked = [word for word in words(fold(self._request.text)) if word not in STOP_WORDS and len(word) >= SHORTEST]
        return list(dict.fromkeys(asked))[:MAXIMUM_WORDS]

    def _unfiltered(self, *, literal: bool) -> SearchRequest:
        return replace(self._request.without_filters(), literal=literal)


def _resembling(word: str, known: list[str]) -> Iterator[str]:
    """The same stem; one within the other; nearly the same letters."""
    yield from (other for other in known if stem(other) == stem(word))
    yield from (other for other in known if other in word or word in other)
    yield from get_close_matches(word, known, n=MAXIMUM_TERMS, cutoff=RESEMBLES)
