"""What the organiser does, or the page that an editor publishes."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from events import programme
from events.choices import RegistrationState as State
from events.models import Answer, EventPage, EventState, Registration, RegistrationChange
from events.registration import announcing, mails, seats, telling
from events.registration.answers import follow_dates
from events.registration.change import Running, check_state, move, running, under_lock
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
    """It does not take place: everybody hears it, and it goes from their calendars. Answers how many are told."""
    held = running(event)
    if held.state.cancelled_at:
        raise Stale(_("This event is cancelled already."))
    held.state.cancelled_at, held.state.cancel_reason = timezone.now(), why.strip()
    held.state.save(update_fields=["cancelled_at", "cancel_reason"])
    rows = list(Registration.objects.filter(event=event, state__in=LEAVING).order_by("pk"))
    _cancel_all(held, rows, by, why)
    telling.begin_cancelled(held.event, rows, why, by)
    return len(rows)


def _cancel_all(held: Running, rows: list[Registration], by: User | None, why: str) -> None:
    """As `move` does with one of them, in a fixed number of queries."""
    said = {"by": by, "action": "cancel", "new": State.CANCELLED, "why": why.strip()}
    RegistrationChange.objects.bulk_create(RegistrationChange(registration=row, old=row.state, **said) for row in rows)
    leaving = Registration.objects.filter(event=held.event, state__in=LEAVING)
    Answer.objects.filter(registration__in=leaving).delete()
    leaving.update(state=State.CANCELLED, held_until=None, version=F("version") + 1)
    seats.recount(held.state)


@transaction.atomic
def announce_changes(*, event: EventPage, by: User | None = None) -> int:
    """Tell participants what changed in the programme since they were told last; answers how many. Mails follow.

    Called when the page is published and when an organiser moves it; a second call finds nothing more to tell.
    """
    held = running(event)
    before = held.state.announced
    changes = announcing.compare(before, held.event)
    if changes.nothing:
        return 0
    held.state.announced, held.state.sequence = seats.snapshot(held.event), held.state.sequence + 1
    if changes.moved:  # they are reminded of the new day, and get the link before it
        held.state.reminded_at = held.state.link_sent_at = None
    held.state.save(update_fields=["announced", "sequence", "reminded_at", "link_sent_at"])
    follow_dates(held.event)
    if before == [] or held.state.cancelled_at or not held.event.live or programme.is_past(held.event):
        return 0
    return telling.begin_changed(held.event, changes, before, by)
