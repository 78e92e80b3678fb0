"""What only all rows together can show: relations to rows that are not there, too late, or in a circle."""

from collections.abc import Iterable, Mapping

from pledgeline.exchange.record.catalogue import Findings
from pledgeline.money import MissingRate, Rates
from pledgeline.programme.announcements import Announcement, Relation
from pledgeline.programme.findings import Place


def check_relations(
    rows: Mapping[str, Announcement],
    beside: Mapping[str, Announcement],
    places: Mapping[str, Place],
    known: Iterable[str],
    findings: Findings,
) -> set[str]:
    """Check the relations of the rows of a folder, those of rows `beside` it included.

    `known` has the keys of all rows, those with findings too. Returns the keys of the rows that
    have an error.
    """
    known = set(known)
    bad: set[str] = set()
    everything = {**beside, **rows}
    for key, row in rows.items():
        place = Place(file=places[key].file, line=places[key].line, column="relates_to")
        for other in row.relates_to:
            if other == key:
                findings.add(
                    "contributions.relates-to-itself", place, f"{key} relates to itself.", excerpt=other
                )
                bad.add(key)
            elif other not in known:
                findings.add(
                    "contributions.unknown-row", place, f"There is no row “{other[:40]}”.", excerpt=other
                )
                bad.add(key)
            elif row.relation is Relation.REPLACES and other in everything:
                later = everything[other].announced_on
                if later > row.announced_on:
                    findings.add(
                        "contributions.replaces-later",
                        place,
                        f"{key} of {row.announced_on} replaces {other}, which was announced on {later}.",
                        excerpt=other,
                    )
                    bad.add(key)
    for circle in _circles(everything):
        named = next((key for key in circle if key in rows), None)
        if named is None:
            continue
        place = Place(file=places[named].file, line=places[named].line, column="relates_to")
        way = " → ".join([*circle, circle[0]])
        findings.add("contributions.circle", place, f"The rows relate to each other in a circle: {way}.")
        bad.update(key for key in circle if key in rows)
    return bad


def _circles(rows: Mapping[str, Announcement]) -> list[list[str]]:
    """Find the circles among the relations, each once, beginning with its first row.

    Every kind of relation counts: two rows that repeat each other would both be left out. Unclear rows
    only point at what they stand beside, and may do so both ways.
    """
    edges = {
        key: [other for other in row.relates_to if other in rows and other != key]
        for key, row in rows.items()
        if row.relation is not Relation.UNCLEAR
    }
    done: set[str] = set()
    circles = []
    for start in edges:
        if start in done:
            continue
        path: list[str] = [start]
        on_path = {start}
        waiting = [iter(edges[start])]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                left = path.pop()
                on_path.discard(left)
                done.add(left)
            elif following in on_path:
                circles.append(path[path.index(following) :])
            elif following not in done and following in edges:
                path.append(following)
                on_path.add(following)
                waiting.append(iter(edges[following]))
    return circles


def check_rates(
    rows: Mapping[str, Announcement],
    places: Mapping[str, Place],
    rates: Rates,
    currency: str,
    findings: Findings,
) -> None:
    """Say which rows count and cannot be converted into the currency of the programme."""
    for key, row in rows.items():
        amount = row.amount or row.reported_usd
        counts = row.relation in (Relation.NEW, Relation.REPLACES)
        if not counts or amount is None or (currency == "USD" and row.reported_usd is not None):
            continue
        outcome = rates.convert(amount, currency, on=row.announced_on)
        if isinstance(outcome, MissingRate):
            place = Place(file=places[key].file, line=places[key].line, column="currency")
            findings.add("contributions.no-rate", place, f"There is {outcome}.", excerpt=amount.currency)
