"""The due times of a scenario as a calendar that leaves the program.

A calendar knows an entry by its UID: an entry that comes again under the same one takes the place of the
first, wherever it stands. So the UID is made of what the scenario says, of the duty, and of the deadline. The
same scenario taken along twice fills no calendar twice, and another scenario moves none of its entries.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Self

from icalendar import Alarm, Calendar, Event, vText

from pledgeline.exchange.timelines import waiting
from pledgeline.guarantees.moments import Window, zone
from pledgeline.guarantees.scenarios import fingerprint
from pledgeline.guarantees.sentences import deed_in_words, provenance
from pledgeline.guarantees.timeline import Timeline, TimelineEntry
from pledgeline.guarantees.vocabulary import Actors
from pledgeline.programme.sentences import Sentence, sentence

ALARMS = (timedelta(days=1), timedelta(hours=2), timedelta(minutes=15))
"""How long before a deadline a calendar rings: to prepare, to remind, and to be there."""

MOST_NAMED = 3
"""Units: those who owe something, in the name of an entry; of more it has the number, and its text the names."""


def timeline_icalendar(timeline: Timeline, *, actors: Actors, stamp: datetime) -> bytes:
    """Write the due times of a timeline as a calendar.

    An entry begins when the duty falls due, or when it may have, and ends when it certainly has. It rings a day,
    two hours and a quarter of an hour before. `actors` name those who owe it. `stamp` is when the file was made: of
    two files with the same entry the later one counts.

    Source:  RFC 5545, sections 3.6.1 (events), 3.8.4.7 (UID), 3.8.7.4 (SEQUENCE).
    """
    title = timeline.scenario.name
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Pledgeline//Guarantees//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _Text(sentence("timeline.calendar-name", title=title)))
    if timeline.unknowns:
        about = sentence("timeline.calendar-about", waiting=waiting(timeline))
        calendar.add("x-wr-caldesc", _Text(about))
    content = fingerprint(timeline.scenario)
    for due, alike in _deadlines(timeline).values():
        calendar.add_component(_event(content, due, alike, actors, stamp))
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _deadlines(timeline: Timeline) -> dict[tuple[str, ...], tuple[Window, list[TimelineEntry]]]:
    """Put together what is due of one duty at one time: an entry each, however many owe it."""
    found: dict[tuple[str, ...], tuple[Window, list[TimelineEntry]]] = {}
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


def _event(content: str, due: Window, alike: list[TimelineEntry], actors: Actors, stamp: datetime) -> Event:
    """Write one entry; all of `alike` are of one duty and fall due together."""
    entry = alike[0]
    local = entry.due_local
    assert local is not None
    there = zone(entry.instrument.zone)
    codes = dict.fromkeys(actor for duty in alike for actor in duty.instance.obligors)
    obligors = tuple(map(actors.name, codes))
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
        sentence("timeline.entry-who", obligors=obligors, instrument=entry.instrument.name),
        provenance(entry.instrument, entry.obligation),
    )
    deed = deed_in_words(entry.obligation.kind)
    name = sentence("timeline.entry-name", obligors=obligors, deed=deed)
    if len(obligors) > MOST_NAMED:
        name = sentence("timeline.entry-name.of-many", count=len(obligors), deed=deed)
    event = Event()
    event.add("uid", f"{_uid(content, entry, due)}@pledgeline")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", 0)
    event.add("dtstart", due.earliest.astimezone(UTC))
    if not due.is_exact:
        event.add("dtend", due.latest.astimezone(UTC))
    event.add("summary", _Text(name))
    event.add("description", _Text("\n".join(map(str, about))))
    event.add("categories", ["SCENARIO"])
    event.add("transp", "TRANSPARENT")
    for before in ALARMS:
        # A bell that would have rung before the file was made is left out: some calendars ring it at once.
        if due.earliest - before > stamp:
            event.add_component(_alarm(name, before))
    return event


def _alarm(name: Sentence, before: timedelta) -> Alarm:
    """Write a bell before the deadline. Source: RFC 5545, section 3.6.6."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Text(name))
    alarm.add("trigger", -before)
    return alarm


def _uid(content: str, entry: TimelineEntry, due: Window) -> str:
    instance = entry.instance
    parts = (content, instance.instrument, instance.obligation, instance.episode, instance.period)
    said = json.dumps([*parts, _stamp(due.earliest), _stamp(due.latest)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


class _Text(vText):
    """A text of people in a calendar."""

    def __new__(cls, said: Sentence | str) -> Self:
        """Leave out what no calendar may hold."""
        return super().__new__(cls, "".join(sign for sign in str(said) if sign >= " " or sign == "\n"))

    def to_ical(self) -> bytes:
        r"""Keep the two signs `\N` as they are: the library takes them for the end of a line."""
        return rb"\\".join(vText(part).to_ical() for part in self.split("\\"))
