"""One gate for every login."""

import inspect
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.views import LoginView, PasswordResetView
from django.core import mail
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse

from people.gate import admin_login_gate, password_gate
from people.models import User
from tests.conftest import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/beheer/", "/beheer/login/", "/_util/login/"])
def test_a_stranger_is_sent_to_the_one_login(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_an_editor_goes_where_she_was_going(cast: Cast) -> None:
    response = cast.client("editor").get("/beheer/login/?next=/beheer/reports/")
    assert response.status_code == 302
    assert response.url == "/beheer/reports/"


@pytest.mark.parametrize("path", ["/beheer/", "/beheer/login/", "/_util/login/?next=/beheer/"])
def test_a_practitioner_gets_a_403_and_no_loop(cast: Cast, path: str) -> None:
    response = cast.client("practitioner").get(path, follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) <= 1
    assert "Je hebt" not in response.content.decode()


def test_the_gate_sends_nobody_to_another_host(cast: Cast) -> None:
    response = cast.client("editor").get("/beheer/login/?next=https://kwaad.example/")
    assert response.url == "/beheer/"


def test_logging_in_is_by_email_address(cast: Cast, client: Client) -> None:
    EmailAddress.objects.create(user=cast.practitioner, email=cast.practitioner.email, verified=True, primary=True)
    response = client.post(reverse("account_login"), {"login": cast.practitioner.email.upper(), "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.practitioner.pk)


def test_a_mailed_code_signs_in_without_a_password(cast: Cast, client: Client) -> None:
    user = cast.practitioner
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    code = next(line.strip() for line in mail.outbox[-1].body.splitlines() if line.startswith("    "))
    client.post(reverse("account_confirm_login_code"), {"code": "ZZZZZZ"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_and_an_unknown_address_say_the_same(cast: Cast, client: Client) -> None:
    answers = [
        client.post(reverse("account_login"), {"login": address, "password": "verkeerd"}).context["form"].errors
        for address in (cast.practitioner.email, "niemand@voorbeeld.be")
    ]
    assert answers[0] == answers[1]


AWAY = (
    "https://kwaad.example/",
    "//kwaad.example/",
    "/\\kwaad.example/",
    "javascript:alert(1)",
    "\thttps://kwaad.example",
)


@pytest.mark.parametrize("target", AWAY)
def test_no_way_in_or_out_leads_to_another_host(cast: Cast, target: str) -> None:
    user = cast.practitioner
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    form = {"login": user.email, "password": PASSWORD, "next": target}
    answers = [
        Client().post(reverse("account_login"), form),
        Client().post(f"{reverse('account_login')}?{urlencode({'next': target})}", form),
        cast.client("practitioner").get(reverse("account_login"), {"next": target}),
        cast.client("practitioner").get(reverse("account_signup"), {"next": target}),
        cast.client("editor").get(reverse("admin_login_gate"), {"next": target}),
        cast.client("editor").post(reverse("account_logout"), {"next": target}),
    ]
    for response in answers:
        assert response.status_code == 302
        assert urlsplit(response.url).netloc in {"", "testserver"}, response.url
        assert response.url.startswith("/"), response.url
        assert not response.url.startswith(("//", "/\\")), response.url


@pytest.mark.parametrize("target", AWAY)
def test_signing_up_leads_to_no_other_host(client: Client, cast: Cast, target: str) -> None:
    name = {"first_name": "Nele", "last_name": "Nieuw"}
    form = {**name, "email": "nieuw@voorbeeld.be", "password1": PASSWORD, "password2": PASSWORD, "next": target}
    client.post(reverse("account_signup"), form)
    (code,) = re.findall(r"^\s+([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE)
    response = client.post(reverse("account_email_verification_sent"), {"code": code})
    assert response.url == reverse("my_organisation")


@pytest.mark.parametrize(
    "path", ["/beheer/password_reset/", "/beheer/password_reset/done/", "/beheer/password_reset/confirm/MQ/abc-def/"]
)
@pytest.mark.parametrize("role", ["anonymous", "editor"])
def test_a_forgotten_password_has_one_page(cast: Cast, path: str, role: str) -> None:
    for response in (cast.client(role).get(path), cast.client(role).post(path, {"email": cast.editor.email})):
        assert response.status_code == 302
        assert response.url == reverse("account_reset_password")
    assert mail.outbox == []


def test_the_admin_changes_neither_its_users_password_nor_address(cast: Cast) -> None:
    """Wagtail's account page would change both without asking for the second factor or confirming the address."""
    client = cast.client("editor")
    html = client.get(reverse("wagtailadmin_account")).content.decode()
    for field in ("old_password", "new_password1", "name_email-email"):
        assert f'name="{field}"' not in html
        assert f'-{field}"' not in html
    before = User.objects.values_list("password", "email").get(pk=cast.editor.pk)
    client.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-first_name": "Rik",
            "name_email-last_name": "Redacteur",
            "name_email-email": "anders@voorbeeld.be",
            "password-old_password": PASSWORD,
            "password-new_password1": "een-ander-lang-wachtwoord-9",
            "password-new_password2": "een-ander-lang-wachtwoord-9",
        },
    )
    assert User.objects.values_list("password", "email").get(pk=cast.editor.pk) == before


def test_there_is_no_other_admin(cast: Cast) -> None:
    assert not apps.is_installed("django.contrib.admin")
    for path in ("/admin/", "/admin/login/", "/django-admin/login/"):
        assert cast.client("admin").get(path).status_code == 404


def test_only_allauth_lets_anybody_in() -> None:
    """No view of Django or Wagtail that takes a password is reachable."""
    found = {
        route
        for route, view in every_view(get_resolver())
        if (cls := getattr(view, "view_class", None)) and issubclass(cls, LoginView | PasswordResetView)
    }
    for route in found:
        assert resolve("/" + re.sub(r"<[^>]+>", "x", route)).func in {admin_login_gate, password_gate}, route


def test_who_has_no_right_is_told_what_to_do(cast: Cast) -> None:
    response = cast.client("practitioner").get("/beheer/", follow=True)
    assert "403.html" in [template.name for template in response.templates]
    assert 'href="/"' in response.content.decode()


def test_a_deactivated_user_is_out_at_once(cast: Cast) -> None:
    client = cast.client("editor")
    assert client.get("/beheer/").status_code == 200
    User.objects.filter(pk=cast.editor.pk).update(is_active=False)
    assert client.get("/beheer/").status_code == 302


def every_view(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every_view(entry, route)
        else:
            yield route, inspect.unwrap(entry.callback)
