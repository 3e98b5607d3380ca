"""The figures of the pool in one year: what was asked, what came of it, what it cost, and what the pool lacks.

A booking counts in the year in which it was sent. Nothing here needs a name of a person or a text: bookings that were
made anonymous count as before.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Exists, F, OuterRef
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from experts.booking.quota import pool_standing
from experts.choices import AGREED, Answer, BookingState, OfferKind, RefusalReason
from experts.models import Booking, BookingExpert, BookingOption, Evaluation
from people.models import Province
from practices.spreadsheet.tables import Table
from taxonomy.levels import PreventionLevel

State = BookingState
CAPACITY = (RefusalReason.NO_TIME, RefusalReason.NO_CAPACITY)
DAY = datetime.timedelta(days=1)
QUESTIONS = ("answered", "usable", "expertise", "organised", "again")


def _cents(amount: Decimal | None) -> Decimal:
    return (amount or Decimal()).quantize(Decimal("0.01"))


@dataclass
class Tally:
    """Of one group of bookings."""

    asked: int = 0
    agreed: int = 0
    without: int = 0
    capacity: int = 0
    euro: Decimal = field(default_factory=Decimal)

    def add(self, row: dict[str, Any]) -> None:
        self.asked += 1
        self.agreed += row["agreed"]
        self.without += row["without"]
        self.capacity += row["capacity"]
        self.euro += row["pool_cost"] if row["agreed"] else 0

    @property
    def cells(self) -> list[Any]:
        return [self.asked, self.agreed, self.without, self.capacity, _cents(self.euro)]


def years() -> list[int]:
    """With at least one request, and this year; the newest first."""
    found = Booking.objects.filter(requested_at__isnull=False).annotate(year=ExtractYear("requested_at"))
    return sorted(
        {timezone.localdate().year, *found.order_by().values_list("year", flat=True).distinct()}, reverse=True
    )


def tables(year: int) -> list[Table]:
    """Every table of the year, in a fixed number of queries."""
    rows = _bookings(year)
    themes = _themes(rows)
    provinces, levels, kinds = dict(Province.choices), dict(PreventionLevel.choices), dict(OfferKind.choices)
    unknown = _("unknown")
    return [
        _money(year),
        _table("kwartaal", _("By quarter"), rows, lambda row: [_quarter(row)], order=[f"K{n}" for n in range(1, 5)]),
        _table("provincie", _("By province"), rows, lambda row: [str(provinces.get(row["province"], unknown))]),
        _table("thema", _("By theme"), rows, lambda row: themes.get(row["pk"], [unknown])),
        _table("niveau", _("By prevention level"), rows, lambda row: [str(levels.get(row["level"], unknown))]),
        _table("aanbod", _("By what was asked"), rows, lambda row: [str(kinds.get(row["offer_kind"], unknown))]),
        _experts(year),
        _reasons(year),
        _scores(year),
    ]


def _bookings(year: int) -> list[dict[str, Any]]:
    chosen = BookingOption.objects.filter(booking=OuterRef("pk"), chosen=True)
    refused = BookingExpert.objects.filter(booking=OuterRef("pk"), answer=Answer.REFUSED, refusal__in=CAPACITY)
    found = Booking.objects.filter(requested_at__year=year, merged_into=None).annotate(
        province=F("organisation__province"), has_day=Exists(chosen), capacity=Exists(refused)
    )
    names = ("pk", "requested_at", "state", "province", "level", "offer_kind", "pool_cost", "has_day", "capacity")
    rows: list[dict[str, Any]] = [dict(row) for row in found.order_by().values(*names)]
    for row in rows:
        delivered = row["state"] in (State.DELIVERED, State.EVALUATED) or (
            row["state"] == State.CLOSED and row["has_day"]
        )
        row["agreed"] = delivered or row["state"] in AGREED
        row["without"] = row["state"] in (State.REFUSED, State.EXPIRED) or (
            row["state"] == State.CLOSED and not delivered
        )
    return rows


def _themes(rows: Iterable[dict[str, Any]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    carried = Booking.themes.through._default_manager.filter(booking__in=[row["pk"] for row in rows])
    for pk, label in carried.order_by("concept__label").values_list("booking_id", "concept__label"):
        found[pk].append(label)
    return found


def _quarter(row: dict[str, Any]) -> str:
    return f"K{(timezone.localtime(row['requested_at']).month + 2) // 3}"


def _table(
    name: str, title: str, rows: Iterable[dict[str, Any]], groups: Callable[..., list[str]], order: Iterable[str] = ()
) -> Table:
    """Groups in the given order, else the largest first."""
    tallies: dict[str, Tally] = {label: Tally() for label in order}
    for row in rows:
        for label in groups(row):
            tallies.setdefault(str(label), Tally()).add(row)
    lines = [[label, *tally.cells] for label, tally in tallies.items()]
    if not order:
        lines.sort(key=lambda line: (-line[1], line[0]))
    heads = [title, _("Requests"), _("Agreed"), _("Without an expert"), _("Refused for want of capacity"), _("Euro")]
    return Table(name, title, heads, lines)


def _experts(year: int) -> Table:
    lines: dict[int, list[Any]] = {}
    waits: dict[int, list[float]] = defaultdict(list)
    rows = BookingExpert.objects.filter(asked_at__year=year).values(
        "expert_id", "expert__title", "answer", "refusal", "asked_at", "answered_at"
    )
    for row in rows:
        line = lines.setdefault(row["expert_id"], [row["expert__title"], 0, 0, 0, 0, None])
        line[1] += 1
        line[2] += row["answer"] == Answer.ACCEPTED
        line[3] += row["answer"] == Answer.REFUSED
        line[4] += row["answer"] == Answer.REFUSED and row["refusal"] in CAPACITY
        if row["answered_at"] and row["asked_at"]:
            waits[row["expert_id"]].append((row["answered_at"] - row["asked_at"]) / DAY)
    for pk, days in waits.items():
        lines[pk][5] = round(sum(days) / len(days), 1)
    heads = [_("Expert"), _("Asked"), _("Accepted"), _("Refused"), _("For want of capacity"), _("Days to answer")]
    return Table("expert", _("By expert"), heads, sorted(lines.values(), key=lambda line: (-line[1], line[0])))


def _reasons(year: int) -> Table:
    counts = {str(reason.value): 0 for reason in RefusalReason}
    refused = BookingExpert.objects.filter(answer=Answer.REFUSED, answered_at__year=year)
    for reason in refused.values_list("refusal", flat=True):
        counts[reason] = counts.get(reason, 0) + 1
    labels = dict(RefusalReason.choices)
    rows = [[str(capfirst(labels.get(reason, _("unknown")))), number] for reason, number in counts.items()]
    note = _("Want of time and of capacity together is what the pool lacks; see the same column of the other tables.")
    return Table("weigering", _("Why experts refused"), [_("Reason"), _("Times")], rows, note=note)


def _scores(year: int) -> Table:
    found = Evaluation.objects.filter(at__year=year)
    averages = found.aggregate(**{name: Avg(name) for name in QUESTIONS})
    rows = [
        [str(Evaluation._meta.get_field(name).verbose_name), round(averages[name], 1)]  # type: ignore[union-attr]
        for name in QUESTIONS
        if averages[name] is not None
    ]
    return Table("evaluatie", _("What municipalities answered"), [_("Question"), _("Average of 5")], rows)


def _money(year: int) -> Table:
    standing = pool_standing(year)
    rows: list[list[Any]] = [[_("Used"), _cents(standing.used)], [_("Held"), _cents(standing.held)]]
    if standing.total is not None:
        rows += [[_("Left"), _cents(standing.left)], [_("Budget with what was added"), _cents(standing.total)]]
    note = "" if standing.total is not None else _("No budget is set for this year.")
    return Table("budget", _("Budget of the pool"), [_("Part"), _("Euro")], rows, note=note)
