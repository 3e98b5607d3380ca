"""Cancelling, and handing a place over to a colleague."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import programme
from events.choices import RegistrationState as State
from events.models import EventPage, Registration
from events.permissions import is_organiser
from events.registration import mails, permissions, words
from events.registration.change import Running, check_state, move, record, save, sessions_chosen, under_lock
from events.registration.exceptions import Closed, NotAllowed
from events.registration.services.offering import fill
from events.registration.services.registering import check_not_there, free_code
from events.registration.sessions import choose
from people.models import User

LEAVING = (State.REGISTERED, State.WAITING, State.OFFERED)


def check_deadline(event: EventPage, by: User | None) -> None:
    """Raises Closed where a participant cannot change anything herself any more; an organiser can."""
    deadline = programme.cancel_deadline(event)
    if deadline and deadline <= timezone.now() and not (by is not None and is_organiser(by)):
        raise Closed(words.too_late(deadline))


@transaction.atomic
def withdraw(*, registration: Registration, by: User | None, why: str = "", seen: int | None = None) -> Registration:
    """Her seat goes to the first in line at once. Who only waits can leave the list whenever she wants."""
    held, row = under_lock(registration, seen)
    check_state(row, *LEAVING)
    if row.state == State.REGISTERED:
        check_deadline(held.event, by)
    return leave(held, row, by=by, why=why)


def leave(held: Running, row: Registration, *, by: User | None, why: str = "", quiet: bool = False) -> Registration:
    """As `withdraw`, of what is locked and looked at already; `quiet`: there is nobody to mail."""
    had_place = row.state == State.REGISTERED
    move(held, row, State.WITHDRAWN, action="withdraw", by=by, why=why)
    if not quiet:
        mails.withdrawn(row, sequence=had_place)
    fill(held)
    return row


@transaction.atomic
def replace(  # noqa: PLR0913
    *,
    registration: Registration,
    name: str,
    email: str,
    user: User | None = None,
    by: User | None,
    seen: int | None = None,
) -> Registration:
    """A colleague of the same organisation takes the place over, on the waiting list too: her place in the line.

    Answers the new registration; `replaces` leads to the old one. Answers about the old participant go.
    """
    held, row = under_lock(registration, seen)
    check_state(row, State.REGISTERED, State.WAITING)
    check_deadline(held.event, by)
    email = email.strip().lower()
    _check_colleague(held.event, row, email, user, by)
    old_state, row.state = row.state, State.WITHDRAWN
    save(row, "state")
    record(row, "replace", by=by, old=old_state)
    row.answers.all().delete()
    new = _successor(row, old_state, {"name": name.strip(), "email": email, "user": user}, by)
    mails.replaced(row, new, had_place=old_state == State.REGISTERED)
    return new


def _successor(row: Registration, state: str, who: dict[str, Any], by: User | None) -> Registration:
    """Has the seat itself, which is never given back: with fewer places by now than are taken, it would be lost."""
    new = Registration.objects.create(
        **who,
        event=row.event,
        organisation=row.organisation,
        role=row.role,
        registered_by=by if by != who["user"] else None,
        guest_link=row.guest_link,
        replaces=row,
        state=state,
        queued_at=row.queued_at,
        conditions_accepted_at=row.conditions_accepted_at,
        attendance_code=free_code(row.event),
    )
    choose(new, sessions_chosen(row))
    record(new, "take_over", by=by)
    return new


def _check_colleague(event: EventPage, row: Registration, email: str, user: User | None, by: User | None) -> None:
    if user is None and not permissions.accepts_names(event) and row.guest_link is None:
        raise NotAllowed(_("Only colleagues with an account can take part in this."))
    if user is not None and row.guest_link is None and (reason := permissions.may_register(user, event)):
        raise NotAllowed(f"{user}: {reason}")
    if user is not None and row.organisation is not None and not permissions.of_her_organisation(user, row):
        raise NotAllowed(_("%(name)s is not a colleague of your organisation.") % {"name": user})
    check_not_there(event, email, user)
