"""Exact numbers of any size are written and read back, and a plan with such a score is proven from its file."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.plan import check, plan, plan_from_json, plan_to_json
from pledgeline.plan.exact_text import from_text, to_text
from pledgeline.plan.model import Line, Package, PlanContribution, PlanOffer, Problem
from pledgeline.plan.write import NotAPlan

DIGITS = 6_000


@given(st.fractions())
def test_short_numbers_are_written_as_ever(exact):
    assert to_text(exact) == str(exact)
    assert from_text(to_text(exact)) == exact


@given(st.integers(-99, 99), st.integers(0, DIGITS), st.integers(1, 99), st.integers(0, DIGITS))
def test_numbers_of_any_size_come_back_as_they_were(top, zeros, below, more):
    exact = Fraction(top * 10**zeros + 7, below * 10**more + 3)

    assert from_text(to_text(exact)) == exact


@pytest.mark.parametrize(
    "text", ["1e" + "9" * 1_000, "1" * 2_000 + "/x", "1" * 2_000 + "." + "1" * 10, "1_" * 600]
)
def test_what_is_long_and_no_fraction_is_refused(text):
    with pytest.raises(ValueError):
        from_text(text)


def _many_lines(number):
    """Give lines of as many quantities, each a prime and a half of them served: no denominator is shared."""
    quantities = [n for n in range(3, 80_000) if all(n % d for d in range(2, int(n**0.5) + 1))][:number]
    return Problem(
        currency="USD",
        lines=tuple(Line(id=f"L{n:05}", item=str(n), quantity=q) for n, q in enumerate(quantities)),
        offers=tuple(
            PlanOffer(id=f"O{n:05}", item=str(n), unit_price_minor=1, available=q // 2)
            for n, q in enumerate(quantities)
        ),
        contributions=(PlanContribution(id="C", amount_minor=10**9, currency="USD"),),
        packages=(Package(id="P"),),
    )


def test_a_plan_whose_score_has_thousands_of_digits_is_written_read_and_proven():
    of = _many_lines(1_300)
    made = plan(of, solver=None)
    value = made.score("tier 1").value
    assert value.denominator > 10**4_300

    again = plan_from_json(json.loads(json.dumps(plan_to_json(made))))

    assert again == made
    assert check(of, again) == []


def test_a_false_score_of_thousands_of_digits_is_a_sentence():
    of = _many_lines(1_300)
    made = plan(of, solver=None)
    scores = tuple(replace(score, value=score.value + 1) for score in made.scores)
    said = [
        str(violation.said)
        for violation in check(of, replace(made, scores=scores))
        if violation.rule == "score"
    ]

    assert len(said) == 3
    assert all(len(sentence) < 500 for sentence in said)


def test_a_score_that_is_no_number_is_no_plan():
    told = plan_to_json(plan(_many_lines(2)))
    told["scores"][0]["value"] = "1" * 5_000 + "x"
    with pytest.raises(NotAPlan):
        plan_from_json(told)
