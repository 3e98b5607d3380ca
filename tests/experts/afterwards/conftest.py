import datetime
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from experts.booking import services
from experts.choices import BookingState
from experts.models import Booking, OptionDayPart
from people.models import User
from tests.experts.booking.making import Parties, make_parties
from tests.factories import make_user


@dataclass
class Delivered:
    """A booking that took place, and everybody who could look at it."""

    parties: Parties
    booking: Booking
    stranger: User

    def client(self, role: str) -> Client:
        client = Client()
        if role != "anonymous":
            person = self.stranger if role == "stranger" else getattr(self.parties, role)
            client.force_login(person)
        return client


def let_it_happen(booking: Booking, day: datetime.date | None = None) -> Booking:
    """Its days are past, and it is written down as delivered."""
    yesterday = day or timezone.localdate() - datetime.timedelta(days=1)
    OptionDayPart.objects.filter(option__booking=booking, option__chosen=True).update(day=yesterday)
    services.deliver(booking=booking)
    booking.refresh_from_db()
    return booking


@pytest.fixture
def delivered(tree) -> Delivered:
    parties = make_parties()
    return Delivered(parties, let_it_happen(parties.booking(BookingState.CONFIRMED)), make_user())
