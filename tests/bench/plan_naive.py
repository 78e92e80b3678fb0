"""The plan as anybody would write it for a solver: a column for each line, offer and contribution.

It is what the planner is measured against. One tier after another is maximised, the earlier ones held by
a row; the models are written as MPS files, so that every solver gets the same.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pledgeline.plan.model import Problem

MILLION = 10**8
"""A solver counts money in millions of dollars, but for one that knows whole numbers only: that counts cents."""


@dataclass
class Naive:
    """Columns by name with their upper bounds, rows by kind, and each tier's worth."""

    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    entries: list[list[tuple[int, float]]] = field(default_factory=list)
    rows: list[tuple[str, float]] = field(default_factory=list)
    worth: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    flows: int = 0

    def column(self, upper: float, *, whole: bool = True) -> int:
        self.upper.append(upper)
        self.whole.append(whole)
        self.entries.append([])
        return len(self.upper) - 1

    def row(self, terms: list[tuple[int, float]], kind: str, value: float) -> None:
        self.rows.append((kind, value))
        for column, factor in terms:
            self.entries[column].append((len(self.rows) - 1, factor))

    def hold(self, tier: int, value: float) -> None:
        """Let a tier have no less than it has reached."""
        self.row(list(self.worth[tier].items()), "G", value - 1e-6 * max(1.0, abs(value)))


def naive(problem: Problem, unit: int = MILLION) -> Naive:
    """Write a problem of one package, without kits and substitutes, with money in so many cents."""
    model, (package,) = Naive(), problem.packages
    sold = defaultdict(list)
    given = defaultdict(list)
    offers = defaultdict(list)
    for offer in problem.offers:
        offers[offer.item].append(offer)
    for line in problem.lines:
        units = []
        for offer in offers[line.item]:
            if not problem.arrives_in_time(line, offer, package):
                continue
            x = model.column(min(line.quantity, offer.available or 0))
            units.append((x, 1.0))
            sold[offer.id].append(x)
            if offer.unit_price_minor:
                bill = [(x, -offer.unit_price_minor / unit)]
                for giver in problem.contributions:
                    if problem.may_pay(giver, line, offer, package):
                        flow = model.column(problem.can_pay_minor(giver) / unit, whole=unit == 1)
                        given[giver.id].append(flow)
                        bill.append((flow, 1.0))
                        model.flows += 1
                model.row(bill, "E", 0.0)
        if line.min_useful > 1:
            served = model.column(1.0)
            model.row([*units, (served, -float(line.quantity))], "L", 0.0)
            model.row([*units, (served, -float(line.min_useful))], "G", 0.0)
        else:
            model.row(units, "L", float(line.quantity))
        for x, _ in units:
            model.worth[line.priority][x] = float(line.weight / line.quantity)
    for offer in problem.offers:
        units = [(x, 1.0) for x in sold[offer.id]]
        if not units:
            continue
        most = offer.available or 0
        model.row(units, "L", float(most))
        if offer.lot > 1:
            lots = model.column(most // offer.lot)
            model.row([*units, (lots, -float(offer.lot))], "E", 0.0)
        if offer.min_order > 1:
            ordered = model.column(1.0)
            model.row([*units, (ordered, -float(most))], "L", 0.0)
            model.row([*units, (ordered, -float(offer.min_order))], "G", 0.0)
    for giver in problem.contributions:
        model.row([(flow, 1.0) for flow in given[giver.id]], "L", problem.can_pay_minor(giver) / unit)
    return model


def write_mps(model: Naive, tier: int, path: Path) -> None:
    """Write the model for one tier; the sense is to minimise, so worth is negative."""
    with path.open("w", encoding="ascii") as out:
        out.write("NAME plan FREE\nROWS\n N worth\n")
        out.writelines(f" {kind} r{r}\n" for r, (kind, _) in enumerate(model.rows))
        out.write("COLUMNS\n")
        inside = False
        for c, entries in enumerate(model.entries):
            if model.whole[c] != inside:
                inside = model.whole[c]
                out.write(f" MARKER 'MARKER' '{'INTORG' if inside else 'INTEND'}'\n")
            if c in model.worth[tier]:
                out.write(f" c{c} worth {-model.worth[tier][c]!r}\n")
            out.writelines(f" c{c} r{r} {factor!r}\n" for r, factor in entries)
        if inside:
            out.write(" MARKER 'MARKER' 'INTEND'\n")
        out.write("RHS\n")
        out.writelines(f" rhs r{r} {value!r}\n" for r, (_, value) in enumerate(model.rows) if value)
        out.write("BOUNDS\n")
        out.writelines(f" UP bnd c{c} {upper!r}\n" for c, upper in enumerate(model.upper))
        out.write("ENDATA\n")
