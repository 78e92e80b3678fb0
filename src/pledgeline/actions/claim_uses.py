"""Put a claim behind a row of the record or a provision: as the row that it becomes, or beside one that is there.

A claim never changes the record by itself: a person enters the row, by the action that all rows are entered by.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.actions import record_rows
from pledgeline.actions.changes import NothingDone
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.programme.findings import Finding
from pledgeline.queries.claim_uses import names_source, source_of
from pledgeline.queries.record_rows import Foreseen, whole_record
from pledgeline.queries.reports import refused_report
from pledgeline.records.models import ClaimRecord, ClaimState, ClaimUse, ProgrammeRecord
from pledgeline.records.models.claims import USED_BY

NOUN = "claim"


def enter_as_row(
    claim: ClaimRecord,
    noun: str,
    cells: Mapping[str, str],
    *,
    person: Person,
    now: datetime,
    foreseen: str,
    asked_with: str = "",
) -> ClaimUse | Foreseen | list[Finding]:
    """Enter the row that a claim becomes, with its report as a source; where that would now change something else
    than was shown nothing is entered, and what it is now is given."""
    slug = claim.programme.slug
    try:
        with transaction.atomic():
            programme = _held(claim, person)
            source, is_there = source_of(claim.document, whole_record(slug))
            if not is_there and names_source(cells, source["id"]):
                added = record_rows.enter("source", source, programme=programme, person=person, now=now)
                if isinstance(added, list):
                    raise NothingDone(*added)
            done = record_rows.enter(
                noun,
                cells,
                programme=programme,
                person=person,
                now=now,
                foreseen=foreseen,
                asked_with=asked_with,
            )
            if isinstance(done, list):
                raise NothingDone(*done)
            if isinstance(done, Foreseen):
                raise _Otherwise(done)
            return _used(claim, noun, done.key, person, now)
    except _Otherwise as otherwise:
        return otherwise.now
    except NothingDone as refused:
        return _refused(claim, refused)


def cite(
    claim: ClaimRecord, noun: str, key: str, *, person: Person, now: datetime
) -> ClaimUse | list[Finding]:
    """Put a claim behind a row that is there, or behind a provision of the register."""
    try:
        with transaction.atomic():
            _held(claim, person)
            if noun not in USED_BY or not key or len(key) > 300:
                raise NothingDone(refused_report("no-row", ref=claim.ref, at="key"))
            return _used(claim, noun, key, person, now)
    except NothingDone as refused:
        return _refused(claim, refused)


class _Otherwise(Exception):
    """Carries what would be changed now out of a transaction that is to leave nothing behind."""

    def __init__(self, now: Foreseen) -> None:
        super().__init__(now.seen)
        self.now = now


def _held(claim: ClaimRecord, person: Person) -> ProgrammeRecord:
    programme: ProgrammeRecord = ProgrammeRecord.objects.select_for_update().get(pk=claim.programme_id)
    if not may(person, Act.EDIT_RECORD, programme.slug):
        raise NothingDone(refused_report("no-right", ref=claim.ref))
    if ClaimRecord.objects.get(pk=claim.pk).state != ClaimState.HOLDS:
        raise NothingDone(refused_report("does-not-hold", ref=claim.ref))
    return programme


def _used(claim: ClaimRecord, noun: str, key: str, person: Person, now: datetime) -> ClaimUse:
    use, is_new = ClaimUse.objects.get_or_create(
        claim=claim, noun=noun, key=key, defaults={"by_name": username_of(person), "at": now}
    )
    if is_new:
        trail.record(
            AuditAct.CLAIM_USED, NOUN, claim.ref, programme=claim.programme.slug, used_by=noun, key=key
        )
    return use


def _refused(claim: ClaimRecord, refused: NothingDone) -> list[Finding]:
    code = refused.findings[0].code
    trail.refused(AuditAct.CLAIM_USED, NOUN, claim.ref, code=code, programme=claim.programme.slug)
    return refused.findings
