"""What “My page” says about bookings: what is open, and what waits for the reader."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from experts.booking.permissions import acts_for, may_ask_for
from experts.booking.querysets import asked_of, entries, of_municipality
from experts.choices import OVER, BookingState, Party
from experts.models import Booking
from people import my_page
from people.models import Membership, Role, User
from people.my_page import Asked, Section
from people.permissions import signed_in

SHOWN = 5


def my_bookings(request: HttpRequest) -> dict[str, Any] | None:
    """The newest open ones of her municipality; and whether she acts for an expert."""
    user = signed_in(request)
    experts, asks = acts_for(user), bool(may_ask_for(user))
    if not experts and not asks:
        return None
    found = of_municipality(user).exclude(state__in=OVER)[:SHOWN] if asks else []
    requests = asked_of(experts).filter(answer="waiting").count() if experts else 0
    return {"asks": asks, "entries": entries(found, user), "acts": bool(experts), "requests": requests}


def asked_of_me(request: HttpRequest) -> list[Asked]:
    """Every booking in which it is her turn."""
    user = signed_in(request)
    texts = {
        BookingState.APPROVAL: _("Approve or send back: %(subject)s"),
        BookingState.ACCEPTED: _("Confirm the booking: %(subject)s"),
        BookingState.MOVING: _("Choose another day or keep the agreed one: %(subject)s"),
        BookingState.PROPOSED: _("Accept or refuse: %(subject)s"),
        BookingState.DELIVERED: _("Tell how it went: %(subject)s"),
    }
    found = Booking.objects.filter(_for_municipality(user) | _for_expert(user), state__in=texts).distinct()
    return [
        Asked(texts[BookingState(row.state)] % {"subject": row.subject}, reverse("booking", args=[row.uid]))
        for row in found.order_by("turn_until", "pk")
    ]


def _for_municipality(user: User) -> Q:
    member = Membership.objects.active().filter(user=user)
    decides = Q(organisation__in=member.with_role(Role.DECIDER).values("organisation"))
    hers = Q(requested_by=user, organisation__in=member.values("organisation"))
    return Q(turn=Party.DECIDER) & decides | Q(turn=Party.MUNICIPALITY) & (decides | hers)


def _for_expert(user: User) -> Q:
    """Where she did not answer yet: to the request, or to being asked to move."""
    experts = acts_for(user)
    unanswered = Q(state=BookingState.PROPOSED, asked__answer="waiting")
    unmoved = Q(state=BookingState.MOVING, asked__answer="accepted", asked__option=None)
    asked = Q(turn=Party.EXPERT, asked__expert__in=experts, asked__asked_at__isnull=False)
    return asked & (unanswered | unmoved)


def connect() -> None:
    my_page.register(Section(order=30, template="experts/booking/includes/my_bookings.html", context=my_bookings))
    my_page.ask("bookings", asked_of_me)
