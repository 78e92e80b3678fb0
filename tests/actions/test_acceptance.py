"""A plan made from the rows of a programme is accepted: every cent is reserved where it said, or nothing is.

The fund has USD 1,500.00 of A and USD 300.00 of B. AD-014 wants 12 interceptors at USD 100, AD-015 wants 10 radios at
USD 80, of which 6 can be had: 1,200 + 480 = 1,680 of the 1,800.
"""

from datetime import date, timedelta

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import acceptance, contributions, list_plans, plans
from pledgeline.actions.books import expire_reservations, post
from pledgeline.ledger import Account, Spot
from pledgeline.money import Amount
from pledgeline.programme.roles import Role
from pledgeline.queries.packages import bound_units, lines_of, live_lines
from pledgeline.records.books import books_of
from pledgeline.records.models import FormedPackage, PackageLine, PlanInput, RequirementRecord
from pledgeline.records.plans import problem_of, study_of
from tests.chain import TODAY, a_fund, listed, offered, paid, take, the_fund, worker
from tests.people import NOW
from tests.planning import ADA, planned
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

UNTIL = TODAY + timedelta(days=30)


def a_listed_fund():
    row = a_fund()
    paid(row, "A", 1_500_00)
    paid(row, "B", 300_00)
    listed(row)
    listed(row, key="AD-015", item="radio", quantity=10, priority=2, need_by="2026-03-01")
    offered(row)
    offered(row, key="O-2", item="radio", unit_price=80_00, available=6, lead_days=20)


with_a_list = written_once(a_listed_fund)


@pytest.fixture
def fund(with_a_list):
    return the_fund()


def handed_in(fund, package="P-1"):
    return list_plans.hand_in(programme=fund, package=package, asker=ADA, today=TODAY)


def a_plan(fund, package="P-1"):
    return planned(handed_in(fund, package))


def accepted(run, person=None):
    return acceptance.accept(
        run, person=person or worker(Role.COORDINATOR), today=TODAY, now=NOW, reserved_until=UNTIL
    )


def money(fund, account):
    state = books_of("harbour", MACHINE).state
    return {
        (spot.contribution, spot.line): minor
        for spot, minor in state.money().items()
        if spot.account is account
    }


def test_the_rows_say_the_problem(fund):
    source = handed_in(fund)
    problem = problem_of(source)

    assert source.findings == []
    assert source.first_day == TODAY
    assert [(line.id, line.quantity, line.priority, line.need_by) for line in problem.lines] == [
        ("AD-014", 12, 1, None),
        ("AD-015", 10, 2, 59),
    ]
    assert [
        (offer.id, offer.unit_price_minor, offer.available, offer.lead_days) for offer in problem.offers
    ] == [
        ("O-1", 100_00, None, 0),
        ("O-2", 80_00, 6, 20),
    ]
    assert {
        contribution.id: (contribution.amount_minor, contribution.partner)
        for contribution in problem.contributions
    } == {
        "A": (1_500_00, "Partner of A"),
        "B": (300_00, "Partner of B"),
    }
    assert {str(row) for row in source.made_from.all()} == {"AD-014", "AD-015", "O-1", "O-2"}


def test_accepted_every_cent_is_where_the_plan_said(fund):
    run = a_plan(fund)
    plan = study_of(run).plan
    assert plan.fulfilled == {"AD-014": 12, "AD-015": 6}

    (package,) = accepted(run)

    assert (package.key, package.state, package.reserved_until) == ("P-1", "open", UNTIL)
    lines = {line.line: (line.units, line.unit_price) for line in package.lines.all()}
    assert lines == {"P-1/AD-014": (12, 100_00), "P-1/AD-015": (6, 80_00)}
    said = {(paid.contribution, f"P-1/{paid.line}"): paid.minor for paid in plan.payments}
    assert money(fund, Account.ALLOCATED) == said
    assert sum(said.values()) == 1_680_00
    assert sum(money(fund, Account.AVAILABLE).values()) == 120_00
    state = books_of("harbour", MACHINE).state
    assert {state.term("package", line) for line in lines} == {"P-1"}
    assert all(row.held == row.cost and row.is_live for row in lines_of(package, state))


def test_what_is_in_a_package_is_not_planned_again(fund):
    accepted(a_plan(fund))
    problem = problem_of(handed_in(fund, "P-2"))
    assert [(line.id, line.quantity) for line in problem.lines] == [("AD-015", 4)]
    assert [offer.id for offer in problem.offers] == ["O-1"]
    assert sum(contribution.amount_minor for contribution in problem.contributions) == 120_00


def test_what_expires_is_planned_again(fund):
    accepted(a_plan(fund))
    expire_reservations("harbour", today=UNTIL + timedelta(days=1))

    state = books_of("harbour", MACHINE).state
    assert live_lines(fund, state) == []
    assert not bound_units([]).of_requirements
    problem = problem_of(handed_in(fund, "P-2"))
    assert [(line.id, line.quantity) for line in problem.lines] == [("AD-014", 12), ("AD-015", 10)]


