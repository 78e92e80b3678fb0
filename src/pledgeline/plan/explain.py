"""Why a line is not met: a reason at once from the plan, with its proof, or the limits that truly bind.

The quick reason takes the first that applies: nobody offers it, it comes too late, the stock is gone, an
order term is in the way, the money is used up, a package is full. The deep one lifts a family of limits
for this line alone, plans again and looks whether the line gets more (`excuse.py`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from pledgeline.money import Amount
from pledgeline.plan.buyable import Buyable
from pledgeline.plan.canon import Option
from pledgeline.plan.excluded import excluding_words
from pledgeline.plan.excuse import binding
from pledgeline.plan.laid_out import LaidOut
from pledgeline.plan.model import Line, LineLimit, Plan, PlanContribution, Problem
from pledgeline.plan.naming import named
from pledgeline.plan.pay import MoneyGap, Spend, spend_of
from pledgeline.plan.reason import Explanation, LineReason
from pledgeline.programme.sentences import Param, PlanDay, Sentence, sentence


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
    found = {known.id: known for known in problem.lines}
    quick = _Look(problem, plan).reason_for(found[line])
    if not deep or quick.reason is LineReason.MET:
        return quick
    limits = binding(problem, plan, line, replan)
    if quick.reason is LineReason.UNSETTLED and limits:
        said = sentence("plan.reason.several", limits=limits)
        quick = replace(quick, reason=_REASON_OF[LineLimit(limits[0].split("+")[0])], said=said)
    return replace(quick, binding=limits)


_REASON_OF = {
    LineLimit.MONEY: LineReason.MONEY,
    LineLimit.STOCK: LineReason.NO_STOCK,
    LineLimit.DATE: LineReason.TOO_LATE,
    LineLimit.ORDER: LineReason.ORDER,
    LineLimit.PACKAGE: LineReason.PACKAGE,
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


def comes_too_late(earliest: int, days_late: int, offer: str, package: str) -> Sentence:
    """Say on which day it would come, how many days too late, from which offer and package."""
    return sentence(
        "plan.reason.too-late",
        earliest=PlanDay(earliest),
        days=days_late,
        need_by=PlanDay(earliest - days_late),
        offer=offer,
        package=package,
    )


MOST_NAMED = 50
"""Lines that a reason names among its facts; how many there are it says in full."""

_MOST_NAMES = 4
"""Contributions that a sentence names."""

_MOST_TERMS = 3
"""Kinds of terms that it tells apart."""

_MOST_TAKERS = 10
"""Lines of which it says how much of the stock they took."""


class _Look:
    """Looks at one line after another of a plan that is laid out."""

    def __init__(self, problem: Problem, plan: Plan, stop: Callable[[], bool] = lambda: False) -> None:
        self.problem, self.plan = problem, plan
        self.laid = LaidOut(problem, plan, stop)
        self.canon = self.laid.canon
        self.buyable = Buyable(problem)
        self.givers = {contribution.id: contribution for contribution in problem.contributions}
        self.terms: dict[tuple[int, str], tuple[Sentence, ...]] = {}
        self.kept_out: dict[tuple[int, tuple[str, ...]], tuple[Sentence, ...]] = {}
        self.names: dict[tuple[tuple[str, ...], int], Sentence] = {}

    def reason_for(self, line: Line) -> Explanation:
        got = self.plan.fulfilled.get(line.id, 0)
        if got >= line.quantity:
            return self._say(line, LineReason.MET, sentence("plan.reason.met", units=str(line.quantity)))
        for item in self.buyable.parts(line):
            for test in (self._offer, self._date, self._stock):
                found = test(line, item)
                if found is not None:
                    return found
        return self._useful(line) or self._try(line)

    # ---- what can be bought at all ----

    def _offer(self, line: Line, part: str) -> Explanation | None:
        if self.buyable.lack(line, part) is not LineReason.NO_OFFER:
            return None
        if not self.canon.packages:
            return self._say(line, LineReason.NO_OFFER, sentence("plan.reason.no-package"))
        name = part or line.item
        return self._say(line, LineReason.NO_OFFER, sentence("plan.reason.no-offer", item=name), item=name)

    def _date(self, line: Line, part: str) -> Explanation | None:
        if self.buyable.lack(line, part) is not LineReason.TOO_LATE:
            return None
        first = self.buyable.earliest(line, part)
        assert first is not None
        assert line.need_by is not None
        earliest, offer, package = first
        late = earliest - line.need_by
        said = comes_too_late(earliest, late, offer, package)
        facts = {"earliest": earliest, "days_late": late, "offer": offer, "package": package}
        return self._say(line, LineReason.TOO_LATE, said, **facts)

    def _stock(self, line: Line, part: str) -> Explanation | None:
        offers = sorted({option.offer for option in self.laid.options(line.id) if option.part == part})
        if not all(self.laid.is_gone(o) for o in offers):
            return None
        taken = self.laid.taken(offers)
        others = len(taken) - (line.id in taken)
        by_turn = [
            (taker, self.canon.lines[self.laid.place[taker]].priority, taken[taker])
            for taker in _named(taken, line.id)
        ]
        names = [self.canon.offers[o].id for o in offers]
        total = sum(self.canon.offers[o].available or 0 for o in offers)
        units = (
            sentence("plan.units.of", count=total, item=part) if part else sentence("plan.units", count=total)
        )
        told: dict[str, Param] = {"units": units, "offers": tuple(names)}
        took = tuple(
            sentence("plan.reason.took", units=count, line=taker, tier=str(tier))
            for taker, tier, count in by_turn[:_MOST_TAKERS]
        )
        if not took:
            said = sentence("plan.reason.no-stock.all-here", **told)
        elif others > _MOST_TAKERS:
            said = sentence("plan.reason.no-stock.and-more", **told, took=took, more=others - _MOST_TAKERS)
        else:
            said = sentence("plan.reason.no-stock", **told, took=took)
        facts = {"offers": names, "taken_by": list(map(list, by_turn)), "takers": others}
        return self._say(line, LineReason.NO_STOCK, said, **facts)

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
            said = sentence(
                "plan.reason.next-useful",
                next=got + step,
                least=line.min_useful,
                multiple=line.multiple,
                wanted=line.quantity,
            )
            return self._say(line, LineReason.ORDER, said, next_useful=got + step)
        if line.item in self.problem.kits:
            return None
        options = self.laid.options(line.id)
        left = [self.laid.left(o) for o in sorted({option.offer for option in options})]
        known = [units for units in left if units is not None]
        most = max((option.counts for option in options), default=1)
        if len(known) == len(left) and sum(known) * most < step:
            short = step - int(sum(known) * most)
            said = sentence("plan.reason.useless", left=sum(known), least=step, short=short)
            return self._say(line, LineReason.ORDER, said, left=sum(known), least=step, short=short)
        return None

    def _try(self, line: Line) -> Explanation:
        """Try the next useful step with each option and say what stands in its way, the best first."""
        if not line.weight:
            return self._say(line, LineReason.UNSETTLED, sentence("plan.reason.no-weight"))
        refusals = [self._refusal(line, ways) for ways in self._ways(line)]
        order = [LineReason.UNSETTLED, LineReason.MONEY, LineReason.PACKAGE, LineReason.ORDER]
        refusals.sort(key=lambda refusal: order.index(refusal.reason))
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
            return self._say(line, LineReason.UNSETTLED, sentence("plan.reason.money-unknown"))
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
        terms: dict[str, Param] = {"offer": offer.id, "lot": offer.lot, "min_order": offer.min_order}
        if left is not None and needed > left:
            short = needed - left
            said = sentence("plan.reason.stock-below-order", **terms, left=left, needed=needed, short=short)
        else:
            short = needed - missing
            package = self.canon.packages[option.package].id
            said = sentence(
                "plan.reason.order-above-need", **terms, needed=needed, package=package, missing=missing
            )
        facts = {"offer": offer.id, "lot": offer.lot, "min_order": offer.min_order, "short": short}
        return self._say(line, LineReason.ORDER, said, **facts), needed

    # ---- packages and money ----

    def _package(self, line: Line, p: int, cost: Mapping[int, int]) -> Explanation | None:
        package = self.canon.packages[p]
        is_new = line.id not in self.laid.served[p]
        if package.max_lines is not None and len(self.laid.served[p]) + is_new > package.max_lines:
            said = sentence("plan.reason.package-full", package=package.id, lines=package.max_lines)
            return self._say(line, LineReason.PACKAGE, said, package=package.id, max_lines=package.max_lines)
        if package.target_minor is None:
            return None
        low = package.target_minor - package.tolerance_minor
        high = package.target_minor + package.tolerance_minor
        if cost[p] > high:
            said = sentence(
                "plan.reason.package-dear",
                package=package.id,
                most=self._amount(high),
                cost=self._amount(cost[p]),
            )
            facts = {"package": package.id, "would_cost_minor": cost[p], "most_minor": high}
            return self._say(line, LineReason.PACKAGE, said, **facts)
        if cost[p] < low:
            said = sentence(
                "plan.reason.package-cheap",
                package=package.id,
                least=self._amount(low),
                cost=self._amount(cost[p]),
            )
            facts = {"package": package.id, "would_cost_minor": cost[p], "least_minor": low}
            return self._say(line, LineReason.PACKAGE, said, **facts)
        return None

    def _money(self, line: Line, ways: Sequence[tuple[Option, int]], short: MoneyGap) -> Explanation:
        """Show the tight set: whose money may pay, what uses it, and what is left but excludes this line."""
        tight = self.laid.tight(short)
        price = sum(option.price * units for option, units in ways)
        users = len(tight.used_by) - (line.id in tight.used_by)
        count = self._step(line) if line.item in self.problem.kits else sum(units for _option, units in ways)
        step: dict[str, Param] = {"units": count, "price": self._amount(price)}
        missing = self._amount(short.missing)
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
            terms = tuple(
                member.id
                for g, group in enumerate(groups)
                if g in may and (group.max_share is not None or group.whole_package_only)
                for member in group.members
            )
            said = sentence("plan.reason.kept-by-terms", **step, money=terms, missing=missing)
            return self._say(line, LineReason.PACKAGE, said, **facts)
        if not tight.contributions:
            said = sentence("plan.reason.no-money", **step)
        elif tight.left_minor:
            left, known = self._amount(tight.left_minor), self._named(tight.contributions)
            said = sentence("plan.reason.money-short", **step, left=left, money=known, missing=missing)
        else:
            used, known = self._amount(tight.used_minor), self._named(tight.contributions)
            said = sentence(
                "plan.reason.money-used", **step, used=used, money=known, users=users, missing=missing
            )
        if tight.excluded_minor:
            said = sentence("plan.reason.and-kept-out", said=said, left=self._kept_out(line, tight.excluded))
        return self._say(line, LineReason.MONEY, said, **facts)

    def _named(self, names: Sequence[str]) -> Sentence:
        """Name the first few contributions with their partners, and count the rest."""
        key = tuple(names[:_MOST_NAMES]), len(names)
        if key not in self.names:
            first = [_name(self.givers[name]) for name in key[0]]
            self.names[key] = named([*first, *names[_MOST_NAMES:]], _MOST_NAMES)
        return self.names[key]

    def _kept_out(self, line: Line, excluded: Sequence[str]) -> tuple[Sentence, ...]:
        """Say whose money is left, and which of its terms keep it from the line: once for all lines of a kind."""
        key = self.canon.kind_of[self.laid.place[line.id]], tuple(excluded)
        if key not in self.kept_out:
            self.kept_out[key] = self._by_terms(line, excluded)
        return self.kept_out[key]

    def _by_terms(self, line: Line, excluded: Sequence[str]) -> tuple[Sentence, ...]:
        """Put the money together that the same terms keep from a line."""
        alike: dict[tuple[Sentence, ...], list[str]] = {}
        for name in excluded:
            key = self.canon.kind_of[self.laid.place[line.id]], name
            if key not in self.terms:
                self.terms[key] = excluding_words(self.problem, line, self.givers[name])
            alike.setdefault(self.terms[key], []).append(name)
        if len(alike) > _MOST_TERMS:
            return (
                sentence("plan.reason.kept-out.many", left=self._left(excluded), money=self._named(excluded)),
            )
        return tuple(
            sentence("plan.reason.kept-out", left=self._left(names), money=self._named(names), terms=terms)
            for terms, names in alike.items()
        )

    def _left(self, names: Sequence[str]) -> Amount:
        return self._amount(sum(self.laid.left_of(name) for name in names))

    def _unsettled(self, line: Line) -> Explanation:
        said = (
            sentence("plan.reason.unsettled.stopped")
            if self.plan.interrupted
            else sentence("plan.reason.unsettled")
        )
        return self._say(line, LineReason.UNSETTLED, said)

    def _amount(self, minor: int) -> Amount:
        return Amount(minor, self.problem.currency)

    def _say(self, line: Line, reason: LineReason, said: Sentence, **facts: object) -> Explanation:
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
    return list(islice((line for line in lines if line != but), MOST_NAMED))


def _name(one: PlanContribution) -> str:
    """Name a contribution so that people know whose it is."""
    return f"{one.id} {one.partner}" if one.partner and one.partner != one.id else one.id
