"""Bring requirements or offers in from a workbook or a CSV file: looked over first, and taken when that was answered.

Each row is a draft, a change of a draft, or a new version of what was decided, written by the act that forms use. Rows
that are as they stand already are left alone; what is wrong with a row keeps that row out, and no other. What is taken
is what was shown, or it is shown again. The file is kept until it is answered, for a day at most.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.db import transaction

from pledgeline.actions.chain import TABLES
from pledgeline.actions.changes import NothingDone
from pledgeline.actions.job_askers import answer_look, in_the_name_of_who_asked, person_behind
from pledgeline.actions.nouns import what_changed
from pledgeline.actions.sheet_rows import RowBefore, SheetRows, sheet_rows
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.noun_files import NounFile, NounRow, read_noun_file
from pledgeline.exchange.programme_workbook import KeptRow
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker, Upload
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import Job
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import Noun, read_noun
from pledgeline.programme.sentences import as_data, sentence
from pledgeline.records.models import ProgrammeRecord


class RowResult(StrEnum):
    """What would come of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What would come of a row, and of which the programme then has what.

    `stamp` stands for what has happened so far to what it changes. `changes` are by field what stands and what the
    file says; of a conflict also what the file said when it was written, first.
    """

    row: NounRow
    result: RowResult
    said: Noun | None = None
    changes: Mapping[str, Any]
    stamp: str = ""
    begins_version: bool = False
    findings: Sequence[Finding] = ()


def look_over(
    file: NounFile, rows: SheetRows, *, kept: Mapping[str, KeptRow] | None = None
) -> list[RowOutcome]:
    """Say of each row what would come of it, and write nothing.

    A field that has no column stays as it is; one that has a column, and an empty cell, is emptied. `kept` is what
    rows said when the file was written: what was not changed in it since is not written back, and a row that was in
    none is somebody else's where it is there by now.
    """
    found = rows.before([row.key for row in file.rows if row.key])
    return [
        _outcome(file, row, rows, found.get(row.key, RowBefore()), _kept(kept, row.key)) for row in file.rows
    ]


def _kept(kept: Mapping[str, KeptRow] | None, key: str) -> KeptRow | None:
    """Give what a row said when the file was written; one that was not in it then said nothing."""
    return None if kept is None else kept.get(key, KeptRow(stamp="", said={}))


def _outcome(
    file: NounFile, row: NounRow, rows: SheetRows, before: RowBefore, kept: KeptRow | None
) -> RowOutcome:
    standing = before.value.as_said() if before.value is not None else {}
    if row.raw is None:
        findings = [*row.findings, *_also_wrong(file, row, rows.noun, standing)]
        return RowOutcome(row=row, result=RowResult.REFUSED, changes={}, findings=findings)
    given = {**standing, **row.raw}
    edited = _edited(row.raw, kept, rows.noun)
    if before.value is not None and edited is not None:
        given = {**standing, **{name: row.raw[name] for name in edited}}
    said = read_noun(
        rows.noun, {name: value for name, value in given.items() if value is not None}, row.place
    )
    if isinstance(said, list):
        findings = [file.at_cell(finding, row) for finding in said]
        return RowOutcome(row=row, result=RowResult.REFUSED, changes={}, findings=findings)
    changes = _real_changes(what_changed(before.value, said), before.value)
    if before.value is not None and not changes:
        return RowOutcome(row=row, result=RowResult.UNCHANGED, said=said, changes={}, findings=row.findings)
    if clash := _conflict(file, row, rows.noun, before, kept, changes):
        return clash
    if why := rows.why_not(said):
        shown = changes if before.value is not None else {}
        finding = _at_a_cell(file.at_cell(why, row), file, shown)
        return RowOutcome(row=row, result=RowResult.REFUSED, said=said, changes=shown, findings=[finding])
    return RowOutcome(
        row=row,
        result=RowResult.NEW if before.value is None else RowResult.CHANGED,
        said=said,
        changes=changes,
        stamp=before.stamp,
        begins_version=before.begins_version,
        findings=row.findings,
    )


def _at_a_cell(finding: Finding, file: NounFile, changes: Mapping[str, object]) -> Finding:
    """Give what is about a row as a whole at the first cell that was changed."""
    column = finding.place.column or next(
        (file.columns[name] for name in changes if name in file.columns), ""
    )
    return replace(finding, place=replace(finding.place, column=column))


def _also_wrong(
    file: NounFile, row: NounRow, noun: type[Noun], standing: Mapping[str, object]
) -> list[Finding]:
    """List what is wrong with the cells of a faulty row that could be read, so that all of it is said at once."""
    objected = {finding.place.column for finding in row.findings}
    raw = {name: value for name, value in {**standing, **row.partly}.items() if value is not None}
    said = read_noun(noun, raw, row.place)
    found = [file.at_cell(finding, row) for finding in said] if isinstance(said, list) else []
    return [finding for finding in found if finding.place.column and finding.place.column not in objected]


def _edited(raw: Mapping[str, object], kept: KeptRow | None, noun: type[Noun]) -> set[str] | None:
    """Name the fields of a row that say something else than when the file was written; None where that is not known."""
    if kept is None or kept.said is None:
        return None
    usual = {name: field.usual for name, field in noun.fields_said().items()}
    return {name for name, value in raw.items() if not _is_same(value, kept.said.get(name), usual.get(name))}


def _is_same(value: object, other: object, usual: object) -> bool:
    """Say whether two values of a field mean the same; an empty one is as usual."""
    return bool(_as_kept(usual if value is None else value) == _as_kept(usual if other is None else other))


def _as_kept(value: object) -> object:
    """Give a value as cells keep it: lines end in one way, and there are no blanks around it."""
    if isinstance(value, str):
        return "\n".join(value.splitlines()).strip()
    return list(value) if isinstance(value, tuple) else value


def _real_changes(changes: dict[str, list[object]], before: Noun | None) -> dict[str, list[object]]:
    if before is None:
        return changes
    return {name: pair for name, pair in changes.items() if _as_kept(pair[0]) != _as_kept(pair[1])}


def _conflict(
    file: NounFile,
    row: NounRow,
    noun: type[Noun],
    before: RowBefore,
    kept: KeptRow | None,
    changes: Mapping[str, list[object]],
) -> RowOutcome | None:
    """Say that a row was changed here and elsewhere since the file was written; nothing where it was not."""
    if kept is None or before.value is None:
        return None
    if kept.said is None:
        if kept.stamp == before.stamp:
            return None
        was: Mapping[str, object] = {}
        others = set(noun.model_fields)
    else:
        was = kept.said
        standing = before.value.as_said()
        usual = {name: field.usual for name, field in noun.fields_said().items()}
        others = {
            name
            for name in {*was, *standing}
            if not _is_same(standing.get(name), was.get(name), usual.get(name))
        }
    if not others:
        return None
    shown = {name: [was.get(name), *pair] for name, pair in changes.items()}
    now = before.value.as_said()
    shown |= {name: [was.get(name), now.get(name), was.get(name)] for name in others - set(shown) if was}
    names = {name: field.label for name, field in noun.fields_said().items()}
    said = sentence("noun-file.conflict.row", fields=tuple(names[name] for name in sorted(others)))
    finding = _at_a_cell(Finding(place=row.place, said=said), file, changes)
    return RowOutcome(row=row, result=RowResult.CONFLICT, changes=shown, findings=[finding])


def take_rows(outcomes: Sequence[RowOutcome], rows: SheetRows, *, now: datetime) -> list[Finding]:
    """Write down the rows that are new or changed, all or none; give what kept them from it, if anything did."""
    try:
        with transaction.atomic():
            for outcome in outcomes:
                if not is_taken(outcome) or outcome.said is None:
                    continue
                if wrong := rows.write(outcome.said, seen=outcome.stamp, now=now):
                    raise NothingDone(*wrong)
    except NothingDone as refused:
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
def ask_to_take(*, look: Job, asker: Asker, chosen: Mapping[str, str] | None = None) -> Job | None:
    """Have the file of a look taken as it was shown; nothing where that was asked before.

    With other headings `chosen` for fields it is looked over anew.
    Raises:  NotNow.
    """
    return answer_look(
        look,
        bring_in_nouns,
        act=AuditAct.NOUNS_ASKED,
        asker=asker,
        noun=look.arguments["noun"],
        chosen=dict(look.arguments["chosen"] if chosen is None else chosen),
        seen=look.result.get("seen", "") if chosen is None else "",
    )


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
        rows = sheet_rows(noun, programme, person)
        outcomes = look_over(file, rows)
        is_as_seen = bool(seen) and seen_of(data, outcomes) == seen
        if is_as_seen:
            stopped = take_rows(outcomes, rows, now=database_time())
            if not stopped:
                end.result = {"noun": noun, "taken": sum(map(is_taken, outcomes))}
                return
        end.result = {
            **_told(file, outcomes, name=name, noun=noun, seen=seen_of(data, outcomes)),
            "is_changed": bool(seen),
        }
        end.keeps_file = bool(file.headings)


def is_taken(outcome: RowOutcome) -> bool:
    """Say whether a row is written down when its file is taken."""
    return outcome.result in (RowResult.NEW, RowResult.CHANGED)


def seen_of(data: bytes, outcomes: Iterable[RowOutcome]) -> str:
    """Stand for a file and for what would come of it, and for nothing else."""
    found = [(outcome.row.line, outcome.result.value, outcome.stamp) for outcome in outcomes]
    return sha256(data + repr(found).encode()).hexdigest()


def _told(
    file: NounFile, outcomes: Sequence[RowOutcome], *, name: str, noun: str, seen: str
) -> dict[str, object]:
    counts = Counter(outcome.result.value for outcome in outcomes)
    return {
        "name": name,
        "noun": noun,
        "seen": seen if file.is_readable else "",
        "counts": {result.value: counts[result.value] for result in RowResult},
        "rows": [row_told(outcome) for outcome in outcomes if outcome.result is not RowResult.UNCHANGED],
        "findings": [finding_told(finding) for finding in file.findings],
        "headings": list(file.headings),
        "columns": dict(file.columns),
        "chosen": dict(file.chosen),
    }


def row_told(outcome: RowOutcome) -> dict[str, object]:
    """Give what would come of a row as the result of a job keeps it."""
    return {
        "line": outcome.row.line,
        "key": outcome.row.key,
        "result": outcome.result.value,
        "begins_version": outcome.begins_version,
        "currency": getattr(outcome.said, "currency", ""),
        "changes": dict(outcome.changes),
        "findings": [finding_told(finding) for finding in outcome.findings],
    }


def finding_told(finding: Finding) -> dict[str, object]:
    """Give a finding as the result of a job keeps it."""
    place = finding.place
    return {
        "place": place.cell or (f"{place.column}{place.line}" if place.line else place.sheet),
        "said": as_data(finding.said),
        "is_error": finding.is_error,
    }
