"""The table of what all workers have to know together for a while: see models/shared.py."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_invitations")]

    operations = [
        migrations.CreateModel(
            name="SharedForAWhile",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "accounts_shared"},
        ),
    ]
