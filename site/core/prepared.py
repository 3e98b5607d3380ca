"""Queries whose SQL is made once. For unions over many tables Django needs longer to write the SQL than to ask it.

PostgreSQL needs longer to plan such a query than to answer it: there it is prepared, once for every connection, with a
plan that serves all ids (decision 21). The queries look rows up by id or by another unique text, nothing else: a plan
that does not know the values is as good as any.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connections
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators

from core.prepared_query import MARK, PreparedQuery, can_prepare, is_id, value_of

Build = Callable[[Sequence[int]], QuerySet[Any, Any]]
ModelT = TypeVar("ModelT", bound=Model)


class Statement:
    """SQL with places for ids and texts."""

    def __init__(self, sql: str, parameters: Sequence[Any]) -> None:
        self._texts = sql.split("%s")
        if len(self._texts) != len(parameters) + 1:
            raise ValueError("a text in the query looks like a parameter")
        self._sql = sql
        self._parameters = tuple(parameters)

    def filled(self, wanted: Sequence[Any]) -> tuple[str, list[Any]]:
        """The SQL and its parameters for these values; ids as the numbers they are, which a driver does sooner."""
        pieces, others = [self._texts[0]], []
        for parameter, text in zip(self._parameters, self._texts[1:], strict=True):
            if is_id(parameter):
                pieces += [str(int(wanted[-parameter - 1])), text]
            else:
                pieces += ["%s", text]
                others.append(value_of(parameter, wanted))
        return "".join(pieces), others

    @cached_property
    def prepared(self) -> PreparedQuery:
        """The same for a database that can prepare it."""
        return PreparedQuery(self._sql, self._parameters)


def _padded(values: Iterable[Any]) -> list[Any]:
    """Each once, and the last one again up to a power of two: queries for few different numbers of values."""
    found = list(dict.fromkeys(values))
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else []


def _answered(statement: Statement, wanted: Sequence[Any]) -> list[tuple[Any, ...]]:
    connection = connections[DEFAULT_DB_ALIAS]
    if can_prepare(connection):
        try:
            return statement.prepared.answered(connection, wanted)
        except NotSupportedError:  # a migration gave a column another type since it was prepared
            if connection.in_atomic_block:
                raise
    with connection.cursor() as cursor:
        cursor.execute(*statement.filled(wanted))
        return cursor.fetchall()


def rows_for(build: Build, ids: Iterable[int]) -> list[tuple[Any, ...]]:
    """The rows of `build(ids)`, a query of plain texts and numbers in which the ids are the only negative numbers."""
    wanted = _padded(ids)
    if not wanted:
        return []
    return _answered(_written(build, len(wanted), connections[DEFAULT_DB_ALIAS].vendor), wanted)


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
    wanted = _padded(values)
    if not wanted:
        return []
    texts = tuple(isinstance(value, str) for value in wanted)
    query = _compiled(build, texts, connections[DEFAULT_DB_ALIAS].vendor)
    rows: Iterable[Sequence[Any]] = _answered(query.statement, wanted)
    if query.converters:
        rows = query.compiler.apply_converters(rows, query.converters)
    populators = get_related_populators(query.compiler.klass_info, query.compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of Django 6
    found = []
    for row in rows:
        thing = query.load(row)
        for populator in populators:
            populator.populate(row, thing)
        for name, column in (query.compiler.annotation_col_map or {}).items():
            setattr(thing, name, row[column])
        found.append(thing)
    return found


@dataclass(frozen=True)
class _Compiled:
    """A query, with the compiler that knows what its columns are, and what makes objects of the model's own columns."""

    statement: Statement
    compiler: Any
    converters: dict[int, Any]
    load: "_Loader"


@lru_cache(maxsize=256)
def _compiled(build: Any, texts: tuple[bool, ...], vendor: str) -> _Compiled:
    places = [f"{MARK}{at}" if is_text else -at - 1 for at, is_text in enumerate(texts)]
    compiler = build(places).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    own = compiler.klass_info["select_fields"]
    if own != list(range(len(own))):
        raise ValueError("the model's own columns must come first")
    names = [compiler.select[at][0].target.attname for at in own]
    converters = compiler.get_converters([column for column, *_sql in compiler.select])
    return _Compiled(Statement(sql, parameters), compiler, converters, _Loader(compiler.klass_info["model"], names))


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
