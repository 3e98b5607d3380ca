"""The programme of an event as its page shows it: day by day; what runs side by side stands together."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format

from events.choices import Attendance
from events.directory.places import where
from events.models import Session


@dataclass(frozen=True)
class Slot:
    """A session; or those of which one chooses one."""

    sessions: list[Session]
    choice: str = ""


@dataclass(frozen=True)
class Day:
    day: datetime.date
    slots: list[Slot]


@dataclass(frozen=True)
class Place:
    """Where some of the sessions are."""

    name: str
    address: str
    accessibility: str
    days: list[datetime.date] = field(default_factory=list)


def timetable(sessions: Iterable[Session]) -> list[Day]:
    """Of sessions in the order of time. A choice stands where its first session begins."""
    return [Day(day, _slots(list(found))) for day, found in groupby(sessions, key=_day)]


def _slots(sessions: list[Session]) -> list[Slot]:
    slots: list[Slot] = []
    by_choice: dict[str, Slot] = {}
    for session in sessions:
        if session.choice and session.choice in by_choice:
            by_choice[session.choice].sessions.append(session)
            continue
        slot = Slot([session], session.choice)
        slots.append(slot)
        if session.choice:
            by_choice[session.choice] = slot
    return slots


def _day(session: Session) -> datetime.date:
    return timezone.localtime(session.starts_at).date()


def hours(session: Session) -> str:
    """“9.00–12.30”; with the day of the end where that is another one."""
    first, last = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    end = date_format(last, "G.i" if first.date() == last.date() else "j F, G.i")
    return f"{date_format(first, 'G.i')}–{end}"


def places(sessions: Iterable[Session]) -> list[Place]:
    """Every place once, in the order of time."""
    found: dict[tuple[str, str], Place] = {}
    for session in sessions:
        if session.attendance == Attendance.ONLINE or not (session.venue or session.address):
            continue
        key = (session.venue, session.address)
        place = found.setdefault(key, Place(session.venue or where(session), session.address, session.accessibility))
        place.days.append(_day(session))
    return list(found.values())
