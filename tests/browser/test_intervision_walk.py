"""An intervision group as its people meet it: who comes in, who looks in, and what goes out to the library."""

import re
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Visits
from tests.browser.inside import in_the_site
from tests.browser.mailbox import Mailbox
from tests.browser.soundness import violations
from tests.browser.test_intervision import FACILITATOR, GROUP, ROOM, enter, send
from tests.browser.test_membership import DOMAIN, sign_up

ANNOUNCED = "/vorming/intervisie-ambtenaren-demo/"
OTHERS = ("ambtenaar", "beheerder", "livc", "expertenteam")
QUESTION = "afhaakt"  # a word of the question that the officer of the demo brought in
MAKE_ADMINISTRATOR = """
from allauth.account.models import EmailAddress
from people.models import User
user = User.objects.create_superuser(EMAIL, PASSWORD, first_name="Ada", last_name="Proef")
EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
"""
AN_HOUR_LATER = """
from django.utils import timezone
from events.models import BrokenGlass
print(BrokenGlass.objects.filter(by__email=EMAIL).update(until=timezone.now()))
"""


def status_of(page: Page, url: str) -> int:
    return page.request.get(url).status


def test_every_member_says_yes_and_a_new_one_comes_in_by_her_name(visit: Visits, mailbox: Mailbox) -> None:
    mark = uuid4().hex[:8]
    email, name = f"kandidaat-{mark}@{DOMAIN}", f"Kato{mark}"
    asker = sign_up(visit, mailbox, email, name)
    asker.goto(visit.address + ANNOUNCED)
    asker.locator("a[href$='/meedoen/']").first.click()
    asker.fill("[name=motivation]", "Ik sta alleen voor dit thema.")
    send(asker)
    asker.wait_for_url("**/mijn/intervisie/")

    facilitator = enter(visit, FACILITATOR)
    room = facilitator.url
    link = str(facilitator.locator(".room-asked a", has_text=name).get_attribute("href"))
    for who in (FACILITATOR, *OTHERS):
        assert status_of(asker, room) == 404
        member = visit.log_in(who, link)
        expect(member.locator("main")).to_contain_text("Ik sta alleen voor dit thema.")
        member.locator("button[value=yes]").press("Enter")
        member.wait_for_url(ROOM)
    expect(member.locator(".room-asked a", has_text=name)).to_have_count(0)

    asker.goto(visit.address + mailbox.find(email, r"http://[^/\s]+(/intervisie/\S+/afspraken/)"))
    assert violations(asker) == []
    for typed, welcome in (("Iemand Anders", False), (f"{name} Proef", True)):
        asker.fill("[name=accepted_name]", typed)
        send(asker)
        expect(asker.locator("main .notice--error")).to_have_count(0 if welcome else 1)
    asker.wait_for_url(room)
    expect(asker.locator("main")).to_contain_text(name)
    asker.goto(f"{room}verlaten/")
    send(asker)
    asker.wait_for_url("**/mijn/intervisie/")
    assert status_of(asker, room) == 404
    visit.console.clear()  # the browser itself reports the 422


def test_a_member_hears_and_reads_why_an_administrator_came_in(visit: Visits, mailbox: Mailbox, folder: Path) -> None:
    who = f"admin-{uuid4().hex[:8]}"
    email, reason = f"{who}@ankerplaats.example", f"Een lid meldde een naam in een vraag ({who})."
    in_the_site(folder, MAKE_ADMINISTRATOR, EMAIL=email, PASSWORD=PASSWORD)
    member = enter(visit, "ambtenaar")
    room = member.url
    admin = visit.log_in(who, "/mijn/", anew=True)
    assert status_of(admin, room) == 404

    admin.goto(f"{room}glas-breken/")
    assert violations(admin) == []
    admin.fill("[name=reason]", reason)
    send(admin)
    admin.wait_for_url(room)
    expect(admin.locator("main .notice--warning").first).to_be_visible()
    expect(admin.locator("main .button")).to_have_count(0)  # she reads, and there is nothing to do

    link = mailbox.find("ambtenaar@ankerplaats.example", rf"{re.escape(reason)}[\s\S]*?http://[^/\s]+(/\S+/logboek/)")
    member.goto(visit.address + link)
    expect(member.locator("#glass ~ ul li", has_text=reason)).to_contain_text("Ada Proef")
    member.goto(room)
    expect(member.locator("main .notice a[href$='/logboek/']")).to_be_visible()

    assert in_the_site(folder, AN_HOUR_LATER, EMAIL=email) == "1"
    assert (status_of(admin, room), status_of(admin, f"{room}logboek/")) == (404, 404)
    assert status_of(admin, f"{room}glas-breken/") == 200


def test_a_lesson_goes_to_the_editors_once_who_asked_the_question_agrees(visit: Visits, mailbox: Mailbox) -> None:
    mark = uuid4().hex[:8]
    title = f"Benoem de stilte {mark}"
    writer = enter(visit, "livc")
    writer.locator("a[href$='/les/nieuw/']").click()
    writer.locator("label", has_text=QUESTION).first.click()
    writer.fill("[name=title]", title)
    writer.fill("[name=text]", "Wij spraken met mevrouw Peeters over de stilte.")
    send(writer)
    expect(writer.locator("[name=no_personal_data]")).to_be_visible()
    assert writer.input_value("[name=title]") == title
    writer.fill("[name=text]", "Zeg dat het stiller wordt, en vraag wat er moet veranderen.")
    send(writer)
    writer.wait_for_url(re.compile(r"/les/[0-9a-f-]{36}/$"))
    expect(writer.locator("button[value=agree]")).to_have_count(0)  # another brought the question in

    editor = visit.log_in("redacteur")
    found = f"{visit.address}/beheer/pages/search/?q={mark}"
    assert title not in editor.goto(found).text()  # type: ignore[union-attr]
    path = writer.url.removeprefix(visit.address)
    assert path in mailbox.links_about("ambtenaar@ankerplaats.example", GROUP, "/intervisie/[^/]+/les/")
    bringer = visit.log_in("ambtenaar", path)
    bringer.locator("button[value=agree]").press("Enter")
    expect(bringer.locator("button[value=agree]")).to_have_count(0)
    expect(bringer.locator("main .notice")).to_be_visible()

    editor.goto(found)
    editor.get_by_role("link", name=title).first.click()
    expect(editor.locator("[name=title]")).to_have_value(title)
    draft = editor.content()
    assert "veranderen" in draft
    assert GROUP not in draft
    assert title not in visit.open(f"/zoeken/?q={mark}").locator("#listing").inner_text()
    visit.console.clear()  # the browser itself reports the 422
