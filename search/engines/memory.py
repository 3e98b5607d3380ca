"""What was found out about the words of an index, and read from it, kept until the index changes."""

from typing import Any, NamedTuple, Protocol

import tantivy

from search.engines.document_sets import DocumentSets
from search.language.phrases import Phrases

REMEMBERED = 50_000  # words and beginnings of words
CHARACTERS = 24_000_000  # of texts: of about 1,500 documents


class Stored(NamedTuple):
    """What the index holds of a document that is shown: its texts as they are marked, and their concordance."""

    id: str
    kind: str
    text: str
    known: str


class Texts(dict[tuple[int, int], Stored]):
    """Documents that were shown, by their place in one state of the index. When they are too many it begins anew."""

    def __init__(self) -> None:
        super().__init__()
        self._characters = 0

    def __setitem__(self, place: tuple[int, int], stored: Stored) -> None:
        size = len(stored.text) + len(stored.known)
        if self._characters + size > CHARACTERS:
            self.clear()
            self._characters = 0
        self._characters += size
        super().__setitem__(place, stored)


class Memory(dict[tuple[Any, ...], Any]):
    """What was found out about words in one state of the index: by the audiences that asked, for nobody else."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = Texts()
        self.sets: DocumentSets | None = None  # made when something is counted

    def __setitem__(self, key: tuple[Any, ...], value: Any) -> None:
        if len(self) >= REMEMBERED:
            self.clear()
        super().__setitem__(key, value)


class Source(Protocol):
    """What a query is about: an index as one search sees it."""

    @property
    def searcher(self) -> tantivy.Searcher: ...
    @property
    def schema(self) -> tantivy.Schema: ...
    @property
    def memory(self) -> Memory: ...
    @property
    def phrases(self) -> Phrases: ...
