"""Moving an agreed booking to other days. The agreed day-parts stay until the other party accepts."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.booking import holding, mails, quota, terms
from experts.booking.change import Change
from experts.booking.exceptions import BookingError, NotAllowed
from experts.booking.permissions import acts_for
from experts.booking.services.answering import option_of
from experts.booking.services.asking import add_options
from experts.booking.services.treating import chosen_option
from experts.choices import Answer, BookingState, Party
from experts.day_parts import Slot
from experts.models import Booking, BookingOption, ExpertPage
from people.models import User


@transaction.atomic
def move(
    *, booking: Booking, options: Iterable[Sequence[Slot]], by: User, why: str = "", seen: int | None = None
) -> Booking:
    """Propose other days, which are held beside the agreed ones. Raises SlotTaken."""
    change = Change("move", booking, by=by, seen=seen, why=why)
    found, experts = change.booking, holding.experts_of(change.booking)
    rows = add_options(found, options, moving=True)
    if not rows:
        raise BookingError(_("Choose at least one day."))
    for row in rows:
        _check(change, experts, row.slots)
    found.moving_by = change.party
    asked = found.asked.filter(answer=Answer.ACCEPTED)
    if change.party == Party.EXPERT:
        asked = asked.exclude(expert__in=acts_for(by))
    asked.update(option=None)
    holding.hold(found, experts, rows, terms.hold_until(found))
    change.done(turn=turn_of(found))
    agreed = chosen_option(found)
    mails.move_asked(found, experts, agreed.slots if agreed else [], change.why)
    return found


def _check(change: Change, experts: Iterable[ExpertPage], slots: Sequence[Slot]) -> None:
    if min(slots).day < timezone.localdate():
        raise BookingError(_("Choose days that are still to come."))
    for expert in experts:
        holding.check_in_pool(expert, slots)
        if change.party == Party.MUNICIPALITY:
            holding.check_free(change.booking, expert, slots)


def turn_of(booking: Booking) -> Party:
    """First every expert who did not propose it, then the municipality where an expert proposed it."""
    if booking.asked.filter(answer=Answer.ACCEPTED, option=None).exists():
        return Party.EXPERT
    return Party.MUNICIPALITY


@transaction.atomic
def accept_move(
    *,
    booking: Booking,
    option: BookingOption,
    by: User,
    expert: ExpertPage | None = None,
    seen: int | None = None,
) -> Booking:
    """Take one of the other days; `expert` names for whom, where an expert has the turn. Once all did, it is moved."""
    change = Change("accept_move", booking, by=by, seen=seen)
    found = change.booking
    option = option_of(found, option, moving=True)
    taken = found.asked.filter(answer=Answer.ACCEPTED, option__moving=True).exclude(option=option)
    if taken.exists():
        raise BookingError(_("The other expert accepted another day. Accept that one, or keep the agreed day."))
    turn = turn_of(found)
    if turn == Party.EXPERT:
        _for_expert(change, expert, option)
        if turn_of(found) == Party.EXPERT or found.moving_by == Party.EXPERT:
            return change.done(BookingState.MOVING, turn=turn_of(found))
    elif change.party not in (Party.MUNICIPALITY, Party.VVSG):
        raise NotAllowed(_("It is not your turn."))
    return _moved(change, option)


def _for_expert(change: Change, expert: ExpertPage | None, option: BookingOption) -> None:
    waiting = change.booking.asked.filter(answer=Answer.ACCEPTED, option=None)
    if change.party == Party.MUNICIPALITY:
        raise NotAllowed(_("It is not your turn."))
    if expert is not None:
        waiting = waiting.filter(expert=expert)
    if change.party == Party.EXPERT and change.by is not None:
        waiting = waiting.filter(expert__in=acts_for(change.by))
    row = waiting.first()
    if row is None:
        raise NotAllowed(_("It is not your turn."))
    row.option, row.answered_at = option, timezone.now()
    row.save(update_fields=["option", "answered_at"])


def _moved(change: Change, option: BookingOption) -> Booking:
    booking, experts = change.booking, holding.experts_of(change.booking)
    old = chosen_option(booking)
    before = old.slots if old else []
    quota.charge(booking, [option.slots], experts=len(experts))
    holding.hold(booking, experts, [option], terms.hold_until(booking))
    holding.keep_only(booking, option)
    holding.confirm(booking)
    booking.options.filter(chosen=True).update(chosen=False)
    booking.options.filter(pk=option.pk).update(chosen=True, moving=False)
    booking.options.filter(moving=True).delete()
    booking.asked.filter(answer=Answer.ACCEPTED).update(option=option)
    booking.moving_by, booking.held_until = "", None
    booking.day_parts = len(option.slots)
    booking.sequence += 1
    change.done(BookingState.CONFIRMED)
    mails.moved(booking, experts, option, before)
    return booking


@transaction.atomic
def refuse_move(*, booking: Booking, by: User | None, why: str = "", seen: int | None = None) -> Booking:
    """The agreed day stays; also by whoever proposed other days, and by itself when nobody answers (`by` is None)."""
    change = Change("refuse_move", booking, by=by, seen=seen, why=why)
    found = change.booking
    old = chosen_option(found)
    holding.release(found, outside=old.slots if old else [])
    found.options.filter(moving=True).delete()
    found.asked.filter(answer=Answer.ACCEPTED).update(option=old)
    found.moving_by, found.held_until = "", None
    change.done()
    mails.move_refused(found, holding.experts_of(found), change.why)
    return found
