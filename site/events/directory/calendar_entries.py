"""Sessions as appointments in a calendar file: what is public of them, never the link to take part."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from core.calendar_files import CalendarEvent, Status
from events.choices import Attendance
from events.directory.standing import is_cancelled, state_of
from events.models import EventPage, Session
from events.programme import sessions_of


def entries(events: Iterable[EventPage]) -> list[CalendarEvent]:
    """One for every session. Prefetch `sessions` and select `running` for lists."""
    return [_entry(event, session) for event in events for session in sessions_of(event)]


def uid_of(session: Session) -> str:
    """The same in every public file, so that a calendar knows it again. Each participant's invitation has its own.

    One UID for both would be one entry for who has both, and wrong in three ways. The versions are counted apart, here
    by the page and there by the mails to one person, and a calendar drops the lower number, whichever is newer. Who
    withdraws gets her appointment struck out, which in a calendar that a team shares would take it from colleagues.
    And invitations that were sent keep the UID that they have. So a participant is given her own file instead of this
    one (`feeds.event_file`); whoever took this one before she registered has two entries.
    """
    return f"session-{session.uid}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or 'localhost'}"


def _entry(event: EventPage, session: Session) -> CalendarEvent:
    return CalendarEvent(
        uid=uid_of(session),
        sequence=_sequence(event),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=summary_of(event, session),
        description="\n\n".join(part for part in (event.summary, event.get_full_url() or "") if part),
        location=location_of(session),
        status=Status.CANCELLED if is_cancelled(event) else Status.CONFIRMED,
    )


def _sequence(event: EventPage) -> int:
    """Higher after every version of the page and after a cancellation: minutes since it was first published."""
    state = state_of(event)
    moments = (event.last_published_at, state.cancelled_at if state else None)
    last = max((moment for moment in moments if moment), default=None)
    first = event.first_published_at
    return max(int((last - first).total_seconds()) // 60, 0) if last and first else 0


def summary_of(event: EventPage, session: Session) -> str:
    return f"{event.title}: {session.title}" if session.title else event.title


def location_of(session: Session) -> str:
    """The place, or how one takes part; never the link."""
    place = ", ".join(part for part in (session.venue, session.address) if part)
    return place if place and session.attendance != Attendance.ONLINE else str(session.get_attendance_display())
