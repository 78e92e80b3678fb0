"""Packages as contracting processes of OCDS: the rows of the chain and the books, as an export writes them.

What is written is for everybody: of what the programme keeps from the public nothing is in the file, whoever takes it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.exchange.ocds.process import (
    CountedUnits,
    Funding,
    Organisation,
    Process,
    ProcessLine,
    ProcessOrder,
    ProcessReceipt,
    Spent,
)
from pledgeline.ledger import Account, Balances
from pledgeline.ledger.accounts import BOUND
from pledgeline.money import Amount
from pledgeline.programme.settings import WITHHOLDABLE, Programme
from pledgeline.programme.steps import State as Step
from pledgeline.queries.contributions import party_refs
from pledgeline.queries.order_units import AGREED
from pledgeline.queries.packages import HOLDS
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import (
    FormedPackage,
    OrderRecord,
    ProgrammeRecord,
    ReceiptRecord,
    StepTaken,
)
from pledgeline.records.models.parties import name_of_code

NEEDED = (
    Act.SEE_PLANS,
    Act.SEE_ORDERS,
    Act.SEE_SHIPMENTS,
    Act.SEE_RECEIPTS,
    Act.SEE_CONTRIBUTIONS,
    Act.SEE_BOOKS,
)
"""Whoever takes an export has to see all that it is made of."""


def missing_right(programme: str, person: Person) -> Act | None:
    """Name what somebody lacks to take an export; nothing where they may."""
    return next((act for act in NEEDED if not may(person, act, programme)), None)


def number_of_processes(programme: ProgrammeRecord) -> int:
    """Say how many packages there are to export."""
    return FormedPackage.objects.filter(programme=programme).count()


def processes(programme: ProgrammeRecord, person: Person, *, prefix: str) -> Iterator[Process]:
    """Give each package of a programme as a contracting process, one after the other.

    Raises:  PermissionError where `missing_right` names a right.
    """
    if lacking := missing_right(programme.slug, person):
        raise PermissionError(str(lacking))
    found = _Found.of(programme, person)
    for package in FormedPackage.objects.filter(programme=programme).order_by("key"):
        yield found.process(package, prefix)


@dataclass(slots=True)
class _Found:
    """What is read once for all packages of a programme."""

    settings: Programme
    programme: ProgrammeRecord
    state: Balances
    entries: int
    entered_at: datetime | None
    money: Mapping[str, list[tuple[Account, str, str, Amount]]]
    partners: Mapping[str, Organisation]
    times: Mapping[tuple[str, str, str], datetime]

    @classmethod
    def of(cls, programme: ProgrammeRecord, person: Person) -> "_Found":
        try:
            books = books_of(programme.slug, person)
            state, entries, entered_at = books.state, len(books), books.last_recorded_at
        except NoBooks:
            state, entries, entered_at = Balances(), 0, None
        money: defaultdict[str, list[tuple[Account, str, str, Amount]]] = defaultdict(list)
        for spot, minor in sorted(state.money().items()):
            if spot.line and minor and spot.account in HOLDS:
                money[spot.line].append(
                    (spot.account, spot.contribution, spot.lot, Amount(minor, spot.currency))
                )
        steps = StepTaken.objects.filter(
            programme=programme, noun__in=("order", "receipt"), step__in=("accept", "cancel-rest")
        )
        return cls(
            settings=programme.to_value(),
            programme=programme,
            state=state,
            entries=entries,
            entered_at=entered_at,
            money=money,
            partners=_partners(programme, state),
            times={(step.noun, step.key, step.step): step.at for step in steps},
        )

    def process(self, package: FormedPackage, prefix: str) -> Process:
        lines = list(package.lines.filter(units__gt=0).select_related("requirement", "offer"))
        orders = package.orders.filter(state__in=AGREED).select_related("party").order_by("key")
        recipient = self.settings.recipient
        return Process(
            ocid=f"{prefix}-{self.settings.slug}.{package.key}",
            key=package.key,
            programme=self.settings.name,
            recipient=Organisation(recipient, name_of_code(self.settings.parties, recipient) or recipient),
            formed_at=package.made_at,
            lines=tuple(
                ProcessLine(
                    line=line.line,
                    item=line.requirement.item,
                    units=line.units,
                    unit_price=Amount(line.unit_price, line.currency),
                )
                for line in lines
            ),
            orders=tuple(map(self._order, orders)),
            funding=self._funding([line.line for line in lines]),
            entries=self.entries,
            entered_at=self.entered_at,
            is_cancelled=package.state in (Step.CANCELLED, Step.MERGED),
            withheld=frozenset(
                f"{kind}.{field}" for kind in WITHHOLDABLE for field in self.settings.withheld(kind)
            ),
        )

    def _funding(self, lines: list[str]) -> tuple[Funding, ...]:
        sums: Counter[tuple[str, str]] = Counter()
        for line in lines:
            for _account, contribution, _lot, amount in self.money.get(line, ()):
                sums[contribution, amount.currency] += amount.minor
        return tuple(
            Funding(
                contribution=contribution,
                partner=self.partners[contribution],
                amount=Amount(minor, currency),
            )
            for (contribution, currency), minor in sorted(sums.items())
        )

    def _order(self, order: OrderRecord) -> ProcessOrder:
        lines = list(order.lines.select_related("package_line__requirement"))
        receipts = (
            ReceiptRecord.objects.filter(shipment__order=order, state=Step.ACCEPTED)
            .prefetch_related("lots__shipped__order_line__package_line__requirement")
            .order_by("key")
        )
        counted = tuple(map(self._receipt, receipts))
        days = {lot.lot: receipt.received_on for receipt in counted for lot in receipt.lots}
        moved = [spot for line in lines for spot in self.money.get(line.line, ())]
        assert order.accepted_on is not None
        return ProcessOrder(
            key=order.key,
            contract=order.contract,
            supplier=_organisation(order.party.ref if order.party else "", order.supplier),
            accepted_at=self._time("order", order.key, "accept", order.made_at),
            accepted_on=order.accepted_on,
            lines=tuple(
                ProcessLine(
                    line=line.line,
                    item=line.package_line.requirement.item,
                    units=line.units,
                    unit_price=Amount(line.unit_price, order.currency),
                )
                for line in lines
            ),
            bound=sum_bound([amount for account, _, _, amount in moved if account in BOUND], order.currency),
            receipts=counted,
            spent=tuple(
                Spent(
                    contribution=contribution,
                    partner=self.partners[contribution],
                    lot=lot,
                    on=days.get(lot, order.accepted_on),
                    amount=amount,
                )
                for account, contribution, lot, amount in moved
                if account is Account.ACCEPTED
            ),
            closed_at=self.times.get(("order", order.key, "cancel-rest")),
        )

    def _receipt(self, receipt: ReceiptRecord) -> ProcessReceipt:
        return ProcessReceipt(
            key=receipt.key,
            accepted_at=self._time("receipt", receipt.key, "accept", receipt.made_at),
            received_on=receipt.received_on,
            lots=tuple(
                CountedUnits(
                    lot=lot.lot,
                    item=lot.shipped.order_line.package_line.requirement.item,
                    accepted=lot.accepted,
                    rejected=lot.rejected,
                    short=lot.short,
                )
                for lot in receipt.lots.all()
            ),
        )

    def _time(self, noun: str, key: str, step: str, otherwise: datetime) -> datetime:
        return self.times.get((noun, key, step), otherwise)


def sum_bound(amounts: list[Amount], currency: str) -> Amount | None:
    """Add up what is bound; of several currencies there is no sum."""
    currencies = {amount.currency for amount in amounts} or {currency}
    if len(currencies) > 1:
        return None
    return Amount(sum(amount.minor for amount in amounts), currencies.pop())


def _partners(programme: ProgrammeRecord, state: Balances) -> dict[str, Organisation]:
    """Give who gives each contribution of the books."""
    names = {key: state.term("partner", key) or key for key in state.contributions()}
    refs = party_refs(programme, names.values())
    return {key: _organisation(refs.get(name, ""), name) for key, name in names.items()}


def _organisation(ref: str, name: str) -> Organisation:
    """Name an organisation by the reference of its party, or by its name where it is no party."""
    return Organisation(ref or name, name)
