"""`pledgeline worker`: does what waits in the queue, until it is told to end."""

import os
import sys
from typing import Annotated

import typer

from pledgeline.cli.database import make_ready
from pledgeline.cli.printing import say, stop

app = typer.Typer(add_completion=False, rich_markup_mode=None)

PLACES = max(2, min(4, (os.cpu_count() or 2) - 1))
"""One of them is for another programme than that of all the others."""

NICE = 5
"""By how much a worker beside a site gives way to the pages, also while it starts; its jobs give way further."""


@app.command()
def worker(
    jobs: Annotated[
        int,
        typer.Option(min=1, max=64, help="How many long jobs at once; one quick one is done beside them."),
    ] = PLACES,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only jobs of this kind; may be given several times.")
    ] = None,
    parent: Annotated[int, typer.Option(hidden=True)] = 0,
) -> None:
    """Do what waits in the queue: make plans, read uploads, verify books.

    `pledgeline up` starts one beside the site. A site that is started otherwise needs one beside it, or several, on
    as many machines as you like, on one PostgreSQL; SQLite is written by one at a time, so that a second one brings
    little. At Ctrl-C or SIGTERM it takes nothing new, waits a few seconds for what is nearly done, and hands the rest
    back, to be begun again.

    Exit codes: 0 it was told to end, 2 it cannot be started.
    """
    if parent and hasattr(os, "nice"):
        os.nice(NICE)
    make_ready(begin=False)
    from pledgeline.jobs.kinds import kinds
    from pledgeline.jobs.worker import Worker
    from pledgeline.operation import running

    known = kinds()
    if unknown := sorted(set(kind or ()) - known.keys()):
        stop(f"there is no kind “{unknown[0]}”: choose of {', '.join(known)}")
    chosen = {name: code for name, code in known.items() if not kind or name in kind}
    if not parent:
        say(f"Working on {', '.join(chosen)}: {jobs} at once.  (Ctrl-C ends it)")
        sys.stdout.flush()
    try:
        with running.site_lock():
            Worker(chosen, places=jobs, parent=parent).run()
    except running.InUse as refusal:
        stop(str(refusal))
