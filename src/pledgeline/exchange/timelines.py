"""A timeline of a scenario as files that leave the program: table, and text for a telephone.

Every one of them carries the word scenario in each entry: a line that is forwarded alone must not look
like news.
"""

import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime

from pledgeline.exchange.tables import Cell, to_csv, to_xlsx
from pledgeline.guarantees.durations import in_words
from pledgeline.guarantees.instances import Instance, ObligationState
from pledgeline.guarantees.sentences import basis_in_words, fact_in_words, word_in_words
from pledgeline.guarantees.timeline import Timeline, TimelineEntry, TimelineLine, gathered
from pledgeline.money import Amount, in_full
from pledgeline.programme.sentences import Param, Sentence, sentence

HEADER = (
    "scenario", "as_of", "state", "owed_as", "legal_form", "strength", "discretion", "kind", "obligors",
    "beneficiaries", "summary", "due_local", "due_utc", "due_until_local", "due_until_utc", "ambiguous", "urgency",
    "episode", "period", "to_be_found_out", "blocked_by", "waits_for_the_adversary", "shortfall", "survives_end",
    "members_not_known", "instrument", "title", "provision", "basis", "sources", "rules",
)  # fmt: skip
"""The columns of a timeline as a table. Times are ISO 8601; local ones are in the zone of the instrument."""

PHONE = 32
"""Units: characters. What the smallest telephone shows in a line without breaking it."""


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


