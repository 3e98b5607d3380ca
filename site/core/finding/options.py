"""The filters of a list as its template shows them: facets with their values, days, and chips of what is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.finding.facets import FacetWords, ListedFacet
from search.query import SearchRequest, SearchResults

SHOWN_AT_FIRST = 8  # values of a facet; the rest opens
FINDABLE_FROM = 16  # values, from which a facet has a search field of its own


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    facet_label: str = ""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True)
class FacetGroup:
    name: str
    label: str
    values: list[Option]
    help_text: str | Promise = ""

    @property
    def selected_count(self) -> int:
        return sum(option.selected for option in self.values)

    @property
    def _fits(self) -> bool:
        """A single value more is no reason to hide it."""
        return len(self.values) <= SHOWN_AT_FIRST + 1

    @property
    def head(self) -> list[Option]:
        """The first values; and what is chosen, wherever it stands."""
        return [v for at, v in enumerate(self.values) if self._fits or at < SHOWN_AT_FIRST or v.selected]

    @property
    def rest(self) -> list[Option]:
        head = self.head
        return [option for option in self.values if option not in head]

    @property
    def is_findable(self) -> bool:
        return len(self.values) >= FINDABLE_FROM


def facet_group(facet: ListedFacet, words: FacetWords, request: SearchRequest, results: SearchResults) -> FacetGroup:
    """The values that exist and have results, or are chosen."""
    options = {option.value: option for option in results.options(request, facet.name)}
    values = [
        Option(
            value,
            words.of(facet.name, value),
            options[value].count,
            options[value].selected,
            options[value].url,
        )
        for value in words.in_order(facet.name, options)
        if words.knows(facet.name, value)
    ]
    return FacetGroup(facet.name, str(facet.label), values, facet.help_text)


def chips(request: SearchRequest, words: FacetWords) -> Iterator[Link]:
    """Everything chosen, each with the address that takes it off."""
    for chip in request.chips:
        yield Link(words.of(chip.facet.name, chip.value), chip.url, facet_label=str(chip.facet.label))
    first, last = request.days.first, request.days.last
    if first is not None:
        label = _("from %(day)s") % {"day": date_format(first)}
        yield Link(label, request.without_first_day().url, facet_label=_("Date"))
    if last is not None:
        label = _("until %(day)s") % {"day": date_format(last)}
        yield Link(label, request.without_last_day().url, facet_label=_("Date"))
