from django.db import migrations, models

SLOTS = 256


def fill(apps, schema_editor):
    slots = apps.get_model("core", "Generation").objects.using(schema_editor.connection.alias)
    slots.bulk_create([slots.model(slot=slot) for slot in range(SLOTS)], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_document_text")]

    operations = [
        migrations.CreateModel(
            name="Generation",
            fields=[
                ("slot", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("changes", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "core_generation"},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
