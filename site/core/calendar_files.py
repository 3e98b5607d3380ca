"""Calendar files (RFC 5545, and RFC 5546 for invitations): what goes along with a mail, and what a calendar reads.

    calendar([CalendarEvent(uid="…", sequence=1, starts_at=…, ends_at=…, summary="…")], method=Method.REQUEST)

One appointment keeps its `uid` for ever; every change of it is sent with a higher `sequence`. Whatever people typed is
text and stays text: it cannot begin a line, an event or a parameter of its own.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

CONTENT_TYPE = "text/calendar; charset=utf-8"
BRUSSELS = ZoneInfo("Europe/Brussels")
PRODUCT = "-//VVSG//Ankerplaats//NL"
LONGEST = {"summary": 250, "location": 500, "description": 5000}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_NO_ADDRESS = re.compile(r"[\s<>,;:\"]")
# Since 1996; written out, as calendars that know no zone by its name need it, and rules are shorter than dates.
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


class Method(StrEnum):
    """What the receiver is to do: answer an invitation, strike it out, or only show what is published."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class Status(StrEnum):
    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Attendee:
    """Somebody who organises or is invited."""

    email: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """One appointment. Moments are aware; they are written in the time of Brussels."""

    uid: str
    sequence: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    summary: str
    description: str = ""
    location: str = ""
    status: Status = Status.CONFIRMED
    organizer: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()


def calendar(events: Iterable[CalendarEvent], *, method: Method | None = None, name: str = "") -> str:
    """The text of a calendar file, with the line ends that the standard asks for."""
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    if method is not None:
        whole.add("method", method.value)
    if name:
        whole.add("x-wr-calname", vText(_one_line(name)))
    whole.add_component(Timezone.from_ical(_ZONE))
    now = timezone.now()
    for event in events:
        whole.add_component(_component(event, method, now))
    return whole.to_ical().decode()


def content_type(method: Method | None = None) -> str:
    """For the attachment of a mail, which says itself in which letters it is written.

    Mail programs show the buttons of an invitation only with its method.
    """
    return f"text/calendar; method={method.value}" if method else "text/calendar"


def _component(event: CalendarEvent, method: Method | None, now: datetime.datetime) -> Event:
    component = Event()
    component.add("uid", _one_line(event.uid))
    component.add("dtstamp", now)
    component.add("sequence", event.sequence)
    component.add("dtstart", event.starts_at.astimezone(BRUSSELS))
    component.add("dtend", event.ends_at.astimezone(BRUSSELS))
    component.add("status", Status.CANCELLED if method is Method.CANCEL else event.status)
    for field, longest in LONGEST.items():
        if text := _clean(getattr(event, field), longest):
            component.add(field, text)
    if event.organizer:
        component.add("organizer", _address(event.organizer))
    for attendee in event.attendees:
        component.add("attendee", _address(attendee, asked=method is Method.REQUEST))
    return component


def _address(person: Attendee, *, asked: bool = False) -> vCalAddress:
    address = vCalAddress("mailto:" + _NO_ADDRESS.sub("", _one_line(person.email)))
    if name := _one_line(person.name).replace('"', "'").replace("^", ""):
        address.params["CN"] = vText(name[:120])
    if asked:
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["PARTSTAT"] = vText("NEEDS-ACTION")
        address.params["RSVP"] = vText("TRUE")
    return address


def _clean(text: str, longest: int) -> str:
    """Without what a calendar cannot hold; lines end in one way, which is then escaped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _CONTROL.sub(" ", text).strip()[:longest]


def _one_line(text: str) -> str:
    return " ".join(_clean(text, 500).split())
