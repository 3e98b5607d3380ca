"""Suggestions while typing: a combobox for keyboard, mouse and screen reader; a plain field without script."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.soundness import faults

BOXES = {"home": ("/", "#hero-q"), "listing": ("/praktijken/", "#listing-q")}


def typed(visit: Visits, box: str, words: str, **how: bool) -> tuple[Page, str]:
    path, field = BOXES[box]
    page = visit.open(path, **how)
    page.locator(field).press_sequentially(words, delay=20)
    expect(page.locator(f"{field}-suggestions")).to_be_visible()
    page.wait_for_load_state("networkidle")  # the answer to the last letter draws the list again
    return page, field


@pytest.mark.parametrize("box", BOXES)
def test_axe_finds_nothing_while_it_is_open(visit: Visits, box: str) -> None:
    page, field = typed(visit, box, "polar")
    page.press(field, "ArrowDown")
    assert faults(page, dark=True) == []


@pytest.mark.parametrize("box", BOXES)
def test_the_keyboard_alone(visit: Visits, box: str) -> None:
    page, field = typed(visit, box, "polar")
    combobox, options = page.locator(field), page.locator(f"{field}-suggestions [role=option]")
    expect(combobox).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(combobox).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")  # back to what was typed
    assert combobox.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    assert combobox.get_attribute("aria-activedescendant") is None
    assert combobox.evaluate("box => box.selectionStart") == 0
    page.keyboard.press("End")
    assert combobox.evaluate("box => box.selectionStart") == len("polar")
    page.keyboard.press("Escape")
    expect(combobox).to_have_attribute("aria-expanded", "false")
    expect(combobox).to_have_value("polar")
    page.keyboard.press("ArrowDown")
    url = options.first.get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{url}")


@pytest.mark.parametrize("box", BOXES)
def test_enter_without_a_choice_searches(visit: Visits, box: str) -> None:
    page, _field = typed(visit, box, "polarisatie")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=polarisatie**")


def test_a_click_follows_a_suggestion(visit: Visits) -> None:
    page, _field = typed(visit, "home", "gent")
    town = page.locator("[role=option]", has_text="Gent").last
    town.click()
    page.wait_for_url("**gemeente=44021**")
    expect(page.locator(".chip")).to_have_count(1)


def test_without_script_it_is_a_plain_search_field(visit: Visits) -> None:
    page = visit.open("/", script=False)
    assert page.locator("#hero-q").get_attribute("role") is None
    page.fill("#hero-q", "polarisatie")
    page.press("#hero-q", "Enter")
    page.wait_for_url("**q=polarisatie**")
