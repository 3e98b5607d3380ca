"""After the event: the questions without a name, the mail that follows, who else was there."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.mail.models import OutgoingMail
from core.retention import run
from events.choices import Attendance
from events.choices import RegistrationState as State
from events.models import (
    EventEvaluation,
    EventMaterial,
    EventPrivate,
    EventState,
    Registration,
    RegistrationChange,
    Session,
    SessionPresence,
)
from events.presence import evaluation, links, mails, services, thanks
from events.presence.links import Purpose
from events.presence.personal_data import TERM
from events.registration.exceptions import Stale
from events.registration.links import page_url
from people.audiences import Audience
from people.services.closing import set_page_audience
from tests.events.factories import add_session, make_event, make_registration
from tests.events.presence.conftest import ago
from tests.factories import make_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
ANSWERS = {"useful": 5, "goals": 4, "leaders": 5, "organised": 3, "recommend": 5, "remarks": "Graag meer tijd."}


def attend(day, row=None, state=State.PRESENT):
    row = row or day.mine
    SessionPresence.objects.create(registration=row, session=day.session, present=state == State.PRESENT)
    Registration.objects.filter(pk=row.pk).update(state=state)


@pytest.fixture
def attended(day):
    attend(day)
    day.be_over(days=1)
    return day


def form_of(row):
    return reverse("event_evaluation", args=[links.token_for(Purpose.EVALUATION, row)])


def send(day, row=None, **answers):
    return day.client("anonymous").post(form_of(row or day.mine), {**ANSWERS, **answers})


def test_the_questions_are_answered_without_signing_in_and_once(attended):
    page = attended.client("anonymous").get(form_of(attended.mine))
    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "same-origin")
    assert send(attended).status_code == 302

    assert EventEvaluation.objects.get().organised == 3
    again = send(attended, organised=1, remarks="Iets helemaal anders")
    assert again.status_code == 409
    assert "Iets helemaal anders" in again.content.decode()
    assert EventEvaluation.objects.get().organised == 3
    done = attended.client("anonymous").get(form_of(attended.mine)).content.decode()
    assert 'name="useful"' not in done and f'href="{attended.event.url}"' in done


def test_nothing_leads_from_an_answer_to_the_person(attended):
    changes, version = RegistrationChange.objects.count(), attended.mine.version
    send(attended)

    answer = EventEvaluation.objects.get()
    assert not [
        field for field in EventEvaluation._meta.get_fields() if field.related_model not in (None, type(answer.event))
    ]
    assert attended.mine.evaluated_at == attended.session.ends_at  # the same for everybody, not when she answered
    assert answer.on == timezone.localdate(attended.session.ends_at)
    assert (RegistrationChange.objects.count(), attended.mine.version) == (changes, version)


@pytest.mark.parametrize("wrong", [{"useful": 6}, {"goals": ""}, {"leaders": "alles"}])
def test_an_answer_outside_the_scale_is_refused_and_what_was_typed_stays(attended, wrong):
    answer = send(attended, **wrong)

    assert answer.status_code == 422
    assert ANSWERS["remarks"] in answer.content.decode()
    assert not EventEvaluation.objects.exists()


@pytest.mark.parametrize("state", [State.ABSENT, State.REGISTERED, State.WITHDRAWN])
def test_whoever_was_not_there_answers_nothing(attended, state):
    Registration.objects.update(state=state)

    assert send(attended).status_code == 409
    assert not EventEvaluation.objects.exists()


def test_nobody_answers_before_the_end(day):
    attend(day)

    with pytest.raises(Stale):
        services.evaluate(registration=day.mine, answers=ANSWERS)


def test_a_link_for_something_else_or_of_old_answers_nothing(attended, settings):
    client = attended.client("anonymous")
    for token in ("onbekend", links.token_for(Purpose.CERTIFICATE, attended.mine)):
        assert client.get(reverse("event_evaluation", args=[token])).status_code == 404
        assert client.post(reverse("event_evaluation", args=[token]), ANSWERS).status_code == 404
    settings.EVENT_TERMS = {**settings.EVENT_TERMS, "evaluation": -1}
    assert client.get(form_of(attended.mine)).status_code == 404
    assert client.put(form_of(attended.mine)).status_code == 405


def test_results_stay_closed_until_three_answered(attended):
    rows = [attended.mine, *(make_registration(attended.event) for _number in range(3))]
    for number, row in enumerate(rows):
        if number:
            attend(attended, row)
        found = evaluation.results(attended.event)
        if number < 3:
            assert (found.count, found.too_few, found.questions, found.remarks) == (number, True, [], [])
        send(attended, row, useful=number + 1, remarks=f"Opmerking {number}" if number else "")

    found = evaluation.results(attended.event)
    assert (found.count, found.too_few) == (4, False)
    assert (found.questions[0].average, found.questions[0].distribution) == (2.5, (1, 1, 1, 1, 0))
    assert sorted(found.remarks) == ["Opmerking 1", "Opmerking 2", "Opmerking 3"]


def test_remarks_go_after_the_term_and_figures_stay(attended, settings):
    send(attended)
    assert [outcome.count for outcome in run(only=[TERM])] == [0]
    EventEvaluation.objects.update(on=timezone.localdate() - datetime.timedelta(days=settings.RETENTION_DAYS[TERM] + 2))

    assert [outcome.count for outcome in run(only=[TERM])] == [1]
    assert (EventEvaluation.objects.get().remarks, EventEvaluation.objects.get().useful) == ("", 5)
    assert [outcome.count for outcome in run(only=[TERM])] == [0]


# The mail that follows


def outbox():
    mails = {mail.to: mail.body for mail in OutgoingMail.objects.all()}
    OutgoingMail.objects.all().delete()
    return mails


def test_whoever_was_there_and_whoever_was_missed_hear_once(attended):
    missed, unknown = make_registration(attended.event), make_registration(attended.event)
    attend(attended, missed, State.ABSENT)
    make_registration(attended.event, state=State.WITHDRAWN)
    EventPrivate.objects.update_or_create(event=attended.event, defaults={"contact_email": "vorming@voorbeeld.be"})

    call_command("events", verbosity=0)
    first = outbox()
    call_command("events", verbosity=0)

    assert set(first) == {attended.mine.email, missed.email}
    assert "/evaluatie/" in first[attended.mine.email] and "/attest-ophalen/" in first[attended.mine.email]
    assert "/evaluatie/" not in first[missed.email] and "/attest-ophalen/" not in first[missed.email]
    assert all("vorming@voorbeeld.be" in text for text in first.values())  # whoever was noted wrongly asks there
    assert outbox() == {}
    assert EventState.objects.get(event=attended.event).thanked_at is None
    attended.be_over(days=8)  # nobody can be noted any more
    call_command("events", verbosity=0)
    assert set(outbox()) == {unknown.email}
    call_command("events", verbosity=0)
    assert EventState.objects.get(event=attended.event).thanked_at is not None
    assert outbox() == {}


def test_the_links_of_the_mail_open(attended):
    thanks.thank()
    paths = [line.partition("//")[2] for line in outbox()[attended.mine.email].splitlines() if "//" in line]

    opened = {"/" + path.partition("/")[2] for path in paths}
    client = attended.client("participant")
    kinds = ("/evaluatie/", "/attest-ophalen/")
    assert [client.get(path).status_code for path in sorted(opened) if path.startswith(kinds)] == [200, 200]


@pytest.mark.parametrize("how_long", [{"hours": 2}, {"days": 40}])
def test_nobody_hears_at_once_nor_long_after(attended, how_long):
    attended.be_over(**how_long)

    thanks.thank()

    assert outbox() == {}


def test_a_cancelled_event_is_not_thanked_for(attended):
    EventState.objects.update(cancelled_at=timezone.now())

    assert thanks.thank() == 0


def test_an_interrupted_run_goes_on_where_it_stopped(attended, monkeypatch):
    others = [make_registration(attended.event) for _number in range(4)]
    for row in others:
        attend(attended, row)
    write, bad = mails.afterwards, others[1].pk
    monkeypatch.setattr(mails, "afterwards", lambda row: 1 / 0 if row.pk == bad else write(row))
    assert thanks.thank() == 4
    monkeypatch.undo()
    assert len(outbox()) == 4

    assert thanks.thank() == 1

    assert set(outbox()) == {others[1].email}


def test_materials_are_mentioned_to_whoever_may_open_them(attended):
    guest = make_registration(attended.event)
    attend(attended, guest)
    EventMaterial.objects.create(event=attended.event, document=make_document())
    set_page_audience(attended.event, Audience.PRACTITIONERS)
    thanks.thank()
    found = outbox()

    assert attended.event.full_url in found[attended.mine.email]
    assert attended.event.full_url not in found[guest.email]


def test_hostile_titles_and_names_stay_text_in_the_mail(attended):
    attended.event.title = "Vorming\nBcc: alle@voorbeeld.be <script>"
    attended.event.save()
    thanks.thank()

    mail = OutgoingMail.objects.get()
    assert "\n" not in mail.subject
    assert mail.to == attended.mine.email


# Who takes part


def listed(day, role):
    return day.client(role).get(reverse("participants", args=[day.event.pk]))


@pytest.fixture
def agreed(day):
    Registration.objects.update(on_list=True)
    make_registration(day.event, name="Ook Zichtbaar", on_list=True, email="geheim@voorbeeld.be")
    make_registration(day.event, name="Liever Niet")
    make_registration(day.event, name="Toch Niet", on_list=True, state=State.WITHDRAWN)
    make_registration(day.event, name="Nog Niet", on_list=True, state=State.WAITING)
    return day


def test_who_agreed_sees_who_agreed(agreed):
    text = listed(agreed, "participant").content.decode()

    assert "Ook Zichtbaar" in text and agreed.mine.name in text
    for hidden in ("Liever Niet", "Toch Niet", "Nog Niet", "geheim@voorbeeld.be"):
        assert hidden not in text


def test_who_opens_the_list_of_participants(agreed):
    expected = {
        "anonymous": 302,
        "stranger": 404,
        "other_leader": 404,
        "participant": 200,
        "organiser": 200,
        "leader": 200,
    }
    assert {role: listed(agreed, role).status_code for role in expected} == expected
    assert agreed.client("organiser").post(reverse("participants", args=[agreed.event.pk])).status_code == 405
    Registration.objects.filter(pk=agreed.mine.pk).update(on_list=False)
    mine = listed(agreed, "participant")
    assert mine.status_code == 403
    assert "Ook Zichtbaar" not in mine.content.decode()
    Registration.objects.filter(pk=agreed.mine.pk).update(state=State.WITHDRAWN, on_list=True)
    assert listed(agreed, "participant").status_code == 404


def test_a_guest_who_agreed_sees_the_list_and_comes_by_her_own_link(agreed):
    guest = make_registration(agreed.event, name="Gast", on_list=True)
    other = make_registration(make_event(), on_list=True)
    address = reverse("participants", args=[agreed.event.pk])

    def shown(row):
        client = Client()
        return client, client.get(page_url(row), follow=True).text

    client, page = shown(guest)
    assert address in page
    assert "Ook Zichtbaar" in client.get(address).text
    stranger, _page = shown(other)
    assert stranger.get(address).status_code == 302  # to the login
    Registration.objects.filter(pk=guest.pk).update(on_list=False)
    client, page = shown(guest)
    assert address not in page
    assert "Ook Zichtbaar" not in client.get(address).text
    Registration.objects.filter(pk=guest.pk).update(state=State.WITHDRAWN, on_list=True)
    assert client.get(address).status_code == 302


# What stands on other pages


def test_the_page_of_the_event_offers_what_is_hers(attended):
    def shown(role):
        return attended.client(role).get(attended.event.url).content.decode()

    assert "/attest-ophalen/" in shown("participant") and "/evaluatie/" in shown("participant")
    for role in ("stranger", "anonymous"):
        assert "/attest-ophalen/" not in shown(role) and "/aanwezigheid/" not in shown(role)
    assert "/aanwezigheid/" in shown("organiser") and "/aanwezigheid/" in shown("leader")
    send(attended)
    assert "/evaluatie/" not in shown("participant")


def test_the_code_stands_on_the_page_of_the_event_until_it_is_over(day):
    def shown():
        return day.client("participant").get(day.event.url).content.decode()

    assert day.mine.attendance_code in shown() and reverse("own_code", args=[day.event.pk]) in shown()
    day.be_over(minutes=1)
    assert day.mine.attendance_code not in shown()


def test_my_page_asks_for_what_is_due(day):
    def asked(role):
        return day.client(role).get(reverse("my_page")).content.decode()

    list_url = reverse("attendance", args=[day.event.pk])
    assert [role for role in day.people if list_url in asked(role)] == ["organiser", "leader"]
    attend(day)
    assert "/evaluatie/" not in asked("participant")
    day.be_over(days=1)
    assert "/evaluatie/" in asked("participant") and list_url not in asked("organiser")
    send(day)
    assert "/evaluatie/" not in asked("participant")
    day.be_over(days=61)
    Registration.objects.update(evaluated_at=None)
    assert "/evaluatie/" not in asked("participant")


def test_whoever_was_there_the_first_day_gets_the_link_of_the_second(day):
    attend(day)
    EventPrivate.objects.filter(event=day.event).update(online_link="https://vergadering.example/kamer")
    add_session(day.event, starts_at=ago(hours=-20), ends_at=ago(hours=-22), attendance=Attendance.ONLINE)

    call_command("events", verbosity=0)

    assert "https://vergadering.example/kamer" in outbox()[day.mine.email]


def test_the_reminder_and_the_page_of_her_registration_show_her_code(day):
    Session.objects.filter(pk=day.session.pk).update(starts_at=ago(days=-2), ends_at=ago(days=-2, hours=-2))

    call_command("events", verbosity=0)

    assert day.mine.attendance_code in outbox()[day.mine.email]
    page = day.client("participant").get(reverse("registration", args=[day.mine.uid])).content.decode()
    assert day.mine.attendance_code in page


def test_the_page_of_a_registration_offers_what_follows(attended):
    page = attended.client("participant").get(reverse("registration", args=[attended.mine.uid])).content.decode()

    assert "/attest-ophalen/" in page and "/evaluatie/" in page


def test_nobody_is_offered_the_questions_of_somebody_else(attended):
    page = attended.client("organiser").get(reverse("registration", args=[attended.mine.uid])).content.decode()

    assert "/attest-ophalen/" in page and "/evaluatie/" not in page
