"""Put up the guards of the books and of the register, and the functions by which PostgreSQL writes entries.

The statements lie beside this file and are those of the day on which it was written: what the guards are now is in
`records/guards`, and a later migration brings a database there. A migration that makes a table of the books anew
(SQLite does, for most changes) has to put its guards up again: it loses them with the old table.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from pathlib import Path

from django.db import migrations


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    text = Path(__file__).with_name(f"0002_guards_{connection.vendor}.sql").read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT quote_ident(current_schema())")
            text = text.replace("{schema}", cursor.fetchone()[0])
        for statement in text.split("-- next"):
            cursor.execute(statement.strip())


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
