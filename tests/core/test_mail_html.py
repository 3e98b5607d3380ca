"""A mail in our design says what its text says, escapes what people wrote, and loads nothing."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from core.mail.html import as_html, blocks_of, with_html
from core.mail.services import post
from tests.conftest import Cast

BODY = """Dag Rik,

U krijgt een code:

    AB12-CD34

Vanaf nu houdt u dit actueel:

- Praatcafé
- <b>Meldpunt</b>

https://voorbeeld.be/mijn/

Met vriendelijke groeten,
Ankerplaats
https://voorbeeld.be
"""


def test_the_text_is_read_in_blocks() -> None:
    kinds = [block.kind for block in blocks_of(BODY)]
    assert kinds == ["text", "text", "code", "text", "list", "link", "text"]


def test_everything_that_the_text_says_is_there_and_nothing_is_taken_for_html() -> None:
    html = as_html("Onderwerp <1>", BODY)
    for words in ("Dag Rik,", "AB12-CD34", "Praatcafé", "&lt;b&gt;Meldpunt&lt;/b&gt;", "Onderwerp &lt;1&gt;"):
        assert words in html
    assert 'href="https://voorbeeld.be/mijn/"' in html
    assert "<b>" not in html
    assert re.findall(r"<(?:img|link|script)|@import|url\(", html) == []


def test_attachments_and_headers_go_along() -> None:
    message = EmailMessage("Dag", "Dag.\n\nGroeten\n", "a@x.example", ["b@x.example"], headers={"X-Zo": "ja"})
    message.attach("afspraak.ics", "BEGIN:VCALENDAR", "text/calendar")
    sent = with_html(message)
    assert (sent.to, sent.extra_headers) == (["b@x.example"], {"X-Zo": "ja"})
    assert [attached[0] for attached in sent.attachments] == ["afspraak.ics"]
    assert [alternative.mimetype for alternative in sent.alternatives] == ["text/html"]


@pytest.mark.django_db
def test_our_mails_and_those_of_login_have_both(cast: Cast, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post(template="people/email/account_deleted", to="a@x.example", context={})
    Client().post(reverse("account_request_login_code"), {"email": cast.practitioner.email})
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        (html, kind) = message.alternatives[0]
        assert kind == "text/html"
        assert message.subject in html
        assert message.body
