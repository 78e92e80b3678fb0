"""The workbook of a programme: written, edited elsewhere, and brought back."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgeline.cli.nouns import machine, programme_of
from pledgeline.cli.options import now
from pledgeline.cli.outputs import Force, Outputs, output_path
from pledgeline.cli.printing import say, stop
from pledgeline.exchange.matched_sheets import LEFT_OUT

if TYPE_CHECKING:
    from pledgeline.actions.workbooks import SheetLook, WorkbookReview
    from pledgeline.programme.findings import Finding

app = typer.Typer(
    name="workbook",
    help="Requirements, offers, contributions and packages as one workbook: out, edited, and back.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Programme = Annotated[str, typer.Option("--programme", help="The slug of the programme.", show_default=False)]


@app.command()
def export(
    ctx: typer.Context,
    to: Annotated[
        Path, typer.Argument(help="The workbook that is written (.xlsx).", parser=output_path, metavar="TO")
    ],
    programme: Programme,
    hxl: Annotated[bool, typer.Option("--hxl", help="With a row of HXL tags below the headings.")] = False,
    force: Force = False,
) -> None:
    """Write all requirements, offers, contributions and lines of packages into a workbook.

    Exit codes: 0 it is written, 2 it could not be done.
    """
    outputs = Outputs(ctx, to)
    row = programme_of(programme)
    from pledgeline.exchange.programme_workbook import write_programme_workbook
    from pledgeline.queries.programme_workbook import nouns_seen, rows_of

    sheets = {noun: rows_of(noun, row, machine()) for noun in nouns_seen(row, machine())}
    content = write_programme_workbook(
        sheets, programme=row.slug, written_at=now().isoformat(timespec="seconds"), has_tags=hxl
    )
    outputs.write(to, content)
    say(f"{to}: {', '.join(f'{len(rows)} {noun}' for noun, rows in sheets.items())}.")


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A workbook (.xlsx), or a CSV file in UTF-8 with commas.")],
    programme: Programme,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of it, and write nothing.")
    ] = False,
    mapping: Annotated[
        str, typer.Option(help="The mapping by which the file is read.", show_default=False)
    ] = "",
) -> None:
    """Bring a workbook back: new rows and changed cells are taken, and what others changed meanwhile is a conflict.

    What is as it stands is left alone, and nothing is ever deleted. Sheets and columns with names of their own are
    matched on the page of the workbook, and read here by the mapping that was kept there.

    Exit codes: 0 all rows are good, 1 some are refused or in conflict, 2 the file cannot be read.
    """
    row = programme_of(programme)
    from pledgeline.actions.noun_files import RowResult
    from pledgeline.actions.workbooks import look_over_workbook, take_workbook

    try:
        data = file.read_bytes()
    except OSError as problem:
        stop(f"{file} cannot be read: {problem.strerror}")
    look = look_over_workbook(data, str(file), programme=row, person=machine(), mapping=mapping)
    if look.mapping:
        say(f"Read by the mapping “{look.mapping.name}”, version {look.mapping.version}.")
    _say_findings(look)
    if not look.can_be_taken:
        raise typer.Exit(2)
    for sheet in look.sheets:
        _say_changes(sheet)
    if not dry_run:
        for finding in take_workbook(look, now=now()):
            _object(finding)
            raise typer.Exit(2)
    counts = Counter(outcome.result for outcome in look.outcomes)
    say(f"{', '.join(f'{counts[result]} {result}' for result in RowResult)}.")
    if dry_run:
        say("Nothing was written: this was a dry run.")
    if counts[RowResult.REFUSED] or counts[RowResult.CONFLICT]:
        raise typer.Exit(1)


def _say_findings(look: "WorkbookReview") -> None:
    for finding in look.findings:
        _object(finding)
    for sheet in look.sheets:
        for finding in sheet.file.findings if sheet.file and sheet.is_answered else ():
            _object(finding)
        if not sheet.is_answered:
            open_ = [heading for heading, name in sheet.matched.columns.items() if not name]
            what = f"columns {', '.join(open_)}" if open_ and sheet.matched.noun else "what it holds"
            typer.echo(
                f"sheet “{sheet.matched.sheet}”: {what} is not matched. Match it on the page of the workbook, "
                "keep that under a name, and give the name with --mapping.",
                err=True,
            )
        elif sheet.matched.noun == LEFT_OUT:
            say(f"Sheet “{sheet.matched.sheet}” is left out, as the mapping says.")


def _say_changes(sheet: "SheetLook") -> None:
    from pledgeline.actions.noun_files import RowResult

    for outcome in sheet.outcomes:
        for finding in outcome.findings:
            _object(finding)
        if outcome.result not in (RowResult.CHANGED, RowResult.CONFLICT):
            continue
        for name, values in outcome.changes.items():
            cells = " -> ".join("–" if value is None else str(value) for value in values)
            column = sheet.file.columns.get(name, "") if sheet.file else ""
            cell = f"{sheet.matched.sheet}!{column}{outcome.row.line}"
            say(f"{cell} {outcome.row.key}, {name}: {cells}{' (conflict)' if len(values) > 2 else ''}")


def _object(finding: "Finding") -> None:
    typer.echo(f"{finding.place}: {finding.wrong} {finding.way_out}", err=True)
