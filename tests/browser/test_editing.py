"""The editor's side in a real browser: an incomplete practice is a fine draft and no publication."""

from playwright.sync_api import expect

from tests.browser.conftest import Visits


def test_an_incomplete_practice_saves_as_draft_and_does_not_publish(visit: Visits) -> None:
    page = visit.log_in("eindredacteur")
    page.goto(f"{visit.address}/beheer/pages/")
    index = page.request.get(f"{visit.address}/beheer/pages/").ok
    assert index
    page.goto(f"{visit.address}/praktijken/")
    add = page.evaluate(
        """async () => {
            const text = await (await fetch('/beheer/choose-page/?page_type=practices.practiceindexpage')).json();
            return text.html.match(/data-id="(\\d+)"|pages\\/(\\d+)\\//)?.slice(1).find(Boolean) ?? null;
        }"""
    )
    assert add, "the listing is not found in the admin"
    page.goto(f"{visit.address}/beheer/pages/add/practices/practicepage/{add}/")
    page.fill("[name=title]", "Een praktijk die nog niet af is")
    page.locator("button.action-save").first.click()
    expect(page.locator(".messages .success")).to_be_visible()
    page.locator("[data-w-dropdown-target=toggle]", has=page.locator("xpath=.")).last.click()
    page.locator("[name=action-publish]").first.click()
    expect(page.locator(".messages .error")).to_be_visible()
    expect(page.get_by_text("“Samenvatting” is nog leeg").first).to_be_attached()


def test_a_practitioner_is_told_that_editing_is_not_for_her(visit: Visits) -> None:
    page = visit.open("/account/login/?next=/beheer/")
    page.fill("input[name=login]", "ambtenaar@ankerplaats.example")
    page.fill("input[name=password]", "ankerplaats-demo")
    page.press("input[name=password]", "Enter")
    expect(page.locator("h1")).to_be_visible()
    response = page.goto(f"{visit.address}/beheer/")
    assert response is not None
    assert response.status == 403
