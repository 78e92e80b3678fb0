"""`pledgeline ledger`: the books of a programme at the command line."""

import secrets
import sys
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pledgeline.cli.printing import count, findings_as_json, print_findings, print_json, say, stop, table
from pledgeline.exchange.books import to_export
from pledgeline.exchange.journal import to_beancount, to_hledger
from pledgeline.exchange.tables import to_csv
from pledgeline.ledger import (
    STAGES,
    Book,
    Entry,
    Refusal,
    Replay,
    SigningKey,
    Spot,
    State,
    read_event_file,
    replay_events,
)
from pledgeline.ledger import trace as tracing
from pledgeline.ledger.invented import illustration
from pledgeline.ledger.replay import Outcome
from pledgeline.ledger.verifier import (
    Checkpoint,
    Report,
    Wrong,
    is_vouched_for,
    read_checkpoint,
    verify_export,
)
from pledgeline.money import Amount

app = typer.Typer(
    help="The books of a programme: replay, balances, trace, verify, checkpoint, export.",
    epilog="Exit codes: 0 it went well; 1 a difference or a problem; 2 the command could not be carried out.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Events = Annotated[
    Path, typer.Option("--events", help="An event file that the books are made from.", show_default=False)
]
AsOf = Annotated[str, typer.Option("--as-of", help="What had happened by this day.", show_default=False)]
KnownOn = Annotated[
    str,
    typer.Option("--known-on", help="What was written down by this day or moment (UTC).", show_default=False),
]
Origin = Annotated[str, typer.Option("--origin", help="The name of the books, in checkpoints.")]
KeyFile = Annotated[
    Path | None, typer.Option("--key-file", help="Sign with the key in this file.", show_default=False)
]
Out = Annotated[
    Path | None, typer.Option("--out", help="Write into this file instead of printing.", show_default=False)
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
    as_json: AsJson = False,
) -> None:
    """Enter the events of a file into new books, say what became of each, compare what the file expects.

    Exit codes: 0 every expected figure agrees, 1 a difference or something wrong with the file.
    """
    file = read_event_file(_bytes(events), events.name)
    done = replay_events(file)
    if as_json:
        print_json(_replay_as_json(file.case, file.title, done))
    else:
        _print_replay(file.title, done)
    raise typer.Exit(0 if file.is_readable and done.is_as_expected else 1)


@app.command()
def balances(events: Events, as_of: AsOf = "", known_on: KnownOn = "", as_json: AsJson = False) -> None:
    """Print the balance of every account, as of a day and as known on another."""
    book = _book(events)
    state = _state(book, as_of, known_on)
    money = state.money()
    if as_json:
        print_json(
            {
                "as_of": as_of or None,
                "known_on": known_on or None,
                "balances": _by_contribution(state),
                "accounts": [{**_spot(spot), "minor": minor} for spot, minor in money.items()],
            }
        )
        return
    table(
        "",
        ["contribution", "stage", "line", "lot", "amount"],
        [
            [spot.contribution, spot.account.spoken, spot.line, spot.lot, Amount(minor, spot.currency)]
            for spot, minor in money.items()
        ],
        numbers=[4],
    )
    sums: dict[tuple[str, str], int] = {}
    for spot, minor in money.items():
        sums[spot.currency, spot.account.value] = sums.get((spot.currency, spot.account.value), 0) + minor
    say()
    table(
        "All contributions",
        ["stage", "amount"],
        [[stage.replace("_", " "), Amount(minor, code)] for (code, stage), minor in sums.items()],
        numbers=[1],
    )


