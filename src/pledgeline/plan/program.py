"""The mixed-integer model: its columns, what they mean, and how a solver's point is read as a choice.

All numbers a solver sees are scaled to its liking; the choice that comes back is integers, and is
checked in integers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor, inf

import numpy as np

from pledgeline.plan.aggregate import Choice, LineNode
from pledgeline.plan.canon import Canon, Option
from pledgeline.plan.pay import Spend
from pledgeline.plan.solver import Matrix, Vector

WIDE = 100
"""An integer with a range of at least this is left continuous where only a bound is wanted."""

Terms = list[tuple[int, float]]


@dataclass(slots=True)
class Builder:
    """Collects columns and rows."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def column(self, upper: float, *, lower: float = 0.0, integer: bool = True) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(integer)
        return len(self.lower) - 1

    def size(self) -> tuple[int, int]:
        """Give how many columns and rows there are, to come back to."""
        return len(self.lower), len(self.rows)

    def cut_back(self, size: tuple[int, int]) -> None:
        """Forget the columns and rows that came after `size`."""
        columns, rows = size
        del self.lower[columns:], self.upper[columns:], self.integer[columns:], self.rows[rows:]

    def row(self, terms: Terms, lower: float, upper: float) -> None:
        self.rows.append((terms, lower, upper))


def matrix_of(built: Builder, held: Sequence[tuple[Terms, float, float]] = ()) -> Matrix:
    """Give the arrays of what was built, with the rows in `held` added."""
    rows = [*built.rows, *held]
    lengths = [len(terms) for terms, _, _ in rows]
    return Matrix(
        col_lower=np.array(built.lower),
        col_upper=np.array(built.upper),
        is_integer=np.array(built.integer, dtype=np.bool_),
        row_lower=np.array([low for _, low, _ in rows], dtype=np.float64),
        row_upper=np.array([high for _, _, high in rows], dtype=np.float64),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        columns=np.array([column for terms, _, _ in rows for column, _ in terms], dtype=np.int32),
        values=np.array([value for terms, _, _ in rows for _, value in terms], dtype=np.float64),
    )


