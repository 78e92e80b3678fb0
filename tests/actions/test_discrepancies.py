"""What was rejected or short at a receipt opens a discrepancy, and a step settles what becomes of its units and money.

Of 12 interceptors at USD 100, for which A pays 900 and B 300, 8 left: 5 were accepted, 2 rejected and 1 was short.
"""

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.ledger import Account
from pledgeline.programme.roles import Role
from pledgeline.queries.orders import ordered_lines
from pledgeline.records.books import books_of
from pledgeline.records.models import DiscrepancyRecord, OrderRecord, StepTaken
from tests.chain import (
    ORDER,
    a_delivered_fund,
    a_fund,
    dispatched,
    formed,
    ordered,
    received,
    take,
    the_fund,
    worker,
)
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

INTERCEPTORS, TENTS = "P-1/AD-014", "P-1/AD-016"


delivered = written_once(a_delivered_fund)


@pytest.fixture
def fund(delivered):
    return the_fund()


def case(what):
    return DiscrepancyRecord.objects.get(what=what)


def money():
    found = {}
    for spot, minor in books_of("harbour", MACHINE).state.money().items():
        if spot.line == INTERCEPTORS or spot.account is Account.AVAILABLE:
            found[spot.account, spot.contribution] = found.get((spot.account, spot.contribution), 0) + minor
    return found


def outstanding():
    return {line.line.line: line.outstanding for line in ordered_lines(OrderRecord.objects.get())}


BEFORE = {
    (Account.AVAILABLE, "A"): 120_00,
    (Account.ORDERED, "A"): 525_00,
    (Account.ORDERED, "B"): 175_00,
    (Account.ACCEPTED, "A"): 375_00,
    (Account.ACCEPTED, "B"): 125_00,
}


def test_an_accepted_receipt_opens_one_for_what_was_rejected_and_one_for_what_was_short(fund):
    rows = list(DiscrepancyRecord.objects.order_by("pk"))
    assert [(row.key, row.state, row.to_value().as_said()) for row in rows] == [
        (
            key,
            "open",
            {"key": key, "receipt": "RC-1", "lot": "LOT-1", "what": what, "units": units, "why": why},
        )
        for key, what, units, why in (("D-1", "rejected", 2, "Wet"), ("D-2", "short", 1, "Not there"))
    ]
    assert money() == BEFORE
    assert outstanding() == {INTERCEPTORS: 7, TENTS: 5}


def test_what_is_replaced_stays_outstanding(fund):
    taken = take(case("rejected"), "replace", worker(Role.COORDINATOR))
    assert (taken.entries, case("rejected").state) == ([], "replaced")
    assert (money(), outstanding()) == (BEFORE, {INTERCEPTORS: 7, TENTS: 5})


def test_what_is_refunded_is_cancelled_and_its_money_is_available(fund):
    taken = take(case("rejected"), "refund", worker(Role.FINANCE), reason="Credit note 7")

    assert len(taken.entries) == 1
    assert money() == BEFORE | {
        (Account.AVAILABLE, "A"): 270_00,
        (Account.AVAILABLE, "B"): 50_00,
        (Account.ORDERED, "A"): 375_00,
        (Account.ORDERED, "B"): 125_00,
    }
    assert outstanding() == {INTERCEPTORS: 5, TENTS: 5}


def test_what_is_written_off_is_lost_to_whoever_paid_for_it(fund):
    taken = take(case("short"), "write-off", worker(Role.FINANCE), reason="The maker is bankrupt.")

    assert len(taken.entries) == 2
    assert money() == BEFORE | {
        (Account.WRITTEN_OFF, "A"): 75_00,
        (Account.WRITTEN_OFF, "B"): 25_00,
        (Account.ORDERED, "A"): 450_00,
        (Account.ORDERED, "B"): 150_00,
    }
    assert outstanding() == {INTERCEPTORS: 6, TENTS: 5}
    assert take(case("short"), "refund", MACHINE, reason="Twice").code == "steps.not-from-here"


def test_whoever_accepted_the_receipt_does_not_write_off_and_a_reason_is_needed(fund):
    second = worker(
        Role.FINANCE, name="second"
    )  # who accepted the receipt, and with it opened the discrepancy
    assert take(case("short"), "write-off", second, reason="Lost").code == "steps.four-eyes"
    assert take(case("short"), "write-off", worker(Role.FINANCE)).code == "steps.no-reason"


def test_what_is_under_way_again_is_not_refunded(fund):
    lots = [{"line": INTERCEPTORS, "lot": "LOT-2", "units": 7}]
    dispatched(fund, key="SH-2", lots=lots)
    answer = take(case("rejected"), "refund", MACHINE, reason="Credit note 7")
    assert answer.code == "discrepancies.not-outstanding"
    assert isinstance(take(case("rejected"), "replace", MACHINE), StepTaken)


def test_with_the_rest_of_an_order_its_open_discrepancies_are_refunded(fund):
    take(case("rejected"), "write-off", MACHINE, reason="Lost")
    take(OrderRecord.objects.get(), "cancel-rest", MACHINE, reason="Enough.")
    assert [row.state for row in DiscrepancyRecord.objects.order_by("pk")] == ["written-off", "refunded"]
    assert outstanding() == {INTERCEPTORS: 0, TENTS: 0}
    state = books_of("harbour", MACHINE).state
    assert not [spot for spot, minor in state.money().items() if spot.account is Account.ORDERED and minor]


def test_a_package_is_closed_once_its_discrepancies_are_settled(fund):
    row = OrderRecord.objects.get()
    dispatched(fund, key="SH-2", lots=[{"line": INTERCEPTORS, "lot": "LOT-2", "units": 7}])
    dispatched(fund, key="SH-3", lots=[{"line": TENTS, "lot": "LOT-3", "units": 5}])
    received(fund, key="RC-2", shipment="SH-2", lots=[{"lot": "LOT-2", "accepted": 7}])
    received(fund, key="RC-3", shipment="SH-3", lots=[{"lot": "LOT-3", "accepted": 5}])
    assert take(row.package, "close", MACHINE).code == "packages.not-settled"
    for what in ("rejected", "short"):
        take(case(what), "replace", MACHINE)
    assert isinstance(take(row.package, "close", MACHINE), StepTaken)


def test_of_a_donated_line_no_money_is_entered(db):
    row = a_fund()
    formed(row)
    ordered(row, lines=ORDER["lines"][1:])
    dispatched(row, lots=[{"line": TENTS, "lot": "LOT-1", "units": 5}])
    counted = {"lot": "LOT-1", "accepted": 3, "short": 2, "why_short": "Stolen"}
    received(row, lots=[counted])
    taken = take(case("short"), "write-off", MACHINE, reason="Stolen on the way.")
    assert taken.entries == []
    assert outstanding() == {TENTS: 0}
