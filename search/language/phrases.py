"""The phrases of a vocabulary, found in a text when it is indexed.

Where two frequent words stand beside each other is slow to find out while a reader waits: of the names of terms, which
nearly every query brings along as synonyms, it is known beforehand.
"""

from collections.abc import Iterable, Iterator, Sequence

Phrase = tuple[str, ...]
"""The folded words of a phrase."""


class Phrases:
    """Phrases of several words; single words are left out."""

    def __init__(self, phrases: Iterable[Phrase] = ()) -> None:
        self._all = frozenset(phrase for phrase in phrases if len(phrase) > 1)
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in self._all:
            self._by_first.setdefault(phrase[0], []).append(phrase)

    def __contains__(self, words: Sequence[str]) -> bool:
        return tuple(words) in self._all

    def __iter__(self) -> Iterator[Phrase]:
        return iter(sorted(self._all))

    def within(self, words: Sequence[str]) -> set[Phrase]:
        """Those that stand in a text, of which these are the folded words in order."""
        return {
            phrase
            for place, word in enumerate(words)
            for phrase in self._by_first.get(word, ())
            if tuple(words[place : place + len(phrase)]) == phrase
        }
