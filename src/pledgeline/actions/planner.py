"""The jobs of planning: make the plan of a run, or answer a question that means planning again.

While the solver works, the channel of the job tells how far it is, and hears whether somebody wants it to stop.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from pledgeline.actions.job_askers import in_the_name_of_who_asked
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.jobs.context import Channel, JobContext, NoResult
from pledgeline.jobs.kinds import job
from pledgeline.plan.watch import Timekeeper
from pledgeline.programme.sentences import sentence
from pledgeline.records import clock
from pledgeline.records.models import PlanRun, RunKind, SavedPlan
from pledgeline.records.plans import explanation_to_json, plan_as_kept, problem_of, seal_of, study_of

if TYPE_CHECKING:
    from pledgeline.plan import Explanation, Plan, PlanProgress, Problem
    from pledgeline.plan.model import Line

MOST_EXPLAINED = 200_000
"""Lines. A reason takes about 0.3 ms: with more, the plan itself would come minutes later."""

MOST_WITH_NAMES = 3_000
"""Lines. With more that wait, reasons are kept without the names in their facts: those alone would take
hundreds of megabytes. A line's own page finds them again."""

REASONS_SECONDS = 1.0
"""How long somebody who stopped a plan waits for its reasons."""


@job("plan")
def make_plan(context: JobContext, run: str) -> None:
    """Make the plan of a run, and keep it."""
    from pledgeline.plan import CannotPlan

    row = _run(run)
    watch = PlanWatch(row.budget_seconds, context.channel)
    try:
        _make_plan(context, row, watch)
    except CannotPlan as error:
        raise NoResult(str(error)) from None


@job("question")
def answer_question(context: JobContext, run: str) -> dict[str, object]:
    """Answer what needs planning again: which limits bind a line, which terms would free idle money."""
    from pledgeline.plan import CannotPlan, Policy, Stopped, binding, freeing, plan

    row = _run(run)
    assert row.base is not None
    study = study_of(row.base)
    assert study is not None
    watch = QuestionWatch(row.budget_seconds, context.channel)

    def again(changed: "Problem") -> "Plan":
        made = plan(changed, Policy(mode=row.mode), watch=watch)
        if watch.is_over():
            raise Stopped
        return made

    try:
        if row.kind == RunKind.BINDING:
            return {"binding": list(binding(study.problem, study.plan, row.change["line"], again))}
        found = freeing(study.problem, study.plan, row.change["contribution"], replan=again)
    except Stopped:
        raise NoResult(
            "It was stopped, or took too long, before every way had been tried: there is no answer."
        ) from None
    except CannotPlan as error:
        raise NoResult(str(error)) from None
    return {
        "freeing": [
            {
                "change": hope.change,
                "idle_minor": hope.idle_minor,
                "tiers": {name: str(more) for name, more in hope.gained.tiers.items() if more},
                "lines": dict(hope.gained.lines),
            }
            for hope in found
        ]
    }


def _run(ref: str) -> PlanRun:
    found: PlanRun = PlanRun.objects.select_related("job", "input", "base__input").get(ref=ref)
    return found


