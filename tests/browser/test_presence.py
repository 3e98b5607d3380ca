"""At the door and afterwards: who is there is noted on a phone, the certificate is checked, the questions answered."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Visits
from tests.browser.inside import in_the_site
from tests.browser.mailbox import Mailbox
from tests.browser.soundness import faults, violations

ORGANISER, PARTICIPANT = "eindredacteur", "ambtenaar"
PARTICIPANT_MAIL = f"{PARTICIPANT}@ankerplaats.example"
# An event that began half an hour ago, with the demo's officer and a few who have no account.
BEGIN = """
import datetime, json
from django.utils import timezone
from events.models import EventIndexPage, EventPage, EventState, Registration, Session
from home.models import HomePage
from people.models import User
index = EventIndexPage.objects.first() or HomePage.objects.first().add_child(
    instance=EventIndexPage(title="Vorming", slug="vorming"))
today, now = timezone.localdate(), timezone.now()
event = index.add_child(instance=EventPage(
    title=TITLE, slug=SLUG, summary="Een vorming om bij te zijn.", level_secondary=True, capacity=20,
    review_date=today + datetime.timedelta(days=300), confirmed_on=today, steward=User.objects.order_by("pk").first()))
Session.objects.create(event=event, venue="Huis van de stad", starts_at=now - datetime.timedelta(minutes=30),
                       ends_at=now + datetime.timedelta(minutes=60))
user = User.objects.get(email=MAIL)
people = [("Hadewijch van Overschelde-Vanden Broucke", None), ("Ines Voorbeeld", None), (user.get_full_name(), user)]
rows = [Registration.objects.create(
        event=event, name=name, user=who, email=who.email if who else f"{SLUG}-{at}@x.example",
        state="registered", attendance_code=f"{at + 1:06d}", on_list=True) for at, (name, who) in enumerate(people)]
EventState.objects.update_or_create(event=event, defaults={"wanted": 20, "capacity": 20, "taken": len(rows)})
print(json.dumps({"event": event.pk, "url": event.url, "uid": str(rows[-1].uid), "code": rows[-1].certificate_code,
                  "name": rows[-1].name}))
