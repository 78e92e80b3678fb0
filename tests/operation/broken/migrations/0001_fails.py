from typing import Any

from django.db import migrations, models


def fail(apps: Any, schema_editor: Any) -> None:
    raise ValueError("this table has rows that nobody thought of")


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        migrations.CreateModel(name="Half", fields=[("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(fail),
    ]