class PlanWatch(Timekeeper):
    """A watch over the budget of a plan that tells the channel of its job how far the work is."""

    def __init__(
        self, seconds: float | None, channel: Channel, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(seconds, clock)
        self._channel = channel
        self._step = "reading"
        self._settled: list[dict[str, object]] = []
        channel.on_stop(self.stop)

    def begin(self, step: str, share: Fraction) -> None:
        super().begin(step, share)
        self._step = step
        self._tell()

    def tell(self, progress: "PlanProgress") -> None:
        bound = progress.bound if progress.bound is not None and isfinite(progress.bound) else None
        said = {
            "step": progress.step,
            "place": progress.place,
            "of": progress.of,
            "value": None if progress.value is None else float(progress.value),
            "bound": bound,
            "is_settled": progress.is_settled,
        }
        self._settled = [step for step in self._settled if step["step"] != progress.step] + [said]
        self._tell()

    def _tell(self) -> None:
        self._channel.tell({"step": self._step, "settled": list(self._settled)})


class QuestionWatch(PlanWatch):
    """A watch over a question, of whose plans none may be cut short: it cuts no step, and ends the whole."""

    def __init__(self, seconds: float, channel: Channel) -> None:
        super().__init__(None, channel)
        self._ends_at = self._clock() + seconds

    def should_stop(self) -> bool:
        return self.is_over()

    def is_over(self) -> bool:
        return self.stop_wanted.is_set() or self._clock() >= self._ends_at


def _make_plan(context: JobContext, run: PlanRun, watch: PlanWatch) -> None:
    from pledgeline.plan import CannotPlan, Policy, plan

    problem = problem_of(run.input)
    budget, began = run.budget_seconds, time.monotonic()
    watch.begin("bounds", Fraction(0))
    watch.give(budget / 4)
    try:
        bounds = _bounds(problem, watch)
    except CannotPlan:  # without a solver there is still a plan, from the top down
        bounds = {}
    watch.give(budget - (time.monotonic() - began))
    made = plan(problem, Policy(mode=run.mode), watch=watch)
    made = _marked(run, watch, made)
    watch.begin("reasons", Fraction(0))
    told = plan_as_kept(made)
    reasons = _reasons(problem, made, watch)
    with_names = len(reasons) <= MOST_WITH_NAMES
    told["reasons"] = [explanation_to_json(reason, with_names=with_names) for reason in reasons]
    told["bounds"] = bounds
    answer = json.dumps(told, ensure_ascii=True)
    with in_the_name_of_who_asked(context.job), context.ending() as end:
        end.result = _summary(problem, made)
        _keep(run, made, answer)


def _reasons(problem: "Problem", made: "Plan", watch: PlanWatch) -> "list[Explanation]":
    """Explain every line that waits, unless they are too many, or somebody is tired of waiting.

    A page explains a line that is not among them when it is opened.
    """
    from pledgeline.plan import PlanFigures, explain_all

    if len(PlanFigures(problem=problem, plan=made).waiting) > MOST_EXPLAINED:
        return []
    watch.give(None)  # the budget is for the search; who stops the plan does not wait for its reasons
    watch.allow(REASONS_SECONDS)
    return explain_all(problem, made, watch.must_end)


def _summary(problem: "Problem", made: "Plan") -> dict[str, object]:
    """Say in a few figures what a list of plans shows of each."""
    from pledgeline.plan import PlanFigures

    lines, waiting = len(problem.lines), len(PlanFigures(problem=problem, plan=made).waiting)
    return {
        "lines": lines,
        "met": lines - waiting,
        "currency": problem.currency,
        "cost_minor": made.cost_minor,
        "provably_best": made.is_provably_best(),
        "interrupted": made.interrupted,
    }


def _bounds(problem: "Problem", watch: PlanWatch) -> dict[str, Mapping[str, float]]:
    """Bound each tier, and each category as if all money and stock were there for it alone."""
    from pledgeline.plan import bound

    by_category: dict[str, list[Line]] = {}
    for line in problem.lines:
        by_category.setdefault(problem.categories.get(line.item, ""), []).append(replace(line, priority=1))
    alone = {}
    if 1 < len(by_category) <= 40:
        for name, lines in by_category.items():
            alone[name] = bound(replace(problem, lines=tuple(lines)), watch=watch)[0].bound
    return {
        "tiers": {
            str(tier_bound.tier): tier_bound.bound
            for tier_bound in bound(problem, watch=watch)
            if isfinite(tier_bound.bound)
        },
        "categories": {name: most for name, most in alone.items() if isfinite(most)},
    }


def _marked(run: PlanRun, watch: PlanWatch, made: "Plan") -> "Plan":
    """Say in the plan itself what stopped it."""
    seconds = str(run.budget_seconds)
    made = replace(made, budget=f"{seconds} seconds")
    if not made.interrupted:
        return made
    why = (
        sentence("plan.note.stopped.by-person")
        if watch.stop_wanted.is_set()
        else sentence("plan.note.stopped.by-budget", seconds=seconds)
    )
    return replace(made, notes=(*made.notes, why))


def _keep(run: PlanRun, made: "Plan", answer: str) -> None:
    now = clock.now()
    trail.record(
        AuditAct.PLAN_MADE,
        "plan",
        run.ref,
        programme=run.programme.slug,
        input=run.input.ref,
        digest=made.input_digest,
    )
    SavedPlan.objects.create(
        run=run,
        digest=made.input_digest,
        policy=dict(made.policy),
        answer=answer,
        seal=seal_of(
            problem=run.input.problem,
            answer=answer,
            policy=made.policy,
            saved_at=now,
            saved_by=run.job.asked_by,
        ),
        saved_at=now,
        saved_by=run.job.asked_by,
    )
