"""Approve what waits for a second person, and have it done at once; or refuse it, or take it back.

Everything is looked at again when it is approved: whether whoever asked may still do it, whether the noun is as it
was, whether the money is there, and who has to approve it by the settings and the rates of that day. It is done and
entered in one transaction with the approval, or nothing is.
"""

from collections.abc import Callable
from datetime import date, datetime

from pledgeline.accounts.models import User
from pledgeline.accounts.rights import Person, has_role
from pledgeline.accounts.roles import Machine
from pledgeline.accounts.stand_ins import by_name
from pledgeline.actions import acceptance, chain, contributions
from pledgeline.actions.changes import NothingDone, taken_back
from pledgeline.actions.holding import approval_finding, decide
from pledgeline.actions.nouns import note
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.ledger import Entry, Posted
from pledgeline.programme.approvals import Approvable
from pledgeline.programme.findings import Finding
from pledgeline.programme.sentences import Param
from pledgeline.programme.steps import APPROVE, REFUSE
from pledgeline.programme.zones import local_day
from pledgeline.queries.approvals import approval_needed, asked_by, may_decide, may_withdraw
from pledgeline.queries.contributions import state_now
from pledgeline.records.books import NoBooks, sql
from pledgeline.records.models import ChainRow, Decision, HeldAct, PlanRun


def approve(held: HeldAct, *, person: Person, now: datetime, reason: str = "") -> HeldAct | list[Finding]:
    """Approve an act, and do it; findings say why it cannot be, and nothing is changed then.

    What has changed since it was asked for cannot be approved any more: it is outdated, and asked for anew.
    """
    return _decided(AuditAct.ACT_APPROVED, held, person, now, reason, _approved)


def refuse(held: HeldAct, *, person: Person, now: datetime, reason: str = "") -> HeldAct | list[Finding]:
    """Refuse an act, for a reason that is needed: nothing of it is done."""
    return _decided(AuditAct.ACT_REFUSED, held, person, now, reason, _refused)


def withdraw(held: HeldAct, *, person: Person, now: datetime, reason: str = "") -> HeldAct | list[Finding]:
    """Take back an act that one has asked for."""
    return _decided(AuditAct.ACT_WITHDRAWN, held, person, now, reason, _withdrawn)


DECIDE = {"approve": approve, "refuse": refuse, "withdraw": withdraw}
"""What can be decided about an act, by the words that pages, programs and commands have for it."""

OUTDATES = frozenset(
    {
        "approval.changed-since",
        *("acceptance.changed-since", "acceptance.accepted-before", "acceptance.over"),
        "steps.not-from-here",
    }
)
"""Refusals after which an act can never be approved any more."""

Deciding = Callable[[HeldAct, Person, datetime, str], None]


def _decided(
    act: AuditAct, held: HeldAct, person: Person, now: datetime, reason: str, deciding: Deciding
) -> HeldAct | list[Finding]:
    slug = held.programme.slug
    try:
        with sql.in_turn():
            row = HeldAct.objects.select_for_update(of=("self",)).select_related("programme").get(pk=held.pk)
            if row.decision != Decision.WAITING:
                raise NothingDone(_finding(row, "decided.before", by=row.decided_by))
            deciding(row, person, now, reason.strip())
            trail.record(
                act, row.noun, row.key, programme=slug, step=row.step, approval=row.ref, reason=reason
            )
            return row
    except NothingDone as refused:
        trail.refused(act, held.noun, held.key, code=refused.findings[0].code, programme=slug, step=held.step)
        if act is AuditAct.ACT_APPROVED and refused.findings[0].code in OUTDATES:
            _outdate(held, person, now)
        return refused.findings
    except NoBooks:
        return [_finding(held, "no-books.programme")]


def _outdate(held: HeldAct, person: Person, now: datetime) -> None:
    """Note that an act can never be approved any more, unless somebody has decided about it meanwhile."""
    with sql.in_turn():
        row = HeldAct.objects.select_for_update().filter(pk=held.pk, decision=Decision.WAITING).first()
        if row is not None:
            decide(row, Decision.OUTDATED, person, now)


def _approved(held: HeldAct, person: Person, now: datetime, reason: str) -> None:
    today = local_day(now, held.programme.time_zone)
    _must_approve(held, person, today)
    DO.get(held.noun, _take_step)(held, _who_asked(held), now, today)
    decide(held, Decision.APPROVED, person, now, reason)
    _note(held, APPROVE, person, now, reason)


def _must_approve(held: HeldAct, person: Person, today: date) -> None:
    """Refuse whoever may not approve an act, as it was asked for and by the settings and rates of today."""
    _must_decide(held, person)
    _must_be_named(held)
    needed = approval_needed(held.programme, Approvable(held.what), held.amount, today)
    if needed is not None and not has_role(person, needed.role, held.programme.slug):
        raise NothingDone(_finding(held, "no-right.role", role=needed.role))


