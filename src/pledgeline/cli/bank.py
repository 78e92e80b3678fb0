"""Bank statements from the command line: taken in, what is open, and entered into the books."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pledgeline.cli.nouns import machine, programme_of, refuse
from pledgeline.cli.options import AsJson, now
from pledgeline.cli.printing import print_json, say, stop, table

if TYPE_CHECKING:
    from pledgeline.exchange.bank.statements import StatementFile
    from pledgeline.programme.findings import Finding
    from pledgeline.queries.bank import ProposedEntry

app = typer.Typer(
    name="bank",
    help="Bank statements (CAMT.053, or CSV by a dialect): taken in, matched, and entered by a person.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Programme = Annotated[str, typer.Option("--programme", help="The slug of the programme.", show_default=False)]


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A statement: CAMT.053 (.xml), or CSV.")],
    programme: Programme,
    dialect: Annotated[
        Path | None,
        typer.Option(help="The dialect of the bank (.toml): needed for CSV.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of it, and write nothing.")
    ] = False,
) -> None:
    """Take a statement in. Its balances are checked, and what was taken in before comes in no second time.

    Nothing is entered into the books: `pledgeline bank list` shows what each entry may be.

    Exit codes: 0 it was taken in, 1 something is wrong with it and nothing was taken, 2 it cannot be read.
    """
    row = programme_of(programme)
    from pledgeline.actions.bank import take_statements
    from pledgeline.programme.bank_refs import bank_name

    read = _read(file, dialect)
    for finding in read.findings:
        _object(finding)
    if not read.is_sound:
        raise typer.Exit(1)
    done = take_statements(read, file.name, programme=row, person=machine(), now=now(), dry_run=dry_run)
    if isinstance(done, list):
        for finding in done:
            _object(finding)
        raise typer.Exit(1)
    for statement in read.statements:
        balances = f"{statement.opening or '–'} -> {statement.closing or '–'}"
        name = f"{statement.account} {bank_name(statement.ref)}".rstrip()
        say(f"{name}: {len(statement.entries)} entries, {balances}.")
    say(f"{done.new} new, {done.known} known before.")
    if dry_run:
        say("Nothing was written: this was a dry run.")


def _read(file: Path, dialect: Path | None) -> "StatementFile":
    from pledgeline.exchange.bank.read import read_statement

    try:
        data = file.read_bytes()
        said = dialect.read_bytes() if dialect else b""
    except OSError as problem:
        stop(f"{problem.filename} cannot be read: {problem.strerror}")
    return read_statement(data, str(file), said, str(dialect or ""))


@app.command(name="list")
def list_(programme: Programme, as_json: AsJson = False) -> None:
    """List the entries that are open, each with what it may be and why.

    Exit codes: 0 always, 2 it could not be done.
    """
    row = programme_of(programme)
    from pledgeline.queries.bank import open_entries

    found = open_entries(row)
    if as_json:
        print_json([_as_json(proposed) for proposed in found])
        return
    if not found:
        say("No entry is open.")
        return
    table(
        "",
        ["number", "day", "amount", "other side", "text", "may be"],
        [
            [
                proposed.entry.pk,
                proposed.entry.booked_on,
                proposed.amount,
                proposed.entry.party,
                proposed.entry.text[:60],
                "; ".join(
                    f"{proposal.kind} {proposal.key}{' (certain)' if proposal is proposed.certain else ''}: "
                    + ", ".join(map(str, proposal.reasons))
                    for proposal in proposed.proposals
                )
                or str(proposed.waits or ""),
            ]
            for proposed in found
        ],
    )


def _as_json(proposed: "ProposedEntry") -> dict[str, object]:
    entry = proposed.entry
    return {
        "number": entry.pk,
        "account": entry.account,
        "ref": entry.ref,
        "booked_on": entry.booked_on,
        "amount": {"minor": entry.amount_minor, "currency": entry.currency},
        "party": entry.party,
        "text": entry.text,
        "proposals": [
            {
                "kind": proposal.kind,
                "key": proposal.key,
                "is_certain": proposal.is_certain,
                "reasons": [str(reason) for reason in proposal.reasons],
            }
            for proposal in proposed.proposals
        ],
    }


@app.command()
def enter(
    programme: Programme,
    number: Annotated[
        int | None, typer.Argument(help="The entry, as `list` numbers it.", show_default=False)
    ] = None,
    kind: Annotated[
        str, typer.Option("--as", help="receive, return_to_partner or pay.", show_default=False)
    ] = "",
    of: Annotated[str, typer.Option(help="The contribution or the order.", show_default=False)] = "",
    certain: Annotated[
        bool, typer.Option("--certain", help="All entries of which it is certain what they are.")
    ] = False,
    sure: Annotated[bool, typer.Option("--sure", help="Also where it looks like a slip.")] = False,
) -> None:
    """Enter an entry into the books as one of its proposals; or all that are certain.

    Exit codes: 0 it is entered, 1 it cannot be, or something is asked first, 2 it could not be understood.
    """
    row = programme_of(programme)
    from pledgeline.actions.bank import enter_certain, enter_entry
    from pledgeline.actions.contributions import Doubts
    from pledgeline.programme.settings import today_of
    from pledgeline.queries.bank import waiting_for
    from pledgeline.records.models import HeldAct

    asked: dict[str, Any] = {
        "programme": row,
        "person": machine(),
        "now": now(),
        "today": today_of(row.to_value(), datetime.now(UTC)),
    }
    if certain:
        entered, findings = enter_certain(**asked)
        for entry in entered:
            say(f"{entry.ref}: entered for {entry.contribution}.")
        say(f"{len(entered)} entered.")
        refuse(findings)
        return
    if number is None or not kind or not of:
        stop("name an entry, --as what and --of which it is entered; or --certain")
    done = enter_entry(number, kind, of, **asked)
    if isinstance(done, Doubts) and sure:
        done = enter_entry(number, kind, of, sure=done.sure, **asked)
    if isinstance(done, Doubts):
        refuse(done.findings)
    elif isinstance(done, HeldAct):
        say(str(waiting_for(done)))
    elif isinstance(done, list):
        refuse(done)
    else:
        say(f"{done.ref}: entered for {done.contribution}.")


@app.command()
def aside(
    number: Annotated[int, typer.Argument(help="The entry, as `list` numbers it.", show_default=False)],
    programme: Programme,
    reason: Annotated[str, typer.Option(help="Why nothing is entered for it.", show_default=False)],
) -> None:
    """Set an entry aside: nothing is entered for it, and it is open no more.

    Exit codes: 0 it is set aside, 1 it cannot be.
    """
    row = programme_of(programme)
    from pledgeline.actions.bank import set_aside

    done = set_aside(number, reason, programme=row, person=machine(), now=now())
    refuse(done if isinstance(done, list) else [])
    say(f"{number}: set aside.")


def _object(finding: "Finding") -> None:
    typer.echo(f"{finding.place}: {finding.wrong} {finding.way_out}", err=True)
