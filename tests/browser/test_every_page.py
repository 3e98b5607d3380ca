"""Every page kind: axe (WCAG 2.2 AA) in light and dark, wide and narrow; nothing sticks out; no console errors."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visits

PRACTICE = "/praktijken/regierol-versterken-met-lokale-ambtenaar/"
PAGES = {
    "home": "/",
    "listing": "/praktijken/",
    "listing_filtered": "/praktijken/?niveau=secondary&thema=vroegdetectie&q=school",
    "listing_second_page": "/praktijken/?page=2",
    "listing_empty": "/praktijken/?q=xyzzyqwv",
    "search": "/zoeken/?q=polarisatie",
    "search_days": "/zoeken/?van=32/13/2026&tot=2026-01-01&gemeente=44021",
    "search_corrected": "/zoeken/?q=polaristie",
    "search_empty": "/zoeken/?q=xyzzyqwv&soort=begrip&van=2026-01-01",
    "practice": PRACTICE,
    "experts": "/experten/",
    "experts_filtered": "/experten/?niveau=tertiary&vrij-van=2026-99-99&dagdeel=morning",
    "experts_empty": "/experten/?q=xyzzyqwv",
    "expert": "/experten/voorbeeldexpert-baken/",
    "expert_who_left": "/experten/voorbeeldexpert-zandbank/",
    "standard_page": "/over/",
    "levels": "/niveaus/",
    "accessibility": "/toegankelijkheid/",
    "concepts": "/begrippen/",
    "concept": "/begrippen/polarisatie/",
    "municipalities": "/praktijken/gemeenten/",
    "login": "/account/login/",
    "signup": "/account/signup/",
    "password_reset": "/account/password/reset/",
    "not_found": "/bestaat-niet/",
}
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def violations(page: Page, options: dict[str, object] = RULES) -> list[str]:
    """One line for each element that axe finds fault with."""
    results = Axe().run(page, options=options)
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize(
    ("wide", "dark"), [(True, False), (False, False), (True, True)], ids=["1280", "360", "1280-dark"]
)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Visits, name: str, wide: bool, dark: bool) -> None:
    page = visit.open(PAGES[name], wide=wide, dark=dark)
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_fits_a_narrow_screen_without_errors(visit: Visits, name: str) -> None:
    page = visit.open(PAGES[name], wide=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expected_status = 404 if name == "not_found" else 200
    errors = [text for text in visit.console if str(expected_status) not in text]
    assert errors == []


@pytest.mark.parametrize("name", PAGES)
def test_has_one_heading_a_title_and_a_way_past_the_menu(visit: Visits, name: str) -> None:
    page = visit.open(PAGES[name])
    assert page.locator("h1").count() == 1
    assert page.title().strip()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    assert page.evaluate("document.documentElement.lang") in {"nl", "nl-BE", "nl-be"}
