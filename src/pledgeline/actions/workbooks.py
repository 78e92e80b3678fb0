"""Bring a workbook of several sheets in: looked over first, sheet by sheet, and taken when that was answered.

Each sheet is read as its name and headings say, as a mapping of the programme says, or as a person has matched it;
what nobody has matched is not read. A workbook of ours also tells what its rows said when it was written: so only
what was changed in it is written back, and what others changed meanwhile is a conflict. Nothing is ever deleted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from pledgeline.accounts.rights import Person
from pledgeline.actions.changes import NothingDone
from pledgeline.actions.job_askers import answer_look, in_the_name_of_who_asked, person_behind
from pledgeline.actions.noun_files import (
    RowOutcome,
    RowResult,
    finding_told,
    is_taken,
    look_over,
    row_told,
    seen_of,
    take_rows,
)
from pledgeline.actions.sheet_rows import SheetRows, sheet_rows
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.matched_sheets import (
    LEFT_OUT,
    MatchedSheet,
    SheetProposal,
    first_rows,
    propose,
    read_matched,
)
from pledgeline.exchange.noun_files import NounFile, book_of
from pledgeline.exchange.programme_workbook import NOUNS, KeptVersions, kept_versions, keys_missing
from pledgeline.exchange.workbook.package import NotAWorkbook
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker, Upload
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import Job
from pledgeline.programme.findings import Finding, Place, Severity
from pledgeline.programme.sentences import Param, Sentence, sentence
from pledgeline.queries.mappings import KeptMapping, mapping_for, mapping_named
from pledgeline.records.models import ProgrammeRecord

MOST_SAMPLES = 4
"""So many rows of each sheet are shown as they would be read."""

MOST_NAMED = 50
"""So many removed rows are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """What would come of one sheet; nothing where it was left out, or is not matched yet."""

    matched: MatchedSheet
    is_answered: bool
    preview: Sequence[Sequence[str]] = ()
    file: NounFile | None = None
    rows: SheetRows | None = None
    outcomes: Sequence[RowOutcome] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookReview:
    """What would come of a workbook, and what is to be said of it as a whole.

    It `is_known` where its own names and headings say what everything is.
    """

    sheets: Sequence[SheetLook] = ()
    findings: Sequence[Finding] = ()
    mapping: KeptMapping | None = None
    is_known: bool = False
    versions: KeptVersions | None = None

    @property
    def is_answered(self) -> bool:
        return bool(self.sheets) and all(sheet.is_answered for sheet in self.sheets)

    @property
    def can_be_taken(self) -> bool:
        """Say whether its rows can be taken: everything is matched, and no sheet is wrong as a whole."""
        files = [sheet.file for sheet in self.sheets if sheet.file is not None]
        is_readable = all(file.is_readable for file in files)
        return self.is_answered and is_readable and not any(finding.is_error for finding in self.findings)

    @property
    def outcomes(self) -> list[RowOutcome]:
        return [outcome for sheet in self.sheets for outcome in sheet.outcomes]


def look_over_workbook(
    data: bytes,
    name: str,
    *,
    programme: ProgrammeRecord,
    person: Person,
    chosen: Sequence[MatchedSheet] = (),
    mapping: str = "",
) -> WorkbookReview:
    """Say of each row of each sheet what would come of it, and write nothing.

    Without `chosen` the mapping of that name is followed, or the one that was kept for the same headings.
    """
    try:
        book = book_of(data)
    except NotAWorkbook as error:
        return WorkbookReview(findings=[_about(name, error.sheet, "", said=error.said)])
    proposals = propose(book, _meant(chosen))
    if not proposals:
        return WorkbookReview(findings=[_about(name, "", "noun-file.no-rows")])
    kept = None if chosen else _mapping(programme, mapping, proposals)
    if mapping and kept is None:
        return WorkbookReview(
            findings=[_about(name, "", "noun-file.other-headings.mapping", mapping=mapping)]
        )
    versions, said = _versions(book_versions := kept_versions(book), programme, name)
    answers = {sheet.sheet: sheet for sheet in (kept.sheets if kept else chosen)}
    sheets = []
    findings = [said] if said else []
    for proposal in proposals:
        matched, is_answered = _answered(proposal, answers)
        sheet = SheetLook(
            matched=matched,
            is_answered=is_answered,
            preview=[] if is_answered else first_rows(proposal.raw, MOST_SAMPLES + 1),
        )
        if matched.noun not in ("", LEFT_OUT) and set(matched.columns.values()) - {"", LEFT_OUT}:
            file = read_matched(book, proposal.raw, name, matched)
            rows = sheet_rows(matched.noun, programme, person)
            of_sheet = versions.rows.get(matched.noun, {}) if versions else None
            outcomes = look_over(file, rows, kept=of_sheet) if is_answered else []
            sheet = replace(sheet, file=file, rows=rows, outcomes=outcomes)
            if is_answered and (gone := keys_missing(of_sheet or {}, [row.key for row in file.rows])):
                findings.append(_removed(name, proposal.raw.name, gone))
        sheets.append(sheet)
    findings += _sheets_gone(name, versions, sheets)
    return WorkbookReview(
        sheets=sheets,
        findings=findings if all(sheet.is_answered for sheet in sheets) else [],
        mapping=kept,
        is_known=all(proposal.is_sure for proposal in proposals),
        versions=book_versions,
    )