def test_a_plan_is_accepted_once(fund):
    run = a_plan(fund)
    accepted(run)
    again = accepted(run)
    assert again[0].code == "acceptance.accepted-before"
    assert FormedPackage.objects.count() == 1


def test_two_plans_of_the_same_money_are_not_both_accepted(fund):
    first, second = a_plan(fund), a_plan(fund, "P-2")
    accepted(first)

    (finding,) = accepted(second)

    assert finding.code == "acceptance.packaged-since"
    assert {"AD-014", "AD-015", "O-2"} == set(finding.said.params["rows"])
    assert [package.key for package in FormedPackage.objects.all()] == ["P-1"]
    assert PackageLine.objects.count() == 2
    assert sum(money(fund, Account.ALLOCATED).values()) == 1_680_00


def test_what_one_plan_packaged_no_other_packages_with_other_money(fund):
    """The second plan pays from C, which the first leaves alone: the books would take both."""
    first = a_plan(fund)
    paid(fund, "C", 2_000_00)
    for key in "AB":
        contributions.write_terms(
            {"key": key, "first_day": "2026-02-01"}, programme=fund, person=MACHINE, now=NOW
        )
    second = a_plan(fund, "P-2")
    assert {payment.contribution for payment in study_of(second).plan.payments} == {"C"}
    assert isinstance(accepted(second)[0], FormedPackage)
    for key in "AB":
        contributions.write_terms({"key": key}, programme=fund, person=MACHINE, now=NOW)

    (finding,) = accepted(first)

    assert finding.code == "acceptance.packaged-since"
    assert {line for _contribution, line in money(fund, Account.ALLOCATED)} == {"P-2/AD-014", "P-2/AD-015"}


def test_what_was_changed_since_is_not_accepted(fund):
    run = a_plan(fund)
    take(
        RequirementRecord.objects.get(key="AD-015"), "withdraw", worker(Role.RECIPIENT), reason="Not needed."
    )

    (finding,) = accepted(run)

    assert finding.code == "acceptance.changed-since"
    assert "AD-015" in finding.wrong
    assert money(fund, Account.ALLOCATED) == {}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_nobody_but_a_coordinator_accepts(fund, role):
    run = a_plan(fund)
    (finding,) = accepted(run, worker(role))
    assert finding.code == "acceptance.no-right"
    assert not FormedPackage.objects.exists()


def test_a_plan_from_a_file_is_not_accepted(fund):
    from tests.planning import handed_in as from_file

    run = planned(from_file(programme="harbour"))
    assert accepted(run)[0].code == "acceptance.not-of-the-list"


def test_an_accepted_plan_is_not_deleted(fund):
    run = a_plan(fund)
    accepted(run)
    with pytest.raises(plans.IsAccepted):
        plans.delete(run=run)
    assert FormedPackage.objects.exists()


def test_a_name_is_for_one_package(fund):
    accepted(a_plan(fund))
    (finding,) = handed_in(fund)
    assert finding.code == "list.package-taken"


def test_money_and_offers_in_another_currency_stay_out_and_that_is_said(fund):
    paid(fund, "E", 900_00, currency="EUR")
    offered(fund, key="O-3", currency="EUR")

    source = handed_in(fund)

    problem = problem_of(source)
    assert {contribution.id for contribution in problem.contributions} == {"A", "B"}
    assert {offer.id for offer in problem.offers} == {"O-1", "O-2"}
    assert [finding["code"] for finding in source.findings] == ["list.other-currency"] * 2


def test_an_offer_that_is_over_is_not_planned_with(fund):
    offered(fund, key="O-4", valid_until="2025-12-31")
    assert "O-4" not in {offer.id for offer in problem_of(handed_in(fund)).offers}


@pytest.mark.parametrize("missing", ["list", "books"])
def test_without_a_list_or_books_there_is_nothing_to_plan(db, missing):
    row = a_fund()
    if missing == "books":
        listed(row)
    else:
        paid(row, "A", 100)
    codes = {finding.code for finding in handed_in(row)}
    assert codes == {"list.no-books" if missing == "books" else "list.nothing-to-plan"}
    assert not PlanInput.objects.exists()


def test_a_requirement_met_by_two_offers_has_a_line_for_each(db):
    row = a_fund()
    paid(row, "A", 2_000_00)
    listed(row)
    offered(row, available=5)
    offered(row, key="O-2", unit_price=110_00, available=20)

    (package,) = accepted(a_plan(row))

    assert {(line.line, line.units) for line in package.lines.all()} == {
        ("P-1/AD-014/O-1", 5),
        ("P-1/AD-014/O-2", 7),
    }
    assert sum(money(row, Account.ALLOCATED).values()) == 5 * 100_00 + 7 * 110_00


