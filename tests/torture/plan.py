"""The planner against two judges that try everything, on ten thousand problems nobody thought of.

Most problems go to the plain planner, with amounts of ordinary size, of 10^15, with givers of equal terms and with
suppliers' terms;
one in six, of a few cents each, goes to a judge that shares no code with the product.
"""

import os
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from pledgeline.plan import answer_to_json, check, plan, read_problem
from pledgeline.plan.plain import TooManyPlans, solve_plainly
from tests.plan.brute import solve
from tests.plan.inventing import invent, invent_alike, invent_tiny, invent_with_suppliers

CASES = 10_000
KINDS = ("ordinary", "ordinary", "alike", "suppliers", "huge", "tiny")


def main(cases: int = CASES) -> int:
    """Try so many problems; print each difference and give 1 when there is one."""
    began = time.monotonic()
    different, bought, judged = [], Counter[str](), Counter[str]()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done, (seed, kind, units, said) in enumerate(pool.map(tried, range(cases), chunksize=20), 1):
            judged[kind] += 1
            bought[kind] += units > 0
            if said:
                different.append(seed)
                print(f"seed {seed} ({kind}): {said}", flush=True)
            if done % 500 == 0 or done == cases:
                seconds = time.monotonic() - began
                print(f"{done:6,} of {cases:,}, {len(different)} different, {seconds:.0f} s", flush=True)
    for kind, count in sorted(judged.items()):
        print(f"{kind:10} {count:6,} problems, {bought[kind]:,} in which something can be bought")
    if judged["too many"]:
        print("“too many”: there are more plans than can be tried; they are not judged")
    print("no difference" if not different else f"different: {different}")
    return 1 if different else 0


def tried(seed: int) -> tuple[int, str, int, str]:
    """Plan one problem and judge it; give what differs, in words, or nothing."""
    kind = KINDS[seed % len(KINDS)]
    data = _invented(kind, seed)
    problem, findings = read_problem(data)
    assert not findings
    made = plan(problem)
    got = answer_to_json(made)
    try:
        wanted = solve(data) if kind == "tiny" else _plainly(problem)
    except TooManyPlans:
        return seed, "too many", 0, ""
    wrong = [key for key in wanted if got[key] != wanted[key]]
    broken = [violation.said for violation in check(problem, made)]
    return seed, kind, len(made.purchases), "; ".join([*wrong, *broken])


def _invented(kind: str, seed: int) -> dict[str, Any]:
    if kind == "tiny":
        return invent_tiny(seed)
    if kind == "alike":
        return invent_alike(seed)
    if kind == "suppliers":
        return invent_with_suppliers(seed)
    return invent(seed, large_amounts=kind == "huge")


def _plainly(problem: Any) -> dict[str, Any]:
    answer = solve_plainly(problem)
    return {
        "tier_scores": {str(tier): str(score) for tier, score in answer.tier_scores.items()},
        "fulfilled": dict(answer.fulfilled),
        "share_days": str(answer.share_days),
        "cost_minor": answer.cost_minor,
        "purchases": [[one.line, one.offer, one.package, one.units] for one in answer.purchases],
        "paid_minor": dict(answer.paid_minor),
    }
