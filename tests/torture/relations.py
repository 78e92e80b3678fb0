"""What may be done to a planning problem without changing what is best, or only by a factor."""

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from pledgeline.plan import Problem

Factors = tuple[int, int]
"""By how much a relation multiplies what weighs (tiers, share-days), and what costs."""


def weights_times(problem: Problem, dice: random.Random) -> tuple[Problem, Factors]:
    """Multiply all weights by one number."""
    by = dice.choice([3, 10**3, 10**6])
    return replace(problem, lines=tuple(replace(line, weight=line.weight * by) for line in problem.lines)), (
        by,
        1,
    )


def prices_times(problem: Problem, dice: random.Random) -> tuple[Problem, Factors]:
    """Multiply all prices, charges, targets and sums of money by one number."""
    by = dice.choice([2, 7, 10**3])
    changed = replace(
        problem,
        offers=tuple(
            replace(offer, unit_price_minor=offer.unit_price_minor * by) for offer in problem.offers
        ),
        contributions=tuple(
            replace(contribution, amount_minor=contribution.amount_minor * by)
            for contribution in problem.contributions
        ),
        suppliers=tuple(
            replace(supplier, charge_minor=supplier.charge_minor * by) for supplier in problem.suppliers
        ),
        packages=tuple(
            replace(
                package,
                target_minor=None if package.target_minor is None else package.target_minor * by,
                tolerance_minor=package.tolerance_minor * by,
            )
            for package in problem.packages
        ),
    )
    return changed, (1, by)


def rows_turned(problem: Problem, dice: random.Random) -> tuple[Problem, Factors]:
    """Put the rows of each list in another order."""

    def turned(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(dice.sample(rows, len(rows)))

    sections = ("lines", "offers", "contributions", "packages")
    return replace(problem, **{name: turned(getattr(problem, name)) for name in sections}), (1, 1)


def offer_split(problem: Problem, dice: random.Random) -> tuple[Problem, Factors]:
    """Split the stock of an offer without lots and minimum orders into two offers."""
    free = [
        offer
        for offer in problem.offers
        if offer.lot == 1 and offer.min_order <= 1 and (offer.available or 0) > 1
    ]
    if not free:
        return problem, (1, 1)
    whole = dice.choice(free)
    assert whole.available is not None
    part = dice.randint(1, whole.available - 1)
    parts = (
        replace(whole, id=f"{whole.id}-a", available=part),
        replace(whole, id=f"{whole.id}-b", available=whole.available - part),
    )
    return replace(problem, offers=(*(offer for offer in problem.offers if offer is not whole), *parts)), (
        1,
        1,
    )


def contribution_split(problem: Problem, dice: random.Random) -> tuple[Problem, Factors]:
    """Split the money of a giver into two contributions of equal terms."""
    free = [
        contribution
        for contribution in problem.contributions
        if contribution.amount_minor > 1 and not contribution.whole_package_only
    ]
    if not free:
        return problem, (1, 1)
    whole = dice.choice(free)
    part = dice.randint(1, whole.amount_minor - 1)
    parts = (
        replace(whole, id=f"{whole.id}-a", amount_minor=part),
        replace(whole, id=f"{whole.id}-b", amount_minor=whole.amount_minor - part),
    )
    rest = tuple(contribution for contribution in problem.contributions if contribution is not whole)
    return replace(problem, contributions=(*rest, *parts)), (1, 1)


RELATIONS: tuple[Callable[[Problem, random.Random], tuple[Problem, Factors]], ...] = (
    weights_times,
    prices_times,
    rows_turned,
    offer_split,
    contribution_split,
)


def without_rounding(problem: Problem) -> Problem:
    """Leave out what rounds money once for each contribution or package: fees, rates and shares."""
    givers = tuple(
        replace(contribution, currency=problem.currency, fee_bps=0, max_share=None)
        for contribution in problem.contributions
    )
    return replace(problem, contributions=givers)


def expected(values: dict[str, Fraction], factors: Factors) -> dict[str, Fraction]:
    """Give the values that a changed problem must have."""
    weighs, costs = factors
    return {name: value * (costs if name == "cost" else weighs) for name, value in values.items()}
