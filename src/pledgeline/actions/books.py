"""Open the books of a programme, enter what happened, erase private texts, and give checkpoints away.

Whoever writes holds the books until the transaction ends; everybody else waits, sees what was done, and is
answered by the books as they are then. So of two people who press the button together for the same money,
one is told that it is gone.
"""

import contextlib
import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.ledger import (
    Account,
    Event,
    EventFile,
    Posted,
    Private,
    Refusal,
    Replay,
    Replayed,
    SigningKey,
    Spot,
    enter,
    read_event,
    replay_events,
)
from pledgeline.ledger.checkpoints import note_of
from pledgeline.ledger.entries import time_text
from pledgeline.ledger.witness import with_cosignatures
from pledgeline.money import MINOR_DIGITS
from pledgeline.records import clock
from pledgeline.records.books import Locked, NoBooks, locked, log, sql
from pledgeline.records.books.checkpoints import given_checkpoints
from pledgeline.records.books.digests import checkpoint_digest, settings_digest
from pledgeline.records.books.log import first_number
from pledgeline.records.books.sums import leave_totals
from pledgeline.records.models import BooksRecord, CheckpointRecord, ProgrammeRecord

EXPIRY = "expiry of reservations"
"""Who is named beside an entry that nobody made."""


class BooksThere(ValueError):
    """The programme keeps books already."""


@trail.leaves_refusals(AuditAct.BOOKS_OPENED, "books", ref="programme")
@sql.in_turn()
def open_books(programme: str, *, currencies: Collection[str] = MINOR_DIGITS.keys()) -> None:
    """Open empty books for a programme, in the currencies named. They are not public until somebody publishes them.

    Raises:  NoBooks where there is no such programme; BooksThere where it keeps books; ValueError for a
             currency that ISO 4217 does not have.
    """
    _open(programme, currencies)


def _open(programme: str, currencies: Collection[str]) -> None:
    if unknown := set(currencies) - MINOR_DIGITS.keys():
        raise ValueError(f"ISO 4217 has no currency {', '.join(sorted(unknown))}")
    row = ProgrammeRecord.objects.select_for_update().filter(slug=programme).first()
    if row is None:
        raise NoBooks(f"there is no programme “{programme}”")
    if BooksRecord.objects.filter(programme=row).exists():
        raise BooksThere(f"the programme “{programme}” keeps books already")
    codes = " ".join(sorted(currencies))
    BooksRecord.objects.create(
        programme=row,
        currencies=codes,
        digest=settings_digest(programme, codes, "false"),
    )
    trail.record(AuditAct.BOOKS_OPENED, "books", programme, programme=programme)


@trail.leaves_refusals(AuditAct.ENTRY_MADE, "books", ref="programme")
def post(
    programme: str, event: Mapping[str, object], *, today: date, by: str = ""
) -> Posted | Replayed | Refusal:
    """Enter an event that happens now; `by` is who says so, kept beside the entry and not in the proof.

    It is recorded at the time that the clock of the database shows once nobody else writes, whatever the event says;
    what would happen after `today` is refused. A note and a person get a salt, so that their hashes in the proof tell
    nothing. The same event again, by its id, gives the first answer.

    Raises:  NoBooks.
    """
    read = read_for_now(event, today=today, by=by)
    if isinstance(read, Refusal):
        trail.refused(AuditAct.ENTRY_MADE, "entry", _said_key(event), programme=programme, code=read.code)
        return read
    with sql.in_turn():
        books = locked(programme, key=read.key)
        answer = _recorded_and_entered(books, read)
        books.keep()
        if isinstance(answer, Posted):
            trail.record(AuditAct.ENTRY_MADE, "entry", read.key, programme=programme, type=read.said.type)
    if isinstance(answer, Refusal):
        trail.refused(
            AuditAct.ENTRY_MADE, "entry", read.key, programme=programme, code=answer.code, type=read.said.type
        )
    return answer


def read_for_now(event: object, *, today: date, by: str = "") -> Event | Refusal:
    """Read an event that is to be recorded now; a time of recording that it says is read, and does not count."""
    said = {"recorded_at": f"{today}T00:00:00Z", **event} if isinstance(event, Mapping) else event
    read = read_event(said, today=today)
    if isinstance(read, Refusal):
        return read
    private = [replace(text, salt=text.salt or _salt()) for text in read.private]
    if by:
        private.insert(0, Private(name="by", text=by, salt=_salt()))
    return replace(read, private=tuple(private))


