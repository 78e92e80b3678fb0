"""One step more of a line, or one purchase exchanged: what is possible is found, and refutes a false claim."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from pledgeline.cli.plan import app
from pledgeline.plan import (
    Certainty,
    Payment,
    Purchase,
    Score,
    check,
    digest_of,
    plan,
    plan_to_json,
    problem_to_json,
    read_problem,
    refuted,
    try_steps,
)
from pledgeline.plan.measure import measure
from tests.plan.inventing import invent, invent_wide, invent_with_suppliers
from tests.plan.programmes import line, money, offer, problem


def made(of, purchases, payments, standing=Certainty.PROVEN):
    """Give a plan of these purchases, (line, offer, package, units), that calls itself `standing`."""
    bought = tuple(Purchase(line=a, offer=b, package=c, units=d) for a, b, c, d in purchases)
    paid = tuple(Payment(contribution=a, line=b, offer=c, package=d, minor=e) for a, b, c, d, e in payments)
    found = measure(of, bought)
    values = {f"tier {tier}": value for tier, value in found.tier_scores.items()}
    values |= {"share-days": found.share_days, "cost": Fraction(found.cost_minor)}
    totals = {
        contribution.id: sum(p.minor for p in paid if p.contribution == contribution.id)
        for contribution in of.contributions
    }
    claimed = replace(
        plan(of),
        purchases=bought,
        payments=paid,
        scores=tuple(
            Score(name=name, value=value, bound=value, standing=standing) for name, value in values.items()
        ),
        fulfilled=found.fulfilled,
        cost_minor=found.cost_minor,
        paid_minor=totals,
    )
    assert check(of, claimed) == []
    return claimed


SHORT = problem(
    lines=[line("R-1", weight=10**6), line("R-2", "B", quantity=3)],
    offers=[offer("O-1"), offer("O-2", "B")],
    contributions=[money("C-1", 400)],
)
BOUGHT = [("R-1", "O-1", "P1", 1), ("R-2", "O-2", "P1", 2)]
PAID = [("C-1", "R-1", "O-1", "P1", 100), ("C-1", "R-2", "O-2", "P1", 200)]


def test_one_more_that_is_affordable_refutes_the_claim():
    short = made(SHORT, BOUGHT, PAID)
    tried = try_steps(SHORT, short)

    assert [(step.line, step.objective) for step in tried.better] == [("R-2", "tier 1")]
    assert [violation.rule for violation in refuted(short, tried)] == ["not-best"]


def test_a_plan_that_does_not_call_itself_proven_is_told_and_not_blamed():
    short = made(SHORT, BOUGHT, PAID, Certainty.BOUNDED)
    tried = try_steps(SHORT, short)

    assert len(tried.better) == 1
    assert refuted(short, tried) == []


def changed(purchases, payments, **sections):
    of = problem(**sections)
    return [step.objective for step in try_steps(of, made(of, purchases, payments)).better]


def test_money_that_may_not_pay_is_no_step():
    """R-2 waits for money that is kept to A; freed by another giver it is a step again."""
    sections = {
        "lines": [line("R-1"), line("R-2", "B", quantity=2)],
        "offers": [offer("O-1"), offer("O-2", "B")],
    }
    only_a = money("C-1", 300, earmark={"allow": {"item": ["A"]}})
    bought = [("R-1", "O-1", "P1", 1), ("R-2", "O-2", "P1", 1)]

    kept = [("C-1", "R-1", "O-1", "P1", 100), ("C-2", "R-2", "O-2", "P1", 100)]
    assert changed(bought, kept, contributions=[only_a, money("C-2", 199)], **sections) == []

    moved = [("C-2", "R-1", "O-1", "P1", 100), ("C-3", "R-2", "O-2", "P1", 100)]
    free = [only_a, money("C-2", 100), money("C-3", 100)]
    assert changed(bought, moved, contributions=free, **sections) == ["tier 1"]


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ({"multiple": 2}, []),  # two more cost 200, 150 are left
        ({"min_useful": 1}, ["tier 1"]),
    ],
)
def test_a_step_is_the_next_useful_amount(terms, found):
    bought, paid = [("L", "O", "P1", 2)], [("C", "L", "O", "P1", 200)]
    sections = {"lines": [line("L", quantity=4, **terms)], "offers": [offer("O")]}

    assert changed(bought, paid, contributions=[money("C", 350)], **sections) == found


@pytest.mark.parametrize(
    ("offers", "found"),
    [
        ([offer("O1"), offer("O2", price=90)], ["cost"]),
        ([offer("O1"), offer("O2", price=90, lead_days=6)], []),  # cheaper, but a day later
        ([offer("O1"), offer("O2", lead_days=4)], ["share-days"]),
        ([offer("O1"), offer("O2", price=500, lead_days=4)], []),  # earlier, but not paid for
        ([offer("O1"), offer("O2", price=90, available=1)], ["cost"]),
        ([offer("O1"), offer("O2", price=90, available=1, lot=2)], []),
        ([offer("O1"), offer("O2", price=90, min_order=3)], []),
        ([offer("O1"), offer("O2", "B", price=1)], []),
    ],
)
def test_an_earlier_or_cheaper_exchange_is_found_where_it_keeps_the_terms(offers, found):
    bought, paid = [("L", "O1", "P1", 2)], [("C", "L", "O1", "P1", 200)]
    sections = {"lines": [line("L", quantity=2)], "offers": offers}

    assert changed(bought, paid, contributions=[money("C", 300)], **sections) == found


def test_kits_are_stepped_in_all_their_parts():
    bought = [("L", "O1", "P1", 2), ("L", "O2", "P1", 1)]
    paid = [("C", "L", "O1", "P1", 200), ("C", "L", "O2", "P1", 100)]
    sections = {
        "kits": {"K": {"A": 2, "B": 1}},
        "lines": [line("L", "K", quantity=3)],
        "offers": [offer("O1"), offer("O2", "B")],
    }

    assert changed(bought, paid, contributions=[money("C", 600)], **sections) == ["tier 1"]
    assert changed(bought, paid, contributions=[money("C", 599)], **sections) == []


@pytest.mark.parametrize("make", [invent, invent_wide, invent_with_suppliers])
def test_a_proven_plan_has_no_step(make):
    for seed in range(40):
        of, _ = read_problem(make(seed))
        proven = plan(of)
        tried = try_steps(of, proven)

        assert tried.left_out == 0
        assert refuted(proven, tried) == []


def _written(folder, of, claimed):
    (folder / "problem.json").write_text(json.dumps(problem_to_json(of)))
    sealed = replace(claimed, input_digest=digest_of(of))
    (folder / "plan.json").write_text(json.dumps(plan_to_json(sealed)))
    return [str(folder / "problem.json"), str(folder / "plan.json")]


def test_the_command_says_what_it_tried(tmp_path):
    run = CliRunner()
    good = run.invoke(app, ["check", *_written(tmp_path, SHORT, plan(SHORT))])
    assert good.exit_code == 0
    assert "None is possible" in good.output

    files = _written(tmp_path, SHORT, made(SHORT, BOUGHT, PAID))
    false = run.invoke(app, ["check", *files, "--json"])
    assert false.exit_code == 1
    answer = json.loads(false.output)
    assert answer["violations"][0]["rule"] == "not-best"
    assert answer["tried"]["better"][0]["line"] == "R-2"
    assert answer["tried"]["left_out"] == 0


def test_the_command_lists_a_step_that_nobody_denied(tmp_path):
    files = _written(tmp_path, SHORT, made(SHORT, BOUGHT, PAID, Certainty.BOUNDED))
    answer = CliRunner().invoke(app, ["check", *files])

    assert answer.exit_code == 0
    assert "Better by one step" in answer.output
