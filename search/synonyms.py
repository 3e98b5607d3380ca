"""Phrases that mean the same, from the apps' vocabularies, put to use at query time.

The index knows nothing of them: what an editor changes works with the next search, in every process.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from search.language import Token, tokenise
from search.language.phrases import Phrase
from search.language.stems import STOP_WORDS, stem

MAXIMUM_WORDS = 8  # of a phrase; longer ones are sentences, which nobody types
MAXIMUM_EQUIVALENTS = 12  # of one phrase
CACHED = 4  # vocabularies, by their content

Group = tuple[str, ...]
"""Phrases, as people write them, that may stand for each other."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The phrases of a term, and the names of broader and related terms: not the same, but near."""

    phrases: Group
    names: Group


Load = Callable[[], Iterable[Group | Beside]]


@dataclass(frozen=True, slots=True)
class Expansion:
    """A phrase found in a query (`first` to `last` count its words), the phrases that mean the same, and near ones."""

    first: int
    last: int
    equivalents: tuple[Phrase, ...]
    phrase: Phrase = ()
    beside: tuple[Phrase, ...] = ()

    @property
    def length(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Looks up phrases by the stems of their words, so that any inflection and any hyphen will do."""

    by_key: Mapping[Phrase, tuple[Phrase, ...]]
    beside: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    longest: int = 0
    words: frozenset[str] = frozenset()  # of all phrases, folded

    @classmethod
    def of(cls, groups: Iterable[Group | Beside]) -> "Synonyms":
        """Made once for every content: the same groups give the same object, other groups another one.

        Groups are rarely other objects than the last time, and seeing that takes much less than a hash of them all.
        """
        found = tuple(groups)
        for known, compiled in tuple(_last):
            if known == found:
                return compiled
        compiled = _compiled(found)
        _last.append((found, compiled))
        return compiled

    def expansions(self, words: Sequence[Token], text: str) -> tuple[Expansion, ...]:
        """The phrases of a query that have equivalents, the longest first where they overlap."""
        found = []
        position = 0
        while position < len(words):
            expansion = self._longest_from(words, position, text)
            if expansion is not None:
                found.append(expansion)
            position = expansion.last + 1 if expansion else position + 1
        return tuple(found)

    def _longest_from(self, words: Sequence[Token], first: int, text: str) -> Expansion | None:
        for length in range(min(self.longest, len(words) - first), 0, -1):
            tokens = words[first : first + length]
            key = _key(token.word for token in tokens)
            known = key in self.by_key or key in self.beside
            if known and not (length == 1 and _is_plain_word(tokens[0], text)):
                return Expansion(
                    first,
                    first + length - 1,
                    self.by_key.get(key, ())[:MAXIMUM_EQUIVALENTS],
                    tuple(token.word for token in tokens),
                    self.beside.get(key, ())[:MAXIMUM_EQUIVALENTS],
                )
        return None


NONE = Synonyms({})
_last: deque[tuple[tuple[Group | Beside, ...], Synonyms]] = deque(maxlen=1)  # what was asked for last
_loaders: list[Load] = []


def register(load: Load) -> None:
    """Let a vocabulary take part: `load` yields its groups of equivalent phrases, and near ones, as they are now."""
    if load not in _loaders:
        _loaders.append(load)


def current() -> Synonyms:
    """What all registered vocabularies say now."""
    return Synonyms.of(chain.from_iterable(load() for load in _loaders))


@lru_cache(maxsize=CACHED)
def _compiled(found: tuple[Group | Beside, ...]) -> Synonyms:
    same = _others((group, group) for group in found if not isinstance(group, Beside))
    near = _others((group.phrases, group.names) for group in found if isinstance(group, Beside))
    words = {word for others in (*same.values(), *near.values()) for phrase in others for word in phrase}
    return Synonyms(
        same,
        near,
        max(map(len, (*same, *near)), default=0),
        frozenset(form for word in words for form in _forms(word)),
    )


def _others(pairs: Iterable[tuple[Group, Group]]) -> dict[Phrase, tuple[Phrase, ...]]:
    """By the key of every first phrase the second ones, without those that say nothing else."""
    by_key: dict[Phrase, dict[Phrase, None]] = {}
    for phrases, others in pairs:
        spelled = list(chain.from_iterable(spellings(text) for text in others))
        for key in {_key(phrase) for text in phrases for phrase in spellings(text)}:
            # Stop words are everywhere, and another inflection finds the same already.
            useful = (other for other in spelled if not _only_stop_words(other) and _key(other) != key)
            by_key.setdefault(key, {}).update(dict.fromkeys(useful))
    return {key: tuple(others) for key, others in by_key.items() if others}


def _forms(word: str) -> Iterator[str]:
    """A word; of a plural that only adds letters also the singular."""
    yield word
    for ending in ("en", "s"):
        singular = word.removesuffix(ending)
        if singular != word and stem(word) == singular:
            yield singular


def spellings(text: str) -> Iterator[Phrase]:
    """The words of a phrase; and with its hyphens closed up: "LIVC-R" is also written "LIVCR"."""
    tokens = list(tokenise(text))
    closed: list[str] = []
    for token in tokens:
        if token.hyphenated and closed:
            closed[-1] += token.word
        else:
            closed.append(token.word)
    for phrase in (tuple(token.word for token in tokens), tuple(closed)):
        if 0 < len(phrase) <= MAXIMUM_WORDS:
            yield phrase


def _key(words: Iterable[str]) -> Phrase:
    return tuple(stem(word) for word in words)


def _only_stop_words(phrase: Phrase) -> bool:
    return all(word in STOP_WORDS for word in phrase)


def _is_plain_word(token: Token, text: str) -> bool:
    """A stop word that looks like an abbreviation ("om", OM) counts as one only where capitals say so."""
    typed = text[token.start : token.end]
    return token.word in STOP_WORDS and not (typed.isupper() and not text.isupper())
