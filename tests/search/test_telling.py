"""What a document says in which words: written down when it is indexed, read when somebody looks at it."""

import math

import pytest

from search.concordance import Wanted, places, written
from search.engines.telling import by_weight, said
from search.highlight import joined
from search.language import Analyzer, Lexicon


def told(title: str, summary: str, body: str, keywords: str) -> dict[str, float]:
    text = joined(title, summary, body, keywords)
    known, numbers = by_weight(text, written(text, Analyzer(Lexicon())))
    return {term: weight for weight, terms in said(known, numbers) for term in terms}


def test_a_title_and_a_term_say_more_than_the_body() -> None:
    weights = told("sport", "", "sport buurt muziek muziek", "buurt")

    assert weights == {
        "sport": pytest.approx(1 + math.log(2 + 3), abs=0.001),
        "buurt": pytest.approx(1 + math.log(2 + 2), abs=0.001),
        "muziek": pytest.approx(1 + math.log(2), abs=0.001),
    }


def test_the_most_telling_come_first() -> None:
    weights = told("sport", "", "buurt muziek muziek", "")

    assert list(weights) == ["sport", "muziek", "buurt"]


@pytest.mark.parametrize("text", ["2024 12 ab", "de het een", "", "!"])
def test_numbers_short_words_and_stop_words_say_nothing(text: str) -> None:
    assert told(text, "", text, "") == {}


def test_whatever_comes_last_is_still_marked() -> None:
    text = joined("In 2024", "", "opgeloste sport", "")
    analyzer = Analyzer(Lexicon())
    known, _numbers = by_weight(text, written(text, analyzer))

    assert sorted(places(known, text, Wanted(("2024",), "opgeloste"))) == [text.index("2024"), text.index("opgeloste")]
