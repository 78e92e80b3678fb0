"""Write a scenario down for the people of a programme: each version stays, with who wrote it and when."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from pledgeline.accounts.rights import Act, NotAllowed, Person, may, username_of
from pledgeline.actions.register import Overtaken
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.guarantees import read_cases
from pledgeline.records import clock
from pledgeline.records.models import ProgrammeRecord, ScenarioVersion
from pledgeline.records.register import seen_register

LONGEST_TITLE = 200

_LETTERS = "bcdfghkmnprstvwz"
_DIGITS = "23456789"


def may_write_scenario(person: Person, programme: str) -> bool:
    """Say whether `person` may write scenarios for a programme."""
    return may(person, Act.WRITE_SCENARIOS, programme)


@trail.leaves_refusals(AuditAct.SCENARIO_WRITTEN, "scenario", ref="key")
@transaction.atomic
def write_scenario(
    *,
    key: str,
    programme: str,
    text: str,
    is_report: bool,
    left_open: Sequence[str] = (),
    based_on: int,
    person: Person,
    now: datetime,
) -> ScenarioVersion:
    """Add a version of a scenario; an empty `key` begins a new one, which gets an address of its own.

    `based_on` is the number of the version that was changed, 0 where there was none.

    Raises:  NotAllowed; Overtaken; ValueError when the text has errors: the page shows them before.
    """
    if not may_write_scenario(person, programme):
        raise NotAllowed(f"no right to write scenarios for {programme}")
    if not ProgrammeRecord.objects.filter(slug=programme).exists():
        raise ValueError(f"there is no programme “{programme}”")
    newest = ScenarioVersion.objects.filter(key=key).order_by("-number").first() if key else None
    if (newest.number if newest else 0) != based_on or (newest and newest.programme != programme):
        raise Overtaken(f"version {based_on} is not the newest")
    cases = read_cases("scenario.toml", text, seen_register(person).register).cases
    if not cases:
        raise ValueError("the scenario has errors")
    scenario = cases[0].scenario
    try:
        with transaction.atomic():
            version = ScenarioVersion.objects.create(
                programme=programme,
                key=key or _new_key(),
                number=based_on + 1,
                title=(scenario.title or scenario.id)[:LONGEST_TITLE],
                text=text,
                is_report=is_report,
                left_open=sorted(set(left_open)),
                written_by=username_of(person),
                written_at=clock.not_before(ScenarioVersion.objects.all(), "written_at", now),
            )
    except IntegrityError:
        # The database numbers each version once: of two who answer in the same moment the second comes here.
        raise Overtaken(f"version {based_on + 1} was written at the same moment") from None
    trail.record(
        AuditAct.SCENARIO_WRITTEN, "scenario", version.key, programme=programme, version=version.number
    )
    return version


def _new_key() -> str:
    """Make a name for an address that can be said on the telephone: three letters, three digits."""
    while True:
        letters = "".join(secrets.choice(_LETTERS) for _ in range(3))
        digits = "".join(secrets.choice(_DIGITS) for _ in range(3))
        if not ScenarioVersion.objects.filter(key=f"{letters}{digits}").exists():
            return f"{letters}{digits}"
