"""What is published for LIVC-R leaves no trace in any output of the site for anybody else, and its addresses answer to
them exactly what addresses answer where nothing ever was.

Not among the outputs: the admin, where editors see what they edit. On the site an editor outside LIVC-R is a stranger.
"""

import re
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from people.audiences import Audience
from people.services.closing import set_page_audience
from tests import closed_world as closed
from tests.closed_world import World, make_world, traces
from tests.conftest import Cast
from tests.factories import Tree, make_practice
from tests.practices.conftest import index  # noqa: F401  # the fixture
from tests.test_urls_by_role import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
OUTSIDERS = ("anonymous", "stranger", "professional", "editor")
NOWHERE = "x" * 12


@pytest.fixture
def world(index: None, tree: Tree, cast: Cast) -> World:  # noqa: F811
    return make_world(tree, cast)


def of_the_table(world: World) -> list[str]:
    """Every address of the table: with what is closed, and with what is public."""
    found = []
    for named in (
        {"slug": world.practice.slug, "path": world.practice.url[1:], "pk": world.practice.pk, "doc": world.document},
        {"slug": "openbaar", "path": "praktijken/openbaar/", "pk": world.page.pk, "doc": world.document},
        {"slug": world.theme, "path": f"{closed.SECTION}/{closed.CHILD}/", "pk": world.child.pk, "doc": world.document},
        {"slug": world.event.slug, "path": world.event.url[1:], "pk": world.event.pk, "doc": world.document},
        {"slug": closed.OPEN_EVENT, "path": f"vorming/{closed.OPEN_EVENT}/", "pk": 1, "doc": world.document},
    ):
        values = {
            "slug": named["slug"],
            "path": named["path"],
            "document": named["doc"].pk,
            "filename": named["doc"].filename,
            "organisation": world.organisation,
            "membership": world.membership,
        }
        for name, (arguments, _statuses) in TABLE.items():
            given = {
                key: str(values.get(key, value)).format(**values) if key in values else value.format(**values)
                for key, value in arguments.items()
            }
            found.append(_address(name, given))
    return list(dict.fromkeys(found))


def _address(name: str, arguments: dict[str, str]) -> str:
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return reverse(name, args=list(arguments.values()))


def searches(listing: str) -> list[str]:
    """Each word as typed, half, mistyped, as a phrase, narrowed; on both search pages and while typing."""
    found = []
    for word in closed.WORDS:
        typo, half = word.replace(word[3], "z", 1), word[:-3]
        found += [f"/zoeken/?q={text}" for text in (word, half, typo)]
        found += [f"{listing}?q={typo}&literal=1", f'/zoeken/?q="{word}"&niveau=tertiary&van=2020-01-01']
        found += [f"/zoeken/suggesties/?q={text}" for text in (half, typo)]
    found += ["/zoeken/?q=werken", "/zoeken/?q=over+de&sort=newest", f"{listing}?page=2", "/zoeken/?soort=pagina"]
    found += [f"/zoeken/?label={closed.TAG}", f"/zoeken/?gemeente={closed.NIS}", "/zoeken/?thema=uilenthema"]
    return [*found, "/zoeken/suggesties/?q=werken", f"/praktijken/export.csv?gemeente={closed.NIS}"]


def everything(world: World, tree: Tree) -> list[str]:
    own = ["/", tree.index.url, world.open_page.url, world.public.url, "/praktijken/export.xlsx", "/bestaat-niet/"]
    own += [thing.url for thing in (world.practice, world.page, world.section, world.child)]
    own += [f"{world.practice.url}pdf/", "/praktijken/openbaar/pdf/", world.document.url, closed.OLD + "/"]
    own += [world.expert.url, f"/boekingen/nieuw/?expert={world.expert.slug}", f"/experten/{closed.LEFT}/"]
    own += ["/experten/", "/experten/?taal=tr", f"/experten/?vrij-van={timezone.localdate()}&provincie=antwerpen"]
    month = f"{timezone.localtime(world.event.sessions.get().starts_at):%Y-%m}"
    own += ["/vorming/", f"/vorming/?maand={month}&activiteit=site_visit", f"/vorming/kalender/?maand={month}"]
    own += ["/vorming/?provincie=limburg", "/vorming/?wanneer=voorbij", f"/inschrijven/{world.event.pk}/"]
    return [*own, f"{closed.OLD}-met-adres/", *of_the_table(world), *searches(tree.index.url)]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_output_shows_a_trace_to_an_outsider(world: World, tree: Tree, role: str) -> None:
    found = {url: seen for url in everything(world, tree) if (seen := traces(world.clients[role].get(url), url))}

    assert found == {}


