"""The due times of a scenario as a calendar that leaves the program.

A calendar knows an entry by its UID: an entry that comes again under the same one takes the place of the
first, wherever it stands. So the UID is made of what the scenario says, of the duty, and of the deadline. The
same scenario taken along twice fills no calendar twice, and another scenario moves none of its entries.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from pledgeline.exchange.timelines import waiting
from pledgeline.guarantees.moments import Window, zone
from pledgeline.guarantees.scenarios import fingerprint
from pledgeline.guarantees.sentences import provenance
from pledgeline.guarantees.timeline import Entry, Timeline
from pledgeline.programme.sentences import Sentence, sentence


def timeline_icalendar(timeline: Timeline, *, stamp: datetime) -> bytes:
    """Write the due times of a timeline as a calendar.

    An entry begins when the duty falls due, or when it may have, and ends when it certainly has. `stamp`
    is when the file was made: of two files with the same entry the later one counts.

    Source:  RFC 5545, sections 3.1 (lines of 75 octets), 3.3.11 (text), 3.6.1 (events), 3.8.4.7 (UID),
             3.8.7.4 (SEQUENCE).
    """
    title = timeline.scenario.title or timeline.scenario.id
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pledgeline//Guarantees//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(sentence('timeline.calendar-name', title=title))}",
    ]
    if timeline.unknowns:
        said = sentence("timeline.calendar-about", waiting=waiting(timeline))
        lines.append(f"X-WR-CALDESC:{_escaped(said)}")
    content = fingerprint(timeline.scenario)
    for due, alike in _deadlines(timeline).values():
        lines += _event(content, due, alike, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _deadlines(timeline: Timeline) -> dict[tuple[str, ...], tuple[Window, list[Entry]]]:
    """Put together what is due of one duty at one time: an entry each, however many owe it."""
    found: dict[tuple[str, ...], tuple[Window, list[Entry]]] = {}
    for entry in (*timeline.owed, *timeline.to_decide):
        instance, due = entry.instance, entry.instance.due
        if due is not None:
            key = (
                instance.instrument,
                instance.obligation,
                instance.episode,
                instance.period,
                _stamp(due.earliest),
                _stamp(due.latest),
            )
            found.setdefault(key, (due, []))[1].append(entry)
    return found


def _event(content: str, due: Window, alike: list[Entry], stamp: datetime) -> list[str]:
    """Write one entry; all of `alike` are of one duty and fall due together."""
    entry = alike[0]
    local = entry.due_local
    assert local is not None
    there = zone(entry.instrument.zone)
    obligors = tuple(dict.fromkeys(actor for duty in alike for actor in duty.instance.obligors))
    when = sentence("timeline.entry-due", at=local[0], zone=there.key)
    if not due.is_exact:
        when = sentence("timeline.entry-due.late", at=local[0], zone=there.key, late=local[1])
    state = sentence(
        "timeline.entry-state",
        states=tuple(dict.fromkeys(str(duty.instance.state.said) for duty in alike)),
        form=entry.form_said,
        strength=entry.obligation.strength,
        owed_as=entry.owed_as,
    )
    about = (
        sentence("timeline.entry-warning"),
        entry.obligation.summary,
        when,
        state,
        provenance(entry.instrument, entry.obligation),
    )
    name = sentence("timeline.entry-name", obligors=obligors, kind=entry.obligation.kind)
    end = [] if due.is_exact else [f"DTEND:{_stamp(due.latest)}"]
    return [
        "BEGIN:VEVENT",
        f"UID:{_uid(content, entry, due)}@pledgeline",
        f"DTSTAMP:{_stamp(stamp)}",
        f"LAST-MODIFIED:{_stamp(stamp)}",
        "SEQUENCE:0",
        f"DTSTART:{_stamp(due.earliest)}",
        *end,
        f"SUMMARY:{_escaped(name)}",
        f"DESCRIPTION:{_escaped(chr(10).join(map(str, about)))}",
        "CATEGORIES:SCENARIO",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _uid(content: str, entry: Entry, due: Window) -> str:
    instance = entry.instance
    parts = (content, instance.instrument, instance.obligation, instance.episode, instance.period)
    said = json.dumps([*parts, _stamp(due.earliest), _stamp(due.latest)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(said: Sentence | str) -> str:
    text = str(said)
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return "".join(sign for sign in text if sign >= " ")


def _folded(line: str) -> Iterator[str]:
    """Break a line after 75 octets, never inside a letter; what goes on begins with a space."""
    rest, room = line, 75
    while len(rest.encode()) > room:
        cut = room
        while len(rest[:cut].encode()) > room:
            cut -= 1
        yield ("" if room == 75 else " ") + rest[:cut]
        rest, room = rest[cut:], 74
    yield ("" if room == 75 else " ") + rest
