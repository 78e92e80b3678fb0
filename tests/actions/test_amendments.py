"""Prices and units of an order change after it was accepted: the money is checked again, every cent by hand."""

import pytest

from pledgeline.actions import contributions
from pledgeline.ledger import Account, trace
from pledgeline.ledger.contributions import figures_of
from pledgeline.money import Amount
from pledgeline.programme.roles import Role
from pledgeline.queries.contributions import state_now
from pledgeline.queries.orders import ordered_lines
from pledgeline.records.models import EntryRecord, OrderRecord, StepTaken
from tests.chain import ORDER, a_fund, dispatched, entered, formed, ordered, received, take, worker
from tests.people import NOW

pytestmark = pytest.mark.django_db

LINE, GIVEN = "P-1/AD-014", "P-1/AD-016"


@pytest.fixture
def fund():
    """A and B pay 900 and 300 for twelve interceptors; A has 120 more, and 480 set aside for radios."""
    row = a_fund()
    formed(row)
    return row


def amend(fund, units=12, price=100_00, *, line=LINE, role=Role.FINANCE, reason="the steel"):
    details = {"lines": [{"line": line, "units": units, "unit_price": price}]}
    return take(OrderRecord.objects.get(), "amend", worker(role), reason=reason, details=details)


def on_line(fund, key, account=Account.ORDERED):
    money = trace.where_now(state_now(fund), key)
    return sum(minor for spot, minor in money.items() if spot.account is account and spot.line == LINE)


def free(fund, key):
    return sum(amount.minor for amount in figures_of(state_now(fund), key).available)


def the_line():
    return next(line for line in ordered_lines(OrderRecord.objects.get()) if line.line.line == LINE)


def test_a_rise_is_paid_by_who_pays_the_line_and_refused_where_that_is_not_enough(fund):
    """Twelve at 105 are 60 more, which A has; at 111 they are 72 more again, of which 12 are not there."""
    ordered(fund)
    taken = amend(fund, price=105_00)
    assert isinstance(taken, StepTaken), taken
    assert taken.changes == {f"lines:{LINE}:unit_price": ["USD 100.00", "USD 105.00"]}
    assert len(taken.entries) == 1
    assert (on_line(fund, "A"), on_line(fund, "B"), free(fund, "A")) == (960_00, 300_00, 60_00)

    before = EntryRecord.objects.count()
    refused = amend(fund, price=111_00)
    assert refused.code == "orders.no-money"
    assert "USD\xa012 is not there" in refused.wrong
    assert refused.place.path == ("lines", 0, "unit_price")
    assert EntryRecord.objects.count() == before
    assert the_line().line.unit_price == 105_00


def test_what_is_set_aside_for_the_line_pays_first(fund):
    """Ordered at 90, 120 stay set aside; at 105 the order takes them, and 60 of what A has available."""
    ordered(fund, lines=[{"line": LINE, "units": 12, "unit_price": 90_00}])
    assert (on_line(fund, "A", Account.ALLOCATED), on_line(fund, "B", Account.ALLOCATED)) == (90_00, 30_00)
    amend(fund, price=105_00)
    assert (on_line(fund, "A"), on_line(fund, "B")) == (810_00 + 90_00 + 60_00, 270_00 + 30_00)
    assert (on_line(fund, "A", Account.ALLOCATED), free(fund, "A"), free(fund, "B")) == (0, 60_00, 0)


def test_a_fall_makes_money_available_by_what_each_has_paid(fund):
    """Twelve at 80 are 240 less: 180 of A's, 60 of B's."""
    ordered(fund)
    amend(fund, price=80_00)
    assert (free(fund, "A"), free(fund, "B")) == (120_00 + 180_00, 60_00)
    assert the_line().cost == Amount(960_00, "USD")


