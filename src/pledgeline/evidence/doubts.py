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
from pledgeline.programme.announcements import Announcement, Relation

NEAR_DAYS = 31
"""How far apart two announcements of the same money may be asked about."""

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
    or taken back, and of which neither relates to the other.
    """
    counting = [
        row
        for row in rows
        if row.counts_as[0] is Treatment.COUNTED
        and row.dropped_on is None
        and row.announcement.relation is not Relation.WITHDRAWS
    ]
    counting.sort(key=lambda row: row.announcement.announced_on)
    return [*_twins(counting), *_shares_of_joint_sums(counting)]


def _twins(counting: list[Standing]) -> list[SameMoney]:
    """Ask about the same amount twice, then about the same value in another currency."""
    stated: dict[tuple[frozenset[str], Amount], list[Announcement]] = {}
    values: dict[frozenset[str], list[Standing]] = {}
    order = {row.announcement.id: place for place, row in enumerate(counting)}
    twins = []
    for row in counting:
        own = row.announcement
        partners = frozenset(own.partners)
        earlier = [
            other
            for amount in _stated(own)
            for other in stated.get((partners, amount), [])[-MOST_COMPARED:]
            if _are_near(own, other)
        ]
        for amount in _stated(own):
            stated.setdefault((partners, amount), []).append(own)
        if earlier:
            twins.append(SameMoney(row=own, earlier=min(earlier, key=lambda other: other.announced_on)))
        elif row.value is not None:
            values.setdefault(partners, []).append(row)
    for group in values.values():
        twins += _near_in_value(sorted(group, key=lambda row: row.value.minor if row.value else 0), order)
    return twins


def _stated(row: Announcement) -> set[Amount]:
    return {amount for amount in (row.amount, row.reported_usd) if amount is not None}


def _near_in_value(group: list[Standing], order: dict[str, int]) -> list[SameMoney]:
    """Compare the rows of one partner, in the order of their values, with those just below."""
    twins = []
    for place, row in enumerate(group):
        assert row.value is not None
        for other in reversed(group[max(0, place - MOST_COMPARED) : place]):
            assert other.value is not None
            if row.value.minor - other.value.minor > NEAR_VALUE * row.value.minor:
                break
            one, two = other.announcement, row.announcement
            currencies = [{amount.currency for amount in _stated(each)} for each in (one, two)]
            if currencies[0].isdisjoint(currencies[1]) and _are_near(one, two):
                first, second = sorted((one, two), key=lambda each: order[each.id])
                twins.append(SameMoney(row=second, earlier=first))
                break
    return twins


def _are_near(one: Announcement, two: Announcement) -> bool:
    return (
        abs(one.announced_on - two.announced_on) <= timedelta(days=NEAR_DAYS)
        and (one.package == two.package or not one.package or not two.package)
        and one.id not in two.relates_to
        and two.id not in one.relates_to
    )


def _shares_of_joint_sums(counting: list[Standing]) -> list[SameMoney]:
    """Ask about a joint sum beside a row of some of its partners: of one package, or within a month."""
    rows = [row.announcement for row in counting]
    by_partner: dict[str, list[Announcement]] = {}
    by_package: dict[tuple[str, str], list[Announcement]] = {}
    for row in rows:
        for partner in row.partners:
            by_partner.setdefault(partner, []).append(row)
            by_package.setdefault((partner, row.package), []).append(row)
    shares = []
    for joint in rows:
        for partner in joint.partners if len(joint.partners) > 1 else ():
            mine = by_partner[partner]
            start = bisect_left(mine, joint.announced_on - timedelta(days=NEAR_DAYS), key=_day)
            candidates = mine[start : start + MOST_COMPARED]
            if joint.package:
                candidates = [*by_package[partner, joint.package][:MOST_COMPARED], *candidates]
            share = next((row for row in candidates if _may_be_share(row, joint)), None)
            if share is not None:
                shares.append(SameMoney(row=joint, earlier=share, is_joint=True))
    return shares


def _day(row: Announcement) -> date:
    return row.announced_on


def _may_be_share(share: Announcement, joint: Announcement) -> bool:
    return (
        set(share.partners) < set(joint.partners)
        and share.id not in joint.relates_to
        and joint.id not in share.relates_to
        and ((share.package != "" and share.package == joint.package) or _are_near(share, joint))
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
