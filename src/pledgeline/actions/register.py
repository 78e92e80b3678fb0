"""Add and change instruments of the register of guarantees: each version stays, with who and when.

The checks are those of the reader, on the register as it would be afterwards; what has an error is
not saved at all. A change also says beforehand what it alters in the coverage.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from pledgeline.accounts.rights import Act, NotAllowed, Person, may, username_of
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.guarantees import Change, Instrument, Register, changes, coverage, coverage_matrix
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.names import UNSEEN
from pledgeline.programme.sentences import Sentence, sentence
from pledgeline.records import clock
from pledgeline.records.models import InstrumentVersion
from pledgeline.records.register import (
    WORDS,
    newer_versions,
    register_under,
    shipped_texts,
    text_until,
    with_text,
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

LONGEST_TEXT = 200_000
"""Units: characters. The longest shipped file has 6,300."""


class Overtaken(ValueError):
    """Somebody saved a version in the meantime, which would be undone without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDraft:
    """What a text would do to the register: findings if it cannot be saved, else what changes.

    `altered` compares the coverage of each beneficiary named before or after, on one day.
    """

    instrument: Instrument | None
    findings: tuple[Finding, ...]
    altered: Mapping[str, tuple[Change, ...]]
    is_new: bool

    @property
    def can_be_saved(self) -> bool:
        return not any(finding.is_error for finding in self.findings)


def may_edit(person: Person, programme: str) -> bool:
    """Say whether `person` may save into the register of all, or into the drafts of a programme."""
    return may(person, Act.EDIT_REGISTER, programme)


def consider(*, instrument: str, text: str, programme: str, on: date) -> VersionDraft:
    """Say what is wrong with a text, and what it would change, without saving anything."""
    seen = register_under(programme)
    before = seen.register
    is_new = instrument not in before.by_id
    if len(text) > LONGEST_TEXT:
        finding = _finding(instrument, sentence("guarantees.too-long.text", count=len(text)))
        return VersionDraft(instrument=None, findings=(finding,), altered={}, is_new=is_new)
    if f"{instrument}.toml" in WORDS or not _ID.fullmatch(instrument):
        finding = _finding(instrument, sentence("guarantees.bad-id.instrument", id=instrument[:60]))
        return VersionDraft(instrument=None, findings=(finding,), altered={}, is_new=is_new)
    reading = with_text(seen.texts, instrument, text)
    own = tuple(fault for fault in reading.findings if fault.place.file == f"{instrument}.toml")
    others = tuple(fault for fault in reading.findings if fault.is_error and fault not in own)
    if reading.register is None:
        return VersionDraft(instrument=None, findings=(*own, *others), altered={}, is_new=is_new)
    return VersionDraft(
        instrument=reading.register.by_id.get(instrument),
        findings=own,
        altered=altered_coverage(before, reading.register, instrument, on),
        is_new=is_new,
    )


def altered_coverage(
    before: Register, after: Register, instrument: str, on: date
) -> dict[str, tuple[Change, ...]]:
    """Compare the coverage of every beneficiary of an instrument: all duties first, then event by event.

    Shape:   by the code of the beneficiary; one without any change is left out.
    """
    named = {
        actor
        for register in (before, after)
        for version in [register.by_id.get(instrument)]
        if version is not None
        for obligation in version.obligations
        for actor in register.actors.expand(obligation.to)
    }
    found: dict[str, tuple[Change, ...]] = {}
    for beneficiary in sorted(named):
        pairs = [
            tuple(coverage(register, beneficiary=beneficiary, on=on) for register in (before, after)),
            *zip(
                *(coverage_matrix(register, beneficiary=beneficiary, on=on) for register in (before, after)),
                strict=True,
            ),
        ]
        differing = tuple(change for earlier, later in pairs for change in changes(earlier, later))
        if differing:
            found[beneficiary] = differing
    return found


@trail.leaves_refusals(AuditAct.INSTRUMENT_SAVED, "instrument", ref="instrument")
@transaction.atomic
def save_version(
    *,
    instrument: str,
    text: str,
    reason: str,
    person: Person,
    programme: str,
    based_on: int,
    now: datetime,
) -> InstrumentVersion:
    """Add a version; an empty `text` withdraws what was written here, and gives the shipped one back.

    `based_on` is the key of the newest version that the person has seen, 0 where there was none.

    Raises:  NotAllowed; Overtaken; ValueError when the text or the reason has errors: the page shows them before.
    """
    if not may_edit(person, programme):
        raise NotAllowed(f"no right to edit the register{f' of {programme}' if programme else ''}")
    if hidden := unseen_in(reason, instrument):
        raise ValueError(hidden.wrong)
    known = InstrumentVersion.objects.filter(programme=programme, instrument=instrument)
    newest = known.aggregate(Max("number"))["number__max"] or 0
    if newer := newer_versions(instrument, programme, based_on):
        raise Overtaken(f"{newer[-1]} was saved in the meantime")
    draft = (
        consider(instrument=instrument, text=text, programme=programme, on=now.date())
        if text
        else withdrawn(instrument=instrument, programme=programme, on=now.date())
    )
    if not draft.can_be_saved:
        raise ValueError(f"{instrument} has errors: {draft.findings[0].wrong}")
    try:
        with transaction.atomic():
            version = InstrumentVersion.objects.create(
                programme=programme,
                instrument=instrument,
                number=newest + 1,
                text=text,
                is_withdrawn=not text,
                reason=reason,
                saved_by=username_of(person),
                saved_at=clock.not_before(InstrumentVersion.objects.all(), "saved_at", now),
            )
    except IntegrityError:
        # The database numbers each version once: of two who save in the same moment the second comes here.
        raise Overtaken(f"version {newest + 1} was saved at the same moment") from None
    trail.record(
        AuditAct.INSTRUMENT_SAVED if text else AuditAct.INSTRUMENT_WITHDRAWN,
        "instrument",
        instrument,
        programme=programme,
        version=version.number,
    )
    return version


def unseen_in(reason: str, instrument: str) -> Finding | None:
    """Say that a reason holds signs that nobody sees; nothing where it does not."""
    if not UNSEEN.search(reason):
        return None
    place = Place(file=f"{instrument}.toml", path=("reason",))
    return Finding(place=place, said=sentence("guarantees.unseen.reason"))


def withdrawn(*, instrument: str, programme: str, on: date) -> VersionDraft:
    """Say what it would change to take the own version away: what stands under it holds again."""
    shipped = shipped_texts().get(f"{instrument}.toml", "")
    beneath = text_until(instrument, "") if programme else shipped
    seen = register_under(programme)
    reading = with_text(seen.texts, instrument, beneath)
    if reading.register is None:
        return VersionDraft(
            instrument=None,
            findings=tuple(finding for finding in reading.findings if finding.is_error),
            altered={},
            is_new=False,
        )
    return VersionDraft(
        instrument=reading.register.by_id.get(instrument),
        findings=(),
        altered=altered_coverage(seen.register, reading.register, instrument, on),
        is_new=False,
    )


def _finding(instrument: str, said: Sentence) -> Finding:
    return Finding(place=Place(file=f"{instrument}.toml", line=1), said=said)
