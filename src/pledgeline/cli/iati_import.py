"""`pledgeline iati import`: transactions of somebody's file become announcements of a programme."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgeline.accounts.roles import MACHINE
from pledgeline.cli.database import make_ready, slug_of
from pledgeline.cli.options import AsJson, now, user_name
from pledgeline.cli.printing import count, findings_as_json, print_findings, print_json, say, stop, table
from pledgeline.exchange.iati.announced import Taken
from pledgeline.programme.settings import Programme, today_of

if TYPE_CHECKING:
    from pledgeline.actions.records import LoadReport
    from pledgeline.queries.iati_import import Imported


class Take(StrEnum):
    PLEDGES = "pledges"
    COMMITMENTS = "commitments"
    PAYMENTS = "payments"


def bring_in(
    file: Annotated[Path, typer.Argument(help="An IATI file of activities.", show_default=False)],
    address: Annotated[
        str,
        typer.Option(
            "--url", help="Where the file was published: the source of each row.", show_default=False
        ),
    ],
    programme: Annotated[
        str, typer.Option(help="The slug of the programme, where there are several.", show_default=False)
    ] = "",
    take: Annotated[
        Take, typer.Option("--take", help="Which transactions: a file says the same money in each.")
    ] = Take.COMMITMENTS,
    activities: Annotated[
        list[str] | None,
        typer.Option("--activity", help="Only the activity with this identifier.", show_default=False),
    ] = None,
    partners: Annotated[
        list[str] | None,
        typer.Option(
            "--partner",
            help="Whom an identifier or a name means, such as XM-DAC-7=NLD.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take the transactions of an IATI file over as announcements; what is refused is named, the others are taken.

    A file that is brought in again changes the rows that it changed, and no others.

    Exit codes: 0 all were taken, 1 some were refused, 2 the file cannot be read and nothing was changed.
    """
    make_ready()
    from pledgeline.queries.iati_import import read_import
    from pledgeline.records.snapshot import snapshot

    there = snapshot(slug_of(programme), MACHINE)
    taken = Taken(
        what=take.value,
        address=address,
        activities=frozenset(activities or ()),
        partners=dict(map(_meant, partners or ())),
    )
    moment = now()
    try:
        with file.open("rb") as opened:
            found = read_import(
                opened, file.name, programme=there.programme, record=there.record, taken=taken, now=moment
            )
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror or error}")
    report = _load(found, there.programme, moment, dry_run=dry_run) if found.record.announcements else None
    _print(found, report, dry_run=dry_run, as_json=as_json)
    if not found.was_read:
        raise typer.Exit(2)
    raise typer.Exit(1 if any(finding.is_error for finding in found.findings) else 0)


def _load(found: "Imported", programme: Programme, moment: datetime, *, dry_run: bool) -> "LoadReport":
    from pledgeline.actions.records import load_record

    return load_record(
        programme=programme,
        record=found.record,
        prune=False,
        today=today_of(programme, moment),
        by=user_name(),
        dry_run=dry_run,
        only=("sources", "announcements"),
    )


def _meant(text: str) -> tuple[str, str]:
    name, equals, code = text.rpartition("=")
    if not equals or not name.strip() or not code.strip():
        stop(f"“{text[:60]}” does not say whom a name means: write it as XM-DAC-7=NLD")
    return name.strip(), code.strip()


def _print(found: "Imported", report: "LoadReport | None", *, dry_run: bool, as_json: bool) -> None:
    rows = report.kinds["announcements"] if report else None
    counts: dict[str, object] = {
        "new": len(rows.added) if rows else 0,
        "changed": len(rows.changed) if rows else 0,
        "unchanged": len(rows.unchanged) if rows else 0,
        "refused": found.refused,
        "left_out": found.left_out,
    }
    if as_json:
        print_json(
            {
                "dry_run": dry_run,
                "read": found.was_read,
                **counts,
                "findings": findings_as_json(found.findings),
            }
        )
        return
    print_findings(found.findings)
    if not found.was_read:
        say("The file could not be read, and nothing was changed.")
        return
    table(
        "",
        ["announcements", "rows"],
        [[name.replace("_", " "), n] for name, n in counts.items()],
        numbers=[1],
    )
    if found.left_out:
        say(f"{count(found.left_out, 'transaction')} of other types left out: --take says which are taken.")
    if dry_run:
        say("This was a dry run: nothing was changed.")
