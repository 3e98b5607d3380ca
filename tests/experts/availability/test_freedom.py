"""What the site asks about who is free, from the database."""

import datetime

import pytest
from django.utils import timezone

from experts.availability.freedom import free_experts, free_slots, is_free, nearest_free
from experts.choices import DayPart, Place
from experts.day_parts import Slot
from experts.models import AvailabilityException, BookedDayPart, Booking, BusyTime
from tests.experts.factories import make_expert
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
MORNING, AFTERNOON, EVENING = DayPart


def next_monday():
    """A Monday within reach, with no public holiday in its week."""
    return datetime.date(2027, 1, 11)


@pytest.fixture(autouse=True)
def _first_of_december(monkeypatch):
    now = datetime.datetime(2026, 12, 1, 8, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


def book(expert, *slots, confirmed=True, place=Place.ON_SITE, province="antwerpen"):
    organisation = make_organisation(province=province)
    booking = Booking.objects.create(organisation=organisation, subject="x", offer_kind="advice", place=place)
    for slot in slots:
        BookedDayPart.objects.create(
            expert=expert,
            day=slot.day,
            day_part=slot.part,
            booking=booking,
            confirmed=confirmed,
            held_until=None if confirmed else timezone.now(),
        )
    return booking


def free(expert, first, last=None, **overrides):
    return sorted(free_slots([expert], first, last or first, **{"place": "online", **overrides})[expert.pk])


def set_rules(expert, **fields):
    type(expert.availability).objects.filter(expert=expert).update(**fields)


def test_her_week_says_what_is_free():
    expert, monday = make_expert(always_free=False), next_monday()
    expert.weekly.create(weekday=0, day_part=EVENING)
    assert free(expert, monday, monday + datetime.timedelta(days=7)) == [
        Slot(monday, EVENING),
        Slot(monday + datetime.timedelta(days=7), EVENING),
    ]


def test_held_and_confirmed_day_parts_are_taken_but_not_for_the_booking_itself():
    expert, monday = make_expert(), next_monday()
    held = book(expert, Slot(monday, MORNING), confirmed=False, place="online")
    book(expert, Slot(monday, EVENING), place="online")
    assert free(expert, monday) == [Slot(monday, AFTERNOON)]
    assert free(expert, monday, ignoring=held) == [Slot(monday, MORNING), Slot(monday, AFTERNOON)]


def test_travel_counts_from_her_province_both_ways():
    expert, monday = make_expert(), next_monday()
    near = book(expert, Slot(monday, AFTERNOON), province="antwerpen")
    assert len(free(expert, monday)) == 2
    assert len(free(expert, monday, place="on_site", province="antwerpen")) == 2
    assert free(expert, monday, place="on_site", province="limburg") == []
    assert free(expert, monday, place="on_site") == []
    near.organisation.province = "limburg"
    near.organisation.save()
    assert free(expert, monday) == []


def test_exceptions_are_taken_in_the_order_of_entry():
    expert, monday = make_expert(), next_monday()
    AvailabilityException.objects.create(expert=expert, first=monday, last=monday, day_part=MORNING, free=True)
    AvailabilityException.objects.create(expert=expert, first=monday, last=monday, free=False)
    assert free(expert, monday) == []


def test_her_own_calendar_blocks():
    expert, monday = make_expert(), next_monday()
    slot = Slot(monday, AFTERNOON)
    BusyTime.objects.create(expert=expert, starts_at=slot.starts_at, ends_at=slot.ends_at)
    assert [found.part for found in free(expert, monday)] == [MORNING, EVENING]


def test_without_rules_the_ordinary_ones_hold():
    expert = make_expert()
    expert.availability.delete()
    today = timezone.localdate()
    assert free(expert, today)[:1] == []
    assert free(expert, today + datetime.timedelta(days=7))


def test_an_urgent_question_leaves_out_the_lead_time_but_never_the_past():
    expert = make_expert()
    set_rules(expert, lead_days=20)
    today = timezone.localdate()
    assert free(expert, today, today) == []
    assert [slot.part for slot in free(expert, today, urgent=True)] == [AFTERNOON, EVENING]


@pytest.mark.parametrize(
    "change", [{"pool_until": datetime.date(2026, 12, 31)}, {"pool_from": datetime.date(2027, 2, 1)}, {"live": False}]
)
def test_who_is_not_in_the_pool_is_not_free(change):
    expert = make_expert(**change)
    assert free(expert, next_monday()) == []
    assert free_experts(next_monday(), next_monday()) == set()


def test_several_day_parts_are_weighed_together():
    expert, monday = make_expert(), next_monday()
    set_rules(expert, max_per_week=2)
    three = [Slot(monday, part) for part in DayPart]
    assert is_free(expert, three[:2], place="online") == []
    assert is_free(expert, reversed(three), place="online") == [three[2]]
    book(expert, three[0], place="online")
    assert is_free(expert, three, place="online") == [three[0], three[2]]
    assert is_free(expert, [], place="online") == []


def test_day_parts_of_no_known_time_are_not_free():
    expert = make_expert()
    odd = [Slot(datetime.date.min, MORNING), Slot(datetime.date.max, EVENING)]
    assert is_free(expert, odd, place="online") == odd
    assert free(expert, datetime.date.min, datetime.date.min) == []
    assert free(expert, datetime.date.max, datetime.date.max) == []
    assert nearest_free(expert, odd[0], day_parts=1, place="online")
    assert nearest_free(expert, odd[1], day_parts=1, place="online")


def test_the_nearest_alternatives_stand_around_what_was_asked():
    expert, monday = make_expert(), next_monday()
    wanted = Slot(monday, AFTERNOON)
    book(expert, wanted, place="online")
    found = nearest_free(expert, wanted, day_parts=1, place="online")
    day_before = monday - datetime.timedelta(days=1)
    assert found == [[Slot(day_before, EVENING)], [Slot(monday, MORNING)], [Slot(monday, EVENING)]]


def test_alternatives_of_two_day_parts_follow_each_other_on_one_day():
    expert, monday = make_expert(), next_monday()
    book(expert, Slot(monday, AFTERNOON), place="online")
    found = nearest_free(expert, Slot(monday, AFTERNOON), day_parts=2, place="online", most=2)
    assert len(found) == 2
    for run in found:
        assert run[0].day == run[1].day != monday
        assert run[1].number == run[0].number + 1


def test_alternatives_of_more_day_parts_than_a_day_has_run_on():
    expert, monday = make_expert(), next_monday()
    found = nearest_free(expert, Slot(monday, MORNING), day_parts=4, place="online")
    assert [len(run) for run in found] == [4, 4, 4]
    assert len({slot for run in found for slot in run}) == 12


def test_there_are_no_alternatives_in_a_week_that_holds_too_few():
    expert = make_expert()
    set_rules(expert, max_per_week=1)
    assert nearest_free(expert, Slot(next_monday(), MORNING), day_parts=2, place="online") == []


def test_experts_with_something_free_in_a_period():
    free_one, full, away = make_expert(), make_expert(), make_expert(always_free=False)
    monday = next_monday()
    book(full, *(Slot(monday, part) for part in DayPart), place="online")
    assert free_experts(monday, monday) == {free_one.pk}
    assert free_experts(monday, monday + datetime.timedelta(days=1)) == {free_one.pk, full.pk}
    assert free_experts(monday, monday + datetime.timedelta(days=1), day_parts=4) == {free_one.pk}
    assert away.pk not in free_experts(monday, monday + datetime.timedelta(days=60))


def test_the_number_of_queries_is_the_same_for_any_number_of_experts(django_assert_num_queries):
    experts = [make_expert() for _ in range(4)]
    monday = next_monday()
    book(experts[0], Slot(monday, MORNING))
    for wanted in (experts[:1], experts):
        with django_assert_num_queries(5):
            free_slots(wanted, monday, monday + datetime.timedelta(days=60), place="on_site", province="antwerpen")
    with django_assert_num_queries(6):
        free_experts(monday, monday + datetime.timedelta(days=60))