def _answered(proposal: SheetProposal, answers: Mapping[str, MatchedSheet]) -> tuple[MatchedSheet, bool]:
    """Give how a sheet is matched, by the answer where there is one, and whether that is settled."""
    matched = answers.get(proposal.raw.name)
    if matched is None or not (matched.columns or matched.noun == LEFT_OUT):
        return proposal.matched, proposal.is_sure
    return matched, matched.is_answered


def _meant(chosen: Sequence[MatchedSheet]) -> dict[str, str]:
    """Give the nouns that were chosen for sheets of which the columns are still to be matched."""
    return {sheet.sheet: sheet.noun for sheet in chosen if sheet.noun in NOUNS and not sheet.columns}


def _mapping(programme: ProgrammeRecord, name: str, proposals: Sequence[SheetProposal]) -> KeptMapping | None:
    if name:
        return mapping_named(programme, name, proposals)
    if all(proposal.is_sure for proposal in proposals):
        return None
    return mapping_for(programme, proposals)


def _versions(
    versions: KeptVersions | None, programme: ProgrammeRecord, name: str
) -> tuple[KeptVersions | None, Finding | None]:
    """Give the versions that a workbook holds as far as they are of this programme, and say where they are not."""
    if versions is None:
        return None, _about(name, "", "noun-file.no-versions.plain", warn=True)
    if versions.programme != programme.slug:
        code = "noun-file.no-versions.other-programme"
        return None, _about(name, "", code, warn=True, programme=versions.programme[:60])
    return versions, None


def _removed(name: str, sheet: str, keys: Sequence[str]) -> Finding:
    named = (*keys[:MOST_NAMED], *(["…"] if len(keys) > MOST_NAMED else []))
    return _about(name, sheet, "noun-file.removed.rows", warn=True, count=len(keys), keys=named)


def _sheets_gone(name: str, versions: KeptVersions | None, sheets: Sequence[SheetLook]) -> Iterator[Finding]:
    """Name the sheets that a workbook was written with and that are not in it any more."""
    there = {sheet.matched.noun for sheet in sheets}
    for noun in versions.rows if versions else ():
        if noun in NOUNS and noun not in there:
            said = sentence(f"noun.{noun}")
            yield _about(name, "", "noun-file.removed.sheet", warn=True, noun=said)


def _about(
    name: str, sheet: str, code: str, *, warn: bool = False, said: Sentence | None = None, **params: Param
) -> Finding:
    severity = Severity.WARNING if warn else Severity.ERROR
    said = sentence(code, **params) if said is None else said
    return Finding(place=Place(file=name, sheet=sheet), said=said, severity=severity)


def take_workbook(look: WorkbookReview, *, now: datetime) -> list[Finding]:
    """Write down the rows that are new or changed, all or none; give what kept them from it, if anything did."""
    try:
        with transaction.atomic():
            for sheet in look.sheets:
                if sheet.rows is not None and (wrong := take_rows(sheet.outcomes, sheet.rows, now=now)):
                    raise NothingDone(*wrong)
    except NothingDone as refused:
        return refused.findings
    return []


