"""Reads of bookings that more than one page needs."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When

from experts.booking import words
from experts.booking.permissions import OPEN_ANSWERS
from experts.choices import OVER, Answer, Party
from experts.models import Booking, BookingExpert, BookingOption
from people.models import Membership, Role, User

OPEN_FIRST = Case(When(state__in=OVER, then=Value(1)), default=Value(0), output_field=IntegerField())


class Entry(NamedTuple):
    """A line of a list. `link` is False for who is no party any more."""

    booking: Booking
    state: str
    turn: str
    days: list[str]
    experts: str
    link: bool = True


def of_municipality(user: User) -> QuerySet[Booking]:
    """All of the municipalities for which she decides, and her own; what is open first."""
    member = Membership.objects.active().filter(user=user)
    decides = member.with_role(Role.DECIDER).values("organisation")
    mine = Q(organisation__in=decides) | Q(requested_by=user, organisation__in=member.values("organisation"))
    return _full(Booking.objects.filter(mine)).order_by(OPEN_FIRST, "-created_at", "-pk")


def asked_of(experts: Iterable[int]) -> QuerySet[BookingExpert]:
    """What experts (keys) were asked; what waits for an answer first."""
    rows = BookingExpert.objects.filter(expert__in=experts, asked_at__isnull=False)
    order = Case(When(answer="waiting", then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = rows.select_related("booking__organisation", "expert")
    return rows.prefetch_related("booking__options__day_parts").order_by(order, "-asked_at", "-pk")


def options_to_accept(booking: Booking, *, moving: bool = False) -> QuerySet[BookingOption]:
    """Every possibility; once one of two experts took one, that one alone: they come together."""
    taken = booking.asked.filter(answer=Answer.ACCEPTED, option__moving=moving).values("option")
    rows = booking.options.filter(moving=moving).prefetch_related("day_parts")
    return rows.filter(pk__in=taken) if taken.exists() else rows


def _full(found: QuerySet[Booking]) -> QuerySet[Booking]:
    asked = Prefetch("asked", BookingExpert.objects.select_related("expert"))
    return found.select_related("organisation").prefetch_related("options__day_parts", asked)


def entries(found: Iterable[Booking], user: User) -> list[Entry]:
    """For the municipality."""
    deciding = Membership.objects.active().with_role(Role.DECIDER).filter(user=user)
    decides = set(deciding.values_list("organisation_id", flat=True))
    rows = []
    for booking in found:
        parties = {Party.MUNICIPALITY} | ({Party.DECIDER} if booking.organisation_id in decides else set())
        experts = ", ".join(row.expert.title for row in booking.asked.all() if row.answer in OPEN_ANSWERS)
        rows.append(Entry(booking, words.state(booking), words.turn(booking, parties), _days(booking), experts))
    return rows


def entries_for_expert(found: Iterable[BookingExpert]) -> list[Entry]:
    """What she was asked; of what she refused or is no longer asked for only that it was."""
    rows = []
    for row in found:
        booking, link = row.booking, row.answer in OPEN_ANSWERS
        state = words.state(booking) if link else row.get_answer_display()
        turn = words.turn(booking, {Party.EXPERT}) if link else ""
        rows.append(Entry(booking, state, turn, _days(booking) if link else [], row.expert.title, link))
    return rows


def _days(booking: Booking) -> list[str]:
    options = [option for option in booking.options.all() if not option.moving]
    chosen = [option for option in options if option.chosen]
    return [words.option(option) for option in chosen or options]
