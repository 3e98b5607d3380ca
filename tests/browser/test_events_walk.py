"""What an event asks of several people: a guest, a chief and her colleagues, and what follows when it is cancelled."""

import datetime
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.inside import in_the_site
from tests.browser.mailbox import Mailbox
from tests.browser.soundness import violations

ORGANISER, CHIEF, PARTICIPANT = "eindredacteur", "beheerder", "ambtenaar"
PARTICIPANT_MAIL = f"{PARTICIPANT}@ankerplaats.example"
REGISTRATION = re.compile(r"/inschrijving/[0-9a-f-]{36}/$")
DESK = re.compile(r"/beheer/vorming/\d+/$")
# An event in three weeks with so many places, of which the demo's officer has one.
BEGIN = """
import datetime, json
from django.utils import timezone
from events.models import EventIndexPage, EventPage, Session
from events.registration import services
from people.models import User
now = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
event = EventPage(
    title=TITLE, slug=SLUG, summary="Een vorming om door te lopen.", level_secondary=True, capacity=PLACES,
    review_date=now.date() + datetime.timedelta(days=300), confirmed_on=now.date(),
    steward=User.objects.get(email="eindredacteur@ankerplaats.example"))
start = now + datetime.timedelta(days=21)
event.sessions = [Session(starts_at=start, ends_at=start + datetime.timedelta(hours=3), venue="Huis van de stad")]
EventIndexPage.objects.get().add_child(instance=event)
event.save_revision().publish()
user = User.objects.get(email=MAIL)
row = services.register(event=event, person=services.Applicant(str(user), user.email, user), by=user)
print(json.dumps({"pk": event.pk, "url": event.url, "mine": f"/inschrijving/{row.uid}/"}))
"""


@pytest.fixture
def event(address: str, folder: Path) -> dict[str, Any]:
    slug = f"door-te-lopen-{uuid4().hex[:8]}"
    given = {"TITLE": f"Door te lopen {slug[-8:]}", "SLUG": slug, "PLACES": 2, "MAIL": PARTICIPANT_MAIL}
    return {**json.loads(in_the_site(folder, BEGIN, address, **given)), "title": given["TITLE"], "slug": slug}


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


def at_the_desk(visit: Visits, event: dict[str, Any], path: str = "") -> Page:
    return visit.log_in(ORGANISER, f"/beheer/vorming/{event['pk']}/{path}")


def takes_it_out(mailbox: Mailbox, address: str, subject: str) -> bool:
    """Whether a mail with this subject takes it from her calendar."""
    parts = [part for message in mailbox.about(address, subject) for part in message.walk()]
    return any("METHOD:CANCEL" in part.get_content() for part in parts if part.get_content_type() == "text/calendar")


def test_a_guest_registers_by_her_link_and_cancels_from_her_mail(
    visit: Visits, mailbox: Mailbox, event: dict[str, Any]
) -> None:
    desk = at_the_desk(visit, event, "gasten/")
    desk.fill("[name=label]", "Politiezone")
    send(desk)
    link = urlsplit(desk.locator("main input[readonly]").input_value()).path
    email = f"gast-{event['slug']}@x.example"

    page = visit.open(link, wide=False)
    assert violations(page) == []
    page.fill("[name=name]", "Gert Gast")
    page.fill("[name=email]", email)
    page.press("[name=email]", "Enter")
    page.wait_for_url(REGISTRATION)
    expect(visit.open(link).locator("main form")).to_have_count(0)  # it was meant for one

    page = visit.open(mailbox.links_about(email, event["title"], "/inschrijving/link/")[0], wide=False)
    page.locator("a[href$='/afmelden/']").click()
    send(page)
    page.wait_for_url(REGISTRATION)
    expect(page.locator("main .actions")).to_have_count(0)
    assert takes_it_out(mailbox, email, f"U neemt niet deel: {event['title']}")


