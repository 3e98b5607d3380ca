"""Lists of bookings cost at most twelve queries, however many bookings there are. (Within a test's transaction nothing
is remembered, so these commit.)"""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from experts.models import Booking
from tests.experts.booking.making import Parties, make_parties, slot
from tests.factories import make_tree

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
MOST = 11  # one below the bound


def make_bookings(parties: Parties, number: int) -> None:
    """Rows alone: services would take long for so many."""
    for days in range(Booking.objects.count(), number):
        booking = Booking.objects.create(
            organisation=parties.organisation,
            requested_by=parties.decider,
            subject=f"Vraag {days}",
            offer_kind="advice",
            state="proposed",
            turn="expert",
        )
        booking.asked.create(expert=parties.expert, asked_at=timezone.now())
        option = booking.options.create(rank=1)
        option.day_parts.create(day=slot(days).day, day_part="morning")


def test_a_list_costs_few_queries(django_assert_max_num_queries):
    make_tree()
    parties = make_parties()
    for number in (1, 30):
        make_bookings(parties, number)
        for name, user in (("my_bookings", parties.decider), ("expert_requests", parties.acting)):
            client = Client()
            client.force_login(user)
            for _time in range(2):  # the first makes the site's settings, which is a change
                client.get(reverse(name))
            with django_assert_max_num_queries(MOST, info=f"{name}: {number}"):
                response = client.get(reverse(name))
            assert len(response.context["entries"]) == min(number, 25)
