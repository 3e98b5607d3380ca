"""A search page costs a visitor at most six queries, however much it shows. (Within a test's transaction nothing is
remembered, so these commit.)"""

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from core.models import Menu, MenuItem, SiteSettings
from core.page_cache import pages
from taxonomy.models import Scheme
from tests.factories import StandardPageFactory, make_concept, make_organisation, make_practice, make_tree
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db(transaction=True)
SEARCH, NOTHING, SUGGESTIONS = 6, 6, 4


@pytest.fixture
def visitor(index: None) -> Client:  # noqa: F811
    """On a site with menus and twenty-four things of three kinds, in a process that has served a page already."""
    Locale.objects.get_or_create(language_code="nl-be")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    tree = make_tree()
    chrome, _created = SiteSettings.objects.get_or_create(site=tree.site)
    chrome.menu_items = [MenuItem(menu=Menu.MAIN, page=tree.index), MenuItem(menu=Menu.FOOTER, url="/begrippen/")]
    chrome.save()
    for number in range(8):
        themes = [make_concept(f"polarisatie {number}")]
        sectors = [make_concept(scheme=Scheme.SECTOR)]
        make_practice(title=f"Polarisatie {number}", themes=themes, sectors=sectors, ran_in=[make_organisation()])
        StandardPageFactory(parent=tree.home, title=f"Over polarisatie {number}", slug=f"over-{number}")
    reindex()
    pages.clear()
    client = Client()
    client.get("/zoeken/?q=warm")
    client.get("/praktijken/?q=warm")
    return client


@pytest.mark.parametrize(
    "address",
    [
        *("/zoeken/", "/zoeken/?q=polarisatie", "/zoeken/?q=polaristie&soort=begrip&soort=pagina&soort=praktijk"),
        *(
            "/zoeken/?gemeente=10001&van=2020-01-01",
            "/praktijken/?q=polarisatie&sort=newest",
            "/praktijken/?niveau=primary",
        ),
    ],
)
def test_a_search_page(visitor: Client, address: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(SEARCH):
        response = visitor.get(address)
    assert response.status_code == 200
    assert response.context["listing"].facets


def test_every_kind_on_one_page(visitor: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(SEARCH):
        hits = visitor.get("/zoeken/?q=polarisatie&page=1").context["listing"].hits
    assert {hit.kind.slug for hit in hits} == {"praktijk", "begrip", "pagina"}


@pytest.mark.parametrize("query", ["q=xqz", "q=polaristie&niveau=tertiary&literal=1", "van=2030-01-01&soort=pagina"])
def test_an_empty_result_with_its_ways_out(visitor: Client, query: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(NOTHING):
        response = visitor.get(f"/zoeken/?{query}")
    assert response.context["listing"].total == 0


@pytest.mark.parametrize("typed", ["polar", "gem", "polaristie"])
def test_suggestions(visitor: Client, typed: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(SUGGESTIONS):
        assert visitor.get("/zoeken/suggesties/", {"q": typed}).context["suggestions"]
