"""The filters of a list as its template shows them: facets with their values, days, and chips of what is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.finding.facets import FacetWords, ListedFacet
from search.params import IN_FULL
from search.query import SearchRequest, SearchResults

SHOWN_AT_FIRST = 8  # values of a facet; the rest opens
FINDABLE_FROM = 16  # values, from which a facet has a search field of its own
SENT_AT_ONCE = 40  # values; of a facet with more the rest comes when it is asked for


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    facet_label: str = ""


@dataclass(slots=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class FacetGroup:
    """A filter. `number` is of all its values; where `more_url` leads to the rest, `values` are those that show."""

    name: str
    label: str
    values: list[Option]
    help_text: str = ""
    number: int = 0
    more_url: str = ""
    in_full: bool = False

    @cached_property
    def selected_count(self) -> int:
        return sum(option.selected for option in self.values)

    @property
    def _fits(self) -> bool:
        """A single value more is no reason to hide it."""
        return bool(self.more_url) or len(self.values) <= SHOWN_AT_FIRST + 1

    @property
    def head(self) -> list[Option]:
        """The first values; and what is chosen, wherever it stands."""
        return (
            self.values if self._fits else [v for at, v in enumerate(self.values) if at < SHOWN_AT_FIRST or v.selected]
        )

    @property
    def rest(self) -> list[Option]:
        return [] if self._fits else [v for v in self.values[SHOWN_AT_FIRST:] if not v.selected]

    @property
    def is_findable(self) -> bool:
        return self.number >= FINDABLE_FROM


def facet_group(
    facet: ListedFacet, words: FacetWords, request: SearchRequest, results: SearchResults, *, in_full: bool = False
) -> FacetGroup:
    """The values that exist and have results, or are chosen; of very many only the first, unless `in_full`."""
    selected = request.selected(facet.name)
    counts = results.facets.get(facet.name, {})
    if selected:
        counts = {**counts, **dict.fromkeys(sorted(set(selected).difference(counts)), 0)}
    known = words.known(facet.name, words.in_order(facet.name, counts))
    number, more_url = len(known), ""
    if number > SENT_AT_ONCE and not in_full:
        late = [pair for pair in known[SHOWN_AT_FIRST:] if pair[0] in selected] if selected else []
        known = [*known[:SHOWN_AT_FIRST], *late]
        more_url = "?" + "&".join(filter(None, (request.with_page(1).url_params(), urlencode({IN_FULL: facet.name}))))
    values = [Option(value, label, counts[value], value in selected) for value, label in known]
    label, explained = words.spoken(facet.label), words.spoken(facet.help_text)
    return FacetGroup(facet.name, label, values, explained, number, more_url, in_full)


def chips(request: SearchRequest, words: FacetWords) -> Iterator[Link]:
    """Everything chosen, each with the address that takes it off."""
    for chip in request.chips:
        yield Link(words.of(chip.facet.name, chip.value), chip.url, facet_label=words.spoken(chip.facet.label))
    first, last = request.days.first, request.days.last
    if first is not None:
        label = _("from %(day)s") % {"day": date_format(first)}
        yield Link(label, request.without_first_day().url, facet_label=_("Date"))
    if last is not None:
        label = _("until %(day)s") % {"day": date_format(last)}
        yield Link(label, request.without_last_day().url, facet_label=_("Date"))
