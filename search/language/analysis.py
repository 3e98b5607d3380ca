"""From words to index terms, the same for documents and queries."""

from dataclasses import dataclass

from search.language.compounds import Splitter
from search.language.lexicon import Lexicon
from search.language.stems import STOP_WORDS, stem
from search.language.text import compounds_with_hyphen, words

CACHE_SIZE = 200_000
MAXIMUM_TERM = 100  # characters; longer "words" are data, not language, and nobody types them


@dataclass(frozen=True, slots=True)
class Forms:
    """What a word is indexed as: its stem, and the stems of its parts when it is a compound."""

    stem: str
    parts: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """The stem and the parts."""
        return (self.stem, *self.parts)


class Analyzer:
    """Dutch analysis with the lexicon of one index."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._splitter = Splitter(lexicon)
        self._cache: dict[str, Forms] = {}
        self._indexed: dict[str, str] = {}  # the same, as a text
        self._revision = lexicon.revision

    def forms(self, word: str) -> Forms:
        """The forms of a folded word."""
        self._follow()
        forms = self._cache.get(word)
        if forms is None:
            forms = self._cache[word] = self._analyse(word)
        return forms

    def _follow(self) -> None:
        """Forget what was found with fewer words, or too much."""
        if self._revision != self.lexicon.revision or len(self._cache) > CACHE_SIZE:
            self._cache = {}
            self._indexed = {}
            self._revision = self.lexicon.revision

    def _analyse(self, word: str) -> Forms:
        whole = stem(word)
        parts = dict.fromkeys(stem(part) for part in self._splitter.split(word))
        parts.pop(whole, None)
        return Forms(whole, tuple(parts))

    def index_terms(self, text: str) -> list[str]:
        """Stems and parts of compounds, without stop words: the terms of the field that finds."""
        return self.all_terms(text)[0].split()

    def exact_terms(self, text: str) -> list[str]:
        """Every word, folded only: the terms of the field for literal hits and phrases."""
        return [word[:MAXIMUM_TERM] for word in words(text)]

    def all_terms(self, text: str) -> tuple[str, str]:
        """The terms of both fields with spaces between them, as an index takes them in."""
        found = words(text)
        terms = [known for word in found if (known := self.indexed_as(word))]
        terms += [stem(joined) for joined in compounds_with_hyphen(text) if len(joined) <= MAXIMUM_TERM]
        return " ".join(terms), " ".join([word[:MAXIMUM_TERM] for word in found])

    def indexed_as(self, word: str) -> str:
        """The terms of one folded word, with spaces between them; none of a stop word."""
        self._follow()
        known = self._indexed.get(word)
        if known is None:
            known = self._indexed[word] = " ".join(self.forms(word).all) if is_indexed(word) else ""
        return known


def is_indexed(word: str) -> bool:
    """Whether the stem of a folded word stands wherever the word does; one that may have been cut has none."""
    return word not in STOP_WORDS and len(word) < MAXIMUM_TERM
