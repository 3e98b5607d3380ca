"""The day-parts that a booking takes from its experts. The database keeps one from being given twice."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from experts.availability import freedom
from experts.booking.exceptions import BookingError, SlotTaken
from experts.booking.permissions import OPEN_ANSWERS
from experts.day_parts import Slot
from experts.models import BookedDayPart, Booking, BookingOption, ExpertPage


def experts_of(booking: Booking) -> list[ExpertPage]:
    """Who is asked or wished for, and did not refuse, by key: locks are taken in that order."""
    rows = booking.asked.filter(answer__in=OPEN_ANSWERS).select_related("expert").order_by("expert")
    return [row.expert for row in rows]


def check_in_pool(expert: ExpertPage, slots: Iterable[Slot]) -> None:
    if not all(expert.is_in_pool(slot.day) for slot in slots):
        raise BookingError(_("%(expert)s is not in the pool on these days.") % {"expert": expert.title})


def check_free(booking: Booking, expert: ExpertPage, slots: Sequence[Slot]) -> None:
    """Against pattern, calendar and buffers too; raises SlotTaken. What the booking holds itself is free to it."""
    wanted = sorted(set(slots) - _own(booking, expert))
    if wanted and (taken := freedom.is_free(expert, wanted, ignoring=booking, **_circumstances(booking))):
        raise _refusal(booking, expert, taken, slots)


def _refusal(booking: Booking, expert: ExpertPage, taken: Sequence[Slot], slots: Sequence[Slot]) -> SlotTaken:
    together = booking.asked.filter(answer__in=OPEN_ANSWERS).count() > 1
    return SlotTaken(taken, alternatives(booking, expert, slots), whose=expert.title if together else "")


def alternatives(booking: Booking, expert: ExpertPage, slots: Sequence[Slot]) -> list[list[Slot]]:
    """The nearest that is free, of as many day-parts."""
    return freedom.nearest_free(
        expert, min(slots), day_parts=len(set(slots)), ignoring=booking, **_circumstances(booking)
    )


def _circumstances(booking: Booking) -> dict[str, Any]:
    """An urgent request need not keep to the lead time: the expert says whether she can."""
    return {"place": booking.place, "province": booking.organisation.province, "urgent": booking.is_urgent}


def hold(
    booking: Booking, experts: Iterable[ExpertPage], options: Sequence[BookingOption], until: datetime.datetime
) -> None:
    """Hold every day-part of the options for every expert, or go on holding it. Raises SlotTaken."""
    wanted = {slot for option in options for slot in option.slots}
    booking.held_until = until
    if not wanted:
        return
    for expert in sorted(experts, key=lambda expert: expert.pk):
        own = _own(booking, expert)
        BookedDayPart.objects.filter(booking=booking, expert=expert, confirmed=False).update(held_until=until)
        rows = [
            BookedDayPart(expert=expert, day=slot.day, day_part=slot.part, booking=booking, held_until=until)
            for slot in sorted(wanted - own)
        ]
        try:
            with transaction.atomic():
                for row in rows:  # one by one in the order of time: two that overlap cannot wait for each other
                    row.save(force_insert=True)
        except IntegrityError:
            longest = max((option.slots for option in options), key=len)
            raise _refusal(booking, expert, _taken(booking, expert, wanted), longest) from None


def _own(booking: Booking, expert: ExpertPage) -> set[Slot]:
    return {row.slot for row in BookedDayPart.objects.filter(booking=booking, expert=expert)}


def _taken(booking: Booking, expert: ExpertPage, wanted: Iterable[Slot]) -> list[Slot]:
    others = BookedDayPart.objects.filter(expert=expert, day__in={slot.day for slot in wanted}).exclude(booking=booking)
    return sorted({row.slot for row in others} & set(wanted))


def keep_only(booking: Booking, option: BookingOption) -> None:
    """Release the day-parts of the other options."""
    release(booking, outside=option.slots)


def release(booking: Booking, *, expert: ExpertPage | None = None, outside: Iterable[Slot] | None = None) -> None:
    """Give day-parts back: all, those of one expert, those outside what stays."""
    rows = BookedDayPart.objects.filter(booking=booking)
    if expert is not None:
        rows = rows.filter(expert=expert)
    if outside is not None:
        stays = Q(pk=None)
        for slot in outside:
            stays |= Q(day=slot.day, day_part=slot.part)
        rows = rows.exclude(stays)
    rows.delete()


def confirm(booking: Booking) -> None:
    BookedDayPart.objects.filter(booking=booking).update(confirmed=True, held_until=None)
