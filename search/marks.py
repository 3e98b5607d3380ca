"""The words of one text that match: where they stand, where most of them stand together, and how they are marked."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from html import escape

from django.utils.safestring import SafeString

from search.language.text import WORD

_LONG_WORD = 60  # characters: what begins so far before the end of a window is taken to end in it
MARK = "<mark>"  # in text that is escaped, only a match has one


class Marks:
    """Matches in a text.

    `terms` says which term matches, by the place where the word begins; `ends` where it ends, of what is not one word.
    Of a frequent word a text has a hundred matches and shows three, so where a word ends is looked up when it matters.
    """

    __slots__ = ("_ends", "_starts", "_terms", "text")

    def __init__(self, text: str, terms: Mapping[int, str], ends: Mapping[int, int]) -> None:
        self.text = text
        self._terms = terms
        self._ends = ends
        self._starts = sorted(terms)

    def within(self, start: int, end: int) -> list[int]:
        """Where the matches begin between two offsets."""
        return self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def best_window(self, starts: Sequence[int], length: int) -> tuple[int, int]:
        """How many different terms the best window of a length holds, and where it begins; of equals the first."""
        if not starts:
            return 0, 0
        different = len({self._terms[start] for start in starts})
        if different == 1:
            return 1, starts[0]
        best = (0, 0)
        inside: dict[str, int] = {}
        first = 0
        for start in starts:
            term = self._terms[start]
            inside[term] = inside.get(term, 0) + 1
            near = start - starts[first] < length - _LONG_WORD
            end = start if near else self._end(start)
            while starts[first] != start and end - starts[first] > length:
                left = self._terms[starts[first]]
                inside[left] -= 1
                if not inside[left]:
                    del inside[left]
                first += 1
            if len(inside) > best[0]:
                best = len(inside), starts[first]
                if best[0] == different:
                    break
        return best

    def html(self, start: int, end: int) -> SafeString:
        """The escaped text between two offsets, with the matches that are whole inside it marked."""
        pieces = []
        position = start
        for begin in self.within(start, end):
            if begin >= position and (stop := self._end(begin)) <= end:
                pieces += [escape(self.text[position:begin]), MARK, escape(self.text[begin:stop]), "</mark>"]
                position = stop
        pieces.append(escape(self.text[position:end]))
        return SafeString("".join(pieces))  # every piece is escaped or constant

    def _end(self, start: int) -> int:
        """A 's belongs to the word on screen."""
        if (known := self._ends.get(start)) is not None:
            return known
        word = WORD.match(self.text, start)
        return word.end() if word else start
