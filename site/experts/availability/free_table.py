"""What is free, drawn as weeks: one small table for each, the days across and the day-parts down."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from experts.availability.freedom import free_slots
from experts.availability.public_holidays import name_of_holiday
from experts.choices import DayPart, Place
from experts.day_parts import Slot
from experts.models import ExpertPage

MONTHS = 12  # ahead that can be looked at
FIRST_ONES = 3
LOOK_FOR_FIRST = datetime.timedelta(days=180)
WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Cell:
    slot: Slot
    is_free: bool
    is_past: bool
    url: str = ""


@dataclass(frozen=True)
class Row:
    part: DayPart
    cells: list[Cell]


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday."""

    days: list[datetime.date]
    rows: list[Row]
    holidays: list[tuple[datetime.date, str]] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.days[0].isocalendar().week

    @property
    def has_free(self) -> bool:
        return any(cell.is_free for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class FreeMonth:
    """A month of one expert, and the months that can be looked at from there."""

    month: datetime.date
    weeks: list[Week]
    first_free: list[Cell]
    previous: datetime.date | None
    next: datetime.date | None


def free_month(expert: ExpertPage, wanted: str = "") -> FreeMonth:
    """The month that stands in an address (2026-12), or this one. Free is what is free for everybody, on site."""
    today = timezone.localdate()
    month = _month(wanted, today)
    next_month, until = _later(month, 1), _later(today.replace(day=1), MONTHS)
    last = max(next_month + WEEK, today + LOOK_FOR_FIRST)
    free = free_slots([expert], today, last, place=Place.ON_SITE)[expert.pk]
    ask = _ask_url()
    first_free = [_cell(slot, free, today, ask, expert) for slot in sorted(free)[:FIRST_ONES]]
    return FreeMonth(
        month=month,
        weeks=[_week(monday, free, today, ask, expert) for monday in _mondays(max(month, today), next_month)],
        first_free=first_free,
        previous=_later(month, -1) if month > today else None,
        next=next_month if next_month <= until else None,
    )


def free_weeks(expert: ExpertPage, number: int) -> list[Week]:
    """So many weeks from this one, for the expert herself."""
    today = timezone.localdate()
    last = today + number * WEEK
    free = free_slots([expert], today, last, place=Place.ON_SITE)[expert.pk]
    return [_week(monday, free, today, "", expert) for monday in _mondays(today, last)][:number]


def _month(wanted: str, today: datetime.date) -> datetime.date:
    this = today.replace(day=1)
    try:
        month = datetime.date.fromisoformat(f"{wanted}-01")
    except ValueError:
        return this
    return month if len(wanted) == len("2026-12") and this <= month <= _later(this, MONTHS) else this


def _later(month: datetime.date, number: int) -> datetime.date:
    years, index = divmod(month.year * 12 + month.month - 1 + number, 12)
    return datetime.date(years, index + 1, 1)


def _mondays(first: datetime.date, before: datetime.date) -> list[datetime.date]:
    """Of the weeks that hold a day from `first` until the day before `before`."""
    monday = first - datetime.timedelta(days=first.weekday())
    return [monday + number * WEEK for number in range((before - monday - datetime.timedelta(days=1)).days // 7 + 1)]


def _week(monday: datetime.date, free: set[Slot], today: datetime.date, ask: str, expert: ExpertPage) -> Week:
    days = [monday + datetime.timedelta(days=number) for number in range(7)]
    rows = [Row(part, [_cell(Slot(day, part), free, today, ask, expert) for day in days]) for part in DayPart]
    return Week(days, rows, [(day, name) for day in days if (name := name_of_holiday(day))])


def _cell(slot: Slot, free: Iterable[Slot], today: datetime.date, ask: str, expert: ExpertPage) -> Cell:
    is_free = slot in free
    url = f"{ask}?{urlencode({'expert': expert.pk, 'dagdeel': str(slot)})}" if ask and is_free else ""
    return Cell(slot, is_free, slot.day < today, url)


def _ask_url() -> str:
    """Where a municipality asks for a booking."""
    try:
        return reverse("booking_ask")
    except NoReverseMatch:
        return ""
