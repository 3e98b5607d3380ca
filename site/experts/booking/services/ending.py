"""How a booking ends, well or otherwise. What it held or used is given back unless something was delivered."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.booking import holding, mails, quota, terms
from experts.booking.change import Change
from experts.booking.exceptions import BookingError
from experts.booking.permissions import OPEN_ANSWERS
from experts.booking.services.treating import chosen_option
from experts.choices import Answer, BookingState, Party
from experts.models import Booking, ExpertPage
from people.models import User


@transaction.atomic
def withdraw(*, booking: Booking, by: User, why: str = "", seen: int | None = None) -> Booking:
    """The municipality no longer asks; nothing was agreed yet."""
    change = Change("withdraw", booking, by=by, seen=seen, why=why)
    asked = _let_go(change.booking)
    change.done()
    if change.old not in (BookingState.DRAFT, BookingState.APPROVAL):
        mails.withdrawn(change.booking, asked, change.why, who=change.party)
    return change.booking


@transaction.atomic
def cancel(*, booking: Booking, by: User, why: str, seen: int | None = None) -> Booking:
    """What was agreed does not happen. Late or in time is written down; the calendars are told."""
    change = Change("cancel", booking, by=by, seen=seen, why=why)
    found, option, experts = change.booking, chosen_option(change.booking), holding.experts_of(change.booking)
    found.cancelled_late = terms.is_late(option.slots if option else [])
    found.sequence += 1
    found.options.filter(moving=True).delete()
    _let_go(found)
    change.done()
    mails.cancelled(found, experts, option, why=change.why, who=change.party)
    return found


@transaction.atomic
def expire(*, booking: Booking, by: User | None = None, why: str = "", seen: int | None = None) -> Booking:
    """Nobody answered in time, or the days went by."""
    change = Change("expire", booking, by=by, seen=seen, why=why)
    asked = _let_go(change.booking)
    change.done()
    mails.expired(change.booking, asked)
    return change.booking


@transaction.atomic
def deliver(*, booking: Booking, by: User | None = None, seen: int | None = None) -> Booking:
    """It took place: from its last day on."""
    change = Change("deliver", booking, by=by, seen=seen)
    option = chosen_option(change.booking)
    if option is None or option.slots[-1].starts_at > timezone.now():
        raise BookingError(_("This is still to take place."))
    change.done()
    mails.delivered(change.booking)
    return change.booking


@transaction.atomic
def evaluate(*, booking: Booking, by: User | None, seen: int | None = None, by_link: bool = False) -> Booking:
    """The municipality said how it went; the caller keeps the answers in the same transaction."""
    speaks_for = Party.MUNICIPALITY if by_link else None
    return Change("evaluate", booking, by=by, seen=seen, speaks_for=speaks_for).done()


@transaction.atomic
def close(*, booking: Booking, by: User | None = None, why: str = "", seen: int | None = None) -> Booking:
    """Nothing more happens. Where nothing was delivered it needs a reason, and all is given back."""
    change = Change("close", booking, by=by, seen=seen, why=why)
    delivered = change.old in (BookingState.DELIVERED, BookingState.EVALUATED)
    if delivered:
        return change.done()
    if not change.why:
        raise BookingError(_("Say why."))
    _let_go(change.booking)
    change.done()
    mails.closed_without(change.booking, change.why)
    return change.booking


def _let_go(booking: Booking) -> list[ExpertPage]:
    """Give back all it holds; answers the experts who were asked and are not any more."""
    rows = booking.asked.filter(answer__in=OPEN_ANSWERS, asked_at__isnull=False).select_related("expert")
    asked = [row.expert for row in rows]
    booking.asked.filter(answer=Answer.WAITING).update(answer=Answer.GONE)
    holding.release(booking)
    quota.give_back(booking)
    return asked
