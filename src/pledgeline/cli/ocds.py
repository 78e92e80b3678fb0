"""`pledgeline ocds`: files of the Open Contracting Data Standard."""

import os
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.cli.options import AsJson
from pledgeline.cli.printing import count, findings_as_json, print_findings, print_json, say, stop
from pledgeline.exchange.standards import VARIABLE, NoStandards

app = typer.Typer(
    help="The Open Contracting Data Standard (OCDS): check files.",
    epilog="Exit codes: 0 it went well; 1 there are errors in the data; 2 the command could not be carried out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback()
def _about() -> None:
    """Let `check` be named, though it is the only command."""


@app.command()
def check(
    file: Annotated[
        Path,
        typer.Argument(
            help="A release package, a record package, a record or a release.", show_default=False
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Print everything that is wrong with a file of OCDS 1.1, each with its line and its JSON pointer.

    It is held against the schema with the extensions that the file names, the codelists, and what else the standard
    asks. Schemas and codelists are read from the folder `ocds` in the one that PLEDGELINE_STANDARDS names.

    Exit codes: 0 no error (warnings are no errors), 1 errors, 2 it cannot be read, or the standard is not there.
    """
    from pledgeline.exchange import ocds

    try:
        standard = ocds.load_standard(os.environ.get(VARIABLE, ""))
        checked = ocds.check(_content(file), str(file), standard)
    except NoStandards as problem:
        stop(str(problem.said))
    if as_json:
        print_json(
            {
                "kind": checked.kind or None,
                "releases": checked.releases,
                "errors": checked.errors,
                "findings": findings_as_json(checked.findings),
            }
        )
    else:
        print_findings(checked.findings)
        if checked.kind:
            say(f"{file} is a {checked.kind.replace('-', ' ')} with {count(checked.releases, 'release')}.")
        if not checked.findings:
            say("Nothing was found wrong.")
    if not checked.kind:
        raise typer.Exit(2)
    raise typer.Exit(1 if checked.errors else 0)


def _content(file: Path) -> bytes:
    """Read a file, and no more of a larger one than shows that it is too large."""
    from pledgeline.exchange.ocds.text import MOST_BYTES

    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as problem:
        stop(f"{file} cannot be read: {problem.strerror or problem}")
