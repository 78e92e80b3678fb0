"""Measure how long many obligations and events take: `python -m tests.bench.guarantees`.

The shipped register is repeated, each time with other actors, and events happen all over it. The goal is
two seconds of one core for ten thousand obligations and a thousand events, and no worse growth than n log n.
"""

import math
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from pledgeline.guarantees import evaluate_fast, read_folder
from tests.guarantees.invented import KINDS, many_events, many_times

GOAL = 2.0
"""Units: seconds of one core, for 10,000 obligations and 1,000 events."""

SHIPPED = Path(__file__).parents[2] / "src" / "pledgeline" / "data" / "guarantees"
AS_OF = datetime(2027, 3, 1, tzinfo=UTC)


def measured(obligations: int, events: int) -> tuple[float, int]:
    """Give the seconds of one core and the number of instances; the best of three."""
    shipped = read_folder(SHIPPED).register
    assert shipped is not None
    register = many_times(shipped, obligations)
    # A ceasefire without a place would concern every copy of the world at once.
    kinds = tuple(kind for kind in KINDS if kind != ("ceasefire_in_force",))
    scenario = many_events(register, events, seed=1, unknown=0.0, kinds=kinds)
    best, count = math.inf, 0
    for _ in range(3):
        began = time.process_time()
        count = len(evaluate_fast(register, scenario, AS_OF))
        best = min(best, time.process_time() - began)
    return best, count


def main() -> int:
    figures = {}
    for obligations in (2_500, 5_000, 10_000, 20_000):
        seconds, count = measured(obligations, obligations // 10)
        figures[obligations] = seconds
        print(
            f"{obligations:>7,} obligations, {obligations // 10:>5,} events: {count:>7,} instances, {seconds:.2f} s"
        )
    growth = figures[20_000] / figures[5_000]
    allowed = 4 * math.log(20_000) / math.log(5_000)
    print(f"four times as much took {growth:.1f} times as long; n log n would be {allowed:.1f}")
    missed = figures[10_000] > GOAL
    print(f"goal for 10,000 and 1,000: {GOAL:.0f} s of one core{', missed' if missed else ''}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
