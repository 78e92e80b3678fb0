"""What stands of a contribution, and what became of its money: every cent is accounted for, whatever happened."""

import pytest

from pledgeline.ledger import Account
from pledgeline.ledger.contributions import all_figures, figures_of, statement_of
from pledgeline.money import Amount
from tests.ledger.stories import written

STORY = """
    2025-08-01  pledge    contribution=N partner=Northland currency=USD amount=100000 use_by=2026-06-30
    2025-08-01  pledge    contribution=W partner=Westmark currency=USD amount=30000
    2025-08-05  commit    contribution=N amount=90000
    2025-08-05  commit    contribution=W amount=30000
    2025-08-10  receive   contribution=N amount=80000
    2025-08-10  receive   contribution=W amount=30000
    2025-08-11  fee       contributions=["N"] currency=USD amount=500
    2025-08-12  allocate  contribution=N line=L1 amount=40000 package=P-1
    2025-08-12  allocate  contribution=W line=L1 amount=20000
    2025-08-12  allocate  contribution=N line=L2 amount=10000
    2025-08-15  order     line=L1 qty=10 unit_price=6000
    2025-09-01  deliver   line=L1 lot=D1 qty=4
    2025-09-05  accept    lot=D1 qty=1
    2025-09-06  return_to_partner contribution=N amount=1500
"""


@pytest.fixture(scope="module")
def state():
    return written(STORY).state


def usd(major):
    return [Amount(major * 100, "USD")]


def test_the_figures_of_a_contribution_are_those_of_its_story(state):
    figures = figures_of(state, "N")
    assert (figures.partner, str(figures.use_by)) == ("Northland", "2026-06-30")
    assert (figures.pledged, figures.committed, figures.received) == (usd(1_000), usd(900), usd(800))
    assert figures.owed == usd(100)
    assert figures.available == usd(800 - 5 - 400 - 100 - 15)
    assert [amount.minor + figures.spent[0].minor for amount in figures.bound] == [500_00]
    assert figures.lapsed == []
    assert all_figures(state)[0] == figures


def test_a_statement_adds_up_to_what_was_received(state):
    (statement,) = statement_of(state, "N")
    assert sum((use.amount.minor for use in statement.uses), statement.left.minor) == 800_00
    assert statement.received == Amount(800_00, "USD")
    assert [(use.stage, use.line, use.package) for use in statement.uses] == [
        (Account.ACCEPTED, "L1", "P-1"),
        (Account.DELIVERED, "L1", "P-1"),
        (Account.ORDERED, "L1", "P-1"),
        (Account.ALLOCATED, "L2", ""),
        (Account.FEES, "", ""),
        (Account.RETURNED, "", ""),
    ]


def test_the_units_in_all_statements_are_those_of_the_line(state):
    """Of ten units one is accepted, three are delivered and six ordered; two thirds of the money are N's."""
    units = [
        {use.stage: use.units for use in statement_of(state, key)[0].uses if use.line == "L1"}
        for key in ("N", "W")
    ]
    for stage, there in ((Account.ACCEPTED, 1), (Account.DELIVERED, 3), (Account.ORDERED, 6)):
        assert sum(unit.get(stage, 0) for unit in units) == there
    assert [sum(unit.values()) for unit in units] == [7, 3]


def test_money_that_was_changed_is_accounted_for_in_both_currencies():
    state = written(
        """
        2025-08-01  pledge    contribution=N partner=Northland currency=EUR amount=100000
        2025-08-02  commit    contribution=N amount=100000
        2025-08-03  receive   contribution=N amount=100000
        2025-08-04  convert   given={"N":60000} from_currency=EUR to_currency=USD received=66000
        2025-08-05  allocate  contribution=N currency=USD line=L1 amount=50000
        """
    ).state
    euros, dollars = statement_of(state, "N")
    assert (euros.received, euros.left) == (Amount(100_000, "EUR"), Amount(40_000, "EUR"))
    assert (dollars.received, dollars.left) == (Amount(0, "USD"), Amount(16_000, "USD"))
    for statement in (euros, dollars):
        uses = sum(use.amount.minor for use in statement.uses)
        assert uses + statement.left.minor == statement.received.minor


def test_what_was_written_off_before_it_came_was_never_received():
    state = written(
        """
        2025-08-01  pledge    contribution=N partner=Northland currency=USD amount=1000
        2025-08-02  commit    contribution=N amount=1000
        2025-08-03  receive   contribution=N amount=600
        2025-08-04  write_off contribution=N amount=400
        """
    ).state
    (statement,) = statement_of(state, "N")
    assert (statement.committed.minor, statement.received.minor, statement.left.minor) == (1000, 600, 600)
    assert statement.uses == []
