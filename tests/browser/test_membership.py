"""Coming, going and merging, as the people themselves see it: codes and links are read from the mails."""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.mailbox import Mailbox
from tests.browser.soundness import violations

TOWN = "Gemeente Voorbeelddorp (demo)"
DOMAIN = "voorbeelddorp.example"  # of the town
FOR_PRACTITIONERS = "/werkafspraken-professionals/"
CLOSED_TEXT = "wie wat opneemt en wie u eerst belt"
NEW_PASSWORD = "zeer-lang-en-van-niemand"


def fill_account(page: Page, first_name: str) -> None:
    page.fill("input[name=first_name]", first_name)
    page.fill("input[name=last_name]", "Proef")
    page.fill("input[name=password1]", NEW_PASSWORD)
    page.fill("input[name=password2]", NEW_PASSWORD)


def sign_up(visit: Visits, mailbox: Mailbox, email: str, first_name: str) -> Page:
    """A new person, signed in, who confirmed her address with the code from her mail."""
    page = visit.open("/account/signup/")
    fill_account(page, first_name)
    page.fill("input[name=email]", email)
    page.press("input[name=email]", "Enter")
    page.wait_for_url("**/account/confirm-email/**")
    assert violations(page) == []
    page.fill("input[name=code]", mailbox.code_for(email))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(f"{visit.address}/mijn/organisatie/")
    return page


def reads_what_is_for_practitioners(page: Page, visit: Visits) -> bool:
    page.goto(visit.address + FOR_PRACTITIONERS)
    return CLOSED_TEXT in page.locator("main").inner_text()


def end_membership(manager: Page, visit: Visits, name: str, successor: str = "") -> None:
    """The manager ends the membership of the person with this name, and hands over where that is asked."""
    manager.goto(f"{visit.address}/mijn/organisatie/leden/")
    manager.locator(".people-list > li", has_text=name).locator("a.button--danger").click()
    if successor:
        manager.select_option("select[name=everything_to]", label=successor)
    manager.locator("main form .button--danger").click()
    manager.wait_for_url("**/leden/")
    expect(manager.locator(".people-list > li", has_text=name)).to_have_count(0)


def test_who_confirms_an_address_on_a_known_domain_is_a_member_at_once(visit: Visits, mailbox: Mailbox) -> None:
    page = sign_up(visit, mailbox, f"lid-{uuid4().hex[:8]}@{DOMAIN}", "Dora")
    expect(page.locator("main")).to_contain_text(TOWN)
    assert reads_what_is_for_practitioners(page, visit)


def test_who_is_on_no_known_domain_asks_for_access_and_reads_nothing_closed(visit: Visits, mailbox: Mailbox) -> None:
    page = sign_up(visit, mailbox, f"iemand-{uuid4().hex[:8]}@elders.example", "Nele")
    expect(page.locator("input[name=organisation]")).to_be_visible()
    assert not reads_what_is_for_practitioners(page, visit)


def test_an_invited_person_joins_and_an_ended_membership_ends_in_her_open_session(
    visit: Visits, mailbox: Mailbox
) -> None:
    email, name = f"gast-{uuid4().hex[:8]}@elders.example", f"Gust{uuid4().hex[:6]}"
    manager = visit.log_in("beheerder", "/mijn/organisatie/")
    manager.goto(f"{visit.address}/mijn/organisatie/leden/")
    manager.locator("a[href$='/uitnodigen/']").click()
    manager.fill("textarea[name=emails]", email)
    manager.locator("main form button[type=submit]").click()
    expect(manager.locator(".people-list > li", has_text=email)).to_be_visible()

    link = mailbox.invitation_for(email)
    page = visit.open(link)
    assert violations(page) == []
    page.locator("button[name=signup]").click()
    expect(page.locator("input[name=email]")).to_have_value(email)
    fill_account(page, name)
    page.press("input[name=password2]", "Enter")
    page.wait_for_url(visit.address + link)  # no code: the link proved the address
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"{visit.address}/mijn/")
    expect(page.locator("main")).to_contain_text(TOWN)
    assert reads_what_is_for_practitioners(page, visit)

    end_membership(manager, visit, name)
    assert not reads_what_is_for_practitioners(page, visit)
    page.goto(f"{visit.address}/mijn/")
    expect(page).to_have_url(re.compile("/account/login/"))
    again = visit.open(link)
    expect(again.locator("main form")).to_have_count(0)
    visit.console.clear()  # the browser itself reports the 410


def make_organisation(keeper: Page, visit: Visits, name: str, domain: str) -> None:
    keeper.goto(f"{visit.address}/beheer/organisaties/add/")
    keeper.fill("[name=name]", name)
    keeper.select_option("[name=kind]", "municipality")  # as the town: only those of one kind merge
    keeper.locator("#id_domains-ADD").click()
    keeper.fill("[name=domains-0-domain]", domain)
    keeper.locator("[type=submit].action-save, footer button[type=submit]").first.click()
    keeper.wait_for_url(f"{visit.address}/beheer/organisaties/")


def make_steward(keeper: Page, visit: Visits, person: str) -> str:
    """Make her answer for the first practice of the report that is complete; its title."""
    keeper.goto(f"{visit.address}/beheer/reports/praktijken/")
    edit = keeper.locator("main table tr", has_not_text="nog niet af").locator("a[href$='/edit/']").first
    edit.click()
    keeper.wait_for_load_state("networkidle")
    title = keeper.locator("[name=title]").input_value()
    keeper.locator("[role=tab][href='#tab-borging']").click()
    keeper.select_option("select[name=steward]", label=person)
    keeper.get_by_role("button", name="Meer acties").last.click()
    keeper.locator("[name=action-publish]").first.click()
    expect(keeper.locator(".messages .success")).to_be_visible()
    return title


def test_a_merger_takes_members_and_what_they_answer_for_along(visit: Visits, mailbox: Mailbox) -> None:
    mark = uuid4().hex[:8]
    body, domain, first_name = f"Proefdorp {mark}", f"proefdorp-{mark}.example", f"Mia{mark}"
    keeper = visit.log_in("eindredacteur")
    make_organisation(keeper, visit, body, domain)
    page = sign_up(visit, mailbox, f"mia@{domain}", first_name)
    expect(page.locator("main")).to_contain_text(body)
    title = make_steward(keeper, visit, f"{first_name} Proef")

    keeper.goto(f"{visit.address}/beheer/organisaties/?q={mark}")
    keeper.locator("main td [data-w-dropdown-target='toggle']").first.click()
    keeper.locator("a[href$='/samenvoegen/']").first.click()
    keeper.select_option("select[name=into]", label=TOWN)
    keeper.locator("button.serious").click()
    keeper.wait_for_url(f"{visit.address}/beheer/organisaties/")

    page.goto(f"{visit.address}/mijn/")
    expect(page.locator("main")).to_contain_text(TOWN)
    assert reads_what_is_for_practitioners(page, visit)
    mailbox.find(f"mia@{domain}", rf"({re.escape(TOWN)})")
    manager = visit.log_in("beheerder", "/mijn/")
    manager.goto(f"{visit.address}/mijn/organisatie/leden/")
    manager.locator(".people-list > li", has_text=first_name).locator("a.button--danger").click()
    expect(manager.locator("main")).to_contain_text(title)
    end_membership(manager, visit, first_name, successor="Demobeheerder (fictief)")
    assert not reads_what_is_for_practitioners(page, visit)
