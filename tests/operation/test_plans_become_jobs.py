"""Runs of the planner that were made before there were jobs keep their results, and their plans."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.operation.installations import Installation

pytestmark = pytest.mark.django_db

BEFORE = [("records", "0003_recorded_times"), ("accounts", "0001_initial")]
AFTER = ("records", "0004_plans_are_jobs")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_run_of_before_gets_a_job_that_has_ended(second: Installation):
    with second.entered():
        MigrationExecutor(connection).migrate(BEFORE)
        apps = MigrationExecutor(connection).loader.project_state(BEFORE).apps
        programme = apps.get_model("records", "ProgrammeRecord").objects.create(
            slug="a",
            package_size_minor=1,
            package_size_currency="EUR",
            base_currency="EUR",
            maximum_rate_age_days=1,
        )
        source = apps.get_model("records", "PlanInput").objects.create(
            ref="i",
            programme=programme,
            origin="json",
            upload=b"",
            marked=b"",
            findings=[],
            kept={},
            saved_at=NOON,
        )
        runs = apps.get_model("records", "PlanRun")
        common = {
            "programme": programme,
            "input": source,
            "mode": "fast",
            "asked_at": NOON,
            "asked_by": "ada",
        }
        runs.objects.create(ref="r1", kind="plan", state="done", result={"met": 1}, ended_at=NOON, **common)
        runs.objects.create(ref="r2", kind="plan", state="lost", said="It was killed.", **common)
        runs.objects.create(ref="r3", kind="binding", state="running", **common)

        MigrationExecutor(connection).migrate([AFTER])
        apps = MigrationExecutor(connection).loader.project_state([AFTER]).apps
        found = {
            run.ref: (run.job.kind, run.job.state, run.job.result, run.job.asked_by, run.budget_seconds)
            for run in apps.get_model("records", "PlanRun").objects.select_related("job")
        }
        said = {
            job.ref: job.finding and job.finding["params"]["why"]
            for job in apps.get_model("jobs", "Job").objects.all()
        }

    assert {
        "r1": ("plan", "done", {"met": 1}, "ada", 3600),
        "r2": ("plan", "failed", None, "ada", 3600),
        "r3": ("question", "failed", None, "ada", 3600),
    } == found
    assert {
        "r1": None,
        "r2": "It was killed.",
        "r3": "The site was renewed before this was done: ask again.",
    } == said
