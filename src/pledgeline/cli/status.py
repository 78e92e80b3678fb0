"""`pledgeline status`: how the site stands, for whoever looks after it."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from pledgeline.cli.database import make_ready
from pledgeline.cli.printing import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print it for programs.")] = False,
) -> None:
    """Say how the site stands: whether it takes entries, when it was backed up, what waits in the queue, who works.

    `pledgeline doctor` looks at more, and says what to do.

    Exit codes: 0 all is well, 1 something needs to be looked at.
    """
    make_ready(begin=False)
    from pledgeline.jobs.health import health
    from pledgeline.operation import backups, readiness

    queue, last_backup = health(), backups.noted()
    not_ready = {name: why for name, why in readiness.parts().items() if why}
    troubles = [*(f"Nothing can be entered: {name}: {why}." for name, why in not_ready.items()), *_of_books()]
    if queue.is_waiting_for_a_worker:
        troubles.append("Nobody is at work on the queue: start `pledgeline worker`, or `pledgeline up`.")
    if as_json:
        backup = {"made_at": last_backup[0].isoformat(), "file": last_backup[1]} if last_backup else None
        said = {"ready": not not_ready, "last_backup": backup, "queue": queue.told(), "troubles": troubles}
        typer.echo(json.dumps(said, indent=1))
    else:
        say(f"Takes entries   {'no' if not_ready else 'yes'}")
        say(f"Last backup     {_backup_said(last_backup)}")
        say(f"Workers alive   {queue.workers}")
        say(f"Jobs waiting    {_counted(queue.waiting)}")
        if queue.waiting:
            say(f"  the oldest    for {queue.oldest_waiting_seconds:,.0f} s")
        say(f"Jobs under way  {_counted(queue.running)}")
        for trouble in troubles:
            say(trouble)
    if troubles:
        raise typer.Exit(1)


def _of_books() -> Iterator[str]:
    """Name the books of which the newest verification found something wrong."""
    from pledgeline.accounts.roles import MACHINE
    from pledgeline.actions.verification import newest
    from pledgeline.records.books import listed

    for books in listed(MACHINE):
        last = newest(books.programme)
        if last is not None and last.problems:
            yield (
                f"The books of {books.programme} were not verified on {last.at:%Y-%m-%d}: {last.problems[0]}. See "
                f"`pledgeline ledger verify --programme {books.programme}`."
            )


def _backup_said(last: tuple[datetime, str] | None) -> str:
    return f"{last[0]:%Y-%m-%d %H:%M} UTC, {last[1]}" if last else "none was made from here"


def _counted(by_kind: dict[str, int]) -> str:
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(by_kind.items()))
    return f"{sum(by_kind.values())}" + (f" ({kinds})" if kinds else "")
