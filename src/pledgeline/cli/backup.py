"""`pledgeline backup`: everything that the database holds, in one file, while people work."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgeline.cli.database import database_errors, make_ready
from pledgeline.cli.options import AsJson, now
from pledgeline.cli.outputs import Force, Outputs, output_path
from pledgeline.cli.printing import count, print_json, say, stop
from pledgeline.cli.steps import shown_steps

if TYPE_CHECKING:
    from pledgeline.operation.backups.manifest import Manifest

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="The file to write, such as pledgeline.zip.",
            parser=output_path,
            metavar="FILE",
            show_default=False,
        ),
    ],
    with_keys: Annotated[
        bool,
        typer.Option(
            "--with-keys",
            help="Put the keys of the installation in, too: who has the file can then sign as it does.",
        ),
    ] = False,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """Write a backup: one file with everything that the database holds, of one moment, verified.

    People may go on working. The books are verified first, against all checkpoints that were given; the file is
    read back afterwards.

    Exit codes: 0 written, 1 the books do not verify and nothing was written, 2 it could not be written.
    """
    outputs = Outputs(ctx, file)
    if file.exists() and not file.is_file():
        stop(f"{file} is no file: a backup is read back when it is written")
    make_ready(begin=False)
    from pledgeline.audit import trail
    from pledgeline.audit.acts import AuditAct
    from pledgeline.operation import backups

    made_at = now()
    try:
        with database_errors(), outputs.draft(file, private=True) as draft, shown_steps() as progress:
            manifest = backups.back_up(draft, now=made_at, with_keys=with_keys, progress=progress)
    except backups.DoesNotVerify as wrong:
        trail.refused(AuditAct.BACKUP_MADE, "file", str(file), code="does-not-verify")
        for problem in wrong.problems:
            typer.echo(f"WRONG  {problem}", err=True)
        typer.echo(
            "pledgeline: nothing was written: a backup of these books would be taken for a good one. Restore the last "
            "good one, and keep the database as it is for those who look into it",
            err=True,
        )
        raise typer.Exit(1) from None
    backups.note(file, manifest)
    if as_json:
        print_json({"file": str(file), "manifest": manifest.model_dump(mode="json")})
    else:
        _print_written(file, manifest)


def _print_written(file: Path, manifest: "Manifest") -> None:
    say(f"Wrote {file}: {count(sum(table.rows for table in manifest.tables.values()), 'row')}, read back.")
    for books in manifest.books:
        say(f"Books of {books.programme}: {books.entries:,} entries, verified.")
    for key in manifest.keys:
        say(
            f"The key {key.name} is in it: keep the file as you keep the key."
            if key.inside
            else f"The key {key.name} is not in it: keep a copy of {key.place} elsewhere, or use --with-keys."
        )
