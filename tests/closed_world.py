"""A site with something closed of every kind, for LIVC-R: each place in it holds a rare word of its own."""

import datetime
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page

from core.attachments.services import extract_document
from core.models import Menu, MenuItem, SiteSettings
from events.models import EventLeader, EventMaterial, EventPage, EventRelated, EventSeries
from experts.models import ExpertPage, ExpertWork
from people.audiences import Audience
from people.models import Membership
from people.services.closing import set_collection_audience, set_page_audience
from practices.models import PracticeMaterial, PracticePage, RelatedPractice
from tests.conftest import Cast
from tests.events.factories import add_session, make_event
from tests.experts.factories import make_expert, make_offer
from tests.factories import (
    StandardPageFactory,
    Tree,
    let_into_livc,
    make_concept,
    make_document,
    make_member,
    make_organisation,
    make_practice,
    make_user,
)
from tests.practices.conftest import reindex

TITLE, BODY, TAG, TOWN = "kwelspreeuw", "mistfluiter", "sluimertag", "verholegem"
DOCUMENT, FILE, SENTENCE = "nachtdossier", "schemerbestand", "dauwzin"
PAGE, SECTION, CHILD = "herfstnevel", "wintergrot", "lentekelder"
EXPERT, OFFERED = "zeemistkenner", "mosselcursus"
EVENT, VENUE, SESSION = "stormvloedavond", "wierkelder", "duinronde"
WORDS = (TITLE, BODY, TAG, TOWN, DOCUMENT, FILE, SENTENCE, PAGE, SECTION, CHILD, EXPERT, OFFERED, EVENT, VENUE, SESSION)
NIS = "99999"
OLD = "/oud-adres"
LEFT = "openbare-expert"
OPEN_EVENT = "openbare-vorming"
REGISTER = ("/mijn/organisatie/",)


@dataclass(frozen=True)
class World:
    """The closed things, and a public practice and page that refer to all of them."""

    practice: PracticePage
    page: Page
    section: Page
    child: Page
    document: Any
    expert: ExpertPage
    event: EventPage
    public: PracticePage
    open_page: Page
    theme: str
    clients: dict[str, Client]
    organisation: int
    membership: int


def make_world(tree: Tree, cast: Cast) -> World:
    town = make_organisation(TOWN.capitalize(), nis_code=NIS, latitude=51.0, longitude=4.0)
    theme = make_concept("uilenthema", slug="uilenthema")
    collection = Collection.get_first_root_node().add_child(name="LIVC-R")
    set_collection_audience(collection, Audience.LIVC_R)
    document = make_document(
        f"Over {SENTENCE} en meer.".encode(), f"{FILE}.txt", title=DOCUMENT.capitalize(), collection=collection
    )
    extract_document(document.pk)
    practice = make_practice(
        title=f"Werken met {TITLE}",
        slug=f"werken-met-{TITLE}",
        summary=f"Wie {BODY} kent, begint klein.",
        problem=f"<p>Een {BODY} op het plein.</p>",
        ran_in=[town],
        tags=[TAG],
        themes=[theme],
    )
    PracticeMaterial.objects.create(practice=practice, document=document)
    page = StandardPageFactory(parent=tree.home, title=f"Over {PAGE}", slug=PAGE, intro=f"Wat {PAGE} is.")
    section = StandardPageFactory(parent=tree.home, title=f"De {SECTION}", slug=SECTION, intro=f"In {SECTION}.")
    child = StandardPageFactory(parent=section, title=f"De {CHILD}", slug=CHILD, intro=f"In {CHILD}.")
    expert = make_expert(title=f"Iemand als {EXPERT}", summary="Vraag het.", themes=[theme])
    make_offer(expert, title=f"Een {OFFERED}", languages=["tr"])
    event = _closed_event(theme)
    for closed in (practice, page, section, expert, event):
        set_page_audience(closed, Audience.LIVC_R)
    public, open_page = _public(tree, [practice, page, section, child, expert], document)
    _who_left(expert, public, practice)
    _open_event(event, [practice, public], expert, document)
    RelatedPractice.objects.create(practice=public, related=practice)
    Redirect.objects.create(old_path=OLD, redirect_page=practice, site=tree.site)
    Redirect.objects.create(old_path=f"{OLD}-met-adres", redirect_link=practice.url, site=tree.site)
    chrome = SiteSettings.for_site(tree.site)
    chrome.menu_items = [MenuItem(menu=menu, page=section, column="Kolom") for menu in (Menu.MAIN, Menu.FOOTER)]
    chrome.save()
    reindex()
    clients = make_clients(cast)
    belonging = Membership.objects.filter(user=clients["professional"].session["_auth_user_id"]).get()
    closed_things = (practice, page, section, child, document, expert, event)
    return World(*closed_things, public, open_page, theme.slug, clients, belonging.organisation_id, belonging.pk)


