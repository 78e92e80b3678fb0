"""The planner: tier by tier, each proven or bounded, and no plan leaves that integers have not checked.

The order of the work is the order of the objectives: first what tier 1 can have at most, then with that
held what tier 2 can have, and so on; then early delivery, then cost, then a fixed rule for ties.
"""

from collections.abc import Sequence

from pledgeline.plan.aggregate import BoughtUnits, aggregate, relaxed, split
from pledgeline.plan.canon import Canon, canonical
from pledgeline.plan.deal import dealt_out
from pledgeline.plan.digest import digest_of
from pledgeline.plan.earlier import begin_with
from pledgeline.plan.model import Plan, Problem
from pledgeline.plan.outcome import finish
from pledgeline.plan.policy import CannotPlan, Keep, Limits, Policy, TierBound
from pledgeline.plan.relax import tier_bounds
from pledgeline.plan.search import Search
from pledgeline.plan.solver import HighsSolver, Solver
from pledgeline.plan.ties import settle_ties
from pledgeline.plan.watch import Patience, Watch
from pledgeline.programme.sentences import Sentence, sentence

_SMALL_LINES = 60
_SMALL_OPTIONS = 3_000
"""Options of all lines, times the packages: which of many packages a thing goes into is what a solver is long at."""


def plan(
    problem: Problem,
    policy: Policy,
    limits: Limits,
    *,
    solver: Solver | None,
    start: Plan | None,
    keep: Keep | None,
    watch: Watch | None,
) -> Plan:
    """Plan a problem: see `engine.plan`."""
    watch = watch or Patience()
    canon = canonical(problem)
    notes: list[Sentence] = []
    if solver is None:
        try:
            solver = HighsSolver()
        except ImportError:
            notes.append(sentence("plan.note.no-solver"))
    small = _is_small(canon)
    by_line = small or any(package.max_lines is not None for package in canon.packages) or keep is not None

    def searched(over: Canon) -> Search:
        nodes = aggregate(over, by_line=by_line)
        search = Search(over, nodes, solver, policy, limits, watch, notes, holds_values=small)
        if start is not None:
            begin_with(search, start.purchases)
        if solver is not None:
            search.run(keep)
        return search

    bundled = canon if small or len(canon.bundles) < 2 else canonical(problem, bundled=True)
    bought: Sequence[BoughtUnits] | None = None
    if solver is not None and len(bundled.bundles) < len(canon.bundles):
        search = searched(bundled)
        bought = dealt_out(bundled, canon, split(bundled, search.nodes, search.best), solver, watch.must_end)
    if bought is None:
        search = searched(canon)
        if solver is not None and small:
            settle_ties(search)
        bought = split(canon, search.nodes, search.best)
    return finish(search, canon, bought, digest_of(problem))


def bound(problem: Problem, solver: Solver | None, watch: Watch | None) -> tuple[TierBound, ...]:
    """Bound each tier: see `engine.bound`."""
    if solver is None:
        try:
            solver = HighsSolver()
        except ImportError as error:
            raise CannotPlan(sentence("plan.cannot.bound", name="highspy")) from error
    canon = canonical(problem)
    return tier_bounds(canon, relaxed(canon), solver, (watch or Patience()).must_end)


def _is_small(canon: Canon) -> bool:
    options = sum(len(canon.kinds[kind].options) for kind in canon.kind_of)
    return len(canon.lines) <= _SMALL_LINES and options * max(1, len(canon.bundles)) <= _SMALL_OPTIONS
