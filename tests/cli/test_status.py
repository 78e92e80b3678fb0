"""`pledgeline status` and `pledgeline worker`, as whoever looks after the site calls them."""

import json

import pytest
from typer.testing import CliRunner

from pledgeline.actions.planner import make_plan
from pledgeline.cli.status import app as status_app
from pledgeline.cli.worker import app as worker_app
from pledgeline.jobs.asking import ask
from pledgeline.jobs.models import Job, WorkerRecord
from tests.web.books import PACKAGE, keep

pytestmark = pytest.mark.django_db

run = CliRunner().invoke


def test_an_empty_queue_is_well():
    answer = run(status_app, [])
    assert answer.exit_code == 0
    assert "Jobs waiting    0" in answer.output


def test_a_site_that_takes_no_entries_says_why(monkeypatch: pytest.MonkeyPatch):
    assert "Takes entries   yes\nLast backup     none was made from here" in run(status_app, []).output

    monkeypatch.setattr("pledgeline.operation.readiness.parts", lambda: {"database": "", "space": "no room"})
    answer = run(status_app, ["--json"])
    told = json.loads(answer.output)
    assert (1, False, ["Nothing can be entered: space: no room."]) == (
        answer.exit_code,
        told["ready"],
        told["troubles"],
    )


def test_work_that_nobody_does_is_said_with_the_way_out():
    ask(make_plan, programme="a", run="x")
    answer = run(status_app, [])
    assert answer.exit_code == 1
    assert "Jobs waiting    1 (plan 1)" in answer.output
    assert "start `pledgeline worker`" in answer.output

    WorkerRecord.objects.create(ref="w", host="here", process=1, kinds=[])
    answer = run(status_app, ["--json"])
    told = json.loads(answer.output)
    assert (answer.exit_code, told["queue"]["workers"], told["queue"]["waiting"]) == (0, 1, {"plan": 1})


def test_books_that_the_night_found_altered_are_named(client):
    keep(PACKAGE)
    found = {"at": "2026-01-02T01:30:00+00:00", "size": 22, "root": "", "trial_balance": "", "shortfalls": []}
    wrong = {**found, "problems": ["entry 7 has another hash"]}
    Job.objects.create(ref="v", kind="verify", programme="harbour", state="done", result=wrong)

    answer = run(status_app, [])
    assert answer.exit_code == 1
    assert "The books of harbour were not verified on 2026-01-02: entry 7 has another hash." in answer.output


def test_a_kind_that_is_none_is_said():
    answer = run(worker_app, ["--kind", "coffee"])

    assert answer.exit_code == 2
    assert "there is no kind “coffee”: choose of plan, question" in answer.output
