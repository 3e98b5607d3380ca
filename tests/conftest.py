"""The cast of people and the tree of pages that all tests share."""

import gc
import importlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.test import Client
from hypothesis import HealthCheck, settings

from home.setup.permissions import EDITORS, MODERATORS, ensure_groups_and_workflow
from people.models import AuditEntry, User
from search.models import OutboxEntry
from tests import migrated
from tests.factories import Tree, make_tree, make_user

audit_guard = importlib.import_module("people.migrations.0004_audit_log")
# How long one example takes says nothing on a busy machine. What decides whether a change lands (CI is set) tries the
# same examples every time; whoever runs the tests herself tries new ones.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("decides", settings.get_profile("house"), derandomize=True)
settings.load_profile("decides" if os.environ.get("CI") else "house")
ROLES = ("anonymous", "practitioner", "editor", "moderator", "admin")


@pytest.hookimpl(tryfirst=True)  # before `-m` reads the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What uses no database is `any_database`. On PostgreSQL only the others have something to find out."""
    for item in items:
        if not _uses_database(item):
            item.add_marker(pytest.mark.any_database)
    if not os.environ.get("TEST_DATABASE_URL", "").startswith("postgres"):
        return
    left_out = {item for item in items if item.get_closest_marker("any_database")}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _uses_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def migrated_copy(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Where the migrated database of the last run is; filled in as soon as this run opens an empty one."""
    copy = request.config.cache.mkdir("migrated") / f"{migrated.fingerprint()}.sqlite3"
    receiver = partial(migrated.fill, copy=copy)
    connection_created.connect(receiver)
    yield copy
    connection_created.disconnect(receiver)


@pytest.fixture(scope="session")
def django_db_setup(migrated_copy, django_db_setup, django_db_blocker):
    """A database with what nearly every test starts from: the tree of pages, the groups and the workflow.

    SQLite empties tables with DELETE after a test with transactions, which the audit log refuses: its guards are put
    back by the tests that are about them (tests/people/test_audit_guards.py). Answers how many the migrations made.
    """
    with django_db_blocker.unblock():
        if migrated.in_memory():
            migrated.keep(migrated_copy)
        made = audit_guard.count(connection)
        with connection.schema_editor() as editor:
            audit_guard.unguard(None, editor)
        with transaction.atomic():
            make_tree()
            ensure_groups_and_workflow()
            AuditEntry.objects.all()._raw_delete(connection.alias)
            OutboxEntry.objects.all().delete()
            connection.run_on_commit.clear()
    gc.freeze()  # what is loaded by now stays: no need to look through it again and again
    return made


@dataclass
class Cast:
    """One person of every role; `client("editor")` is a browser in which she is signed in."""

    practitioner: User
    editor: User
    moderator: User
    admin: User
    _clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        if role not in self._clients:
            client = Client()
            if role != "anonymous":
                client.force_login(getattr(self, role))
            self._clients[role] = client
        return self._clients[role]


@pytest.fixture
def tree(db: None) -> Tree:
    return make_tree()


@pytest.fixture
def cast(tree: Tree) -> Cast:
    if not Group.objects.filter(name=EDITORS).exists():  # a test with transactions emptied the database
        ensure_groups_and_workflow()
    editors, moderators = Group.objects.get(name=EDITORS), Group.objects.get(name=MODERATORS)
    cast = Cast(
        practitioner=make_user("ambtenaar@voorbeeld.be", first_name="Amina", last_name="Ambtenaar"),
        editor=make_user("redactie@voorbeeld.be", first_name="Rik", last_name="Redacteur"),
        moderator=make_user("eindredactie@voorbeeld.be", first_name="Els", last_name="Eindredacteur"),
        admin=make_user(
            "beheer@voorbeeld.be", first_name="Bea", last_name="Beheerder", is_staff=True, is_superuser=True
        ),
    )
    cast.editor.groups.add(editors)
    cast.moderator.groups.add(moderators)
    return cast
