"""Mending the mistyped words of a query, with nothing but words that its reader may know of."""

import math
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice

from search.language import Analyzer, Speller
from search.language.spelling import Candidate
from search.language.stems import STOP_WORDS
from search.plan import PREFIX_MINIMUM, Vision, joined
from search.synonyms import NONE, Synonyms
from search.syntax import ParsedText

# A form that texts do not have, of a stem that they do have, is only believed when no more than this was taken off:
# the stemmer makes "dien" of the slip "dientiteit" too.
LONGEST_ENDING = 3
MENDED = 6  # words of a query: looking for corrections is the dearest part of a search, and a longer one is no query
TRIED = 5  # candidates that are compared by the company they keep
COMPANY_WEIGHT = 1.0
LONELY = 0.1  # a word that never meets the query's other words has to be this much likelier than one that always does


class Standing(Enum):
    """What the reader's part of the index knows of a word: it, or only what it could be made of, or nothing."""

    KNOWN = auto()
    STRANGE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Corrector:
    """Corrects for one reader.

    "Unknown" and "a good correction" are both judged by what this reader may see, so that a word from a closed
    document behaves exactly like one that does not exist. A phrase of the vocabulary, which is public, is right as it
    stands, and a word of it may be a correction when what it stands for can be seen.
    """

    analyzer: Analyzer
    speller: Speller
    vision: Vision
    synonyms: Synonyms = NONE

    def corrections(self, parsed: ParsedText) -> dict[int, str]:
        """Replacements for loose words that the reader's part of the index does not know, by index."""
        right = self._right(parsed)
        doubtful = [
            (index, standing)
            for index, token in enumerate(parsed.words)
            if index not in right and (standing := self._standing(parsed, index)) is not Standing.KNOWN
        ]
        found = ((index, self._best(parsed, index, standing)) for index, standing in doubtful[:MENDED])
        return {index: self.analyzer.lexicon.display(best) for index, best in found if best is not None}

    def _right(self, parsed: ParsedText) -> set[int]:
        """The words that stand in a phrase of the vocabulary, or that make a known word together."""
        right: set[int] = set()
        for expansion in self.synonyms.expansions(parsed.words, parsed.text):
            right.update(range(expansion.first, expansion.last + 1))
        for index, word in joined(parsed.words, self.analyzer):
            if self.vision.literal(word):
                right.update((index, index + 1))
        return right

    def _best(self, parsed: ParsedText, index: int, standing: Standing) -> str | None:
        """The likeliest correction of a word; none when nothing is like it, or all that is like it is less likely."""
        word = parsed.words[index].word
        near = self.speller.candidates(word, self.synonyms.words)
        if standing is Standing.STRANGE:  # possible as it stands: only a word that texts have is likelier
            near = [found for found in near if found.single and self.vision.literal(found.word)]
        found = self._seen(parsed, index, near)
        if not found and standing is Standing.UNKNOWN:
            found = self._seen(parsed, index, self.speller.compounds(word))
        return self._in_company(parsed, index, found)

    def _standing(self, parsed: ParsedText, index: int) -> Standing:
        """How sure it is that the reader meant this word."""
        word = parsed.words[index].word
        if word in STOP_WORDS:
            return Standing.KNOWN
        forms = self.analyzer.forms(word)
        if self.vision.stem(forms.stem):
            believed = len(word) - len(forms.stem) <= LONGEST_ENDING or self.vision.literal(word)
            return Standing.KNOWN if believed else Standing.STRANGE
        last = parsed.open_ended and index == len(parsed.words) - 1
        if last and len(word) >= PREFIX_MINIMUM and self.vision.prefix(word):
            return Standing.KNOWN
        if forms.parts and all(self.vision.stem(part) for part in forms.parts):
            return Standing.STRANGE
        return Standing.UNKNOWN

    def _seen(self, parsed: ParsedText, index: int, candidates: list[Candidate]) -> list[Candidate]:
        """The first few that this reader may know of."""
        return list(islice((found for found in candidates if self._is_seen(parsed, index, found.word)), TRIED))

    def _is_seen(self, parsed: ParsedText, index: int, word: str) -> bool:
        """Would this word, in the place of the one typed, find something for this reader?"""
        if self.vision.literal(word):
            return True
        if word in self.synonyms.words:
            words = (*parsed.words[:index], replace(parsed.words[index], word=word), *parsed.words[index + 1 :])
            for expansion in self.synonyms.expansions(words, parsed.text):
                if expansion.first <= index <= expansion.last:
                    return any(
                        all(map(self.vision.literal, phrase)) for phrase in (*expansion.equivalents, *expansion.beside)
                    )
        parts = self.analyzer.forms(word).parts
        return bool(parts) and all(self.vision.stem(part) for part in parts)

    def _in_company(self, parsed: ParsedText, index: int, candidates: list[Candidate]) -> str | None:
        """The likeliest of the best candidates, seeing how often each meets the other words of the query."""
        if len(candidates) < 2:
            return candidates[0].word if candidates else None
        others = [
            self.analyzer.forms(token.word).stem
            for position, token in enumerate(parsed.words)
            if position != index and token.word not in STOP_WORDS
        ]
        if not others:
            return candidates[0].word

        def likely(found: Candidate) -> float:
            return found.likely + COMPANY_WEIGHT * math.log(LONELY + self.vision.company(found.word, others))

        return max(candidates, key=likely).word
