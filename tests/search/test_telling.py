"""What a document says in which words: written down when it is indexed, read when somebody looks at it."""

import math

import pytest

from search.concordance import written
from search.engines.telling import said, weights
from search.highlight import joined
from search.language import Analyzer, Lexicon


def told(title: str, summary: str, body: str, keywords: str) -> dict[str, float]:
    text = joined(title, summary, body, keywords)
    known = written(text, Analyzer(Lexicon()))
    return {term: weight for weight, terms in said(known, weights(text, known)) for term in terms}


def test_a_title_and_a_term_say_more_than_the_body() -> None:
    found = told("sport", "", "sport buurt muziek muziek", "buurt")

    assert found == {
        "sport": pytest.approx(1 + math.log(2 + 3), abs=0.001),
        "buurt": pytest.approx(1 + math.log(2 + 2), abs=0.001),
        "muziek": pytest.approx(1 + math.log(2), abs=0.001),
    }


def test_the_most_telling_come_first() -> None:
    found = told("sport", "", "buurt muziek muziek", "")

    assert list(found) == ["sport", "muziek", "buurt"]


@pytest.mark.parametrize("text", ["2024 12 ab", "de het een", "", "!"])
def test_numbers_short_words_and_stop_words_say_nothing(text: str) -> None:
    assert told(text, "", text, "") == {}
