"""The measures are right, the judged set is sound, and the ranking stays as good as it was."""

import json
import math
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from search.quality.metrics import estimate, ndcg, recall, reciprocal_rank
from search.quality.practices import read_practices
from search.quality.rankers import our_engine, sqlite_any_word
from search.quality.report import measure
from search.quality.sets import RelevanceSet, key_of, read_folder
from search.quality.typos import misspell

BASE = Path(settings.BASE_DIR)
FLOOR = 0.84  # nDCG@10 on our queries for tuning; a little under what docs/search-quality.md reports
TYPO_FLOOR = 0.95  # of that, with one slip in every query
GRADES = {"a": 3, "b": 2, "c": 1}


@pytest.fixture(scope="module")
def praktijken() -> RelevanceSet:
    return read_practices(BASE / "site/home/demo", BASE / "tests/relevance/praktijken")


def silent(text: str) -> None:
    """Progress that nobody reads."""


def test_ndcg_by_hand() -> None:
    ideal = 3 + 2 / math.log2(3) + 1 / 2
    assert ndcg(["a", "b", "c"], GRADES) == pytest.approx(1.0)
    assert ndcg(["x", "a", "y", "c"], GRADES) == pytest.approx((3 / math.log2(3) + 1 / math.log2(5)) / ideal)
    assert ndcg([], GRADES) == 0.0
    assert ndcg(["a"], {}) == 0.0
    assert ndcg(["x", "a"], GRADES, depth=1) == 0.0


def test_reciprocal_rank_by_hand() -> None:
    assert reciprocal_rank(["x", "c", "a"], GRADES) == 0.5
    assert reciprocal_rank(["x"], GRADES) == 0.0
    assert reciprocal_rank(["x", "a"], GRADES, depth=1) == 0.0


def test_recall_by_hand() -> None:
    assert recall(["a", "x", "b"], GRADES) == pytest.approx(2 / 3)
    assert recall(["a"], {"a": 0}) == 0.0


def test_an_interval_surrounds_the_mean_and_is_the_same_every_time() -> None:
    found = estimate([0.0, 1.0] * 50)
    assert found.mean == 0.5
    assert found.low == pytest.approx(0.4, abs=0.02)  # 1.96 · 0.5 / √100 is 0.098
    assert found.high == pytest.approx(0.6, abs=0.02)
    assert found == estimate([0.0, 1.0] * 50)
    assert (estimate([0.7]).low, estimate([0.7]).high) == (0.7, 0.7)


def test_a_typo_is_one_slip_and_always_the_same() -> None:
    text = "omgaan met polarisatie op school"
    assert misspell(text) == misspell(text) != text
    assert abs(len(misspell(text)) - len(text)) <= 1
    assert misspell("op de 12") == "op de 12"


def test_every_judgement_is_about_a_practice_that_exists(praktijken: RelevanceSet) -> None:
    slugs = {key_of(document.id) for document in praktijken.documents()}
    assert len(praktijken.queries) >= 120
    assert {slug for query in praktijken.queries for slug in query.grades} <= slugs
    assert {grade for query in praktijken.queries for grade in query.grades.values()} == {1, 2, 3}
    held_out = len(praktijken.part(held_out=True).queries)
    assert 0.25 < held_out / len(praktijken.queries) < 0.4


def test_the_ranking_stays_good_and_beats_plain_bm25(praktijken: RelevanceSet) -> None:
    queries = praktijken.part(held_out=False).queries
    scores, mistyped = {}, {}
    for ranker in (our_engine, sqlite_any_word):
        with ranker(praktijken, silent) as rank:
            scores[ranker] = measure("", queries, rank, typos=False, progress=silent).ndcg
            mistyped[ranker] = measure("", queries, rank, typos=True, progress=silent).ndcg
    assert scores[our_engine] >= FLOOR
    assert scores[our_engine] >= scores[sqlite_any_word] + 0.15
    assert mistyped[our_engine] >= TYPO_FLOOR * scores[our_engine]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one query."""
    documents = [{"_id": "1", "title": "Brug", "text": "Een brug"}, {"_id": "2", "text": "De gemeenteraad vergadert"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)))
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "raad"}\n{"_id": "unjudged", "text": "weg"}')
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\t2\t1\n")
    return tmp_path


def test_a_folder_is_read(folder: Path) -> None:
    judged = read_folder(folder)
    assert [query.id for query in judged.queries] == ["q"]
    assert [document.title for document in judged.documents()] == ["Brug", ""]


def test_the_command_compares(folder: Path) -> None:
    out = StringIO()
    call_command("search_quality", str(folder), "--baselines", "--typos", "--worst=1", stdout=out)
    lines = out.getvalue().splitlines()
    rows = [line for line in lines if "[" in line]
    assert [row.split("  ")[0] for row in rows] == [
        "ours",
        "ours, one typo each",
        "SQLite FTS5, any word",
        "ours, without compounds",
    ]


@pytest.mark.parametrize(
    "arguments", [["nowhere"], ["praktijken", "--weight=NONSENSE=1"], ["praktijken", "--weight=PART_WEIGHT=much"]]
)
def test_the_command_refuses_nonsense(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("search_quality", *arguments, stdout=StringIO())


def test_a_weight_can_be_tried(folder: Path) -> None:
    out = StringIO()
    call_command("search_quality", str(folder), "--weight=WORD_WEIGHT=2", "--limit=1", stdout=out)
    assert "1 queries" in out.getvalue()
