"""`check` sees every rule that a plan can break: each is broken here, alone."""

from dataclasses import replace

import pytest

from pledgeline.plan import Payment, Purchase, check, plan
from tests.plan.programmes import line, money, offer, problem

OF = problem(
    packages=[
        {"id": "P1", "order_day": 0},
        {"id": "P2", "order_day": 9, "target_minor": 400, "max_lines": 1},
    ],
    kits={"K": {"A": 1, "B": 1}},
    lines=[
        line("L1", quantity=4, need_by=20, min_useful=2, multiple=2),
        line("L2", "K", quantity=2),
        line("L3", "C", quantity=9, priority=2),
    ],
    offers=[
        offer("O1", lot=2, min_order=4),
        offer("O2", "B"),
        offer("O3", "C", price=0, lead_days=50, available=3),
        offer("O4", lead_days=90, price=1),
    ],
    contributions=[
        money("C1", 900),
        money("C2", 300, earmark={"allow": {"item": ["B"]}}),
        money("C3", 500, max_share=[1, 10]),
        money("C4", 100, whole_package_only=True),
    ],
)
GOOD = plan(OF)


def bought(line, offer, package, units):
    return Purchase(line=line, offer=offer, package=package, units=units)


def paid(giver, line, offer, package, minor):
    return Payment(contribution=giver, line=line, offer=offer, package=package, minor=minor)


def broken(**changes):
    return {violation.rule for violation in check(OF, replace(GOOD, **changes))}


def test_a_good_plan_breaks_nothing():
    assert check(OF, GOOD) == []
    assert GOOD.fulfilled == {"L1": 4, "L2": 2, "L3": 3}


@pytest.mark.parametrize(
    ("rule", "purchases"),
    [
        ("unknown-line", [bought("L9", "O1", "P1", 4)]),
        ("unknown-offer", [bought("L1", "O9", "P1", 4)]),
        ("unknown-package", [bought("L1", "O1", "P9", 4)]),
        ("units", [bought("L1", "O1", "P1", 0)]),
        ("repeated", [bought("L1", "O1", "P1", 2), bought("L1", "O1", "P1", 2)]),
        ("item", [bought("L1", "O2", "P1", 2)]),
        ("date", [bought("L1", "O4", "P1", 2)]),
        ("surplus", [bought("L1", "O1", "P1", 6)]),
        ("min-useful", [bought("L1", "O1", "P1", 1)]),
        ("multiple", [bought("L1", "O1", "P1", 3)]),
        ("kit", [bought("L2", "O1", "P1", 2)]),
        ("stock", [bought("L3", "O3", "P1", 4)]),
        ("lot", [bought("L1", "O1", "P1", 3)]),
        ("min-order", [bought("L1", "O1", "P1", 2)]),
        ("target", [bought("L3", "O3", "P2", 1)]),
        ("max-lines", [bought("L3", "O3", "P2", 1), bought("L1", "O1", "P2", 4)]),
        ("unpaid", [bought("L1", "O1", "P1", 4)]),
    ],
)
def test_a_rule_that_purchases_break(rule, purchases):
    assert rule in broken(purchases=tuple(purchases), payments=())


@pytest.mark.parametrize(
    ("rule", "payments"),
    [
        ("unknown-contribution", [paid("C9", "L1", "O1", "P1", 1)]),
        ("payment", [paid("C1", "L1", "O1", "P1", 0)]),
        ("earmark", [paid("C2", "L1", "O1", "P1", 400)]),
        ("overspent", [paid("C1", "L1", "O1", "P1", 901)]),
        ("unpaid", [paid("C1", "L1", "O1", "P1", 399)]),
        ("max-share", [paid("C3", "L1", "O1", "P1", 400)]),
        ("whole-package", [paid("C4", "L1", "O1", "P1", 100)]),
        ("paid", []),
    ],
)
def test_a_rule_that_payments_break(rule, payments):
    assert rule in broken(payments=tuple(payments))


def test_what_a_plan_says_of_itself_must_be_so():
    better = tuple(replace(score, value=score.value + 1) for score in GOOD.scores)

    assert broken(cost_minor=GOOD.cost_minor - 1) == {"cost"}
    assert broken(fulfilled={**GOOD.fulfilled, "L3": 9}) == {"fulfilled"}
    assert broken(scores=better) == {"score"}
    assert broken(paid_minor={**GOOD.paid_minor, "C1": 0}) == {"paid"}
