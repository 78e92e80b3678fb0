"""Turn what the search found into a plan: split to lines, paid to the cent, with its standing."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, isfinite

from pledgeline.plan.aggregate import BoughtUnits
from pledgeline.plan.canon import Canon
from pledgeline.plan.measure import measure
from pledgeline.plan.model import Certainty, Payment, Plan, Purchase, Score
from pledgeline.plan.pay import Settlement, Spend, charge_spend, charges_due, settle, shared, spend_of
from pledgeline.plan.search import Search
from pledgeline.programme.sentences import sentence


def finish(search: Search, canon: Canon, bought: Sequence[BoughtUnits], digest: str) -> Plan:
    """Pay what was bought, and say how good it is. `canon` holds the packages one by one."""
    settlement = settle(canon, costs_of(canon, bought), stop=search.watch.must_end)
    assert isinstance(settlement, Settlement)
    if not settlement.is_sure:
        search.notes.append(sentence("plan.note.payers-untried"))
    purchases = _purchases(canon, bought)
    found = measure(canon.problem, purchases)
    values = {f"tier {tier}": value for tier, value in found.tier_scores.items()}
    values |= {"share-days": found.share_days, "cost": Fraction(found.cost_minor)}
    return Plan(
        purchases=purchases,
        payments=payments_of(canon, bought, settlement),
        scores=_scores(search, values),
        fulfilled=found.fulfilled,
        cost_minor=found.cost_minor,
        paid_minor=dict(sorted(shared(canon, settlement).items())),
        input_digest=digest,
        policy=search.policy.said(),
        solver=search.solver.name if search.solver is not None else "none",
        budget=search.budget(),
        interrupted=search.interrupted,
        notes=tuple(dict.fromkeys(search.notes)),
    )


def costs_of(canon: Canon, bought: Sequence[BoughtUnits]) -> dict[Spend, int]:
    """Add up what purchases cost in each spend class."""
    costs: dict[Spend, int] = defaultdict(int)
    for purchase in bought:
        if purchase.option.price:
            costs[spend_of(canon, purchase.option)] += purchase.option.price * purchase.units
    for charge in charges_due(canon, (purchase.option for purchase in bought)):
        costs[charge_spend(canon, charge)] += canon.suppliers[charge[0]].charge_minor
    return costs


def _scores(search: Search, values: Mapping[str, Fraction]) -> tuple[Score, ...]:
    if not search.held:
        return tuple(
            Score(name=name, value=value, bound=None, standing=Certainty.UNKNOWN)
            for name, value in values.items()
        )
    scores: list[Score] = []
    all_before = True
    complete = search.holds_values and all(held.is_proven for held in search.held)
    loose = {} if complete or search.solver is None or search.broken else search.loose_bounds(values)
    for held in search.held:
        name = held.objective.name
        value = values.get(name, held.value)
        best = held.bound
        if search.is_undecided:  # a choice may have been forbidden that can be paid
            best = inf if held.objective.maximise else -inf
        if name in loose and (search.holds_values or not isfinite(best)):
            best = min(Fraction(best), max(Fraction(loose[name]), value)) if isfinite(best) else loose[name]
        closed = held.is_proven and value == held.value
        # After an exact pass tiers are held by their values; what comes after them sees lines that are held again.
        by_value = search.holds_values or (search.passed_exactly and held.objective.tier is not None)
        holds = by_value or held.is_all or not scores
        if all_before and closed and holds:
            standing = Certainty.PROVEN
        elif closed:
            standing = Certainty.GIVEN_EARLIER
        else:
            standing = Certainty.BOUNDED if isfinite(best) else Certainty.UNKNOWN
        all_before = all_before and standing is Certainty.PROVEN
        if name == "share-days" and any(len(node.pieces) > 1 for node in search.nodes):
            standing, best = Certainty.UNKNOWN, inf
        limit = None if not isfinite(best) else Fraction(best)
        scores.append(
            Score(
                name=name,
                value=value,
                bound=value if standing is Certainty.PROVEN else limit,
                standing=standing,
            )
        )
    return tuple(scores)


def _purchases(canon: Canon, bought: Sequence[BoughtUnits]) -> tuple[Purchase, ...]:
    units: dict[tuple[str, str, str], int] = defaultdict(int)
    for purchase in bought:
        units[_triple(canon, purchase)] += purchase.units
    return tuple(
        Purchase(line=line, offer=offer, package=package, units=number)
        for (line, offer, package), number in sorted(units.items())
    )


def _triple(canon: Canon, one: BoughtUnits) -> tuple[str, str, str]:
    return (
        canon.lines[one.line].id,
        canon.offers[one.option.offer].id,
        canon.package(one.option).id,
    )


_Triple = tuple[str, str, str, str]
"""A line, an offer and a package; or nothing, nothing, a package and the supplier whose charge it is."""


@dataclass(slots=True)
class _Owed:
    """What is still to be paid for a (line, offer, package)."""

    triple: _Triple
    minor: int


def payments_of(canon: Canon, bought: Sequence[BoughtUnits], settlement: Settlement) -> tuple[Payment, ...]:
    """Lay each group's money on the purchases of its classes, then each member's on its group's."""
    owed: dict[Spend, deque[_Owed]] = defaultdict(deque)
    for purchase in sorted(bought, key=lambda purchase: _triple(canon, purchase)):
        if purchase.option.price:
            owed[spend_of(canon, purchase.option)].append(
                _Owed((*_triple(canon, purchase), ""), purchase.units * purchase.option.price)
            )
    for s, p in charges_due(canon, (purchase.option for purchase in bought)):
        supplier = canon.suppliers[s]
        owed[charge_spend(canon, (s, p))].append(
            _Owed(("", "", canon.packages[p].id, supplier.id), supplier.charge_minor)
        )
    by_group: dict[int, list[tuple[_Triple, int]]] = defaultdict(list)
    order = sorted(
        settlement.routes.items(), key=lambda route: (route[0][0], route[0][1].package, route[0][1].payers)
    )
    for (g, spend), amount in order:
        by_group[g] += _poured(owed[spend], amount)
    paid = shared(canon, settlement)
    total: dict[tuple[str, _Triple], int] = defaultdict(int)
    for g, pieces in by_group.items():
        rest = deque(_Owed(triple, amount) for triple, amount in pieces)
        for member in canon.groups[g].members:
            for triple, amount in _poured(rest, paid[member.id]):
                total[member.id, triple] += amount
    return tuple(
        Payment(contribution=giver, line=line, offer=offer, package=package, minor=amount, supplier=supplier)
        for (giver, (line, offer, package, supplier)), amount in sorted(total.items())
    )


def _poured(rest: deque[_Owed], amount: int) -> list[tuple[_Triple, int]]:
    """Take `amount` out of what is owed, in order; what was taken is no longer owed."""
    taken = []
    while amount:
        first = rest[0]
        part = min(amount, first.minor)
        taken.append((first.triple, part))
        first.minor -= part
        amount -= part
        if not first.minor:
            rest.popleft()
    return taken
