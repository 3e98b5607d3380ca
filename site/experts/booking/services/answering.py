"""What an expert answers to a request."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.booking import holding, mails, quota, terms, words
from experts.booking.change import Change
from experts.booking.exceptions import BookingError, NotAllowed, StaleBooking
from experts.booking.permissions import OPEN_ANSWERS, acts_for
from experts.choices import Answer, BookingState, Party, RefusalReason
from experts.models import Booking, BookingExpert, BookingOption, ExpertPage
from people.models import User


def row_of(change: Change, expert: ExpertPage) -> BookingExpert:
    """The expert's row, where she is still asked and this person may answer for her."""
    row = change.booking.asked.filter(expert=expert, answer__in=OPEN_ANSWERS, asked_at__isnull=False).first()
    if row is None:
        raise StaleBooking(_("%(expert)s is not asked for this booking any more.") % {"expert": expert.title})
    if change.party == Party.EXPERT and change.by is not None and expert.pk not in acts_for(change.by):
        raise NotAllowed(_("You do not act for %(expert)s.") % {"expert": expert.title})
    return row


def option_of(booking: Booking, option: BookingOption, *, moving: bool = False) -> BookingOption:
    """The same row as it is now; days that went by cannot be chosen."""
    found = booking.options.filter(pk=option.pk, moving=moving).prefetch_related("day_parts").first()
    if found is None:
        raise StaleBooking(_("These days are not asked any more. Look again, then decide."))
    if min(found.slots).day < timezone.localdate():
        raise BookingError(_("This day is past. Propose another one."))
    return found


@transaction.atomic
def accept(  # noqa: PLR0913
    *,
    booking: Booking,
    expert: ExpertPage,
    option: BookingOption,
    by: User | None,
    seen: int | None = None,
    by_link: bool = False,
) -> Booking:
    """She takes one of the possibilities. Two experts take the same one; once all did, the others are released.

    Raises SlotTaken where it was released in the meantime and somebody else has it.
    """
    change = Change("accept", booking, by=by, seen=seen, speaks_for=Party.EXPERT if by_link else None)
    found, row = change.booking, row_of(change, expert)
    if row.answer == Answer.ACCEPTED:
        raise StaleBooking(_("You accepted this request already."))
    option = option_of(found, option)
    holding.check_in_pool(expert, option.slots)
    others = found.asked.filter(answer=Answer.ACCEPTED).exclude(pk=row.pk).select_related("option")
    if other := next((other.option for other in others if other.option and other.option != option), None):
        day = {"day": words.option(other)}
        raise BookingError(_("The other expert accepted another day: %(day)s. Accept that one, or refuse.") % day)
    row.answer, row.answered_at, row.option = Answer.ACCEPTED, timezone.now(), option
    row.save()
    holding.hold(found, [expert], [option], terms.hold_until(found))
    if found.asked.filter(answer=Answer.WAITING).exists():
        return change.done(BookingState.PROPOSED)
    option.chosen = True
    option.save(update_fields=["chosen"])
    experts = holding.experts_of(found)
    quota.charge(found, [option.slots], experts=len(experts))
    holding.hold(found, experts, [option], terms.hold_until(found))
    holding.keep_only(found, option)
    change.done(BookingState.ACCEPTED)
    mails.accepted(found, option)
    return found


@transaction.atomic
def refuse(  # noqa: PLR0913
    *,
    booking: Booking,
    expert: ExpertPage,
    reason: str,
    by: User | None,
    note: str = "",
    seen: int | None = None,
    by_link: bool = False,
) -> Booking:
    """She says no: her day-parts are free again, and VVSG looks for another expert."""
    if reason not in RefusalReason.values:
        raise BookingError(_("Choose a reason."))
    change = Change("refuse", booking, by=by, seen=seen, why=note, speaks_for=Party.EXPERT if by_link else None)
    found, row = change.booking, row_of(change, expert)
    row.answer, row.answered_at, row.option = Answer.REFUSED, timezone.now(), None
    row.refusal, row.note = reason, note.strip()
    row.save()
    found.options.filter(chosen=True).update(chosen=False)
    holding.release(found, expert=expert)
    change.done()
    mails.refused(found, row)
    return found
