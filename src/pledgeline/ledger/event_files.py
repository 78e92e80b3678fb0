"""Event files as such: text, JSON, and the few names that a file has beside its events.

A file brings in books from elsewhere, or is a case: a story with the figures that somebody worked out by hand.
What its events say is read one by one, in `schema`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import NoReturn

from pledgeline.money import MINOR_DIGITS
from pledgeline.programme.findings import Finding, Place, Severity
from pledgeline.programme.sentences import Sentence, sentence

LONGEST_INTEGER = 40
NAMES = frozenset({"case", "title", "note", "currencies", "events", "expected", "programme", "source"})
"""What a file may hold."""

TEXTS = ("case", "title", "note", "programme", "source")
"""What of it is text beside the events."""

BATCH_NAMES = frozenset({"id", "type", "batch", "events", "expect"})
"""What a batch may hold that is written as one object with its events inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """An event file as it was read: `events` as they stand there, `expected` empty where it is no case."""

    name: str
    case: str = ""
    title: str = ""
    currencies: frozenset[str] = frozenset(MINOR_DIGITS)
    events: tuple[object, ...] = ()
    expected: Mapping[str, object] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Say whether its events may be entered."""
        return not any(finding.code in UNREADABLE for finding in self.findings)


UNREADABLE = frozenset(
    {
        *("events.not-utf-8", "events.not-json", "events.no-events"),
        *("events.unknown-name", "events.not-currencies", "events.digits-differ", "events.not-as-documented"),
    }
)
"""Findings with which nothing of a file is entered: it may mean something else than it seems to."""

CODES = (
    "events.not-utf-8",
    "events.not-json",
    "events.no-events",
    "events.unknown-currency",
    "events.not-currencies",
    "events.digits-differ",
    "events.unknown-name",
    "events.not-as-documented",
    "events.not-compared",
)
"""Every finding of this module; its message in the catalogue says what it means."""


def read_event_file(content: bytes, name: str) -> EventFile:
    """Read an event file, with everything that is wrong with it as a whole."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unreadable(name, sentence("events.not-utf-8.byte", byte=str(error.start)))
    try:
        raw = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_whole, parse_float=_Decimal
        )
    except json.JSONDecodeError as error:
        return _unreadable(name, sentence("events.not-json.syntax", fault=error.msg), error.lineno)
    except _Unclear as error:
        return _unreadable(name, error.said)
    except RecursionError:
        return _unreadable(name, sentence("events.not-json.too-deep"))
    return event_file_of(raw, name)


def event_file_of(raw: object, name: str) -> EventFile:
    """Take what a file holds, once it is no longer text."""
    whole = raw if isinstance(raw, dict) else {"events": raw}
    events = whole.get("events")
    if not isinstance(events, list):
        return _unreadable(name, sentence("events.no-events.no-list"))
    findings: list[Finding] = [
        _at(name, text, sentence("events.not-as-documented.no-text", name=text))
        for text in TEXTS
        if not isinstance(whole.get(text, ""), str)
    ]
    expected = whole.get("expected", {})
    if not isinstance(expected, dict):
        findings.append(not_compared(name, "expected", sentence("events.not-compared.no-object")))
    return EventFile(
        name=name,
        case=legible(whole.get("case", "")),
        title=legible(whole.get("title", "")),
        currencies=_currencies(name, whole, findings),
        events=tuple(events),
        expected=expected if isinstance(expected, dict) else {},
        findings=(*findings, *_unknown_names(name, whole, events), *_unclear_batches(name, events)),
    )


def _unknown_names(name: str, whole: Mapping[str, object], events: list[object]) -> Iterator[Finding]:
    """Find names that a file, or a batch in it, does not have; those of an event are read with the event."""
    for unknown in sorted(whole.keys() - NAMES):
        yield _unknown_name(name, unknown, unknown, NAMES)
    for place, batch in enumerate(events):
        if isinstance(batch, dict) and events_inside(batch) is not None:
            for unknown in sorted(batch.keys() - BATCH_NAMES):
                yield _unknown_name(name, f"/events/{place}/{unknown}", unknown, BATCH_NAMES)


