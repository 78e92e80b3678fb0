"""What waits for somebody in a programme: for each of their roles, how much, and which comes first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window

from pledgeline.accounts.rights import Act, Person, account_of, may, own_parties, parts_of
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


def waiting(programme: ProgrammeRecord, person: Person, today: date) -> list[Waiting]:
    """List what waits for `person`, in the order in which it is best done."""
    return [task for look in LOOKS for task in look(programme, person, today)]


def _ready_for(
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


def _counted(kind: str, role: Role, rows: QuerySet[Any], *, named: str = "key") -> Iterator[Waiting]:
    """Count rows, and name the first of them, in one query: every page with a menu asks for it."""
    found = rows.annotate(number=Window(Count("pk"))).values_list(named, "number").first()
    if found is not None:
        first, number = found
        yield Waiting(kind=kind, role=role, number=number, first=first)


def _to_validate(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[Waiting]:
    yield from _counted("validate", Role.VALIDATOR, _ready_for(programme, person, "validate"))


def _to_list(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[Waiting]:
    yield from _counted("list", Role.COORDINATOR, _ready_for(programme, person, "list"))


def _returned(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[Waiting]:
    rows = _ready_for(programme, person, "submit").filter(state=State.RETURNED)
    if account_of(person):
        rows = rows.filter(made_by=person.get_username())
    yield from _counted("returned", Role.RECIPIENT, rows)


def _orders(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[Waiting]:
    """Orders that a supplier is to offer for, and orders that were offered and are to be accepted."""
    yield from _counted("offer", Role.SUPPLIER, _ready_for(programme, person, "offer", OrderRecord))
    yield from _counted("order", Role.FINANCE, _ready_for(programme, person, "accept", OrderRecord))


def _counts(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[Waiting]:
    """Counts of shipments that another recipient is to take over."""
    yield from _counted("count", Role.RECIPIENT, _ready_for(programme, person, "accept", ReceiptRecord))


def _to_accept(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[Waiting]:
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
    yield from _counted("accept", Role.COORDINATOR, plans, named="run__ref")


def _lapsing(programme: ProgrammeRecord, person: Person, today: date) -> Iterator[Waiting]:
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
    yield from _counted("lapsing", Role.COORDINATOR, rows.order_by("reserved_until", "key"))


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


def _to_settle(programme: ProgrammeRecord, person: Person, _today: date) -> Iterator[Waiting]:
    """Discrepancies that nobody has settled: for a coordinator to have replaced, for finance to close otherwise."""
    steps = [step for step in STEPS if step.noun == "discrepancy"]
    mine = [step for step in steps if may(person, row_of_step(step.noun, step.name), programme.slug)]
    if not mine:
        return
    roles = {role for step in mine for role in step.roles}
    role = next((role for role in roles_of(programme, person) if role in roles), min(roles))
    rows = DiscrepancyRecord.objects.filter(programme=programme, is_newest=True, state=State.OPEN)
    yield from _counted("settle", role, rows.order_by("made_at", "pk"))


LOOKS: tuple[Callable[[ProgrammeRecord, Person, date], Iterator[Waiting]], ...] = (
    _to_approve,
    _returned,
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
