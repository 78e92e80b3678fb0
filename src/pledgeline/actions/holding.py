"""Hold an act that a second person has to approve: it is kept with all that it was told, and nothing of it is done.

Whoever takes it asks for the approval by that. `approvals` has what follows: it is approved and done, or refused.
"""

from collections.abc import Mapping
from datetime import date, datetime

from pledgeline.accounts.rights import Person, account_of, username_of
from pledgeline.actions.changes import NothingDone
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.money import Amount
from pledgeline.programme.approvals import Approvable
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import Param, sentence
from pledgeline.queries.approvals import approval_needed
from pledgeline.records.models import Decision, HeldAct, ProgrammeRecord


def hold(
    programme: ProgrammeRecord,
    *,
    what: Approvable,
    about: tuple[str, str, str],
    amount: Amount,
    said: Mapping[str, object],
    person: Person,
    now: datetime,
    today: date,
    asked_with: str = "",
    stamp: str = "",
) -> HeldAct | None:
    """Keep an act that needs approval; nothing where it needs none, and can be done.

    `about` are the noun, its key and the step. `stamp` stands for the noun as it is now: what waits for a state that
    it had before is outdated, and gives way.

    Raises:  NothingDone where the same waits already.
    """
    needed = approval_needed(programme, what, amount, today)
    if needed is None:
        return None
    noun, key, step = about
    if noun != "contribution":  # of which several may wait: other money, or a slip that is asked about
        _make_room(programme, about, stamp, person, now)
    held = HeldAct.objects.create(
        programme=programme,
        what=what,
        noun=noun,
        key=key,
        step=step,
        said=dict(said),
        stamp=stamp,
        amount_minor=amount.minor,
        amount_currency=amount.currency,
        compared_minor=needed.compared.minor if needed.compared else None,
        compared_currency=needed.compared.currency if needed.compared else None,
        rates=needed.rates,
        role=needed.role,
        asked_by=username_of(person),
        asked_account=account_of(person),
        asked_at=now,
        asked_with=asked_with,
    )
    trail.record(
        AuditAct.APPROVAL_ASKED,
        noun,
        key,
        programme=programme.slug,
        step=step,
        approval=held.ref,
        amount=amount,
        role=needed.role,
    )
    return held


def _make_room(
    programme: ProgrammeRecord, about: tuple[str, str, str], stamp: str, person: Person, now: datetime
) -> None:
    """Let the same act that waits for an earlier state give way; refuse to hold it where it waits for this one."""
    noun, key, step = about
    waiting = HeldAct.objects.select_for_update().filter(programme=programme, decision=Decision.WAITING)
    for other in waiting.filter(noun=noun, key=key, step=step):
        if other.stamp == stamp:
            raise NothingDone(approval_finding("waits.already", noun, key, role=other.role))
        decide(other, Decision.OUTDATED, person, now)


def decide(held: HeldAct, decision: Decision, person: Person, now: datetime, reason: str = "") -> None:
    """Note what has become of an act that was held. To be called in the transaction that decides."""
    held.decision = decision
    held.decided_by, held.decided_account = username_of(person), account_of(person)
    held.decided_at, held.reason = now, reason
    held.save()


def approval_finding(code: str, noun: str, key: str, *, at: str = "", **params: Param) -> Finding:
    """Say why something cannot be approved, or asked for."""
    place = Place(file=f"{noun} {key}", path=(at,) if at else ())
    return Finding(place=place, said=sentence(f"approval.{code}", key=key, **params))
