"""Enter the events of a file one after the other, and compare what comes out with what the file expects."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from pledgeline.ledger.book import Book, Books, Posted, Replayed, Shortfall
from pledgeline.ledger.comparing import OK, REFUSED, REPLAY, RESULTS, Comparing, Difference, EventOutcome
from pledgeline.ledger.entries import Entry
from pledgeline.ledger.event_files import EventFile, events_inside, legible
from pledgeline.ledger.events import Event, enter, read_event
from pledgeline.ledger.refusals import Refusal
from pledgeline.ledger.twins import IdsOfAFile
from pledgeline.programme.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The books after a file, and what was found on the way."""

    book: Books
    outcomes: tuple[EventOutcome, ...]
    compared: int
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    shortfalls: tuple[Shortfall, ...]

    @property
    def is_as_expected(self) -> bool:
        """Say whether every figure agrees and nothing was found wrong with the file."""
        return not self.differences and not any(finding.is_error for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """Count the events by what became of them."""
        counted = Counter(outcome.result for outcome in self.outcomes)
        return {result: counted[result] for result in RESULTS}


def replay_events(
    file: EventFile,
    book: Books | None = None,
    *,
    today: date,
    read: Callable[[object], Event | Refusal] | None = None,
) -> Replay:
    """Enter the events of a file into new books, or into those given, and compare what the file expects.

    `read` makes an event of what the file says; where somebody brings it in, it says who and when.
    """
    book = Book(file.currencies) if book is None else book
    read = read or partial(read_event, today=today)
    outcomes: list[EventOutcome] = []
    ids = IdsOfAFile()
    check = Comparing(file.name, book)
    for group in _grouped(file.events):
        done = [
            _entered(book, raw, _told_apart(read(raw), ids), len(outcomes) + number, place, group.batch)
            for number, (place, raw) in enumerate(group.events, 1)
        ]
        outcomes += done
        check.outcomes(done, group.batch, group.expected)
    check.expected(file.expected, outcomes)
    return Replay(
        book=book,
        outcomes=tuple(outcomes),
        compared=check.compared,
        differences=tuple(check.differences),
        findings=(*file.findings, *check.findings),
        shortfalls=tuple(book.shortfalls()),
    )


def _told_apart(event: Event | Refusal, ids: IdsOfAFile) -> Event | Refusal:
    return event if isinstance(event, Refusal) else ids.refusal(event.key) or event


Placed = tuple[str, object]
"""An event as it stands in the file, with its place as a JSON pointer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Events that were submitted at the same moment (a batch), or one event; how many of each result are expected."""

    batch: str
    events: tuple[Placed, ...]
    expected: Mapping[str, int]


def _grouped(events: Sequence[object]) -> Iterator[_Group]:
    """Put events of one batch together.

    A batch is a run of events with the same `batch`, or one object that has its events inside.
    """
    placed = [(f"/events/{number}", raw) for number, raw in enumerate(events)]
    for (label, _), run in groupby(placed, key=_label):
        members = tuple(run)
        place, first = members[0]
        inside = events_inside(first)
        if inside is None or not isinstance(first, dict):
            yield _Group(batch=label, events=members, expected=_wanted([raw for _, raw in members]))
            continue
        name = "batch" if inside is first.get("batch") else "events"
        yield _Group(
            batch=label or str(first.get("id", "batch")),
            events=tuple((f"{place}/{name}/{number}", raw) for number, raw in enumerate(inside)),
            expected=first["expect"] if "expect" in first else _wanted(inside),
        )


def _label(placed: Placed) -> tuple[str, str]:
    """Give the batch of an event; one without a batch, or with one of no name, stands for itself."""
    place, raw = placed
    mark = raw.get("batch") if isinstance(raw, dict) else None
    return ("", place) if mark in (None, "") or isinstance(mark, list) else (str(mark), "")


def _wanted(events: Sequence[object]) -> dict[str, int]:
    wanted: Counter[str] = Counter()
    for raw in events:
        expect = raw.get("expect") if isinstance(raw, dict) else None
        if isinstance(expect, dict):
            return expect
        if expect is not None:
            wanted[str(expect)] += 1
    return dict(wanted)


def _entered(
    book: Books, raw: object, event: Event | Refusal, number: int, place: str, batch: str
) -> EventOutcome:
    named = raw if isinstance(raw, dict) else {}
    expect = named.get("expect")

    def outcome(result: str, entry: Entry | None = None, refusal: Refusal | None = None) -> EventOutcome:
        return EventOutcome(
            number=number,
            key=legible(named.get("id", ""))[:200],
            kind=legible(named.get("type", ""))[:200],
            result=result,
            entry=entry,
            refusal=refusal,
            expected=legible(expect) if isinstance(expect, str) else "",
            batch=legible(batch),
            place=place,
        )

    answer = event if isinstance(event, Refusal) else enter(book, event)
    if isinstance(answer, Posted):
        return outcome(OK, answer.entry)
    if isinstance(answer, Replayed):
        return outcome(REPLAY, answer.entry)
    return outcome(REFUSED, refusal=answer)
