"""What a plan buys is dealt to packages of a size: whole units in the order of the lines, every cent once."""

from collections import Counter
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.plan.model import Payment, Purchase
from pledgeline.plan.sizes import as_funded, of_size
from tests.examples import examples


def problem(prices):
    """Give lines L0, L1, … each with an offer of its own at a price."""
    return SimpleNamespace(
        lines=tuple(SimpleNamespace(id=f"L{number}") for number in range(len(prices))),
        offers=tuple(
            SimpleNamespace(id=f"O{number}", unit_price_minor=price) for number, price in enumerate(prices)
        ),
    )


def plan(units, paid):
    """Buy so many units of each line in the package P; `paid` are (contribution, line, minor)."""
    return SimpleNamespace(
        purchases=tuple(
            Purchase(line=f"L{number}", offer=f"O{number}", package="P", units=unit)
            for number, unit in enumerate(units)
        ),
        payments=tuple(
            Payment(contribution=name, line=f"L{line}", offer=f"O{line}", package="P", minor=minor)
            for name, line, minor in paid
        ),
    )


def test_packages_are_filled_one_after_the_other_and_money_goes_with_the_units():
    """Of a size of 500: 4 units of 120 are 480; the fifth and 3 of 100 are 420; 2 donated ones have room anywhere.

    A pays 400 of the first line and B 200: of the first package's 480 A pays 400 and B 80, of the rest B 120.
    """
    dealt = of_size(
        problem([120, 100, 0]), plan([5, 3, 2], [("A", 0, 400), ("B", 0, 200), ("B", 1, 300)]), 500
    )

    assert [(piece.package, piece.line, piece.units, piece.paid) for piece in dealt] == [
        ("P-1", "L0", 4, (("A", 400), ("B", 80))),
        ("P-2", "L0", 1, (("B", 120),)),
        ("P-2", "L1", 3, (("B", 300),)),
        ("P-2", "L2", 2, ()),
    ]


def test_a_unit_above_the_size_is_a_package_by_itself():
    dealt = of_size(
        problem([100, 900, 100]), plan([1, 2, 1], [("A", 0, 100), ("A", 1, 1800), ("A", 2, 100)]), 500
    )
    assert [(piece.package, piece.line, piece.units) for piece in dealt] == [
        ("P-1", "L0", 1), ("P-2", "L1", 1), ("P-3", "L1", 1), ("P-4", "L2", 1),
    ]  # fmt: skip


LINES = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 40), st.integers(0, 100)), min_size=1, max_size=5
)


@settings(max_examples=examples(15), deadline=None)
@given(lines=LINES, size=st.integers(1, 3_000))
def test_no_unit_and_no_cent_is_lost_and_no_package_is_larger_than_it_may_be(lines, size):
    """B pays a share in per cent of each line, and A the rest."""
    prices, units, paid = [], [], []
    for number, (price, bought, share) in enumerate(lines):
        cost = price * bought
        prices.append(price)
        units.append(bought)
        paid += [("A", number, cost - cost * share // 100), ("B", number, cost * share // 100)]
    given_, made = problem(prices), plan(units, paid)

    dealt, whole = of_size(given_, made, size), as_funded(given_, made)

    assert total(dealt) == total(whole)
    price_of = {f"L{number}": price for number, price in enumerate(prices)}
    assert all(sum(m for _name, m in piece.paid) == piece.units * price_of[piece.line] for piece in dealt)
    costs, in_package = Counter(), Counter()
    for piece in dealt:
        costs[piece.package] += piece.units * price_of[piece.line]
        in_package[piece.package] += piece.units if price_of[piece.line] else 0
    assert all(cost <= size or in_package[key] == 1 for key, cost in costs.items())


def total(pieces):
    """Add up units by line, and money by line and contribution."""
    units, money = Counter(), Counter()
    for piece in pieces:
        units[piece.line] += piece.units
        for name, minor in piece.paid:
            money[piece.line, name] += minor
    return units, money
