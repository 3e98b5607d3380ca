"""What was found out about the words of an index, kept until the index changes."""

from typing import Any, Protocol

import tantivy

REMEMBERED = 50_000  # words and beginnings of words


class Memory(dict[tuple[Any, ...], Any]):
    """What was found out about words in one state of the index: by the audiences that asked, for nobody else."""

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
