"""What a reader may mean while she is still typing: titles of every kind, and whatever else the rooms above know."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.finding.kinds import all_kinds
from core.finding.readers import Reader, gate
from search.api import suggest
from search.documents import kind_of
from search.language import fold, normalise
from search.language.text import words
from search.query import SearchRequest

MINIMUM_LENGTH = 2  # letters or digits
PUNCTUATION = " \"“”„'-"  # of the search box, around the words
MAXIMUM = 8
NOWHERE = 3


@dataclass(frozen=True)
class Suggestion:
    """One line: what it is, its words, where it leads."""

    kind: str
    html: SafeString
    detail: str
    url: str


@dataclass(frozen=True)
class Source:
    """`suggest` gets the folded text and the reader, and yields the best first; at most `most` are shown."""

    suggest: Callable[[str, Reader], Iterable[Suggestion]]
    most: int


_sources: list[Source] = []


def register(suggest: Callable[[str, Reader], Iterable[Suggestion]], *, most: int) -> None:
    """Let a room suggest things besides the titles that the index knows."""
    source = Source(suggest, most)
    if source not in _sources:
        _sources.append(source)


def suggestions(typed: str, reader: Reader) -> list[Suggestion]:
    """At most MAXIMUM, of all sources; nothing that the reader may not see."""
    kinds = tuple(kind.name for kind in all_kinds() if kind.titles_are_suggested)
    asked = SearchRequest(text=typed, audiences=gate().audiences_of(reader), kinds=kinds, page_size=MAXIMUM)
    text = fold(asked.text).strip(PUNCTUATION)
    if sum(map(len, words(text))) < MINIMUM_LENGTH:
        return []
    others = [line for source in _sources for line in list(source.suggest(text, reader))[: source.most]]
    return [*list(_titles(asked, reader))[: MAXIMUM - len(others)], *others]


def _titles(asked: SearchRequest, reader: Reader) -> Iterator[Suggestion]:
    """Titles that the engine finds, checked once more against what the reader may see."""
    hits = suggest(asked)
    found: dict[str, tuple[str, str]] = {}
    for kind in all_kinds():
        if ids := [hit.id for hit in hits if kind_of(hit.id) == kind.name]:
            found |= {id_: (str(kind.label), url) for id_, url in kind.addresses(ids, reader).items()}
    for hit in hits:
        if hit.id in found:
            label, url = found[hit.id]
            yield Suggestion(kind_of(hit.id), hit.title_html, label, url)


def rank(name: str, text: str) -> int:
    """0: the folded text is the name; 1: the name begins so; 2: a word in it does; 3: nowhere."""
    folded = fold(normalise(name))
    if folded == text:
        return 0
    if folded.startswith(text):
        return 1
    return 2 if any(folded[at - 1] in " -(/" for at in _positions(folded, text)) else NOWHERE


def _positions(folded: str, text: str) -> Iterator[int]:
    at = folded.find(text, 1)
    while at > 0:
        yield at
        at = folded.find(text, at + 1)
