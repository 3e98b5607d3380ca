"""Who can enter the admin signs in with a second factor, also in a session that is older than the factor."""

import json
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from people import checks
from people.mfa import MFAAdapter, derived_key
from people.models import User
from tests.conftest import Cast
from tests.factories import PASSWORD, make_practice

pytestmark = pytest.mark.django_db

STEP = "/account/tweede-stap/"
ADMIN = ("/beheer/", "/beheer/pages/", "/beheer/documents/", "/beheer/images/", "/beheer/users/", "/beheer/reports/")


@pytest.fixture
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def with_app(user: User) -> str:
    """Give this user an authenticator app; its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def sign_in(client: Client, user: User) -> Any:
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


@pytest.mark.parametrize("role", ["editor", "moderator", "admin"])
@pytest.mark.parametrize("path", ADMIN)
def test_the_admin_is_closed_without_a_factor(cast: Cast, required: None, role: str, path: str) -> None:
    response = cast.client(role).get(path)
    assert response.status_code == 302
    assert response.url.startswith(STEP)


@pytest.mark.parametrize("role", ["editor", "moderator", "admin"])
def test_a_preview_and_a_closed_page_wait_for_the_factor_too(cast: Cast, required: None, role: str) -> None:
    draft = make_practice(live=False)
    for path in (reverse("wagtailadmin_pages:view_draft", args=[draft.pk]), make_practice().get_url()):
        assert cast.client(role).get(path).url.startswith(STEP)


@pytest.mark.parametrize("role", ["anonymous", "practitioner"])
def test_who_cannot_enter_the_admin_owes_nothing(cast: Cast, required: None, role: str) -> None:
    assert cast.client(role).get(make_practice().get_url()).status_code == 200


def test_a_staff_user_without_a_group_owes_the_factor(cast: Cast, required: None) -> None:
    User.objects.filter(pk=cast.practitioner.pk).update(is_staff=True)
    assert cast.client("practitioner").get("/").url.startswith(STEP)


def test_nobody_owes_it_where_it_is_off(cast: Cast) -> None:
    assert cast.client("editor").get("/beheer/").status_code == 200


def test_who_becomes_an_editor_owes_it_in_the_session_she_has(cast: Cast, required: None) -> None:
    client = cast.client("practitioner")
    assert client.get("/mijn/").status_code == 200
    cast.practitioner.groups.add(*cast.moderator.groups.all())
    assert client.get("/mijn/").url.startswith(STEP)


def test_a_form_sent_without_the_factor_changes_nothing(cast: Cast, required: None) -> None:
    page = make_practice()
    response = cast.client("admin").post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert response.url.startswith(STEP)
    page.refresh_from_db()
    assert page.live


def test_a_script_is_told_in_its_own_way(cast: Cast, required: None) -> None:
    client = cast.client("editor")
    assert client.get("/beheer/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    assert client.get("/praktijken/", headers={"hx-request": "true"}).headers["HX-Redirect"].startswith(STEP)


def test_the_step_explains_and_offers_both_ways_and_the_way_out(cast: Cast, required: None) -> None:
    html = cast.client("editor").get("/beheer/", follow=True).content.decode()
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "account_logout"):
        assert reverse(name) in html
    assert cast.client("editor").post(reverse("account_logout")).status_code == 302


def test_setting_up_the_app_opens_the_admin_where_she_was_going(
    cast: Cast, required: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda after: after())  # the test itself is one transaction
    sign_in(client, cast.editor)
    client.get(f"{STEP}?next=/beheer/pages/")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    response = client.post(reverse("mfa_activate_totp"), {"code": code_for(form.secret)}, follow=True)
    assert f'href="{STEP}"' in response.content.decode()
    assert client.get(STEP).url == "/beheer/pages/"
    assert client.get("/beheer/pages/").status_code in {200, 302}
    assert client.get("/beheer/").status_code == 200


def test_signing_in_with_the_factor_opens_the_admin(cast: Cast, required: None, client: Client) -> None:
    secret = with_app(cast.editor)
    assert sign_in(client, cast.editor).url == reverse("mfa_authenticate")
    assert client.get("/beheer/").url.startswith(reverse("admin_login_gate"))
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert client.get("/beheer/").status_code == 200


@pytest.mark.parametrize("role", ["editor", "moderator", "admin"])
def test_a_session_older_than_the_factor_asks_for_it_once(
    cast: Cast, required: None, client: Client, role: str
) -> None:
    user = getattr(cast, role)
    sign_in(client, user)
    secret = with_app(user)
    response = client.get("/beheer/", follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))
    done = client.post(f"{reverse('mfa_reauthenticate')}?next=/beheer/", {"code": code_for(secret)})
    assert done.url == "/beheer/"
    assert client.get("/beheer/").status_code == 200


def test_an_old_session_with_the_password_cannot_replace_the_factor(cast: Cast, client: Client) -> None:
    sign_in(client, cast.practitioner)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    with_app(cast.practitioner)
    for name in ("mfa_index", "mfa_add_webauthn", "mfa_deactivate_totp", "mfa_view_recovery_codes"):
        assert client.get(reverse(name)).url.startswith(STEP), name
        assert client.post(reverse(name)).url.startswith(STEP), name
    assert client.get(reverse("account_reauthenticate")).url.startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.filter(user=cast.practitioner).count() == 1


def test_a_recovery_code_is_a_factor_once(cast: Cast, required: None) -> None:
    with_app(cast.editor)
    code = RecoveryCodes.activate(cast.editor).get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, cast.editor)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert first.get("/beheer/").status_code == 200
    assert second.get("/beheer/").status_code == 302


def test_without_its_last_factor_a_session_is_led_to_the_step_again(cast: Cast, required: None, client: Client) -> None:
    secret = with_app(cast.editor)
    sign_in(client, cast.editor)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    Authenticator.objects.all().delete()
    assert client.get("/beheer/").url.startswith(STEP)


@pytest.mark.parametrize(
    "target", ["https://kwaad.example/", "//kwaad.example", "/\\kwaad.example", "javascript:alert(1)"]
)
def test_the_step_leads_nowhere_else(cast: Cast, required: None, client: Client, target: str) -> None:
    secret = with_app(cast.editor)
    sign_in(client, cast.editor)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert client.get(STEP, {"next": target}).url == "/"


def test_the_step_asks_a_stranger_to_sign_in(client: Client, cast: Cast) -> None:
    assert client.get(STEP).url.startswith(reverse("account_login"))


def test_no_secret_lies_readable_in_the_database(cast: Cast) -> None:
    secret = with_app(cast.editor)
    codes = RecoveryCodes.activate(cast.editor)
    seed = MFAAdapter().decrypt(codes.instance.data["seed"])
    rows = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in rows
    assert seed not in rows
    assert not any(code in rows for code in codes.get_unused_codes())


def test_a_new_key_reads_what_an_older_one_wrote_and_renews_it(cast: Cast, settings: Settings) -> None:
    old, new = derived_key("oud"), derived_key("nieuw")
    factor = Authenticator.objects.create(user=cast.editor, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    settings.MFA_ENCRYPTION_KEYS = [old]
    call_command("encrypt_factors", verbosity=0)
    factor.refresh_from_db()
    assert "JBSWY3DPEHPK3PXP" not in factor.data["secret"]
    settings.MFA_ENCRYPTION_KEYS = [new, old]
    call_command("encrypt_factors", verbosity=0)
    settings.MFA_ENCRYPTION_KEYS = [new]
    factor.refresh_from_db()
    assert MFAAdapter().decrypt(factor.data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_production_is_told_what_is_missing(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MFA_ENCRYPTION_KEYS = ["kort"]
    assert [message.id for message in checks.second_factor_is_required(None)] == ["people.W001"]
    assert [message.id for message in checks.factor_secrets_have_a_key(None)] == ["people.E001"]
    settings.SECOND_FACTOR_REQUIRED = True
    settings.MFA_ENCRYPTION_KEYS = [derived_key("een eigen sleutel")]
    assert checks.second_factor_is_required(None) == checks.factor_secrets_have_a_key(None) == []
