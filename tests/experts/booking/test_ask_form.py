"""The form as a browser sends it: with what the page itself filled in."""

import pytest
from django.test import Client

from tests.experts.booking.making import Parties

pytestmark = pytest.mark.django_db


def test_the_only_municipality_is_filled_in(parties: Parties) -> None:
    client = Client()
    client.force_login(parties.decider)
    form = client.get("/boekingen/nieuw/").context["form"]
    assert form["organisation"].is_hidden
    assert form["organisation"].value() == parties.organisation.pk
