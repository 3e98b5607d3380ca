"""The main job: search, narrow, read; with and without JavaScript, with the keyboard alone."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits


def count(page: Page) -> int:
    text = page.locator("#listing-count").inner_text()
    return int("".join(character for character in text if character.isdigit()) or 0)


def test_from_the_home_page_to_a_practice(visit: Visits) -> None:
    page = visit.open("/")
    page.fill("#hero-q", "ambtenaar")
    page.press("#hero-q", "Enter")
    page.wait_for_url("**/zoeken/?q=ambtenaar")
    expect(page.locator("mark").first).to_be_visible()
    page.locator(".result:has(.evidence) .result__title a").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("dl.facts")).to_be_visible()


def test_a_facet_narrows_and_the_back_button_widens(visit: Visits) -> None:
    page = visit.open("/praktijken/")
    everything = count(page)
    page.check("#f-niveau-tertiary")
    page.wait_for_url("**niveau=tertiary**")
    expect(page.locator(".chip")).to_have_count(1)
    assert 0 < count(page) < everything
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    assert count(page) == everything


def test_a_filter_comes_off_by_its_chip(visit: Visits) -> None:
    page = visit.open("/praktijken/?niveau=tertiary&niveau=secondary")
    expect(page.locator(".chip")).to_have_count(2)
    page.locator(".chip").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    assert page.url.count("niveau=") == 1


def test_filters_work_without_javascript(visit: Visits) -> None:
    page = visit.open("/praktijken/", script=False)
    page.locator("#filters > summary").click() if not page.locator("#f-niveau-tertiary").is_visible() else None
    page.check("#f-niveau-tertiary")
    page.locator(".filters__apply [data-apply]").click()
    page.wait_for_url("**niveau=tertiary**")
    expect(page.locator(".chip")).to_have_count(1)


def test_the_keyboard_alone_is_enough(visit: Visits) -> None:
    page = visit.open("/praktijken/")
    page.locator("#listing-q").focus()
    page.keyboard.type("ouders")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=ouders**")
    page.locator("#f-niveau-primary").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**niveau=primary**")
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    page.locator(".result__title a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dl.facts")).to_be_visible()


def test_the_filters_open_as_a_dialog_on_a_phone(visit: Visits) -> None:
    page = visit.open("/praktijken/", wide=False)
    page.locator("#filters > summary").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_search_page_narrows_by_kind_and_says_how_much_is_left(visit: Visits) -> None:
    page = visit.open("/zoeken/?q=polarisatie")
    everything = count(page)
    page.check("#f-soort-begrip")
    page.wait_for_url("**soort=begrip**")
    expect(page.locator("#listing-status")).to_have_text(page.locator("#listing-count").inner_text())
    assert 0 < count(page) < everything
    assert page.locator("#f-soort-begrip").is_checked()
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    assert count(page) == everything


def test_a_range_of_days_applies_and_a_wrong_one_is_pointed_out(visit: Visits) -> None:
    page = visit.open("/zoeken/")
    page.locator(".facet:has(.days) > summary").click()
    page.fill("#day-van", "2026-01-01")
    page.fill("#day-tot", "2025-01-01")
    page.locator(".days__apply").click()
    expect(page.locator("#day-tot")).to_be_focused()
    expect(page.locator("#fault-tot")).to_be_visible()
    page.fill("#day-tot", "2026-12-31")
    page.locator(".days__apply").click()
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#listing-count")).to_be_focused()
    assert "van=2026-01-01&tot=2026-12-31" in page.url


def test_a_long_list_of_values_can_be_searched_and_opened(visit: Visits) -> None:
    page = visit.open("/zoeken/")
    facet = page.locator(".facet", has=page.locator("#find-thema"))
    hidden = facet.locator(".facet__rest .facet__value").last
    expect(hidden).not_to_be_visible()
    name = (hidden.locator(".facet__label").text_content() or "").strip()
    page.fill("#find-thema", name)
    expect(hidden).to_be_visible()
    expect(facet.locator(".facet__value:visible")).to_have_count(1)
    page.fill("#find-thema", "xyzzy")
    expect(facet.locator("[data-none]")).not_to_be_empty()


def test_a_long_list_of_values_opens_without_javascript(visit: Visits) -> None:
    page = visit.open("/zoeken/", script=False)
    facet = page.locator(".facet", has=page.locator("input[name=thema]")).first
    facet.locator(".facet__rest > summary").click()
    expect(facet.locator(".facet__value").last).to_be_visible()


def long_facet(page: Page) -> Locator:
    """The tags: the demo has more of them than a page sends at once."""
    return page.locator(".facet[data-facet=label]")


def test_the_rest_of_a_very_long_list_comes_when_it_is_asked_for_and_stays(visit: Visits) -> None:
    page = visit.open("/zoeken/")
    facet = long_facet(page)
    facet.locator("summary").first.click()
    few = facet.locator(".facet__value").count()
    facet.locator(".facet__more").press("Enter")
    first = facet.locator(".facet__rest input").first
    expect(first).to_be_focused()
    expect(facet.locator(".facet__more")).to_have_count(0)
    assert facet.locator(".facet__value").count() > 40 > few
    assert "alle=" not in page.url
    first.press("Space")  # not check(): the list is drawn anew, and it would tick the next first one
    expect(page.locator(".chip")).to_have_count(1)
    expect(facet.locator(".facet__value:visible").nth(1)).to_be_visible()


def test_a_very_long_list_is_searched_as_a_whole(visit: Visits) -> None:
    page = visit.open("/zoeken/?alle=label")
    name = (long_facet(page).locator(".facet__rest .facet__label").last.text_content() or "").strip()
    page = visit.open("/zoeken/")
    facet = long_facet(page)
    facet.locator("summary").first.click()
    page.locator("#find-label").press_sequentially(name)
    expect(facet.locator(".facet__rest .facet__value:visible").first).to_contain_text(name)
    expect(page.locator("#find-label")).to_have_value(name)


def test_the_rest_of_a_very_long_list_keeps_what_was_ticked_in_the_dialog(visit: Visits) -> None:
    page = visit.open("/zoeken/", wide=False)
    page.locator(".filters > summary").click()
    facet = long_facet(page)
    facet.locator("summary").first.click()
    ticked = facet.locator("input[type=checkbox]").first
    ticked.press("Space")
    facet.locator(".facet__more").click()
    expect(facet.locator(".facet__rest input").first).to_be_focused()
    expect(ticked).to_be_checked()
    expect(page.locator("#filters-sheet")).to_be_visible()


def test_the_rest_of_a_very_long_list_is_a_page_without_javascript(visit: Visits) -> None:
    page = visit.open("/zoeken/", script=False)
    facet = long_facet(page)
    facet.locator("summary").first.click()
    facet.locator(".facet__more").click()
    expect(long_facet(page).locator(".facet__rest .facet__value").last).to_be_visible()
