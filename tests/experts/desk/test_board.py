"""The board: open bookings by state, what is late in words, and few queries however many there are."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from experts.booking import services
from experts.choices import BookingState, DayPart, Party
from experts.desk.board import MOST, Filters, board
from experts.models import Booking, BookingExpert, BookingOption, ExpertPage, OptionDayPart
from people.models import Organisation
from tests.experts.booking.making import slot
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
State = BookingState
OPEN = (State.REQUESTED, State.TREATMENT, State.PROPOSED, State.ACCEPTED, State.CONFIRMED, State.DELIVERED)


def make_open(number: int, expert: ExpertPage, organisation: Organisation) -> None:
    """So many open bookings, spread over the states, each with an expert and two days."""
    rows = Booking.objects.bulk_create(
        Booking(
            organisation=organisation,
            subject=f"Vraag {at}",
            question="?",
            offer_kind="advice",
            state=OPEN[at % len(OPEN)],
            turn=Party.VVSG,
            turn_until=timezone.localdate() + datetime.timedelta(days=at % 9 - 2),
        )
        for at in range(number)
    )
    BookingExpert.objects.bulk_create(BookingExpert(booking=row, expert=expert) for row in rows)
    options = BookingOption.objects.bulk_create(
        BookingOption(booking=row, rank=rank) for row in rows for rank in (1, 2)
    )
    day = timezone.localdate()
    OptionDayPart.objects.bulk_create(OptionDayPart(option=one, day=day, day_part=DayPart.MORNING) for one in options)


def names(columns):
    return {column.kind.name: [card.booking.subject for card in column.cards] for column in columns if column.cards}


def test_few_queries_at_500_open_bookings(desk, django_assert_max_num_queries):
    make_open(500, desk.parties.expert, desk.parties.organisation)
    client = desk.client()
    client.get(reverse("expert_desk:board"))

    with django_assert_max_num_queries(20):
        page = client.get(reverse("expert_desk:board"))

    assert page.context["total"] == 500
    late = Booking.objects.filter(turn_until__lt=timezone.localdate()).count()
    assert page.context["late"] == late > 0
    assert page.content.decode().count("desk-card ") + page.content.decode().count('"desk-card"') == MOST * len(OPEN)


def test_each_state_has_its_column_and_what_is_over_has_none(desk):
    for state in (State.REQUESTED, State.PROPOSED):
        desk.parties.booking(state, subject=state, options=[[slot(30 if state == State.REQUESTED else 40)]])
    gone = desk.parties.booking(State.REQUESTED, subject="weg", options=[[slot(50)]])
    services.withdraw(booking=gone, by=desk.parties.decider)
    desk.parties.draft(subject="concept", options=[[slot(60)]])

    found = names(board(Filters(), desk.parties.desk))
    assert found == {"aangevraagd": [State.REQUESTED], "voorgesteld": [State.PROPOSED]}


def test_what_is_late_comes_first_and_says_so_in_words(desk):
    on_time = desk.parties.booking(State.REQUESTED, subject="op tijd")
    late = desk.parties.booking(State.REQUESTED, subject="te laat", options=[[slot(40)]])
    Booking.objects.filter(pk=late.pk).update(turn_until=timezone.localdate() - datetime.timedelta(days=3))

    first, second = board(Filters(), desk.parties.desk)[0].cards
    assert (first.booking, first.late_days, bool(first.late)) == (late, 3, True)
    assert (second.booking, second.late) == (on_time, "")
    page = desk.client().get(reverse("expert_desk:board")).content.decode()
    assert "desk-card--late" in page
    assert first.late in page


def test_what_waits_for_nobody_is_never_late(desk):
    booking = desk.parties.booking(State.CONFIRMED)
    Booking.objects.filter(pk=booking.pk).update(turn_until=timezone.localdate() - datetime.timedelta(days=3))

    assert [column.late for column in board(Filters(), desk.parties.desk)] == [0] * 6


@pytest.fixture
def three(desk):
    parties = desk.parties
    treated = parties.booking(State.TREATMENT, subject="behandeld")
    urgent = parties.booking(State.REQUESTED, subject="dringend", is_urgent=True, options=[[slot(40)]])
    late = parties.booking(State.REQUESTED, subject="laat", options=[[slot(50)]])
    gent = make_organisation("Gent", province="oost-vlaanderen")
    Booking.objects.filter(pk=late.pk).update(
        turn_until=timezone.localdate() - datetime.timedelta(days=1),
        organisation=gent,
    )
    return treated, urgent, late


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=dring", {"dringend"}),
        ("q=gent", {"laat"}),
        ("provincie=oost-vlaanderen", {"laat"}),
        ("provincie=limburg", set()),
        ("dringend=on", {"dringend"}),
        ("laat=on", {"laat"}),
        ("mijn=on", {"behandeld"}),
        ("kolom=behandeling", {"behandeld"}),
        ("provincie=mars&kolom=onzin", {"behandeld", "dringend", "laat"}),
        ("", {"behandeld", "dringend", "laat"}),
    ],
)
def test_filters(desk, three, query, expected):
    columns = desk.client().get(f"{reverse('expert_desk:board')}?{query}").context["columns"]

    assert {subject for rows in names(columns).values() for subject in rows} == expected


def test_an_expert_is_found_by_name(desk, three):
    columns = board(Filters(text=desk.parties.expert.title), desk.parties.desk)

    assert sum(column.total for column in columns) == 3


def test_hostile_words_are_text(desk):
    desk.parties.booking(State.REQUESTED, subject="<script>alert(1)</script>")

    assert "<script>alert" not in desk.client().get(reverse("expert_desk:board")).content.decode()