def test_the_books_go_on_from_the_reservation(fund):
    accepted(a_plan(fund))
    order = {
        "id": "o",
        "type": "order",
        "line": "P-1/AD-015",
        "qty": 6,
        "unit_price": 80_00,
        "currency": "USD",
    }
    answer = post("harbour", {**order, "effective_on": "2026-01-01"}, today=date(2026, 1, 1))
    assert hasattr(answer, "entry"), answer
    state = books_of("harbour", MACHINE).state
    ordered = sum(minor for spot, minor in state.money().items() if spot.account is Account.ORDERED)
    assert ordered == 480_00
    assert state.balance(Spot(Account.SOURCE, "A", "USD")) == -1_500_00


def test_the_terms_of_money_are_kept():
    """A may pay for interceptors alone, B at most a quarter of a package, C not before the fifth day.

    A pays 1,000 of the interceptors' 1,200 and B the rest. Each radio is B's: of n radios B pays 200 + 80n, which is no
    more than a quarter of 1,200 + 80n for one radio (280 of 320) and not for two (360 of 340).
    """
    row = a_fund()
    for key in "ABC":
        paid(row, key, 1_000_00)
    terms = {
        "A": {"pays_for": ["item: interceptor"]},
        "B": {"largest_share": 25},
        "C": {"first_day": "2026-01-06"},
    }
    for key, value in terms.items():
        contributions.write_terms({"key": key, **value}, programme=row, person=MACHINE, now=NOW)
    listed(row)
    listed(row, key="AD-015", item="radio", quantity=10, priority=2)
    offered(row)
    offered(row, key="O-2", item="radio", unit_price=80_00)

    run = a_plan(row)

    plan = study_of(run).plan
    assert plan.fulfilled == {"AD-014": 12, "AD-015": 1}
    assert dict(plan.paid_minor) == {"A": 1_000_00, "B": 280_00, "C": 0}
    contributions.write_terms(
        {"key": "B", "never_pays_for": ["item: radio"]}, programme=row, person=MACHINE, now=NOW
    )
    (finding,) = accepted(run)
    assert (finding.code, "B" in finding.wrong) == ("acceptance.changed-since", True)
    contributions.write_terms({"key": "B", "largest_share": 25}, programme=row, person=MACHINE, now=NOW)
    assert isinstance(accepted(run)[0], FormedPackage)


def test_money_for_whole_packages_and_for_a_requirement_pays_so():
    """A pays all of a package or nothing, B for AD-015 alone: nobody pays for AD-014 beside B, and A has not enough."""
    row = a_fund()
    paid(row, "A", 1_000_00)
    paid(row, "B", 1_000_00)
    for key, terms in (
        ("A", {"whole_packages_only": True}),
        ("B", {"pays_for": ["requirement: AD-015"], "last_day": "2026-01-01"}),
    ):
        contributions.write_terms({"key": key, **terms}, programme=row, person=MACHINE, now=NOW)
    listed(row, quantity=6, priority=2, min_useful=6)
    listed(row, key="AD-015", item="radio", quantity=10)
    offered(row)
    offered(row, key="O-2", item="radio", unit_price=80_00)

    plan = study_of(a_plan(row)).plan

    assert plan.fulfilled == {"AD-014": 0, "AD-015": 10}
    assert sorted(plan.paid_minor.values()) == [0, 800_00]


def test_a_plan_is_accepted_in_packages_of_the_size_in_the_settings(db):
    """Of USD 1,680 in packages of 500: 5, 5 and 2 interceptors at 100, with 3 radios at 80 beside the last, then 3."""
    row = a_fund(package_size=Amount(500_00, "USD"))
    paid(row, "A", 1_500_00)
    paid(row, "B", 300_00)
    listed(row)
    listed(row, key="AD-015", item="radio", quantity=6, priority=2)
    offered(row)
    offered(row, key="O-2", item="radio", unit_price=80_00)
    run = a_plan(row)
    shown = acceptance.lines_in(study_of(run), acceptance.size_for(run, study_of(run)))

    packages = acceptance.accept(
        run, person=worker(Role.COORDINATOR), today=TODAY, now=NOW, reserved_until=UNTIL, by_size=True
    )

    assert [package.key for package in packages] == ["P-1-1", "P-1-2", "P-1-3", "P-1-4"]
    lines = {line.line: line.units for package in packages for line in package.lines.all()}
    assert lines == {
        "P-1-1/AD-014": 5,
        "P-1-2/AD-014": 5,
        "P-1-3/AD-014": 2,
        "P-1-3/AD-015": 3,
        "P-1-4/AD-015": 3,
    }
    reserved = money(row, Account.ALLOCATED)
    said = {(name, line.key): amount.minor for line in shown for name, amount in line.reserved}
    assert (reserved, sum(reserved.values())) == (said, 1_680_00)
    assert all(
        entry.held == entry.cost
        for package in packages
        for entry in lines_of(package, books_of("harbour", MACHINE).state)
    )


def test_a_size_in_another_currency_than_the_plan_is_refused(fund):
    type(fund).objects.update(package_size_currency="EUR")
    run = a_plan(fund)
    (finding,) = acceptance.accept(
        run, person=MACHINE, today=TODAY, now=NOW, reserved_until=UNTIL, by_size=True
    )
    assert finding.code == "acceptance.other-currency"
