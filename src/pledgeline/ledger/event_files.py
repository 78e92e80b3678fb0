"""Event files as such: text, JSON, and the few names that a file has beside its events.

A file brings in books from elsewhere, or is a case: a story with the figures that somebody worked out by hand.
What its events say is read one by one, in `schema`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pledgeline.money import MINOR_DIGITS
from pledgeline.programme.findings import Finding, Place, Severity, in_words

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
    events: tuple[Any, ...] = ()
    expected: Mapping[str, Any] = field(default_factory=dict)
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

CODES = {
    "events.not-utf-8": "The file is not text in UTF-8.",
    "events.not-json": "The file is not JSON, or has a name twice in one object.",
    "events.no-events": "The file has no list of events.",
    "events.unknown-currency": "The file has a currency that ISO 4217 does not have.",
    "events.not-currencies": "The currencies of the file are no object.",
    "events.digits-differ": "The file gives a currency another number of decimals than ISO 4217.",
    "events.unknown-name": "The file has a name that means nothing there, perhaps a slip.",
    "events.not-as-documented": "A name of the file, or of a batch in it, holds something else than it should.",
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
    findings: list[Finding] = [
        _not_as_documented(name, text, f"“{text}” is no text.", "Write it as text, or take it out.")
        for text in TEXTS
        if not isinstance(whole.get(text, ""), str)
    ]
    expected = whole.get("expected", {})
    if not isinstance(expected, dict):
        findings.append(not_compared(name, "expected", "It is no object."))
    return EventFile(
        name=name,
        case=legible(whole.get("case", "")),
        title=legible(whole.get("title", "")),
        currencies=_currencies(name, whole, findings),
        events=tuple(events),
        expected=expected if isinstance(expected, dict) else {},
        findings=(*findings, *_unknown_names(name, whole, events), *_unclear_batches(name, events)),
    )


def _unknown_names(name: str, whole: Mapping[str, Any], events: list[Any]) -> Iterator[Finding]:
    """Find names that a file, or a batch in it, does not have; those of an event are read with the event."""
    for each in sorted(whole.keys() - NAMES):
        yield _unknown_name(name, each, each, NAMES)
    for place, batch in enumerate(events):
        if events_inside(batch) is not None:
            for each in sorted(batch.keys() - BATCH_NAMES):
                yield _unknown_name(name, f"/events/{place}/{each}", each, BATCH_NAMES)


def _unclear_batches(name: str, events: list[Any]) -> Iterator[Finding]:
    """Find batches of which it is not clear which events they are, or what is expected of them."""
    for place, batch in enumerate(events):
        if events_inside(batch) is None:
            continue
        at = f"/events/{place}"
        if isinstance(batch.get("batch"), list) and "events" in batch:
            yield _not_as_documented(
                name, at, "The batch has events in two places.", "Put all of them into “events”."
            )
        if batch.get("type", "batch") != "batch":
            yield _not_as_documented(
                name,
                f"{at}/type",
                f"An event of the type “{legible(batch['type'])[:60]}” cannot hold other events.",
                "Write the type “batch” if it is a batch; else take the events inside out.",
            )
        if not all(isinstance(batch.get(label, ""), str | list) for label in ("id", "batch")):
            yield _not_as_documented(name, at, "The name of the batch is no text.", "Write it as text.")
        if not _is_counts(batch.get("expect", {})):
            yield _not_as_documented(
                name,
                f"{at}/expect",
                "What is expected of the batch is not how many events become what.",
                'Write it as {"ok": 1, "refused": 1}.',
            )


def _is_counts(value: object) -> bool:
    return isinstance(value, dict) and all(type(number) is int for number in value.values())


def _not_as_documented(file: str, at: str, wrong: str, way_out: str) -> Finding:
    place = Place(file=file, column=at)
    return in_words(code="events.not-as-documented", place=place, wrong=wrong, way_out=way_out)


def _unknown_name(file: str, at: str, name: str, names: frozenset[str]) -> Finding:
    close = get_close_matches(name, names, n=1, cutoff=0.7)
    return in_words(
        code="events.unknown-name",
        place=Place(file=file, column=legible(at)[:80]),
        wrong=f"“{legible(name)[:60]}” means nothing there.",
        way_out=f"If “{close[0]}” is meant, write that." if close else "Correct it, or take it out.",
    )


def events_inside(raw: object) -> list[Any] | None:
    """Give the events of a batch that is written as one object, or nothing where this is none."""
    if not isinstance(raw, dict):
        return None
    inside = raw["batch"] if isinstance(raw.get("batch"), list) else raw.get("events")
    return inside if isinstance(inside, list) else None


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
    finding = in_words(code=code, place=Place(file=name, line=line), wrong=wrong, way_out=way_out)
    return EventFile(name=name, findings=(finding,))


def _currencies(name: str, whole: Mapping[str, Any], findings: list[Finding]) -> frozenset[str]:
    stated = whole.get("currencies", MINOR_DIGITS)
    if not isinstance(stated, dict):
        findings.append(
            in_words(
                code="events.not-currencies",
                place=Place(file=name, column="currencies"),
                wrong="The currencies of the file are no object.",
                way_out='Write them with their decimals, {"USD": 2}, or leave them out.',
            )
        )
        return frozenset()
    for code, digits in stated.items():
        place = Place(file=name, column=f"currencies.{code}"[:60])
        if code not in MINOR_DIGITS:
            findings.append(
                in_words(
                    code="events.unknown-currency",
                    place=place,
                    wrong=f"“{code[:10]}” is no currency of ISO 4217; its events are refused.",
                    way_out="Correct the code.",
                    severity=Severity.WARNING,
                )
            )
        elif type(digits) is not int or digits != MINOR_DIGITS[code]:
            findings.append(
                in_words(
                    code="events.digits-differ",
                    place=place,
                    wrong=f"{code} has {MINOR_DIGITS[code]} decimals, and the file says {digits!r}.",
                    way_out="Correct the number, and check the amounts: they count other units than you think.",
                )
            )
    return frozenset(stated) & MINOR_DIGITS.keys()


def not_compared(name: str, where: str, why: str) -> Finding:
    return in_words(
        code="events.not-compared",
        place=Place(file=name, column=legible(where)[:80]),
        wrong=f"{legible(why)} It was not compared.",
        way_out="Correct it, or take it out of what is expected.",
    )


def legible(value: object) -> str:
    """Write what a file says so that it can be shown: JSON can hold halves of characters, which no text may."""
    return str(value).encode("utf-8", "replace").decode()