def _unclear_batches(name: str, events: list[object]) -> Iterator[Finding]:
    """Find batches of which it is not clear which events they are, or what is expected of them."""
    for place, batch in enumerate(events):
        if not isinstance(batch, dict) or events_inside(batch) is None:
            continue
        at = f"/events/{place}"
        if isinstance(batch.get("batch"), list) and "events" in batch:
            yield _at(name, at, sentence("events.not-as-documented.two-places"))
        if batch.get("type", "batch") != "batch":
            kind = legible(batch["type"])[:60]
            yield _at(name, f"{at}/type", sentence("events.not-as-documented.no-batch", type=kind))
        if not all(isinstance(batch.get(label, ""), str | list) for label in ("id", "batch")):
            yield _at(name, at, sentence("events.not-as-documented.name-of-batch"))
        if not _is_counts(batch.get("expect", {})):
            yield _at(name, f"{at}/expect", sentence("events.not-as-documented.expected-of-batch"))


def _is_counts(value: object) -> bool:
    return isinstance(value, dict) and all(type(number) is int for number in value.values())


def _at(file: str, at: str, said: Sentence) -> Finding:
    return Finding(place=Place(file=file, column=at), said=said)


def _unknown_name(file: str, at: str, name: str, names: frozenset[str]) -> Finding:
    close = get_close_matches(name, names, n=1, cutoff=0.7)
    shown = legible(name)[:60]
    if close:
        return _at(file, legible(at)[:80], sentence("events.unknown-name.close", name=shown, close=close[0]))
    return _at(file, legible(at)[:80], sentence("events.unknown-name.name", name=shown))


def events_inside(raw: object) -> list[object] | None:
    """Give the events of a batch that is written as one object, or nothing where this is none."""
    if not isinstance(raw, dict):
        return None
    inside = raw["batch"] if isinstance(raw.get("batch"), list) else raw.get("events")
    return inside if isinstance(inside, list) else None


class _Unclear(Exception):
    """Something in the file that JSON readers disagree about."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said)
        self.said = said


class _Decimal(str):
    """A number with decimals: kept as it was written, and no amount."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = Counter(name for name, _ in pairs)
    for name, number in names.items():
        if number > 1:
            raise _Unclear(sentence("events.not-json.twice", name=legible(name)[:40], times=number))
    return dict(pairs)


def _no_constant(text: str) -> NoReturn:
    raise _Unclear(sentence("events.not-json.no-value", text=text))


def _whole(text: str) -> object:
    return int(text) if len(text) <= LONGEST_INTEGER else _Decimal(text)


def _unreadable(name: str, said: Sentence, line: int | None = None) -> EventFile:
    return EventFile(name=name, findings=(Finding(place=Place(file=name, line=line), said=said),))


def _currencies(name: str, whole: Mapping[str, object], findings: list[Finding]) -> frozenset[str]:
    stated = whole.get("currencies", MINOR_DIGITS)
    if not isinstance(stated, dict):
        findings.append(_at(name, "currencies", sentence("events.not-currencies.no-object")))
        return frozenset()
    for code, digits in stated.items():
        at = f"currencies.{code}"[:60]
        if code not in MINOR_DIGITS:
            said = sentence("events.unknown-currency.code", currency=legible(code)[:10])
            findings.append(replace(_at(name, at, said), severity=Severity.WARNING))
        elif type(digits) is not int or digits != MINOR_DIGITS[code]:
            said = sentence(
                "events.digits-differ.decimals",
                currency=code,
                decimals=MINOR_DIGITS[code],
                stated=repr(digits),
            )
            findings.append(_at(name, at, said))
    return frozenset(stated) & MINOR_DIGITS.keys()


def not_compared(name: str, where: str, said: Sentence) -> Finding:
    return _at(name, legible(where)[:80], said)


def legible(value: object) -> str:
    """Write what a file says so that it can be shown: JSON can hold halves of characters, which no text may."""
    return str(value).encode("utf-8", "replace").decode()
