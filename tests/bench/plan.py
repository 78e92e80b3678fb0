"""Measure the planner beside other solvers: `python -m tests.bench plan [--quick] [--seconds N]`.

All on one machine in one run, one after another, each in a process of its own, on one thread; seconds are
the processor's, so that a busy machine changes little. The other solvers get the
plan as anybody would write it, tier by tier, and so many seconds a tier (30 unless told otherwise).
`--quick` leaves out what takes minutes; its figures are no answer to the goals.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from itertools import takewhile
from math import inf
from pathlib import Path
from typing import Any

from tests.bench.plan_naive import MILLION, naive, write_mps
from tests.bench.plan_oracles import COUNTS_CENTS, ORACLES
from tests.bench.plan_programmes import invent_programme

NEAR = 1e-4


class Goals:
    """Prints each goal with its figure and remembers whether one was missed."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def at_most(self, name: str, figure: float, goal: float, unit: str) -> None:
        self._said(name, f"{figure:.3g} {unit}", f"at most {goal:g} {unit}", figure <= goal)

    def at_least(self, name: str, figure: float, goal: float, unit: str) -> None:
        self._said(name, f"{figure:.3g} {unit}", f"at least {goal:g} {unit}", figure >= goal)

    def holds(self, name: str, holds: bool, said: str) -> None:
        self._said(name, said, "holds", holds)

    def _said(self, name: str, figure: str, goal: str, is_met: bool) -> None:
        if not is_met:
            self.missed.append(name)
        print(f"{name:58} {figure:>14}   {goal:18} {'met' if is_met else 'NOT MET'}", flush=True)


def ours(what: str, lines: int, contributions: int, mode: str = "fast", seed: int = 0) -> dict[str, Any]:
    """Run the planner in a new process."""
    return _run("tests.bench.plan_ours", what, lines, contributions, seed, mode)


def oracle(name: str, lines: int, contributions: int, seconds: float) -> dict[str, Any] | None:
    """Let one solver work through the tiers; None where it is not installed."""
    problem = invent_programme(lines, contributions)
    model = naive(problem, 1 if name in COUNTS_CENTS else MILLION)
    values, bounds, took, megabytes = [], [], 0.0, 0.0
    with tempfile.TemporaryDirectory(prefix="pledgeline-bench-") as folder:
        path = Path(folder) / "plan.mps"
        for tier in sorted(model.worth):
            write_mps(model, tier, path)
            said = _run("tests.bench.plan_oracles", name, path, seconds)
            if "missing" in said:
                return None
            took, megabytes = took + said["seconds"], max(megabytes, said["megabytes"])
            values.append(said["value"])
            bounds.append(said["bound"])
            if said["value"] is None:
                break
            model.hold(tier, said["value"])
    return {
        "seconds": took,
        "megabytes": megabytes,
        "values": values,
        "bounds": bounds,
        "solved": len(values) == len(model.worth) and all(map(_is_near, values, bounds)),
        "flows": model.flows,
    }


def _is_near(value: float | None, best: float | None) -> bool:
    return value is not None and best is not None and abs(best - value) <= NEAR * max(1.0, abs(best))


