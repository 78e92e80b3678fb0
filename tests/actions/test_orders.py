"""A package is ordered, shipped and received, and the books say at each step what the rows say.

The package has 12 interceptors at USD 100, for which A has reserved 900 and B 300, 6 radios at USD 80, and 5 tents
that are given. Of the 1,800 that were paid 120 are left: A 120 and B nothing.
"""

from collections import Counter
from datetime import timedelta

import pytest

from pledgeline.accounts.roles import MACHINE, Machine
from pledgeline.actions.books import expire_reservations
from pledgeline.ledger import Account
from pledgeline.programme.findings import Finding
from pledgeline.programme.roles import Role
from pledgeline.programme.steps import State
from pledgeline.queries.orders import ordered_lines
from pledgeline.queries.packages import bound_units, live_lines
from pledgeline.records.books import books_of
from pledgeline.records.models import (
    OrderRecord,
    PartyName,
    PartyRecord,
    ReceiptRecord,
    ShipmentRecord,
    ShippedLotRecord,
    StepTaken,
)
from tests.chain import (
    ORDER,
    RECEIPT,
    SHIPMENT,
    TODAY,
    UNTIL,
    a_fund,
    a_packaged_fund,
    dispatched,
    entered,
    ordered,
    received,
    take,
    the_fund,
    worker,
    written,
)
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

INTERCEPTORS, RADIOS, TENTS = "P-1/AD-014", "P-1/AD-015", "P-1/AD-016"


packaged = written_once(a_packaged_fund)


@pytest.fixture
def fund(packaged):
    return the_fund()


def state():
    return books_of("harbour", MACHINE).state


def money():
    """Give the minor units at each stage of the books, whosever they are."""
    found = Counter()
    for spot, minor in state().money().items():
        found[spot.account] += minor
    return {account: minor for account, minor in found.items() if account is not Account.SOURCE and minor}


def units(line):
    """Give the units of a line at each stage, in whichever lots."""
    found = Counter()
    for place, number in state().bins().items():
        if place.line == line and place.place is not Account.SOURCE:
            found[place.place] += number
    return dict(found)


def codes(answer):
    return [(finding.place.path, finding.code) for finding in answer]


def lot(number, units, line=INTERCEPTORS, **more):
    return {"line": line, "lot": f"LOT-{number}", "units": units, **more}


def count(number, accepted, rejected=0, short=0):
    return {
        "lot": f"LOT-{number}",
        "accepted": accepted,
        "rejected": rejected,
        "short": short,
        **({"why_rejected": "Wet"} if rejected else {}),
        **({"why_short": "Not there"} if short else {}),
    }


# Orders


def test_an_accepted_order_is_ordered_in_the_books_line_by_line(fund):
    order = ordered(fund)

    taken = StepTaken.objects.get(noun="order", step="accept")
    entry = books_of("harbour", MACHINE).entry(f"{order.ref}-order-1")
    assert (entry.position, entry.kind) == (taken.entries[0], "order")
    assert len(taken.entries) == 1  # the tents are given
    assert order.accepted_on == TODAY
    assert money() == {Account.AVAILABLE: 120_00, Account.ALLOCATED: 480_00, Account.ORDERED: 1_200_00}
    assert units(INTERCEPTORS) == {Account.ORDERED: 12}
    assert units(TENTS) == {}
    assert [
        (ordered_line.line.line, ordered_line.outstanding, ordered_line.to_ship)
        for ordered_line in ordered_lines(order)
    ] == [
        (INTERCEPTORS, 12, 12),
        (TENTS, 5, 5),
    ]


