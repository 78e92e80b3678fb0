"""What somebody should look at: rows that may be the same money, and amounts far from their dollars.

Nothing is joined and nothing is corrected here. Two equal promises within a month may be two
promises; the question costs a minute, the money counted twice costs a headline.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from pledgeline.evidence.told import Standing, Treatment
from pledgeline.money import Amount, Converted, Rates
from pledgeline.programme.announcements import Announcement, Relation, Stage

NEAR_DAYS = 31
"""How far apart two announcements of the same money may be asked about."""

LATER_STAGE_DAYS = 183
"""How long after an announcement the same sum may be reported as committed or paid and be asked about."""

NEAR_VALUE = Fraction(3, 100)
"""Two amounts in different currencies are taken for one when their values differ by less."""

FAR_FROM_REPORT = Fraction(5, 4)
"""An amount is asked about when it and the dollars of its report differ by more than this factor."""

MOST_COMPARED = 40
"""Units: rows of one partner near each other in value that are compared with a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameMoney:
    """Two rows that both count and may be one: of one partner, or a joint sum and a share of it."""

    row: Announcement
    earlier: Announcement
    is_joint: bool = False


def same_money(rows: Iterable[Standing]) -> list[SameMoney]:
    """Give the rows that may be the same money as another one, each with one row beside it.

    `rows` are valued in one currency. Only rows are compared that count, that were not replaced
    or taken back, and of which neither relates to the other. Parts that are taken back are compared
    with other parts of the same row.
    """
    counting = [row for row in rows if row.counts_as[0] is Treatment.COUNTED and row.dropped_on is None]
    counting.sort(key=lambda row: row.announcement.announced_on)
    added = [row for row in counting if row.announcement.relation is not Relation.WITHDRAWS]
    return [*_twins(counting), *_shares_of_joint_sums(added)]


Group = tuple[frozenset[str], tuple[str, ...]]
"""Whose money it is, and from which row it is taken back, if it is."""


def _group(row: Announcement) -> Group:
    return frozenset(row.partners), row.relates_to if row.relation is Relation.WITHDRAWS else ()


def _twins(counting: list[Standing]) -> list[SameMoney]:
    """Ask about the same figure twice, then about the same value in another currency."""
    stated: dict[tuple[Group, str, Fraction], list[Announcement]] = {}
    values: dict[Group, list[Standing]] = {}
    order = {row.announcement.id: place for place, row in enumerate(counting)}
    twins = []
    for row in counting:
        own = row.announcement
        group = _group(own)
        earlier = [
            other
            for figure in _figures(own)
            for other in stated.get((group, *figure), [])[-MOST_COMPARED:]
            if _are_near(own, other, LATER_STAGE_DAYS if _is_later_stage(own, other) else NEAR_DAYS)
        ]
        for figure in _figures(own):
            stated.setdefault((group, *figure), []).append(own)
        if earlier:
            twins.append(SameMoney(row=own, earlier=min(earlier, key=lambda other: other.announced_on)))
        elif row.value is not None:
            values.setdefault(group, []).append(row)
    for alike in values.values():
        twins += _near_in_value(sorted(alike, key=_size), order)
    return twins


def _stated(row: Announcement) -> set[Amount]:
    return {amount for amount in (row.amount, row.reported_usd) if amount is not None}


def _figures(row: Announcement) -> set[tuple[str, Fraction]]:
    """Give what two rows of the same money have in common where somebody slipped.

    The number alone, since euros are taken for dollars, and the currency with the number to within
    thousands, since amounts are typed in thousands and millions.
    """
    figures = set()
    for amount in _stated(row):
        number = amount.exact()
        figures.add(("", number))
        while number >= 1000:
            number /= 1000
        figures.add((amount.currency, number))
    return figures


def _is_later_stage(row: Announcement, other: Announcement) -> bool:
    """Say whether the same sum was announced first, and then decided on or paid."""
    stages = list(Stage)
    return stages.index(row.stage) > stages.index(other.stage) and not _stated(row).isdisjoint(_stated(other))


