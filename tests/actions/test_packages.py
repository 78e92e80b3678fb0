"""Packages are split, merged, cancelled and closed, and every unit and cent is where the step said.

The package P-1 has 12 interceptors at USD 100, for which A has reserved 900 and B 300, 6 radios at USD 80 of A, and 5
tents that are given. Of the 1,800 that were paid 120 are left with A.
"""

from collections import Counter

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import chain, contributions
from pledgeline.ledger import Account
from pledgeline.programme.roles import Role
from pledgeline.queries.order_units import OrderUnits
from pledgeline.queries.packages import (
    Progress,
    bound_units,
    lineage_of,
    live_lines,
    package_figures,
)
from pledgeline.records.books import books_of
from pledgeline.records.models import FormedPackage, LineMove, StepTaken
from tests.chain import (
    ORDER,
    a_packaged_fund,
    by_another,
    dispatched,
    ordered,
    received,
    take,
    the_fund,
    worker,
    written,
)
from tests.people import NOW
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

INTERCEPTORS, RADIOS, TENTS = "P-1/AD-014", "P-1/AD-015", "P-1/AD-016"
SPLIT = {"into": "P-2", "lines": [{"line": INTERCEPTORS, "units": 5}, {"line": TENTS, "units": 5}]}


packaged = written_once(a_packaged_fund)


@pytest.fixture
def fund(packaged):
    return the_fund()


def package(key="P-1"):
    return FormedPackage.objects.get(key=key)


def step(name, person=MACHINE, key="P-1", **more):
    return take(package(key), name, person, **more)


def state():
    return books_of("harbour", MACHINE).state


def money(account):
    """Give the minor units there by line and contribution."""
    return {
        (spot.line, spot.contribution): minor
        for spot, minor in state().money().items()
        if spot.account is account
    }


def units():
    return {line.line: line.units for row in FormedPackage.objects.all() for line in row.lines.all()}


def progress():
    rows = package_figures(package().programme, state())
    return {row.package.key: row.progress for row in rows}


# Split


def test_units_that_are_split_off_take_their_part_of_each_contribution_along(fund):
    """5 of 12 units are USD 500 of 1,200: of A's 900 that is 375, of B's 300 it is 125."""
    taken = step("split", worker(Role.COORDINATOR), details=SPLIT)

    assert isinstance(taken, StepTaken), taken
    assert units() == {INTERCEPTORS: 7, RADIOS: 6, TENTS: 0, "P-2/AD-014": 5, "P-2/AD-016": 5}
    assert money(Account.ALLOCATED) == {
        (INTERCEPTORS, "A"): 525_00,
        (INTERCEPTORS, "B"): 175_00,
        (RADIOS, "A"): 480_00,
        ("P-2/AD-014", "A"): 375_00,
        ("P-2/AD-014", "B"): 125_00,
    }
    assert money(Account.AVAILABLE) == {("", "A"): 120_00}
    assert {state().term("package", line) for line in ("P-2/AD-014",)} == {"P-2"}
    assert state().term("reserved_until", "A", "P-2/AD-014") == package("P-2").reserved_until.isoformat()
    assert len(taken.entries) == 4  # a release and a reservation for A, and for B; the tents have no money
    bound = bound_units(live_lines(fund, state()))
    assert bound.of_requirements == {"AD-014": 12, "AD-015": 6, "AD-016": 5}
    came = lineage_of(package("P-2")).came
    assert [(move.origin.package.key, move.origin.line, move.units) for move in came] == [
        ("P-1", INTERCEPTORS, 5),
        ("P-1", TENTS, 5),
    ]
    assert [move.target.package.key for move in lineage_of(package()).went] == ["P-2", "P-2"]
    assert not lineage_of(package()).came


def test_a_cent_that_cannot_be_divided_is_in_one_package_and_in_no_other(fund):
    """A third of 900 and 300 is 300 and 100; of 11 units 1,100 is 825 and 275; nothing is rounded away."""
    for number in range(1, 12):
        into = {"into": f"P-{number + 1}", "lines": [{"line": INTERCEPTORS, "units": 1}]}
        assert isinstance(step("split", details=into), StepTaken)
    reserved = money(Account.ALLOCATED)
    assert sum(reserved.values()) == 1_680_00
    assert sum(minor for (line, key), minor in reserved.items() if key == "B") == 300_00
    on_line = Counter()
    for (line, _key), minor in reserved.items():
        on_line[line] += minor
    assert {minor for line, minor in on_line.items() if line.endswith("AD-014")} == {100_00}


