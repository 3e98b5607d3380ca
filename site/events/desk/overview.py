"""The list of events: what comes, what was, what was cancelled and what is still written. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import programme
from events.desk.attention import Counts, needed
from events.models import EventEvaluation, EventPage, EventState, MailingRecipient, Registration, Session

PER_PAGE = 25
COMING, PAST, CANCELLED, DRAFTS = "komend", "voorbij", "geannuleerd", "concept"
TABS = {COMING: _("Upcoming"), PAST: _("Past"), CANCELLED: _("Cancelled"), DRAFTS: _("Not published")}


@dataclass
class Row:
    event: EventPage
    counts: Counts
    notes: list[str]

    @property
    def when(self) -> str:
        sessions = programme.sessions_of(self.event)
        return programme.time_in_words(sessions[0].starts_at, sessions[0].ends_at) if sessions else ""

    @property
    def more_sessions(self) -> int:
        return max(len(self.event.sessions.all()) - 1, 0)


def found(tab: str, text: str = "") -> "QuerySet[Any]":
    """The events of one tab, with moments `first` and `last`; what comes first first, what was last first."""
    events = EventPage.objects.annotate(first=Min("sessions__starts_at"), last=Max("sessions__ends_at"))
    cancelled, now = Q(running__cancelled_at__isnull=False), timezone.now()
    past = Q(last__lte=now)
    if tab == CANCELLED:
        events = events.filter(cancelled).order_by("-first", "pk")
    elif tab == DRAFTS:
        events = events.filter(~cancelled, live=False).order_by(F("first").asc(nulls_last=True), "pk")
    elif tab == PAST:
        events = events.filter(~cancelled & past, live=True).order_by("-last", "pk")
    else:
        events = events.filter(~cancelled & (Q(last__gt=now) | Q(last=None)), live=True)
        events = events.order_by(F("first").asc(nulls_last=True), "pk")
    if text:
        there = Session.objects.filter(event=OuterRef("pk"), venue__icontains=text)
        events = events.filter(Q(title__icontains=text) | Exists(there))
    return events.select_related("running", "private").prefetch_related("sessions")


def rows(events: Sequence[EventPage]) -> list[Row]:
    """With everything that a line says."""
    with_state(events)
    counts = counts_of(events)
    return [Row(event, counts[event.pk], needed(event, counts[event.pk])) for event in events]


def with_state(events: Sequence[EventPage]) -> None:
    """An event that nobody registered for may have no state yet; reading makes none."""
    for event in events:
        if not hasattr(event, "running"):
            event.running = EventState(event=event, wanted=event.capacity, capacity=event.capacity)


def counts_of(events: Sequence[EventPage]) -> dict[int, Counts]:
    """By event. Three queries."""
    counts: dict[int, Counts] = defaultdict(lambda: Counts({}))
    registered = Registration.objects.filter(event__in=events).order_by()
    for row in registered.values("event", "state").annotate(number=Count("pk")):
        counts[row["event"]].states[row["state"]] = row["number"]
    for row in _evaluated(events):
        counts[row["event"]].evaluations, counts[row["event"]].average = row["number"], row["average"]
    unsent = MailingRecipient.objects.filter(mailing__event__in=events, sent_at=None, mailing__finished_at=None)
    for left in unsent.order_by().values("mailing__event").annotate(number=Count("pk")):
        counts[left["mailing__event"]].unsent = left["number"]
    return counts


def _evaluated(events: Sequence[EventPage]) -> Any:
    found = EventEvaluation.objects.filter(event__in=events).order_by().values("event")
    return found.annotate(number=Count("pk"), average=Avg("useful"))
