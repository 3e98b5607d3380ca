"""A bounded memory of one process for the values of one generation."""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

ValueT = TypeVar("ValueT")

TRIED = 0.25  # of the bytes: for what was asked for once


@dataclass(frozen=True, slots=True)
class _Entry(Generic[ValueT]):
    value: ValueT
    size: int
    until: float


class _Shelf(OrderedDict[Hashable, _Entry[ValueT]]):
    """Entries, the longest unused first, and their size together."""

    total = 0

    def add(self, key: Hashable, entry: _Entry[ValueT]) -> None:
        self.take(key)
        self[key] = entry
        self.total += entry.size

    def take(self, key: Hashable) -> _Entry[ValueT] | None:
        entry = self.pop(key, None)
        self.total -= entry.size if entry else 0
        return entry

    def shrink(self, limit: float) -> list[tuple[Hashable, _Entry[ValueT]]]:
        """Take off what was unused for longest until the limit is kept."""
        gone = []
        while self.total > limit:
            key, entry = self.popitem(last=False)
            self.total -= entry.size
            gone.append((key, entry))
        return gone


class PageStore(Generic[ValueT]):
    """What is asked for a second time moves to a shelf of its own, so that a flood of addresses that nobody asks for
    twice cannot push out what everybody reads. With a new generation everything goes.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit  # bytes
        self._lock = threading.Lock()
        self._forget(0)

    def _forget(self, number: int) -> None:
        self._number = number
        self._once: _Shelf[ValueT] = _Shelf()
        self._often: _Shelf[ValueT] = _Shelf()

    @property
    def size(self) -> int:
        return self._once.total + self._often.total

    def clear(self) -> None:
        with self._lock:
            self._forget(0)

    def get(self, number: int, key: Hashable) -> ValueT | None:
        """`number` is the generation that the asker has just read."""
        with self._lock:
            if number != self._number:
                self._forget(number)
            entry = self._often.take(key) or self._once.take(key)
            if entry is None or entry.until <= time.monotonic():
                return None
            self._often.add(key, entry)
            for old, demoted in self._often.shrink(self.limit * (1 - TRIED)):
                self._once.add(old, demoted)
            self._once.shrink(self.limit * TRIED)
            return entry.value

    def put(self, number: int, key: Hashable, value: ValueT, *, size: int, until: float) -> None:
        """Keep it, unless it is very large or another generation has begun since."""
        with self._lock:
            if number != self._number or size > self.limit * TRIED / 4:
                return
            self._once.add(key, _Entry(value, size, until))
            self._once.shrink(self.limit * TRIED)