def test_the_same_outputs_do_show_it_to_a_member(world: World, tree: Tree) -> None:
    """Else the test above could not fail."""
    member = world.clients["livc"]
    seen = {url: traces(member.get(url), url) for url in everything(world, tree)}

    assert set().union(*seen.values()) == set(closed.WORDS)
    misspelt = f"/zoeken/?q={closed.TITLE.replace(closed.TITLE[3], 'z', 1)}"  # offered as typed well
    names_the_practice = [
        *("/", tree.index.url, "/zoeken/suggesties/?q=werken", "/praktijken/atom.xml", "/praktijken/gemeenten/"),
        *("/praktijken/export.csv", "/praktijken/export.xlsx", "/begrippen/uilenthema/", world.public.url),
        *(f"/experten/{closed.LEFT}/", misspelt),
    ]
    names_the_event = [
        *("/", "/vorming/", "/vorming/kalender.ics", "/vorming/atom.xml", "/zoeken/?q=over+de&sort=newest"),
        *(f"/vorming/{closed.OPEN_EVENT}/", world.public.url, f"/experten/{closed.LEFT}/"),
    ]
    names_the_expert = ["/experten/", "/experten/?taal=tr", world.public.url, f"/experten/{closed.LEFT}/"]
    expected = [
        *((url, closed.TITLE) for url in names_the_practice),
        *((url, closed.EXPERT) for url in names_the_expert),
        *((url, closed.EVENT) for url in names_the_event),
        (f"/vorming/{closed.OPEN_EVENT}/", closed.TITLE),
        (f"/vorming/{closed.OPEN_EVENT}/", closed.EXPERT),
        (f"/vorming/{closed.OPEN_EVENT}/", closed.FILE),
        ("/vorming/", closed.VENUE),
        (f"{world.event.url}agenda.ics", closed.VENUE),
        ("/vorming/kalender.ics", closed.SESSION),
        *((world.open_page.url, word) for word in (closed.PAGE, closed.SECTION, closed.CHILD, closed.FILE)),
        (world.open_page.url, closed.TITLE),
        (world.practice.url, closed.BODY),
        (f"{world.practice.url}pdf/", closed.BODY),
        (world.expert.url, closed.OFFERED),
        (world.document.url, closed.SENTENCE),
        ("/bestaat-niet/", closed.SECTION),  # the menu
    ]
    assert [(url, word) for url, word in expected if word not in seen[url]] == []


def test_the_sitemap_is_for_everybody_and_names_nothing_closed(world: World) -> None:
    assert traces(world.clients["livc"].get("/sitemap.xml"), "/sitemap.xml") == set()


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_number_counts_it(world: World, tree: Tree, role: str) -> None:
    def numbers(role: str) -> dict[str, Any]:
        client = world.clients[role]
        home, listing = client.get("/"), client.get("/zoeken/").context["listing"]
        facets = {(group.name, value.value): value.count for group in listing.facets for value in group.values}
        months = client.get("/vorming/").context["listing"]
        return {
            "facets": facets,
            "events": {(group.name, value.value) for group in months.facets for value in group.values},
            "total": listing.total,
            "levels": [card.count for card in home.context["shore"].levels],
            "towns": len(home.context["shore"].map.towns),
            "term": client.get(f"/begrippen/{world.theme}/").context["practice_count"],
        }

    outside, inside = numbers(role), numbers("livc")
    assert not {("thema", world.theme), ("label", closed.TAG), ("gemeente", closed.NIS)} & outside["facets"].keys()
    assert {("thema", world.theme), ("label", closed.TAG), ("gemeente", closed.NIS)} <= inside["facets"].keys()
    assert inside["total"] == outside["total"] + 6
    assert not {("activiteit", "site_visit"), ("provincie", "limburg")} & outside["events"]
    assert {("activiteit", "site_visit"), ("provincie", "limburg")} <= inside["events"]
    assert (outside["term"], inside["term"], outside["towns"], inside["towns"]) == (0, 1, 0, 1)
    assert sum(inside["levels"]) == sum(outside["levels"]) + 1


