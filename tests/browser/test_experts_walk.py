"""What several people do with one request: approving it, coming together, moving it, and asking who can."""

import re
from typing import Any
from uuid import uuid4

import vobject
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.mailbox import Mailbox
from tests.browser.soundness import violations
from tests.browser.test_booking import (
    BAKEN,
    BOOKING,
    DECIDER_MAIL,
    EXPERT_MAIL,
    TEAM,
    TEAM_MAIL,
    at_the_desk,
    choose,
    choose_offer,
    fill_question,
    free_days,
    propose,
    send,
)

COLLEAGUE_MAIL = "ambtenaar@ankerplaats.example"
BOTH_NAMES = ("Baken", "Vuurtoren")


def step(page: Page, slug: str, why: str = "") -> None:
    """Take a step on the page of a booking, with the keyboard alone."""
    page.locator(f"a[href$='/stap/{slug}/']").press("Enter")
    page.wait_for_url(re.compile(f"/stap/{slug}/$"))
    if why:
        page.fill("[name=why]", why)
    page.locator("main form button[type=submit]").press("Enter")
    page.wait_for_url(BOOKING)


def appointments(mailbox: Mailbox, address: str, subject: str) -> list[Any]:
    """(method, UID, SEQUENCE, start) of every appointment mailed about it, read by a parser that is not ours."""
    found = []
    for message in mailbox.about(address, subject):
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                calendar = vobject.readOne(part.get_content())
                for event in calendar.vevent_list:
                    sequence = int(event.sequence.value)
                    found.append((calendar.method.value, event.uid.value, sequence, event.dtstart.value))
    return sorted(found, key=lambda row: row[2])


def free_of_both(visit: Visits) -> str:
    """A day-part on which both experts are free."""
    others = free_days(visit.log_in("beheerder", f"/boekingen/nieuw/?expert={TEAM}"))
    page = visit.log_in("beheerder", f"/boekingen/nieuw/?expert={BAKEN}")
    return next(day for day in free_days(page) if day in others)


def accept(visit: Visits, links: list[str], name: str) -> None:
    """Accept with the link that is of this expert: one account may act for several."""
    page = visit.open(links[0])
    while name not in page.locator("main .account-card p").first.inner_text():
        links = links[1:]
        page.goto(visit.address + links[0])
    page.locator("main form button[type=submit]").press("Enter")
    expect(page.locator("main form")).to_have_count(0)


def test_a_colleague_asks_her_decision_maker_approves_and_two_experts_come(visit: Visits, mailbox: Mailbox) -> None:
    subject, day = f"Samen {uuid4().hex[:8]}", free_of_both(visit)
    colleague = visit.log_in("ambtenaar", f"/boekingen/nieuw/?expert={BAKEN}", wide=False)
    fill_question(colleague, subject)
    choose_offer(colleague)
    choose(colleague, day)
    send(colleague)
    colleague.wait_for_url(BOOKING)
    address = colleague.url
    assert mailbox.about(DECIDER_MAIL, subject)

    decider = visit.log_in("beheerder", address.removeprefix(visit.address))
    step(decider, "terugsturen", "Vraag er een tweede expert bij.")
    assert mailbox.about(COLLEAGUE_MAIL, subject)
    colleague.reload()
    expect(colleague.get_by_text("Vraag er een tweede expert bij.")).to_be_visible()
    colleague.locator("a[href$='/wijzigen/']").click()
    send(colleague)
    colleague.wait_for_url(BOOKING)
    decider.reload()
    step(decider, "goedkeuren")

    desk = at_the_desk(visit, subject)
    desk.locator("main a[href$='/wie-past/']").first.click()
    for name in BOTH_NAMES:
        desk.locator(".desk-match-row", has_text=name).locator("input[name=experts]").check()
    desk.locator(".desk-match > button[type=submit]").click()
    expect(desk.locator(".messages .success")).to_contain_text("Vuurtoren")
    accept(visit, mailbox.links_about(EXPERT_MAIL, subject, "/boekingen/antwoord/"), "Baken")
    decider.reload()
    expect(decider.locator("a[href$='/stap/bevestigen/']")).to_have_count(0)  # the other one did not answer yet
    accept(visit, mailbox.links_about(TEAM_MAIL, subject, "/boekingen/antwoord/"), "Vuurtoren")
    decider.reload()
    step(decider, "bevestigen")

    agreed = [
        row
        for to in (COLLEAGUE_MAIL, EXPERT_MAIL, TEAM_MAIL)
        for row in appointments(mailbox, to, f"Bevestigd: {subject}")
    ]
    assert {(method, start.date().isoformat()) for method, _uid, _sequence, start in agreed} == {("REQUEST", day[:10])}
    assert len({uid for _method, uid, _sequence, _start in agreed}) == 3  # each of the three has an appointment of hers
    step(decider, "annuleren", "De proef is voorbij.")


