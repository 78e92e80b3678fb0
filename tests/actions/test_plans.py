"""Plans are made by jobs, in the background, and are next year what they are today."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from pledgeline.actions import plan_inputs, planner, plans
from pledgeline.jobs import claims
from pledgeline.jobs.asking import NotNow
from pledgeline.jobs.doing import do
from pledgeline.jobs.models import Job, JobFile, JobState
from pledgeline.plan import plan_to_json
from pledgeline.plan.sentences import why
from pledgeline.records import plans as saved
from pledgeline.records.models import Origin, PlanInput, PlanRun, ProgrammeRecord, RunKind, SavedPlan
from pledgeline.records.models.plans import WrittenOnce
from tests.builders import a_programme
from tests.planning import ADA, PROBLEM, again, as_json, asked, handed_in, planned
from tests.working import claimed, worked_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def programme():
    ProgrammeRecord.from_value(a_programme(slug="purl")).save()


def test_a_plan_is_made_proven_and_kept_with_its_input():
    run = planned()
    study = saved.study_of(run)

    assert run.job.state == JobState.DONE
    assert study.plan.fulfilled == {"R-1": 10, "R-2": 0, "R-3": 20, "R-4": 5}
    assert study.plan.paid_minor == {"C-any": 950_00, "C-med": 400_00}
    assert study.plan.is_provably_best()
    assert {"R-2": "TOO_LATE", "R-4": "MONEY"} == {reason.line: reason.reason for reason in study.reasons}
    assert (run.job.result["met"], run.job.result["lines"], run.job.result["cost_minor"]) == (2, 4, 1_350_00)
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


def test_a_run_that_another_process_looks_at_a_minute_ahead_goes_on(monkeypatch):
    """S14: whether a run is lost was decided by the clock of whoever looked."""
    run = asked()
    job = claimed()
    ahead = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: ahead)

    assert 0 == claims.take_back_lost()
    assert again(run).job.state == JobState.RUNNING
    do(job)
    assert SavedPlan.objects.filter(run=run).exists()


def test_a_process_that_was_given_up_writes_no_plan():
    """The machine slept, the run was given up, the process wakes: its answer comes too late."""
    run = asked()
    late = claimed()
    Job.objects.update(lease_until=timezone.now() - timedelta(hours=1))
    claims.take_back_lost()
    do(late)
    assert again(run).job.state == JobState.WAITING
    assert not SavedPlan.objects.exists()

    worked_off()
    assert 1 == SavedPlan.objects.filter(run=run).count()


class StoppedAtOnce:
    """A channel at whose other end somebody wants the job to end as soon as it listens."""

    def tell(self, progress): ...

    def on_stop(self, act):
        act()


def test_stopping_keeps_the_best_so_far_marked_as_such():
    run = asked()
    job = claimed()
    plans.stop(run=run)
    do(job, StoppedAtOnce())
    study = saved.study_of(run)

    assert again(run).job.state == JobState.DONE
    assert study.plan.interrupted
    assert "Stopped by a person." in map(str, study.plan.notes)
    assert not study.plan.is_provably_best()


def test_a_run_that_waits_is_stopped_at_once():
    run = asked()
    plans.stop(run=run)

    assert again(run).job.state == JobState.STOPPED
    assert "taken out of the queue" in again(run).job.said
    assert claims.claim("a test", {"plan"}) is None


def test_whatever_the_planner_raises_the_run_has_an_end(monkeypatch):
    def fail(context, run, watch):
        raise RuntimeError("the solver is missing")

    monkeypatch.setattr(planner, "_make_plan", fail)
    run = planned()

    assert run.job.state == JobState.FAILED
    assert "the solver is missing" in run.job.said


def test_which_limits_bind_a_line_and_which_terms_free_money():
    """R-2 only comes too late; C-med could buy the missing generator of R-4 if it were for anything."""
    base = planned()
    source = base.input
    deep = asked(source, RunKind.BINDING, base=base, change={"line": "R-2"})
    free = asked(source, RunKind.FREEING, base=base, change={"contribution": "C-med"})
    worked_off()

    assert again(deep).job.result == {"binding": ["DATE"]}
    assert [(change["change"], change["lines"]) for change in again(free).job.result["freeing"]] == [
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
    assert all(not model.objects.exists() for model in (PlanRun, PlanInput, SavedPlan, Job))


def test_a_faulty_input_is_kept_with_its_findings_and_not_planned():
    source = handed_in({**PROBLEM, "lines": [{"id": "R-1", "item": "drone", "quantity": -3}]})

    assert source.problem == source.digest == ""
    assert any("quantity" in finding["at"] for finding in source.findings)
    with pytest.raises(NotNow):
        asked(source)


def test_what_is_kept_are_codes_and_what_they_speak_of():
    """The finding of a quantity, the reason of a line and the note of a plan that was stopped."""
    faulty = handed_in({**PROBLEM, "lines": [{"id": "R-1", "item": "drone", "quantity": -3}]})
    (finding,) = faulty.findings
    answer = json.loads(planned().plan.answer)
    late = next(reason for reason in answer["reasons"] if reason["reason"] == "TOO_LATE")

    assert {
        "code": "plan.out-of-range",
        "params": {"field": "quantity", "number": "-3", "least": "1"},
    } == finding["said"]
    assert "“quantity” is -3; it must be at least 1." == saved.wrong_of(finding)
    assert "Correct the number." == saved.way_out_of_kept(finding)
    assert "plan.reason.too-late" == late["said"]["code"]
    assert {"plan_day": late["facts"]["earliest"]} == json.loads(late["said"]["params"])["earliest"]


def test_what_was_kept_as_a_text_is_still_shown(monkeypatch):
    """Older rows hold texts; a reason with days in it is said with dates all the same."""
    run = planned()
    now = {reason.line: why(reason, date(2026, 1, 1)) for reason in saved.study_of(run).reasons}
    monkeypatch.setattr(planner, "explanation_to_json", as_once_kept)
    monkeypatch.setattr(planner, "plan_as_kept", lambda made: {**plan_to_json(made), "notes": ["It is old."]})
    older = saved.study_of(planned(run.input))

    assert now == {reason.line: why(reason, date(2026, 1, 1)) for reason in older.reasons}
    assert ["It is old."] == list(map(str, older.plan.notes))
    assert "It lapses." == saved.wrong_of({"wrong": "It lapses.", "way_out": "Order now."})
    assert "Order now." == saved.way_out_of_kept({"wrong": "It lapses.", "way_out": "Order now."})


def as_once_kept(one, *, with_names):
    return saved.explanation_to_json(one, with_names=with_names) | {"said": str(one.said)}


@pytest.mark.parametrize("name", ["no\u0000thing", "half \ud800"])
def test_names_that_no_database_keeps_are_a_finding(name):
    source = handed_in({**PROBLEM, "packages": [{"id": name}]})

    assert source.problem == ""
    assert [finding["code"] for finding in source.findings if finding["severity"] == "error"]


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"PK\x03\x04 no zip", b"[]", b"{}", b"\xff\xfe{", b"null", b"[" * 5000]
)
@pytest.mark.parametrize("name", ["a.json", "a.xlsx", "a", "\u202e.xlsx"])
def test_no_bytes_break_the_way_in(data, name):
    job = plan_inputs.ask_to_read(
        programme="purl", data=data, file_name=name, name="", origin=Origin.JSON, asker=ADA
    )
    worked_off()
    source = PlanInput.objects.get(ref=Job.objects.get(pk=job.pk).result["input"])

    assert source.findings or source.problem
    assert not JobFile.objects.exists()


def test_a_question_that_takes_too_long_has_no_answer_instead_of_a_wrong_one():
    base = planned()
    run = asked(base.input, kind=RunKind.BINDING, base=base, change={"line": "R-2"})
    PlanRun.objects.filter(pk=run.pk).update(budget_seconds=0)
    worked_off()

    assert (again(run).job.state, again(run).job.result) == (JobState.FAILED, None)
    assert "took too long" in again(run).job.said


def test_a_question_that_is_stopped_has_no_answer():
    base = planned()
    run = asked(base.input, kind=RunKind.BINDING, base=base, change={"line": "R-2"})
    do(claimed(), StoppedAtOnce())

    assert (again(run).job.state, again(run).job.result) == (JobState.FAILED, None)


@pytest.mark.parametrize("said", [None, 0, 100_000])
def test_a_budget_that_is_not_said_or_too_long_is_the_longest(said):
    """S11: a plan without a budget held its place for ever."""
    assert 3_600 == asked(budget_seconds=said).budget_seconds


def test_what_a_programme_keeps_counts_with_what_it_uploads(settings):
    """S11: three copies of each upload were kept, as many as somebody sent."""
    settings.UPLOADS_MB_PER_PROGRAMME = 1
    handed_in({**PROBLEM, "packages": [{"id": "P" * 600_000, "order_day": 0}]})

    with pytest.raises(NotNow, match="more than 1 MB: delete one"):
        plan_inputs.ask_to_read(
            programme="purl",
            data=as_json() + b" " * 400_000,
            file_name="a.json",
            name="",
            origin=Origin.JSON,
            asker=ADA,
        )
    assert not Job.objects.exists()


def test_a_plan_that_is_deleted_while_it_is_made_is_not_written():
    run = asked()
    job = claimed()
    plans.delete(run=run)
    do(job)

    assert not SavedPlan.objects.exists()
    assert not Job.objects.exists()
