"""The list of practices as a visitor asks for it."""

import pytest
from django.test import Client
from django.urls import reverse

from taxonomy.models import Scheme
from tests.conftest import Cast
from tests.factories import Tree, make_concept, make_organisation, make_practice
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(index: None, tree: Tree) -> str:
    """Three practices of different levels and themes; the address of their list."""
    dialogue = make_concept("dialoog", Scheme.THEME, slug="dialoog")
    family = make_concept("opvoeding en gezin", Scheme.THEME, slug="gezin")
    ghent = make_organisation("Gent", province="oost-vlaanderen", nis_code="44021")
    make_practice(title="Dialoogtafels in de wijk", themes=[dialogue], ran_in=[ghent])
    make_practice(
        title="Moeders in gesprek",
        main_level="secondary",
        level_primary=False,
        level_secondary=True,
        themes=[dialogue, family],
        evidence_level="well_founded",
    )
    make_practice(title="Terug naar school", main_level="tertiary", level_primary=False, level_tertiary=True)
    reindex()
    return tree.index.url


def titles(response) -> list[str]:
    return [hit.result.title for hit in response.context["listing"].hits]


def test_everything_is_listed_without_a_query(client: Client, library: str) -> None:
    response = client.get(library)
    assert sorted(titles(response)) == ["Dialoogtafels in de wijk", "Moeders in gesprek", "Terug naar school"]


def test_levels_of_one_facet_add_up(client: Client, library: str) -> None:
    response = client.get(library, {"niveau": ["primary", "tertiary"]})
    assert sorted(titles(response)) == ["Dialoogtafels in de wijk", "Terug naar school"]


def test_facets_combine(client: Client, library: str) -> None:
    response = client.get(library, {"niveau": ["secondary"], "thema": ["dialoog"]})
    assert titles(response) == ["Moeders in gesprek"]


def test_a_facet_counts_as_if_it_were_not_chosen(client: Client, library: str) -> None:
    listing = client.get(library, {"niveau": ["secondary"]}).context["listing"]
    counts = {group.name: {value.value: value.count for value in group.values} for group in listing.facets}
    assert counts["niveau"] == {"primary": 1, "secondary": 1, "tertiary": 1}
    assert counts["thema"] == {"dialoog": 1, "gezin": 1}


def test_closed_lists_stand_in_their_own_order(client: Client, library: str) -> None:
    listing = client.get(library).context["listing"]
    (levels,) = [group for group in listing.facets if group.name == "niveau"]
    assert [value.value for value in levels.values] == ["primary", "secondary", "tertiary"]


def test_each_filter_comes_off_by_its_own_link(client: Client, library: str) -> None:
    listing = client.get(library, {"niveau": ["primary"], "thema": ["dialoog"], "q": "wijk"}).context["listing"]
    assert [(chip.label.lower(), chip.url) for chip in listing.chips] == [
        ("primair", "?q=wijk&thema=dialoog"),
        ("dialoog", "?q=wijk&niveau=primary"),
    ]


def test_a_municipality_narrows_and_is_named(client: Client, library: str) -> None:
    response = client.get(library, {"gemeente": ["44021"]})
    assert titles(response) == ["Dialoogtafels in de wijk"]
    assert [chip.label for chip in response.context["listing"].chips] == ["Gent"]


def test_a_word_of_the_vocabulary_finds_its_compound_and_is_marked(client: Client, library: str) -> None:
    make_concept("tafels", Scheme.METHOD)
    reindex()
    response = client.get(library, {"q": "tafels"})
    assert titles(response) == ["Dialoogtafels in de wijk"]
    assert "<mark>" in response.content.decode()


def test_best_founded_first(client: Client, library: str) -> None:
    assert titles(client.get(library, {"sort": "evidence"}))[0] == "Moeders in gesprek"


def test_a_page_too_far_shows_the_last(client: Client, library: str) -> None:
    response = client.get(library, {"page": "400"})
    assert response.status_code == 200
    assert response.context["listing"].pagination.number == 1


def test_nothing_found_says_so_and_helps_on(client: Client, library: str) -> None:
    response = client.get(library, {"q": "qqqqxyz"})
    assert response.context["listing"].total == 0
    assert reverse("practice_export", args=["csv"]) not in response.content.decode()


def test_htmx_gets_the_list_alone(client: Client, library: str) -> None:
    response = client.get(library, headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert b'id="listing"' in response.content
    assert "HX-Request" in response.headers["Vary"]


def test_without_an_index_a_plain_list_answers(client: Client, library: str, settings, tmp_path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "gone"
    response = client.get(library, {"q": "moeders"})
    assert response.context["listing"].degraded
    assert titles(response) == ["Moeders in gesprek"]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_export_holds_the_filtered_list(client: Client, library: str, extension: str) -> None:
    response = client.get(reverse("practice_export", args=[extension]), {"niveau": "tertiary"})
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].endswith(f'.{extension}"')
    if extension == "csv":
        assert "Terug naar school" in response.content.decode("utf-8-sig")
        assert "Moeders" not in response.content.decode("utf-8-sig")


def test_another_export_format_does_not_exist(client: Client, library: str) -> None:
    assert client.get(reverse("practice_export", args=["exe"])).status_code == 404


def test_an_export_is_read_only(client: Client, library: str) -> None:
    assert client.post(reverse("practice_export", args=["csv"])).status_code == 405


def test_every_role_may_read_the_list(cast: Cast, library: str) -> None:
    for role in ("anonymous", "practitioner", "editor", "moderator", "admin"):
        assert len(titles(cast.client(role).get(library))) == 3


def test_a_value_that_does_not_exist_is_no_option_but_can_be_taken_off(client: Client, library: str) -> None:
    listing = client.get(library, {"niveau": ["secundairr"]}).context["listing"]
    (levels,) = [group for group in listing.facets if group.name == "niveau"]
    assert [value.value for value in levels.values] == ["primary", "secondary", "tertiary"]
    assert [chip.url for chip in listing.chips] == ["?"]
