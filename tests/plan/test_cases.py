"""The forty shared cases, each solved by trying everything, are met in every field."""

import json
from pathlib import Path

import pytest

from pledgeline.plan import answer_to_json, check, plan, plan_from_json, plan_to_json, read_problem, validate
from pledgeline.plan.plain import solve_plainly

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("cases.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_planner_meets_every_field_of_the_answer(case):
    problem, findings = read_problem(case)
    made = plan(problem)

    assert findings == []
    assert not any(finding.is_error for finding in validate(problem))
    assert answer_to_json(made) == case["expected"]
    assert made.is_provably_best()
    assert check(problem, made) == []


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_plain_planner_meets_it_too(case):
    """The judge is judged: its answers are those of somebody who tried everything before us."""
    problem, _ = read_problem(case)
    answer = solve_plainly(problem)

    assert {str(tier): str(score) for tier, score in answer.tier_scores.items()} == case["expected"][
        "tier_scores"
    ]
    assert [[p.line, p.offer, p.package, p.units] for p in answer.purchases] == case["expected"]["purchases"]
    assert answer.paid_minor == case["expected"]["paid_minor"]


def test_a_plan_survives_its_json():
    problem, _ = read_problem(CASES[0])
    made = plan(problem)

    assert made == plan_from_json(json.loads(json.dumps(plan_to_json(made))))
