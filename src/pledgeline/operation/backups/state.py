"""The books in a database, computed again: what a backup vouches for, and what a restored one is held against."""

from collections.abc import Iterable
from typing import NamedTuple

from pledgeline.ledger.checkpoints import checkpoint_of
from pledgeline.ledger.verifier import Checkpoint, Wrong, read_checkpoint
from pledgeline.operation.backups import postgresql, sqlite
from pledgeline.operation.backups.manifest import BooksState, TableInBackup
from pledgeline.operation.running import is_embedded
from pledgeline.records.books import damage, sql
from pledgeline.records.books.digests import origin_of
from pledgeline.records.books.keys import key_ring
from pledgeline.records.books.verify import verify_books
from pledgeline.records.models import BooksRecord


class VerifiedBooks(NamedTuple):
    """All books, and what is wrong with them or with the database that they lie in."""

    books: tuple[BooksState, ...]
    problems: tuple[str, ...]


def verified(saved: Iterable[Checkpoint] = ()) -> VerifiedBooks:
    """Verify all books, against the checkpoints kept beside them and those `saved`."""
    saved, books = list(saved), []
    problems = [] if BooksRecord.objects.exists() else [*damage.definitions(), *damage.damage_of(sql.file())]
    for number, programme in BooksRecord.objects.order_by("pk").values_list("pk", "programme__slug"):
        origin = origin_of(programme)
        report = verify_books(number, [checkpoint for checkpoint in saved if checkpoint.origin == origin])
        problems += [f"{programme}: {problem}" for problem in report.problems]
        note = checkpoint_of(
            origin=origin,
            size=report.size,
            root=report.root,
            trial_balance=report.trial_balance,
            keys=key_ring().signing,
        )
        books.append(BooksState(programme=programme, entries=report.size, checkpoint=note))
    return VerifiedBooks(tuple(books), tuple(problems))


def differences(books: Iterable[BooksState]) -> list[str]:
    """Say how the books of this database differ from those of a backup, and what is wrong with them."""
    try:
        wanted = {state.programme: read_checkpoint(state.checkpoint) for state in books}
    except Wrong as error:
        return [f"its checkpoint cannot be read: {error}"]
    found = verified(wanted.values())
    there = {state.programme: read_checkpoint(state.checkpoint) for state in found.books}
    wrong = [
        f"{programme}: the backup has {wanted[programme].size} entries with another root or balance"
        for programme in wanted.keys() & there.keys()
        if wanted[programme].text != there[programme].text
    ]
    wrong += [f"{programme}: its books are missing" for programme in wanted.keys() - there.keys()]
    wrong += [f"{programme}: the backup knows of no such books" for programme in there.keys() - wanted.keys()]
    return [*found.problems, *wrong]


def table_facts() -> dict[str, TableInBackup]:
    """Give all tables of the database with their rows and columns."""
    return sqlite.table_facts() if is_embedded() else postgresql.table_facts()
