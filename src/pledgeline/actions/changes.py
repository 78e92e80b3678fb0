"""What all that is noted as a step has in common, of whichever noun: how it is refused, and how it is noted, once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from pledgeline.accounts.rights import Person, account_of, username_of
from pledgeline.programme.findings import Finding
from pledgeline.programme.steps import State
from pledgeline.records.models import ProgrammeRecord, StepTaken


class NothingDone(Exception):
    """Carries findings out of a transaction that is to leave nothing behind."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].wrong)
        self.findings = list(findings)


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back whatever is done meanwhile: what would come of it is only looked at."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[object]]:
    """Give what each field was and is, where the two differ."""
    return {
        name: [before.get(name), after.get(name)]
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    }


def noted_before(programme: ProgrammeRecord, asked_with: str) -> StepTaken | None:
    """Give what a form with this key has done already; nothing where it has done nothing."""
    if not asked_with:
        return None
    return StepTaken.objects.filter(programme=programme, asked_with=asked_with).first()


def note_step(
    programme: ProgrammeRecord,
    noun: str,
    key: str,
    version: int,
    step: str,
    *,
    origin: str,
    target: str,
    person: Person,
    now: datetime,
    reason: str = "",
    asked_with: str = "",
    changes: Mapping[str, object] | None = None,
    entries: list[int] | None = None,
) -> StepTaken:
    """Note who did what, when and why. To be called in the transaction in which it is done."""
    return StepTaken.objects.create(
        programme=programme,
        noun=noun,
        key=key,
        version=version,
        step=step,
        origin=origin,
        target=target,
        by_name=username_of(person),
        by_account=account_of(person),
        at=now,
        reason=reason,
        asked_with=asked_with,
        changes=changes or {},
        entries=entries or [],
    )


def note_change(
    programme: ProgrammeRecord,
    noun: str,
    key: str,
    step: str,
    *,
    person: Person,
    now: datetime,
    reason: str = "",
    asked_with: str = "",
    changes: Mapping[str, object] | None = None,
    is_new: bool = False,
    is_gone: bool = False,
) -> StepTaken:
    """Note a change of what has no states of its own: settings, or a row of the record."""
    return note_step(
        programme,
        noun,
        key,
        programme.revision,
        step,
        origin="" if is_new else State.OPEN,
        target=State.WITHDRAWN if is_gone else State.OPEN,
        person=person,
        now=now,
        reason=reason,
        asked_with=asked_with,
        changes=changes,
    )
