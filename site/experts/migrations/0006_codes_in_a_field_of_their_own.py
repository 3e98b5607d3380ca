import experts.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Only the form of two fields: nothing changes in the database."""

    dependencies = [("experts", "0005_calendar_attempts")]

    operations = [
        migrations.AlterField(
            "expertoffer", "languages", experts.fields.CodesField(default=list, verbose_name="languages")
        ),
        migrations.AlterField(
            "expertoffer",
            "provinces",
            experts.fields.CodesField(
                blank=True,
                default=list,
                help_text="Where you come. None: online only.",
                verbose_name="provinces",
            ),
        ),
    ]
