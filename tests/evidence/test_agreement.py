"""Our figure beside a stated total, and what could explain the difference."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pledgeline.evidence import Basis, PossibilityKind, compare
from pledgeline.money import Amount
from pledgeline.programme.packages import ReportedPackage
from pledgeline.programme.record import PublicRecord
from tests.evidence.stories import announced, day, money, rates, said

STORY = """
    A | 2025-08-04 | NLD     | USD 500.00 | - |               | P1 | committed
    B | 2025-08-05 | DNK     | USD 90.00  | - |               | P2 | paid
    C | 2025-08-05 | NOR     | USD 146.00 | - |               | P2 |
    D | 2025-08-06 | NOR     | USD 135.00 | - | conflicts C   |    |
    E | 2025-08-07 | DNK+NOR | USD 250.00 | - | repeats B;C   | P2 |
    F | 2025-08-08 | LVA     | -          | - |               |    |
    G | 2025-09-01 | DNK+SWE | USD 30.00  | - |               |    |
    H | 2025-09-05 | EST     | USD 10.00  | - | unclear A     |    |
"""


def package(id_, on, value, funders):
    return ReportedPackage(
        id=id_,
        number=None,
        announced_on=day(on),
        value=money(value),
        currency="USD",
        funders=tuple(funders.split("+")),
        contents="",
        delivery_reported_on=None,
        sources=("S1",),
        note="",
    )


def beside(*stated, story=STORY, packages=()):
    record = PublicRecord(announcements=announced(story), stated_totals=stated, packages=tuple(packages))
    return compare(record, rates())


def kinds(comparison):
    return {explanation.kind for explanation in comparison.explanations}


@pytest.mark.parametrize(
    ("stated", "basis", "ours"),
    [
        (said("2025-08-04", "total_contributed_usd", "500"), Basis.TOTAL, Amount(500_00, "USD")),
        (said("2025-08-10", "total_contributed_usd", "736"), Basis.TOTAL, Amount(736_00, "USD")),
        (said("2025-08-10", "partner_total_usd:NOR", "146"), Basis.PARTNER, Amount(146_00, "USD")),
        (said("2025-08-05", "partner_total_before_usd:DNK", "0"), Basis.PARTNER_BEFORE, Amount(0, "USD")),
        (said("2025-08-05", "new_contributions_usd", "236"), Basis.ON_THE_DAY, Amount(236_00, "USD")),
        (
            said("2025-09-03", "new_contributions_august_usd", "736"),
            Basis.IN_THE_MONTH,
            Amount(736_00, "USD"),
        ),
        (said("2025-09-03", "new_contributions_2025_usd", "766"), Basis.IN_THE_YEAR, Amount(766_00, "USD")),
        (said("2025-08-10", "number_of_partners", "4", "countries"), Basis.PARTNERS, 4),
        (said("2025-09-01", "number_of_partners", "5", "countries"), Basis.PARTNERS, 5),
        (said("2025-08-10", "number_of_partners_paid", "1", "countries"), Basis.PARTNERS_PAID, 1),
        (said("2026-02-01", "number_of_partners_2026", "0", "countries"), Basis.PARTNERS_IN_THE_YEAR, 0),
    ],
)
def test_each_measure_has_its_own_sum(stated, basis, ours):
    """Sums of the story done by hand; each statement agrees with it, so nothing is left to explain."""
    (one,) = beside(stated)

    assert (basis, ours) == (one.basis, one.ours)
    assert not (one.difference.minor if isinstance(one.difference, Amount) else one.difference)
    assert () == one.explanations


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ("programme_goal_usd", "USD"),
        ("us_markup_ratio", "ratio"),
        ("monthly_requirement_usd", "USD per month"),
        ("share_of_allies", "ratio"),
        ("total_contributed_usd", "ratio"),
        ("total_contributed_usd", "USD per month"),
        ("new_contributions_smarch_usd", "USD"),
        ("number_of_partners_0000", "countries"),
    ],
)
def test_what_no_sum_answers_is_named_as_such(measure, unit):
    (one,) = beside(said("2025-08-10", measure, "1", unit))

    assert (Basis.NONE, None, None) == (one.basis, one.ours, one.difference)


def test_a_higher_statement_points_to_what_would_raise_ours():
    """1,010 stated, 736 ours: Latvia's silence, and 250 told again; Norway's lower figure explains nothing."""
    (one,) = beside(said("2025-08-10", "total_contributed_usd", "1010"))

    assert Amount(274_00, "USD") == one.difference
    assert {PossibilityKind.NO_AMOUNT, PossibilityKind.REPEATED} == kinds(one)
    assert ("F",) == next(e.rows for e in one.explanations if e.kind is PossibilityKind.NO_AMOUNT)


def test_a_lower_statement_points_to_what_would_lower_ours():
    """725 stated, 736 ours: exactly the 11 between Norway's two figures."""
    (one,) = beside(said("2025-08-10", "total_contributed_usd", "725"))
    conflict = next(e for e in one.explanations if e.kind is PossibilityKind.CONFLICT)

    assert (Amount(-11_00, "USD"), ("D",), True) == (conflict.moves, conflict.rows, conflict.fits)
    assert PossibilityKind.REPEATED not in kinds(one)


