"""The search page: every kind of content in one list."""

import pytest
from django.test import Client

from core.finding.kinds import KIND, ResultKind, all_kinds, register
from tests.conftest import Cast
from tests.factories import Tree, make_concept, make_practice
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db


def found(response) -> list[tuple[str, str]]:
    return [(hit.kind.slug, hit.result.title) for hit in response.context["listing"].hits]


def facets(response) -> dict[str, dict[str, int]]:
    return {group.name: {v.value: v.count for v in group.values} for group in response.context["listing"].facets}


def test_every_kind_is_found_and_says_what_it_is(client: Client, library: str) -> None:
    response = client.get(library, {"q": "polarisatie"})
    assert set(found(response)) == {
        ("praktijk", "Polarisatie op school bespreken"),
        ("praktijk", "Dialoogtafels"),
        ("begrip", "Polarisatie"),
        ("pagina", "Waarom dit platform"),
    }
    html = response.content.decode()
    assert 'href="/begrippen/polarisatie/"' in html
    assert 'href="/waarom/"' in html
    assert html.count('class="kind"') == 4


def test_the_kind_is_the_first_facet_and_narrows(client: Client, library: str) -> None:
    response = client.get(library, {"q": "polarisatie"})
    assert next(iter(facets(response))) == "soort"
    assert facets(response)["soort"] == {"praktijk": 2, "begrip": 1, "pagina": 1}
    response = client.get(library, {"q": "polarisatie", "soort": ["begrip", "pagina"]})
    assert {kind for kind, _title in found(response)} == {"begrip", "pagina"}
    assert facets(response)["soort"]["praktijk"] == 2


def test_facets_of_a_kind_narrow_to_it(client: Client, library: str) -> None:
    response = client.get(library, {"thema": "polarisatie", "gemeente": "44021"})
    assert found(response) == [("praktijk", "Polarisatie op school bespreken")]
    assert [chip.label for chip in response.context["listing"].chips] == ["Polarisatie", "Gent"]


def test_text_of_a_page_and_other_names_of_a_term_are_found(client: Client, library: str) -> None:
    assert ("pagina", "Waarom dit platform") in found(client.get(library, {"q": "deradicalisering projecten"}))
    assert ("begrip", "Polarisatie") in found(client.get(library, {"q": "wij-zij-denken", "literal": "1"}))


def test_the_list_of_practices_holds_practices_only(client: Client, library: str, tree: Tree) -> None:
    response = client.get(tree.index.url, {"q": "polarisatie"})
    assert {kind for kind, _title in found(response)} == {"praktijk"}
    assert "soort" not in facets(response)
    assert 'class="kind"' not in response.content.decode()


def test_htmx_gets_the_list_alone_and_the_count_to_say(client: Client, library: str) -> None:
    response = client.get(library, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert f'data-status="{response.context["listing"].count}"' in html
    assert "HX-Request" in response.headers["Vary"]


def test_only_the_bare_page_is_for_search_engines(client: Client, library: str) -> None:
    for query in ({"q": "polarisatie"}, {"soort": "begrip"}, {"van": "2020-01-01"}):
        assert "noindex" in client.get(library, query).content.decode(), query
    assert "noindex" not in client.get(library).content.decode()


def test_without_an_index_every_kind_still_answers(client: Client, library: str, settings, tmp_path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "gone"
    response = client.get(library, {"q": "polarisatie"})
    assert response.context["listing"].degraded
    assert set(found(response)) == {
        ("praktijk", "Polarisatie op school bespreken"),
        ("praktijk", "Dialoogtafels"),
        ("begrip", "Polarisatie"),
    }


def test_every_role_may_search(cast: Cast, library: str) -> None:
    for role in ("anonymous", "practitioner", "editor", "moderator", "admin"):
        assert len(found(cast.client(role).get(library, {"q": "polarisatie"}))) == 4


def test_a_page_is_like_others_of_every_kind(client: Client, library: str) -> None:
    words = "Moedergroepen bespreken opvoeding, zonen en zorgen over sociale media."
    make_concept("opvoeding", slug="opvoeding", definition=words)
    practice = make_practice(title="Moedergroepen", summary=words)
    reindex()
    response = client.get("/begrippen/opvoeding/")
    assert [found.result.title for found in response.context["alike"]] == ["Moedergroepen"]
    assert practice.url in response.content.decode()


def test_two_kinds_cannot_share_a_name() -> None:
    kind = all_kinds()[0]
    with pytest.raises(Exception, match=kind.slug):
        register(kind)
    assert isinstance(kind, ResultKind)
    assert KIND.words is not None
