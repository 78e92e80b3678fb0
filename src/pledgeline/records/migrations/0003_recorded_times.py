"""Have the guards refuse an entry that is recorded before the one it follows; `books_open` gives its time, and the clock.

The statements lie beside this file and are those of the day on which it was written.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from pathlib import Path

from django.db import migrations


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    text = (
        Path(__file__).with_name(f"0003_recorded_times_{connection.vendor}.sql").read_text(encoding="utf-8")
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT quote_ident(current_schema())")
            text = text.replace("{schema}", cursor.fetchone()[0])
        for statement in text.split("-- next"):
            cursor.execute(statement.strip())


class Migration(migrations.Migration):
    dependencies = [("records", "0002_guards")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
