"""Measure both databases and print the figures side by side: `python -m tests.bench [ledger] [--quick]`.

With `ledger` the books are measured, without it the pages.

With `chain` the chain is measured at its largest: see `chain.py`. With `evidence` the reader of reports is measured:
see `evidence.py`.

With `plan` the planner is measured beside other solvers instead: see `plan.py`. With `site` a running site is asked
for its pages by many at once: see `site.py`. With `api` a program pages through long lists and writes: see `api.py`.
With `reports` the deciding page of a long report is made: see `reports.py`.

`--quick` invents 10,000 announcements and not 100,000; its figures are no answer to the goals.
"""

import sys
from collections.abc import Callable

from tests.bench import api, chain, evidence, guarantees, ledger, plan, reports, site
from tests.bench.databases import on_both, print_beside

GOALS = {
    "load invented": 60.0,
    "/p/purl/": 0.100,
    "/invented/": 0.300,
}
"""What a figure must stay under. Units: seconds."""


PARTS: dict[str, Callable[[list[str]], int]] = {
    "api": api.main,
    "chain": chain.main,
    "evidence": evidence.main,
    "ledger": ledger.main,
    "plan": plan.main,
    "reports": reports.main,
    "site": site.main,
}
"""What is measured besides the pages."""


def main() -> int:
    part, *more = sys.argv[1:] or [""]
    if part in PARTS:
        return PARTS[part](more)
    announcements = 10_000 if "--quick" in sys.argv[1:] else 100_000
    print(
        f"PURL, and {announcements:,} invented announcements; pages: server time, median of 20, after the first"
    )
    missed = print_beside(*on_both("measures", announcements), GOALS)
    print()
    late = guarantees.main() if announcements == 100_000 else 0
    return 1 if (missed and announcements == 100_000) or late else 0


if __name__ == "__main__":
    sys.exit(main())
