"""Sessions: day-parts of one day that follow each other are one appointment."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format, time_format

from experts.availability.appointments import runs
from experts.day_parts import Slot


@dataclass(frozen=True)
class Session:
    """An unbroken stretch within a day."""

    slots: tuple[Slot, ...]

    @property
    def starts_at(self) -> datetime.datetime:
        return self.slots[0].starts_at

    @property
    def ends_at(self) -> datetime.datetime:
        return self.slots[-1].ends_at

    @property
    def in_words(self) -> str:
        """“donderdag 3 december 2026, 9:00–12:30 (voormiddag)”."""
        parts = ", ".join(str(slot.part.label) for slot in self.slots)
        hours = f"{time_format(self.starts_at.time())}–{time_format(self.ends_at.time())}"
        return f"{date_format(self.slots[0].day, 'l j F Y')}, {hours} ({parts})"


def sessions(slots: Iterable[Slot]) -> list[Session]:
    return [Session(tuple(run)) for run in runs(slots)]
