"""From a parsed query to what every engine looks for, and the words to highlight."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from search.language import Analyzer, Token
from search.language.phrases import Phrase
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
    finds_enough: Callable[[Iterable[Phrase]], bool]  # any of these phrases, for who asks
    company: Callable[[str, Sequence[str]], float]  # of the documents with a word, the part with any of these stems


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for: literally, by stem (not for a stop word), by the parts of a compound."""

    literal: str
    stem: str | None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Any of `words`, `joined` (stems) and `expansions` may match; all `phrases` must; nothing `excluded` may.

    What stands in `lifting` finds nothing by itself, but lifts what is found otherwise.
    """

    words: tuple[Word, ...] = ()
    joined: tuple[str, ...] = ()
    prefix: str | None = None
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    expansions: tuple[Expansion, ...] = ()
    lifting: tuple[Expansion, ...] = ()


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
    expansions = synonyms.expansions(parsed.words, parsed.text)
    rare = [
        found for found in expansions if found.beside and not vision.finds_enough((found.phrase, *found.equivalents))
    ]
    last = tokens[-1].word if tokens and parsed.open_ended and tokens[-1] is parsed.words[-1] else ""
    return Plan(
        words=tuple(words),
        joined=tuple(dict.fromkeys(analyzer.forms(word).stem for _, word in joined(parsed.words, analyzer))),
        prefix=last if len(last) >= PREFIX_MINIMUM else None,
        phrases=parsed.phrases,
        excluded=parsed.excluded,
        expansions=tuple(found if found in rare else replace(found, beside=()) for found in expansions),
        lifting=tuple(found for found in expansions if found.beside and found not in rare),
    )


def _meaningful(parsed: ParsedText) -> tuple[Token, ...]:
    """The loose words without stop words, unless there is nothing else to look for."""
    kept = tuple(token for token in parsed.words if token.word not in STOP_WORDS)
    return kept if kept or parsed.phrases else parsed.words


def joined(tokens: Iterable[Token], analyzer: Analyzer) -> Iterable[tuple[int, str]]:
    """Known words that two neighbours make together, with the index of the first: "jeugd werkers", "jeugdwerkers"."""
    for index, (first, second) in enumerate(pairwise(tokens)):
        for link in _LINKS:
            word = f"{first.word}{link}{second.word}"
            if word in analyzer.lexicon:
                yield index, word
