"""Why a line is not met: a reason at once from the plan, with its proof, or the limits that truly bind.

The quick reason takes the first that applies: nobody offers it, it comes too late, the stock is gone, an
order term is in the way, the money is used up, a package is full. The deep one lifts a family of limits
for this line alone, plans again and looks whether the line gets more (`excuse.py`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from pledgeline.money import Amount, in_full
from pledgeline.plan.buyable import Buyable
from pledgeline.plan.canon import Option
from pledgeline.plan.excluded import excluding_words
from pledgeline.plan.excuse import binding
from pledgeline.plan.laid_out import LaidOut
from pledgeline.plan.model import Contribution, Limit, Line, Plan, Problem
from pledgeline.plan.pay import Shortfall, Spend, spend_of
from pledgeline.plan.reason import Explanation, Reason


def explain(
    problem: Problem,
    plan: Plan,
    line: str,
    deep: bool = False,
    *,
    replan: Callable[[Problem], Plan] | None = None,
) -> Explanation:
    """Say why `line` gets what it gets in `plan`.

    Means:   `replan` makes the plans with limits lifted, where a caller has a clock of its own.
    Raises:  KeyError when the problem has no such line.
    """
    found = {one.id: one for one in problem.lines}
    quick = _Look(problem, plan).reason_for(found[line])
    if not deep or quick.reason is Reason.MET:
        return quick
    limits = binding(problem, plan, line, replan)
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


def explain_all(problem: Problem, plan: Plan, stop: Callable[[], bool] = lambda: False) -> list[Explanation]:
    """Explain every line that is not fully met, by priority and id, until `stop` says that it takes too long."""
    look = _Look(problem, plan, stop)
    found: list[Explanation] = []
    for line in sorted(problem.lines, key=lambda line: (line.priority, line.id)):
        if plan.fulfilled.get(line.id, 0) < line.quantity:
            if stop():
                break
            found.append(look.reason_for(line))
    return found


MOST_NAMED = 50
"""Lines that a reason names among its facts; how many there are it says in full."""

_MOST_NAMES = 4
"""Contributions that a sentence names."""

_MOST_TERMS = 3
"""Kinds of terms that it tells apart."""


class _Look:
    """Looks at one line after another of a plan that is laid out."""

    def __init__(self, problem: Problem, plan: Plan, stop: Callable[[], bool] = lambda: False) -> None:
        self.problem, self.plan = problem, plan
        self.laid = LaidOut(problem, plan, stop)
        self.canon = self.laid.canon
        self.buyable = Buyable(problem)
        self.givers = {one.id: one for one in problem.contributions}
        self.kept_out: dict[tuple[int, str], str] = {}

    def reason_for(self, line: Line) -> Explanation:
        got = self.plan.fulfilled.get(line.id, 0)
        if got >= line.quantity:
            return self._say(line, Reason.MET, f"All {line.quantity} units are in the plan.")
        for item in self.buyable.parts(line):
            for test in (self._offer, self._date, self._stock):
                found = test(line, item)
                if found is not None:
                    return found
        return self._useful(line) or self._try(line)

    # ---- what can be bought at all ----

    def _offer(self, line: Line, part: str) -> Explanation | None:
        if self.buyable.lack(line, part) is not Reason.NO_OFFER:
            return None
        if not self.canon.packages:
            return self._say(line, Reason.NO_OFFER, "There is no package to order it with.")
        name = part or line.item
        return self._say(line, Reason.NO_OFFER, f"Nobody offers {name}.", item=name)

    def _date(self, line: Line, part: str) -> Explanation | None:
        if self.buyable.lack(line, part) is not Reason.TOO_LATE:
            return None
        first = self.buyable.earliest(line, part)
        assert first is not None
        assert line.need_by is not None
        earliest, offer, package = first
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

    def _stock(self, line: Line, part: str) -> Explanation | None:
        offers = sorted({option.offer for option in self.laid.options(line.id) if option.part == part})
        if not all(self.laid.is_gone(o) for o in offers):
            return None
        taken = self.laid.taken(offers)
        others = len(taken) - (line.id in taken)
        by_turn = [
            [taker, self.canon.lines[self.laid.place[taker]].priority, taken[taker]]
            for taker in _named(taken, line.id)
        ]
        names = ", ".join(self.canon.offers[o].id for o in offers)
        total = sum(self.canon.offers[o].available or 0 for o in offers)
        took = "; ".join(
            f"{units:,} went to {taker} (priority {tier})" for taker, tier, units in by_turn[:10]
        )
        more = f" and {others - 10:,} more lines" if others > 10 else ""
        what = f" of {part}" if part else ""
        return self._say(
            line,
            Reason.NO_STOCK,
            f"All {total:,} units{what} that arrive in time ({names}) are taken"
            + (f": {took}{more}." if took else ": this line has them all."),
            offers=[self.canon.offers[o].id for o in offers],
            taken_by=by_turn,
            takers=others,
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
        options = self.laid.options(line.id)
        left = [self.laid.left(o) for o in sorted({option.offer for option in options})]
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
        options = [option for option in self.laid.options(line.id) if not self.laid.is_gone(option.offer)]
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
        more: dict[Spend, int] = {}
        cost = dict(self.laid.cost)
        whole = []
        for option, units in ways:
            found, units = self._order(line, option, units)
            if found is not None:
                return found
            whole.append((option, units))
            cost[option.package] = cost.get(option.package, 0) + option.price * units
            if option.price:
                spend = spend_of(self.canon, option)
                more[spend] = more.get(spend, 0) + option.price * units
        for charge in self.laid.new_charges([option for option, _ in ways]):
            self.laid.charge(more, cost, charge)
        for option, _ in ways:
            found = self._package(line, option.package, cost)
            if found is not None:
                return found
        short = self.laid.shortfall(more)
        if short is None:
            return self._unsettled(line)
        if not short.is_sure:
            return self._say(
                line,
                Reason.UNSETTLED,
                "Whether the money reaches for one more step is not known: givers of whole packages could pay "
                "in more ways than were tried.",
            )
        return self._money(line, whole, short)

    def _order(self, line: Line, option: Option, units: int) -> tuple[Explanation | None, int]:
        """Say whether lots, a minimum order or what is left forbid the order, and how much it would take."""
        offer = self.canon.offers[option.offer]
        ordered = self.laid.ordered.get((option.offer, option.package), 0)
        least = max(offer.min_order, ordered + units)
        needed = -(-least // offer.lot) * offer.lot - ordered
        left = self.laid.left(option.offer)
        missing = self.laid.missing_of(option)
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

    # ---- packages and money ----

    def _package(self, line: Line, p: int, cost: Mapping[int, int]) -> Explanation | None:
        package = self.canon.packages[p]
        is_new = line.id not in self.laid.served[p]
        if package.max_lines is not None and len(self.laid.served[p]) + is_new > package.max_lines:
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
        tight = self.laid.tight(short)
        price = sum(option.price * units for option, units in ways)
        users = len(tight.used_by) - (line.id in tight.used_by)
        step, needed = self._money_text(price), self._money_text(short.missing)
        count = self._step(line) if line.item in self.problem.kits else sum(units for _option, units in ways)
        more = f"{_units(count, 'more ')} {'costs' if count == 1 else 'cost'}"
        facts = {
            "contributions": tight.contributions,
            "used_minor": tight.used_minor,
            "left_minor": tight.left_minor,
            "step_costs_minor": price,
            "missing_minor": short.missing,
            "used_by": _named(tight.used_by, line.id),
            "users": users,
            "left_but_excluded": tight.excluded,
            "left_but_excluded_minor": tight.excluded_minor,
            "by_terms": short.by_terms,
        }
        if short.by_terms:
            groups = self.canon.groups
            may = {
                g for option, _ in ways if option.price for g in range(len(groups)) if option.payers >> g & 1
            }
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
        known = self._named(tight.contributions)
        if not tight.contributions:
            said = f"No contribution may pay for this line; {more} {step}."
        elif tight.left_minor:
            said = (
                f"{self._money_text(tight.left_minor)} is left of the money that may pay for it ({known}); "
                f"{more} {step}, and {needed} is missing."
            )
        else:
            said = (
                f"All {self._money_text(tight.used_minor)} that may pay for it ({known}) is used, by "
                f"{users:,} other {'line' if users == 1 else 'lines'}; {more} {step}, and {needed} is missing."
            )
        if tight.excluded_minor:
            said += f" {self._kept_out(line, tight.excluded)}"
        return self._say(line, Reason.MONEY, said, **facts)

    def _named(self, names: Sequence[str]) -> str:
        """Name the first few contributions with their partners, and count the rest."""
        rest = len(names) - _MOST_NAMES
        first = ", ".join(_name(self.givers[name]) for name in names[:_MOST_NAMES])
        return first + (f" and {rest:,} more" if rest > 0 else "")

    def _kept_out(self, line: Line, excluded: Sequence[str]) -> str:
        """Say whose money is left, and which of its terms keep it from the line: those together that the same do."""
        alike: dict[str, list[str]] = {}
        for name in excluded:
            key = self.canon.kind_of[self.laid.place[line.id]], name
            if key not in self.kept_out:
                self.kept_out[key] = excluding_words(self.problem, line, self.givers[name])
            alike.setdefault(self.kept_out[key], []).append(name)
        if len(alike) > _MOST_TERMS:
            left = sum(self.laid.left_of(name) for name in excluded)
            return f"{self._money_text(left)} of {self._named(excluded)} is left, but their terms exclude this line."
        return " ".join(
            f"{self._money_text(sum(self.laid.left_of(name) for name in names))} of {self._named(names)} is left, "
            f"but it {words}."
            for words, names in alike.items()
        )

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


def _named(lines: Iterable[str], but: str) -> list[str]:
    """Name the first of some lines, one of them aside."""
    return list(islice((one for one in lines if one != but), MOST_NAMED))


def _name(one: Contribution) -> str:
    """Name a contribution so that people know whose it is."""
    return f"{one.id} {one.partner}" if one.partner and one.partner != one.id else one.id


def _units(count: int, which: str = "") -> str:
    return f"{count:,} {which}{'unit' if count == 1 else 'units'}"
