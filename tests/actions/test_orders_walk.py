"""Whatever people order, ship, lose, count, accept and cancel, in whichever order: the rows and the books agree."""

import json
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pledgeline.accounts.roles import MACHINE
from pledgeline.exchange.ocds import check, load_standard
from pledgeline.exchange.ocds.packages import record_package
from pledgeline.ledger import Account
from pledgeline.ledger.accounts import BOUND
from pledgeline.programme.steps import State
from pledgeline.queries.ocds import processes
from pledgeline.queries.orders import ordered_lines
from pledgeline.records.books import books_of
from pledgeline.records.models import CountedLotRecord, OrderRecord, ReceiptRecord, ShipmentRecord
from tests.chain import ORDER, RECEIPT, SHIPMENT, a_fund, formed, take, written
from tests.exchange.ocds_files import FOLDER

INTERCEPTORS, TENTS = (line["line"] for line in ORDER["lines"])
UNITS = st.integers(1, 4) | st.integers(1, 13)
NUMBERS, FEW = st.integers(0, 11), st.integers(0, 2)


class Walk(RuleBasedStateMachine):
    """One order; whoever does something does it to any of its shipments, whether that can be done now or not."""

    def __init__(self) -> None:
        super().__init__()
        self.held = transaction.atomic()
        self.held.__enter__()
        self.fund = a_fund()
        formed(self.fund)
        self.order = written(self.fund, OrderRecord, ORDER)
        self.lots = 0

    def teardown(self) -> None:
        try:
            self.others_read_the_same()
        finally:
            transaction.set_rollback(True)
            self.held.__exit__(None, None, None)

    def others_read_the_same(self):
        """At the end of each walk the file for others has the amounts of the books, and no error."""
        found = processes(self.fund, MACHINE, prefix="ocds-000000")
        content = b"".join(record_package(found, uri="urn:x:y", publisher="Harbour"))
        (record,) = json.loads(content, parse_float=Decimal)["records"]
        state = books_of("harbour", MACHINE).state
        spent, bound = (
            sum(
                Decimal(minor) / 100
                for spot, minor in state.money().items()
                if spot.line == INTERCEPTORS and spot.account in accounts
            )
            for accounts in ([Account.ACCEPTED], BOUND)
        )
        contracts = record["compiledRelease"].get("contracts", [])
        transactions = [
            transaction
            for contract in contracts
            for transaction in contract.get("implementation", {}).get("transactions", [])
        ]
        assert spent == sum(transaction["value"]["amount"] for transaction in transactions)
        assert bound == sum(contract["value"]["amount"] for contract in contracts)
        if FOLDER:
            assert () == check(content, "walk.json", load_standard(FOLDER)).findings

    @initialize(steps=st.sampled_from([0, 3, 3, 3]))
    def begin(self, steps):
        for step in ("request", "offer", "accept")[:steps]:
            take(self.order, step, MACHINE)

    @rule(step=st.sampled_from(["request", "offer", "accept", "cancel-rest"]))
    def step_of_the_order(self, step):
        take(self.order, step, MACHINE, reason="because")

    @rule(interceptors=UNITS, tents=UNITS, leaves=st.booleans())
    def ship(self, interceptors, tents, leaves):
        self.lots += 1
        lots = [
            {"line": line, "lot": f"{line} {self.lots}", "units": units}
            for line, units in ((INTERCEPTORS, interceptors), (TENTS, tents))
        ]
        said = {**SHIPMENT, "key": f"SH-{self.lots}", "lots": lots[: self.lots % 2 + 1]}
        made = written(self.fund, ShipmentRecord, said)
        if leaves and isinstance(made, ShipmentRecord):
            take(made, "dispatch", MACHINE)

    @rule(number=NUMBERS, step=st.sampled_from(["dispatch", "arrive", "lose"]))
    def step_of_a_shipment(self, number, step):
        for row in one_of_all(ShipmentRecord, number):
            take(row, step, MACHINE, reason="because")

    @rule(
        number=NUMBERS, rejected=FEW, short=FEW, over=st.sampled_from([0, 0, 0, 1]), takes_over=st.booleans()
    )
    def count(self, number, rejected, short, over, takes_over):
        for shipment in one_of_all(ShipmentRecord, number):
            lots = [
                {
                    "lot": lot.lot,
                    "accepted": max(0, lot.units - rejected - short) + over,
                    "rejected": min(rejected, lot.units),
                    "why_rejected": "Wet",
                    "short": short,
                    "why_short": "Not there",
                }
                for lot in shipment.lots.all()
            ]
            said = {"key": f"RC of {shipment.key}", "shipment": shipment.key, "lots": lots}
            made = written(self.fund, ReceiptRecord, {**RECEIPT, **said})
            if takes_over and isinstance(made, ReceiptRecord):
                take(made, "accept", MACHINE)

    @rule(number=NUMBERS)
    def accept(self, number):
        for row in one_of_all(ReceiptRecord, number):
            take(row, "accept", MACHINE)

    @invariant()
    def nothing_is_owed_below_zero(self):
        for line in ordered_lines(self.order):
            assert line.outstanding >= 0
            assert line.to_ship >= 0

    @invariant()
    def every_unit_that_left_is_counted_once(self):
        for counted in CountedLotRecord.objects.select_related("shipped"):
            assert counted.accepted + counted.rejected + counted.short == counted.shipped.units

    @invariant()
    def the_books_say_the_same(self):
        self.order.refresh_from_db()
        was_accepted = self.order.state in (State.ACCEPTED, State.CLOSED)
        interceptors = next(line for line in ordered_lines(self.order) if line.line.line == INTERCEPTORS)
        state = books_of("harbour", MACHINE).state
        units = dict.fromkeys((Account.ORDERED, Account.DELIVERED, Account.ACCEPTED), 0)
        for place, number in state.bins().items():
            if place.line == INTERCEPTORS and place.place in units:
                units[place.place] += number
        assert units == {
            Account.ORDERED: interceptors.outstanding if was_accepted else 0,
            Account.DELIVERED: 0,
            Account.ACCEPTED: interceptors.received,
        }
        money = dict.fromkeys(units, 0)
        for spot, minor in state.money().items():
            if spot.line == INTERCEPTORS and spot.account in money:
                money[spot.account] += minor
        assert money == {account: number * 100_00 for account, number in units.items()}


def one_of_all(table, number):
    """Give one of the rows that there are, by a number of any size; none where there is none."""
    rows = list(table.objects.order_by("pk"))
    return [rows[number % len(rows)]] if rows else []


@pytest.mark.django_db
def test_the_rows_and_the_books_agree_whatever_is_done():
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
