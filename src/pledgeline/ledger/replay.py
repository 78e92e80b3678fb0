"""Event files: read one, enter its events one after the other, and compare what comes out.

An event file brings in books from elsewhere, or is a case: a story with the figures that somebody worked
out by hand. Every figure of a case is compared; one that is not understood is a finding and not a pass.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from pledgeline.ledger import trace
from pledgeline.ledger.accounts import Account
from pledgeline.ledger.book import Book, Books, Posted, Replayed, Shortfall
from pledgeline.ledger.entries import Entry
from pledgeline.ledger.events import NOT_IN_BODY, Event, enter, read_event
from pledgeline.ledger.fields import Fields
from pledgeline.ledger.readers import FIELDS
from pledgeline.ledger.refusals import Refusal, Refused
from pledgeline.ledger.state import State
from pledgeline.money import MINOR_DIGITS
from pledgeline.programme.findings import Finding, Place, Severity

OK, REFUSED, REPLAY = RESULTS = ("ok", "refused", "replay")
LONGEST_INTEGER = 40
ACCOUNTS = {account.value for account in Account}
BATCHES = ("batches", "batch")
NAMES = frozenset({"case", "title", "note", "currencies", "events", "expected", "programme", "source"})
"""What a file may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """An event file as it was read: `events` as they stand there, `expected` empty where it is no case."""

    name: str
    case: str = ""
    title: str = ""
    currencies: frozenset[str] = frozenset(MINOR_DIGITS)
    events: tuple[Any, ...] = ()
    expected: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Say whether there is anything to replay."""
        return not any(finding.code in UNREADABLE for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one event. `number` counts the events from 1, as the file has them."""

    number: int
    key: str
    kind: str
    result: str
    entry: Entry | None = None
    refusal: Refusal | None = None
    expected: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure of the case that the books do not give."""

    what: str
    expected: str
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The books after a file, and what was found on the way."""

    book: Books
    outcomes: tuple[Outcome, ...]
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


UNREADABLE = {"events.not-utf-8", "events.not-json", "events.no-events"}
CODES = {
    "events.not-utf-8": "The file is not text in UTF-8.",
    "events.not-json": "The file is not JSON, or has a name twice in one object.",
    "events.no-events": "The file has no list of events.",
    "events.unknown-currency": "The file has a currency that ISO 4217 does not have.",
    "events.digits-differ": "The file gives a currency another number of decimals than ISO 4217.",
    "events.unknown-name": "The file has a name that means nothing there, perhaps a slip; it was not read.",
    "events.not-compared": "The file expects something that is not understood, so it was not compared.",
}
"""Every finding of this module, with what it means."""


def read_event_file(content: bytes, name: str) -> EventFile:
    """Read an event file, with everything that is wrong with it as a whole."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unreadable(
            name, "events.not-utf-8", f"Byte {error.start} is not UTF-8.", "Save the file as UTF-8."
        )
    try:
        raw = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_whole, parse_float=_Decimal
        )
    except json.JSONDecodeError as error:
        return _unreadable(name, "events.not-json", f"{error.msg}.", "Write the file as JSON.", error.lineno)
    except _Twice as error:
        return _unreadable(name, "events.not-json", str(error), "Write each name once, and only JSON values.")
    except RecursionError:
        return _unreadable(
            name, "events.not-json", "The file is nested too deeply.", "Write events as flat objects."
        )
    return event_file_of(raw, name)


def event_file_of(raw: object, name: str) -> EventFile:
    """Take what a file holds, once it is no longer text."""
    whole = raw if isinstance(raw, dict) else {"events": raw}
    events = whole.get("events")
    if not isinstance(events, list):
        return _unreadable(
            name,
            "events.no-events",
            "There is no list “events”.",
            'Write {"events": [...]}, see the handbook.',
        )
    findings: list[Finding] = []
    expected = whole.get("expected")
    if expected is not None and not isinstance(expected, dict):
        findings.append(_not_compared(name, "expected", "It is no object."))
    return EventFile(
        name=name,
        case=_legible(whole.get("case", "")),
        title=_legible(whole.get("title", "")),
        currencies=_currencies(name, whole.get("currencies"), findings),
        events=tuple(events),
        expected=expected if isinstance(expected, dict) else {},
        findings=(*findings, *_unknown_names(name, whole, events)),
    )


def _unknown_names(name: str, whole: Mapping[str, Any], events: list[Any]) -> Iterator[Finding]:
    """Find names that nothing is read from: each once, at its first place."""
    found: dict[str, Place] = {}
    for each in whole.keys() - NAMES:
        found[each] = Place(file=name, column=_legible(each)[:80])
    for number, event in enumerate(events, start=1):
        for each in event.keys() - FIELDS - NOT_IN_BODY - {"events"} if isinstance(event, dict) else ():
            found.setdefault(each, Place(file=name, column=f"event {number}, {_legible(each)}"[:80]))
    for each, place in sorted(found.items()):
        close = get_close_matches(each, FIELDS | NAMES, n=1, cutoff=0.75)
        yield Finding(
            code="events.unknown-name",
            place=place,
            wrong=f"“{_legible(each)[:60]}” means nothing there and was not read.",
            way_out=f"If “{close[0]}” is meant, write that." if close else "Correct it, or leave it out.",
            severity=Severity.WARNING,
        )


class _Twice(Exception):
    """Something in the file that JSON readers disagree about."""


class _Decimal(str):
    """A number with decimals: kept as it was written, and no amount."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = Counter(name for name, _ in pairs)
    for name, number in names.items():
        if number > 1:
            raise _Twice(f"The name “{name[:40]}” stands {number} times in one object.")
    return dict(pairs)


