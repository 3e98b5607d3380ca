"""What VVSG does with a booking at its desk: every step, matching, a request by telephone, merging doubles."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.mail.models import OutgoingMail
from experts.booking import services
from experts.booking.exceptions import BookingError
from experts.choices import Answer, BookingState, RefusalReason
from experts.desk import matching, merging
from experts.desk.actions import DESK_ACTIONS, actions_for
from experts.models import Booking, BookingExpert, ExpertOffer, WeeklyDayPart
from tests.experts.booking.making import slot, taken
from tests.experts.factories import make_expert, make_offer
from tests.factories import make_concept, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
State = BookingState


def act(desk, booking, name, **data):
    url = reverse("expert_desk:act", args=[booking.uid, name])
    answer = desk.client().post(url, {"seen": booking.version, **data}, follow=True)
    booking.refresh_from_db()
    return answer


def errors(answer):
    return [str(message) for message in answer.context["messages"] if message.level_tag == "error"]


def test_a_request_goes_from_sent_to_confirmed_at_the_desk(desk):
    parties = desk.parties
    booking = parties.booking(State.REQUESTED)

    act(desk, booking, "take_up")
    assert booking.state == State.TREATMENT
    url = reverse("expert_desk:match", args=[booking.uid])
    desk.client().post(url, {"seen": booking.version, "experts": [parties.expert.pk]})
    booking.refresh_from_db()
    assert booking.state == State.PROPOSED
    act(desk, booking, "accept", expert=parties.expert.pk, option=parties.option(booking).pk)
    assert booking.state == State.ACCEPTED
    act(desk, booking, "confirm")
    assert booking.state == State.CONFIRMED
    assert taken(parties.expert) == {slot(30): True}
    assert booking.history.filter(by=parties.desk).count() == 4


@pytest.mark.parametrize("state", [State.REQUESTED, State.PROPOSED, State.ACCEPTED, State.CONFIRMED])
def test_the_page_offers_what_the_state_allows_and_nothing_else(desk, state):
    booking = desk.parties.booking(state)

    page = desk.client().get(reverse("expert_desk:booking", args=[booking.uid])).content.decode()
    offered = {name for name in DESK_ACTIONS if reverse("expert_desk:act", args=[booking.uid, name]) in page}
    assert offered == {action.name for action, _form in actions_for(booking)}
    assert ("cancel" in offered) == (state == State.CONFIRMED)


def test_a_stale_tab_changes_nothing_and_says_so(desk):
    booking = desk.parties.booking(State.REQUESTED)
    services.take_up(booking=booking, by=desk.parties.desk)

    answer = act(desk, booking, "withdraw", seen=booking.version)

    assert booking.state == State.TREATMENT
    assert errors(answer)


def test_a_step_that_the_state_does_not_allow_is_refused(desk):
    booking = desk.parties.booking(State.REQUESTED)

    assert errors(act(desk, booking, "confirm"))
    assert booking.state == State.REQUESTED


def test_cancelling_asks_why(desk):
    booking = desk.parties.booking(State.CONFIRMED)

    assert errors(act(desk, booking, "cancel", why=""))
    assert booking.state == State.CONFIRMED
    act(desk, booking, "cancel", why="Ziek")
    assert booking.state == State.CANCELLED
    assert taken(desk.parties.expert) == {}


def test_a_refusal_by_telephone_keeps_its_reason(desk):
    booking = desk.parties.booking(State.PROPOSED)

    act(desk, booking, "refuse", expert=desk.parties.expert.pk, reason=RefusalReason.NO_CAPACITY, why="Vol")

    row = booking.asked.get()
    assert (booking.state, row.answer, row.refusal, row.note) == (State.REFUSED, Answer.REFUSED, "no_capacity", "Vol")


def test_other_days_are_proposed_at_the_desk(desk):
    booking = desk.parties.booking(State.CONFIRMED)

    act(desk, booking, "move", day1=slot(60).day.isoformat(), parts1=["morning"], why="Zaal bezet")

    assert booking.state == State.MOVING
    assert [row.slots for row in booking.options.filter(moving=True)] == [[slot(60)]]


@pytest.mark.parametrize("data", [{"expert": 0}, {"expert": "x"}, {"option": 999999}])
def test_an_answer_for_nobody_is_refused(desk, data):
    booking = desk.parties.booking(State.PROPOSED)
    given = {"expert": desk.parties.expert.pk, "option": desk.parties.option(booking).pk, **data}

    assert errors(act(desk, booking, "accept", **given))
    assert booking.state == State.PROPOSED


# Matching


def best(booking):
    return [match.expert for match in matching.matches(booking)]


def test_who_fits_comes_before_who_does_not(desk):
    theme = make_concept("Polarisatie")
    booking = desk.parties.booking(State.REQUESTED, themes=[theme], level="tertiary", offer_kind="training")
    fitting = make_expert(title="Past", themes=[theme], level_tertiary=True)
    make_offer(fitting, kind="training")

    first = matching.matches(booking)[0]
    assert first.expert == fitting
    assert all(criterion.fits for criterion in first.criteria)
    other = next(one for one in matching.matches(booking) if one.expert == desk.parties.expert)
    assert {str(one.label) for one in other.criteria if not one.fits} >= {"Polarisatie"}


def test_who_is_free_on_more_of_the_days_comes_first(desk):
    booking = desk.parties.booking(State.REQUESTED)
    busy = make_expert(title="Bezet")
    WeeklyDayPart.objects.filter(expert=busy, weekday=slot(31).day.weekday()).delete()

    found = {match.expert: match.free for match in matching.matches(booking)}
    assert found[desk.parties.expert] == [True, True]
    assert found[busy][1] is False
    assert best(booking)[-1] == busy


def test_who_was_asked_least_this_year_comes_first(desk):
    booking = desk.parties.booking(State.REQUESTED)
    fresh = make_expert(title="Fris")
    done = timezone.now()
    other = Booking.objects.create(organisation=make_organisation(), subject="x", offer_kind="advice")
    BookingExpert.objects.create(
        booking=other,
        expert=desk.parties.expert,
        answer=Answer.REFUSED,
        asked_at=done - datetime.timedelta(days=2),
        answered_at=done,
    )

    assert best(booking)[0] == fresh
    match = next(one for one in matching.matches(booking) if one.expert == desk.parties.expert)
    assert (match.asked, match.accepted, round(match.answer_days)) == (1, 0, 2)


def test_who_refused_this_request_comes_last_and_who_left_not_at_all(desk):
    booking = desk.parties.booking(State.PROPOSED)
    services.refuse(booking=booking, expert=desk.parties.expert, reason="too_far", by=desk.parties.acting)
    make_expert(title="Ander")
    make_expert(title="Weg", pool_until=timezone.localdate() - datetime.timedelta(days=1))
    make_expert(title="Ongepubliceerd", live=False)

    assert [one.title for one in best(booking)] == ["Ander", desk.parties.expert.title]


def test_matching_asks_as_much_for_many_experts(desk, django_assert_max_num_queries):
    booking = desk.parties.booking(State.REQUESTED)
    for _number in range(6):
        make_expert()
    ExpertOffer.objects.update(online=True)

    with django_assert_max_num_queries(16):
        assert len(matching.matches(booking)) == 7


def test_two_experts_are_asked_together_and_other_days_hold(desk):
    booking = desk.parties.booking(State.TREATMENT)
    second = make_expert()
    url = reverse("expert_desk:match", args=[booking.uid])
    data = {"seen": booking.version, "experts": [desk.parties.expert.pk, second.pk]}

    desk.client().post(url, {**data, "day1": slot(70).day.isoformat(), "parts1": ["evening"]})

    booking.refresh_from_db()
    assert booking.state == State.PROPOSED
    assert set(taken(desk.parties.expert)) == set(taken(second)) == {slot(70, "evening")}


def test_whom_no_mail_reaches_is_to_be_called(desk):
    booking = desk.parties.booking(State.TREATMENT)
    booking.asked.get().expert.accounts.all().delete()
    url = reverse("expert_desk:match", args=[booking.uid])

    answer = desk.client().post(url, {"seen": booking.version, "experts": [desk.parties.expert.pk]}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    assert booking.asked.get().asked_at is not None


def test_asking_nobody_or_somebody_who_is_taken_says_so(desk):
    first = desk.parties.booking(State.CONFIRMED)
    other = desk.parties.draft(experts=[], vvsg_searches=True, options=[[slot(30)]])
    services.submit(booking=other, by=desk.parties.decider)
    other.refresh_from_db()
    url = reverse("expert_desk:match", args=[other.uid])

    assert desk.client().post(url, {"seen": other.version}).status_code == 422
    answer = desk.client().post(url, {"seen": other.version, "experts": [desk.parties.expert.pk]})
    assert answer.status_code == 422
    other.refresh_from_db()
    assert other.state == State.REQUESTED
    assert set(first.booked.values_list("confirmed", flat=True)) == {True}


def test_who_was_ticked_stays_ticked_and_is_named_where_she_is_taken(desk):
    desk.parties.booking(State.CONFIRMED)
    other = desk.parties.draft(experts=[], vvsg_searches=True, options=[[slot(30)]])
    services.submit(booking=other, by=desk.parties.decider)
    other.refresh_from_db()
    both = [desk.parties.expert.pk, make_expert().pk]

    answer = desk.client().post(
        reverse("expert_desk:match", args=[other.uid]), {"seen": other.version, "experts": both}
    )

    assert answer.context["ticked"] == [str(key) for key in both]
    assert answer.content.decode().count(" checked>") == 2
    assert any(
        error.startswith(f"{desk.parties.expert.title}: ") for error in answer.context["form"].non_field_errors()
    )


# By telephone


def call(desk, **overrides):
    data = {
        "organisation": desk.parties.organisation.pk,
        "contact_name": "Bel Bellens",
        "contact_email": "bel@voorbeeld.be",
        "subject": "Onrust op school",
        "question": "Wie kan ons helpen?",
        "offer_kind": "advice",
        "place": "on_site",
        **overrides,
    }
    return desk.client().post(reverse("expert_desk:phone"), data)


def test_a_request_by_telephone_is_sent_at_once(desk):
    assert call(desk).status_code == 302

    made = Booking.objects.get()
    assert (made.state, made.by_phone, made.requested_by, made.vvsg_searches) == (State.REQUESTED, True, None, True)
    assert made.contact_email == "bel@voorbeeld.be"


def test_with_an_expert_and_a_day_it_is_held(desk):
    call(desk, experts=[desk.parties.expert.pk], day1=slot(30).day.isoformat(), parts1=["morning", "afternoon"])

    assert taken(desk.parties.expert) == {slot(30): False, slot(30, "afternoon"): False}


@pytest.mark.parametrize(
    "wrong", [{"question": ""}, {"organisation": ""}, {"is_urgent": "on"}, {"day1": "2030-01-01"}, {"experts": [0]}]
)
def test_an_incomplete_request_is_not_sent(desk, wrong):
    assert call(desk, **wrong).status_code == 422
    assert not Booking.objects.exists()


def test_a_day_that_was_taken_leaves_nothing_behind(desk):
    desk.parties.booking(State.CONFIRMED)

    answer = call(desk, experts=[desk.parties.expert.pk], day1=slot(30).day.isoformat(), parts1=["morning"])

    assert answer.status_code == 422
    assert Booking.objects.count() == 1


# Doubles


@pytest.fixture
def double(desk):
    parties = desk.parties
    return parties.booking(State.REQUESTED, subject="Oud"), parties.booking(
        State.REQUESTED, subject="Nieuw", options=[[slot(40)]]
    )


def test_a_double_ends_and_keeps_its_history(desk, double):
    old, new = double
    OutgoingMail.objects.all().delete()

    answer = desk.client().post(
        reverse("expert_desk:merge", args=[old.uid]), {"into": new.pk, "seen": old.version}, follow=True
    )

    assert answer.redirect_chain[-1][0] == reverse("expert_desk:booking", args=[new.uid])
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.merged_into, new.state) == (State.WITHDRAWN, new, State.REQUESTED)
    assert set(taken(desk.parties.expert)) == {slot(40)}
    assert old.history.count() == 4  # draft, sent, withdrawn, merged
    assert old.question in new.history.get(action="merge").why
    assert desk.parties.decider.email in OutgoingMail.objects.values_list("to", flat=True)


def test_what_cannot_be_merged(desk, double):
    old, new = double
    elsewhere = desk.parties.draft()
    Booking.objects.filter(pk=elsewhere.pk).update(organisation=make_organisation(), state=State.REQUESTED)
    for into in (old, elsewhere):
        with pytest.raises(BookingError):
            merging.merge(booking=old, into=into, by=desk.parties.desk)
    with pytest.raises(BookingError):
        merging.merge(booking=old, into=new, by=desk.parties.decider)
    services.withdraw(booking=new, by=desk.parties.decider)
    with pytest.raises(BookingError):
        merging.merge(booking=old, into=new, by=desk.parties.desk)
    old.refresh_from_db()
    assert (old.state, old.merged_into) == (State.REQUESTED, None)
