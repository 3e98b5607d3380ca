"""Splitting Dutch compounds into words that the indexed texts know."""

import math
from collections.abc import Iterator

from search.language.lexicon import Lexicon
from search.language.stems import STOP_WORDS

MINIMUM_PART = 4
MAXIMUM_PARTS = 4
MAXIMUM_WORD = 45
LINKS = ("", "s", "e", "en", "er")

# Prefixes, suffixes and short words that look like words but never make a part of a compound by themselves.
NEVER_ALONE = STOP_WORDS | frozenset(
    """
    aarde achtig achter anti auto baar baarheid bare bepaald beter eerder eren erij erend erig gaand gang gegaan
    gelijk gens geven gewijs halve heden heid heids houden immers inge ingen inter isch ische ischer isering iseren
    iteit komen komst lijk lijke lijks loos loze maken matig matige naars nemen nisse ring ringen schap schappen
    schapp sing stellen stelling steren tegen teit teiten tele ting tingen trans uiteen verder vrij waarts weer weder
    wijs wijze zaam zame zamen ingen ende enden ster sters aars eert eerd eerde elijk enheid igheid ling lingen
    """.split()  # noqa: SIM905 - a list of words reads better as text
)

_Split = tuple[float, tuple[str, ...]]  # sum of the logarithms of the counts, parts


class Splitter:
    """Splits with the counts of a lexicon: parts must together be at least as usual as the whole word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a folded compound, or nothing when it is no compound."""
        if not 2 * MINIMUM_PART <= len(word) <= MAXIMUM_WORD or not word.isalpha():
            return ()
        found = self._splits(word)
        if not found:
            return ()
        mean, parts = max((total / len(parts), parts) for total, parts in found)
        whole = self.lexicon.count(word)
        return parts if whole == 0 or mean >= math.log(whole) else ()

    def _splits(self, word: str) -> list[_Split]:
        """The best split of the whole word for every number of parts."""
        best: list[dict[int, _Split]] = [{} for _ in range(len(word) + 1)]
        best[0][0] = (0.0, ())
        for start in range(len(word) - MINIMUM_PART + 1):
            reached = best[start]
            if not reached:
                continue
            for part, weight, following in self._parts_from(word, start):
                onwards = best[following]
                for number, (total, parts) in reached.items():
                    known = onwards.get(number + 1)
                    if number < MAXIMUM_PARTS and (known is None or total + weight > known[0]):
                        onwards[number + 1] = (total + weight, (*parts, part))
        return [split for number, split in best[len(word)].items() if number > 1]

    def _parts_from(self, word: str, start: int) -> Iterator[tuple[str, float, int]]:
        """Parts that begin here: the part, the logarithm of its count, and where the next one begins.

        Every new word of a rebuild comes by here: what cannot be a part is passed over with one look-up.
        """
        count_of = self.lexicon.counts.get
        latest = len(word) - MINIMUM_PART  # where the last part begins at most
        for end in range(start + MINIMUM_PART, latest + 1):
            part = word[start:end]
            count = count_of(part)
            if not count or part in NEVER_ALONE:
                continue
            for link in LINKS:
                following = end + len(link)
                if following <= latest and word.startswith(link, end):
                    yield part, math.log(count), following
        if start:
            part, count = self._last(word[start:])
            if count:
                yield part, math.log(count), len(word)

    def _last(self, part: str) -> tuple[str, int]:
        """The last part and its count; it may be a plural of which only the singular is known."""
        if part in NEVER_ALONE:
            return part, 0
        count = self.lexicon.count(part)
        if not count:
            for ending in ("en", "s", "n"):
                singular = part.removesuffix(ending)
                if singular != part and len(singular) >= MINIMUM_PART and singular not in NEVER_ALONE:
                    count = count or self.lexicon.count(singular)
        return part, count
