"""Keep how the sheets and columns of an office's own workbook are read, so that the next one is read by itself."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.actions.changes import NothingDone
from pledgeline.actions.workbooks import as_json
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.matched_sheets import MatchedSheet
from pledgeline.programme.fields import Unreadable, read_key
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import at_field
from pledgeline.programme.sentences import sentence
from pledgeline.records.models import ProgrammeRecord, WorkbookMapping


def keep_mapping(
    name: str,
    sheets: Sequence[MatchedSheet],
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
) -> WorkbookMapping | list[Finding]:
    """Keep a mapping under a name; one of this name that says something else gets a new version."""
    try:
        with transaction.atomic():
            return _kept(name, sheets, programme, person, now)
    except NothingDone as refused:
        code = refused.findings[0].code
        trail.refused(AuditAct.MAPPING_KEPT, "mapping", name[:200], code=code, programme=programme.slug)
        return refused.findings


def _kept(
    name: str, sheets: Sequence[MatchedSheet], programme: ProgrammeRecord, person: Person, now: datetime
) -> WorkbookMapping:
    place = at_field(Place(file="mapping"), "name")
    if not may(person, Act.MATCH_WORKBOOKS, programme.slug):
        raise NothingDone(Finding(place=place, said=sentence("noun-file.no-right.mapping")))
    try:
        name = read_key(name.strip())
    except Unreadable:
        raise NothingDone(Finding(place=place, said=sentence("noun-file.no-name"))) from None
    if not sheets or not all(sheet.is_answered for sheet in sheets):
        raise NothingDone(Finding(place=place, said=sentence("noun-file.not-matched")))
    said = [as_json(sheet) for sheet in sheets]
    rows = WorkbookMapping.objects.select_for_update().filter(programme=programme, name=name)
    before = rows.filter(is_newest=True).first()
    if before is not None and before.sheets == said:
        return before
    rows.filter(is_newest=True).update(is_newest=False)
    made = WorkbookMapping.objects.create(
        programme=programme,
        name=name,
        version=before.version + 1 if before else 1,
        sheets=said,
        made_by=username_of(person),
        made_at=now,
    )
    trail.record(AuditAct.MAPPING_KEPT, "mapping", name, programme=programme.slug, version=made.version)
    return made
