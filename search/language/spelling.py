"""Corrections of a mistyped word from the words of the index."""

import math
from collections.abc import Collection, Iterator
from threading import Lock
from typing import NamedTuple

from symspellpy import SymSpell, Verbosity

from search.language.compounds import LINKS, MINIMUM_PART, NEVER_ALONE
from search.language.lexicon import MAXIMUM_LENGTH, VOCABULARY_COUNT, Lexicon
from search.language.slips import cost, one_slip
from search.language.stems import STOP_WORDS

MINIMUM_LENGTH = 3
SHORT_WORD = 3  # of so few letters nearly every other word is near: only one that lost a letter, or swapped two
LONG_WORD = 6  # from this length on two slips are believed, below it one
MAXIMUM_DISTANCE = 2
MAXIMUM_CANDIDATES = 20
# Above this many words, those that occur once are offered for one slip only: a dictionary for two slips is large.
SMALL_LEXICON = 20_000
BELIEVED = 1.8  # slips, after common ones are counted for less (see `cost`): of two, one is of a common kind
# A slip more is as unlikely as a word that is e^5, about 150 times, as rare.
SLIP = 5.0


class Candidate(NamedTuple):
    """A word that may have been meant: the logarithm of how likely, and whether one slip explains what was typed."""

    likely: float
    word: str
    single: bool = True


class Speller:
    """Candidates near a word, best first. Built when first asked: it costs time and memory."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._lock = Lock()
        self._symspell: SymSpell | None = None
        self._read = 0

    def candidates(self, word: str, also: Collection[str] = ()) -> list[Candidate]:
        """Folded words of the index, or `also`, near this folded word, with their likeliness; not the word itself."""
        if not (MINIMUM_LENGTH <= len(word) <= MAXIMUM_LENGTH and word.isalpha()):
            return []
        single = found = {near for near in one_slip(word) if near in self.lexicon or near in also}
        if len(word) <= SHORT_WORD:
            found = {near for near in found if len(near) > len(word) or sorted(near) == sorted(word)}
        if len(word) >= LONG_WORD:
            with self._lock:
                items = self._refreshed().lookup(word, Verbosity.ALL, max_edit_distance=MAXIMUM_DISTANCE)
            found = found.union(item.term for item in items[:MAXIMUM_CANDIDATES])
        # A word without meaning of its own is never what the reader looked for.
        useful = (near for near in found if near != word and near not in STOP_WORDS)
        slips = {near: cost(word, near) for near in useful}
        return sorted(
            (
                Candidate(self._likely(near, number), near, near in single)
                for near, number in slips.items()
                if near in single or number <= BELIEVED
            ),
            reverse=True,
        )

    def _likely(self, word: str, slips: float) -> float:
        return math.log(self.lexicon.count(word) or VOCABULARY_COUNT) - SLIP * slips

    def compounds(self, word: str) -> list[Candidate]:
        """Compounds of two known parts near this folded word, which has a slip in one of them."""
        found: dict[str, float] = {}
        if len(word) > MAXIMUM_LENGTH or not word.isalpha():
            return []
        for at in range(MINIMUM_PART, len(word) - MINIMUM_PART + 1):
            for link in LINKS:
                if word.startswith(link, at) and len(word) - at - len(link) >= MINIMUM_PART:
                    self._mend(found, word[:at], link, word[at + len(link) :])
        return sorted((Candidate(value, compound) for compound, value in found.items()), reverse=True)

    def _mend(self, found: dict[str, float], left: str, link: str, right: str) -> None:
        if self._is_part(left):
            for value, near in self._parts(right):
                found[left + link + near] = max(value + self._weight(left), found.get(left + link + near, -math.inf))
        if self._is_part(right):
            for value, near in self._parts(left):
                found[near + link + right] = max(value + self._weight(right), found.get(near + link + right, -math.inf))

    def _parts(self, part: str) -> Iterator[tuple[float, str]]:
        for near in set(one_slip(part)):
            if self._is_part(near):
                yield self._likely(near, cost(part, near)), near

    def _is_part(self, word: str) -> bool:
        return len(word) >= MINIMUM_PART and word in self.lexicon and word not in NEVER_ALONE

    def _weight(self, part: str) -> float:
        return math.log(self.lexicon.count(part))

    def _refreshed(self) -> SymSpell:
        """The dictionary, with the words that the lexicon gained since the last time."""
        symspell = self._symspell
        if symspell is None:
            symspell = self._symspell = SymSpell(max_dictionary_edit_distance=MAXIMUM_DISTANCE, prefix_length=7)
        minimum = 1 if len(self.lexicon.counts) < SMALL_LEXICON else 2
        added = self.lexicon.added
        while self._read < len(added):
            word = added[self._read]
            self._read += 1
            count = self.lexicon.count(word)
            if len(word) > MINIMUM_LENGTH and count >= minimum:
                symspell.create_dictionary_entry(word, count)
        return symspell
