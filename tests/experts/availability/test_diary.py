"""The rules of being free, against a model that asks every rule of every day-part one by one."""

import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from experts.availability.diary import Deviation, Diary, Stretch, Wish, free_in, over_the_week
from experts.availability.public_holidays import name_of_holiday
from experts.choices import DayPart
from experts.day_parts import BRUSSELS, HOURS, Slot

FIRST = datetime.date(2026, 12, 14)
DAYS = 24  # with Christmas, New Year and the turn of a year of weeks
NOW = datetime.datetime(2026, 12, 13, 10, tzinfo=BRUSSELS)

days = st.integers(-3, DAYS + 3).map(lambda number: FIRST + datetime.timedelta(days=number))
parts = st.sampled_from(DayPart)
slots = st.builds(Slot, days, parts)


@st.composite
def deviations(draw):
    first = draw(days)
    last = first + datetime.timedelta(days=draw(st.integers(0, 5)))
    return Deviation(first, last, draw(st.none() | parts), draw(st.booleans()))


@st.composite
def stretches(draw):
    hours = st.integers(-48, 24 * DAYS)
    start = datetime.datetime.combine(FIRST, datetime.time(), BRUSSELS) + datetime.timedelta(hours=draw(hours))
    return Stretch(start, start + datetime.timedelta(minutes=draw(st.sampled_from([0, 30, 60, 600, 3000]))))


diaries = st.builds(
    Diary,
    weekly=st.frozensets(st.tuples(st.integers(0, 6), parts)),
    deviations=st.lists(deviations(), max_size=5).map(tuple),
    busy=st.lists(stretches(), max_size=4).map(tuple),
    booked=st.dictionaries(slots.map(lambda slot: slot.number), st.integers(0, 3), max_size=5),
    lead_days=st.integers(0, 6),
    max_per_week=st.integers(0, 21),
    works_on_holidays=st.booleans(),
    pool_from=st.none() | days,
    pool_until=st.none() | days,
)
wishes = st.builds(
    Wish,
    first=days,
    last=days,
    now=st.just(NOW) | st.just(NOW + datetime.timedelta(days=3, hours=4)),
    buffer=st.integers(0, 3),
    urgent=st.booleans(),
)


def says_free(diary, wish, slot):
    """One rule after the other, as one would explain it."""
    start, end = (datetime.datetime.combine(slot.day, hour, BRUSSELS) for hour in HOURS[slot.part])
    works = (slot.day.weekday(), slot.part) in diary.weekly
    if name_of_holiday(slot.day) and not diary.works_on_holidays:
        works = False
    for deviation in diary.deviations:
        if deviation.first <= slot.day <= deviation.last and deviation.part in {None, slot.part}:
            works = deviation.free
    in_week = [n for n in diary.booked if Slot.numbered(n).day.isocalendar()[:2] == slot.day.isocalendar()[:2]]
    days_ahead = (slot.day - wish.now.astimezone(BRUSSELS).date()).days
    return (
        works
        and wish.first <= slot.day <= wish.last
        and start > wish.now
        and (wish.urgent or days_ahead >= diary.lead_days)
        and diary.pool_from is not None
        and diary.pool_from <= slot.day
        and (diary.pool_until is None or slot.day <= diary.pool_until)
        and not any(stretch.starts_at < end and start < stretch.ends_at for stretch in diary.busy)
        and not any(abs(n - slot.number) <= max(own, wish.buffer) for n, own in diary.booked.items())
        and len(in_week) < diary.max_per_week
    )


@settings(max_examples=300, deadline=None)
@given(diaries, wishes)
@example(Diary(pool_from=FIRST), Wish(FIRST, FIRST, NOW))
def test_what_is_free_is_what_every_rule_allows(diary, wish):
    everything = [
        Slot(FIRST + datetime.timedelta(days=number), part) for number in range(-5, DAYS + 6) for part in DayPart
    ]
    found = list(free_in(diary, wish))
    assert found == [slot for slot in everything if says_free(diary, wish, slot)]


