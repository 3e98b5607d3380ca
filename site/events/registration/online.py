"""The link to take part online: for who has a place, and not before the day itself is near."""

from django.utils import timezone

from events.choices import COMING, Attendance
from events.models import EventPrivate, Registration, Session
from events.registration import terms
from events.registration.sessions import of_registration


def is_near(session: Session) -> bool:
    """Whether it is online, begins soon, and is not over."""
    now = timezone.now()
    near = session.starts_at - terms.hours("link") <= now < session.ends_at
    return near and session.attendance != Attendance.ON_SITE


def link_for(row: Registration) -> str:
    """Empty where it is not hers to see now."""
    if row.state not in COMING or not any(is_near(session) for session in of_registration(row)):
        return ""
    private: EventPrivate | None = getattr(row.event, "private", None)
    return private.online_link if private else ""
