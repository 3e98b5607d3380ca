"""Moving an event, cancelling it, giving it more or fewer places: everything that follows from it in one action."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import programme
from events.desk import dates
from events.desk.publishing import publish_change
from events.models import EventPage, EventState
from events.registration import seats, services
from events.registration.exceptions import Closed, RegistrationError, Stale
from people.models import User


@dataclass(frozen=True)
class NewTime:
    """What one session becomes."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    attendance: str
    venue: str
    address: str
    accessibility: str


FIELDS = tuple(NewTime.__dataclass_fields__)


@transaction.atomic
def move(
    *, event: EventPage, sessions: Mapping[int, NewTime], by: User, seen: int | None = None, shift_window: bool = True
) -> EventPage:
    """Sessions by their pk become what is said; registrations stay. Participants get a mail with what changed.

    `seen` is the revision on the screen. Raises RegistrationError, which says why not.
    """
    now = _as_seen(event, seen)
    if not now.live:
        raise Closed(_("This event is not published: change its page."))
    _check(now, sessions)
    days = _days_moved(now, sessions)

    def change(page: EventPage) -> None:
        rows = list(page.sessions.all())
        for session in rows:
            for name in FIELDS if session.pk in sessions else ():
                setattr(session, name, getattr(sessions[session.pk], name))
        page.sessions = rows  # type: ignore[misc]  # a manager that holds them until the page is saved
        if shift_window and days:
            dates.shift_window(page, days)

    moved = publish_change(event=now, by=by, change=change)
    services.announce_changes(event=moved, by=by)
    return moved


@transaction.atomic
def cancel(*, event: EventPage, why: str, by: User, seen: int | None = None) -> int:
    """It does not take place; answers how many are told. Cannot be undone. Raises RegistrationError."""
    return services.cancel_event(event=_as_seen(event, seen), why=why, by=by)


@transaction.atomic
def set_places(*, event: EventPage, capacity: int, by: User, seen: int | None = None) -> EventState:
    """On the page and of the seats: more go to the waiting list, with fewer whoever has a seat keeps it."""
    now = _as_seen(event, seen)

    def change(page: EventPage) -> None:
        page.capacity = capacity

    changed = publish_change(event=now, by=by, change=change)
    return services.set_capacity(event=changed, capacity=capacity, by=by) if changed.live else seats.ensure(changed)


def _as_seen(event: EventPage, seen: int | None) -> EventPage:
    """The event as it is now, with its seats locked; `seen` is the revision on the screen. Raises RegistrationError."""
    state = seats.locked(event)
    now = EventPage.objects.prefetch_related("sessions").get(pk=event.pk)
    if state.cancelled_at:
        raise Closed(_("This event is cancelled."))
    if seen is not None and seen != (now.latest_revision_id or 0):
        raise Stale(_("This event changed in the meantime. Look again, then decide."))
    return now


def _check(event: EventPage, sessions: Mapping[int, NewTime]) -> None:
    known = {session.pk: session for session in event.sessions.all()}
    if set(sessions) - set(known):
        raise Stale(_("The programme changed in the meantime. Look again, then decide."))
    for pk, new in sessions.items():
        old = known[pk]
        if new.ends_at <= new.starts_at:
            raise RegistrationError(_("A session ends after it starts."))
        if new.starts_at != old.starts_at and new.starts_at <= timezone.now():
            raise RegistrationError(_("A session cannot be moved to a moment that is over."))
    if all(getattr(new, name) == getattr(known[pk], name) for pk, new in sessions.items() for name in FIELDS):
        raise RegistrationError(_("Nothing is different: nobody is told."))


def _days_moved(event: EventPage, sessions: Mapping[int, NewTime]) -> int:
    """From the first day that it had to the first day that it gets."""
    before = programme.starts_at(event)
    starts = [
        sessions[session.pk].starts_at if session.pk in sessions else session.starts_at
        for session in event.sessions.all()
    ]
    return (dates.day_of(min(starts)) - dates.day_of(before)).days if before and starts else 0