def _size(row: Standing) -> int:
    return abs(row.value.minor) if row.value else 0


def _near_in_value(group: list[Standing], order: dict[str, int]) -> list[SameMoney]:
    """Compare the rows of one partner, in the order of their values, with those just below."""
    twins = []
    for place, row in enumerate(group):
        for other in reversed(group[max(0, place - MOST_COMPARED) : place]):
            if _size(row) - _size(other) > NEAR_VALUE * _size(row):
                break
            pair = (other.announcement, row.announcement)
            if _currency(pair[0]) != _currency(pair[1]) and _are_near(*pair, NEAR_DAYS):
                first, second = sorted(pair, key=lambda announcement: order[announcement.id])
                twins.append(SameMoney(row=second, earlier=first))
                break
    return twins


def _currency(row: Announcement) -> str:
    """Give the currency in which a row was announced: dollars of a report beside it are a conversion."""
    stated = row.amount or row.reported_usd
    return stated.currency if stated else ""


def _are_near(one: Announcement, two: Announcement, days: int) -> bool:
    """Say whether two rows may be of the same money. One of a month may be of any day of it."""
    apart = max(one.first_day - two.announced_on, two.first_day - one.announced_on)
    return (
        apart <= timedelta(days=days)
        and (one.package == two.package or not one.package or not two.package)
        and one.id not in two.relates_to
        and two.id not in one.relates_to
    )


def _shares_of_joint_sums(counting: list[Standing]) -> list[SameMoney]:
    """Ask about a joint sum beside a row of some of its partners: of one package, or within a month."""
    rows = [row.announcement for row in counting if _stated(row.announcement)]
    by_partner: dict[str, list[Announcement]] = {}
    by_package: dict[tuple[str, str], list[Announcement]] = {}
    for row in rows:
        for partner in row.partners:
            by_partner.setdefault(partner, []).append(row)
            by_package.setdefault((partner, row.package), []).append(row)
    shares: dict[tuple[str, str], SameMoney] = {}
    for joint in rows:
        for partner in joint.partners if len(joint.partners) > 1 else ():
            mine = by_partner[partner]
            start = bisect_left(mine, joint.first_day - timedelta(days=NEAR_DAYS), key=_day)
            candidates = mine[start : start + MOST_COMPARED]
            if joint.package:
                candidates = [*by_package[partner, joint.package][:MOST_COMPARED], *candidates]
            share = next((row for row in candidates if _may_be_share(row, joint)), None)
            if share is not None:
                shares[joint.id, share.id] = SameMoney(row=joint, earlier=share, is_joint=True)
    return list(shares.values())


def _day(row: Announcement) -> date:
    return row.announced_on


def _may_be_share(share: Announcement, joint: Announcement) -> bool:
    return (
        set(share.partners) < set(joint.partners)
        and share.id not in joint.relates_to
        and joint.id not in share.relates_to
        and ((share.package != "" and share.package == joint.package) or _are_near(share, joint, NEAR_DAYS))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FarFromReport:
    """An amount, the dollars of its report, and what the amount is worth at the rate of the day."""

    row: Announcement
    stated: Amount
    reported: Amount
    converted: Amount


def far_from_report(rows: Iterable[Announcement], rates: Rates) -> list[FarFromReport]:
    """Give the rows whose amount and reported dollars differ by more than a quarter."""
    far = []
    for row in rows:
        if row.amount is None or row.reported_usd is None or row.amount.currency == row.reported_usd.currency:
            continue
        worth = rates.convert(row.amount, row.reported_usd.currency, on=row.announced_on)
        if isinstance(worth, Converted) and _differ(worth.amount, row.reported_usd):
            far.append(
                FarFromReport(row=row, stated=row.amount, reported=row.reported_usd, converted=worth.amount)
            )
    return far


def _differ(one: Amount, other: Amount) -> bool:
    low, high = sorted((one.minor, other.minor))
    return high > FAR_FROM_REPORT * low
