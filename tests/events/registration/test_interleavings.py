"""Random interleavings of what people, organisers and the clock do to an event, each compared with a model.

A few in `make test`; the environment variable INTERLEAVINGS says how many (300 in .ci/run).
"""

import datetime
import os
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.utils import timezone
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

from events.choices import ACTIVE, SEATED
from events.choices import RegistrationState as State
from events.models import EventPage, EventState, Registration, SessionSeats
from events.registration import mails, services
from events.registration.exceptions import Full, Stale
from people.models import Organisation
from tests.events.factories import add_session, make_event, make_organiser
from tests.factories import make_organisation

INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "10"))
STEPS = 20
PER_ORGANISATION = 2
WORKSHOP_PLACES = 2
NUMBER = st.integers(0, 30)
WHO = st.tuples(st.integers(0, 2), st.integers(0, 1))  # which organisation, which workshop


@dataclass
class Modelled:
    """What the model knows of one registration."""

    pk: int
    organisation: int
    workshop: int
    state: State
    queued: int = 0

    @property
    def row(self) -> Registration:
        return Registration.objects.select_related("event").get(pk=self.pk)

    @property
    def is_seated(self) -> bool:
        return self.state in SEATED


@dataclass
class Cast:
    event: EventPage
    organisations: list[Organisation]
    organiser: object
    people: list[Modelled] = field(default_factory=list)


