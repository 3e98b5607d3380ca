"""The list of practices as a reader asks for it: one request, answered by the search engine, shown with its facets.

When the engine is unavailable the same page comes straight from the database, without facets, and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.audiences import audiences_of
from practices import facets
from practices.cards import PracticeCard, cards
from practices.facets import FacetLabels
from practices.models import PracticePage
from practices.search import KIND, page_id_of
from practices.ways_out import WaysOut
from search.api import search
from search.query import SearchRequest, SearchResults, Sort
from search.synonyms import Synonyms
from taxonomy.thesaurus import Thesaurus

if TYPE_CHECKING:
    from practices.models import PracticeIndexPage

PAGES_AROUND = 2


@dataclass(frozen=True)
class Hit:
    """A practice found, with the words that matched marked."""

    practice: PracticeCard
    title_html: SafeString
    snippet_html: SafeString
    attachment: str | None = None


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

    @property
    def selected_count(self) -> int:
        return sum(option.selected for option in self.values)


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    facet_label: str = ""


@dataclass(frozen=True)
class PageLink:
    """A page number; None is the gap between two runs of numbers."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Pagination:
    number: int
    count: int
    previous_url: str
    next_url: str
    links: list[PageLink]


class Listing:
    """What the template of the list shows. Lazy: the engine is asked once, the database only for this page's hits."""

    def __init__(self, request: HttpRequest, index: "PracticeIndexPage") -> None:
        self.reader = request.user
        self.index = index
        self.request = SearchRequest.from_params(
            request.GET, audiences=audiences_of(self.reader), facets=facets.FACETS, kinds=(KIND,)
        )

    @classmethod
    def for_request(cls, request: HttpRequest, index: "PracticeIndexPage") -> "Listing":
        return cls(request, index)

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """Read once for the labels of the facets and for the synonyms of the words asked for."""
        return Thesaurus.load()

    @cached_property
    def results(self) -> SearchResults:
        return self.answer(self.request)

    def answer(self, request: SearchRequest) -> SearchResults:
        if request.text:
            request = replace(request, synonyms=Synonyms.of(self.thesaurus.groups))
        return search(request)

    @property
    def degraded(self) -> bool:
        return self.results.degraded

    @cached_property
    def _plain(self) -> list[PracticePage]:
        """Without an engine: the newest practices, and those whose title or summary holds the words."""
        practices = PracticePage.objects.visible_to(self.reader).newest_first()
        for word in self.request.text.split()[:10]:
            practices = practices.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        return list(practices[:200])

    @property
    def total(self) -> int:
        return len(self._plain) if self.degraded else self.results.total

    @cached_property
    def hits(self) -> list[Hit]:
        """The hits of this page, checked once more against what the reader may see."""
        if self.degraded:
            start = (self.pagination.number - 1) * self.request.page_size
            found = cards(self._plain[start : start + self.request.page_size])
            return [
                Hit(card, conditional_escape(card.page.title), conditional_escape(card.page.summary)) for card in found
            ]
        by_id = {page_id_of(hit.id): hit for hit in self.results.hits}
        pages = PracticePage.objects.visible_to(self.reader).select_related("contact_organisation").in_bulk(list(by_id))
        shown = {card.page.pk: card for card in cards([pages[pk] for pk in by_id if pk in pages])}
        return [
            Hit(shown[pk], hit.title_html, hit.snippet_html, hit.attachment) for pk, hit in by_id.items() if pk in shown
        ]

    @cached_property
    def labels(self) -> FacetLabels:
        return FacetLabels.load(self.thesaurus.labels, self.request.selected(facets.MUNICIPALITY.name))

    @cached_property
    def facets(self) -> list[FacetGroup]:
        if self.degraded:
            return []
        return [group for facet in facets.SHOWN if (group := self._group(facet.name, str(facet.label))).values]

    def _group(self, name: str, label: str) -> FacetGroup:
        options = {option.value: option for option in self.results.options(self.request, name)}
        return FacetGroup(
            name,
            label,
            [
                Option(
                    value,
                    self.labels.of(name, value),
                    options[value].count,
                    options[value].selected,
                    options[value].url,
                )
                for value in facets.in_order(name, options)
                if self.labels.knows(name, value)
            ],
        )

    @cached_property
    def chips(self) -> list[Link]:
        return [
            Link(self.labels.of(chip.facet.name, chip.value), chip.url, facet_label=str(chip.facet.label))
            for chip in self.request.chips
        ]

    @property
    def clear_url(self) -> str:
        return self.request.without_filters().url

    @property
    def sorts(self) -> list[Link]:
        words = {Sort.RELEVANCE: _("Relevance"), Sort.NEWEST: _("Newest"), Sort.EVIDENCE: _("Best founded")}
        return [Link(words[sort], self.request.with_sort(sort).url, current=sort is self.request.sort) for sort in Sort]

    @cached_property
    def pagination(self) -> Pagination:
        if self.degraded:
            count = -(-self.total // self.request.page_size)
            number = min(self.request.page, max(count, 1))
        else:
            count, number = self.results.pages, self.results.page
        return Pagination(
            number,
            count,
            self.request.with_page(number - 1).url if number > 1 else "",
            self.request.with_page(number + 1).url if number < count else "",
            list(self._page_links(number, count)),
        )

    def _page_links(self, number: int, count: int) -> Iterator[PageLink]:
        previous = 0
        for page in range(1, count + 1):
            if page in {1, count} or abs(page - number) <= PAGES_AROUND:
                if page > previous + 1:
                    yield PageLink(None)
                yield PageLink(page, self.request.with_page(page).url, current=page == number)
                previous = page

    @property
    def notices(self) -> list[str]:
        return list(self.request.notices)

    @property
    def suggestion(self) -> str | None:
        return self.results.suggestion

    @property
    def literal_url(self) -> str:
        return self.request.as_literal().url

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """What the search form must send along so that a new search keeps the filters."""
        return [(name, value) for name, values in self.request.filters.items() for value in values] + (
            [("sort", self.request.sort.value)] if self.request.sort is not Sort.RELEVANCE else []
        )

    @cached_property
    def ways_out(self) -> WaysOut:
        """For the page that shows that nothing was found."""
        return WaysOut(self)

    @property
    def exports(self) -> list[Link]:
        query = self.request.with_page(1).url
        return [
            Link(_("Spreadsheet (XLSX)"), reverse("practice_export", args=["xlsx"]) + query),
            Link(_("Text table (CSV)"), reverse("practice_export", args=["csv"]) + query),
        ]
