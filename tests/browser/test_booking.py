"""An expert is asked for, answers from a mail and comes: as the municipality, the expert and VVSG see it."""

import re
from uuid import uuid4

import pytest
import vobject
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.mailbox import Mailbox
from tests.browser.soundness import faults, violations

EXPERT_MAIL, DECIDER_MAIL = "expert@ankerplaats.example", "beheerder@ankerplaats.example"
DESK_MAIL = "eindredacteur@ankerplaats.example"
TEAM_MAIL = "expertenteam@ankerplaats.example"
BAKEN, TEAM = "voorbeeldexpert-baken", "voorbeeldexpert-vuurtoren"
BOOKING = re.compile(r"/boekingen/[0-9a-f-]{36}/$")


def fill_question(page: Page, subject: str) -> None:
    page.fill("[name=subject]", subject)
    page.fill("[name=question]", "Hoe brengen we buren en jongeren weer met elkaar in gesprek?")
    page.fill("[name=for_whom]", "het wijkteam")
    page.fill("[name=address]", "Voorbeeldplein 1, Voorbeelddorp")


def choose_offer(page: Page) -> None:
    """Something that takes one day-part."""
    page.locator("label", has_text="(1 dagdeel").locator("[name=offer]").first.check()


def free_days(page: Page) -> list[str]:
    """What the first possibility offers, as it stands in the form."""
    values = (
        page.locator("fieldset.options__one select")
        .first.locator("option")
        .evaluate_all("options => options.map(option => option.value)")
    )
    return [value for value in values if value]


def choose(page: Page, day: str) -> None:
    page.locator("fieldset.options__one select").first.select_option(day)


def send(page: Page) -> None:
    page.locator("button[name=step][value=send]").click()


def ask(visit: Visits, expert: str, subject: str, day: int = 0, among: list[str] | None = None) -> tuple[Page, str]:
    """The decision maker asks for this expert, on a free day-part; her page of the booking, and the day-part."""
    page = visit.log_in("beheerder", f"/boekingen/nieuw/?expert={expert}")
    fill_question(page, subject)
    choose_offer(page)
    chosen = [found for found in free_days(page) if among is None or found in among][day]
    choose(page, chosen)
    send(page)
    page.wait_for_url(BOOKING)
    return page, chosen


def at_the_desk(visit: Visits, subject: str) -> Page:
    """The page of a request in VVSG's desk, reached by the board."""
    desk = visit.log_in("eindredacteur", "/beheer/expertenpool/")
    desk.get_by_role("link").filter(has=desk.get_by_text(subject)).or_(
        desk.locator("article, li, div.desk-card", has_text=subject).get_by_role("link")
    ).first.click()
    expect(desk.locator("main")).to_contain_text(subject)
    return desk


def propose(desk: Page, expert: str) -> None:
    """Ask this expert, from the list of who fits."""
    desk.locator("main a[href$='/match/'], main a[href*='/past/'], main .desk-buttons a.button").first.click()
    desk.locator(".desk-match-row", has_text=expert).get_by_role("button").click()
    expect(desk.locator(".messages .success")).to_be_visible()


def invitation_to(mailbox: Mailbox, address: str, subject: str) -> vobject.base.Component:
    """The last calendar that somebody got about this booking, read by a parser that is not ours."""
    mails = mailbox.about(address, f"Bevestigd: {subject}")
    parts = [part for message in mails for part in message.walk() if part.get_content_type() == "text/calendar"]
    return vobject.readOne(parts[-1].get_content())


def test_from_searching_to_a_confirmed_booking_with_invitations(visit: Visits, mailbox: Mailbox) -> None:
    subject = f"Gesprek op gang {uuid4().hex[:8]}"
    searching = visit.open("/zoeken/?q=wijk+spanningen&soort=expert")
    searching.get_by_role("link", name="Voorbeeldexpert Baken").first.click()
    assert violations(searching) == []
    expect(searching.locator("a[href*='/boekingen/nieuw/']").first).to_be_visible()

    page, day = ask(visit, BAKEN, subject)
    assert violations(page) == []
    propose(at_the_desk(visit, subject), "Baken")
    accept = mailbox.links_about(EXPERT_MAIL, subject, "/boekingen/antwoord/")[0]

    expert = visit.open(accept)  # without signing in: the link in the mail is enough
    assert violations(expert) == []
    page.reload()
    expect(page.locator("main")).not_to_contain_text("Bevestig de boeking")  # opening it answered nothing
    expert.locator("main form button[type=submit]").click()
    expect(expert.locator("main form")).to_have_count(0)
    again = visit.open(accept)
    expect(again.locator("main form")).to_have_count(0)

    page.reload()
    page.locator("a[href$='/stap/bevestigen/']").click()
    assert violations(page) == []
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(BOOKING)
    for address in (DECIDER_MAIL, EXPERT_MAIL):
        calendar = invitation_to(mailbox, address, subject)
        assert calendar.method.value == "REQUEST"
        assert calendar.vevent.dtstart.value.date().isoformat() == day[:10]
        assert calendar.vevent.dtstart.value.utcoffset() is not None
    visit.console.clear()  # the browser itself reports the status of the used link


