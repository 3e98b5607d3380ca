"""The table of `core.generation`. Plain SQL, for it is not a model."""

from django.db import migrations

SLOTS = 256
CREATE = "CREATE TABLE core_generation (slot smallint NOT NULL PRIMARY KEY, changes bigint NOT NULL DEFAULT 0)"
FILL = "INSERT INTO core_generation (slot, changes) VALUES " + ", ".join(f"({slot}, 0)" for slot in range(SLOTS))


class Migration(migrations.Migration):
    dependencies = [("core", "0002_document_text")]

    operations = [migrations.RunSQL([CREATE, FILL], "DROP TABLE core_generation")]
