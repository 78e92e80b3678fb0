"""What changes of settings and of rows of the record have in common: how one is noted, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pledgeline.accounts.models import User
from pledgeline.accounts.rights import Person
from pledgeline.programme.findings import Finding
from pledgeline.programme.steps import State
from pledgeline.records.models import ProgrammeRecord, StepTaken


class Refused(Exception):
    """Carries findings out of a transaction that is to leave nothing behind."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].wrong)
        self.findings = list(findings)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
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
    changes: Mapping[str, Any] | None = None,
    is_new: bool = False,
    is_gone: bool = False,
) -> StepTaken:
    """Note who changed what, when and why. To be called in the transaction of the change."""
    return StepTaken.objects.create(
        programme=programme,
        noun=noun,
        key=key,
        version=programme.revision,
        step=step,
        origin="" if is_new else State.OPEN,
        target=State.WITHDRAWN if is_gone else State.OPEN,
        by_name=person.get_username(),
        by_account=str(person.pk) if isinstance(person, User) else "",
        at=now,
        reason=reason,
        asked_with=asked_with,
        changes=changes or {},
    )
