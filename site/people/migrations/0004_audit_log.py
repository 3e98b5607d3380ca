"""The audit log, with guards in the database: no change, and no deletion of what is younger than a year.

The one change that is let through is a person becoming nobody, when her account is really deleted.
SQLite loses triggers when a later migration remakes the table: such a migration must run `guard` again.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

ACTIONS = [
    ("login.success", "Signed in"),
    ("login.failed", "Signing in failed"),
    ("login.logout", "Signed out"),
    ("factor.added", "Second factor added"),
    ("factor.removed", "Second factor removed"),
    ("factor.renewed", "Recovery codes renewed"),
    ("password.changed", "Password changed"),
    ("address.added", "E-mail address added"),
    ("address.changed", "E-mail address changed"),
    ("address.removed", "E-mail address removed"),
    ("link.added", "Other login linked"),
    ("link.removed", "Other login unlinked"),
    ("account.made", "Account made"),
    ("account.switched", "Account switched on or off"),
    ("account.deleted", "Account deleted"),
    ("rights.administrator", "Administrator rights changed"),
    ("rights.groups", "Groups of a person changed"),
    ("rights.permissions", "Permissions changed"),
    ("membership.state", "Membership changed"),
    ("membership.roles", "Roles of a member changed"),
    ("membership.livc", "LIVC-R membership changed"),
    ("membership.stewardship", "Stewardship handed over"),
    ("audience.changed", "Audience changed"),
    ("page.published", "Page published"),
    ("page.unpublished", "Page unpublished"),
    ("page.moved", "Page moved"),
    ("page.deleted", "Page deleted"),
    ("export", "Data exported"),
    ("retention", "Old data deleted or made anonymous"),
]

TABLE = "people_auditentry"
KEPT = ("id", "at", "action", "object_type", "object_id", "object_label", "details")
PEOPLE = ("actor_id", "subject_id")
REFUSAL = "The audit log cannot be changed."

SQLITE_SAME = " AND ".join(
    [f"NEW.{name} IS OLD.{name}" for name in KEPT]
    + [f"(NEW.{name} IS OLD.{name} OR NEW.{name} IS NULL)" for name in PEOPLE]
)
SQLITE = (
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} WHEN NOT ({SQLITE_SAME}) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} WHEN OLD.at > datetime('now', '-12 months') "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
POSTGRESQL_CHANGED = " OR ".join(
    [f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in KEPT]
    + [f"(NEW.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})" for name in PEOPLE]
)
POSTGRESQL = (
    f"""CREATE FUNCTION {TABLE}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF OLD.at > now() - interval '12 months' THEN
          RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
      END IF;
      IF {POSTGRESQL_CHANGED} THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"CREATE TRIGGER {TABLE}_guard BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_guard()",
)
UNGUARD = {
    "sqlite": (f"DROP TRIGGER IF EXISTS {TABLE}_no_update", f"DROP TRIGGER IF EXISTS {TABLE}_no_delete"),
    "postgresql": (f"DROP TRIGGER IF EXISTS {TABLE}_guard ON {TABLE}", f"DROP FUNCTION IF EXISTS {TABLE}_guard()"),
}


def guard(apps, schema_editor):
    unguard(apps, schema_editor)
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    for statement in UNGUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def count(connection):
    """How many guards there are now; a test asks it of a database as migrated."""
    query = {
        "sqlite": "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT COUNT(*) FROM pg_trigger WHERE tgname = %s || '_guard'",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor], [TABLE])
        return cursor.fetchone()[0]


class Migration(migrations.Migration):
    dependencies = [("people", "0003_members")]

    operations = [
        migrations.AddField("user", "deleted_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("user", "warned_on", models.DateField(editable=False, null=True)),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="when"),
                ),
                ("action", models.CharField(choices=ACTIONS, editable=False, max_length=32, verbose_name="what")),
                (
                    "object_type",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="kind of object"),
                ),
                (
                    "object_id",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="number of object"),
                ),
                ("object_label", models.CharField(blank=True, editable=False, max_length=255, verbose_name="object")),
                ("details", models.JSONField(default=dict, editable=False, verbose_name="details")),
                (
                    "actor",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="about whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the audit log",
                "verbose_name_plural": "audit log",
                "ordering": ("-at", "-pk"),
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="audit_newest_first"),
                    models.Index(fields=["action", "-at"], name="audit_action"),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
