"""Questions to whoever keeps the record: is this the same money, is this rate right? Warnings, all of them."""

from collections.abc import Iterable, Mapping

from pledgeline.evidence import Standing
from pledgeline.evidence.doubts import SameMoney, far_from_report, same_money
from pledgeline.exchange.record.catalogue import Findings
from pledgeline.money import Amount, Rate, Rates, in_full
from pledgeline.money.display import NO_BREAK
from pledgeline.money.rate_jumps import rate_jumps, rates_both_ways
from pledgeline.programme.announcements import Announcement
from pledgeline.programme.findings import Place
from pledgeline.programme.parties import JOINT


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
                f"{_named(pair.row, places)} and {_named(pair.earlier, places)} both count. "
                "Is this the same money?",
                excerpt=pair.row.id,
                way_out=_relations(pair),
            )


def _named(row: Announcement, places: Mapping[str, Place]) -> str:
    stated = " and ".join(_written(amount) for amount in (row.amount, row.reported_usd) if amount) or "no sum"
    where = f"line {places[row.id].line}" if row.id in places else "in the database"
    package = f", {row.package}" if row.package else ""
    day = f"{row.announced_on:%Y-%m}" if row.month_only else row.announced_on.isoformat()
    return f"{row.id} ({where}: {JOINT.join(row.partners)}, {day}, {stated}{package})"


def _written(amount: Amount) -> str:
    return in_full(amount).replace(NO_BREAK, " ")


def _relations(pair: SameMoney) -> str:
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
                f"{_written(far.stated)} were {_written(far.converted)} at the rate of the day, "
                f"and the report says {_written(far.reported)}.",
                excerpt=far.row.id,
            )


def ask_about_rates(
    rates: Iterable[Rate], places: Mapping[tuple[object, ...], Place], findings: Findings
) -> None:
    """Ask of rates that jump, and of two of one day that contradict each other."""
    rates = tuple(rates)
    for rate, other in rates_both_ways(rates):
        pair = (places.get((each.day, each.base, each.currency)) for each in (rate, other))
        place = next((place for place in pair if place is not None), None)
        if place is not None:
            findings.add(
                "fx.both-ways",
                Place(file=place.file, line=place.line, column="rate"),
                f"On {rate.day} 1 {rate.base} was {rate.rate} {rate.currency}, and 1 {other.base} was {other.rate} "
                f"{other.currency}: both cannot be.",
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
