"""The plan from the top down: each line in turn takes what stock and money are left.

It is how such plans are made by hand, and the yardstick for the engine. It is also what a user gets,
plainly marked, when no solver can be had. Kits, substitutes, suppliers with a fixed charge and givers with
terms of their own are left out: from the top down nobody can know how they end.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from pledgeline.plan.aggregate import Choice, LineNode, within_piece
from pledgeline.plan.canon import Canon, LineKind, Option
from pledgeline.plan.model import Line


def waterfall(
    canon: Canon, nodes: Sequence[LineNode], order: Callable[[Line], float] | None = None
) -> Choice:
    """Serve the lines by priority, `order` and id with the cheapest offer first; drop what breaks terms.

    Means:   `order` is the day by which a line is needed unless told otherwise.
    """
    return _Cellar(canon, nodes).pour(order or _need)


def topped_up(canon: Canon, nodes: Sequence[LineNode], given: Choice, paid: Sequence[int]) -> Choice:
    """Serve from the top down, on top of what is `given`, the lines that it leaves open.

    Means:   what is given stays; `paid` is what it takes from each group. For a search that was stopped:
             tiers that it had not come to get what is left.
    """
    cellar = _Cellar(canon, nodes)
    cellar.take_out(given, paid)
    more = cellar.pour(_need)
    units, pieces = dict(given.units), dict(given.pieces)
    for key, number in more.units.items():
        units[key] = units.get(key, 0) + number
    for piece, (got, served) in more.pieces.items():
        before = pieces.get(piece, (0, 0))
        pieces[piece] = (before[0] + got, before[1] + served)
    return Choice(units, pieces)


class _Cellar:
    """What is left of stock and money while lines are served."""

    def __init__(self, canon: Canon, nodes: Sequence[LineNode]) -> None:
        self.canon, self.nodes = canon, nodes
        self.place = {
            line: (n, p)
            for n, node in enumerate(nodes)
            for p, piece in enumerate(node.pieces)
            for line in piece.lines
        }
        self.stock: list[int | None] = [offer.available for offer in canon.offers]
        self.money: list[int | None] = [
            0 if group.whole_package_only or group.max_share is not None else group.total
            for group in canon.groups
        ]
        self.payers = {
            option.payers: [g for g in range(len(self.money)) if option.payers >> g & 1]
            for kind in canon.kinds
            for option in kind.options
        }
        self.by_price = [
            sorted(range(len(kind.options)), key=lambda o: (kind.options[o].price, o)) for kind in canon.kinds
        ]
        self.capacity: list[int | None] = [supplier.capacity for supplier in canon.suppliers]
        windows = [bundle.window() for bundle in canon.bundles]
        self.room: list[int | None] = [
            None if window is None else window[1] * bundle.copies
            for window, bundle in zip(windows, canon.bundles, strict=True)
        ]
        self.is_simple = [not kind.parts and kind.counts_whole() for kind in canon.kinds]
        self.undo: list[tuple[list[int | None], int, int | None]] = []
        self.lines_in: dict[int, set[int]] = defaultdict(set)
        self.bought: dict[int, dict[int, int]] = {}
        self.wanted = {
            line: canon.lines[line].quantity if nodes[n].pieces[p].is_plain else nodes[n].pieces[p].most
            for line, (n, p) in self.place.items()
        }
        self.ordered: dict[tuple[int, int], int] = defaultdict(int)
        self.cost: dict[int, int] = defaultdict(int)

    def take_out(self, given: Choice, paid: Sequence[int]) -> None:
        """Begin with what an earlier choice leaves: of stock, of money, of room in packages, of wants."""
        for g, minor in enumerate(paid):
            self.money[g] = max(0, (self.money[g] or 0) - minor)
        for (n, o), units in given.units.items():
            option = self.canon.kinds[self.nodes[n].kind].options[o]
            supplier = self.canon.seller[option.offer]
            self.stock[option.offer] = _less(self.stock[option.offer], units)
            if supplier >= 0:
                self.capacity[supplier] = _less(self.capacity[supplier], units)
            self.room[option.package] = _less(self.room[option.package], units * option.price)
            self.ordered[option.offer, option.package] += units
            self.cost[option.package] += units * option.price
            if self.canon.bundles[option.package].max_lines is not None and units:
                self.lines_in[option.package] |= {
                    line for piece in self.nodes[n].pieces for line in piece.lines
                }
        for (n, p), (units, served) in given.pieces.items():
            for line, got in within_piece(self.canon, self.nodes[n].pieces[p], units, served).items():
                is_plain = self.nodes[n].pieces[p].is_plain
                self.wanted[line] -= got if is_plain or not got else self.wanted[line]

    def pour(self, order: Callable[[Line], float]) -> Choice:
        turns = sorted(
            self.place,
            key=lambda line: (
                self.canon.lines[line].priority,
                order(self.canon.lines[line]),
                self.canon.lines[line].id,
            ),
        )
        for line in turns:
            self._serve(line)
        self._tidy()
        return self._choice()

    def _serve(self, line: int) -> None:
        n, p = self.place[line]
        kind, piece = self.canon.kinds[self.nodes[n].kind], self.nodes[n].pieces[p]
        if not self.is_simple[self.nodes[n].kind]:
            return
        wanted = self.wanted[line]
        if not wanted:
            return
        step = max(piece.step, 1)
        self.undo.clear()
        got: dict[int, int] = {}
        for o in self.by_price[self.nodes[n].kind]:
            if wanted:
                units = self._take(kind.options[o], wanted, line)
                if units:
                    got[o] = units
                    wanted -= units
        total = sum(got.values())
        if not piece.is_plain and (total < piece.least or total % step):
            for amounts, place, before in reversed(self.undo):
                amounts[place] = before
            return
        if got:
            self.bought[line] = got
            for o in got:
                self.lines_in[kind.options[o].package].add(line)

    def _take(self, option: Option, wanted: int, line: int) -> int:
        """Take as many units as stock, the package's line count and value, and money allow."""
        most_lines = self.canon.bundles[option.package].max_lines
        if most_lines is not None:
            there = self.lines_in[option.package]
            if line not in there and len(there) >= most_lines:
                return 0
        if (self.canon.seller[option.offer], option.package) in self.canon.charge_payers:
            return 0
        units = wanted
        stock = self.stock[option.offer]
        if stock is not None:
            units = min(units, stock)
        supplier = self.canon.seller[option.offer]
        capacity = self.capacity[supplier] if supplier >= 0 else None
        if capacity is not None:
            units = min(units, capacity)
        if option.price and units:
            room = self.room[option.package]
            if room is not None:
                units = min(units, room // option.price)
            units = self._pay(option, units)
            if room is not None:
                self._set(self.room, option.package, room - units * option.price)
        if stock is not None:
            self._set(self.stock, option.offer, stock - units)
        if capacity is not None:
            self._set(self.capacity, supplier, capacity - units)
        return units

    def _set(self, amounts: list[int | None], place: int, left: int) -> None:
        """Note what is left, and what was before: a line that does not get enough gives all back."""
        self.undo.append((amounts, place, amounts[place]))
        amounts[place] = left

    def _pay(self, option: Option, units: int) -> int:
        """Pay as many of the units as the money that may pay for them reaches, the most restricted first."""
        payers = self.payers[option.payers]
        owed = units * option.price
        left = 0
        for g in payers:
            left += self.money[g] or 0
            if left >= owed:
                break
        units = min(units, left // option.price)
        owed = units * option.price
        for g in payers:
            if not owed:
                break
            money = self.money[g] or 0
            if money:
                paid = min(owed, money)
                self._set(self.money, g, money - paid)
                owed -= paid
        return units

    def _tidy(self) -> None:
        """Give back, the last line first, what breaks lots, minimum orders or a package's value window."""
        pools: dict[tuple[int, int], dict[tuple[int, int], int]] = defaultdict(dict)
        for line, got in self.bought.items():
            for o, units in got.items():
                option = self._kind(line).options[o]
                pools[option.offer, option.package][line, o] = units
        queue = sorted(pools)
        while queue:
            o, p = queue.pop()
            there, offer = pools[o, p], self.canon.offers[o]
            total = sum(there.values())
            excess = total if total + self.ordered[o, p] < offer.min_order else total % offer.lot
            if excess:
                queue += [pool for pool in self._give_back(there, excess, pools) if pool not in queue]
        cost = self.cost.copy()
        for (o, p), there in pools.items():
            cost[p] += self.canon.offers[o].unit_price_minor * sum(there.values())
        for p, bundle in enumerate(self.canon.bundles):
            if any(there for pool, there in pools.items() if pool[1] == p) and not bundle.fillings(cost[p]):
                self.bought = {
                    line: got
                    for line, got in self.bought.items()
                    if all(self._kind(line).options[o].package != p for o in got)
                }
                self._tidy()
                return

    def _give_back(
        self,
        there: dict[tuple[int, int], int],
        excess: int,
        pools: dict[tuple[int, int], dict[tuple[int, int], int]],
    ) -> list[tuple[int, int]]:
        """Take `excess` units out of one pool; say which pools changed."""
        changed = [next(pool for pool, others in pools.items() if others is there)]
        for line, o in reversed(list(there)):
            if excess <= 0:
                break
            n, p = self.place[line]
            if self.nodes[n].pieces[p].is_plain:
                back = min(excess, there[line, o])
                self.bought[line][o] -= back
                there[line, o] -= back
                if not there[line, o]:
                    del there[line, o], self.bought[line][o]
                excess -= back
                continue
            excess -= there[line, o]
            for other in self.bought.pop(line):
                option = self._kind(line).options[other]
                del pools[option.offer, option.package][line, other]
                changed.append((option.offer, option.package))
        return changed

    def _kind(self, line: int) -> LineKind:
        return self.canon.kinds[self.nodes[self.place[line][0]].kind]

    def _choice(self) -> Choice:
        units: dict[tuple[int, int], int] = defaultdict(int)
        pieces: dict[tuple[int, int], tuple[int, int]] = {}
        for line, got in self.bought.items():
            if not got:
                continue
            n, p = self.place[line]
            total, served = pieces.get((n, p), (0, 0))
            pieces[n, p] = (total + sum(got.values()), served + 1)
            for o, number in got.items():
                units[n, o] += number
        return Choice(dict(units), pieces)


def _less(amount: int | None, taken: int) -> int | None:
    return None if amount is None else max(0, amount - taken)


def _need(line: Line) -> float:
    return float("inf") if line.need_by is None else line.need_by
