"""Scenarios that people write for their programme; the database only ever adds to them."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db import migrations, models

SQLITE = [
    f"CREATE TRIGGER records_scenario_version_no_{act} BEFORE {act} ON records_scenario_version\n"
    "BEGIN\n    SELECT RAISE(ABORT, 'versions of scenarios are only added');\nEND"
    for act in ("UPDATE", "DELETE")
]

POSTGRESQL = [
    "CREATE FUNCTION records_scenario_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$\n"
    "BEGIN\n    RAISE EXCEPTION 'versions of scenarios are only added';\nEND\n$$",
    "CREATE TRIGGER records_scenario_version_no_change BEFORE UPDATE OR DELETE ON records_scenario_version\n"
    "FOR EACH ROW EXECUTE FUNCTION records_scenario_version_refuse()",
]


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("records", "0012_approvals_and_amendments")]

    operations = [
        migrations.CreateModel(
            name="ScenarioVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=12)),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("is_report", models.BooleanField(default=False)),
                ("left_open", models.JSONField(default=list)),
                ("written_by", models.CharField(max_length=150)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "db_table": "records_scenario_version",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "number"), name="scenario_version_is_numbered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("programme", ""), _negated=True)
                        ),
                        name="scenario_version_has_text_and_programme",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop, elidable=False),
    ]
