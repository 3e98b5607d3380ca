"""Terms: how long a step may take, in working days of Belgium, and how long day-parts are held."""

import datetime

from django.conf import settings
from django.utils import timezone

from experts.availability.public_holidays import name_of_holiday
from experts.day_parts import Slot
from experts.models import Booking


def is_working_day(day: datetime.date) -> bool:
    return day.weekday() < 5 and not name_of_holiday(day)


def working_days_after(day: datetime.date, number: int) -> datetime.date:
    """The working day that comes `number` working days after this day."""
    while number > 0:
        day += datetime.timedelta(days=1)
        number -= is_working_day(day)
    return day


def overdue_since(term: str) -> datetime.date:
    """What ended before this day ended so many working days ago, and more."""
    day, number = timezone.localdate(), setting(term)
    while number > 0:
        day -= datetime.timedelta(days=1)
        number -= is_working_day(day)
    return day


def setting(name: str) -> int:
    return int(settings.BOOKING_TERMS[name])


def days(name: str) -> datetime.timedelta:
    return datetime.timedelta(days=setting(name))


def until(term: str, *, urgent: bool) -> datetime.date | None:
    """The last day of a term that starts today; None for a step without one."""
    if not term:
        return None
    number = setting(term)
    if urgent and term not in ("evaluate", "close", "draft"):
        number = min(number, setting("urgent"))
    return working_days_after(timezone.localdate(), number)


def hold_until(booking: Booking) -> datetime.datetime:
    return timezone.now() + days("hold_urgent" if booking.is_urgent else "hold")


def is_late(slots: list[Slot]) -> bool:
    """Whether cancelling today is too shortly before the first day."""
    first = min(slots).day if slots else datetime.date.max
    return (first - timezone.localdate()).days < setting("late")
