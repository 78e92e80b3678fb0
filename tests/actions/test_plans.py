"""Plans are made one after the other, in the background, and are next year what they are today."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from pledgeline.actions import planner, plans
from pledgeline.records import plans as saved
from pledgeline.records.models import (
    Origin,
    PlanInput,
    PlanRun,
    ProgrammeRecord,
    RunKind,
    RunState,
    SavedPlan,
)
from pledgeline.records.models.plans import WrittenOnce
from tests.builders import a_programme
from tests.planning import ADA, PROBLEM, asked, handed_in, planned, worked_on_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def programme(monkeypatch):
    """A programme, and no process: the tests do the work themselves."""
    ProgrammeRecord.from_value(a_programme(slug="purl")).save()
    started = []
    monkeypatch.setattr(plans, "start_process", lambda: started.append(1))
    return started


def test_a_plan_is_made_proven_and_kept_with_its_input(programme):
    run = planned()
    study = saved.study_of(run)

    assert (run.state, len(programme)) == (RunState.DONE, 1)
    assert study.plan.fulfilled == {"R-1": 10, "R-2": 0, "R-3": 20, "R-4": 5}
    assert study.plan.paid_minor == {"C-any": 950_00, "C-med": 400_00}
    assert study.plan.is_provably_best()
    assert {"R-2": "TOO_LATE", "R-4": "MONEY"} == {one.line: one.reason for one in study.reasons}
    assert (run.result["met"], run.result["lines"], run.result["cost_minor"]) == (2, 4, 1_350_00)
    assert study.category_bounds == pytest.approx({"air": 1, "signals": 0, "medical": 1, "energy": 1})


def test_an_input_and_a_plan_are_written_once():
    run = planned()
    for row in (run.input, run.plan):
        with pytest.raises(WrittenOnce):
            row.save()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (SavedPlan, {"answer": json.dumps({"fulfilled": {}})}),
        (SavedPlan, {"saved_by": "somebody else"}),
        (SavedPlan, {"policy": {"mode": "fast"}}),
        (SavedPlan, {"digest": "0" * 64}),
        (PlanInput, {"problem": json.dumps({**PROBLEM, "lines": []})}),
        (PlanInput, {"digest": "0" * 64}),
    ],
)
def test_a_plan_that_was_changed_in_the_database_is_not_shown(model, change):
    run = planned()
    assert saved.study_of(run) is not None  # it is remembered now, and still looked at again
    model.objects.update(**change)

    with pytest.raises(saved.Altered):
        saved.study_of(run)


def test_a_plan_that_breaks_a_rule_is_not_shown_even_if_its_seal_fits():
    """Whoever can write a row can seal it, too: the rules are checked all the same."""
    run = planned()
    told = json.loads(run.plan.answer)
    told["purchases"][0][3] += 1
    answer = json.dumps(told)
    row = run.plan
    seal = saved.seal_of(
        problem=run.input.problem,
        answer=answer,
        policy=row.policy,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
    )
    SavedPlan.objects.update(answer=answer, seal=seal)

    with pytest.raises(saved.Altered, match="breaks a rule"):
        saved.study_of(run)


def test_no_more_runs_work_at_once_than_may(monkeypatch):
    monkeypatch.setattr(plans, "AT_ONCE", 2)
    source = handed_in()
    runs = [asked(source) for _ in range(3)]
    claimed = [planner.claim() for _ in range(3)]

    assert [runs[0], runs[1], None] == claimed


def test_a_run_whose_process_fell_silent_is_given_up_and_makes_room(monkeypatch):
    monkeypatch.setattr(plans, "AT_ONCE", 1)
    source = handed_in()
    gone, waiting = asked(source), asked(source)
    assert planner.claim() == gone
    long_ago = timezone.now() - plans.SILENCE - timedelta(seconds=1)
    PlanRun.objects.filter(pk=gone.pk).update(beat_at=long_ago)

    plans.tend(now=timezone.now())
    gone.refresh_from_db()
    assert gone.state == RunState.LOST
    assert "killed" in gone.said
    assert planner.claim() == waiting


def test_a_run_that_beats_is_left_alone():
    run = asked()
    planner.claim()
    plans.tend(now=timezone.now() + plans.SILENCE / 2)
    run.refresh_from_db()

    assert run.state == RunState.RUNNING


def test_a_process_that_was_given_up_writes_no_plan():
    """The machine slept, the run was given up, the process wakes: its answer comes too late."""
    run = asked()
    claimed = planner.claim()
    PlanRun.objects.filter(pk=run.pk).update(state=RunState.LOST)
    planner.work_on(claimed)
    run.refresh_from_db()

    assert run.state == RunState.LOST
    assert not SavedPlan.objects.exists()


def test_stopping_keeps_the_best_so_far_marked_as_such(monkeypatch):
    run = asked()
    claimed = planner.claim()
    plans.stop(run=run, now=ADA.at)
    monkeypatch.setattr(planner.Beating, "should_stop", lambda self: self.beat_once() or True)
    planner.work_on(claimed)
    run.refresh_from_db()
    study = saved.study_of(run)

    assert run.state == RunState.DONE
    assert study.plan.interrupted
    assert "Stopped by a person." in study.plan.notes
    assert not study.plan.is_provably_best()


def test_a_run_that_waits_is_stopped_at_once():
    run = asked()
    plans.stop(run=run, now=ADA.at)
    run.refresh_from_db()

    assert run.state == RunState.FAILED
    assert planner.claim() is None


def test_whatever_the_planner_raises_the_run_has_an_end(monkeypatch):
    def fail(run, watch):
        raise RuntimeError("the solver is missing")

    monkeypatch.setattr(planner, "_make_plan", fail)
    run = planned()

    assert run.state == RunState.FAILED
    assert "the solver is missing" in run.said


def test_which_limits_bind_a_line_and_which_terms_free_money():
    """R-2 only comes too late; C-med could buy the missing generator of R-4 if it were for anything."""
    base = planned()
    source = base.input
    deep = asked(source, RunKind.BINDING, base=base, change={"line": "R-2"})
    free = asked(source, RunKind.FREEING, base=base, change={"contribution": "C-med"})
    worked_on_all()
    deep.refresh_from_db()
    free.refresh_from_db()

    assert deep.result == {"binding": ["DATE"]}
    assert [(one["change"], one["lines"]) for one in free.result["freeing"]] == [
        ("without allow.category", {"R-4": 1})
    ]


def test_deleting_takes_the_questions_along_and_leaves_other_plans():
    source = handed_in()
    first, second = planned(source), planned(source)
    asked(source, RunKind.BINDING, base=first, change={"line": "R-2"})
    plans.delete(run=first)
    assert [second] == list(PlanRun.objects.all())
    assert PlanInput.objects.count() == 1

    plans.delete(run=second)
    assert (PlanRun.objects.count(), PlanInput.objects.count(), SavedPlan.objects.count()) == (0, 0, 0)


def test_a_faulty_input_is_kept_with_its_findings_and_not_planned():
    source = handed_in({**PROBLEM, "lines": [{"id": "R-1", "item": "drone", "quantity": -3}]})

    assert source.problem == source.digest == ""
    assert any("quantity" in one["at"] for one in source.findings)
    with pytest.raises(plans.NotNow):
        asked(source)


@pytest.mark.parametrize("name", ["no\u0000thing", "half \ud800"])
def test_names_that_no_database_keeps_are_a_finding(name):
    source = handed_in({**PROBLEM, "packages": [{"id": name}]})

    assert source.problem == ""
    assert [one["code"] for one in source.findings if one["severity"] == "error"]


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"PK\x03\x04 no zip", b"[]", b"{}", b"\xff\xfe{", b"null", b"[" * 5000]
)
@pytest.mark.parametrize("name", ["a.json", "a.xlsx", "a", "\u202e.xlsx"])
def test_no_bytes_break_the_way_in(data, name):
    source = plans.hand_in(programme="purl", data=data, file_name=name, name="", origin=Origin.JSON, who=ADA)

    assert source.findings or source.problem


def test_a_question_that_takes_too_long_has_no_answer_instead_of_a_wrong_one(monkeypatch):
    base = planned()
    monkeypatch.setattr(planner, "QUESTION_SECONDS", -1)
    monkeypatch.setattr(
        planner.Beating, "should_stop", lambda self: self.beat_once() or self.stop_wanted.is_set()
    )
    run = planned(base.input, kind=RunKind.BINDING, base=base, change={"line": "R-2"})

    assert (run.state, run.result) == (RunState.FAILED, None)
    assert "took too long" in run.said
