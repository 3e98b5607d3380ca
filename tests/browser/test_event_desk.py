"""An organiser at the desk: who comes, mail to participants, a copy, moving; the mails say what changed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import vobject
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.inside import in_the_site
from tests.browser.mailbox import Mailbox
from tests.browser.soundness import faults

ORGANISER = "eindredacteur"
# An event in three weeks, with two participants, one who waits, and a link for guests.
BEGIN = """
import datetime, json
from django.utils import timezone
from events.models import EventIndexPage, EventPage, EventState, GuestLink, Registration, Session
from events.registration.seats import snapshot
from home.models import HomePage
from people.models import User
index = EventIndexPage.objects.first() or HomePage.objects.first().add_child(
    instance=EventIndexPage(title="Vorming", slug="vorming"))
now = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
event = index.add_child(instance=EventPage(
    title=TITLE, slug=SLUG, summary="Een vorming om te organiseren.", level_secondary=True, capacity=2,
    review_date=now.date() + datetime.timedelta(days=300), confirmed_on=now.date(),
    steward=User.objects.order_by("pk").first()))
start = now + datetime.timedelta(days=21)
Session.objects.create(event=event, venue="Huis van de stad", starts_at=start,
                       ends_at=start + datetime.timedelta(hours=3))
for at, (name, state) in enumerate([("Anna Voorbeeld", "registered"), ("Bea Voorbeeld", "registered"),
                                    ("Cor Voorbeeld", "waiting")]):
    Registration.objects.create(event=event, name=name, email=f"{SLUG}-{at}@x.example", state=state,
                                queued_at=now if state == "waiting" else None, attendance_code=f"{at + 1:06d}")
EventState.objects.update_or_create(
    event=event, defaults={"wanted": 2, "capacity": 2, "taken": 2, "announced": snapshot(event)})
GuestLink.objects.create(event=event, label="Politiezone", expires_at=start)
print(json.dumps({"pk": event.pk, "title": TITLE, "mail": f"{SLUG}-0@x.example"}))
"""


@pytest.fixture
def event(address: str, folder: Path) -> Iterator[dict[str, Any]]:
    slug = f"te-organiseren-{uuid4().hex[:8]}"
    yield json.loads(in_the_site(folder, BEGIN, TITLE=f"Te organiseren {slug[-8:]}", SLUG=slug))
    in_the_site(
        folder, "from events.models import EventPage\nEventPage.objects.filter(slug=SLUG).update(live=False)", SLUG=slug
    )


def at_the_desk(visit: Visits, event: dict[str, Any], path: str = "") -> Page:
    return visit.log_in(ORGANISER, f"/beheer/vorming/{event['pk']}/{path}")


PATHS = ["", "antwoorden/", "inschrijven/", "praktisch/", "gasten/", "mails/", "mails/nieuw/", "kopie/"]
PATHS += ["reeks/?every=1&unit=weken&times=3", "verplaatsen/", "annuleren/"]


def test_axe_finds_nothing_in_an_event_at_the_desk(visit: Visits, event: dict[str, Any]) -> None:
    page = at_the_desk(visit, event)
    found = {}
    for path in PATHS:
        page.goto(f"{visit.address}/beheer/vorming/{event['pk']}/{path}")
        page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")
        found[path] = faults(page, admin=True)
    page.goto(f"{visit.address}/beheer/vorming/{event['pk']}/")
    page.locator("main a", has_text="Anna Voorbeeld").first.click()
    page.wait_for_url(re.compile(r"/inschrijving/[0-9a-f-]{36}/$"))
    page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")
    found["registration"] = faults(page, admin=True)
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize("path", ["", "?toon=voorbij", "cijfers/", "niet-bereikt/"])
def test_axe_finds_nothing_over_all_events(visit: Visits, path: str) -> None:
    page = visit.log_in(ORGANISER, f"/beheer/vorming/{path}")
    assert faults(page, admin=True) == []


def test_an_organiser_mails_participants_after_a_look(visit: Visits, event: dict[str, Any], mailbox: Mailbox) -> None:
    page = at_the_desk(visit, event, "mails/nieuw/")
    page.fill("[name=subject]", "Parkeren bij {vorming}")
    page.fill("[name=text]", "Dag {naam}\n\nU parkeert het best op het plein.")
    page.click("button[value=preview]")
    expect(page.locator(".desk-mail")).to_contain_text("Dag Anna Voorbeeld")
    expect(page.locator("button[value=send]")).to_contain_text("2")
    page.click("button[value=send]")

    page.wait_for_url(re.compile(r"/mails/$"))
    expect(page.locator("main progress")).to_have_count(0)
    (mail,) = mailbox.about(event["mail"], f"Parkeren bij {event['title']}")
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Dag Anna Voorbeeld" in body.get_content()


def test_an_organiser_copies_an_event(visit: Visits, event: dict[str, Any]) -> None:
    page = at_the_desk(visit, event, "kopie/")
    page.fill("[name=title]", f"Kopie van {event['title']}")
    page.evaluate("""() => {
        const day = new Date(Date.now() + 60 * 864e5);
        document.querySelector("[name=first]").value = day.toISOString().slice(0, 10);
    }""")
    page.click("main form button[type=submit]")

    page.wait_for_url(re.compile(r"/beheer/vorming/\d+/$"))
    expect(page.locator("h1")).to_contain_text(f"Kopie van {event['title']}")
    assert f"/vorming/{event['pk']}/" not in page.url


def test_an_organiser_moves_an_event_and_participants_hear_of_it(
    visit: Visits, event: dict[str, Any], mailbox: Mailbox
) -> None:
    page = at_the_desk(visit, event, "verplaatsen/")
    page.fill("[name$=-venue]", "De Zeven Torens")
    page.click("main form button[type=submit]")

    page.wait_for_url(re.compile(rf"/beheer/vorming/{event['pk']}/$"))
    expect(page.locator("main")).to_contain_text("De Zeven Torens")
    (mail,) = mailbox.about(event["mail"], event["title"])
    body, (invitation,) = mail.get_body(("plain",)), mail.iter_attachments()
    assert body is not None
    assert "De Zeven Torens" in body.get_content()
    calendar = vobject.readOne(invitation.get_content())
    assert calendar.method.value == "REQUEST"
    assert "De Zeven Torens" in calendar.vevent.location.value


def test_a_number_of_places_and_an_offer_before_others(visit: Visits, event: dict[str, Any], mailbox: Mailbox) -> None:
    page = at_the_desk(visit, event)
    page.locator("main a", has_text="Cor Voorbeeld").first.click()
    page.locator("summary").first.click()
    page.locator("form[action$='/offer/'] [name=why]").fill("Komt van ver.")
    page.locator("form[action$='/offer/'] [name=extra]").check()
    page.locator("form[action$='/offer/'] button[type=submit]").click()

    expect(page.locator("main")).to_contain_text("Komt van ver.")
    assert mailbox.about(event["mail"].replace("-0@", "-2@"), event["title"])
