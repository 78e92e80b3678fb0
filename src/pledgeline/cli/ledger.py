"""`pledgeline ledger`: the books of a programme at the command line.

The books are those of a programme in the database, or are made in memory from an event file.
"""

import sys
from datetime import date, datetime
from enum import StrEnum
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.accounts.roles import MACHINE
from pledgeline.cli import ledger_proofs
from pledgeline.cli.database import make_ready
from pledgeline.cli.ledger_books import (
    ORIGIN,
    AsJson,
    Events,
    KeyFile,
    Origin,
    Slug,
    books_meant,
    event_file,
    signing_keys,
    stored_books,
)
from pledgeline.cli.ledger_shown import (
    COLUMNS,
    all_figures_as_json,
    by_contribution,
    postings_of,
    print_balances,
    print_contribution,
    print_lot,
    print_replay,
    replay_as_json,
    spot_as_json,
)
from pledgeline.cli.options import now, today
from pledgeline.cli.outputs import Force, Out, Outputs
from pledgeline.cli.printing import print_json, say, stop, table
from pledgeline.exchange.books import to_export
from pledgeline.exchange.dialects import DIALECTS
from pledgeline.exchange.journal import to_beancount, to_hledger
from pledgeline.exchange.tables import to_csv
from pledgeline.ledger import Balances, Book, Books, EventFile, Replay, replay_events
from pledgeline.ledger import trace as tracing
from pledgeline.ledger.invented import illustration
from pledgeline.ledger.schema.published import event_file_schema
from pledgeline.programme.names import clean
from pledgeline.programme.settings import today_of

app = typer.Typer(
    help="The books of a programme: replay, schema, dialects, balances, trace, verify, checkpoint, witness, export, "
    "erase.",
    epilog="Exit codes: 0 it went well; 1 a difference or a problem; 2 the command could not be carried out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

AsOf = Annotated[str, typer.Option("--as-of", help="What had happened by this day.", show_default=False)]
KnownOn = Annotated[
    str,
    typer.Option(
        "--known-on",
        help="What was written down by this day, where the programme counts its days, or by this moment.",
        show_default=False,
    ),
]

Dialect = Annotated[
    str,
    typer.Option(
        "--dialect", help="The office in whose words the file is: see `ledger dialects`.", show_default=False
    ),
]


class Form(StrEnum):
    """What an export is written as."""

    BOOKS = "books"
    BEANCOUNT = "beancount"
    HLEDGER = "hledger"
    CSV = "csv"


@app.command()
def replay(
    events: Annotated[Path, typer.Argument(help="An event file.", show_default=False)],
    programme: Slug = "",
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Say what would come of it and enter nothing; of a dialect, show our words."
        ),
    ] = False,
    dialect: Dialect = "",
    as_json: AsJson = False,
) -> None:
    """Enter the events of a file, say what became of each, compare what the file expects.

    They are entered into new books in memory, or with --programme into the books of that programme, all or
    none; where it keeps no books yet, they are opened. Another office's words are translated first, by the
    dialect that is named.

    Exit codes: 0 every expected figure agrees, 1 a difference or something wrong with the file.
    """
    file = event_file(events, dialect)
    if programme and file.is_readable:
        done = _replayed_into(programme, file, dry_run)
    else:
        done = replay_events(file, today=today())
    if as_json:
        shown = {"canonical": file.events} if dialect else {}
        print_json({**replay_as_json(file.case, file.title, done), "dry_run": dry_run, **shown})
    else:
        if dialect and dry_run:
            for event in file.events:
                say(dumps(event, ensure_ascii=False))
        print_replay(file.title, done)
        if programme and not file.is_readable:
            say("Nothing was entered: the file has errors.")
        elif dry_run:
            say("Nothing was entered: this was a dry run.")
    raise typer.Exit(0 if file.is_readable and done.is_as_expected else 1)


def _replayed_into(programme: str, file: EventFile, dry_run: bool) -> Replay:
    make_ready()
    from pledgeline.actions.books import replay_into
    from pledgeline.records.books import NoBooks
    from pledgeline.records.models import ProgrammeRecord

    row = ProgrammeRecord.objects.filter(slug=programme).first()
    day = today() if row is None else today_of(row.to_value(), now())
    try:
        return replay_into(programme, file, today=day, dry_run=dry_run)
    except NoBooks as error:
        stop(str(error))


@app.command("list")
def list_books(as_json: AsJson = False) -> None:
    """List the books in the database."""
    make_ready()
    from pledgeline.records.books import listed

    found = [
        {
            "programme": books.programme,
            "entries": len(books),
            "root": books.root().hex(),
            "public": books.is_public,
        }
        for books in listed(MACHINE)
    ]
    if as_json:
        print_json(found)
    else:
        table(
            "",
            ["programme", "entries", "root", "public"],
            [list(row.values()) for row in found],
            numbers=[1],
        )


@app.command()
def balances(
    programme: Slug = "",
    events: Events = None,
    as_of: AsOf = "",
    known_on: KnownOn = "",
    as_json: AsJson = False,
) -> None:
    """Print the balance of every account, as of a day and as known on another."""
    state = _state(books_meant(programme, events), as_of, known_on)
    money = state.money()
    if as_json:
        print_json(
            {
                "as_of": as_of or None,
                "known_on": known_on or None,
                "contributions": all_figures_as_json(state),
                "balances": by_contribution(state),
                "accounts": [{**spot_as_json(spot), "minor": minor} for spot, minor in money.items()],
            }
        )
    else:
        print_balances(money)


