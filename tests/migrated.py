"""A copy of the migrated test database, so that the next run need not make some three hundred migrations again.

Only on SQLite in memory. The copy is filed under a fingerprint of every migration and of the libraries that bring
some: another migration, another copy. `migrate` still runs after it and finds nothing to do.
"""

import hashlib
import os
import sqlite3
from importlib import metadata
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


def fingerprint() -> str:
    """Of what the tables are made of: hexadecimal, 16 characters."""
    digest = hashlib.sha256()
    for package in ("Django", "wagtail", "django-allauth"):
        digest.update(metadata.version(package).encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for migration in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(migration.name.encode() + migration.read_bytes())
    return digest.hexdigest()[:16]


def in_memory() -> bool:
    return connection.vendor == "sqlite" and connection.is_in_memory_db()


def fill(sender: type[BaseDatabaseWrapper], connection: Any, copy: Path, **kwargs: object) -> None:
    """Receiver of `connection_created`: an empty database in memory becomes the copy."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db() or not copy.exists():
        return
    target = connection.connection
    if not target.execute("select 1 from sqlite_master").fetchone():
        with sqlite3.connect(copy) as source:
            source.backup(target)


def keep(copy: Path) -> None:
    """Write the database as it is now; older copies go."""
    if copy.exists():
        return
    connection.ensure_connection()
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    with sqlite3.connect(unfinished) as target:
        connection.connection.backup(target)
    for older in copy.parent.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    unfinished.rename(copy)
