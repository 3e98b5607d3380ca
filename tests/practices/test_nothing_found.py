"""An empty result shows the ways out of it, each with what it would find."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import StandardPageFactory, Tree, make_concept, make_practice
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(index: None, tree: Tree) -> str:
    dialogue = make_concept("dialoog", slug="dialoog", other_labels=["gesprekstafels"])
    make_concept("polarisatie", slug="polarisatie")
    make_concept("afgeschreven polarisering", slug="oud", retired=True)
    make_practice(title="Dialoogtafels in de wijk", themes=[dialogue])
    make_practice(title="Wijkgesprekken")
    make_practice(title="Wijkwerk na detentie", main_level="tertiary", level_primary=False, level_tertiary=True)
    StandardPageFactory(parent=tree.home, title="Contact", slug="contact")
    reindex()
    return tree.index.url


def empty(client: Client, url: str, **query):
    response = client.get(url, query)
    assert response.context["listing"].total == 0
    return response.context["listing"].ways_out, response.content.decode()


def test_every_filter_says_what_it_costs(client: Client, library: str) -> None:
    ways, html = empty(client, library, niveau="tertiary", thema="dialoog")
    assert [(way.label, way.count, way.url) for way in ways.without_filter] == [
        ("Tertiair", 1, "?thema=dialoog"),
        ("Dialoog", 1, "?niveau=tertiary"),
    ]
    assert (ways.without_filters.count, ways.without_filters.url) == (3, "?")
    assert 'href="?thema=dialoog"' in html


def test_a_filter_that_helps_nothing_is_not_offered(client: Client, library: str) -> None:
    ways, _html = empty(client, library, niveau="secondary", q="wijk", thema="bestaat-niet")
    assert ways.without_filter == []
    assert ways.without_filters.count == 3


def test_what_was_meant_is_offered_to_who_asked_for_it_literally(client: Client, library: str) -> None:
    ways, _html = empty(client, library, q="dialoogtaffels", literal="1")
    assert (ways.corrected.label, ways.corrected.count) == ("dialoogtafels", 1)
    assert ways.corrected.url == "?q=dialoogtafels"
    assert client.get(library + ways.corrected.url).context["listing"].total == 1


def test_a_phrase_that_stands_nowhere_is_offered_as_words(client: Client, library: str) -> None:
    ways, _html = empty(client, library, q='"wijk dialoogtafels"')
    assert (ways.unquoted.url, ways.unquoted.count) == ("?q=wijk+dialoogtafels", 1)


def test_terms_that_resemble_the_words(client: Client, library: str) -> None:
    for words in ("polarisatieproblemen", "polaristie", "gepolariseerd polarisaties"):
        ways, html = empty(client, library, q=words, literal="1")
        assert [term.url for term in ways.terms] == ["/begrippen/polarisatie/"], words
        assert "/begrippen/polarisatie/" in html
    assert empty(client, library, q="xqz", literal="1")[0].terms == []


def test_whom_to_ask(client: Client, library: str) -> None:
    assert 'href="/contact/"' in empty(client, library, q="xqzw")[1]


def test_no_count_or_correction_gives_a_closed_practice_away(client: Client, library: str) -> None:
    secret = make_practice(title="Zeldzaamwoord", main_level="secondary", level_primary=False, level_secondary=True)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    reindex()
    ways, _html = empty(client, library, q="zeldzaamwoord", niveau="primary")
    assert (ways.without_filter, ways.without_filters) == ([], None)
    ways, _html = empty(client, library, q="zeldzamwoord", literal="1")
    assert ways.corrected is None
