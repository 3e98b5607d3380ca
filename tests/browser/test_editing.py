"""The editor's side in a real browser: an incomplete practice is a fine draft and no publication."""

import datetime
import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.soundness import faults


def new_page(page: Page, address: str, listing: str, kind: str) -> None:
    """Open the form of a new page from the list of pages, as an editor does."""
    page.goto(f"{address}/beheer/pages/")
    links = page.locator("main a", has_text=listing).evaluate_all("links => links.map(link => link.href)")
    (parent, *_others) = [found[1] for link in links if (found := re.search(r"/beheer/pages/(\d+)/", link))]
    page.goto(f"{address}/beheer/pages/add/{kind}/{parent}/")
    page.locator("[name=slug]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")


def new_practice(page: Page, address: str) -> None:
    new_page(page, address, "Praktijken", "practices/practicepage")


def publish(page: Page) -> None:
    page.get_by_role("button", name="Meer acties").last.click()
    page.locator("[name=action-publish]").first.click()


def test_an_incomplete_practice_saves_as_draft_and_does_not_publish(visit: Visits) -> None:
    page = visit.log_in("eindredacteur")
    new_practice(page, visit.address)
    title = f"Een praktijk die nog niet af is {uuid4().hex[:6]}"
    page.locator("[name=title]").press_sequentially(title)
    expect(page.locator("[name=slug]")).to_have_value(title.lower().replace(" ", "-"))
    page.locator("button.action-save").first.click()
    expect(page).to_have_url(re.compile(r"/beheer/pages/\d+/edit/"))
    publish(page)
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
    assert faults(page, admin=True) == []


def test_an_event_is_published_with_little_and_found_by_visitors(visit: Visits) -> None:
    page = visit.log_in("eindredacteur")
    new_page(page, visit.address, "Vorming", "events/eventpage")
    title = f"Luisteren in de wijk {uuid4().hex[:6]}"
    page.locator("[name=title]").press_sequentially(title)
    page.fill("[name=summary]", "Een halve dag oefenen met gesprekken in de wijk.")
    page.check("[name=level_primary]")
    page.get_by_role("tab", name="Wanneer en waar").click()
    day = datetime.date.today() + datetime.timedelta(days=20)
    if not page.locator("[name=sessions-0-starts_at]").count():
        page.locator("#id_sessions-ADD").click()
    page.fill("[name=sessions-0-ends_at]", f"{day} 12:00")
    page.fill("[name=sessions-0-starts_at]", f"{day} 13:00")
    page.get_by_role("tab", name="Wanneer en waar").click()  # closes the calendar that Wagtail opens at the field
    publish(page)
    expect(page.locator(".messages .error")).to_be_visible()  # it ends before it starts; nothing that was typed is lost
    expect(page.locator("[name=title]")).to_have_value(title)
    page.get_by_role("tab", name="Wanneer en waar").click()
    page.fill("[name=sessions-0-starts_at]", f"{day} 09:00")
    page.get_by_role("tab", name="Wanneer en waar").click()
    publish(page)
    expect(page.locator(".messages .success")).to_be_visible()

    visitor = visit.open("/vorming/")
    visitor.get_by_role("link", name=title).first.click()
    expect(visitor.locator("h1")).to_have_text(title)
    expect(visitor.locator("main")).to_contain_text("9.00–12.00")


def test_axe_finds_nothing_in_the_form_of_an_event(visit: Visits) -> None:
    page = visit.log_in("eindredacteur")
    new_page(page, visit.address, "Vorming", "events/eventpage")
    assert faults(page, admin=True) == []


def test_a_practitioner_is_told_that_editing_is_not_for_her(visit: Visits) -> None:
    page = visit.log_in("ambtenaar", "/praktijken/")
    response = page.goto(f"{visit.address}/beheer/")
    assert response is not None
    assert response.status == 403
    expect(page.locator("h1")).to_be_visible()
