"""What every installation starts with: the page tree, its menus, groups of readers. Can be run again without harm."""

import json
from pathlib import Path
from typing import Any, TypeVar

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Site

from core.models import Menu, MenuItem, SiteSettings
from events.models import EventIndexPage
from experts.models import ExpertIndexPage
from home.models import HomePage, StandardPage
from people.rights import DERIVED
from practices.models import PracticeIndexPage

PAGE_TEXTS = Path(__file__).with_name("pages.json")
HERO_TITLE = "Wat werkt om radicalisering te voorkomen, van gemeente tot gemeente."
HERO_INTRO = "Goede praktijken om gewelddadige radicalisering, extremisme en polarisatie te voorkomen."
POPULAR_SEARCHES = "LIVC-R opstarten\nterugkeerders\nberoepsgeheim\nouders ondersteunen\npolarisatie op school"
EXPERTS_INTRO = "Zoek iemand die uw vraag kent, kijk wanneer die vrij is en vraag een afspraak aan."
EVENTS_INTRO = "Volg een vorming, een studiedag of een webinar, of leer samen in een intervisiegroep."
# What is publicly known of the pool, and where that stands. Nobody is named there, so nobody is named here.
EXPERTS_ABOUT = (
    "<p>De Vlaamse overheid maakte op 30 juni 2023 een projectoproep bekend: “Expertenpool ter ondersteuning van "
    "lokale besturen in het kader van de preventie van gewelddadige radicalisering en extremisme”. De pool staat "
    "lokale besturen bij, die in de preventie een regierol hebben.</p>"
    "<p>Bron: Voortgangsrapportage naleving regeerakkoord, radicaliseringspreventie, verwijzing 8.</p>"
)
INDEX_INTRO = "Zoek wat een ander bestuur al deed, en beoordeel of het bij uw gemeente past."
PageT = TypeVar("PageT", bound=Page)


@transaction.atomic
def ensure_tree(*, port: int | None = None, hostname: str | None = None) -> HomePage:
    """The home page, the listing, the standing pages, the menus and the groups of readers.

    A host name and port that are given hold from now on; otherwise those of an existing site stay.
    """
    for name in DERIVED:
        Group.objects.get_or_create(name=name)
    home = HomePage.objects.first() or _make_home()
    given = {name: value for name, value in {"hostname": hostname, "port": port}.items() if value is not None}
    site = Site.objects.get(is_default_site=True)
    if any(getattr(site, name) != value for name, value in given.items()):
        Site.objects.update_or_create(pk=site.pk, defaults=given)
    index = PracticeIndexPage.objects.first() or _publish(
        home, PracticeIndexPage(title="Praktijken", slug="praktijken", intro=INDEX_INTRO, show_in_menus=True)
    )
    experts = ExpertIndexPage.objects.first() or _publish(
        home,
        ExpertIndexPage(
            title="Experten", slug="experten", intro=EXPERTS_INTRO, about=EXPERTS_ABOUT, show_in_menus=True
        ),
    )
    events = EventIndexPage.objects.first() or _publish(
        home, EventIndexPage(title="Vorming", slug="vorming", intro=EVENTS_INTRO, show_in_menus=True)
    )
    texts: dict[str, Any] = json.loads(PAGE_TEXTS.read_text(encoding="utf-8"))
    pages = {slug: _ensure_standard_page(home, slug, text) for slug, text in texts.items()}
    _ensure_menus(site, [index, experts, events], pages)
    return home


def _make_home() -> HomePage:
    root = Page.get_first_root_node()
    welcome = Page.objects.filter(depth=2, slug="home").first()
    home = HomePage(
        title="Home",
        slug="start",
        hero_title=HERO_TITLE,
        hero_intro=HERO_INTRO,
        popular_searches=POPULAR_SEARCHES,
    )
    _publish(root, home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": "Ankerplaats"},
    )
    if welcome is not None:
        welcome.delete()
    return home


def _publish(parent: Page, page: PageT) -> PageT:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _ensure_standard_page(home: HomePage, slug: str, text: dict[str, Any]) -> StandardPage:
    existing = StandardPage.objects.child_of(home).filter(slug=slug).first()
    if existing is not None:
        return existing
    body = json.dumps([_raw_block(block) for block in text["body"]])
    return _publish(home, StandardPage(title=text["title"], slug=slug, intro=text["intro"], body=body))


def _raw_block(block: dict[str, Any]) -> dict[str, Any]:
    """A block as StreamField stores it: plain blocks hold a value, structures hold their other keys."""
    return {
        "type": block["type"],
        "value": block.get("value", {key: value for key, value in block.items() if key != "type"}),
    }


def _ensure_menus(site: Site, lists: list[Page], pages: dict[str, StandardPage]) -> None:
    """Fill the menus of a new installation; menus that editors have made are left alone."""
    settings = SiteSettings.for_site(site)
    if settings.menu_items.exists():
        return
    settings.tagline = "Kennisplatform over het voorkomen van radicalisering, extremisme en polarisatie"
    settings.organisation = "VVSG, Vereniging van Vlaamse Steden en Gemeenten"
    main = [
        *(MenuItem(page=page, sort_order=position) for position, page in enumerate(lists)),
        MenuItem(page=pages["niveaus"], label="Preventieniveaus", sort_order=7),
        MenuItem(url="/begrippen/", label="Begrippen", sort_order=8),
        MenuItem(page=pages["over"], label="Over", sort_order=9),
    ]
    columns: dict[str, list[tuple[Page | None, str]]] = {
        "Bibliotheek": [*((page, "") for page in lists), (None, "/begrippen/"), (None, "/praktijken/gemeenten/")],
        "Over ons": [(pages["over"], ""), (pages["contact"], "")],
        "Dit platform": [(pages["toegankelijkheid"], ""), (pages["privacy"], "")],
    }
    labels = {"/begrippen/": "Begrippen", "/praktijken/gemeenten/": "Praktijken per gemeente"}
    footer = [
        MenuItem(
            menu=Menu.FOOTER, column=column, page=page, url=url, label=labels.get(url, ""), sort_order=10 + position
        )
        for position, (column, page, url) in enumerate(
            (column, page, url) for column, links in columns.items() for page, url in links
        )
    ]
    settings.menu_items = [*main, *footer]
    settings.save()
