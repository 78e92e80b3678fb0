"""Why a line is not met: a reason at once from the plan, with its proof, or the limits that truly bind.

The quick reason takes the first that applies: nobody offers it, it comes too late, the stock is gone, an
order term is in the way, the money is used up, a package is full. The deep one lifts a family of limits
for this line alone, plans again and looks whether the line gets more.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import combinations

from pledgeline.money import Amount, in_full
from pledgeline.plan.canon import Canon, Option, canonical
from pledgeline.plan.engine import plan as make_plan
from pledgeline.plan.measure import charges_of
from pledgeline.plan.excluded import excluding_words
from pledgeline.plan.model import Contribution, Earmark, Limit, Line, Plan, Problem
from pledgeline.plan.pay import Settlement, Shortfall, Spend, charge_spend, charges_due, settle, spend_of
from pledgeline.plan.policy import Policy


class Reason(StrEnum):
    """Why a line is not fully met."""

    MET = "MET"
    NO_OFFER = "NO_OFFER"
    TOO_LATE = "TOO_LATE"
    NO_STOCK = "NO_STOCK"
    ORDER = "ORDER"
    MONEY = "MONEY"
    PACKAGE = "PACKAGE"
    UNSETTLED = "UNSETTLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one line is where it is.

    `said` is one sentence for people; `facts` holds its figures. `binding` names, where it was asked
    for, the families of limits each of which, lifted for this line alone, would give it more; two joined
    by “+” where none does alone.
    """

    line: str
    wanted: int
    got: int
    reason: Reason
    said: str
    facts: Mapping[str, object] = field(default_factory=dict)
    binding: tuple[str, ...] | None = None


def explain(problem: Problem, plan: Plan, line: str, deep: bool = False) -> Explanation:
    """Say why `line` gets what it gets in `plan`.

    Raises:  KeyError when the problem has no such line.
    """
    found = {one.id: one for one in problem.lines}
    quick = _Look(problem, plan).reason_for(found[line])
    if not deep or quick.reason is Reason.MET:
        return quick
    limits = binding(problem, plan, line)
    if quick.reason is Reason.UNSETTLED and limits:
        said = (
            f"Several limits meet here. What would help: {' or '.join(limits)}, lifted for this line alone."
        )
        quick = replace(quick, reason=_REASON_OF[Limit(limits[0].split("+")[0])], said=said)
    return replace(quick, binding=limits)


_REASON_OF = {
    Limit.MONEY: Reason.MONEY,
    Limit.STOCK: Reason.NO_STOCK,
    Limit.DATE: Reason.TOO_LATE,
    Limit.ORDER: Reason.ORDER,
    Limit.PACKAGE: Reason.PACKAGE,
}


def explain_all(problem: Problem, plan: Plan) -> list[Explanation]:
    """Explain every line that is not fully met, by priority and id."""
    look = _Look(problem, plan)
    return [
        look.reason_for(line)
        for line in sorted(problem.lines, key=lambda line: (line.priority, line.id))
        if plan.fulfilled.get(line.id, 0) < line.quantity
    ]


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
            for limits in combinations(Limit, size)
            if again(excuse(problem, line, frozenset(limits))).fulfilled[line] > got
        )
        if found:
            return found
    return ()


def excuse(problem: Problem, line: str, limits: frozenset[Limit]) -> Problem:
    """Lift families of limits for one line alone; for every other line all stays as it is.

    MONEY: a giver appears who pays for this line, and what its suppliers charge, whatever it costs. DATE:
    it may come any day. ORDER: any number of its units is useful, and they may be ordered outside lots and
    minimum orders. STOCK: its units are not counted against what is available or can be delivered. PACKAGE:
    its units may be ordered on a package's day without counting towards the package's value and lines, and
    without terms on shares. Units outside of orders or packages cause no fixed charge.
    """
    lines = []
    contributions = problem.contributions
    for one in problem.lines:
        if one.id == line:
            if Limit.MONEY in limits:
                contributions = (*contributions, _giver_of_all(problem, one))
            one = replace(
                one,
                need_by=None if Limit.DATE in limits else one.need_by,
                min_useful=1 if Limit.ORDER in limits else one.min_useful,
                multiple=1 if Limit.ORDER in limits else one.multiple,
                excused=limits & {Limit.ORDER, Limit.STOCK, Limit.PACKAGE},
            )
        lines.append(one)
    return replace(problem, lines=tuple(lines), contributions=contributions)


