"""What an organiser can do with one registration, as forms of the desk. The services say what is allowed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.choices import RegistrationState as State
from events.desk.forms.registration import OfferForm, ReasonForm, ReplaceForm, SeenForm
from events.desk.publishing import publish_change
from events.models import EventPage, Registration, RegistrationChange
from events.registration import mails, seats, services, terms, words
from events.registration.change import check_state, move, record, under_lock
from events.registration.exceptions import Closed
from people.models import User

Data = dict[str, Any]
OPEN = (State.REGISTERED, State.WAITING, State.OFFERED)
_MAILS = {State.REGISTERED: mails.registered, State.WAITING: mails.waiting, State.OFFERED: mails.offer}
_WORDS = {"resend": _("The mail was sent again"), "offer_first": _("Was offered a place before others")}


@transaction.atomic
def offer_first(*, registration: Registration, by: User, why: str, extra: bool, seen: int | None = None) -> None:
    """A place for somebody who waits, before those who wait longer; `extra` makes one more where there is none.

    Raises RegistrationError: Full where there is no place.
    """
    held, row = under_lock(registration, seen)
    check_state(row, State.WAITING)
    if held.state.cancelled_at or not terms.may_offer(held.event):
        raise Closed(str(_("It is too late to offer a place.")))
    grows = extra and not seats.left(held.state)
    if grows:
        seats.resize(held.state, max(held.state.wanted, held.state.taken) + 1)
    move(held, row, State.OFFERED, action="offer_first", by=by, why=why, held_until=terms.hold_until(held.event))
    mails.offer(row)
    if grows:
        publish_change(event=held.event, by=by, change=_with_places(held.state.wanted))


def _with_places(number: int) -> Callable[[EventPage], None]:
    return lambda page: setattr(page, "capacity", number)


@transaction.atomic
def resend(*, registration: Registration, by: User, seen: int | None = None) -> None:
    """The mail of her state, with its invitation and links, once more."""
    _held, row = under_lock(registration, seen)
    check_state(row, *OPEN)
    _MAILS[State(row.state)](row)
    record(row, "resend", by=by)


def in_words(line: RegistrationChange) -> str:
    """A line of history."""
    return str(_WORDS.get(line.action) or words.action(line))


@dataclass(frozen=True)
class Step:
    """`help` says what follows; `ends` marks what cannot be undone."""

    name: str
    label: Any
    help: Any
    form: type[SeenForm]
    states: tuple[State, ...]
    run: Callable[[Registration, User, Data], object]
    ends: bool = False

    def form_for(self, registration: Registration, data: Any = None) -> SeenForm:
        return self.form(data, initial={"seen": registration.version}, auto_id=f"{self.name}_%s")


def _replace(row: Registration, by: User, data: Data) -> object:
    user = User.objects.filter(email__iexact=data["email"], is_active=True).first()
    told = {"name": data["name"], "email": data["email"], "user": user}
    return services.replace(registration=row, by=by, seen=data["seen"], **told)


STEPS = {
    step.name: step
    for step in (
        Step(
            "offer",
            _("Offer a place now"),
            _("She goes before those who wait longer. She gets a mail with a link, and a set time to take the place."),
            OfferForm,
            (State.WAITING,),
            lambda row, by, data: offer_first(registration=row, by=by, **data),
        ),
        Step(
            "resend",
            _("Send the mail again"),
            _("The confirmation or the offer, with the invitation for the calendar."),
            SeenForm,
            OPEN,
            lambda row, by, data: resend(registration=row, by=by, **data),
        ),
        Step(
            "replace",
            _("Hand over to a colleague"),
            _("The colleague takes the place, or the place in the line. Both get a mail."),
            ReplaceForm,
            (State.REGISTERED, State.WAITING),
            _replace,
        ),
        Step(
            "cancel",
            _("Cancel the registration"),
            _("She gets a mail with the reason. The place goes to the first in line."),
            ReasonForm,
            OPEN,
            lambda row, by, data: services.cancel_by_organiser(registration=row, by=by, **data),
            ends=True,
        ),
    )
}


def steps_for(registration: Registration) -> list[tuple[Step, SeenForm]]:
    """What its state allows, each with its empty form."""
    return [(step, step.form_for(registration)) for step in STEPS.values() if registration.state in step.states]
