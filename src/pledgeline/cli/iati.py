"""`pledgeline iati`: check an IATI file."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.cli.options import AsJson, now
from pledgeline.cli.printing import count, findings_as_json, print_findings, print_json, say, stop
from pledgeline.exchange.iati.check import PARTS, Checked, check_iati
from pledgeline.exchange.iati.ruleset import UnknownRule
from pledgeline.exchange.iati.standards import NoStandards, Standards

VARIABLE = "PLEDGELINE_STANDARDS"

app = typer.Typer(
    help="The public exchange of aid data in the words of IATI 2.03.",
    epilog="Exit codes: 0 it went well; 1 there are errors in the data; 2 the command could not be carried out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


class CheckedBy(StrEnum):
    SCHEMA = "schema"
    CODELISTS = "codelists"
    RULESET = "ruleset"


@app.callback()
def _group() -> None:
    """The public exchange of aid data in the words of IATI 2.03."""


@app.command()
def check(
    file: Annotated[
        Path, typer.Argument(help="An IATI file of activities or organisations.", show_default=False)
    ],
    only: Annotated[
        CheckedBy | None, typer.Option("--only", help="Look at one of the three alone.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print everything that schema, codelists and ruleset of IATI object to in a file, and touch nothing.

    The standard is read from the folder that PLEDGELINE_STANDARDS names; nothing is fetched from anywhere.

    Exit codes: 0 no error (warnings are no errors), 1 errors, 2 the file or the standard cannot be read.
    """
    standards = Standards(standards_folder())
    try:
        with file.open("rb") as opened:
            parts = PARTS if only is None else (only.value,)
            checked = check_iati(opened, file.name, standards, now=now(), only=parts)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror or error}")
    except NoStandards as error:
        stop(f"{error} is not there, or cannot be read: {_how_to_set()}")
    except UnknownRule as error:
        stop(f"the ruleset has rules of a kind that is not known here, {error}: take that of version 2.03")
    _print(checked, as_json=as_json)
    raise typer.Exit(0 if not checked.errors else 1 if checked.was_read else 2)


def standards_folder() -> Path:
    """Find the folder of IATI's files: what the variable names, or iati in it."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        stop(f"the standard is not there: {_how_to_set()}")
    folder = Path(named)
    return folder / "iati" if (folder / "iati").is_dir() else folder


def _how_to_set() -> str:
    return (
        f"set {VARIABLE} to a folder with schema-2.03/, codelists/ and rulesets/ as IATI publishes them "
        "(the handbook's page on IATI says from where)"
    )


def _print(checked: Checked, *, as_json: bool) -> None:
    not_checked = sorted(checked.not_checked)
    if as_json:
        print_json(
            {
                "kind": checked.kind or None,
                "version": checked.version or None,
                "number": checked.number,
                "read": checked.was_read,
                "errors": len(checked.errors),
                "not_checked": not_checked,
                "findings": findings_as_json(checked.findings),
            }
        )
        return
    print_findings(checked.findings)
    if not_checked:
        say(f"Codes of these lists were not looked up, as the folder lacks them: {', '.join(not_checked)}.")
    if not checked.was_read:
        say("The file could not be read to its end.")
        return
    noun = "organisation" if checked.kind == "iati-organisations" else "activity"
    plural = f"{checked.number:,} activities" if noun == "activity" and checked.number != 1 else ""
    say(f"{plural or count(checked.number, noun)} of version {checked.version or 'unknown'} read.")
    if not checked.findings:
        say("Nothing was found wrong.")
