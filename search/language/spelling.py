"""Corrections of a mistyped word from the words of the index."""

from threading import Lock

from symspellpy import SymSpell, Verbosity

from search.language.lexicon import Lexicon

MINIMUM_LENGTH = 4
LONG_WORD = 6  # from this length on two slips are believed, below it one
MAXIMUM_DISTANCE = 2
MAXIMUM_CANDIDATES = 20
# Above this many words, a word that occurs once is more likely a slip of an author than a correction for a reader.
SMALL_LEXICON = 20_000


class Speller:
    """Candidates near a word, best first. Built when first asked: it costs time and memory."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._lock = Lock()
        self._symspell: SymSpell | None = None
        self._read = 0

    def candidates(self, word: str) -> list[str]:
        """Folded words of the index near this folded word; the word itself is not among them."""
        if len(word) < MINIMUM_LENGTH or not word.isalpha():
            return []
        distance = MAXIMUM_DISTANCE if len(word) >= LONG_WORD else 1
        with self._lock:
            found = self._refreshed().lookup(word, Verbosity.ALL, max_edit_distance=distance)
        return [item.term for item in found if item.term != word][:MAXIMUM_CANDIDATES]

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
            if len(word) >= MINIMUM_LENGTH and count >= minimum:
                symspell.create_dictionary_entry(word, count)
        return symspell
