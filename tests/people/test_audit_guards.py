"""The audit log is only added to: not by code, and not by whoever writes to the database."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from people.audit import record
from people.models import AuditAction, AuditEntry
from tests.conftest import audit_guard
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def guarded(db):
    """As migrated: the other tests run without the guards."""
    for statement in (*audit_guard.UNGUARD[connection.vendor], *getattr(audit_guard, connection.vendor.upper())):
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def entry(guarded):
    return record(AuditAction.GROUPS, actor=make_user(), subject=make_user(), details={"added": ["Redactie"]})


def test_the_migrations_make_the_guards(django_db_setup):
    assert django_db_setup == {"sqlite": 2, "postgresql": 1}[connection.vendor]


def run(sql, *parameters):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


@pytest.mark.parametrize(
    "change",
    [
        "action = 'export'",
        "at = '2020-01-01 00:00:00'",
        "object_label = 'iets anders'",
        "details = '{}'",
        "id = id + 1000",
        "actor_id = subject_id",
    ],
)
def test_the_database_refuses_to_change_a_line(entry, change):
    with pytest.raises(IntegrityError, match="audit log"):
        run(f"UPDATE people_auditentry SET {change}")


def test_the_database_refuses_to_delete_a_young_line(entry):
    with pytest.raises(IntegrityError, match="audit log"):
        run("DELETE FROM people_auditentry")

    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_a_line_older_than_a_year_may_go(guarded):
    old = AuditEntry.objects.create(action="export", at=timezone.now() - datetime.timedelta(days=370))

    assert AuditEntry.objects.forget_before(timezone.now() - datetime.timedelta(days=367)) == 1
    assert not AuditEntry.objects.filter(pk=old.pk).exists()


def test_the_retention_job_cannot_go_below_a_year(entry):
    with pytest.raises(IntegrityError, match="audit log"), transaction.atomic():
        AuditEntry.objects.forget_before(timezone.now() + datetime.timedelta(days=1))


def test_a_person_may_become_nobody(entry):
    entry.actor.delete()

    entry.refresh_from_db()
    assert entry.actor is None


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.update(action="export"),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["action"]),
    ],
)
def test_no_code_changes_or_deletes_a_line(attempt):
    entry = record(AuditAction.EXPORTED)

    with pytest.raises(PermissionDenied):
        attempt(entry)


def test_without_the_guard_the_database_would_let_it(db):
    """The control: what refuses above is the trigger."""
    record(AuditAction.EXPORTED)

    assert run("UPDATE people_auditentry SET object_label = 'anders'") == 1
    assert run("DELETE FROM people_auditentry") == 1
