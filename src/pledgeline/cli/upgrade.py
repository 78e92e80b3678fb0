"""`pledgeline upgrade`: the tables of a database as a new version needs them."""

from typing import TYPE_CHECKING

import typer

from pledgeline.cli.database import database_errors, set_earlier_aside, set_up
from pledgeline.cli.options import AsJson, now
from pledgeline.cli.printing import count, print_json, say, stop
from pledgeline.cli.steps import shown_steps

if TYPE_CHECKING:
    from pledgeline.operation.upgrade import Upgraded

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def upgrade(as_json: AsJson = False) -> None:
    """Make the tables, or renew them for this version, while nobody else works on the database.

    Before they are renewed a backup is made, which is kept, and they are renewed where nobody sees it, to verify
    the books there. Where that goes wrong, nothing was changed.

    Exit codes: 0 the tables are as this version needs them, 1 the rehearsal failed, 2 it could not be begun.
    """
    set_up()
    from pledgeline.operation import running, upgrade, versions

    try:
        with database_errors(), shown_steps() as progress:
            set_earlier_aside()
            if not as_json and (waiting := versions.tables().waiting):
                say(f"Waiting: {', '.join(waiting)}.")
            done = upgrade.upgrade(now=now(), progress=progress)
    except upgrade.RehearsalFailed as failure:
        typer.echo(f"pledgeline: the rehearsal failed, and nothing was changed: {failure}", err=True)
        raise typer.Exit(1) from None
    except (upgrade.NewerDatabase, running.InUse) as refusal:
        stop(str(refusal))
    except OSError as problem:
        stop(f"nothing was changed: {problem.filename or 'the disk'}: {problem.strerror or problem}")
    if as_json:
        print_json(
            {
                "migrations": list(done.migrations) if done else [],
                "backup": str(done.backup) if done else None,
            }
        )
    elif done:
        print_upgrade(done)
    else:
        say("The tables are as this version needs them: nothing was to be done.")


def print_upgrade(done: "Upgraded") -> None:
    """Say what was done, and where the way back lies."""
    if done.backup is None:
        say("Made the tables.")
        return
    say(f"Renewed the tables: {count(len(done.migrations), 'migration')}, up to {done.migrations[-1]}.")
    say(f"The backup from before lies in {done.backup}.")
