from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_mailing_sessions")]

    operations = [
        migrations.AddField(
            model_name="eventmailing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("written", "written by an organiser"),
                    ("changed", "change of the programme"),
                    ("cancelled", "cancelled by the organiser"),
                ],
                default="written",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="eventmailing",
            name="before",
            field=models.JSONField(default=list, help_text="Of a change: the sessions as people knew them."),
        ),
    ]
