"""The form as a browser sends it: with what the page itself filled in."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from core.mail.models import OutgoingMail
from experts.booking import services
from experts.booking.shown import Shown
from experts.booking.step_forms import AcceptForm, MoveForm
from experts.choices import Party
from experts.models import AvailabilityException, Booking, ExpertPage
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


def proposed_to_two(parties: Parties) -> tuple[Booking, ExpertPage]:
    other = make_expert(title="De andere")
    booking = parties.booking("requested", experts=[parties.expert, other])
    return services.propose(booking=booking, experts=[parties.expert, other], by=parties.desk), other


def test_the_second_of_two_experts_is_offered_what_the_first_accepted(parties: Parties) -> None:
    booking, other = proposed_to_two(parties)
    taken = parties.option(booking, 1)
    services.accept(booking=booking, expert=other, option=taken, by=acting_for(other))

    assert list(AcceptForm(booking=booking, user=parties.acting).fields["option"].queryset) == [taken]
    assert len(Shown(booking, {Party.EXPERT}).options) == 1


def test_a_mail_to_an_expert_says_for_whom_it_is_and_with_whom(parties: Parties) -> None:
    proposed_to_two(parties)
    mail = OutgoingMail.objects.get(to=parties.acting.email, subject__contains="Spanningen")
    assert parties.expert.title in mail.body
    assert "De andere" in mail.body


def test_mails_to_vvsg_lead_to_its_desk_and_those_to_others_do_not(parties: Parties) -> None:
    booking = parties.booking("requested")
    desk = reverse("expert_desk:booking", args=[booking.uid])
    links = {mail.to: desk in mail.body for mail in OutgoingMail.objects.filter(body__contains=str(booking.uid))}
    assert links == {parties.desk.email: True, parties.decider.email: False}


def test_two_experts_are_moved_to_what_is_free_of_both(parties: Parties) -> None:
    booking, other = proposed_to_two(parties)
    for expert, acting in ((parties.expert, parties.acting), (other, acting_for(other))):
        services.accept(booking=booking, expert=expert, option=parties.option(booking), by=acting)
    booking = services.confirm(booking=booking, by=parties.decider)
    AvailabilityException.objects.create(expert=other, first=slot(40).day, last=slot(40).day, free=False)

    widget = MoveForm(booking=booking, user=parties.decider).fields["option_1_1"].widget
    offered = {value for _month, rows in widget.free.choices[1:] for value, _label in rows}

    assert str(slot(41)) in offered
    assert str(slot(40)) not in offered


def test_who_approves_sees_what_is_left_of_the_quota(parties: Parties) -> None:
    booking = parties.draft(by=parties.colleague)
    services.submit(booking=booking, by=parties.colleague)
    client = Client()
    client.force_login(parties.decider)

    page = client.get(reverse("booking_step", args=[booking.uid, "goedkeuren"]))

    assert [standing.year for standing in page.context["standings"]] == sorted({slot(30).day.year, slot(31).day.year})
    assert page.context["standings"][0].held == 1


def test_who_changes_what_was_sent_back_reads_why(parties: Parties) -> None:
    booking = services.submit(booking=parties.draft(by=parties.colleague), by=parties.colleague)
    services.send_back(booking=booking, by=parties.decider, why="Eerst intern overleggen.")
    client = Client()
    client.force_login(parties.colleague)

    assert "Eerst intern overleggen." in client.get(reverse("booking_edit", args=[booking.uid])).content.decode()
