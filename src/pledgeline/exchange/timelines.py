"""A timeline of a scenario as files that leave the program: calendar, table, and text for a telephone.

Every one of them carries the word scenario in each entry: a line that is forwarded alone must not look
like news.
"""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from pledgeline.exchange.tables import Cell, to_csv, to_xlsx
from pledgeline.guarantees.instances import Instance
from pledgeline.guarantees.moments import zone
from pledgeline.guarantees.sentences import BASES, provenance
from pledgeline.guarantees.timeline import Entry, Line, Timeline, gathered
from pledgeline.money import Amount, in_full

HEADER = (
    "scenario", "as_of", "state", "owed_as", "legal_form", "strength", "discretion", "kind", "obligors",
    "beneficiaries", "summary", "due_local", "due_utc", "due_until_local", "due_until_utc", "ambiguous", "urgency",
    "episode", "period", "to_be_found_out", "blocked_by", "waits_for_the_adversary", "shortfall", "survives_end",
    "members_not_known", "instrument", "title", "provision", "basis", "sources", "rules",
)  # fmt: skip
"""The columns of a timeline as a table. Times are ISO 8601; local ones are in the zone of the instrument."""

PHONE = 44
"""Units: characters. What a telephone shows in a line without breaking it."""


def timeline_rows(timeline: Timeline) -> Iterator[list[Cell]]:
    """Give a row for each entry, in the order of the timeline, under `HEADER`."""
    for entry in timeline.entries:
        yield _row(timeline, entry)


def timeline_csv(timeline: Timeline) -> bytes:
    """Write a timeline as CSV."""
    return to_csv(HEADER, timeline_rows(timeline))


def timeline_xlsx(timeline: Timeline) -> bytes:
    """Write a timeline as a workbook; its sheet is called a scenario too."""
    return to_xlsx("Scenario", HEADER, timeline_rows(timeline))


def _row(timeline: Timeline, entry: Entry) -> list[Cell]:
    instance, obligation, instrument = entry.instance, entry.obligation, entry.instrument
    local = entry.due_local or (None, None)
    due = instance.due
    pages = {source.id: source.url for source in instrument.sources}
    return [
        f"scenario: {timeline.scenario.title or timeline.scenario.id}",
        _utc(timeline.as_of),
        instance.state.value,
        entry.owed_as,
        entry.legal_form,
        obligation.strength,
        obligation.discretion,
        obligation.kind,
        ", ".join(instance.obligors),
        ", ".join(obligation.to),
        obligation.summary,
        _local(local[0]),
        _utc(due.earliest) if due else "",
        _local(local[1]) if due and not due.is_exact else "",
        _utc(due.latest) if due and not due.is_exact else "",
        obligation.deadline.ambiguous if obligation.deadline else "",
        obligation.urgency,
        instance.episode,
        instance.period,
        ", ".join(instance.missing_facts),
        ", ".join(f"{each.kind}{f' by {each.by}' if each.by else ''}" for each in instance.blocked_by),
        "yes" if entry.waits_for_the_adversary else "no",
        _shortfall(instance),
        "yes" if instance.survives_end else "no",
        ", ".join(instance.unlisted_groups),
        instrument.id,
        instrument.name,
        obligation.provision,
        BASES.get(obligation.basis, obligation.basis),
        " ".join(pages[each] for each in obligation.sources),
        " > ".join(f"{step.rule}: {step.says}" for step in instance.trace),
    ]


