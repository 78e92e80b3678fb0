"""Packages become a noun of the chain with steps, discrepancies get a table, and of each noun one row is the newest."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

HAVE_VERSIONS = ("contributionrecord", "offerrecord", "requirementrecord")


def mark_the_newest(apps: Any, _schema_editor: Any) -> None:
    """Say of every row with a later version that it is not the newest."""
    for name in HAVE_VERSIONS:
        rows = apps.get_model("records", name).objects
        later = rows.filter(
            programme=models.OuterRef("programme"),
            key=models.OuterRef("key"),
            version__gt=models.OuterRef("version"),
        )
        earlier = rows.filter(models.Exists(later)).values_list("pk", flat=True)
        rows.filter(pk__in=list(earlier)).update(is_newest=False)


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0008_contributions'),
    ]

    operations = [
        migrations.CreateModel(
            name='DiscrepancyRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('version', models.PositiveIntegerField(default=1)),
                ('is_newest', models.BooleanField(default=True)),
                ('state', models.CharField(max_length=20)),
                ('made_by', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('ref', models.CharField(max_length=24, unique=True)),
                ('what', models.CharField(max_length=10)),
                ('units', models.BigIntegerField()),
                ('why', models.TextField()),
                ('counted', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discrepancies', to='records.countedlotrecord')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.partyrecord')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.programmerecord')),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discrepancies', to='records.receiptrecord')),
            ],
            options={
                'db_table': 'records_discrepancy',
                'ordering': ('key', 'version'),
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('programme', 'key', 'version'), name='discrepancy_version'),
                    models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('programme', 'key'), name='discrepancy_newest_once'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['open', 'replaced', 'refunded', 'written-off'])), name='discrepancy_state'),
                    models.CheckConstraint(condition=models.Q(('what__in', ['rejected', 'short'])), name='discrepancy_what'),
                    models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='discrepancy_is_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LineMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('units', models.BigIntegerField()),
                ('moved_by', models.TextField()),
                ('moved_at', models.DateTimeField()),
                ('origin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='went', to='records.packageline')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='came', to='records.packageline')),
            ],
            options={
                'db_table': 'records_line_move',
                'ordering': ('pk',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('units__gt', 0), models.Q(('origin', models.F('target')), _negated=True)), name='line_move_is_something'),
                ],
            },
        ),
        migrations.AlterModelOptions(
            name='formedpackage',
            options={'ordering': ('key', 'version')},
        ),
        migrations.RemoveConstraint(
            model_name='formedpackage',
            name='formed_package_key',
        ),
        migrations.RemoveConstraint(
            model_name='formedpackage',
            name='formed_package_state',
        ),
        migrations.RemoveConstraint(
            model_name='packageline',
            name='package_line_is_something',
        ),
        migrations.RemoveConstraint(
            model_name='steptaken',
            name='step_states',
        ),
        migrations.RenameField(
            model_name='formedpackage',
            old_name='formed_at',
            new_name='made_at',
        ),
        migrations.RenameField(
            model_name='formedpackage',
            old_name='formed_by',
            new_name='made_by',
        ),
        migrations.AddField(
            model_name='contributionrecord',
            name='is_newest',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='formedpackage',
            name='is_newest',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='formedpackage',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='offerrecord',
            name='is_newest',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='orderrecord',
            name='is_newest',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='receiptrecord',
            name='is_newest',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='requirementrecord',
            name='is_newest',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='shipmentrecord',
            name='is_newest',
            field=models.BooleanField(default=True),
        ),
        migrations.RunPython(mark_the_newest, migrations.RunPython.noop, elidable=False),
        migrations.AddConstraint(
            model_name='contributionrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('programme', 'key'), name='contribution_newest_once'),
        ),
        migrations.AddConstraint(
            model_name='formedpackage',
            constraint=models.UniqueConstraint(fields=('programme', 'key', 'version'), name='package_version'),
        ),
        migrations.AddConstraint(
            model_name='formedpackage',
            constraint=models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('programme', 'key'), name='package_newest_once'),
        ),
        migrations.AddConstraint(
            model_name='formedpackage',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'cancelled', 'closed', 'merged'])), name='package_state'),
        ),
        migrations.AddConstraint(
            model_name='offerrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('programme', 'key'), name='offer_newest_once'),
        ),
        migrations.AddConstraint(
            model_name='orderrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('programme', 'key'), name='order_newest_once'),
        ),
        migrations.AddConstraint(
            model_name='packageline',
            constraint=models.CheckConstraint(condition=models.Q(('units__gte', 0), ('unit_price__gte', 0)), name='package_line_is_something'),
        ),
        migrations.AddConstraint(
            model_name='receiptrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('programme', 'key'), name='receipt_newest_once'),
        ),
        migrations.AddConstraint(
            model_name='requirementrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('programme', 'key'), name='requirement_newest_once'),
        ),
        migrations.AddConstraint(
            model_name='shipmentrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('programme', 'key'), name='shipment_newest_once'),
        ),
        migrations.AddConstraint(
            model_name='steptaken',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['', 'draft', 'submitted', 'returned', 'rejected', 'validated', 'listed', 'offered', 'withdrawn', 'superseded', 'open', 'cancelled', 'requested', 'accepted', 'closed', 'dispatched', 'arrived', 'received', 'lost', 'counted', 'merged', 'replaced', 'refunded', 'written-off']), ('target__in', ['draft', 'submitted', 'returned', 'rejected', 'validated', 'listed', 'offered', 'withdrawn', 'superseded', 'open', 'cancelled', 'requested', 'accepted', 'closed', 'dispatched', 'arrived', 'received', 'lost', 'counted', 'merged', 'replaced', 'refunded', 'written-off'])), name='step_states'),
        ),
    ]