def _no_constant(text: str) -> Any:
    raise _Twice(f"{text} is no JSON value.")


def _whole(text: str) -> object:
    return int(text) if len(text) <= LONGEST_INTEGER else _Decimal(text)


def _unreadable(name: str, code: str, wrong: str, way_out: str, line: int | None = None) -> EventFile:
    finding = Finding(code=code, place=Place(file=name, line=line), wrong=wrong, way_out=way_out)
    return EventFile(name=name, findings=(finding,))


def _currencies(name: str, stated: object, findings: list[Finding]) -> frozenset[str]:
    if not isinstance(stated, dict):
        return frozenset(MINOR_DIGITS)
    for code, digits in stated.items():
        place = Place(file=name, column=f"currencies.{code}"[:60])
        if code not in MINOR_DIGITS:
            findings.append(
                Finding(
                    code="events.unknown-currency",
                    place=place,
                    wrong=f"“{code[:10]}” is no currency of ISO 4217; its events are refused.",
                    way_out="Correct the code.",
                    severity=Severity.WARNING,
                )
            )
        elif digits != MINOR_DIGITS[code]:
            findings.append(
                Finding(
                    code="events.digits-differ",
                    place=place,
                    wrong=f"{code} has {MINOR_DIGITS[code]} decimals, and the file says {digits!r}.",
                    way_out="Correct the number, and check the amounts: they count other units than you think.",
                )
            )
    return frozenset(stated) & MINOR_DIGITS.keys()


