"""Let PostgreSQL open the books and write an entry in one call each: see `records/books/postgresql.sql`."""

from typing import Any

from django.db import migrations

from pledgeline.records.books.writing import put_up


def forwards(apps: Any, schema_editor: Any) -> None:
    put_up(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0007_books_guards")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
