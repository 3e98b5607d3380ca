"""A member registers, the event fills, the next one takes a free place from a mail, and then the event changes."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
import vobject
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.inside import in_the_site
from tests.browser.mailbox import Mailbox
from tests.browser.soundness import faults, violations

FIRST, SECOND = "ambtenaar", "beheerder"
FIRST_MAIL, SECOND_MAIL = f"{FIRST}@ankerplaats.example", f"{SECOND}@ankerplaats.example"
REGISTRATION = re.compile(r"/inschrijving/[0-9a-f-]{36}/$")
PUBLISH = """
import datetime
from django.utils import timezone
from events.models import EventIndexPage, EventPage, EventQuestion, Session
from people.models import User
index = EventIndexPage.objects.get()
page = EventPage(title=TITLE, slug=SLUG, summary="Leer luisteren.", capacity=1, level_secondary=True,
    review_date=timezone.localdate() + datetime.timedelta(days=300), confirmed_on=timezone.localdate(),
    steward=User.objects.get(email="eindredacteur@ankerplaats.example"))
start = (timezone.localtime() + datetime.timedelta(days=20)).replace(hour=9, minute=0, second=0, microsecond=0)
page.sessions = [Session(starts_at=start, ends_at=start + datetime.timedelta(hours=3), venue="Oude zaal")]
page.questions = [EventQuestion(text="Wat verwacht u?", kind="long")]
index.add_child(instance=page)
page.save_revision().publish()
print(page.pk)
"""
MOVE = """
from events.models import EventPage
page = EventPage.objects.get(pk=PK)
session = page.sessions.get()
session.venue = "Nieuwe zaal"
page.sessions = [session]
page.save_revision().publish()
"""


@pytest.fixture
def event(folder: Path, address: str) -> tuple[str, str]:
    """A new event with one place: its key and its title."""
    title = f"Leren luisteren {uuid4().hex[:8]}"
    return in_the_site(folder, PUBLISH, address, TITLE=title, SLUG=title.lower().replace(" ", "-")), title


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


def calendar_to(mailbox: Mailbox, address: str, words: str) -> vobject.base.Component:
    """The newest calendar in the mails about it, by its own number; read by a parser that is not ours."""
    mails = mailbox.about(address, words)
    parts = [part for message in mails for part in message.walk() if part.get_content_type() == "text/calendar"]
    return max((vobject.readOne(part.get_content()) for part in parts), key=lambda one: int(one.vevent.sequence.value))


def register(visit: Visits, who: str, pk: str) -> Page:
    """The page of her registration."""
    page = visit.log_in(who, f"/inschrijven/{pk}/")
    page.locator("main textarea").fill("Oefenen met <b>echte</b> gesprekken.")
    send(page)
    page.wait_for_url(REGISTRATION)
    return page


def cancel(page: Page) -> None:
    page.locator("a[href$='/afmelden/']").click()
    assert violations(page) == []
    send(page)
    page.wait_for_url(REGISTRATION)


def take(visit: Visits, offer: str, waiting: Page) -> None:
    """From the mail, without signing in; opening the link took nothing yet."""
    stranger = visit.open(offer)
    assert violations(stranger) == []
    waiting.reload()
    expect(waiting.locator("a[href$='/aanvaarden/']")).to_be_visible()
    stranger.locator("button[value=take]").click()
    expect(stranger.locator("main form")).to_have_count(0)
    waiting.reload()
    expect(waiting.locator("a[href$='/afmelden/']")).to_be_visible()


def test_a_place_that_comes_free_is_taken_from_a_mail(visit: Visits, mailbox: Mailbox, event: tuple[str, str]) -> None:
    pk, title = event
    page = register(visit, FIRST, pk)
    assert violations(page) == []
    expect(page.locator("main")).to_contain_text("Oefenen met <b>echte</b> gesprekken.")

    waiting = visit.log_in(SECOND, f"/inschrijven/{pk}/")
    expect(waiting.locator("main .notice--warning")).to_be_visible()  # says so before she confirms
    waiting = register(visit, SECOND, pk)
    assert mailbox.links_about(SECOND_MAIL, title, "/inschrijving/aanbod/") == []

    cancel(page)
    assert calendar_to(mailbox, FIRST_MAIL, title).method.value == "CANCEL"
    offer = mailbox.find(SECOND_MAIL, rf"http://[^/\s]+(/inschrijving/aanbod/\S+)[\s\S]*{title}")
    take(visit, offer, waiting)


def test_a_change_is_mailed_with_a_calendar_file_to_who_comes(
    visit: Visits, mailbox: Mailbox, event: tuple[str, str], folder: Path, address: str
) -> None:
    pk, title = event
    register(visit, FIRST, pk)
    invited = calendar_to(mailbox, FIRST_MAIL, title)
    assert invited.method.value == "REQUEST"
    assert invited.vevent.location.value == "Oude zaal"
    in_the_site(folder, MOVE, address, PK=int(pk))

    changed = calendar_to(mailbox, FIRST_MAIL, title)
    assert changed.vevent.uid.value == invited.vevent.uid.value
    assert int(changed.vevent.sequence.value) > int(invited.vevent.sequence.value)
    assert changed.vevent.location.value == "Nieuwe zaal"
    assert changed.vevent.dtstart.value == invited.vevent.dtstart.value


def test_the_pages_of_registering_are_sound_on_wide_and_narrow_screens(visit: Visits, event: tuple[str, str]) -> None:
    pk, _title = event
    for path in (f"/inschrijven/{pk}/", f"/inschrijven/{pk}/collega/", "/mijn/inschrijvingen/", "/mijn/agenda/"):
        page = visit.log_in(FIRST, path)
        assert faults(page) == []


def test_registering_works_without_javascript(visit: Visits, event: tuple[str, str]) -> None:
    pk, _title = event
    state = visit.log_in(FIRST, "/mijn/").context.storage_state()
    page = visit.open(f"/inschrijven/{pk}/", script=False, state=state)
    send(page)
    page.wait_for_url(REGISTRATION)