def test_a_price_above_what_is_reserved_is_refused_at_its_line_and_nothing_is_changed(fund):
    lines = [ORDER["lines"][1], {**ORDER["lines"][0], "unit_price": 100_01}]
    row = written(fund, OrderRecord, {**ORDER, "lines": lines})
    take(row, "request", MACHINE)
    take(row, "offer", MACHINE)
    before = money()

    answer = take(row, "accept", worker(Role.FINANCE))

    row.refresh_from_db()
    assert isinstance(answer, Finding)
    assert (answer.place.path, answer.code) == (("lines", INTERCEPTORS), "ledger.not-enough")
    assert (row.state, row.accepted_on, money()) == (State.OFFERED, None, before)


def test_fewer_units_at_a_lower_price_leave_the_rest_reserved(fund):
    order = ordered(fund, lines=[{"line": INTERCEPTORS, "units": 10, "unit_price": 90_00}])
    assert money() == {Account.AVAILABLE: 120_00, Account.ALLOCATED: 300_00 + 480_00, Account.ORDERED: 900_00}
    bound = bound_units(live_lines(fund, state()))
    assert bound.of_requirements == {"AD-014": 10, "AD-015": 6, "AD-016": 5}
    assert [ordered_line.outstanding for ordered_line in ordered_lines(order)] == [10]


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"package": "P-9"}, ("package",), "orders.no-package"),
        ({"supplier": "Maker B"}, ("lines", 0, "line"), "orders.other-supplier"),
        ({"currency": "EUR"}, ("lines", 0, "line"), "orders.other-currency"),
        ({"lines": [{"line": "P-1/X", "units": 1, "unit_price": 1}]}, ("lines", 0, "line"), "orders.unknown-line"),
        (
            {"lines": [{"line": INTERCEPTORS, "units": 13, "unit_price": 1}]},
            ("lines", 0, "units"),
            "orders.more-than-there",
        ),
        ({"lines": [ORDER["lines"][0]] * 2}, ("lines",), "noun.twice"),
        ({"lines": []}, ("lines",), "noun.nothing-in-it"),
        ({"lines": "all"}, ("lines",), "noun.no-list"),
        ({"lines": [7]}, ("lines", 0), "noun.out-of-range"),
        ({"lines": [{"line": INTERCEPTORS, "units": 0}]}, ("lines", 0, "units"), "noun.not-above-zero"),
        ({"lines": [{"line": INTERCEPTORS, "units": 1}]}, ("lines", 0, "unit_price"), "noun.missing-field"),
        (
            {"lines": [{**ORDER["lines"][0], "colour": "red"}]},
            ("lines", 0, "colour"),
            "noun.unknown-field",
        ),
    ],
)  # fmt: skip
def test_an_order_that_cannot_be_is_refused_at_its_field(fund, change, path, code):
    answer = written(fund, OrderRecord, {**ORDER, **change})
    assert (path, code) in codes(answer)
    assert not OrderRecord.objects.exists()


def test_a_line_is_in_one_live_order_and_free_again_once_that_is_cancelled(fund):
    first = written(fund, OrderRecord, ORDER)
    again = {**ORDER, "key": "ORD-2"}
    assert (("lines", 0, "line"), "orders.in-another") in codes(written(fund, OrderRecord, again))

    take(first, "cancel", worker(Role.COORDINATOR), reason="Too late.")

    assert isinstance(written(fund, OrderRecord, again), OrderRecord)
    assert codes(written(fund, OrderRecord, ORDER)) == [((), "steps.settled")]


def test_a_line_whose_money_was_released_is_not_ordered(fund):
    expire_reservations("harbour", today=UNTIL + timedelta(days=1))
    assert (("lines", 0, "line"), "orders.released") in codes(written(fund, OrderRecord, ORDER))


def test_a_draft_is_changed_and_says_which_line_was_what(fund):
    written(fund, OrderRecord, ORDER)
    lines = [{**ORDER["lines"][0], "unit_price": 99_00}]
    row = written(fund, OrderRecord, {**ORDER, "lines": lines})

    assert row.to_value().as_said() == {**ORDER, "lines": lines}
    assert StepTaken.objects.filter(noun="order").last().changes == {
        f"lines:{INTERCEPTORS}:unit_price": [100_00, 99_00],
        f"lines:{TENTS}:units": [5, None],
        f"lines:{TENTS}:unit_price": [0, None],
    }
    take(row, "request", MACHINE)
    assert codes(written(fund, OrderRecord, ORDER)) == [((), "steps.settled")]


