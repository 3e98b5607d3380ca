"""The searches of this site are counted: which addresses, which pages, whose."""

import pytest
from django.test import Client
from django.urls import reverse

from search.log.models import AskedSearch
from taxonomy.models import Scheme
from tests.conftest import Cast
from tests.factories import StandardPageFactory, Tree, make_concept, make_practice
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def library(settings, index: None, tree: Tree) -> Tree:  # noqa: F811
    settings.SEARCH_LOG, settings.SEARCH_LOG_BUFFER = True, 0
    make_concept("dialoog", Scheme.THEME, slug="dialoog")
    make_practice(title="Dialoogtafels", slug="dialoogtafels")
    reindex()
    return tree


def visit(client: Client, url: str, *, after: str = "", **headers: str):
    headers = {"user-agent": BROWSER, **({"referer": f"http://testserver{after}"} if after else {}), **headers}
    return client.get(url, headers=headers)


def counted():
    return list(AskedSearch.objects.order_by("text", "filters").values_list("text", "filters", "asked", "opened"))


@pytest.mark.parametrize("htmx", [{}, {"hx-request": "true"}])
def test_both_search_addresses_are_counted(library: Tree, client: Client, htmx: dict[str, str]) -> None:
    for url in (reverse("search"), library.index.url):
        response = visit(client, f"{url}?q=Dialoogtafels", **htmx)
        assert response.status_code == 200
        assert "X-Search-Total" not in response.headers
    assert counted() == [("dialoogtafels", "", 2, 0)]
    assert AskedSearch.objects.get().hits == 1


def test_the_filters_of_the_site_are_part_of_the_question(library: Tree, client: Client) -> None:
    visit(client, f"{reverse('search')}?q=x&thema=dialoog&soort=praktijk&utm_source=mail")
    assert counted() == [("x", "soort=praktijk&thema=dialoog", 1, 0)]


def test_what_is_only_browsed_is_not_a_question(library: Tree, client: Client) -> None:
    for url in (reverse("search"), library.index.url, "/", f"{reverse('search_suggestions')}?q=dial"):
        visit(client, url)
    assert counted() == []


def test_a_practice_or_a_term_opened_from_a_search_is_counted(library: Tree, client: Client) -> None:
    search = f"{reverse('search')}?q=dialoog"
    visit(client, search)
    visit(client, "/praktijken/dialoogtafels/", after=search)
    visit(client, reverse("concept", args=["dialoog"]), after=search)
    assert counted() == [("dialoog", "", 1, 2)]


def test_whoever_gives_up_and_takes_the_menu_opened_nothing(library: Tree, client: Client) -> None:
    contact = StandardPageFactory(parent=library.home, title="Contact", slug="contact")
    search = f"{reverse('search')}?q=dialoog"
    visit(client, search)
    for url in (contact.url, "/", library.index.url, reverse("concepts")):
        assert visit(client, url, after=search).status_code == 200
    assert counted() == [("dialoog", "", 1, 0)]


def test_editors_only_look_whether_it_works(library: Tree, cast: Cast) -> None:
    for role in ("editor", "moderator", "admin"):
        visit(cast.client(role), f"{reverse('search')}?q=dialoog")
    assert counted() == []
    visit(cast.client("practitioner"), f"{reverse('search')}?q=dialoog")
    assert counted() == [("dialoog", "", 1, 0)]


def test_counting_asks_the_database_nothing_of_a_visitor(
    library: Tree, client: Client, settings, django_assert_num_queries, monkeypatch
) -> None:
    monkeypatch.setattr("search.log.middleware.buffer.asked", lambda question, hits: None)
    url = f"{reverse('search')}?q=dialoog"
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    visit(client, url)
    settings.SEARCH_LOG = False
    with CaptureQueriesContext(
        connection,
    ) as without:
        visit(client, url)
    settings.SEARCH_LOG = True
    with django_assert_num_queries(len(without)):
        visit(client, url)
