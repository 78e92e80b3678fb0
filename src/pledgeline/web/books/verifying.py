"""Verify the books for whoever asks, without letting anybody keep the machine busy with it.

Verifying large books takes seconds of all that a processor can give. So each set of books is verified by one
visitor at a time, and a result serves everybody for a while. Who has a role in the programme may have it made anew.
Kept in the process: a site of several processes verifies once in each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from pledgeline.ledger.book import Shortfall
from pledgeline.ledger.verifier import Report
from pledgeline.records.books import StoredBooks

SERVES = timedelta(minutes=10)
"""How long a result is shown to the public instead of another run, if no entry was added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a run found, and when."""

    at: datetime
    root: bytes
    report: Report
    shortfalls: Sequence[Shortfall]


@dataclass(slots=True)
class _Desk:
    running: Lock = field(default_factory=Lock)
    last: Verified | None = None


_desks: dict[int, _Desk] = {}


def last_of(books: StoredBooks) -> Verified | None:
    """Give the newest result, or nothing where there is none since this process started."""
    return _desks[books.number].last if books.number in _desks else None


def verified(books: StoredBooks, *, now: datetime) -> Verified | None:
    """Verify the books, or give the result that still serves; nothing while somebody else's run goes on."""
    desk = _desks.setdefault(books.number, _Desk())
    if not desk.running.acquire(blocking=False):
        return None
    try:
        last = desk.last
        serves = last is not None and now - last.at < SERVES and last.root == books.root()
        if not serves or books.sees_private:
            desk.last = Verified(
                at=now, root=books.root(), report=books.verify(), shortfalls=books.shortfalls()
            )
        return desk.last
    finally:
        desk.running.release()


def forget() -> None:
    """Forget all results."""
    _desks.clear()
