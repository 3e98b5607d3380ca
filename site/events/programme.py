"""When an event is, and what may still be done. Moments are aware; days are those of Brussels.

Reads `event.sessions.all()`: prefetch it for lists.
"""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.choices import EventKind
from events.models import EventPage, Session


def sessions_of(event: EventPage) -> list[Session]:
    """In the order of time."""
    return sorted(event.sessions.all(), key=lambda session: (session.starts_at, session.sort_order or 0))


def starts_at(event: EventPage) -> datetime.datetime | None:
    """When the first session begins; None for a draft without sessions."""
    return min((session.starts_at for session in event.sessions.all()), default=None)


def ends_at(event: EventPage) -> datetime.datetime | None:
    return max((session.ends_at for session in event.sessions.all()), default=None)


def is_past(event: EventPage) -> bool:
    end = ends_at(event)
    return end is not None and end <= timezone.now()


def has_begun(event: EventPage) -> bool:
    start = starts_at(event)
    return start is not None and start <= timezone.now()


def is_of_a_group(event: EventPage) -> bool:
    """Whether it announces intervision: nobody registers, one asks a fixed group to join."""
    return event.kind == EventKind.INTERVISION


def registration_opens(event: EventPage) -> datetime.datetime | None:
    """None: open since it is published."""
    return event.registration_opens_at


def registration_closes(event: EventPage) -> datetime.datetime | None:
    return event.registration_closes_at or starts_at(event)


def cancel_deadline(event: EventPage) -> datetime.datetime | None:
    """Until when a participant cancels, changes or hands over her place herself."""
    return event.cancel_until or starts_at(event)


def time_in_words(start: datetime.datetime, end: datetime.datetime) -> str:
    """“donderdag 3 december 2026, 9.00–12.30 uur”; two days are both named."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    if first.date() == last.date():
        parts = {
            "day": date_format(first, "l j F Y"),
            "start": date_format(first, "G.i"),
            "end": date_format(last, "G.i"),
        }
        return _("%(day)s, %(start)s–%(end)s") % parts
    moments = {"start": date_format(first, "l j F Y, G.i"), "end": date_format(last, "l j F Y, G.i")}
    return _("%(start)s – %(end)s") % moments


def days_of(sessions: Iterable[Session]) -> list[datetime.date]:
    """The days on which something happens, each once."""
    return sorted({timezone.localtime(session.starts_at).date() for session in sessions})
