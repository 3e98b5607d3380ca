"""Bookings and people: what is held about somebody, who takes over, a merger, and what is kept for how long."""

import datetime

import pytest
from django.utils import timezone

from core import retention
from experts.booking import quota, services
from experts.booking.mine import asked_of_me
from experts.choices import BookingState as State
from experts.models import Booking
from people import holdings, personal_data
from people.services.merging import merge
from tests.experts.booking.making import slot
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def asks(rf):
    def asked(user):
        request = rf.get("/")
        request.user = user
        return [row.url for row in asked_of_me(request)]

    return asked


def test_what_she_asked_is_hers_to_see(parties):
    booking = parties.booking(State.REQUESTED, contact_email="iemand@gemeente.be")

    held = {found.key: found.rows for found in personal_data.held_about(parties.decider)}

    assert [row["subject"] for row in held["bookings"]] == [booking.subject]
    assert [row["subject"] for row in held["booking_history"]] == [booking.subject] * 2
    assert {found.key: found.rows for found in personal_data.held_about(parties.acting)}["bookings"] == []


def test_forgetting_somebody_takes_how_to_reach_her_and_leaves_the_request(parties):
    booking = parties.booking(State.REQUESTED, contact_name="Dina", contact_phone="03 123 45 67")
    personal_data.forget(parties.decider)

    booking.refresh_from_db()
    assert (booking.contact_name, booking.contact_phone, booking.state) == ("", "", State.REQUESTED)


def test_open_requests_pass_to_who_takes_over(parties):
    booking = parties.booking(State.REQUESTED)
    (held,) = [one for one in holdings.held_by(parties.decider) if one.provider == "booking"]

    holdings.hand_over({parties.colleague: [held]}, old=parties.decider, by=parties.decider)

    booking.refresh_from_db()
    assert booking.requested_by == parties.colleague
    assert booking.history.last().action == "hand_over"
    services.withdraw(booking=booking, by=parties.colleague)
    assert [one for one in holdings.held_by(parties.colleague) if one.provider == "booking"] == []


def test_a_merged_municipality_takes_its_bookings_and_its_use_along(parties):
    booking, new = parties.booking(State.REQUESTED), make_organisation()
    year = slot(30).day.year

    merge(organisation=parties.organisation, into=new, by=parties.desk)

    booking.refresh_from_db()
    assert booking.organisation == new
    assert quota.standing(new, year).held == 1
    assert quota.standing(parties.organisation, year).held == 0


def test_what_is_long_closed_keeps_its_figures_alone(parties):
    booking = parties.booking(
        State.CONFIRMED, contact_name="Dina", contact_email="dina@gemeente.be", for_whom="Jeugdwerk van het plein"
    )
    services.cancel(booking=booking, by=parties.decider, why="De zus van de burgemeester is ziek.")
    fresh = parties.booking(State.REQUESTED)
    Booking.objects.filter(pk=booking.pk).update(closed_at=timezone.now() - datetime.timedelta(days=800))

    outcomes = {found.rule.name: found.count for found in retention.run(only=["bookings"])}

    booking.refresh_from_db()
    assert outcomes == {"bookings": 1}
    assert (booking.question, booking.contact_email, booking.for_whom, booking.requested_by) == ("", "", "", None)
    assert not booking.history.exclude(why="").exists()
    assert not booking.history.exclude(by=None).exists()
    assert (booking.state, booking.offer_kind, booking.pool_cost) == (State.CANCELLED, "advice", 250)
    assert retention.run(only=["bookings"])[0].count == 0
    fresh.refresh_from_db()
    assert fresh.question


def test_a_draft_that_nobody_goes_on_with_goes(parties):
    draft = parties.draft()
    assert retention.run(only=["booking_drafts"])[0].count == 0
    draft.history.update(at=timezone.now() - datetime.timedelta(days=200))

    assert retention.run(only=["booking_drafts"])[0].count == 1
    assert not Booking.objects.exists()


def test_my_page_asks_whoever_has_the_turn(parties, asks):
    booking = services.submit(booking=parties.draft(by=parties.colleague), by=parties.colleague)
    url = f"/boekingen/{booking.uid}/"
    assert (asks(parties.decider), asks(parties.colleague), asks(parties.acting)) == ([url], [], [])

    services.approve(booking=booking, by=parties.decider)
    services.propose(booking=booking, experts=[parties.expert], by=parties.desk)
    assert (asks(parties.decider), asks(parties.acting)) == ([], [url])

    services.accept(booking=booking, expert=parties.expert, option=parties.option(booking), by=parties.acting)
    services.confirm(booking=booking, by=parties.decider)
    services.move(booking=booking, options=[[slot(50)]], by=parties.acting)
    assert (asks(parties.decider), asks(parties.colleague), asks(parties.acting)) == ([url], [url], [])


def test_a_request_whose_asker_left_shows_in_the_report(parties):
    services.submit(booking=parties.draft(by=parties.colleague), by=parties.colleague)
    (provider,) = [one for one in holdings.providers() if one.name == "booking"]
    assert provider.ownerless() == []
    parties.colleague.memberships.update(state="ended", ended_on=timezone.localdate())

    assert len(provider.ownerless()) == 1