def test_whoever_requests_an_order_does_not_accept_it(fund):
    row = written(fund, OrderRecord, ORDER)
    both = worker(Role.COORDINATOR, name="both")
    both = worker(Role.FINANCE, name="both")
    take(row, "request", both)
    take(row, "offer", worker(Role.COORDINATOR))
    assert take(row, "accept", both).code == "steps.four-eyes"
    assert isinstance(take(row, "accept", worker(Role.FINANCE)), StepTaken)


def test_without_accounts_nobody_can_tell_two_people_apart(fund):
    """At the desk and on the command line, whatever it is called, sits one person; an account is another."""
    row = written(fund, OrderRecord, ORDER)
    take(row, "request", MACHINE)
    take(row, "offer", MACHINE)
    refused = take(row, "accept", Machine(name="root"))
    assert refused.code == "steps.four-eyes"
    assert "Make two accounts" in refused.way_out
    assert OrderRecord.objects.get().state == State.OFFERED
    assert isinstance(take(row, "accept", worker(Role.FINANCE)), StepTaken)


def test_an_order_accepted_twice_is_ordered_once(fund):
    row = written(fund, OrderRecord, ORDER)
    take(row, "request", MACHINE)
    take(row, "offer", MACHINE)
    finance = worker(Role.FINANCE)
    first = take(row, "accept", finance, asked_with="once")
    size = len(books_of("harbour", MACHINE))

    assert take(row, "accept", finance, asked_with="once") == first
    assert take(row, "accept", finance).code == "steps.not-from-here"
    assert len(books_of("harbour", MACHINE)) == size


def test_the_rest_of_an_order_is_cancelled_and_its_money_is_available(fund):
    order = ordered(fund)
    dispatched(fund)
    finance = worker(Role.FINANCE)
    assert take(order, "cancel-rest", finance, reason="Too late.").code == "orders.under-way"
    received(fund)

    done = take(order, "cancel-rest", finance, reason="Too late.")

    order.refresh_from_db()
    assert len(done.entries) == 1
    assert order.state == State.CLOSED
    assert [(line.accepted, line.line.cancelled, line.outstanding) for line in ordered_lines(order)] == [
        (5, 7, 0),
        (0, 5, 0),
    ]
    assert money() == {
        Account.AVAILABLE: 120_00 + 700_00,
        Account.ALLOCATED: 480_00,
        Account.ACCEPTED: 500_00,
    }
    assert units(INTERCEPTORS) == {Account.ACCEPTED: 5}
    assert bound_units(live_lines(fund, state())).of_requirements == {"AD-014": 5, "AD-015": 6, "AD-016": 0}
    again = written(fund, OrderRecord, {**ORDER, "key": "ORD-2"})
    assert (("lines", 0, "line"), "orders.in-another") in codes(again)


def test_an_order_of_which_all_was_received_has_no_rest(fund):
    order = ordered(fund, lines=[ORDER["lines"][1]])
    dispatched(fund, lots=[lot(1, 5, TENTS)])
    received(fund, lots=[count(1, 5)])
    answer = take(order, "cancel-rest", worker(Role.FINANCE), reason="Done.")
    assert answer.code == "orders.nothing-outstanding"


