"""What a plan is judged by, each objective with its exact worth and its exact value.

The order is fixed: tier by tier what the lines get, then early delivery, then cost.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, lcm

from pledgeline.plan.aggregate import Choice
from pledgeline.plan.canon import Option
from pledgeline.plan.program import Model, complete_units
from pledgeline.plan.sound import charges_of


@dataclass(frozen=True, slots=True)
class Objective:
    """One thing to optimise: columns with their exact worth, and the exact value of a choice."""

    name: str
    maximise: bool
    worth: tuple[tuple[int, Fraction], ...]
    value: Callable[[Choice], Fraction]
    tier: int | None = None
    limit: Fraction | None = None
    """A value that none can be better than, where one is known without a solver."""

    def gain(self, choice: Choice) -> Fraction:
        """Give the value so that more is better."""
        return self.value(choice) if self.maximise else -self.value(choice)

    def common(self) -> int:
        """Give the number that makes every worth whole."""
        return lcm(*(worth.denominator for _, worth in self.worth))


def tier_score(model: Model, t: int) -> Objective:
    worth = {}
    slope_of: dict[tuple[int, int], int] = {}
    slopes: list[Fraction] = []
    place: dict[int, int] = {}
    for (n, p), column in model.taken.items():
        if model.nodes[n].tier == t:
            piece = model.nodes[n].pieces[p]
            # Equal slopes are one object: so units of equal worth are added up before fractions are.
            if id(piece.slope) not in place:
                place[id(piece.slope)] = len(slopes)
                slopes.append(piece.slope)
            slope_of[n, p] = place[id(piece.slope)]
            worth[column] = piece.slope if piece.is_plain else piece.slope * piece.step

    def value(choice: Choice) -> Fraction:
        units = [0] * len(slopes)
        for key, (got, _) in choice.pieces.items():
            if key in slope_of:
                units[slope_of[key]] += got
        return sum_of(zip(slopes, units, strict=True))

    return Objective(f"tier {model.canon.tiers[t]}", True, tuple(worth.items()), value, tier=t)


def sum_of(terms: Iterable[tuple[Fraction, int]]) -> Fraction:
    """Add up multiples of fractions: those of one denominator first, as whole numbers."""
    whole: dict[int, int] = defaultdict(int)
    for fraction, times in terms:
        if times:
            whole[fraction.denominator] += fraction.numerator * times
    return sum((Fraction(total, below) for below, total in whole.items()), Fraction(0))


def kept(model: Model, promised: Mapping[str, int]) -> Objective:
    """Make the objective of a replan: as much of what was promised as can be."""
    built = model.builder
    worth, wanted = [], {}
    for (n, p), column in model.taken.items():
        piece = model.nodes[n].pieces[p]
        units = promised.get(model.canon.lines[piece.lines[0]].id, 0)
        if units > 0:
            kept = built.column(float(units), integer=False)
            step = 1 if piece.is_plain else piece.step
            built.row([(column, float(step)), (kept, -1.0)], 0.0, inf)
            worth.append((kept, piece.slope))
            wanted[n, p] = (units, piece.slope)
    return Objective(
        "kept",
        True,
        tuple(worth),
        lambda choice: sum(
            (slope * min(units, choice.pieces.get(key, (0, 0))[0]) for key, (units, slope) in wanted.items()),
            Fraction(0),
        ),
    )


def share_days(model: Model, given: Choice) -> Objective:
    """Weigh arrival days. A merged node weighs them with the average worth of the units it was given."""
    worth: list[tuple[int, Fraction]] = []
    slope = {n: _slope(model, n, given) for n in range(len(model.nodes))}
    by_day = {n for n, _ in model.complete}
    for (n, day), column in model.complete.items():
        worth.append((column, slope[n] * day))
    for (n, o), column in model.units.items():
        if n not in by_day:
            worth.append((column, slope[n] * model.option((n, o)).arrives))
    return Objective("share-days", False, tuple(worth), lambda choice: _days(model, choice, slope))


def least_share_days(model: Model, reached: Sequence[Fraction]) -> Fraction | None:
    """Give what the share-days cannot be below once each tier has what it `reached`; None where that is open.

    Means:   nothing arrives before the earliest day on which its node, or its tier, can be served at all.
    """
    if any(len(node.pieces) > 1 for node in model.nodes):
        return None
    first: dict[int, int] = {}
    for key in model.units:
        first[key[0]] = min(model.option(key).arrives, first.get(key[0], model.option(key).arrives))
    least = Fraction(0)
    for tier, value in enumerate(reached):
        nodes = [n for n in first if model.nodes[n].tier == tier and model.nodes[n].pieces]
        worth = {n: model.nodes[n].pieces[0].slope * model.nodes[n].capacity for n in nodes}
        if any(first[n] < 0 for n in nodes):
            return None
        if sum(worth.values()) == value:
            least += sum((worth[n] * first[n] for n in nodes), Fraction(0))
        elif nodes:
            least += value * min(first[n] for n in nodes)
    return least


def _slope(model: Model, n: int, given: Choice) -> Fraction:
    pieces = model.nodes[n].pieces
    got = [given.pieces.get((n, p), (0, 0))[0] for p in range(len(pieces))]
    if len(pieces) == 1 or not any(got):
        return pieces[0].slope if pieces else Fraction(0)
    total = sum_of((piece.slope, units) for piece, units in zip(pieces, got, strict=True))
    return (total / sum(got)).limit_denominator(10**6)


def _days(model: Model, choice: Choice, slope: Mapping[int, Fraction]) -> Fraction:
    bought: dict[int, list[tuple[Option, int]]] = defaultdict(list)
    for key, units in choice.units.items():
        bought[key[0]].append((model.option(key), units))
    found: list[tuple[Fraction, int]] = []
    for n, options in bought.items():
        parts = model.canon.kinds[model.nodes[n].kind].parts
        before = 0
        for day in sorted({option.arrives for option, _ in options}):
            complete = complete_units(parts, [pair for pair in options if pair[0].arrives <= day])
            found.append((slope[n], day * (complete - before)))
            before = complete
    return sum_of(found)


def cost(model: Model) -> Objective:
    price = {key: model.option(key).price for key in model.units}
    worth = [(column, Fraction(price[key])) for key, column in model.units.items() if price[key]]
    charge = {key: model.canon.suppliers[key[0]].charge_minor for key in model.charged}
    worth += [(column, Fraction(charge[key])) for key, column in model.charged.items()]
    return Objective(
        "cost",
        False,
        tuple(worth),
        lambda choice: Fraction(
            sum(price[key] * units for key, units in choice.units.items())
            + sum(charge[key] for key in charges_of(model, choice))
        ),
    )
