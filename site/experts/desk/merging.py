"""Two requests for the same: one goes on, the other ends and keeps its history."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.mail.services import absolute_url, post
from experts.booking import people, services
from experts.booking.change import record
from experts.booking.exceptions import BookingError, NotAllowed, StaleBooking
from experts.booking.flow import BEFORE_AGREEMENT
from experts.booking.permissions import is_desk
from experts.choices import OVER, BookingState, Party
from experts.models import Booking
from people.models import User

MERGEABLE = BEFORE_AGREEMENT


def others_of(booking: Booking) -> "QuerySet[Booking]":
    """The requests of the same municipality into which this one can go."""
    open_ones = Booking.objects.filter(organisation=booking.organisation).exclude(pk=booking.pk)
    return open_ones.exclude(state__in=(*OVER, BookingState.DRAFT)).select_related("organisation")


@transaction.atomic
def merge(*, booking: Booking, into: Booking, by: User, seen: int | None = None) -> Booking:
    """`booking` ends as withdrawn: what it held is free again, and its parties hear where it went on.

    Answers `into`, whose history tells what was asked in the other one.
    """
    if not is_desk(by):
        raise NotAllowed(_("You may not do this."))
    locked = {
        row.pk: row for row in Booking.objects.select_for_update().filter(pk__in=(booking.pk, into.pk)).order_by("pk")
    }
    old, new = locked[booking.pk], locked[into.pk]
    _check(old, new)
    why = _("Merged with the request “%(subject)s”.") % {"subject": new.subject}
    services.withdraw(booking=old, by=by, why=why, seen=seen)
    Booking.objects.filter(pk=old.pk).update(merged_into=new)
    old.refresh_from_db()
    record(old, "merge", by=by, party=Party.VVSG, why=why)
    record(new, "merge", by=by, party=Party.VVSG, why=f"{old.subject}\n{old.question}".strip())
    for person in people.municipality(old):
        context = {"name": person.name, "old": old, "new": new, "url": absolute_url("booking", new.uid)}
        post(template="experts/desk/email/merged", to=person.email, context=context)
    return new


def _check(old: Booking, new: Booking) -> None:
    if old.pk == new.pk:
        raise BookingError(_("Choose another request."))
    if old.organisation_id != new.organisation_id:
        raise BookingError(_("These requests are of two municipalities."))
    if old.state not in MERGEABLE:
        raise StaleBooking(
            _("This is not possible any more: the booking is “%(state)s” now.") % {"state": old.get_state_display()}
        )
    if new.state in (*OVER, BookingState.DRAFT):
        raise StaleBooking(_("The other request is “%(state)s” now.") % {"state": new.get_state_display()})