def enter_now(
    books: Locked, event: Mapping[str, object], *, today: date, by: str
) -> Posted | Replayed | Refusal:
    """Enter an event that happens now into books that are held, as a part of what else the transaction does."""
    read = read_for_now(event, today=today, by=by)
    return read if isinstance(read, Refusal) else _recorded_and_entered(books, read)


def _recorded_and_entered(books: Locked, event: Event) -> Posted | Replayed | Refusal:
    recorded = _recorded_now(books, event)
    return recorded if isinstance(recorded, Refusal) else enter(books, recorded)


def _recorded_now(books: Locked, event: Event) -> Event | Refusal:
    """Have an event recorded now; refuse a new one where the clock cannot be believed."""
    refusal = clock.refused(books.last_recorded_at, books.now)
    if refusal is not None and books.entry(event.key) is None:
        return refusal
    return event.recorded(books.now)


@trail.leaves_refusals(AuditAct.EVENTS_ENTERED, "books", ref="programme")
@sql.in_turn()
def replay_into(programme: str, file: EventFile, *, today: date, dry_run: bool = False) -> Replay:
    """Enter the events of a file into the books of a programme, and compare what the file expects.

    All of them or, where it is interrupted or a `dry_run`, none. They keep the times of recording that the
    file gives, as far as those do not go back. What is in the books already, by its id, is a replay, so the same
    file can be entered twice. Where the programme keeps no books yet, they are opened. A file that is not readable
    enters nothing.

    Raises:  NoBooks where there is no such programme; ValueError for a file that is not readable.
    """
    if not file.is_readable:
        raise ValueError(f"{file.name} cannot be entered: {file.findings[0].wrong}")
    books = _opened(programme, file.currencies)
    done = replay_events(file, books, today=today)
    _keep_or_take_back(books, file, done, not dry_run)
    return done


@trail.leaves_refusals(AuditAct.EVENTS_ENTERED, "books", ref="programme")
@sql.in_turn()
def bring_in(
    programme: str,
    file: EventFile,
    *,
    today: date,
    by: str,
    keep: Callable[[Replay], bool],
) -> Replay:
    """Enter the events of a file as `by` writes them down now, if `keep` agrees with what came out; else nothing.

    The times of recording in the file do not count: what was known on a day is for nobody to say afterwards.
    What the file expects of the books is not compared, since they hold other things, too. Where the programme
    keeps no books yet, they are opened.

    Raises:  NoBooks where there is no such programme.
    """
    books = _opened(programme, MINOR_DIGITS.keys())

    def read(event: object) -> Event | Refusal:
        said = read_for_now(event, today=today, by=by)
        return said if isinstance(said, Refusal) else _recorded_now(books, said)

    done = replay_events(replace(file, expected={}), books, today=today, read=read)
    _keep_or_take_back(books, file, done, keep(done))
    return done


def _opened(programme: str, currencies: Collection[str]) -> Locked:
    with contextlib.suppress(BooksThere):
        _open(programme, currencies)
    return locked(programme)


def _keep_or_take_back(books: Locked, file: EventFile, done: Replay, is_kept: bool) -> None:
    if is_kept:
        books.keep()
        sql.count_rows_anew()
        slug = books.programme
        trail.record(
            AuditAct.EVENTS_ENTERED, "books", slug, programme=slug, file=file.name, counts=done.counts
        )
    else:
        transaction.set_rollback(True)


@trail.leaves_refusals(AuditAct.RESERVATIONS_EXPIRED, "books", ref="programme")
def expire_reservations(programme: str, *, today: date) -> int:
    """Set the money free that is reserved for a line up to a day that has passed; give how many entries that made.

    An entry of this kind is made today, by nobody. Done again on the same day it adds nothing.

    Raises:  NoBooks.
    """
    if not sql.rows(_EXPIRED, (programme, Account.ALLOCATED.value, today.isoformat())):
        return 0
    with sql.in_turn():
        books = locked(programme)
        state = books.state
        expired = [
            spot
            for spot, minor in state.money().items()
            if spot.account is Account.ALLOCATED
            and minor > 0
            and "" < state.term("reserved_until", spot.contribution, spot.line) < today.isoformat()
        ]
        answers = [_recorded_and_entered(books, _expiry(spot, today)) for spot in expired]
        number = sum(isinstance(answer, Posted) for answer in answers)
        books.keep()
        if number:
            trail.record(
                AuditAct.RESERVATIONS_EXPIRED, "books", programme, programme=programme, entries=number
            )
    return number