def _must_decide(held: HeldAct, person: Person) -> None:
    if isinstance(person, Machine) or asked_by(held, person):
        raise NothingDone(same_person(held, person))
    if not may_decide(held, person):
        raise NothingDone(_finding(held, "no-right.role", role=held.role))


def _must_be_named(held: HeldAct) -> None:
    """Refuse what was asked for without an account: whoever approves it may be the same person."""
    if not held.asked_account:
        raise NothingDone(_finding(held, "four-eyes.unnamed"))


def _refused(held: HeldAct, person: Person, now: datetime, reason: str) -> None:
    _must_decide(held, person)
    if not reason:
        raise NothingDone(_finding(held, "no-reason.refusal", at="reason"))
    decide(held, Decision.REFUSED, person, now, reason)
    _note(held, REFUSE, person, now, reason)


def _withdrawn(held: HeldAct, person: Person, now: datetime, reason: str) -> None:
    if not may_withdraw(held, person):
        raise NothingDone(_finding(held, "not-yours.act"))
    decide(held, Decision.WITHDRAWN, person, now, reason)


def same_person(held: HeldAct, person: Person) -> Finding:
    """Say that whoever asked for an act does not decide on it, and who does."""
    return _finding(held, f"four-eyes.{'machine' if isinstance(person, Machine) else 'same-person'}")


# What is done


def foreseen(held: HeldAct, *, now: datetime) -> list[Entry] | list[Finding]:
    """Give the entries that an act would make if it were approved now, or what hinders it.

    A plan can make thousands of entries, which its own figures say: of it, only what hinders it is given.
    """
    today = local_day(now, held.programme.time_zone)
    try:
        _must_be_named(held)
        if held.noun == acceptance.PLAN:
            return _hindrances_of_plan(held, today)
        with taken_back():
            return DO.get(held.noun, _take_step)(held, _who_asked(held), now, today)
    except NothingDone as refused:
        return refused.findings
    except NoBooks:
        return [_finding(held, "no-books.programme")]


def _take_step(held: HeldAct, asker: Person, now: datetime, _today: date) -> list[Entry]:
    row = _row_of(held)
    if row is None or chain.stamp_of(row) != held.stamp:
        raise NothingDone(_finding(held, "changed-since.noun"))
    said = held.said
    taking = chain.Taking(key=held.key, step=held.step, reason=said["reason"], details=said["details"])
    return chain.taken(type(row), taking, held.programme, asker, now, is_approved=True)[1]


def _enter_event(held: HeldAct, asker: Person, _now: datetime, today: date) -> list[Entry]:
    done = contributions.entered(
        held.step, held.said["event"], held.programme, asker, today, is_approved=True
    )
    return [done.entry] if isinstance(done, Posted) else []


def _hindrances_of_plan(held: HeldAct, today: date) -> list[Finding]:
    until = date.fromisoformat(held.said["reserved_until"])
    state = state_now(held.programme)
    return acceptance.hindrances(_run_of(held), _who_asked(held), state, today=today, until=until)


def _run_of(held: HeldAct) -> PlanRun:
    run: PlanRun | None = PlanRun.objects.filter(programme=held.programme, ref=held.key).first()
    if run is None:
        raise NothingDone(_finding(held, "changed-since.noun"))
    return run


def _accept_plan(held: HeldAct, asker: Person, now: datetime, today: date) -> list[Entry]:
    run = _run_of(held)
    until = date.fromisoformat(held.said["reserved_until"])
    done = acceptance.accepted(run, asker, today, now, until, by_size=held.said["by_size"], is_approved=True)
    return done.entries if isinstance(done, acceptance.Accepted) else []


DO: dict[str, Callable[[HeldAct, Person, datetime, date], list[Entry]]] = {
    contributions.NOUN: _enter_event,
    acceptance.PLAN: _accept_plan,
}
"""What is done once it is approved; of all other nouns it is a step."""


def _who_asked(held: HeldAct) -> Person:
    """Give the person who asked for an act, as their rights are now; nobody where their account is gone."""
    if held.asked_account.isdecimal():
        return User.objects.filter(pk=held.asked_account, is_active=True).first()
    return by_name(held.asked_by) if held.asked_account else Machine(name=held.asked_by)


def _row_of(held: HeldAct) -> ChainRow | None:
    table = chain.TABLES.get(held.noun)
    if table is None:
        return None
    return table.objects.filter(programme=held.programme, key=held.key, is_newest=True).first()


def _note(held: HeldAct, step: str, person: Person, now: datetime, reason: str) -> None:
    """Say it in the history of the noun, where it has one."""
    if row := _row_of(held):
        note(row, step, row.state, person, now, reason=reason)


def _finding(held: HeldAct, code: str, *, at: str = "", **params: Param) -> Finding:
    return approval_finding(code, held.noun, held.key, at=at, **params)