# Shipments


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"order": "ORD-9"}, ("order",), "shipments.no-order"),
        ({"dispatched_on": "2026-01-02"}, ("dispatched_on",), "shipments.day-to-come"),
        ({"dispatched_on": "2025-12-31"}, ("dispatched_on",), "shipments.before-order"),
        ({"lots": [lot(1, 13)]}, ("lots", 0, "units"), "shipments.too-many"),
        ({"lots": [lot(1, 8), lot(2, 5)]}, ("lots", 1, "units"), "shipments.too-many"),
        ({"lots": [lot(1, 8), lot(1, 4)]}, ("lots",), "noun.twice"),
        ({"lots": [lot(1, 1, RADIOS)]}, ("lots", 0, "line"), "shipments.unknown-line"),
        ({"lots": [lot(1, 2, serials=["S-1"])]}, ("lots", 0, "serials"), "noun.not-as-many"),
        ({"lots": [lot(1, 2, serials=["S-1", "S-1"])]}, ("lots", 0, "serials"), "noun.twice"),
        ({"lots": [lot(1, 1, serials="S-1")]}, ("lots", 0, "serials"), "noun.no-list"),
        ({"lots": [lot(1, 1, serials=[7])]}, ("lots", 0, "serials"), "noun.not-a-key"),
    ],
)
def test_a_shipment_that_cannot_be_is_refused_at_its_field(fund, change, path, code):
    ordered(fund)
    answer = written(fund, ShipmentRecord, {**SHIPMENT, **change})
    assert (path, code) in codes(answer)
    assert not ShipmentRecord.objects.exists()


def test_nothing_is_shipped_of_an_order_that_was_not_accepted(fund):
    written(fund, OrderRecord, ORDER)
    assert codes(written(fund, ShipmentRecord, SHIPMENT)) == [(("order",), "shipments.no-order")]


def test_a_lot_has_a_name_of_its_own_in_the_programme(fund):
    ordered(fund)
    dispatched(fund)
    answer = written(fund, ShipmentRecord, {**SHIPMENT, "key": "SH-2"})
    assert (("lots", 0, "lot"), "shipments.lot-taken") in codes(answer)


def test_a_lot_that_the_books_have_already_is_not_shipped(fund):
    ordered(fund)
    entered("by hand", "deliver", line=INTERCEPTORS, lot="LOT-1", qty=1)
    assert (("lots", 0, "lot"), "shipments.lot-taken") in codes(written(fund, ShipmentRecord, SHIPMENT))


def test_serial_numbers_stay_with_their_lot(fund):
    ordered(fund)
    row = written(fund, ShipmentRecord, {**SHIPMENT, "lots": [lot(1, 2, serials=["S-1", "S-2"])]})
    assert row.to_value().lots[0].serials == ("S-1", "S-2")
    again = written(fund, ShipmentRecord, row.to_value().as_said())
    assert (again.pk, again.lots.get().serials) == (row.pk, ["S-1", "S-2"])


def test_of_two_drafts_for_the_same_units_one_leaves(fund):
    ordered(fund)
    first = written(fund, ShipmentRecord, SHIPMENT)
    second = written(fund, ShipmentRecord, {**SHIPMENT, "key": "SH-2", "lots": [lot(2, 8)]})
    take(first, "dispatch", MACHINE)

    answer = take(second, "dispatch", MACHINE)

    assert (answer.place.path, answer.code) == (("lines", INTERCEPTORS), "shipments.too-many")
    fewer = written(fund, ShipmentRecord, {**SHIPMENT, "key": "SH-2", "lots": [lot(2, 4)]})
    assert isinstance(take(fewer, "dispatch", MACHINE), StepTaken)


def test_what_is_lost_is_outstanding_again(fund):
    order = ordered(fund)
    row = dispatched(fund)
    take(row, "arrive", MACHINE)
    assert [ordered_line.to_ship for ordered_line in ordered_lines(order)] == [4, 5]

    take(row, "lose", worker(Role.COORDINATOR), reason="The truck burnt out.")

    assert [(ordered_line.outstanding, ordered_line.to_ship) for ordered_line in ordered_lines(order)] == [
        (12, 12),
        (5, 5),
    ]
    assert codes(written(fund, ReceiptRecord, RECEIPT)) == [(("shipment",), "receipts.no-shipment")]


