"""Queries whose SQL is made once. For unions over many tables Django needs longer to write the SQL than to ask it."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators

Build = Callable[[Sequence[int]], QuerySet[Any, Any]]
ModelT = TypeVar("ModelT", bound=Model)
MARK = "\ufdd0"  # begins the place of a text; no text holds it


class Statement:
    """SQL in which ids stand as the numbers they are: a driver takes longer over a parameter than over a digit."""

    def __init__(self, sql: str, parameters: Sequence[Any]) -> None:
        texts = sql.split("%s")
        if len(texts) != len(parameters) + 1:
            raise ValueError("a text in the query looks like a parameter")
        pieces: list[str | int] = [texts[0]]
        others = []
        for parameter, text in zip(parameters, texts[1:], strict=True):
            if isinstance(parameter, int) and parameter < 0:
                pieces += [-parameter - 1, text]
            else:
                pieces += ["%s", text]
                others.append(parameter)
        self._pieces = tuple(pieces)
        self._parameters = tuple(others)

    def filled(self, wanted: Sequence[Any]) -> tuple[str, list[Any]]:
        """The SQL and its parameters for these values."""
        sql = "".join([piece if isinstance(piece, str) else str(int(wanted[piece])) for piece in self._pieces])
        return sql, [_value_of(parameter, wanted) for parameter in self._parameters]


def _value_of(parameter: Any, wanted: Sequence[Any]) -> Any:
    if isinstance(parameter, str) and parameter.startswith(MARK):
        return wanted[int(parameter[1:])]
    return parameter


def rows_for(build: Build, ids: Iterable[int]) -> list[tuple[Any, ...]]:
    """The rows of `build(ids)`, a query of plain texts and numbers in which the ids are the only negative numbers."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    statement = _written(build, len(wanted), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(*statement.filled(wanted))
        return cursor.fetchall()


@lru_cache(maxsize=256)
def _written(build: Build, count: int, vendor: str) -> Statement:
    """With -1, -2, … where the ids will stand."""
    return Statement(*build([-number for number in range(1, count + 1)]).query.sql_with_params())


def objects_for(
    build: Callable[[Sequence[Any]], QuerySet[ModelT, ModelT]], values: Iterable[int | str]
) -> list[ModelT]:
    """The objects of `build(values)`, which may defer fields and join others, but not prefetch or slice.

    As in `rows_for`, the values are the only negative numbers in the query. Texts must be looked up as they are.
    """
    wanted = list(dict.fromkeys(values))
    if not wanted:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    texts = tuple(isinstance(value, str) for value in wanted)
    statement, compiler, load = _compiled(build, texts, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(*statement.filled(wanted))
        rows = cursor.fetchall()
    populators = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of Django 6
    found = []
    for row in compiler.results_iter([rows]):
        thing = load(row)
        for populator in populators:
            populator.populate(row, thing)
        for name, column in (compiler.annotation_col_map or {}).items():
            setattr(thing, name, row[column])
        found.append(thing)
    return found


@lru_cache(maxsize=256)
def _compiled(build: Any, texts: tuple[bool, ...], vendor: str) -> tuple[Statement, Any, "_Loader"]:
    """With the compiler, which knows what the columns are, and what makes objects of the model's own among them."""
    places = [f"{MARK}{at}" if is_text else -at - 1 for at, is_text in enumerate(texts)]
    compiler = build(places).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    own = compiler.klass_info["select_fields"]
    if own != list(range(len(own))):
        raise ValueError("the model's own columns must come first")
    names = [compiler.select[at][0].target.attname for at in own]
    return Statement(sql, parameters), compiler, _Loader(compiler.klass_info["model"], names)


class _Loader:
    """As `Model.from_db`, but for the constructor: of a page with dozens of fields that are not read it takes longer
    than everything else. No signals; a field that converts what it is given is still given it.
    """

    def __init__(self, model: type[Model], names: Sequence[str]) -> None:
        self._model = model
        self._names = tuple(names)
        self._converting = [
            (at, name) for at, name in enumerate(names) if hasattr(inspect.getattr_static(model, name, None), "__set__")
        ]

    def __call__(self, row: Sequence[Any]) -> Any:
        thing = self._model.__new__(self._model)
        thing._state = ModelState()
        thing._state.adding, thing._state.db = False, DEFAULT_DB_ALIAS
        thing.__dict__.update(zip(self._names, row, strict=False))  # what follows is of others
        for at, name in self._converting:
            setattr(thing, name, row[at])
        return thing
