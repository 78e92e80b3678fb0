"""How far a run of the planner is, its job says. Runs of before get a job that has ended."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db import migrations, models

GONE = (
    "state",
    "stop_wanted",
    "progress",
    "result",
    "said",
    "asked_at",
    "asked_by",
    "began_at",
    "beat_at",
    "ended_at",
)

MOST_SECONDS = 3_600


def give_each_run_its_job(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A run that waited or was being made when the site was renewed has to be asked for again."""
    runs, jobs = apps.get_model("records", "PlanRun"), apps.get_model("jobs", "Job")
    for run in runs.objects.select_related("programme").order_by("asked_at", "pk"):
        is_done = run.state == "done"
        said = run.said or "The site was renewed before this was done: ask again."
        run.job = jobs.objects.create(
            ref=run.ref,
            kind="plan" if run.kind in ("plan", "what-if") else "question",
            programme=run.programme.slug,
            arguments={"run": run.ref},
            asked_by=run.asked_by,
            asked_at=run.asked_at,
            state="done" if is_done else "failed",
            began_at=run.began_at,
            ended_at=run.ended_at or run.asked_at,
            result=run.result if is_done else None,
            finding=None if is_done else {"code": "jobs.no-result", "params": {"why": said}},
        )
        run.budget_seconds = run.budget_seconds or MOST_SECONDS
        run.save(update_fields=["job", "budget_seconds"])
    if (
        schema_editor.connection.vendor == "postgresql"
    ):  # which changes no table while references wait to be checked
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("records", "0003_recorded_times")]

    operations = [
        migrations.AddField(
            model_name="planrun",
            name="job",
            field=models.OneToOneField(
                null=True, on_delete=models.deletion.PROTECT, related_name="plan_run", to="jobs.job"
            ),
        ),
        migrations.RunPython(give_each_run_its_job, elidable=True),
        migrations.RemoveConstraint(model_name="planrun", name="plan_run_state_is_known"),
        migrations.RemoveIndex(model_name="planrun", name="plan_run_state"),
        migrations.AlterModelOptions(name="planrun", options={"ordering": ("-job_id",)}),
        *(migrations.RemoveField(model_name="planrun", name=name) for name in GONE),
        migrations.AlterField(
            model_name="planrun",
            name="job",
            field=models.OneToOneField(
                on_delete=models.deletion.PROTECT, related_name="plan_run", to="jobs.job"
            ),
        ),
        migrations.AlterField(
            model_name="planrun", name="budget_seconds", field=models.PositiveIntegerField()
        ),
    ]