def _row(timeline: Timeline, entry: TimelineEntry) -> list[Cell]:
    instance, obligation, instrument = entry.instance, entry.obligation, entry.instrument
    local = entry.due_local or (None, None)
    due = instance.due
    pages = {source.id: source.url for source in instrument.sources}
    return [
        f"scenario: {timeline.scenario.name}",
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
        ", ".join(
            f"{condition.kind}{f' by {condition.by}' if condition.by else ''}"
            for condition in instance.blocked_by
        ),
        "yes" if entry.waits_for_the_adversary else "no",
        _shortfall(instance),
        "yes" if instance.survives_end else "no",
        ", ".join(instance.unlisted_groups),
        instrument.id,
        instrument.register_name,
        obligation.provision,
        str(basis_in_words(obligation.basis)),
        " ".join(pages[source] for source in obligation.sources),
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
    title = timeline.scenario.name
    parts = [
        (heading, lines)
        for heading, chosen in (
            (sentence("timeline.ask-first"), timeline.to_ask),
            (sentence("timeline.owed"), timeline.owed),
            (sentence("timeline.only-a-decision"), timeline.to_decide),
            (sentence("timeline.held-up"), timeline.held_up),
            (sentence("timeline.powers"), timeline.powers),
            (sentence("timeline.done"), timeline.done),
        )
        if (lines := gathered(chosen))
    ]
    unknowns = timeline.unknowns
    counts = "; ".join(
        str(Sentence(f"{heading.code}.count", {"entries": len(lines)})) for heading, lines in parts
    )
    if not (counts or unknowns):
        counts = str(sentence("timeline.nothing-owed"))
    text = [
        *_wrapped(sentence("timeline.scenario", title=title)),
        *_wrapped(sentence("timeline.as-of", at=timeline.as_of.astimezone(UTC))),
        *_wrapped(counts),
        *(_wrapped(sentence("timeline.see-the-end", waiting=waiting(timeline))) if unknowns else ()),
        "",
    ]
    for heading, lines in parts:
        text += _headed(heading)
        at_once: dict[str, list[str]] = {}
        for line in lines:
            at_once.setdefault(_when(line.entry, timeline.as_of), []).extend(_told(line))
        for when, told in at_once.items():
            text += [*_wrapped(when, "  "), *told]
        text.append("")
    if unknowns:
        text += _headed(sentence("timeline.find-out"))
        for unknown in unknowns:
            clauses = dict.fromkeys(
                f"{entry.instrument.id} {entry.obligation.id}" for entry in unknown.obligations
            )
            fact = fact_in_words(unknown.fact)
            said = sentence("timeline.not-known", fact=fact)
            if unknown.episode:
                said = sentence("timeline.not-known.of-an-episode", fact=fact, episode=unknown.episode)
            text += _wrapped(f"- {said}", "  ")
            text += _wrapped(f"  {sentence('timeline.hang-on-it', clauses=tuple(clauses))}", "  ")
        text.append("")
    text += _wrapped(sentence("timeline.no-event"))
    return "\n".join(text) + "\n"


def waiting(timeline: Timeline) -> Sentence:
    """Say how many duties wait for how many facts: until they are answered nobody can say what is owed."""
    return sentence("timeline.waiting", duties=len(timeline.undetermined), facts=len(timeline.unknowns))


def _headed(heading: Sentence) -> list[str]:
    lines = _wrapped(sentence("timeline.scenario", title=heading))
    return [*lines, "-" * max(map(len, lines))]


def _told(line: TimelineLine) -> list[str]:
    entry, instance = line.entry, line.entry.instance
    more = list(_more_of(entry, instance))
    return [
        *_wrapped(f"- {_duty(line)}", "  "),
        *(part for word in more for part in _wrapped(f"  {word}", "  ")),
    ]


def _duty(line: TimelineLine) -> Sentence:
    obligors, summary = tuple(line.obligors), line.entry.obligation.summary
    groups = tuple(line.entry.instance.unlisted_groups)
    if groups:
        return sentence("timeline.duty.of-a-group", obligors=obligors, groups=groups, summary=summary)
    return sentence("timeline.duty", obligors=obligors, summary=summary)


def _more_of(entry: TimelineEntry, instance: Instance) -> Iterator[Sentence]:
    """Say what else is to be known of an entry, at the end how it was read and where."""
    if instance.blocked_by:
        what = tuple(word_in_words(event.kind) for event in instance.blocked_by)
        if entry.waits_for_the_adversary:
            yield sentence("timeline.waits-for.the-adversary", what=what)
        else:
            yield sentence("timeline.waits-for", what=what)
    if instance.survives_end:
        yield sentence("timeline.outlives")
    if instance.breach is not None:
        yield sentence("timeline.breached", who=instance.breach.found_by, source=instance.breach.source)
    if instance.state is ObligationState.CONDITIONAL:
        yield sentence("timeline.may-ask", who=tuple(entry.obligation.trigger.on_request_of))
    read: dict[str, Param] = {
        "strength": entry.obligation.strength,
        "form": entry.form_said,
        "basis": entry.obligation.basis,
        "clause": f"{entry.instrument.id} {entry.obligation.provision}".rstrip(),
    }
    if instance.state in _SAID_BY_ITS_PLACE:
        yield sentence("timeline.read-as", **read)
    else:
        yield sentence("timeline.read-as.in-a-state", state=str(instance.state.said).upper(), **read)


_SAID_BY_ITS_PLACE = frozenset(
    {ObligationState.DUE, ObligationState.NO_FIXED_DATE, ObligationState.CONDITIONAL}
)
"""States that the heading and the due time above an entry already say."""


def _when(entry: TimelineEntry, as_of: datetime) -> str:
    return str(_due(entry, as_of))


def _due(entry: TimelineEntry, as_of: datetime) -> Sentence:
    local, instance = entry.due_local, entry.instance
    deadline = entry.obligation.deadline
    if (
        instance.state is ObligationState.CONDITIONAL
        and deadline
        and deadline.within
        and deadline.start == "request"
    ):
        return sentence("timeline.within", length=in_words(deadline.within))
    if local is None or instance.due is None:
        urgency = entry.obligation.urgency
        if urgency:
            return sentence("timeline.no-hours", urgency=urgency.capitalize())
        return sentence("timeline.no-time")
    due = instance.due.earliest.astimezone(UTC)
    there, here = sentence("timeline.local", at=local[0]), sentence("timeline.utc", at=due)
    if local[0].year != as_of.year:
        there = sentence("timeline.local.of-another-year", at=local[0])
    if local[0].date() != due.date():
        here = sentence("timeline.utc.of-another-day", at=due)
    place = entry.instrument.zone.rpartition("/")[2].replace("_", " ")
    if instance.due.is_exact:
        return sentence("timeline.by", local=there, place=place, utc=here)
    return sentence("timeline.by.late", local=there, place=place, utc=here, late=local[1])


def _wrapped(text: Sentence | str, indent: str = "") -> list[str]:
    wrapped = textwrap.wrap(str(text), PHONE, subsequent_indent=indent, break_on_hyphens=False)
    return wrapped or [""]
