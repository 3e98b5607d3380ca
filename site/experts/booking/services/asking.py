"""Asking: a draft, sending it, and the approval of the decision maker."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.booking import holding, mails, quota, terms
from experts.booking.change import Change, record
from experts.booking.exceptions import BookingError, NotAllowed
from experts.booking.permissions import decides_for, is_desk, is_member
from experts.choices import Answer, BookingState, Party
from experts.day_parts import Slot
from experts.models import Booking, BookingExpert, BookingOption, ExpertPage, OptionDayPart
from people.models import Organisation, User

MOST_OPTIONS = 3


@transaction.atomic
def draft(*, by: User, organisation: Organisation, **fields: Any) -> Booking:
    """A new draft. `fields` are those of Booking, and `experts`, `options` (lists of day-parts), `themes`."""
    desk = is_desk(by)
    if not desk and not is_member(by, organisation.pk):
        raise NotAllowed(_("You may not do this."))
    booking = Booking(organisation=organisation, requested_by=fields.pop("requested_by", by))
    booking.by_phone = desk and not is_member(by, organisation.pk)
    booking.turn_until = terms.until("draft", urgent=False)
    _fill(booking, fields)
    record(booking, "draft", by=by, party=Party.VVSG if booking.by_phone else Party.MUNICIPALITY)
    return booking


@transaction.atomic
def change_draft(*, booking: Booking, by: User, seen: int | None = None, **fields: Any) -> Booking:
    """Fields as for `draft`; what is not given stays."""
    change = Change("change_draft", booking, by=by, seen=seen)
    _fill(change.booking, fields)
    return change.done()


def _fill(booking: Booking, fields: dict[str, Any]) -> None:
    experts, options, themes = (fields.pop(name, None) for name in ("experts", "options", "themes"))
    for name, value in fields.items():
        setattr(booking, name, value)
    if options is not None:
        booking.day_parts = max([len(option) for option in options] or [booking.day_parts])
    booking.save()
    if themes is not None:
        booking.themes.set(themes)
    if experts is not None:
        booking.asked.all().delete()
        BookingExpert.objects.bulk_create(BookingExpert(booking=booking, expert=expert) for expert in experts)
    if options is not None:
        booking.options.all().delete()
        add_options(booking, options)
    if experts is not None or "offer" in fields:
        set_cost(booking, holding.experts_of(booking))
        booking.save(update_fields=["municipality_cost", "pool_cost"])


def add_options(booking: Booking, options: Iterable[Sequence[Slot]], *, moving: bool = False) -> list[BookingOption]:
    """Possibilities in the order of preference. Raises BookingError for more than three, an empty or a past one."""
    wanted = [sorted(set(option)) for option in options]
    if len(wanted) > MOST_OPTIONS:
        raise BookingError(_("Choose at most three possibilities."))
    rank = booking.options.aggregate(last=Max("rank"))["last"] or 0
    made = []
    for number, slots in enumerate(wanted, start=rank + 1):
        if not slots:
            raise BookingError(_("Choose at least one day-part for every possibility."))
        made.append(BookingOption.objects.create(booking=booking, rank=number, moving=moving))
        OptionDayPart.objects.bulk_create(
            OptionDayPart(option=made[-1], day=slot.day, day_part=slot.part) for slot in slots
        )
    return made


def set_cost(booking: Booking, experts: Sequence[ExpertPage]) -> None:
    """What it costs follows from what the experts offer of this kind; the chosen offer counts for its own expert."""
    offers = []
    for expert in experts:
        if booking.offer is not None and booking.offer.expert_id == expert.pk:
            offers.append(booking.offer)
        elif found := expert.offers.filter(kind=booking.offer_kind).first():
            offers.append(found)
    booking.municipality_cost = sum((offer.municipality_cost for offer in offers), start=booking.municipality_cost * 0)
    booking.pool_cost = sum((offer.pool_cost for offer in offers), start=booking.pool_cost * 0)


@transaction.atomic
def submit(*, booking: Booking, by: User, seen: int | None = None) -> Booking:
    """Send a draft: to VVSG by a decision maker or VVSG itself, else to the decision maker first. Holds the day-parts.

    Raises SlotTaken, QuotaExceeded, BudgetExceeded.
    """
    change = Change("submit", booking, by=by, seen=seen)
    found = change.booking
    if change.party == Party.VVSG or decides_for(by, found.organisation_id):
        found.approved_by = by if change.party != Party.VVSG else None
        return _request(change)
    _claim(found)
    change.done(BookingState.APPROVAL)
    mails.approval_asked(found)
    return found


@transaction.atomic
def approve(*, booking: Booking, by: User, seen: int | None = None) -> Booking:
    """The decision maker sends on what her colleague asks."""
    change = Change("approve", booking, by=by, seen=seen)
    change.booking.approved_by = by
    return _request(change)


@transaction.atomic
def send_back(*, booking: Booking, by: User, why: str, seen: int | None = None) -> Booking:
    """The decision maker does not approve: it is a draft again, and nothing is held."""
    change = Change("send_back", booking, by=by, seen=seen, why=why)
    holding.release(change.booking)
    quota.give_back(change.booking)
    change.booking.held_until = None
    change.done()
    mails.sent_back(change.booking, change.why)
    return change.booking


def _request(change: Change) -> Booking:
    booking = change.booking
    _claim(booking)
    booking.requested_at = timezone.now()
    change.done(BookingState.REQUESTED)
    mails.requested(booking)
    return booking


def _claim(booking: Booking) -> None:
    """Check the request, charge quota and budget, hold the day-parts: in that order, as everywhere."""
    if not booking.subject.strip() or not booking.question.strip():
        raise BookingError(_("Write your question first."))
    experts = holding.experts_of(booking)
    options = list(booking.options.prefetch_related("day_parts"))
    _check(booking, experts, options)
    set_cost(booking, experts)
    quota.charge(booking, [option.slots for option in options], experts=len(experts), strict=True)
    for expert in experts:
        for option in options:
            holding.check_in_pool(expert, option.slots)
            holding.check_free(booking, expert, option.slots)
    holding.hold(booking, experts, options, terms.hold_until(booking))


def _check(booking: Booking, experts: Sequence[ExpertPage], options: Sequence[BookingOption]) -> None:
    if experts and not options:
        raise BookingError(_("Choose at least one day."))
    if not experts and not booking.vvsg_searches:
        raise BookingError(_("Choose an expert, or let VVSG look for one."))
    if any(slot.day < timezone.localdate() for option in options for slot in option.slots):
        raise BookingError(_("Choose days that are still to come."))
    # An expert who was wished for and is asked again by a new draft was not asked before.
    booking.asked.filter(answer=Answer.GONE).delete()
