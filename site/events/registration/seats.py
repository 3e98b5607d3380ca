"""The guard of the seats. Every change of who has a seat goes through here, with the event's `EventState` locked.

1. `locked(event)` takes the lock: one row in PostgreSQL; in SQLite the transaction itself, which begins as a writer.
2. Under it everything is looked at again: seats left, those of the sessions chosen, those of the organisation.
3. Counters are changed by the database (`F()`), and two check constraints refuse what would be too much.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from events.choices import SEATED
from events.models import EventPage, EventState, Registration, Session, SessionSeats
from events.registration import words
from events.registration.exceptions import Full
from people.models import Organisation


def snapshot(event: EventPage) -> list[dict[str, Any]]:
    """What participants are told of the sessions, as it is kept in `EventState.announced`."""
    return [
        {
            "uid": str(session.uid),
            "title": session.title,
            "starts_at": session.starts_at.astimezone(datetime.UTC).isoformat(),
            "ends_at": session.ends_at.astimezone(datetime.UTC).isoformat(),
            "attendance": session.attendance,
            "venue": session.venue,
            "address": session.address,
            "choice": session.choice,
        }
        for session in event.sessions.all()
    ]


def ensure(event: EventPage) -> EventState:
    """The row of an event; made as the page asks for it."""
    fresh = {"wanted": event.capacity, "capacity": event.capacity, "announced": snapshot(event)}
    return EventState.objects.get_or_create(event=event, defaults=fresh)[0]


def locked(event: EventPage) -> EventState:
    """The row of an event, ours until the end of the transaction; raises RuntimeError outside one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Seats are changed within a transaction.")
    ensure(event)
    return EventState.objects.select_for_update().get(event=event)


def left(state: EventState) -> int:
    return max(0, state.capacity - state.taken)


def take(state: EventState) -> None:
    """One seat; raises Full."""
    if state.taken >= state.capacity:
        raise Full(_("All places are taken."))
    state.taken += 1
    EventState.objects.filter(pk=state.pk).update(taken=F("taken") + 1, version=F("version") + 1)


def release(state: EventState) -> None:
    """One seat back. Where more were taken than the page asks for now, the capacity shrinks with it."""
    state.taken -= 1
    state.capacity = max(state.wanted, state.taken)
    EventState.objects.filter(pk=state.pk).update(
        taken=F("taken") - 1, capacity=state.capacity, version=F("version") + 1
    )


def resize(state: EventState, wanted: int) -> None:
    """As the page asks; who has a seat keeps it."""
    state.wanted, state.capacity = wanted, max(wanted, state.taken)
    EventState.objects.filter(pk=state.pk).update(wanted=wanted, capacity=state.capacity, version=F("version") + 1)


def recount(state: EventState) -> None:
    """After many left at once: what is taken, counted anew, here and in the sessions that one chooses."""
    state.taken = Registration.objects.filter(event=state.event_id, state__in=SEATED).count()
    state.capacity = max(state.wanted, state.taken)
    fresh = {"taken": state.taken, "capacity": state.capacity, "version": F("version") + 1}
    EventState.objects.filter(pk=state.pk).update(**fresh)
    seated = Count("session__chosen", filter=Q(session__chosen__registration__state__in=SEATED))
    for seats in SessionSeats.objects.filter(session__event=state.event_id).annotate(now=seated):
        SessionSeats.objects.filter(pk=seats.pk).update(taken=seats.now)


def of_session(event: EventPage, session: Session) -> SessionSeats:
    """The seats of a session that one chooses, as many as its page asks for now. Only under the lock of the event."""
    wanted = session.capacity or event.capacity
    seats, _made = SessionSeats.objects.get_or_create(session=session, defaults={"capacity": wanted})
    if seats.capacity != max(wanted, seats.taken):
        seats.capacity = max(wanted, seats.taken)
        seats.save(update_fields=["capacity"])
    return seats


def full_now(event: EventPage, sessions: Iterable[Session]) -> list[Session]:
    """As `full_sessions`, for a page: without the lock, so it may be otherwise in a moment."""
    taken = dict(SessionSeats.objects.filter(session__event=event).values_list("session", "taken"))
    return [session for session in sessions if taken.get(session.pk, 0) >= (session.capacity or event.capacity)]


def full_sessions(event: EventPage, sessions: Iterable[Session]) -> list[Session]:
    """Those of the chosen sessions in which there is no seat left."""
    counted = ((session, of_session(event, session)) for session in sessions)
    return [session for session, seats in counted if seats.taken >= seats.capacity]


def take_sessions(event: EventPage, sessions: Iterable[Session]) -> None:
    """A seat in each; raises Full, which names the first that has none."""
    for session in sessions:
        seats = of_session(event, session)
        if seats.taken >= seats.capacity:
            raise Full(
                _("There is no place left in “%(session)s”. Choose another one.") % {"session": words.name_of(session)}
            )
        SessionSeats.objects.filter(pk=seats.pk).update(taken=F("taken") + 1)


def release_sessions(sessions: Iterable[Session]) -> None:
    SessionSeats.objects.filter(session__in=list(sessions), taken__gt=0).update(taken=F("taken") - 1)


def organisation_is_full(event: EventPage, organisation: Organisation | None) -> bool:
    """Whether it has as many seats as one organisation may have."""
    if organisation is None or not event.per_organisation:
        return False
    theirs = Registration.objects.filter(event=event, organisation=organisation, state__in=SEATED)
    return theirs.count() >= event.per_organisation
