"""What every engine must do."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.base import SearchEngine
from search.query import SearchRequest, Within
from tests.search.conftest import FACETS, PUBLIC, Find, document, keys

LIBRARY = [
    document("1", "Werken met moskeeën", "De gemeente overlegt met de moskee en met jeugdwerkers.",
             facets={"level": ("primary",), "theme": ("religion",)}, published=date(2024, 5, 1), evidence_rank=1),
    document("2", "Jeugd en preventie", "Werkers van het jeugdhuis en de school; jeugd centraal.",
             facets={"level": ("primary", "secondary"), "theme": ("youth",)}, published=date(2025, 5, 1)),
    document("3", "Begeleiding na detentie", "Een ambtenaar begeleidt wie terugkeert; deradicalisering op maat.",
             facets={"level": ("tertiary",), "theme": ("exit",)}, published=date(2023, 5, 1), evidence_rank=4),
    document("4", "De deradicaliseringsambtenaar", "Profiel en taken van de functie in het lokaal bestuur.",
             facets={"level": ("tertiary",), "theme": ("youth",)}, published=date(2022, 5, 1), evidence_rank=2),
]  # fmt: skip


@pytest.fixture(autouse=True)
def library(engine: SearchEngine) -> None:
    assert engine.rebuild(LIBRARY) == len(LIBRARY)


def test_inflected_words_find_each_other(find: Find) -> None:
    assert keys(find("q=moskee")) == ["1"]
    assert keys(find("q=MOSKEEEN")) == ["1"]


def test_a_word_finds_the_compounds_it_is_part_of_and_the_reverse(find: Find) -> None:
    assert set(keys(find("q=ambtenaar"))) == {"3", "4"}
    assert keys(find("q=deradicaliseringsambtenaar"))[0] == "4"
    assert set(keys(find("q=deradicaliseringsambtenaar"))) == {"3", "4"}


def test_words_written_apart_find_the_compound(find: Find) -> None:
    assert keys(find("q=deradicalisering+ambtenaar"))[0] in {"3", "4"}
    assert "1" in keys(find("q=jeugd+werkers"))


def test_words_written_apart_find_a_compound_that_cannot_be_split(engine: SearchEngine, find: Find) -> None:
    engine.index([document("9", "De wijkagent"), document("10", "Het verbindingsteam")])
    for query, key in (("q=wijk+agent", "9"), ("q=wijk-agent", "9"), ("q=verbinding+team", "10")):
        results = find(query)
        assert (keys(results), results.suggestion) == ([key], None)


def test_any_word_may_match_and_more_is_better(find: Find) -> None:
    assert keys(find("q=detentie+school+jeugd"))[0] == "2"
    assert set(keys(find("q=detentie+school"))) == {"2", "3"}


def test_phrases_must_match_literally(find: Find) -> None:
    assert keys(find('q="lokaal+bestuur"')) == ["4"]
    assert keys(find('q="bestuur+lokaal"')) == []
    assert keys(find('q="lokaal"+detentie')) == ["4"]
    assert keys(find('q="van+de+functie"')) == ["4"]
    assert keys(find('q="detentie+een"')) == []  # the end of the title and the beginning of the text


def test_minus_excludes(find: Find) -> None:
    assert keys(find("q=ambtenaar+-functie")) == ["3"]
    assert len(keys(find("q=-functie"))) == 3


def test_the_last_word_may_be_unfinished(find: Find) -> None:
    results = find("q=deten")
    assert keys(results) == ["3"]
    assert results.suggestion is None
    assert "<mark>detentie</mark>" in results.hits[0].title_html


def test_stop_words_alone_still_find(find: Find) -> None:
    assert set(keys(find("q=van+de"))) == {"1", "2", "4"}


@pytest.mark.parametrize("query", ["", "q=", "q=!!!", "q=%22%22"])
def test_no_words_match_everything_best_founded_first(find: Find, query: str) -> None:
    assert keys(find(query)) == ["3", "4", "1", "2"]


def test_orders(find: Find) -> None:
    assert keys(find("sort=newest")) == ["2", "1", "3", "4"]
    assert keys(find("sort=evidence")) == ["3", "4", "1", "2"]
    assert keys(find("q=ambtenaar&sort=newest")) == ["3", "4"]


def test_evidence_and_freshness_break_ties_only(engine: SearchEngine, find: Find) -> None:
    engine.index([
        document("5", "Wijkfeest", evidence_rank=0),
        document("6", "Wijkfeest", evidence_rank=3),
        document("7", "Wijkfeest", evidence_rank=3, updated=date(2025, 1, 1)),
    ])  # fmt: skip
    assert keys(find("q=wijkfeest")) == ["7", "6", "5"]


def test_a_title_counts_by_what_it_adds(engine: SearchEngine, find: Find) -> None:
    engine.rebuild([
        document("1", "Wet op de sport", "Sport en spel, meer sport, en de regels van sport."),
        document("2", "Wet op de sport", "Sport en de subsidie, nog eens de subsidie, ook de subsidie."),
        document("3", "Subsidie vragen", "Over sport en over de vraag wie de subsidie geeft."),
        document("4", "Wet op de sport", "Over sport en over de subsidie."),
    ])  # fmt: skip
    # "Sport" is in nearly every title: that a title says it, tells little; "subsidie" is in one.
    assert keys(find("q=sport"))[0] == "1"
    assert keys(find("q=subsidie+sport"))[0] == "3"


def test_facets_or_within_and_across(find: Find) -> None:
    assert set(keys(find("level=primary&level=tertiary"))) == {"1", "2", "3", "4"}
    assert keys(find("level=tertiary&theme=youth")) == ["4"]
    assert keys(find("level=unknown")) == []


def test_a_facets_own_selection_does_not_narrow_its_counts(find: Find) -> None:
    results = find("level=tertiary")
    assert results.total == 2
    assert results.facets["level"] == {"primary": 2, "secondary": 1, "tertiary": 2}
    assert results.facets["theme"] == {"exit": 1, "youth": 1}
    both = find("level=tertiary&theme=youth")
    assert both.facets["level"] == {"primary": 1, "secondary": 1, "tertiary": 1}
    assert both.facets["theme"] == {"exit": 1, "youth": 1}


def test_counts_follow_the_text(find: Find) -> None:
    assert find("q=ambtenaar").facets["level"] == {"tertiary": 2}


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("van=2024-05-01", {"1", "2"}),
        ("tot=2023-05-01", {"3", "4"}),
        ("van=2023-05-01&tot=2024-04-30", {"3"}),
        ("van=2030-01-01", set()),
        ("tot=9999-12-31", {"1", "2", "3", "4"}),
        ("van=2024-05-02&level=primary", {"2"}),
    ],
)
def test_days_narrow_hits_and_counts(engine: SearchEngine, find: Find, days: str, found: set[str]) -> None:
    engine.index([document("5", "Zonder datum", facets={"level": ("primary",)})])
    results = find(days)
    assert set(keys(results)) == found
    assert sum(results.facets["theme"].values()) == len(found)


def test_the_day_of_updating_counts_before_that_of_publishing(engine: SearchEngine, find: Find) -> None:
    engine.index([document("5", "Vernieuwd", published=date(2020, 1, 1), updated=date(2026, 1, 1))])
    assert keys(find("van=2026-01-01")) == ["5"]
    assert "5" not in keys(find("tot=2025-12-31"))


def test_pages(find: Find) -> None:
    first = find("", page_size=3)
    assert (len(first.hits), first.total, first.pages) == (3, 4, 2)
    second = find("page=2", page_size=3)
    assert len(second.hits) == 1
    assert {*keys(first), *keys(second)} == {"1", "2", "3", "4"}
    beyond = find("page=400", page_size=3)
    assert (beyond.page, keys(beyond)) == (2, keys(second))


def test_kinds_narrow_the_search(find: Find) -> None:
    assert find("", kinds=("note",)).total == 4
    assert find("", kinds=("other",)).total == 0


def test_a_mistyped_word_is_corrected_unless_literal(find: Find) -> None:
    results = find("q=begeleidng")
    assert results.suggestion == "begeleiding"
    assert keys(results) == ["3"]
    literal = find("q=begeleidng&literal=1")
    assert (literal.suggestion, literal.total) == (None, 0)


def test_a_known_word_is_left_alone(find: Find) -> None:
    assert find("q=scholen+jeugdwerkers").suggestion is None
    assert find('q="begeleidng"').suggestion is None


def test_marks_the_words_in_the_original_text_and_escapes_the_rest(engine: SearchEngine, find: Find) -> None:
    engine.index([document("9", "Moskeeën & <b>co</b>", "Zie <script>alert(1)</script> de moskee's in Café.")])
    hit = next(hit for hit in find("q=moskee+cafe").hits if hit.id == "note:9")
    assert hit.title_html == "<mark>Moskeeën</mark> &amp; &lt;b&gt;co&lt;/b&gt;"
    assert "<script>" not in hit.snippet_html
    assert "<mark>moskee&#x27;s</mark>" in hit.snippet_html
    assert "<mark>Café</mark>" in hit.snippet_html


def test_snippet_shows_the_passage_that_matches(engine: SearchEngine, find: Find) -> None:
    body = "Inleiding zonder belang. " * 60 + "Hier staat het kernwoord over buurtbemiddeling. " + "Slot. " * 60
    engine.index([document("9", "Lang stuk", body, summary="Een samenvatting.")])
    snippet = find("q=kernwoord+buurtbemiddeling").hits[0].snippet_html
    assert "<mark>kernwoord</mark>" in snippet
    assert "<mark>buurtbemiddeling</mark>" in snippet
    assert len(snippet) < 220 + 60
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert find("q=lang").hits[0].snippet_html == "Een samenvatting."


def test_indexing_again_replaces_and_deleting_is_idempotent(engine: SearchEngine, find: Find) -> None:
    engine.index([document("1", "Iets anders")])
    assert find("q=moskee&literal=1").total == 0
    assert find("").total == 4
    engine.delete(["note:1", "note:absent"])
    engine.delete(["note:1"])
    assert find("").total == 3


def test_new_words_are_known_without_a_rebuild(engine: SearchEngine, find: Find) -> None:
    engine.index([document("9", "Weerbaarheid op school")])
    assert find("q=weerbarheid").suggestion == "weerbaarheid"


def test_ids_carry_fingerprints(engine: SearchEngine) -> None:
    assert dict(engine.ids()) == {found.id: found.fingerprint() for found in LIBRARY}


def test_reset_empties(engine: SearchEngine, find: Find) -> None:
    engine.reset()
    assert find("").total == 0
    assert find("q=moskee").total == 0
    assert engine.status().documents == 0


@given(text=st.text(max_size=80), value=st.text(max_size=20))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(engine: SearchEngine, text: str, value: str) -> None:
    params = QueryDict(mutable=True)
    params["q"], params["level"] = text, value
    engine.search(SearchRequest.from_params(params, audiences=PUBLIC, facets=FACETS))
    engine.search(SearchRequest(text=text, audiences=PUBLIC, filters={"level": (value,)}, facets=FACETS))


def test_only_what_was_found_elsewhere(engine: SearchEngine) -> None:
    within = Within(frozenset({"note:2", "note:4", "note:99"}), (("free", "1"),))
    asked = SearchRequest(audiences=PUBLIC, facets=FACETS, within=within)
    results = engine.search(asked)

    assert (set(keys(results)), results.total) == ({"2", "4"}, 2)
    assert results.facets["level"] == {"primary": 1, "secondary": 1, "tertiary": 1}
    assert asked.with_page(2).url == "?page=2&free=1"
    assert asked.without_filters().within is None
    nothing = engine.search(SearchRequest(audiences=PUBLIC, facets=FACETS, within=Within(frozenset())))
    assert (nothing.total, dict(nothing.facets["level"])) == (0, {})


def test_what_takes_place_can_stand_in_the_order_of_time(engine: SearchEngine, find: Find) -> None:
    moments = {"21": datetime(2026, 12, 3, 9, tzinfo=UTC), "22": datetime(2026, 12, 3, 8, tzinfo=UTC)}
    engine.rebuild([document(key, "Vorming", happens=moment) for key, moment in moments.items()])

    assert keys(find("sort=soonest")) == ["22", "21"]
    assert keys(find("sort=latest")) == ["21", "22"]
