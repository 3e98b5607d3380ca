"""Mail to participants: to whom it goes, as each gets it, and each exactly once whatever happens in between."""

from collections import Counter
from uuid import uuid4

import pytest
from django.db import connection

from core.mail.models import OutgoingMail
from events import chores, mailings
from events.choices import RegistrationState as State
from events.desk.mailing import sending
from events.desk.mailing.recipients import recipients
from events.desk.mailing.words import filled
from events.models import ChosenSession, EventMailing, MailingRecipient, Registration
from events.registration.exceptions import RegistrationError
from tests.events.factories import add_session, make_event, make_registration
from tests.experts.booking.racing import at_once
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs several connections")


def form(**data):
    return {
        "uid": str(uuid4()),
        "states": ["registered"],
        "subject": "Tot {wanneer}",
        "text": "Dag {naam}\n\nTot bij {vorming}.",
        **data,
    }


def begin(event, by=None, **data):
    wanted = {"uid": uuid4(), "subject": "Parkeren", "text": "Dag {naam}", "states": ["registered"], **data}
    return sending.begin(event=event, by=by, **wanted)


def test_it_goes_to_the_chosen_states_and_each_address_once(desk):
    one = make_registration(desk.event, name="Bea")
    make_registration(desk.event, state=State.WAITING)
    make_registration(desk.event, state=State.WITHDRAWN)
    make_registration(desk.event, state=State.CANCELLED, email=one.email.upper())
    other = make_registration(desk.event, state=State.CANCELLED, name="Anna")
    make_registration(make_event())

    assert recipients(desk.event, ["registered", "cancelled"]) == [other, one]
    assert recipients(desk.event, ["withdrawn"]) == []


def test_it_goes_only_to_who_chose_a_session(desk):
    morning = add_session(desk.event, title="Ochtend", choice="A")
    one, _other = make_registration(desk.event), make_registration(desk.event)
    ChosenSession.objects.create(registration=one, session=morning)

    assert recipients(desk.event, ["registered"], [morning.pk]) == [one]


def test_the_preview_shows_it_as_one_of_them_gets_it_and_sends_nothing(desk):
    make_registration(desk.event, name="Anna")
    make_registration(desk.event, name="Bea")

    answer = desk.client().post(desk.url("write"), form(step="preview"))

    assert (answer.context["preview"]["number"], answer.context["preview"]["to"].name) == (2, "Anna")
    assert "Dag Anna" in answer.content.decode()
    assert not EventMailing.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_it_is_sent_and_logged(desk, mailoutbox, django_capture_on_commit_callbacks):
    make_registration(desk.event, name="Anna", email="anna@voorbeeld.be")
    make_registration(desk.event, name="Bea", email="bea@voorbeeld.be")

    with django_capture_on_commit_callbacks(execute=True):
        assert desk.client().post(desk.url("write"), form(step="send")).status_code == 302

    assert {mail.to[0]: "Dag Anna" in mail.body for mail in mailoutbox} == {
        "anna@voorbeeld.be": True,
        "bea@voorbeeld.be": False,
    }
    mailing = EventMailing.objects.get()
    assert (mailing.by, mailing.finished_at is not None, mailing.recipients.count()) == (desk.organiser, True, 2)
    assert "Tot {wanneer}" in desk.page("mailings")


def test_a_double_click_sends_it_once(desk, mailoutbox, django_capture_on_commit_callbacks):
    make_registration(desk.event)
    data = form(step="send")

    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert desk.client().post(desk.url("write"), data).status_code == 302

    assert len(mailoutbox) == 1
    assert EventMailing.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"subject": ""}, {"text": " "}, {"states": []}, {"states": ["withdrawn"]}, {"text": "Dag {voornaam}"}]
)
def test_a_mail_that_cannot_be_sent_is_refused(desk, wrong):
    make_registration(desk.event)

    assert desk.client().post(desk.url("write"), form(step="send", **wrong)).status_code == 422
    assert not EventMailing.objects.exists()


def test_nobody_to_mail_is_said(desk):
    answer = desk.client().post(desk.url("write"), form(step="send"), follow=True)

    assert len(list(answer.context["messages"])) == 1
    assert not EventMailing.objects.exists()
    with pytest.raises(RegistrationError):
        begin(desk.event)