def test_what_was_asked_by_telephone_moves_and_is_cancelled_under_one_uid(visit: Visits, mailbox: Mailbox) -> None:
    subject = f"Verzetten {uuid4().hex[:8]}"
    asking = visit.log_in("beheerder", f"/boekingen/nieuw/?expert={BAKEN}")
    day, quota = free_days(asking)[4], asking.locator(".ask-frame ul").inner_text()
    desk = visit.log_in("eindredacteur", "/beheer/expertenpool/telefoon/")
    desk.select_option("[name=organisation]", label="Gemeente Voorbeelddorp (demo)")
    desk.select_option("[name=offer_kind]", "advice")
    for name, value in {"subject": subject, "question": "Wie helpt ons?", "for_whom": "het wijkteam"}.items():
        desk.fill(f"[name={name}]", value)
    desk.fill("[name=day1]", day[:10])
    desk.check(f"[name=parts1][value={day[11:]}]")
    desk.locator(".desk-form > button[type=submit]").click()
    desk.wait_for_url(re.compile(r"/expertenpool/[0-9a-f-]{36}/$"))
    address = desk.url.replace("/beheer/expertenpool/", "/boekingen/")
    propose(desk, "Baken")
    accept(visit, mailbox.links_about(EXPERT_MAIL, subject, "/boekingen/antwoord/"), "Baken")

    town = visit.log_in("beheerder", address.removeprefix(visit.address))
    step(town, "bevestigen")
    town.locator("a[href$='/stap/verplaatsen/']").click()
    other = free_days(town)[6]
    choose(town, other)
    town.fill("[name=why]", "De zaal is bezet.")
    town.locator("main form button[type=submit]").click()
    town.wait_for_url(BOOKING)
    assert mailbox.about(EXPERT_MAIL, f"verplaatst worden: {subject}")
    expert = visit.log_in("expert", address.removeprefix(visit.address), wide=False)
    expect(expert.get_by_text("De zaal is bezet.")).to_be_visible()
    step(expert, "verplaatsing-aanvaarden")
    step(expert, "annuleren", "Ik ben ziek.")

    for to in (DECIDER_MAIL, EXPERT_MAIL):
        rows = appointments(mailbox, to, subject)
        assert [method for method, *_rest in rows] == ["REQUEST", "REQUEST", "CANCEL"]
        assert len({uid for _method, uid, *_rest in rows}) == 1
        assert [sequence for _method, _uid, sequence, _start in rows] == [1, 2, 3]
        assert [start.date().isoformat() for *_rest, start in rows] == [day[:10], other[:10], other[:10]]
    asking.reload()
    expect(asking.locator(".ask-frame ul")).to_have_text(quota, use_inner_text=True)  # it was given back


def test_vvsg_asks_who_can_and_collects_the_answers(visit: Visits, mailbox: Mailbox) -> None:
    subject = f"Wie kan er {uuid4().hex[:8]}"
    desk = visit.log_in("eindredacteur", "/beheer/expertenpool/wie-kan/nieuw/")
    desk.fill("[name=subject]", subject)
    desk.fill("[name=text]", "Wie kan in januari een wijkteam begeleiden?")
    desk.fill("[name=answer_by]", "2099-01-15")
    desk.locator(".desk-form > button[type=submit]").click()
    desk.wait_for_url(re.compile(r"/wie-kan/\d+/$"))

    can, _maybe, cannot = mailbox.links_about(TEAM_MAIL, subject, "/wie-kan/")
    expert = visit.open(can, wide=False)
    desk.reload()
    team = desk.locator("main tbody tr", has_text="Vuurtoren")
    unanswered = team.locator("td").nth(1).inner_text()
    assert violations(expert) == []
    expert.fill("[name=note]", "Liefst online.")
    expert.locator("main form button[type=submit]").press("Enter")
    expect(expert.locator("main form")).to_have_count(0)
    desk.reload()
    expect(team).to_contain_text("Liefst online.")
    assert team.locator("td").nth(1).inner_text() != unanswered
    expert.goto(visit.address + cannot)  # she changes her mind, and what she wrote is still there
    expect(expert.locator("[name=note]")).to_have_value("Liefst online.")

    desk.locator("form[action$='/sluiten/'] button").click()
    expect(desk.locator("form[action$='/sluiten/']")).to_have_count(0)
    expert.reload()
    expect(expert.locator("main form")).to_have_count(0)
