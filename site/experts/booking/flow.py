"""How a booking goes: every action with the states it leaves and reaches and who may do it, and every state with
whose turn it is, for how long, and what she does then. The services follow these tables; nothing else moves a booking.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from experts.choices import BookingState as State
from experts.choices import Party

MUNICIPALITY, DECIDER, VVSG, EXPERT, NOBODY = (
    Party.MUNICIPALITY,
    Party.DECIDER,
    Party.VVSG,
    Party.EXPERT,
    Party.NOBODY,
)
BEFORE_AGREEMENT = (State.APPROVAL, State.REQUESTED, State.TREATMENT, State.PROPOSED, State.ACCEPTED, State.REFUSED)


@dataclass(frozen=True)
class Action:
    """The first of `targets` is where it usually leads. NOBODY may do what follows from a rule."""

    name: str
    sources: tuple[State, ...]
    targets: tuple[State, ...]
    who: tuple[Party, ...]
    label: Any
    needs_reason: bool = False


@dataclass(frozen=True)
class Step:
    """Whose turn it is in a state; `term` names one of BOOKING_TERMS; `what` says what is to be done."""

    turn: Party
    term: str
    what: Any


ACTIONS = {
    action.name: action
    for action in (
        Action("draft", (), (State.DRAFT,), (MUNICIPALITY, VVSG), _("Draft saved")),
        Action("change_draft", (State.DRAFT,), (State.DRAFT,), (MUNICIPALITY, VVSG), _("Draft changed")),
        Action("submit", (State.DRAFT,), (State.REQUESTED, State.APPROVAL), (MUNICIPALITY, VVSG), _("Request sent")),
        Action("approve", (State.APPROVAL,), (State.REQUESTED,), (DECIDER,), _("Approved")),
        Action("send_back", (State.APPROVAL,), (State.DRAFT,), (DECIDER,), _("Sent back"), needs_reason=True),
        Action("take_up", (State.REQUESTED,), (State.TREATMENT,), (VVSG,), _("Taken up")),
        Action(
            "propose",
            (State.REQUESTED, State.TREATMENT, State.REFUSED),
            (State.PROPOSED,),
            (VVSG,),
            _("Proposed to the expert"),
        ),
        Action("accept", (State.PROPOSED,), (State.ACCEPTED, State.PROPOSED), (EXPERT, VVSG), _("Accepted")),
        Action("refuse", (State.PROPOSED, State.ACCEPTED), (State.REFUSED,), (EXPERT, VVSG), _("Refused")),
        Action("confirm", (State.ACCEPTED,), (State.CONFIRMED,), (DECIDER, VVSG), _("Confirmed")),
        Action("withdraw", (State.DRAFT, *BEFORE_AGREEMENT), (State.WITHDRAWN,), (MUNICIPALITY, VVSG), _("Withdrawn")),
        Action(
            "cancel",
            (State.CONFIRMED, State.MOVING),
            (State.CANCELLED,),
            (MUNICIPALITY, EXPERT, VVSG),
            _("Cancelled"),
            needs_reason=True,
        ),
        Action(
            "pass_on",
            (State.PROPOSED, State.ACCEPTED, State.REFUSED, State.CONFIRMED),
            (State.PROPOSED,),
            (VVSG,),
            _("Passed on to another expert"),
        ),
        Action("move", (State.CONFIRMED,), (State.MOVING,), (MUNICIPALITY, EXPERT, VVSG), _("Other days proposed")),
        Action(
            "accept_move",
            (State.MOVING,),
            (State.CONFIRMED, State.MOVING),
            (MUNICIPALITY, EXPERT, VVSG),
            _("Other day accepted"),
        ),
        Action(
            "refuse_move",
            (State.MOVING,),
            (State.CONFIRMED,),
            (MUNICIPALITY, EXPERT, VVSG, NOBODY),
            _("The agreed day stays"),
        ),
        Action("deliver", (State.CONFIRMED,), (State.DELIVERED,), (VVSG, EXPERT, NOBODY), _("Delivered")),
        Action("evaluate", (State.DELIVERED,), (State.EVALUATED,), (MUNICIPALITY, VVSG), _("Evaluated")),
        Action(
            "close",
            (State.REQUESTED, State.TREATMENT, State.REFUSED, State.DELIVERED, State.EVALUATED),
            (State.CLOSED,),
            (VVSG, NOBODY),
            _("Closed"),
        ),
        Action("expire", BEFORE_AGREEMENT, (State.EXPIRED,), (VVSG, NOBODY), _("Expired")),
        # What is written in the history and moves nothing.
        Action("release", (), (), (NOBODY,), _("Day-parts no longer held")),
        Action("remind", (), (), (NOBODY,), _("Reminded")),
        Action("escalate", (), (), (NOBODY,), _("Brought to VVSG")),
        Action("soon", (), (), (NOBODY,), _("Both parties reminded of the day")),
        Action("hand_over", (), (), (), _("Passed to a colleague")),
        Action("merge", (), (), (VVSG,), _("Merged with another request")),
    )
}

STEPS = {
    State.DRAFT: Step(MUNICIPALITY, "draft", _("complete the request and send it")),
    State.APPROVAL: Step(DECIDER, "approval", _("approve the request, or send it back")),
    State.REQUESTED: Step(VVSG, "treatment", _("take up the request")),
    State.TREATMENT: Step(VVSG, "treatment", _("propose the request to an expert")),
    State.PROPOSED: Step(EXPERT, "answer", _("accept a day, or refuse")),
    State.ACCEPTED: Step(DECIDER, "confirm", _("confirm the booking")),
    State.CONFIRMED: Step(NOBODY, "", _("the day itself")),
    State.MOVING: Step(EXPERT, "move", _("choose one of the other days, or keep the agreed one")),
    State.DELIVERED: Step(MUNICIPALITY, "evaluate", _("say how it went")),
    State.EVALUATED: Step(VVSG, "close", _("close the booking")),
    State.REFUSED: Step(VVSG, "treatment", _("find another expert, or close the request")),
    State.CLOSED: Step(NOBODY, "", ""),
    State.WITHDRAWN: Step(NOBODY, "", ""),
    State.CANCELLED: Step(NOBODY, "", ""),
    State.EXPIRED: Step(NOBODY, "", ""),
}
"""MOVING is the turn of whoever did not propose to move: `services.moving` says who that is."""