def test_a_chief_registers_colleagues_and_has_one_replaced(
    visit: Visits, mailbox: Mailbox, event: dict[str, Any]
) -> None:
    names = ("Nora", "Piet", "Olga")
    mails = {name: f"{name.lower()}-{event['slug']}@x.example" for name in names}
    page = visit.log_in(CHIEF, f"/inschrijven/{event['pk']}/collega/", wide=False)
    page.locator(".colleague-lines summary").click()
    for number, name in enumerate(("Nora", "Piet")):
        page.fill(f"[name=name_{number}]", name)
        page.fill(f"[name=email_{number}]", mails[name])
    send(page)
    expect(page.locator("#waiting")).to_be_visible()  # one place is left: she is asked first, and what she typed stays
    assert violations(page) == []
    send(page)
    page.wait_for_url("**/mijn/inschrijvingen/")

    page.locator("main li", has_text=event["title"]).filter(has_text="Nora").get_by_role("link").click()
    page.locator("a[href$='/vervangen/']").click()
    page.fill("[name=name]", "Olga")
    send(page)
    expect(page.locator("[role=alert]")).to_be_visible()
    page.fill("[name=email]", mails["Olga"])
    send(page)
    page.locator(".turn a", has_text="Olga").click()
    expect(page.locator(".turn")).to_contain_text("Olga")
    assert takes_it_out(mailbox, mails["Nora"], f"Olga neemt in uw plaats deel: {event['title']}")
    assert mailbox.about(mails["Olga"], event["title"])
    assert mailbox.about(mails["Piet"], f"Op de wachtlijst: {event['title']}")


def cancel(visit: Visits, event: dict[str, Any], why: str) -> None:
    desk = at_the_desk(visit, event, "annuleren/")
    desk.fill("[name=why]", why)
    send(desk)
    desk.wait_for_url(DESK)
    expect(desk.locator("main")).to_contain_text(why)


def ask_for_the_next(visit: Visits, mailbox: Mailbox, event: dict[str, Any], email: str) -> Page:
    """Somebody without an account; answers the page of the link in her mail."""
    page = visit.open(event["url"], wide=False)
    page.locator("aside a[href$='/seintje/']").click()
    page.fill("[name=email]", email)
    page.press("[name=email]", "Enter")
    page.goto(visit.address + mailbox.links_about(email, event["title"], "/vorming/seintje/")[0])
    page.locator("button[value=confirm]").click()
    expect(page.locator("button[value=stop]")).to_be_visible()
    assert violations(page) == []
    return page


def publish_the_next(visit: Visits, event: dict[str, Any], title: str) -> None:
    desk = at_the_desk(visit, event, "kopie/")
    desk.fill("[name=title]", title)
    desk.fill("[name=first]", (datetime.date.today() + datetime.timedelta(days=60)).isoformat())
    send(desk)
    desk.wait_for_url(DESK)
    desk.locator("main a[href$='/edit/']").first.click()
    with desk.expect_navigation():
        desk.locator("[name=action-publish]").first.evaluate("button => button.click()")


def test_who_hears_that_an_event_is_cancelled_hears_of_the_next(
    visit: Visits, mailbox: Mailbox, event: dict[str, Any]
) -> None:
    why, email, title = "De begeleider is ziek.", f"wens-{event['slug']}@x.example", f"Opnieuw {event['slug'][-8:]}"
    cancel(visit, event, why)
    assert takes_it_out(mailbox, PARTICIPANT_MAIL, f"Geannuleerd: {event['title']}")
    page = visit.log_in(PARTICIPANT, event["mine"], wide=False)
    expect(page.locator(".turn")).to_contain_text(why)
    assert violations(page) == []
    page.locator(".turn a[href$='/seintje/']").click()
    page.locator("button[value=ask]").click()
    page.wait_for_url(f"**{event['url']}")
    expect(page.locator(".notice--warning")).to_contain_text(why)
    expect(page.locator("aside button[value=stop]")).to_be_visible()

    link = ask_for_the_next(visit, mailbox, event, email)
    publish_the_next(visit, event, title)
    assert mailbox.about(email, title)
    assert mailbox.about(PARTICIPANT_MAIL, title)
    link.reload()
    expect(link.locator("main form")).to_have_count(0)  # she is on no list any more