@app.command()
def trace(
    what: Annotated[str, typer.Argument(help="The key of a lot or of a contribution.", show_default=False)],
    events: Events,
    as_of: AsOf = "",
    known_on: KnownOn = "",
    units: Annotated[bool, typer.Option("--units", help="Also print every unit of the lot.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print whose money stands behind a lot, or where a contribution is and which lots it bought."""
    book = _book(events)
    state = _state(book, as_of, known_on)
    if state.line_of(what) or tracing.of_lot(state, what):
        _trace_lot(state, what, units=units, as_json=as_json)
    elif state.knows(what):
        path = tracing.how_it_got_there(book.known(as_of=_day(as_of), known_on=_known(known_on)), what)
        _trace_contribution(state, what, path, as_json=as_json)
    else:
        stop(f"there is no lot and no contribution “{what[:60]}” in these books on that day")


@app.command()
def verify(
    events: Annotated[
        Path | None, typer.Option("--events", help="An event file.", show_default=False)
    ] = None,
    export_file: Annotated[
        Path | None, typer.Option("--export", help="An export of books.", show_default=False)
    ] = None,
    checkpoint_files: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", help="A checkpoint that was kept elsewhere.", show_default=False),
    ] = None,
    key: Annotated[
        str, typer.Option("--key", help="The public key that has to have signed it.", show_default=False)
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Compute every hash, sum and floor again, and hold the books against checkpoints.

    Exit codes: 0 verified, 1 not, 2 a file could not be read.
    """
    if (events is None) is (export_file is None):
        stop("name the books with --events or --export")
    try:
        saved = [read_checkpoint(_text(path)) for path in checkpoint_files or []]
        unsigned = [one for one in saved if key and not is_vouched_for(one, key)]
    except Wrong as error:
        stop(str(error))
    if events is not None:
        lines: Sequence[bytes] = list(to_export(_book(events), origin="books"))
    else:
        assert export_file is not None
        lines = [line for line in _bytes(export_file).splitlines() if line.strip()]
    report = verify_export(lines, saved)
    problems = [
        *(f"the checkpoint of {one.size} entries is not signed with that key" for one in unsigned),
        *report.problems,
    ]
    _print_verified(report, saved, problems, as_json=as_json)
    raise typer.Exit(1 if problems else 0)


@app.command()
def checkpoint(
    events: Events,
    origin: Origin = "pledgeline books",
    key_file: KeyFile = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write a checkpoint: a few lines that vouch for all entries so far."""
    book = _book(events)
    try:
        note = book.checkpoint(origin=origin, key=_key(key_file))
    except ValueError as error:
        stop(str(error))
    if as_json:
        print_json({"origin": origin, "size": len(book), "root": book.tree.root().hex(), "checkpoint": note})
    else:
        _write(out, note.encode())


@app.command()
def export(
    events: Events,
    form: Annotated[Form, typer.Option("--form", help="What to write.")] = Form.BOOKS,
    origin: Origin = "pledgeline books",
    key_file: KeyFile = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write the books: to be verified, as a journal for Beancount or hledger, or as a table of postings."""
    book = _book(events)
    if as_json or form is Form.BOOKS:
        try:
            content = b"".join(to_export(book, origin=origin, key=_key(key_file)))
        except ValueError as error:
            stop(str(error))
    elif form is Form.CSV:
        content = to_csv(_COLUMNS, _postings(book.entries))
    else:
        writer = to_beancount if form is Form.BEANCOUNT else to_hledger
        content = writer(book.entries, origin).encode()
    _write(out, content)


@app.command()
def key(
    name: Annotated[str, typer.Argument(help="The name under which the key signs.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="The file for the secret key.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Make a key that signs checkpoints; its public half is printed, for those who verify."""
    try:
        made = SigningKey(name=name, secret=secrets.token_bytes(32))
        with out.open("x", encoding="utf-8") as file:
            out.chmod(0o600)
            file.write(f"{made.name} {made.secret.hex()}\n")
    except (OSError, ValueError) as error:
        stop(f"the key was not made: {error}")
    if as_json:
        print_json({"public": made.public_text})
    else:
        say(made.public_text)


@app.command()
def invent(
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives another programme.")] = 1,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write the event file of an invented programme: a year, twelve partners, eight packages."""
    from json import dumps

    content = dumps(illustration(seed), indent=None if as_json else 1, ensure_ascii=False) + "\n"
    _write(out, content.encode())


# Reading what was asked for


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        stop(f"{path} cannot be read: {error.strerror or error}")


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode()
    except UnicodeDecodeError:
        stop(f"{path} is not text in UTF-8")


def _book(path: Path) -> Book:
    """Make the books that an event file tells of; what it expects is no matter here."""
    file = read_event_file(_bytes(path), path.name)
    if not file.is_readable:
        print_findings(file.findings, stderr=True)
        raise typer.Exit(1)
    book = Book(file.currencies)
    replay_events(file, book)
    return book


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


def _state(book: Book, as_of: str, known_on: str) -> State:
    return book.state_at(as_of=_day(as_of), known_on=_known(known_on))


def _key(path: Path | None) -> SigningKey | None:
    if path is None:
        return None
    name, _, secret = _text(path).strip().partition(" ")
    try:
        return SigningKey(name=name, secret=bytes.fromhex(secret))
    except ValueError as error:
        stop(f"{path} holds no key: {error}")


def _write(path: Path | None, content: bytes) -> None:
    if path is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        stop(f"{path} cannot be written: {error.strerror or error}")


# Printing


def _replay_as_json(case: str, title: str, done: Replay) -> dict[str, Any]:
    return {
        "case": case,
        "title": title,
        "as_expected": done.is_as_expected,
        "counts": done.counts,
        "events": [_outcome(each) for each in done.outcomes],
        "compared": done.compared,
        "differences": [
            {"what": each.what, "expected": each.expected, "ours": each.ours} for each in done.differences
        ],
        "findings": findings_as_json(done.findings),
        "below_zero_on_past_days": [
            {**_spot(each.spot), "on": each.on.isoformat(), "minor": each.balance.minor}
            for each in done.shortfalls
        ],
        "size": len(done.book),
        "root": done.book.root().hex(),
        "balances": _by_contribution(done.book.state),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    refusal: Refusal | None = outcome.refusal
    return {
        "number": outcome.number,
        "id": outcome.key,
        "type": outcome.kind,
        "result": outcome.result,
        "expected": outcome.expected or None,
        "position": outcome.entry.position if outcome.entry else None,
        "code": refusal.code if refusal else None,
        "wrong": refusal.wrong if refusal else None,
        "way_out": refusal.way_out if refusal else None,
    }


def _print_replay(title: str, done: Replay) -> None:
    table(
        title,
        ["event", "type", "result", "why"],
        [
            [
                each.key,
                each.kind,
                each.result,
                f"{each.refusal.code}: {each.refusal.wrong} {each.refusal.way_out}" if each.refusal else "",
            ]
            for each in done.outcomes
        ],
    )
    for short in done.shortfalls:
        say(f"By the days of its entries, {short.spot} was {short.balance} on {short.on}.")
    print_findings(done.findings)
    if done.differences:
        table(
            "Differences",
            ["what", "expected", "ours"],
            [[each.what, each.expected, each.ours] for each in done.differences],
            numbers=[1, 2],
        )
    counts = ", ".join(f"{number} {result}" for result, number in done.counts.items())
    say(f"{counts}. {count(done.compared, 'figure')} compared, {count(len(done.differences), 'difference')}.")
    say(f"{len(done.book)} entries, root {done.book.root().hex()}")


def _by_contribution(state: State) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for spot, minor in state.money().items():
        stages = found.setdefault((spot.contribution, spot.currency), {})
        stages[spot.account.value] = stages.get(spot.account.value, 0) + minor
    order = [account.value for account in STAGES]
    return [
        {
            "contribution": contribution,
            "currency": currency,
            "stages": {name: stages.get(name, 0) for name in (*order, *sorted(stages.keys() - set(order)))},
        }
        for (contribution, currency), stages in found.items()
    ]


def _spot(spot: Spot) -> dict[str, str]:
    return {
        "account": spot.account.value,
        "contribution": spot.contribution,
        "currency": spot.currency,
        "line": spot.line,
        "lot": spot.lot,
    }


def _trace_lot(state: State, lot: str, *, units: bool, as_json: bool) -> None:
    found = tracing.of_lot(state, lot)
    currency = state.currency_of_lot(lot)
    each = list(tracing.units_of(state, lot)) if units else []
    if as_json:
        print_json(
            {
                "lot": lot,
                "line": state.line_of(lot),
                "units": state.units_in_lot(lot),
                "shares": found,
                "each_unit": each if units else None,
            }
        )
        return
    partners = state.contributions()
    rows = [
        [name, partners.get(name, ""), Amount(minor, code)]
        for code, shares in found.items()
        for name, minor in shares.items()
    ]
    title = f"Lot {lot} of line {state.line_of(lot)}: {count(state.units_in_lot(lot), 'unit')}"
    table(title, ["contribution", "partner", "amount"], rows, numbers=[2])
    if units:
        names = sorted({name for shares in each for name in shares})
        table(
            "Each unit",
            ["unit", *names],
            [
                [number, *(Amount(shares.get(name, 0), currency) for name in names)]
                for number, shares in enumerate(each, start=1)
            ],
            numbers=range(len(names) + 1),
        )


def _trace_contribution(state: State, contribution: str, path: list[Entry], *, as_json: bool) -> None:
    lots = tracing.of_contribution(state, contribution)
    where = tracing.where_now(state, contribution)
    partner = state.term("partner", contribution)
    moves = [
        (entry, posting)
        for entry in path
        for posting in entry.postings
        if posting.contribution == contribution
    ]
    if as_json:
        print_json(
            {
                "contribution": contribution,
                "partner": partner,
                "lots": lots,
                "where": [{**_spot(spot), "minor": minor} for spot, minor in where.items()],
                "path": [
                    {
                        "position": entry.position,
                        "id": entry.key,
                        "type": entry.kind,
                        "effective_on": entry.effective_on,
                        **_spot(posting.spot),
                        "minor": posting.amount.minor,
                    }
                    for entry, posting in moves
                ],
            }
        )
        return
    table(
        f"{contribution} of {partner}: where it is",
        ["stage", "line", "lot", "amount"],
        [
            [spot.account.spoken, spot.line, spot.lot, Amount(minor, spot.currency)]
            for spot, minor in where.items()
        ],
        numbers=[3],
    )
    say()
    table(
        "How it got there",
        ["position", "day", "event", "id", "stage", "line", "lot", "amount"],
        [
            [
                entry.position,
                entry.effective_on,
                entry.kind,
                entry.key,
                posting.account.spoken,
                posting.line,
                posting.lot,
                posting.amount,
            ]
            for entry, posting in moves
        ],
        numbers=[0, 7],
    )


def _print_verified(
    report: Report, saved: Sequence[Checkpoint], problems: Sequence[str], *, as_json: bool
) -> None:
    if as_json:
        print_json(
            {
                "verified": not problems,
                "size": report.size,
                "root": report.root.hex(),
                "trial_balance": report.trial_balance.hex(),
                "checkpoints": [{"origin": one.origin, "size": one.size} for one in saved],
                "problems": list(problems),
            }
        )
        return
    for problem in problems:
        say(f"WRONG  {problem}")
    say(f"{report.size} entries, root {report.root.hex()}")
    say("NOT VERIFIED" if problems else f"Verified, with {count(len(saved), 'kept checkpoint')}.")


_COLUMNS = (
    "position", "id", "type", "effective_on", "recorded_at", "contribution", "stage", "line", "lot", "currency",
    "minor", "takes_back",
)  # fmt: skip


def _postings(entries: Sequence[Entry]) -> list[list[str | int | date | None]]:
    return [
        [
            entry.position,
            entry.key,
            entry.kind,
            entry.effective_on,
            entry.recorded_at.isoformat(),
            posting.contribution,
            posting.account.value,
            posting.line,
            posting.lot,
            posting.amount.currency,
            posting.amount.minor,
            entry.takes_back,
        ]
        for entry in entries
        for posting in entry.postings
    ]
