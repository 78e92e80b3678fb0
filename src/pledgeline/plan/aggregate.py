"""Merge what is alike, exactly, and give it back to the lines afterwards.

Lines of one kind and tier compete for the same units and the same money: for the solver they are one
node. What differs among them (how much a unit is worth, the least useful amount) is kept as pieces of
the node. Nothing is lost: every choice for a node can be split to its lines, and back.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pledgeline.plan.canon import Canon, Option
from pledgeline.plan.model import Line


@dataclass(frozen=True, slots=True)
class NodePiece:
    """Lines of a node whose units are worth the same.

    `slope` is what one unit adds to the tier's score. A *plain* piece (`step` 0) takes any number of
    units up to `most`. Otherwise its `count` lines are identical: each takes nothing, or between
    `least` and `most` units in steps of `step`.
    """

    slope: Fraction
    lines: tuple[int, ...]
    most: int
    least: int = 0
    step: int = 0

    @property
    def is_plain(self) -> bool:
        return self.step == 0

    @property
    def capacity(self) -> int:
        return self.most if self.is_plain else self.most * len(self.lines)


@dataclass(frozen=True, slots=True)
class LineNode:
    """Lines of one kind and tier."""

    kind: int
    tier: int
    pieces: tuple[NodePiece, ...]

    @property
    def capacity(self) -> int:
        return sum(piece.capacity for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a solver decided: units by (node, option), and by (node, piece) the units and lines served."""

    units: Mapping[tuple[int, int], int]
    pieces: Mapping[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class BoughtUnits:
    """Units of an option for one line."""

    line: int
    option: Option
    units: int


def aggregate(canon: Canon, *, by_line: bool) -> tuple[LineNode, ...]:
    """Merge the lines into nodes.

    With `by_line` each line is a node of its own: needed where a package counts lines, and where
    substitutes leave fractions that belong to one line.
    """
    slope_of, slopes = _slopes(canon)
    nodes = []
    for (tier, kind, _), places in sorted(_members(canon, by_line=by_line).items()):
        pieces: dict[tuple[int, int, int, int], list[int]] = defaultdict(list)
        for place in places:
            line = canon.lines[place]
            if line.multiple == 1 and line.min_useful <= 1:
                pieces[slope_of[place], 0, 0, 0].append(place)
            else:
                least, most = useful(line)
                if 0 < least <= most:
                    pieces[slope_of[place], line.multiple, least, most].append(place)
        made = []
        for (slope, step, least, most), there in sorted(pieces.items()):
            if len(there) > 1:
                there.sort(key=lambda place: _turn(canon, place))
            if step == 0:
                most = sum(canon.lines[place].quantity for place in there)
            made.append(NodePiece(slopes[slope], tuple(there), most, least, step))
        nodes.append(LineNode(kind, tier, tuple(made)))
    return tuple(nodes)


def relaxed(canon: Canon) -> tuple[LineNode, ...]:
    """Merge as `aggregate` does, for a bound alone: one piece for each slope, which names no lines."""
    slope_of, slopes = _slopes(canon)
    nodes = []
    for (tier, kind, _), places in sorted(_members(canon, by_line=False).items()):
        most: dict[int, int] = defaultdict(int)
        for place in places:
            line = canon.lines[place]
            if line.multiple == 1 and line.min_useful <= 1:
                most[slope_of[place]] += line.quantity
            else:
                least, whole = useful(line)
                if 0 < least <= whole:
                    most[slope_of[place]] += whole
        pieces = tuple(NodePiece(slopes[slope], (), units) for slope, units in sorted(most.items()))
        nodes.append(LineNode(kind, tier, pieces))
    return tuple(nodes)


def useful(line: Line) -> tuple[int, int]:
    """Give the fewest and the most units that a line can use, in its steps."""
    step = line.multiple
    return -(-line.min_useful // step) * step, line.quantity // step * step


def _members(canon: Canon, *, by_line: bool) -> dict[tuple[int, int, int], list[int]]:
    """Give the places of each node's lines by (tier, kind, the line where it stands alone)."""
    members: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    tier_of = {priority: t for t, priority in enumerate(canon.tiers)}
    merges = [not by_line and kind.counts_whole() for kind in canon.kinds]
    for place, (line, kind) in enumerate(zip(canon.lines, canon.kind_of, strict=True)):
        members[tier_of[line.priority], kind, -1 if merges[kind] else place].append(place)
    return members


def _slopes(canon: Canon) -> tuple[list[int], list[Fraction]]:
    """Give for each line the number of its slope, and the slopes, the steepest first.

    To make, to compare and to hash a fraction is dear by the thousand: equal weights are found by being
    the same object first.
    """
    weights: dict[Fraction, int] = {}
    weight_at: dict[int, int] = {}
    slope_at: dict[tuple[int, int], int] = {}
    known: dict[Fraction, int] = {}
    number_of = []
    for line in canon.lines:
        weight = weight_at.get(id(line.weight))
        if weight is None:
            weight = weight_at[id(line.weight)] = weights.setdefault(line.weight, len(weights))
        key = (weight, line.quantity)
        number = slope_at.get(key)
        if number is None:
            number = slope_at[key] = known.setdefault(line.weight / line.quantity, len(known))
        number_of.append(number)
    slopes = sorted(known, reverse=True)
    rank = {known[slope]: place for place, slope in enumerate(slopes)}
    return [rank[number] for number in number_of], slopes


def _turn(canon: Canon, place: int) -> tuple[float, str]:
    line = canon.lines[place]
    return (float("inf") if line.need_by is None else line.need_by, line.id)


def split(canon: Canon, nodes: Sequence[LineNode], choice: Choice) -> tuple[BoughtUnits, ...]:
    """Give the units of every node to its lines: the earlier need-by first, then by id.

    Steeper lines get the earlier arrivals, which costs nobody else anything.
    """
    bought = []
    for n, node in enumerate(nodes):
        fulfilled: dict[int, int] = {}
        for p, piece in enumerate(node.pieces):
            units, served = choice.pieces.get((n, p), (0, 0))
            fulfilled |= within_piece(canon, piece, units, served)
        kind = canon.kinds[node.kind]
        chosen = sorted(
            (
                (option, choice.units[n, o])
                for o, option in enumerate(kind.options)
                if choice.units.get((n, o), 0)
            ),
            key=lambda pair: (pair[0].arrives, pair[0].offer, pair[0].package),
        )
        # A node's pieces stand by their slope; those of one slope are put together before turns count.
        steps = {piece.slope: place for place, piece in reversed(list(enumerate(node.pieces)))}
        step_of = {
            place: step
            for piece, step in ((piece, steps[piece.slope]) for piece in node.pieces)
            for place in piece.lines
        }
        lines = sorted(
            (place for place, units in fulfilled.items() if units),
            key=lambda place: (step_of[place], _turn(canon, place)),
        )
        if not kind.counts_whole():
            bought += [BoughtUnits(lines[0], option, units) for option, units in chosen]
        for part in sorted(kind.parts) or [""]:
            if kind.counts_whole():
                needs = [(place, fulfilled[place] * kind.parts.get(part, 1)) for place in lines]
                bought += _dealt([pair for pair in chosen if pair[0].part == part], needs)
    return tuple(bought)


def within_piece(canon: Canon, piece: NodePiece, units: int, served: int) -> dict[int, int]:
    """Say how many units each line of a piece gets."""
    got = {}
    if piece.is_plain:
        for place in piece.lines:
            got[place] = min(units, canon.lines[place].quantity)
            units -= got[place]
        return got
    spare = units - piece.least * served
    for place in piece.lines[:served]:
        extra = min(spare, piece.most - piece.least)
        got[place] = piece.least + extra
        spare -= extra
    return got


def _dealt(chosen: Sequence[tuple[Option, int]], needs: Sequence[tuple[int, int]]) -> list[BoughtUnits]:
    """Deal units out to lines in the order of both."""
    dealt = []
    queue = list(chosen)
    at, left = 0, queue[0][1] if queue else 0
    for place, need in needs:
        while need:
            take = min(need, left)
            dealt.append(BoughtUnits(place, queue[at][0], take))
            need -= take
            left -= take
            if left == 0 and at + 1 < len(queue):
                at += 1
                left = queue[at][1]
    return dealt
