"""Bring requirements or offers in from a workbook or a CSV file: looked over first, and taken when that was answered.

Each row is a draft, a change of a draft, or a new version of what was decided, written by the act that forms use. Rows
that are as they stand already are left alone; what is wrong with a row keeps that row out, and no other. What is taken
is what was shown, or it is shown again. The file is kept until it is answered, for a day at most.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.db import transaction

from pledgeline.accounts.rights import Person
from pledgeline.actions import chain
from pledgeline.actions.chain import TABLES
from pledgeline.actions.changes import Refused
from pledgeline.actions.job_askers import in_the_name_of_who_asked, person_behind
from pledgeline.actions.nouns import what_changed
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.noun_files import NounFile, NounRow, read_noun_file
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker, Upload
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import Job, JobFile
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import Noun, read_noun
from pledgeline.programme.sentences import as_data
from pledgeline.records.models import ChainRow, ProgrammeRecord


class RowResult(StrEnum):
    """What would come of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What would come of a row, and of which the programme then has what.

    `stamp` stands for what has happened so far to what it changes.
    """

    row: NounRow
    result: RowResult
    said: Noun | None = None
    changes: Mapping[str, Any]
    stamp: str = ""
    begins_version: bool = False
    findings: Sequence[Finding] = ()


def look_over(
    file: NounFile, table: type[ChainRow], *, programme: ProgrammeRecord, person: Person
) -> list[RowOutcome]:
    """Say of each row what would come of it, and write nothing.

    A field that has no column stays as it is; one that has a column, and an empty cell, is emptied.
    """
    keys = [row.raw["key"] for row in file.rows if row.raw and row.raw.get("key")]
    rows: dict[str, ChainRow] = {}
    for begin in range(0, len(keys), 500):
        part = keys[begin : begin + 500]
        newest = table.objects.filter(programme=programme, is_newest=True, key__in=part)
        rows |= {known.key: known for known in newest}
    return [_outcome(file, row, table, rows, programme, person) for row in file.rows]


def _outcome(
    file: NounFile,
    row: NounRow,
    table: type[ChainRow],
    rows: Mapping[str, ChainRow],
    programme: ProgrammeRecord,
    person: Person,
) -> RowOutcome:
    if row.raw is None:
        return RowOutcome(row=row, result=RowResult.REFUSED, changes={}, findings=row.findings)
    known = rows.get(row.raw.get("key") or "")
    before = known.to_value() if known else None
    kept = before.as_said() if before else {}
    raw = {name: value for name, value in {**kept, **row.raw}.items() if value is not None}
    said = read_noun(table.KIND, raw, row.place)
    if isinstance(said, list):
        findings = [file.at_cell(finding, row) for finding in said]
        return RowOutcome(row=row, result=RowResult.REFUSED, changes={}, findings=findings)
    changes = what_changed(before, said)
    if before is not None and not changes:
        return RowOutcome(row=row, result=RowResult.UNCHANGED, said=said, changes={}, findings=row.findings)
    if why := chain.why_not_write(table, said, known, programme=programme, person=person):
        return RowOutcome(
            row=row, result=RowResult.REFUSED, changes=changes, findings=[file.at_cell(why, row)]
        )
    return RowOutcome(
        row=row,
        result=RowResult.NEW if known is None else RowResult.CHANGED,
        said=said,
        changes=changes,
        stamp=chain.stamp_of(known),
        begins_version=known is not None and chain.begins_version(known),
        findings=row.findings,
    )


def take_rows(
    outcomes: Sequence[RowOutcome],
    table: type[ChainRow],
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
) -> list[Finding]:
    """Write down the rows that are new or changed, all or none; give what kept them from it, if anything did."""
    try:
        with transaction.atomic():
            for outcome in outcomes:
                if outcome.result in (RowResult.NEW, RowResult.CHANGED) and outcome.said is not None:
                    made = chain.write(
                        table,
                        outcome.said.as_said(),
                        programme=programme,
                        person=person,
                        now=now,
                        seen=outcome.stamp,
                    )
                    if isinstance(made, list):
                        raise Refused(*made)
    except Refused as refused:
        return refused.findings
    return []


# In the background


@trail.leaves_refusals(AuditAct.NOUNS_HANDED_IN, "file", ref="name")
@transaction.atomic
def ask_to_look(
    *, programme: str, noun: str, name: str, data: bytes, chosen: Mapping[str, str], asker: Asker
) -> Job:
    """Have a file looked over: the result of the job says what would come of each row, and nothing is written.

    Raises:  NotNow.
    """
    upload = Upload(name=name, content=data)
    made = asking.ask(
        bring_in_nouns,
        programme=programme,
        asker=asker,
        upload=upload,
        noun=noun,
        chosen=dict(chosen),
        seen="",
    )
    trail.record(AuditAct.NOUNS_HANDED_IN, "job", made.ref, programme=programme, file=name, holds=noun)
    return made


@trail.leaves_refusals(AuditAct.NOUNS_ASKED, "job", ref="look")
@transaction.atomic
def ask_to_take(*, look: Job, asker: Asker, chosen: Mapping[str, str] | None = None) -> Job | None:
    """Have the file of a look taken as it was shown; nothing where that was asked before.

    With other headings `chosen` for fields it is looked over anew.
    Raises:  NotNow.
    """
    file = JobFile.objects.select_for_update().filter(job=look).first()
    if file is None:
        return None
    made = asking.ask(
        bring_in_nouns,
        programme=look.programme,
        asker=asker,
        noun=look.arguments["noun"],
        chosen=dict(look.arguments["chosen"] if chosen is None else chosen),
        seen=look.result["seen"] if chosen is None else "",
    )
    JobFile.objects.filter(pk=file.pk).update(job=made)
    Job.objects.filter(pk=look.pk).update(result={**look.result, "answered_by": made.ref})
    trail.record(AuditAct.NOUNS_ASKED, "job", made.ref, programme=look.programme, file=file.name)
    return made


@job("nouns")
def bring_in_nouns(context: JobContext, noun: str, chosen: dict[str, str], seen: str) -> None:
    """Look the file of the job over; take it where what was `seen` of it is what would still come of it."""
    asked = context.job
    data, name = bytes(asked.file.content), asked.file.name
    table = TABLES[noun]
    programme = ProgrammeRecord.objects.get(slug=asked.programme)
    person = person_behind(asked)
    file = read_noun_file(data, name, table.KIND, chosen)
    with in_the_name_of_who_asked(asked), context.ending() as end:
        outcomes = look_over(file, table, programme=programme, person=person)
        is_as_seen = bool(seen) and _seen(data, outcomes) == seen
        if is_as_seen:
            stopped = take_rows(outcomes, table, programme=programme, person=person, now=database_time())
            if not stopped:
                end.result = {"noun": noun, "taken": sum(map(_is_taken, outcomes))}
                return
        end.result = {
            **_told(file, outcomes, name=name, noun=noun, seen=_seen(data, outcomes)),
            "is_changed": bool(seen),
        }
        end.keeps_file = bool(file.headings)


def _is_taken(outcome: RowOutcome) -> bool:
    return outcome.result in (RowResult.NEW, RowResult.CHANGED)


def _seen(data: bytes, outcomes: Sequence[RowOutcome]) -> str:
    """Stand for a file and for what would come of it, and for nothing else."""
    found = [(outcome.row.line, outcome.result.value, outcome.stamp) for outcome in outcomes]
    return sha256(data + repr(found).encode()).hexdigest()


def _told(
    file: NounFile, outcomes: Sequence[RowOutcome], *, name: str, noun: str, seen: str
) -> dict[str, Any]:
    counts = Counter(outcome.result.value for outcome in outcomes)
    return {
        "name": name,
        "noun": noun,
        "seen": seen if file.is_readable else "",
        "counts": {result.value: counts[result.value] for result in RowResult},
        "rows": [_row_told(outcome) for outcome in outcomes if outcome.result is not RowResult.UNCHANGED],
        "findings": [_finding_told(finding) for finding in file.findings],
        "headings": list(file.headings),
        "columns": dict(file.columns),
        "chosen": dict(file.chosen),
    }


def _row_told(outcome: RowOutcome) -> dict[str, Any]:
    return {
        "line": outcome.row.line,
        "key": outcome.row.key,
        "result": outcome.result.value,
        "begins_version": outcome.begins_version,
        "currency": getattr(outcome.said, "currency", ""),
        "changes": dict(outcome.changes) if outcome.result is not RowResult.REFUSED else {},
        "findings": [_finding_told(finding) for finding in outcome.findings],
    }


def _finding_told(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "place": place.cell or (f"{place.column}{place.line}" if place.line else place.sheet),
        "said": as_data(finding.said),
        "is_error": finding.is_error,
    }
