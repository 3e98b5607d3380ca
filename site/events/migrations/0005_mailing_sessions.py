from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0004_previous_edition")]

    operations = [
        migrations.AddField(
            model_name="eventmailing",
            name="sessions",
            field=models.JSONField(default=list, help_text="Titles of the sessions whose participants get it; none: all."),
        ),
    ]
