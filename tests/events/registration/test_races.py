"""Never overfull: a hundred connections on PostgreSQL, and what happens without the lock."""

import threading
from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, connections, transaction

from events.choices import SEATED
from events.choices import RegistrationState as State
from events.models import EventState, Registration, SessionSeats
from events.registration import change, mails, seats, services
from events.registration.exceptions import RegistrationError
from events.registration.services.offering import in_line
from tests.events.factories import add_session, make_event, make_organiser, make_registration
from tests.events.registration.making import state_of
from tests.factories import make_organisation

CONNECTIONS, SEATS = 100, 10
pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs several connections")


@pytest.fixture(autouse=True)
def _no_mail(monkeypatch):
    """Has its own tests; a hundred of them take longer than the race."""
    monkeypatch.setattr(mails, "_post", lambda *args, **kwargs: None)


@pytest.fixture
def arrivals(monkeypatch):
    """The names in the order in which each got the lock, or, in the control, came by where it was."""
    order = []
    check = services.registering._check

    def noted(held, person, by, given):
        order.append(person.name)
        check(held, person, by, given)

    monkeypatch.setattr(services.registering, "_check", noted)
    return order


def at_once(steps) -> Counter[str]:
    """How many were done, and how many ended in which error; each in a thread with a connection of its own."""
    gate, results = threading.Barrier(len(steps)), []

    def run(step):
        connection.ensure_connection()
        gate.wait(timeout=120)
        try:
            step()
            results.append("done")
        except (RegistrationError, IntegrityError) as error:
            results.append(type(error).__name__)
        except Exception as error:  # a test says which
            results.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=180)
    return Counter(results)


def registering(event, number: int, **given):
    """So many people who each register at the same moment."""
    organiser = make_organiser()
    people = [
        services.Applicant(f"Persoon {count}", f"persoon{count}@voorbeeld.be", organisation=given.get("organisation"))
        for count in range(number)
    ]
    more = {"sessions": given.get("sessions", ())}
    return [lambda one=one: services.register(event=event, person=one, by=organiser, **more) for one in people]


@contextmanager
def without_the_constraint():
    """What is left of the guard when the database does not refuse: nothing but the lock."""
    every = list(EventState._meta.constraints)
    (constraint,) = [one for one in every if one.name == "event_never_overfull"]
    EventState._meta.constraints = [one for one in every if one is not constraint]
    try:
        with connection.schema_editor() as editor:
            editor.remove_constraint(EventState, constraint)
        yield
    finally:
        EventState.objects.all().update(taken=0)
        EventState._meta.constraints = every
        with connection.schema_editor() as editor:
            editor.add_constraint(EventState, constraint)


@pytest.fixture
def _without_the_lock(monkeypatch):
    """The control: the row is read as it is, and waits for nobody."""
    monkeypatch.setattr(seats, "locked", lambda event: EventState.objects.get(event=event))
    monkeypatch.setattr(services.registering, "free_code", lambda event: f"{threading.get_native_id() % 10**6:06d}")


@on_postgresql
def test_a_hundred_race_for_ten_seats_and_the_others_wait_in_order_of_arrival(arrivals):
    event = make_event(capacity=SEATS)

    assert at_once(registering(event, CONNECTIONS)) == Counter(done=CONNECTIONS)

    rows = list(Registration.objects.filter(event=event).order_by("pk"))
    assert Counter(row.state for row in rows) == {State.REGISTERED: SEATS, State.WAITING: CONNECTIONS - SEATS}
    assert [row.name for row in rows if row.state == State.REGISTERED] == arrivals[:SEATS]
    assert [row.name for row in in_line(event)] == arrivals[SEATS:]
    assert state_of(event).taken == SEATS


@on_postgresql
@pytest.mark.usefixtures("_without_the_lock")
def test_without_the_lock_and_the_constraint_the_same_race_oversells():
    event = make_event(capacity=SEATS)
    with without_the_constraint():
        at_once(registering(event, CONNECTIONS))

        assert Registration.objects.filter(event=event, state__in=SEATED).count() > SEATS


@on_postgresql
@pytest.mark.usefixtures("_without_the_lock")
def test_without_the_lock_the_database_still_refuses_what_is_too_much():
    event = make_event(capacity=SEATS)
    results = at_once(registering(event, CONNECTIONS))

    assert Registration.objects.filter(event=event, state__in=SEATED).count() == SEATS == state_of(event).taken
    assert results["IntegrityError"] > 0


@on_postgresql
def test_an_organisation_gets_no_more_than_its_places_at_once():
    event = make_event(capacity=SEATS, per_organisation=3)
    at_once(registering(event, 30, organisation=make_organisation()))

    assert Registration.objects.filter(event=event, state__in=SEATED).count() == 3


@on_postgresql
def test_a_session_side_by_side_gets_no_more_than_its_places_at_once():
    event = make_event(capacity=CONNECTIONS)
    small = add_session(event, title="Klein", choice="A", capacity=3)
    add_session(event, title="Groot", choice="A")
    results = at_once(registering(event, 30, sessions=[small]))

    assert results == Counter(done=3, Full=27)  # who came too late can choose the other one
    assert small.chosen.count() == SessionSeats.objects.get(session=small).taken == 3


@on_postgresql
def test_a_double_click_registers_once():
    event, organiser = make_event(), make_organiser()
    person = services.Applicant("Dubbel", "dubbel@voorbeeld.be")
    step = lambda: services.register(event=event, person=person, by=organiser)  # noqa: E731

    assert at_once([step] * 10) == Counter(done=1, AlreadyRegistered=9)
    assert state_of(event).taken == 1


@on_postgresql
def test_while_everybody_cancels_and_registers_at_once_no_seat_is_lost_or_doubled():
    event = make_event(capacity=SEATS)
    there = [make_registration(event) for _number in range(SEATS)]
    leaving = [lambda row=row: services.withdraw(registration=row, by=None) for row in there]
    results = at_once([*leaving, *registering(event, 40)])

    assert results == Counter(done=50)
    assert Registration.objects.filter(event=event, state__in=SEATED).count() == SEATS == state_of(event).taken


@on_postgresql
def test_an_offer_is_taken_or_expires_and_never_both(monkeypatch):
    event = make_event(capacity=1)
    first = make_registration(event, state=State.OFFERED)
    make_registration(event, state=State.WAITING)
    past = first.held_until.replace(year=first.held_until.year + 1)
    results = at_once(
        [
            lambda: services.accept_offer(registration=first, by=None),
            lambda: services.expire_offers(past),
            lambda: services.decline_offer(registration=first, by=None),
        ]
    )

    assert results["done"] + results["Stale"] == 3
    assert state_of(event).taken == Registration.objects.filter(event=event, state__in=SEATED).count() == 1


def test_the_lock_is_asked_for_within_a_transaction_only():
    event = make_event()
    with pytest.raises(RuntimeError):
        change.running(event)


def test_the_database_refuses_one_seat_too_many():
    event = make_event(capacity=1)
    make_registration(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventState.objects.filter(event=event).update(taken=2)