@dataclass(slots=True)
class Model:
    """The model and what its columns mean.

    `units` maps (node, option) and `taken` (node, piece) to columns; `served` maps a piece that is not
    plain to the column counting its lines; `complete` maps (node, day) to units complete on that day.
    `spend` says in which spend class an option's cost falls; `charged` maps (supplier, package) to the
    column that is 1 where the supplier's fixed charge is due; `used` maps a package of a least value to the
    column that counts how many of its bundle are used. Prices are counted in
    whole `coarse` minor units, and `slack` is what rows of money are let out by.
    """

    canon: Canon
    nodes: tuple[LineNode, ...]
    money_unit: int
    builder: Builder
    units: dict[tuple[int, int], int]
    taken: dict[tuple[int, int], int]
    served: dict[tuple[int, int], int]
    complete: dict[tuple[int, int], int]
    spend: dict[tuple[int, int], Spend]
    charged: dict[tuple[int, int], int]
    coarse: int = 1
    slack: float = 0.0
    used: dict[int, int] = field(default_factory=dict)

    def down(self, minor: int) -> float:
        """Write money for the solver, rounded down to what the model tells apart."""
        return minor // self.coarse * self.coarse / self.money_unit

    def up(self, minor: int) -> float:
        return -self.down(-minor)

    def matrix(
        self,
        *,
        relaxed: bool = False,
        bounds: Mapping[int, tuple[float, float]] | None = None,
        held: Sequence[tuple[Terms, float, float]] = (),
    ) -> Matrix:
        """Give the arrays, as they are or without any integrality.

        `bounds` sets those of columns and `held` adds rows, for this once.
        """
        found = matrix_of(self.builder, held)
        lower, upper, integer = found.col_lower, found.col_upper, found.is_integer
        for column, (low, high) in (bounds or {}).items():
            lower[column], upper[column] = low, high
        if relaxed:
            integer[:] = False
        return found

    def vector(self, terms: Terms) -> Vector:
        """Write an objective as one number for each column."""
        found = np.zeros(len(self.builder.lower))
        for column, value in terms:
            found[column] += value
        return found

    def option(self, key: tuple[int, int]) -> Option:
        """Give the option behind (node, option)."""
        return self.canon.kinds[self.nodes[key[0]].kind].options[key[1]]

    def later_as_one(self, tier: int, point: Vector) -> dict[int, tuple[float, float]]:
        """Let the plain pieces of each node after `tier` be one; give bounds for that, and move `point`.

        Means:   nothing in those tiers is worth anything yet, so which of the pieces has the units is all
                 the same: nothing is lost.
        """
        bounds: dict[int, tuple[float, float]] = {}
        for n, node in enumerate(self.nodes):
            columns = [self.taken[n, p] for p, piece in enumerate(node.pieces) if piece.is_plain]
            if node.tier <= tier or len(columns) < 2:
                continue
            bounds |= dict.fromkeys(columns, (0.0, 0.0))
            bounds[columns[0]] = (0.0, float(sum(piece.most for piece in node.pieces if piece.is_plain)))
            units = float(point[columns].sum())
            point[columns] = 0.0
            point[columns[0]] = units
        return bounds

    def cut_off(self, values: Mapping[tuple[int, int], int], *, only_down: bool) -> None:
        """Forbid a choice of units that integers do not allow.

        Means:   one of the named columns must change; with `only_down` one must shrink, which is right
                 where buying more of the same cannot help either.
        """
        built = self.builder
        switches: Terms = []
        for key, value in values.items():
            column = self.units[key]
            upper = built.upper[column]
            if value > 0:
                switch = built.column(1.0)
                built.row([(column, 1.0), (switch, upper - value + 1)], -inf, upper)
                switches.append((switch, 1.0))
            if not only_down and value < upper:
                switch = built.column(1.0)
                built.row([(column, 1.0), (switch, -(value + 1.0))], 0.0, inf)
                switches.append((switch, 1.0))
        built.row(switches, 1.0, inf)

    def choice(self, point: Vector) -> Choice:
        """Read a point as integers. Units decide; what the pieces get follows from them."""
        units = {key: number for key, column in self.units.items() if (number := round(float(point[column])))}
        by_node: dict[int, list[tuple[Option, int]]] = defaultdict(list)
        for (n, o), number in units.items():
            by_node[n].append((self.option((n, o)), number))
        pieces: dict[tuple[int, int], tuple[int, int]] = {}
        for n, bought in by_node.items():
            node = self.nodes[n]
            left = complete_units(self.canon.kinds[node.kind].parts, bought)
            for p, piece in enumerate(node.pieces):
                if not piece.is_plain:
                    got = round(float(point[self.taken[n, p]])) * piece.step
                    pieces[n, p] = (got, round(float(point[self.served[n, p]])))
                    left -= got
            for p, piece in enumerate(node.pieces):
                if piece.is_plain:
                    pieces[n, p] = (min(left, piece.most), 0)
                    left -= pieces[n, p][0]
            if left:
                pieces[n, len(node.pieces)] = (left, 0)
        return Choice(units, pieces)

    def point(self, choice: Choice, like: Vector | None) -> Vector:
        """Write a choice as a point to start from. What it does not say is taken from `like`, or left open.

        Means:   NaN is open: a solver fills it in.
        """
        point = np.full(len(self.builder.lower), np.nan)
        if like is not None:
            point[: len(like)] = like
        for key, column in self.units.items():
            point[column] = choice.units.get(key, 0)
        for (n, p), column in self.taken.items():
            piece = self.nodes[n].pieces[p]
            got, served = choice.pieces.get((n, p), (0, 0))
            point[column] = got if piece.is_plain else got // piece.step
            if not piece.is_plain:
                point[self.served[n, p]] = served
        return point


def complete_units(parts: Mapping[str, int], bought: Iterable[tuple[Option, int]]) -> int:
    """Count what units make: whole kits, or units of the line's item with a last fraction cut off."""
    if parts:
        have: dict[str, int] = defaultdict(int)
        for option, units in bought:
            have[option.part] += units
        return min(have[part] // count for part, count in parts.items())
    return floor(sum((option.counts * units for option, units in bought), Fraction(0)))
