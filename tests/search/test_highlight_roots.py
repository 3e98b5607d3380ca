"""A quick look may not lose a match: the roots are in every inflected form."""

import pytest

from search.highlight import _root_pattern
from search.language import fold
from search.language.stems import stem


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
def test_the_quick_look_finds_every_inflection_of_a_stem(word: str) -> None:
    folded = fold(word)
    pattern = _root_pattern([stem(folded)])
    assert pattern is not None
    assert pattern.search(folded), f"{stem(folded)!r} is not looked for in {folded!r}"


def test_the_quick_look_passes_most_other_words_by() -> None:
    pattern = _root_pattern([stem("radicalisering")])
    assert pattern is not None
    assert not pattern.search("jongerenwerk in de gemeente")
