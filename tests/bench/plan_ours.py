"""The planner on one invented programme, in a process of its own: `python -m tests.bench.plan_ours WHAT ...`.

Prints one line of JSON: what each tier got and its bound, seconds, and the peak memory.
"""

import csv
import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

from pledgeline.plan import Package, Policy, Problem, bound, check, explain_all, plan, with_money
from pledgeline.plan.aggregate import aggregate
from pledgeline.plan.canon import canonical
from pledgeline.plan.formulate import formulate
from pledgeline.plan.model import Line
from pledgeline.plan.objectives import tier_score
from pledgeline.plan.sound import fault_of
from pledgeline.plan.waterfall import waterfall
from tests.bench.memory import peak_megabytes
from tests.bench.plan_programmes import invent_programme, invent_sums

TARGET = 50_000_000_000
"""A package of 500 million dollars, in cents."""


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Give the processor's seconds: on a busy machine they are the same. All here use one thread."""
    began = time.process_time()
    result = act()
    return time.process_time() - began, result


def planned(problem: Problem, mode: str) -> dict[str, Any]:
    """Plan, and prove the plan: a broken rule ends the bench."""
    seconds, made = timed(lambda: plan(problem, Policy(mode=mode)))
    broken = check(problem, made)
    if broken:
        sys.exit(f"the plan breaks a rule: {broken[0].said}")
    tiers = [score for score in made.scores if score.name.startswith("tier ")]
    return {
        "seconds": seconds,
        "values": [float(score.value) for score in tiers],
        "bounds": [None if score.bound is None else float(score.bound) for score in tiers],
    }


def four_packages(problem: Problem, mode: str) -> dict[str, Any]:
    """Four packages of $500M, 10 % more or less, two on each of two days."""
    days = {"P1": 0, "P2": 0, "P3": 30, "P4": 30}
    packages = tuple(
        Package(id=name, order_day=day, target_minor=TARGET, tolerance_minor=TARGET // 10)
        for name, day in days.items()
    )
    return planned(replace(problem, packages=packages), mode)


def bounded(problem: Problem, _: str) -> dict[str, Any]:
    """Bound all tiers; beside it the time to read as many rows from a CSV, which nobody can be below."""
    out = io.StringIO()
    rows = csv.writer(out)
    for line in problem.lines:
        rows.writerow([line.id, line.item, line.quantity, line.priority, line.need_by, line.min_useful])
    reading, _rows = timed(lambda: [_read(row) for row in csv.reader(io.StringIO(out.getvalue()))])
    bound(replace(problem, lines=problem.lines[:20]))  # the solver is loaded
    few = len(problem.lines) <= 1_000
    rounds = [timed(lambda: bound(problem)) for _ in range(5 if few else 1)]
    seconds, found = statistics.median(took for took, _ in rounds), rounds[0][1]
    return {"seconds": seconds, "reading": reading, "bounds": [score.bound for score in found]}


def _read(row: list[str]) -> Line:
    return Line(
        id=row[0],
        item=row[1],
        quantity=int(row[2]),
        priority=int(row[3]),
        need_by=int(row[4]),
        min_useful=int(row[5]),
    )


def what_if(problem: Problem, _: str) -> dict[str, Any]:
    """Ask what $50M more would buy: by the bound, and confirmed by a plan."""
    more = with_money(problem, 5_000_000_000)
    bound(problem)
    quick = statistics.median(timed(lambda: bound(more))[0] for _ in range(5))
    return {"seconds": quick, "confirmed": planned(more, "fast")["seconds"]}


def reasons(problem: Problem, mode: str) -> dict[str, Any]:
    """Say of every line that waits why it does."""
    made = plan(problem, Policy(mode=mode))
    seconds, found = timed(lambda: explain_all(problem, made))
    return {"seconds": seconds, "lines": len(found)}


def waterfalls(problem: Problem, _: str) -> dict[str, Any]:
    """Plan from the top down in four orders: as listed, by need, the cheapest line first, the dearest."""
    canon = canonical(problem)
    nodes = aggregate(canon, by_line=True)
    model = formulate(canon, nodes)
    place = {line.id: n for n, line in enumerate(problem.lines)}
    price = {offer.item: offer.unit_price_minor for offer in reversed(problem.offers)}
    orders: dict[str, Callable[[Line], float] | None] = {
        "as listed": lambda line: place[line.id],
        "by need": None,
        "cheapest first": lambda line: price[line.item] * line.quantity,
        "dearest first": lambda line: -price[line.item] * line.quantity,
    }
    found = {}
    for name, order in orders.items():
        choice = waterfall(canon, nodes, order)
        assert fault_of(model, choice) is None
        found[name] = [float(tier_score(model, t).value(choice)) for t in range(len(canon.tiers))]
    return {"values": found}


SUMS = {"10^6": 10**6, "10^9": 10**9, "10^12": 10**12, "10^12 + 1": 10**12 + 1, "10^15": 10**15}


def sums(_: Problem, mode: str) -> dict[str, Any]:
    """Plan one line of many units with sums of several sizes; the quickest of five runs of each."""
    took: dict[str, list[float]] = {}
    proven, widest = True, 0.0
    for units, offers, givers in product(
        (40, 200, 400, 2_000), (1, 2, 3), ("1 giver", "4 givers", "4 with shares")
    ):
        times = []
        for size in SUMS.values():
            problem = invent_sums(size, units, offers, givers)
            rounds = [timed(lambda: plan(problem, Policy(mode=mode))) for _ in range(5)]  # noqa: B023
            proven = proven and rounds[0][1].is_provably_best() and not check(problem, rounds[0][1])
            times.append(1000 * min(seconds for seconds, _ in rounds))
        took[f"{units:,}, {offers}, {givers}"] = times
        widest = max(widest, max(times) / times[0])
    return {"sizes": list(SUMS), "took": took, "widest": widest, "proven": proven}


WHAT = {
    "sums": sums,
    "plan": planned,
    "packages": four_packages,
    "bound": bounded,
    "whatif": what_if,
    "reasons": reasons,
    "waterfalls": waterfalls,
}


def main(what: str, lines: str, contributions: str, seed: str, mode: str) -> None:
    found = WHAT[what](invent_programme(int(lines), int(contributions), int(seed)), mode)
    print(json.dumps(found | {"megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main(*sys.argv[1:6])
