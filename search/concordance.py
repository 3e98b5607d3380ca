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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from string import ascii_lowercase

from search.language import Analyzer, fold
from search.language.text import WORD

_OWN = "~"  # before a word that is no term
_ENDING = 4  # letters that most inflections add to a stem, at most
_SHORTEST = 3  # letters of a beginning
_LETTERS = f"{ascii_lowercase}{{"  # and what comes after them
_DIGITS = 7  # of each entry of the directory: where the lines of a letter begin
_DIRECTORY = _DIGITS * len(_LETTERS)
_TERM = re.compile(r"\n([^ ]+) ")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Terms, by which words are found whole, as stem or as part; and the beginning of a word, if any."""

    terms: tuple[str, ...]
    beginning: str | None = None


def written(text: str, analyzer: Analyzer) -> str:
    """The concordance of a text; stop words are left out, as they are of the index."""
    places: dict[str, list[str]] = {}
    for found in WORD.finditer(fold(text)):
        terms = analyzer.indexed_as(found[1]).split()
        if not terms:
            continue
        start = str(found.start())
        for term in terms if _begins(found[1], terms[0]) else (*terms, _OWN + found[1]):
            places.setdefault(term, []).append(start)
    rows = sorted(f"\n{term} {','.join(starts)}" for term, starts in places.items())
    begins = list(accumulate(map(len, rows), initial=_DIRECTORY))
    directory = "".join([f"{begins[bisect_left(rows, letter, key=_first)]:0{_DIGITS}d}" for letter in _LETTERS])
    return f"{directory}{''.join(rows)}\n"


def _first(row: str) -> str:
    return row[1]


def terms(concordance: str) -> list[str]:
    """The terms in the order of their lines, and the words with a line of their own."""
    return _TERM.findall(concordance)


def lines(concordance: str) -> list[str]:
    """As they stand there."""
    return concordance[_DIRECTORY + 1 : -1].split("\n") if len(concordance) > _DIRECTORY + 1 else []


def _section(concordance: str, letter: str) -> tuple[int, int]:
    """Between which offsets the lines stand that begin so."""
    place = ord(letter) - ord("a")
    if place < 0:
        return _DIRECTORY, _begin(concordance, 0)
    if place >= len(ascii_lowercase):
        return _begin(concordance, len(ascii_lowercase)), len(concordance)
    return _begin(concordance, place), _begin(concordance, place + 1)


def _begin(concordance: str, entry: int) -> int:
    return int(concordance[entry * _DIGITS : (entry + 1) * _DIGITS])


def _begins(word: str, stem: str) -> bool:
    """Is every beginning of the word also found by its stem?"""
    return len(word) <= len(stem) + _ENDING and word.startswith(stem)


def has_all(concordance: str, terms: Iterable[str]) -> bool:
    """Does every one of the terms occur?"""
    return all(_line(concordance, term) for term in terms)


def _line(concordance: str, term: str) -> str:
    """Where a term stands, as it is written; empty for one that does not occur."""
    place = concordance.find(f"\n{term} ", *_section(concordance, term[0])) if term else -1
    return concordance[place + len(term) + 2 : concordance.index("\n", place + 1)] if place >= 0 else ""


def places(concordance: str, text: str, wanted: Wanted) -> dict[int, str]:
    """Where the words stand that are looked for, each with the term it matches: the first of those it does."""
    found: dict[int, str] = {}
    if wanted.beginning:
        found = dict.fromkeys(_begun(concordance, text, wanted.beginning), wanted.beginning)
    for term in reversed(wanted.terms):
        if starts := _line(concordance, term):
            found.update(dict.fromkeys(map(int, starts.split(",")), term))
    return found


def _begun(concordance: str, text: str, beginning: str) -> Iterator[int]:
    """Where words stand that begin so, whether the beginning is shorter than their stem or not."""
    certain = beginning[: max(_SHORTEST, len(beginning) - _ENDING)]
    for sought in (f"\n{certain}", f"\n{_OWN}{beginning}"):
        section = _section(concordance, sought[1])
        place = concordance.find(sought, *section)
        while place >= 0:
            space = concordance.index(" ", place)
            end = concordance.index("\n", space)
            term = concordance[place + 1 : space].removeprefix(_OWN)
            if term.startswith(beginning) or beginning.startswith(term):
                for start in map(int, concordance[space + 1 : end].split(",")):
                    if fold(text[start : start + len(beginning)]) == beginning:
                        yield start
            place = concordance.find(sought, end, section[1])