def _shortfall(instance: Instance) -> str:
    missing = instance.shortfall
    if isinstance(missing, Amount):
        return in_full(missing).replace("\u00a0", " ")
    return "" if missing is None else str(missing)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _local(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


# For a telephone


def timeline_text(timeline: Timeline) -> str:
    """Write a timeline for a duty officer's telephone: short lines, the next due time first.

    What is owed stands apart from what is only to be decided, and each entry says whether it is legal or
    political, and where it is written.
    """
    title = timeline.scenario.title or timeline.scenario.id
    lines = [
        *_wrapped(f"SCENARIO: {title}"),
        f"As of {timeline.as_of.astimezone(UTC):%a %d %b %Y %H:%M} UTC",
        "",
    ]
    head = len(lines)
    for heading, chosen in (
        ("OWED", timeline.owed),
        ("ONLY A DECISION IS OWED", timeline.to_decide),
        ("HELD UP", timeline.held_up),
        ("MAY BE DONE, NOT OWED", timeline.powers),
        ("DONE", timeline.done),
    ):
        told = [text for line in gathered(chosen) for text in _told(line, timeline)]
        if told:
            lines += [heading, "-" * len(heading), *told]
    unknowns = timeline.unknowns
    if unknowns:
        lines += ["FIND OUT", "--------"]
        for unknown in unknowns:
            clauses = dict.fromkeys(
                f"{each.instrument.id} {each.obligation.id}" for each in unknown.obligations
            )
            lines += _wrapped(f"{unknown.fact} in {unknown.episode}? Then: {', '.join(clauses)}")
            lines.append("")
    if len(lines) == head:
        lines += _wrapped("Nothing is owed that waits for an event.")
    lines += _wrapped("A scenario, not an event. Read the clause before you act.")
    return "\n".join(lines) + "\n"


def _told(line: Line, timeline: Timeline) -> list[str]:
    entry, instance = line.entry, line.entry.instance
    when = _due_words(entry, timeline.as_of)
    state = instance.state.value.replace("_", " ")
    who = ", ".join(line.obligors)
    groups = ", ".join(instance.unlisted_groups)
    told = [
        *(_wrapped(when) if when else []),
        *_wrapped(
            f"{who}{f' (of {groups}, members not all known)' if groups else ''}: {entry.obligation.summary}"
        ),
        *_wrapped(f"{state.upper()}; {entry.legal_form}; {entry.obligation.strength}"),
    ]
    if instance.blocked_by:
        names = ", ".join(each.kind.replace("_", " ") for each in instance.blocked_by)
        adversary = " (the adversary can withhold it)" if entry.waits_for_the_adversary else ""
        told += _wrapped(f"Waits for: {names}{adversary}")
    if instance.survives_end:
        told += _wrapped("Outlives its instrument.")
    if instance.breach is not None:
        told += _wrapped(f"Found breached by {instance.breach.found_by}: {instance.breach.source}")
    return [*told, *_wrapped(provenance(entry.instrument, entry.obligation)), ""]


def _due_words(entry: Entry, as_of: datetime) -> str:
    local, instance = entry.due_local, entry.instance
    if local is None or instance.due is None:
        return f"{entry.obligation.urgency}, no hours named" if entry.obligation.urgency else ""
    place = entry.instrument.zone.rpartition("/")[2].replace("_", " ")
    year = "" if local[0].year == as_of.year else f" {local[0].year}"
    words = f"{local[0]:%a %d %b}{year} {local[0]:%H:%M} {place} = {instance.due.earliest.astimezone(UTC):%H:%M} UTC"
    if not instance.due.is_exact:
        words += f", certainly late after {local[1]:%a %d %b %H:%M}"
    return f"by {words}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, PHONE, break_long_words=False, break_on_hyphens=False) or [""]


# As a calendar


def timeline_icalendar(timeline: Timeline, *, stamp: datetime) -> bytes:
    """Write the due times of a timeline as a calendar.

    An entry begins when the duty falls due, or when it may have, and ends when it certainly has. `stamp`
    is when the file was made.

    Source:  RFC 5545, sections 3.1 (lines of 75 octets), 3.3.11 (text), 3.6.1 (events).
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pledgeline//Guarantees//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped('Scenario: ' + (timeline.scenario.title or timeline.scenario.id))}",
    ]
    for line in gathered((*timeline.owed, *timeline.to_decide)):
        lines += _event(timeline, line, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for each in lines for part in _folded(each)).encode()


def _event(timeline: Timeline, line: Line, stamp: datetime) -> Iterable[str]:
    entry, instance = line.entry, line.entry.instance
    if instance.due is None:
        return []
    names = "-".join(line.obligors)
    parts = (
        timeline.scenario.id,
        instance.instrument,
        instance.obligation,
        instance.episode or instance.period,
    )
    local = entry.due_local
    assert local is not None
    there = zone(entry.instrument.zone)
    about = [
        "SCENARIO, not an event.",
        entry.obligation.summary,
        f"Due {local[0]:%Y-%m-%d %H:%M} in {there.key}.",
        f"{instance.state.value.replace('_', ' ')}; {entry.legal_form}; {entry.obligation.strength}; {entry.owed_as}.",
        provenance(entry.instrument, entry.obligation),
    ]
    end = [] if instance.due.is_exact else [f"DTEND:{_stamp(instance.due.latest)}"]
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped('-'.join((*parts, names)).replace(' ', '-'))}@pledgeline",
        f"DTSTAMP:{_stamp(stamp)}",
        f"DTSTART:{_stamp(instance.due.earliest)}",
        *end,
        f"SUMMARY:{_escaped('SCENARIO: ' + ', '.join(line.obligors) + ': ' + entry.obligation.kind)}",
        f"DESCRIPTION:{_escaped(chr(10).join(about))}",
        "CATEGORIES:SCENARIO",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
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
