"""The queue: jobs, their files, the workers, and what is due when."""

from django.db import migrations, models
from django.db.models.deletion import CASCADE
from django.db.models.functions import Now


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DueTime",
            fields=[
                ("kind", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("next_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("kind",),
            },
        ),
        migrations.CreateModel(
            name="WorkerRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=32, unique=True)),
                ("host", models.TextField()),
                ("process", models.PositiveIntegerField()),
                ("kinds", models.JSONField()),
                ("began_at", models.DateTimeField(db_default=Now())),
                ("seen_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=32, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("programme", models.CharField(default="", max_length=60)),
                ("arguments", models.JSONField(default=dict)),
                ("asked_by", models.TextField(default="")),
                ("asked_by_account", models.CharField(default="", max_length=40)),
                ("asked_at", models.DateTimeField(db_default=Now())),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("stop_wanted", models.BooleanField(default=False)),
                ("progress", models.JSONField(default=dict)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("deaths", models.PositiveIntegerField(default=0)),
                ("worker", models.CharField(default="", max_length=32)),
                ("lease_until", models.DateTimeField(null=True)),
                ("began_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(null=True)),
                ("finding", models.JSONField(null=True)),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["state", "kind", "programme"], name="job_queue"),
                    models.Index(fields=["programme", "kind", "began_at"], name="job_served"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "running", "done", "failed", "given-up", "stopped"])
                        ),
                        name="job_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="job_running_has_a_lease",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("content", models.BinaryField()),
                ("size_bytes", models.PositiveIntegerField()),
                ("job", models.OneToOneField(on_delete=CASCADE, related_name="file", to="jobs.job")),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
    ]
