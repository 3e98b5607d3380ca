"""Random interleavings of what people and the clock do to bookings, each compared with a model of what must follow.

A few in `make test`; the environment variable INTERLEAVINGS says how many (300 in .ci/run).
"""

import os
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from experts.booking import chores, holding, mails, services
from experts.booking.exceptions import SlotTaken, StaleBooking
from experts.choices import BookingState as State
from experts.models import BookedDayPart, Booking, ExpertPage
from people.models import User
from tests.experts.booking.making import Parties, make_parties, slot
from tests.experts.factories import acting_for, make_expert

INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "10"))
STEPS = 14
DAYS = st.sets(st.integers(min_value=30, max_value=33), min_size=1, max_size=2)
BEFORE = {State.PROPOSED, State.ACCEPTED}
AGREED = {State.CONFIRMED, State.MOVING}


@dataclass
class Modelled:
    """What the model knows of one booking. `held` and `agreed` are days of the expert that are taken."""

    pk: int
    expert: ExpertPage
    by: User
    options: list[set[int]]
    state: State = State.PROPOSED
    held: set[int] = field(default_factory=set)
    agreed: set[int] = field(default_factory=set)
    chosen: set[int] = field(default_factory=set)
    moving: set[int] = field(default_factory=set)

    @property
    def row(self) -> Booking:
        return Booking.objects.get(pk=self.pk)

    def end(self, state: State) -> None:
        self.state = state
        self.held, self.agreed, self.moving = set(), set(), set()


