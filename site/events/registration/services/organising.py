"""What the organiser does, or the page that an editor publishes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import programme
from events.choices import ACTIVE, COMING
from events.choices import RegistrationState as State
from events.models import EventPage, EventState, Registration
from events.registration import announcing, mails, seats
from events.registration.answers import follow_dates
from events.registration.change import check_state, for_mail, move, record, running, under_lock
from events.registration.exceptions import Stale
from events.registration.services.leaving import LEAVING
from events.registration.services.offering import fill
from people.models import User


@transaction.atomic
def set_capacity(*, event: EventPage, capacity: int, by: User | None = None) -> EventState:
    """As many seats as the page asks for. More go to who waits; with fewer, who has a seat keeps it."""
    held = running(event)
    if held.state.wanted != capacity or held.state.capacity != max(capacity, held.state.taken):
        seats.resize(held.state, capacity)
    fill(held)
    return held.state


@transaction.atomic
def cancel_by_organiser(
    *, registration: Registration, by: User | None, why: str = "", seen: int | None = None
) -> Registration:
    """Of one person; her seat goes to the first in line."""
    held, row = under_lock(registration, seen)
    check_state(row, *LEAVING)
    had_place = row.state == State.REGISTERED
    move(held, row, State.CANCELLED, action="cancel", by=by, why=why)
    mails.cancelled(row, why, sequence=had_place)
    fill(held)
    return row


@transaction.atomic
def cancel_event(*, event: EventPage, why: str, by: User | None) -> int:
    """It does not take place: everybody hears it, and it goes from their calendars. Answers how many were told."""
    held = running(event)
    if held.state.cancelled_at:
        raise Stale(_("This event is cancelled already."))
    held.state.cancelled_at, held.state.cancel_reason = timezone.now(), why.strip()
    held.state.save(update_fields=["cancelled_at", "cancel_reason"])
    rows = for_mail(held.event, *LEAVING)
    for row in rows:
        had_place = row.state == State.REGISTERED
        move(held, row, State.CANCELLED, action="cancel", by=by, why=why)
        mails.cancelled(row, why, sequence=had_place, whole_event=True)
    return len(rows)


@transaction.atomic
def announce_changes(*, event: EventPage, by: User | None = None) -> int:
    """Tell participants what changed in the programme since they were told last; answers how many.

    Called when the page is published and when an organiser moves it; a second call finds nothing more to tell.
    """
    held = running(event)
    now = seats.snapshot(held.event)
    changes = announcing.compare(held.state.announced, held.event)
    if changes.nothing:
        return 0
    first_told = held.state.announced == []
    held.state.announced, held.state.sequence = now, held.state.sequence + 1
    if changes.moved:  # they are reminded of the new day, and get the link before it
        held.state.reminded_at = held.state.link_sent_at = None
    held.state.save(update_fields=["announced", "sequence", "reminded_at", "link_sent_at"])
    follow_dates(held.event)
    if first_told or held.state.cancelled_at or not held.event.live or programme.is_past(held.event):
        return 0
    return _tell(held.event, changes, by)


def _tell(event: EventPage, changes: announcing.Changes, by: User | None) -> int:
    told = 0
    for row in for_mail(event, *ACTIVE):
        hers = changes.of(row)
        if hers.nothing:
            continue
        mails.changed(row, hers, with_calendar=row.state in COMING)
        record(row, "announce", by=by)
        told += 1
    return told
