"""A day-part of a day: when it starts and ends, and what comes before and after it."""

import datetime
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from experts.choices import DayPart

BRUSSELS = ZoneInfo("Europe/Brussels")
HOURS = {
    DayPart.MORNING: (datetime.time(9), datetime.time(12, 30)),
    DayPart.AFTERNOON: (datetime.time(13), datetime.time(17)),
    DayPart.EVENING: (datetime.time(18, 30), datetime.time(22)),
}
ORDER = list(DayPart)


class Slot(NamedTuple):
    """A day-part of one day: sorts by time. In addresses and forms it is written as `2026-12-03-morning`."""

    day: datetime.date
    part: DayPart

    @classmethod
    def parse(cls, text: str) -> Self:
        """The opposite of `str`; raises ValueError for anything else."""
        day, _, part = text.strip().rpartition("-")
        return cls(datetime.date.fromisoformat(day), DayPart(part))

    def __str__(self) -> str:
        return f"{self.day.isoformat()}-{self.part.value}"

    def __lt__(self, other: tuple[object, ...]) -> bool:
        return self.number < other.number if isinstance(other, Slot) else NotImplemented

    @property
    def number(self) -> int:
        """Day-parts since the first day of the calendar: neighbours differ by one."""
        return self.day.toordinal() * len(ORDER) + ORDER.index(self.part)

    @classmethod
    def numbered(cls, number: int) -> Self:
        day, part = divmod(number, len(ORDER))
        return cls(datetime.date.fromordinal(day), ORDER[part])

    @property
    def starts_at(self) -> datetime.datetime:
        return datetime.datetime.combine(self.day, HOURS[self.part][0], BRUSSELS)

    @property
    def ends_at(self) -> datetime.datetime:
        return datetime.datetime.combine(self.day, HOURS[self.part][1], BRUSSELS)

    @property
    def in_words(self) -> str:
        """“donderdag 3 december 2026, voormiddag”."""
        return f"{date_format(self.day, 'l j F Y')}, {self.part.label}"
