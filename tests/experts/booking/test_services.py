"""From the request to the confirmation, and every way out: state, turn, history, day-parts, quota and mails."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from experts.booking import services
from experts.booking.exceptions import BookingError, NotAllowed, SlotTaken, StaleBooking
from experts.choices import BookingState as State
from experts.choices import Party
from experts.models import BookedDayPart, Booking, ExpertPage
from tests.experts.booking.making import make_parties, slot, taken
from tests.experts.factories import acting_for, make_expert

pytestmark = pytest.mark.django_db


def history(booking):
    return [(row.action, row.new) for row in booking.history.all()]


def test_a_request_goes_the_whole_way(parties, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        booking = parties.booking(State.CONFIRMED)

    assert (booking.state, booking.turn, booking.held_until) == (State.CONFIRMED, Party.NOBODY, None)
    assert taken(parties.expert) == {slot(30): True}
    assert history(booking) == [
        ("draft", "draft"),
        ("submit", "requested"),
        ("take_up", "treatment"),
        ("propose", "proposed"),
        ("accept", "accepted"),
        ("confirm", "confirmed"),
    ]
    assert [row.party for row in booking.history.all()][1:] == ["municipality", "vvsg", "vvsg", "expert", "decider"]
    assert {message.to[0] for message in mail.outbox} == {
        parties.decider.email,
        parties.acting.email,
        parties.desk.email,
    }


def test_asking_holds_every_option_and_accepting_releases_the_others(parties):
    booking = parties.booking(State.REQUESTED)
    assert taken(parties.expert) == {slot(30): False, slot(31): False}
    assert booking.held_until > timezone.now()

    services.propose(booking=booking, experts=[parties.expert], by=parties.desk)
    services.accept(booking=booking, expert=parties.expert, option=parties.option(booking, 1), by=parties.acting)

    assert taken(parties.expert) == {slot(31): False}


def test_a_colleague_asks_her_decision_maker_first(parties):
    booking = parties.draft(by=parties.colleague)

    waiting = services.submit(booking=booking, by=parties.colleague)
    assert (waiting.state, waiting.turn) == (State.APPROVAL, Party.DECIDER)
    assert set(taken(parties.expert)) == {slot(30), slot(31)}
    with pytest.raises(NotAllowed):
        services.approve(booking=booking, by=parties.colleague)

    asked = services.approve(booking=booking, by=parties.decider)
    assert (asked.state, asked.turn, asked.approved_by) == (State.REQUESTED, Party.VVSG, parties.decider)


def test_what_is_sent_back_holds_nothing_and_can_be_sent_again(parties):
    booking = services.submit(booking=parties.draft(by=parties.colleague), by=parties.colleague)
    with pytest.raises(BookingError):
        services.send_back(booking=booking, by=parties.decider, why=" ")

    services.send_back(booking=booking, by=parties.decider, why="Vraag eerst de burgemeester.")

    assert taken(parties.expert) == {}
    assert not booking.charges.exists()
    assert services.submit(booking=booking, by=parties.colleague).state == State.APPROVAL


def test_the_second_to_ask_gets_the_nearest_free_alternatives(parties):
    parties.booking(State.REQUESTED)
    second = make_parties()
    second.expert = parties.expert

    with pytest.raises(SlotTaken) as caught:
        services.submit(booking=second.draft(options=[[slot(30)]]), by=second.decider)

    assert caught.value.taken == [slot(30)]
    assert len(caught.value.alternatives) == 3
    assert slot(30) not in {one for option in caught.value.alternatives for one in option}
    assert slot(30).in_words in caught.value.message
    assert Booking.objects.get(organisation=second.organisation).state == State.DRAFT


def test_a_refusal_frees_the_days_and_another_expert_takes_over(parties):
    booking, other = parties.booking(State.PROPOSED), make_expert()

    services.refuse(booking=booking, expert=parties.expert, reason="no_time", by=parties.acting, note="Ik ben weg.")
    booking.refresh_from_db()
    assert (booking.state, booking.turn, taken(parties.expert)) == (State.REFUSED, Party.VVSG, {})

    services.pass_on(booking=booking, experts=[other], by=parties.desk)
    services.accept(booking=booking, expert=other, option=parties.option(booking), by=acting_for(other))
    booking = services.confirm(booking=booking, by=parties.decider)

    assert booking.state == State.CONFIRMED
    assert taken(other) == {slot(30): True}
    assert [(row.expert, row.answer) for row in booking.asked.all()] == [
        (parties.expert, "refused"),
        (other, "accepted"),
    ]


def test_two_experts_together_accept_the_same_day(parties):
    other = make_expert()
    booking = parties.booking(State.REQUESTED, experts=[parties.expert, other])
    assert set(taken(other)) == set(taken(parties.expert)) == {slot(30), slot(31)}
    services.propose(booking=booking, experts=[parties.expert, other], by=parties.desk)

    first = services.accept(booking=booking, expert=other, option=parties.option(booking, 1), by=acting_for(other))
    assert (first.state, first.turn) == (State.PROPOSED, Party.EXPERT)
    with pytest.raises(BookingError):
        services.accept(booking=booking, expert=parties.expert, option=parties.option(booking), by=parties.acting)
    both = services.accept(booking=booking, expert=parties.expert, option=parties.option(booking, 1), by=parties.acting)

    assert both.state == State.ACCEPTED
    assert set(taken(other)) == set(taken(parties.expert)) == {slot(31)}


def test_several_day_parts_on_several_days_are_one_option(parties):
    option = [slot(30), slot(30, "afternoon"), slot(37)]
    booking = parties.booking(State.CONFIRMED, options=[option])

    assert booking.day_parts == 3
    assert taken(parties.expert) == dict.fromkeys(option, True)


def test_moving_keeps_the_agreed_day_until_the_expert_accepts(parties):
    booking = parties.booking(State.CONFIRMED)
    moving = services.move(booking=booking, options=[[slot(40)], [slot(41)]], by=parties.decider)
    assert (moving.state, moving.turn) == (State.MOVING, Party.EXPERT)
    assert taken(parties.expert) == {slot(30): True, slot(40): False, slot(41): False}
    with pytest.raises(NotAllowed):
        services.accept_move(booking=booking, option=booking.options.get(moving=True, rank=4), by=parties.decider)

    moved = services.accept_move(
        booking=booking, option=booking.options.get(rank=4), expert=parties.expert, by=parties.acting
    )

    assert (moved.state, moved.sequence) == (State.CONFIRMED, booking.sequence + 1)
    assert taken(parties.expert) == {slot(41): True}


def test_an_expert_who_moves_waits_for_the_municipality(parties):
    booking = parties.booking(State.CONFIRMED)
    moving = services.move(booking=booking, options=[[slot(40)]], by=parties.acting)
    assert moving.turn == Party.MUNICIPALITY
    option = booking.options.get(moving=True)
    with pytest.raises(NotAllowed):
        services.accept_move(booking=booking, option=option, expert=parties.expert, by=parties.acting)

    assert services.accept_move(booking=booking, option=option, by=parties.decider).state == State.CONFIRMED
    assert taken(parties.expert) == {slot(40): True}


def test_a_move_that_is_refused_changes_nothing(parties):
    booking = parties.booking(State.CONFIRMED)
    services.move(booking=booking, options=[[slot(40)]], by=parties.decider)

    kept = services.refuse_move(booking=booking, by=parties.acting, why="Ik kan dan niet.")

    assert (kept.state, taken(parties.expert)) == (State.CONFIRMED, {slot(30): True})
    assert not booking.options.filter(moving=True).exists()


def test_a_move_may_overlap_the_agreed_day(parties):
    booking = parties.booking(State.CONFIRMED)
    wider = [slot(30), slot(30, "afternoon")]
    services.move(booking=booking, options=[wider], by=parties.desk)
    services.accept_move(booking=booking, option=booking.options.get(moving=True), by=parties.acting)

    assert taken(parties.expert) == dict.fromkeys(wider, True)


@pytest.mark.parametrize(("days", "late"), [(30, False), (5, True)])
def test_cancelling_gives_back_and_says_whether_it_was_late(parties, days, late):
    booking = parties.booking(State.CONFIRMED, options=[[slot(days)]])

    cancelled = services.cancel(booking=booking, by=parties.acting, why="Ziek.")

    assert (cancelled.state, cancelled.cancelled_late, cancelled.turn) == (State.CANCELLED, late, Party.NOBODY)
    assert not BookedDayPart.objects.exists()
    assert not cancelled.charges.exists()


@pytest.mark.parametrize("state", [State.DRAFT, State.REQUESTED, State.TREATMENT, State.PROPOSED, State.ACCEPTED])
def test_withdrawing_and_expiring_give_back(parties, state):
    booking = parties.booking(state)
    services.withdraw(booking=booking, by=parties.decider)
    assert not BookedDayPart.objects.exists()
    assert not booking.charges.exists()

    if state != State.DRAFT:
        other = parties.booking(state)
        assert services.expire(booking=other).state == State.EXPIRED
        assert not BookedDayPart.objects.exists()


def test_a_confirmed_booking_passes_to_another_expert(parties):
    booking, other = parties.booking(State.CONFIRMED), make_expert()

    passed = services.pass_on(booking=booking, experts=[other], by=parties.desk, why="Ziek.")

    assert (passed.state, passed.turn) == (State.PROPOSED, Party.EXPERT)
    assert (taken(parties.expert), taken(other)) == ({}, {slot(30): False})
    assert not booking.options.filter(chosen=True).exists()


def test_what_took_place_is_delivered_evaluated_and_closed(parties, monkeypatch):
    booking = parties.booking(State.CONFIRMED)
    with pytest.raises(BookingError):
        services.deliver(booking=booking)
    later = timezone.now() + datetime.timedelta(days=32)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert services.deliver(booking=booking).turn == Party.MUNICIPALITY
    assert services.evaluate(booking=booking, by=parties.decider).turn == Party.VVSG
    closed = services.close(booking=booking, by=parties.desk)

    assert (closed.state, closed.turn) == (State.CLOSED, Party.NOBODY)
    assert closed.charges.count() == 1


def test_closing_without_an_expert_asks_why_and_gives_back(parties):
    booking = parties.booking(State.TREATMENT)
    with pytest.raises(BookingError):
        services.close(booking=booking, by=parties.desk)

    assert services.close(booking=booking, by=parties.desk, why="Niemand kan.").state == State.CLOSED
    assert not booking.charges.exists()
    assert not BookedDayPart.objects.exists()


def test_what_was_seen_must_be_what_is(parties):
    booking = parties.booking(State.PROPOSED)
    with pytest.raises(StaleBooking):
        services.withdraw(booking=booking, by=parties.decider, seen=booking.version - 1)
    services.withdraw(booking=booking, by=parties.decider, seen=booking.version)
    with pytest.raises(StaleBooking):  # a double click
        services.withdraw(booking=booking, by=parties.decider, seen=booking.version)

    assert [row.action for row in booking.history.all()].count("withdraw") == 1


def test_an_expert_who_left_the_pool_cannot_accept(parties):
    booking = parties.booking(State.PROPOSED)
    ExpertPage.objects.filter(pk=parties.expert.pk).update(pool_until=timezone.localdate())

    with pytest.raises(BookingError) as caught:
        services.accept(
            booking=booking,
            expert=ExpertPage.objects.get(pk=parties.expert.pk),
            option=parties.option(booking),
            by=parties.acting,
        )
    assert parties.expert.title in caught.value.message


def test_an_expert_answers_for_herself_only(parties):
    booking, other = parties.booking(State.PROPOSED), make_expert()

    for user in (acting_for(other), parties.colleague, parties.decider):
        with pytest.raises(NotAllowed):
            services.accept(booking=booking, expert=parties.expert, option=parties.option(booking), by=user)


def test_vvsg_looks_for_an_expert(parties):
    booking = parties.booking(State.REQUESTED, experts=[], vvsg_searches=True)
    assert taken(parties.expert) == {}

    services.propose(booking=booking, experts=[parties.expert], by=parties.desk, options=[[slot(50)]])

    assert taken(parties.expert) == {slot(50): False}
    assert booking.asked.get().asked_at is not None


def test_the_days_are_held_again_when_the_expert_accepts_late(parties):
    booking = parties.booking(State.PROPOSED)
    BookedDayPart.objects.all().delete()  # what the task does once the term is over

    services.accept(booking=booking, expert=parties.expert, option=parties.option(booking), by=parties.acting)

    assert taken(parties.expert) == {slot(30): False}


def test_an_urgent_request_tells_vvsg_at_once_and_asks_an_answer_in_two_working_days(
    parties, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        booking = parties.booking(State.REQUESTED, is_urgent=True, urgency_reason="Vanavond betoging.")

    assert 0 <= (booking.turn_until - timezone.localdate()).days <= 6
    assert any(parties.desk.email in message.to for message in mail.outbox)
