"""The planner's door. What is behind it needs numpy and a solver, and is only loaded when it is used.

A page that shows a plan, and a command that reads one, need neither.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from pledgeline.plan.model import Plan, Problem
from pledgeline.plan.policy import CannotPlan, Keep, Limits, Policy, TierBound
from pledgeline.plan.watch import Watch
from pledgeline.programme.sentences import sentence

if TYPE_CHECKING:
    from pledgeline.plan.solver import Solver


def plan(
    problem: Problem,
    policy: Policy = Policy(),
    limits: Limits = Limits(),
    *,
    solver: Solver | None = None,
    start: Plan | None = None,
    keep: Keep | None = None,
    watch: Watch | None = None,
) -> Plan:
    """Plan a problem that `validate` has no errors for.

    Means:   the plan is checked in integers. Each score says whether it is proven; `start` and a
             smaller budget change how soon, never what is allowed. Without a solver the plan is made
             from the top down, and says so.
    Raises:  CannotPlan when not even that can be done here.
    """
    made: Plan = _planner().plan(problem, policy, limits, solver=solver, start=start, keep=keep, watch=watch)
    return made


def bound(
    problem: Problem, solver: Solver | None = None, *, watch: Watch | None = None
) -> tuple[TierBound, ...]:
    """Say at once what each tier can have at most, whole units and orders left aside.

    Means:   where the watch ended it, a bound that was not found yet is infinite.
    Raises:  CannotPlan when there is no solver.
    """
    found: tuple[TierBound, ...] = _planner().bound(problem, solver, watch)
    return found


def _planner() -> ModuleType:
    try:
        from pledgeline.plan import making
    except ImportError as error:
        raise CannotPlan(sentence("plan.cannot.plan", name=str(error.name))) from error
    return making
