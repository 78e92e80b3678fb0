"""Prove a plan in integers, without believing whoever made it.

Nothing here knows a solver, aggregation or a flow. Each rule of the problem is looked at as it is
written; the payments must add up to every cent.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from pledgeline.plan.exact_text import to_text
from pledgeline.plan.measure import charges_of, measure
from pledgeline.plan.model import Plan, Problem
from pledgeline.programme.sentences import Param, Sentence, sentence

_MOST_DIGITS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One rule that a plan breaks. `rule` is lasting; `about` names the row; `said` is for people."""

    rule: str
    about: str
    said: Sentence


def check(problem: Problem, plan: Plan) -> list[Violation]:
    """List every rule that the plan breaks; none means that it may be carried out and paid as it stands."""
    strangers = list(_strangers(problem, plan))
    if strangers:
        return strangers
    return [
        *_purchases(problem, plan),
        *_lines(problem, plan),
        *_order_terms(problem, plan),
        *_capacity(problem, plan),
        *_packages(problem, plan),
        *_payments(problem, plan),
        *_claims(problem, plan),
    ]


def _strangers(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Find names that the problem does not have, and units that are no units."""
    known = {
        "line": {line.id for line in problem.lines},
        "offer": {offer.id for offer in problem.offers},
        "package": {package.id for package in problem.packages},
        "contribution": {contribution.id for contribution in problem.contributions},
    }
    for purchase in plan.purchases:
        for noun in ("line", "offer", "package"):
            if getattr(purchase, noun) not in known[noun]:
                yield _unknown(noun, getattr(purchase, noun))
        if purchase.units <= 0:
            said = sentence("plan.broken.units", units=str(purchase.units))
            yield Violation(rule="units", about=purchase.line, said=said)
    for payment in plan.payments:
        nouns = (
            ("contribution", "package") if payment.supplier else ("contribution", "line", "offer", "package")
        )
        for noun in nouns:
            if getattr(payment, noun) not in known[noun]:
                yield _unknown(noun, getattr(payment, noun))
    triples = [(purchase.line, purchase.offer, purchase.package) for purchase in plan.purchases]
    if len(set(triples)) < len(triples):
        yield Violation(rule="repeated", about="purchases", said=sentence("plan.broken.repeated"))


def _unknown(noun: str, name: str) -> Violation:
    said = sentence("plan.broken.unknown", noun=noun, name=name)
    return Violation(rule=f"unknown-{noun}", about=name, said=said)


def _purchases(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Each unit must be of use to its line and arrive in time."""
    lines = {line.id: line for line in problem.lines}
    offers = {offer.id: offer for offer in problem.offers}
    packages = {package.id: package for package in problem.packages}
    wanted = {line.item: problem.wanted(line.item) for line in problem.lines}
    for purchase in plan.purchases:
        line, offer = lines[purchase.line], offers[purchase.offer]
        if offer.item not in wanted[line.item] and offer.item not in problem.kits.get(line.item, {}):
            said = sentence("plan.broken.item", offer=offer.id, sold=offer.item, wanted=line.item)
            yield Violation(rule="item", about=line.id, said=said)
        if not problem.arrives_in_time(line, offer, packages[purchase.package]):
            said = sentence("plan.broken.date", offer=offer.id, package=purchase.package)
            yield Violation(rule="date", about=line.id, said=said)


def _lines(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Each line gets nothing or something useful, no surplus, and whole kits."""
    got = measure(problem, plan.purchases).fulfilled
    bought: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    items = {offer.id: offer.item for offer in problem.offers}
    for purchase in plan.purchases:
        bought[purchase.line][items[purchase.offer]] += purchase.units
    for line in problem.lines:
        units = got[line.id]
        if units > line.quantity:
            said = sentence("plan.broken.surplus", units=str(units), wanted=str(line.quantity))
            yield Violation(rule="surplus", about=line.id, said=said)
        if 0 < units < line.min_useful:
            said = sentence("plan.broken.min-useful", units=str(units), least=str(line.min_useful))
            yield Violation(rule="min-useful", about=line.id, said=said)
        if units % line.multiple:
            said = sentence("plan.broken.multiple", units=str(units), multiple=str(line.multiple))
            yield Violation(rule="multiple", about=line.id, said=said)
        parts = problem.kits.get(line.item, {})
        for part, count in parts.items():
            if bought[line.id][part] != count * units:
                have = str(bought[line.id][part])
                said = sentence("plan.broken.kit", units=have, part=part, kits=str(units))
                yield Violation(rule="kit", about=line.id, said=said)
        if not parts and units == 0 and bought[line.id]:
            yield Violation(rule="surplus", about=line.id, said=sentence("plan.broken.surplus.nothing-whole"))
    for name, units in plan.fulfilled.items():
        if got.get(name) != units:
            said = sentence("plan.broken.fulfilled", claimed=str(units), true=str(got.get(name)))
            yield Violation(rule="fulfilled", about=name, said=said)


def _order_terms(problem: Problem, plan: Plan) -> Iterator[Violation]:
    sold: dict[str, int] = defaultdict(int)
    ordered: dict[tuple[str, str], int] = defaultdict(int)
    for purchase in plan.purchases:
        sold[purchase.offer] += purchase.units
        ordered[purchase.offer, purchase.package] += purchase.units
    offers = {offer.id: offer for offer in problem.offers}
    for name, units in sold.items():
        available = offers[name].available
        if available is not None and units > available:
            said = sentence("plan.broken.stock", units=str(units), available=str(available))
            yield Violation(rule="stock", about=name, said=said)
    for (name, package), units in ordered.items():
        if units % offers[name].lot:
            said = sentence("plan.broken.lot", units=str(units), package=package, lot=str(offers[name].lot))
            yield Violation(rule="lot", about=name, said=said)
        if units < offers[name].min_order:
            least = str(offers[name].min_order)
            said = sentence("plan.broken.min-order", units=str(units), package=package, least=least)
            yield Violation(rule="min-order", about=name, said=said)


def _capacity(problem: Problem, plan: Plan) -> Iterator[Violation]:
    seller = {offer.id: offer.supplier for offer in problem.offers}
    sold: dict[str, int] = defaultdict(int)
    for purchase in plan.purchases:
        sold[seller[purchase.offer]] += purchase.units
    for supplier in problem.suppliers:
        if supplier.capacity is not None and sold[supplier.id] > supplier.capacity:
            said = sentence(
                "plan.broken.capacity", units=str(sold[supplier.id]), capacity=str(supplier.capacity)
            )
            yield Violation(rule="capacity", about=supplier.id, said=said)


def _package_costs(problem: Problem, plan: Plan) -> dict[str, int]:
    price = {offer.id: offer.unit_price_minor for offer in problem.offers}
    cost: dict[str, int] = defaultdict(int)
    for purchase in plan.purchases:
        cost[purchase.package] += price[purchase.offer] * purchase.units
    for (_, package), charge in charges_of(problem, plan.purchases).items():
        cost[package] += charge
    return cost


def _packages(problem: Problem, plan: Plan) -> Iterator[Violation]:
    served: dict[str, set[str]] = defaultdict(set)
    for purchase in plan.purchases:
        served[purchase.package].add(purchase.line)
    cost = _package_costs(problem, plan)
    for package in problem.packages:
        if package.id not in served:
            continue
        off = 0 if package.target_minor is None else abs(cost[package.id] - package.target_minor)
        if off > package.tolerance_minor and package.target_minor is not None:
            said = sentence("plan.broken.target", cost=str(cost[package.id]), off=str(off))
            yield Violation(rule="target", about=package.id, said=said)
        if package.max_lines is not None and len(served[package.id]) > package.max_lines:
            said = sentence("plan.broken.max-lines", lines=str(len(served[package.id])))
            yield Violation(rule="max-lines", about=package.id, said=said)


def _payments(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Each purchase is paid to the cent, by money that may pay for it and is there."""
    lines = {line.id: line for line in problem.lines}
    offers = {offer.id: offer for offer in problem.offers}
    packages = {package.id: package for package in problem.packages}
    givers = {contribution.id: contribution for contribution in problem.contributions}
    owed = {
        (purchase.line, purchase.offer, purchase.package, ""): purchase.units
        * offers[purchase.offer].unit_price_minor
        for purchase in plan.purchases
    }
    owed |= {
        ("", "", package, supplier): charge
        for (supplier, package), charge in charges_of(problem, plan.purchases).items()
    }
    paid: dict[str, int] = defaultdict(int)
    into: dict[tuple[str, str], int] = defaultdict(int)
    for payment in plan.payments:
        giver = givers[payment.contribution]
        if payment.minor <= 0:
            said = sentence("plan.broken.payment", minor=str(payment.minor))
            yield Violation(rule="payment", about=giver.id, said=said)
        package = packages[payment.package]
        if payment.supplier:
            if not problem.may_pay_charge(giver, payment.supplier, package):
                said = sentence("plan.broken.earmark.of-charge", supplier=payment.supplier)
                yield Violation(rule="earmark", about=giver.id, said=said)
        elif not problem.may_pay(giver, lines[payment.line], offers[payment.offer], package):
            said = sentence("plan.broken.earmark", line=payment.line, offer=payment.offer)
            yield Violation(rule="earmark", about=giver.id, said=said)
        triple = (payment.line, payment.offer, payment.package, payment.supplier)
        owed[triple] = owed.get(triple, 0) - payment.minor
        paid[giver.id] += payment.minor
        into[giver.id, payment.package] += payment.minor
    for (line, offer, name, supplier), left in owed.items():
        if left:
            what = sentence("plan.broken.charge-of", supplier=supplier) if supplier else offer
            told: dict[str, Param] = {"minor": str(abs(left)), "what": what, "package": name}
            said = (
                sentence("plan.broken.unpaid", **told)
                if left > 0
                else sentence("plan.broken.unpaid.too-much", **told)
            )
            yield Violation(rule="unpaid", about=line or supplier, said=said)
    cost = _package_costs(problem, plan)
    for giver in problem.contributions:
        if paid[giver.id] > problem.can_pay_minor(giver):
            said = sentence("plan.broken.overspent", minor=str(paid[giver.id]))
            yield Violation(rule="overspent", about=giver.id, said=said)
        if plan.paid_minor.get(giver.id, 0) != paid[giver.id]:
            yield Violation(rule="paid", about=giver.id, said=sentence("plan.broken.paid"))
    for (name, where), amount in into.items():
        giver = givers[name]
        said = sentence("plan.broken.share", minor=str(amount), cost=str(cost[where]), package=where)
        if giver.max_share is not None and amount > floor(giver.max_share * cost[where]):
            yield Violation(rule="max-share", about=name, said=said)
        if giver.whole_package_only and amount != cost[where]:
            yield Violation(rule="whole-package", about=name, said=said)


def _claims(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What a plan says of itself must be what its purchases give."""
    found = measure(problem, plan.purchases)
    if plan.cost_minor != found.cost_minor:
        said = sentence("plan.broken.claim", claimed=str(plan.cost_minor), true=str(found.cost_minor))
        yield Violation(rule="cost", about="plan", said=said)
    values = {f"tier {tier}": value for tier, value in found.tier_scores.items()}
    values |= {"share-days": found.share_days, "cost": Fraction(found.cost_minor)}
    for score in plan.scores:
        if score.name in values and score.value != values[score.name]:
            said = sentence("plan.broken.claim", claimed=_shown(score.value), true=_shown(values[score.name]))
            yield Violation(rule="score", about=score.name, said=said)


def _shown(exact: Fraction) -> str | Sentence:
    """Write a score for a person: one of very many digits by its size."""
    whole = to_text(exact)
    if len(whole) <= _MOST_DIGITS:
        return whole
    return sentence("plan.broken.about", number=f"{float(exact):,.6f}")
