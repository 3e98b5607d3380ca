"""What one document can cost a search, however long it is and however much is asked."""

import random
import string
from collections.abc import Sequence
from types import ModuleType

import pytest

from search import concordance, highlight
from search.highlight import (
    ATTACHED_SCANNED,
    ATTACHED_WINDOW,
    MAXIMUM_MATCHES,
    SCANNED,
    SNIPPET,
    Highlighter,
    joined,
)
from search.language import Analyzer
from search.language.lexicon import Lexicon
from search.marks import Marks
from search.plan import Plan, Word

MEGABYTES = 5_000_000
TERMS = 100


@pytest.fixture
def words() -> list[str]:
    letters = random.Random(3)
    return ["".join(letters.choices(string.ascii_lowercase, k=9)) for _ in range(TERMS)]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Characters that are looked at while a page of results is marked."""
    done = {"characters": 0}

    def counting(module: ModuleType) -> None:
        original = module.fold

        def folding(text: str) -> str:
            done["characters"] += len(text)
            return str(original(text))

        monkeypatch.setattr(module, "fold", folding)

    counting(highlight)
    counting(concordance)
    return done


def highlighter(words: list[str]) -> Highlighter:
    return Highlighter(Plan(words=tuple(Word(word, word) for word in words)), Analyzer(Lexicon()))


def test_of_a_document_of_five_megabytes_and_a_hundred_terms_a_bounded_part_is_looked_at(
    words: list[str], work: dict[str, int]
) -> None:
    body = " ".join(words) * (MEGABYTES // (10 * TERMS))
    assert len(body) > 0.95 * MEGABYTES

    text = joined("", "", body, "")
    known = concordance.written(text, Analyzer(Lexicon()))
    assert work["characters"] <= SCANNED + 10, "indexing a document does not take as long as it is"
    work["characters"] = 0

    _title, html = highlighter(words).shown(text, known)

    assert "<mark>" in html
    assert len(html) < SNIPPET * 15  # every word marked
    assert work["characters"] == 0, "all that marking wants to know was written down"


def test_no_more_matches_are_weighed_than_a_passage_needs(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    weighed: list[int] = []
    weigh = Marks.best_window

    def weighing(marks: Marks, starts: Sequence[int], length: int) -> tuple[int, int]:
        weighed.append(len(starts))
        return weigh(marks, starts, length)

    monkeypatch.setattr(Marks, "best_window", weighing)
    text = joined("", " ".join(words * 100), "", "")

    highlighter(words).shown(text, concordance.written(text, Analyzer(Lexicon())))

    assert max(weighed) == MAXIMUM_MATCHES


def test_over_all_attachments_of_a_page_of_results_a_bounded_part_is_looked_at(
    words: list[str], work: dict[str, int]
) -> None:
    marking = highlighter(words)
    attachments = [("Bijlage", " ".join(words) * (MEGABYTES // (10 * TERMS)))]

    for _hit in range(20):
        marking.attachment(attachments)

    assert work["characters"] <= ATTACHED_SCANNED + 20 * ATTACHED_WINDOW  # once to choose a window, once to look at it