@settings(deadline=None)
@given(diaries, st.lists(slots, max_size=8))
def test_taken_together_no_week_gets_more_than_it_may_hold(diary, wanted):
    over = over_the_week(diary, wanted)
    weeks = {slot.day.isocalendar()[:2] for slot in wanted}
    for week in weeks:
        booked = sum(Slot.numbered(number).day.isocalendar()[:2] == week for number in diary.booked)
        kept = sum(slot.day.isocalendar()[:2] == week for slot in set(wanted) - set(over))
        assert kept <= max(0, diary.max_per_week - booked)
        if any(slot.day.isocalendar()[:2] == week for slot in over):
            assert kept == max(0, diary.max_per_week - booked)


def whole_week(**overrides):
    weekly = frozenset((weekday, part) for weekday in range(7) for part in DayPart)
    return Diary(weekly=weekly, pool_from=FIRST, **overrides)


def free(diary, first, last=None, **overrides):
    return list(free_in(diary, Wish(first, last or first, NOW, **overrides)))


def test_christmas_is_not_free_unless_she_says_so():
    christmas = datetime.date(2026, 12, 25)
    assert free(whole_week(), christmas) == []
    assert len(free(whole_week(works_on_holidays=True), christmas)) == 3
    says = Deviation(christmas, christmas, DayPart.EVENING, free=True)
    assert free(whole_week(deviations=(says,)), christmas) == [Slot(christmas, DayPart.EVENING)]


def test_of_two_exceptions_the_latest_entered_wins():
    day = datetime.date(2026, 12, 16)
    away, back = Deviation(FIRST, day, None, free=False), Deviation(day, day, DayPart.MORNING, free=True)
    assert free(whole_week(deviations=(away, back)), day) == [Slot(day, DayPart.MORNING)]
    assert free(whole_week(deviations=(back, away)), day) == []


def test_an_appointment_that_ends_when_the_day_part_starts_does_not_hinder():
    day = datetime.date(2026, 12, 16)
    at = [datetime.datetime.combine(day, datetime.time(hour), BRUSSELS) for hour in (8, 9, 13, 17)]
    assert len(free(whole_week(busy=(Stretch(at[0], at[1]),)), day)) == 3
    assert [slot.part for slot in free(whole_week(busy=(Stretch(at[2], at[3]),)), day)] == ["morning", "evening"]


def test_who_travels_far_is_not_free_right_before_or_after():
    day = datetime.date(2026, 12, 16)
    booked = Slot(day, DayPart.AFTERNOON)
    assert [s.part for s in free(whole_week(booked={booked.number: 0}), day)] == ["morning", "evening"]
    assert free(whole_week(booked={booked.number: 1}), day) == []
    assert free(whole_week(booked={booked.number: 0}), day, buffer=1) == []


def test_a_week_is_full_when_it_has_had_its_most():
    wednesday = datetime.date(2026, 12, 30)  # its week holds the first days of January too
    diary = whole_week(booked={Slot(wednesday, DayPart.MORNING).number: 0}, max_per_week=1)
    assert free(diary, datetime.date(2026, 12, 28), datetime.date(2027, 1, 3)) == []
    assert len(free(diary, datetime.date(2027, 1, 4))) == 3


def test_the_days_of_the_change_of_the_clock_have_their_three_day_parts():
    for day in (datetime.date(2026, 10, 25), datetime.date(2027, 3, 28)):
        diary = Diary(weekly=frozenset({(6, part) for part in DayPart}), pool_from=day, works_on_holidays=True)
        now = datetime.datetime(2026, 10, 1, tzinfo=BRUSSELS)
        night = Stretch(*(datetime.datetime.combine(day, datetime.time(hour), BRUSSELS) for hour in (1, 9)))
        assert len(list(free_in(diary, Wish(day, day, now)))) == 3
        busy = Diary(weekly=diary.weekly, pool_from=day, works_on_holidays=True, busy=(night,))
        assert len(list(free_in(busy, Wish(day, day, now)))) == 3
