"""What a party can do on the page of a booking: for every action an address, a question and a form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from experts.booking import services
from experts.booking.flow import ACTIONS
from experts.booking.permissions import OPEN_ANSWERS, parties_of
from experts.booking.services.moving import turn_of
from experts.booking.step_forms import (
    AcceptForm,
    AcceptMoveForm,
    CancelForm,
    MaybeWhyForm,
    MoveForm,
    RefuseForm,
    StepForm,
    WhyForm,
    rows_for,
)
from experts.choices import Answer, Party
from experts.models import Booking
from people.models import User


@dataclass(frozen=True)
class PageStep:
    """`slug` in the address, `question` on the page that asks for confirmation, `button` says what happens."""

    name: str
    slug: str
    question: Any
    button: Any
    done: Any
    service: Callable[..., Booking]
    form: type[StepForm] = StepForm
    danger: bool = False
    link_text: Any = ""

    @property
    def link(self) -> Any:
        """What leads to its page: as its button, unless that speaks of what stands above it there."""
        return self.link_text or self.button

    def allowed(self, booking: Booking, user: User) -> bool:
        """Whether she is a party that may do this, whatever the state."""
        return bool(parties_of(user, booking) & set(ACTIONS[self.name].who))

    def possible(self, booking: Booking, user: User) -> bool:
        """Whether it can be done now, by her."""
        return (
            booking.state in ACTIONS[self.name].sources
            and self.allowed(booking, user)
            and (self.name not in _EXTRA or _EXTRA[self.name](booking, user))
        )


def _may_accept(booking: Booking, user: User) -> bool:
    return bool(rows_for(booking, user, (Answer.WAITING,)))


def _may_refuse(booking: Booking, user: User) -> bool:
    return bool(rows_for(booking, user, OPEN_ANSWERS))


def _may_accept_move(booking: Booking, user: User) -> bool:
    turn = turn_of(booking)
    if turn == Party.EXPERT:
        return any(row.option_id is None for row in rows_for(booking, user, (Answer.ACCEPTED,)))
    return bool(parties_of(user, booking) & {Party.MUNICIPALITY, Party.VVSG})


_EXTRA: dict[str, Callable[[Booking, User], bool]] = {
    "accept": _may_accept,
    "refuse": _may_refuse,
    "accept_move": _may_accept_move,
}

PAGE_STEPS = {
    step.slug: step
    for step in (
        PageStep(
            "approve",
            "goedkeuren",
            _("Send this request to VVSG?"),
            _("Approve and send"),
            _("The request is with VVSG. You get a mail as soon as there is news."),
            services.approve,
        ),
        PageStep(
            "accept",
            "aanvaarden",
            _("Accept this request?"),
            _("Accept"),
            _("You accepted. You get an invitation once the municipality confirms."),
            services.accept,
            AcceptForm,
        ),
        PageStep(
            "confirm",
            "bevestigen",
            _("Confirm this booking?"),
            _("Confirm the booking"),
            _("The booking is agreed. You get an invitation for your calendar by mail."),
            services.confirm,
        ),
        PageStep(
            "accept_move",
            "verplaatsing-aanvaarden",
            _("Accept another day?"),
            _("Accept this day"),
            _("Your choice is saved."),
            services.accept_move,
            AcceptMoveForm,
        ),
        PageStep(
            "move",
            "verplaatsen",
            _("Propose other days?"),
            _("Propose these days"),
            _("Your proposal is sent. What was agreed stays until the other party accepts."),
            services.move,
            MoveForm,
            link_text=_("Propose other days"),
        ),
        PageStep(
            "refuse_move",
            "verplaatsing-weigeren",
            _("Keep the agreed day?"),
            _("Keep the agreed day"),
            _("The agreed day stays."),
            services.refuse_move,
            MaybeWhyForm,
        ),
        PageStep(
            "send_back",
            "terugsturen",
            _("Send this request back to your colleague?"),
            _("Send back"),
            _("Your colleague gets the request back, with your reason."),
            services.send_back,
            WhyForm,
        ),
        PageStep(
            "refuse",
            "weigeren",
            _("Refuse this request?"),
            _("Refuse"),
            _("You refused. VVSG looks for another expert."),
            services.refuse,
            RefuseForm,
            danger=True,
        ),
        PageStep(
            "withdraw",
            "intrekken",
            _("Withdraw this request?"),
            _("Withdraw the request"),
            _("The request is withdrawn."),
            services.withdraw,
            MaybeWhyForm,
            danger=True,
        ),
        PageStep(
            "cancel",
            "annuleren",
            _("Cancel this booking?"),
            _("Cancel the booking"),
            _("The booking is cancelled. Everybody gets a mail."),
            services.cancel,
            CancelForm,
            danger=True,
        ),
    )
}


def possible_steps(booking: Booking, user: User) -> list[PageStep]:
    """What she can do now, the usual before the drastic."""
    return [step for step in PAGE_STEPS.values() if step.possible(booking, user)]
