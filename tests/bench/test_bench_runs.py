"""The bench measures what it says, at a tiny size; how long anything takes is not asserted."""

import json
from pathlib import Path

import pytest

from bench.corpus import FACET_NAMES, practices
from bench.engine import measure_engine
from bench.goals import goals
from bench.queries import queries, typed
from bench.report import BEGIN, END, markdown, write
from bench.timing import compare, percentile

CONDITIONS = {"day": "2026-01-02", "processors": 2, "python": "3.11", "load_before": 0.1, "load_after": 0.2}


@pytest.mark.slow
def test_the_engine_is_measured_against_raw_tantivy() -> None:
    found = measure_engine(50, number=8, rounds=1, say=lambda text: None)
    assert found["full"]["p95"] >= found["full"]["p50"] > 0
    assert found["full_over_raw"]["p50"] == pytest.approx(found["full"]["p50"] / found["raw"]["p50"])
    assert found["suggest"]["p95"] > 0
    assert found["documents_per_second"] > 0
    assert found["index_megabytes"] > 0
    assert found["memory"]["searches"] > 0
    text = markdown({"engine": {"50": found}, "conditions": CONDITIONS})
    assert "full search p95" in text
    assert text.count("not measured") == len(goals({}))


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one_with_every_facet_filled() -> None:
    small, large = list(practices(3)), list(practices(5))
    assert large[:3] == small
    assert all(practice.facets[name] for practice in large for name in FACET_NAMES)
    assert len({practice.title for practice in large}) == 5


def test_every_round_asks_other_queries_the_same_in_every_run() -> None:
    first, second = queries(50, 20, seed=1), queries(50, 20, seed=2)
    assert first == queries(50, 20, seed=1)
    assert len(set(first)) == 20
    assert len(set(first) & set(second)) < 10
    assert any(query.filters for query in first)
    assert all(typed(50, 5, seed=1))


def test_the_first_round_warms_up_and_the_others_count() -> None:
    asked: list[int] = []
    times = compare({"it": asked.append}, [[1], [2, 3], [4, 5]])
    assert asked == [1, 2, 3, 4, 5]
    assert times["it"].p95 >= times["it"].p50
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.0


def test_goals_say_what_is_met_and_what_is_missed() -> None:
    engine = {"20000": {"full": {"p95": 9.0}}, "100000": {"full": {"p95": 18.0}}}
    http = {f"{kind}, {time}": {"share": 0.06} for kind in ("search", "practice") for time in ("first", "repeated")}
    quick = {kind: {"share": 0.5} for kind in http}
    sites = {"1000": {"http": quick, "search_queries": 7}, "20000": {"http": http, "search_queries": 6}}
    found = goals({"engine": engine, "sites": sites})
    assert [goal.met for goal in found[:2]] == [False, True]
    assert [goal.met for goal in found[2:7]] == [True, True, True, True, False]
    assert [goal.met for goal in found[7:]] == [True, True, False, False, True]
    assert found[2].text == "search, first, 1,000 pages: at least 1/20 of the constant view's rate"


def test_every_site_has_its_own_tables() -> None:
    site = {
        "delay": {"publish": 300.0, "searchable": 250.0},
        "search_queries": 3,
        "http": {"constant": {"rate": 2000.0}, "search, first": {"rate": 100.0, "p50": 9, "p95": 9, "share": 0.05}},
    }
    text = markdown({"sites": {"1000": site, "20000": site}, "conditions": CONDITIONS})
    assert text.count("| search, first | 100 | 9.00 | 9.00 | 1/20.0 |") == 2
    assert "over HTTP, 1,000 pages" in text
    assert "over HTTP, 20,000 pages" in text


def test_results_replace_the_old_ones_in_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write("new", page)
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"


def test_what_is_found_can_be_written_as_json() -> None:
    json.dumps([query.url for query in queries(50, 3, seed=3)])