def test_unclear_rows_and_the_two_weeks_after_may_be_meant():
    """776 stated on 30 August: 736 ours, and 30 more were announced two days later."""
    (one,) = beside(said("2025-08-30", "total_contributed_usd", "766"))
    later = next(e for e in one.explanations if e.kind is PossibilityKind.JUST_AFTER)

    assert (("G",), Amount(30_00, "USD"), True) == (later.rows, later.moves, later.fits)

    (one,) = beside(said("2025-09-05", "total_contributed_usd", "776"))
    unclear = next(e for e in one.explanations if e.kind is PossibilityKind.UNCLEAR)

    assert (("H",), Amount(10_00, "USD"), True) == (unclear.rows, unclear.moves, unclear.fits)


def test_a_round_figure_may_only_be_rounded():
    """740 is stated to the ten: 736 is within 5 of it. 700 is not taken as "about 700", but as 700 to the ten."""
    (one,) = beside(said("2025-08-10", "total_contributed_usd", "740"))

    assert PossibilityKind.ROUNDING is one.explanations[0].kind
    assert one.explanations[0].fits

    for stated in ("700", "742", "736.5"):
        (one,) = beside(said("2025-08-10", "total_contributed_usd", stated))

        assert PossibilityKind.ROUNDING not in kinds(one)


def test_a_package_whose_shares_are_not_all_public_is_named_with_the_gap():
    """P2 is worth 300; Denmark's 90 and Norway's 146 leave 64 that nobody named."""
    packages = [
        package("P1", "2025-08-04", "USD 500.00", "NLD"),
        package("P2", "2025-08-05", "USD 300.00", "DNK+NOR"),
    ]
    (one,) = beside(said("2025-08-10", "total_contributed_usd", "800"), packages=packages)
    gap = next(e for e in one.explanations if e.kind is PossibilityKind.MISSING_SHARES)

    assert ("P2", Amount(64_00, "USD"), True) == (gap.package, gap.moves, gap.fits)


def test_shares_told_through_a_joint_sum_leave_no_gap():
    """E repeats B and C for P2: even if they did not name the package themselves, they fill it."""
    story = STORY.replace("|               | P2 | paid", "|               |    | paid")
    packages = [package("P2", "2025-08-05", "USD 236.00", "DNK+NOR")]
    (one,) = beside(said("2025-08-10", "total_contributed_usd", "800"), story=story, packages=packages)

    assert PossibilityKind.MISSING_SHARES not in kinds(one)


def test_a_joint_sum_may_be_in_a_partners_total():
    (one,) = beside(said("2025-09-02", "partner_total_usd:DNK", "120"))
    joint = next(e for e in one.explanations if e.kind is PossibilityKind.JOINT)

    assert (("G",), Amount(30_00, "USD"), True) == (joint.rows, joint.moves, joint.fits)


def test_packages_are_counted():
    arrived = replace(package("P1", "2025-08-04", "USD 1.00", "NLD"), delivery_reported_on=day("2025-09-17"))
    packages = [arrived, package("P2", "2025-08-05", "USD 1.00", "DNK")]
    funded, received, not_yet = beside(
        said("2025-08-05", "packages_funded", "2", "packages"),
        said("2025-09-17", "packages_received", "3", "packages"),
        said("2025-09-16", "packages_received", "0", "packages"),
        packages=packages,
    )

    assert (2, 1, 0) == (funded.ours, received.ours, not_yet.ours)
    assert Decimal(2) == received.difference
