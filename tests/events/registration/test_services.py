"""What registering, cancelling and the waiting list do, step by step."""

import pytest
from django.core import mail

from events.choices import RegistrationState as State
from events.registration import services
from events.registration.exceptions import AlreadyRegistered, Full, Stale
from tests.events.factories import make_event, make_participant
from tests.events.registration.making import register, state_of

pytestmark = pytest.mark.django_db


def test_who_registers_has_a_seat_and_gets_an_invitation(django_capture_on_commit_callbacks):
    event = make_event(capacity=2)
    with django_capture_on_commit_callbacks(execute=True):
        row = register(event)

    assert row.state == State.REGISTERED
    assert state_of(event).taken == 1
    (sent,) = mail.outbox
    assert sent.to == [row.email]
    assert "uitnodiging.ics" in [name for name, _text, _type in sent.attachments]
    assert [line.action for line in row.history.all()] == ["register"]


def test_the_freed_seat_goes_to_the_first_in_line():
    event = make_event(capacity=1)
    first, second, third = register(event), register(event), register(event)
    assert [row.state for row in (first, second, third)] == [State.REGISTERED, State.WAITING, State.WAITING]

    services.withdraw(registration=first, by=first.user)

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (State.OFFERED, State.WAITING)
    assert state_of(event).taken == 1

    services.accept_offer(registration=second, by=second.user)
    second.refresh_from_db()
    assert second.state == State.REGISTERED


def test_nobody_registers_twice():
    event, user = make_event(), make_participant()
    row = register(event, user)

    with pytest.raises(AlreadyRegistered) as caught:
        register(event, user)
    assert caught.value.uid == row.uid


def test_without_a_waiting_list_full_is_full():
    event = make_event(capacity=1, has_waiting_list=False)
    register(event)
    with pytest.raises(Full):
        register(event)


def test_what_was_left_cannot_be_taken():
    event = make_event(capacity=1)
    first, second = register(event), register(event)
    services.withdraw(registration=first, by=first.user)
    second.refresh_from_db()
    services.decline_offer(registration=second, by=second.user)
    with pytest.raises(Stale):
        services.accept_offer(registration=second, by=second.user)
