"""A plan laid out so that one more unit can be tried on it, for one line or for a hundred thousand.

What is the same for many lines is found once: who took an offer, what a package costs, and for each spend
class how much more could be paid and which money stands in the way.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pledgeline.plan.canon import Canon, Option, canonical
from pledgeline.plan.measure import charges_of
from pledgeline.plan.model import Plan, Problem
from pledgeline.plan.pay import MoneyGap, Spend, charge_spend, charges_due, settle, spend_of


@dataclass(frozen=True, slots=True)
class Tight:
    """The money that is used up for a spend class, by name and amount, and who uses it.

    `left_minor` is what of it is left; `excluded` is money that is left and may not pay for the class.
    """

    contributions: list[str]
    used_minor: int
    left_minor: int
    used_by: dict[str, None]
    excluded: list[str]
    excluded_minor: int


class LaidOut:
    """What a plan buys and spends, offer by offer, package by package and class by class."""

    def __init__(self, problem: Problem, plan: Plan, stop: Callable[[], bool] = lambda: False) -> None:
        self.problem, self.plan, self.stop = problem, plan, stop
        self.canon: Canon = canonical(problem)
        self.place = {line.id: place for place, line in enumerate(self.canon.lines)}
        self.cost: dict[int, int] = defaultdict(int)
        self.served: dict[int, set[str]] = defaultdict(set)
        self.spent: dict[Spend, int] = defaultdict(int)
        self.ordered: dict[tuple[int, int], int] = defaultdict(int)
        self.takers: dict[int, list[tuple[str, int]]] = defaultdict(list)
        self._payees: dict[Spend, set[str]] = defaultdict(set)
        self._sold: dict[int, int] = defaultdict(int)
        self._delivered: dict[int, int] = defaultdict(int)
        self._add_up()
        self._paid = [
            sum(plan.paid_minor.get(member.id, 0) for member in group.members) for group in self.canon.groups
        ]
        self._can_pay = {
            member.id: minor
            for group in self.canon.groups
            for member, minor in zip(group.members, group.can_pay, strict=True)
        }
        self._missing: dict[tuple[int, int], int] = {}
        self._wanting: dict[int, list[int]] = defaultdict(list)
        for line, kind in zip(self.canon.lines, self.canon.kind_of, strict=True):
            if short := line.quantity - plan.fulfilled.get(line.id, 0):
                self._wanting[kind].append(short)
        self._by_turn: dict[tuple[int, ...], dict[str, int]] = {}
        self._most_more: dict[Spend, MoneyGap] = {}
        self._refused: dict[tuple[tuple[Spend, int], ...], MoneyGap | None] = {}
        self._tight: dict[tuple[frozenset[Spend], frozenset[int]], Tight] = {}

    def _add_up(self) -> None:
        offers = {offer.id: o for o, offer in enumerate(self.canon.offers)}
        packages = {package.id: p for p, package in enumerate(self.canon.packages)}
        options = [
            {(choice.offer, choice.package): choice for choice in kind.options} for kind in self.canon.kinds
        ]
        for purchase in self.plan.purchases:
            o, p, units = offers[purchase.offer], packages[purchase.package], purchase.units
            option = options[self.canon.kind_of[self.place[purchase.line]]][o, p]
            self._sold[o] += units
            self._delivered[self.canon.seller[o]] += units
            self.takers[o].append((purchase.line, units))
            self.ordered[o, p] += units
            self.cost[p] += units * option.price
            self.served[p].add(purchase.line)
            if option.price:
                spend = spend_of(self.canon, option)
                self.spent[spend] += units * option.price
                self._payees[spend].add(purchase.line)
        suppliers = {supplier.id: s for s, supplier in enumerate(self.canon.suppliers)}
        for name, package in charges_of(self.problem, self.plan.purchases):
            self.charge(self.spent, self.cost, (suppliers[name], packages[package]))
        self._charged = {(self.canon.seller[o], p) for o, p in self.ordered}

    def charge(self, spent: dict[Spend, int], cost: dict[int, int], charge: tuple[int, int]) -> None:
        """Add a supplier's charge in a package to what is spent."""
        spend, minor = charge_spend(self.canon, charge), self.canon.suppliers[charge[0]].charge_minor
        spent[spend] = spent.get(spend, 0) + minor
        cost[charge[1]] = cost.get(charge[1], 0) + minor

    def new_charges(self, options: Sequence[Option]) -> list[tuple[int, int]]:
        """Give the charges that orders of these options would cause for the first time."""
        return [charge for charge in charges_due(self.canon, options) if charge not in self._charged]

    def options(self, line: str) -> tuple[Option, ...]:
        return self.canon.kinds[self.canon.kind_of[self.place[line]]].options

    def left(self, o: int) -> int | None:
        """Give the units of an offer that can still be bought; None where they are not counted."""
        available, s = self.canon.offers[o].available, self.canon.seller[o]
        left = None if available is None else available - self._sold[o]
        capacity = self.canon.suppliers[s].capacity if s >= 0 else None
        if capacity is not None:
            spare = capacity - self._delivered[s]
            left = spare if left is None else min(left, spare)
        return left

    def is_gone(self, o: int) -> bool:
        left = self.left(o)
        return left is not None and left <= 0

    def taken(self, offers: Sequence[int]) -> dict[str, int]:
        """Give what each line took of offers, by priority and id."""
        key = tuple(offers)
        if key not in self._by_turn:
            units: dict[str, int] = defaultdict(int)
            for o in offers:
                for taker, number in self.takers[o]:
                    units[taker] += number
            self._by_turn[key] = dict(sorted(units.items(), key=lambda item: self.place[item[0]]))
        return self._by_turn[key]

    def missing_of(self, option: Option) -> int:
        """Count the units that lines still want of those that may buy this option."""
        key = (option.offer, option.package)
        if key not in self._missing:
            total = 0
            for k, shorts in self._wanting.items():
                kind = self.canon.kinds[k]
                for alternative in kind.options:
                    if (alternative.offer, alternative.package) == key:
                        parts = kind.parts.get(option.part, 1)
                        total += sum(int(short * parts / alternative.counts) for short in shorts)
                        break
            self._missing[key] = total
        return self._missing[key]

    # ---- money ----

    def shortfall(self, more: Mapping[Spend, int]) -> MoneyGap | None:
        """Prove that these amounts cannot be paid on top of what is spent; None where they can.

        Means:   for one class, where no giver has terms of its own, one proof serves every amount: what
                 cannot be paid beyond the most that can be is missing, and the same money stands in the way.
        """
        more = {spend: minor for spend, minor in more.items() if minor}
        if len(more) == 1 and not self.canon.has_package_terms:
            ((spend, minor),) = more.items()
            missing = minor - self._most(spend)
            return replace(self._most_more[spend], missing=missing) if missing > 0 else None
        key = tuple(sorted(more.items(), key=lambda item: (item[0].package, item[0].payers)))
        if key not in self._refused:
            costs = dict(self.spent)
            for spend, minor in more.items():
                costs[spend] = costs.get(spend, 0) + minor
            found = settle(self.canon, costs, any_way=True, stop=self.stop)
            self._refused[key] = found if isinstance(found, MoneyGap) else None
        return self._refused[key]

    def _most(self, spend: Spend) -> int:
        """Give the most that could be paid for a class on top of what is spent."""
        beyond = sum(group.total for group in self.canon.groups) + 1
        if spend not in self._most_more:
            found = settle(self.canon, {**self.spent, spend: self.spent.get(spend, 0) + beyond})
            assert isinstance(found, MoneyGap)
            self._most_more[spend] = found
        return beyond - self._most_more[spend].missing

    def left_of(self, contribution: str) -> int:
        """Give what a contribution has left."""
        return self._can_pay[contribution] - self.plan.paid_minor.get(contribution, 0)

    def tight(self, short: MoneyGap) -> Tight:
        """Name the money of a tight set, who uses it, and the money that is left beside it."""
        key = (short.classes, short.groups)
        if key not in self._tight:
            groups = self.canon.groups
            left = [group.total - paid for group, paid in zip(groups, self._paid, strict=True)]
            beside = [g for g in range(len(groups)) if g not in short.groups and left[g] > 0]
            self._tight[key] = Tight(
                contributions=[member.id for g in sorted(short.groups) for member in groups[g].members],
                used_minor=sum(self._paid[g] for g in short.groups),
                left_minor=sum(left[g] for g in short.groups),
                used_by=dict.fromkeys(
                    sorted({user for spend in short.classes for user in self._payees.get(spend, ())})
                ),
                excluded=sorted(
                    member.id for g in beside for member in groups[g].members if self.left_of(member.id) > 0
                ),
                excluded_minor=sum(left[g] for g in beside),
            )
        return self._tight[key]
