"""The waiting list: a seat that comes free is offered at once to the first in line, who has a set time to take it.

Who is in an organisation that has its places already, or chose a session that is full, keeps her place in the line and
is passed by. Who cancelled, declined or let an offer pass is not in the line any more, so she is not asked again.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import chores
from events.choices import RegistrationState as State
from events.models import EventPage, Registration
from events.registration import mails, seats, terms
from events.registration.change import Running, check_state, move, running, sessions_chosen, under_lock
from events.registration.exceptions import Stale
from people.models import User


@transaction.atomic
def promote(*, event: EventPage) -> list[Registration]:
    """Offer every free seat to the next in line; answers who got one. Doing it twice does nothing more."""
    return fill(running(event))


def fill(held: Running) -> list[Registration]:
    """As `promote`, of an event that is locked already: what every service does that sets a seat free."""
    offered: list[Registration] = []
    if held.state.cancelled_at or not held.event.live or not terms.may_offer(held.event):
        return offered
    while seats.left(held.state) and (row := _next_in_line(held)) is not None:
        row.event = held.event
        move(held, row, State.OFFERED, action="offer", held_until=terms.hold_until(held.event))
        mails.offer(row)
        offered.append(row)
    return offered


def in_line(event: EventPage) -> list[Registration]:
    """Who waits, the first first. `queued_at` is written under the lock; a replacement keeps her colleague's."""
    rows = Registration.objects.filter(event=event, state=State.WAITING).select_related("organisation", "user")
    return list(rows.order_by("queued_at", "pk"))


def _next_in_line(held: Running) -> Registration | None:
    full = set()
    for row in in_line(held.event):
        if row.organisation_id in full:
            continue
        if seats.organisation_is_full(held.event, row.organisation):
            full.add(row.organisation_id)
        elif not seats.full_sessions(held.event, sessions_chosen(row)):
            return row
    return None


@transaction.atomic
def accept_offer(*, registration: Registration, by: User | None, seen: int | None = None) -> Registration:
    """She takes the seat that is held for her. Raises Stale where it is not any more."""
    _held, row = under_lock(registration, seen)
    _check_offered(row)
    move(_held, row, State.REGISTERED, action="accept", by=by)
    mails.registered(row)
    return row


@transaction.atomic
def decline_offer(
    *, registration: Registration, by: User | None, why: str = "", seen: int | None = None
) -> Registration:
    """She does not want it: the next in line gets it at once."""
    held, row = under_lock(registration, seen)
    _check_offered(row)
    move(held, row, State.WITHDRAWN, action="decline", by=by, why=why)
    mails.withdrawn(row, sequence=False)
    fill(held)
    return row


def _check_offered(row: Registration) -> None:
    if row.state == State.WITHDRAWN and row.history.filter(action="expire").exists():
        raise Stale(_("The time to take this place is over. It went to the next in line."))
    check_state(row, State.OFFERED)
    if row.held_until is not None and row.held_until <= timezone.now():
        raise Stale(_("The time to take this place is over. It goes to the next in line."))


def expire_offers(now: datetime.datetime | None = None, **of: Any) -> int:
    """What nobody took in time goes to the next in line; answers how many. Each in a transaction of its own.

    The clock does this for all; whoever comes to an event does it for that one, a filter in `of`, so that nobody waits
    for the clock, or reads of a seat that is somebody else's by now. Where nothing is due it is one query.
    """
    now = now or timezone.now()
    due = Registration.objects.filter(state=State.OFFERED, held_until__lte=now, **of).order_by("held_until", "pk")
    return chores.one_by_one(due.values_list("pk", flat=True), lambda pk: _expire(pk, now))


@transaction.atomic
def _expire(pk: int, now: datetime.datetime) -> bool:
    held, row = under_lock(Registration.objects.select_related("event").get(pk=pk))
    if row.state != State.OFFERED or row.held_until is None or row.held_until > now:
        return False
    move(held, row, State.WITHDRAWN, action="expire", why=_("There was no answer in time."))
    mails.offer_expired(row)
    fill(held)
    return True
