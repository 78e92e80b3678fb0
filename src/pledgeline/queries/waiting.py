"""What waits for somebody in a programme: for each of their roles, how much, and which comes first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value

from pledgeline.accounts.rights import Act, Person, account_of, may, own_parties, parts_of, username_of
from pledgeline.accounts.roles import EVERYWHERE, Machine
from pledgeline.accounts.table import row_of_step
from pledgeline.ledger import Account
from pledgeline.programme.roles import Role
from pledgeline.programme.steps import STEPS, State, step_of
from pledgeline.queries.approvals import waiting_for
from pledgeline.queries.contributions import contributions, state_now
from pledgeline.records.models import (
    ChainRow,
    Decision,
    DiscrepancyRecord,
    FormedPackage,
    HeldAct,
    OrderRecord,
    Origin,
    PackageLine,
    PlannedFrom,
    ProgrammeRecord,
    ReceiptRecord,
    RequirementRecord,
    SavedPlan,
    SpotRecord,
    StepTaken,
)

SOON_DAYS = 14
"""Reservations that lapse within so many days wait to be ordered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits of one kind: for somebody of a role, how many, and the key of the one that comes first."""

    kind: str
    role: Role
    number: int
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRows:
    """The rows that wait of one kind, the one that comes first before the others; `named` is the key of one."""

    kind: str
    role: Role
    rows: QuerySet[Any]
    named: str = "key"


def waiting(programme: ProgrammeRecord, person: Person, today: date) -> list[Waiting]:
    """List what waits for `person`, in the order in which it is best done."""
    looked = [task for look in LOOKS for task in look(programme, person, today)]
    counted = _counted(programme, [task for task in looked if isinstance(task, WaitingRows)])
    return [
        task
        for task in (counted.get(look.kind) if isinstance(look, WaitingRows) else look for look in looked)
        if task is not None
    ]


def _counted(programme: ProgrammeRecord, looks: Sequence[WaitingRows]) -> dict[str, Waiting]:
    """Count the rows of every kind, and name the first of each, in one query: every page with a menu asks for it."""
    looks = [look for look in looks if not look.rows.query.is_empty()]
    asked: dict[str, Subquery] = {}
    for look in looks:
        one = look.rows.order_by().annotate(one=Value(1)).values("one")
        asked[f"number_{look.kind}"] = Subquery(one.annotate(number=Count("pk")).values("number"))
        asked[f"first_{look.kind}"] = Subquery(look.rows.values(look.named)[:1])
    if not asked:
        return {}
    found: Mapping[str, Any] = ProgrammeRecord.objects.values(**asked).get(pk=programme.pk)
    return {
        look.kind: Waiting(
            kind=look.kind,
            role=look.role,
            number=found[f"number_{look.kind}"],
            first=str(found[f"first_{look.kind}"]),
        )
        for look in looks
        if found[f"number_{look.kind}"]
    }


def ready_for(
    programme: ProgrammeRecord, person: Person, name: str, table: type[ChainRow] = RequirementRecord
) -> QuerySet[Any]:
    """Give the rows of which `person` may take a step: not those of which they took the step before."""
    noun, slug = table.KIND.NAME, programme.slug
    step, right = step_of(noun, name), row_of_step(noun, name)
    assert step is not None
    rows: QuerySet[Any] = table.objects.filter(programme=programme, is_newest=True, state__in=step.origins)
    if not may(person, right, slug):
        own = own_parties(person, right, slug)
        rows = rows.filter(party__ref__in=own) if own else rows.none()
    if step.not_after:
        before = StepTaken.objects.filter(
            programme=programme,
            noun=noun,
            key=OuterRef("key"),
            version=OuterRef("version"),
            step=step.not_after,
        ).order_by("-pk")
        rows = rows.alias(last_by=Subquery(before.values("by_account")[:1])).exclude(
            last_by=account_of(person)
        )
    return rows.order_by(*(("priority", "key") if table is RequirementRecord else ("made_at", "key")))


def _to_validate(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[WaitingRows]:
    yield WaitingRows(kind="validate", role=Role.VALIDATOR, rows=ready_for(programme, person, "validate"))


def _to_list(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[WaitingRows]:
    yield WaitingRows(kind="list", role=Role.COORDINATOR, rows=ready_for(programme, person, "list"))


def _to_submit(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[WaitingRows]:
    """Requirements of one's own that were returned, and those that were never submitted."""
    rows = ready_for(programme, person, "submit")
    if account_of(person):
        rows = rows.filter(made_by=username_of(person))
    yield WaitingRows(kind="returned", role=Role.RECIPIENT, rows=rows.filter(state=State.RETURNED))
    yield WaitingRows(kind="draft", role=Role.RECIPIENT, rows=rows.filter(state=State.DRAFT))


