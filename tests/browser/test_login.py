"""Signing in with a passkey, with a virtual authenticator of Chromium; and axe on every page of an account."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.conftest import PASSWORD, Visits
from tests.browser.soundness import faults, violations

# Like the fingerprint reader of a laptop: it keeps passkeys and knows its owner.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
OPEN_PAGES = {
    "cancelled": "/account/3rdparty/login/cancelled/",
    "mailed_code": "/account/login/code/",
}
ACCOUNT_PAGES = {
    "second_factor": "/account/2fa/",
    "step": "/account/tweede-stap/",
    "passkeys": "/account/2fa/webauthn/",
    "addresses": "/account/email/",
    "password": "/account/password/change/",
    "devices": "/account/sessions/",
    "other_logins": "/account/3rdparty/",
    "confirm": "/account/reauthenticate/",
    "sign_out": "/account/logout/",
}


@pytest.fixture
def named(visit: Visits) -> Visits:
    """The same site by name: a passkey belongs to a name, and 127.0.0.1 is none."""
    visit.address = visit.address.replace("127.0.0.1", "localhost")
    return visit


@pytest.fixture
def strict(browser: Browser, strict_address: str) -> Iterator[Visits]:
    """By name, the site where editors need a second factor."""
    visits = Visits(browser, strict_address.replace("127.0.0.1", "localhost"))
    yield visits
    visits.close()


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]


def add_passkey(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/account/2fa/webauthn/add/")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.fill("input[name=name]", name)
    page.locator("[data-passkey-button]").click()
    page.wait_for_url("**/account/2fa/recovery-codes/")


def remove_passkey(page: Page, address: str, *, confirms: bool) -> None:
    page.goto(f"{address}/account/2fa/webauthn/")
    page.locator(".entries .button--danger").first.click()
    if confirms:  # who has a passkey confirms with it
        page.wait_for_url("**/reauthenticate/**")
        assert violations(page) == []
        page.locator("[data-passkey-button]").click()
    page.wait_for_url("**/remove/")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{address}/account/2fa/webauthn/")


def password_login(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/account/login/?next=/praktijken/")
    page.fill("input[name=login]", f"{who}@ankerplaats.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


def test_a_passkey_signs_in_alone_and_as_second_step(named: Visits) -> None:
    page = named.log_in("redacteur", "/praktijken/")  # no other test signs in as this person
    with_authenticator(page)
    add_passkey(page, named.address, "Laptop van de proef")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(f"{named.address}/account/2fa/webauthn/")
    expect(page.locator(".entries strong")).to_have_text("Laptop van de proef")
    assert violations(page) == []

    page.context.clear_cookies()
    password_login(page, named.address, "redacteur")
    page.wait_for_url("**/account/2fa/authenticate/")
    assert violations(page) == []
    page.locator("[data-passkey-button]").click()
    page.wait_for_url(f"{named.address}/praktijken/")

    page.context.clear_cookies()
    page.goto(f"{named.address}/account/login/?next=/praktijken/")
    page.locator("[data-passkey-button]").click()
    page.wait_for_url(f"{named.address}/praktijken/")
    remove_passkey(page, named.address, confirms=True)
    expect(page.locator(".entries li")).to_have_count(0)
    assert [text for text in named.console if "passkey" in text.lower() or "Content Security" in text] == []


def test_an_editor_without_a_factor_sets_one_up_before_anything_opens(strict: Visits) -> None:
    older = strict.open("/")
    password_login(older, strict.address, "redacteur")
    page = strict.open("/")
    password_login(page, strict.address, "redacteur")
    for path in ("/beheer/", "/beheer/pages/", "/praktijken/", "/mijn/"):
        page.goto(strict.address + path)
        expect(page).to_have_url(re.compile("/account/tweede-stap/"))
    assert violations(page) == []
    with_authenticator(page)
    page.goto(f"{strict.address}/beheer/")
    add_passkey(page, strict.address, "Laptop van de redactie")
    page.locator("main a[href='/account/tweede-stap/']").click()
    page.wait_for_url(f"{strict.address}/beheer/")

    older.goto(f"{strict.address}/beheer/")  # a session from before the factor
    expect(older).to_have_url(re.compile("/account/.*reauthenticate/"))
    expect(older.locator("[data-passkey-button]")).to_be_visible()
    remove_passkey(page, strict.address, confirms=False)  # she has just set it up
    page.goto(f"{strict.address}/beheer/")
    expect(page).to_have_url(re.compile("/account/tweede-stap/"))


def test_who_refuses_is_told_what_to_do(named: Visits) -> None:
    page = named.open("/account/login/")
    session, authenticator = with_authenticator(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.locator("[data-passkey-button]").click()
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    expect(page.locator("[data-passkey-button]")).to_be_enabled()
    assert violations(page) == []


def test_without_a_name_the_site_says_that_passkeys_do_not_work_here(visit: Visits) -> None:
    page = visit.open("/account/login/")
    page.locator("[data-passkey-button]").click()
    expect(page.locator("[data-passkey-unsupported]")).to_be_visible()


def test_without_script_the_password_is_enough(visit: Visits) -> None:
    page = visit.open("/account/login/?next=/praktijken/", script=False)
    page.fill("input[name=login]", "ambtenaar@ankerplaats.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{visit.address}/praktijken/")


def test_axe_finds_nothing_on_the_pages_of_an_account(visit: Visits) -> None:
    page = visit.log_in("ambtenaar", "/praktijken/")
    for name, path in ACCOUNT_PAGES.items():
        page.goto(visit.address + path)
        assert faults(page, dark=name == "devices") == [], name
        assert page.locator("h1").count() == 1, name


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_axe_finds_nothing_on_the_way_in(visit: Visits, name: str) -> None:
    page = visit.open(OPEN_PAGES[name])
    assert faults(page) == []
