"""The list of events: one kind, its facets, its words; and the ways to look at it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.finding.kinds import ResultKind, get_kind
from core.finding.listing import Finder, Listing
from core.finding.options import Link
from core.finding.views import answer
from events.directory import facets
from events.directory.cards import EventCard
from events.directory.search import KIND
from events.directory.when import ComingOrPast, InMonth, coming_url, past_url
from events.models import EventIndexPage
from search.query import MAXIMUM_PAGE_SIZE, Sort

MOST_PAGES = 5  # of a file that holds everything: more events than VVSG has plans for


def _kinds() -> tuple[ResultKind, ...]:
    return tuple(kind for kind in (get_kind(KIND),) if kind is not None)


def _count(total: int) -> str:
    return ngettext("%(total)s event", "%(total)s events", total) % {"total": number_format(total)}


def _exports(query: str) -> list[Link]:
    return [
        Link(_("In your calendar (ICS)"), reverse("event_calendar_file") + query),
        Link(_("As a feed (Atom)"), reverse("event_feed") + query),
    ]


def _finder(**more: Any) -> Finder:
    return Finder(
        name=lambda: _("Search in the events"),
        kinds=_kinds,
        count=_count,
        nothing=lambda words: _("No event fits “%(words)s”") % {"words": words},
        nothing_left=lambda: _("No event fits these filters"),
        show_all=lambda: _("Show all upcoming events"),
        exports=_exports,
        filters_template="events/directory/filters.html",
        tools_template="events/directory/tools.html",
        sorts=(Sort.RELEVANCE,),
        **more,
    )


EVENTS = _finder(facets=lambda: facets.LISTED, narrowing=ComingOrPast)
MONTHS = _finder(
    facets=lambda: facets.CALENDAR, narrowing=InMonth, results_template="events/directory/includes/month.html"
)


class EventListing(Listing):
    """A list of events, with the other ways to look at the same words and filters."""

    @property
    def title(self) -> str:
        month = self.narrowing.title if isinstance(self.narrowing, InMonth) else ""
        return _("Calendar: %(month)s") % {"month": month} if month else ""

    @property
    def views(self) -> list[Link]:
        asked, narrowing = self.request, self.narrowing
        in_calendar = isinstance(narrowing, InMonth)
        index = address_of_list()
        is_past = isinstance(narrowing, ComingOrPast) and narrowing.is_past
        return [
            Link(_("Upcoming"), index + coming_url(asked), current=not in_calendar and not is_past),
            Link(_("Past"), index + past_url(asked), current=is_past),
            Link(_("Calendar"), reverse("event_calendar") + coming_url(asked), current=in_calendar),
        ]


class WholeListing(EventListing):
    """As one page, however many there are."""

    def __init__(self, request: HttpRequest, finder: Finder, *, page: int = 1) -> None:
        super().__init__(request, finder)
        self.request = replace(self.request, page=page, page_size=MAXIMUM_PAGE_SIZE)


def whole(request: HttpRequest, finder: Finder = EVENTS) -> Iterator[EventCard]:
    """Every event that fits, for a file: in the order of the list."""
    number, pages = 1, 1
    while number <= min(pages, MOST_PAGES):
        listing = WholeListing(request, finder, page=number)
        yield from (hit.result.card for hit in listing.hits)
        number, pages = number + 1, listing.pagination.count


def address_of_list() -> str:
    index = EventIndexPage.objects.live().first()
    return (index.url if index else None) or reverse("search")


def index_context(page: EventIndexPage, request: HttpRequest) -> dict[str, Any]:
    return {"listing": EventListing(request, EVENTS)}


def index_response(page: EventIndexPage, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return answer(request, page.template, context)