def _orders(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[WaitingRows]:
    """Orders that a supplier is to offer for, and orders that were offered and are to be accepted."""
    yield WaitingRows(
        kind="offer", role=Role.SUPPLIER, rows=ready_for(programme, person, "offer", OrderRecord)
    )
    yield WaitingRows(
        kind="order", role=Role.FINANCE, rows=ready_for(programme, person, "accept", OrderRecord)
    )


def _counts(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[WaitingRows]:
    """Counts of shipments that another recipient is to take over."""
    yield WaitingRows(
        kind="count", role=Role.RECIPIENT, rows=ready_for(programme, person, "accept", ReceiptRecord)
    )


def _to_accept(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[WaitingRows]:
    """Plans of the list whose rows are as they were, and whose package has not been formed by another one."""
    if not may(person, Act.ACCEPT_PLANS, programme.slug):
        return
    changed = PlannedFrom.objects.filter(input=OuterRef("run__input")).filter(
        (Q(requirement__isnull=False) & ~Q(requirement__state=State.LISTED))
        | (Q(offer__isnull=False) & ~Q(offer__state=State.OFFERED))
    )
    formed = FormedPackage.objects.filter(programme=programme)
    held = HeldAct.objects.filter(programme=programme, noun="plan", decision=Decision.WAITING)
    plans = (
        SavedPlan.objects.filter(run__programme=programme, run__input__origin=Origin.LIST, packages=None)
        .exclude(Exists(changed))
        .exclude(run__input__name__in=formed.values("key"))
        .exclude(run__ref__in=held.values("key"))
        .order_by("-pk")
    )
    yield WaitingRows(kind="accept", role=Role.COORDINATOR, rows=plans, named="run__ref")


def _lapsing(programme: ProgrammeRecord, person: Person, today: date) -> Iterator[WaitingRows]:
    """Packages with money that is reserved, not ordered, and set free within a few days."""
    if not may(person, Act.ACCEPT_PLANS, programme.slug):
        return
    reserved = SpotRecord.objects.filter(
        books__programme=programme, account=Account.ALLOCATED.value, balance__gt=0
    )
    lines = PackageLine.objects.filter(package=OuterRef("pk"), line__in=reserved.values("line"))
    rows = FormedPackage.objects.filter(
        programme=programme, state=State.OPEN, reserved_until__lte=today + timedelta(days=SOON_DAYS)
    ).filter(Exists(lines))
    yield WaitingRows(kind="lapsing", role=Role.COORDINATOR, rows=rows.order_by("reserved_until", "key"))


def _owed(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[Waiting]:
    """Contributions that are committed and not received, in whole or in part: of all partners, or of one's own."""
    slug = programme.slug
    if may(person, Act.RECEIVE, slug):
        owed = SpotRecord.objects.filter(
            books__programme=programme, account=Account.COMMITTED.value, balance__gt=0
        )
        keys = sorted(set(owed.values_list("contribution", flat=True)))
        if keys:
            yield Waiting(kind="owed", role=Role.FINANCE, number=len(keys), first=keys[0])
    if own := own_parties(person, Act.SEE_CONTRIBUTIONS, slug):
        rows = contributions(programme, person, state_now(programme))
        keys = [row.key for row in rows if row.figures.owed and row.party in own]
        if keys:
            yield Waiting(kind="owed-own", role=Role.PARTNER, number=len(keys), first=keys[0])


def _to_approve(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[Waiting]:
    """Acts that somebody else asks this person to approve."""
    held = waiting_for(programme, person)
    if held:
        yield Waiting(kind="approve", role=Role(held[0].role), number=len(held), first=held[0].ref)


def _to_settle(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[WaitingRows]:
    """Discrepancies that nobody has settled: for a coordinator to have replaced, for finance to close otherwise."""
    steps = [step for step in STEPS if step.noun == "discrepancy"]
    mine = [step for step in steps if may(person, row_of_step(step.noun, step.name), programme.slug)]
    if not mine:
        return
    roles = {role for step in mine for role in step.roles}
    role = next((role for role in roles_of(programme, person) if role in roles), min(roles))
    rows = DiscrepancyRecord.objects.filter(programme=programme, is_newest=True, state=State.OPEN)
    yield WaitingRows(kind="settle", role=role, rows=rows.order_by("made_at", "pk"))


LOOKS: tuple[Callable[[ProgrammeRecord, Person, date], Iterator[Waiting | WaitingRows]], ...] = (
    _to_approve,
    _to_submit,
    _to_validate,
    _to_list,
    _orders,
    _counts,
    _lapsing,
    _to_settle,
    _to_accept,
    _owed,
)
"""What can wait, in the order in which it is best done: nobody else goes on before the first."""


def roles_of(programme: ProgrammeRecord, person: Person) -> list[Role]:
    """List the roles that `person` has in a programme; who sits at the machine has every one."""
    if isinstance(person, Machine):
        return list(Role)
    had = {role for role, place, _party in parts_of(person) if place in (EVERYWHERE, programme.slug)}
    return [role for role in Role if role in had]
