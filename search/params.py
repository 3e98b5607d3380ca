"""The parameters of a search in the URL: each reads its part of the query string and writes it back.

Reading never raises: what makes no sense falls back to its default, what is too much is cut.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from search.language import normalise
from search.syntax import MAXIMUM_TERMS, parse

MAXIMUM_TEXT = 300  # characters
MAXIMUM_PAGE = 500
MAXIMUM_VALUES = 50  # selected values of one facet
MAXIMUM_VALUE = 200  # characters
MAXIMUM_DAY = 20  # characters


class Sort(StrEnum):
    """The orders a reader can choose."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    EVIDENCE = "evidence"
    SOONEST = "soonest"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Facet:
    """A property to filter by: `name` in documents and in the URL, `label` on screen."""

    name: str
    label: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, both included; None leaves a side open.

    `typed` is what was typed, first and last, and `faults` what is wrong with it: neither is in the range then.
    """

    first: date | None = None
    last: date | None = None
    typed: tuple[str, str] = ("", "")
    faults: tuple[str, str] = ("", "")

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None


@dataclass(slots=True)
class Draft:
    """What the parameters have read so far."""

    text: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    days: Days = field(default_factory=Days)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    literal: bool = False
    notices: list[str] = field(default_factory=list)


Pairs = Iterable[tuple[str, str]]


class Values(Protocol):
    """What a parameter writes from: a draft or a request."""

    @property
    def text(self) -> str: ...
    @property
    def days(self) -> Days: ...
    @property
    def sort(self) -> Sort: ...
    @property
    def page(self) -> int: ...
    @property
    def literal(self) -> bool: ...
    def selected(self, facet: str) -> tuple[str, ...]: ...


class Parameter(Protocol):
    """One parameter: its name in the URL, how it is read, how it is written."""

    @property
    def name(self) -> str: ...
    def read(self, params: QueryDict, draft: Draft) -> None: ...
    def write(self, values: Values) -> Pairs: ...


@dataclass(frozen=True, slots=True)
class TextParameter:
    """What was typed in the search box."""

    name: str = "q"

    def read(self, params: QueryDict, draft: Draft) -> None:
        """Cut to MAXIMUM_TEXT characters and MAXIMUM_TERMS words, saying so."""
        text = normalise(params.get(self.name) or "")
        if len(text) > MAXIMUM_TEXT:
            text = text[:MAXIMUM_TEXT].rstrip()
            draft.notices.append(
                _("Your query was shortened to %(number)d characters.") % {"number": MAXIMUM_TEXT},
            )
        if parse(text).truncated:
            draft.notices.append(_("Only the first %(number)d words were searched for.") % {"number": MAXIMUM_TERMS})
        draft.text = text

    def write(self, values: Values) -> Pairs:
        """Only when there is text."""
        return [(self.name, values.text)] if values.text else []


@dataclass(frozen=True, slots=True)
class FacetParameter:
    """The selected values of one facet. A value that exists nowhere stays selected, and finds nothing."""

    name: str

    def read(self, params: QueryDict, draft: Draft) -> None:
        """Clean the values, drop repetitions, keep the first MAXIMUM_VALUES."""
        cleaned = (normalise(value[: 2 * MAXIMUM_VALUE])[:MAXIMUM_VALUE].strip() for value in params.getlist(self.name))
        values = tuple(dict.fromkeys(value for value in cleaned if value))
        if len(values) > MAXIMUM_VALUES:
            draft.notices.append(_("Only the first %(number)d filter values were used.") % {"number": MAXIMUM_VALUES})
        if values:
            draft.filters[self.name] = values[:MAXIMUM_VALUES]

    def write(self, values: Values) -> Pairs:
        """In alphabetical order, so that the same selection has one URL."""
        return [(self.name, value) for value in sorted(values.selected(self.name))]


@dataclass(frozen=True, slots=True)
class FirstDayParameter:
    """The first day of the range in which a document was confirmed, updated or published, as in 2026-01-31."""

    name: str = "van"

    def read(self, params: QueryDict, draft: Draft) -> None:
        """What is no day is kept beside what is wrong with it, and narrows nothing."""
        typed, day, fault = _day(params.get(self.name))
        draft.days = replace(draft.days, first=day, typed=(typed, draft.days.typed[1]), faults=(fault, ""))

    def write(self, values: Values) -> Pairs:
        """Only a real day."""
        return [(self.name, values.days.first.isoformat())] if values.days.first else []


@dataclass(frozen=True, slots=True)
class LastDayParameter:
    """The last day of that range; read after the first."""

    name: str = "tot"

    def read(self, params: QueryDict, draft: Draft) -> None:
        """As the first; and a range that ends before it begins narrows nothing."""
        typed, day, fault = _day(params.get(self.name))
        first, first_typed = draft.days.first, draft.days.typed[0]
        if first is not None and day is not None and day < first:
            first, day, fault = None, None, _("The last day comes before the first.")
        draft.days = Days(first, day, (first_typed, typed), (draft.days.faults[0], fault))

    def write(self, values: Values) -> Pairs:
        """Only a real day."""
        return [(self.name, values.days.last.isoformat())] if values.days.last else []


def _day(value: str | None) -> tuple[str, date | None, str]:
    """What was typed, the day that it means, and what is wrong with it. Also "31/1/2026" is understood."""
    typed = normalise((value or "")[:MAXIMUM_DAY])
    if not typed:
        return "", None, ""
    found = _ISO.fullmatch(typed)
    year, month, day = found.groups() if found else ("", "", "")
    if not found and (found := _BELGIAN.fullmatch(typed)):
        day, month, year = found.groups()
    try:
        return typed, date(int(year), int(month), int(day)), ""
    except ValueError:
        return typed, None, _("“%(typed)s” is not a date. Write it like 31/1/2026.") % {"typed": typed}


_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_BELGIAN = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class SortParameter:
    """The order of the results."""

    name: str = "sort"

    def read(self, params: QueryDict, draft: Draft) -> None:
        """Fall back to relevance."""
        try:
            draft.sort = Sort(params.get(self.name) or "")
        except ValueError:
            draft.sort = Sort.RELEVANCE

    def write(self, values: Values) -> Pairs:
        """Only when it is not the default."""
        return [(self.name, values.sort.value)] if values.sort is not Sort.RELEVANCE else []


@dataclass(frozen=True, slots=True)
class LiteralParameter:
    """Search for what was typed, without correcting it."""

    name: str = "literal"

    def read(self, params: QueryDict, draft: Draft) -> None:
        """Set by exactly "1"."""
        draft.literal = params.get(self.name) == "1"

    def write(self, values: Values) -> Pairs:
        """Only when set."""
        return [(self.name, "1")] if values.literal else []


@dataclass(frozen=True, slots=True)
class PageParameter:
    """The page of the results, from 1."""

    name: str = "page"

    def read(self, params: QueryDict, draft: Draft) -> None:
        """Keep within 1 to MAXIMUM_PAGE."""
        value = (params.get(self.name) or "").strip()
        if value.isascii() and value.isdigit():
            draft.page = min(max(int(value[:9]), 1), MAXIMUM_PAGE)

    def write(self, values: Values) -> Pairs:
        """Only from the second page on."""
        return [(self.name, str(values.page))] if values.page > 1 else []


_BEFORE: tuple[Parameter, ...] = (TextParameter(),)
_AFTER: tuple[Parameter, ...] = (
    FirstDayParameter(),
    LastDayParameter(),
    SortParameter(),
    LiteralParameter(),
    PageParameter(),
)
IN_FULL = "alle"  # a facet of which a page shows every value; not part of what is asked
RESERVED = frozenset((*(parameter.name for parameter in (*_BEFORE, *_AFTER)), IN_FULL))


def parameters(facets: Iterable[Facet]) -> tuple[Parameter, ...]:
    """All parameters in the order in which a URL carries them."""
    return (*_BEFORE, *(FacetParameter(facet.name) for facet in facets), *_AFTER)
