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

_MOST_DIGITS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One rule that a plan breaks. `rule` is lasting; `about` names the row; `said` is for people."""

    rule: str
    about: str
    said: str


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
                name = getattr(purchase, noun)
                yield Violation(rule=f"unknown-{noun}", about=name, said=f"There is no {noun} “{name}”.")
        if purchase.units <= 0:
            yield Violation(rule="units", about=purchase.line, said=f"{purchase.units} units are bought.")
    for payment in plan.payments:
        nouns = (
            ("contribution", "package") if payment.supplier else ("contribution", "line", "offer", "package")
        )
        for noun in nouns:
            if getattr(payment, noun) not in known[noun]:
                name = getattr(payment, noun)
                yield Violation(rule=f"unknown-{noun}", about=name, said=f"There is no {noun} “{name}”.")
    triples = [(purchase.line, purchase.offer, purchase.package) for purchase in plan.purchases]
    if len(set(triples)) < len(triples):
        yield Violation(rule="repeated", about="purchases", said="A purchase is listed twice.")


def _purchases(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Each unit must be of use to its line and arrive in time."""
    lines = {line.id: line for line in problem.lines}
    offers = {offer.id: offer for offer in problem.offers}
    packages = {package.id: package for package in problem.packages}
    wanted = {line.item: problem.wanted(line.item) for line in problem.lines}
    for purchase in plan.purchases:
        line, offer = lines[purchase.line], offers[purchase.offer]
        if offer.item not in wanted[line.item] and offer.item not in problem.kits.get(line.item, {}):
            yield Violation(
                rule="item", about=line.id, said=f"Offer {offer.id} sells {offer.item}, not {line.item}."
            )
        if not problem.arrives_in_time(line, offer, packages[purchase.package]):
            yield Violation(
                rule="date", about=line.id, said=f"Offer {offer.id} in {purchase.package} arrives too late."
            )


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
            yield Violation(rule="surplus", about=line.id, said=f"{units} of {line.quantity} wanted.")
        if 0 < units < line.min_useful:
            yield Violation(rule="min-useful", about=line.id, said=f"{units}, useful from {line.min_useful}.")
        if units % line.multiple:
            yield Violation(
                rule="multiple", about=line.id, said=f"{units} is no multiple of {line.multiple}."
            )
        parts = problem.kits.get(line.item, {})
        for part, count in parts.items():
            if bought[line.id][part] != count * units:
                yield Violation(
                    rule="kit", about=line.id, said=f"{bought[line.id][part]} of {part} for {units} kits."
                )
        if not parts and units == 0 and bought[line.id]:
            yield Violation(rule="surplus", about=line.id, said="Units are bought that make nothing whole.")
    for name, units in plan.fulfilled.items():
        if got.get(name) != units:
            yield Violation(
                rule="fulfilled", about=name, said=f"The plan says {units}, it is {got.get(name)}."
            )


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
            yield Violation(rule="stock", about=name, said=f"{units} bought, {available} available.")
    for (name, package), units in ordered.items():
        if units % offers[name].lot:
            yield Violation(rule="lot", about=name, said=f"{units} in {package}, lots of {offers[name].lot}.")
        if units < offers[name].min_order:
            yield Violation(
                rule="min-order", about=name, said=f"{units} in {package}, at least {offers[name].min_order}."
            )


def _capacity(problem: Problem, plan: Plan) -> Iterator[Violation]:
    seller = {offer.id: offer.supplier for offer in problem.offers}
    sold: dict[str, int] = defaultdict(int)
    for purchase in plan.purchases:
        sold[seller[purchase.offer]] += purchase.units
    for supplier in problem.suppliers:
        if supplier.capacity is not None and sold[supplier.id] > supplier.capacity:
            yield Violation(
                rule="capacity",
                about=supplier.id,
                said=f"{sold[supplier.id]} bought, it delivers {supplier.capacity}.",
            )


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
            yield Violation(
                rule="target", about=package.id, said=f"It costs {cost[package.id]}, {off} off its target."
            )
        if package.max_lines is not None and len(served[package.id]) > package.max_lines:
            yield Violation(
                rule="max-lines", about=package.id, said=f"{len(served[package.id])} lines are too many."
            )


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
            yield Violation(rule="payment", about=giver.id, said=f"A payment of {payment.minor}.")
        package = packages[payment.package]
        if payment.supplier:
            if not problem.may_pay_charge(giver, payment.supplier, package):
                yield Violation(
                    rule="earmark", about=giver.id, said=f"May not pay the charge of {payment.supplier}."
                )
        elif not problem.may_pay(giver, lines[payment.line], offers[payment.offer], package):
            yield Violation(
                rule="earmark", about=giver.id, said=f"May not pay for {payment.line} from {payment.offer}."
            )
        triple = (payment.line, payment.offer, payment.package, payment.supplier)
        owed[triple] = owed.get(triple, 0) - payment.minor
        paid[giver.id] += payment.minor
        into[giver.id, payment.package] += payment.minor
    for (line, offer, name, supplier), left in owed.items():
        if left:
            what = f"the charge of {supplier}" if supplier else offer
            said = f"{left} of {what} in {name} is not covered."
            if left < 0:
                said = f"{-left} too much is paid for {what} in {name}."
            yield Violation(rule="unpaid", about=line or supplier, said=said)
    cost = _package_costs(problem, plan)
    for giver in problem.contributions:
        if paid[giver.id] > problem.can_pay_minor(giver):
            yield Violation(
                rule="overspent", about=giver.id, said=f"Pays {paid[giver.id]}, more than it has."
            )
        if plan.paid_minor.get(giver.id, 0) != paid[giver.id]:
            yield Violation(
                rule="paid", about=giver.id, said="Its payments do not add up to what the plan says."
            )
    for (name, where), amount in into.items():
        giver = givers[name]
        if giver.max_share is not None and amount > floor(giver.max_share * cost[where]):
            yield Violation(rule="max-share", about=name, said=f"Pays {amount} of {cost[where]} in {where}.")
        if giver.whole_package_only and amount != cost[where]:
            yield Violation(
                rule="whole-package", about=name, said=f"Pays {amount} of {cost[where]} in {where}."
            )


def _claims(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What a plan says of itself must be what its purchases give."""
    found = measure(problem, plan.purchases)
    if plan.cost_minor != found.cost_minor:
        yield Violation(
            rule="cost", about="plan", said=f"It says {plan.cost_minor}, it is {found.cost_minor}."
        )
    values = {f"tier {tier}": value for tier, value in found.tier_scores.items()}
    values |= {"share-days": found.share_days, "cost": Fraction(found.cost_minor)}
    for score in plan.scores:
        if score.name in values and score.value != values[score.name]:
            yield Violation(
                rule="score",
                about=score.name,
                said=f"It says {_shown(score.value)}, it is {_shown(values[score.name])}.",
            )


def _shown(exact: Fraction) -> str:
    """Write a score for a person: one of very many digits by its size."""
    whole = to_text(exact)
    return whole if len(whole) <= _MOST_DIGITS else f"about {float(exact):,.6f}"
