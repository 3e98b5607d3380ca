"""Where somebody is signed in: listed, and ended one by one or all others at once, by nobody but herself."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry, User
from tests.conftest import Cast
from tests.factories import PASSWORD, confirm_address

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36"


def sign_in(user: User, **options: bool) -> Client:
    client = Client(headers={"user-agent": CHROME}, **options)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.get("/")
    return client


@pytest.fixture
def user(cast: Cast) -> User:
    confirm_address(cast.practitioner)
    return cast.practitioner


def session_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def end(client: Client, session: UserSession) -> int:
    return client.post(reverse("end_session", args=[session.pk])).status_code


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("my_page")).status_code == 200


def test_all_others_end_at_once_when_asked(user: User) -> None:
    here, there = sign_in(user), sign_in(user)
    assert here.get(reverse("usersessions_list")).context["session_count"] == 2
    here.post(reverse("usersessions_list"))
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_one_ends_and_the_others_stay(user: User) -> None:
    here, there, elsewhere = sign_in(user), sign_in(user), sign_in(user)
    before = AuditEntry.objects.filter(action="login.logout").count()
    assert end(here, session_of(there)) == 302
    assert [is_signed_in(client) for client in (here, there, elsewhere)] == [True, False, True]
    assert AuditEntry.objects.filter(action="login.logout").count() == before + 1
    assert b"Chrome" in here.get(reverse("usersessions_list")).content


def test_the_list_offers_it_for_every_device_but_this_one(user: User) -> None:
    here, there = sign_in(user), sign_in(user)
    html = here.get(reverse("usersessions_list")).content.decode()
    assert reverse("end_session", args=[session_of(there).pk]) in html
    assert reverse("end_session", args=[session_of(here).pk]) not in html


def test_who_ends_her_own_session_is_signed_out_here(user: User) -> None:
    here = sign_in(user)
    assert end(here, session_of(here)) == 302
    assert not is_signed_in(here)


def test_nobody_ends_the_session_of_another(user: User, cast: Cast) -> None:
    hers = sign_in(user)
    assert end(cast.client("editor"), session_of(hers)) == 404
    assert end(cast.client("admin"), session_of(hers)) == 404
    assert end(Client(), session_of(hers)) == 302
    assert is_signed_in(hers)


def test_it_is_posted_with_a_token(user: User) -> None:
    here, there = sign_in(user), sign_in(user)
    session = session_of(there)
    assert here.get(reverse("end_session", args=[session.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert end(strict, session) == 403
    assert is_signed_in(there)