def test_a_refusal_goes_to_another_expert_and_is_closed_to_the_first(visit: Visits, mailbox: Mailbox) -> None:
    subject = f"Moeilijke week {uuid4().hex[:8]}"
    both = free_days(visit.log_in("beheerder", f"/boekingen/nieuw/?expert={BAKEN}"))
    page, _day = ask(visit, TEAM, subject, among=both)
    propose(at_the_desk(visit, subject), "Vuurtoren")
    refuse = mailbox.links_about(TEAM_MAIL, subject, "/boekingen/antwoord/")[-1]
    expert = visit.open(refuse)
    expert.locator("main form input[type=radio]").first.check()
    expert.locator("main form button[type=submit]").click()
    expect(expert.locator("main form")).to_have_count(0)

    desk = at_the_desk(visit, subject)
    propose(desk, "Baken")
    assert mailbox.links_about(EXPERT_MAIL, subject, "/boekingen/antwoord/")
    first = visit.log_in("expertenteam", "/mijn/expert/aanvragen/")
    first.goto(page.url)
    expect(first).to_have_url(f"{visit.address}/mijn/expert/aanvragen/")
    expect(first.get_by_text("U hoeft niets te doen")).to_be_visible()


def test_who_comes_second_keeps_what_she_typed_and_is_offered_the_nearest_days(visit: Visits) -> None:
    subject = f"Dezelfde dag {uuid4().hex[:8]}"
    second = visit.log_in("beheerder", f"/boekingen/nieuw/?expert={BAKEN}")
    fill_question(second, f"{subject} (tweede)")
    choose_offer(second)
    wanted = free_days(second)[3]
    choose(second, wanted)
    _page, taken = ask(visit, BAKEN, f"{subject} (eerste)", day=3)
    assert taken == wanted

    send(second)
    expect(second.locator("[name=subject]")).to_have_value(f"{subject} (tweede)")
    offered = second.locator("a[href*='dagdeel=']")
    expect(offered.first).to_be_visible()
    assert violations(second) == []
    offered.first.click()
    expect(second.locator("[name=subject]")).to_have_value(f"{subject} (tweede)")
    assert wanted not in free_days(second)
    send(second)
    second.wait_for_url(BOOKING)
    visit.console.clear()  # the browser itself reports the 409


def test_an_urgent_request_reaches_vvsg_at_once_and_is_marked(visit: Visits, mailbox: Mailbox) -> None:
    subject = f"Deze week nog {uuid4().hex[:8]}"
    page = visit.log_in("beheerder", "/boekingen/nieuw/")
    fill_question(page, subject)
    page.select_option("[name=offer_kind]", "advice")
    page.check("[name=is_urgent]")
    page.fill("[name=urgency_reason]", "Er is morgen een betoging en er dreigt ruzie.")
    send(page)
    page.wait_for_url(BOOKING)
    desk = at_the_desk(visit, subject)
    expect(desk.locator(".desk-urgent").first).to_be_visible()
    assert any(mail["Subject"].startswith("Dringend") for mail in mailbox.about(DESK_MAIL, subject))


@pytest.mark.parametrize("path", ["", "telefoon/", "wie-kan/", "wie-kan/nieuw/", "budget/", "cijfers/"])
def test_axe_finds_nothing_at_the_desk(visit: Visits, path: str) -> None:
    page = visit.log_in("eindredacteur")
    page.goto(f"{visit.address}/beheer/expertenpool/{path}")  # the greeting is still fading in before
    assert faults(page, admin=True) == []


def test_axe_finds_nothing_in_a_booking_at_the_desk(visit: Visits) -> None:
    page = visit.log_in("eindredacteur", "/beheer/expertenpool/")
    page.locator("main a", has_text="Voorbeelddorp").first.click()
    page.wait_for_url(re.compile(r"/beheer/expertenpool/[0-9a-f-]{36}/$"))
    page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")
    assert faults(page, admin=True) == []


@pytest.mark.parametrize(("who", "path"), [("beheerder", "/mijn/boekingen/"), ("expert", "/mijn/expert/aanvragen/")])
def test_axe_finds_nothing_for_either_party(visit: Visits, who: str, path: str) -> None:
    page = visit.log_in(who, path)
    assert faults(page) == []
    page.locator("main .people-list a").first.click()
    page.wait_for_url(BOOKING)
    assert faults(page) == []
