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
SEARCH, SUGGESTIONS = 6, 4


@pytest.fixture
def visitor(index: None, settings) -> Client:  # noqa: F811
    """On a site with menus and twenty-four things of three kinds, in a process that has served a page already."""
    settings.SEARCH_DRAIN_ON_COMMIT = False
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
    for warm in ("/zoeken/?q=warm", "/praktijken/?q=warm", "/zoeken/suggesties/?q=warm"):
        client.get(warm)
    return client


SEARCHES = (
    *("/zoeken/", "/zoeken/?q=polarisatie", "/zoeken/?q=polaristie&soort=begrip&soort=pagina&soort=praktijk"),
    *(
        "/zoeken/?provincie=antwerpen&van=2020-01-01",
        "/praktijken/?q=polarisatie&sort=newest",
        "/praktijken/?niveau=primary",
    ),
)
EMPTY = ("/zoeken/?q=xqz", "/zoeken/?q=polaristie&niveau=tertiary&literal=1", "/zoeken/?van=2030-01-01&soort=pagina")


def test_what_a_visitor_asks_costs_few_queries(visitor: Client, django_assert_max_num_queries) -> None:
    for address in (*SEARCHES, *EMPTY):
        with django_assert_max_num_queries(SEARCH, info=address):
            response = visitor.get(address)
        assert (response.context["listing"].total > 0) == (address in SEARCHES), address
    kinds = {hit.kind.slug for hit in visitor.get("/zoeken/?q=polarisatie&page=1").context["listing"].hits}
    assert kinds == {"praktijk", "begrip", "pagina"}
    for typed in ("polar", "gem", "polaristie"):
        with django_assert_max_num_queries(SUGGESTIONS, info=typed):
            assert visitor.get("/zoeken/suggesties/", {"q": typed}).context["suggestions"]