def replay_events(
    file: EventFile, book: Books | None = None, *, read: Callable[[object], Event | Refusal] = read_event
) -> Replay:
    """Enter the events of a file into new books, or into those given, and compare what the file expects.

    `read` makes an event of what the file says; where somebody brings it in, it says who and when.
    """
    book = Book(file.currencies) if book is None else book
    outcomes: list[Outcome] = []
    check = _Comparing(file.name, book)
    for group, expected in _grouped(file.events):
        done = [
            _entered(book, raw, read(raw), len(outcomes) + place, group)
            for place, raw in enumerate(group.events, 1)
        ]
        outcomes += done
        check.outcomes(done, group, expected)
    check.expected(file.expected, outcomes)
    return Replay(
        book=book,
        outcomes=tuple(outcomes),
        compared=check.compared,
        differences=tuple(check.differences),
        findings=(*file.findings, *check.findings),
        shortfalls=tuple(book.shortfalls()),
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Events that were submitted at the same moment (a batch), or one event."""

    batch: str
    events: tuple[Any, ...]


def _grouped(events: Sequence[Any]) -> Iterator[tuple[_Group, Mapping[str, int]]]:
    """Put events of one batch together, with how many of each result are expected there.

    A batch is a run of events with the same `batch`, or one object that has its events inside.
    """
    for (label, _), run in groupby(enumerate(events), key=lambda each: _label(*each)):
        raws = [raw for _, raw in run]
        inside = _inside(raws[0])
        if inside is None:
            yield _Group(label, tuple(raws)), _wanted(raws)
        else:
            wanted = next(
                (raws[0][name] for name in ("expect", "expected", "counts") if name in raws[0]), None
            )
            title = label or str(raws[0].get("id", "batch"))
            yield _Group(title, tuple(inside)), wanted if isinstance(wanted, dict) else _wanted(inside)


def _label(number: int, raw: object) -> tuple[str, int]:
    """Give the batch of an event; one without a batch, or with one of no name, stands for itself."""
    mark = raw.get("batch") if isinstance(raw, dict) else None
    return ("", number) if mark in (None, "") or isinstance(mark, list) else (str(mark), 0)


def _inside(raw: object) -> list[Any] | None:
    if not isinstance(raw, dict):
        return None
    found = raw["batch"] if isinstance(raw.get("batch"), list) else raw.get("events")
    return found if isinstance(found, list) else None


def _wanted(events: Sequence[Any]) -> dict[str, int]:
    wanted: Counter[str] = Counter()
    for raw in events:
        expect = raw.get("expect") if isinstance(raw, dict) else None
        if isinstance(expect, dict):
            return expect
        if expect is not None:
            wanted[str(expect)] += 1
    return dict(wanted)


def _entered(book: Books, raw: object, event: Event | Refusal, number: int, group: _Group) -> Outcome:
    named = raw if isinstance(raw, dict) else {}
    expect = named.get("expect")

    def outcome(result: str, entry: Entry | None = None, refusal: Refusal | None = None) -> Outcome:
        return Outcome(
            number=number,
            key=_legible(named.get("id", ""))[:200],
            kind=_legible(named.get("type", ""))[:200],
            result=result,
            entry=entry,
            refusal=refusal,
            expected=_legible(expect) if isinstance(expect, str) else "",
            batch=_legible(group.batch),
        )

    answer = event if isinstance(event, Refusal) else enter(book, event)
    if isinstance(answer, Posted):
        return outcome(OK, answer.entry)
    if isinstance(answer, Replayed):
        return outcome(REPLAY, answer.entry)
    return outcome(REFUSED, refusal=answer)


class _Comparing:
    """Holds the books against what a file expects, figure by figure."""

    def __init__(self, name: str, book: Books) -> None:
        self.name = name
        self.book = book
        self.compared = 0
        self.differences: list[Difference] = []
        self.findings: list[Finding] = []

    def figure(self, what: str, expected: object, ours: object) -> None:
        self.compared += 1
        if type(expected) is not type(ours) or expected != ours:
            self.differences.append(
                Difference(what=_legible(what), expected=_legible(expected), ours=str(ours))
            )

    def not_compared(self, where: str, why: str) -> None:
        self.findings.append(_not_compared(self.name, where, why))

    def outcomes(self, done: Sequence[Outcome], group: _Group, expected: Mapping[str, Any]) -> None:
        if not group.batch:
            for outcome in done:
                if expected:
                    self.figure(
                        f"event {outcome.number} ({outcome.key})", next(iter(expected)), outcome.result
                    )
            return
        self.counts(f"batch {group.batch}", expected, done)

    def counts(self, what: str, expected: Mapping[str, Any], done: Sequence[Outcome]) -> None:
        counted = Counter(outcome.result for outcome in done)
        for result in expected:
            if result in RESULTS:
                self.figure(f"{what}: {result}", expected[result], counted[result])
            else:
                self.not_compared(f"{what}.{result}", f"There is no outcome “{result}”.")

    def expected(self, expected: Mapping[str, Any], outcomes: Sequence[Outcome]) -> None:
        for section, wanted in expected.items():
            if isinstance(wanted, list) and section not in BATCHES:
                for number, item in enumerate(wanted):
                    self._one(f"{section}[{number}]"[:80], item)
            elif section in ("counts", "outcomes", "events") and isinstance(wanted, dict):
                self.counts("all events", wanted, outcomes)
            elif section in BATCHES:
                self._batches(wanted, outcomes)
            elif section in ("entries", "transactions", "log_size", "size") and type(wanted) is int:
                self.figure("number of entries", wanted, len(self.book))
            elif not (isinstance(wanted, str) and section in ("note", "title")):
                self.not_compared(section, "It is none of balances, as_of, traces, units, counts, entries.")

    def _one(self, where: str, item: object) -> None:
        """Compare one item of a list; what it holds says what is asked: stages, a trace, or units."""
        readers = {
            "stages": self._stages,
            "by_contribution": self._shares_of_lot,
            "by_lot": self._lots_of_contribution,
            "units": self._units,
        }
        found = [read for name, read in readers.items() if isinstance(item, dict) and name in item]
        if not isinstance(item, dict) or not found:
            self.not_compared(where, f"It is no object with {', '.join(readers)}.")
            return
        try:
            for read in found:
                read(where, item, self._state_for(item))
        except Refused as refused:
            self.not_compared(where, refused.refusal.wrong)

    def _state_for(self, item: Mapping[str, Any]) -> State:
        fields = Fields(item, self.book)
        known_on: datetime | date | None = None
        if fields.has("recorded_at", "known_on"):
            text = fields.key("recorded_at", "known_on")
            known_on = (
                fields.day("recorded_at", "known_on")
                if len(text) == len("2025-12-31")
                else fields.moment("recorded_at", "known_on")
            )
        return self.book.state_at(
            as_of=fields.any_day("effective_on", "as_of"),
            known_on=known_on,
            position=fields.any_whole("position"),
        )

    def _batches(self, wanted: object, outcomes: Sequence[Outcome]) -> None:
        if isinstance(wanted, dict):
            named = list(wanted.items())
        elif isinstance(wanted, list):
            named = [(each.get("batch"), each) for each in wanted if isinstance(each, dict)]
        else:
            named = []
        if not named:
            self.not_compared("batches", "It names no batch.")
        for label, counts in named:
            done = [outcome for outcome in outcomes if outcome.batch == _legible(label)]
            if not isinstance(counts, dict) or not done:
                self.not_compared(f"batches.{label}", "There is no such batch, or no counts for it.")
                continue
            self.counts(f"batch {label}", {k: v for k, v in counts.items() if k != "batch"}, done)

    def _stages(self, where: str, item: Mapping[str, Any], state: State) -> None:
        stages = item.get("stages")
        if not isinstance(stages, dict):
            self.not_compared(where, "It has no stages.")
            return
        filters = ("contribution", "currency", "line", "lot")
        currencies = {
            spot.currency for spot in state.money() if spot.contribution == item.get("contribution")
        }
        if "currency" not in item and len(currencies) > 1:
            self.not_compared(where, "It does not say which currency.")
            return
        partner = item.get("partner") if "contribution" not in item else None
        owners = state.contributions()
        sums: Counter[str] = Counter()
        for spot, minor in state.money().items():
            if all(item.get(name) in (None, getattr(spot, name)) for name in filters) and partner in (
                None,
                owners.get(spot.contribution),
            ):
                sums[spot.account.value] += minor
        who = " ".join(str(item[name]) for name in (*filters, "partner") if item.get(name))
        when = "".join(
            f", {word} {item[name]}"
            for name, word in (
                ("effective_on", "as of"),
                ("as_of", "as of"),
                ("recorded_at", "known"),
                ("known_on", "known"),
            )
            if name in item
        )
        for stage, figure in stages.items():
            if stage in ACCOUNTS:
                self.figure(f"{where}: {who}, {stage}{when}", figure, sums[stage])
            else:
                self.not_compared(f"{where}.{stage}"[:60], "There is no such stage.")

    def _shares_of_lot(self, where: str, item: Mapping[str, Any], state: State) -> None:
        self._trace(where, item, "lot", item["by_contribution"], trace.of_lot(state, str(item.get("lot"))))

    def _lots_of_contribution(self, where: str, item: Mapping[str, Any], state: State) -> None:
        found = trace.of_contribution(state, str(item.get("contribution")))
        self._trace(where, item, "contribution", item["by_lot"], found)

    def _trace(
        self,
        where: str,
        item: Mapping[str, Any],
        subject: str,
        wanted: object,
        found: Mapping[str, Mapping[str, int]],
    ) -> None:
        if not isinstance(wanted, dict) or subject not in item:
            self.not_compared(where, f"It does not say which {subject}, or its shares are no object.")
            return
        if "currency" not in item and len(found) > 1:
            self.not_compared(where, "It does not say which currency.")
            return
        ours = found.get(item["currency"], {}) if "currency" in item else next(iter(found.values()), {})
        self._mapping(f"{where}: {item[subject]}", wanted, ours)

    def _units(self, where: str, item: Mapping[str, Any], state: State) -> None:
        lot, wanted = item.get("lot"), item.get("units")
        if not isinstance(lot, str) or not isinstance(wanted, list):
            self.not_compared(where, "It has no lot, or no list of units.")
            return
        ours = list(trace.units_of(state, lot))
        self.figure(f"{where}: units of {lot}", len(wanted), len(ours))
        for number, (one, other) in enumerate(zip(wanted, ours, strict=False), start=1):
            if isinstance(one, dict):
                self._mapping(f"{where}: unit {number} of {lot}", one, other)
            else:
                self.not_compared(f"{where}.units[{number - 1}]", "It is no object.")

    def _mapping(self, what: str, wanted: Mapping[str, Any], ours: Mapping[str, int]) -> None:
        """Compare every figure of both; who is missing has nothing."""
        for name in sorted({*wanted, *ours}):
            self.figure(f"{what}, {name}", wanted.get(name, 0), ours.get(name, 0))


def _not_compared(name: str, where: str, why: str) -> Finding:
    return Finding(
        code="events.not-compared",
        place=Place(file=name, column=_legible(where)[:80]),
        wrong=f"{_legible(why)} It was not compared.",
        way_out="Correct it, or take it out of what is expected.",
    )


def _legible(value: object) -> str:
    """Write what a file says so that it can be shown: JSON can hold halves of characters, which no text may."""
    return str(value).encode("utf-8", "replace").decode()
