"""What only all rows together can show: relations to rows that are not there, too late, or in a circle."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pledgeline.exchange.record.hints import look_alike_of
from pledgeline.money import Converted, MissingRate, Rates
from pledgeline.programme.announcements import Announcement, Relation
from pledgeline.programme.findings import FindingList, Place
from pledgeline.programme.objections import missing_rate
from pledgeline.programme.sentences import Sentence, sentence

MOST_NAMED = 8
"""How many rows of a circle a finding names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRelation:
    """What a row relates to, as far as it could be read; `place` is `None` for a row that is not in the folder.

    `first_day` is the earliest day on which it can have become public: another where only the month is known.
    """

    key: str
    relation: Relation | None
    relates_to: tuple[str, ...]
    announced_on: date | None
    first_day: date | None
    place: Place | None = None

    @property
    def month_only(self) -> bool:
        return self.first_day != self.announced_on

    @property
    def day(self) -> str:
        """Write the day as it stands in the record: a month where only that is known."""
        return f"{self.announced_on:%Y-%m}" if self.month_only else str(self.announced_on)


def link_of(row: Announcement) -> RowRelation:
    """Give the link of a row that is there already."""
    return RowRelation(
        key=row.id,
        relation=row.relation,
        relates_to=row.relates_to,
        announced_on=row.announced_on,
        first_day=row.first_day,
    )


def check_relations(
    links: Mapping[str, RowRelation], known: frozenset[str] | None, findings: FindingList
) -> set[str]:
    """Check the relations of all rows by key, those beside the folder and those with findings included.

    `known` has the keys of all rows, `None` where that cannot be said. Returns the keys of the
    rows that have an error.
    """
    bad: set[str] = set()
    for link in links.values():
        for other in link.relates_to:
            if other == link.key:
                if link.place:
                    said = sentence("contributions.relates-to-itself.row", row=other)
                    findings.note(said, link.place, excerpt=other)
                    bad.add(link.key)
            elif known is not None and other not in known:
                if link.place:
                    note = look_alike_of(other, known)
                    said = sentence("contributions.unknown-row.row", row=other[:40], note=note)
                    findings.note(said, link.place, excerpt=other)
                    bad.add(link.key)
            elif link.relation in _DROPPING and other in links:
                _check_order(link, links[other], findings, bad)
    edges = _edges(links)
    for ring in _rings(edges):
        first = next((key for key in ring if links[key].place), None)
        place = links[first].place if first else None
        if place is not None:
            way = _round(ring, edges)
            findings.note(_circle(way), place)
        bad.update(key for key in ring if links[key].place)
    return bad


_DROPPING = (Relation.REPLACES, Relation.WITHDRAWS)


def _circle(way: list[str]) -> Sentence:
    if len(way) <= MOST_NAMED:
        return sentence("contributions.circle.rows", circle=" → ".join([*way, way[0]]))
    begin = " → ".join(way[:MOST_NAMED])
    return sentence("contributions.circle.many", begin=begin, rows=len(way), first=way[0])


def _check_order(link: RowRelation, replaced: RowRelation, findings: FindingList, bad: set[str]) -> None:
    place = link.place or replaced.place
    if place is None or link.announced_on is None or replaced.first_day is None or link.relation is None:
        return
    if replaced.first_day > link.announced_on:
        said = sentence(
            "contributions.replaces-later.rows",
            row=link.key,
            day=link.day,
            relation=link.relation.value,
            other=replaced.key,
            other_day=replaced.day,
            known_to="month" if replaced.month_only else "day",
        )
        findings.note(said, place, excerpt=replaced.key)
        bad.add(link.key if link.place else replaced.key)


def _edges(links: Mapping[str, RowRelation]) -> dict[str, list[str]]:
    """List, for each row that relates to others in a way that may close a circle, those others.

    Every kind of relation counts: two rows that repeat each other would both be left out. Unclear
    rows only point at what they stand beside, and may do so both ways.
    """
    related = {
        key: link
        for key, link in links.items()
        if link.relates_to and link.relation not in (None, Relation.UNCLEAR)
    }
    return {
        key: [other for other in link.relates_to if other in related and other != key]
        for key, link in related.items()
    }


def _rings(edges: Mapping[str, list[str]]) -> list[list[str]]:
    """Find the sets of rows each of which leads to all the others, each in the order of the rows.

    Source:  R. Tarjan, Depth-first search and linear graph algorithms, 1972; without recursion.
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    on_stack: set[str] = set()
    rings = []
    for start in edges:
        path: list[tuple[str, Iterator[str]]] = []
        following: str | None = start if start not in order else None
        while path or following is not None:
            if following is not None and following not in order:
                order[following] = lowest[following] = len(order)
                waiting.append(following)
                on_stack.add(following)
                path.append((following, iter(edges[following])))
            elif following is not None and following in on_stack:
                lowest[path[-1][0]] = min(lowest[path[-1][0]], order[following])
            key, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[key])
                if lowest[key] == order[key]:
                    ring: list[str] = []
                    while not ring or ring[-1] != key:
                        ring.append(waiting.pop())
                    on_stack.difference_update(ring)
                    if len(ring) > 1:
                        rings.append(ring)
    places = {key: place for place, key in enumerate(edges)}
    return [sorted(ring, key=places.__getitem__) for ring in rings]


def _round(ring: list[str], edges: Mapping[str, list[str]]) -> list[str]:
    """Walk from the first row of a ring, within it, until a row comes twice: the circle that closes there."""
    within = set(ring)
    way: dict[str, None] = {}
    at = ring[0]
    while at not in way:
        way[at] = None
        at = next(other for other in edges[at] if other in within)
    walked = list(way)
    return walked[walked.index(at) :]


def check_rates(
    rows: Iterable[tuple[Announcement, Place]], rates: Rates, currency: str, findings: FindingList
) -> None:
    """Say which rows count and cannot be converted into the currency of the programme."""
    asked: dict[tuple[str, date], Converted | MissingRate] = {}
    for row, place in rows:
        amount = row.amount or row.reported_usd
        counts = row.relation in (Relation.NEW, Relation.REPLACES)
        if not counts or amount is None or (currency == "USD" and row.reported_usd is not None):
            continue
        what = amount.currency, row.announced_on
        if what not in asked:
            asked[what] = rates.convert(amount, currency, on=row.announced_on)
        outcome = asked[what]
        if isinstance(outcome, MissingRate):
            at = Place(file=place.file, line=place.line, column="currency")
            said = sentence("contributions.no-rate.currency", missing=missing_rate(outcome))
            findings.note(said, at, excerpt=amount.currency)