_EXPIRED = (
    "SELECT 1 FROM books_spot s JOIN books b ON b.id = s.books_id "
    "JOIN records_programmerecord p ON p.id = b.programme_id "
    "WHERE p.slug = %s AND s.account = %s AND s.balance > 0 AND EXISTS ("
    "SELECT 1 FROM books_term t WHERE t.name = 'reserved_until' AND t.about = s.contribution "
    "AND t.beside = s.line AND t.value > '' AND t.value < %s) LIMIT 1"
)
"""Whether anything could have expired: seldom does it, and to know exactly the books must be locked."""


def _expiry(spot: Spot, today: date) -> Event:
    said = {
        "type": "release",
        "contribution": spot.contribution,
        "line": spot.line,
        "currency": spot.currency,
        "effective_on": today.isoformat(),
    }
    name = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
    event = {"id": f"reservation-expired-{today.isoformat()}-{name}", **said}
    read = read_for_now(event, today=today, by=EXPIRY)
    assert isinstance(read, Event), read
    return read


class NothingToErase(ValueError):
    """There is no such entry, or it has no such text; the message says which."""


@trail.leaves_refusals(AuditAct.NOTE_ERASED, "entry", ref="key")
def erase(programme: str, *, key: str, names: Collection[str] = ()) -> list[str]:
    """Erase private texts beside the entry `key`, all of them where none is named; give the names of those erased.

    The hashes that stand for them stay, and so does the proof. Nobody can bring the texts back from here;
    copies and backups that were made before still hold them.

    Raises:  NoBooks; NothingToErase.
    """
    with sql.in_turn():
        books = locked(programme)
        if books.entry(key) is None:
            raise NothingToErase(f"the books of “{programme}” have no entry “{key}”")
        erased = log.erase(books.number, key, sorted(names))
        if not erased:
            wanted = " or ".join(f"“{name}”" for name in sorted(names)) or "private text"
            raise NothingToErase(f"the entry “{key}” has no {wanted}, or it was erased before")
        books.keep()
        trail.record(AuditAct.NOTE_ERASED, "entry", key, programme=programme, names=erased)
        transaction.on_commit(sql.forget_what_was_erased)
    return erased


@trail.leaves_refusals(AuditAct.CHECKPOINT_GIVEN, "books", ref="programme")
def give_checkpoint(programme: str, *, keys: Sequence[SigningKey] = ()) -> str:
    """Write a checkpoint of the books as they are, note that it was given, and give it.

    Raises:  NoBooks.
    """
    with sql.in_turn():
        books = locked(programme)
        note = books.checkpoint(keys=keys)
        if len(books):
            leave_totals(books.number, first_number(books.number) + len(books) - 1)
        _note_as_given(books, note, len(books))
        books.keep()
        trail.record(
            AuditAct.CHECKPOINT_GIVEN,
            "books",
            programme,
            programme=programme,
            size=len(books),
            keys=[key.name for key in keys],
        )
    return note


class NotCosigned(ValueError):
    """No witness that is known here cosigned a checkpoint of these books; the message says what to look at."""


@trail.leaves_refusals(AuditAct.COSIGNATURES_TAKEN, "books", ref="programme")
def take_cosignatures(programme: str, lines: str, *, witnesses: Collection[str]) -> str:
    """Put what witnesses answered under the newest checkpoint that they answered to, note it as given, and give it.

    Cosignatures of others than `witnesses`, by their public keys, are left out.

    Raises:  NoBooks; NotCosigned; Wrong for lines that are no signatures.
    """
    with sql.in_turn():
        books = locked(programme)
        for given in given_checkpoints(books):
            cosigned = with_cosignatures(given.checkpoint, lines, witnesses)
            if cosigned != given.checkpoint:
                note = note_of(cosigned)
                _note_as_given(books, note, cosigned.size)
                books.keep()
                trail.record(
                    AuditAct.COSIGNATURES_TAKEN, "books", programme, programme=programme, size=cosigned.size
                )
                return note
    raise NotCosigned(
        "no witness whose key is known here cosigned a checkpoint of these books in that file, or it was taken in "
        "before: name the witness with --witness-key or in PLEDGELINE_WITNESS_KEYS"
    )


def _note_as_given(books: Locked, note: str, size: int) -> None:
    given = CheckpointRecord.objects.filter(books_id=books.number)
    made_at = clock.not_before(given, "made_at", books.now)
    CheckpointRecord.objects.create(
        id=first_number(books.number) + given.count(),
        books_id=books.number,
        size=size,
        made_at=made_at,
        note=note,
        digest=checkpoint_digest(size, time_text(made_at), note),
    )


def _said_key(event: object) -> str:
    """Give the id that an event says of itself, where it can be one."""
    said = event.get("id") if isinstance(event, Mapping) else None
    return said if isinstance(said, str) else ""


def _salt() -> str:
    return secrets.token_hex(16)
