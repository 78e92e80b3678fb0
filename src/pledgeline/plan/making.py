"""The planner: tier by tier, each proven or bounded, and no plan leaves that integers have not checked.

The order of the work is the order of the objectives: first what tier 1 can have at most, then with that
held what tier 2 can have, and so on; then early delivery, then cost, then a fixed rule for ties.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from pledgeline.plan.aggregate import Bought, aggregate, relaxed, split
from pledgeline.plan.canon import Canon, canonical
from pledgeline.plan.deal import dealt_out
from pledgeline.plan.digest import digest_of
from pledgeline.plan.model import Plan, Problem, Purchase, Score, Standing
from pledgeline.plan.outcome import costs_of, finish, payments_of
from pledgeline.plan.pay import Settlement, settle, shared
from pledgeline.plan.plain import TooManyPlans, solve_plainly
from pledgeline.plan.policy import CannotPlan, Keep, Limits, Policy, TierBound
from pledgeline.plan.relax import tier_bounds
from pledgeline.plan.search import Search
from pledgeline.plan.solver import HighsSolver, Solver
from pledgeline.plan.ties import settle_ties
from pledgeline.plan.watch import Patience, Watch

_SMALL_LINES = 60
_SMALL_OPTIONS = 3_000
"""Options of all lines, times the packages: which of many packages a thing goes into is what a solver is long at."""

_EXACT_IN_FLOAT = 10**12
"""Amounts up to here leave a solver's arithmetic enough digits to tell one minor unit from none."""

_WAYS_TO_TRY = 20_000
"""Plans times the ways in which each may be paid, where every one of them is tried."""


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
    notes: list[str] = []
    if solver is None:
        try:
            solver = HighsSolver()
        except ImportError:
            notes.append("No solver is installed: this plan was made from the top down and is not bounded.")
    small = _is_small(canon)
    by_line = small or any(package.max_lines is not None for package in canon.packages) or keep is not None

    def searched(over: Canon) -> Search:
        search = Search(over, aggregate(over, by_line=by_line), solver, policy, limits, watch, notes)
        if start is not None:
            search.begin_with(start.purchases)
        if solver is not None:
            search.run(keep, holds_values=small)
        return search

    bundled = canon if small or len(canon.bundles) < 2 else canonical(problem, bundled=True)
    bought: Sequence[Bought] | None = None
    if solver is not None and len(bundled.bundles) < len(canon.bundles):
        search = searched(bundled)
        bought = dealt_out(bundled, canon, split(bundled, search.nodes, search.best), solver, watch.must_end)
    if bought is None:
        search = searched(canon)
        if solver is not None and small:
            settle_ties(search)
        bought = split(canon, search.nodes, search.best)
    made = finish(search, canon, bought, digest_of(problem))
    ordinary = keep is None and not any(line.excused for line in problem.lines)
    is_done = solver is not None and not made.interrupted
    if small and ordinary and is_done and _largest_amount(canon) > _EXACT_IN_FLOAT:
        made = _tried_out(canon, made, watch)
    return made


def bound(problem: Problem, solver: Solver | None, watch: Watch | None) -> tuple[TierBound, ...]:
    """Bound each tier: see `engine.bound`."""
    if solver is None:
        try:
            solver = HighsSolver()
        except ImportError as error:
            raise CannotPlan("A bound needs highspy, which cannot be loaded: install it.") from error
    canon = canonical(problem)
    return tier_bounds(canon, relaxed(canon), solver, (watch or Patience()).must_end)


def _is_small(canon: Canon) -> bool:
    options = sum(len(canon.kinds[kind].options) for kind in canon.kind_of)
    return len(canon.lines) <= _SMALL_LINES and options * max(1, len(canon.bundles)) <= _SMALL_OPTIONS


def _largest_amount(canon: Canon) -> int:
    """Give the largest amount that a plan can come to deal with: money that nothing can cost counts for none."""
    return max(canon.spendable(), default=0)


def _plans_to_try(canon: Canon) -> int:
    """Say how many plans may be tried: to pay for one plainly takes twice as long for each giver more."""
    givers = len(canon.problem.contributions)
    whole = sum(one.whole_package_only for one in canon.problem.contributions)
    most: int = _WAYS_TO_TRY // (1 << min(givers, 64)) // (whole + 1) ** min(len(canon.bundles), 64)
    return most


def _tried_out(canon: Canon, made: Plan, watch: Watch) -> Plan:
    """Try every plan where amounts are beyond a solver's digits and the plans are few."""
    try:
        answer = solve_plainly(canon.problem, _plans_to_try(canon), watch.is_over)
    except TooManyPlans:
        note = "Amounts this large leave a solver few digits: a plan that costs a few minor units less may exist."
        scores = tuple(
            replace(score, standing=Standing.BOUNDED)
            if score.name == "cost" and score.standing is Standing.PROVEN
            else score
            for score in made.scores
        )
        return replace(made, scores=scores, notes=(*made.notes, note), interrupted=watch.is_over())
    if answer.purchases == made.purchases:
        return made
    bought = tuple(_bought(canon, purchase) for purchase in answer.purchases)
    settlement = settle(canon, costs_of(canon, bought))
    assert isinstance(settlement, Settlement)
    values = {f"tier {tier}": value for tier, value in answer.tier_scores.items()}
    values |= {"share-days": answer.share_days, "cost": Fraction(answer.cost_minor)}
    return replace(
        made,
        purchases=answer.purchases,
        payments=payments_of(canon, bought, settlement),
        scores=tuple(
            Score(name=name, value=value, bound=value, standing=Standing.PROVEN)
            for name, value in values.items()
        ),
        fulfilled=answer.fulfilled,
        cost_minor=answer.cost_minor,
        paid_minor=dict(sorted(shared(canon, settlement).items())),
        notes=(
            *made.notes,
            "The solver's digits did not suffice for amounts this large: every plan was tried.",
        ),
    )


def _bought(canon: Canon, purchase: Purchase) -> Bought:
    place = next(place for place, line in enumerate(canon.lines) if line.id == purchase.line)
    option = next(
        option
        for option in canon.kinds[canon.kind_of[place]].options
        if canon.offers[option.offer].id == purchase.offer and canon.package(option).id == purchase.package
    )
    return Bought(place, option, purchase.units)
