"""Suggestions while typing: what fits, what the reader may see, what it costs."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from taxonomy.models import Scheme
from tests.conftest import Cast
from tests.factories import Tree, make_concept, make_organisation, make_practice
from tests.practices.conftest import reindex

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
URL = "/zoeken/suggesties/"


@pytest.fixture
def library(index: None, tree: Tree) -> None:
    ghent = make_organisation("Gent", nis_code="44021")
    make_organisation("Genk", nis_code="71016")  # nothing ran there
    make_concept("gemeenschapswerk", Scheme.METHOD, slug="gemeenschapswerk", other_labels=["community organising"])
    heir = make_concept("syriëgangers", Scheme.GLOSSARY, slug="syriegangers", abbreviation="FTF")
    make_concept("oudstrijders", Scheme.GLOSSARY, merged_into=heir, retired=True)
    make_concept("afgeschreven", Scheme.GLOSSARY, retired=True)
    make_practice(title="Dialoogtafels met jeugdwerkers", ran_in=[ghent], slug="tafels")
    make_practice(title="Werken met moskeeën <b>& co</b>")
    make_practice(title="Iets anders", summary="Over dialoogtafels gaat het niet in de titel.")
    make_practice(title="Dialoog in concept", live=False)
    reindex()


def lines(client: Client, typed: str) -> list[tuple[str, str]]:
    found = client.get(URL, {"q": typed}).context["suggestions"]
    return [(line.kind, line.url) for line in found]


def html(client: Client, typed: str) -> str:
    return client.get(URL, {"q": typed}).content.decode()


def test_titles_are_suggested_while_a_word_is_unfinished(client: Client, library: None, tree: Tree) -> None:
    for typed in ("di", "dial", "Dialoogtaf", "dialoogtafels", "dialoogtafels met je", "jeugdw", "met jeugdwerk"):
        assert ("practice", f"{tree.index.url}tafels/") in lines(client, typed), typed
    assert len(lines(client, "dialoogtafels")) == 1, "titles alone, and no drafts"


def test_a_slip_is_mended_when_nothing_else_fits(client: Client, library: None) -> None:
    assert lines(client, "dialogtafels")[0][0] == "practice"


def test_what_matches_is_marked_and_the_rest_is_escaped(client: Client, library: None) -> None:
    body = html(client, "mosk")
    assert "<mark>moskeeën</mark> &lt;b&gt;&amp; co&lt;/b&gt;" in body


def test_terms_are_suggested_by_any_of_their_names(client: Client, library: None) -> None:
    assert ("concept", reverse("concept", args=["gemeenschapswerk"])) in lines(client, "gemeens")
    assert ("concept", reverse("concept", args=["gemeenschapswerk"])) in lines(client, "organis")
    for typed in ("ftf", "syrie", "SYRIË", "oudstr"):
        assert ("concept", reverse("concept", args=["syriegangers"])) in lines(client, typed), typed
    assert lines(client, "afgeschr") == []


def test_municipalities_where_something_ran_lead_to_the_filtered_list(client: Client, library: None) -> None:
    assert lines(client, "gen") == [("town", "/zoeken/?gemeente=44021")]
    assert ("town", "/zoeken/?gemeente=44021") in lines(client, "jeugdwerkers gent")
    response = client.get("/zoeken/?gemeente=44021", follow=True)
    assert response.context["listing"].total == 1


def test_at_most_eight_of_every_kind_some(client: Client, library: None) -> None:
    for number in range(12):
        make_practice(title=f"Gesprek {number}")
        make_concept(f"gespreksvorm {number}")
    reindex()
    kinds = [kind for kind, _url in lines(client, "gesprek")]
    assert (kinds.count("practice"), kinds.count("concept")) == (5, 3)


@pytest.mark.parametrize("typed", ["", "g", "  ", "''", "é"])
def test_next_to_nothing_asks_nothing(client: Client, library: None, typed: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):  # what every answer asks: the generation and the site
        response = client.get(URL, {"q": typed})
    assert (response.status_code, response.context["suggestions"]) == (200, [])


def test_nobody_keeps_an_answer(client: Client, library: None) -> None:
    assert "no-store" in client.get(URL, {"q": "dialoog"}).headers["Cache-Control"]


def test_without_an_index_terms_still_come(client: Client, library: None, settings, tmp_path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "gone"
    assert [kind for kind, _url in lines(client, "gemeens")] == ["concept"]


def test_a_closed_practice_is_suggested_to_its_readers_only(index: None, tree: Tree, cast: Cast) -> None:
    town = make_organisation("Geheimstad", nis_code="99999")
    secret = make_practice(title="Zeldzaamwoord in de wijk", ran_in=[town])
    make_practice(title="Openbaar")
    restriction = PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get_or_create(name="LIVC-R")[0])
    reindex()
    for typed in ("ze", "zeldz", "zeldzaamwoord", "zeldzamwoord", "wijk", "geheim", "geheimstad"):
        for role in ("anonymous", "practitioner"):
            assert lines(cast.client(role), typed) == [], (typed, role)
        assert lines(cast.client("admin"), typed), typed


def test_an_index_that_lags_behind_suggests_nothing_closed(index: None, tree: Tree, cast: Cast) -> None:
    practice = make_practice(title="Straks voor weinigen")
    reindex()
    restriction = PageViewRestriction(page=practice, restriction_type=PageViewRestriction.GROUPS)
    PageViewRestriction.objects.bulk_create([restriction])  # no signal: the index still calls it public
    assert lines(cast.client("anonymous"), "straks") == []


@given(typed=st.one_of(st.text(max_size=60), st.text(alphabet="\"-'*()[]:~^ aé\x00", min_size=2, max_size=20)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_gets_an_answer(client: Client, library: None, typed: str) -> None:
    assert client.get(URL, {"q": typed}).status_code == (400 if "\x00" in typed else 200)


def test_a_page_of_words_is_too_long_but_no_error(client: Client, library: None) -> None:
    assert client.get(URL, {"q": "dialoog " * 100}).status_code == 200
