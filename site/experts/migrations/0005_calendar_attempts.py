from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("experts", "0004_moving_a_booking")]

    operations = [
        migrations.AddField("calendarsource", "tried_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "calendarsource",
            "read_until",
            models.DateField(blank=True, help_text="Later appointments were not looked at.", null=True),
        ),
    ]
