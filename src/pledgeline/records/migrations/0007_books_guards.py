"""Put the guards of the books up.

A later migration that makes a table of the books anew (SQLite does, for most changes) has to put them up
again: it loses them with the old table.
"""

from typing import Any

from django.db import migrations

from pledgeline.records.guards import put_up


def forwards(apps: Any, schema_editor: Any) -> None:
    put_up(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0006_books")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
