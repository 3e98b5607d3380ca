"""Nobody learns from us whether an address has an account: not from a page, not from its time, not from a mail."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.conftest import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

MOVING = {"Content-Length", "Expires"}  # the address itself, and the clock
UNKNOWN = "niemand@voorbeeld.be"
FORMS: dict[str, dict[str, str]] = {
    "account_login": {"login": "{}", "password": "verkeerd-maar-lang"},
    "account_signup": {
        "first_name": "A",
        "last_name": "B",
        "email": "{}",
        "password1": PASSWORD,
        "password2": PASSWORD,
    },
    "account_reset_password": {"email": "{}"},
    "account_request_login_code": {"email": "{}"},
}


@pytest.fixture
def known(cast: Cast) -> User:
    user = cast.practitioner
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def answer(name: str, address: str) -> tuple[Any, ...]:
    """Everything that a stranger sees after sending the form, and the page behind it, without what is his own."""
    client = Client()
    response = client.post(reverse(name), {field: value.format(address) for field, value in FORMS[name].items()})
    pages = [response]
    if response.status_code == 302:
        pages.append(client.get(response.url))
    texts = [page.content.decode().replace(address, "ADDRESS") for page in pages]
    plain = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", text) for text in texts]
    headers = [{key: value for key, value in page.headers.items() if key not in MOVING} for page in pages]
    return [page.status_code for page in pages], headers, plain, sorted(client.cookies)


@pytest.mark.parametrize("name", FORMS)
def test_the_answer_is_the_same(known: User, name: str) -> None:
    assert answer(name, known.email) == answer(name, UNKNOWN)


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_request_login_code"])
def test_one_mail_goes_out_either_way(known: User, name: str) -> None:
    """Sending takes time: it would tell if only one of the two got a mail."""
    answer(name, known.email)
    answer(name, UNKNOWN)
    assert [message.to for message in mail.outbox] == [[known.email], [UNKNOWN]]


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_a_password_is_hashed_either_way(known: User, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str, *args: Any) -> str:
        hashed.append(password)
        return str(encode(self, password, salt, *args))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    counts = []
    for address in (known.email, UNKNOWN):
        hashed.clear()
        answer(name, address)
        counts.append(len(hashed))
    assert counts[0] == counts[1] > 0


def test_a_passkey_says_nothing_about_accounts(known: User) -> None:
    options = Client().get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"}).json()
    assert not options["request_options"]["publicKey"].get("allowCredentials")
