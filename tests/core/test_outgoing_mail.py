"""A mail goes out after the commit of what it tells about, and a failing server loses neither."""

import datetime
from smtplib import SMTPServerDisconnected
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from core.mail.models import OutgoingMail
from core.mail.services import CLAIM, MailAttachment, deliver, post

TEMPLATE = "people/email/membership_refused"
CONTEXT = {"name": "Amina", "organisation": "Voorbeelddorp", "reason": "Een = teken & een <b>."}


def post_one() -> OutgoingMail:
    return post(template=TEMPLATE, to="amina@voorbeeld.be", context=CONTEXT)


def server_is_down():
    return patch("core.mail.services.EmailMessage.send", side_effect=SMTPServerDisconnected("weg"))


@pytest.mark.django_db
def test_nothing_is_sent_before_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post_one()
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [["amina@voorbeeld.be"]]
    assert CONTEXT["reason"] in mail.outbox[0].body
    assert "\n\n\n" not in mail.outbox[0].body
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_mailed():
    with pytest.raises(RuntimeError), transaction.atomic():
        post_one()
        raise RuntimeError
    assert mail.outbox == []
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_failing_server_keeps_the_mail_and_a_later_try_sends_it(django_capture_on_commit_callbacks):
    with server_is_down(), django_capture_on_commit_callbacks(execute=True):
        post_one()
    waiting = OutgoingMail.objects.get()
    assert waiting.attempts == 1
    assert "weg" in waiting.last_error

    OutgoingMail.objects.update(tried_at=timezone.now() - CLAIM - datetime.timedelta(seconds=1))
    call_command("send_mails", verbosity=0)

    assert len(mail.outbox) == 1
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_mail_that_somebody_is_sending_is_left_alone():
    row = post_one()
    OutgoingMail.objects.update(tried_at=timezone.now())

    assert deliver(row.pk) is False
    assert mail.outbox == []


@pytest.mark.django_db
def test_delivering_twice_sends_once():
    row = post_one()

    assert [deliver(row.pk), deliver(row.pk)] == [True, False]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_calendar_goes_along_as_a_calendar():
    calendar = MailAttachment("afspraak.ics", "BEGIN:VCALENDAR\r\nSUMMARY:Één\r\nEND:VCALENDAR\r\n", "text/calendar")
    waiting = OutgoingMail.objects.create(
        to="a@voorbeeld.be", subject="Dag", body="Tekst", attachments=[list(calendar)]
    )
    assert deliver(waiting.pk)
    part = mail.outbox[0].message().get_payload()[1]
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "afspraak.ics")
    assert part.get_payload(decode=True).decode().splitlines()[1] == "SUMMARY:Één"
