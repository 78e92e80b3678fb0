"""What the books say about contributions, in the terms by which a guarantee is measured.

The books know stages; a promise is measured by what was received and what was accepted. Here, and only
here, the one is told in the words of the other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from pledgeline.guarantees.fulfilment import Booked, FulfilmentStage
from pledgeline.ledger import Account, Entry
from pledgeline.money import Amount, split_whole

_NOT_YET = {Account.SOURCE, Account.PLEDGED, Account.COMMITTED}


def booked(entries: Iterable[Entry], contributions: Collection[str]) -> Iterator[Booked]:
    """Give what entries say about contributions: money received and accepted, units received and accepted.

    Received is money that left what was only promised and was neither given back nor lapsed on the way; what
    was received and is given back counts below zero. Units of a lot that several contributions paid for are
    dealt out by what each paid, to whole units that add up to the lot's.

    Shape:   in the order of the entries; for each contribution and currency that an entry moves, one row a stage.
    """
    for entry in entries:
        for (contribution, currency), moved in _moves(entry).items():
            if contribution not in contributions:
                continue
            arrived = -sum(moved[place] for place in _NOT_YET) - moved[Account.RETURNED]
            if any(moved[place] for place in _NOT_YET):
                arrived -= moved[Account.LAPSED]
            for stage, minor in (
                (FulfilmentStage.RECEIVED, arrived),
                (FulfilmentStage.ACCEPTED, moved[Account.ACCEPTED]),
            ):
                if minor:
                    yield _row(entry, contribution, stage, amount=Amount(minor, currency))
        for stage, contribution, units in _units(entry):
            if contribution in contributions:
                yield _row(entry, contribution, stage, quantity=units)


def _moves(entry: Entry) -> dict[tuple[str, str], dict[Account, int]]:
    moved: dict[tuple[str, str], dict[Account, int]] = defaultdict(lambda: defaultdict(int))
    for posting in entry.postings:
        if posting.account.book == "stages":
            moved[posting.contribution, posting.amount.currency][posting.account] += posting.amount.minor
    return moved


def _units(entry: Entry) -> Iterator[tuple[FulfilmentStage, str, int]]:
    """Deal the units that an entry delivers, accepts or takes back to those who pay for them."""
    units: dict[tuple[str, Account], int] = defaultdict(int)
    for goods in entry.goods:
        if goods.lot:
            units[goods.lot, goods.place] += goods.units
    for lot in dict.fromkeys(lot for lot, _ in units):
        accepted = units[lot, Account.ACCEPTED]
        arrived = units[lot, Account.DELIVERED] + accepted
        for stage, moved, places in (
            (FulfilmentStage.RECEIVED, arrived, (Account.DELIVERED, Account.ACCEPTED)),
            (FulfilmentStage.ACCEPTED, accepted, (Account.ACCEPTED,)),
        ):
            paid: dict[str, int] = defaultdict(int)
            for posting in entry.postings:
                if posting.lot == lot and posting.account in places:
                    paid[posting.contribution] += abs(posting.amount.minor)
            if moved and any(paid.values()):
                parts = split_whole(abs(moved), list(paid.values()))
                for contribution, part in zip(paid, parts, strict=True):
                    if part:
                        yield stage, contribution, part if moved > 0 else -part


def _row(
    entry: Entry,
    contribution: str,
    stage: FulfilmentStage,
    *,
    amount: Amount | None = None,
    quantity: int | None = None,
) -> Booked:
    return Booked(
        id=entry.key,
        contribution=contribution,
        stage=stage,
        on=entry.effective_on,
        recorded_on=entry.recorded_at.date(),
        amount=amount,
        quantity=quantity,
    )
