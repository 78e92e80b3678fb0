"""Enter a row of the public record on a page, correct one, or take one away: by the load that files take.

What is entered is a row like those of a file. All rows of its kind are loaded with that one changed, so that nothing is
checked or written in a second way.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.actions.changes import NothingDone, differences, note_change, noted_before
from pledgeline.actions.records import load_record
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.record.written import cells_of
from pledgeline.programme.findings import Finding
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import today_of
from pledgeline.programme.steps import refusal
from pledgeline.queries.record_rows import (
    NOUNS,
    Foreseen,
    foresee,
    foresee_removal,
    key_of,
    row_of,
    row_stamp,
    whole_record,
)
from pledgeline.records.models import ProgrammeRecord, StepTaken


def enter(
    noun: str,
    cells: Mapping[str, str],
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    key: str = "",
    reason: str = "",
    seen: str | None = None,
    foreseen: str | None = None,
    asked_with: str = "",
) -> StepTaken | Foreseen | list[Finding]:
    """Enter a new row, or correct the one of `key`, with a reason.

    `seen` is the `row_stamp` that a form was filled in by; `foreseen` the `seen` of what was shown before it was
    entered: where that would now be something else nothing is entered, and what it is now is given.
    """
    try:
        with transaction.atomic():
            row = _held(noun, programme, person)
            if before := noted_before(row, asked_with):
                return before
            settings, record = row.to_value(), whole_record(row.slug)
            old = row_of(record, noun, key) if key else None
            if key and old is None:
                raise NothingDone(refusal(noun, key, "unknown.noun"))
            if key and seen is not None and seen != row_stamp(old):
                raise NothingDone(refusal(noun, key, "changed-meanwhile.by-somebody"))
            would = foresee(noun, cells, programme=settings, record=record, now=now, key=key)
            if isinstance(would, list):
                raise NothingDone(*would)
            if key and not reason.strip():
                raise NothingDone(refusal(noun, key, "no-reason.step", at="reason"))
            if foreseen is not None and foreseen != would.seen:
                return would
            _load(row, noun, would.record, person, now, prune=bool(key))
            row.refresh_from_db()
            changes = differences(cells_of(old) if old else {}, cells_of(would.value))
            entered = key_of(noun, would.value)
            trail.record(AuditAct.ROW_ENTERED, noun, entered, programme=row.slug, reason=reason)
            return note_change(
                row,
                noun,
                entered,
                "correct" if key else "enter",
                person=person,
                now=now,
                reason=reason.strip(),
                asked_with=asked_with,
                changes=changes,
                is_new=not key,
            )
    except NothingDone as refused:
        return _refused(AuditAct.ROW_ENTERED, noun, key, programme, refused)


def remove(
    noun: str,
    key: str,
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    reason: str,
    seen: str | None = None,
) -> StepTaken | list[Finding]:
    """Take a row away, with a reason; one that others rest on stays."""
    try:
        with transaction.atomic():
            row = _held(noun, programme, person)
            record = whole_record(row.slug)
            would = foresee_removal(noun, key, programme=row.to_value(), record=record, now=now)
            if isinstance(would, Finding):
                raise NothingDone(would)
            if seen is not None and seen != row_stamp(would.value):
                raise NothingDone(refusal(noun, key, "changed-meanwhile.by-somebody"))
            if not reason.strip():
                raise NothingDone(refusal(noun, key, "no-reason.step", at="reason"))
            _load(row, noun, would.record, person, now, prune=True)
            row.refresh_from_db()
            trail.record(AuditAct.ROW_REMOVED, noun, key, programme=row.slug, reason=reason)
            changes = differences(cells_of(would.value), {})
            return note_change(
                row,
                noun,
                key,
                "remove",
                person=person,
                now=now,
                reason=reason.strip(),
                changes=changes,
                is_gone=True,
            )
    except NothingDone as refused:
        return _refused(AuditAct.ROW_REMOVED, noun, key, programme, refused)


def _held(noun: str, programme: ProgrammeRecord, person: Person) -> ProgrammeRecord:
    """Give the programme, held until the transaction ends: what is loaded is the whole record."""
    if not may(person, Act.EDIT_RECORD, programme.slug):
        raise NothingDone(refusal(noun, "", "no-right.write"))
    row: ProgrammeRecord = ProgrammeRecord.objects.select_for_update().get(pk=programme.pk)
    return row


def _load(
    row: ProgrammeRecord, noun: str, record: PublicRecord, person: Person, now: datetime, *, prune: bool
) -> None:
    """Load the rows of one kind, all of them: one is other than before, or gone."""
    settings = row.to_value()
    load_record(
        programme=settings,
        record=record,
        prune=prune,
        today=today_of(settings, now),
        by=username_of(person),
        only=(NOUNS[noun].name,),
    )


def _refused(
    act: AuditAct, noun: str, key: str, programme: ProgrammeRecord, refused: NothingDone
) -> list[Finding]:
    trail.refused(act, noun, key, code=refused.findings[0].code, programme=programme.slug)
    return refused.findings
