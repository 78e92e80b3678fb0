"""`pledgeline ocds`: files of the Open Contracting Data Standard."""

import os
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgeline.accounts.roles import Machine
from pledgeline.cli.database import make_ready, slug_of
from pledgeline.cli.options import AsJson, now, user_name
from pledgeline.cli.outputs import Force, Out, Outputs
from pledgeline.cli.printing import count, findings_as_json, print_findings, print_json, say, stop
from pledgeline.exchange.standards import VARIABLE, NoStandards
from pledgeline.programme.findings import Finding

if TYPE_CHECKING:
    from pledgeline.actions.ocds import Brought

app = typer.Typer(
    help="The Open Contracting Data Standard (OCDS): check files, bring them in, and write packages.",
    epilog="Exit codes: 0 it went well; 1 there are errors in the data; 2 the command could not be carried out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


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


class BroughtInAs(StrEnum):
    """What awards or contracts are brought in as."""

    OFFERS = "offers"
    ORDERS = "orders"


@app.command(name="import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="A release package, a record package, a record or a release.", show_default=False
        ),
    ],
    programme: Annotated[str, typer.Option(help="The slug of the programme.", show_default=False)],
    kind: Annotated[
        BroughtInAs,
        typer.Option("--as", help="Items of awards as offers, or contracts as orders.", show_default=False),
    ],
    delivery_point: Annotated[
        str, typer.Option(help="Where orders are delivered to: OCDS does not say it.", show_default=False)
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write down what a file of others says, as drafts of offers or orders. Good ones are kept, others refused.

    An order names a package of the programme by the id of its tender, and lines of it by the ids of its items.

    Exit codes: 0 all are written down or were there, 1 some are refused, 2 it cannot be read.
    """
    if (kind is BroughtInAs.ORDERS) != bool(delivery_point):
        stop("--delivery-point is for orders, and orders need it")
    make_ready()
    from pledgeline.actions.ocds import bring_in
    from pledgeline.exchange.ocds.offers import READERS, OcdsRow
    from pledgeline.exchange.ocds.reading import read
    from pledgeline.records.models import ProgrammeRecord

    fund = ProgrammeRecord.objects.get(slug=slug_of(programme))
    opened = read(_content(file), str(file))
    if not opened.kind:
        print_findings(opened.findings, stderr=True)
        raise typer.Exit(2)
    more = {"delivery_point": delivery_point} if delivery_point else {}
    found = list(READERS[kind](opened.value, opened.kind, **more))
    rows = [part for part in found if isinstance(part, OcdsRow)]
    brought = bring_in(rows, programme=fund, person=Machine(user_name()), now=now(), dry_run=dry_run)
    objections = [part for part in found if not isinstance(part, OcdsRow)]
    findings = opened.placed([*objections, *(wrong for done in brought for wrong in done.objections)])
    _print_brought(brought, findings, kind, dry_run=dry_run, as_json=as_json)
    raise typer.Exit(1 if findings else 0)


def _print_brought(
    brought: "list[Brought]", findings: Sequence[Finding], kind: BroughtInAs, *, dry_run: bool, as_json: bool
) -> None:
    if as_json:
        rows = [{"key": done.row.said["key"], "outcome": done.outcome} for done in brought]
        print_json({"written": not dry_run, "rows": rows, "findings": findings_as_json(findings)})
        return
    print_findings(findings)
    outcomes = Counter(done.outcome for done in brought)
    for done in brought:
        if done.outcome in ("new", "changed"):
            say(f"{done.row.said['key']}: {done.outcome}")
    said = ", ".join(f"{outcomes[name]:,} {name}" for name in ("new", "changed", "unchanged", "refused"))
    say(f"{kind.value.capitalize()}: {said}.")
    if dry_run:
        say("This was a dry run: nothing was changed.")


@app.command()
def export(
    ctx: typer.Context,
    programme: Annotated[
        str, typer.Option(help="The slug of the programme, where there are several.", show_default=False)
    ] = "",
    records: Annotated[
        bool, typer.Option("--records", help="Records with their releases merged, instead of releases.")
    ] = False,
    uri: Annotated[
        str, typer.Option(help="The address at which the file will be published.", show_default=False)
    ] = "",
    out: Out = None,
    force: Force = False,
) -> None:
    """Write the packages of a programme, from the plan to receipts, as a release package or a record package.

    What the programme keeps from the public is not in it. The amounts are those of the books.

    Exit codes: 0 it is written, 2 there is no such programme, or it has no package.
    """
    outputs = Outputs(ctx, out)
    make_ready()
    from django.conf import settings

    from pledgeline.exchange.ocds.packages import record_package, release_package
    from pledgeline.queries.ocds import number_of_processes, processes
    from pledgeline.records.models import ProgrammeRecord

    fund = ProgrammeRecord.objects.get(slug=slug_of(programme))
    if not number_of_processes(fund):
        stop(f"the programme {fund.slug} has no package yet: accept a plan of the list first")
    write = record_package if records else release_package
    found = processes(fund, Machine(user_name()), prefix=settings.OCID_PREFIX)
    what = "records" if records else "releases"
    outputs.give(out, write(found, uri=uri or f"urn:pledgeline:{fund.slug}:{what}", publisher=fund.name))
