"""Guessing shuts out the guesser: behind a proxy, over several workers, and nobody else."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from config.settings import login
from people import checks
from people.models import User
from tests.conftest import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
GUESSER, ELSEWHERE, NEIGHBOUR = "203.0.113.5", "198.51.100.7", "203.0.113.6"
# Thirty guesses in one process; the test starts two of them at once.
WORKER = """
import django
from django.conf import settings
settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"}}
settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
django.setup()
from allauth.core.internal import ratelimit
from django.test import RequestFactory
request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.5")
found = [ratelimit.consume(request, app="allauth.account", action="login_failed", key=f"{n}") for n in range(30)]
print(sum(bool(one) for one in found))
"""


@pytest.fixture
def limits(settings: Settings, cast: Cast) -> User:
    """The limits of production, and somebody with an account."""
    settings.ACCOUNT_RATE_LIMITS = login.ACCOUNT_RATE_LIMITS
    cache.clear()
    user = cast.practitioner
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def attempt(address: str, email: str, password: str, **headers: str) -> bool:
    """Whether signing in works, from this address, in a fresh browser."""
    client = Client(REMOTE_ADDR=address)
    client.post(reverse("account_login"), {"login": email, "password": password}, headers=headers)
    return "_auth_user_id" in client.session


def guess(count: int, address: str, email: str, **headers: str) -> None:
    for number in range(count):
        attempt(address, email, f"verkeerd-{number}", **headers)


@pytest.mark.slow
def test_200_failures_shut_out_that_address_and_nobody_else(limits: User) -> None:
    guess(200, GUESSER, limits.email)
    assert not attempt(GUESSER, limits.email, PASSWORD)
    assert attempt(ELSEWHERE, limits.email, PASSWORD)
    assert attempt(NEIGHBOUR, limits.email, PASSWORD)


def test_guessing_at_many_accounts_shuts_the_address_out_of_all(limits: User) -> None:
    for number in range(20):
        attempt(GUESSER, f"iemand{number}@voorbeeld.be", "verkeerd")
    assert not attempt(GUESSER, limits.email, PASSWORD)
    assert attempt(ELSEWHERE, limits.email, PASSWORD)


def test_who_mistypes_a_few_times_still_gets_in(limits: User) -> None:
    guess(4, ELSEWHERE, limits.email)
    assert attempt(ELSEWHERE, limits.email, PASSWORD)


def test_a_made_up_header_does_not_help_the_guesser(limits: User, settings: Settings) -> None:
    """Nothing in front: the header is not believed."""
    for number in range(20):
        attempt(GUESSER, limits.email, "verkeerd", **{"x-forwarded-for": f"192.0.2.{number}"})
    assert not attempt(GUESSER, limits.email, PASSWORD, **{"x-forwarded-for": "192.0.2.99"})


def test_behind_a_proxy_each_visitor_counts_for_himself(limits: User, settings: Settings) -> None:
    """The proxy adds the address that it sees at the end; what the visitor wrote before it is not believed."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        attempt("10.0.0.1", limits.email, "verkeerd", **{"x-forwarded-for": f"192.0.2.{number}, {GUESSER}"})
    assert not attempt("10.0.0.1", limits.email, PASSWORD, **{"x-forwarded-for": f"192.0.2.99, {GUESSER}"})
    assert attempt("10.0.0.1", limits.email, PASSWORD, **{"x-forwarded-for": ELSEWHERE})


def test_the_second_step_cannot_be_guessed_either(limits: User) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(limits, "JBSWY3DPEHPK3PXP")
    client = Client(REMOTE_ADDR=GUESSER)
    client.post(reverse("account_login"), {"login": limits.email, "password": PASSWORD})
    answers = [client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}).context["form"].errors for n in range(7)]
    assert answers[-1] != answers[0]


def test_too_many_requests_get_a_page_of_ours(limits: User) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    for number in range(40):
        response = client.post(reverse("account_login"), {"login": f"a{number}@b.example", "password": "x"})
    assert response.status_code == 429
    assert "site-header" in response.content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=False)
def test_two_workers_count_together(tmp_path: Path) -> None:
    """Two processes, each guessing thirty times at once against one cache: ten are let through in all."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TEST_DATABASE_URL": f"sqlite:///{tmp_path / 'cache.sqlite3'}",
    }

    def start(code: str) -> "subprocess.Popen[str]":
        return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)

    table = (
        WORKER.split("from allauth", maxsplit=1)[0]
        + "from django.core.management import call_command as c\nc('createcachetable')"
    )
    assert start(table).wait(timeout=120) == 0
    workers = [start(WORKER), start(WORKER)]
    let_through = [int(worker.communicate(timeout=120)[0]) for worker in workers]
    assert sum(let_through) == 10, let_through


def test_production_is_told_when_its_limits_do_not_hold(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.ACCOUNT_RATE_LIMITS = False
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    found: list[Any] = [
        *checks.limits_are_shared(None),
        *checks.limits_are_on(None),
        *checks.proxies_are_counted(None),
    ]
    assert [message.id for message in found] == ["people.E002", "people.E003", "people.E004"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}}
    settings.ACCOUNT_RATE_LIMITS = login.ACCOUNT_RATE_LIMITS
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert checks.limits_are_shared(None) == checks.limits_are_on(None) == checks.proxies_are_counted(None) == []
    assert project.ACCOUNT_RATE_LIMITS
