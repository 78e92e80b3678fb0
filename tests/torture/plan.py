"""The planner against judges that try everything, on problems nobody thought of: `plan [PART ...] [CASES]`.

`judges` gives most problems to the plain planner, with amounts of ordinary size, of 10^15, with givers of equal terms
and with suppliers' terms; one in six, of a few cents each, goes to a judge that shares no code with the product.
`wide` has weights that lie far apart, `kits` has kits, `large` many units and sums of up to 10^15, `cents` money
and package values that reach to the cent. `relations` does
to a problem what must not change its best plan: all weights or prices times a number, rows in another order, an
offer or a contribution split in two. In all of them a value that is called proven and is not the best is *false*.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pledgeline.plan import (
    Certainty,
    Plan,
    Problem,
    answer_to_json,
    check,
    plan,
    read_problem,
    refuted,
    try_steps,
)
from pledgeline.plan.plain import TooManyPlans, solve_plainly
from tests.plan.brute import solve
from tests.plan.inventing import (
    WEIGHTS,
    best_of_large,
    invent,
    invent_alike,
    invent_kits,
    invent_large,
    invent_large_to_the_cent,
    invent_tiny,
    invent_to_the_cent,
    invent_wide,
    invent_with_suppliers,
)
from tests.torture.relations import RELATIONS, expected, without_rounding

CASES = 10_000
KINDS = ("ordinary", "ordinary", "alike", "suppliers", "huge", "tiny")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out of one problem: its kind, whether anything is bought and all is proven, what is wrong."""

    kind: str
    buys: bool = False
    is_proven: bool = False
    wrong: str = ""


def judges(seed: int) -> Outcome:
    """Compare every field of the answer with a judge's."""
    kind = KINDS[seed % len(KINDS)]
    data = _invented(kind, seed)
    problem = _read(data)
    made = plan(problem)
    got = answer_to_json(made)
    try:
        wanted = solve(data) if kind == "tiny" else _plainly(problem)
    except TooManyPlans:
        return Outcome(kind="too many")
    return _outcome(kind, problem, made, [key for key in wanted if got[key] != wanted[key]])


def wide(seed: int) -> Outcome:
    """Compare the values of weights far apart with the plain planner's."""
    return _beside_the_plain(f"wide {WEIGHTS[seed % len(WEIGHTS)]}", invent_wide(seed))


def kits(seed: int) -> Outcome:
    return _beside_the_plain("kits", invent_kits(seed))


def large(seed: int) -> Outcome:
    """Compare many units and large sums with all ways to divide them between two offers."""
    return _beside_all_ways("large", invent_large(seed))


def cents(seed: int) -> Outcome:
    """Compare plans whose money or package value reaches to the cent."""
    if seed % 2:
        return _beside_the_plain("a few units", invent_to_the_cent(seed))
    return _beside_all_ways("many units", invent_large_to_the_cent(seed))


def _beside_all_ways(kind: str, data: dict[str, Any]) -> Outcome:
    problem = _read(data)
    units, days, cost = best_of_large(data)
    line = problem.lines[0]
    each = line.weight / line.quantity
    values = {"tier 1": each * units, "share-days": each * days, "cost": Fraction(cost)}
    made = plan(problem)
    return _outcome(kind, problem, made, _false(made, values))


def relations(seed: int) -> Outcome:
    """Compare a plan with that of the same problem in another form, where both are proven."""
    dice = random.Random(seed)
    relation = RELATIONS[seed % len(RELATIONS)]
    problem = without_rounding(_read(invent_wide(seed) if seed % 2 else invent(seed)))
    changed, factors = relation(problem, dice)
    made, other = plan(problem), plan(changed)
    wrong = []
    if made.is_provably_best() and other.is_provably_best():
        values = expected({score.name: score.value for score in made.scores}, factors)
        wrong = _false(other, values)
    return _outcome(relation.__name__, changed, other, wrong)


PARTS: dict[str, Callable[[int], Outcome]] = {
    "judges": judges,
    "wide": wide,
    "kits": kits,
    "large": large,
    "cents": cents,
    "relations": relations,
}