# In the background


@trail.leaves_refusals(AuditAct.WORKBOOK_HANDED_IN, "file", ref="name")
@transaction.atomic
def ask_to_look(*, programme: str, name: str, data: bytes, asker: Asker) -> Job:
    """Have a workbook looked over: the result of the job says what would come of it, and nothing is written.

    Raises:  NotNow.
    """
    upload = Upload(name=name, content=data)
    made = asking.ask(bring_in_workbook, programme=programme, asker=asker, upload=upload, chosen=[], seen="")
    trail.record(AuditAct.WORKBOOK_HANDED_IN, "job", made.ref, programme=programme, file=name)
    return made


@trail.leaves_refusals(AuditAct.WORKBOOK_TAKEN, "job", ref="look")
def ask_to_take(*, look: Job, asker: Asker, chosen: Sequence[MatchedSheet] | None = None) -> Job | None:
    """Have the workbook of a look taken as it was shown; nothing where that was asked before.

    With sheets `chosen` for nouns it is looked over anew.
    Raises:  NotNow.
    """
    return answer_look(
        look,
        bring_in_workbook,
        act=AuditAct.WORKBOOK_TAKEN,
        asker=asker,
        chosen=look.result.get("matched", []) if chosen is None else [as_json(sheet) for sheet in chosen],
        seen=look.result.get("seen", "") if chosen is None else "",
    )


def as_json(sheet: MatchedSheet) -> dict[str, object]:
    """Write down how a sheet is matched."""
    return {"sheet": sheet.sheet, "noun": sheet.noun, "columns": dict(sheet.columns)}


@job("sheets")
def bring_in_workbook(context: JobContext, chosen: list[dict[str, Any]], seen: str) -> None:
    """Look the workbook of the job over; take it where what was `seen` of it is what would still come of it."""
    asked = context.job
    data, name = bytes(asked.file.content), asked.file.name
    programme = ProgrammeRecord.objects.get(slug=asked.programme)
    person = person_behind(asked)
    matched = [MatchedSheet(**sheet) for sheet in chosen]
    with in_the_name_of_who_asked(asked), context.ending() as end:
        look = look_over_workbook(data, name, programme=programme, person=person, chosen=matched)
        seen_now = seen_of(data, look.outcomes)
        if seen and seen == seen_now and not take_workbook(look, now=database_time()):
            end.result = {"taken": sum(map(is_taken, look.outcomes))}
            return
        end.result = {**_told(look, name, seen_now), "is_changed": bool(seen)}
        end.keeps_file = bool(look.sheets)


def _told(look: WorkbookReview, name: str, seen: str) -> dict[str, object]:
    counts = Counter(outcome.result.value for outcome in look.outcomes)
    return {
        "name": name,
        "seen": seen if look.can_be_taken else "",
        "is_answered": look.is_answered,
        "is_known": look.is_known,
        "counts": {result.value: counts[result.value] for result in RowResult},
        "findings": [finding_told(finding) for finding in look.findings],
        "matched": [as_json(sheet.matched) for sheet in look.sheets],
        "sheets": [_sheet_told(sheet) for sheet in look.sheets],
        "mapping": {"name": look.mapping.name, "version": look.mapping.version} if look.mapping else None,
        "written_at": look.versions.written_at if look.versions else "",
    }


def _sheet_told(sheet: SheetLook) -> dict[str, object]:
    rows = sheet.file.rows if sheet.file else ()
    findings = sheet.file.findings if sheet.file and sheet.is_answered else ()
    samples = [
        {name: _shown(value) for name, value in row.partly.items() if value is not None}
        for row in rows[:MOST_SAMPLES]
    ]
    return {
        **as_json(sheet.matched),
        "is_answered": sheet.is_answered,
        "samples": samples,
        "preview": [list(row) for row in sheet.preview],
        "findings": [finding_told(finding) for finding in findings],
        "rows": [
            row_told(outcome) for outcome in sheet.outcomes if outcome.result is not RowResult.UNCHANGED
        ],
        "currencies": sorted({str(row.partly["currency"]) for row in rows if row.partly.get("currency")}),
    }


def _shown(value: object) -> object:
    return "; ".join(value) if isinstance(value, list) else value