def test_only_what_is_still_to_come_has_the_new_price(fund):
    """Five were taken over at 100; the seven that are still to come cost 110 each: 70 more, 1,270 in all."""
    ordered(fund)
    dispatched(fund)
    received(fund)
    amend(fund, price=110_00)
    assert the_line().cost == Amount(1_270_00, "USD")
    assert on_line(fund, "A") + on_line(fund, "B") == 770_00
    amend(fund, price=100_00)
    assert the_line().cost == Amount(1_200_00, "USD")
    assert amend(fund, units=4).code == "orders.too-few"


def test_units_are_added_from_what_the_line_has_and_taken_away_again(fund):
    """Ten of twelve were ordered; two more take the 200 that are set aside; one less frees 75 of A and 25 of B."""
    ordered(fund, lines=[{"line": LINE, "units": 10, "unit_price": 100_00}])
    taken = amend(fund, units=12)
    assert taken.changes == {f"lines:{LINE}:units": [10, 12]}
    assert on_line(fund, "A") + on_line(fund, "B") == 1_200_00
    assert amend(fund, units=13).code == "orders.more-than-there"
    amend(fund, units=11)
    line = the_line()
    assert (line.outstanding, line.line.cancelled, free(fund, "A"), free(fund, "B")) == (
        *(11, 1),
        *(195_00, 25_00),
    )
    assert amend(fund, units=12).code == "orders.more-than-there"


def test_units_and_price_change_together(fund):
    """Ten at 90 are 900, of 1,200; twelve at 105 are 1,260: 300 were set aside, 60 more are A's."""
    ordered(fund, lines=[{"line": LINE, "units": 10, "unit_price": 90_00}])
    amend(fund, units=12, price=105_00)
    assert on_line(fund, "A") + on_line(fund, "B") == 1_260_00
    assert free(fund, "A") + free(fund, "B") == 60_00
    assert the_line().cost == Amount(1_260_00, "USD")


def test_terms_keep_money_out_that_may_not_pay(fund):
    ordered(fund)
    written = contributions.write_terms(
        {"key": "A", "never_pays_for": ["item: interceptor"]},
        programme=fund,
        person=worker(Role.COORDINATOR),
        now=NOW,
    )
    assert not isinstance(written, list), written
    assert amend(fund, price=101_00).code == "orders.no-money"
    entered("more pledged", "pledge", contribution="B", partner="Partner of B", amount=12_00)
    entered("more signed", "commit", contribution="B", amount=12_00)
    entered("more there", "receive", contribution="B", amount=12_00)
    assert isinstance(amend(fund, price=101_00), StepTaken)
    assert (on_line(fund, "B"), free(fund, "A")) == (312_00, 120_00)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "orders.nothing-changes"),
        ({"line": "P-1/AD-015", "units": 6}, "orders.unknown-line"),
        ({"line": GIVEN, "units": 5, "price": 1}, "orders.donated"),
        ({"price": 0}, "orders.donated"),
        ({"units": 0}, "noun.not-above-zero"),
        ({"price": 101_00, "reason": ""}, "steps.no-reason"),
        ({"price": 101_00, "role": Role.COORDINATOR}, "steps.no-right"),
    ],
)
def test_what_cannot_be_amended_is_said(fund, said, code):
    ordered(fund)
    before = EntryRecord.objects.count()
    assert amend(fund, **said).code == code
    assert EntryRecord.objects.count() == before


def test_donated_units_change_without_money(fund):
    ordered(fund)
    before = EntryRecord.objects.count()
    assert isinstance(amend(fund, line=GIVEN, units=4, price=0), StepTaken)
    assert EntryRecord.objects.count() == before
    assert [line.outstanding for line in ordered_lines(OrderRecord.objects.get())] == [12, 4]


def test_before_it_is_accepted_an_order_is_not_amended(fund):
    from tests.chain import written

    written(fund, OrderRecord, ORDER, worker(Role.COORDINATOR))
    assert amend(fund, price=101_00).code == "steps.not-from-here"
