"""The commands of `pledgeline ledger` that prove: verify, checkpoint, key, witness."""

import secrets
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgeline.cli.ledger_books import (
    ORIGIN,
    AsJson,
    Events,
    KeyFile,
    Origin,
    Slug,
    books_meant,
    bytes_of,
    keys_in,
    made_books,
    signing_keys,
    stored_books,
    text_of,
)
from pledgeline.cli.ledger_shown import print_verified
from pledgeline.cli.ledger_witness import WitnessMemory
from pledgeline.cli.options import now
from pledgeline.cli.outputs import Force, Out, Outputs, output_path
from pledgeline.cli.printing import as_text, print_json, say, stop
from pledgeline.exchange.books import to_export
from pledgeline.ledger import Book, KeyRing, SigningKey
from pledgeline.ledger.keys import is_vouched_for
from pledgeline.ledger.verifier import (
    COSIGNATURE,
    SIGNATURE,
    Checkpoint,
    VerificationReport,
    Wrong,
    read_checkpoint,
    read_key,
    verify_export,
)
from pledgeline.ledger.witness import NotWitnessed, cosign, read_request, request_to_witness

if TYPE_CHECKING:
    from pledgeline.records.books import StoredBooks

Keys = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        help="A public key; one of those named has to have signed the checkpoints.",
        show_default=False,
    ),
]
WitnessKeys = Annotated[
    list[str] | None,
    typer.Option(
        "--witness-key", help="The public key of a witness whose cosignature counts.", show_default=False
    ),
]


def verify(
    programme: Slug = "",
    events: Events = None,
    export_file: Annotated[
        Path | None,
        typer.Option("--export", help="Verify this export of books instead.", show_default=False),
    ] = None,
    checkpoint_files: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", help="A checkpoint that was kept elsewhere.", show_default=False),
    ] = None,
    keys: Keys = None,
    keys_file: Annotated[
        Path | None,
        typer.Option(
            "--keys", help="The published list of public keys, in place of --key.", show_default=False
        ),
    ] = None,
    witness_keys: WitnessKeys = None,
    as_json: AsJson = False,
) -> None:
    """Compute every hash, sum and floor again, hold the books against checkpoints, and say what that proves.

    Exit codes: 0 verified, 1 not, 2 a file could not be read.
    """
    if sum((bool(programme), events is not None, export_file is not None)) > 1:
        stop("name one set of books: with --programme, --events or --export")
    signers = _keys([*(keys or []), *(_listed(keys_file) if keys_file else [])], SIGNATURE)
    witnesses = _keys(witness_keys, COSIGNATURE)
    try:
        saved = [read_checkpoint(text_of(path)) for path in checkpoint_files or []]
    except Wrong as error:
        stop(str(error))
    report = _verified(programme, events, export_file, saved)
    if events is None and export_file is None:
        from pledgeline.records.books.keys import witness_keys as known

        witnesses = [*dict.fromkeys([*witnesses, *known()])]
    own = [report.checkpoint] if export_file is not None and report.checkpoint is not None else []
    problems = [
        *(
            f"the checkpoint of {kept.size} entries is not signed with that key"
            for kept in [*saved, *own]
            if signers and not any(is_vouched_for(kept, key) for key in signers)
        ),
        *report.problems,
    ]
    print_verified(report, saved, problems, witnesses=witnesses, is_signed=bool(signers), as_json=as_json)
    raise typer.Exit(1 if problems else 0)


def _verified(
    programme: str, events: Path | None, export_file: Path | None, saved: list[Checkpoint]
) -> VerificationReport:
    if export_file is not None:
        return verify_export((line for line in bytes_of(export_file).splitlines() if line.strip()), saved)
    if events is not None:
        origin = saved[0].origin if saved else ORIGIN
        return verify_export(to_export(made_books(events), origin=origin), saved)
    return stored_books(programme).verify(saved)


