"""A Dutch vocabulary with Zipf's distribution.

The head is the words of the demo's practices, the most frequent first; the tail is compounds of their longer words,
which is what the tail of Dutch is made of. Word n occurs in proportion to 1 / (n + 2.7).
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.utils.html import strip_tags

from search.language.stems import STOP_WORDS

DEMO = Path(__file__).parent.parent / "site" / "home" / "demo"
SIZE = 120_000  # different words
_OFFSET = 2.7
_PARTS = 1_500
_WORD = re.compile(r"[^\W\d_]+")
_SEED = 20_261_121


class Vocabulary:
    """Words by rank, with a source of texts."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._weights = list(accumulate(1 / (rank + _OFFSET) for rank in range(len(words))))
        meaning = [(word, 1 / (rank + _OFFSET)) for rank, word in enumerate(words) if is_meaningful(word)]
        self.meaningful = [word for word, _weight in meaning]
        self._meaningful_weights = list(accumulate(weight for _word, weight in meaning))

    def draw(self, source: random.Random, number: int) -> list[str]:
        """So many words, stop words among them."""
        return source.choices(self.words, cum_weights=self._weights, k=number)

    def draw_meaningful(self, source: random.Random, number: int) -> list[str]:
        """So many words without stop words, as in a title."""
        return source.choices(self.meaningful, cum_weights=self._meaningful_weights, k=number)


def is_meaningful(word: str) -> bool:
    """No stop word, and no scrap."""
    return len(word) > 3 and word not in STOP_WORDS


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The same one every time."""
    counts = Counter(word for text in _demo_texts() for word in _WORD.findall(text.lower()))
    head = [word for word, _count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    parts = [word for word in head if is_meaningful(word) and len(word) <= 12][:_PARTS]
    known = set(head)
    tail: dict[str, None] = {}
    source = random.Random(_SEED)
    while len(head) + len(tail) < SIZE:
        compound = "".join(source.sample(parts, 2))
        if compound not in known:
            tail[compound] = None
    return Vocabulary([*head, *tail])


@lru_cache(maxsize=1)
def concepts() -> tuple[dict[str, Any], ...]:
    """The demo's controlled vocabulary."""
    return tuple(json.loads((DEMO / "vocabulary.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def synonym_groups() -> tuple[tuple[str, ...], ...]:
    """Its phrases that mean the same, as the site gives them to a search."""
    rows = ((row["label"], *row["other_labels"], row["abbreviation"]) for row in concepts())
    groups = (tuple(text for text in row if text) for row in rows)
    return tuple(group for group in groups if len(group) > 1)


def _demo_texts() -> Iterator[str]:
    for path in sorted((DEMO / "practices").glob("*.json")):
        yield from _texts(json.loads(path.read_text(encoding="utf-8")))


def _texts(value: Any) -> Iterator[str]:
    """Running text; slugs, which have no space, are none."""
    if isinstance(value, str) and " " in value:
        yield strip_tags(value.replace("</", " </"))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
