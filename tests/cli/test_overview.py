"""The overview of the commands is there at once: what a command needs is imported when it is asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pledgeline.cli import ROOMS, app

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = ("numpy", "highspy", "openpyxl", "rich", "django")


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_nothing_heavy_is_imported_to_say_what_there_is(asked):
    program = (
        "import sys; from pledgeline.cli import app\n"
        f"app([{asked!r}], standalone_mode=False)\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        text=True,
    )

    assert ("\n", 0) == (done.stderr, done.returncode)


def test_every_command_of_the_overview_is_there_and_no_line_of_it_is_cut():
    said = CliRunner().invoke(app, ["--help"]).stdout

    for name, line in ROOMS.items():
        assert line in said
        assert 0 == CliRunner().invoke(app, [name, "--help"]).exit_code
    group = typer.main.get_command(app)
    assert list(ROOMS) == group.list_commands(typer.Context(group))
