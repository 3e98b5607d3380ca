"""A list of results as a reader asks for it: one request, answered by the search engine, shown with its facets.

A room makes a list of its own by a Finder: which kinds, which facets, which words. When the engine is unavailable the
same page comes straight from the database, without facets, and says so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.finding.facets import FacetWords, ListedFacet
from core.finding.kinds import Result, ResultKind, get_kind
from core.finding.narrowing import Narrowing
from core.finding.options import FacetGroup, Link, chips, facet_group
from core.finding.pagination import Pagination, paginate
from core.finding.readers import Reader, gate
from search.api import search
from search.documents import kind_of
from search.params import IN_FULL
from search.query import Days, SearchRequest, SearchResults, Sort

if TYPE_CHECKING:
    from core.finding.ways_out import WaysOut


SORTS: Mapping[Sort, Callable[[], str]] = {
    Sort.RELEVANCE: lambda: _("Relevance"),
    Sort.NEWEST: lambda: _("Newest"),
    Sort.EVIDENCE: lambda: _("Best founded"),
    Sort.SOONEST: lambda: _("Date"),
    Sort.LATEST: lambda: _("Date"),
}


@dataclass(frozen=True, kw_only=True)
class Finder:
    """A list: of these kinds, narrowed by these facets, in these words. All are asked anew for every request.

    `name` is the title of the list, or of its search form where the page has a title of its own. `count` says how much
    was found; `nothing` that nothing fits these words, `nothing_left` that nothing fits the filters; `show_all` is the
    link to the whole list. `exports` are links for a query string. `narrowing` reads a filter that the database
    answers; `filters_template` draws what stands below the facets, `tools_template` the bar above the results, and
    `results_template` those.
    """

    name: Callable[[], str]
    kinds: Callable[[], tuple[ResultKind, ...]]
    facets: Callable[[], tuple[ListedFacet, ...]]
    count: Callable[[int], str]
    nothing: Callable[[str], str]
    nothing_left: Callable[[], str]
    show_all: Callable[[], str]
    exports: Callable[[str], list[Link]] | None = None
    narrowing: Callable[[HttpRequest], Narrowing] | None = None
    filters_template: str = "core/finding/days.html"
    tools_template: str = "core/finding/tools.html"
    results_template: str = "core/finding/results.html"
    sorts: tuple[Sort, ...] = (Sort.RELEVANCE, Sort.NEWEST, Sort.EVIDENCE)

    def asked(self, request: HttpRequest) -> SearchRequest:
        """What stands in the address, within what this reader may see."""
        return SearchRequest.from_params(
            request.GET,
            audiences=gate().audiences_of(request.user),
            facets=self.facets(),
            kinds=tuple(kind.name for kind in self.kinds()),
        )


@dataclass(frozen=True)
class Hit:
    """A result with the words that matched marked."""

    kind: ResultKind
    result: Result
    title_html: SafeString
    snippet_html: SafeString
    attachment: str | None = None


@dataclass(frozen=True)
class Manner:
    """What decides how hits look besides what they are: the language, today, and what to call the kinds, if at all."""

    language: str
    day: date
    kinds: Mapping[str, str] = field(default_factory=dict)


def presented(ids: Iterable[str], reader: Reader) -> Mapping[str, Result]:
    """What this reader may see of these documents, each as its kind presents it."""
    by_kind: dict[str, list[str]] = {}
    for document_id in ids:
        by_kind.setdefault(kind_of(document_id), []).append(document_id)
    found: dict[str, Result] = {}
    for name, wanted in by_kind.items():
        if (kind := get_kind(name)) is not None:
            found |= kind.present(wanted, reader)
    return found


class Listing:
    """What the template of a list shows. Lazy: the engine is asked once, the database only for this page's hits."""

    def __init__(self, request: HttpRequest, finder: Finder) -> None:
        self.reader = request.user
        self.finder = finder
        self.narrowing = finder.narrowing(request) if finder.narrowing else None
        self.in_full = frozenset(request.GET.getlist(IN_FULL))  # names of facets, or whatever stands there
        self.request = replace(finder.asked(request), within=self.narrowing.within if self.narrowing else None)

    @cached_property
    def results(self) -> SearchResults:
        return search(self.request if self.order is None else replace(self.request, sort=self.order))

    @property
    def order(self) -> Sort | None:
        """That of the narrowing, where no words rank the hits and the reader chose none."""
        ranked = self.request.text or self.request.sort is not Sort.RELEVANCE
        return self.narrowing.order if self.narrowing and not ranked else None

    @property
    def degraded(self) -> bool:
        return self.results.degraded

    @cached_property
    def _plain(self) -> list[str]:
        """Without an engine: the newest of every kind that hold the words."""
        words, within = self.request.text.split(), self.request.within
        found = [document_id for kind in self.finder.kinds() for document_id in kind.plain(words, self.reader)]
        return found if within is None else [document_id for document_id in found if document_id in within.ids]

    @property
    def total(self) -> int:
        return len(self._plain) if self.degraded else self.results.total

    @property
    def name(self) -> str:
        return self.finder.name()

    @property
    def title(self) -> str:
        """Of the window, where the list is no page with a title of its own; empty: its name."""
        return ""

    @property
    def names_kinds(self) -> bool:
        """Whether a result must say of which kind it is."""
        return len(self.finder.kinds()) > 1

    @property
    def manner(self) -> Manner:
        """In which the hits are drawn."""
        named = {kind.name: kind.title for kind in self.finder.kinds()} if self.names_kinds else {}
        return Manner(get_language() or "", localdate(), named)

    @property
    def count(self) -> str:
        return self.finder.count(self.total)

    @cached_property
    def hits(self) -> list[Hit]:
        """The hits of this page, checked once more against what the reader may see."""
        if self.degraded:
            return self._plain_hits()
        shown = presented((hit.id for hit in self.results.hits), self.reader)
        return [
            Hit(kind, shown[hit.id], hit.title_html, hit.snippet_html, hit.attachment)
            for hit in self.results.hits
            if hit.id in shown and (kind := get_kind(hit.kind)) is not None
        ]

    def _plain_hits(self) -> list[Hit]:
        start = (self.pagination.number - 1) * self.request.page_size
        ids = self._plain[start : start + self.request.page_size]
        shown = presented(ids, self.reader)
        return [
            Hit(kind, found, conditional_escape(found.title), conditional_escape(found.summary))
            for document_id in ids
            if (found := shown.get(document_id)) and (kind := get_kind(kind_of(document_id))) is not None
        ]

    @cached_property
    def words(self) -> FacetWords:
        return FacetWords(self.finder.facets())

    @cached_property
    def facets(self) -> list[FacetGroup]:
        if self.degraded:
            return []
        groups = (
            facet_group(facet, self.words, self.request, self.results, in_full=facet.name in self.in_full)
            for facet in self.finder.facets()
            if self.results.facets.get(facet.name) or self.request.selected(facet.name)
        )
        return [group for group in groups if group.values]

    @property
    def days(self) -> Days:
        return self.request.days

    @cached_property
    def chips(self) -> list[Link]:
        narrowed = self.narrowing.chips(self.request) if self.narrowing else []
        return [*chips(self.request, self.words), *narrowed]

    @property
    def cleared(self) -> SearchRequest:
        """Without any filter, from the first page."""
        stays = self.narrowing is not None and self.narrowing.stays
        return replace(self.request.without_filters(), within=self.request.within if stays else None)

    @property
    def clear_url(self) -> str:
        return self.cleared.url

    @property
    def is_narrowed(self) -> bool:
        """Whether this is another page than the list as it stands in the menu."""
        return bool(self.request.text or self.chips or self.in_full or self.pagination.number > 1)

    @cached_property
    def sorts(self) -> list[Link]:
        if self.order is not None:
            return []
        asked, sorts = self.request, self.finder.sorts
        if self.narrowing and self.narrowing.order:
            sorts = (*sorts, self.narrowing.order)
        return [Link(SORTS[sort](), asked.with_sort(sort).url, current=sort is asked.sort) for sort in sorts]

    @cached_property
    def pagination(self) -> Pagination:
        if self.degraded:
            count = -(-self.total // self.request.page_size)
            return paginate(self.request, min(self.request.page, max(count, 1)), count)
        return paginate(self.request, self.results.page, self.results.pages)

    @property
    def notices(self) -> list[str]:
        narrowed = self.narrowing.notices if self.narrowing else []
        return [*self.request.notices, *filter(None, self.days.faults), *narrowed]

    @property
    def suggestion(self) -> str | None:
        return self.results.suggestion

    @property
    def literal_url(self) -> str:
        return self.request.as_literal().url

    @cached_property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """What the search form must send along besides its own fields, so that a new search keeps the filters."""
        pairs = [(name, value) for name, values in self.request.filters.items() for value in values]
        groups = {group.name: group for group in self.facets}
        shown = {(name, option.value) for name, _value in pairs if name in groups for option in groups[name].values}
        kept = [pair for pair in pairs if pair not in shown]
        if self.request.sort is not Sort.RELEVANCE:
            kept.append(("sort", self.request.sort.value))
        return kept

    @property
    def nothing(self) -> str:
        """That nothing was found."""
        return self.finder.nothing(self.request.text) if self.request.text else self.finder.nothing_left()

    @property
    def show_all(self) -> str:
        return self.finder.show_all()

    @cached_property
    def ways_out(self) -> "WaysOut":
        """For the page that shows that nothing was found."""
        from core.finding.ways_out import WaysOut

        return WaysOut(self)

    @property
    def exports(self) -> list[Link]:
        return self.finder.exports(self.request.with_page(1).url) if self.finder.exports else []

    def answer(self, request: SearchRequest) -> SearchResults:
        """Another search, for the ways out."""
        return search(replace(request, page=1, page_size=1))