def checkpoint(
    ctx: typer.Context,
    programme: Slug = "",
    events: Events = None,
    origin: Origin = "",
    key_file: KeyFile = None,
    for_witness: Annotated[
        int | None,
        typer.Option(
            "--for-witness",
            help="Write it as a request to a witness that has cosigned so many entries; 0 for a new witness.",
            min=0,
            show_default=False,
        ),
    ] = None,
    cosigned: Annotated[
        Path | None,
        typer.Option(
            "--cosigned", help="Take in what witnesses answered, instead of making one.", show_default=False
        ),
    ] = None,
    witness_keys: WitnessKeys = None,
    out: Out = None,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """Write a checkpoint: a few lines that vouch for all entries so far.

    One of books in the database is signed with the installation's keys and noted there, and every verification
    compares it. What witnesses answer to it is taken in with --cosigned, of witnesses in PLEDGELINE_WITNESS_KEYS or
    named with --witness-key.
    """
    outputs = Outputs(ctx, out)
    books = books_meant(programme, events)
    signers = signing_keys(books, key_file)
    try:
        if cosigned is not None:
            note = _cosigned(books, cosigned, witness_keys)
        else:
            note = _new_checkpoint(books, origin, signers)
        given = read_checkpoint(note)
        if for_witness is not None:
            tree = books.tree if isinstance(books, Book) else stored_books(books.programme).tree()
            note = request_to_witness(for_witness, tree.consistency(for_witness, given.size), note)
    except ValueError as error:
        stop(str(error))
    if as_json:
        note = as_text(
            {"origin": given.origin, "size": given.size, "root": given.root.hex(), "checkpoint": note}
        )
    outputs.give(out, [note.encode()])


def _cosigned(books: "Book | StoredBooks", file: Path, witness_keys: list[str] | None) -> str:
    """Take in what witnesses answered; the checkpoint with their signatures."""
    if isinstance(books, Book):
        stop("cosignatures are taken into books in the database: leave --events away")
    from pledgeline.actions.books import take_cosignatures
    from pledgeline.records.books.keys import witness_keys as known

    witnesses = [*known(), *_keys(witness_keys, COSIGNATURE)]
    return take_cosignatures(books.programme, text_of(file), witnesses=witnesses)


def _new_checkpoint(books: "Book | StoredBooks", origin: str, signers: Sequence[SigningKey]) -> str:
    if isinstance(books, Book):
        return books.checkpoint(origin=origin or ORIGIN, keys=signers)
    if origin not in ("", books.origin):
        stop(f"a checkpoint of these books names them {books.origin}: leave --origin away")
    from pledgeline.actions.books import give_checkpoint

    return give_checkpoint(books.programme, keys=signers)


def key(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The name under which the key signs.", show_default=False)],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            help="The file for the secret key.",
            parser=output_path,
            metavar="<path>",
            show_default=False,
        ),
    ],
    replaces: Annotated[
        Path | None,
        typer.Option(
            "--replaces",
            help="The file of the keys that signed so far: their public halves are kept, with the days.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key that signs checkpoints, or that cosigns them as a witness; its public half is printed.

    For those who verify books it is written one way, for those who look for a witness another.
    """
    outputs = Outputs(ctx, out)
    today: date = now().date()
    try:
        made = SigningKey(name=name, secret=secrets.token_bytes(32), since=today)
    except ValueError as error:
        stop(f"the key was not made: {error}")
    ring = keys_in(replaces).replaced_by(made, today) if replaces else KeyRing(signing=(made,))
    outputs.write(out, "".join(f"{line}\n" for line in ring.lines()).encode(), mode=0o600)
    if as_json:
        print_json({"public": made.public_text, "witness": made.witness_text})
    else:
        say(made.public_text)


def witness(
    ctx: typer.Context,
    request: Annotated[
        Path,
        typer.Argument(help="What `ledger checkpoint --for-witness` wrote.", show_default=False),
    ],
    key_file: Annotated[Path, typer.Option("--key-file", help="The key that cosigns.", show_default=False)],
    logs: Annotated[
        list[str],
        typer.Option(
            "--log-key", help="The public key of books that you are a witness for.", show_default=False
        ),
    ],
    state: Annotated[
        Path,
        typer.Option(
            "--state",
            help="The file that remembers what was cosigned; made the first time.",
            show_default=False,
        ),
    ],
    out: Out = None,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """Cosign a checkpoint as a witness: only where what was cosigned before is its beginning.

    Keep the file of --state: a witness that has forgotten what it saw can be shown anything.

    Exit codes: 0 cosigned; 1 refused, for the reason that is said; 2 a file could not be read.
    """
    outputs = Outputs(ctx, out)
    signer = keys_in(key_file).signing[0]
    known = _keys(logs, SIGNATURE)
    try:
        asked = read_request(text_of(request))
    except Wrong as error:
        stop(f"{request} is no request to a witness: {error}")
    origin = asked.checkpoint.origin
    with WitnessMemory(state) as seen:
        try:
            line = cosign(asked, last=seen.last(origin), logs=known, key=signer, time=int(time.time()))
        except NotWitnessed as refused:
            if as_json:
                print_json(
                    {"cosigned": False, "code": refused.code, "wrong": str(refused), "size": refused.size}
                )
            else:
                say(f"REFUSED  {refused}.")
                if refused.size is not None:
                    say(f"Ask again with what `ledger checkpoint --for-witness {refused.size}` writes.")
            raise typer.Exit(1) from None
        seen.remember(asked.checkpoint)
    content = line
    if as_json:
        content = as_text({"cosigned": True, "size": asked.checkpoint.size, "cosignature": line})
    outputs.give(out, [content.encode()])


def _keys(given: list[str] | None, kind: int) -> list[str]:
    """Take public keys as they were given, or say which of them is none."""
    try:
        for text in given or []:
            read_key(text, kind)
    except Wrong as error:
        stop(str(error))
    return given or []


def _listed(path: Path) -> list[str]:
    """Read the published list of keys: the first word of each line."""
    lines = text_of(path).splitlines()
    return [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]