def test_nothing_leaves_once_the_rest_is_cancelled(fund):
    order = ordered(fund)
    row = written(fund, ShipmentRecord, SHIPMENT)
    take(order, "cancel-rest", MACHINE, reason="Too late.")
    row = ShipmentRecord.objects.get(pk=row.pk)
    assert take(row, "dispatch", MACHINE).code == "shipments.no-order"


def test_what_was_counted_is_not_lost(fund):
    ordered(fund)
    row = dispatched(fund)
    written(fund, ReceiptRecord, RECEIPT)
    assert take(row, "lose", MACHINE, reason="Gone.").code == "shipments.counted"


# Receipts


def test_a_partial_delivery_with_a_rejection_and_a_shortage(fund):
    """Of 8 that left 7 came: 5 are accepted for USD 500, 2 are sent back; 7 of the 12 are still owed, for 700."""
    order = ordered(fund)
    shipment = dispatched(fund)

    receipt = received(fund)

    shipment.refresh_from_db()
    assert (receipt.state, shipment.state) == (State.ACCEPTED, State.RECEIVED)
    books = books_of("harbour", MACHINE)
    entries = [books.entry(f"{receipt.ref}-{kind}-1") for kind in ("deliver", "accept", "reject")]
    assert [entry.kind for entry in entries] == ["deliver", "accept", "reject"]
    assert StepTaken.objects.get(noun="receipt", step="accept").entries == [
        entry.position for entry in entries
    ]
    assert money() == {
        Account.AVAILABLE: 120_00,
        Account.ALLOCATED: 480_00,
        Account.ORDERED: 700_00,
        Account.ACCEPTED: 500_00,
    }
    assert units(INTERCEPTORS) == {Account.ORDERED: 7, Account.ACCEPTED: 5}
    assert [(line.accepted, line.outstanding, line.under_way) for line in ordered_lines(order)] == [
        (5, 7, 0),
        (0, 5, 0),
    ]
    paid = {spot.contribution: minor for spot, minor in state().money().items() if spot.lot == "LOT-1"}
    assert paid == {"A": 375_00, "B": 125_00}


def test_the_rest_comes_in_another_lot_and_all_is_spent(fund):
    order = ordered(fund)
    dispatched(fund)
    received(fund)
    dispatched(fund, key="SH-2", lots=[lot(2, 7), lot(3, 5, TENTS)])

    received(fund, key="RC-2", shipment="SH-2", lots=[count(2, 7), count(3, 4, short=1)])

    assert money() == {Account.AVAILABLE: 120_00, Account.ALLOCATED: 480_00, Account.ACCEPTED: 1_200_00}
    assert units(INTERCEPTORS) == {Account.ACCEPTED: 12}
    assert [ordered_line.outstanding for ordered_line in ordered_lines(order)] == [0, 1]


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"shipment": "SH-9"}, ("shipment",), "receipts.no-shipment"),
        ({"received_on": "2026-01-02"}, ("received_on",), "receipts.day-to-come"),
        ({"received_on": "2025-12-31"}, ("received_on",), "receipts.before-dispatch"),
        ({"lots": [count(1, 9)]}, ("lots", 0, "accepted"), "receipts.not-all"),
        ({"lots": [count(1, 5, 2)]}, ("lots", 0, "accepted"), "receipts.not-all"),
        ({"lots": [count(1, 8), count(2, 1)]}, ("lots", 1, "lot"), "receipts.unknown-lot"),
        ({"lots": [count(2, 1)]}, ("lots",), "receipts.left-out"),
        ({"lots": [{**count(1, 5), "short": 3}]}, ("lots", 0, "why_short"), "noun.no-why"),
        ({"lots": [{**count(1, 5), "rejected": 3, "why_rejected": " "}]}, ("lots", 0, "why_rejected"), "noun.no-why"),
        ({"lots": [{**count(1, 9), "short": -1}]}, ("lots", 0, "short"), "noun.out-of-range"),
    ],
)  # fmt: skip
def test_a_receipt_that_cannot_be_is_refused_at_its_field(fund, change, path, code):
    ordered(fund)
    dispatched(fund)
    answer = written(fund, ReceiptRecord, {**RECEIPT, **change})
    assert (path, code) in codes(answer)
    assert not ReceiptRecord.objects.exists()


