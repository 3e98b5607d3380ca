"""Every mail about an account: in our name, in Dutch with "u", and saying what to do next."""

import re
from pathlib import Path

import allauth
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.devices import device_name
from tests.conftest import Cast
from tests.factories import make_user

pytestmark = pytest.mark.django_db

APPS = ("account", "mfa", "socialaccount")
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FAMILIAR = re.compile(r"\b(je|jij|jou|jouw)\b|!", re.IGNORECASE)
PASSWORD = "een-lang-wachtwoord-1"
NAME = {"first_name": "Nele", "last_name": "Nieuw"}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def the_mail() -> str:
    assert len(mail.outbox) == 1
    message = mail.outbox[0]
    text = f"{message.subject}\n{message.body}"
    assert "Ankerplaats" in message.subject
    assert "Ankerplaats" in message.body
    assert not FAMILIAR.search(text), text
    assert "\n\n\n" not in message.body, text
    return str(text)


def test_signing_up_mails_a_code(client: Client, cast: Cast) -> None:
    form = {**NAME, "email": "nieuw@voorbeeld.be", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), form)
    text = the_mail()
    assert "Bevestig uw e-mailadres" in text
    assert "typ deze code" in text


def test_signing_up_twice_leads_to_the_account_there_is(client: Client, cast: Cast) -> None:
    make_user("er@voorbeeld.be")
    client.post(
        reverse("account_signup"),
        {**NAME, "email": "er@voorbeeld.be", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert reverse("account_reset_password") in the_mail()


def test_a_code_to_sign_in(client: Client, cast: Cast) -> None:
    client.post(reverse("account_request_login_code"), {"email": cast.practitioner.email})
    assert "Uw code om aan te melden" in the_mail()


def test_a_new_password_is_one_link(client: Client, cast: Cast) -> None:
    client.post(reverse("account_reset_password"), {"email": cast.practitioner.email})
    assert "http://testserver/account/password/reset/key/" in the_mail()


def test_an_unknown_address_is_told_how_to_make_an_account(client: Client, cast: Cast) -> None:
    client.post(reverse("account_reset_password"), {"email": "niemand@voorbeeld.be"})
    assert reverse("account_signup") in the_mail()


def test_a_changed_password_is_told_to_its_owner(client: Client, cast: Cast) -> None:
    user = make_user("wissel@voorbeeld.be")
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    new = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}-nieuw", "password2": f"{PASSWORD}-nieuw"}
    client.post(reverse("account_change_password"), new, headers={"user-agent": FIREFOX})
    text = the_mail()
    assert "Firefox op Windows" in text
    assert reverse("account_reset_password") in text


def test_no_mail_of_allauth_that_we_can_send_is_left_as_it_is() -> None:
    theirs = Path(allauth.__file__).parent / "templates"
    every = {path.relative_to(theirs) for app in APPS for path in theirs.glob(f"{app}/email/*.txt")}
    ours = {path.relative_to(TEMPLATES) for path in TEMPLATES.glob("*/email/*.txt")}
    assert {str(path) for path in every - ours} == set()


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox op Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge op Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari op iPhone"),
        ("curl/8", "Onbekend toestel"),
        ("", "Onbekend toestel"),
    ],
)
def test_a_device_is_named_in_words(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