class Interleaving(RuleBasedStateMachine):
    """Two experts, four days, any number of bookings; every step does, or raises, what the model says."""

    cast: tuple[Parties, list[ExpertPage]]

    @initialize()
    def begin(self) -> None:
        self.parties, self.experts = self.cast
        self.bookings: list[Modelled] = []
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def free(self, expert: ExpertPage, days: set[int], ignoring: Modelled | None = None) -> bool:
        others = [other for other in self.bookings if other.expert == expert and other is not ignoring]
        return not any(days & (other.held | other.agreed) for other in others)

    def attempt(self, expected: type[Exception] | None, step) -> bool:
        """Do a step within a savepoint; whether it was done is what the model expects."""
        try:
            with transaction.atomic():
                step()
        except (SlotTaken, StaleBooking) as error:
            assert expected is type(error), f"{error!r}, expected {expected}"
            return False
        assert expected is None, f"done, expected {expected}"
        return True

    def booking(self, number: int) -> Modelled:
        return self.bookings[number % len(self.bookings)]

    @rule(expert=st.integers(0, 1), options=st.lists(DAYS, min_size=1, max_size=2))
    def request(self, expert: int, options: list[set[int]]) -> None:
        asked, all_days = self.experts[expert], set.union(*options)
        draft = self.parties.draft(experts=[asked], options=[[slot(day) for day in days] for days in options])
        made = Modelled(draft.pk, asked, acting_for(asked), options, held=all_days)
        expected = None if self.free(asked, all_days) else SlotTaken
        if self.attempt(expected, lambda: services.submit(booking=draft, by=self.parties.decider)):
            services.propose(booking=draft, experts=[asked], by=self.parties.desk)
            self.bookings.append(made)

    @precondition(lambda self: self.bookings)
    @rule(number=st.integers(0, 9), option=st.integers(0, 1))
    def accept(self, number: int, option: int) -> None:
        one = self.booking(number)
        chosen = one.options[option % len(one.options)]
        row = one.row.options.order_by("rank")[option % len(one.options)]
        expected = None if self.free(one.expert, chosen, one) else SlotTaken
        expected = expected if one.state == State.PROPOSED else StaleBooking
        if self.attempt(expected, lambda: services.accept(booking=one.row, expert=one.expert, option=row, by=one.by)):
            one.state, one.held, one.chosen = State.ACCEPTED, set(chosen), set(chosen)

    @precondition(lambda self: self.bookings)
    @rule(number=st.integers(0, 9))
    def confirm(self, number: int) -> None:
        one = self.booking(number)
        expected = None if self.free(one.expert, one.chosen, one) else SlotTaken
        expected = expected if one.state == State.ACCEPTED else StaleBooking
        if self.attempt(expected, lambda: services.confirm(booking=one.row, by=self.parties.decider)):
            one.state, one.held, one.agreed = State.CONFIRMED, set(), set(one.chosen)

    @precondition(lambda self: self.bookings)
    @rule(number=st.integers(0, 9), days=DAYS)
    def move(self, number: int, days: set[int]) -> None:
        one = self.booking(number)
        expected = None if self.free(one.expert, days, one) else SlotTaken
        expected = expected if one.state == State.CONFIRMED else StaleBooking
        option = [slot(day) for day in days]
        if self.attempt(expected, lambda: services.move(booking=one.row, options=[option], by=self.parties.decider)):
            one.state, one.moving, one.held = State.MOVING, set(days), days - one.agreed

    @precondition(lambda self: any(one.state == State.MOVING for one in self.bookings))
    @rule(number=st.integers(0, 9), accepts=st.booleans())
    def answer_move(self, number: int, accepts: bool) -> None:
        moving = [one for one in self.bookings if one.state == State.MOVING]
        one = moving[number % len(moving)]
        if accepts:
            option = one.row.options.get(moving=True)
            services.accept_move(booking=one.row, option=option, expert=one.expert, by=one.by)
            one.agreed = one.chosen = set(one.moving)
        else:
            services.refuse_move(booking=one.row, by=one.by)
        one.state, one.held, one.moving = State.CONFIRMED, set(), set()

    @precondition(lambda self: self.bookings)
    @rule(number=st.integers(0, 9))
    def cancel(self, number: int) -> None:
        one = self.booking(number)
        expected = None if one.state in AGREED else StaleBooking
        if self.attempt(expected, lambda: services.cancel(booking=one.row, by=self.parties.decider, why="Ziek.")):
            one.end(State.CANCELLED)

    @precondition(lambda self: self.bookings)
    @rule(number=st.integers(0, 9), how=st.sampled_from(["withdraw", "expire", "refuse"]))
    def end(self, number: int, how: str) -> None:
        one = self.booking(number)
        steps = {
            "withdraw": lambda: services.withdraw(booking=one.row, by=self.parties.decider),
            "expire": lambda: services.expire(booking=one.row),
            "refuse": lambda: services.refuse(booking=one.row, expert=one.expert, reason="no_time", by=one.by),
        }
        may_be = BEFORE if how == "refuse" else {*BEFORE, State.REFUSED}
        if self.attempt(None if one.state in may_be else StaleBooking, steps[how]):
            one.end({"withdraw": State.WITHDRAWN, "expire": State.EXPIRED, "refuse": State.REFUSED}[how])

    @precondition(lambda self: any(one.state in {*BEFORE, State.MOVING} for one in self.bookings))
    @rule(number=st.integers(0, 9))
    def hold_is_over(self, number: int) -> None:
        holding = [one for one in self.bookings if one.state in {*BEFORE, State.MOVING}]
        one = holding[number % len(holding)]
        chores.release(one.row)
        one.held, one.moving = set(), set()
        if one.state == State.MOVING:
            one.state = State.CONFIRMED

    @invariant()
    def the_database_is_as_the_model(self) -> None:
        if not hasattr(self, "bookings"):
            return
        found = {(row.booking_id, row.expert_id, row.slot, row.confirmed) for row in BookedDayPart.objects.all()}
        wanted = {
            (one.pk, one.expert.pk, slot(day), day in one.agreed)
            for one in self.bookings
            for day in one.held | one.agreed
        }
        assert found == wanted
        states = dict(Booking.objects.filter(pk__in=[one.pk for one in self.bookings]).values_list("pk", "state"))
        assert states == {one.pk: one.state for one in self.bookings}


@pytest.mark.django_db
@pytest.mark.parametrize("half", [1, 2])  # side by side on two cores
def test_every_interleaving_does_what_the_model_says(half, monkeypatch):
    # What is mailed and offered instead has its own tests, and takes most of the time.
    monkeypatch.setattr(mails, "_post", lambda *args, **kwargs: None)
    monkeypatch.setattr(holding, "alternatives", lambda *args: [])
    parties = make_parties()
    other = make_expert()
    other.availability.works_on_holidays = True
    other.availability.save()
    Interleaving.cast = (parties, [parties.expert, other])
    run_state_machine_as_test(
        Interleaving,
        settings=settings(
            max_examples=max(1, INTERLEAVINGS // 2),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink] if INTERLEAVINGS < 100 else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
