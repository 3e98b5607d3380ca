"""Whom events reach, over a period: participants by year, kind, province, size class and role; the waiting lists; what
participants thought; and the municipalities of which nobody ever came.

An event counts in the year in which it begins. Cancelled events do not count, nor do registrations that were cancelled.
Nothing here needs a name: registrations that were made anonymous count as before.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Count, F, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.choices import COMING, EventKind, RegistrationState
from events.models import EventEvaluation, EventPage, Registration
from events.presence.evaluation import FEWEST, QUESTIONS
from people.models import Organisation, OrganisationKind, Province, Role, SizeClass
from practices.spreadsheet.tables import Table

State = RegistrationState
MOST_EVENTS = 50  # in the table of waiting lists


@dataclass(frozen=True)
class Period:
    """Both days included, in Brussels."""

    first: datetime.date
    last: datetime.date

    @property
    def moments(self) -> tuple[datetime.datetime, datetime.datetime]:
        """From the first moment to the first after it."""
        ends = (self.first, self.last + datetime.timedelta(days=1))
        start, end = (timezone.make_aware(datetime.datetime.combine(day, datetime.time.min)) for day in ends)
        return start, end


@dataclass
class Tally:
    """Of one group of registrations."""

    came: int = 0
    away: int = 0
    municipalities: set[int] = field(default_factory=set)
    events: set[int] = field(default_factory=set)

    def add(self, row: dict[str, Any]) -> None:
        self.events.add(row["event"])
        if row["state"] == State.ABSENT:
            self.away += 1
            return
        self.came += 1
        if row["organisation__kind"] == OrganisationKind.MUNICIPALITY:
            self.municipalities.add(row["organisation"])

    @property
    def cells(self) -> list[Any]:
        share = round(100 * self.away / (self.came + self.away)) if self.came + self.away else None
        return [self.came, len(self.municipalities), len(self.events), self.away, share]


def events_in(period: Period) -> "QuerySet[Any]":
    """Those that began in the period and were not cancelled, with that moment as `first`."""
    start, end = period.moments
    begun = EventPage.objects.annotate(first=Min("sessions__starts_at")).filter(first__gte=start, first__lt=end)
    return begun.filter(first__lte=timezone.now()).exclude(running__cancelled_at__isnull=False)


def tables(period: Period) -> list[Table]:
    """Every table of the period, in a fixed number of queries."""
    events = {row["pk"]: row for row in events_in(period).values("pk", "title", "kind", "capacity", "first")}
    rows = _registrations(events)
    unknown = _("unknown")
    kinds, provinces, sizes, roles = (dict(one.choices) for one in (EventKind, Province, SizeClass, Role))
    return [
        _by("jaar", _("By year"), rows, lambda row: str(timezone.localtime(events[row["event"]]["first"]).year)),
        _by("soort", _("By kind"), rows, lambda row: kinds.get(events[row["event"]]["kind"], unknown)),
        _by("provincie", _("By province"), rows, lambda row: provinces.get(row["organisation__province"], unknown)),
        _by("grootte", _("By size class"), rows, lambda row: sizes.get(row["organisation__size_class"], unknown)),
        _by("rol", _("By role"), rows, lambda row: roles.get(row["role"], unknown)),
        _waiting(events),
        _scores(events),
        _scores_of_events(events),
    ]


def _registrations(events: Iterable[int]) -> list[dict[str, Any]]:
    names = ("organisation", "organisation__kind", "organisation__province", "organisation__size_class")
    found = Registration.objects.filter(event__in=list(events), state__in=COMING).order_by()
    return [dict(row) for row in found.values("event", "state", "role", *names)]


def _by(name: str, title: str, rows: Iterable[dict[str, Any]], group: Callable[[dict[str, Any]], Any]) -> Table:
    """The largest first; years in their order."""
    tallies: dict[str, Tally] = {}
    for row in rows:
        tallies.setdefault(str(capfirst(group(row))), Tally()).add(row)
    lines = [[label, *tally.cells] for label, tally in tallies.items()]
    lines.sort(key=(lambda line: line[0]) if name == "jaar" else (lambda line: (-line[1], line[0])))
    heads = [title, _("Participants"), _("Municipalities"), _("Events"), _("Stayed away"), _("Stayed away, %")]
    return Table(name, title, heads, lines)


def _waiting(events: dict[int, dict[str, Any]]) -> Table:
    """How many wanted to come and had to wait; the events with most of them first."""
    waited = Count("pk", filter=Q(queued_at__isnull=False))
    got = Count("pk", filter=Q(queued_at__isnull=False, state__in=COMING))
    asked = Registration.objects.filter(event__in=list(events)).order_by().values("event")
    rows = [
        [events[row["event"]]["title"], row["waited"], row["got"], row["asked"], events[row["event"]]["capacity"]]
        for row in asked.annotate(asked=Count("pk"), waited=waited, got=got)
        if row["waited"]
    ]
    rows.sort(key=lambda line: (-line[1], line[0]))
    heads = [_("Event"), _("Had to wait"), _("Of those got a place"), _("Registrations in all"), _("Places")]
    note = _("Where many had to wait, another edition is worth while.")
    return Table("wachtlijst", _("Pressure on the waiting lists"), heads, rows[:MOST_EVENTS], note=note)


def _scores(events: Iterable[int]) -> Table:
    found = EventEvaluation.objects.filter(event__in=list(events))
    averages = found.aggregate(number=Count("pk"), **{name: Avg(name) for name in QUESTIONS})
    rows = []
    if averages["number"] >= FEWEST:
        rows = [[str(EventEvaluation._meta.get_field(name).verbose_name), _short(averages[name])] for name in QUESTIONS]  # type: ignore[union-attr]
    return Table("evaluatie", _("What participants thought"), [_("Question"), _("Average of 5")], rows)


def _scores_of_events(events: dict[int, dict[str, Any]]) -> Table:
    """Of one event nothing is told below three answers: it would say who thought so."""
    found = EventEvaluation.objects.filter(event__in=list(events)).order_by().values("event")
    scores = found.annotate(number=Count("pk"), of_useful=Avg("useful"), of_recommend=Avg("recommend"))
    rows = [
        [events[row["event"]]["title"], _short(row["of_useful"]), _short(row["of_recommend"]), row["number"]]
        for row in scores.filter(number__gte=FEWEST)
    ]
    rows.sort(key=lambda line: (-line[1], line[0]))
    heads = [_("Event"), _("Useful, of 5"), _("Would recommend it, of 5"), _("Answers")]
    return Table("vormingen", _("Evaluation of each event"), heads, rows, note=_("With three answers or more."))


def _short(average: Any) -> Any:
    return None if average is None else round(float(average), 1)


# Who is not reached


def unreached(period: Period, province: str = "", size_class: str = "") -> "QuerySet[Organisation]":
    """The municipalities of today of which nobody took part in the period; `last` is when somebody did last.

    Whoever was of a municipality that merged counts for its successor: registrations move along.
    """
    there = Registration.objects.filter(event__in=events_in(period), state__in=(State.REGISTERED, State.PRESENT))
    took_part = Q(
        registrations__state__in=(State.REGISTERED, State.PRESENT), registrations__event__running__cancelled_at=None
    )
    took_part &= Q(registrations__event__sessions__starts_at__lte=timezone.now())
    found = Organisation.objects.municipalities().exclude(
        pk__in=there.exclude(organisation=None).values("organisation")
    )
    if province:
        found = found.filter(province=province)
    if size_class:
        found = found.filter(size_class=size_class)
    last = Max("registrations__event__sessions__starts_at", filter=took_part)
    return found.annotate(last=last).order_by(F("last").asc(nulls_first=True), "name")


def reached(period: Period) -> int:
    """How many municipalities took part."""
    there = Registration.objects.filter(event__in=events_in(period), state__in=(State.REGISTERED, State.PRESENT))
    return (
        Organisation.objects.municipalities()
        .filter(pk__in=there.exclude(organisation=None).values("organisation"))
        .count()
    )
