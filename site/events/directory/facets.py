"""The facets of events: their names in the address, their order, the words of their values."""

import datetime
from functools import lru_cache

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.finding.facets import ListedFacet, Order, words_of
from events.choices import Attendance, EventKind
from practices.facets import FORM, LEVEL, PROVINCE, SECTOR, THEME

YEARS_BACK, YEARS_AHEAD = 10, 3  # farther off there is no calendar


class Cost(TextChoices):
    FREE = "gratis", _("free of charge")
    PAID = "betalend", _("paid")


def _months() -> dict[str, str]:
    return _months_around(timezone.localdate().year, get_language())


@lru_cache(maxsize=4)
def _months_around(year: int, language: str | None) -> dict[str, str]:
    """Every month that an event may be in, in the order of time: “2026-12” → “december 2026”."""
    years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
    days = (datetime.date(each, month, 1) for each in years for month in range(1, 13))
    return {f"{day:%Y-%m}": date_format(day, "F Y") for day in days}


KIND_OF_EVENT = ListedFacet("activiteit", _("Kind of event"), words=words_of(EventKind), order=Order.WORDS)
ATTENDANCE = ListedFacet("deelname", _("How you take part"), words=words_of(Attendance), order=Order.WORDS)
COST = ListedFacet("prijs", _("Price"), words=words_of(Cost), order=Order.WORDS)
MONTH = ListedFacet("maand", _("Month"), words=_months, order=Order.WORDS)

# Of the calendar, which has a month of its own; of the list; of the search page, which has many more.
CALENDAR = (KIND_OF_EVENT, LEVEL, THEME, SECTOR, FORM, ATTENDANCE, PROVINCE, COST)
LISTED = (MONTH, *CALENDAR)
SEARCHED = (KIND_OF_EVENT, LEVEL, THEME, SECTOR, FORM, PROVINCE)
