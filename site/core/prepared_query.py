"""Queries that PostgreSQL plans once for every connection, whatever ids they ask for (decision 21)."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, Self, TypeGuard

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

MARK = "\ufdd0"  # begins the place of a text; no text holds it
_PLACES = re.compile(r"(?P<list>IN \(%s(?:, %s)*\))|%s")


def is_id(parameter: Any) -> TypeGuard[int]:
    """Whether an id will stand here: -1 is the first of those that are asked for."""
    return isinstance(parameter, int) and parameter < 0


def value_of(parameter: Any, wanted: Sequence[Any]) -> Any:
    """The text that was asked for, where one will stand; anything else is what it is."""
    if isinstance(parameter, str) and parameter.startswith(MARK):
        return wanted[int(parameter[1:])]
    return parameter


class PreparedQuery:
    """SQL in which every list of ids is one parameter, so that it is the same for any number of them."""

    def __init__(self, sql: str, parameters: Sequence[Any]) -> None:
        self._parameters: dict[str, Any] = {}
        left = iter(parameters)

        def named(found: re.Match[str]) -> str:
            taken = tuple(islice(left, found[0].count("%s")))
            if found["list"] and all(map(is_id, taken)):
                return f"= ANY({self._name(taken)}::bigint[])"
            return found[0] % tuple(map(self._name, taken))

        self.sql = _PLACES.sub(named, sql)

    def _name(self, parameter: Any) -> str:
        """The parts of a union ask for the same ids: those are one parameter."""
        same = [name for name, known in self._parameters.items() if isinstance(known, tuple) and known == parameter]
        name = same[0] if same else f"p{len(self._parameters)}"
        self._parameters[name] = parameter
        return f"%({name})s"

    def bound(self, wanted: Sequence[Any]) -> dict[str, Any]:
        """The parameters for these values. Ids go as text, which a driver passes on as it is: PostgreSQL knows their
        type from what they are compared with.
        """
        return {name: _bound(parameter, wanted) for name, parameter in self._parameters.items()}

    def answered(self, connection: BaseDatabaseWrapper, wanted: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows, by way of Django's own wrapper, which counts queries and translates errors."""
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        with _wrapped(connection, _PreparingCursor(connection.connection)) as cursor:
            cursor.execute(self.sql, self.bound(wanted))
            return cursor.fetchall()


def can_prepare(connection: BaseDatabaseWrapper) -> bool:
    """As the settings say: see `config.settings.environment.prepared`."""
    return connection.settings_dict["OPTIONS"].get("prepare_threshold") is not None


def _bound(parameter: Any, wanted: Sequence[Any]) -> Any:
    if isinstance(parameter, tuple):
        return "{" + ",".join([_id(place, wanted) for place in parameter]) + "}"
    return _id(parameter, wanted) if is_id(parameter) else value_of(parameter, wanted)


def _id(place: int, wanted: Sequence[Any]) -> str:
    return str(int(wanted[-place - 1]))


def _wrapped(connection: BaseDatabaseWrapper, cursor: Any) -> CursorWrapper:
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


class _PreparingCursor(Cursor[Any]):
    """Django's own cursor fills values in by itself, and prepares nothing."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        return super().execute(query, params, **{**options, "prepare": True})
