import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("experts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="expertindexpage",
            name="about",
            field=wagtail.fields.RichTextField(
                blank=True, help_text="Below the introduction: where it comes from.", verbose_name="about the pool"
            ),
        ),
    ]
