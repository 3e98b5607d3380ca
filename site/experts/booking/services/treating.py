"""What VVSG does with a request: take it up, propose it to an expert, pass it on; and the confirmation."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.booking import holding, mails, quota, terms
from experts.booking.change import Change
from experts.booking.exceptions import BookingError
from experts.booking.permissions import OPEN_ANSWERS
from experts.booking.services.asking import add_options, set_cost
from experts.choices import Answer, BookingState
from experts.day_parts import Slot
from experts.models import Booking, BookingExpert, BookingOption, ExpertPage
from people.models import User


@transaction.atomic
def take_up(*, booking: Booking, by: User, seen: int | None = None) -> Booking:
    """VVSG looks at it."""
    return Change("take_up", booking, by=by, seen=seen).done()


@transaction.atomic
def propose(  # noqa: PLR0913
    *,
    booking: Booking,
    experts: Iterable[ExpertPage],
    by: User,
    options: Iterable[Sequence[Slot]] | None = None,
    why: str = "",
    seen: int | None = None,
) -> Booking:
    """Ask these experts, all of whom must accept. `options` replaces the days. Raises SlotTaken and as `submit`."""
    change = Change("propose", booking, by=by, seen=seen, why=why)
    asked = _ask(change, list(experts), options)
    mails.expert_asked(change.booking, asked)
    return change.booking


@transaction.atomic
def pass_on(  # noqa: PLR0913
    *,
    booking: Booking,
    experts: Iterable[ExpertPage],
    by: User,
    options: Iterable[Sequence[Slot]] | None = None,
    why: str = "",
    seen: int | None = None,
) -> Booking:
    """To other experts, also when it was confirmed: what the former ones promised is cancelled."""
    change = Change("pass_on", booking, by=by, seen=seen, why=why)
    was_agreed, chosen = change.old == BookingState.CONFIRMED, chosen_option(change.booking)
    before = holding.experts_of(change.booking)
    if was_agreed and chosen is not None and options is None:
        options = [chosen.slots]
    agreed = chosen.slots if was_agreed and chosen is not None else []
    asked = _ask(change, list(experts), options)
    gone = [expert for expert in before if expert not in asked]
    if agreed:
        mails.invitation_ends(change.booking, before, agreed)
    mails.no_longer_asked(change.booking, gone)
    mails.expert_asked(change.booking, asked, passed_on=True)
    return change.booking


def _ask(change: Change, experts: list[ExpertPage], options: Iterable[Sequence[Slot]] | None) -> list[ExpertPage]:
    """Make these the experts, hold their days, and give them the turn."""
    booking = change.booking
    if not experts:
        raise BookingError(_("Choose an expert."))
    _replace(booking, experts)
    if options is not None:
        booking.asked.update(option=None)
        booking.options.all().delete()
        rows = add_options(booking, options)
        booking.day_parts = max(len(row.slots) for row in rows) if rows else booking.day_parts
    booking.options.filter(chosen=True).update(chosen=False)
    rows = [row for row in booking.options.prefetch_related("day_parts") if min(row.slots).day >= timezone.localdate()]
    if not rows:
        raise BookingError(_("Choose at least one day that is still to come."))
    set_cost(booking, experts)
    for expert in experts:
        holding.check_in_pool(expert, [slot for row in rows for slot in row.slots])
    quota.charge(booking, [row.slots for row in rows], experts=len(experts))
    wanted = {slot for row in rows for slot in row.slots}
    holding.release(booking, outside=wanted)
    booking.booked.filter(confirmed=True).update(confirmed=False, held_until=terms.hold_until(booking))
    holding.hold(booking, experts, rows, terms.hold_until(booking))
    change.done()
    return experts


def _replace(booking: Booking, experts: Sequence[ExpertPage]) -> None:
    """Who is not asked any more stays in the history; who is, answers anew."""
    now = timezone.now()
    current = booking.asked.filter(answer__in=OPEN_ANSWERS)
    left = current.exclude(expert__in=experts)
    for row in left:
        holding.release(booking, expert=row.expert)
    left.filter(asked_at=None).delete()
    current.exclude(expert__in=experts).update(answer=Answer.GONE)
    current.filter(expert__in=experts).update(
        asked_at=now, answer=Answer.WAITING, answered_at=None, option=None, refusal="", note=""
    )
    there = set(current.values_list("expert_id", flat=True))
    BookingExpert.objects.bulk_create(
        BookingExpert(booking=booking, expert=expert, asked_at=now) for expert in experts if expert.pk not in there
    )


@transaction.atomic
def confirm(*, booking: Booking, by: User, seen: int | None = None) -> Booking:
    """It is agreed: the day-parts are the booking's for good, and both parties get an invitation."""
    change = Change("confirm", booking, by=by, seen=seen)
    found = change.booking
    option = chosen_option(found)
    experts = holding.experts_of(found)
    if option is None or not experts:
        raise BookingError(_("No day is chosen yet."))
    if min(option.slots).day < timezone.localdate():
        raise BookingError(_("This day is past. Propose another one."))
    for expert in experts:
        holding.check_in_pool(expert, option.slots)
    quota.charge(found, [option.slots], experts=len(experts), strict=True)
    holding.hold(found, experts, [option], terms.hold_until(found))
    holding.keep_only(found, option)
    holding.confirm(found)
    found.held_until = None
    found.sequence += 1
    change.done()
    mails.confirmed(found, experts, option)
    return found


def chosen_option(booking: Booking) -> BookingOption | None:
    return booking.options.filter(chosen=True).prefetch_related("day_parts").first()
