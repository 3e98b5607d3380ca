"""The words of a text that match: where most of them stand together, and how they are marked."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import marks as module
from search.concordance import written
from search.highlight import Highlighter, joined
from search.language import Analyzer, Lexicon
from search.marks import Marks
from search.plan import Plan, Word

LENGTH = 100


def marked(text: str, terms: Mapping[int, str], ends: Mapping[int, int] | None = None) -> str:
    return Marks(text, terms, ends or {}).html(0, len(text))


def test_words_are_marked_whole_and_the_rest_is_escaped() -> None:
    text = "<b> foto's & rust"
    assert marked(text, {4: "foto", 13: "rust"}) == "&lt;b&gt; <mark>foto&#x27;s</mark> &amp; <mark>rust</mark>"


def test_of_two_that_overlap_the_first_is_marked() -> None:
    assert marked("lokaal bestuur nu", {0: "lokaal bestuur", 7: "bestuur"}, {0: 14}) == "<mark>lokaal bestuur</mark> nu"


def test_what_is_cut_in_two_is_not_marked() -> None:
    text = "een jeugdwerker"
    assert Marks(text, {4: "jeugdwerker"}, {}).html(0, 9) == "een jeugd"


def test_without_matches_there_is_no_window() -> None:
    assert Marks("niets", {}, {}).best_window([], LENGTH) == (0, 0)


def tried(starts: list[int], words: Mapping[int, str]) -> tuple[int, int]:
    """The best window, found by trying every one."""
    best = (0, 0)
    for first in starts:
        inside = {
            words[start] for start in starts if start == first or first < start <= first + LENGTH - len(words[start])
        }
        if len(inside) > best[0]:
            best = len(inside), first
    return best


@settings(max_examples=300)
@given(st.lists(st.sampled_from(["aap", "noot", "mies", "wim", "en", "schapenwol", "w" * 50]), max_size=80))
def test_the_window_is_the_first_of_those_with_the_most_different_words(drawn: list[str]) -> None:
    text, words = "", {}
    for word in drawn:
        if word != "en":
            words[len(text)] = word
        text += f"{word} "
    starts = sorted(words)

    assert Marks(text, words, {}).best_window(starts, LENGTH) == tried(starts, words)


def test_where_a_word_ends_is_looked_up_only_for_what_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[int] = []
    end = Marks._end
    monkeypatch.setattr(module.Marks, "_end", lambda self, start: (looked_up.append(start), end(self, start))[1])
    text = joined("", "", "jeugd " * 1_000, "")

    _title, html = Highlighter(Plan(words=(Word("jeugd", "jeugd"),)), Analyzer(Lexicon())).shown(
        text, written(text, Analyzer(Lexicon()))
    )

    assert 30 < html.count("<mark>") == len(looked_up) < 45
