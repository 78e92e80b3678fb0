"""Count what purchases achieve, straight from the problem and in exact numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from pledgeline.plan.model import Line, Problem, Purchase


@dataclass(frozen=True, slots=True)
class Measures:
    """What a set of purchases is worth. `fulfilled` runs by tier and line id."""

    tier_scores: Mapping[int, Fraction]
    fulfilled: Mapping[str, int]
    share_days: Fraction
    cost_minor: int


def measure(problem: Problem, purchases: Sequence[Purchase]) -> Measures:
    """Measure purchases whose lines, offers and packages are all in the problem."""
    offers = {offer.id: offer for offer in problem.offers}
    order_day = {package.id: package.order_day for package in problem.packages}
    by_line: dict[str, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    cost = sum(charges_of(problem, purchases).values())
    for purchase in purchases:
        offer = offers[purchase.offer]
        by_line[purchase.line][order_day[purchase.package] + offer.lead_days][offer.item] += purchase.units
        cost += offer.unit_price_minor * purchase.units
    lines = sorted(problem.lines, key=lambda line: (line.priority, line.id))
    scores: dict[int, Fraction] = dict.fromkeys(sorted({line.priority for line in lines}), Fraction(0))
    fulfilled = {}
    # Lines that weigh the same are added up in whole numbers first: fractions are dear by the thousand.
    alike: dict[tuple[int, Fraction, int], tuple[int, int]] = {}
    for line in lines:
        units, unit_days = _served(problem, line, by_line.get(line.id, {}))
        fulfilled[line.id] = units
        if units:
            key = (line.priority, line.weight, line.quantity)
            before = alike.get(key, (0, 0))
            alike[key] = (before[0] + units, before[1] + unit_days)
    share_days = Fraction(0)
    for (priority, weight, quantity), (units, unit_days) in alike.items():
        scores[priority] += weight * units / quantity
        share_days += weight * unit_days / quantity
    return Measures(scores, fulfilled, share_days, cost)


def charges_of(problem: Problem, purchases: Iterable[Purchase]) -> dict[tuple[str, str], int]:
    """Give the fixed charges that purchases cause, by (supplier, package)."""
    charge = {supplier.id: supplier.charge_minor for supplier in problem.suppliers if supplier.charge_minor}
    if not charge:
        return {}
    seller = {offer.id: offer.supplier for offer in problem.offers}
    due = {(seller[purchase.offer], purchase.package) for purchase in purchases}
    return {(supplier, package): charge[supplier] for supplier, package in sorted(due) if supplier in charge}


def _served(problem: Problem, line: Line, arrivals: Mapping[int, Mapping[str, int]]) -> tuple[int, int]:
    """Count the units, or whole kits, a line has in the end, and the sum of the days they became complete."""
    parts = problem.kits.get(line.item, {})
    counts = problem.wanted(line.item)
    have: dict[str, int] = defaultdict(int)
    complete = unit_days = 0
    for day in sorted(arrivals):
        for item, units in arrivals[day].items():
            have[item] += units
        if parts:
            now = min(have[part] // count for part, count in parts.items())
        elif counts.keys() == {line.item}:
            now = have[line.item]
        else:
            now = floor(sum((counts.get(item, 0) * units for item, units in have.items()), Fraction(0)))
        unit_days += day * (now - complete)
        complete = now
    return complete, unit_days
