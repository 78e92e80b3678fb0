"""The process that makes plans: `python -m pledgeline.actions.planner`, started by the site.

It takes one run after the other from the queue and ends when none waits. While the solver works a second
thread tells the database every second that the process lives and how far it is, and hears whether
somebody wants it to stop. A process that is killed falls silent, and whoever looks next says so.
"""

import json
import os
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from math import isfinite
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from pledgeline.plan.watch import Timekeeper

if TYPE_CHECKING:
    from pledgeline.plan import Explanation, Plan, Problem, Progress
    from pledgeline.records.models import PlanRun

BEAT_SECONDS = 1.0

MOST_EXPLAINED = 200_000
"""Lines. A reason takes about 0.3 ms: with more, the plan itself would come minutes later."""

MOST_WITH_NAMES = 3_000
"""Lines. With more that wait, reasons are kept without the names in their facts: those alone would take
hundreds of megabytes. A line's own page finds them again."""

REASONS_SECONDS = 1.0
"""How long somebody who stopped a plan waits for its reasons."""

QUESTION_SECONDS = 600
"""A question means several plans, none of which may be cut short: after so long there is no answer."""


def main() -> None:
    """Work on whatever waits."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pledgeline.server.settings")
    with suppress(AttributeError, OSError):
        os.nice(5)  # the site goes first
    import django

    django.setup()
    while (run := claim()) is not None:
        work_on(run)


def claim() -> "PlanRun | None":
    """Take the run that waited longest, unless as many are worked on as may be."""
    from django.db import transaction

    from pledgeline.actions.plans import AT_ONCE, give_up, is_silent
    from pledgeline.records.models import UNDER_WAY, PlanRun, RunState

    with transaction.atomic():
        rows = list(
            PlanRun.objects.select_for_update().filter(state__in=UNDER_WAY).order_by("asked_at", "pk")
        )
        now = _now()
        silent = [row.pk for row in rows if row.state == RunState.RUNNING and is_silent(row.beat_at, now)]
        give_up(silent, now)
        working = [row for row in rows if row.state == RunState.RUNNING and row.pk not in silent]
        waiting = [row for row in rows if row.state == RunState.WAITING]
        if len(working) >= AT_ONCE or not waiting:
            return None
        run: PlanRun = waiting[0]
        run.state, run.began_at, run.beat_at = RunState.RUNNING.value, now, now
        run.save(update_fields=["state", "began_at", "beat_at"])
    return run


def work_on(run: "PlanRun") -> None:
    """Answer one run, and say how it ended. Whatever happens, it has an end."""
    from pledgeline.plan import CannotPlan
    from pledgeline.records.models import RunKind

    watch = Beating(run)
    pulse = Thread(target=watch.beat, daemon=True)
    pulse.start()
    try:
        if run.kind in (RunKind.PLAN, RunKind.WHAT_IF):
            _make_plan(run, watch)
        else:
            _answer_question(run, watch)
    except CannotPlan as error:
        _end_badly(run, str(error))
    except MemoryError:
        _end_badly(run, "The machine has too little memory for a problem of this size.")
    except Exception as error:  # a process without a window: the page must say what happened
        traceback.print_exc()
        _end_badly(run, f"The planner failed: {type(error).__name__}: {error}"[:500])
    finally:
        watch.ended.set()
        pulse.join(timeout=2 * BEAT_SECONDS)


class Beating(Timekeeper):
    """A watch that writes into the database how far the work is, and hears whether it should end."""

    def __init__(self, run: "PlanRun") -> None:
        super().__init__(run.budget_seconds, time.monotonic)
        self.run = run
        self.ended = Event()
        self.patience_ends: float | None = None
        self.settled: list[dict[str, Any]] = []
        self.step = "reading"

    def begin(self, step: str, share: Fraction) -> None:
        super().begin(step, share)
        self.step = step

    def tell(self, progress: "Progress") -> None:
        bound = progress.bound if progress.bound is not None and isfinite(progress.bound) else None
        said = {
            "step": progress.step,
            "place": progress.place,
            "of": progress.of,
            "value": None if progress.value is None else float(progress.value),
            "bound": bound,
            "is_settled": progress.is_settled,
        }
        self.settled = [one for one in self.settled if one["step"] != progress.step] + [said]

    def beat(self) -> None:
        """Tell the database every second that this process lives, until the work is done."""
        from django.db import DatabaseError, connection

        while not self.ended.wait(BEAT_SECONDS):
            with suppress(DatabaseError):
                self.beat_once()
        connection.close()

    def beat_once(self) -> None:
        from pledgeline.records.models import PlanRun, RunState

        mine = PlanRun.objects.filter(pk=self.run.pk, state=RunState.RUNNING)
        alive = mine.update(beat_at=_now(), progress={"step": self.step, "settled": list(self.settled)})
        # Nobody waits for a run that was deleted, or was given up while the machine slept.
        over = self.patience_ends is not None and time.monotonic() > self.patience_ends
        if not alive or over or mine.filter(stop_wanted=True).exists():
            self.stop()


def _make_plan(run: "PlanRun", watch: Beating) -> None:
    from pledgeline.plan import CannotPlan, Policy, plan, plan_to_json
    from pledgeline.records.plans import explanation_to_json, problem_of

    problem = problem_of(run.input)
    budget, began = run.budget_seconds, time.monotonic()
    watch.begin("bounds", Fraction(0))
    watch.give(None if budget is None else budget / 4)
    try:
        bounds = _bounds(problem, watch)
    except CannotPlan:  # without a solver there is still a plan, from the top down
        bounds = {}
    watch.give(None if budget is None else budget - (time.monotonic() - began))
    made = plan(problem, Policy(mode=run.mode), watch=watch)
    made = _marked(run, watch, made)
    watch.begin("reasons", Fraction(0))
    told = plan_to_json(made)
    reasons = _reasons(problem, made, watch)
    with_names = len(reasons) <= MOST_WITH_NAMES
    told["reasons"] = [explanation_to_json(one, with_names=with_names) for one in reasons]
    told["bounds"] = bounds
    _save(run, made, json.dumps(told, ensure_ascii=True), _summary(problem, made))


def _reasons(problem: "Problem", made: "Plan", watch: Beating) -> "list[Explanation]":
    """Explain every line that waits, unless they are too many, or somebody is tired of waiting.

    A page explains a line that is not among them when it is opened.
    """
    from pledgeline.plan import explain_all

    waiting = sum(1 for line in problem.lines if made.fulfilled.get(line.id, 0) < line.quantity)
    if waiting > MOST_EXPLAINED:
        return []
    watch.give(None)  # the budget is for the search; who stops the plan does not wait for its reasons
    watch.allow(REASONS_SECONDS)
    return explain_all(problem, made, watch.must_end)


def _summary(problem: "Problem", made: "Plan") -> dict[str, Any]:
    """Say in a few figures what a list of plans shows of each."""
    return {
        "lines": len(problem.lines),
        "met": sum(1 for line in problem.lines if made.fulfilled.get(line.id, 0) >= line.quantity),
        "currency": problem.currency,
        "cost_minor": made.cost_minor,
        "provably_best": made.is_provably_best(),
        "interrupted": made.interrupted,
    }


def _bounds(problem: "Problem", watch: Beating) -> dict[str, Mapping[str, float]]:
    """Bound each tier, and each category as if all money and stock were there for it alone."""
    from pledgeline.plan import bound

    by_category: dict[str, list[Any]] = {}
    for line in problem.lines:
        by_category.setdefault(problem.categories.get(line.item, ""), []).append(replace(line, priority=1))
    alone = {}
    if 1 < len(by_category) <= 40:
        for name, lines in by_category.items():
            alone[name] = bound(replace(problem, lines=tuple(lines)), watch=watch)[0].bound
    return {
        "tiers": {str(one.tier): one.bound for one in bound(problem, watch=watch) if isfinite(one.bound)},
        "categories": {name: most for name, most in alone.items() if isfinite(most)},
    }


def _marked(run: "PlanRun", watch: Beating, made: "Plan") -> "Plan":
    """Say in the plan itself what stopped it."""
    budget = made.budget if run.budget_seconds is None else f"{run.budget_seconds} seconds"
    if not made.interrupted:
        return replace(made, budget=budget)
    why = "a person" if watch.stop_wanted.is_set() else f"the budget of {run.budget_seconds} seconds"
    return replace(made, budget=budget, notes=(*made.notes, f"Stopped by {why}."))


def _save(run: "PlanRun", made: "Plan", answer: str, summary: dict[str, Any]) -> None:
    from django.db import transaction

    from pledgeline.records.models import PlanRun, RunState, SavedPlan
    from pledgeline.records.plans import seal_of

    now = _now()
    with transaction.atomic():
        mine = PlanRun.objects.filter(pk=run.pk, state=RunState.RUNNING)
        if not mine.update(state=RunState.DONE, ended_at=now, beat_at=now, result=summary):
            return
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
                saved_by=run.asked_by,
            ),
            saved_at=now,
            saved_by=run.asked_by,
        )


def _answer_question(run: "PlanRun", watch: Beating) -> None:
    """Answer what needs planning again: which limits bind a line, which terms would free idle money."""
    from pledgeline.plan import Policy, Stopped, binding, freeing, plan
    from pledgeline.records.models import PlanRun, RunKind, RunState
    from pledgeline.records.plans import study_of

    assert run.base is not None
    study = study_of(run.base)
    assert study is not None
    watch.patience_ends = time.monotonic() + QUESTION_SECONDS

    watch.give(None)

    def again(changed: "Problem") -> "Plan":
        made = plan(changed, Policy(mode=run.mode), watch=watch)
        if watch.is_over():
            raise Stopped
        return made

    ended: dict[str, Any] = {"state": RunState.DONE}
    try:
        if run.kind == RunKind.BINDING:
            ended["result"] = {"binding": list(binding(study.problem, study.plan, run.change["line"], again))}
        else:
            found = freeing(study.problem, study.plan, run.change["contribution"], replan=again)
            ended["result"] = {
                "freeing": [
                    {
                        "change": one.change,
                        "idle_minor": one.idle_minor,
                        "tiers": {name: str(more) for name, more in one.gained.tiers.items() if more},
                        "lines": dict(one.gained.lines),
                    }
                    for one in found
                ]
            }
    except Stopped:
        said = "It was stopped, or took too long, before every way had been tried: there is no answer."
        ended = {"state": RunState.FAILED, "said": said}
    ended["ended_at"] = _now()
    PlanRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(**ended)


def _end_badly(run: "PlanRun", said: str) -> None:
    from pledgeline.records.models import PlanRun, RunState

    PlanRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
        state=RunState.FAILED, said=said, ended_at=_now()
    )


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