def pairs(world: World) -> list[tuple[str, str]]:
    """The address of something closed, and one just as long where nothing ever was."""

    def other(url: str, part: str) -> tuple[str, str]:
        return url, url.replace(part, NOWHERE[:1] * len(part))

    practice, slug = world.practice.url, world.practice.slug
    return [
        other(practice, slug),
        other(practice.rstrip("/"), slug),
        other(f"{practice}pdf/", slug),
        other(f"{practice}pdf", slug),
        other(f"{practice}niets/", slug),
        other(f"{practice}?format=json", slug),
        other(f"{practice}?preview=1", slug),
        other(practice.upper(), slug.upper()),
        other(world.expert.url, world.expert.slug),
        other(world.event.url, closed.EVENT),
        other(f"{world.event.url}agenda.ics", closed.EVENT),
        other(f"{world.event.url}seintje/", closed.EVENT),
        other(world.page.url, closed.PAGE),
        other(world.section.url, closed.SECTION),
        other(world.child.url, closed.CHILD),
        (world.document.url, other_document(world)),
        (f"{closed.OLD}/", "/nog-adres/"),
        (f"{closed.OLD}-met-adres/", "/nog-adres-met-adres/"),
    ]


def other_document(world: World) -> str:
    """A number just as long, of no document."""
    number = str(world.document.pk + 1).zfill(len(str(world.document.pk)))
    return f"/documenten/{number}/{world.document.filename}"


def answer(client: Any, method: str, url: str, **headers: str) -> tuple[int, list[tuple[str, str]], str]:
    """Status, headers and body, without the address itself and the random token of a form."""
    response = client.generic(method, url, headers=headers)
    path = url.partition("?")[0]

    def neutral(text: str) -> str:
        return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", text.replace(path, "PATH"))

    body = b"" if response.streaming else response.content
    sent = sorted((name, neutral(value)) for name, value in response.headers.items())
    text = body.decode("utf-8", "replace").replace(path.replace("/", "%2F"), "PATH")
    return response.status_code, sent, neutral(text)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_a_closed_address_answers_like_one_where_nothing_ever_was(world: World, role: str) -> None:
    client = world.clients[role]
    for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"):
        for secret, nothing in pairs(world):
            assert answer(client, method, secret) == answer(client, method, nothing), (method, secret)


def test_neither_htmx_nor_a_visit_in_a_row_makes_a_difference(world: World) -> None:
    client = world.clients["anonymous"]
    for headers in ({"HX-Request": "true"}, {"Accept": "application/json"}, {"If-None-Match": '"x"'}):
        for secret, nothing in pairs(world):
            assert answer(client, "GET", secret, **headers) == answer(client, "GET", nothing, **headers), secret


def test_the_answer_offers_the_login_to_everybody_and_leads_back(world: World) -> None:
    body = world.clients["anonymous"].get(world.practice.url).content.decode()
    assert f"?next={world.practice.url.replace('/', '%2F')}" in body


@pytest.mark.parametrize("role", OUTSIDERS)
def test_a_password_opens_nothing_and_its_form_tells_nothing(world: World, role: str) -> None:
    restriction = PageViewRestriction.objects.create(
        page=world.public, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )
    for pk in (restriction.pk, restriction.pk + 99):
        url = f"/_util/authenticate_with_password/{pk}/{world.public.pk}/"
        assert world.clients[role].post(url, {"password": "geheim"}).status_code == 404
    assert world.clients[role].get(world.public.url).status_code == 404


@pytest.mark.parametrize("role", OUTSIDERS)
def test_a_teaser_shows_its_title_and_text_and_nothing_else(world: World, tree: Tree, role: str) -> None:
    practice = make_practice(
        title="Met voorproefje",
        slug="voorproef",
        summary="Geheime samenvatting.",
        teaser_allowed=True,
        teaser_text="Kom erbij.",
    )
    child = make_practice(title="Zonder voorproefje", slug="zonder", teaser_text="Staat klaar.")
    for page in (practice, child):
        set_page_audience(page, Audience.LIVC_R)
    client = world.clients[role]
    response = client.get(practice.url)
    body = response.content.decode()

    assert (response.status_code, response.headers["X-Robots-Tag"]) == (200, "noindex")
    assert "Met voorproefje" in body
    assert "Kom erbij." in body
    assert "Geheime samenvatting" not in body
    assert client.get(child.url).status_code == 404
    assert client.get(f"{practice.url}pdf/").status_code == 404
    assert client.post(practice.url).status_code in {403, 405}
    for url in ("/", tree.index.url, "/zoeken/?q=voorproefje", "/zoeken/suggesties/?q=voorproef", "/sitemap.xml"):
        assert "Met voorproefje" not in client.get(url).content.decode(), url
    assert "Geheime samenvatting" in world.clients["livc"].get(practice.url).content.decode()
