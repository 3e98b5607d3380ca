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


def rows_for(build: Build, ids: Iterable[int]) -> list[tuple[Any, ...]]:
    """The rows of `build(ids)`, a query of plain texts and numbers in which the ids are the only negative numbers."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    sql, parameters = _written(build, len(wanted), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, _filled(parameters, wanted))
        return cursor.fetchall()


@lru_cache(maxsize=256)
def _written(build: Build, count: int, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """With -1, -2, … where the ids will stand."""
    return build([-number for number in range(1, count + 1)]).query.sql_with_params()


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
    sql, parameters, compiler, load = _compiled(build, texts, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, _filled(parameters, wanted))
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


def _filled(parameters: Iterable[Any], wanted: Sequence[Any]) -> list[Any]:
    def value_of(parameter: Any) -> Any:
        if isinstance(parameter, int) and parameter < 0:
            return wanted[-parameter - 1]
        if isinstance(parameter, str) and parameter.startswith(MARK):
            return wanted[int(parameter[1:])]
        return parameter

    return [value_of(parameter) for parameter in parameters]


@lru_cache(maxsize=256)
def _compiled(build: Any, texts: tuple[bool, ...], vendor: str) -> tuple[str, tuple[Any, ...], Any, "_Loader"]:
    """With the compiler, which knows what the columns are, and what makes objects of the model's own among them."""
    places = [f"{MARK}{at}" if is_text else -at - 1 for at, is_text in enumerate(texts)]
    compiler = build(places).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    own = compiler.klass_info["select_fields"]
    if own != list(range(len(own))):
        raise ValueError("the model's own columns must come first")
    names = [compiler.select[at][0].target.attname for at in own]
    return sql, tuple(parameters), compiler, _Loader(compiler.klass_info["model"], names)


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
