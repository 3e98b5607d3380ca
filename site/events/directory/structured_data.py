"""An event as schema.org tells it: of what stands on the page and nothing else."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core.structured_data import CONTEXT, LANGUAGE, absolute, breadcrumbs, publisher
from events.choices import Attendance
from events.directory.standing import Stand, is_cancelled, standing_of
from events.models import EventPage, Session
from events.programme import ends_at, registration_opens, sessions_of, starts_at

SCHEMA = "https://schema.org/"
MODES = {
    Attendance.ON_SITE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}


def event_data(page: EventPage, request: HttpRequest) -> dict[str, Any]:
    """Nothing for a page without sessions: an event without a date is none."""
    sessions = sessions_of(page)
    if not sessions:
        return {}
    url = absolute(request, page.get_url(request))
    thing = {
        "@type": "EducationEvent",
        "@id": f"{url}#vorming",
        "name": page.title,
        "description": page.summary,
        "url": url,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": not page.price,
        "startDate": _iso(starts_at(page)),
        "endDate": _iso(ends_at(page)),
        "eventStatus": SCHEMA + ("EventCancelled" if is_cancelled(page) else "EventScheduled"),
        "eventAttendanceMode": SCHEMA + _mode(sessions),
        "location": _locations(sessions, url),
        "organizer": publisher(request),
        "offers": _offer(page, url),
    }
    if len(sessions) > 1:
        thing["subEvent"] = [_part(page, session, url) for session in sessions]
    above = [(other.title, absolute(request, other.get_url(request))) for other in page.above[1:]]
    return {"@context": CONTEXT, "@graph": [thing, breadcrumbs(request, [*above, (page.title, url)])]}


def _iso(moment: Any) -> str:
    """With the offset of Brussels on that day."""
    return timezone.localtime(moment).isoformat() if moment else ""


def _mode(sessions: list[Session]) -> str:
    found = {Attendance(session.attendance) for session in sessions}
    return MODES[found.pop() if len(found) == 1 else Attendance.HYBRID]


def _locations(sessions: list[Session], url: str) -> list[dict[str, Any]]:
    """Every place once. Online is at the page: the link to take part is for participants alone."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for session in sessions:
        if session.attendance != Attendance.ON_SITE:
            found[("", "")] = {"@type": "VirtualLocation", "url": url}
        if session.attendance != Attendance.ONLINE and (session.venue or session.address):
            place = {"@type": "Place", "name": session.venue or session.address, "address": session.address}
            found[(session.venue, session.address)] = {key: value for key, value in place.items() if value}
    return list(found.values())


def _part(page: EventPage, session: Session, url: str) -> dict[str, Any]:
    return {
        "@type": "Event",
        "name": session.title or page.title,
        "startDate": _iso(session.starts_at),
        "endDate": _iso(session.ends_at),
        "eventAttendanceMode": SCHEMA + _mode([session]),
        "location": _locations([session], url),
    }


def _offer(page: EventPage, url: str) -> dict[str, Any]:
    stand = standing_of(page).stand
    places = {Stand.OPEN: "InStock", Stand.EARLY: "PreOrder", Stand.GROUP: "LimitedAvailability"}.get(stand, "SoldOut")
    offer = {
        "@type": "Offer",
        "price": f"{page.price:.2f}",
        "priceCurrency": "EUR",
        "url": url,
        "availability": SCHEMA + places,
    }
    if opens := registration_opens(page):
        offer["validFrom"] = _iso(opens)
    return offer