def test_a_shipment_is_received_once(fund):
    ordered(fund)
    dispatched(fund)
    row = written(fund, ReceiptRecord, RECEIPT)
    other = written(fund, ReceiptRecord, {**RECEIPT, "key": "RC-2"})
    assert codes(other) == [(("shipment",), "receipts.counted-before")]

    take(row, "accept", worker(Role.RECIPIENT))

    assert take(row, "accept", MACHINE).code == "steps.not-from-here"
    assert codes(written(fund, ReceiptRecord, {**RECEIPT, "key": "RC-2"})) == [
        (("shipment",), "receipts.no-shipment")
    ]
    assert codes(written(fund, ReceiptRecord, RECEIPT)) == [((), "steps.settled")]


def test_whoever_counted_does_not_accept_the_count(fund):
    ordered(fund)
    dispatched(fund)
    first, second = worker(Role.RECIPIENT), worker(Role.RECIPIENT, name="second")
    row = written(fund, ReceiptRecord, RECEIPT, first)
    assert take(row, "accept", first).code == "steps.four-eyes"

    written(fund, ReceiptRecord, {**RECEIPT, "lots": [count(1, 8)]}, second)

    assert take(row, "accept", second).code == "steps.four-eyes"
    assert isinstance(take(row, "accept", first), StepTaken)
    assert units(INTERCEPTORS) == {Account.ORDERED: 4, Account.ACCEPTED: 8}


def test_where_the_books_refuse_a_lot_that_is_said_at_it_and_nothing_is_changed(fund):
    """Somebody in finance has cancelled all units by hand: none is left that could be delivered."""
    ordered(fund)
    shipment = dispatched(fund)
    row = written(fund, ReceiptRecord, RECEIPT)
    entered("by hand", "cancel_units", line=INTERCEPTORS, qty=12)
    before = money()

    answer = take(row, "accept", worker(Role.RECIPIENT))

    shipment.refresh_from_db()
    assert (answer.place.path, answer.code) == (("lots", "LOT-1"), "ledger.not-enough")
    assert (money(), shipment.state) == (before, State.DISPATCHED)


# Suppliers


def test_a_supplier_ships_what_its_own_party_owes_and_nothing_else(fund):
    for ref, name in (("MAKER", "Maker A"), ("ELSE", "Maker B")):
        party = PartyRecord.objects.create(ref=ref, name=name, kind="company")
        PartyName.objects.create(party=party, name=name, key=name.casefold())
    mine = worker(Role.SUPPLIER, name="mine", party="MAKER")
    other = worker(Role.SUPPLIER, name="other", party="ELSE")
    row = written(fund, OrderRecord, ORDER)
    take(row, "request", MACHINE)
    assert take(row, "offer", other).code == "steps.no-right"
    assert isinstance(take(row, "offer", mine), StepTaken)
    take(row, "accept", worker(Role.FINANCE))

    assert written(fund, ShipmentRecord, SHIPMENT, other)[0].code == "steps.no-right"
    shipment = written(fund, ShipmentRecord, SHIPMENT, mine)
    assert (
        written(fund, ShipmentRecord, {**SHIPMENT, "handover_point": "X"}, other)[0].code == "steps.no-right"
    )
    assert take(shipment, "dispatch", other).code == "steps.no-right"
    assert isinstance(take(shipment, "dispatch", mine), StepTaken)
    assert ShippedLotRecord.objects.count() == 1


def test_without_books_nothing_is_ordered(db):
    answer = written(a_fund(), OrderRecord, ORDER)
    assert codes(answer) == [((), "steps.no-books")]
