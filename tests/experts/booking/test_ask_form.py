"""The form as a browser sends it: with what the page itself filled in."""

import re

import pytest
from django.test import Client

from experts.booking import services
from experts.booking.step_forms import MoveForm
from experts.models import AvailabilityException
from tests.experts.booking.making import Parties, slot
from tests.experts.factories import acting_for, make_expert

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


def test_two_experts_are_moved_to_what_is_free_of_both(parties: Parties) -> None:
    other = make_expert()
    booking = parties.booking("requested", experts=[parties.expert, other])
    services.propose(booking=booking, experts=[parties.expert, other], by=parties.desk)
    for expert, acting in ((parties.expert, parties.acting), (other, acting_for(other))):
        services.accept(booking=booking, expert=expert, option=parties.option(booking), by=acting)
    booking = services.confirm(booking=booking, by=parties.decider)
    AvailabilityException.objects.create(expert=other, first=slot(40).day, last=slot(40).day, free=False)

    widget = MoveForm(booking=booking, user=parties.decider).fields["option_1_1"].widget
    offered = {value for _month, rows in widget.free.choices[1:] for value, _label in rows}

    assert str(slot(41)) in offered
    assert str(slot(40)) not in offered
