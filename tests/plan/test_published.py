"""Published problems with known optima, written in our form: the planner finds their values.

`published/mknap1.txt` and `published/cap41.txt` are data of J. E. Beasley's OR-Library; cap41 is written
without its trailing zeros.
"""

from fractions import Fraction
from pathlib import Path

import pytest

from pledgeline.plan import plan
from tests.plan.programmes import best, line, money, offer, problem

PUBLISHED = Path(__file__).with_name("published")


def _numbers(name):
    return iter((PUBLISHED / name).read_text(encoding="utf-8").split())


def _knapsacks():
    """Read mknap1: projects with their worth, what they use of each resource, and how much there is."""
    numbers = _numbers("mknap1.txt")
    for _ in range(int(next(numbers))):
        projects, resources, optimum = int(next(numbers)), int(next(numbers)), Fraction(next(numbers))
        worth = [Fraction(next(numbers)) for _ in range(projects)]
        uses = [[int(next(numbers)) for _ in range(projects)] for _ in range(resources)]
        yield optimum, worth, uses, [int(next(numbers)) for _ in range(resources)]


@pytest.mark.parametrize(("optimum", "worth", "uses", "budgets"), list(_knapsacks()))
def test_petersens_knapsacks_with_projects_as_kits_and_budgets_as_earmarked_money(
    optimum, worth, uses, budgets
):
    resources = [f"R{r}" for r in range(len(uses))]
    of = problem(
        kits={
            f"K{j:02}": {name: row[j] for name, row in zip(resources, uses, strict=True) if row[j]}
            for j in range(len(worth))
        },
        lines=[
            line(f"J{j:02}", f"K{j:02}", weight=[w.numerator, w.denominator]) for j, w in enumerate(worth)
        ],
        offers=[offer(f"O-{name}", name, price=1, available=None) for name in resources],
        contributions=[
            money(f"C-{name}", budget, earmark={"allow": {"item": [name]}})
            for name, budget in zip(resources, budgets, strict=True)
        ],
    )
    made = best(of)

    assert made.score("tier 1").value == optimum
    assert made.score("tier 1").standing == "proven"


LARGE_WORTH = [
    int(worth)
    for worth in """
    825594 1677009 1676628 1523970 943972 97426 69666 1296457 1679693 1902996 1844992 1049289
    1252836 1319836 953277 2067538 675367 853655 1826027 65731 901489 577243 466257 369261
    """.split()
]
LARGE_WEIGHTS = [
    int(weight)
    for weight in """
    382745 799601 909247 729069 467902 44328 34610 698150 823460 903959 853665 551830
    610856 670702 488960 951111 323046 446298 931161 31385 496951 264724 224916 169684
    """.split()
]


@pytest.mark.parametrize(
    ("worth", "weights", "capacity", "optimum"),
    [
        ([55, 10, 47, 5, 4, 50, 8, 61, 85, 87], [95, 4, 60, 32, 23, 72, 80, 62, 65, 46], 269, 295),
        ([9, 11, 13, 15], [6, 5, 9, 7], 20, 35),
        ([6, 10, 12, 13], [2, 4, 6, 7], 11, 23),
        ([442, 525, 511, 593, 546, 564, 617], [41, 50, 49, 59, 55, 57, 60], 170, 1735),
        ([92, 57, 49, 68, 60, 43, 67, 84, 87, 72], [23, 31, 29, 44, 53, 38, 63, 85, 89, 82], 165, 309),
        ([24, 13, 23, 15, 16], [12, 7, 11, 8, 9], 26, 51),
        ([50, 50, 64, 46, 50, 5], [56, 59, 80, 64, 75, 17], 190, 150),
        ([70, 20, 39, 37, 7, 5, 10], [31, 10, 20, 19, 4, 3, 6], 50, 107),
        ([350, 400, 450, 20, 70, 8, 5, 5], [25, 35, 45, 5, 25, 3, 2, 2], 104, 900),
        (
            [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240],
            [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120],
            750,
            1458,
        ),
        (
            LARGE_WORTH,
            LARGE_WEIGHTS,
            6404180,
            13549094,
        ),
    ],
)
def test_small_knapsacks_of_the_textbooks(worth, weights, capacity, optimum):
    of = problem(
        lines=[line(f"L{j}", f"I{j}", weight=w) for j, w in enumerate(worth)],
        offers=[offer(f"O{j}", f"I{j}", price=w) for j, w in enumerate(weights)],
        contributions=[money("C1", capacity)],
    )

    assert best(of).score("tier 1").value == optimum


def test_warehouses_with_a_capacity_and_a_fixed_charge(monkeypatch):
    """cap41: every customer is served, at a cost of 1,040,444.375; amounts are in ten-thousandths.

    Which of many plans of that cost is taken is not asked here: it would be nine tenths of the work.
    """
    monkeypatch.setattr("pledgeline.plan.making.settle_ties", lambda _: None)
    numbers = _numbers("cap41.txt")
    warehouses, customers = int(next(numbers)), int(next(numbers))
    terms = [(int(next(numbers)), int(next(numbers))) for _ in range(warehouses)]
    lines, offers = [], []
    for c in range(customers):
        demand = int(next(numbers))
        lines.append(line(f"L{c:02}", f"I{c:02}", quantity=demand))
        for w in range(warehouses):
            price = Fraction(next(numbers)) * 10_000 / demand
            assert price.denominator == 1
            offers.append(
                offer(f"O{c:02}-{w:02}", f"I{c:02}", price=int(price), available=None, supplier=f"W{w:02}")
            )
    of = problem(
        lines=lines,
        offers=offers,
        suppliers=[
            {"id": f"W{w:02}", "capacity": capacity, "charge_minor": charge * 10_000}
            for w, (capacity, charge) in enumerate(terms)
        ],
        contributions=[money("C1", 2 * 10**10)],
    )
    made = plan(of)

    assert made.score("tier 1").value == customers
    assert made.cost_minor == 10_404_443_750
    assert made.is_provably_best()
