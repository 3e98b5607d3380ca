"""One gate for every login."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Cast

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
    from allauth.account.models import EmailAddress

    from tests.factories import PASSWORD

    EmailAddress.objects.create(user=cast.practitioner, email=cast.practitioner.email, verified=True, primary=True)
    response = client.post(reverse("account_login"), {"login": cast.practitioner.email.upper(), "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.practitioner.pk)


def test_a_wrong_password_and_an_unknown_address_say_the_same(cast: Cast, client: Client) -> None:
    answers = [
        client.post(reverse("account_login"), {"login": address, "password": "verkeerd"}).context["form"].errors
        for address in (cast.practitioner.email, "niemand@voorbeeld.be")
    ]
    assert answers[0] == answers[1]
