"""What a stranger, a professional and an LIVC-R member see of the same thing; and a manager's pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, Visits
from tests.browser.soundness import faults

CLOSED = "/agenda-casusoverleg/"  # of the demo: for LIVC-R
WORDS = "agenda casusoverleg"
PAGES = [
    "/mijn/",
    "/mijn/organisatie/",
    "/mijn/organisatie/leden/",
    "/mijn/overdragen/",
    "/mijn/gegevens/",
    "/mijn/verwijderen/",
    "/account/sessions/",
    "/uitnodiging/onbekend/",
]
ON_A_MEMBER = ["a[href$='/uitnodigen/']", "a[href$='/rollen/']", "a[href$='/beeindigen/']"]
IN_THE_ADMIN = ["aanvragen", "livc-r", "livc-r/toelaten", "overzicht", "zonder-eigenaar"]


def found(visit: Visits, who: str | None) -> list[str]:
    """The addresses that the same search gives this reader."""
    path = f"/zoeken/?q={WORDS}"
    page = visit.log_in(who, path.replace(" ", "%20")) if who else visit.open(path)
    hits: list[str] = page.locator("#listing a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return hits


@pytest.mark.parametrize(("who", "sees"), [(None, False), ("ambtenaar", False), ("livc", True)])
def test_the_same_search_shows_everybody_her_own(visit: Visits, who: str | None, sees: bool) -> None:
    assert (CLOSED in found(visit, who)) is sees


def test_a_closed_page_says_so_to_its_members_and_is_not_there_for_others(visit: Visits) -> None:
    member = visit.log_in("livc", CLOSED)
    expect(member.locator("main")).to_contain_text("LIVC-R")
    stranger = visit.open("/bestaat-niet/")
    told = stranger.locator("main").inner_text()
    stranger.goto(visit.address + CLOSED)
    assert stranger.locator("main").inner_text() == told
    visit.console.clear()  # the browser itself reports a 404


def test_one_device_is_signed_out_from_another(visit: Visits) -> None:
    there = visit.log_in("ambtenaar", "/mijn/", anew=True)
    here = visit.log_in("ambtenaar", "/mijn/", anew=True)
    here.goto(f"{visit.address}/account/sessions/")
    here.locator("form[action$='/afmelden/'] button").last.click()  # the one before this one
    here.wait_for_url("**/account/sessions/")
    there.goto(f"{visit.address}/mijn/")
    expect(there).to_have_url(re.compile("/account/login/"))
    here.goto(f"{visit.address}/mijn/")
    expect(here).to_have_url(f"{visit.address}/mijn/")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_the_pages_of_a_manager(visit: Visits, path: str) -> None:
    page = visit.log_in("beheerder", "/mijn/")
    page.goto(visit.address + path)  # may lead on to her own organisation
    assert faults(page) == []


@pytest.mark.parametrize("link", ON_A_MEMBER)
def test_axe_finds_nothing_where_a_manager_changes_something(visit: Visits, link: str) -> None:
    page = visit.log_in("beheerder", "/mijn/")
    page.goto(f"{visit.address}/mijn/organisatie/leden/")
    page.locator(f"main {link}").first.click()
    expect(page.locator("main form button[type=submit]")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("path", IN_THE_ADMIN)
def test_axe_finds_nothing_in_the_admin_of_members(visit: Visits, path: str) -> None:
    page = visit.log_in("eindredacteur")
    page.goto(f"{visit.address}/beheer/leden/{path}/")
    assert faults(page, admin=True) == []
    page.set_viewport_size(NARROW)
    hidden = "cells => cells.filter(cell => cell.getBoundingClientRect().right > window.innerWidth).length"
    assert page.locator(".listing td").evaluate_all(hidden) == 0
