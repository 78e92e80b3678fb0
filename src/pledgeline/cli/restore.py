"""`pledgeline restore`: an installation as it was when a backup was made."""

from pathlib import Path
from typing import Annotated

import typer

from pledgeline.cli.database import database_errors, set_up
from pledgeline.cli.options import AsJson, now
from pledgeline.cli.printing import count, print_json, say, stop
from pledgeline.cli.steps import shown_steps

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def restore(
    file: Annotated[
        Path, typer.Argument(help="A backup, as `pledgeline backup` wrote it.", show_default=False)
    ],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Set aside what is there, where it stays until you delete it, and restore in its place.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Restore a backup into an empty home or database, while nobody else works on it.

    Everything is held against the backup before it takes the place of anything: digests, rows, and the books
    against their checkpoints. Everybody has to sign in again.

    Exit codes: 0 restored, 2 not, and nothing was changed.
    """
    set_up()
    from pledgeline.operation import backups, running

    try:
        with database_errors(), shown_steps() as progress:
            restored = backups.restore(file, now=now(), replace=replace, progress=progress)
    except (backups.NoBackup, backups.CannotRestore, running.InUse) as refusal:
        stop(str(refusal))
    except OSError as problem:
        stop(f"nothing was changed: {problem.filename or 'the disk'}: {problem.strerror or problem}")
    manifest = restored.manifest
    if as_json:
        print_json(
            {
                "made_at": manifest.made_at.isoformat(),
                "program": manifest.program,
                "books": [books.model_dump(mode="json") for books in manifest.books],
                "aside": restored.aside or None,
                "keys_put": list(restored.keys_put),
                "keys_missing": list(restored.keys_missing),
                "roles_missing": list(restored.roles_missing),
            }
        )
        return
    rows = sum(table.rows for table in manifest.tables.values())
    say(f"Restored the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC: {count(rows, 'row')}, verified.")
    for books in manifest.books:
        say(f"Books of {books.programme}: {books.entries:,} entries, as the checkpoint of the backup says.")
    if restored.aside:
        say(f"What was there before lies in {restored.aside}, until you delete it.")
    for name in restored.keys_put:
        say(f"Put the key {name} into the home folder.")
    for name in restored.keys_missing:
        say(f"The key {name} is not the one of that installation: put a copy of it into the home folder.")
    for role in restored.roles_missing:
        say(
            f"There is no role {role} here, under which the site worked: make it, then run `pledgeline rights {role}`."
        )
