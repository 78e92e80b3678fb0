"""Deliveries over time, ageing and money that lapses: each figure worked out by hand from the chain of the tests."""

from datetime import date

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.programme.roles import Role
from pledgeline.queries import progress
from pledgeline.queries.contributions import state_now
from pledgeline.records.models import OrderRecord, PartyName, PartyRecord, ShipmentRecord
from tests.chain import (
    ORDER,
    SHIPMENT,
    a_delivered_fund,
    ordered,
    paid,
    take,
    the_fund,
    worker,
    written,
)
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

NEW_YEAR, LATER = date(2026, 1, 1), date(2026, 4, 15)


def a_fund_with_parties():
    """12 interceptors and 5 tents ordered of Maker A: 8 left, of which 5 were good, 2 bad and 1 not there."""
    for ref in "AB":
        party = PartyRecord.objects.create(ref=ref, name=f"Maker {ref}", kind="company")
        PartyName.objects.create(party=party, name=f"Maker {ref}", key=f"maker {ref.casefold()}")
    a_delivered_fund()


delivered = written_once(a_fund_with_parties)


@pytest.fixture
def fund(delivered):
    return the_fund()


def second_shipment(fund):
    lots = [{"line": "P-1/AD-014", "lot": "LOT-2", "units": 4}]
    row = written(fund, ShipmentRecord, {**SHIPMENT, "key": "SH-2", "lots": lots})
    take(row, "dispatch", MACHINE)
    return row


def test_units_are_added_up_by_the_month_in_which_something_happened_to_them(fund):
    moved = progress.moved_units(fund, MACHINE)
    (month,) = progress.by_month(moved)
    assert month.first == NEW_YEAR
    assert dict(month.units) == {"ordered": 17, "shipped": 8, "accepted": 5, "rejected": 2, "short": 1}
    (level,) = progress.levels_of(moved)
    assert (level.on, level.accepted, level.under_way, level.to_ship) == (NEW_YEAR, 5, 0, 12)


def test_what_is_under_way_lost_or_cancelled_is_told_apart(fund):
    row = second_shipment(fund)
    (level,) = progress.levels_of(progress.moved_units(fund, MACHINE))
    assert (level.accepted, level.under_way, level.to_ship) == (5, 4, 8)
    take(row, "lose", MACHINE, reason="Sunk")
    level = progress.levels_of(progress.moved_units(fund, MACHINE))[-1]
    assert (level.accepted, level.under_way, level.to_ship) == (5, 0, 12)
    take(OrderRecord.objects.get(), "cancel-rest", MACHINE, reason="Too late")
    moved = progress.moved_units(fund, MACHINE)
    assert sum(step.units for step in moved if step.what == "cancelled") == 12
    level = progress.levels_of(moved)[-1]
    assert (level.accepted, level.under_way, level.to_ship) == (5, 0, 0)
    assert progress.aged_lines(fund, MACHINE, LATER) == []


def test_what_is_outstanding_has_an_age_in_days(fund):
    second_shipment(fund)
    lines = progress.aged_lines(fund, MACHINE, LATER)
    said = [
        (line.order, line.requirement, line.days, line.age, line.outstanding, line.under_way)
        for line in lines
    ]
    assert said == [("ORD-1", "AD-014", 104, 0, 7, 4), ("ORD-1", "AD-016", 104, 0, 5, 0)]
    ages = {day: progress.aged_lines(fund, MACHINE, date(2026, 1, day))[0].age for day in (1, 31)}
    assert ages == {1: 30, 31: 30}
    assert progress.aged_lines(fund, MACHINE, date(2026, 2, 1))[0].age == 60


def test_a_supplier_sees_the_progress_of_its_own_orders(fund):
    ordered(
        fund, key="ORD-2", supplier="Maker B", lines=[{"line": "P-1/AD-015", "units": 6, "unit_price": 80_00}]
    )
    assert ORDER["supplier"] == "Maker A"
    other = worker(Role.SUPPLIER, party="B")
    assert [(step.what, step.units) for step in progress.moved_units(fund, other)] == [("ordered", 6)]
    assert [line.order for line in progress.aged_lines(fund, other, LATER)] == ["ORD-2"]
    assert progress.moved_units(fund, worker(Role.PARTNER, party="A")) == []


def test_money_lapses_on_the_earlier_of_its_days(fund):
    """C lapses on 1 March; A and B have no last day, and what is reserved of them is set free in ten years."""
    paid(fund, "C", 700_00, use_by="2026-03-01")
    state = state_now(fund)

    def lapsing(person, days):
        rows = progress.lapsing_money(fund, person, state, today=NEW_YEAR, days=days)
        return [
            (row.contribution, row.line, row.until.isoformat(), row.days, row.amount.minor) for row in rows
        ]

    assert lapsing(MACHINE, 58) == []
    assert lapsing(MACHINE, 59) == [("C", "", "2026-03-01", 59, 700_00)]
    assert lapsing(MACHINE, 3_700)[1:] == [("A", "P-1/AD-015", "2036-02-01", 3683, 480_00)]
    party = PartyRecord.objects.create(ref="PC", name="Partner of C", kind="company")
    PartyName.objects.create(party=party, name="Partner of C", key="partner of c")
    assert [row[0] for row in lapsing(worker(Role.PARTNER, party="PC"), 3_700)] == ["C"]
    assert lapsing(worker(Role.PARTNER, name="other", party="B"), 3_700) == []