@pytest.mark.parametrize(
    ("details", "path", "code"),
    [
        ({**SPLIT, "into": "P-1"}, ("into",), "steps.taken"),
        ({"into": "P-2", "lines": []}, ("lines",), "noun.nothing-in-it"),
        ({"into": "P-2"}, ("lines",), "noun.missing-field"),
        ({"lines": SPLIT["lines"]}, ("into",), "noun.missing-field"),
        ({"into": "P-2", "lines": [{"line": "P-1/X", "units": 1}]}, ("lines", 0, "line"), "packages.not-free"),
        ({"into": "P-2", "lines": [{"line": RADIOS, "units": 7}]}, ("lines", 0, "units"), "packages.more-than-there"),
        ({"into": "P-2", "lines": [{"line": RADIOS, "units": 0}]}, ("lines", 0, "units"), "noun.not-above-zero"),
        ({"into": "P-2", "lines": [{"line": RADIOS, "units": 1}] * 2}, ("lines",), "noun.twice"),
        ({"into": "P" * 195, "lines": [{"line": RADIOS, "units": 1}]}, ("into",), "packages.long-name"),
        (
            {
                "into": "P-2",
                "lines": [
                    {"line": line, "units": number} for line, number in ((INTERCEPTORS, 12), (RADIOS, 6), (TENTS, 5))
                ],
            },
            ("lines",),
            "packages.nothing-left",
        ),
    ],
)  # fmt: skip
def test_a_split_that_cannot_be_is_refused_at_its_field_and_changes_nothing(fund, details, path, code):
    before = (units(), money(Account.ALLOCATED))
    answer = step("split", details=details)
    assert (answer.place.path, answer.code) == (path, code)
    assert (units(), money(Account.ALLOCATED)) == before
    assert not LineMove.objects.exists()


def test_what_is_ordered_is_not_split_off(fund):
    ordered(fund)
    assert step("split", details=SPLIT).code == "packages.not-free"
    rest = {"into": "P-2", "lines": [{"line": RADIOS, "units": 6}]}
    assert isinstance(step("split", details=rest), StepTaken)


def test_terms_that_a_split_would_break_keep_it_from_being_taken(fund):
    """B pays a quarter of the interceptors; of the whole package that is 300 of 1,680, which is less than a fifth."""
    contributions.write_terms({"key": "B", "largest_share": 20}, programme=fund, person=MACHINE, now=NOW)
    assert step("split", details=SPLIT).code == "packages.terms"
    radios = {"into": "P-2", "lines": [{"line": RADIOS, "units": 1}]}
    assert isinstance(step("split", details=radios), StepTaken)  # 300 of 1,600


# Merge


def test_a_package_that_is_split_and_merged_again_is_what_it_was(fund):
    before = money(Account.ALLOCATED)
    step("split", details=SPLIT)

    taken = step("merge", worker(Role.COORDINATOR), key="P-2", details={"into": "P-1"})

    assert isinstance(taken, StepTaken), taken
    assert money(Account.ALLOCATED) == before
    assert units() == {INTERCEPTORS: 12, RADIOS: 6, TENTS: 5, "P-2/AD-014": 0, "P-2/AD-016": 0}
    assert package("P-2").state == "merged"
    assert bound_units(live_lines(fund, state())).of_requirements == {"AD-014": 12, "AD-015": 6, "AD-016": 5}
    assert progress() == {"P-1": Progress.RESERVED, "P-2": Progress.MERGED}
    taken_in = StepTaken.objects.get(step="take-in")
    assert (taken_in.key, taken_in.reason) == ("P-1", "P-2")


def test_what_is_ordered_is_not_merged_and_takes_no_units_in(fund):
    step("split", details=SPLIT)
    ordered(fund, lines=[{"line": INTERCEPTORS, "units": 7, "unit_price": 100_00}])
    assert step("merge", details={"into": "P-2"}).code == "packages.ordered"
    answer = step("merge", key="P-2", details={"into": "P-1"})
    assert (answer.code, answer.place.path) == ("packages.not-free", ("into",))
    assert step("merge", key="P-2", details={"into": "P-2"}).code == "packages.no-package"
    assert step("merge", key="P-2", details={"into": "P-9"}).code == "packages.no-package"
    assert step("merge", key="P-2").code == "noun.missing-field"


# Cancel and close


def test_a_package_that_is_cancelled_sets_its_money_and_its_units_free(fund):
    taken = step("cancel", worker(Role.COORDINATOR), reason="Not needed.")

    assert len(taken.entries) == 3
    assert money(Account.ALLOCATED) == {}
    assert money(Account.AVAILABLE) == {("", "A"): 1_500_00, ("", "B"): 300_00}
    assert live_lines(fund, state()) == []


def test_a_package_with_orders_is_not_cancelled(fund):
    written(fund, chain.TABLES["order"], ORDER)
    assert step("cancel", reason="Not needed.").code == "packages.ordered"


def settled(fund):
    """Order and receive the interceptors and the tents; 480 for the radios stay reserved."""
    ordered(fund)
    lots = [
        {"line": INTERCEPTORS, "lot": "LOT-1", "units": 12},
        {"line": TENTS, "lot": "LOT-2", "units": 5},
    ]
    dispatched(fund, lots=lots)
    received(fund, lots=[{"lot": "LOT-1", "accepted": 12}, {"lot": "LOT-2", "accepted": 5}])