def _public(tree: Tree, closed: list[Page], document: Any) -> tuple[PracticePage, Page]:
    """A public practice and a public page with links to everything that is closed."""
    links = " ".join(f'<a linktype="page" id="{page.pk}">daar</a>' for page in closed)
    links += f' <a linktype="document" id="{document.pk}">stuk</a>'
    blocks = [("text", f"<p>Lees verder: {links}</p>"), ("download", {"document": document, "title": ""})]
    practice = make_practice(
        title="Openbare praktijk", slug="openbaar", problem=f"<p>Lees verder: {links}</p>", approach=blocks
    )
    page = StandardPageFactory(parent=tree.home, title="Openbare pagina", slug="open", body=blocks)
    return practice, page


def _who_left(closed: ExpertPage, public: PracticePage, practice: PracticePage) -> None:
    """The closed expert took part in the public practice; a public one, who left, in the closed one as well."""
    ExpertWork.objects.create(expert=closed, page=public)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    left = make_expert(title="Openbare expert", slug=LEFT, pool_until=yesterday, expert_successor=closed)
    ExpertWork.objects.create(expert=left, page=practice)


def _closed_event(theme: Any) -> EventPage:
    """In the same month, series and theme as what is open."""
    event = make_event(
        title=f"De {EVENT}",
        slug=EVENT,
        summary="Kom en leer.",
        sessions=0,
        kind="site_visit",
        series=EventSeries.objects.create(title="Reeks"),
        themes=[theme],
    )
    add_session(event, title=f"Een {SESSION}", venue=VENUE.capitalize(), address="Kade 1, 3900 Stilwater")
    return event


def _open_event(closed: EventPage, used: list[PracticePage], expert: ExpertPage, document: Any) -> None:
    """An open event beside the closed one; each uses what is open and what is closed, and is led by both experts."""
    event = make_event(title="Openbare vorming", slug=OPEN_EVENT, series=closed.series, previous=closed)
    EventMaterial.objects.create(event=event, document=document)
    for each in (closed, event):
        for page in used:
            EventRelated.objects.create(event=each, page=page)
        for leader in (expert, ExpertPage.objects.get(slug=LEFT)):
            EventLeader.objects.create(event=each, expert=leader)


def make_clients(cast: Cast) -> dict[str, Client]:
    """A browser of every role. The stranger has an account and belongs nowhere."""
    professional, insider = make_user(), make_user()
    make_member(professional)
    let_into_livc(insider)
    clients = {role: cast.client(role) for role in ("anonymous", "editor", "moderator", "admin")}
    clients["stranger"] = cast.client("practitioner")
    for role, user in (("professional", professional), ("livc", insider)):
        clients[role] = Client()
        clients[role].force_login(user)
    return clients


def text_of(response: Any) -> str:
    """What an answer says, whatever its format, with its headers; what was asked for is no trace of anything."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/pdf") and body.startswith(b"%PDF") and len(body) > 100:
        pdf = PdfReader(io.BytesIO(body))
        text = " ".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata)
        text += " ".join(str(a.get_object()) for page in pdf.pages for a in page.get("/Annots", ()))
    elif body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            text = " ".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    else:
        text = body.decode("utf-8", "replace")
    return f"{text} {dict(response.headers)}".lower()


def traces(response: Any, url: str) -> set[str]:
    """The rare words in an answer, without those that the address itself named. A hit marks letters of a word.

    Which municipalities there are is public: they can be chosen to belong to.
    """
    asked = unquote(url).lower()
    text = re.sub(r"</?mark>", "", text_of(response))
    return {word for word in WORDS if word in text and word not in asked} - (
        {TOWN} if NIS in asked or url in REGISTER else set()
    )
