"""What VVSG can do with a booking, as forms of the desk. What a state allows is the flow's to say, not this table's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from experts.booking import services
from experts.booking.flow import ACTIONS
from experts.choices import Party
from experts.desk.forms import AcceptForm, ForExpertForm, MoveForm, RefuseForm, WhyForm
from experts.models import Booking, BookingOption
from people.models import User

Data = dict[str, Any]
Run = Callable[[Booking, User, Data], object]


@dataclass(frozen=True)
class DeskAction:
    """`help` says what follows; `ends` marks what cannot be undone."""

    name: str
    label: Any
    help: Any
    form: type[WhyForm]
    run: Run
    ends: bool = False

    def is_allowed(self, booking: Booking) -> bool:
        action = ACTIONS[self.name]
        return booking.state in action.sources and Party.VVSG in action.who

    def form_for(self, booking: Booking, data: Any = None) -> WhyForm:
        given: dict[str, Any] = {"booking": booking} if issubclass(self.form, ForExpertForm) else {}
        return self.form(data, initial={"seen": booking.version}, auto_id=f"{self.name}_%s", **given)


def _plain(service: Callable[..., object]) -> Run:
    """A service that takes no more than who, and the version she saw."""
    return lambda booking, by, data: service(booking=booking, by=by, seen=data["seen"])


def _why(service: Callable[..., object]) -> Run:
    return lambda booking, by, data: service(booking=booking, by=by, seen=data["seen"], why=data["why"])


def _accept(booking: Booking, by: User, data: Data) -> object:
    option = BookingOption(pk=int(data["option"]))
    return services.accept(booking=booking, expert=data["expert"], option=option, by=by, seen=data["seen"])


def _refuse(booking: Booking, by: User, data: Data) -> object:
    told = {"reason": data["reason"], "note": data["why"]}
    return services.refuse(booking=booking, expert=data["expert"], by=by, seen=data["seen"], **told)


def _move(booking: Booking, by: User, data: Data) -> object:
    return services.move(booking=booking, options=data["options"], by=by, seen=data["seen"], why=data["why"])


def _accept_move(booking: Booking, by: User, data: Data) -> object:
    option = BookingOption(pk=int(data["option"]))
    return services.accept_move(booking=booking, option=option, by=by, seen=data["seen"], expert=data["expert"])


DESK_ACTIONS = {
    action.name: action
    for action in (
        DeskAction("submit", _("Send the request"), _("It was written at the desk."), WhyForm, _plain(services.submit)),
        DeskAction(
            "take_up",
            _("Take up"),
            _("The municipality sees that VVSG looks at it."),
            WhyForm,
            _plain(services.take_up),
        ),
        DeskAction(
            "accept",
            _("Note that the expert accepts"),
            _("She told VVSG. The decision maker confirms."),
            AcceptForm,
            _accept,
        ),
        DeskAction(
            "confirm",
            _("Confirm"),
            _("In the name of the municipality. Both parties get an invitation."),
            WhyForm,
            _plain(services.confirm),
        ),
        DeskAction(
            "deliver",
            _("Note as delivered"),
            _("It took place. The municipality is asked how it went."),
            WhyForm,
            _plain(services.deliver),
        ),
        DeskAction("move", _("Propose other days"), _("Both parties have to agree."), MoveForm, _move),
        DeskAction(
            "accept_move",
            _("Note that the other day is accepted"),
            _("In the name of whoever has the turn."),
            AcceptForm,
            _accept_move,
        ),
        DeskAction(
            "refuse_move", _("Keep the agreed day"), _("Both parties are told."), WhyForm, _why(services.refuse_move)
        ),
        DeskAction("refuse", _("Note that the expert refuses"), _("Her days are free again."), RefuseForm, _refuse),
        DeskAction(
            "close",
            _("Close the booking"),
            _("Nothing more happens with it."),
            WhyForm,
            _why(services.close),
            ends=True,
        ),
        DeskAction(
            "withdraw",
            _("Withdraw"),
            _("The municipality no longer asks. What was held is free again."),
            WhyForm,
            _why(services.withdraw),
            ends=True,
        ),
        DeskAction(
            "cancel",
            _("Cancel"),
            _("Both parties are told, and the day goes from their calendars."),
            WhyForm,
            _why(services.cancel),
            ends=True,
        ),
        DeskAction(
            "expire", _("Let it expire"), _("Nobody answered in time."), WhyForm, _why(services.expire), ends=True
        ),
    )
}


def actions_for(booking: Booking) -> list[tuple[DeskAction, WhyForm]]:
    """What the state allows, each with its empty form."""
    return [(action, action.form_for(booking)) for action in DESK_ACTIONS.values() if action.is_allowed(booking)]


def may_propose(booking: Booking) -> str:
    """The name of the service with which the desk asks experts now; empty where it cannot."""
    for name in ("propose", "pass_on"):
        if booking.state in ACTIONS[name].sources:
            return name
    return ""
