"""A timeline of a scenario as files that leave the program: table, and text for a telephone.

Every one of them carries the word scenario in each entry: a line that is forwarded alone must not look
like news.
"""

import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime

from pledgeline.exchange.tables import Cell, to_csv, to_xlsx
from pledgeline.guarantees.durations import in_words
from pledgeline.guarantees.instances import Instance, State
from pledgeline.guarantees.sentences import basis_in_words, fact_in_words, word_in_words
from pledgeline.guarantees.timeline import Entry, Line, Timeline, gathered
from pledgeline.money import Amount, in_full

HEADER = (
    "scenario", "as_of", "state", "owed_as", "legal_form", "strength", "discretion", "kind", "obligors",
    "beneficiaries", "summary", "due_local", "due_utc", "due_until_local", "due_until_utc", "ambiguous", "urgency",
    "episode", "period", "to_be_found_out", "blocked_by", "waits_for_the_adversary", "shortfall", "survives_end",
    "members_not_known", "instrument", "title", "provision", "basis", "sources", "rules",
)  # fmt: skip
"""The columns of a timeline as a table. Times are ISO 8601; local ones are in the zone of the instrument."""

PHONE = 40
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
        str(basis_in_words(obligation.basis)),
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

    What is owed stands apart from what is only to be decided; a due time is said once for all that fall
    due then. Each entry ends with its verb, whether it is legal or political, how it was read, and its clause.
    """
    title = timeline.scenario.title or timeline.scenario.id
    parts = [
        (heading, lines)
        for heading, chosen in (
            ("ASK FIRST", timeline.to_ask),
            ("OWED", timeline.owed),
            ("ONLY A DECISION IS OWED", timeline.to_decide),
            ("HELD UP", timeline.held_up),
            ("MAY BE DONE, NOT OWED", timeline.powers),
            ("DONE", timeline.done),
        )
        if (lines := gathered(chosen))
    ]
    unknowns = timeline.unknowns
    counts = [f"{heading.lower()} {len(lines)}" for heading, lines in parts]
    text = [
        *_wrapped(f"SCENARIO: {title}"),
        *_wrapped(
            f"As of {_day(timeline.as_of.astimezone(UTC))} {timeline.as_of.astimezone(UTC):%Y %H:%M} UTC"
        ),
        *_wrapped("; ".join(counts) if counts or unknowns else "Nothing is owed that waits for an event."),
        *(_wrapped(f"{waiting(timeline)}: see the end.") if unknowns else ()),
        "",
    ]
    for heading, lines in parts:
        text += _headed(f"SCENARIO: {heading}")
        at_once: dict[str, list[str]] = {}
        for line in lines:
            at_once.setdefault(_when(line.entry, timeline.as_of), []).extend(_told(line))
        for when, told in at_once.items():
            text += [*_wrapped(when), *told]
        text.append("")
    if unknowns:
        text += _headed("SCENARIO: FIND OUT")
        for unknown in unknowns:
            clauses = dict.fromkeys(
                f"{each.instrument.id} {each.obligation.id}" for each in unknown.obligations
            )
            where = f" ({unknown.episode})" if unknown.episode else ""
            text += _wrapped(f"- Not known{where}: {fact_in_words(unknown.fact)}.", "  ")
            text += _wrapped(f"  On it hang: {', '.join(clauses)}", "  ")
        text.append("")
    text += _wrapped("A scenario, not an event. Read the clause before you act.")
    return "\n".join(text) + "\n"


def waiting(timeline: Timeline) -> str:
    """Say how many duties wait for how many facts: until they are answered nobody can say what is owed."""
    duties, facts = len(timeline.undetermined), len(timeline.unknowns)
    return (
        f"{duties} {'duty waits' if duties == 1 else 'duties wait'} for {facts} "
        f"{'fact' if facts == 1 else 'facts'}"
    )


def _headed(heading: str) -> list[str]:
    return [heading, "-" * len(heading)]


def _told(line: Line) -> list[str]:
    entry, instance = line.entry, line.entry.instance
    groups = ", ".join(instance.unlisted_groups)
    of = f" (of {groups}, members not all known)" if groups else ""
    told = [f"- {', '.join(line.obligors)}{of}: {entry.obligation.summary}"]
    state = "" if instance.state in _SAID_BY_ITS_PLACE else f"{instance.state.said}; ".upper()
    read = _READ.get(entry.obligation.basis, entry.obligation.basis)
    clause = f"{entry.instrument.id} {entry.obligation.provision}".rstrip()
    if instance.blocked_by:
        names = ", ".join(str(word_in_words(each.kind)) for each in instance.blocked_by)
        adversary = " (the adversary can withhold it)" if entry.waits_for_the_adversary else ""
        told.append(f"Waits for: {names}{adversary}")
    if instance.survives_end:
        told.append("Outlives its instrument.")
    if instance.breach is not None:
        told.append(f"Found breached by {instance.breach.found_by}: {instance.breach.source}")
    if instance.state is State.CONDITIONAL:
        told.append(f"May ask: {', '.join(entry.obligation.trigger.on_request_of)}")
    told.append(f"{state}{entry.obligation.strength}, {entry.form_said}; {read}; {clause}")
    return [part for each in told for part in _wrapped(each if each is told[0] else f"  {each}", "  ")]


_SAID_BY_ITS_PLACE = frozenset({State.DUE, State.NO_FIXED_DATE, State.CONDITIONAL})
"""States that the heading and the due time above an entry already say."""

_READ = {
    "text": "text read",
    "official": "official",
    "press": "press",
    "analysis": "analysis",
    "recalled": "RECALLED",
}
"""How a clause was read, in a word; what is only recalled is to be checked first."""


def _when(entry: Entry, as_of: datetime) -> str:
    local, instance = entry.due_local, entry.instance
    deadline = entry.obligation.deadline
    if instance.state is State.CONDITIONAL and deadline and deadline.within and deadline.start == "request":
        return f"Within {in_words(deadline.within)} of the request:"
    if local is None or instance.due is None:
        urgency = entry.obligation.urgency
        return f"{urgency.capitalize()}, no hours named:" if urgency else "No time named:"
    place = entry.instrument.zone.rpartition("/")[2].replace("_", " ")
    year = "" if local[0].year == as_of.year else f" {local[0].year}"
    due = instance.due.earliest.astimezone(UTC)
    there = f"{due:%H:%M}" if due.date() == local[0].date() else f"{_day(due)} {due:%H:%M}"
    words = f"{_day(local[0])}{year} {local[0]:%H:%M} {place} = {there} UTC"
    if not instance.due.is_exact:
        words += f", certainly late after {_day(local[1])} {local[1]:%H:%M}"
    return f"By {words}:"


def _day(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b}"


def _wrapped(text: str, indent: str = "") -> list[str]:
    wrapped = textwrap.wrap(
        text, PHONE, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return wrapped or [""]
