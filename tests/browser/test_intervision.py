"""The life of a question in an intervision group, until no file of the site holds a word of it."""

import datetime
import re
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.inside import in_the_site
from tests.browser.mailbox import Mailbox
from tests.browser.soundness import faults, violations

FACILITATOR, MEMBER, OTHER = "expert", "ambtenaar", "beheerder"
OUTSIDERS = ("nieuw", "redacteur", "eindredacteur")
GROUP = "Intervisiegroep Kade"
ROOM = re.compile(r"/intervisie/[0-9a-f-]{36}/$")
CLOCK = """
import datetime
from django.utils import timezone
moment = timezone.now() + datetime.timedelta(days=DAYS)
timezone.now = lambda: moment
from django.db import transaction
from events.intervision.services.cases import due, wipe
with transaction.atomic():
    print("erased:", wipe(due().filter(meeting__uid=MEETING)))
"""


def enter(visit: Visits, who: str, *, wide: bool = True) -> Page:
    """The room, from her own page."""
    page = visit.log_in(who, "/mijn/intervisie/", wide=wide)
    page.get_by_role("link", name=GROUP).click()
    page.wait_for_url(ROOM)
    return page


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


def plan(page: Page, days: int) -> str:
    """The facilitator plans a meeting in so many days; where it is."""
    room = page.url
    page.locator("a[href$='/bijeenkomst/nieuw/']").click()
    assert violations(page) == []
    day = datetime.date.today() + datetime.timedelta(days=days)
    page.fill("[name=day]", day.isoformat())
    page.fill("[name=start]", "13:30")
    page.fill("[name=end]", "16:00")
    page.fill("[name=place]", f"Zaal {uuid4().hex[:6]}")
    place = page.input_value("[name=place]")
    send(page)
    page.wait_for_url(room)
    page.locator("main li", has_text=place).get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/bijeenkomst/[0-9a-f-]{36}/$"))
    return page.url


def bring(page: Page, meeting: str, title: str, text: str) -> None:
    page.goto(meeting)
    page.locator("a[href$='/vraag/']").click()
    assert violations(page) == []
    page.fill("[name=title]", title)
    page.fill("[name=text]", text)
    page.check("[name=named_nobody]")
    send(page)


def at_a_later_time(folder: Path, days: int, meeting: str) -> str:
    """What the hourly command does with the questions of this meeting, with the clock so many days ahead."""
    return in_the_site(folder, CLOCK, DAYS=days, MEETING=meeting.rstrip("/").rpartition("/")[2])


def files_with(folder: Path, word: str) -> list[str]:
    """Database and its log, index, kept pages, mails, output of the server: whatever the site wrote down."""
    return [str(file) for file in folder.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]


def nobody_else_knows(visit: Visits, mailbox: Mailbox, rare: str, urls: tuple[str, ...]) -> None:
    """Not in the mails of the group, and at no address for who is outside it."""
    for who in (FACILITATOR, OTHER):
        told = mailbox.about(f"{who}@ankerplaats.example", GROUP)
        assert not any(rare in str(message) for message in told)
    for who in OUTSIDERS:
        outsider = visit.log_in(who, "/mijn/")
        for url in urls:
            answer = outsider.goto(url)
            assert answer is not None
            assert answer.status == 404
            assert rare not in outsider.content()


def test_a_question_lives_until_its_erasure(visit: Visits, mailbox: Mailbox, folder: Path) -> None:
    rare = f"kwartel{uuid4().hex[:10]}"
    facilitator = enter(visit, FACILITATOR)
    assert violations(facilitator) == []
    meeting = plan(facilitator, 30)

    member = enter(visit, MEMBER)
    bring(member, meeting, f"Wat met {rare}", "Wij belden met mevrouw Voorbeeld.")
    expect(member.locator("[name=no_personal_data]")).to_be_visible()
    assert violations(member) == []
    member.fill("[name=text]", f"Het gaat over {rare}, en niemand praat nog.")
    send(member)
    member.wait_for_url(meeting)
    member.get_by_role("link", name=rare).click()
    question = member.url
    expect(member).not_to_have_title(re.compile(rare))
    assert violations(member) == []

    nobody_else_knows(visit, mailbox, rare, (question, meeting, facilitator.url))
    facilitator.goto(question)
    expect(facilitator.locator("h1")).to_contain_text(rare)
    assert [name for name in files_with(folder, rare) if "sqlite3" not in name] == []

    assert "erased: 0" in at_a_later_time(folder, 30 + 13, meeting)
    assert files_with(folder, rare)
    assert "erased: 1" in at_a_later_time(folder, 30 + 14, meeting)
    facilitator.goto(meeting)
    expect(facilitator.locator("main")).not_to_contain_text(rare)
    assert files_with(folder, rare) == []
    visit.console.clear()  # the browser itself reports the 404


def test_a_stranger_to_the_group_asks_to_join_and_one_no_ends_it(visit: Visits, mailbox: Mailbox) -> None:
    page = visit.open("/vorming/intervisie-ambtenaren-demo/")
    link = page.locator("a[href$='/meedoen/']").first
    expect(link).to_be_visible()
    asker = visit.log_in("eindredacteur", str(link.get_attribute("href")))
    assert violations(asker) == []
    if asker.locator("[name=motivation]").count() == 0:  # she works for no organisation in the demo
        expect(asker.locator("main .notice")).to_be_visible()
        return
    asker.fill("[name=motivation]", "Ik wil van collega's leren.")
    send(asker)
    expect(asker.locator("main")).to_contain_text(GROUP)
    facilitator = enter(visit, FACILITATOR)
    facilitator.locator("a[href*='/kandidaat/']").first.click()
    assert violations(facilitator) == []
    facilitator.locator("button[value=no]").click()
    facilitator.wait_for_url(ROOM)
    answer = mailbox.about("eindredacteur@ankerplaats.example", GROUP)[-1]
    assert "Demo-expert" not in str(answer.get_body(("plain",)))


PAGES = ("", "inrichten/", "uitnodigen/", "overdragen/", "logboek/", "afspraken/", "les/nieuw/", "materiaal/")


def test_axe_finds_nothing_in_the_room(visit: Visits) -> None:
    page = enter(visit, FACILITATOR)
    room = page.url
    for path in PAGES:
        page.goto(room + path)
        assert faults(page, dark=not path) == [], path


def test_axe_finds_nothing_on_what_stands_in_the_room(visit: Visits) -> None:
    page = enter(visit, MEMBER)
    links = page.locator("main a").evaluate_all("links => links.map(link => link.href)")
    for kind in ("bijeenkomst", "vraag", "les"):
        page.goto(next(link for link in links if re.search(rf"/{kind}/[0-9a-f-]{{36}}/$", link)))
        assert faults(page) == [], kind


def test_axe_finds_nothing_at_the_desk_of_groups(visit: Visits) -> None:
    page = visit.log_in("eindredacteur")
    page.goto(f"{visit.address}/beheer/vorming/intervisie/")
    assert faults(page, admin=True) == []
    page.get_by_role("link", name=GROUP).click()
    page.wait_for_url(re.compile(r"/beheer/vorming/intervisie/[0-9a-f-]{36}/$"))
    assert faults(page, admin=True) == []
