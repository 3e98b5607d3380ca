"""The editor's side in a real browser: an incomplete practice is a fine draft and no publication."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.soundness import faults


def new_practice(page: Page, address: str) -> None:
    """Open the form of a new practice from the list of pages, as an editor does."""
    page.goto(f"{address}/beheer/pages/")
    links = page.locator("main a", has_text="Praktijken").evaluate_all("links => links.map(link => link.href)")
    (listing, *_others) = [found[1] for link in links if (found := re.search(r"/beheer/pages/(\d+)/", link))]
    page.goto(f"{address}/beheer/pages/add/practices/practicepage/{listing}/")


def test_an_incomplete_practice_saves_as_draft_and_does_not_publish(visit: Visits) -> None:
    page = visit.log_in("eindredacteur")
    new_practice(page, visit.address)
    page.locator("[name=slug]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    title = f"Een praktijk die nog niet af is {uuid4().hex[:6]}"
    page.locator("[name=title]").press_sequentially(title)
    expect(page.locator("[name=slug]")).to_have_value(title.lower().replace(" ", "-"))
    page.locator("button.action-save").first.click()
    expect(page).to_have_url(re.compile(r"/beheer/pages/\d+/edit/"))
    page.get_by_role("button", name="Meer acties").last.click()
    page.locator("[name=action-publish]").first.click()
    expect(page.locator(".messages .error")).to_be_visible()
    expect(page.get_by_text("“Samenvatting” is nog leeg").first).to_be_attached()
    expect(page.locator("[name=title]")).to_have_value(title)


@pytest.mark.parametrize("path", ["/beheer/", "/beheer/praktijken-importeren/"])
def test_axe_finds_nothing_in_our_own_part_of_the_admin(visit: Visits, path: str) -> None:
    page = visit.log_in("eindredacteur")
    response = page.goto(visit.address + path)
    assert response is not None
    assert response.ok
    assert faults(page, admin=True) == []


def test_axe_finds_nothing_in_the_practice_form(visit: Visits) -> None:
    page = visit.log_in("eindredacteur")
    new_practice(page, visit.address)
    page.wait_for_load_state("networkidle")
    assert faults(page, admin=True) == []


def test_a_practitioner_is_told_that_editing_is_not_for_her(visit: Visits) -> None:
    page = visit.log_in("ambtenaar", "/praktijken/")
    response = page.goto(f"{visit.address}/beheer/")
    assert response is not None
    assert response.status == 403
    expect(page.locator("h1")).to_be_visible()
