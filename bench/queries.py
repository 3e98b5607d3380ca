"""What readers ask: words, questions, half words, typos, phrases, with and without filters. Seeded."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.corpus import Practice, practices
from bench.words import is_meaningful, vocabulary

_QUESTION = ("hoe kan een gemeente", "wat werkt voor", "wie helpt bij", "waar vind ik iets over", "hoe begin je met")
_FREQUENT = 40  # words of the head that are asked for alone
_FILTERS = (  # how many values of how many facets: half of the searches have none
    (),
    (),
    (),
    (("niveau", 1),),
    (("thema", 1),),
    (("niveau", 2),),
    (("thema", 2), ("provincie", 1)),
)


@dataclass(frozen=True, slots=True)
class Query:
    """A text and the selected values of facets."""

    text: str
    filters: tuple[tuple[str, str], ...]

    @property
    def url(self) -> str:
        """As a query string."""
        return urlencode([("q", self.text), *self.filters])


def queries(size: int, number: int, seed: int) -> list[Query]:
    """So many different queries about a corpus of this size; another seed gives others."""
    source = random.Random(seed)
    known = _sample(size, source)
    found: dict[Query, None] = {}
    for _attempt in range(20 * number):
        practice = source.choice(known)
        _share, make = source.choices(_KINDS, weights=[share for share, _make in _KINDS])[0]
        found[Query(make(practice, source), tuple(_filters(practice, source)))] = None
        if len(found) == number:
            break
    return list(found)


def typed(size: int, number: int, seed: int) -> list[str]:
    """The beginnings of titles, as they stand in the box while somebody types."""
    source = random.Random(seed)
    titles = [practice.title for practice in _sample(size, source)]
    chosen = source.choices(titles, k=number)
    return [title[: source.randint(3, min(len(title), 24))].strip() for title in chosen]


def _sample(size: int, source: random.Random) -> list[Practice]:
    """Some practices from the beginning of the corpus, which every size shares."""
    found = list(practices(min(size, 400)))
    source.shuffle(found)
    return found


def _words(practice: Practice, source: random.Random, most: int) -> list[str]:
    found = [word for word in practice.title.lower().split() if is_meaningful(word)] or [practice.title.lower()]
    return source.sample(found, min(len(found), source.randint(1, most)))


def _some_words(practice: Practice, source: random.Random) -> str:
    return " ".join(_words(practice, source, 3))


def _question(practice: Practice, source: random.Random) -> str:
    return f"{source.choice(_QUESTION)} {' en '.join(_words(practice, source, 3))}?"


def _frequent(practice: Practice, source: random.Random) -> str:
    return source.choice(vocabulary().meaningful[:_FREQUENT])


def _mistyped(practice: Practice, source: random.Random) -> str:
    words = _words(practice, source, 2)
    place = source.randrange(1, max(len(words[0]) - 1, 2))
    words[0] = words[0][:place] + words[0][place + 1 :]
    return " ".join(words)


def _half(practice: Practice, source: random.Random) -> str:
    words = _words(practice, source, 2)
    return " ".join([*words[:-1], words[-1][: max(4, len(words[-1]) // 2)]])


def _phrase(practice: Practice, source: random.Random) -> str:
    words = practice.title.lower().split()
    start = source.randrange(len(words) - 1)
    return f'"{words[start]} {words[start + 1]}"'


def _nothing(practice: Practice, source: random.Random) -> str:
    return ""


Make = Callable[[Practice, random.Random], str]
_KINDS: tuple[tuple[int, Make], ...] = (
    (45, _some_words),
    (15, _question),
    (10, _frequent),
    (10, _mistyped),
    (10, _half),
    (5, _phrase),
    (5, _nothing),
)


def _filters(practice: Practice, source: random.Random) -> Iterator[tuple[str, str]]:
    """Values of the practice itself and of others."""
    for facet, number in source.choice(_FILTERS):
        values = dict.fromkeys([*practice.facets[facet], *_OTHERS[facet]])
        yield from ((facet, value) for value in list(values)[:number])


_OTHERS = {
    "niveau": ("primary", "secondary"),
    "thema": ("polarisatie", "radicalisering"),
    "provincie": ("antwerpen",),
}
