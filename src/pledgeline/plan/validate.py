"""Look at a problem as a whole before planning it: names that meet nothing, terms that cannot be met.

An error means that the problem does not say what is meant: it is not planned. A warning travels with the
plan: the problem can be planned, and somebody should look.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from pledgeline.money import is_currency
from pledgeline.plan.doubts import doubts
from pledgeline.plan.model import PlanContribution, Problem
from pledgeline.plan.naming import named
from pledgeline.plan.places import place_in
from pledgeline.plan.read import too_many_findings
from pledgeline.programme.findings import Finding, FindingList, Severity
from pledgeline.programme.sentences import PlanDay, Sentence, sentence

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

    def error(self, said: Sentence, *path: str) -> Finding:
        return Finding(place=place_in(self.file, *path), said=said)

    def warning(self, said: Sentence, *path: str) -> Finding:
        return Finding(place=place_in(self.file, *path), said=said, severity=Severity.WARNING)

    def money(self, problem: Problem) -> Iterator[Finding]:
        if not is_currency(problem.currency):
            yield self.error(sentence("plan.unknown-currency", currency=problem.currency), "currency")
        for contribution in problem.contributions:
            at = ("contributions", contribution.id, "currency")
            code = contribution.currency
            if code == problem.currency:
                continue
            if not is_currency(code):
                yield self.error(sentence("plan.unknown-currency.of-contribution", currency=code), *at)
            elif code not in problem.rates:
                yield self.error(sentence("plan.no-rate", currency=code, plan=problem.currency), *at)
        own = problem.rates.get(problem.currency)
        if own is not None and own != 1:
            said = sentence("plan.rate-to-itself", currency=problem.currency, rate=own)
            yield self.error(said, "rates", problem.currency)

    def numbers(self, problem: Problem) -> Iterator[Finding]:
        """See that no weight, ratio or rate is beyond what can be weighed against the others."""
        numbers: list[tuple[tuple[str, ...], Fraction]] = [
            *((("lines", line.id, "weight"), line.weight) for line in problem.lines),
            *((("substitutes", pair.item, pair.by, "ratio"), pair.ratio) for pair in problem.substitutes),
            *((("rates", code), rate) for code, rate in problem.rates.items()),
        ]
        for at, number in numbers:
            if number and (not 1 <= number * _EXTREME <= _EXTREME**2 or number.denominator > _FINEST):
                yield self.error(sentence("plan.extreme-number", number=_about(number)), *at)

    def names(self, problem: Problem) -> Iterator[Finding]:
        for section, ids in (
            ("lines", [line.id for line in problem.lines]),
            ("offers", [offer.id for offer in problem.offers]),
            ("packages", [package.id for package in problem.packages]),
            ("contributions", [contribution.id for contribution in problem.contributions]),
            ("suppliers", [supplier.id for supplier in problem.suppliers]),
        ):
            for name, count in Counter(ids).items():
                if count > 1:
                    said = sentence("plan.duplicate-id", count=str(count), name=name)
                    yield self.error(said, section, name)
        if problem.lines and not problem.packages:
            yield self.warning(sentence("plan.no-packages"), "packages")

    def lines(self, problem: Problem) -> Iterator[Finding]:
        unsold = _unsold(problem)
        first_day = min((package.order_day for package in problem.packages), default=None)
        for line in problem.lines:
            quantity, least = str(line.quantity), str(line.min_useful)
            if line.quantity > _MOST_UNITS:
                said = sentence("plan.too-many-units", quantity=quantity)
                yield self.error(said, "lines", line.id, "quantity")
            if line.min_useful > line.quantity:
                said = sentence("plan.min-useful-above-quantity", least=least, quantity=quantity)
                yield self.warning(said, "lines", line.id, "min_useful")
            elif -(-line.min_useful // line.multiple) * line.multiple > line.quantity:
                said = sentence(
                    "plan.multiple-does-not-fit", multiple=str(line.multiple), least=least, quantity=quantity
                )
                yield self.warning(said, "lines", line.id, "multiple")
            if line.item in unsold:
                said = sentence("plan.no-offer", names=unsold[line.item])
                yield self.warning(said, "lines", line.id, "item")
            if line.need_by is not None and first_day is not None and line.need_by < first_day:
                said = sentence(
                    "plan.needed-before-first-order", day=PlanDay(line.need_by), first=PlanDay(first_day)
                )
                yield self.warning(said, "lines", line.id, "need_by")

    def offers(self, problem: Problem) -> Iterator[Finding]:
        wanted = {item for items in _bought_for_lines(problem).values() for item in items}
        for offer in problem.offers:
            if offer.available is not None and offer.available > 10**12:
                said = sentence("plan.stock-is-huge", available=str(offer.available))
                yield self.warning(said, "offers", offer.id, "available")
            least = max(offer.lot, offer.min_order)
            if offer.available is not None and 0 < offer.available < least:
                said = sentence("plan.order-above-stock", available=str(offer.available), least=str(least))
                yield self.warning(said, "offers", offer.id, "available")
            if problem.lines and offer.item not in wanted:
                said = sentence("plan.offer-not-wanted", item=offer.item)
                yield self.warning(said, "offers", offer.id, "item")

    def packages(self, problem: Problem) -> Iterator[Finding]:
        money = sum(
            problem.can_pay_minor(contribution)
            for contribution in problem.contributions
            if contribution.currency == problem.currency or contribution.currency in problem.rates
        )
        for package in problem.packages:
            if package.target_minor is not None and package.target_minor - package.tolerance_minor > money:
                least = package.target_minor - package.tolerance_minor
                said = sentence("plan.floor-above-money", least=str(least), money=str(money))
                yield self.warning(said, "packages", package.id, "target_minor")

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
        for contribution in problem.contributions:
            at = ("contributions", contribution.id)
            from_day, use_by = contribution.available_from, contribution.use_by
            yield from self._earmark(contribution, known)
            if from_day is not None and use_by is not None and from_day > use_by:
                said = sentence(
                    "plan.lapses-before-available", from_day=PlanDay(from_day), use_by=PlanDay(use_by)
                )
                yield self.warning(said, *at, "use_by")
            elif use_by is not None and first_day is not None and use_by < first_day:
                yield self.warning(
                    sentence("plan.lapses-before-order", use_by=PlanDay(use_by)), *at, "use_by"
                )
            elif from_day is not None and last_day is not None and from_day > last_day:
                said = sentence(
                    "plan.available-after-last-order", from_day=PlanDay(from_day), last=PlanDay(last_day)
                )
                yield self.warning(said, *at, "available_from")
            if contribution.fee_bps == 10_000:
                yield self.warning(sentence("plan.fee-takes-all"), *at, "fee_bps")

    def _earmark(self, one: PlanContribution, known: dict[str, set[str]]) -> Iterator[Finding]:
        at = ("contributions", one.id, "earmark")
        allow, deny = one.earmark.allow, one.earmark.deny
        for side, terms in (("allow", allow), ("deny", deny)):
            for key, values in terms.items():
                for value in sorted(values - known[key]):
                    said = sentence("plan.earmark-names-nothing", key=key, name=value)
                    yield self.warning(said, *at, side, key)
                if side == "allow" and not values:
                    yield self.warning(sentence("plan.earmark-allows-nothing"), *at, "allow", key)
        for key in allow.keys() & deny.keys():
            for value in sorted(allow[key] & deny[key]):
                said = sentence("plan.earmark-contradicts-itself", name=value)
                yield self.warning(said, *at, "deny", key)

    def kits(self, problem: Problem) -> Iterator[Finding]:
        for item, parts in problem.kits.items():
            for part in parts:
                if part == item:
                    yield self.error(sentence("plan.nested-kit.in-itself", kit=item), "kits", item, part)
                elif part in problem.kits:
                    yield self.error(sentence("plan.nested-kit", part=part), "kits", item, part)

    def substitutes(self, problem: Problem) -> Iterator[Finding]:
        replaced = {substitute.item for substitute in problem.substitutes}
        pairs = Counter((substitute.item, substitute.by) for substitute in problem.substitutes)
        for (item, by), count in pairs.items():
            if count > 1:
                said = sentence("plan.duplicate-substitute", count=str(count))
                yield self.error(said, "substitutes", item, by)
        for substitute in problem.substitutes:
            at = ("substitutes", substitute.item, substitute.by)
            if substitute.item == substitute.by:
                yield self.error(sentence("plan.substitute-of-itself"), *at)
            elif substitute.by in problem.kits or substitute.item in problem.kits:
                yield self.error(sentence("plan.substitute-and-kit"), *at)
            elif substitute.by in replaced:
                yield self.warning(
                    sentence("plan.substitute-chain", item=substitute.item, by=substitute.by), *at
                )

    def suppliers(self, problem: Problem) -> Iterator[Finding]:
        selling = {offer.supplier for offer in problem.offers}
        for supplier in problem.suppliers:
            if supplier.id not in selling:
                said = sentence("plan.supplier-sells-nothing", supplier=supplier.id)
                yield self.warning(said, "suppliers", supplier.id)


def _bought_for_lines(problem: Problem) -> dict[str, set[str]]:
    """Give what may be bought for the items of the lines: the parts of a kit, or the item and its substitutes."""
    found: dict[str, set[str]] = {line.item: {line.item} for line in problem.lines}
    for pair in problem.substitutes:
        if pair.item in found:
            found[pair.item].add(pair.by)
    return found | {item: set(problem.kits[item]) for item in found if problem.kits.get(item)}


def _unsold(problem: Problem) -> dict[str, Sentence]:
    """Name what nobody offers, for each item that cannot be had: parts of a kit, or an item without an offer."""
    sold = {offer.item for offer in problem.offers}
    found = {}
    for item, wanted in _bought_for_lines(problem).items():
        names = sorted(wanted - sold) if item in problem.kits else sorted(wanted) if not wanted & sold else []
        if names:
            found[item] = named(names, MOST_NAMED)
    return found


def _about(number: Fraction) -> str:
    """Write a number of any size: as a decimal where it has few digits, else as a power of ten.

    >>> _about(Fraction(5, 2)), _about(Fraction(1, 10**40))
    ('2.5', '10^-40')
    """
    size = (number.numerator.bit_length() - number.denominator.bit_length()) * 301 // 1000
    return f"{float(number):g}" if abs(size) <= 12 else f"10^{size}"
