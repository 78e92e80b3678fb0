"""The options that several commands of a record share."""

import getpass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.cli.printing import stop
from pledgeline.exchange.record import FILES
from pledgeline.programme.days import read_day

FolderArgument = Annotated[
    Path, typer.Argument(help=f"A folder with {', '.join(FILES)}.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Slug = Annotated[
    str,
    typer.Option(
        "--programme",
        help="The programme: which one of the database, or whose settings a folder without its own takes.",
        show_default=False,
    ),
]


def user_name() -> str:
    """Name who sits at this machine: what they do carries that name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def now() -> datetime:
    """Give the moment: doors have a clock, what lies behind them has none."""
    return datetime.now(UTC)


def today() -> date:
    """Give this machine's day, for what belongs to no programme; a programme's own is `today_of` it."""
    return now().astimezone().date()


def day_of(text: str, *, today: date) -> date:
    """Read a day, or take today where none was given."""
    if not text:
        return today
    try:
        return read_day(text)
    except ValueError:
        stop(f"“{text[:40]}” is no day: write it as 2025-12-31")
