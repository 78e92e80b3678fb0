"""Torture the books and print figures: `do.py torture ledger [--short] [PART ...]`.

Every part works on databases of its own, SQLite and PostgreSQL from the wheel. It ends with 1 where anything
was wrong, or silently other. `--short` does a little of each, as the tests do.
"""

from collections.abc import Callable
from typing import Any

from tests.postgresql import start_postgresql
from tests.torture import stage
from tests.torture.parts import BOTH, POSTGRESQL, SQLITE, Ground, part, run_parts


def _writers(runs: int, writers: int, rounds: int) -> Callable[[Ground, str], Any]:
    """Run the writers again and again, in turn all at one contribution and spread over many."""

    def run(ground: Ground, vendor: str) -> Any:
        answers = [
            part("writers:many_orders", writers, rounds, (1, 32)[number % 2])(ground, vendor)
            for number in range(runs)
        ]
        speeds = sorted(answer["posted_per_second"] for answer in answers)
        return {
            "wrong": [problem for answer in answers for problem in answer["wrong"]],
            "runs": runs,
            "writers": writers,
            "overspent": sum(len(answer["overspent"]) for answer in answers),
            "entered": sum(answer["entered"] for answer in answers),
            "refused": sum(answer["refused"] for answer in answers),
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


def parts(short: bool) -> dict[str, tuple[tuple[str, ...], Callable[[Ground, str], Any]]]:
    """Give every part with the databases it is for. The long sizes are the goals."""

    def size(little: int, whole: int) -> int:
        return little if short else whole

    return {
        "sequences": (BOTH, part("sequences:walk_database", size(2, 1_000), 1)),
        "schema": (SQLITE, _fuzz(size(1_000, 100_000))),
        "bad input": (BOTH, part("sequences:bad_input")),
        "writers": (BOTH, _writers(size(1, 20), size(8, 32), size(5, 40))),
        "two hundred": (BOTH, part("crowd:many_people", size(20, 200), size(3, 15))),
        "verifying": (BOTH, part("writers:verify_while_writing")),
        "same keys": (BOTH, part("writers:same_keys", size(4, 32), size(10, 1_000))),
        "writer kills": (BOTH, part("kills:kill_writers", "FOLDER", size(5, 1_000), 1)),
        "server kills": (POSTGRESQL, _servers(size(1, 200))),
        "damaged files": (
            SQLITE,
            part("damage:files", "FOLDER", size(20, 1_000), size(20, 1_000), size(40, 20_000), 1),
        ),
        "tampering": (BOTH, part("tamper:bits", size(150, 0), 1)),
        "as of": (BOTH, part("sums:as_of", size(60, 10_000), size(200, 1_000))),
        "traces": (BOTH, part("sums:traces", size(500, 100_000))),
        "restore": (BOTH, _drill(size(40, 20_000))),
        "backup while writing": (BOTH, part("restore:under_writers", "FOLDER", 8, size(1, 10))),
        "exports": (SQLITE, _exports(size(2, 1_000))),
    }


def main(arguments: list[str]) -> int:
    return run_parts("ledger", parts("--short" in arguments), arguments)
