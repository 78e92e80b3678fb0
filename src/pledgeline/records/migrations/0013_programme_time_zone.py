"""Where the days of a programme begin and end. UTC is what they were counted in before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0012_official_speakers")]

    operations = [
        migrations.AddField(
            model_name="programmerecord", name="time_zone", field=models.TextField(default="UTC")
        ),
    ]
