"""Which party somebody is in a booking: a stranger gets 404, a colleague without a say 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404

from experts.choices import Answer, BookingState, Party
from experts.models import Booking, ExpertAccount
from people.models import Membership, Organisation, OrganisationKind, Role, User

DESK = "experts.manage_bookings"
OPEN_ANSWERS = (Answer.WAITING, Answer.ACCEPTED)


def is_desk(user: User) -> bool:
    """Whether she treats bookings for VVSG."""
    return bool(user.has_perm(DESK))


def decides_for(user: User, organisation_id: int) -> bool:
    mine = Membership.objects.active().with_role(Role.DECIDER)
    return user.is_active and mine.filter(user=user, organisation_id=organisation_id).exists()


def is_member(user: User, organisation_id: int) -> bool:
    return user.is_active and Membership.objects.active().filter(user=user, organisation_id=organisation_id).exists()


def may_ask_for(user: User) -> list[Organisation]:
    """The municipalities in whose name she may ask."""
    mine = Membership.objects.active().filter(
        user=user, organisation__kind=OrganisationKind.MUNICIPALITY, organisation__merged_into=None
    )
    return list(Organisation.objects.filter(pk__in=mine.values("organisation")).order_by("name"))


def acts_for(user: User) -> set[int]:
    """The experts (keys) whom she acts for."""
    return set(ExpertAccount.objects.filter(user=user).values_list("expert_id", flat=True)) if user.is_active else set()


def parties_of(user: User, booking: Booking) -> set[Party]:
    """Every party that she is: a decision maker is of the municipality as well."""
    parties = set()
    if is_desk(user):
        parties.add(Party.VVSG)
    if decides_for(user, booking.organisation_id):
        parties |= {Party.DECIDER, Party.MUNICIPALITY}
    elif booking.requested_by_id == user.pk and is_member(user, booking.organisation_id):
        parties.add(Party.MUNICIPALITY)
    asked = booking.asked.filter(answer__in=OPEN_ANSWERS, asked_at__isnull=False, expert__in=acts_for(user))
    if booking.state != BookingState.DRAFT and asked.exists():
        parties.add(Party.EXPERT)
    return parties


def party_of(user: User, booking: Booking) -> Party | None:
    """The side on which she stands first of all: the municipality (its decision makers too), the expert or VVSG."""
    parties = parties_of(user, booking)
    return next((party for party in (Party.MUNICIPALITY, Party.EXPERT, Party.VVSG) if party in parties), None)


class NoLongerAsked(Http404):
    """She was asked as an expert, and is not any more: for others it does not exist, to her it can be said."""


def booking_for(user: User, uid: uuid.UUID | str) -> Booking:
    """A booking in which she is a party. Raises Http404, and PermissionDenied for a colleague of who asked."""
    booking = Booking.objects.select_related("organisation", "requested_by", "offer").filter(uid=uid).first()
    if booking is None:
        raise Http404
    if parties_of(user, booking):
        return booking
    if booking.state != BookingState.DRAFT and is_member(user, booking.organisation_id):
        raise PermissionDenied
    if booking.asked.filter(asked_at__isnull=False, expert__in=acts_for(user)).exists():
        raise NoLongerAsked
    raise Http404
