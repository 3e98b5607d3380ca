"""The facets of lists: search facets that know the words of their values and in which order to show them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import get_language

from core.generation import per_generation
from search.query import Facet


class Order(Enum):
    """Most results first; as the words stand; from the last value back."""

    COUNT = auto()
    WORDS = auto()
    BACKWARDS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFacet(Facet):
    """`words` gives value → label for every value there is; left out, any value is its own label.

    It is asked once for each list, so it should come from memory or take one query.
    """

    words: Callable[[], Mapping[str, str]] | None = None
    order: Order = Order.COUNT
    help_text: str | Promise = ""


def words_of(choices: type[Choices]) -> Callable[[], Mapping[str, str]]:
    """For a facet whose values are a fixed list."""
    return lambda: dict(choices.choices)


def _capital(text: str) -> str:
    """As Django's `capfirst`, which takes longer to see that its argument is not lazy; a page has hundreds."""
    return text[:1].upper() + text[1:]


@per_generation
def _in_full(words: Callable[[], Mapping[str, str]], language: str) -> Mapping[str, str]:
    """The words as they are shown; the language is part of what they are remembered by."""
    return {value: _capital(str(label)) for value, label in words().items()}


_spoken: dict[tuple[int, str], tuple[Promise, str]] = {}  # with the promise itself: while it lives nothing has its id


def spoken(text: str | Promise, language: str) -> str:
    """A label in the language of the reader; what was said before is remembered."""
    if isinstance(text, str):
        return text
    key = (id(text), language)
    known = _spoken.get(key)
    if known is None:
        if len(_spoken) >= 1000:
            _spoken.clear()
        known = _spoken[key] = text, str(text)
    return known[1]


class FacetWords:
    """The words on screen for the values of some facets, as one list needs them."""

    def __init__(self, facets: Iterable[ListedFacet]) -> None:
        self._language = get_language() or ""
        self._facets = {facet.name: facet for facet in facets}
        self._read: dict[Callable[[], Mapping[str, str]], Mapping[str, str]] = {}

    def _words(self, name: str) -> Mapping[str, str] | None:
        """Facets of the same words ask once."""
        facet = self._facets.get(name)
        if facet is None or facet.words is None:
            return None
        if facet.words not in self._read:
            self._read[facet.words] = _in_full(facet.words, self._language)
        return self._read[facet.words]

    def spoken(self, text: str | Promise) -> str:
        """A label or an explanation of a facet."""
        return spoken(text, self._language)

    def of(self, name: str, value: str) -> str:
        return (self._words(name) or {}).get(value) or _capital(value)

    def known(self, name: str, values: Iterable[str]) -> list[tuple[str, str]]:
        """Those of the values that exist, each with its words; an address may hold any word."""
        words = self._words(name)
        if words is None:
            return [(value, _capital(value)) for value in values]
        return [(value, words[value]) for value in values if value in words]

    def in_order(self, name: str, counts: Mapping[str, int]) -> list[str]:
        """The values of counts, of which most stands first, in the order of their facet; what nobody knows last."""
        order = self._facets[name].order
        if order is Order.BACKWARDS:
            return sorted(counts, reverse=True)
        if order is Order.COUNT:
            return list(counts)
        words = self._words(name) or {}
        return [
            *(value for value in words if value in counts),
            *sorted(value for value in counts if value not in words),
        ]