def _giver_of_all(problem: Problem, line: Line) -> Contribution:
    dearest = max((offer.unit_price_minor for offer in problem.offers), default=0)
    parts = sum(problem.kits.get(line.item, {}).values()) or 1
    ratio = min((ratio for ratio in problem.wanted(line.item).values()), default=1)
    units = line.quantity * parts + int(line.quantity / ratio) + 1
    charges = sum(one.charge_minor for one in problem.suppliers) * len(problem.packages)
    return Contribution(
        id="\x00",
        amount_minor=units * dearest + charges,
        currency=problem.currency,
        earmark=Earmark(allow={"line": frozenset({line.id, ""})}),  # the empty one: a supplier's charge
    )


class _Look:
    """A plan laid out so that one more unit can be tried on it."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.canon: Canon = canonical(problem)
        self.place = {line.id: place for place, line in enumerate(self.canon.lines)}
        self.offer = {offer.id: o for o, offer in enumerate(self.canon.offers)}
        self.package = {package.id: p for p, package in enumerate(self.canon.packages)}
        self.sellers = [
            {(option.offer, option.package): option.counts for option in kind.options}
            for kind in self.canon.kinds
        ]
        self.supplier = {supplier.id: s for s, supplier in enumerate(self.canon.suppliers)}
        self.missing: dict[tuple[int, int], int] = {}
        self.sold: dict[int, int] = defaultdict(int)
        self.takers: dict[int, list[tuple[str, int]]] = defaultdict(list)
        self.ordered: dict[tuple[int, int], int] = defaultdict(int)
        self.cost: dict[int, int] = defaultdict(int)
        self.served: dict[int, set[str]] = defaultdict(set)
        self.spent: dict[Spend, int] = defaultdict(int)
        self.payees: dict[Spend, set[str]] = defaultdict(set)
        for purchase in plan.purchases:
            o, p = self.offer[purchase.offer], self.package[purchase.package]
            option = next(one for one in self._options(purchase.line) if (one.offer, one.package) == (o, p))
            self.sold[o] += purchase.units
            self.takers[o].append((purchase.line, purchase.units))
            self.ordered[o, p] += purchase.units
            self.cost[p] += purchase.units * option.price
            self.served[p].add(purchase.line)
            if option.price:
                self.spent[spend_of(self.canon, option)] += purchase.units * option.price
                self.payees[spend_of(self.canon, option)].add(purchase.line)
        for name, package in charges_of(problem, plan.purchases):
            self._charge(self.spent, self.cost, self.supplier[name], self.package[package])

    def _charge(self, spent: dict[Spend, int], cost: dict[int, int], s: int, p: int) -> None:
        """Add a supplier's charge in a package to what is spent."""
        spend, charge = charge_spend(self.canon, (s, p)), self.canon.suppliers[s].charge_minor
        spent[spend] = spent.get(spend, 0) + charge
        cost[p] = cost.get(p, 0) + charge

    def reason_for(self, line: Line) -> Explanation:
        got = self.plan.fulfilled.get(line.id, 0)
        if got >= line.quantity:
            return self._say(line, Reason.MET, f"All {line.quantity} units are in the plan.")
        parts = self.problem.kits.get(line.item, {})
        for item in sorted(parts) or [""]:
            for test in (self._offer, self._date, self._stock):
                found = test(line, item)
                if found is not None:
                    return found
        return self._useful(line) or self._try(line)

    # ---- what can be bought at all ----

    def _options(self, line: str) -> tuple[Option, ...]:
        return self.canon.kinds[self.canon.kind_of[self.place[line]]].options

    def _items(self, line: Line, part: str) -> set[str]:
        return {part} if part else set(self.problem.wanted(line.item))

    def _offer(self, line: Line, part: str) -> Explanation | None:
        items = self._items(line, part)
        if any(offer.item in items for offer in self.canon.offers) and self.canon.packages:
            return None
        name = part or line.item
        if not self.canon.packages:
            return self._say(line, Reason.NO_OFFER, "There is no package to order it with.")
        return self._say(line, Reason.NO_OFFER, f"Nobody offers {name}.", item=name)

    def _date(self, line: Line, part: str) -> Explanation | None:
        if any(option.part == part for option in self._options(line.id)):
            return None
        items = self._items(line, part)
        earliest, offer, package = min(
            (package.order_day + offer.lead_days, offer.id, package.id)
            for offer in self.canon.offers
            if offer.item in items
            for package in self.canon.packages
        )
        assert line.need_by is not None
        late = earliest - line.need_by
        return self._say(
            line,
            Reason.TOO_LATE,
            f"The earliest arrival is day {earliest} ({offer} in {package}), {late:,} "
            f"{'day' if late == 1 else 'days'} after day {line.need_by}, by which it is needed.",
            earliest=earliest,
            days_late=late,
            offer=offer,
            package=package,
        )

    def _left(self, o: int) -> int | None:
        available, s = self.canon.offers[o].available, self.canon.seller[o]
        left = None if available is None else available - self.sold[o]
        capacity = self.canon.suppliers[s].capacity if s >= 0 else None
        if capacity is not None:
            spare = capacity - sum(units for one, units in self.sold.items() if self.canon.seller[one] == s)
            left = spare if left is None else min(left, spare)
        return left

    def _stock(self, line: Line, part: str) -> Explanation | None:
        offers = sorted({option.offer for option in self._options(line.id) if option.part == part})
        if any(self._left(o) is None or (self._left(o) or 0) > 0 for o in offers):
            return None
        tiers = {one.id: one.priority for one in self.canon.lines}
        takers: dict[str, int] = defaultdict(int)
        for o in offers:
            for taker, units in self.takers[o]:
                if taker != line.id:
                    takers[taker] += units
        by_turn = sorted(takers.items(), key=lambda one: (tiers[one[0]], one[0]))
        names = ", ".join(self.canon.offers[o].id for o in offers)
        total = sum(self.canon.offers[o].available or 0 for o in offers)
        took = "; ".join(f"{units:,} went to {taker} (priority {tiers[taker]})" for taker, units in by_turn[:10])
        more = f" and {len(by_turn) - 10} more lines" if len(by_turn) > 10 else ""
        what = f" of {part}" if part else ""
        return self._say(
            line,
            Reason.NO_STOCK,
            f"All {total:,} units{what} that arrive in time ({names}) are taken"
            + (f": {took}{more}." if took else ": this line has them all."),
            offers=[self.canon.offers[o].id for o in offers],
            taken_by=[[taker, tiers[taker], units] for taker, units in by_turn],
        )

    # ---- what would be a useful step ----

    def _step(self, line: Line) -> int:
        """Give the fewest more units that would be useful to the line."""
        got = self.plan.fulfilled.get(line.id, 0)
        if got:
            return line.multiple
        return -(-max(line.min_useful, 1) // line.multiple) * line.multiple

    def _useful(self, line: Line) -> Explanation | None:
        """Say where a line's own terms let nothing more be useful, whatever there is."""
        got, step = self.plan.fulfilled.get(line.id, 0), self._step(line)
        if got + step > line.quantity:
            return self._say(
                line,
                Reason.ORDER,
                f"The next useful amount is {got + step:,} units "
                f"(least {line.min_useful:,}, in steps of {line.multiple:,}); {line.quantity:,} are wanted.",
                next_useful=got + step,
            )
        if line.item in self.problem.kits:
            return None
        options = self._options(line.id)
        left = [self._left(o) for o in sorted({option.offer for option in options})]
        known = [units for units in left if units is not None]
        most = max((option.counts for option in options), default=1)
        if len(known) == len(left) and sum(known) * most < step:
            short = step - int(sum(known) * most)
            return self._say(
                line,
                Reason.ORDER,
                f"{_units(sum(known))} {'is' if sum(known) == 1 else 'are'} left, and less than {step:,} are of "
                f"no use to this line: {short:,} more would reach it.",
                left=sum(known),
                least=step,
                short=short,
            )
        return None

    def _try(self, line: Line) -> Explanation:
        """Try the next useful step with each option and say what stands in its way, the best first."""
        if not line.weight:
            return self._say(line, Reason.UNSETTLED, "Its weight is 0: nothing is gained by serving it.")
        refusals = [self._refusal(line, ways) for ways in self._ways(line)]
        order = [Reason.UNSETTLED, Reason.MONEY, Reason.PACKAGE, Reason.ORDER]
        refusals.sort(key=lambda one: order.index(one.reason))
        return refusals[0] if refusals else self._unsettled(line)

    def _ways(self, line: Line) -> list[list[tuple[Option, int]]]:
        """List ways to add the next useful step: with one option, or for a kit the cheapest for each part."""
        step = self._step(line)
        options = [
            option
            for option in self._options(line.id)
            if self._left(option.offer) is None or (self._left(option.offer) or 0) > 0
        ]
        parts = self.problem.kits.get(line.item, {})
        by_price = sorted(options, key=lambda option: (option.price, option.arrives))
        if not parts:
            return [[(option, -(-step // option.counts))] for option in by_price]
        kit = []
        for part, count in sorted(parts.items()):
            kit.append((next(option for option in by_price if option.part == part), step * count))
        return [kit]

    def _refusal(self, line: Line, ways: Sequence[tuple[Option, int]]) -> Explanation:
        """Say what stands in the way of buying these units on top of the plan."""
        spent = dict(self.spent)
        cost = dict(self.cost)
        whole = []
        for option, units in ways:
            found, units = self._order(line, option, units)
            if found is not None:
                return found
            whole.append((option, units))
            cost[option.package] = cost.get(option.package, 0) + option.price * units
            if option.price:
                spend = spend_of(self.canon, option)
                spent[spend] = spent.get(spend, 0) + option.price * units
        there = {(purchase.offer, purchase.package) for purchase in self.plan.purchases}
        paid = {(self.canon.seller[self.offer[offer]], self.package[package]) for offer, package in there}
        for charge in charges_due(self.canon, (option for option, _ in ways)):
            if charge not in paid:
                self._charge(spent, cost, *charge)
        for option, _ in ways:
            found = self._package(line, option.package, cost)
            if found is not None:
                return found
        result = settle(self.canon, spent)
        if isinstance(result, Shortfall):
            return self._money(line, whole, result)
        return self._unsettled(line)

    def _order(self, line: Line, option: Option, units: int) -> tuple[Explanation | None, int]:
        """Say whether lots, a minimum order or what is left forbid the order, and how much it would take."""
        offer = self.canon.offers[option.offer]
        ordered = self.ordered[option.offer, option.package]
        least = max(offer.min_order, ordered + units)
        needed = -(-least // offer.lot) * offer.lot - ordered
        left = self._left(option.offer)
        missing = self._missing_of(option)
        if needed <= missing and (left is None or needed <= left):
            return None, needed
        terms = f"lots of {offer.lot:,}, at least {offer.min_order:,} an order"
        if left is not None and needed > left:
            short = needed - left
            said = (
                f"{offer.id} has {_units(left)} left; by its terms ({terms}) the next useful order takes "
                f"{needed:,}: {short:,} more would do."
            )
        else:
            short = needed - missing
            said = (
                f"{offer.id} sells by its terms ({terms}): {needed:,} more units would have to be ordered in "
                f"{self.canon.packages[option.package].id}, and only {missing:,} are still wanted from it."
            )
        facts = {"offer": offer.id, "lot": offer.lot, "min_order": offer.min_order, "short": short}
        return self._say(line, Reason.ORDER, said, **facts), needed

    def _missing_of(self, option: Option) -> int:
        """Count the units that lines still want of those that may buy this option."""
        if (option.offer, option.package) not in self.missing:
            total = 0
            for one, kind in zip(self.canon.lines, self.canon.kind_of, strict=True):
                short = one.quantity - self.plan.fulfilled.get(one.id, 0)
                if short and (option.offer, option.package) in self.sellers[kind]:
                    counts = self.sellers[kind][option.offer, option.package]
                    total += int(short * self.canon.kinds[kind].parts.get(option.part, 1) / counts)
            self.missing[option.offer, option.package] = total
        return self.missing[option.offer, option.package]

    # ---- packages and money ----

    def _package(self, line: Line, p: int, cost: Mapping[int, int]) -> Explanation | None:
        package = self.canon.packages[p]
        there = self.served[p] | {line.id}
        if package.max_lines is not None and len(there) > package.max_lines:
            return self._say(
                line,
                Reason.PACKAGE,
                f"{package.id} may serve {package.max_lines:,} lines at most, and does.",
                package=package.id,
                max_lines=package.max_lines,
            )
        if package.target_minor is None:
            return None
        low = package.target_minor - package.tolerance_minor
        high = package.target_minor + package.tolerance_minor
        if cost[p] > high:
            return self._say(
                line,
                Reason.PACKAGE,
                f"{package.id} may cost {self._money_text(high)} at most; with this it would cost "
                f"{self._money_text(cost[p])}.",
                package=package.id,
                would_cost_minor=cost[p],
                most_minor=high,
            )
        if cost[p] < low:
            return self._say(
                line,
                Reason.PACKAGE,
                f"{package.id} must cost {self._money_text(low)} at least; with this it would come to "
                f"{self._money_text(cost[p])}.",
                package=package.id,
                would_cost_minor=cost[p],
                least_minor=low,
            )
        return None

    def _money(self, line: Line, ways: Sequence[tuple[Option, int]], short: Shortfall) -> Explanation:
        """Show the tight set: whose money may pay, what uses it, and what is left but excludes this line."""
        groups = self.canon.groups
        may = {g for option, _ in ways if option.price for g in range(len(groups)) if option.payers >> g & 1}
        price = sum(option.price * units for option, units in ways)
        current = settle(self.canon, self.spent)
        assert isinstance(current, Settlement)
        left = [group.total - total for group, total in zip(groups, current.totals, strict=True)]
        tight = short.groups
        rest = sum(left[g] for g in tight)
        users = sorted({user for spend in short.classes for user in self.payees.get(spend, ())} - {line.id})
        excluded = sorted(
            member.id
            for g, group in enumerate(groups)
            if g not in tight and left[g] > 0
            for member in group.members
        )
        excluded_left = sum(left[g] for g in range(len(groups)) if g not in tight)
        givers = [member for g in sorted(tight) for member in groups[g].members]
        names = [member.id for member in givers]
        known = _list([_name(member) for member in givers])
        used = sum(current.totals[g] for g in tight)
        step, needed = self._money_text(price), self._money_text(short.missing)
        count = self._step(line) if line.item in self.problem.kits else sum(units for _option, units in ways)
        more = f"{_units(count, 'more ')} {'costs' if count == 1 else 'cost'}"
        facts = {
            "contributions": names,
            "used_minor": used,
            "left_minor": rest,
            "step_costs_minor": price,
            "missing_minor": short.missing,
            "used_by": users,
            "left_but_excluded": excluded,
            "left_but_excluded_minor": excluded_left,
            "by_terms": short.by_terms,
        }
        if short.by_terms:
            terms = ", ".join(
                member.id
                for g, group in enumerate(groups)
                if g in may and (group.max_share is not None or group.whole_package_only)
                for member in group.members
            )
            said = (
                f"{more.capitalize()} {step}; money is left, but its terms on shares or whole packages "
                f"({terms}) keep it out: {needed} is missing."
            )
            return self._say(line, Reason.PACKAGE, said, **facts)
        if not names:
            said = f"No contribution may pay for this line; {more} {step}."
        elif rest:
            said = (
                f"{self._money_text(rest)} is left of the money that may pay for it ({known}); {more} {step}, "
                f"and {needed} is missing."
            )
        else:
            said = (
                f"All {self._money_text(used)} that may pay for it ({known}) is used, by "
                f"{len(users):,} other {'line' if len(users) == 1 else 'lines'}; {more} {step}, and "
                f"{needed} is missing."
            )
        if excluded_left:
            said += f" {self._kept_out(line, excluded, excluded_left)}"
        return self._say(line, Reason.MONEY, said, **facts)

    def _kept_out(self, line: Line, excluded: Sequence[str], left: int) -> str:
        """Say whose money is left, and which of its terms keep it from the line."""
        givers = {one.id: one for one in self.problem.contributions}
        if len(excluded) == 1:
            one = givers[excluded[0]]
            return (
                f"{self._money_text(left)} of {_name(one)} is left, but it "
                f"{excluding_words(self.problem, line, one)}."
            )
        names = _list([_name(givers[name]) for name in excluded])
        return f"{self._money_text(left)} of {names} is left, but their terms exclude this line."

    def _unsettled(self, line: Line) -> Explanation:
        why = "the search was stopped" if self.plan.interrupted else "it would cost another line or term"
        return self._say(
            line, Reason.UNSETTLED, f"No single limit forbids one more step; as the plan stands, {why}."
        )

    def _money_text(self, minor: int) -> str:
        return in_full(Amount(minor, self.problem.currency))

    def _say(self, line: Line, reason: Reason, said: str, **facts: object) -> Explanation:
        return Explanation(
            line=line.id,
            wanted=line.quantity,
            got=self.plan.fulfilled.get(line.id, 0),
            reason=reason,
            said=said,
            facts=facts,
        )


_MOST_NAMES = 4


def _list(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {rest:,} more" if rest > 0 else "")


def _name(one: Contribution) -> str:
    """Name a contribution so that people know whose it is."""
    return f"{one.id} {one.partner}" if one.partner and one.partner != one.id else one.id


def _units(count: int, which: str = "") -> str:
    return f"{count:,} {which}{'unit' if count == 1 else 'units'}"
