"""Signing in with ACM/IDM, against a real OpenID Connect provider that the test starts."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from joserfc.jwk import RSAKey
from pytest_django import Settings

from people.models import Membership, User
from people.oidc import is_national_number, organisation_code, organisation_of
from tests.conftest import Cast
from tests.factories import PASSWORD, Tree, make_organisation
from tests.people import oidc_server

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LOGIN = "/account/oidc/acmidm/login/"
NATIONAL_NUMBER = "85073003328"
ADDRESS = "an@gemeente.example"
CLAIMS = {
    "sub": "b6f1f2-paarsgewijs",
    "given_name": "An",
    "family_name": "Ambtenaar",
    "vo_orgcode": "OVO002949",
    "vo_orgnaam": "Gemeente Voorbeeld",
    "vo_id": "d5ab9c",
}


@pytest.fixture
def provider(settings: Settings, tree: Tree) -> Iterator[oidc_server.Provider]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    client = oidc_server.Client(f"http://testserver{LOGIN}callback/")
    with oidc_server.running(oidc_server.Provider(client, dict(CLAIMS))) as provider:
        app = {
            "provider_id": "acmidm",
            "name": "ACM/IDM",
            "client_id": oidc_server.CLIENT_ID,
            "secret": oidc_server.CLIENT_SECRET,
            "settings": {
                "server_url": provider.issuer,
                "scope": ["openid", "profile", "vo"],
                "oauth_pkce_enabled": True,
            },
        }
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}
        }
        yield provider


def away(client: Client, query: str = "process=login") -> str:
    """The address to which the page behind the button leads: by itself, and by a link. No form may end over there."""
    response = client.post(f"{LOGIN}?{query}")
    assert response.status_code == 200, response
    address: str = response.context["address"]
    assert escape(f"0; url={address}") in response.content.decode()
    return address


def go_and_come_back(client: Client, query: str = "process=login") -> Any:
    """Press the button, be signed in over there, and land on our callback."""
    back = requests.get(away(client, query), allow_redirects=False, timeout=10)
    assert back.status_code == 302, back.text
    target = urlsplit(back.headers["Location"])
    return client.get(f"{target.path}?{target.query}")


def sign_up(client: Client, address: str = ADDRESS) -> Any:
    response = go_and_come_back(client)
    assert response.url == reverse("socialaccount_signup")
    return client.post(response.url, {"email": address, "first_name": "An", "last_name": "Ambtenaar"})


def confirm(client: Client) -> Any:
    (code,) = re.findall(r"^\s+([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE)
    return client.post(reverse("account_email_verification_sent"), {"code": code})


def test_a_newcomer_gives_her_address_and_confirms_it_by_code(client: Client, provider: oidc_server.Provider) -> None:
    sign_up(client)
    assert "_auth_user_id" not in client.session
    confirm(client)
    user = User.objects.get(email=ADDRESS)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.first_name, user.last_name) == ("An", "Ambtenaar")
    assert not user.has_usable_password()


def test_the_second_time_she_is_in_at_once(client: Client, provider: oidc_server.Provider) -> None:
    sign_up(client)
    confirm(client)
    again = Client()
    assert go_and_come_back(again, "process=login&next=/praktijken/").url == "/praktijken/"
    assert again.session["_auth_user_id"] == client.session["_auth_user_id"]


@pytest.mark.parametrize("extra", ["", "&scope=rrn,email", "&auth_params=scope%3Dopenid%2Brrn"])
def test_only_three_scopes_are_asked_for_and_pkce_is_used(
    client: Client, provider: oidc_server.Provider, extra: str
) -> None:
    go_and_come_back(client, f"process=login{extra}")
    (asked,) = provider.asked
    assert sorted(asked["scope"].split()) == ["openid", "profile", "vo"]
    assert asked["code_challenge_method"] == "S256"
    assert asked["code_challenge"]


def test_the_code_is_worth_nothing_without_the_verifier(client: Client, provider: oidc_server.Provider) -> None:
    back = requests.get(away(client), allow_redirects=False, timeout=10)
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
    answer = requests.post(
        f"{provider.issuer}/token",
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": provider.client.redirect_uri,
            "client_id": oidc_server.CLIENT_ID,
            "client_secret": oidc_server.CLIENT_SECRET,
        },
        timeout=10,
    )
    assert answer.status_code == 400


def test_nothing_of_the_person_is_kept_but_name_and_sub(client: Client, provider: oidc_server.Provider) -> None:
    provider.userinfo = {"rrn": NATIONAL_NUMBER, "birthdate": "1985-07-30", "email": "x@elders.example"}
    sign_up(client)
    account = SocialAccount.objects.get()
    assert account.uid == CLAIMS["sub"]
    assert account.extra_data == {"organisation": "OVO002949"}
    assert NATIONAL_NUMBER not in json.dumps(dict(client.session.items()))


def test_a_national_number_as_sub_is_refused(client: Client, provider: oidc_server.Provider) -> None:
    provider.claims["sub"] = NATIONAL_NUMBER
    response = go_and_come_back(client)
    assert response.status_code == 401
    assert not SocialAccount.objects.exists()
    assert NATIONAL_NUMBER not in response.content.decode()
    assert NATIONAL_NUMBER not in json.dumps(dict(client.session.items()))


def test_answers_about_two_people_are_refused(client: Client, provider: oidc_server.Provider) -> None:
    provider.userinfo = {"sub": "iemand-anders"}
    assert go_and_come_back(client).status_code == 401


def test_a_token_with_a_strange_signature_is_refused(client: Client, provider: oidc_server.Provider) -> None:
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "proef", "alg": "RS256"})
    assert go_and_come_back(client).status_code == 401


@pytest.mark.parametrize("at", ["login", "callback"])
def test_a_provider_that_is_away_is_a_page_and_no_crash(
    client: Client, provider: oidc_server.Provider, settings: Settings, at: str
) -> None:
    state = parse_qs(urlsplit(away(client)).query)["state"][0]
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    response = client.post(LOGIN) if at == "login" else client.get(f"{LOGIN}callback/?code=a&state={state}")
    assert response.status_code == 401
    assert "site-header" in response.content.decode()


def test_a_callback_that_we_did_not_ask_for_is_refused(client: Client, provider: oidc_server.Provider) -> None:
    response = client.get(f"{LOGIN}callback/?code=abc&state=onbekend")
    assert response.status_code == 401
    assert "site-header" in response.content.decode()


def test_who_stops_over_there_is_told_so(client: Client, provider: oidc_server.Provider) -> None:
    provider.denies = True
    response = go_and_come_back(client)
    assert response.url == reverse("socialaccount_login_cancelled")
    assert "site-header" in client.get(response.url).content.decode()


def test_the_address_of_somebody_else_gives_nothing_away_and_opens_nothing(
    client: Client, cast: Cast, provider: oidc_server.Provider
) -> None:
    EmailAddress.objects.create(user=cast.editor, email=cast.editor.email, verified=True, primary=True)
    taken = sign_up(client, cast.editor.email)
    free = sign_up(Client(), "nieuw@gemeente.example")
    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.filter(user=cast.editor).exists()
    first, second = mail.outbox
    assert reverse("account_reset_password") in first.body
    assert first.to == [cast.editor.email]
    assert second.to == ["nieuw@gemeente.example"]


def test_who_has_an_account_links_it_after_signing_in(
    client: Client, cast: Cast, provider: oidc_server.Provider
) -> None:
    user = cast.practitioner
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    go_and_come_back(client, "process=connect")
    assert SocialAccount.objects.get().user == user
    page = client.get(reverse("socialaccount_connections"))
    assert "ACM/IDM" in page.content.decode()
    other = Client()
    go_and_come_back(other)
    assert other.session["_auth_user_id"] == str(user.pk)


def test_whoever_resets_the_password_takes_the_account_back(client: Client, provider: oidc_server.Provider) -> None:
    """Somebody signed up with an address that is not his; its owner resets the password by mail."""
    sign_up(client, "eigenaar@gemeente.example")
    owner = Client()
    owner.post(reverse("account_reset_password"), {"email": "eigenaar@gemeente.example"})
    (path,) = re.findall(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    form = owner.get(path).url
    owner.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(email="eigenaar@gemeente.example").check_password(PASSWORD)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("target", ["https://kwaad.example/", "//kwaad.example/"])
def test_the_way_back_stays_within_the_site(client: Client, provider: oidc_server.Provider, target: str) -> None:
    sign_up(client)
    confirm(client)
    response = go_and_come_back(Client(), f"process=login&next={target}")
    assert response.url == "/"


def test_the_button_is_there_only_where_it_works(
    client: Client, provider: oidc_server.Provider, settings: Settings
) -> None:
    assert LOGIN in client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = []
    assert LOGIN not in client.get(reverse("account_login")).content.decode()
    assert client.get(LOGIN).status_code == 404
    assert client.get(f"{LOGIN}callback/?code=a&state=b").status_code == 404


def test_reading_the_login_address_sends_nobody_away(client: Client, provider: oidc_server.Provider) -> None:
    """Only a form of ours starts it: a picture or a link on another site cannot sign somebody in."""
    response = client.get(LOGIN)
    assert response.status_code == 200
    assert "site-header" in response.content.decode()


@pytest.mark.parametrize("code", ["0207451227", "OVO002949"])
def test_who_comes_in_for_an_organisation_asks_once_to_be_its_member(
    client: Client, provider: oidc_server.Provider, code: str
) -> None:
    gent = make_organisation("Gent", nis_code="44021", kbo_number="0207451227", ovo_code="OVO002949")
    provider.claims["vo_orgcode"] = code
    sign_up(client)
    confirm(client)
    membership = Membership.objects.get()
    assert (membership.organisation, membership.state) == (gent, "requested")
    membership.state = "refused"
    membership.save()
    go_and_come_back(Client())
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("44021", True),
        ("0207.451.227", True),
        ("99999", False),
        ("OVO002949", True),
        ("ovo 002949", True),
        ("OVO002950", False),
        ("OVO2949", False),
        ("", False),
        ("85073003328", False),
    ],
)
def test_the_code_of_the_organisation_finds_ours(tree: Tree, code: str, found: bool) -> None:
    gent = make_organisation("Gent", nis_code="44021", kbo_number="0207451227", ovo_code="OVO002949")
    assert organisation_of(organisation_code({"vo_orgcode": code})) == (gent if found else None)


def test_a_merged_organisation_gives_its_successor(tree: Tree) -> None:
    successor = make_organisation("Nieuw")
    make_organisation("Oud", nis_code="44001", merged_into=successor)
    assert organisation_of("44001") == successor


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (NATIONAL_NUMBER, True),
        ("85.07.30-033.28", True),
        ("17073003384", True),
        ("85073003329", False),
        ("0207537368", False),
        ("b6f1f2", False),
    ],
)
def test_a_national_number_is_recognised(text: str, is_one: bool) -> None:
    assert is_national_number(text) is is_one
