"""A seat that was offered and not taken in time goes on as soon as anybody comes to the event, before the clock."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.choices import RegistrationState as State
from events.models import Registration
from events.registration import links, services
from tests.events.factories import make_event, make_organiser, make_participant, make_registration
from tests.events.registration.making import register, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAST = datetime.timedelta(minutes=1)


@pytest.fixture
def late():
    """The offer of the first in line has just ended; somebody else waits."""
    event = make_event(capacity=1)
    row = make_registration(event, state=State.OFFERED, held_until=timezone.now() - PAST)
    make_registration(event, state=State.WAITING)
    return row


def by_offer(row):
    return Client(), links.offer_url(row)


def by_registration(row):
    client = Client()
    client.get(links.page_url(Registration.objects.filter(event=row.event).last()))
    return client, reverse("registration", args=[Registration.objects.filter(event=row.event).last().uid])


def by_event_page(row):
    return Client(), row.event.url


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def by_form(row):
    return signed_in(make_participant()), reverse("event_register", args=[row.event_id])


def by_desk(row):
    return signed_in(make_organiser()), reverse("event_desk:event", args=[row.event_id])


def by_registration_at_desk(row):
    return signed_in(make_organiser()), reverse("event_desk:registration", args=[row.event_id, row.uid])


@pytest.mark.parametrize("come", [by_offer, by_registration, by_event_page, by_form, by_desk, by_registration_at_desk])
def test_whoever_comes_passes_the_seat_on(late, come):
    client, address = come(late)

    assert client.get(address).status_code in (200, 410)

    states = list(late.event.registrations.order_by("pk").values_list("state", flat=True))
    assert states == [State.WITHDRAWN, State.OFFERED]
    assert state_of(late.event).taken == 1


def test_who_registers_gets_the_seat_that_nobody_waits_for(late):
    late.event.registrations.filter(state=State.WAITING).delete()

    assert register(late.event).state == State.REGISTERED


def test_who_registers_overtakes_nobody(late):
    assert register(late.event).state == State.WAITING


def test_an_offer_that_stands_is_left_alone():
    event = make_event(capacity=1)
    row = make_registration(event, state=State.OFFERED, held_until=timezone.now() + PAST)

    assert services.expire_offers(event=event) == 0
    Client().get(event.url)
    row.refresh_from_db()
    assert row.state == State.OFFERED
