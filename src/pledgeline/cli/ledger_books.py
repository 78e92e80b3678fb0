"""Which books a command of `pledgeline ledger` is about: those of a programme, or made in memory from a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgeline.accounts.roles import MACHINE
from pledgeline.cli.database import make_ready
from pledgeline.cli.options import today
from pledgeline.cli.printing import print_findings, stop
from pledgeline.exchange.dialects import UnknownDialect, dialect_of, translated
from pledgeline.ledger import Book, EventFile, KeyRing, SigningKey, read_event_file, replay_events
from pledgeline.ledger.keys import read_key_ring

if TYPE_CHECKING:
    from pledgeline.records.books import StoredBooks

ORIGIN = "pledgeline books"
"""The name of books that are in no database."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Events = Annotated[
    Path | None,
    typer.Option(
        "--events", help="Make the books from this event file, in memory, instead.", show_default=False
    ),
]
Slug = Annotated[
    str,
    typer.Option("--programme", help="The programme whose books are meant.", show_default=False),
]
Origin = Annotated[
    str, typer.Option("--origin", help="Another name of the books, in checkpoints.", show_default=False)
]
KeyFile = Annotated[
    Path | None, typer.Option("--key-file", help="Sign with the key in this file.", show_default=False)
]


def bytes_of(path: Path) -> bytes:
    """Read a file whole."""
    try:
        return path.read_bytes()
    except OSError as error:
        stop(f"{path} cannot be read: {error.strerror or error}")


def text_of(path: Path) -> str:
    """Read a file of text."""
    try:
        return bytes_of(path).decode()
    except UnicodeDecodeError:
        stop(f"{path} is not text in UTF-8")


def books_meant(programme: str, events: Path | None) -> "Book | StoredBooks":
    """Open the books that are meant: made from a file, of the programme named, or the only ones there are."""
    if events is not None and programme:
        stop("name one set of books: with --programme or with --events")
    return stored_books(programme) if events is None else made_books(events)


def stored_books(programme: str) -> "StoredBooks":
    make_ready()
    from pledgeline.records.books import NoBooks, books_of, listed

    if programme:
        try:
            return books_of(programme, MACHINE)
        except NoBooks as error:
            stop(str(error))
    found = listed(MACHINE)
    if len(found) == 1:
        return found[0]
    if not found:
        stop(
            "the database holds no books yet: make some with `pledgeline ledger replay EVENTS --programme SLUG`"
        )
    stop(
        f"there are several books: name one with --programme, of {', '.join(books.programme for books in found)}"
    )


def event_file(path: Path, dialect: str) -> EventFile:
    """Read an event file, in the words of a dialect where one is named."""
    file = read_event_file(bytes_of(path), path.name)
    try:
        return translated(file, dialect_of(dialect)) if dialect else file
    except UnknownDialect as error:
        stop(str(error))


def made_books(path: Path) -> Book:
    """Make the books that an event file tells of; what it expects is no matter here."""
    file = event_file(path, "")
    if not file.is_readable:
        print_findings(file.findings, stderr=True)
        raise typer.Exit(1)
    book = Book(file.currencies)
    replay_events(file, book, today=today())
    return book


def signing_keys(books: "Book | StoredBooks", path: Path | None) -> Sequence[SigningKey]:
    """Give the keys that sign: those in a file, or those of the installation for books in its database."""
    if path is not None:
        return keys_in(path).signing
    if isinstance(books, Book):
        return ()
    from pledgeline.records.books.keys import key_ring

    return key_ring().signing


def keys_in(path: Path) -> KeyRing:
    """Read a file of keys that signs."""
    try:
        ring = read_key_ring(text_of(path))
    except ValueError as error:
        stop(f"{path} holds no key: {error}")
    if not ring.signing:
        stop(f"{path} holds no key that signs: make one with `pledgeline ledger key NAME --out FILE`")
    return ring
