"""Questions to whoever keeps the record: is this the same money, is this rate right? Warnings, all of them."""

from collections.abc import Iterable, Mapping

from pledgeline.evidence import Standing
from pledgeline.evidence.doubts import SameMoney, far_from_report, same_money
from pledgeline.exchange.record.catalogue import Findings, written
from pledgeline.money import Rate, Rates
from pledgeline.money.rate_jumps import rate_jumps, rates_both_ways
from pledgeline.programme.announcements import Announcement, Relation
from pledgeline.programme.findings import Place
from pledgeline.programme.parties import JOINT

FEWEST_ADDED_UP = 3
"""Units: rows. Of two small round figures the third is too often the sum by chance."""


def ask_about_money(rows: Iterable[Standing], places: Mapping[str, Place], findings: Findings) -> None:
    """Ask of rows that may be the same money. One of the two at least is in the folder."""
    for pair in same_money(rows):
        place = places.get(pair.row.id) or places.get(pair.earlier.id)
        if place is None:
            continue
        at = Place(file=place.file, line=place.line, column="relation")
        if pair.is_joint:
            findings.add(
                "contributions.joint-and-share",
                at,
                f"{_named(pair.row, places)} and {_named(pair.earlier, places)} both count. "
                "Is the one a share of the joint sum?",
                excerpt=pair.row.id,
                way_out=f"If it is, write repeats and {pair.earlier.id} in relation and relates_to of {pair.row.id}, "
                "with the other shares. If the money is new, write nothing: this is a question.",
            )
        else:
            findings.add(
                "contributions.same-money",
                at,
                f"{_named(pair.row, places)} and {_named(pair.earlier, places)} both "
                f"{'take money back' if pair.row.relation is Relation.WITHDRAWS else 'count'}. "
                "Is this the same money?",
                excerpt=pair.row.id,
                way_out=_relations(pair),
            )


def _named(row: Announcement, places: Mapping[str, Place]) -> str:
    amounts = dict.fromkeys(written(amount) for amount in (row.amount, row.reported_usd) if amount)
    stated = " and ".join(amounts) or "no sum"
    where = f"line {places[row.id].line}" if row.id in places else "in the database"
    package = f", {row.package}" if row.package else ""
    day = f"{row.announced_on:%Y-%m}" if row.month_only else row.announced_on.isoformat()
    return f"{row.id} ({where}: {JOINT.join(row.partners)}, {day}, {stated}{package})"


def _relations(pair: SameMoney) -> str:
    if pair.row.relation is Relation.WITHDRAWS:
        return (
            f"If it is, write repeats and {pair.earlier.id} in relation and relates_to of {pair.row.id}. "
            "If it was taken back twice, write nothing: this is a question."
        )
    return (
        f"If it is, write repeats and {pair.earlier.id} in relation and relates_to of {pair.row.id}; conflicts, "
        "if it is another figure for the same money; replaces, if it is a newer one; unclear, if nobody says. "
        "If both are new money, write nothing: this is a question."
    )


def ask_about_dollars(
    rows: Iterable[Announcement], rates: Rates, places: Mapping[str, Place], findings: Findings
) -> None:
    """Ask of amounts that are far from the dollars of their report."""
    for far in far_from_report(rows, rates):
        place = places.get(far.row.id)
        if place is not None:
            findings.add(
                "contributions.far-from-report",
                Place(file=place.file, line=place.line, column="amount_usd_as_reported"),
                f"{written(far.stated)} were {written(far.converted)} at the rate of the day, "
                f"and the report says {written(far.reported)}.",
                excerpt=far.row.id,
            )


def ask_about_sums(rows: Iterable[Announcement], places: Mapping[str, Place], findings: Findings) -> None:
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
            findings.add(
                "contributions.sum-of-rows",
                Place(file=place.file, line=place.line, column=column),
                f"{_named(row, places)} is exactly the sum of the {len(above)} rows above it. Is it a total?",
                excerpt=row.id,
            )


def ask_about_rates(
    rates: Iterable[Rate], places: Mapping[tuple[object, ...], Place], findings: Findings
) -> None:
    """Ask of rates that jump, and of two of one day that contradict each other."""
    rates = tuple(rates)
    for rate, other in rates_both_ways(rates):
        pair = (places.get((known.day, known.base, known.currency)) for known in (rate, other))
        place = next((place for place in pair if place is not None), None)
        if place is not None:
            findings.add(
                "fx.both-ways",
                Place(file=place.file, line=place.line, column="rate"),
                f"1 {rate.base} was {rate.rate} {rate.currency} on {rate.day}, and 1 {other.base} was {other.rate} "
                f"{other.currency} on {other.day}: both cannot be.",
                excerpt=str(rate.rate),
            )
    for jump in rate_jumps(rates):
        rate, before = jump.rate, jump.before
        place = places.get((rate.day, rate.base, rate.currency))
        if place is not None:
            fits = f" {jump.fits[:1].upper()}{jump.fits[1:]} would fit." if jump.fits else ""
            findings.add(
                "fx.jump",
                Place(file=place.file, line=place.line, column="rate"),
                f"1 {rate.base} was {rate.rate} {rate.currency} on {rate.day}, and {before.rate} on {before.day}."
                f"{fits}",
                excerpt=str(rate.rate),
            )