def test_what_stands_in_a_name_is_not_filled_in(desk):
    hostile = make_registration(
        desk.event, name="{inschrijving}\nBcc: x@voorbeeld.be", organisation=make_organisation()
    )

    text = filled("Dag {naam} van {organisatie}", hostile)

    assert text == f"Dag {{inschrijving}} Bcc: x@voorbeeld.be van {hostile.organisation}"
    sending.post_to(hostile, "{naam}", "x")
    assert "\n" not in OutgoingMail.objects.get().subject


# Interrupted, and taken up again


def kill_after(monkeypatch, number):
    """The process dies while it posts the mail after so many."""
    post, counter = sending.post, iter(range(10_000))

    def mortal(**mail):
        made = post(**mail)
        if next(counter) == number:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(sending, "post", mortal)


def mailed():
    return Counter(OutgoingMail.objects.values_list("to", flat=True))


@pytest.mark.parametrize("number", [0, 1, 3, 4])
def test_killed_in_the_middle_it_goes_on_and_each_gets_it_once(desk, monkeypatch, number):
    everybody = {make_registration(desk.event).email for _number in range(5)}
    mailing = begin(desk.event)
    with monkeypatch.context() as patched:
        kill_after(patched, number)
        with pytest.raises(KeyboardInterrupt):
            mailings.go_on(mailing)
    assert sum(mailed().values()) == number
    assert MailingRecipient.objects.exclude(sent_at=None).count() == number

    assert mailings.send_mailings() == 5 - number

    assert mailed() == Counter(everybody)
    mailing.refresh_from_db()
    assert mailing.finished_at is not None
    assert mailings.send_mailings() == 0


def test_one_that_fails_keeps_no_other_from_hers(desk, monkeypatch):
    wrong, *_others = (make_registration(desk.event) for _number in range(3))
    mailing, post = begin(desk.event), sending.post

    def failing(**mail):
        if mail["to"] == wrong.email:
            raise ValueError
        return post(**mail)

    with monkeypatch.context() as patched:
        patched.setattr(sending, "post", failing)
        assert mailings.go_on(mailing) == 2
    mailing.refresh_from_db()
    assert mailing.finished_at is None

    assert mailings.go_on(mailing) == 1
    assert set(mailed().values()) == {1}


def test_the_recipients_are_those_of_the_moment_it_was_sent(desk):
    there = make_registration(desk.event)
    mailing = begin(desk.event)
    make_registration(desk.event)
    Registration.objects.filter(pk=there.pk).update(state=State.WITHDRAWN)

    mailings.go_on(mailing)

    assert mailed() == Counter([there.email])


def test_who_was_made_anonymous_in_between_gets_none(desk):
    gone = make_registration(desk.event)
    mailing = begin(desk.event)
    Registration.objects.filter(pk=gone.pk).update(email="", anonymised_at=gone.at)

    assert mailings.go_on(mailing) == 0
    mailing.refresh_from_db()
    assert mailing.finished_at is not None


def test_a_button_goes_on_and_progress_is_shown(desk, mailoutbox, django_capture_on_commit_callbacks):
    make_registration(desk.event)
    mailing = begin(desk.event)
    assert '<progress value="0" max="1"' in desk.page("mailings")

    with django_capture_on_commit_callbacks(execute=True):
        desk.client().post(desk.url("go_on", mailing.pk))

    assert len(mailoutbox) == 1
    assert "<progress" not in desk.page("mailings")


def test_the_clock_goes_on_with_it():
    event = make_event()
    make_registration(event)
    begin(event)

    assert chores.run()["send_mailings"] == 1
    assert chores.run()["send_mailings"] == 0


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_several_that_take_it_up_at_once_send_it_once(mailoutbox):
    event = make_event(capacity=60)
    rows = [make_registration(event) for _number in range(40)]
    mailing = EventMailing.objects.create(event=event, subject="Parkeren", text="Dag {naam}", states=["registered"])
    MailingRecipient.objects.bulk_create(MailingRecipient(mailing=mailing, registration=row) for row in rows)

    assert at_once([lambda: mailings.go_on(mailing) for _number in range(8)]) == Counter(done=8)

    assert Counter(mail.to[0] for mail in mailoutbox) == Counter(row.email for row in rows)
