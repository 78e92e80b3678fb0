"""Look at a problem as a whole before planning it: names that meet nothing, terms that cannot be met.

An error means that the problem does not say what is meant: it is not planned. A warning travels with the
plan: the problem can be planned, and somebody should look.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from pledgeline.money import is_currency
from pledgeline.plan.doubts import doubts
from pledgeline.plan.model import Problem
from pledgeline.plan.read import too_many_findings
from pledgeline.programme.findings import Finding, FindingList, Place, Severity, in_words

_MOST_UNITS = 10**9
"""A solver takes integers beyond this for infinite: count in thousands."""
_EXTREME, _FINEST = 10**12, 10**30
"""How large and how finely divided a weight, a ratio or a rate may be: beyond, a solver's numbers run over."""


MOST_NAMED = 20
"""Units: names that one finding lists."""


def validate(problem: Problem, file: str = "problem") -> list[Finding]:
    """List what is wrong with a problem, errors and warnings, in the order of its sections."""
    look = _Look(file)
    findings = FindingList(too_many_findings(file))
    for looked in (
        look.money,
        look.numbers,
        look.names,
        look.lines,
        look.offers,
        look.packages,
        look.contributions,
        look.kits,
        look.substitutes,
        look.suppliers,
    ):
        findings.add_until_full(looked(problem))
    findings.add_until_full(doubts(problem, file))
    return findings.all