@app.command()
def trace(
    what: Annotated[str, typer.Argument(help="The key of a lot or of a contribution.", show_default=False)],
    programme: Slug = "",
    events: Events = None,
    as_of: AsOf = "",
    known_on: KnownOn = "",
    units: Annotated[bool, typer.Option("--units", help="Also print every unit of the lot.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print whose money stands behind a lot, or where a contribution is and which lots it bought."""
    books = books_meant(programme, events)
    state = _state(books, as_of, known_on)
    what = clean(what)
    if state.line_of(what) or tracing.of_lot(state, what):
        print_lot(state, what, units=units, as_json=as_json)
    elif state.knows(what):
        known = books.known(as_of=_day(as_of), known_on=_known(known_on))
        print_contribution(state, what, tracing.how_it_got_there(known, what), as_json=as_json)
    else:
        stop(f"there is no lot and no contribution “{what[:60]}” in these books on that day")


app.command()(ledger_proofs.verify)
app.command()(ledger_proofs.checkpoint)
app.command()(ledger_proofs.key)
app.command()(ledger_proofs.witness)


@app.command()
def export(
    ctx: typer.Context,
    programme: Slug = "",
    events: Events = None,
    form: Annotated[Form, typer.Option("--form", help="What to write.")] = Form.BOOKS,
    origin: Origin = "",
    key_file: KeyFile = None,
    out: Out = None,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """Write the books: to be verified, as a journal for Beancount or hledger, or as a table of postings."""
    outputs = Outputs(ctx, out)
    books = books_meant(programme, events)
    origin = origin or (ORIGIN if isinstance(books, Book) else books.origin)
    if as_json or form is Form.BOOKS:
        try:
            content = b"".join(to_export(books, origin=origin, keys=signing_keys(books, key_file)))
        except ValueError as error:
            stop(str(error))
    elif form is Form.CSV:
        content = to_csv(COLUMNS, postings_of(books.entries))
    else:
        writer = to_beancount if form is Form.BEANCOUNT else to_hledger
        content = writer(list(books.entries), origin).encode()
    outputs.give(out, [content])


@app.command()
def erase(
    entry: Annotated[str, typer.Argument(help="The key of the entry.", show_default=False)],
    programme: Slug = "",
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name", help="Only the text of this name, for example note or by.", show_default=False
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase the private texts beside an entry: a note, a name. The proof stays.

    Exit codes: 0 erased, 2 there is nothing to erase, or nobody said yes.
    """
    from pledgeline.actions.books import NothingToErase
    from pledgeline.actions.books import erase as erase_texts

    books = stored_books(programme)
    entry = clean(entry)
    known = books.entry(entry)
    texts = [private for private in known.private if not private.hidden] if known else []
    shown = [text for text in texts if not names or text.name in names]
    if shown and not yes:
        for text in shown:
            typer.echo(f"{text.name}: {text.text}", err=True)
        typer.echo("What is erased cannot be brought back. Backups made before still hold it.", err=True)
        if not sys.stdin.isatty():
            stop("nobody is here to be asked: add --yes if this is to be erased")
        if not typer.confirm(f"Erase it beside entry {entry}?", err=True):
            stop("nothing was erased")
    try:
        erased = erase_texts(books.programme, key=entry, names=names or ())
    except NothingToErase as error:
        stop(str(error))
    if as_json:
        print_json({"entry": entry, "erased": erased})
    else:
        say(
            f"Erased beside entry {entry}: {', '.join(erased)}. Its hash stays, and the books verify as before."
        )


@app.command()
def schema(ctx: typer.Context, out: Out = None, as_json: AsJson = False, force: Force = False) -> None:
    """Print the JSON Schema of event files: every event with its fields, and nothing besides."""
    outputs = Outputs(ctx, out)
    content = dumps(event_file_schema(), indent=None if as_json else 1, ensure_ascii=False) + "\n"
    outputs.give(out, [content.encode()])


@app.command("dialects")
def list_dialects(as_json: AsJson = False) -> None:
    """List the dialects in which event files may be written, and what each word means."""
    words = [row for dialect in DIALECTS.values() for row in dialect.words()]
    if as_json:
        print_json([{"dialect": d, "event": e, "word": w, "means": m} for d, e, w, m in words])
    else:
        table("", ["dialect", "event", "word", "means"], [list(row) for row in words])


@app.command()
def invent(
    ctx: typer.Context,
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives another programme.")] = 1,
    out: Out = None,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """Write the event file of an invented programme: a year, twelve partners, eight packages."""
    outputs = Outputs(ctx, out)
    content = dumps(illustration(seed), indent=None if as_json else 1, ensure_ascii=False) + "\n"
    outputs.give(out, [content.encode()])


# Days and moments


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        stop(f"“{text[:40]}” is no day: write it as 2025-12-31")


def _known(text: str) -> datetime | date | None:
    if len(text) <= len("2025-12-31"):
        return _day(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        stop(f"“{text[:40]}” is no time: write it as 2025-12-31T12:00:00Z")
    if moment.tzinfo is None:
        stop(f"“{text[:40]}” has no time zone: add Z for UTC")
    return moment


def _state(book: Books, as_of: str, known_on: str) -> Balances:
    return book.state_at(as_of=_day(as_of), known_on=_known(known_on))
