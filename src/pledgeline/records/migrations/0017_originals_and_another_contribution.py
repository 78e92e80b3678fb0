import django.db.models.deletion
from django.db import migrations, models

RULES = [
    'same-sum', 'same-sum-other-donors', 'same-sum-other-role', 'given-as-equivalent', 'currency-apart',
    'currency-unclear', 'stage-apart', 'precision', 'amount-apart', 'another-contribution', 'part-of-sum', 'stage-unsaid',
    'same-term', 'same-event', 'same-fact', 'parties-apart', 'content-apart', 'condition-apart', 'total-later',
    'total-same-day',
]


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0016_claims'),
    ]

    operations = [
        migrations.CreateModel(
            name='OriginalRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BinaryField()),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='original', to='records.documentrecord')),
            ],
            options={
                'db_table': 'records_original',
            },
        ),
        migrations.RemoveConstraint(model_name='claimlink', name='claimlink_rule'),
        migrations.AddConstraint(
            model_name='claimlink',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', RULES)), name='claimlink_rule'),
        ),
    ]
