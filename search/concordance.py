"""Where the words of a text stand, written down when it is indexed.

Who marks what a search found looks the terms up here, and need not fold, stem or split a word while a reader waits.
Every term has a line, with where the words begin that are indexed as it, in characters from the beginning of the text:

    jeugd 12,407
    werker 12,35

The lines are in alphabetical order. Before them stands where those of each letter begin, so that a look-up goes through
a twentieth of the text. A word of which the beginning may not be found by its stem has a line of its own besides, among
the last ones: ~opgeloste 88.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from string import ascii_lowercase

from search.language import Analyzer, fold
from search.language.text import WORD

_OWN = "~"  # before a word that is no term
_ENDING = 4  # letters that most inflections add to a stem, at most
_SHORTEST = 3  # letters of a beginning
_DIGITS = 7  # of each entry of the directory: where the lines of a letter begin
_BEGINS = ("", *ascii_lowercase, "{")  # what comes before a, the letters, what comes after z
_DIRECTORY = _DIGITS * (len(_BEGINS) + 1)  # the last entry says where all of it ends
_TERM = re.compile(r"\n([^ ]+) ")


class Wanted:
    """Terms, by which words are found whole, as stem or as part; and the beginning of a word, if any."""

    __slots__ = ("beginning", "lines", "terms")

    def __init__(self, terms: Sequence[str], beginning: str | None = None) -> None:
        self.terms = frozenset(terms)
        self.lines = tuple(_Line(term) for term in terms)
        self.beginning = beginning


class _Line:
    """What to look for to find the line of a term, in any concordance."""

    __slots__ = ("_entry", "_sought", "term")

    def __init__(self, term: str) -> None:
        self.term = term
        self._entry = _entry(term)
        self._sought = f"\n{term} "

    def starts(self, concordance: str) -> str:
        """Where the term stands, as it is written; empty for one that does not occur."""
        place = concordance.find(self._sought, *_section(concordance, self._entry))
        return concordance[place + len(self._sought) : concordance.index("\n", place + 1)] if place >= 0 else ""


def written(text: str, analyzer: Analyzer) -> str:
    """The concordance of a text; stop words are left out, as they are of the index."""
    starts: dict[str, list[str]] = {}
    for found in WORD.finditer(fold(text)):
        terms = analyzer.indexed_as(found[1]).split()
        if not terms:
            continue
        start = str(found.start())
        for term in terms if _begins(found[1], terms[0]) else (*terms, _OWN + found[1]):
            starts.setdefault(term, []).append(start)
    rows = sorted(f"\n{term} {','.join(places)}" for term, places in starts.items())
    offsets = list(accumulate(map(len, rows), initial=_DIRECTORY))
    begins = [offsets[bisect_left(rows, letter, key=_first)] for letter in _BEGINS]
    directory = "".join([f"{offset:0{_DIGITS}d}" for offset in (*begins, offsets[-1])])
    return f"{directory}{''.join(rows)}\n"


def _first(row: str) -> str:
    return row[1]


def terms(concordance: str) -> list[str]:
    """The terms in the order of their lines, and the words with a line of their own."""
    return _TERM.findall(concordance)


def lines(concordance: str) -> list[str]:
    """As they stand there."""
    return concordance[_DIRECTORY + 1 : -1].split("\n") if len(concordance) > _DIRECTORY + 1 else []


def _entry(term: str) -> int:
    """Where in the directory stands where the lines begin that begin like a term."""
    return _DIGITS * min(max(ord(term[:1] or " ") - ord("a") + 1, 0), len(_BEGINS) - 1)


def _section(concordance: str, entry: int) -> tuple[int, int]:
    """Between which offsets the lines of an entry stand."""
    middle = entry + _DIGITS
    return int(concordance[entry:middle]), int(concordance[middle : middle + _DIGITS])


def _begins(word: str, stem: str) -> bool:
    """Is every beginning of the word also found by its stem?"""
    return len(word) <= len(stem) + _ENDING and word.startswith(stem)


def has_all(concordance: str, wanted: Wanted) -> bool:
    """Does every one of the terms occur?"""
    return all(line.starts(concordance) for line in wanted.lines)


def places(concordance: str, text: str, wanted: Wanted) -> dict[int, str]:
    """Where the words stand that are looked for, each with the term it matches: the first of those it does."""
    found: dict[int, str] = {}
    if wanted.beginning:
        found = dict.fromkeys(_begun(concordance, text, wanted.beginning, wanted.terms), wanted.beginning)
    for line in reversed(wanted.lines):
        if starts := line.starts(concordance):
            found.update(dict.fromkeys(map(int, starts.split(",")), line.term))
    return found


def _begun(concordance: str, text: str, beginning: str, besides: Collection[str]) -> Iterator[int]:
    """Where words stand that begin so, whether the beginning is shorter than their stem or not, besides some terms."""
    certain = beginning[: max(_SHORTEST, len(beginning) - _ENDING)]
    for term, starts in _lines_beginning(concordance, certain):
        if (term.startswith(beginning) or beginning.startswith(term)) and term not in besides:
            for start in map(int, starts.split(",")):
                if fold(text[start : start + len(beginning)]) == beginning:
                    yield start
    for _word, starts in _lines_beginning(concordance, _OWN + beginning):
        yield from map(int, starts.split(","))


def _lines_beginning(concordance: str, beginning: str) -> Iterator[tuple[str, str]]:
    """Terms that begin so, with where they stand as it is written."""
    begin, last = _section(concordance, _entry(beginning))
    place = concordance.find(f"\n{beginning}", begin, last)
    while place >= 0:
        space = concordance.index(" ", place)
        end_of_line = concordance.index("\n", space)
        yield concordance[place + 1 : space], concordance[space + 1 : end_of_line]
        place = concordance.find(f"\n{beginning}", end_of_line, last)
