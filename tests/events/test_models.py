"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from events.choices import RegistrationState
from events.models import EventState
from tests.events.factories import add_session, in_days, make_event, make_registration

pytestmark = pytest.mark.django_db


def test_an_event_is_never_overfull() -> None:
    event = make_event(capacity=1)
    make_registration(event)

    with pytest.raises(IntegrityError), transaction.atomic():
        EventState.objects.filter(event=event).update(taken=2)


def test_an_address_registers_once_and_again_after_cancelling() -> None:
    event = make_event()
    make_registration(event, email="Petra@voorbeeld.be")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_registration(event, email="petra@voorbeeld.be", state=RegistrationState.WAITING)

    event.registrations.update(state=RegistrationState.WITHDRAWN)

    assert make_registration(event, email="petra@voorbeeld.be").pk


def test_an_offered_seat_is_held_until_a_moment() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_registration(make_event(), state=RegistrationState.OFFERED, held_until=None)


def test_a_session_ends_after_it_starts() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add_session(make_event(), starts_at=in_days(3, 12), ends_at=in_days(3, 9))
