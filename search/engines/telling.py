"""What a document says in which words: for finding documents like it."""

import math
from itertools import islice

from search.highlight import ends
from search.language.lexicon import MINIMUM_LENGTH

_TITLE, _KEYWORDS = 3, 2  # times more: a title and a term sum a page up
_DECIMALS = 3


def by_weight(text: str, known: str) -> tuple[str, str]:
    """The concordance of texts as `joined` with the most telling terms first, and how many of them weigh how much:
    "2.386:4 1.0:250". A word that stands in the body once weighs 1, more with the logarithm of the times.

    Numbers and short terms say nothing: they come last, and are in no number. Read for every page that shows what is
    like it, so that no more is left to do then than to cut lines.
    """
    title, _summary, body, _keywords = ends(text)
    lines = known.strip("\n").split("\n") if known.strip("\n") else []
    weighed = sorted(((_weight(line, title, body), line) for line in lines), key=_heaviest_first)
    numbers: dict[float, int] = {}
    for weight, _line in weighed:
        if weight:
            numbers[weight] = numbers.get(weight, 0) + 1
    ordered = "\n" + "".join([f"{line}\n" for _weight, line in weighed])
    return ordered, " ".join([f"{weight}:{number}" for weight, number in numbers.items()])


def said(known: str, numbers: str) -> list[tuple[float, list[str]]]:
    """The terms of a concordance as ordered above, by their weight."""
    lines = iter(known.split("\n")[1:])
    found = []
    for run in numbers.split():
        weight, _colon, number = run.partition(":")
        found.append((float(weight), [line[: line.index(" ")] for line in islice(lines, int(number))]))
    return found


def _weight(line: str, title: int, body: int) -> float:
    term, _space, written = line.partition(" ")
    if len(term) < MINIMUM_LENGTH or not term.isalpha():
        return 0.0
    places = [int(start) for start in written.split(",")]
    times = len(places) + (_TITLE if places[0] < title else 0) + (_KEYWORDS if places[-1] > body else 0)
    return round(1 + math.log(times), _DECIMALS)


def _heaviest_first(weighed: tuple[float, str]) -> float:
    return -weighed[0]
