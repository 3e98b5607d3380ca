"""A month of events as a table: weeks of seven days, each with what takes place."""

import calendar
import datetime
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format

from core.finding.listing import Listing
from events.directory.cards import EventCard
from events.directory.when import InMonth, nearest
from events.models import EventPage
from people.audiences import visible_to

LONGEST = 62  # days of one session that are shown: an editor may have mistyped a year


@dataclass(frozen=True)
class Entry:
    """An event on a day; `hour` is empty where it began on a day before."""

    card: EventCard
    starts_at: datetime.datetime
    hour: str


@dataclass(frozen=True)
class Cell:
    """A day; None for one of another month."""

    day: datetime.date | None
    events: list[Entry] = field(default_factory=list)
    is_today: bool = False


@dataclass(frozen=True)
class Month:
    title: str
    weekdays: list[datetime.date]
    weeks: list[list[Cell]]
    before: str = ""
    before_url: str = ""
    after: str = ""
    after_url: str = ""
    next: str = ""
    next_url: str = ""


def month_of(listing: Listing) -> Month:
    """Of a listing that is narrowed to a month."""
    narrowing = listing.narrowing
    if not isinstance(narrowing, InMonth):
        raise TypeError("the calendar shows a month")
    days = _by_day([hit.result.card for hit in listing.hits])
    today = timezone.localdate()
    weeks = calendar.Calendar().monthdatescalendar(narrowing.first.year, narrowing.first.month)

    def cell(day: datetime.date) -> Cell:
        inside = day.month == narrowing.first.month
        return Cell(day, days.get(day, []), day == today) if inside else Cell(None)

    def step(first: datetime.date | None) -> tuple[str, str]:
        return (date_format(first, "F Y"), narrowing.url(listing.request, first)) if first else ("", "")

    filled = bool(listing.hits)
    return Month(
        narrowing.title,
        weeks[0],
        [[cell(day) for day in week] for week in weeks],
        *step(narrowing.before),
        *step(narrowing.after),
        *step(None if filled else nearest(visible_to(EventPage.objects.all(), listing.reader), narrowing.after)),
    )


def _by_day(cards: list[EventCard]) -> dict[datetime.date, list[Entry]]:
    """Every session on each of its days, in the order of time; an event once a day."""
    found: dict[datetime.date, dict[int, Entry]] = {}
    for card in cards:
        for session in card.sessions:
            start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
            for number in range(min((end.date() - start.date()).days + 1, LONGEST)):
                day = start.date() + datetime.timedelta(days=number)
                hour = date_format(start, "G.i") if number == 0 else ""
                found.setdefault(day, {}).setdefault(card.page.pk, Entry(card, session.starts_at, hour))
    return {day: sorted(rows.values(), key=lambda entry: entry.starts_at) for day, rows in found.items()}