@pytest.mark.parametrize("is_returned", [False, True])
def test_what_is_left_of_a_package_is_free_again_or_goes_back_to_whose_it_is(fund, is_returned):
    settled(fund)
    details = {"return_money": is_returned}
    shown = chain.foreseen(
        FormedPackage, "P-1", "close", programme=fund, person=MACHINE, now=NOW, details=details
    )
    assert (package().state, money(Account.ALLOCATED)) == ("open", {(RADIOS, "A"): 480_00})

    taken = step("close", worker(Role.FINANCE), details=details)

    kinds = ["release", "return_to_partner"] if is_returned else ["release"]
    assert [entry.kind for entry in shown] == kinds
    assert [entry.position for entry in shown] == taken.entries
    assert money(Account.ALLOCATED) == {}
    assert money(Account.AVAILABLE) == {("", "A"): (120 if is_returned else 600) * 100}
    assert money(Account.RETURNED) == ({("", "A"): 480_00} if is_returned else {})
    bound = bound_units(live_lines(fund, state()))
    assert bound.of_requirements == {
        "AD-014": 12,
        "AD-016": 5,
    }  # what came is not planned again, the radios are
    assert progress() == {"P-1": Progress.CLOSED}


def test_a_package_is_closed_by_somebody_else_than_whoever_formed_it(fund):
    settled(fund)
    both = worker(Role.FINANCE, name="both")
    StepTaken.objects.create(
        programme=fund, noun="package", key="P-1", version=1, step="write", origin="", target="open",
        by_name="both", by_account=str(both.pk), at=NOW, reason="", asked_with="",
    )  # fmt: skip
    assert step("close", both).code == "steps.four-eyes"
    assert isinstance(step("close", worker(Role.FINANCE)), StepTaken)


def test_a_package_is_closed_once_everything_ordered_is_settled(fund):
    row = written(fund, chain.TABLES["order"], ORDER)
    assert step("close").code == "packages.not-over"
    for name in ("request", "offer", "accept"):
        take(row, name, MACHINE)
        by_another()
    answer = step("close")
    assert (answer.code, "17 units" in answer.wrong) == ("packages.outstanding", True)
    take(row, "cancel-rest", MACHINE, reason="Not delivered.")
    assert isinstance(step("close"), StepTaken)
    assert sum(money(Account.AVAILABLE).values()) == 1_800_00


def test_how_far_a_package_is_follows_from_its_units(fund):
    seen = [progress()["P-1"]]
    ordered(fund)
    seen.append(progress()["P-1"])
    dispatched(fund)
    seen.append(progress()["P-1"])
    radios = [{"line": RADIOS, "units": 6, "unit_price": 80_00}]
    ordered(fund, key="ORD-2", supplier="Maker B", lines=radios)
    received(fund, lots=[{"lot": "LOT-1", "accepted": 8}])
    seen.append(progress()["P-1"])
    lots = [
        {"line": INTERCEPTORS, "lot": "LOT-2", "units": 4},
        {"line": TENTS, "lot": "LOT-3", "units": 5},
    ]
    dispatched(fund, key="SH-2", lots=lots)
    received(
        fund,
        key="RC-2",
        shipment="SH-2",
        lots=[{"lot": "LOT-2", "accepted": 4}, {"lot": "LOT-3", "accepted": 5}],
    )
    dispatched(fund, key="SH-3", order="ORD-2", lots=[{"line": RADIOS, "lot": "LOT-4", "units": 6}])
    received(fund, key="RC-3", shipment="SH-3", lots=[{"lot": "LOT-4", "accepted": 6}])
    seen.append(progress()["P-1"])

    assert seen == [
        Progress.RESERVED,
        Progress.PART_ORDERED,
        Progress.IN_DELIVERY,
        Progress.IN_DELIVERY,
        Progress.DELIVERED,
    ]
    (row,) = package_figures(fund, state())
    assert (row.units, row.of_orders) == (23, OrderUnits(ordered=23, accepted=23))
    assert [str(amount) for amount in row.cost] == ["USD 1680.00"] == [str(amount) for amount in row.held]


def test_the_same_form_twice_splits_once(fund):
    first = step("split", details=SPLIT, asked_with="form-1")
    again = step("split", details=SPLIT, asked_with="form-1")
    assert first == again
    assert FormedPackage.objects.count() == 2


def test_a_package_is_written_down_by_nobody(fund):
    said = package().to_value().as_said()
    answer = chain.write(FormedPackage, {**said, "key": "P-7"}, programme=fund, person=MACHINE, now=NOW)
    assert [finding.code for finding in answer] == ["steps.no-right"]
