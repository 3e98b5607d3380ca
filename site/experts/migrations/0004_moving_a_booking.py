import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("experts", "0003_afterwards"),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="moving_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("municipality", "the municipality"),
                    ("decider", "the decision maker"),
                    ("vvsg", "VVSG"),
                    ("expert", "the expert"),
                    ("nobody", "nobody"),
                ],
                max_length=12,
                verbose_name="who proposed to move",
            ),
        ),
        migrations.AddField(
            model_name="bookingexpert",
            name="option",
            field=models.ForeignKey(
                blank=True,
                help_text="What she accepted; empty while she is asked to move.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="experts.bookingoption",
            ),
        ),
    ]
