"""When experts are free: what the rest of the site asks. The rules are in `diary`, this reads what they need.

Never more than six queries, for however many experts. `place` and `province` say where the work would be: on site in
an unknown province counts as far, so that what is called free is free for everybody. `ignoring` is a booking whose own
day-parts do not count, as when it is moved. `urgent` leaves out the lead time. All that is booked or held counts, also
a hold that is over and was not released yet: the database would refuse it.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from experts.availability.diary import ONE_DAY, Deviation, Diary, Stretch, Wish, free_in, over_the_week
from experts.choices import DayPart, Place
from experts.day_parts import Slot
from experts.models import (
    AvailabilityException,
    AvailabilityRules,
    BookedDayPart,
    Booking,
    BusyTime,
    ExpertPage,
    WeeklyDayPart,
)

HORIZON = datetime.timedelta(days=3 * 366)  # farther ahead nobody is free
LONGEST = datetime.timedelta(days=400)  # that anybody may ask about at once
AROUND = datetime.timedelta(days=90)  # where alternatives are looked for
WEEK = datetime.timedelta(days=7)  # covers any travel, and the rest of the first and last week


def free_slots(  # noqa: PLR0913  # named, and each a part of one question
    experts: Iterable[ExpertPage],
    first: datetime.date,
    last: datetime.date,
    *,
    place: str,
    province: str = "",
    ignoring: Booking | None = None,
    urgent: bool = False,
) -> dict[int, set[Slot]]:
    """The free day-parts of each expert (by primary key) between two days, both included."""
    wanted = list(experts)
    wishes = _Wishes(first, last, place, province, urgent=urgent)
    diaries = _Loader(wanted, wishes, ignoring).diaries()
    return {expert.pk: set(wishes.free(*diaries[expert.pk])) for expert in wanted}


def is_free(  # noqa: PLR0913  # named, and each a part of one question
    expert: ExpertPage,
    slots: Iterable[Slot],
    *,
    place: str,
    province: str = "",
    ignoring: Booking | None = None,
    urgent: bool = False,
) -> list[Slot]:
    """Those of the day-parts that are NOT free; none means that all of them, together, can be booked."""
    wanted = sorted(set(slots))
    if not wanted:
        return []
    wishes = _Wishes(wanted[0].day, wanted[-1].day, place, province, urgent=urgent)
    rules, diary = _Loader([expert], wishes, ignoring).diaries()[expert.pk]
    free = set(wishes.free(rules, diary))
    over = set(over_the_week(diary, (slot for slot in wanted if slot in free)))
    return [slot for slot in wanted if slot not in free or slot in over]


def nearest_free(  # noqa: PLR0913  # named, and each a part of one question
    expert: ExpertPage,
    around: Slot,
    *,
    day_parts: int,
    place: str,
    province: str = "",
    most: int = 3,
    ignoring: Booking | None = None,
    urgent: bool = False,
) -> list[list[Slot]]:
    """Up to so many alternatives, nearest first: free day-parts that follow each other, on one day where they fit."""
    today = timezone.localdate()
    day = min(max(around.day, today), today + HORIZON)
    wishes = _Wishes(day - AROUND, day + AROUND, place, province, urgent=urgent)
    rules, diary = _Loader([expert], wishes, ignoring).diaries()[expert.pk]
    free = sorted(wishes.free(rules, diary))
    runs = [free[start : start + day_parts] for start in range(len(free) - day_parts + 1)]
    runs = [run for run in runs if not over_the_week(diary, run)]
    on_one_day = [run for run in runs if run[0].day == run[-1].day and run[-1].number - run[0].number == day_parts - 1]
    return _apart(on_one_day if day_parts <= len(DayPart) else runs, around, most)


def free_experts(  # noqa: PLR0913  # named, and each a part of one question
    first: datetime.date,
    last: datetime.date,
    *,
    place: str = Place.ONLINE,
    province: str = "",
    day_parts: int = 1,
    part: DayPart | None = None,
) -> set[int]:
    """The experts of the pool with at least so many free day-parts in the period; of one part of the day, if given."""
    pool = ExpertPage.objects.live().filter(Q(pool_until=None) | Q(pool_until__gte=first), pool_from__lte=last)
    experts = list(pool.only("pk", "live", "pool_from", "pool_until"))
    wishes = _Wishes(first, last, place, province)
    diaries = _Loader(experts, wishes).diaries()
    free = {pk: (slot for slot in wishes.free(*found) if part in {None, slot.part}) for pk, found in diaries.items()}
    return {pk for pk, slots in free.items() if _has(slots, day_parts)}


def buffer_of(rules: AvailabilityRules, place: str, province: str) -> int:
    """How many day-parts of travel come before and after."""
    if place == Place.ONLINE:
        return 0
    is_near = bool(province) and province == rules.home_province
    return rules.buffer_near if is_near else rules.buffer_far


def _has(slots: Iterator[Slot], number: int) -> bool:
    return any(count >= number for count, _slot in enumerate(slots, start=1))


def _apart(runs: Iterable[list[Slot]], around: Slot, most: int) -> list[list[Slot]]:
    """The nearest ones that share no day-part."""
    chosen: list[list[Slot]] = []
    for run in sorted(runs, key=lambda run: (abs(run[0].number - around.number), run[0].number)):
        if len(chosen) == most:
            break
        if all(set(run).isdisjoint(other) for other in chosen):
            chosen.append(run)
    return sorted(chosen)


class _Wishes:
    """One question about several experts, each with her own travel."""

    def __init__(
        self, first: datetime.date, last: datetime.date, place: str, province: str, *, urgent: bool = False
    ) -> None:
        self.now = timezone.now()
        today = timezone.localdate(self.now)
        self.first = min(max(first, today), today + HORIZON + ONE_DAY)
        self.last = min(last, today + HORIZON, self.first + LONGEST)
        self.place, self.province, self.urgent = place, province, urgent

    def free(self, rules: AvailabilityRules, diary: Diary) -> Iterator[Slot]:
        buffer = buffer_of(rules, self.place, self.province)
        return free_in(diary, Wish(self.first, self.last, self.now, buffer, self.urgent))


class _Loader:
    """Reads all that counts of many experts at once."""

    def __init__(self, experts: Sequence[ExpertPage], wishes: _Wishes, ignoring: Booking | None = None) -> None:
        self.experts, self.ignoring = experts, ignoring
        self.pks = [expert.pk for expert in experts]
        self.first, self.last = wishes.first, wishes.last
        self.rules = AvailabilityRules.objects.in_bulk(self.pks, field_name="expert_id")

    def diaries(self) -> dict[int, tuple[AvailabilityRules, Diary]]:
        weekly, deviations, busy = self._weekly(), self._deviations(), self._busy()
        booked = self._booked()
        found = {}
        for expert in self.experts:
            rules = self._rules_of(expert.pk)
            found[expert.pk] = (
                rules,
                Diary(
                    weekly=frozenset(weekly[expert.pk]),
                    deviations=tuple(deviations[expert.pk]),
                    busy=tuple(busy[expert.pk]),
                    booked=booked[expert.pk],
                    lead_days=rules.lead_days,
                    max_per_week=rules.max_per_week,
                    works_on_holidays=rules.works_on_holidays,
                    pool_from=expert.pool_from if expert.live else None,
                    pool_until=expert.pool_until,
                ),
            )
        return found

    def _rules_of(self, pk: int) -> AvailabilityRules:
        return self.rules.get(pk) or AvailabilityRules()

    def _weekly(self) -> dict[int, list[Any]]:
        rows = WeeklyDayPart.objects.filter(expert__in=self.pks).values_list("expert_id", "weekday", "day_part")
        return _by_expert((pk, (weekday, DayPart(part))) for pk, weekday, part in rows)

    def _deviations(self) -> dict[int, list[Any]]:
        rows = AvailabilityException.objects.filter(
            expert__in=self.pks, first__lte=self.last, last__gte=self.first
        ).order_by("pk")
        fields = rows.values_list("expert_id", "first", "last", "day_part", "free")
        return _by_expert(
            (pk, Deviation(first, last, DayPart(part) if part else None, free))
            for pk, first, last, part, free in fields
        )

    def _busy(self) -> dict[int, list[Any]]:
        start, end = Slot(self.first, DayPart.MORNING).starts_at, Slot(self.last, DayPart.EVENING).ends_at
        rows = BusyTime.objects.filter(expert__in=self.pks, starts_at__lt=end, ends_at__gt=start)
        return _by_expert((pk, Stretch(*times)) for pk, *times in rows.values_list("expert_id", "starts_at", "ends_at"))

    def _booked(self) -> dict[int, dict[int, int]]:
        rows = BookedDayPart.objects.filter(expert__in=self.pks, day__range=(self.first - WEEK, self.last + WEEK))
        if self.ignoring is not None:
            rows = rows.exclude(booking=self.ignoring.pk)
        fields = rows.values_list("expert_id", "day", "day_part", "booking__place", "booking__organisation__province")
        booked: dict[int, dict[int, int]] = defaultdict(dict)
        for pk, day, part, place, province in fields:
            booked[pk][Slot(day, DayPart(part)).number] = buffer_of(self._rules_of(pk), place, province)
        return booked


def _by_expert(rows: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, value in rows:
        found[pk].append(value)
    return found
