"""The limits that truly bind: a family of them is lifted for one line alone, and the problem planned again."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from pledgeline.plan.engine import plan as make_plan
from pledgeline.plan.model import Earmark, Line, LineLimit, Plan, PlanContribution, Problem
from pledgeline.plan.policy import Policy


def binding(
    problem: Problem, plan: Plan, line: str, replan: Callable[[Problem], Plan] | None = None
) -> tuple[str, ...]:
    """Name the families of limits that, lifted for `line` alone, give it more in the new best plan.

    Means:   single families where there are any; else pairs, joined by “+”.
    """
    again = replan or (lambda changed: make_plan(changed, Policy(mode=plan.policy.get("mode", "prove"))))
    got = plan.fulfilled.get(line, 0)
    for size in (1, 2):
        found = tuple(
            "+".join(limits)
            for limits in combinations(LineLimit, size)
            if again(excuse(problem, line, frozenset(limits))).fulfilled[line] > got
        )
        if found:
            return found
    return ()


def excuse(problem: Problem, line: str, limits: frozenset[LineLimit]) -> Problem:
    """Lift families of limits for one line alone; for every other line all stays as it is.

    MONEY: a giver appears who pays for this line, and what its suppliers charge, whatever it costs. DATE:
    it may come any day. ORDER: any number of its units is useful, and they may be ordered outside lots and
    minimum orders. STOCK: its units are not counted against what is available or can be delivered. PACKAGE:
    its units may be ordered on a package's day without counting towards the package's value and lines, and
    without terms on shares. Units outside of orders or packages cause no fixed charge.
    """
    lines = []
    contributions = problem.contributions
    for candidate in problem.lines:
        if candidate.id == line:
            if LineLimit.MONEY in limits:
                contributions = (*contributions, _giver_of_all(problem, candidate))
            candidate = replace(
                candidate,
                need_by=None if LineLimit.DATE in limits else candidate.need_by,
                min_useful=1 if LineLimit.ORDER in limits else candidate.min_useful,
                multiple=1 if LineLimit.ORDER in limits else candidate.multiple,
                excused=limits & {LineLimit.ORDER, LineLimit.STOCK, LineLimit.PACKAGE},
            )
        lines.append(candidate)
    return replace(problem, lines=tuple(lines), contributions=contributions)


def _giver_of_all(problem: Problem, line: Line) -> PlanContribution:
    dearest = max((offer.unit_price_minor for offer in problem.offers), default=0)
    parts = sum(problem.kits.get(line.item, {}).values()) or 1
    ratio = min((ratio for ratio in problem.wanted(line.item).values()), default=1)
    units = line.quantity * parts + int(line.quantity / ratio) + 1
    charges = sum(supplier.charge_minor for supplier in problem.suppliers) * len(problem.packages)
    return PlanContribution(
        id="\x00",
        amount_minor=units * dearest + charges,
        currency=problem.currency,
        earmark=Earmark(allow={"line": frozenset({line.id, ""})}),  # the empty one: a supplier's charge
    )
