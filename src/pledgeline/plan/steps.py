"""Try in integers whether a plan can be bettered by one step: more of a line, or one purchase exchanged.

It knows no solver. A plan that calls itself best must have no such step; one that does not may have some, and
it is good to know them. All other purchases stay: what takes several changes at once is not found here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, lcm

from pledgeline.plan.canon import Option, canonical
from pledgeline.plan.check import Violation
from pledgeline.plan.measure import Measures, measure
from pledgeline.plan.model import Certainty, Line, Package, Plan, PlanOffer, Problem, Purchase
from pledgeline.plan.pay import Settlement, Spend, charge_spend, settle, spend_of
from pledgeline.programme.sentences import Param, Sentence, sentence

_MOST_FLOWS = 2_000
"""So often at most it is worked out whether the money reaches; what is beyond is counted and said."""

Way = tuple[str, str, str]
"""A line, an offer, a package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BetterStep:
    """One change that makes a plan better: the first objective that gains, and the change in words."""

    line: str
    objective: str
    said: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was tried, and what was found. `left_out` counts what was not tried for want of time."""

    lines: int
    exchanges: int
    left_out: int
    better: tuple[BetterStep, ...]

    def said(self) -> Sentence:
        """Say it in a sentence.

        >>> str(Tried(lines=2, exchanges=1, left_out=0, better=()).said())[:58]
        'Tried: one step more of 2 requirements, 1 exchange of a pu'
        """
        found: dict[str, Param] = {
            "lines": self.lines,
            "exchanges": self.exchanges,
            "better": len(self.better),
            "untried": self.left_out,
        }
        return sentence("plan.tried.not-all", **found) if self.left_out else sentence("plan.tried", **found)


def try_steps(problem: Problem, plan: Plan) -> Tried:
    """Try one step more of every line that waits, and every earlier or cheaper exchange of one purchase.

    Means:   the plan breaks no rule (`check`).
    """
    trial = _Trial(problem, plan)
    better: list[BetterStep] = []
    waiting = [line for line in problem.lines if line.weight and trial.got.fulfilled[line.id] < line.quantity]
    for line in waiting:
        changes = (change for change in trial.more(line))
        change = next((change for change in changes if trial.is_possible(line, change)), None)
        if change is not None:
            better.append(
                BetterStep(line=line.id, objective=f"tier {line.priority}", said=_said_more(change))
            )
    exchanges = 0
    for purchase in plan.purchases:
        line = trial.lines[purchase.line]
        for change in trial.exchanges(purchase):
            exchanges += 1
            gain = trial.gain(line, change)
            if gain is not None and trial.is_possible(line, change):
                better.append(BetterStep(line=line.id, objective=gain, said=_said_exchange(change)))
                break
    return Tried(lines=len(waiting), exchanges=exchanges, left_out=trial.left_out, better=tuple(better))


def refuted(plan: Plan, tried: Tried) -> list[Violation]:
    """List the claims of a plan that a step refutes: what is called proven cannot be bettered so."""
    sure = {
        score.name for score in plan.scores if score.standing in (Certainty.PROVEN, Certainty.GIVEN_EARLIER)
    }
    return [
        Violation(rule="not-best", about=step.line, said=sentence("plan.broken.not-best", step=step.said))
        for step in tried.better
        if step.objective in sure
    ]


def _said_more(change: Mapping[Way, int]) -> Sentence:
    parts = tuple(
        sentence("plan.step.part", units=units, offer=offer, package=package)
        for (_, offer, package), units in change.items()
    )
    return sentence("plan.step.more", parts=parts)


def _said_exchange(change: Mapping[Way, int]) -> Sentence:
    (_, old, there), (_, new, here) = change
    units = max(change.values())
    return sentence("plan.step.exchange", units=units, old=old, there=there, new=new, here=here)


class _Trial:
    """A plan with its sums, so that one change is judged by what it touches."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.left_out, self.flows = problem, 0, 0
        self.lines = {line.id: line for line in problem.lines}
        self.offers = {offer.id: offer for offer in problem.offers}
        self.packages = {package.id: package for package in problem.packages}
        self.suppliers = {supplier.id: supplier for supplier in problem.suppliers}
        self.got = measure(problem, plan.purchases)
        self.units: dict[Way, int] = {}
        self.own: dict[str, dict[Way, int]] = defaultdict(dict)
        self.canon = canonical(problem)
        self.place = {line.id: place for place, line in enumerate(self.canon.lines)}
        self.offer_at = {offer.id: o for o, offer in enumerate(self.canon.offers)}
        self.package_at = {package.id: p for p, package in enumerate(self.canon.packages)}
        self.supplier_at = {supplier.id: s for s, supplier in enumerate(self.canon.suppliers)}
        self.sold: dict[str, int] = defaultdict(int)
        self.delivered: dict[str, int] = defaultdict(int)
        self.pools: dict[tuple[str, str], int] = defaultdict(int)
        self.served: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.charged: dict[tuple[str, str], int] = defaultdict(int)
        self.cost: dict[str, int] = defaultdict(int)
        self.spent: dict[Spend, int] = defaultdict(int)
        self.free = sum(problem.can_pay_minor(contribution) for contribution in problem.contributions)
        for purchase in plan.purchases:
            self._apply({(purchase.line, purchase.offer, purchase.package): purchase.units})

    # ---- changes ----

    def more(self, line: Line) -> Iterator[dict[Way, int]]:
        """List ways to give a line its next useful amount, the cheapest first."""
        got = self.got.fulfilled[line.id]
        least = got + 1 if got else max(1, line.min_useful)
        step = ceil(least / line.multiple) * line.multiple - got
        if got + step > line.quantity:
            return
        parts = self.problem.kits.get(line.item)
        if parts:
            yield from self._more_kits(line, parts, step)
            return
        counts = self.problem.wanted(line.item)
        ways = [way for way in self._ways(line) if way[0].item in counts]
        for offer, package in sorted(ways, key=lambda way: way[0].unit_price_minor):
            ordered = self.pools[offer.id, package.id]
            most = ceil((line.quantity - got) / counts[offer.item])
            for amount in range(step, line.quantity - got + 1, line.multiple):
                units = ceil(amount / counts[offer.item])
                whole = ordered + units
                if units <= most and whole % offer.lot == 0 and whole >= offer.min_order:
                    yield {(line.id, offer.id, package.id): units}
                    break
                if amount - step > max(offer.lot, offer.min_order) * line.multiple:
                    break

    def _more_kits(self, line: Line, parts: Mapping[str, int], step: int) -> Iterator[dict[Way, int]]:
        """Buy each part in one way: in each package alone, and wherever it is cheapest."""
        for only in (None, *self.packages):
            change: dict[Way, int] = {}
            for part, count in parts.items():
                ways = [
                    (offer.unit_price_minor, offer.id, package.id)
                    for offer, package in self._ways(line)
                    if offer.item == part and only in (None, package.id)
                    if self._stock_left(offer) >= count * step
                ]
                if not ways:
                    break
                _, offer_id, package_id = min(ways)
                change[line.id, offer_id, package_id] = count * step
            else:
                yield change

    def exchanges(self, purchase: Purchase) -> Iterator[dict[Way, int]]:
        """List what may be bought in place of a purchase, all of it, one lot, or as much as there is."""
        line, old = self.lines[purchase.line], self.offers[purchase.offer]
        counts, parts = self.problem.wanted(line.item), self.problem.kits.get(line.item, {})
        here = self._arrives(old, self.packages[purchase.package])
        for offer, package in self._ways(line):
            same = offer.item == old.item if parts else counts.get(offer.item) == counts.get(old.item)
            way = (line.id, offer.id, package.id)
            if not same or way == (purchase.line, purchase.offer, purchase.package):
                continue
            there = self._arrives(offer, package)
            is_later = there > here and bool(line.weight)
            is_dearer = offer.unit_price_minor >= old.unit_price_minor and not self.suppliers
            if is_later or (there == here and is_dearer):
                continue
            lot = lcm(old.lot, offer.lot)
            most = purchase.units
            if offer is not old:
                most = min(most, self._stock_left(offer))
            for units in sorted({purchase.units, lot, most // lot * lot}, reverse=True):
                if 0 < units <= most:
                    yield {(purchase.line, purchase.offer, purchase.package): -units, way: units}

    def _ways(self, line: Line) -> list[tuple[PlanOffer, Package]]:
        wanted = self.problem.wanted(line.item).keys() | self.problem.kits.get(line.item, {}).keys()
        return [
            (offer, package)
            for offer in self.problem.offers
            if offer.item in wanted
            for package in self.problem.packages
            if self.problem.arrives_in_time(line, offer, package)
        ]

    def _arrives(self, offer: PlanOffer, package: Package) -> int:
        return package.order_day + offer.lead_days

    def _stock_left(self, offer: PlanOffer) -> int:
        return 10**18 if offer.available is None else offer.available - self.sold[offer.id]

    # ---- judging ----

    def gain(self, line: Line, change: Mapping[Way, int]) -> str | None:
        """Name the objective that an exchange betters; None where it betters none."""
        before, after = self._measured(line, {}), self._measured(line, change)
        if before.fulfilled != after.fulfilled:
            return None
        if after.share_days != before.share_days:
            return "share-days" if after.share_days < before.share_days else None
        cost = sum(self.cost.values())
        self._apply(change)
        is_cheaper = sum(self.cost.values()) < cost
        self._take_back(change)
        return "cost" if is_cheaper else None

    def _measured(self, line: Line, change: Mapping[Way, int]) -> Measures:
        own = dict(self.own[line.id])
        for way, units in change.items():
            own[way] = own.get(way, 0) + units
        bought = [
            Purchase(line=line.id, offer=offer, package=package, units=units)
            for (_, offer, package), units in own.items()
            if units
        ]
        return measure(replace(self.problem, lines=(line,), suppliers=()), bought)

    def is_possible(self, line: Line, change: Mapping[Way, int]) -> bool:
        """Say whether a change keeps every term and can be paid for."""
        self._apply(change)
        possible = self._keeps_terms(line, change) and self._reaches()
        self._take_back(change)
        return possible

    def _keeps_terms(self, line: Line, change: Mapping[Way, int]) -> bool:
        got = self._measured(line, {}).fulfilled[line.id]
        if got > line.quantity or got % line.multiple or 0 < got < line.min_useful:
            return False
        for part, count in self.problem.kits.get(line.item, {}).items():
            have = sum(n for (_, offer, _), n in self.own[line.id].items() if self.offers[offer].item == part)
            if have != count * got:
                return False
        for _, name, package in change:
            offer, ordered = self.offers[name], self.pools[name, package]
            if self._stock_left(offer) < 0 or ordered % offer.lot or 0 < ordered < offer.min_order:
                return False
            supplier = self.suppliers.get(offer.supplier)
            if (
                supplier
                and supplier.capacity is not None
                and self.delivered[offer.supplier] > supplier.capacity
            ):
                return False
            if not self._fits(self.packages[package]):
                return False
        return True

    def _fits(self, package: Package) -> bool:
        lines = sum(1 for units in self.served[package.id].values() if units)
        if package.max_lines is not None and lines > package.max_lines:
            return False
        off = abs(self.cost[package.id] - (package.target_minor or 0))
        return package.target_minor is None or not lines or off <= package.tolerance_minor

    def _reaches(self) -> bool:
        """Say whether the money reaches, by a flow in integers."""
        if sum(self.cost.values()) > self.free:
            return False
        if self.flows >= _MOST_FLOWS:
            self.left_out += 1
            return False
        self.flows += 1
        return isinstance(settle(self.canon, self.spent), Settlement)

    # ---- sums ----

    def _take_back(self, change: Mapping[Way, int]) -> None:
        self._apply({way: -units for way, units in change.items()})

    def _apply(self, change: Mapping[Way, int]) -> None:
        for way, units in change.items():
            line, name, package = way
            offer = self.offers[name]
            self.own[line][way] = self.own[line].get(way, 0) + units
            self.sold[name] += units
            self.delivered[offer.supplier] += units
            self.pools[name, package] += units
            self.served[package][line] += units
            self._spend(spend_of(self.canon, self._option(way)), package, units * offer.unit_price_minor)
            supplier = self.suppliers.get(offer.supplier)
            if supplier is not None and supplier.charge_minor:
                before = self.charged[supplier.id, package]
                self.charged[supplier.id, package] += units
                if bool(before) != bool(before + units):
                    charge = (self.supplier_at[supplier.id], self.package_at[package])
                    minor = supplier.charge_minor if not before else -supplier.charge_minor
                    self._spend(charge_spend(self.canon, charge), package, minor)

    def _spend(self, spend: Spend, package: str, minor: int) -> None:
        self.spent[spend] += minor
        self.cost[package] += minor

    def _option(self, way: Way) -> Option:
        line, offer, package = way
        kind = self.canon.kinds[self.canon.kind_of[self.place[line]]]
        wanted = (self.offer_at[offer], self.package_at[package])
        return next(option for option in kind.options if (option.offer, option.package) == wanted)
