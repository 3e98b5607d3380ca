"""Nothing of a closed document shows to a reader outside its audience."""

import pytest

from search.engines.base import SearchEngine
from tests.search.conftest import MEMBERS, Find, document, keys

CLOSED = frozenset({"practitioners"})


@pytest.fixture(autouse=True)
def library(engine: SearchEngine) -> None:
    engine.rebuild([
        document("open", "Overleg met partners", "Een gewoon verslag over de ambtenaar.", facets={"theme": ("open",)}),
        document("closed", "Dossier kwetsuur", "Het zeldzaamwoord en het geheim over partners.", audiences=CLOSED,
                 facets={"theme": ("secret",)}),
    ])  # fmt: skip


def test_members_find_it(find: Find) -> None:
    assert keys(find("q=zeldzaamwoord", MEMBERS)) == ["closed"]
    assert find("q=zeldzaamwort", MEMBERS).suggestion == "zeldzaamwoord"
    assert find("", MEMBERS).facets["theme"] == {"open": 1, "secret": 1}


@pytest.mark.parametrize(
    "query",
    [
        "q=zeldzaamwoord",
        'q="zeldzaamwoord"',
        "q=zeldz",  # the beginning
        "q=zeldzaamwort",  # a slip
        "q=kwetsuur&literal=1",
        "theme=secret",
        "q=zeldzaamwoord&sort=newest&theme=secret",
    ],
)
def test_others_get_no_hit_count_facet_suggestion_or_snippet(find: Find, query: str) -> None:
    results = find(query)
    assert results.total == 0
    assert results.hits == ()
    assert results.suggestion is None
    assert "secret" not in results.facets["theme"]


def test_a_word_that_is_in_both_counts_only_what_is_open(find: Find) -> None:
    results = find("q=partners")
    assert (results.total, results.facets["theme"]) == (1, {"open": 1})
    assert keys(results) == ["open"]


def test_excluding_does_not_widen(find: Find) -> None:
    assert keys(find("q=-niets")) == ["open"]
    assert keys(find("")) == ["open"]


def test_a_hidden_word_behaves_as_one_that_does_not_exist(find: Find) -> None:
    """Nor does splitting a compound betray it: "geheim" is a known word only in the closed document."""
    hidden, absent = find("q=geheimambtenaar"), find("q=qwertyambtenaar")
    assert (hidden.total, hidden.suggestion) == (absent.total, absent.suggestion) == (0, None)
    assert find("q=geheimambtenaar", MEMBERS).total == 2


def test_a_hidden_word_is_corrected_to_an_open_one(engine: SearchEngine, find: Find) -> None:
    engine.index([document("other", "Paal", "De paal is geheid.")])
    assert find("q=geheim").suggestion == "geheid"
    assert find("q=geheim", MEMBERS).suggestion is None


def test_sorting_and_filtering_keep_the_audience(find: Find) -> None:
    for sort in ("newest", "evidence", "relevance"):
        assert keys(find(f"q=partners&theme=secret&theme=open&sort={sort}")) == ["open"]
