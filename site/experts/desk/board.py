"""The board: every open booking in the column of its state, what is late first. A fixed number of queries."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from experts.booking import words
from experts.booking.permissions import OPEN_ANSWERS
from experts.choices import OVER, BookingState, Party
from experts.models import Booking, BookingEvent, BookingExpert
from people.models import User

State = BookingState
MOST = 40  # in one column; the rest behind a link


class ColumnKind(NamedTuple):
    name: str
    label: Any
    states: tuple[State, ...]


COLUMNS = (
    ColumnKind("aangevraagd", _("Requested"), (State.APPROVAL, State.REQUESTED)),
    ColumnKind("behandeling", _("Looking for an expert"), (State.TREATMENT, State.REFUSED)),
    ColumnKind("voorgesteld", _("Proposed"), (State.PROPOSED,)),
    ColumnKind("aanvaard", _("Accepted"), (State.ACCEPTED,)),
    ColumnKind("afgesproken", _("Agreed"), (State.CONFIRMED, State.MOVING)),
    ColumnKind("uitgevoerd", _("Delivered"), (State.DELIVERED, State.EVALUATED)),
)
ON_BOARD = tuple(state for column in COLUMNS for state in column.states)


@dataclass(frozen=True)
class Filters:
    """What the desk wants to see of it."""

    text: str = ""
    province: str = ""
    urgent: bool = False
    mine: bool = False
    late: bool = False
    column: str = ""


@dataclass
class Card:
    booking: Booking
    experts: list[str]
    days: str
    late_days: int

    @property
    def state(self) -> str:
        return words.state(self.booking)

    @property
    def turn(self) -> str:
        return words.turn(self.booking, {Party.VVSG})

    @property
    def late(self) -> str:
        """In words; empty when nothing is late."""
        number = self.late_days
        return ngettext("%(number)s day late", "%(number)s days late", number) % {"number": number} if number else ""


@dataclass
class Column:
    kind: ColumnKind
    cards: list[Card] = field(default_factory=list)
    more: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        return len(self.cards) + self.more


def waiting_for_vvsg() -> int:
    """How many bookings wait for VVSG: the number in the menu."""
    return Booking.objects.filter(turn=Party.VVSG, state__in=ON_BOARD).count()


def wanted(filters: Filters, user: User) -> "QuerySet[Booking]":
    found = Booking.objects.filter(state__in=ON_BOARD).select_related("organisation")
    if filters.text:
        named = BookingExpert.objects.filter(booking=OuterRef("pk"), expert__title__icontains=filters.text)
        text = Q(subject__icontains=filters.text) | Q(organisation__name__icontains=filters.text)
        found = found.filter(text | Exists(named))
    if filters.province:
        found = found.filter(organisation__province=filters.province)
    if filters.urgent:
        found = found.filter(is_urgent=True)
    if filters.mine:
        found = found.filter(Exists(BookingEvent.objects.filter(booking=OuterRef("pk"), by=user)))
    if filters.late:
        found = found.filter(turn_until__lt=timezone.localdate()).exclude(turn=Party.NOBODY)
    return found


def board(filters: Filters, user: User) -> list[Column]:
    """The late ones first, then the urgent ones, then by term. Cards are filled for what is shown only."""
    columns = {kind.name: Column(kind) for kind in COLUMNS if filters.column in ("", kind.name)}
    of_state = {state: columns[kind.name] for kind in COLUMNS if kind.name in columns for state in kind.states}
    bookings = list(wanted(filters, user).filter(state__in=of_state))
    today = timezone.localdate()
    bookings.sort(key=lambda one: (-late_days(one, today), not one.is_urgent, one.turn_until or today, one.pk))
    shown: dict[str, list[Booking]] = {name: [] for name in columns}
    for booking in bookings:
        column = of_state[State(booking.state)]
        column.late += late_days(booking, today) > 0
        if len(shown[column.kind.name]) < MOST or filters.column:
            shown[column.kind.name].append(booking)
        else:
            column.more += 1
    cards = {card.booking.pk: card for card in _cards([one for rows in shown.values() for one in rows], today)}
    for name, rows in shown.items():
        columns[name].cards = [cards[one.pk] for one in rows]
    return list(columns.values())


def late_days(booking: Booking, today: datetime.date) -> int:
    """Days since its term ended; 0 where nobody is to move."""
    if booking.turn_until is None or booking.turn == Party.NOBODY or booking.state in OVER:
        return 0
    return max((today - booking.turn_until).days, 0)


def _cards(bookings: list[Booking], today: datetime.date) -> list[Card]:
    prefetch_related_objects(bookings, "options__day_parts")
    experts = _experts_of(bookings)
    return [Card(one, experts.get(one.pk, []), _days(one), late_days(one, today)) for one in bookings]


def _experts_of(bookings: Iterable[Booking]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = BookingExpert.objects.filter(booking__in=list(bookings), answer__in=OPEN_ANSWERS)
    for pk, title in rows.values_list("booking_id", "expert__title"):
        found.setdefault(pk, []).append(title)
    return found


def _days(booking: Booking) -> str:
    """The chosen day, or the first of those asked: short, as a card is narrow."""
    options = sorted(booking.options.all(), key=lambda option: (not option.chosen, option.rank))
    slots = options[0].slots if options else []
    return f"{date_format(slots[0].day, 'j b Y')}, {slots[0].part.label}" if slots else ""
