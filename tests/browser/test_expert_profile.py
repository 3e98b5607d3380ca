"""An expert's own pages: axe finds nothing, also with every part open; and a change waits for VVSG."""

import pytest

from tests.browser.conftest import Visits
from tests.browser.soundness import faults

PARTS = {"overview": "", "profile": "profiel/", "private": "gegevens/", "reference": "referentie/"}


def own_page(visit: Visits) -> str:
    """Where she works for the first of her experts."""
    page = visit.log_in("expert", "/mijn/expert/")
    return page.locator("main .entries__step").first.get_attribute("href") or ""


@pytest.mark.parametrize("part", PARTS)
def test_axe_finds_nothing_on_her_own_pages(visit: Visits, part: str) -> None:
    address = own_page(visit)
    page = visit.contexts[-1].pages[0]
    page.goto(visit.address + address + PARTS[part])
    page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")

    assert faults(page) == []


def test_a_change_waits_and_visitors_see_the_page_as_it_was(visit: Visits) -> None:
    address = own_page(visit)
    page = visit.contexts[-1].pages[0]
    page.goto(visit.address + address + "profiel/")
    page.fill("textarea[name=summary]", "Een nieuwe korte tekst (demo).")
    page.click("main form button[type=submit]")
    page.wait_for_url(f"**{address}")

    assert page.locator("main .notice").count() >= 1
    public = page.locator("main .account-card a[href^='/experten/']").get_attribute("href")
    assert "Een nieuwe korte tekst" not in visit.open(public or "").locator("main").inner_text()
