"""What waits for each person, as the chain goes on: nobody is told of what they cannot do."""

from datetime import date, timedelta

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import acceptance, list_plans
from pledgeline.actions.books import post
from pledgeline.programme.roles import Role
from pledgeline.queries.waiting import SOON_DAYS, roles_of, waiting
from pledgeline.records.models import DiscrepancyRecord, PartyName, PartyRecord
from tests.chain import (
    TODAY,
    a_fund,
    dispatched,
    formed,
    listed,
    offered,
    ordered,
    paid,
    received,
    required,
    take,
    worker,
)
from tests.people import NOW
from tests.planning import ADA, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return a_fund()


def kinds(fund, person, today=TODAY):
    return {row.kind: (row.number, row.first) for row in waiting(fund, person, today)}


def told(fund):
    """Say who is told of what: the kinds for each role."""
    return {role: set(found) for role in Role if (found := kinds(fund, worker(role)))}


def test_a_requirement_waits_for_the_next_one_to_act(fund):
    assert told(fund) == {}
    row = required(fund)
    assert told(fund) == {Role.RECIPIENT: {"draft"}}
    take(row, "submit", worker(Role.RECIPIENT))
    assert told(fund) == {Role.VALIDATOR: {"validate"}}
    take(row, "return", worker(Role.VALIDATOR), reason="r")
    assert told(fund) == {Role.RECIPIENT: {"returned"}}
    take(row, "submit", worker(Role.RECIPIENT))
    take(row, "validate", worker(Role.VALIDATOR))
    assert told(fund) == {Role.COORDINATOR: {"list"}}
    take(row, "list", worker(Role.COORDINATOR))
    assert told(fund) == {}


def test_a_returned_requirement_waits_for_whoever_wrote_it(fund):
    row = required(fund)
    take(row, "submit", worker(Role.RECIPIENT))
    take(row, "return", worker(Role.VALIDATOR), reason="r")
    assert kinds(fund, worker(Role.RECIPIENT, name="another")) == {}
    assert kinds(fund, MACHINE) == {"returned": (1, "AD-014")}


def test_nobody_is_told_of_what_needs_a_second_person(fund):
    row = required(fund)
    worker(Role.RECIPIENT, name="both")
    both = worker(Role.VALIDATOR, name="both")
    take(row, "submit", both)
    assert kinds(fund, both) == {}
    assert kinds(fund, worker(Role.VALIDATOR)) == {"validate": (1, "AD-014")}


def test_a_plan_waits_until_it_is_accepted_and_then_its_reservation(fund):
    paid(fund, "A", 2_000_00)
    row = listed(fund)
    offered(fund)
    coordinator = worker(Role.COORDINATOR)
    run, other = (
        planned(list_plans.hand_in(programme=fund, package=name, asker=ADA, today=TODAY))
        for name in ("P-1", "P-2")
    )
    assert kinds(fund, coordinator) == {"accept": (2, other.ref)}
    until = TODAY + timedelta(days=30)
    acceptance.accept(run, person=coordinator, today=TODAY, now=NOW, reserved_until=until)
    assert "accept" in kinds(fund, coordinator)
    assert "lapsing" not in kinds(fund, coordinator)
    soon = until - timedelta(days=SOON_DAYS)
    assert kinds(fund, coordinator, soon)["lapsing"] == (1, "P-1")
    assert "lapsing" not in kinds(fund, worker(Role.VALIDATOR), soon)
    order = {"type": "order", "line": "P-1/AD-014", "qty": 12, "unit_price": 100_00}
    assert hasattr(post("harbour", {"id": "o", "effective_on": "2026-01-01", **order}, today=TODAY), "entry")
    assert "lapsing" not in kinds(fund, coordinator, soon)
    take(row, "withdraw", worker(Role.RECIPIENT), reason="r")
    assert kinds(fund, coordinator) == {}


def test_committed_money_waits_for_finance_and_for_the_partner_itself(fund):
    party = PartyRecord.objects.create(ref="NORTH", name="Northland", kind="state")
    PartyName.objects.create(party=party, name="Northland", key="northland")
    paid(fund, "N-1", 100_00, partner="Northland")
    mine, other = worker(Role.PARTNER, party="NORTH"), worker(Role.PARTNER, name="other", party="WEST")
    assert told(fund) == {}
    for kind, more in (("pledge", {"partner": "Northland"}), ("commit", {})):
        event = {"id": f"more {kind}", "type": kind, "contribution": "N-1", "amount": 5, "currency": "USD"}
        post("harbour", {**event, "effective_on": "2026-01-01", **more}, today=date(2026, 1, 2))

    assert kinds(fund, worker(Role.FINANCE)) == {"owed": (1, "N-1")}
    assert kinds(fund, mine) == {"owed-own": (1, "N-1")}
    assert kinds(fund, other) == kinds(fund, worker(Role.COORDINATOR)) == {}


def test_the_roles_of_a_person_are_those_in_the_programme(fund):
    assert roles_of(fund, worker(Role.FINANCE)) == [Role.FINANCE]
    assert roles_of(fund, MACHINE) == list(Role)


def test_a_discrepancy_waits_for_whoever_can_settle_it(fund):
    formed(fund)
    ordered(fund)
    dispatched(fund)
    received(fund)
    who = told(fund)
    assert who[Role.COORDINATOR] >= {"settle"}
    assert who[Role.FINANCE] >= {"settle"}
    assert [role for role in who if "settle" in who[role]] == [Role.COORDINATOR, Role.FINANCE]
    assert kinds(fund, worker(Role.FINANCE))["settle"] == (2, "D-1")
    for case in DiscrepancyRecord.objects.all():
        take(case, "replace", worker(Role.COORDINATOR))
    assert "settle" not in kinds(fund, worker(Role.FINANCE))