"""
# It took an hour and a half, and ended yesterday; what follows from that is done.
END = """
import datetime
from django.core.management import call_command
from django.utils import timezone
from events.models import Session
end = timezone.now() - datetime.timedelta(days=1)
Session.objects.filter(event=EVENT).update(starts_at=end - datetime.timedelta(minutes=90), ends_at=end)
call_command("events", verbosity=0)
"""


@pytest.fixture
def event(address: str, folder: Path) -> Iterator[dict[str, Any]]:
    slug = f"bij-zijn-{uuid4().hex[:8]}"
    title = f"Erbij zijn {slug[-8:]}"
    made = json.loads(in_the_site(folder, BEGIN, TITLE=title, SLUG=slug, MAIL=PARTICIPANT_MAIL))
    yield {**made, "title": title}


def mark(page: Page, name: str, kind: str) -> None:
    button = page.locator(".attendance-row", has_text=name).locator(f".mark--{kind}")
    button.click()
    expect(page.locator(".attendance-row", has_text=name).locator(f".mark--{kind}")).to_have_attribute(
        "aria-pressed", "true"
    )


def counts(page: Page) -> list[str]:
    return page.locator("#attendance-counts strong").all_inner_texts()


def what_another_notes_comes_by_itself(visit: Visits, page: Page) -> None:
    """When she comes back to her phone; what she was typing stays."""
    page.fill("[name=code]", "0000")
    mark(visit.log_in(ORGANISER, page.url.removeprefix(visit.address), wide=False), "Hadewijch", "absent")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    row = page.locator(".attendance-row", has_text="Hadewijch")
    expect(row.locator(".mark--absent")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[name=code]")).to_have_value("0000")


def attendance_on_a_phone(visit: Visits, event: dict[str, Any]) -> None:
    page = visit.log_in(ORGANISER, f"/aanwezigheid/{event['event']}/", wide=False)
    assert counts(page) == ["0", "0", "3"]
    mark(page, event["name"], "present")
    mark(page, "Ines", "present")
    mark(page, "Ines", "absent")
    expect(page.locator("#attendance-counts strong").nth(1)).to_have_text("1")
    assert counts(page) == ["1", "1", "1"]
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"  # the focus stays
    what_another_notes_comes_by_itself(visit, page)
    page.fill("#attendance-q", "hadew")
    expect(page.locator(".attendance-row")).to_have_count(1)
    assert violations(page) == []
    page.fill("[name=code]", "000001")
    page.press("[name=code]", "Enter")
    expect(page.locator(".message--success")).to_contain_text("Hadewijch")
    assert counts(page) == ["2", "1", "0"]
    assert faults(page, dark=True) == []


def certificate_and_its_check(visit: Visits, event: dict[str, Any]) -> None:
    page = visit.log_in(PARTICIPANT, "/mijn/attesten/", wide=False)
    link = page.locator("li", has_text=event["title"]).get_by_role("link")
    expect(link).to_be_visible()
    assert faults(page) == []
    answer = page.request.get(visit.address + str(link.get_attribute("href")))
    text = "\n".join(part.extract_text() for part in PdfReader(io.BytesIO(answer.body())).pages)
    assert event["title"] in " ".join(text.split()) and event["code"] in text

    stranger = visit.open("/attest/", wide=False)
    assert faults(stranger) == []
    stranger.fill("[name=code]", event["code"].lower().replace("-", " "))
    stranger.press("[name=code]", "Enter")
    stranger.wait_for_url(f"**/attest/{event['code']}/")
    expect(stranger.locator("main")).to_contain_text(event["title"])
    expect(stranger.locator("main")).not_to_contain_text(event["name"])
    assert faults(stranger) == []


def questions_without_signing_in(visit: Visits, mailbox: Mailbox, event: dict[str, Any]) -> None:
    path = mailbox.links_about(PARTICIPANT_MAIL, event["title"], "/evaluatie/")[0]
    page = visit.open(path, wide=False)
    assert faults(page) == []
    for question in page.locator("fieldset.scale").all():
        question.locator("label", has_text="4").click()
    page.fill("[name=remarks]", "Graag meer oefeningen.")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".message--success")).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)


def test_from_the_door_to_the_certificate(visit: Visits, mailbox: Mailbox, folder: Path, event: dict[str, Any]) -> None:
    attendance_on_a_phone(visit, event)
    in_the_site(folder, END, EVENT=event["event"])
    certificate_and_its_check(visit, event)
    questions_without_signing_in(visit, mailbox, event)
    assert visit.console == []


def test_attendance_is_noted_without_javascript(visit: Visits, event: dict[str, Any]) -> None:
    state = visit.log_in(ORGANISER).context.storage_state()
    page = visit.open(f"/aanwezigheid/{event['event']}/", wide=False, script=False, state=state)
    page.locator(".attendance-row", has_text="Ines").locator(".mark--present").click()

    assert "#r" in page.url
    assert counts(page) == ["1", "0", "2"]


def test_a_participant_types_her_own_code(visit: Visits, event: dict[str, Any]) -> None:
    page = visit.open(f"/aanwezig/{event['event']}/", wide=False)
    page.fill("[name=code]", "999999")
    page.press("[name=code]", "Enter")
    expect(page.locator(".errorlist")).to_be_visible()
    assert faults(page) == []
    page.fill("[name=code]", "000003")
    page.press("[name=code]", "Enter")
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(event["name"])
    visit.console.clear()  # the browser itself reports the status of the wrong code


def test_who_agreed_finds_the_others(visit: Visits, event: dict[str, Any]) -> None:
    page = visit.log_in(PARTICIPANT, f"/deelnemers/{event['event']}/", wide=False)

    expect(page.locator("main")).to_contain_text("Hadewijch van Overschelde")
    assert faults(page) == []
