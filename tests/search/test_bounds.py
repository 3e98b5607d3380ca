"""What one document can cost a search, however long it is and however much is asked."""

import random
import string

import pytest

from search import highlight
from search.highlight import ATTACHED_SCANNED, ATTACHED_WINDOW, MAXIMUM_MATCHES, SCANNED, SNIPPET, Highlighter
from search.language import Analyzer
from search.language.lexicon import Lexicon
from search.plan import Plan, Word

MEGABYTES = 5_000_000
TERMS = 100


@pytest.fixture
def words() -> list[str]:
    letters = random.Random(3)
    return ["".join(letters.choices(string.ascii_lowercase, k=9)) for _ in range(TERMS)]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Characters that are looked at, and words that are judged."""
    done = {"characters": 0, "words": 0}
    fold, judge = highlight.fold, Highlighter._matching_term

    def folding(text: str) -> str:
        done["characters"] += len(text)
        return fold(text)

    def judging(self: Highlighter, word: str) -> str | None:
        done["words"] += 1
        return judge(self, word)

    monkeypatch.setattr(highlight, "fold", folding)
    monkeypatch.setattr(Highlighter, "_matching_term", judging)
    return done


def highlighter(words: list[str]) -> Highlighter:
    return Highlighter(Plan(words=tuple(Word(word, word) for word in words)), Analyzer(Lexicon()))


def test_of_a_document_of_five_megabytes_and_a_hundred_terms_a_bounded_part_is_looked_at(
    words: list[str], work: dict[str, int]
) -> None:
    body = " ".join(words) * (MEGABYTES // (10 * TERMS))
    assert len(body) > 0.95 * MEGABYTES

    html = highlighter(words).snippet("", body)

    assert "<mark>" in html
    assert len(html) < SNIPPET * 15  # every word marked
    assert work["characters"] <= SCANNED
    assert work["words"] <= 2 * SCANNED / 9


def test_no_more_matches_are_weighed_than_a_passage_needs(words: list[str]) -> None:
    assert len(highlighter(words)._matches(" ".join(words * 100))) == MAXIMUM_MATCHES


def test_over_all_attachments_of_a_page_of_results_a_bounded_part_is_looked_at(
    words: list[str], work: dict[str, int]
) -> None:
    marking = highlighter(words)
    attachments = [("Bijlage", " ".join(words) * (MEGABYTES // (10 * TERMS)))]

    for _hit in range(20):
        marking.attachment(attachments)

    assert work["characters"] <= ATTACHED_SCANNED + 20 * ATTACHED_WINDOW
