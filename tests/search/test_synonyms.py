"""Phrases that mean the same, at query time."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import synonyms
from search.api import search
from search.engines.base import SearchEngine
from search.query import SearchRequest
from search.synonyms import Beside, Synonyms
from search.syntax import parse
from tests.search.conftest import MEMBERS, PUBLIC, Find, document, keys

GROUPS = (
    ("Lokale integrale veiligheidscel inzake radicalisme", "lokale integrale veiligheidscel", "LIVC-R", "LIVC"),
    ("foreign terrorist fighters", "Syriëstrijders", "FTF"),
    ("openbaar ministerie", "OM", "parket"),
    ("jeugdwerker", "jeugdwerkers"),
)
LIBRARY = [
    document("cell", "Samenwerken", "In de lokale integrale veiligheidscel overlegt men."),
    document("short", "Overleg", "De LIVC-R komt samen."),
    document("closed", "LIVCR in één woord"),
    document("return", "Terugkeer", "Begeleiding van foreign terrorist fighters en hun gezin."),
    document("syria", "De Syriëstrijder", "Hoe het verder ging."),
    document("law", "Rechtbank", "Het parket beslist om door te gaan."),
    document("secret", "Voor leden", "De FTF van nummer zeven.", audiences=frozenset({"practitioners"})),
]


@pytest.fixture
def ask(engine: SearchEngine, find: Find):
    engine.rebuild(LIBRARY)
    table = Synonyms.of(GROUPS)

    def asked(text: str, audiences=PUBLIC, literal: bool = False):
        return engine.search(SearchRequest(text=text, audiences=audiences, synonyms=table, literal=literal))

    return asked


@pytest.mark.parametrize(
    "query",
    ["LIVC-R", "livc r", "LIVCR", "livc‑r", "lokale integrale veiligheidscel", "Lokale Integrale Veiligheidscellen"],
)
def test_an_abbreviation_and_its_words_find_each_other(ask, query: str) -> None:
    assert {"cell", "short", "closed"} <= set(keys(ask(query)))


def test_several_words_stand_for_one_and_the_reverse(ask) -> None:
    assert set(keys(ask("FTF"))) == {"return", "syria"}
    assert set(keys(ask("foreign terrorist fighter"))) == {"return", "syria"}
    assert set(keys(ask("begeleiding van syriestrijders"))) == {"return", "syria"}


def test_what_was_typed_comes_before_what_means_the_same(ask) -> None:
    assert keys(ask("syriëstrijders"))[0] == "syria"
    assert keys(ask("foreign terrorist fighters"))[0] == "return"


def test_what_means_the_same_is_marked_as_a_whole(ask) -> None:
    snippets = {hit.id: f"{hit.title_html} {hit.snippet_html}" for hit in ask("FTF").hits}
    assert "<mark>foreign terrorist fighters</mark>" in snippets["note:return"]
    assert "<mark>Syriëstrijder</mark>" in snippets["note:syria"]


def test_the_words_of_a_phrase_alone_are_not_marked(ask, engine: SearchEngine) -> None:
    engine.index([document("10", "Parket", "Het parket en de FTF; een foreign visitor.")])
    hit = next(hit for hit in ask("syriëstrijders").hits if hit.id == "note:10")
    assert "<mark>foreign" not in hit.snippet_html
    assert "<mark>FTF</mark>" in hit.snippet_html


def test_a_word_that_the_vocabulary_knows_is_not_corrected(ask) -> None:
    results = ask("FTF")
    assert results.suggestion is None
    assert keys(ask("FTF", literal=True)) == keys(results)


def test_a_stop_word_is_an_abbreviation_only_in_capitals(ask) -> None:
    assert "law" in keys(ask("aangifte bij het OM"))
    assert Synonyms.of(GROUPS).expansions(parse("hoe ga ik om met").words, "hoe ga ik om met") == ()


def test_an_abbreviation_that_is_a_stop_word_never_finds_the_stop_word(ask) -> None:
    assert keys(ask("openbaar ministerie")) == ["law"]  # by "parket", not by every "om"
    assert all(("om",) not in others for others in Synonyms.of(GROUPS).by_key.values())


def test_another_inflection_is_no_synonym() -> None:
    assert ("jeugdwerker",) not in Synonyms.of(GROUPS).by_key


def beside(engine: SearchEngine, text: str, audiences=PUBLIC):
    table = Synonyms.of([("complotdenken", "complottheorie"), Beside(("complotdenken", "FTF"), ("mediawijsheid",))])
    return engine.search(SearchRequest(text=text, audiences=audiences, synonyms=table))


def test_a_term_that_no_text_says_is_found_by_the_terms_beside_it(engine: SearchEngine) -> None:
    engine.rebuild([
        document("media", "Mediawijsheid op school"),
        document("other", "Iets anders"),
        document("secret", "Mediawijsheid", audiences=frozenset({"practitioners"})),
    ])  # fmt: skip
    results = beside(engine, "complotdenken")
    assert (keys(results), results.suggestion) == (["media"], None)
    assert "<mark>Mediawijsheid</mark>" in results.hits[0].title_html
    assert set(keys(beside(engine, "FTF", MEMBERS))) == {"media", "secret"}


def test_the_terms_beside_a_usual_one_lift_but_find_nothing(engine: SearchEngine) -> None:
    both = document("both", "Vorming", "Over complotdenken, en over mediawijsheid.")
    usual = [document(str(number), "Vorming", "Over complotdenken, en over nog wat.") for number in range(6)]
    engine.rebuild([*usual, both, document("media", "Mediawijsheid op school")])
    found = keys(beside(engine, "complotdenken"))
    assert found[0] == "both"
    assert "media" not in found


def test_a_quoted_phrase_and_a_minus_mean_what_they_say(ask) -> None:
    assert keys(ask('"FTF"')) == []
    assert "return" in keys(ask("begeleiding -FTF"))


def test_only_those_who_may_see_it_find_it_by_a_synonym(ask) -> None:
    assert "secret" not in keys(ask("Syriëstrijders"))
    assert "secret" in keys(ask("Syriëstrijders", audiences=MEMBERS))


def test_a_change_works_at_once(engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    groups: list[tuple[str, ...]] = []
    monkeypatch.setattr(synonyms, "_loaders", [lambda: iter(groups)])
    engine.rebuild(LIBRARY)
    request = SearchRequest.from_params(QueryDict("q=jihadganger&literal=1"), audiences=PUBLIC)
    assert keys(search(request)) == []
    groups.append(("jihadganger", "Syriëstrijder"))
    assert keys(search(request)) == ["syria"]
    groups.clear()
    assert keys(search(request)) == []


@given(
    groups=st.lists(st.lists(st.text(max_size=20), max_size=4).map(tuple), max_size=4).map(tuple),
    text=st.text(max_size=40),
)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_vocabulary_will_do(engine: SearchEngine, groups, text: str) -> None:
    texts = [text, *(phrase for group in groups for phrase in group)]
    for query in texts:
        engine.search(SearchRequest(text=query, audiences=PUBLIC, synonyms=Synonyms.of(groups)))
