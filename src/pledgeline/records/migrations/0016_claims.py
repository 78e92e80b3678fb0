"""Reports, what is proposed of them, and what people decided: with the guards by which the database keeps it.

A later migration that makes one of these tables anew (SQLite does, for most changes) has to install its guards again.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

KEPT = {
    "records_document": ("document", ("may_show", "licence", "standpoint")),
    "records_candidate": ("candidate", ()),
    "records_claim": ("claim", None),
    "records_claimdecision": ("decision", ()),
    "records_claimuse": ("use", ()),
}
"""Of each table what its guards are called by, and the columns that may change: None for every one."""

FUNCTIONS = (
    """CREATE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'reports: what was read and decided is never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$""",
    """CREATE FUNCTION reports_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_there boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', TG_TABLE_NAME) INTO is_there;
    IF is_there THEN
        RAISE EXCEPTION 'reports: what was read and decided is never deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$""",
)


def install_guards(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in () if is_sqlite else FUNCTIONS:
        schema_editor.execute(statement, None)
    for table, (name, free) in KEPT.items():
        columns = [
            field.column
            for model in apps.get_app_config("records").get_models()
            if model._meta.db_table == table
            for field in model._meta.concrete_fields
            if free is not None and field.column not in free
        ]
        for statement in (_sqlite if is_sqlite else _postgresql)(table, name, columns):
            schema_editor.execute(statement, None)


def _sqlite(table: str, name: str, columns: list[str]) -> list[str]:
    refused = "SELECT RAISE(ABORT, 'reports: what was read and decided is never"
    statements = [
        f"CREATE TRIGGER reports_{name}_deletion BEFORE DELETE ON {table} BEGIN {refused} deleted'); END",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"CREATE TRIGGER reports_{name}_replacement BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN {refused} replaced'); END",
    ]
    if columns:
        listed = ", ".join(f'"{column}"' for column in columns)
        statements.append(
            f"CREATE TRIGGER reports_{name}_change BEFORE UPDATE OF {listed} ON {table} BEGIN {refused} changed'); END"
        )
    return statements


def _postgresql(table: str, name: str, columns: list[str]) -> list[str]:
    # A column that is set to what it holds is no change: whole rows are saved at once.
    changed = " OR ".join(f'NEW."{column}"::text IS DISTINCT FROM OLD."{column}"::text' for column in columns)
    statements = [
        f"CREATE TRIGGER reports_{name}_stays BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION reports_refuse_change()",
        f"CREATE TRIGGER reports_{name}_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse_truncate()",
    ]
    if columns:
        statements.append(
            f"CREATE TRIGGER reports_{name}_same BEFORE UPDATE ON {table} "
            f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION reports_refuse_change()"
        )
    return statements


def remove_guards(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table, (name, free) in KEPT.items():
        kinds = ["deletion", "replacement"] if is_sqlite else ["stays", "whole"]
        for kind in [*kinds, *([] if free is None else ["change" if is_sqlite else "same"])]:
            schema_editor.execute(f"DROP TRIGGER reports_{name}_{kind}" + ("" if is_sqlite else f" ON {table}"))
    for function in () if is_sqlite else ("change", "truncate"):
        schema_editor.execute(f"DROP FUNCTION reports_refuse_{function}")


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0015_mappings_and_bank'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('size_bytes', models.PositiveIntegerField()),
                ('file_name', models.TextField()),
                ('text', models.TextField()),
                ('reader', models.CharField(max_length=40)),
                ('extractor', models.CharField(max_length=40)),
                ('title', models.TextField()),
                ('outlet', models.TextField()),
                ('author', models.TextField()),
                ('address', models.TextField()),
                ('language', models.CharField(max_length=10)),
                ('published_on', models.DateField(null=True)),
                ('stated', models.JSONField(default=dict)),
                ('noise', models.JSONField(default=list)),
                ('sketch', models.JSONField(default=list)),
                ('dropped', models.PositiveIntegerField(default=0)),
                ('standpoint', models.CharField(max_length=20)),
                ('may_show', models.BooleanField(default=False)),
                ('licence', models.TextField()),
                ('added_by', models.TextField()),
                ('added_at', models.DateTimeField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.programmerecord')),
            ],
            options={
                'db_table': 'records_document',
                'ordering': ('pk',),
                'constraints': [
                    models.UniqueConstraint(fields=('programme', 'ref'), name='document_ref'),
                    models.UniqueConstraint(fields=('programme', 'sha256'), name='document_once'),
                    models.CheckConstraint(condition=models.Q(('standpoint__in', ['primary', 'own-channel', 'agency', 'unknown', 'reprint'])), name='document_standpoint'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CandidateRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('role', models.CharField(max_length=20)),
                ('fields', models.JSONField(default=dict)),
                ('equivalent_of', models.JSONField(null=True)),
                ('number', models.PositiveIntegerField()),
                ('left_out', models.JSONField(default=list)),
                ('origin', models.CharField(max_length=40)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='records.documentrecord')),
            ],
            options={
                'db_table': 'records_candidate',
                'ordering': ('document', 'number'),
                'constraints': [
                    models.UniqueConstraint(fields=('document', 'number'), name='candidate_number'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ClaimRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('role', models.CharField(max_length=20)),
                ('fields', models.JSONField(default=dict)),
                ('equivalent_of', models.JSONField(null=True)),
                ('ref', models.CharField(max_length=200)),
                ('state', models.CharField(max_length=10)),
                ('candidate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='records.candidaterecord')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.programmerecord')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='records.documentrecord')),
            ],
            options={
                'db_table': 'records_claim',
                'ordering': ('pk',),
                'constraints': [
                    models.UniqueConstraint(fields=('programme', 'ref'), name='claim_ref'),
                    models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('candidate',), name='claim_of_candidate_once'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['waits', 'holds', 'withdrawn'])), name='claim_state'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ClaimDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(max_length=10)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('reason', models.TextField()),
                ('by_name', models.TextField()),
                ('by_account', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('asked_with', models.CharField(max_length=64)),
                ('candidate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='records.candidaterecord')),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='records.claimrecord')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='records.documentrecord')),
            ],
            options={
                'db_table': 'records_claimdecision',
                'ordering': ('pk',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('verdict__in', ['accept', 'reject', 'edit', 'make', 'confirm', 'withdraw'])), name='claimdecision_verdict'),
                    models.UniqueConstraint(condition=models.Q(('asked_with', ''), _negated=True), fields=('document', 'asked_with'), name='claimdecision_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ClaimLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(max_length=20)),
                ('rule', models.CharField(max_length=40)),
                ('differs_in', models.JSONField(default=list)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_from', to='records.claimrecord')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_to', to='records.claimrecord')),
            ],
            options={
                'db_table': 'records_claimlink',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='claimlink_once'), models.CheckConstraint(condition=models.Q(('relation__in', ['agree', 'differ', 'contradict', 'includes', 'updates', 'related'])), name='claimlink_relation'), models.CheckConstraint(condition=models.Q(('rule__in', ['same-sum', 'same-sum-other-donors', 'same-sum-other-role', 'given-as-equivalent', 'currency-apart', 'currency-unclear', 'stage-apart', 'precision', 'amount-apart', 'part-of-sum', 'stage-unsaid', 'same-term', 'same-event', 'same-fact', 'parties-apart', 'content-apart', 'condition-apart', 'total-later', 'total-same-day'])), name='claimlink_rule')],
            },
        ),
        migrations.CreateModel(
            name='ClaimUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=300)),
                ('by_name', models.TextField()),
                ('at', models.DateTimeField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='records.claimrecord')),
            ],
            options={
                'db_table': 'records_claimuse',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['noun', 'key'], name='claimuse_of_row')],
                'constraints': [models.UniqueConstraint(fields=('claim', 'noun', 'key'), name='claimuse_once'), models.CheckConstraint(condition=models.Q(('noun__in', ['announcement', 'stated-total', 'delivery', 'provision'])), name='claimuse_noun')],
            },
        ),
        migrations.AddField(
            model_name='programmerecord',
            name='two_people_decide',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(install_guards, remove_guards),
    ]
