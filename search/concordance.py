"""Where the words of a text stand, written down when it is indexed.

Who marks what a search found looks the terms up here, and need not fold, stem or split a word while a reader waits.
Every term has a line, with where the words begin that are indexed as it, in characters from the beginning of the text:

    jeugd 12,407
    werker 12,35

A word of which the beginning may not be found by its stem has a line of its own besides: ~opgeloste 88.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.language import Analyzer, fold
from search.language.text import WORD

_OWN = "~"  # before a word that is no term
_ENDING = 4  # letters that most inflections add to a stem, at most
_SHORTEST = 3  # letters of a beginning


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
    return "\n" + "".join([f"{term} {','.join(starts)}\n" for term, starts in places.items()])


def _begins(word: str, stem: str) -> bool:
    """Is every beginning of the word also found by its stem?"""
    return len(word) <= len(stem) + _ENDING and word.startswith(stem)


def has_all(concordance: str, terms: Iterable[str]) -> bool:
    """Does every one of the terms occur?"""
    return all(f"\n{term} " in concordance for term in terms)


def places(concordance: str, text: str, wanted: Wanted) -> dict[int, str]:
    """Where the words stand that are looked for, each with the term it matches: the first of those it does."""
    found: dict[int, str] = {}
    if wanted.beginning:
        found = dict.fromkeys(_begun(concordance, text, wanted.beginning), wanted.beginning)
    for term in reversed(wanted.terms):
        place = concordance.find(f"\n{term} ")
        if place >= 0:
            starts = concordance[place + len(term) + 2 : concordance.index("\n", place + 1)]
            found.update(dict.fromkeys(map(int, starts.split(",")), term))
    return found


def _begun(concordance: str, text: str, beginning: str) -> Iterator[int]:
    """Where words stand that begin so, whether the beginning is shorter than their stem or not."""
    certain = beginning[: max(_SHORTEST, len(beginning) - _ENDING)]
    for sought in (f"\n{certain}", f"\n{_OWN}{beginning}"):
        place = concordance.find(sought)
        while place >= 0:
            space = concordance.index(" ", place)
            end = concordance.index("\n", space)
            term = concordance[place + 1 : space].removeprefix(_OWN)
            if term.startswith(beginning) or beginning.startswith(term):
                for start in map(int, concordance[space + 1 : end].split(",")):
                    if fold(text[start : start + len(beginning)]) == beginning:
                        yield start
            place = concordance.find(sought, end)