class _Look:
    """Writes findings about one file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def error(self, code: str, at: str, wrong: str, way_out: str) -> Finding:
        return in_words(
            code=f"plan.{code}", place=Place(file=self.file, column=at), wrong=wrong, way_out=way_out
        )

    def warning(self, code: str, at: str, wrong: str, way_out: str) -> Finding:
        return in_words(
            code=f"plan.{code}",
            place=Place(file=self.file, column=at),
            wrong=wrong,
            way_out=way_out,
            severity=Severity.WARNING,
        )

    def money(self, problem: Problem) -> Iterator[Finding]:
        if not is_currency(problem.currency):
            yield self.error(
                "unknown-currency",
                "currency",
                f"“{problem.currency}” is not a currency of ISO 4217.",
                "Write a code such as USD.",
            )
        for contribution in problem.contributions:
            at = f"contributions “{contribution.id}”.currency"
            if contribution.currency == problem.currency:
                continue
            if not is_currency(contribution.currency):
                yield self.error(
                    "unknown-currency",
                    at,
                    f"“{contribution.currency}” is not a currency of ISO 4217.",
                    "Write a code such as EUR.",
                )
            elif contribution.currency not in problem.rates:
                yield self.error(
                    "no-rate",
                    at,
                    f"There is no rate from {contribution.currency} to {problem.currency}.",
                    f"Add {contribution.currency} to the rates.",
                )
        own = problem.rates.get(problem.currency)
        if own is not None and own != 1:
            yield self.error(
                "rate-to-itself",
                f"rates.{problem.currency}",
                f"A unit of {problem.currency} is said to be {own} units of itself.",
                "Remove this rate.",
            )

    def numbers(self, problem: Problem) -> Iterator[Finding]:
        """See that no weight, ratio or rate is beyond what can be weighed against the others."""
        said = [
            *((f"lines “{line.id}”.weight", line.weight) for line in problem.lines),
            *((f"substitutes “{one.item}” by “{one.by}”.ratio", one.ratio) for one in problem.substitutes),
            *((f"rates.{code}", rate) for code, rate in problem.rates.items()),
        ]
        for at, number in said:
            if number and (not 1 <= number * _EXTREME <= _EXTREME**2 or number.denominator > _FINEST):
                yield self.error(
                    "extreme-number",
                    at,
                    f"It is about {_about(number)}, which cannot be weighed against the others exactly.",
                    "Write a number between a millionth of a millionth and a million millions, with fewer digits.",
                )

    def names(self, problem: Problem) -> Iterator[Finding]:
        for section, ids in (
            ("lines", [one.id for one in problem.lines]),
            ("offers", [one.id for one in problem.offers]),
            ("packages", [one.id for one in problem.packages]),
            ("contributions", [one.id for one in problem.contributions]),
            ("suppliers", [one.id for one in problem.suppliers]),
        ):
            for name, count in Counter(ids).items():
                if count > 1:
                    yield self.error(
                        "duplicate-id",
                        f"{section} “{name}”",
                        f"{count} rows have the id “{name}”.",
                        "Give each row its own id.",
                    )
        if problem.lines and not problem.packages:
            yield self.warning(
                "no-packages", "packages", "Without a package nothing can be ordered.", "Add a package."
            )

    def lines(self, problem: Problem) -> Iterator[Finding]:
        unsold = _unsold(problem)
        first_day = min((package.order_day for package in problem.packages), default=None)
        for line in problem.lines:
            at = f"lines “{line.id}”"
            if line.quantity > _MOST_UNITS:
                yield self.error(
                    "too-many-units",
                    f"{at}.quantity",
                    f"{line.quantity} units are more than can be counted one by one.",
                    "Count in thousands: let the item be a thousand of it.",
                )
            if line.min_useful > line.quantity:
                yield self.warning(
                    "min-useful-above-quantity",
                    f"{at}.min_useful",
                    f"{line.min_useful} is the least useful amount, and only {line.quantity} are wanted: "
                    "the line can get nothing.",
                    "Lower the one or raise the other.",
                )
            elif -(-line.min_useful // line.multiple) * line.multiple > line.quantity:
                yield self.warning(
                    "multiple-does-not-fit",
                    f"{at}.multiple",
                    f"No multiple of {line.multiple} lies between {line.min_useful} and {line.quantity}: "
                    "the line can get nothing.",
                    "Correct the multiple.",
                )
            if line.item in unsold:
                wrong = f"Nobody offers {unsold[line.item]}."
                yield self.warning("no-offer", f"{at}.item", wrong, "Add an offer, or correct the item.")
            if line.need_by is not None and first_day is not None and line.need_by < first_day:
                yield self.warning(
                    "needed-before-first-order",
                    f"{at}.need_by",
                    f"It is needed by day {line.need_by}; the first order is on day {first_day}.",
                    "Correct the day, or order earlier.",
                )

    def offers(self, problem: Problem) -> Iterator[Finding]:
        wanted = {item for items in _bought_for_lines(problem).values() for item in items}
        for offer in problem.offers:
            at = f"offers “{offer.id}”"
            if offer.available is not None and offer.available > 10**12:
                yield self.warning(
                    "stock-is-huge",
                    f"{at}.available",
                    f"{offer.available} units are available.",
                    "Leave it empty where stock does not limit.",
                )
            if offer.available is not None and 0 < offer.available < max(offer.lot, offer.min_order):
                yield self.warning(
                    "order-above-stock",
                    f"{at}.available",
                    f"{offer.available} are available, the smallest order is "
                    f"{max(offer.lot, offer.min_order)}: nothing can be ordered.",
                    "Ask the supplier, and correct the offer.",
                )
            if problem.lines and offer.item not in wanted:
                yield self.warning(
                    "offer-not-wanted",
                    f"{at}.item",
                    f"No line wants {offer.item}.",
                    "Check how the item is written in the lines.",
                )

    def packages(self, problem: Problem) -> Iterator[Finding]:
        money = sum(
            problem.can_pay_minor(one)
            for one in problem.contributions
            if one.currency == problem.currency or one.currency in problem.rates
        )
        for package in problem.packages:
            if package.target_minor is not None and package.target_minor - package.tolerance_minor > money:
                yield self.warning(
                    "floor-above-money",
                    f"packages “{package.id}”.target_minor",
                    f"It must cost {package.target_minor - package.tolerance_minor} at least; all "
                    f"contributions together can pay {money}.",
                    "Lower the target or widen its tolerance, or leave the package out.",
                )

    def contributions(self, problem: Problem) -> Iterator[Finding]:
        known = {
            "category": set(problem.categories.values()),
            "item": {offer.item for offer in problem.offers} | {line.item for line in problem.lines},
            "line": {line.id for line in problem.lines},
            "package": {package.id for package in problem.packages},
            "supplier": {offer.supplier for offer in problem.offers},
            "source": {offer.source for offer in problem.offers},
        }
        days = [package.order_day for package in problem.packages]
        first_day, last_day = min(days, default=None), max(days, default=None)
        for one in problem.contributions:
            at = f"contributions “{one.id}”"
            yield from self._earmark(one.id, one.earmark.allow, one.earmark.deny, known)
            if one.available_from is not None and one.use_by is not None and one.available_from > one.use_by:
                yield self.warning(
                    "lapses-before-available",
                    f"{at}.use_by",
                    f"It is available from day {one.available_from} and lapses on day {one.use_by}: "
                    "it can pay for nothing.",
                    "Correct one of the days.",
                )
            elif one.use_by is not None and first_day is not None and one.use_by < first_day:
                yield self.warning(
                    "lapses-before-order",
                    f"{at}.use_by",
                    f"The money lapses on day {one.use_by}, before the first package is ordered.",
                    "Bring an order forward, or ask the partner for a later day.",
                )
            elif one.available_from is not None and last_day is not None and one.available_from > last_day:
                yield self.warning(
                    "available-after-last-order",
                    f"{at}.available_from",
                    f"The money comes on day {one.available_from}, after the last order on day {last_day}.",
                    "Add a later package, or ask the partner for an earlier day.",
                )
            if one.fee_bps == 10_000:
                yield self.warning(
                    "fee-takes-all", f"{at}.fee_bps", "The fee takes all of it.", "Correct the fee."
                )

    def _earmark(
        self,
        name: str,
        allow: Iterable[str] | dict[str, frozenset[str]],
        deny: Iterable[str] | dict[str, frozenset[str]],
        known: dict[str, set[str]],
    ) -> Iterator[Finding]:
        at = f"contributions “{name}”.earmark"
        for side, terms in (("allow", allow), ("deny", deny)):
            assert isinstance(terms, dict)
            for key, values in terms.items():
                for value in sorted(values - known[key]):
                    yield self.warning(
                        "earmark-names-nothing",
                        f"{at}.{side}.{key}",
                        f"No {key} is called “{value}”.",
                        "Check how it is written.",
                    )
                if side == "allow" and not values:
                    yield self.warning(
                        "earmark-allows-nothing",
                        f"{at}.allow.{key}",
                        "The list is empty.",
                        "Name what it may pay for.",
                    )
        assert isinstance(allow, dict)
        assert isinstance(deny, dict)
        for key in allow.keys() & deny.keys():
            for value in sorted(allow[key] & deny[key]):
                yield self.warning(
                    "earmark-contradicts-itself",
                    f"{at}.deny.{key}",
                    f"“{value}” is allowed and denied: it is denied.",
                    "Ask the partner which is meant.",
                )

    def kits(self, problem: Problem) -> Iterator[Finding]:
        for item, parts in problem.kits.items():
            for part in parts:
                if part in problem.kits:
                    wrong = (
                        f"Kit {item} contains itself." if part == item else f"Part {part} is itself a kit."
                    )
                    yield self.error(
                        "nested-kit", f"kits.{item}.{part}", wrong, "List the parts of the inner kit instead."
                    )

    def substitutes(self, problem: Problem) -> Iterator[Finding]:
        replaced = {one.item for one in problem.substitutes}
        pairs = Counter((one.item, one.by) for one in problem.substitutes)
        for (item, by), count in pairs.items():
            if count > 1:
                yield self.error(
                    "duplicate-substitute",
                    f"substitutes “{item}” by “{by}”",
                    f"It is listed {count} times.",
                    "Keep one, with the right ratio.",
                )
        for one in problem.substitutes:
            at = f"substitutes “{one.item}” by “{one.by}”"
            if one.item == one.by:
                yield self.error(
                    "substitute-of-itself", at, "An item cannot stand in for itself.", "Remove it."
                )
            elif one.by in problem.kits or one.item in problem.kits:
                yield self.error(
                    "substitute-and-kit",
                    at,
                    "A kit cannot stand in for an item, nor an item for a kit.",
                    "Name the parts instead.",
                )
            elif one.by in replaced:
                yield self.warning(
                    "substitute-chain",
                    at,
                    f"{one.by} has substitutes of its own: they do not count for {one.item}.",
                    f"List them for {one.item} too if they may.",
                )

    def suppliers(self, problem: Problem) -> Iterator[Finding]:
        selling = {offer.supplier for offer in problem.offers}
        for one in problem.suppliers:
            if one.id not in selling:
                yield self.warning(
                    "supplier-sells-nothing",
                    f"suppliers “{one.id}”",
                    f"No offer is from {one.id}.",
                    "Check how the supplier is written in the offers.",
                )


def _bought_for_lines(problem: Problem) -> dict[str, set[str]]:
    """Give what may be bought for the items of the lines: the parts of a kit, or the item and its substitutes."""
    found: dict[str, set[str]] = {line.item: {line.item} for line in problem.lines}
    for pair in problem.substitutes:
        if pair.item in found:
            found[pair.item].add(pair.by)
    return found | {item: set(problem.kits[item]) for item in found if problem.kits.get(item)}


def _unsold(problem: Problem) -> dict[str, str]:
    """Name what nobody offers, for each item that cannot be had: parts of a kit, or an item without an offer."""
    sold = {offer.item for offer in problem.offers}
    found = {}
    for item, wanted in _bought_for_lines(problem).items():
        names = sorted(wanted - sold) if item in problem.kits else sorted(wanted) if not wanted & sold else []
        if names:
            more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
            found[item] = ", ".join(names[:MOST_NAMED]) + more
    return found


def _about(number: Fraction) -> str:
    """Write a number of any size: as a decimal where it has few digits, else as a power of ten.

    >>> _about(Fraction(5, 2)), _about(Fraction(1, 10**40))
    ('2.5', '10^-40')
    """
    size = (number.numerator.bit_length() - number.denominator.bit_length()) * 301 // 1000
    return f"{float(number):g}" if abs(size) <= 12 else f"10^{size}"
