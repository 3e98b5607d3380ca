"""Which day-parts of one expert are free: the rules, on plain data, without a database.

A day-part is free when all of this holds:
- she works then: the latest exception that covers it says so, or else her week does and it is no public holiday;
- it lies in her time in the pool, and far enough ahead;
- her own calendar is not busy during its hours;
- no booking has it, and none is so near that she would still be travelling;
- the week (ISO, from Monday) has not had its most day-parts.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from experts.availability.public_holidays import name_of_holiday
from experts.choices import DayPart
from experts.day_parts import BRUSSELS, ORDER, Slot

Week = tuple[int, int]
ONE_DAY = datetime.timedelta(days=1)


class Deviation(NamedTuple):
    """From a day to a day free or not, whatever the week says. No day-part: the whole day."""

    first: datetime.date
    last: datetime.date
    part: DayPart | None
    free: bool


class Stretch(NamedTuple):
    """A time that is taken; aware moments."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime


@dataclass(frozen=True)
class Diary:
    """All that counts of one expert. `deviations` stand in the order in which they were entered.

    `booked` tells of every booked day-part (`Slot.number`) how many day-parts around it go to travelling.
    """

    weekly: frozenset[tuple[int, DayPart]] = frozenset()
    deviations: tuple[Deviation, ...] = ()
    busy: tuple[Stretch, ...] = ()
    booked: Mapping[int, int] = field(default_factory=dict)
    lead_days: int = 0
    max_per_week: int = 21
    works_on_holidays: bool = False
    pool_from: datetime.date | None = None
    pool_until: datetime.date | None = None


@dataclass(frozen=True)
class Wish:
    """What is looked for: between two days (both included), with so many day-parts of travel before and after."""

    first: datetime.date
    last: datetime.date
    now: datetime.datetime
    buffer: int = 0
    urgent: bool = False


def week_of(day: datetime.date) -> Week:
    """Year and number of the week, which in the days around New Year is not the year of the day."""
    return day.isocalendar()[:2]


def free_in(diary: Diary, wish: Wish) -> Iterator[Slot]:
    """In the order of time."""
    first, last = _bounds(diary, wish)
    if first is None or first > last:
        return
    taken = _busy_numbers(diary.busy, first, last) | set(_travelled(diary.booked, wish.buffer))
    said = _said(diary.deviations, first, last)
    had = Counter(week_of(Slot.numbered(number).day) for number in diary.booked)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = datetime.date.fromordinal(ordinal)
        if had[week_of(day)] >= diary.max_per_week:
            continue
        for slot in _worked(diary, day, said):
            if slot.number not in taken and slot.starts_at > wish.now:
                yield slot


def over_the_week(diary: Diary, slots: Iterable[Slot]) -> list[Slot]:
    """Which of these, taken together and in the order of time, come above what her week may hold."""
    had = Counter(week_of(Slot.numbered(number).day) for number in diary.booked)
    over = []
    for slot in sorted(set(slots)):
        had[week_of(slot.day)] += 1
        if had[week_of(slot.day)] > diary.max_per_week:
            over.append(slot)
    return over


def _bounds(diary: Diary, wish: Wish) -> tuple[datetime.date | None, datetime.date]:
    """The days that can be booked at all. None as the first: she is not in the pool."""
    today = wish.now.astimezone(BRUSSELS).date()
    earliest = today if wish.urgent else today + diary.lead_days * ONE_DAY
    first = max(wish.first, earliest, diary.pool_from) if diary.pool_from else None
    return first, min(wish.last, diary.pool_until) if diary.pool_until else wish.last


def _worked(diary: Diary, day: datetime.date, said: Mapping[int, bool]) -> Iterator[Slot]:
    works = diary.works_on_holidays or not name_of_holiday(day)
    for part in ORDER:
        slot = Slot(day, part)
        if said.get(slot.number, works and (day.weekday(), part) in diary.weekly):
            yield slot


def _said(deviations: Iterable[Deviation], first: datetime.date, last: datetime.date) -> dict[int, bool]:
    """What exceptions say of a day-part: the latest wins."""
    said = {}
    for deviation in deviations:
        until = min(deviation.last, last).toordinal()
        for ordinal in range(max(deviation.first, first).toordinal(), until + 1):
            day = datetime.date.fromordinal(ordinal)
            for part in [deviation.part] if deviation.part else ORDER:
                said[Slot(day, part).number] = deviation.free
    return said


def _busy_numbers(busy: Iterable[Stretch], first: datetime.date, last: datetime.date) -> set[int]:
    """The day-parts whose hours a stretch touches for more than a moment."""
    numbers = set()
    for stretch in busy:
        begin = max(stretch.starts_at.astimezone(BRUSSELS).date(), first).toordinal()
        end = min(stretch.ends_at.astimezone(BRUSSELS).date(), last).toordinal()
        for ordinal in range(begin, end + 1):
            for part in ORDER:
                slot = Slot(datetime.date.fromordinal(ordinal), part)
                if stretch.starts_at < slot.ends_at and slot.starts_at < stretch.ends_at:
                    numbers.add(slot.number)
    return numbers


def _travelled(booked: Mapping[int, int], buffer: int) -> Iterator[int]:
    """Booked day-parts and those around them: she travels for the one that stands and for the one that is asked."""
    for number, own_buffer in booked.items():
        reach = max(own_buffer, buffer)
        yield from range(number - reach, number + reach + 1)
