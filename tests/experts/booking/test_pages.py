"""Who opens which page of a booking, what she sees there, and what her clicks do."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from core.mail.models import OutgoingMail
from experts.booking import links, services
from experts.choices import BookingState as State
from experts.models import Booking, ExpertPage, ExpertPrivate
from tests.experts.booking.making import make_parties, slot, taken
from tests.experts.factories import make_decider, make_expert, make_offer
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(booking, name="booking", *args):
    return reverse(name, args=[booking.uid, *args])


@pytest.fixture
def everybody(parties):
    """One of every kind beside the parties themselves."""
    other = make_parties()
    return {
        "anonymous": Client(),
        "stranger": signed_in(make_user()),
        "other decider": signed_in(other.decider),
        "other expert": signed_in(other.acting),
        "colleague": signed_in(parties.colleague),
        "decider": signed_in(parties.decider),
        "expert": signed_in(parties.acting),
        "desk": signed_in(parties.desk),
    }


STRANGERS = {"anonymous": 302, "stranger": 404, "other decider": 404, "other expert": 404}


@pytest.mark.parametrize(
    ("name", "args", "state", "expected"),
    [
        ("booking", (), State.PROPOSED, {"colleague": 403, "decider": 200, "expert": 200, "desk": 200}),
        ("booking", (), State.REQUESTED, {"colleague": 403, "decider": 200, "expert": 404, "desk": 200}),
        ("booking_edit", (), State.DRAFT, {"colleague": 404, "decider": 200, "expert": 404, "desk": 200}),
        ("booking_appointment", (), State.CONFIRMED, {"colleague": 403, "decider": 200, "expert": 200, "desk": 200}),
        (
            "booking_step",
            ("aanvaarden",),
            State.PROPOSED,
            {"colleague": 403, "decider": 403, "expert": 200, "desk": 200},
        ),
        (
            "booking_step",
            ("bevestigen",),
            State.ACCEPTED,
            {"colleague": 403, "decider": 200, "expert": 403, "desk": 200},
        ),
        (
            "booking_step",
            ("annuleren",),
            State.CONFIRMED,
            {"colleague": 403, "decider": 200, "expert": 200, "desk": 200},
        ),
        ("booking_step", ("onbekend",), State.PROPOSED, {"colleague": 403, "decider": 404, "expert": 404, "desk": 404}),
    ],
)
def test_who_opens_what(parties, everybody, name, args, state, expected):
    booking = parties.booking(state)

    found = {who: client.get(at(booking, name, *args)).status_code for who, client in everybody.items()}

    assert found == STRANGERS | expected


def test_the_lists_are_of_whoever_they_are_for(parties, everybody):
    parties.booking(State.PROPOSED, subject="Van de beslisser")
    parties.draft(by=parties.colleague, subject="Van de collega")

    mine = {who: client.get(reverse("my_bookings")) for who, client in everybody.items()}
    assert [mine[who].status_code for who in ("anonymous", "stranger", "expert")] == [302, 403, 403]
    assert b"Van de beslisser" in mine["decider"].content
    assert b"Van de collega" in mine["decider"].content
    assert b"Van de beslisser" not in mine["colleague"].content
    assert b"Van de collega" in mine["colleague"].content
    assert b"Van de" not in mine["other decider"].content
    asked = {who: client.get(reverse("expert_requests")) for who, client in everybody.items()}
    assert [asked[who].status_code for who in ("anonymous", "stranger", "decider")] == [302, 404, 404]
    assert b"Van de beslisser" in asked["expert"].content
    assert b"Van de beslisser" not in asked["other expert"].content


@pytest.mark.parametrize("name", ["booking", "booking_appointment", "my_bookings", "expert_requests"])
def test_what_is_read_is_only_read(parties, name):
    booking = parties.booking(State.CONFIRMED)
    url = reverse(name) if name in {"my_bookings", "expert_requests"} else at(booking, name)

    assert signed_in(parties.decider).post(url).status_code == 405


@pytest.mark.parametrize(("name", "args"), [("booking_edit", ()), ("booking_step", ("bevestigen",))])
def test_what_is_sent_is_posted(parties, name, args):
    booking, client = parties.booking(State.DRAFT), signed_in(parties.decider)

    assert client.put(at(booking, name, *args)).status_code == 405
    assert client.put(reverse("booking_ask")).status_code == 405


def test_contact_data_come_with_the_agreement(parties):
    booking = parties.booking(
        State.ACCEPTED, contact_name="Carla", contact_email="carla@gemeente.be", address="Plein 1"
    )
    ExpertPrivate.objects.filter(expert=parties.expert).update(mobile="0470 99 88 77")
    expert, decider = signed_in(parties.acting), signed_in(parties.decider)
    assert b"carla@" not in expert.get(at(booking)).content
    assert b"Plein 1" not in expert.get(at(booking)).content
    assert b"0470 99 88 77" not in decider.get(at(booking)).content

    services.confirm(booking=booking, by=parties.decider)

    assert b"carla@" in expert.get(at(booking)).content
    assert b"Plein 1" in expert.get(at(booking)).content
    assert b"0470 99 88 77" in decider.get(at(booking)).content


def test_an_expert_does_not_see_who_was_asked_before_her(parties):
    booking, other = parties.booking(State.PROPOSED), make_expert(title="Eerder gevraagd")
    services.pass_on(booking=booking, experts=[other], by=parties.desk, why="Past beter.")
    services.pass_on(booking=booking, experts=[parties.expert], by=parties.desk, why="Toch niet.")
    Booking.objects.filter(pk=booking.pk).update(offer=make_offer(other, title="Aanbod van de eerste"))

    page = signed_in(parties.acting).get(at(booking)).content.decode()

    assert "Toch niet." not in page
    assert "Eerder gevraagd" not in page
    assert "Aanbod van de eerste" not in page


def test_a_step_asks_first_and_happens_once(parties):
    booking, client = parties.booking(State.ACCEPTED), signed_in(parties.decider)
    url = at(booking, "booking_step", "bevestigen")
    client.get(url)
    booking.refresh_from_db()
    assert booking.state == State.ACCEPTED

    sent = {"seen": booking.version}
    first, second = client.post(url, sent), client.post(url, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert booking.history.filter(action="confirm").count() == 1


def test_a_stale_tab_changes_nothing(parties):
    booking, client = parties.booking(State.CONFIRMED), signed_in(parties.decider)
    seen = booking.version
    services.move(booking=booking, options=[[slot(50)]], by=parties.desk)

    answer = client.post(at(booking, "booking_step", "annuleren"), {"seen": seen, "why": "Ziek."})

    booking.refresh_from_db()
    assert answer.status_code == 409
    assert booking.state == State.MOVING


def test_an_expert_whose_request_went_reads_so(parties):
    booking = parties.booking(State.PROPOSED)
    services.withdraw(booking=booking, by=parties.decider)

    assert signed_in(parties.acting).get(at(booking)).url == reverse("expert_requests")


# Asking


def asked_for(parties, **more):
    return {
        "organisation": parties.organisation.pk,
        "subject": "Spanningen op het plein",
        "question": "Hoe pakken we dit aan?",
        "for_whom": "Jeugdwerkers",
        "place": "online",
        "offer": parties.expert.offers.get().pk,
        "option_1_1": str(slot(30)),
        "step": "send",
        **more,
    }


def ask_url(parties):
    return f"{reverse('booking_ask')}?expert={parties.expert.slug}"


def test_a_decision_maker_sends_at_once(parties):
    client = signed_in(parties.decider)
    assert str(slot(30)) in client.get(ask_url(parties)).content.decode()

    assert client.get(f"{reverse('booking_ask')}?expert={parties.expert.pk}").status_code == 200

    answer = client.post(ask_url(parties), asked_for(parties))

    booking = Booking.objects.get()
    assert (answer.status_code, answer.url) == (302, at(booking))
    assert (booking.state, booking.pool_cost, booking.offer_kind) == (State.REQUESTED, 250, "advice")
    assert taken(parties.expert) == {slot(30): False}


def test_a_colleague_sends_to_her_decision_maker(parties):
    signed_in(parties.colleague).post(ask_url(parties), asked_for(parties))

    assert Booking.objects.get().state == State.APPROVAL


def test_vvsg_looks_when_no_expert_is_named(parties):
    sent = asked_for(parties, offer_kind="training", option_1_1_0=slot(30).day.isoformat(), option_1_1_1="evening")
    signed_in(parties.decider).post(reverse("booking_ask"), sent)

    booking = Booking.objects.get()
    assert (booking.state, booking.vvsg_searches, booking.offer_kind) == (State.REQUESTED, True, "training")
    assert booking.options.get().slots == [slot(30, "evening")]


def test_what_is_typed_stays_where_something_is_missing(parties):
    client = signed_in(parties.decider)
    answer = client.post(ask_url(parties), asked_for(parties, subject="", option_1_1=""))

    booking = Booking.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 422
    assert booking.question == "Hoe pakken we dit aan?"
    assert "Hoe pakken we dit aan?" in page
    assert f'action="{at(booking, "booking_edit")}"' in page
    client.post(at(booking, "booking_edit"), asked_for(parties))
    assert [row.state for row in Booking.objects.all()] == [State.REQUESTED]


def test_the_loser_of_a_race_is_offered_what_is_near(parties):
    client = signed_in(parties.decider)
    client.get(ask_url(parties))
    rival = make_parties()
    rival.expert = parties.expert
    rival.booking(State.REQUESTED, options=[[slot(30)]])

    answer = client.post(ask_url(parties), asked_for(parties))

    page = answer.content.decode()
    assert answer.status_code == 409
    near = re.findall(r'\?dagdeel=([\w,-]+)"', page)
    assert len(near) == 3
    mine = Booking.objects.get(organisation=parties.organisation)
    assert mine.state == State.DRAFT
    again = client.get(f"{at(mine, 'booking_edit')}?dagdeel={near[0]}").content.decode()
    assert f'value="{near[0]}" selected' in again


@pytest.mark.parametrize(
    "text",
    [
        "Het gaat om 85.07.30-033.28.",
        "Jan Peeters, 3/12/2004, zegt dat hij vertrekt.",
        "Hij is geboren op 3 december 2004.",
        "Bel zijn moeder: 0470 12 34 56.",
        "Hij woont in de Kerkstraat 12.",
    ],
)
def test_data_of_a_case_are_not_kept_unless_she_says_they_are_none(parties, text):
    client = signed_in(parties.decider)
    answer = client.post(ask_url(parties), asked_for(parties, question=text))
    assert answer.status_code == 422
    assert text in answer.content.decode()
    booking = Booking.objects.get()
    assert (booking.state, booking.question) == (State.DRAFT, "")

    client.post(at(booking, "booking_edit"), asked_for(parties, question=text, no_case_data="on"))
    booking.refresh_from_db()
    assert (booking.state, booking.question) == (State.REQUESTED, text)


def test_ordinary_questions_raise_no_alarm():
    from core.case_data import found_in

    assert found_in("Op 3/12/2026 van 9.00 tot 12.30 met 25 mensen in 2027, budget 1.250,00 euro.") == []


# Links in a mail


@pytest.fixture
def link(parties):
    booking = parties.booking(State.PROPOSED)
    row = booking.asked.get()
    return booking, links.answer_url(row, parties.option(booking, 1), parties.acting)


def path_of(url):
    return "/" + url.split("/", 3)[3]


def test_a_link_in_a_mail_answers_after_a_confirmation(parties, link):
    booking, url = link
    client = Client()
    page = client.get(path_of(url))
    assert page.status_code == 200
    assert client.head(path_of(url)).status_code == 200
    assert "no-store" in page["Cache-Control"]
    booking.refresh_from_db()
    assert booking.state == State.PROPOSED

    assert client.post(path_of(url), {"seen": booking.version}).status_code == 200
    booking.refresh_from_db()
    assert (booking.state, taken(parties.expert)) == (State.ACCEPTED, {slot(31): False})
    assert booking.history.last().by == parties.acting
    assert client.post(path_of(url), {"seen": booking.version}).status_code == 410


def test_a_link_refuses_with_a_reason(parties, link):
    booking, _url = link
    url = path_of(links.answer_url(booking.asked.get(), None, parties.acting))
    assert Client().post(url, {"seen": booking.version}).status_code == 422

    Client().post(url, {"seen": booking.version, "reason": "no_time"})

    booking.refresh_from_db()
    assert (booking.state, booking.asked.get().refusal) == (State.REFUSED, "no_time")


def test_a_link_is_for_one_answer_to_one_request(parties, link, settings):
    booking, url = link
    assert Client().get(path_of(url)[:-3] + "xx/").status_code == 404
    assert Client().get(reverse("booking_answer", args=["onzin"])).status_code == 404
    services.pass_on(booking=booking, experts=[make_expert()], by=parties.desk)
    assert Client().get(path_of(url)).status_code == 410
    services.pass_on(booking=booking, experts=[parties.expert], by=parties.desk)
    assert Client().get(path_of(url)).status_code == 410  # an older mail
    fresh = links.answer_url(booking.asked.get(expert=parties.expert, answer="waiting"), None, parties.acting)
    assert Client().get(path_of(fresh)).status_code == 200
    settings.BOOKING_TERMS = {**settings.BOOKING_TERMS, "link": -1}
    assert Client().get(path_of(fresh)).status_code == 404


def test_a_link_dies_with_the_account_and_with_the_pool(parties, link):
    booking, url = link
    ExpertPage.objects.filter(pk=parties.expert.pk).update(pool_until=slot(1).day)
    assert Client().post(path_of(url), {"seen": booking.version}).status_code == 409
    parties.expert.accounts.all().delete()
    assert Client().get(path_of(url)).status_code == 404


def test_a_link_of_another_method_does_nothing(link):
    assert Client().put(path_of(link[1])).status_code == 405


# Mail


def test_a_dead_mail_server_loses_no_booking_and_no_mail(parties, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with django_capture_on_commit_callbacks(execute=True):
        booking = parties.booking(State.CONFIRMED)

    assert booking.state == State.CONFIRMED
    waiting = OutgoingMail.objects.filter(to=parties.acting.email)
    assert waiting.filter(attachments__0__0="uitnodiging.ics").exists()


def test_every_address_answers_to_an_unknown_booking_as_to_a_closed_one(parties):
    parties.booking(State.PROPOSED)
    client = signed_in(make_decider())

    assert client.get(reverse("booking", args=[uuid.uuid4()])).status_code == 404
    assert client.get(at(Booking.objects.get())).status_code == 404


def test_one_who_left_her_municipality_is_no_party(parties):
    booking = services.submit(booking=parties.draft(by=parties.colleague), by=parties.colleague)
    client = signed_in(parties.colleague)
    assert client.get(at(booking)).status_code == 200
    parties.colleague.memberships.update(state="ended", ended_on=slot(0).day)

    assert client.get(at(booking)).status_code == 404
