"""Never twice: with fifty connections on PostgreSQL, and what happens without the constraint."""

from collections import Counter
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client

from experts.availability import freedom
from experts.booking import links, services
from experts.booking.exceptions import SlotTaken
from experts.choices import BookingState as State
from experts.models import BookedDayPart, Booking, PoolYear
from tests.experts.booking.making import make_parties, slot
from tests.experts.booking.racing import at_once
from tests.experts.factories import make_decider
from tests.factories import make_organisation

CONNECTIONS = 50
pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs several connections")


def doubly_booked() -> int:
    rows = BookedDayPart.objects.values("expert", "day", "day_part").annotate(times=Count("pk"))
    return rows.filter(times__gt=1).count()


@contextmanager
def without_the_constraint():
    """The control: what keeps a day-part from being given twice is taken away."""
    every = list(BookedDayPart._meta.constraints)
    (constraint,) = [one for one in every if one.name == "expert_day_part_never_twice"]
    BookedDayPart._meta.constraints = [one for one in every if one is not constraint]
    try:
        with connection.schema_editor() as editor:
            editor.remove_constraint(BookedDayPart, constraint)
        yield
    finally:
        BookedDayPart.objects.all().delete()
        BookedDayPart._meta.constraints = every
        with connection.schema_editor() as editor:
            editor.add_constraint(BookedDayPart, constraint)


def rivals(number: int, option):
    """So many municipalities that each want the same expert for the same option."""
    parties = make_parties()
    for _number in range(number):
        decider = make_decider(make_organisation())
        parties.organisation = decider.memberships.get().organisation
        yield parties.draft(by=decider, options=[option]), decider


def asking(number: int):
    return [
        lambda booking=booking, by=by: services.submit(booking=booking, by=by)
        for booking, by in rivals(number, [slot(30)])
    ]


@on_postgresql
def test_fifty_ask_for_one_day_part_and_one_gets_it():
    results = at_once(asking(CONNECTIONS))

    assert results == Counter(done=1, SlotTaken=CONNECTIONS - 1)
    assert BookedDayPart.objects.count() == 1
    assert Counter(Booking.objects.values_list("state", flat=True)) == {State.REQUESTED: 1, State.DRAFT: 49}


@on_postgresql
def test_without_the_constraint_fifty_are_booked_double():
    with without_the_constraint():
        results = at_once(asking(CONNECTIONS))

        assert results["done"] > 1
        assert doubly_booked() == 1


@on_postgresql
def test_options_that_overlap_in_any_order_wait_for_nobody_for_ever():
    parties = make_parties()
    steps = []
    for shift in range(12):
        decider = make_decider(make_organisation())
        parties.organisation = decider.memberships.get().organisation
        days = [slot(30 + (shift + step) % 4) for step in range(3)]
        booking = parties.draft(by=decider, options=[[one] for one in days])
        steps.append(lambda booking=booking, by=decider: services.submit(booking=booking, by=by))

    assert at_once(steps) == Counter(done=1, SlotTaken=11)
    assert doubly_booked() == 0


@on_postgresql
def test_accepting_and_withdrawing_at_once_does_one_of_them():
    parties = make_parties()
    booking = parties.booking(State.PROPOSED)
    accept = lambda: services.accept(  # noqa: E731
        booking=booking, expert=parties.expert, option=parties.option(booking), by=parties.acting, seen=booking.version
    )
    withdraw = lambda: services.withdraw(booking=booking, by=parties.decider, seen=booking.version)  # noqa: E731

    assert at_once([accept, withdraw]) == Counter(done=1, StaleBooking=1)
    booking.refresh_from_db()
    assert booking.booked.count() == (1 if booking.state == State.ACCEPTED else 0)


@on_postgresql
def test_a_link_used_four_times_at_once_answers_once():
    parties = make_parties()
    booking = parties.booking(State.PROPOSED)
    row = booking.asked.get()
    address = urlsplit(links.answer_url(row, parties.option(booking), parties.acting)).path
    answers = []

    def click() -> None:
        answers.append(Client().post(address, {"seen": booking.version}).status_code)

    assert at_once([click] * 4) == Counter(done=4)
    assert answers.count(200) == 1
    assert set(answers) <= {200, 409, 410}
    assert booking.history.filter(action="accept").count() == 1
    assert BookedDayPart.objects.count() == 1


@on_postgresql
def test_accepting_and_refusing_by_link_at_once_does_one_of_them():
    parties = make_parties()
    booking = parties.booking(State.PROPOSED)
    given = {"booking": booking, "expert": parties.expert, "by": parties.acting, "seen": booking.version}
    accept = partial(services.accept, option=parties.option(booking), by_link=True, **given)
    refuse = partial(services.refuse, reason="no_time", by_link=True, **given)

    assert at_once([accept, refuse]) == Counter(done=1, StaleBooking=1)
    booking.refresh_from_db()
    assert BookedDayPart.objects.count() == (1 if booking.state == State.ACCEPTED else 0)


@on_postgresql
@pytest.mark.parametrize(("budget", "quota", "error"), [(10_000, 3, "QuotaExceeded"), (750, 100, "BudgetExceeded")])
def test_no_more_is_asked_at_once_than_quota_and_budget_allow(budget, quota, error):
    parties = make_parties()
    for year in {slot(days).day.year for days in range(30, 40)}:
        PoolYear.objects.create(year=year, budget=budget).quotas.create(day_parts=quota)
    first = next(days for days in range(30, 60) if slot(days).day.year == slot(days + 8).day.year)
    drafts = [parties.draft(options=[[slot(first + number)]]) for number in range(8)]
    for year in {slot(first).day.year} - set(PoolYear.objects.values_list("year", flat=True)):
        PoolYear.objects.create(year=year, budget=budget).quotas.create(day_parts=quota)

    results = at_once(
        lambda booking=booking: services.submit(booking=booking, by=parties.decider) for booking in drafts
    )

    assert results == Counter({"done": 3, error: 5})


@pytest.fixture
def _both_looked_before_either_wrote(monkeypatch):
    """What a race comes down to, without threads: every day-part looks free."""
    monkeypatch.setattr(freedom, "is_free", lambda *args, **kwargs: [])


@pytest.mark.usefixtures("_both_looked_before_either_wrote")
def test_the_database_refuses_what_the_check_let_through():
    (first, by), (second, rival) = rivals(2, [slot(30)])
    services.submit(booking=first, by=by)

    with pytest.raises(SlotTaken) as caught:
        services.submit(booking=second, by=rival)
    assert caught.value.taken == [slot(30)]
    assert caught.value.alternatives
    assert doubly_booked() == 0


@pytest.mark.usefixtures("_both_looked_before_either_wrote")
def test_without_the_constraint_the_same_is_booked_double():
    with without_the_constraint():
        for booking, by in rivals(2, [slot(30)]):
            services.submit(booking=booking, by=by)

        assert doubly_booked() == 1
