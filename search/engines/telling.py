"""What a document says in which words: for finding documents like it."""

import math

from search import concordance
from search.highlight import ends
from search.language.lexicon import MINIMUM_LENGTH

_TITLE, _KEYWORDS = 3, 2  # times more: a title and a term sum a page up
_DECIMALS = 3
_USUAL = 1.0  # what a word weighs that the body says once, as most are


def weights(text: str, known: str) -> str:
    """What the terms of a concordance say about texts as `joined`, by the numbers of their lines: "2.386:0,4 0.0:1".

    A word that stands in the body once weighs 1, and is left out; more with the logarithm of the times. Numbers and
    short terms say nothing. Read for every page that shows what is like it, so that no more is left to do then than to
    pick terms.
    """
    title, _summary, body, _keywords = ends(text)
    numbers: dict[float, list[str]] = {}
    for number, line in enumerate(concordance.lines(known)):
        weight = _weight(line, title, body)
        if weight != _USUAL:
            numbers.setdefault(weight, []).append(str(number))
    return " ".join(f"{weight}:{','.join(numbers[weight])}" for weight in sorted(numbers, reverse=True))


def said(known: str, weights: str) -> list[tuple[float, list[str]]]:
    """The terms of a concordance by their weight, the heaviest first."""
    terms: list[str | None] = [*concordance.terms(known)]
    found = []
    for run in weights.split():
        weight, _colon, written = run.partition(":")
        numbers = [*map(int, written.split(","))]
        found.append((float(weight), [term for number in numbers if (term := terms[number])]))
        for number in numbers:
            terms[number] = None
    found.append((_USUAL, [term for term in terms if term]))
    return [run for run in found if run[0]]


def _weight(line: str, title: int, body: int) -> float:
    term, _space, written = line.partition(" ")
    if len(term) < MINIMUM_LENGTH or not term.isalpha():
        return 0.0
    places = [int(start) for start in written.split(",")]
    times = len(places) + (_TITLE if places[0] < title else 0) + (_KEYWORDS if places[-1] > body else 0)
    return round(1 + math.log(times), _DECIMALS)
