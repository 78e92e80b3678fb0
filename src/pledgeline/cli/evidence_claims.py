"""`pledgeline evidence read-in` and `evidence claims`: read a report in, and take decided claims along as a file."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pledgeline.cli.nouns import Programme, machine, programme_of
from pledgeline.cli.options import now
from pledgeline.cli.outputs import Force, Outputs, output_path
from pledgeline.cli.printing import count, say, stop

if TYPE_CHECKING:
    from pledgeline.programme.findings import Finding


class ClaimFileForm(StrEnum):
    """How claims are written."""

    CSV = "csv"
    JSONLD = "jsonld"


def read(
    file: Annotated[
        Path, typer.Argument(help="A text file in UTF-8, HTML, PDF or web archive (WARC): one report.")
    ],
    programme: Programme,
    outlet: Annotated[
        str, typer.Option("--outlet", help="Who published it.", show_default="not stated")
    ] = "",
    address: Annotated[
        str, typer.Option("--address", help="Where it was published.", show_default=False)
    ] = "",
    may_show: Annotated[
        bool, typer.Option("--may-show", help="Its licence lets everybody see the text.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what is found, and keep nothing.")] = False,
) -> None:
    """Read a report in: its text, once and for ever, and what rules propose of it. A person decides on the pages.

    Exit codes: 0 it was read in, or looked over; 1 it was refused; 2 it could not be done.
    """
    fund = programme_of(programme)
    from pledgeline.actions import reports
    from pledgeline.queries.reports import Described, LookedOver
    from pledgeline.records.models import DocumentRecord

    try:
        content = file.read_bytes()
    except OSError as problem:
        stop(f"{file} cannot be read: {problem}")
    said = Described(file_name=file.name, outlet=outlet, address=address, may_show=may_show)
    looked = reports.look(content, said, programme=fund)
    if not isinstance(looked, LookedOver):
        _refused(looked)
    number = count(len(looked.report.proposals), "candidate")
    if dry_run:
        say(f"{looked.described.title or file.name}: {number}. Nothing is kept.")
        return
    done = reports.read_in(content, said, programme=fund, person=machine(), now=now())
    if not isinstance(done, DocumentRecord):
        _refused(done)
    say(f"{done.ref}: {number} wait for a decision at /p/{programme}/reports/{done.ref}/")


def claims(
    ctx: typer.Context,
    programme: Programme,
    out: Annotated[
        Path, typer.Option("--out", help="Where to write it.", parser=output_path, metavar="<path>")
    ],
    form: Annotated[
        ClaimFileForm, typer.Option("--as", help="CSV, or JSON-LD with PROV.")
    ] = ClaimFileForm.CSV,
    force: Force = False,
) -> None:
    """Write the claims that hold, each with its report, its place and who decided.

    Exit codes: 0 written, 2 it could not be done.
    """
    outputs = Outputs(ctx, out)
    fund = programme_of(programme)
    from pledgeline.exchange.claims import claims_as_csv, claims_as_jsonld
    from pledgeline.queries.claim_files import exported_claims

    found = exported_claims(fund, machine(), lambda ref: f"/p/{programme}/claims/{ref}/")
    content = claims_as_csv(found) if form is ClaimFileForm.CSV else claims_as_jsonld(found).encode()
    outputs.write(out, content)
    say(f"{count(len(found), 'claim')}: {out}")


def _refused(finding: "Finding") -> NoReturn:
    say(f"{finding.wrong} {finding.way_out}")
    raise typer.Exit(1)
