"""From a parsed query to what every engine looks for, and the words to highlight."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from search.language import Analyzer, Speller, Token
from search.language.stems import STOP_WORDS
from search.synonyms import NONE, Expansion, Synonyms
from search.syntax import ParsedText

PREFIX_MINIMUM = 3  # characters
_LINKS = ("", "s", "e", "en")

# Is there a document that the reader may see with this term? In the field of stems, and in the literal field.
Visible = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Vision:
    """What the reader can see of the index's words; the only way a plan may learn whether a word exists."""

    stem: Visible
    literal: Visible
    prefix: Visible


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for: literally, by stem (not for a stop word), by the parts of a compound."""

    literal: str
    stem: str | None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Any of `words`, `joined` (stems) and `expansions` may match; all `phrases` must; nothing `excluded` may."""

    words: tuple[Word, ...] = ()
    joined: tuple[str, ...] = ()
    prefix: str | None = None
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    expansions: tuple[Expansion, ...] = ()


def build_plan(parsed: ParsedText, analyzer: Analyzer, vision: Vision, synonyms: Synonyms = NONE) -> Plan:
    """Analyse the words of a query.

    A compound is only split when the reader may see all its parts: otherwise splitting would betray that a word
    occurs in documents that are closed to this reader.
    """
    tokens = _meaningful(parsed)
    words = []
    for token in tokens:
        if token.word in STOP_WORDS:
            words.append(Word(token.word, None))
            continue
        forms = analyzer.forms(token.word)
        parts = forms.parts if all(vision.stem(part) for part in forms.parts) else ()
        words.append(Word(token.word, forms.stem, parts))
    last = tokens[-1].word if tokens and parsed.open_ended and tokens[-1] is parsed.words[-1] else ""
    return Plan(
        words=tuple(words),
        joined=tuple(dict.fromkeys(analyzer.forms(word).stem for _, word in _joined(parsed.words, analyzer))),
        prefix=last if len(last) >= PREFIX_MINIMUM else None,
        phrases=parsed.phrases,
        excluded=parsed.excluded,
        expansions=synonyms.expansions(parsed.words, parsed.text),
    )


def _meaningful(parsed: ParsedText) -> tuple[Token, ...]:
    """The loose words without stop words, unless there is nothing else to look for."""
    kept = tuple(token for token in parsed.words if token.word not in STOP_WORDS)
    return kept if kept or parsed.phrases else parsed.words


def _joined(tokens: Iterable[Token], analyzer: Analyzer) -> Iterable[tuple[int, str]]:
    """Known words that two neighbours make together, with the index of the first: "jeugd werkers", "jeugdwerkers"."""
    for index, (first, second) in enumerate(pairwise(tokens)):
        for link in _LINKS:
            word = f"{first.word}{link}{second.word}"
            if word in analyzer.lexicon:
                yield index, word


def corrections(
    parsed: ParsedText, analyzer: Analyzer, speller: Speller, vision: Vision, synonyms: Synonyms = NONE
) -> dict[int, str]:
    """Replacements for loose words that the reader's part of the index does not know, by index.

    "Unknown" and "a good correction" are both judged by what this reader may see, so that a word from a closed
    document behaves exactly like one that does not exist. A phrase of the vocabulary, which is public, is right as it
    stands.
    """
    right: set[int] = set()
    for expansion in synonyms.expansions(parsed.words, parsed.text):
        right.update(range(expansion.first, expansion.last + 1))
    for index, word in _joined(parsed.words, analyzer):
        if vision.literal(word):
            right.update((index, index + 1))
    found = {}
    for index, token in enumerate(parsed.words):
        last = parsed.open_ended and index == len(parsed.words) - 1
        if index in right or _is_known(token.word, analyzer, vision, last=last):
            continue
        best = next((word for word in speller.candidates(token.word) if vision.literal(word)), None)
        if best is not None:
            found[index] = analyzer.lexicon.display(best)
    return found


def _is_known(word: str, analyzer: Analyzer, vision: Vision, *, last: bool) -> bool:
    if word in STOP_WORDS:
        return True
    forms = analyzer.forms(word)
    if vision.stem(forms.stem) or (forms.parts and all(vision.stem(part) for part in forms.parts)):
        return True
    return last and len(word) >= PREFIX_MINIMUM and vision.prefix(word)
