"""The fast planner and the one that tries everything agree on problems that nobody thought of.

`PLEDGELINE_PLAN_SEEDS` sets how many are tried; a long run takes 10,000.
"""

import os
import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.plan import Plan, Problem, binding, check, explain_all, plan, read_problem
from pledgeline.plan.plain import PlainPlan, solve_plainly
from tests.examples import examples
from tests.plan.brute import solve
from tests.plan.inventing import invent, invent_alike

SEEDS = int(os.environ.get("PLEDGELINE_PLAN_SEEDS", "150"))


def _decided(answer: PlainPlan | Plan) -> dict[str, Any]:
    """Write a plan or an answer in the same words."""
    if isinstance(answer, Plan):
        scores = {score.name: score.value for score in answer.scores}
        tiers = {name: value for name, value in scores.items() if name.startswith("tier ")}
        days = scores["share-days"]
    else:
        tiers = {f"tier {tier}": value for tier, value in answer.tier_scores.items()}
        days = answer.share_days
    return {
        "tiers": tiers,
        "share_days": days,
        "cost": answer.cost_minor,
        "fulfilled": dict(answer.fulfilled),
        "purchases": answer.purchases,
        "paid": dict(answer.paid_minor),
    }


def _agrees(problem: Problem) -> None:
    made = plan(problem)
    assert check(problem, made) == []
    assert _decided(solve_plainly(problem)) == _decided(made)


def test_invented_problems_have_one_answer():
    for seed in range(SEEDS):
        problem, findings = read_problem(invent(seed))
        assert findings == []
        _agrees(problem)


def test_invented_problems_with_amounts_up_to_ten_to_the_fifteen_have_one_answer():
    for seed in range(100_000, 100_000 + SEEDS // 3):
        _agrees(read_problem(invent(seed, large_amounts=True))[0])


def test_givers_of_equal_and_nearly_equal_terms_have_one_answer():
    for seed in range(SEEDS):
        _agrees(read_problem(invent_alike(seed))[0])


def test_the_judge_that_tries_every_cent_divides_as_they_do():
    for seed in range(0, SEEDS, 3):
        data = invent_alike(seed, tiny=True)
        made = plan(read_problem(data)[0])
        assert solve(data)["paid_minor"] == made.paid_minor


@given(st.integers(min_value=10**6, max_value=10**9))
@settings(max_examples=examples(10), deadline=None)
def test_any_seed_has_one_answer(seed):
    _agrees(read_problem(invent(seed))[0])


@given(st.integers(min_value=10**6, max_value=10**9), st.randoms(use_true_random=False))
@settings(max_examples=examples(10), deadline=None)
def test_input_order_never_matters(seed, dice):
    """The same rows in another order: the same plan, digest and all."""
    problem, _ = read_problem(invent(seed))

    assert plan(problem) == plan(_shuffled(problem, dice))


def test_deep_reasons_are_those_of_the_plain_planner():
    for seed in range(0, SEEDS, 15):
        problem, _ = read_problem(invent(seed))
        made = plan(problem)
        for reason in explain_all(problem, made):
            assert binding(problem, made, reason.line) == binding(
                problem, made, reason.line, replan=solve_plainly
            )


def _shuffled(problem: Problem, dice: random.Random) -> Problem:
    def mixed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(dice.sample(rows, len(rows)))

    return replace(
        problem,
        lines=mixed(problem.lines),
        offers=mixed(problem.offers),
        contributions=mixed(problem.contributions),
        packages=mixed(problem.packages),
        substitutes=mixed(problem.substitutes),
    )
