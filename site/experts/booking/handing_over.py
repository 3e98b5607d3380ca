"""Requests that somebody has open: who leaves passes them to a colleague; a merged municipality's go along."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from experts.booking.change import record
from experts.choices import OVER, Party
from experts.models import Allowance, Booking
from people.holdings import Holding, Ownerless, Provider
from people.models import Membership, Organisation, User


class BookingProvider(Provider):
    name = "booking"

    def held_by(self, user: User) -> list[Holding]:
        found = _open().filter(requested_by=user).order_by("pk")
        return [Holding(self.name, str(row.pk), _title(row), _("request for an expert"), _url(row)) for row in found]

    def hand_over(self, holdings: Iterable[Holding], *, old: User, new: User, by: User | None) -> None:
        keys = [int(holding.key) for holding in holdings]
        for booking in _open().select_for_update(of=("self",)).filter(pk__in=keys, requested_by=old):
            booking.requested_by = new
            booking.version += 1
            booking.save(update_fields=["requested_by", "version"])
            record(booking, "hand_over", by=by, party=Party.MUNICIPALITY)

    def ownerless(self) -> list[Ownerless]:
        member = Membership.objects.active().filter(
            user=OuterRef("requested_by"), organisation=OuterRef("organisation")
        )
        found = _open().filter(~Exists(member), by_phone=False)
        problem = _("Who asked is no longer of the municipality.")
        return [Ownerless(_title(row), _("request for an expert"), problem, _url(row)) for row in found]

    def count_of_organisation(self, organisation: Organisation) -> dict[str, int]:
        return {_("Bookings of experts"): Booking.objects.filter(organisation=organisation).count()}

    def move_organisation(self, old: Organisation, new: Organisation, *, by: User | None) -> None:
        """With what they took of quota and budget, and with what VVSG allowed more."""
        Booking.objects.filter(organisation=old).update(organisation=new)
        Allowance.objects.filter(organisation=old).update(organisation=new)


def _open() -> Any:
    return Booking.objects.select_related("organisation").exclude(state__in=OVER)


def _title(booking: Booking) -> str:
    return booking.subject or _("Draft of a request")


def _url(booking: Booking) -> str:
    return reverse("booking", args=[booking.uid])
