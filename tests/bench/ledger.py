"""Measure the books: `do.py bench ledger [--quick]`. Both databases, and the tools of others where they are.

Writing is compared with plain rows of Django's object mapper and with django-ledger, adding up with hledger.
`pip install -r requirements/bench.in` and Debian's package hledger bring them; without one of them the line
says so. `--quick` makes 20,000 postings and not 1,000,000; its figures are no answer to the goals.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.databases import end_postgresql, measured
from tests.postgresql import start_postgresql
from tests.torture.restore import restored

RATIO, SECONDS, MEGABYTES = "ratio", "seconds", "MB"
GOALS: dict[str, tuple[float, str]] = {
    "guarded / plain": (0.6, RATIO),
    "guarded / django-ledger": (5.0, RATIO),
    "verify": (15.0, SECONDS),
    "backed up, restored elsewhere and verified": (180.0, SECONDS),
    "trial balance as of a day": (0.3, SECONDS),
    "as of a day, known on another, with totals": (0.1, SECONDS),
    "slowest page": (2.0, SECONDS),
    "memory, MB": (250, MEGABYTES),
    "balances, times as fast as hledger": (50.0, RATIO),
}
"""What has to be reached: at least so often for a ratio, at most so much for the others."""


def main(arguments: list[str]) -> int:
    quick = "--quick" in arguments
    postings = 20_000 if quick else 1_000_000
    print(
        f"Books of {postings:,} postings; writing: median of 15 rounds, in transactions a second", flush=True
    )
    figures: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="pledgeline-bench-") as name:
        folder = Path(name)
        print(
            f"One durable write of this disk takes {_durable_write(folder) * 1000:.2f} ms. Where that is much more "
            "than 0.2 ms, all writers wait for the disk, and stand closer together than they are."
        )
        server = start_postgresql(folder)
        for vendor in ("SQLite", "PostgreSQL"):
            print(f"{vendor}: writing", flush=True)
            home = folder / vendor
            home.mkdir()
            figures[vendor] = {
                **measured(
                    "ledger_writes", 10 if quick else 100, home=home, address=_address(vendor, server)
                ),
            }
            print(f"{vendor}: making and reading {postings:,} postings, which takes minutes", flush=True)
            home, large = folder / f"{vendor} large", _address(vendor, server)
            home.mkdir()
            sums = measured(
                "ledger_sums", postings, home if vendor == "SQLite" else "", home=home, address=large
            )
            drill = restored(home, home, large, sums.pop("made"))
            if drill["wrong"]:
                sys.exit(f"the restored books are wrong: {drill['wrong'][:3]}")
            sums["backed up, restored elsewhere and verified"] = drill["seconds"]
            if vendor == "SQLite" and (theirs := _hledger(home / "books.journal")):
                sums["hledger balance"] = theirs
                sums["balances, times as fast as hledger"] = theirs / sums["balances now"]
            figures[vendor] |= sums
        missed = _print(figures)
        end_postgresql(folder)
    if "guarded / django-ledger" not in figures["SQLite"]:
        print("django-ledger is not installed and was not compared: pip install -r requirements/bench.in")
    if "hledger balance" not in figures["SQLite"]:
        print("hledger is not installed and was not compared: apt-get install hledger")
    return 1 if missed and not quick else 0


def _address(vendor: str, server: str) -> str:
    """Give the address of a new database on the server, nothing for SQLite."""
    if vendor == "SQLite":
        return ""
    import psycopg

    name = f"bench_{time.time_ns()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def _durable_write(folder: Path) -> float:
    """Give how long a small write takes until it is on the disk. Units: seconds."""
    taken = []
    with open(folder / "written", "wb", buffering=0) as file:
        for _ in range(100):
            file.write(b"x" * 4096)
            began = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _hledger(journal: Path) -> float:
    """Give how long hledger takes for the balances of the same books; 0 where it is not there. Units: seconds."""
    hledger = os.environ.get("PLEDGELINE_HLEDGER") or shutil.which("hledger")
    if not hledger:
        return 0.0
    began = time.perf_counter()
    subprocess.run([hledger, "-f", journal, "balance", "--flat"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _print(figures: dict[str, dict[str, Any]]) -> bool:
    """Print a line for each figure; say whether a goal was missed."""
    missed = False
    print(f"{'':44} {'SQLite':>12} {'PostgreSQL':>12} {'goal':>10}")
    for name in dict.fromkeys(name for value in figures.values() for name in value):
        goal, kind = GOALS.get(name, (None, ""))
        shown = [figures[vendor].get(name) for vendor in ("SQLite", "PostgreSQL")]
        failed = goal is not None and any(
            figure is not None and (figure < goal if kind == RATIO else figure > goal) for figure in shown
        )
        missed = missed or failed
        wanted = "" if goal is None else f"{'>=' if kind == RATIO else '<='} {goal:g}"
        cells = " ".join(f"{_readable(name, figure):>12}" for figure in shown)
        print(f"{name:44} {cells} {wanted:>10}{'  missed' * failed}")
    return missed


def _readable(name: str, figure: float | None) -> str:
    if figure is None:
        return "-"
    if name in ("guarded", "plain", "django-ledger", "entries", "postings", "memory, MB"):
        return f"{figure:,.0f}"
    if "/" in name or "times" in name:
        return f"{figure:.2f}x"
    return f"{figure:.1f} s" if figure >= 1 else f"{figure * 1000:.0f} ms"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
