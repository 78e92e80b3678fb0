"""Keep a hash of what is settled when books are opened, so that a slip in it shows."""

from typing import Any

from django.db import migrations, models

from pledgeline.records.books.digests import settings_digest


def forwards(apps: Any, schema_editor: Any) -> None:
    books = apps.get_model("records", "BooksRecord").objects.using(schema_editor.connection.alias)
    for row in books.select_related("programme"):
        row.digest = settings_digest(row.programme.slug, row.currencies, str(row.public).lower())
        row.save(update_fields=["digest"])


class Migration(migrations.Migration):
    dependencies = [("records", "0008_books_written_at_once")]

    operations = [
        migrations.AddField(
            model_name="booksrecord", name="digest", field=models.BinaryField(max_length=32, null=True)
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False),
    ]
