"""The books as a file that a partner can verify, and that gives the same books again.

Lines of JSON: what the file is, then every entry as its leaf with the private texts that the reader may
see, then a checkpoint. `pledgeline/ledger/verifier.py` reads nothing else.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Protocol

from pledgeline.ledger import Book, Entry, Private, SigningKey
from pledgeline.ledger.entries import entry_from_leaf
from pledgeline.ledger.verifier import FORMAT, canonical, verify_export
from pledgeline.programme.sentences import sentence


class Exported(Protocol):
    """Books that can be written out: those in memory, or those in a database."""

    @property
    def currencies(self) -> Collection[str]: ...

    @property
    def entries(self) -> Iterable[Entry]: ...

    def checkpoint(self, *, origin: str, keys: Sequence[SigningKey]) -> str: ...


class NotBooks(ValueError):
    """The file does not hold books that verify; the message says what is wrong first."""


def to_export(
    book: Exported,
    *,
    origin: str,
    keys: Sequence[SigningKey] = (),
    may_see: Callable[[Entry, Private], bool] = lambda entry, text: True,
) -> Iterator[bytes]:
    """Write the books line by line, with a checkpoint at the end.

    A private text that the reader `may_see` not is left out; its commitment stays, and so does the proof.
    """
    yield _line({"format": FORMAT, "origin": origin, "currencies": sorted(book.currencies)})
    for entry in book.entries:
        shown = {
            private.name: {"text": private.text, "salt": private.salt}
            for private in entry.private
            if not private.hidden and may_see(entry, private)
        }
        yield _line({"leaf": entry.leaf(), "private": shown})
    yield _line({"checkpoint": book.checkpoint(origin=origin, keys=keys)})


def from_export(lines: Iterable[bytes]) -> Book:
    """Build the books again from an export, after verifying it.

    Raises:  NotBooks
    """
    lines = list(lines)
    report = verify_export(lines)
    if report.problems:
        raise NotBooks(report.problems[0])
    try:
        book = Book(json.loads(lines[0])["currencies"])
        for line in lines[1:-1]:
            row = json.loads(line)
            book.append(entry_from_leaf(row["leaf"], row["private"]))
    except (KeyError, ValueError, TypeError) as error:
        raise NotBooks(sentence("ledger.not-books.entry", fault=f"{error!r:.80}")) from None
    if book.tree.root() != report.root:
        raise NotBooks(sentence("ledger.not-books.parts"))
    return book


def _line(row: object) -> bytes:
    return canonical(row) + b"\n"
