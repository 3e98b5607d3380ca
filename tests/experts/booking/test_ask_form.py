"""The form as a browser sends it: with what the page itself filled in."""

import re

import pytest
from django.test import Client

from tests.experts.booking.making import Parties, slot

pytestmark = pytest.mark.django_db


def test_the_only_municipality_is_filled_in(parties: Parties) -> None:
    client = Client()
    client.force_login(parties.decider)
    form = client.get("/boekingen/nieuw/").context["form"]
    assert form["organisation"].is_hidden
    assert form["organisation"].value() == parties.organisation.pk


def test_the_chosen_day_part_is_selected_where_it_was_chosen(parties: Parties) -> None:
    client = Client()
    client.force_login(parties.decider)
    chosen = str(slot(30))
    page = client.get("/boekingen/nieuw/", {"expert": parties.expert.slug, "dagdeel": chosen}).content.decode()
    first, second, *_rest = re.findall(r'<select[^>]* name="option_\d_1".*?</select>', page, re.DOTALL)
    assert re.findall(r'value="([^"]*)" selected', first) == [chosen]
    assert re.findall(r'value="([^"]*)" selected', second) == [""]
