"""A number that changes with every commit that could change anything a visitor sees.

Whatever is remembered between requests is remembered *for one generation*, so that it can never be stale, on no worker:
the number stands in the database and grows in the very transaction that changes something. See
docs/decisions/0009-generation-in-the-database.md.

`current()` is the number, `@per_generation` remembers what a function returned. Who moves it: `generation_watch`, with
every write. Nothing is remembered inside a transaction: what it sees may never be committed.
"""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import get_ident
from typing import ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)

# One number in many slots, so that writers do not wait for each other; the generation is their sum. Not a model: nobody
# is to dump, load or flush it with the rest, which would bring an old number back.
TABLE = "core_generation"
SLOTS = 256
MAX_AGE = 600  # seconds; the net below the net: for a change that no process of ours made
MAX_VALUES = 256  # of one function


class _Scope:
    """One request; what it read of the generation."""

    number: int | None = None


_scope: ContextVar[_Scope | None] = ContextVar("generation_scope", default=None)


@contextmanager
def scope() -> Iterator[None]:
    """Within it the generation is read once; again after a change that was made here."""
    token = _scope.set(_Scope())
    try:
        yield
    finally:
        _scope.reset(token)


def in_transaction() -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    return connection.in_atomic_block or (connection.connection is not None and not connection.autocommit)


def current() -> int:
    """The generation now; 0 where there is none yet, for which nothing may be remembered. At most one query."""
    found = _scope.get()
    if found is None or in_transaction():
        return _read()
    if found.number is None:
        found.number = _read()
    return found.number


def _read() -> int:
    """Mostly the first query of a request: it also finds out whether a connection that was kept still works."""
    connection = connections[DEFAULT_DB_ALIAS]
    was_kept = connection.connection is not None and not in_transaction()
    try:
        if was_kept:
            # Or Django would ask "SELECT 1" first, with every request.
            connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs do not know it
        return _sum(connection)
    except (InterfaceError, OperationalError):
        if not was_kept:
            raise
        connection.close()
        return _sum(connection)


def _sum(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(changes) FROM {TABLE}")  # noqa: S608  # a constant
        return int(cursor.fetchone()[0] or 0)


def bump(using: str = DEFAULT_DB_ALIAS) -> None:
    """A new generation, when the current transaction commits; for a change that is not in the database."""
    bump_on(connections[using])


def bump_on(connection: BaseDatabaseWrapper) -> None:
    """As `bump`. Never waits for another writer while there is a free slot, so it cannot be part of a deadlock.

    The time is in the number, so that none comes back after the table was emptied or restored from a backup.
    """
    if (found := _scope.get()) is not None:
        found.number = None
    slot, now = hash((os.getpid(), get_ident())) % SLOTS, time.time_ns() // 1000
    largest = "MAX" if connection.vendor == "sqlite" else "GREATEST"
    with connection.cursor() as cursor:
        if connection.features.has_select_for_update_skip_locked:
            cursor.execute(
                f"UPDATE {TABLE} SET changes = {largest}(changes + 1, %s) WHERE slot = (SELECT slot FROM {TABLE} "  # noqa: S608
                "ORDER BY slot = %s DESC LIMIT 1 FOR UPDATE SKIP LOCKED)",
                [now, slot],
            )
            if cursor.rowcount:
                return
        cursor.execute(
            f"INSERT INTO {TABLE} (slot, changes) VALUES (%s, %s) ON CONFLICT (slot) "  # noqa: S608
            f"DO UPDATE SET changes = {largest}({TABLE}.changes + 1, excluded.changes)",
            [slot, now],
        )


def each_per_generation(
    most: int,
) -> Callable[[Callable[[list[K]], Mapping[K, R]]], Callable[[Iterable[K]], dict[K, R]]]:
    """As `per_generation`, for a function of many keys: it is asked for those that are not known yet.

    What it gives nothing for is remembered too. At most so many are remembered, the longest unused go first.
    """

    def remembering_each(function: Callable[[list[K]], Mapping[K, R]]) -> Callable[[Iterable[K]], dict[K, R]]:
        values: OrderedDict[K, tuple[int, float, R | None]] = OrderedDict()
        lock = threading.Lock()

        @wraps(function)
        def remembering(keys: Iterable[K]) -> dict[K, R]:
            wanted = list(dict.fromkeys(keys))
            if not wanted or in_transaction() or not (number := current()):
                return dict(function(wanted))
            now = time.monotonic()
            found: dict[K, R | None] = {}
            with lock:
                for key in wanted:
                    known = values.get(key)
                    if known is not None and known[0] == number and now - known[1] < MAX_AGE:
                        values.move_to_end(key)
                        found[key] = known[2]
            if missing := [key for key in wanted if key not in found]:
                read = function(missing)
                found |= {key: read.get(key) for key in missing}
                with lock:
                    values.update((key, (number, now, found[key])) for key in missing)
                    while len(values) > most:
                        values.popitem(last=False)
            return {key: value for key in wanted if (value := found[key]) is not None}

        return remembering

    return remembering_each


def per_generation(function: Callable[P, R]) -> Callable[P, R]:
    """Remember what the function returned for these (hashable) arguments until anything changes.

    For answers that are the same for every reader. The same object is returned to every caller, in every thread: it is
    not to be changed. Call it as usual, also inside a transaction or before the first migration.
    """
    values: OrderedDict[Hashable, tuple[int, float, R]] = OrderedDict()
    lock = threading.Lock()

    @wraps(function)
    def remembering(*args: P.args, **kwargs: P.kwargs) -> R:
        if in_transaction() or not (number := current()):
            return function(*args, **kwargs)
        key = (args, tuple(sorted(kwargs.items())))
        now = time.monotonic()
        with lock:
            found = values.get(key)
        if found is not None and found[0] == number and now - found[1] < MAX_AGE:
            return found[2]
        value = function(*args, **kwargs)
        with lock:
            values[key] = (number, now, value)
            values.move_to_end(key)
            while len(values) > MAX_VALUES:
                values.popitem(last=False)
        return value

    return remembering
