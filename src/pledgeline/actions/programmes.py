"""Make a programme, and change its settings: by the same load that brings a folder of files in.

A new programme is not published, and its record is empty. The address of a programme stays as it is: it is in links
and files that others have.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.actions.changes import NothingDone, differences, note_change, noted_before
from pledgeline.actions.parties import keep_parties
from pledgeline.actions.records import load_record
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import read_noun
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme, today_of
from pledgeline.programme.settings_fields import ProgrammeSettings
from pledgeline.programme.steps import refusal
from pledgeline.records.models import ProgrammeRecord, StepTaken
from pledgeline.records.models.rows import digest_of

NOUN = ProgrammeSettings.NAME


def create(
    raw: Mapping[str, object], *, person: Person, now: datetime, asked_with: str = ""
) -> ProgrammeRecord | list[Finding]:
    """Make a programme with an empty record; findings have the field as the last part of their path."""
    said = read_noun(ProgrammeSettings, raw, Place(file=NOUN))
    if isinstance(said, list):
        return said
    try:
        with transaction.atomic():
            return _created(said.to_programme(), person, now, asked_with)
    except NothingDone as refused:
        _leave_refusal(AuditAct.PROGRAMME_CREATED, said.slug, refused)
        return refused.findings
    except IntegrityError:  # somebody else has just made the same
        return [refusal(NOUN, said.slug, "taken.key", at="slug")]


def _created(programme: Programme, person: Person, now: datetime, asked_with: str) -> ProgrammeRecord:
    if not may(person, Act.CHANGE_SETTINGS):
        raise NothingDone(refusal(NOUN, programme.slug, "no-right.write"))
    made = StepTaken.objects.filter(noun=NOUN, step="create", asked_with=asked_with).first()
    if asked_with and made:
        return made.programme
    if ProgrammeRecord.objects.filter(slug=programme.slug).exists():
        raise NothingDone(refusal(NOUN, programme.slug, "taken.key", at="slug"))
    row = _loaded(programme, person, now)
    note_change(row, NOUN, row.slug, "create", person=person, now=now, asked_with=asked_with, is_new=True)
    trail.record(AuditAct.PROGRAMME_CREATED, NOUN, row.slug, programme=row.slug)
    return row


def change(
    programme: ProgrammeRecord,
    raw: Mapping[str, object],
    *,
    person: Person,
    now: datetime,
    reason: str,
    seen: str | None = None,
    asked_with: str = "",
) -> ProgrammeRecord | list[Finding]:
    """Give a programme other settings; what `raw` leaves out stays as it is.

    `seen` is the `settings_stamp` that a form was filled in by: where they have changed since, nothing is changed.
    """
    try:
        with transaction.atomic():
            return _changed(programme.slug, raw, person, now, reason.strip(), seen, asked_with)
    except NothingDone as refused:
        _leave_refusal(AuditAct.SETTINGS_CHANGED, programme.slug, refused)
        return refused.findings


def _changed(
    slug: str,
    raw: Mapping[str, object],
    person: Person,
    now: datetime,
    reason: str,
    seen: str | None,
    asked_with: str,
) -> ProgrammeRecord:
    if not may(person, Act.CHANGE_SETTINGS, slug):
        raise NothingDone(refusal(NOUN, slug, "no-right.write"))
    row: ProgrammeRecord = ProgrammeRecord.objects.select_for_update().get(slug=slug)
    if noted_before(row, asked_with):
        return row
    before = row.to_value()
    said = read_noun(
        ProgrammeSettings, {**ProgrammeSettings.said_of(before), **raw, "slug": slug}, Place(file=NOUN)
    )
    if isinstance(said, list):
        raise NothingDone(*said)
    if seen is not None and seen != settings_stamp(row):
        raise NothingDone(refusal(NOUN, before.short_name, "changed-meanwhile.by-somebody"))
    changes = differences(_plain(before), _plain(said.to_programme()))
    if not changes:
        return row
    if not reason:
        raise NothingDone(refusal(NOUN, before.short_name, "no-reason.step", at="reason"))
    row = _loaded(said.to_programme(invented=before.invented), person, now)
    note_change(
        row,
        NOUN,
        slug,
        "change",
        person=person,
        now=now,
        reason=reason,
        asked_with=asked_with,
        changes=changes,
    )
    trail.record(AuditAct.SETTINGS_CHANGED, NOUN, slug, programme=slug, fields=list(changes), reason=reason)
    return row


def settings_stamp(programme: ProgrammeRecord) -> str:
    """Stand for the settings as they are; a form carries it along."""
    return digest_of(ProgrammeRecord.columns_of(programme.to_value()))


def _loaded(programme: Programme, person: Person, now: datetime) -> ProgrammeRecord:
    """Load the settings, and leave the rows of the record as they are."""
    load_record(
        programme=programme,
        record=PublicRecord(),
        prune=False,
        today=today_of(programme, now),
        by=username_of(person),
        only=(),
    )
    row: ProgrammeRecord = ProgrammeRecord.objects.get(slug=programme.slug)
    keep_parties(row, programme.parties)
    return row


def _plain(programme: Programme) -> dict[str, object]:
    """Write the settings so that what was and what is can be kept and shown."""
    said = dict(ProgrammeSettings.said_of(programme))
    size, coverage = said["package_size"], programme.coverage
    return {
        **said,
        "package_size": f"{size['currency']} {size['amount']}",
        "parties": _lines(f"{code} {name}" for code, name in programme.parties.items()),
        "official_speakers": _lines(programme.official_speakers),
        "approvals": _lines(
            f"{band.what} {band.above.currency} {band.above.major.normalize():f} {band.role}"
            for band in programme.approvals
        ),
        "public_fields": _lines(
            f"{kind}.{name}" for kind, names in sorted(programme.public_fields.items()) for name in names
        ),
        "licence": " ".join(said["licence"].values()) if said["licence"] else None,
        "coverage": f"{coverage.thin_after}, {coverage.ends_on}, {coverage.searched_on}"
        if coverage
        else None,
    }


def _lines(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _leave_refusal(act: AuditAct, slug: str, refused: NothingDone) -> None:
    trail.refused(act, NOUN, slug, code=refused.findings[0].code, programme=slug)
