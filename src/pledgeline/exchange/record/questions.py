"""Questions to whoever keeps the record: is this the same money, is this rate right? Warnings, all of them."""

from collections.abc import Iterable, Mapping

from pledgeline.evidence import Standing
from pledgeline.evidence.doubts import SameMoney, far_from_report, same_money
from pledgeline.money import Rate, Rates
from pledgeline.money.rate_jumps import Jump, rate_jumps, rates_both_ways
from pledgeline.programme.announcements import Announcement, Relation
from pledgeline.programme.findings import FindingList, Place
from pledgeline.programme.parties import JOINT
from pledgeline.programme.sentences import Param, Sentence, sentence

FEWEST_ADDED_UP = 3
"""Units: rows. Of two small round figures the third is too often the sum by chance."""


def ask_about_money(rows: Iterable[Standing], places: Mapping[str, Place], findings: FindingList) -> None:
    """Ask of rows that may be the same money. One of the two at least is in the folder."""
    for pair in same_money(rows):
        place = places.get(pair.row.id) or places.get(pair.earlier.id)
        if place is None:
            continue
        at = Place(file=place.file, line=place.line, column="relation")
        findings.note(_asked_of(pair, places), at, excerpt=pair.row.id)


def _asked_of(pair: SameMoney, places: Mapping[str, Place]) -> Sentence:
    named: dict[str, Param] = {
        "row": _named(pair.row, places),
        "other": _named(pair.earlier, places),
        "later": pair.row.id,
        "earlier": pair.earlier.id,
    }
    if pair.is_joint:
        return sentence("contributions.joint-and-share.rows", **named)
    if pair.row.relation is Relation.WITHDRAWS:
        return sentence("contributions.same-money.both-withdraw", **named)
    return sentence("contributions.same-money.both-count", **named)


def _named(row: Announcement, places: Mapping[str, Place]) -> Sentence:
    amounts = tuple(dict.fromkeys(amount for amount in (row.amount, row.reported_usd) if amount))
    where = sentence("contributions.same-money.in-the-database")
    if row.id in places:
        where = sentence("contributions.same-money.line", line=str(places[row.id].line))
    said: dict[str, Param] = {
        "row": row.id,
        "where": where,
        "partners": JOINT.join(row.partners),
        "day": f"{row.announced_on:%Y-%m}" if row.month_only else row.announced_on,
        "stated": amounts or sentence("contributions.same-money.no-sum"),
    }
    if row.package:
        return sentence("contributions.same-money.row-of-package", package=row.package, **said)
    return sentence("contributions.same-money.row", **said)


def ask_about_dollars(
    rows: Iterable[Announcement], rates: Rates, places: Mapping[str, Place], findings: FindingList
) -> None:
    """Ask of amounts that are far from the dollars of their report."""
    for far in far_from_report(rows, rates):
        place = places.get(far.row.id)
        if place is not None:
            said = sentence(
                "contributions.far-from-report.amounts",
                stated=far.stated,
                converted=far.converted,
                reported=far.reported,
            )
            at = Place(file=place.file, line=place.line, column="amount_usd_as_reported")
            findings.note(said, at, excerpt=far.row.id)


def ask_about_sums(rows: Iterable[Announcement], places: Mapping[str, Place], findings: FindingList) -> None:
    """Ask of a last row whether it is a total: its figure is exactly the sum of all above it."""
    columns: dict[tuple[str, str], list[tuple[Announcement, int]]] = {}
    for row in rows:
        if row.relation not in (Relation.NEW, Relation.REPLACES):
            continue
        if row.amount is not None:
            columns.setdefault(("amount", row.amount.currency), []).append((row, row.amount.minor))
        if row.reported_usd is not None:
            columns.setdefault(("amount_usd_as_reported", "USD"), []).append((row, row.reported_usd.minor))
    asked: set[str] = set()
    for (column, _), figures in columns.items():
        row, last = figures[-1]
        above = [figure for _, figure in figures[:-1]]
        if len(above) >= FEWEST_ADDED_UP and sum(above) == last and row.id not in asked and row.id in places:
            asked.add(row.id)
            place = places[row.id]
            said = sentence("contributions.sum-of-rows.rows", row=_named(row, places), above=len(above))
            findings.note(said, Place(file=place.file, line=place.line, column=column), excerpt=row.id)


def ask_about_rates(
    rates: Iterable[Rate], places: Mapping[tuple[object, ...], Place], findings: FindingList
) -> None:
    """Ask of rates that jump, and of two of one day that contradict each other."""
    rates = tuple(rates)
    for rate, other in rates_both_ways(rates):
        pair = (places.get((known.day, known.base, known.currency)) for known in (rate, other))
        place = next((place for place in pair if place is not None), None)
        if place is not None:
            said = sentence(
                "fx.both-ways.rates",
                base=rate.base,
                rate=str(rate.rate),
                currency=rate.currency,
                day=rate.day,
                other_base=other.base,
                other_rate=str(other.rate),
                other_currency=other.currency,
                other_day=other.day,
            )
            at = Place(file=place.file, line=place.line, column="rate")
            findings.note(said, at, excerpt=str(rate.rate))
    for jump in rate_jumps(rates):
        rate = jump.rate
        place = places.get((rate.day, rate.base, rate.currency))
        if place is not None:
            at = Place(file=place.file, line=place.line, column="rate")
            findings.note(_jump(jump), at, excerpt=str(rate.rate))


def _jump(jump: Jump) -> Sentence:
    rate, before = jump.rate, jump.before
    said: dict[str, Param] = {
        "base": rate.base,
        "rate": str(rate.rate),
        "currency": rate.currency,
        "day": rate.day,
        "before": str(before.rate),
        "before_day": before.day,
    }
    if jump.with_other_point is not None:
        return sentence("fx.jump.other-point", fits=f"{float(jump.with_other_point):.6g}", **said)
    if jump.turned_round is not None:
        return sentence("fx.jump.turned-round", fits=f"{float(jump.turned_round):.6g}", **said)
    return sentence("fx.jump.rates", **said)