def _run(module: str, *words: object) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", module, *(str(word) for word in words)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(("src", "."))},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        if module.endswith("oracles"):
            return {"value": None, "bound": None, "seconds": 0.0, "megabytes": 0.0}
        sys.exit(f"the bench stopped at {module} {' '.join(map(str, words))}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def side_by_side(sizes: list[tuple[int, int]], seconds: float) -> dict[tuple[str, int, int], dict[str, Any]]:
    """Print each solver's time, memory and tiers at each size."""
    found: dict[tuple[str, int, int], dict[str, Any]] = {}
    print(
        f"{'lines x contributions':>22} {'solver':>12} {'seconds':>9} {'MB':>7}  tiers (x: not within {NEAR:g})"
    )
    for lines, contributions in sizes:
        for name in [*ORACLES, "ours, fast", "ours, prove"]:
            if name.startswith("ours"):
                result: dict[str, Any] | None = ours("plan", lines, contributions, name.split()[-1])
            else:
                result = oracle(name, lines, contributions, seconds)
            if result is None:
                print(
                    f"{lines:>13,} x {contributions:<6} {name:>12} is not installed: see requirements/bench.in"
                )
                continue
            found[name, lines, contributions] = result
            tiers = ", ".join(
                ("none" if value is None else f"{value:.2f}") + ("" if _is_near(value, best) else " x")
                for value, best in zip(result["values"], result["bounds"], strict=True)
            )
            print(
                f"{lines:>13,} x {contributions:<6} {name:>12} {result['seconds']:9.2f} "
                f"{result['megabytes']:7.0f}  {tiers}",
                flush=True,
            )
    print()
    return found


def _compare(
    goals: Goals, found: dict[tuple[str, int, int], dict[str, Any]], lines: int, givers: int
) -> None:
    """Say how many times faster than the best of the others: those that solved it, else whoever got furthest.

    Furthest is who proved most tiers, one after the other; of equal ones the quickest. What is not proven may be
    false: CBC gives values of models that it did not solve.
    """
    others = {
        name: value for (name, *size), value in found.items() if name in ORACLES and size == [lines, givers]
    }
    if not others:
        print("no other solver is installed: nothing to compare with")
        return
    best = min(others, key=lambda name: (-_proven_tiers(others[name]), others[name]["seconds"]))
    ratio = others[best]["seconds"] / found["ours, fast", lines, givers]["seconds"]
    word = "" if others[best]["solved"] else ", which did not solve it: at least"
    goals.at_least(f"{lines:,} x {givers}: faster than {best}{word}", ratio, 20, "times")


def _proven_tiers(one: dict[str, Any]) -> int:
    """Count the tiers from the first on that a solver settled."""
    near = map(_is_near, one["values"], one["bounds"])
    return sum(1 for _ in takewhile(bool, near))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 do.py bench plan")
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    parser.add_argument("--seconds", type=float, default=30.0, help="for each tier and other solver")
    options = parser.parse_args(arguments)
    sizes = [(100, 10), (100, 50)] if options.quick else [(100, 50), (1_000, 10), (1_000, 50), (1_000, 500)]
    found = side_by_side(sizes, options.seconds)
    goals = Goals()
    if not options.quick:
        _compare(goals, found, 1_000, 50)
        scip = found.get(("SCIP", 1_000, 500))
        if scip:
            ratio = scip["megabytes"] / found["ours, fast", 1_000, 500]["megabytes"]
            goals.at_least("1,000 x 500: memory of SCIP over ours", ratio, 20, "times")
    _waterfalls(goals, seeds=2 if options.quick else 5)
    _large_sums(goals)
    small = ours("bound", 1_000, 50)
    goals.at_most("1,000 x 50: bound", small["seconds"], 0.1, "s")
    asked = ours("whatif", 1_000, 50)
    goals.at_most("1,000 x 50: what-if by the bound", asked["seconds"], 0.1, "s")
    goals.at_most("1,000 x 50: what-if confirmed", asked["confirmed"], 2, "s")
    if not options.quick:
        _large(goals)
    print("all goals are met" if not goals.missed else f"missed: {', '.join(goals.missed)}")
    return 1 if goals.missed and not options.quick else 0


def _large_sums(goals: Goals) -> None:
    """Plan the same question in sums of 10^6 to 10^15: what is counted in more digits takes no longer."""
    found = ours("sums", 0, 0)
    print(f"{'units, offers, givers':>34} " + " ".join(f"{size:>12}" for size in found["sizes"]))
    for asked, milliseconds in found["took"].items():
        print(f"{asked:>34} " + " ".join(f"{millisecond:9.1f} ms" for millisecond in milliseconds))
    goals.at_most("sums of up to 10^15 over sums of 10^6", found["widest"], 2, "times")
    goals.holds("sums of up to 10^15: each value is proven", found["proven"], "proven")


def _large(goals: Goals) -> None:
    goals.at_most("10,000 x 50, fast", ours("plan", 10_000, 50)["seconds"], 10, "s")
    for givers in (50, 500):
        fast = ours("plan", 100_000, givers)
        goals.at_most(f"100,000 x {givers}, fast", fast["seconds"], 45, "s")
        goals.at_most(f"100,000 x {givers}, fast: memory", fast["megabytes"], 300, "MB")
    proven = ours("plan", 100_000, 500, "prove")
    goals.at_most("100,000 x 500, prove", proven["seconds"], 25, "s")
    goals.at_most("100,000 x 500, prove: memory", proven["megabytes"], 300, "MB")
    goals.at_most(
        "100,000 x 500, prove: widest gap of a funded tier",
        max(_gap(proven), _gap(proven, last=True)),
        1e-6,
        "",
    )
    large = ours("bound", 100_000, 500)
    goals.at_most("100,000 x 500: bound over reading a CSV", large["seconds"] / large["reading"], 3, "times")
    four = ours("packages", 1_000, 50)
    goals.at_most("1,000 x 50, four packages on two days", four["seconds"], 15, "s")
    goals.at_most("1,000 x 50, four packages: gap above the last funded tier", _gap(four), NEAR, "")
    print(f"    and in the tier in which the money ends: {_gap(four, last=True):.2g}")
    waiting = ours("reasons", 100_000, 500)
    goals.at_most("100,000 x 500: a reason", 1000 * waiting["seconds"] / waiting["lines"], 1, "ms a line")


def _gap(result: dict[str, Any], *, last: bool = False) -> float:
    """Give the widest gap above the last funded tier, or the gap of that tier.

    The last funded tier is the last that got a hundredth of what all of them got: the money ends in it.
    """
    enough = 0.01 * sum(result["values"])
    end = max(place for place, value in enumerate(result["values"]) if value >= enough)
    gaps = [
        inf if best is None else (best - value) / max(1.0, best)
        for value, best in zip(result["values"], result["bounds"], strict=True)
    ]
    return gaps[end] if last else max(gaps[:end], default=0.0)


def _waterfalls(goals: Goals, seeds: int) -> None:
    """Say what plans from the top down lose, and that none of them is better."""
    never = True
    for seed in range(seeds):
        best = ours("plan", 1_000, 50, "fast", seed)["values"]
        for name, values in ours("waterfalls", 1_000, 50, "fast", seed)["values"].items():
            lost = ", ".join(
                f"{100 * (more - less) / more:.1f} %" if more else "-"
                for more, less in zip(best[:3], values, strict=False)
            )
            print(f"1,000 x 50, seed {seed}: {name:15} loses of tiers 1 to 3: {lost}")
            never = never and [round(seconds, 6) for seconds in best] >= [
                round(number, 6) for number in values
            ]
    goals.holds("1,000 x 50: never below a plan from the top down", never, "never" if never else "below")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
