"""Fifty people do the same at once: nothing is reserved, ordered, shipped or accepted that is not there."""

import time
from collections import Counter
from datetime import date
from typing import Any

from tests.torture import stage

UNTIL = date(2036, 1, 1)
UNITS, PRICE = 10, 100_00
FUNDED = UNITS * PRICE
SECOND = "second"
"""Whoever takes the last step: what needs a second person has one."""


def accept_plans(people: int) -> dict[str, Any]:
    """Let everybody accept another plan of the same requirement, each made while its money was still available."""
    from pledgeline.actions import list_plans
    from tests.chain import listed, offered
    from tests.planning import ADA, planned

    fund = _fund()
    listed(fund, quantity=UNITS)
    offered(fund, available=UNITS)
    runs = []
    for number in range(people):
        source = list_plans.hand_in(programme=fund, package=f"P-{number}", asker=ADA, today=stage.TODAY)
        assert not isinstance(source, list), source
        runs.append(planned(source).pk)
    answers = _all_at_once(_accept, runs)
    packages = [package for answer in answers for package in answer]
    wrong = _wrong_books(allocated=FUNDED)
    if len(packages) != 1:
        wrong.append(f"{len(packages)} of {people} plans of the same requirement were accepted")
    return {"wrong": wrong, "people": people, "accepted": len(packages)}


def _accept(run: int, begin: float) -> list[str]:
    from pledgeline.accounts.roles import MACHINE
    from pledgeline.actions import acceptance
    from pledgeline.records.models import FormedPackage, PlanRun
    from tests.people import NOW

    found = PlanRun.objects.select_related("programme", "input").get(pk=run)
    stage.wait_until(begin)
    made = acceptance.accept(found, person=MACHINE, today=stage.TODAY, now=NOW, reserved_until=UNTIL)
    return [package.key for package in made if isinstance(package, FormedPackage)]


def from_order_to_receipt(people: int) -> dict[str, Any]:
    """Let everybody order the same line, then ship all of it, then count every shipment and take it over."""
    from pledgeline.accounts.roles import MACHINE
    from pledgeline.actions import acceptance, list_plans
    from pledgeline.records.models import OrderRecord, ShipmentRecord
    from tests.chain import listed, offered
    from tests.people import NOW
    from tests.planning import ADA, planned

    fund = _fund()
    listed(fund, quantity=UNITS)
    offered(fund, available=UNITS)
    source = list_plans.hand_in(programme=fund, package="P-1", asker=ADA, today=stage.TODAY)
    assert not isinstance(source, list), source
    acceptance.accept(planned(source), person=MACHINE, today=stage.TODAY, now=NOW, reserved_until=UNTIL)
    wrong = []
    ordered = sum(_all_at_once(_order, list(range(people))))
    if ordered != 1:
        wrong.append(f"{ordered} orders of the same line were accepted")
    order = OrderRecord.objects.get(state="accepted")
    shipped = sum(_all_at_once(_ship, [(order.key, number) for number in range(people)]))
    if shipped != UNITS:
        wrong.append(f"{shipped} units left of {UNITS} that were ordered")
    under_way = list(ShipmentRecord.objects.filter(state="dispatched").values_list("key", flat=True))
    counts = [(key, number) for key in under_way for number in range(people // len(under_way) + 1)]
    taken_over = sum(_all_at_once(_receive, counts))
    if taken_over != shipped:
        wrong.append(f"{taken_over} units were taken over of {shipped} that left")
    wrong += _wrong_books(accepted=FUNDED)
    return {"wrong": wrong, "people": people, "shipments": len(under_way), "counts": len(counts)}


def _order(number: int, begin: float) -> int:
    from pledgeline.records.models import OrderRecord
    from tests.chain import ORDER

    line = {"line": "P-1/AD-014", "units": UNITS, "unit_price": PRICE}
    stage.wait_until(begin)
    steps = ("request", "offer", "accept")
    return _done(OrderRecord, {**ORDER, "key": f"ORD-{number}", "lines": [line]}, steps)


def _ship(order: tuple[str, int], begin: float) -> int:
    from pledgeline.records.models import ShipmentRecord
    from tests.chain import SHIPMENT

    key, number = order
    units = number % 3 + 1
    lot = {"line": "P-1/AD-014", "lot": f"LOT-{number}", "units": units}
    said = {**SHIPMENT, "key": f"SH-{number}", "order": key, "lots": [lot]}
    stage.wait_until(begin)
    left = 0
    for size in (units, 2, 1):  # what is too much for what is left is tried again with less
        said["lots"] = [{**lot, "units": size}]
        if _done(ShipmentRecord, said, ("dispatch",)):
            left = size
            break
    return left


def _receive(shipment: tuple[str, int], begin: float) -> int:
    from pledgeline.records.models import ReceiptRecord, ShipmentRecord
    from tests.chain import RECEIPT

    key, number = shipment
    lots = ShipmentRecord.objects.get(key=key).lots.all()
    counted = [{"lot": lot.lot, "accepted": lot.units} for lot in lots]
    stage.wait_until(begin)
    said = {**RECEIPT, "key": f"RC-{key}-{number}", "shipment": key, "lots": counted}
    return sum(lot["accepted"] for lot in counted) if _done(ReceiptRecord, said, ("accept",)) else 0


def _done(table: Any, said: dict[str, Any], steps: tuple[str, ...]) -> int:
    """Write a noun down and take its steps, the last by a second person; say whether that one was taken."""
    from pledgeline.accounts.models import User
    from pledgeline.accounts.roles import MACHINE
    from pledgeline.records.models import ProgrammeRecord, StepTaken
    from tests.chain import take, written

    made = written(ProgrammeRecord.objects.get(slug="harbour"), table, said)
    if not isinstance(made, table):
        return 0
    second = User.objects.get(username=SECOND)
    people = [*(MACHINE for _ in steps[1:]), second]
    return int(all(isinstance(take(made, *pair), StepTaken) for pair in zip(steps, people, strict=True)))


def _fund() -> Any:
    from pledgeline.operation import versions
    from pledgeline.programme.roles import Role
    from tests.chain import a_fund, paid, worker

    versions.migrate()
    fund = a_fund()
    for role in (Role.FINANCE, Role.SUPPLIER, Role.COORDINATOR, Role.RECIPIENT):
        worker(role, name=SECOND)
    paid(fund, "A", FUNDED)
    return fund


def _all_at_once(function: Any, what: list[Any]) -> list[Any]:
    begin = time.time() + 0.2 + len(what) * 0.02
    crowd = [stage.Child(function, thing, begin) for thing in what]
    return [child.answer() for child in crowd]


def _wrong_books(**expected: int) -> list[str]:
    """Say where the money is not: all that was received is at one stage."""
    from pledgeline.accounts.roles import MACHINE
    from pledgeline.records.books import books_of

    books = books_of("harbour", MACHINE)
    wrong = list(books.verify().problems)
    found: Counter[str] = Counter()
    for spot, minor in books.balances().items():
        found[spot.account.value] += minor
    there = {account: minor for account, minor in found.items() if minor and account != "source"}
    if there != expected:
        wrong.append(f"the money is at {there}, and was to be at {expected}")
    return wrong
