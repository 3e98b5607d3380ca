"""The address of an expert's calendar is encrypted, that of her feed signed: a copy of the database opens neither."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import experts.models.availability
import people.mfa


def seal(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sources = apps.get_model("experts", "CalendarSource").objects.using(schema_editor.connection.alias)
    for source in sources.exclude(url=""):
        source.url = people.mfa.seal(people.mfa.unseal(source.url))
        source.save(update_fields=["url"])


class Migration(migrations.Migration):
    dependencies = [("experts", "0006_codes_in_a_field_of_their_own")]

    operations = [
        migrations.RenameField("availabilityrules", "feed_secret", "feed_nonce"),
        migrations.AlterField(
            "availabilityrules",
            "feed_nonce",
            models.CharField(default=experts.models.availability.new_secret, editable=False, max_length=64),
        ),
        migrations.AlterField(
            "calendarsource",
            "url",
            people.mfa.SealedTextField(blank=True, verbose_name="address of the calendar"),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
