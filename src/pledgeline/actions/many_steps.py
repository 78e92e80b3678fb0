"""The same step of many rows, each taken by itself: one that is refused hinders no other one."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from pledgeline.accounts.rights import Person
from pledgeline.actions.chain import take_step
from pledgeline.programme.findings import Finding
from pledgeline.records.models import ChainRow, ProgrammeRecord, StepTaken


def take_of_many(
    table: type[ChainRow],
    seen: Mapping[str, str],
    name: str,
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    reason: str = "",
    asked_with: str = "",
) -> dict[str, StepTaken | Finding]:
    """Take a step of each row that is named, and give what became of it; `seen` is the stamp of what was looked at.

    In the order of their keys: of two who take steps of the same rows, one waits for the other and never both.
    """
    return {
        key: take_step(
            table,
            key,
            name,
            programme=programme,
            person=person,
            now=now,
            reason=reason,
            asked_with=_key_of(asked_with, key),
            seen=seen[key],
        )
        for key in sorted(seen)
    }


def _key_of(asked_with: str, key: str) -> str:
    """Give the key of the step of one row: a form that is sent twice has taken it once."""
    return hashlib.sha256(f"{asked_with} {key}".encode()).hexdigest() if asked_with else ""
