"""What use leaves behind: sessions, mails, tasks, versions of texts, logs."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, WorkflowState

from core import retention
from core.mail.models import OutgoingMail
from core.retention import Outcome, Rule, of_rows
from people.audit import record
from people.models import AuditAction, AuditEntry

LOGS = (PageLogEntry, ModelLogEntry)
BUSY = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def expired_sessions() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=timezone.now())


def gone_sessions() -> QuerySet[UserSession]:
    """Devices that are no longer signed in: their address of the internet goes with them."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=timezone.now())
    return UserSession.objects.filter(~Exists(alive))


def clear_sessions() -> int:
    count = expired_sessions().count() + gone_sessions().count()
    gone_sessions().delete()
    expired_sessions().delete()
    return count


def old_revisions() -> QuerySet[Revision]:
    """Drafts that a later version replaced. What was ever public stays, and so does what somebody works on."""
    pages = Page.objects.all()
    published = PageLogEntry.objects.filter(action="wagtail.publish", revision=OuterRef("pk"))
    return (
        Revision.objects.page_revisions()
        .filter(created_at__lt=retention.cutoff("revisions"), approved_go_live_at=None)
        .exclude(pk__in=pages.exclude(latest_revision=None).values("latest_revision"))
        .exclude(pk__in=pages.exclude(live_revision=None).values("live_revision"))
        .exclude(task_states__workflow_state__status__in=BUSY)
        .filter(~Exists(published), created_comments__isnull=True)
    )


def delete_revisions() -> int:
    found = list(old_revisions().values_list("pk", flat=True))
    Revision.objects.filter(pk__in=found).delete()
    return len(found)


def count_named_log() -> int:
    moment = retention.cutoff("admin_log")
    return sum(model.objects.filter(timestamp__lt=moment, user__isnull=False).count() for model in LOGS)


def unname_log() -> int:
    moment = retention.cutoff("admin_log")
    return sum(model.objects.filter(timestamp__lt=moment, user__isnull=False).update(user=None) for model in LOGS)


def old_mails() -> QuerySet[OutgoingMail]:
    """No server took them in all that time; a mail that went out is not kept at all."""
    return OutgoingMail.objects.filter(created_at__lt=retention.cutoff("mails"))


def old_tasks() -> "QuerySet[Any]":
    return DBTaskResult.objects.filter(finished_at__lt=retention.cutoff("tasks"))


def _cache_table() -> str:
    """The cache in the database, quoted; empty where the cache is elsewhere."""
    cache = settings.CACHES["default"]
    table = cache.get("LOCATION", "")
    if not cache["BACKEND"].endswith("db.DatabaseCache") or table not in connection.introspection.table_names():
        return ""
    return connection.ops.quote_name(table)


def clear_cache() -> int:
    """Counts against guessing hold addresses of the internet: away with them once they expired."""
    if not (table := _cache_table()):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [_moment()])  # noqa: S608  # a setting
        return max(cursor.rowcount, 0)


def count_cache() -> int:
    if not (table := _cache_table()):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE expires < %s", [_moment()])  # noqa: S608
        return int(cursor.fetchone()[0])


def _moment() -> Any:
    return connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))


def write_down(outcomes: list[Outcome]) -> None:
    """What was deleted is a line of the audit log: how many, by which rule."""
    done = {outcome.rule.name: outcome.count for outcome in outcomes if outcome.count}
    if done:
        record(AuditAction.FORGOTTEN, details=done)


def connect() -> None:
    retention.when_finished(write_down)
    deleted = _("Deleted")
    retention.register(
        Rule(
            "sessions",
            _("On which devices you are signed in, with their IP address, after you last used them"),
            deleted,
            "sessions",
            lambda: expired_sessions().count() + gone_sessions().count(),
            clear_sessions,
            order=30,
        ),
        Rule("cache", _("Counts of failed sign-ins"), deleted, "cache", count_cache, clear_cache, order=31),
        of_rows("mails", _("Mails that could not be sent; a mail that was sent is not kept"), old_mails, order=32),
        of_rows("tasks", _("Technical notes of tasks that ran"), old_tasks, order=33),
        of_rows(
            "revisions",
            _("Earlier drafts of texts; versions that were published stay"),
            old_revisions,
            apply=delete_revisions,
            order=40,
        ),
        of_rows(
            "audit_log",
            _("The log of sign-ins, rights, publications and exports; it holds no IP address"),
            lambda: AuditEntry.objects.filter(at__lt=retention.cutoff("audit_log")),
            apply=lambda: AuditEntry.objects.forget_before(retention.cutoff("audit_log")),
            order=41,
        ),
        Rule(
            "admin_log",
            _("Who changed which text in the admin"),
            _("Your name is taken away"),
            "admin_log",
            count_named_log,
            unname_log,
            order=42,
        ),
    )
