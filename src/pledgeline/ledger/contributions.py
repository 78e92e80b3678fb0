"""What stands of each contribution, and what became of its money: figures that pages, files and commands share.

All of it follows from where the money lies. What was pledged in all is what came from the source; of that, what is
not only pledged any more was committed; of that again, what is neither owed any more nor written off was received.
So the figures add up, whatever events there were.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pledgeline.ledger import trace as tracing
from pledgeline.ledger.accounts import BOUND, Account, Bin, Spot
from pledgeline.ledger.state import Balances, Shelf
from pledgeline.money import Amount, split_whole


def _in(*accounts: Account) -> Callable[[Spot], int]:
    return lambda spot: int(spot.account in accounts)


def _pledged(spot: Spot) -> int:
    return -int(spot.account is Account.SOURCE)


def _committed(spot: Spot) -> int:
    return _pledged(spot) - int(spot.account is Account.PLEDGED)


def _received(spot: Spot) -> int:
    never = spot.account is Account.COMMITTED or (spot.account is Account.WRITTEN_OFF and not spot.line)
    return _committed(spot) - int(never)


MEASURES: dict[str, Callable[[Spot], int]] = {
    "pledged": _pledged,
    "committed": _committed,
    "received": _received,
    "changed": _in(Account.FX),
    "available": _in(Account.AVAILABLE),
    "allocated": _in(Account.ALLOCATED),
    "ordered": _in(Account.ORDERED),
    "delivered": _in(Account.DELIVERED),
    "accepted": _in(Account.ACCEPTED),
    "returned": _in(Account.RETURNED),
    "fees": _in(Account.FEES),
    "lapsed": _in(Account.LAPSED),
    "lost": lambda spot: int(spot.account is Account.WRITTEN_OFF and bool(spot.line)),
}
"""How often each balance counts in a figure: 1, 0 or -1.

What was received, less what was changed away, is the sum of the figures from available to lost.
"""


def alike(money: Mapping[Spot, int]) -> dict[Spot, int]:
    """Add up balances that no measure tells apart: whose they are, and on which line, counts for none."""
    sums: dict[Spot, int] = {}
    for spot, minor in money.items():
        shared = Spot(spot.account, "", spot.currency, spot.line and "any")
        sums[shared] = sums.get(shared, 0) + minor
    return sums


def summed(money: Mapping[Spot, int], counts: Callable[[Spot], int]) -> list[Amount]:
    """Add up by currency what a measure counts; a currency in which that is nothing is left out."""
    sums: dict[str, int] = {}
    for spot, minor in money.items():
        if spot.account.book == "stages":
            sums[spot.currency] = sums.get(spot.currency, 0) + counts(spot) * minor
    return [Amount(minor, code) for code, minor in sorted(sums.items()) if minor]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionFigures:
    """One contribution: whose it is, its last day, and its money by currency.

    `owed` is committed and not received, `bound` allocated, ordered or delivered, `spent` accepted. Money that was
    changed stands in the currency that it is in now.
    """

    key: str
    partner: str
    use_by: date | None
    pledged: list[Amount]
    committed: list[Amount]
    received: list[Amount]
    owed: list[Amount]
    available: list[Amount]
    bound: list[Amount]
    spent: list[Amount]
    lapsed: list[Amount]


_MEASURED = {
    "pledged": MEASURES["pledged"],
    "committed": MEASURES["committed"],
    "received": MEASURES["received"],
    "owed": _in(Account.COMMITTED),
    "available": MEASURES["available"],
    "bound": _in(Account.ALLOCATED, Account.ORDERED, Account.DELIVERED),
    "spent": MEASURES["accepted"],
    "lapsed": MEASURES["lapsed"],
}

FIGURES = tuple(_MEASURED)

_COUNTED = {
    (account, line): [
        (name, times)
        for name, counts in _MEASURED.items()
        if (times := counts(Spot(account, "", "", "any" if line else "")))
    ]
    for account in Account
    if account.book == "stages"
    for line in (False, True)
}
"""In which figures a balance counts, and how often, by its account and whether it is on a line."""


def all_figures(state: Balances) -> list[ContributionFigures]:
    """Give the figures of every contribution, in the order of the keys."""
    by_key: dict[str, dict[Spot, int]] = {}
    for spot, minor in state.money().items():
        by_key.setdefault(spot.contribution, {})[spot] = minor
    return [_figures(state, key, by_key.get(key, {})) for key in state.contributions()]


def figures_of(state: Balances, key: str) -> ContributionFigures:
    """Give the figures of one contribution."""
    return _figures(state, key, tracing.where_now(state, key))


def _figures(state: Balances, key: str, money: Mapping[Spot, int]) -> ContributionFigures:
    use_by = state.term("use_by", key)
    sums: dict[str, dict[str, int]] = {name: {} for name in FIGURES}
    for spot, minor in money.items():
        for name, times in _COUNTED.get((spot.account, bool(spot.line)), ()):
            sums[name][spot.currency] = sums[name].get(spot.currency, 0) + times * minor
    return ContributionFigures(
        key=key,
        partner=state.term("partner", key),
        use_by=date.fromisoformat(use_by) if use_by else None,
        **{
            name: [Amount(minor, code) for code, minor in sorted(item.items()) if minor]
            for name, item in sums.items()
        },
    )


# The statement of account

USES = (
    *(Account.ACCEPTED, Account.DELIVERED, Account.ORDERED, Account.ALLOCATED),
    *(Account.FX, Account.FEES, Account.RETURNED, Account.LAPSED, Account.WRITTEN_OFF),
)
"""What received money became, in the order in which a statement says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a part of the received money became: its stage, and the line that it is on, where it is on one.

    `units` are those of the line at that stage, by the contribution's share of the money behind them; nothing is
    said of units where none are ordered yet. Money that was changed away is a use, and money that came of a change
    is a use below zero.
    """

    stage: Account
    line: str
    package: str
    units: int | None
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionStatement:
    """What became of a contribution's money in one currency: what was received is its uses and what is left."""

    pledged: Amount
    committed: Amount
    received: Amount
    uses: list[Use]
    left: Amount


