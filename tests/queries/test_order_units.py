"""Where ordered units and the money of a package are, and what it waits for: each figure worked out by hand."""

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.money import Amount
from pledgeline.programme.approvals import Approvable, ApprovalBand
from pledgeline.programme.roles import Role
from pledgeline.queries.contributions import state_now
from pledgeline.queries.order_units import OrderUnits, units_of, with_units
from pledgeline.queries.orders import ordered_lines
from pledgeline.queries.package_waits import waits_of
from pledgeline.queries.packages import figures_of
from pledgeline.records.models import (
    DiscrepancyRecord,
    FormedPackage,
    OrderLineRecord,
    OrderRecord,
    ReceiptRecord,
    ShipmentRecord,
)
from tests.chain import (
    ORDER,
    RECEIPT,
    SHIPMENT,
    a_fund,
    a_packaged_fund,
    by_another,
    dispatched,
    formed,
    ordered,
    received,
    take,
    the_fund,
    worker,
    written,
)
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

packaged = written_once(a_packaged_fund)


@pytest.fixture
def fund(packaged):
    return the_fund()


def usd(*whole):
    return [Amount(number * 100, "USD") for number in whole]


def of_order():
    return units_of(with_units(OrderRecord.objects.all()).get())


def figures(fund):
    (row,) = figures_of(fund, state_now(fund), FormedPackage.objects.filter(key="P-1"))
    return row


def waits(fund):
    package = FormedPackage.objects.get(key="P-1")
    return [
        (wait.noun, wait.act, wait.row.key, wait.number, {str(role) for role in wait.roles})
        for wait in waits_of(fund, state_now(fund), [package]).get(package.pk, [])
    ]


def test_before_an_order_is_accepted_nothing_is_ordered(fund):
    row = written(fund, OrderRecord, ORDER)
    take(row, "request", MACHINE)
    assert of_order() == OrderUnits()
    assert {units_of(line) for line in with_units(OrderLineRecord.objects.all())} == {OrderUnits()}


@pytest.mark.both_databases
def test_ordered_is_cancelled_accepted_under_way_and_to_ship_together(fund):
    """Of 12 interceptors and 5 tents 8 left: 5 were good, 2 bad, 1 not there. Then 4 more leave."""
    ordered(fund)
    assert of_order() == OrderUnits(ordered=17)
    dispatched(fund)
    assert of_order() == OrderUnits(ordered=17, under_way=8)
    received(fund)
    dispatched(fund, key="SH-2", lots=[{"line": "P-1/AD-014", "lot": "LOT-2", "units": 4}])
    units = of_order()
    assert units.as_said() == {
        "ordered": 17, "cancelled": 0, "accepted": 5, "outstanding": 12, "under_way": 4, "to_ship": 8,
    }  # fmt: skip
    assert units.outstanding == units.under_way + units.to_ship
    take(ShipmentRecord.objects.get(key="SH-2"), "lose", MACHINE, reason="Sunk")
    take(OrderRecord.objects.get(), "cancel-rest", MACHINE, reason="Too late")
    assert of_order() == OrderUnits(ordered=17, cancelled=12, accepted=5)
    assert of_order().outstanding == 0


def test_an_order_is_the_sum_of_its_lines(fund):
    order = ordered(fund)
    dispatched(fund)
    received(fund)
    total = sum(map(units_of, with_units(order.lines.all())), OrderUnits())
    assert total == of_order()
    assert [line.outstanding for line in ordered_lines(order)] == [7, 5]


def test_the_money_of_a_package_goes_from_stage_to_stage(fund):
    """USD 1,680 are set aside; 1,200 are ordered; 8 of 12 leave at 100 each; 5 are accepted."""

    def money():
        row = figures(fund)
        return row.held, row.ordered, row.shipped, row.accepted

    assert money() == (usd(1_680), [], [], [])
    ordered(fund)
    assert money() == (usd(1_680), usd(1_200), [], [])
    dispatched(fund)
    assert money() == (usd(1_680), usd(1_200), usd(800), [])
    received(fund)
    assert money() == (usd(1_680), usd(1_200), usd(500), usd(500))
    row = figures(fund)
    assert (row.units, row.of_orders.ordered, row.of_orders.shipped, row.of_orders.accepted) == (23, 17, 5, 5)


def test_what_a_package_waits_for_follows_its_rows_step_by_step(fund):
    radios = ("order", "write", "P-1", 1, {"coordinator"})
    assert waits(fund) == [("order", "write", "P-1", 2, {"coordinator"}), radios]
    row = written(fund, OrderRecord, ORDER)
    assert waits(fund) == [radios, ("order", "request", "ORD-1", 0, {"coordinator"})]
    take(row, "request", MACHINE)
    assert waits(fund)[1] == ("order", "offer", "ORD-1", 0, {"supplier", "coordinator"})
    take(row, "offer", MACHINE)
    assert waits(fund)[1] == ("order", "accept", "ORD-1", 0, {"finance"})
    by_another()
    take(row, "accept", MACHINE)
    assert waits(fund)[1] == ("shipment", "write", "ORD-1", 17, {"supplier", "coordinator"})
    shipment = written(fund, ShipmentRecord, SHIPMENT)
    assert waits(fund)[1:] == [("shipment", "dispatch", "SH-1", 0, {"supplier", "coordinator"})]
    take(shipment, "dispatch", MACHINE)
    assert waits(fund)[1:] == [
        ("shipment", "write", "ORD-1", 9, {"supplier", "coordinator"}),
        ("receipt", "write", "SH-1", 0, {"recipient"}),
    ]
    receipt = written(fund, ReceiptRecord, RECEIPT)
    assert waits(fund)[2] == ("receipt", "accept", "RC-1", 0, {"recipient"})
    by_another()
    take(receipt, "accept", MACHINE)
    cases = [
        ("discrepancy", "settle", row.key, 0, {"coordinator", "finance"})
        for row in DiscrepancyRecord.objects.all()
    ]
    assert waits(fund)[1:] == [("shipment", "write", "ORD-1", 12, {"supplier", "coordinator"}), *cases]


def test_a_package_that_is_settled_waits_to_be_closed_and_one_that_is_over_for_nothing(fund):
    lines = [line for line in ORDER["lines"] if line["line"] == "P-1/AD-014"]
    ordered(fund, lines=lines)
    take(OrderRecord.objects.get(), "cancel-rest", MACHINE, reason="Not delivered.")
    rest = [("order", "write", "P-1", 1, {"coordinator"}), ("order", "write", "P-1", 1, {"coordinator"})]
    assert waits(fund) == rest  # the tents of Maker A, the radios of Maker B
    by_another()
    take(FormedPackage.objects.get(), "close", MACHINE)
    assert waits(fund) == []


def test_what_waits_for_approval_is_the_turn_of_whoever_approves():
    band = ApprovalBand(what=Approvable.ORDER, above=Amount(0, "USD"), role=Role.ADMINISTRATOR)
    fund = a_fund(approvals=(band,))
    formed(fund)
    row = written(fund, OrderRecord, ORDER)
    take(row, "request", MACHINE)
    take(row, "offer", MACHINE)
    take(row, "accept", worker(Role.FINANCE))
    assert ("order", "approve", "ORD-1", 0, {"administrator"}) in waits(fund)
