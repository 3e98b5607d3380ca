"""Every page kind: sound in light and dark, wide and narrow; no console errors."""

import pytest

from tests.browser.conftest import Visits
from tests.browser.soundness import faults

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
    "events": "/vorming/",
    "events_filtered": "/vorming/?activiteit=training&q=gesprek&maand=2026-99",
    "events_past": "/vorming/?wanneer=voorbij",
    "events_empty": "/vorming/?q=xyzzyqwv",
    "calendar": "/vorming/kalender/",
    "event": "/vorming/studiedag-samen-werken-demo/",
    "event_full": "/vorming/signalen-bespreken-demo/",
    "event_past": "/vorming/webinar-complotdenken-demo/",
    "event_cancelled": "/vorming/online-veiligheid-demo/",
    "event_of_a_group": "/vorming/intervisie-ambtenaren-demo/",
    "next_edition": "/vorming/webinar-complotdenken-demo/seintje/",
    "certificate": "/attest/",
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


# One of each kind: the colours are a handful of tokens, of which tests/core/test_look.py measures every pair.
DARK = {"home", "listing_filtered", "search_corrected", "practice", "expert", "event", "calendar", "concept", "login"}


@pytest.mark.parametrize("name", PAGES)
def test_is_sound(visit: Visits, name: str) -> None:
    assert faults(visit.open(PAGES[name]), dark=name in DARK) == []


@pytest.mark.parametrize("name", PAGES)
def test_has_one_heading_a_title_a_way_past_the_menu_and_no_errors(visit: Visits, name: str) -> None:
    page = visit.open(PAGES[name], wide=False)
    assert page.locator("h1").count() == 1
    assert page.title().strip()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    assert page.evaluate("document.documentElement.lang") in {"nl", "nl-BE", "nl-be"}
    expected_status = 404 if name == "not_found" else 200
    assert [text for text in visit.console if str(expected_status) not in text] == []
