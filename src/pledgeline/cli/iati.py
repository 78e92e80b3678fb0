"""`pledgeline iati`: check an IATI file, write those of a programme, bring in those of others."""

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.accounts.roles import MACHINE
from pledgeline.cli import iati_import
from pledgeline.cli.database import make_ready, slug_of
from pledgeline.cli.options import AsJson, now
from pledgeline.cli.outputs import Force, Out, Outputs
from pledgeline.cli.printing import count, findings_as_json, print_findings, print_json, say, stop
from pledgeline.exchange.iati.check import PARTS, IatiCheck, check_iati
from pledgeline.exchange.iati.ruleset import UnknownRule
from pledgeline.exchange.iati.standards import NoIatiStandards, Standards
from pledgeline.exchange.iati.written import OTHER, Reporter, activity_file, organisation_file
from pledgeline.exchange.standards import VARIABLE

app = typer.Typer(
    help="The public exchange of aid data in the words of IATI 2.03.",
    epilog="Exit codes: 0 it went well; 1 there are errors in the data; 2 the command could not be carried out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


app.command("import")(iati_import.bring_in)


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
    except NoIatiStandards as error:
        stop(f"{error} is not there, or cannot be read: {_how_to_set()}")
    except UnknownRule as error:
        stop(f"the ruleset has rules of a kind that is not known here, {error}: take that of version 2.03")
    _print(checked, as_json=as_json)
    raise typer.Exit(0 if not checked.errors else 1 if checked.was_read else 2)


@app.command()
def export(
    ctx: typer.Context,
    programme: Annotated[
        str, typer.Option(help="The slug of the programme, where there are several.", show_default=False)
    ] = "",
    organisation: Annotated[
        bool, typer.Option("--organisation", help="Write the file of the organisation instead.")
    ] = False,
    reporter: Annotated[
        str,
        typer.Option(
            "--reporting-org",
            help="The identifier under which IATI knows whoever publishes, such as XM-DAC-7.",
            show_default=False,
        ),
    ] = "",
    name: Annotated[
        str,
        typer.Option("--reporting-name", help="Its name; usually that of the programme.", show_default=False),
    ] = "",
    kind: Annotated[
        str, typer.Option("--reporting-type", help="Its code of the list OrganisationType.")
    ] = OTHER,
    out: Out = None,
    force: Force = False,
) -> None:
    """Write a programme as IATI 2.03: its activity with every flow of its books and what was delivered.

    Only what the programme shows to everybody is in it; notes and people never are.

    Exit codes: 0 written, 2 there is nothing to write, or it cannot be.
    """
    outputs = Outputs(ctx, out)
    _must_be_fit(reporter, kind)
    make_ready()
    from pledgeline.queries.iati import NothingToPublish, entries_of, published
    from pledgeline.records.books import NoBooks, books_of
    from pledgeline.records.models import ProgrammeRecord

    row = ProgrammeRecord.objects.get(slug=slug_of(programme))
    try:
        books = books_of(row.slug, MACHINE)
    except NoBooks:
        books = None
    who = Reporter(ref=reporter, name=name or row.name, type=kind) if reporter else None
    moment = now()
    try:
        of = published(row, books, now=moment, reporter=who)
    except NothingToPublish:
        stop(f"{row.slug} has nothing to publish yet: no entry of its books, and nothing announced")
    write = organisation_file if organisation else activity_file
    outputs.give(out, write(of, entries_of(books), now=moment))


def _must_be_fit(reporter: str, kind: str) -> None:
    if reporter and (not re.fullmatch(r"[^\s/&|?]{3,100}", reporter) or "-" not in reporter):
        stop(f"“{reporter[:40]}” is no identifier of an organisation: write one such as XM-DAC-7")
    if not re.fullmatch("[0-9]{2}", kind):
        stop(f"“{kind[:40]}” is no type of an organisation: write a code of two digits, such as 10")


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


def _print(checked: IatiCheck, *, as_json: bool) -> None:
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