def main(parts: list[str], cases: int = CASES) -> int:
    """Try so many problems of each part; print each difference and give 1 when there is one."""
    wrong = [f"{part} {seed}" for part in parts for seed in _tortured(part, cases)]
    print("no difference" if not wrong else f"different: {', '.join(wrong)}")
    return 1 if wrong else 0


def command(arguments: list[str]) -> int:
    """Read what is asked for: parts by name, and how many cases of each."""
    parts = [argument for argument in arguments if argument in PARTS]
    numbers = [argument for argument in arguments if argument.isdigit()]
    if len(numbers) > 1 or len(parts) + len(numbers) != len(arguments):
        print(f"usage: do.py torture plan [{' | '.join(PARTS)} ...] [CASES]", file=sys.stderr)
        return 2
    return main(parts or list(PARTS), *(int(number) for number in numbers))


def _tortured(part: str, cases: int) -> list[int]:
    began = time.monotonic()
    different, tried, buys, proven = [], Counter[str](), Counter[str](), Counter[str]()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for seed, outcome in enumerate(pool.map(PARTS[part], range(cases), chunksize=20)):
            tried[outcome.kind] += 1
            buys[outcome.kind] += outcome.buys
            proven[outcome.kind] += outcome.is_proven
            if outcome.wrong:
                different.append(seed)
                print(f"{part} {seed} ({outcome.kind}): {outcome.wrong}", flush=True)
            if (seed + 1) % 500 == 0 or seed + 1 == cases:
                seconds = time.monotonic() - began
                print(
                    f"{part}: {seed + 1:6,} of {cases:,}, {len(different)} different, {seconds:.0f} s",
                    flush=True,
                )
    for kind, count in sorted(tried.items()):
        print(
            f"{kind:18} {count:6,} problems, {buys[kind]:6,} buy something, {proven[kind]:6,} provably best"
        )
    if tried["too many"]:
        print("“too many”: there are more plans than can be tried; they are not judged")
    return different


def _beside_the_plain(kind: str, data: dict[str, Any]) -> Outcome:
    problem = _read(data)
    made = plan(problem)
    try:
        answer = solve_plainly(problem, 1_000_000)
    except TooManyPlans:
        return Outcome(kind="too many")
    values = {f"tier {tier}": value for tier, value in answer.tier_scores.items()}
    values |= {"share-days": answer.share_days, "cost": Fraction(answer.cost_minor)}
    return _outcome(kind, problem, made, _false(made, values))


def _false(made: Plan, values: dict[str, Fraction]) -> list[str]:
    """List the values that are called proven and are not the best."""
    return [
        f"{score.name} is {score.value}, called proven; the best is {values[score.name]}"
        for score in made.scores
        if score.standing is Certainty.PROVEN and score.value != values[score.name]
    ]


def _outcome(kind: str, problem: Problem, made: Plan, wrong: list[str]) -> Outcome:
    """Add what `check` says, and the steps that refute a claim."""
    broken = check(problem, made) or refuted(made, try_steps(problem, made))
    return Outcome(
        kind=kind,
        buys=bool(made.purchases),
        is_proven=made.is_provably_best(),
        wrong="; ".join([*wrong, *(str(violation.said) for violation in broken)]),
    )


def _read(data: dict[str, Any]) -> Problem:
    problem, findings = read_problem(data)
    assert not findings
    return problem


def _invented(kind: str, seed: int) -> dict[str, Any]:
    if kind == "tiny":
        return invent_tiny(seed)
    if kind == "alike":
        return invent_alike(seed)
    if kind == "suppliers":
        return invent_with_suppliers(seed)
    return invent(seed, large_amounts=kind == "huge")


def _plainly(problem: Problem) -> dict[str, Any]:
    answer = solve_plainly(problem)
    return {
        "tier_scores": {str(tier): str(score) for tier, score in answer.tier_scores.items()},
        "fulfilled": dict(answer.fulfilled),
        "share_days": str(answer.share_days),
        "cost_minor": answer.cost_minor,
        "purchases": [
            [purchase.line, purchase.offer, purchase.package, purchase.units] for purchase in answer.purchases
        ],
        "paid_minor": dict(answer.paid_minor),
    }
