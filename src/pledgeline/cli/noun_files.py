"""Bring requirements or offers in from a file, from the command line: what would come of each row, and what did."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pledgeline.accounts.roles import Machine
from pledgeline.cli.options import now
from pledgeline.cli.printing import say, stop

if TYPE_CHECKING:
    from pledgeline.programme.findings import Finding
    from pledgeline.records.models import ChainRow, ProgrammeRecord


def import_file(
    kind: "type[ChainRow]",
    fund: "ProgrammeRecord",
    file: Path,
    chosen: Mapping[str, str],
    person: Machine,
    *,
    dry_run: bool,
) -> bool:
    """Take the good rows of a file, or only say what would come of them; say whether any row is refused."""
    from pledgeline.actions.noun_files import RowResult, look_over, take_rows
    from pledgeline.actions.sheet_rows import sheet_rows
    from pledgeline.exchange.noun_files import read_noun_file

    if unknown := [field for field in chosen if field not in kind.KIND.model_fields]:
        stop(f"“{unknown[0][:60]}” is no field: choose one of {', '.join(kind.KIND.model_fields)}")
    try:
        data = file.read_bytes()
    except OSError as problem:
        stop(f"{file} cannot be read: {problem.strerror}")
    read = read_noun_file(data, str(file), kind.KIND, chosen)
    for finding in read.findings:
        _object(finding)
    if not read.is_readable:
        raise typer.Exit(2)
    rows = sheet_rows(kind.KIND.NAME, fund, person)
    outcomes = look_over(read, rows)
    for outcome in outcomes:
        for finding in outcome.findings:
            _object(finding)
    if not dry_run:
        for finding in take_rows(outcomes, rows, now=now()):
            _object(finding)
            raise typer.Exit(2)
    counts = Counter(outcome.result for outcome in outcomes)
    say(
        f"{', '.join(f'{counts[result]} {result}' for result in RowResult if result is not RowResult.CONFLICT)}."
    )
    if dry_run:
        say("Nothing was written: this was a dry run.")
    return bool(counts[RowResult.REFUSED])


def _object(finding: "Finding") -> None:
    typer.echo(f"{finding.place}: {finding.wrong} {finding.way_out}", err=True)
