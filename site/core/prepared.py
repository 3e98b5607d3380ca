"""Queries whose SQL is made once. For unions over many tables Django needs longer to write the SQL than to ask it."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

Build = Callable[[Sequence[int]], QuerySet[Any, Any]]


def rows_for(build: Build, ids: Iterable[int]) -> list[tuple[Any, ...]]:
    """The rows of `build(ids)`, a query of plain texts and numbers in which the ids are the only negative numbers."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    sql, parameters = _written(build, len(wanted), connection.vendor)
    given = [wanted[-value - 1] if isinstance(value, int) and value < 0 else value for value in parameters]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


@lru_cache(maxsize=256)
def _written(build: Build, count: int, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """With -1, -2, … where the ids will stand."""
    return build([-number for number in range(1, count + 1)]).query.sql_with_params()
