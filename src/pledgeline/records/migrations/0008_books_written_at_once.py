"""Let PostgreSQL open the books and write an entry in one call each; keep sums of months and not of days.

Sums that were kept go: the next checkpoint leaves them again, from the postings.
"""

from typing import Any

from django.db import migrations, models

from pledgeline.records.books.writing import put_up
from pledgeline.records.guards import statements

TOTALS = "books_total"


def forwards(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    put_up(connection)
    on_table = "" if connection.vendor == "sqlite" else f" ON {TOTALS}"
    guards = [each for each in statements(connection.vendor) if f" ON {TOTALS}\n" in each]
    with connection.cursor() as cursor:
        for guard in guards:
            cursor.execute(f"DROP TRIGGER {guard.split()[2]}{on_table}")
        cursor.execute(f"DELETE FROM {TOTALS}")
        for guard in guards:
            cursor.execute(guard)


class Migration(migrations.Migration):
    dependencies = [("records", "0007_books_guards")]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False),
        migrations.RemoveIndex(model_name="entryrecord", name="books_entry_recorded"),
        migrations.AddIndex(
            model_name="entryrecord",
            index=models.Index(fields=["books", "recorded_at", "seal"], name="books_entry_by_time"),
        ),
    ]
