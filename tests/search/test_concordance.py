"""Where words stand: what is written down when a text is indexed, and what is found there."""

import html
import re

import pytest

from search.concordance import Wanted, has_all, lines, places, terms, written
from search.language import Analyzer, Lexicon, fold
from search.language.lexicon import VOCABULARY_COUNT
from search.language.stems import stem
from search.marks import MARK, Marks

TEXT = "De jeugdwerkers van Genk: foto's, Jeugdwerkers' agenda en een Werker. Geïntegreerde foto’s!"


@pytest.fixture
def analyzer() -> Analyzer:
    lexicon = Lexicon()
    lexicon.add(dict.fromkeys(("jeugd", "werker", "werkers", "agenda"), VOCABULARY_COUNT))
    return Analyzer(lexicon)


def found(analyzer: Analyzer, *terms: str, beginning: str | None = None, text: str = TEXT) -> list[str]:
    marked = Marks(text, places(written(text, analyzer), text, Wanted(terms, beginning)), {}).html(0, len(text))
    return re.findall(f"{MARK}(.*?)</mark>", html.unescape(marked))


def test_a_word_is_found_by_its_stem_and_by_its_parts(analyzer: Analyzer) -> None:
    assert found(analyzer, stem("jeugdwerkers")) == ["jeugdwerkers", "Jeugdwerkers"]
    assert found(analyzer, stem("werkers")) == ["jeugdwerkers", "Jeugdwerkers", "Werker"]
    assert found(analyzer, stem("geintegreerd")) == ["Geïntegreerde"]


@pytest.mark.parametrize("number", range(3, 13))
@pytest.mark.parametrize(
    "word", ["jeugdwerkers", "geintegreerd", "polariseringen", "opgeloste", "moskeeen", "kinderen"]
)
def test_a_word_is_found_by_every_beginning(analyzer: Analyzer, word: str, number: int) -> None:
    assert found(analyzer, beginning=word[:number], text=f"Zo {word} zo") == [word]


def test_another_word_that_begins_almost_so_is_not_found(analyzer: Analyzer) -> None:
    assert found(analyzer, beginning="polariserend", text="polarisering polariseerde polariserende") == [
        "polariserende"
    ]


def test_a_genitive_belongs_to_the_word(analyzer: Analyzer) -> None:
    assert found(analyzer, "foto") == ["foto's", "foto’s"]


def test_neither_a_part_of_a_term_nor_a_stop_word_is_found(analyzer: Analyzer) -> None:
    assert found(analyzer, "jeug", "eugd", "de", "een", "van") == []


def test_a_word_with_a_line_of_its_own_is_no_term(analyzer: Analyzer) -> None:
    known = written("opgeloste", analyzer)
    assert has_all(known, Wanted([stem("opgeloste")]))
    assert not has_all(known, Wanted(["opgeloste"]))
    assert lines(known) == [f"{stem('opgeloste')} 0", "~opgeloste 0"]


def test_every_term_with_its_places(analyzer: Analyzer) -> None:
    known = written("Jeugd en agenda, jeugdwerkers in 2024 en de jeugd", analyzer)
    found = dict(line.split(" ") for line in lines(known))
    assert terms(known) == list(found) == sorted(found)
    assert found == {"jeugd": "0,17,44", "agenda": "9", stem("jeugdwerkers"): "17", stem("werkers"): "17", "2024": "33"}


def test_a_word_is_found_once_by_what_was_asked_first(analyzer: Analyzer) -> None:
    matched = places(written(TEXT, analyzer), TEXT, Wanted((stem("werker"), "jeugd"), "jeugd"))
    assert list(matched.values()) == [stem("werker")] * 3


@pytest.mark.parametrize("text", ["", "   ", "!!!", "de het een"])
def test_nothing_is_found_where_nothing_stands(analyzer: Analyzer, text: str) -> None:
    assert found(analyzer, "de", beginning="het", text=text) == []


@pytest.mark.parametrize(
    "word",
    [
        "opgelost",
        "ramen",
        "moskeeën",
        "geïntegreerde",
        "financiële",
        "kinderen",
        "vastgelopen",
        "werkgevers",
        "polarisatie",
        "brieven",
        "geïnd",
        "lezen",
        "optioneel",
    ],
)
def test_every_inflection_is_found_by_its_stem(analyzer: Analyzer, word: str) -> None:
    assert found(analyzer, stem(fold(word)), text=f"Zo {word} zo") == [word]


def test_every_word_is_found_in_the_section_of_its_letter(analyzer: Analyzer) -> None:
    """Digits before the letters, other alphabets after them; and letters that nothing begins with."""
    text = "2024 aap 90ste zebra xylofoon радикал ζωή qat ελλάδα opgeloste mus"
    known = written(text, analyzer)

    assert terms(known) == sorted(terms(known))
    for word in text.split():
        assert has_all(known, Wanted([stem(fold(word))])), word
        assert found(analyzer, beginning=fold(word)[:3], text=text)[:1] == [word]
    for missing in ("", "2025", "aapje", "beer", "zebr", "zzz", "~", "ραδιο", "0"):
        assert not has_all(known, Wanted([missing]))


def test_a_text_without_words_has_a_concordance_without_lines(analyzer: Analyzer) -> None:
    known = written("… de het !", analyzer)

    assert lines(known) == terms(known) == []
    assert not has_all(known, Wanted(["a"]))
    assert places(known, "… de het !", Wanted(("a", "z", "1"), "abc")) == {}
