"""Who looks back in which part."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from experts.booking.permissions import acts_for, booking_for, is_desk, parties_of
from experts.choices import Party
from experts.models import Booking, ExpertPage
from people.permissions import signed_in

EVALUATES = {Party.MUNICIPALITY, Party.DECIDER, Party.VVSG}


def evaluator_of(request: HttpRequest, uid: uuid.UUID) -> Booking:
    """A booking that she may evaluate. Raises Http404 to a stranger, PermissionDenied to another party."""
    user = signed_in(request)
    booking = booking_for(user, uid)
    if not parties_of(user, booking) & EVALUATES:
        raise PermissionDenied
    return booking


def sharer_of(request: HttpRequest, uid: uuid.UUID) -> tuple[Booking, Party | None]:
    """A booking and for whom she decides what is shared; None is VVSG, who looks on."""
    user = signed_in(request)
    booking = booking_for(user, uid)
    parties = parties_of(user, booking)
    if parties & {Party.MUNICIPALITY, Party.DECIDER}:
        return booking, Party.MUNICIPALITY
    return booking, Party.EXPERT if Party.EXPERT in parties else None


def reports_for(request: HttpRequest, booking: Booking, experts: list[ExpertPage]) -> list[ExpertPage]:
    """Of the experts who owe a report, those for whom she may write it."""
    user = signed_in(request)
    return experts if is_desk(user) else [expert for expert in experts if expert.pk in acts_for(user)]


def reporter_of(request: HttpRequest, uid: uuid.UUID) -> Booking:
    """As `evaluator_of`, for the expert's report."""
    user = signed_in(request)
    booking = booking_for(user, uid)
    if not parties_of(user, booking) & {Party.EXPERT, Party.VVSG}:
        raise PermissionDenied
    return booking
