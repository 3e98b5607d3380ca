"""Free in a period: a filter of the directory that only the database can answer, day by day."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.finding.options import Link
from experts.availability.freedom import free_experts
from experts.choices import DayPart, Place
from experts.directory.search import document_id
from people.models import Province
from practices.facets import PROVINCE
from search.params import Draft, FirstDayParameter, LastDayParameter
from search.query import Days, SearchRequest, Sort, Within

FIRST, LAST, PART = "vrij-van", "vrij-tot", "dagdeel"
OPEN_PERIOD = datetime.timedelta(days=27)  # where only one day is given: four weeks
HORIZON = datetime.timedelta(days=3 * 366)  # farther ahead nobody is free
LONGEST = datetime.timedelta(days=91)  # every day-part of every expert is looked at


@dataclass(frozen=True)
class Asked:
    """What stands in the address."""

    days: Days
    part: DayPart | None
    province: str

    @classmethod
    def read(cls, params: QueryDict) -> "Asked":
        """Whatever a reader sends, this does not raise."""
        draft = Draft()
        FirstDayParameter(FIRST).read(params, draft)
        LastDayParameter(LAST).read(params, draft)
        part, provinces = params.get(PART, ""), params.getlist(PROVINCE.name)
        return cls(
            draft.days,
            DayPart(part) if part in DayPart.values else None,
            provinces[0] if len(provinces) == 1 and provinces[0] in Province.values else "",
        )

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        first, last = self.days.first, self.days.last
        pairs = ((FIRST, first and first.isoformat()), (LAST, last and last.isoformat()), (PART, self.part))
        return tuple((name, str(value)) for name, value in pairs if value)


class FreeInPeriod:
    """The experts who are free in at least one day-part of a period. Asks the database once, and only if asked."""

    order: Sort | None = None
    stays = False

    def __init__(self, request: HttpRequest) -> None:
        self.asked = Asked.read(request.GET)

    @property
    def days(self) -> Days:
        return self.asked.days

    def __bool__(self) -> bool:
        return bool(self.asked.days or self.asked.part)

    @cached_property
    def period(self) -> tuple[datetime.date, datetime.date]:
        """From today at the earliest, no longer than is looked at; the last day before the first: nothing is free."""
        today = timezone.localdate()
        first = min(max(self.asked.days.first or today, today), today + HORIZON)
        last = self.asked.days.last or first + OPEN_PERIOD
        return first, min(last, first + LONGEST)

    @cached_property
    def within(self) -> Within | None:
        if not self:
            return None
        (first, last), province = self.period, self.asked.province
        place = Place.ON_SITE if province else Place.ONLINE  # travel counts once it is known where to
        found = free_experts(first, last, place=place, province=province, part=self.asked.part) if first <= last else ()
        return Within(frozenset(document_id(pk) for pk in found), self.asked.params)

    @property
    def anyway(self) -> str:
        return _("Whenever they are free")

    def otherwise(self, request: SearchRequest) -> SearchRequest:
        return request.without_within()

    @property
    def notices(self) -> list[str]:
        found = list(filter(None, self.asked.days.faults))
        last = self.asked.days.last
        if self and self.period[1] < self.period[0]:
            found.append(_("Nobody can be booked on these days. Choose days from today on."))
        elif last and self.period[1] < last:
            words = _("Shown: who is free until %(day)s. Choose a later first day to look further.")
            found.append(words % {"day": date_format(self.period[1])})
        return found

    @property
    def parts(self) -> list[tuple[str, str, bool]]:
        """Value, word, chosen."""
        return [(part.value, str(part.label), part == self.asked.part) for part in DayPart]

    def chips(self, request: SearchRequest) -> list[Link]:
        days, label = self.asked.days, _("Free in a period")
        found = []
        if days.first:
            text = _("free from %(day)s") % {"day": date_format(days.first)}
            found.append((text, replace(self.asked, days=Days(last=days.last))))
        if days.last:
            text = _("free until %(day)s") % {"day": date_format(days.last)}
            found.append((text, replace(self.asked, days=Days(first=days.first))))
        if self.asked.part:
            found.append((str(self.asked.part.label), replace(self.asked, part=None)))
        return [Link(text, _without(request, left), facet_label=label) for text, left in found]


def _without(request: SearchRequest, left: Asked) -> str:
    """The address with what is left of the period. Its ids are found anew there."""
    within = Within(frozenset(), left.params) if left.params else None
    return replace(request, within=within, page=1).url


def is_asked(request: HttpRequest) -> bool:
    return bool(FreeInPeriod(request))
