"""What is asked of an engine, and what it answers: typed and immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString

from search.language import normalise
from search.params import MAXIMUM_PAGE, MAXIMUM_TEXT, RESERVED, Days, Draft, Facet, Sort, parameters
from search.synonyms import Synonyms

__all__ = ["Chip", "Days", "Facet", "SearchHit", "SearchRequest", "SearchResults", "Sort", "Within"]

PAGE_SIZE = 20
MAXIMUM_PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Chip:
    """A selected filter value that the reader can take away by following `url`."""

    facet: Facet
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Within:
    """The documents that a database left over, by something that no index can know: who is free next week.

    `params` are the parameters of an address that ask for it.
    """

    ids: frozenset[str]
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search: what, for whom, and which part of the results.

    `audiences` are the reader's tokens; the engine answers with nothing that lacks all of them. `kinds` narrows to
    kinds of documents, outside the reader's choice. `facets` are the facets to filter by and to count. `days` narrows
    to documents that were updated then, or published where nothing says when they were updated. `within` narrows to
    documents that were found elsewhere. `synonyms` are those of the vocabularies as they are now, when left out.
    """

    audiences: frozenset[str]
    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: Days = field(default_factory=Days)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE
    literal: bool = False
    facets: tuple[Facet, ...] = ()
    kinds: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    within: Within | None = None
    synonyms: Synonyms | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.audiences, frozenset) or not self.audiences:
            raise ValueError("a search needs the audiences of its reader")
        if not 1 <= self.page_size <= MAXIMUM_PAGE_SIZE or not 1 <= self.page <= MAXIMUM_PAGE:
            raise ValueError("page or page size out of bounds")
        names = [facet.name for facet in self.facets]
        if RESERVED.intersection(names) or len(set(names)) < len(names):
            raise ValueError(f"facet names must be distinct and none of {sorted(RESERVED)}")
        object.__setattr__(self, "text", normalise(self.text)[:MAXIMUM_TEXT].rstrip())
        object.__setattr__(self, "filters", MappingProxyType(dict(self.filters)))

    @classmethod
    def from_params(
        cls,
        params: QueryDict,
        *,
        audiences: frozenset[str],
        facets: tuple[Facet, ...] = (),
        kinds: tuple[str, ...] = (),
        page_size: int = PAGE_SIZE,
    ) -> Self:
        """Read a request from a query string; whatever a reader sends, this does not raise."""
        draft = Draft()
        for parameter in parameters(facets):
            parameter.read(params, draft)
        return cls(
            audiences=audiences,
            text=draft.text,
            filters=draft.filters,
            days=draft.days,
            sort=draft.sort,
            page=draft.page,
            page_size=page_size,
            literal=draft.literal,
            facets=facets,
            kinds=kinds,
            notices=tuple(draft.notices),
        )

    def selected(self, facet: str) -> tuple[str, ...]:
        """The selected values of a facet."""
        return self.filters.get(facet, ())

    def url_params(self) -> str:
        """The query string of this request, in canonical order, without question mark."""
        chosen = [facet for facet in self.facets if facet.name in self.filters]
        pairs = [pair for parameter in parameters(chosen) for pair in parameter.write(self)]
        return "&".join([_encoded(*pair) for pair in (*pairs, *(self.within.params if self.within else ()))])

    @property
    def url(self) -> str:
        """A relative URL to this request on the same path."""
        return "?" + self.url_params()

    def with_filter(self, facet: str, value: str) -> Self:
        """Also this value, from the first page."""
        return self._with_values(facet, tuple(dict.fromkeys((*self.selected(facet), value))))

    def without_filter(self, facet: str, value: str | None = None) -> Self:
        """Without this value, or without any value of the facet, from the first page."""
        kept = () if value is None else tuple(other for other in self.selected(facet) if other != value)
        return self._with_values(facet, kept)

    def _with_values(self, facet: str, values: tuple[str, ...]) -> Self:
        filters = {name: selected for name, selected in self.filters.items() if name != facet}
        return self._but(filters=MappingProxyType({**filters, facet: values} if values else filters), page=1)

    def _but(self, **others: object) -> Self:
        """A copy with other values, which are right as they are. A page of results has a dozen, for its links."""
        copied = object.__new__(type(self))
        for name in _FIELDS:
            object.__setattr__(copied, name, others[name] if name in others else getattr(self, name))
        return copied

    def without_filters(self) -> Self:
        """Without any filter or range of days, from the first page."""
        return self._but(filters=MappingProxyType({}), days=Days(), within=None, page=1)

    def without_within(self) -> Self:
        """Whatever the database would leave over, from the first page."""
        return self._but(within=None, page=1)

    def without_first_day(self) -> Self:
        """However old, from the first page."""
        return self._but(days=Days(last=self.days.last), page=1)

    def without_last_day(self) -> Self:
        """However young, from the first page."""
        return self._but(days=Days(first=self.days.first), page=1)

    def with_sort(self, sort: Sort) -> Self:
        """In another order, from the first page."""
        return self._but(sort=sort, page=1)

    def with_page(self, page: int) -> Self:
        """Another page, kept within bounds."""
        return self._but(page=min(max(page, 1), MAXIMUM_PAGE))

    def with_text(self, text: str, *, literal: bool = False) -> Self:
        """Another text, from the first page."""
        return replace(self, text=text, literal=literal, page=1)

    def as_literal(self) -> Self:
        """Exactly what was typed, uncorrected, from the first page."""
        return self._but(literal=True, page=1)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The selected values, each with the URL that takes it away."""
        return tuple(
            Chip(facet, value, self.without_filter(facet.name, value).url)
            for facet in self.facets
            for value in self.selected(facet.name)
        )


_FIELDS = tuple(field.name for field in fields(SearchRequest))


@lru_cache(maxsize=4096)
def _encoded(name: str, value: str) -> str:
    """A page of results has a dozen addresses that share most of their parameters."""
    return urlencode([(name, value)])


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result; both texts are escaped HTML in which matching words stand in <mark>.

    `attachment` is the plain name of the attachment that the snippet stands in, where the page itself has no match.
    """

    id: str
    kind: str
    score: float
    title_html: SafeString
    snippet_html: SafeString
    attachment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """The answer to a request.

    `page` is the page that was given: the last one when the request went past the end. `suggestion` is the corrected
    text to which these results belong. The values of a facet stand by their counts, most results first, equals by the
    alphabet. `degraded` says that the engine was unavailable: show a plain listing.
    """

    hits: tuple[SearchHit, ...] = ()
    total: int = 0
    page: int = 1
    page_size: int = PAGE_SIZE
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str | None = None
    degraded: bool = False

    @property
    def pages(self) -> int:
        """The number of pages a reader can reach."""
        return min(-(-self.total // self.page_size), MAXIMUM_PAGE)
