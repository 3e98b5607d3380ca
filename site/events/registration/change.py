"""The steps that every change of a registration shares: lock the event, look again, move, write down."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from events.choices import ACTIVE, SEATED, RegistrationState
from events.models import EventPage, EventState, Registration, RegistrationChange, Session
from events.registration import seats
from events.registration.exceptions import Stale
from people.models import User


@dataclass
class Running:
    """An event whose seats are ours until the end of the transaction, as the database has it now."""

    event: EventPage
    state: EventState


def running(event: EventPage) -> Running:
    """Take the lock. Always the first thing that a service does."""
    state = seats.locked(event)
    return Running(EventPage.objects.prefetch_related("sessions").get(pk=event.pk), state)


def under_lock(registration: Registration, seen: int | None = None) -> tuple[Running, Registration]:
    """The same registration as it is now; raises Stale where `seen`, the version on the screen, is an older one."""
    held = running(registration.event)
    row = Registration.objects.select_related("organisation", "user").get(pk=registration.pk)
    row.event = held.event
    if seen is not None and seen != row.version:
        raise Stale(_("This registration changed in the meantime. Look again, then decide."))
    return held, row


def check_state(row: Registration, *states: str) -> None:
    """Raises Stale, which says what the registration is now."""
    if row.state not in states:
        raise Stale(
            _("This is not possible any more: the registration is “%(state)s” now.")
            % {"state": row.get_state_display()}
        )


def sessions_chosen(row: Registration) -> list[Session]:
    return [chosen.session for chosen in sorted(row.chosen.all(), key=lambda chosen: chosen.pk)]


def for_mail(event: EventPage, *states: str) -> list[Registration]:
    """Everybody of an event in these states, with what a mail says of each, in a fixed number of queries."""
    rows = Registration.objects.filter(event=event, state__in=states).select_related("organisation", "user")
    found = list(rows.select_related("registered_by").prefetch_related("chosen__session"))
    for row in found:
        row.event = event  # the one that has its sessions already
    return found


def move(  # noqa: PLR0913
    held: Running,
    row: Registration,
    new: RegistrationState,
    *,
    action: str,
    by: User | None = None,
    why: str = "",
    held_until: datetime | None = None,
) -> None:
    """To another state, with the seat that goes with it; raises Full."""
    old, sessions = row.state, sessions_chosen(row)
    if new in SEATED and old not in SEATED:
        seats.take(held.state)
        seats.take_sessions(held.event, sessions)
    elif old in SEATED and new not in SEATED:
        seats.release(held.state)
        seats.release_sessions(sessions)
    if new not in ACTIVE:
        row.answers.all().delete()  # asked for the day itself, on which she is not there
    row.state, row.held_until = new, held_until
    save(row, "state", "held_until")
    record(row, action, by=by, old=old, why=why)


def save(row: Registration, *fields: str) -> None:
    """One more version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def record(row: Registration, action: str, *, by: User | None = None, old: str = "", why: str = "") -> None:
    """A line of history."""
    RegistrationChange.objects.create(
        registration=row, action=action, by=by, old=old or row.state, new=row.state, why=why.strip()
    )