def statement_of(state: Balances, key: str) -> list[ContributionStatement]:
    """Account for every cent of a contribution, currency by currency, that of its pledge first."""
    money = tracing.where_now(state, key)
    own = state.term("currency", key)
    codes = sorted({spot.currency for spot in money if spot.account.book == "stages"} | {own})
    return [_statement(state, key, code, money) for code in sorted(codes, key=lambda code: code != own)]


def _statement(state: Balances, key: str, code: str, money: Mapping[Spot, int]) -> ContributionStatement:
    mine = {spot: minor for spot, minor in money.items() if spot.currency == code}

    def of(name: str) -> Amount:
        return sum(summed(mine, MEASURES[name]), Amount(0, code))

    minors: dict[tuple[Account, str], int] = {}
    units: dict[tuple[Account, str], int] = {}
    for spot, minor in mine.items():
        if spot.account not in USES or (spot.account is Account.WRITTEN_OFF and not spot.line):
            continue
        minors[spot.account, spot.line] = minors.get((spot.account, spot.line), 0) + minor
        if spot.account in BOUND:
            part = _units_behind(state, spot)
            units[spot.account, spot.line] = units.get((spot.account, spot.line), 0) + part
    uses = [
        Use(
            stage=stage,
            line=line,
            package=state.term("package", line) if line else "",
            units=units.get((stage, line)),
            amount=Amount(minor, code),
        )
        for (stage, line), minor in sorted(minors.items(), key=lambda use: (USES.index(use[0][0]), use[0][1]))
    ]
    return ContributionStatement(
        pledged=of("pledged"),
        committed=of("committed"),
        received=of("received"),
        uses=uses,
        left=of("available"),
    )


def _units_behind(state: Balances, spot: Spot) -> int:
    """Deal the units of a place to those whose money stands behind them, to whole units, and give this one's part."""
    shares = state.shares(Shelf(spot.account, spot.currency, spot.line, spot.lot))
    there = state.units(Bin(spot.account, spot.line, spot.currency, spot.lot))
    parts = split_whole(there, list(shares.values()))
    return dict(zip(shares, parts, strict=True))[spot.contribution]
