"""What is coming, what is past, or one month: filters of the calendar that the database answers, by its own clock."""

import datetime
import re
from dataclasses import replace
from functools import cached_property

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.finding.options import Link
from core.page_cache import fresh_for
from events.directory.facets import MONTH, YEARS_AHEAD, YEARS_BACK
from events.directory.search import document_id
from events.models import EventPage, Session
from search.query import SearchRequest, Sort, Within

WHEN, PAST = "wanneer", "voorbij"
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


class ComingOrPast:
    """The events that are not over yet; or those that are, where the reader asks for them."""

    stays = True

    def __init__(self, request: HttpRequest) -> None:
        self.is_past = request.GET.get(WHEN) == PAST

    @cached_property
    def _both(self) -> dict[bool, Within]:
        """What is past, and what is not. An answer is kept until the first of them ends."""
        now = timezone.now()
        ends = dict(EventPage.objects.live().annotate(ends=Max("sessions__ends_at")).values_list("pk", "ends"))
        coming = {pk: end for pk, end in ends.items() if end is not None and end > now}
        if coming:
            fresh_for((min(coming.values()) - now).total_seconds())
        return {
            True: Within(frozenset(map(document_id, ends.keys() - coming.keys())), ((WHEN, PAST),)),
            False: Within(frozenset(map(document_id, coming))),
        }

    @property
    def within(self) -> Within:
        return self._both[self.is_past]

    def otherwise(self, request: SearchRequest) -> SearchRequest:
        return replace(request, within=self._both[not self.is_past], page=1)

    @property
    def order(self) -> Sort:
        return Sort.LATEST if self.is_past else Sort.SOONEST

    @property
    def notices(self) -> list[str]:
        return []

    @property
    def anyway(self) -> str:
        return _("Upcoming events") if self.is_past else _("Past events")

    def chips(self, request: SearchRequest) -> list[Link]:
        return [Link(_("Past"), coming_url(request), facet_label=_("When"))] if self.is_past else []


def coming_url(request: SearchRequest) -> str:
    return _at(request, ())


def past_url(request: SearchRequest) -> str:
    return _at(request, ((WHEN, PAST),))


def _at(request: SearchRequest, params: tuple[tuple[str, str], ...]) -> str:
    """The same words and filters at another time. The ids are found anew there."""
    return replace(request, within=Within(frozenset(), params), page=1).url


class InMonth:
    """The events of the month in the address; of this month where there is none, or no month at all."""

    order: Sort | None = Sort.SOONEST
    stays = True
    anyway = ""

    def __init__(self, request: HttpRequest) -> None:
        today = timezone.localdate()
        asked = request.GET.get(MONTH.name, "")
        self.first = month_of(asked) or today.replace(day=1)
        self.is_understood = not asked or month_of(asked) is not None

    @cached_property
    def within(self) -> Within:
        start, end = midnight(self.first), midnight(following(self.first))
        here = Session.objects.filter(event__live=True, starts_at__lt=end, ends_at__gt=start)
        ids = here.values_list("event_id", flat=True).distinct()
        return Within(frozenset(map(document_id, ids)), self.params)

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        return ((MONTH.name, f"{self.first:%Y-%m}"),)

    @property
    def notices(self) -> list[str]:
        return [] if self.is_understood else [_("This is no month of the calendar. You see this month.")]

    def otherwise(self, request: SearchRequest) -> SearchRequest | None:
        return None  # the month is a place, not a filter

    def chips(self, request: SearchRequest) -> list[Link]:
        return []

    def url(self, request: SearchRequest, first: datetime.date) -> str:
        """The same words and filters in another month."""
        return _at(request, ((MONTH.name, f"{first:%Y-%m}"),))

    @property
    def before(self) -> datetime.date | None:
        return within_years((self.first - datetime.timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> datetime.date | None:
        return within_years(following(self.first))

    @property
    def title(self) -> str:
        return date_format(self.first, "F Y")


def month_of(text: str) -> datetime.date | None:
    """The first day of “2026-12”; None for what is no month, or much too far off."""
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return within_years(datetime.date(max(int(found[1]), 1), int(found[2]), 1))


def within_years(first: datetime.date) -> datetime.date | None:
    year = timezone.localdate().year
    return first if year - YEARS_BACK <= first.year <= year + YEARS_AHEAD else None


def following(first: datetime.date) -> datetime.date:
    """The first day of the next month."""
    return (first + datetime.timedelta(days=31)).replace(day=1)


def midnight(day: datetime.date) -> datetime.datetime:
    """Its first moment in Brussels."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def nearest(events: "QuerySet[EventPage]", after: datetime.date | None) -> datetime.date | None:
    """The first month with an event after this one, or else from now on."""
    moments = [max(midnight(after), timezone.now())] if after else []
    for moment in [*moments, timezone.now()]:
        found = events.filter(sessions__starts_at__gte=moment).aggregate(first=Min("sessions__starts_at"))["first"]
        if found is not None:
            return timezone.localtime(found).date().replace(day=1)
    return None
