"""Days and hours of Brussels: shifted by days an event keeps its hour, also over the change of clock."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from events.models import EventPage
from experts.availability.public_holidays import name_of_holiday

WINDOW = ("registration_opens_at", "registration_closes_at", "cancel_until")
DAY = datetime.timedelta(days=1)
MOST = 60  # copies in one go
SATURDAY = 5


def shifted(moment: datetime.datetime, days: int) -> datetime.datetime:
    """So many days later at the same hour of the clock. An hour that the clock skips becomes the next one."""
    local = timezone.localtime(moment)
    wanted = (local + days * DAY).replace(fold=0)
    return wanted.astimezone(datetime.UTC).astimezone(local.tzinfo)


def shift_window(event: EventPage, days: int) -> None:
    for name in WINDOW:
        if moment := getattr(event, name):
            setattr(event, name, shifted(moment, days))


def day_of(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()


# Rules


@dataclass(frozen=True)
class Rule:
    """Every so many weeks, or every so many months on the same weekday (“the third Thursday”)."""

    first: datetime.date
    every: int
    months: bool = False

    def days(self, *, times: int = 0, until: datetime.date | None = None) -> list[datetime.date]:
        """After the first one: so many, or all until a day; at most MOST."""
        found: list[datetime.date] = []
        for day in self._after():
            if len(found) >= (times or MOST) or len(found) >= MOST or (until is not None and day > until):
                return found
            found.append(day)
        return found

    def _after(self) -> Iterator[datetime.date]:
        for number in count(1):
            if self.months:
                yield same_weekday(self.first, self.every * number)
            else:
                yield self.first + 7 * self.every * number * DAY

    @property
    def in_words(self) -> str:
        """“every 2 weeks on Thursday”, “every month, on the third Thursday”."""
        weekday = date_format(self.first, "l")
        if not self.months:
            text = ngettext("every week on %(weekday)s", "every %(every)d weeks on %(weekday)s", self.every)
            return text % {"every": self.every, "weekday": weekday}
        which = {"every": self.every, "weekday": weekday, "ordinal": ordinal(self.first)}
        text = ngettext(
            "every month, on the %(ordinal)s %(weekday)s",
            "every %(every)d months, on the %(ordinal)s %(weekday)s",
            self.every,
        )
        return text % which


def ordinal(day: datetime.date) -> str:
    """Which of its weekday in the month; the fifth is the last."""
    words = (
        pgettext("ordinal", "first"),
        pgettext("ordinal", "second"),
        pgettext("ordinal", "third"),
        pgettext("ordinal", "fourth"),
        pgettext("ordinal", "last"),
    )
    return words[(day.day - 1) // 7]


def same_weekday(day: datetime.date, months: int) -> datetime.date:
    """So many months later, the same weekday of the month: the second Tuesday stays the second, a fifth is the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_weekday, length = calendar.monthrange(year, month + 1)
    number = 1 + (day.weekday() - first_weekday) % 7 + 7 * ((day.day - 1) // 7)
    return datetime.date(year, month + 1, number if number <= length else number - 7)


def warning_of(day: datetime.date) -> str:
    """Why an organiser might not want this day: a public holiday, a weekend, a day that is over."""
    if day < timezone.localdate():
        return _("This day is over.")
    if name := name_of_holiday(day):
        return _("Public holiday: %(name)s.") % {"name": name}
    return _("In the weekend.") if day.weekday() >= SATURDAY else ""
