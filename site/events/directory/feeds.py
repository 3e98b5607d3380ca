"""The calendar as files: for a calendar program (ICS) and for a reader of feeds (Atom), filtered as the list is."""

from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from core.calendar_files import CONTENT_TYPE, Method
from core.calendar_files import calendar as calendar_text
from core.feeds import AtomFeed, tag, xml_text
from core.models import SiteSettings
from events.choices import RegistrationState
from events.directory.calendar_entries import entries
from events.directory.cards import EventCard
from events.directory.listing import address_of_list, whole
from events.directory.standing import state_of
from events.models import EventPage, Registration
from people.audiences import visible_to
from people.models import User


@require_safe
@vary_on_cookie
def calendar_file(request: HttpRequest) -> HttpResponse:
    """What the list with these filters holds, to subscribe to."""
    pages = [card.page for card in whole(request)]
    name = f"{SiteSettings.for_request(request).site_title}: {_('events')}"
    return _file(calendar_text(entries(pages), method=Method.PUBLISH, name=name), "vorming.ics")


@require_safe
@vary_on_cookie
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One event that the reader may see, past or to come; who takes part gets her own appointments, as in her mail."""
    found = visible_to(EventPage.objects.all(), request.user).filter(slug=slug)
    page = found.select_related("running").prefetch_related("sessions").first()
    if page is None:
        raise Http404
    if isinstance(request.user, User) and (mine := _registered(page, request.user)) is not None:
        return redirect("registration_calendar", mine.uid)
    return _file(calendar_text(entries([page]), method=Method.PUBLISH), f"{page.slug}.ics")


def _registered(page: EventPage, user: User) -> Registration | None:
    return Registration.objects.filter(event=page, user=user, state=RegistrationState.REGISTERED).first()


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


class Subject(NamedTuple):
    """What the list holds, and what the site is called."""

    cards: list[EventCard]
    site_title: str


class EventFeed(AtomFeed[EventCard, Subject]):
    """Upcoming events, the newest on the site first. Entries keep their id for ever, also when the page moves."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        return Subject(list(whole(request)), SiteSettings.for_request(request).site_title)

    def title(self, subject: Subject) -> str:
        return _("%(site)s: upcoming events") % {"site": xml_text(subject.site_title)}

    def link(self) -> str:
        return address_of_list()

    def feed_guid(self) -> str:
        return tag("vorming")

    def items(self, subject: Subject) -> list[EventCard]:
        return sorted(subject.cards, key=self.item_pubdate, reverse=True)

    def item_title(self, item: EventCard) -> str:  # type: ignore[override]
        title = f"{item.standing.words}: {item.page.title}" if item.standing.is_cancelled else item.page.title
        return xml_text(title)

    def item_description(self, item: EventCard) -> str:  # type: ignore[override]
        text = " · ".join(part for part in (item.when, item.where, item.page.summary) if part)
        return escape(xml_text(text))  # readers of feeds take it for HTML

    def item_link(self, item: EventCard) -> str:
        return item.url or address_of_list()

    def item_guid(self, item: EventCard) -> str:
        return tag(f"vorming/{item.page.pk}")

    def item_pubdate(self, item: EventCard) -> datetime:
        return item.page.first_published_at or timezone.now()

    def item_updateddate(self, item: EventCard) -> datetime:
        """A cancellation is no new version of the page, and yet news."""
        state = state_of(item.page)
        moments = (item.page.last_published_at, state.cancelled_at if state else None)
        return max((moment for moment in moments if moment), default=self.item_pubdate(item))
