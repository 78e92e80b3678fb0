"""What is shown of a plan, worked out by hand for the small programme of `tests.planning`."""

from fractions import Fraction

from pledgeline.plan import PlanFigures, plan, read_problem
from pledgeline.plan.figures import MET, PARTLY, WAITS
from tests.planning import PROBLEM


def figures_of(problem=PROBLEM, **more) -> PlanFigures:
    read, findings = read_problem(problem)
    assert not findings
    return PlanFigures(problem=read, plan=plan(read), **more)


def test_lines_are_met_in_part_or_wait():
    """10 drones of 10, no radios, 20 stretchers of 20, 5 generators of 10."""
    figures = figures_of()

    assert {
        "R-1": (10, MET, 500_00, 10, 1000),
        "R-2": (0, WAITS, 0, None, 0),
        "R-3": (20, MET, 400_00, 5, 1000),
        "R-4": (5, PARTLY, 450_00, 60, 500),
    } == {
        name: (row.got, row.state, row.cost_minor, row.arrives, row.got_tenths)
        for name, row in figures.served.items()
    }
    assert ["R-2", "R-4"] == [line.id for line in figures.waiting]
    assert 60 == figures.last_arrival


def test_a_priority_gets_the_shares_of_its_lines():
    """One of two lines is met; one is met and half of another."""
    first, second = figures_of().tiers

    assert ("1", Fraction(1), Fraction(2), 500) == (first.name, first.got, first.wanted, first.got_tenths)
    assert ("2", Fraction(3, 2), 750) == (second.name, second.got, second.got_tenths)
    assert (2, 1, 1, 0) == (second.lines, second.met, second.partly, second.waiting)
    assert (500_00, 850_00) == (first.cost_minor, second.cost_minor)


def test_what_weighs_more_counts_more_in_a_category_too():
    """All the money buys the drones, which weigh 3 of 4; by the number of lines it would be half."""
    weighed = {
        **PROBLEM,
        "lines": [
            {"id": "R-1", "item": "drone", "quantity": 10, "weight": 3},
            {"id": "R-2", "item": "kite", "quantity": 10},
        ],
        "categories": {"drone": "air", "kite": "air"},
        "offers": [
            {"id": "O-1", "item": "drone", "unit_price_minor": 10_00},
            {"id": "O-2", "item": "kite", "unit_price_minor": 10_00},
        ],
        "contributions": [{"id": "C-1", "amount_minor": 100_00, "currency": "USD"}],
    }
    figures = figures_of(weighed)

    assert [("air", 750)] == [(row.name, row.got_tenths) for row in figures.categories]
    assert [("1", 750)] == [(row.name, row.got_tenths) for row in figures.tiers]


def test_a_bound_is_never_less_than_what_is_there_nor_more_than_all():
    figures = figures_of(category_bounds={"air": 0.5, "medical": 7.0})
    by_name = {row.name: row for row in figures.categories}

    assert (Fraction(1), 1000) == (by_name["air"].most, by_name["air"].most_tenths)
    assert (Fraction(1), 1000) == (by_name["medical"].most, by_name["medical"].most_tenths)
    assert (None, None) == (by_name["energy"].most, by_name["energy"].most_tenths)


def test_a_package_says_who_pays_for_it_and_money_what_is_left():
    """C-any pays 950 of 1,000 and C-med 400 of 500: of 1,350 these are 70.4 % and 29.6 %."""
    figures = figures_of()
    (package,) = figures.filled

    assert (1_350_00, 3, 35, 60) == (
        package.cost_minor,
        package.lines,
        package.units,
        package.last_arrival,
    )
    assert [("C-any", 950_00), ("C-med", 400_00)] == list(package.paid_minor.items())
    assert {"Ruritania": 704, "Graustark": 296} == figures.shares_by_partner(package)
    assert {"C-any": 50_00, "C-med": 100_00} == {name: row.left_minor for name, row in figures.used.items()}
    assert (1_500_00, 1_350_00, 150_00) == (
        figures.offered_minor,
        figures.used_minor,
        figures.left_minor,
    )


def test_two_contributions_of_a_partner_are_one_payer():
    """Three thirds of one package, two of them one partner's: 66.7 and 33.3."""
    thirds = {
        "currency": "USD",
        "packages": [{"id": "P-1", "order_day": 0}],
        "lines": [{"id": "R-1", "item": "drone", "quantity": 7}],
        "offers": [{"id": "O-1", "item": "drone", "unit_price_minor": 90_00}],
        "contributions": [
            {"id": f"C-{n}", "partner": partner, "amount_minor": 210_00, "currency": "USD"}
            for n, partner in enumerate(("Ruritania", "Ruritania", "Graustark"), start=1)
        ],
    }
    figures = figures_of(thirds)

    assert {"Ruritania": 420_00, "Graustark": 210_00} == figures.paid_by_partner(figures.filled[0])
    assert {"Ruritania": 667, "Graustark": 333} == figures.shares_by_partner(figures.filled[0])
