"""Who works at VVSG's desk."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from experts.booking.permissions import is_desk
from experts.choices import BookingState
from experts.models import Booking
from people.models import User
from people.permissions import signed_in


def desk_of(request: HttpRequest) -> User:
    """The user, where she treats bookings for VVSG; raises PermissionDenied."""
    user = signed_in(request)
    if not is_desk(user):
        raise PermissionDenied
    return user


def booking_at_desk(request: HttpRequest, uid: uuid.UUID) -> tuple[User, Booking]:
    """With a booking that was sent, or a draft that VVSG made: what a municipality still writes is its own."""
    user = desk_of(request)
    found = Booking.objects.select_related("organisation", "requested_by", "offer__expert", "merged_into")
    return user, get_object_or_404(found.exclude(state=BookingState.DRAFT, by_phone=False), uid=uid)
