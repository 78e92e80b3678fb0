"""The table of what was done, and the guards by which the database keeps it: no row is changed, none goes.

A later migration that makes the table anew (SQLite does, for most changes) has to install the guards again: it
loses them with the old table.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db import migrations, models

SQLITE = (
    """CREATE TRIGGER audit_no_change BEFORE UPDATE ON audit_auditevent
BEGIN SELECT RAISE(ABORT, 'audit: what was done is never changed'); END""",
    """CREATE TRIGGER audit_no_deletion BEFORE DELETE ON audit_auditevent
BEGIN SELECT RAISE(ABORT, 'audit: what was done is never deleted'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER audit_no_replacement BEFORE INSERT ON audit_auditevent
WHEN EXISTS (SELECT 1 FROM audit_auditevent WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit: what was done is never replaced'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit: what was done is never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
END
$$""",
    """CREATE FUNCTION audit_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit_auditevent) THEN
        RAISE EXCEPTION 'audit: what was done is never deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$""",
    """CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit_auditevent
FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()""",
    """CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit_auditevent
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_truncate()""",
)

NO_GUARDS = {
    "sqlite": tuple(f"DROP TRIGGER audit_no_{what}" for what in ("change", "deletion", "replacement")),
    "postgresql": (
        "DROP TRIGGER audit_stays ON audit_auditevent",
        "DROP TRIGGER audit_whole ON audit_auditevent",
        "DROP FUNCTION audit_refuse_change",
        "DROP FUNCTION audit_refuse_truncate",
    ),
}


def install_guards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove_guards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in NO_GUARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("act", models.CharField(max_length=40)),
                ("outcome", models.CharField(max_length=10)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("actor", models.CharField(max_length=20)),
                ("actor_number", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(blank=True, max_length=200)),
                ("noun", models.CharField(blank=True, max_length=40)),
                ("ref", models.CharField(blank=True, max_length=200)),
                ("programme", models.CharField(blank=True, max_length=60)),
                ("address", models.CharField(blank=True, max_length=64)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("details", models.TextField(default="{}")),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(fields=["at", "id"], name="audit_at"),
                    models.Index(fields=["act", "at", "id"], name="audit_act"),
                    models.Index(fields=["outcome", "at", "id"], name="audit_outcome"),
                    models.Index(fields=["actor_name", "at", "id"], name="audit_actor"),
                    models.Index(fields=["programme", "at", "id"], name="audit_programme"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["done", "refused", "failed"])),
                        name="audit_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actor__in", ["person", "public", "desk", "command-line", "program"])
                        ),
                        name="audit_actor_is_known",
                    ),
                ],
            },
        ),
        migrations.RunPython(install_guards, remove_guards),
    ]
