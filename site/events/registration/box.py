"""The box on the page of an event: where the registration stands for this reader, and the button that goes with it."""

from typing import Any

from django.db.models import Min
from django.http import HttpRequest
from django.utils import timezone

from core.page_cache import fresh_for, leave_out
from events import page_parts, programme
from events.choices import ACTIVE, RegistrationState
from events.directory.standing import Stand, standing_of
from events.models import EventPage, Registration
from events.page_parts import Part
from events.registration import outlook, permissions, seats, words
from people.models import User


def box(event: EventPage, request: HttpRequest) -> dict[str, Any] | None:
    """None before it is published, as in a preview."""
    if event.pk is None or not event.live:
        return None
    standing = standing_of(event)
    _keep_until_expiry(event)
    is_open = standing.stand not in outlook.CLOSED
    closes = event.registration_closes_at if is_open else None
    context = {
        "words": standing.words,
        "stand": standing.stand.value,
        "is_open": is_open,
        "is_full": standing.stand is Stand.WAITING_LIST,
        "closes": words.moment(closes) if closes else "",
        "full": _full_sessions(event) if standing.stand is Stand.OPEN else [],
        "mine": None,
    }
    user = request.user
    if isinstance(user, User):
        leave_out()
        context |= _for(user, event, is_open=is_open)
    hidden = standing.stand in (Stand.CANCELLED, Stand.PAST, Stand.GROUP) and context["mine"] is None
    return None if hidden else context  # a notice above says so already


def _full_sessions(event: EventPage) -> list[str]:
    """Of the sessions side by side, while there is a place in the event."""
    choices = [session for session in programme.sessions_of(event) if session.choice]
    return [words.name_of(session) for session in (seats.full_now(event, choices) if choices else ())]


def _keep_until_expiry(event: EventPage) -> None:
    """The page is kept until an offer ends: whoever opens it then passes the seat on."""
    offered = Registration.objects.filter(event=event, state=RegistrationState.OFFERED)
    if (soonest := offered.aggregate(soonest=Min("held_until"))["soonest"]) is not None:
        fresh_for((soonest - timezone.now()).total_seconds())


def _for(user: User, event: EventPage, *, is_open: bool) -> dict[str, Any]:
    mine = Registration.objects.filter(event=event, user=user, state__in=ACTIVE).first()
    return {
        "mine": mine,
        "next_step": words.next_step(mine) if mine else "",
        "reason": permissions.may_register(user, event) if is_open and mine is None else "",
        "for_colleagues": is_open and bool(permissions.may_register_colleagues(user)),
    }


def connect() -> None:
    page_parts.register(Part("events/registration/box.html", box, place="register", order=10))
