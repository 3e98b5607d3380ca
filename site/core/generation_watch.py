"""Sees what is written to the database, and moves the generation in the same transaction.

Whatever way a change takes is seen: a model, `QuerySet.update`, `bulk_create`, raw SQL, a migration, `loaddata`. Not
seen is what psycopg's `cursor.copy()` or another program writes; for those what is remembered has a limit to its age.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from core.generation import TABLE, bump, bump_on

# Rows that no visitor sees on any page that is remembered. In doubt a table is not here.
_unseen = {
    TABLE,
    "account_emailaddress",
    "account_emailconfirmation",
    "cache_entries",
    "django_migrations",
    "django_session",
    "django_tasks_database_dbtaskresult",
    "mfa_authenticator",
    "search_log_asked",
    "usersessions_usersession",
    "wagtailadmin_editingsession",
    "wagtailadmin_formstate",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_uploadedfile",
    "wagtailusers_userprofile",
}

_VERBS = r"INSERT|UPDATE|DELETE|REPLACE|MERGE|COPY|TRUNCATE|CALL|DO"
_FIRST_WORD = re.compile(r"(?:[\s(]|--[^\n]*\n|/\*.*?\*/)*([a-z]+)", re.IGNORECASE | re.DOTALL)
_WRITE = re.compile(rf"\s*(?:{_VERBS})\b", re.IGNORECASE)
_WRITE_ANYWHERE = re.compile(rf"\b(?:{_VERBS})\b", re.IGNORECASE)
_TABLE = re.compile(
    r"\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?|REPLACE\s+INTO)\s+\"?(\w+)\"?[\s(]",
    re.IGNORECASE,
)
_PLAIN = {"SELECT", "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA", "SET", "SHOW", "CREATE", "ALTER", "DROP"}
_SCHEMA = {"CREATE", "ALTER", "DROP"}


def ignore(*tables: str) -> None:
    """Name tables whose rows no visitor sees on a page that may be remembered: writing to them changes nothing."""
    _unseen.update(tables)


class Watch:
    """Sees every statement of one connection, and moves the generation once in every transaction that writes."""

    def __init__(self) -> None:
        self.has_table = False
        # Django begins a new list with every commit, rollback and rollback to a savepoint: while it is the same list,
        # the bump that was made stands.
        self.bumped_in: list[Any] | None = None

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not self._counts(sql):
            return execute(sql, params, many, context)
        connection: BaseDatabaseWrapper = context["connection"]
        if not self._knows_table(connection):
            return execute(sql, params, many, context)
        if connection.in_atomic_block:
            if self.bumped_in is not connection.run_on_commit:
                bump_on(connection)
                self.bumped_in = connection.run_on_commit
            return execute(sql, params, many, context)
        if not connection.get_autocommit():
            bump_on(connection)
            return execute(sql, params, many, context)
        if connection.vendor == "sqlite" and "RETURNING" in str(sql):
            # SQLite commits such a statement once its rows are read: the bump is part of it.
            result = execute(sql, params, many, context)
            bump_on(connection)
            return result
        with transaction.atomic(using=connection.alias):
            bump_on(connection)
            return execute(sql, params, many, context)

    def _counts(self, sql: Any) -> bool:
        """Whether the statement writes rows that a visitor may see."""
        text = sql if isinstance(sql, str) else repr(sql)
        match = _FIRST_WORD.match(text)
        word = match[1].upper() if match else ""
        if word in _SCHEMA:
            self.has_table = False  # look again
        if word == "ROLLBACK":
            self.bumped_in = None  # also of a savepoint that Django does not know
            return False
        if word in _PLAIN and ";" not in text:
            return False
        if match and _WRITE.match(text, match.start(1)) and ";" not in text.rstrip().rstrip(";"):
            table = _TABLE.match(text, match.start(1))
            return table is None or table[1] not in _unseen
        return bool(_WRITE_ANYWHERE.search(text))

    def _knows_table(self, connection: BaseDatabaseWrapper) -> bool:
        """Migrations write before the table exists."""
        if not self.has_table:
            with connection.cursor() as cursor:
                self.has_table = TABLE in connection.introspection.table_names(cursor)
        return self.has_table


def _watch(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """First in the list, the outermost: a temporary wrapper takes the last one off when it ends."""
    connection.execute_wrappers[:] = [w for w in connection.execute_wrappers if not isinstance(w, Watch)]
    connection.execute_wrappers.insert(0, Watch())


def _begin(using: str, **_kwargs: Any) -> None:
    """After migrating, and after emptying the database: a number that never was."""
    if TABLE in connections[using].introspection.table_names():
        bump(using)


def index_changed(**_kwargs: Any) -> None:
    """Lists were made with another search index."""
    bump()


def connect() -> None:
    connection_created.connect(_watch, dispatch_uid="generation")
    post_migrate.connect(_begin, dispatch_uid="generation")
    for connection in connections.all(initialized_only=True):
        _watch(connection)
