"""What a package waits for, and whose turn it is: the next act of each order, shipment, receipt and case of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model

from pledgeline.ledger import Balances
from pledgeline.programme.roles import Role
from pledgeline.programme.steps import LIVE_ORDER, MAY_WRITE, STEPS, UNDER_WAY, State, Step
from pledgeline.queries.order_units import units_of, with_units
from pledgeline.queries.packages import live_lines
from pledgeline.records.models import (
    ChainRow,
    Decision,
    DiscrepancyRecord,
    FormedPackage,
    HeldAct,
    OrderLineRecord,
    OrderRecord,
    PackageLine,
    ProgrammeRecord,
    ReceiptRecord,
    ShipmentRecord,
)

WRITE, SETTLE, APPROVE = "write", "settle", "approve"
"""What is waited for beside the steps of the table: that a noun is written down, a case settled, an act approved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageWait:
    """One thing that a package waits for: that something is done with `row`, by one of the roles.

    `act` is a step of its noun, or that a `noun` is written down that follows from it, that it is settled, or that
    what is `held` is approved. `number` says of how many lines, or units, that is.
    """

    noun: str
    act: str
    row: ChainRow
    roles: frozenset[Role]
    number: int = 0
    supplier: str = ""
    held: HeldAct | None = None


def waits_of(
    programme: ProgrammeRecord, state: Balances, packages: Iterable[FormedPackage]
) -> dict[int, list[PackageWait]]:
    """Give what each of some packages waits for, by their numbers: what is furthest behind comes first."""
    chosen = [package for package in packages if package.state == State.OPEN]
    if not chosen:
        return {}
    chain = _Chain(programme, state, chosen)
    return {package.pk: list(chain.of(package)) for package in chosen}


class _Chain:
    """All rows that follow from some packages, read at once."""

    def __init__(self, programme: ProgrammeRecord, state: Balances, packages: list[FormedPackage]) -> None:
        keys = [package.pk for package in packages]
        orders = OrderRecord.objects.filter(package__in=keys, state__in=LIVE_ORDER).order_by("key")
        self.orders = _by(with_units(orders), "package_id")
        shipments = ShipmentRecord.objects.filter(
            order__in=orders.order_by(), state__in=(State.DRAFT, *UNDER_WAY)
        ).order_by("key")
        self.shipments = _by(shipments, "order_id")
        receipts = ReceiptRecord.objects.filter(shipment__in=shipments.order_by(), state=State.COUNTED)
        self.receipts = {receipt.shipment_id: receipt for receipt in receipts}
        cases = DiscrepancyRecord.objects.filter(
            receipt__shipment__order__in=orders.order_by(), is_newest=True, state=State.OPEN
        )
        cases = cases.select_related("receipt__shipment")
        self.cases = _by(cases.order_by("key"), "receipt.shipment.order_id")
        held = HeldAct.objects.filter(programme=programme, decision=Decision.WAITING)
        self.held = {(act.noun, act.key, act.step): act for act in held.select_related("programme")}
        taken = set(
            OrderLineRecord.objects.filter(order__in=orders.order_by()).values_list("package_line", flat=True)
        )
        self.lines: defaultdict[int, list[PackageLine]] = defaultdict(list)
        self.free: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for line in live_lines(programme, state):
            self.lines[line.package_id].append(line)
            if line.pk not in taken:
                self.free[line.package_id][line.offer.supplier] += 1

    def of(self, package: FormedPackage) -> Iterator[PackageWait]:
        waits = [wait for order in self.orders[package.pk] for wait in self._of_order(order)]
        for supplier, number in sorted(self.free[package.pk].items()):
            yield _to_write("order", package, number=number, supplier=supplier)
        yield from waits
        if not waits and not self.free[package.pk]:
            yield self._step(package, "close" if self.lines[package.pk] else "cancel")

    def _of_order(self, order: OrderRecord) -> Iterator[PackageWait]:
        if act := BEFORE_ACCEPTANCE.get(State(order.state)):
            yield self._step(order, act)
            return
        units = units_of(order)
        drafted = [shipment for shipment in self.shipments[order.pk] if shipment.state == State.DRAFT]
        if order.state == State.ACCEPTED and units.to_ship and not drafted:
            yield _to_write("shipment", order, number=units.to_ship, supplier=order.supplier)
        if ("order", order.key, "amend") in self.held:
            yield self._step(order, "amend")
        for shipment in self.shipments[order.pk]:
            receipt = self.receipts.get(shipment.pk)
            if shipment.state == State.DRAFT:
                yield self._step(shipment, "dispatch")
            elif receipt is not None:
                yield self._step(receipt, "accept")
            else:
                yield _to_write("receipt", shipment)
        for case in self.cases[order.pk]:
            yield self._step(case, SETTLE)

    def _step(self, row: ChainRow, act: str) -> PackageWait:
        """Give a step that is waited for, or the approval of it that was asked for."""
        noun = row.KIND.NAME
        steps = steps_meant(noun, act)
        for step in steps:
            if held := self.held.get((noun, row.key, step.name)):
                return PackageWait(
                    noun=noun, act=APPROVE, row=row, roles=frozenset({Role(held.role)}), held=held
                )
        return PackageWait(
            noun=noun, act=act, row=row, roles=frozenset(role for step in steps for role in step.roles)
        )


def steps_meant(noun: str, act: str) -> list[Step]:
    """Give the steps of a noun by which what is waited for is done: a case is settled by any of its own."""
    return [step for step in STEPS if step.noun == noun and act in (SETTLE, step.name)]


BEFORE_ACCEPTANCE = {State.DRAFT: "request", State.REQUESTED: "offer", State.OFFERED: "accept"}
"""The step that brings an order on, by its state."""


def _to_write(noun: str, row: ChainRow, **more: Any) -> PackageWait:
    return PackageWait(noun=noun, act=WRITE, row=row, roles=MAY_WRITE[noun], **more)


AnyModel = TypeVar("AnyModel", bound=Model)


def _by(rows: Iterable[AnyModel], place: str) -> defaultdict[int, list[AnyModel]]:
    """Group rows by the number of what they belong to."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[attrgetter(place)(row)].append(row)
    return found
