"""The pages of passkeys, without a browser: who may open them, and that nonsense is refused. See tests/browser."""

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.conftest import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

OWN_PAGES = ("mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "mfa_generate_recovery_codes")
NONSENSE = ("", "{}", "[]", "null", '"x"', '{"id": "x"}', '{"response": {"userHandle": "MQ"}}', "geen json", "\x00")


@pytest.fixture
def owner(cast: Cast) -> User:
    user = cast.practitioner
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    """The owner, who confirmed her password just now."""
    client.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_stranger_is_asked_to_sign_in(client: Client, cast: Cast, name: str) -> None:
    for response in (client.get(reverse(name)), client.post(reverse(name))):
        assert response.status_code == 302
        assert response.url.startswith((reverse("account_login"), reverse("account_reauthenticate")))


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_the_passkey_of_somebody_else_does_not_exist(signed_in: Client, cast: Cast, name: str) -> None:
    other = Authenticator.objects.create(user=cast.editor, type="webauthn", data={"name": "Van haar", "credential": {}})
    url = reverse(name, args=[other.pk])
    assert signed_in.get(url).status_code == 404
    assert signed_in.post(url, {"name": "Van mij"}).status_code == 404
    other.refresh_from_db()
    assert other.data["name"] == "Van haar"


def test_adding_one_asks_for_the_password_first(client: Client, owner: User) -> None:
    client.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    assert client.get(reverse("mfa_add_webauthn")).url.startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_makes_no_passkey(signed_in: Client, credential: str) -> None:
    signed_in.get(reverse("mfa_add_webauthn"))
    response = signed_in.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": credential})
    assert response.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_lets_nobody_in(client: Client, owner: User, credential: str) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})
    response = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert response.status_code == 302
    assert response.url == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_a_mailed_code_alone_does_not_pass_the_second_step(client: Client, owner: User) -> None:
    from django.core import mail

    Authenticator.objects.create(user=owner, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    client.post(reverse("account_request_login_code"), {"email": owner.email})
    code = next(line.strip() for line in mail.outbox[-1].body.splitlines() if line.startswith("    "))
    response = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_the_way_of_signing_in_is_remembered_in_the_session(signed_in: Client) -> None:
    records = signed_in.session[AUTHENTICATION_METHODS_SESSION_KEY]
    assert {record["method"] for record in records} == {"password"}


def test_making_an_account_by_passkey_is_off() -> None:
    assert settings.MFA_PASSKEY_SIGNUP_ENABLED is False