class Interleaving(RuleBasedStateMachine):
    """One event with two workshops side by side and three organisations; anybody does anything at any time."""

    cast: Cast

    @initialize(wanted=st.integers(1, 4), crowd=st.lists(WHO, min_size=3, max_size=7))
    def begin(self, wanted: int, crowd: list[tuple[int, int]]) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people: list[Modelled] = []
        self.arrived = 0
        self.wanted = wanted
        EventPage.objects.filter(pk=self.cast.event.pk).update(capacity=wanted)
        services.set_capacity(event=self.event, capacity=wanted)
        for organisation, workshop in crowd:
            self.arrives(organisation, workshop, may_wait=True)

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # The model

    @property
    def event(self) -> EventPage:
        return EventPage.objects.get(pk=self.cast.event.pk)

    @property
    def seated(self) -> list[Modelled]:
        return [one for one in self.people if one.is_seated]

    @property
    def has_room(self) -> bool:
        return len(self.seated) < self.wanted

    def organisation_has_room(self, number: int) -> bool:
        return sum(one.organisation == number for one in self.seated) < PER_ORGANISATION

    def workshop_has_room(self, number: int) -> bool:
        return sum(one.workshop == number for one in self.seated) < WORKSHOP_PLACES

    def model_promotes(self) -> None:
        while self.has_room:
            line = sorted((one for one in self.people if one.state == State.WAITING), key=lambda one: one.queued)
            fits = (
                one
                for one in line
                if self.organisation_has_room(one.organisation) and self.workshop_has_room(one.workshop)
            )
            found = next(fits, None)
            if found is None:
                return
            found.state = State.OFFERED

    def attempt(self, expected: type[Exception] | None, step) -> Registration | None:
        """Do a step within a savepoint; whether it was done is what the model expects."""
        try:
            with transaction.atomic():
                result = step()
        except (Full, Stale) as error:
            assert expected is type(error), f"{error!r}, expected {expected}"
            return None
        assert expected is None, f"done, expected {expected}"
        return result

    def one(self, number: int) -> Modelled:
        return self.people[number % len(self.people)]

    def sessions(self, workshop: int):
        return [self.event.sessions.get(title=f"Workshop {workshop}")]

    # What happens

    @rule(organisation=st.integers(0, 2), workshop=st.integers(0, 1), may_wait=st.booleans())
    def register(self, organisation: int, workshop: int, may_wait: bool) -> None:
        self.arrives(organisation, workshop, may_wait=may_wait)

    def arrives(self, organisation: int, workshop: int, *, may_wait: bool) -> None:
        self.arrived += 1
        person = services.Applicant(
            f"Persoon {self.arrived}",
            f"persoon{self.arrived}@voorbeeld.be",
            organisation=self.cast.organisations[organisation],
        )
        expected, state = self.what_follows(organisation, workshop, may_wait)
        made = self.attempt(
            expected,
            lambda: services.register(
                event=self.event,
                person=person,
                by=self.cast.organiser,
                sessions=self.sessions(workshop),
                may_wait=may_wait,
            ),
        )
        if made is not None:
            self.people.append(Modelled(made.pk, organisation, workshop, state, self.arrived))

    def what_follows(self, organisation: int, workshop: int, may_wait: bool) -> tuple[type[Exception] | None, State]:
        if self.has_room and self.organisation_has_room(organisation):
            if self.workshop_has_room(workshop):
                return None, State.REGISTERED
            if self.workshop_has_room(1 - workshop):
                return Full, State.WAITING
        return (None if may_wait else Full), State.WAITING

    @precondition(lambda self: self.people)
    @rule(number=NUMBER)
    def withdraw(self, number: int) -> None:
        one = self.one(number)
        expected = None if one.state in ACTIVE else Stale
        if self.attempt(expected, lambda: services.withdraw(registration=one.row, by=self.cast.organiser)):
            one.state = State.WITHDRAWN
            self.model_promotes()

    @precondition(lambda self: self.people)
    @rule(number=NUMBER)
    def cancel(self, number: int) -> None:
        one = self.one(number)
        expected = None if one.state in ACTIVE else Stale
        step = lambda: services.cancel_by_organiser(registration=one.row, by=self.cast.organiser)  # noqa: E731
        if self.attempt(expected, step):
            one.state = State.CANCELLED
            self.model_promotes()

    @precondition(lambda self: self.people)
    @rule(number=NUMBER, accepts=st.booleans())
    def answer(self, number: int, accepts: bool) -> None:
        offered = [one for one in self.people if one.state == State.OFFERED]
        one = offered[number % len(offered)] if offered and number % 4 else self.one(number)
        expected = None if one.state == State.OFFERED else Stale
        service = services.accept_offer if accepts else services.decline_offer
        if self.attempt(expected, lambda: service(registration=one.row, by=None)):
            one.state = State.REGISTERED if accepts else State.WITHDRAWN
            self.model_promotes()

    @rule()
    def offers_expire(self) -> None:
        """Two days pass: each offer in its turn, and what follows from it is held anew."""
        offered = [one for one in self.people if one.state == State.OFFERED]
        order = {row.pk: (row.held_until, row.pk) for row in Registration.objects.filter(state=State.OFFERED)}
        services.expire_offers(timezone.now() + datetime.timedelta(days=2, minutes=1))
        for one in sorted(offered, key=lambda each: order[each.pk]):
            one.state = State.WITHDRAWN
            self.model_promotes()

    @precondition(lambda self: self.people)
    @rule(number=NUMBER)
    def replace(self, number: int) -> None:
        one = self.one(number)
        self.arrived += 1
        expected = None if one.state in (State.REGISTERED, State.WAITING) else Stale
        made = self.attempt(
            expected,
            lambda: services.replace(
                registration=one.row,
                name="Een collega",
                email=f"collega{self.arrived}@voorbeeld.be",
                by=self.cast.organiser,
            ),
        )
        if made is not None:
            self.people.append(Modelled(made.pk, one.organisation, one.workshop, one.state, one.queued))
            one.state = State.WITHDRAWN

    @precondition(lambda self: self.people)
    @rule(number=NUMBER)
    def choose_the_other_workshop(self, number: int) -> None:
        one = self.one(number)
        other = 1 - one.workshop
        expected = None if one.state in ACTIVE else Stale
        if expected is None and one.is_seated and not self.workshop_has_room(other):
            expected = Full
        by = self.cast.organiser
        step = lambda: services.change_sessions(registration=one.row, sessions=self.sessions(other), by=by)  # noqa: E731
        if self.attempt(expected, step):
            one.workshop = other
            self.model_promotes()

    @rule(wanted=st.integers(1, 6))
    def resize(self, wanted: int) -> None:
        self.wanted = wanted
        EventPage.objects.filter(pk=self.cast.event.pk).update(capacity=wanted)
        services.set_capacity(event=self.event, capacity=wanted)
        self.model_promotes()

    # What holds

    @invariant()
    def the_database_is_as_the_model(self) -> None:
        if not hasattr(self, "people"):
            return
        found = dict(Registration.objects.filter(event=self.cast.event).values_list("pk", "state"))
        assert found == {one.pk: one.state for one in self.people}

    @invariant()
    def the_counters_are_right(self) -> None:
        if not hasattr(self, "people"):
            return
        state = EventState.objects.get(event=self.cast.event)
        assert state.taken == len(self.seated)
        assert state.capacity == max(self.wanted, len(self.seated))
        for seats in SessionSeats.objects.select_related("session"):
            number = int(seats.session.title[-1])
            assert seats.taken == sum(one.workshop == number for one in self.seated)

    @invariant()
    def no_seat_is_free_while_somebody_could_have_it(self) -> None:
        if not hasattr(self, "people"):
            return
        before = [one.state for one in self.people]
        self.model_promotes()
        assert [one.state for one in self.people] == before


@pytest.mark.django_db
@pytest.mark.parametrize("half", [1, 2])  # side by side on two cores
def test_every_interleaving_does_what_the_model_says(half, monkeypatch):
    # What is mailed has its own tests, and takes most of the time.
    monkeypatch.setattr(mails, "_post", lambda *args, **kwargs: None)
    event = make_event(days=30, per_organisation=PER_ORGANISATION)
    for number in range(2):
        add_session(event, days=30, title=f"Workshop {number}", choice="workshop", capacity=WORKSHOP_PLACES)
    Interleaving.cast = Cast(event, [make_organisation() for _number in range(3)], make_organiser())
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
