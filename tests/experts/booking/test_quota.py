"""What a municipality and the pool used, hold and have left: by year, by size, given back, and allowed more."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from experts.booking import quota, services
from experts.booking.exceptions import BudgetExceeded, QuotaExceeded
from experts.choices import BookingState as State
from experts.choices import DayPart
from experts.day_parts import Slot
from experts.models import Allowance, PoolYear
from tests.experts.factories import make_expert
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
NEXT = timezone.localdate().year + 1


def day(year, month, number, part="morning"):
    return Slot(datetime.date(year, month, number), DayPart(part))


@pytest.fixture
def years(db):
    """This year and the next: four day-parts, two for the smallest, and a thousand euro."""
    made = {}
    for year in (NEXT - 1, NEXT):
        made[year] = PoolYear.objects.create(year=year, budget=1000)
        made[year].quotas.create(day_parts=4)
        made[year].quotas.create(size_class="xs", day_parts=2)
    return made


def figures(standing):
    return (standing.used, standing.held, standing.left, standing.total)


def test_asked_is_held_and_agreed_is_used(parties, years):
    booking = parties.booking(State.REQUESTED, options=[[day(NEXT, 3, 1)], [day(NEXT, 3, 2)]])
    assert figures(quota.standing(parties.organisation, NEXT)) == (0, 1, 3, 4)
    assert figures(quota.pool_standing(NEXT)) == (0, 250, 750, 1000)

    services.propose(booking=booking, experts=[parties.expert], by=parties.desk)
    services.accept(booking=booking, expert=parties.expert, option=parties.option(booking), by=parties.acting)
    services.confirm(booking=booking, by=parties.decider)
    assert figures(quota.standing(parties.organisation, NEXT)) == (1, 0, 3, 4)
    assert figures(quota.pool_standing(NEXT)) == (250, 0, 750, 1000)

    services.cancel(booking=booking, by=parties.decider, why="Ziek.")
    assert figures(quota.standing(parties.organisation, NEXT)) == (0, 0, 4, 4)
    assert figures(quota.pool_standing(NEXT)) == (0, 0, 1000, 1000)


def test_the_size_of_the_municipality_counts(parties, years):
    parties.organisation.size_class = "xs"
    assert quota.standing(parties.organisation, NEXT).total == 2
    parties.organisation.size_class = "xl"
    assert quota.standing(parties.organisation, NEXT).total == 4


def test_years_do_not_leak(parties, years):
    """A booking over New Year takes of both, and what one year lacks the other does not give."""
    over = [day(NEXT - 1, 12, 31, "evening"), day(NEXT, 1, 2), day(NEXT, 1, 3)]
    booking = parties.booking(State.REQUESTED, options=[over])

    assert quota.standing(parties.organisation, NEXT - 1).held == 1
    assert quota.standing(parties.organisation, NEXT).held == 2
    euros = [row.euro for row in booking.charges.order_by("year")]
    assert (euros, sum(euros)) == ([Decimal("83.33"), Decimal("166.67")], 250)


def test_options_in_two_years_are_held_in_both_until_one_is_chosen(parties, years):
    booking = parties.booking(State.PROPOSED, options=[[day(NEXT - 1, 12, 30)], [day(NEXT, 1, 4)]])
    assert [row.euro for row in booking.charges.all()] == [250, 250]

    services.accept(booking=booking, expert=parties.expert, option=parties.option(booking, 1), by=parties.acting)

    assert [(row.year, row.day_parts, row.euro) for row in booking.charges.all()] == [(NEXT, 1, 250)]


def test_too_much_is_refused_and_more_is_allowed_with_a_reason(parties, years):
    option = [day(NEXT, 3, number) for number in range(1, 6)]
    with pytest.raises(QuotaExceeded) as caught:
        parties.booking(State.REQUESTED, options=[option])
    assert str(NEXT) in caught.value.message
    assert quota.standing(parties.organisation, NEXT).held == 0

    Allowance.objects.create(
        pool_year=years[NEXT], organisation=parties.organisation, day_parts=1, reason="Groot incident."
    )
    assert parties.booking(State.REQUESTED, options=[option]).state == State.REQUESTED
    assert quota.standing(make_organisation(), NEXT).total == 4


def test_the_budget_of_the_pool_is_for_everybody(parties, years):
    PoolYear.objects.filter(year=NEXT).update(budget=400)
    parties.booking(State.REQUESTED, options=[[day(NEXT, 3, 1)]])
    with pytest.raises(BudgetExceeded):
        parties.booking(State.REQUESTED, options=[[day(NEXT, 3, 2)]])

    Allowance.objects.create(pool_year=years[NEXT], euro=100, reason="Meer middelen.")
    assert parties.booking(State.REQUESTED, options=[[day(NEXT, 3, 2)]]).state == State.REQUESTED


def test_it_is_checked_again_at_the_confirmation(parties, years):
    booking = parties.booking(State.ACCEPTED, options=[[day(NEXT, 3, 1)]])
    years[NEXT].quotas.update(day_parts=0)

    with pytest.raises(QuotaExceeded):
        services.confirm(booking=booking, by=parties.decider)
    booking.refresh_from_db()
    assert booking.state == State.ACCEPTED


def test_two_experts_take_twice_as_much(parties, years):
    parties.booking(State.REQUESTED, experts=[parties.expert, make_expert()], options=[[day(NEXT, 3, 1)]])

    assert quota.standing(parties.organisation, NEXT).held == 2
    assert quota.pool_standing(NEXT).held == 500


def test_a_year_without_budget_is_no_obstacle_and_is_said(parties):
    booking = parties.booking(State.REQUESTED, options=[[day(NEXT, 3, 1)]])

    assert booking.state == State.REQUESTED
    assert quota.unset(parties.organisation, quota.years_of(booking)) == [NEXT]
    assert figures(quota.standing(parties.organisation, NEXT)) == (0, 1, None, None)


def test_a_request_without_days_counts_this_year(parties, years):
    parties.booking(State.REQUESTED, experts=[], options=[], vvsg_searches=True, day_parts=2)

    assert quota.standing(parties.organisation, NEXT - 1).held == 2
