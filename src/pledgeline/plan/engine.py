"""The planner: tier by tier, each proven or bounded, and no plan leaves that integers have not checked.

The order of the work is the order of the objectives: first what tier 1 can have at most, then with that
held what tier 2 can have, and so on; then early delivery, then cost, then a fixed rule for ties. A small
problem keeps each line apart and holds every value exactly. A large one is aggregated; there a tier's
lines are held as they were chosen, which is fast, and where asked a second pass holds values instead.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf, isfinite, lcm
from typing import Protocol

import numpy as np

from pledgeline.plan.aggregate import Bought, Choice, Node, aggregate, split
from pledgeline.plan.canon import Canon, Option, canonical
from pledgeline.plan.digest import digest_of
from pledgeline.plan.formulate import Model, Terms, complete_units, formulate
from pledgeline.plan.measure import measure
from pledgeline.plan.model import Payment, Plan, Problem, Purchase, Score, Standing
from pledgeline.plan.pay import Settlement, Shortfall, Spend, settle, shared, spend_of
from pledgeline.plan.plain import TooManyPlans, solve_plainly
from pledgeline.plan.solver import HighsSolver, Limits, Matrix, Raw, Solver, Status, Vector
from pledgeline.plan.waterfall import waterfall

_SMALL_LINES = 60
_SMALL_OPTIONS = 3_000
_EXACT_IN_FLOAT = 10**12
"""Amounts up to here leave a solver's arithmetic enough digits to tell one minor unit from none."""

_PLANS_TO_TRY = 200_000
_MOST_CUTS = 200
_BOX = 8
_PROVE_GAP = 1e-6
_PROVE_NODES = 2_000
_FAST_NODES = 200
_FAST_GAP = 1e-4
_DIGITS = 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How to plan. `prove` looks until each value is proven; `fast` takes what the boxed model gives."""

    mode: str = "prove"

    def said(self) -> dict[str, str]:
        return {"mode": self.mode, "score": "share", "later": "share-days, cost", "payment": "most restricted first"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """What was promised: units by line. A new plan changes as little of it as it can, before all else."""

    promised: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a plan stands: what is being settled, the best value so far, and its bound."""

    step: str
    place: int
    of: int
    value: Fraction | None
    bound: float | None


class Watch(Protocol):
    """Whoever waits for a plan: has the clock, may stop the work, is told how far it is."""

    def begin(self, step: str, share: Fraction) -> None:
        """Note that a step begins which may take `share` of the time that is left."""

    def should_stop(self) -> bool:
        """Say whether the step should end now with what it has."""

    def tell(self, progress: Progress) -> None:
        """Hear how far the work is."""


class Patience:
    """A watch that never stops anything."""

    def begin(self, step: str, share: Fraction) -> None: ...

    def should_stop(self) -> bool:
        return False

    def tell(self, progress: Progress) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TierBound:
    """What a tier can have at most once the tiers before it have all they can."""

    tier: int
    bound: float


@dataclass(frozen=True, slots=True)
class _Objective:
    """One thing to optimise: columns with their exact worth, and the exact value of a choice."""

    name: str
    maximise: bool
    worth: tuple[tuple[int, Fraction], ...]
    value: Callable[[Choice], Fraction]

    def gain(self, choice: Choice) -> Fraction:
        """Give the value so that more is better."""
        return self.value(choice) if self.maximise else -self.value(choice)


@dataclass(frozen=True, slots=True)
class _Held:
    """An objective that is settled: its value may not get worse."""

    objective: _Objective
    value: Fraction
    bound: float
    is_proven: bool


def plan(
    problem: Problem,
    policy: Policy = Policy(),
    limits: Limits = Limits(),
    *,
    solver: Solver | None = None,
    start: Plan | None = None,
    keep: Keep | None = None,
    watch: Watch | None = None,
) -> Plan:
    """Plan a problem that `validate` has no errors for.

    Means:   the plan is checked in integers. Each score says whether it is proven; `start` and a
             smaller budget change how soon, never what is allowed.
    """
    watch = watch or Patience()
    canon = canonical(problem)
    notes: list[str] = []
    if solver is None:
        try:
            solver = HighsSolver()
        except ImportError:
            notes.append("No solver is installed: this plan was made from the top down and is not bounded.")
    small = _is_small(canon)
    by_line = small or any(package.max_lines is not None for package in canon.packages) or keep is not None
    search = _Search(canon, aggregate(canon, by_line=by_line), solver, policy, limits, watch, notes)
    if start is not None:
        search.begin_with(start.purchases)
    if solver is not None:
        search.run(keep, holds_values=small)
        if small:
            search.settle_ties()
    made = search.finish(digest_of(problem))
    ordinary = keep is None and not any(line.excused for line in problem.lines)
    if small and ordinary and solver is not None and _largest_amount(canon) > _EXACT_IN_FLOAT:
        made = _tried_out(canon, made)
    return made


def bound(problem: Problem, solver: Solver | None = None) -> tuple[TierBound, ...]:
    """Say at once what each tier can have at most, whole units and orders left aside."""
    canon = canonical(problem)
    search = _Search(
        canon, aggregate(canon, by_line=False), solver or HighsSolver(), Policy(), Limits(), Patience(), []
    )
    return search.relaxation()


def _is_small(canon: Canon) -> bool:
    options = sum(len(canon.kinds[kind].options) for kind in canon.kind_of)
    return len(canon.lines) <= _SMALL_LINES and options <= _SMALL_OPTIONS


def _largest_amount(canon: Canon) -> int:
    return max(
        [group.total for group in canon.groups] + [offer.unit_price_minor for offer in canon.offers], default=0
    )


class _Search:
    """The state of one planning run: the model, what is settled, and the best checked choice so far."""

    def __init__(
        self,
        canon: Canon,
        nodes: tuple[Node, ...],
        solver: Solver | None,
        policy: Policy,
        limits: Limits,
        watch: Watch,
        notes: list[str],
    ) -> None:
        self.canon, self.nodes, self.solver = canon, nodes, solver
        self.policy, self.limits, self.watch, self.notes = policy, limits, watch, notes
        self.model = formulate(canon, nodes)
        self.best = Choice({}, {})
        self.like: Vector | None = None
        self.held: list[_Held] = []
        self.rows: list[tuple[Terms, float, float]] = []
        self.fixed: dict[int, tuple[float, float]] = {}
        self.holds_values = True
        self.interrupted = self.broken = False
        first = waterfall(canon, nodes)
        if self._fault(first) is None:
            self.best = first

    # ---- the order of the work ----

    def run(self, keep: Keep | None, *, holds_values: bool) -> None:
        """Settle one objective after another."""
        self.holds_values = holds_values
        objectives = self._objectives(keep)
        for place, objective in enumerate(objectives):
            self.watch.begin(objective.name, Fraction(1, len(objectives) - place))
            if objective.name == "share-days":
                objective = self._share_days()
            held = self._settle(objective, place, len(objectives))
            self.held.append(held)
            self._hold(held)

    def relaxation(self) -> tuple[TierBound, ...]:
        """Settle the tiers without integrality: a bound for each, in the time of reading a file."""
        found = []
        reached: list[tuple[Vector, float]] = []
        for t, tier in enumerate(self.canon.tiers):
            objective = self._tier(t)
            vector, scale = self._scaled(objective)
            # About 1,000 in all: HiGHS gives up on some relaxations whose objective runs into the millions.
            most = sum(vector[column] * self.model.builder.upper[column] for column in np.flatnonzero(vector))
            about = max(1.0, float(most) / 1000)
            vector, scale = vector / about, scale / about
            value = self._relaxed_value(vector, reached)
            found.append(TierBound(tier=tier, bound=value / scale))
            if isfinite(value):
                reached.append((vector, value))
        return tuple(found)

    def _relaxed_value(self, vector: Vector, reached: Sequence[tuple[Vector, float]]) -> float:
        """Maximise without integrality while earlier tiers keep what they reached, as nearly as can be."""
        assert self.solver is not None
        for slack in (1e-6, 1e-4):
            rows = [(_terms(earlier), value - slack * max(1.0, value), inf) for earlier, value in reached]
            raw = self.solver.solve(
                self.model.matrix(relaxed=True, held=rows),
                vector,
                maximise=True,
                start=None,
                limits=Limits(),
                gap=0.0,
                stop=self.watch.should_stop,
            )
            if isfinite(raw.bound):
                return raw.bound
        return inf

    def _objectives(self, keep: Keep | None) -> list[_Objective]:
        found = [self._tier(t) for t in range(len(self.canon.tiers))]
        if keep is not None:
            found.insert(0, self._kept(keep))
        return [*found, self._share_days(), self._cost()]

    # ---- objectives ----

    def _tier(self, t: int) -> _Objective:
        worth = {}
        slopes = {}
        for (n, p), column in self.model.taken.items():
            if self.nodes[n].tier == t:
                piece = self.nodes[n].pieces[p]
                slopes[n, p] = piece.slope
                worth[column] = piece.slope * (1 if piece.is_plain else piece.step)
        return _Objective(
            f"tier {self.canon.tiers[t]}",
            True,
            tuple(worth.items()),
            lambda choice: sum(
                (slopes[key] * got for key, (got, _) in choice.pieces.items() if key in slopes), Fraction(0)
            ),
        )

    def _kept(self, keep: Keep) -> _Objective:
        """Make the objective of a replan: as much of what was promised as can be."""
        built = self.model.builder
        worth, promised = [], {}
        for (n, p), column in self.model.taken.items():
            piece = self.nodes[n].pieces[p]
            units = keep.promised.get(self.canon.lines[piece.lines[0]].id, 0)
            if units > 0:
                kept = built.column(float(units), integer=False)
                step = 1 if piece.is_plain else piece.step
                built.row([(column, float(step)), (kept, -1.0)], 0.0, inf)
                worth.append((kept, piece.slope))
                promised[n, p] = (units, piece.slope)
        return _Objective(
            "kept",
            True,
            tuple(worth),
            lambda choice: sum(
                (
                    slope * min(units, choice.pieces.get(key, (0, 0))[0])
                    for key, (units, slope) in promised.items()
                ),
                Fraction(0),
            ),
        )

    def _share_days(self) -> _Objective:
        """Weigh arrival days. A merged node weighs them with the average worth of the units it was given."""
        worth: list[tuple[int, Fraction]] = []
        slope = {n: self._slope(n) for n in range(len(self.nodes))}
        by_day = {n for n, _ in self.model.complete}
        for (n, day), column in self.model.complete.items():
            worth.append((column, slope[n] * day))
        for (n, o), column in self.model.units.items():
            if n not in by_day:
                worth.append((column, slope[n] * self.model.option((n, o)).arrives))
        return _Objective("share-days", False, tuple(worth), lambda choice: self._days(choice, slope))

    def _slope(self, n: int) -> Fraction:
        pieces = self.nodes[n].pieces
        got = [self.best.pieces.get((n, p), (0, 0))[0] for p in range(len(pieces))]
        if len(pieces) == 1 or not any(got):
            return pieces[0].slope if pieces else Fraction(0)
        total = sum((piece.slope * units for piece, units in zip(pieces, got, strict=True)), Fraction(0))
        return (total / sum(got)).limit_denominator(10**6)

    def _days(self, choice: Choice, slope: Mapping[int, Fraction]) -> Fraction:
        bought: dict[int, list[tuple[Option, int]]] = defaultdict(list)
        for key, units in choice.units.items():
            bought[key[0]].append((self.model.option(key), units))
        total = Fraction(0)
        for n, options in bought.items():
            parts = self.canon.kinds[self.nodes[n].kind].parts
            before = 0
            for day in sorted({option.arrives for option, _ in options}):
                complete = complete_units(parts, [one for one in options if one[0].arrives <= day])
                total += slope[n] * day * (complete - before)
                before = complete
        return total

    def _cost(self) -> _Objective:
        price = {key: self.model.option(key).price for key in self.model.units}
        return _Objective(
            "cost",
            False,
            tuple((column, Fraction(price[key])) for key, column in self.model.units.items() if price[key]),
            lambda choice: Fraction(sum(price[key] * units for key, units in choice.units.items())),
        )

    # ---- settling one objective ----

    def _settle(self, objective: _Objective, place: int, of: int) -> _Held:
        vector, scale = self._scaled(objective)
        raw_bound = inf if objective.maximise else -inf
        if not objective.worth or self.watch_is_over():
            raw_bound = 0.0 if not objective.worth else raw_bound
        else:
            raw_bound = self._improve(objective, vector)
        value = objective.value(self.best)
        best = raw_bound / scale
        held = _Held(objective, value, best, self._is_closed(value, best, objective))
        self.watch.tell(Progress(step=objective.name, place=place, of=of, value=value, bound=best))
        return held

    def watch_is_over(self) -> bool:
        """Say whether even a new step is stopped at once."""
        over = self.watch.should_stop()
        self.interrupted = self.interrupted or over
        return over or self.broken

    def _is_closed(self, value: Fraction, best: float, objective: _Objective) -> bool:
        """Say whether no value can lie between what is reached and the bound."""
        if not isfinite(best):
            return False
        away = (best - float(value)) if objective.maximise else (float(value) - best)
        step = 0.999 / _common(objective) if _common(objective) <= 10**8 else 0.0
        return away < max(step, 1e-9 * max(1.0, abs(best)))

    def _improve(self, objective: _Objective, vector: Vector) -> float:
        """Look for something better until the solver's answer stands in integers; give its bound."""
        worst = inf if objective.maximise else -inf
        best_bound = worst
        for _ in range(_MOST_CUTS):
            raw = self._ask(objective, vector)
            if isfinite(raw.bound):
                best_bound = raw.bound
            self.interrupted = self.interrupted or (raw.cut_short and self.watch.should_stop())
            if raw.x is None:
                if raw.status is Status.FAILED and not raw.cut_short:
                    self.notes.append(f"The solver failed at {objective.name}; the best plan before it is kept.")
                break
            choice = self.model.choice(raw.x)
            fault = self._fault(choice)
            if fault is None:
                self._adopt(objective, choice, raw.x)
                break
            self._cut(choice, fault)
            if raw.cut_short:
                break
        else:
            self.notes.append(f"At {objective.name} the solver kept on offering plans that integers refuse.")
        return best_bound

    def _ask(self, objective: _Objective, vector: Vector) -> Raw:
        if self.holds_values:
            return self._solve(self.model.matrix(bounds=self.fixed, held=self.rows), vector, objective, 0.0)
        return self._ask_boxed(objective, vector)

    def _ask_boxed(self, objective: _Objective, vector: Vector) -> Raw:
        """Bound the model with wide integers let go, then decide all integers in a box around that point.

        To prove, all integers are decided once more without the box, from the point found in it.
        """
        proves = self.policy.mode == "prove"
        matrix = self.model.matrix(bounds=self.fixed, held=self.rows)
        loose_matrix = self.model.matrix(wide_is_continuous=True, bounds=self.fixed, held=self.rows)
        start = self.model.point(self.best, self.like)
        loose = self._solve(loose_matrix, vector, objective, _PROVE_GAP if proves else _FAST_GAP, start)
        if loose.x is None:
            return loose
        wide = np.flatnonzero(matrix.is_integer & ~loose_matrix.is_integer)
        lower, upper = matrix.col_lower.copy(), matrix.col_upper.copy()
        held = np.where(np.isnan(start[wide]), loose.x[wide], start[wide])
        lower[wide] = np.maximum(lower[wide], np.minimum(np.floor(loose.x[wide]) - _BOX, held))
        upper[wide] = np.minimum(upper[wide], np.maximum(np.ceil(loose.x[wide]) + _BOX, held))
        boxed_matrix = replace(matrix, col_lower=lower, col_upper=upper)
        boxed = self._solve(boxed_matrix, vector, objective, _FAST_GAP, start)
        if not proves or boxed.x is None or loose.cut_short:
            return replace(boxed, bound=loose.bound)
        if abs(loose.bound - float(vector @ boxed.x)) <= _PROVE_GAP * abs(loose.bound):
            return replace(boxed, bound=loose.bound)
        whole = self._solve(matrix, vector, objective, _PROVE_GAP, boxed.x)
        better = min if objective.maximise else max
        return replace(whole if whole.x is not None else boxed, bound=better(whole.bound, loose.bound))

    def _solve(
        self, matrix: Matrix, vector: Vector, objective: _Objective, gap: float, start: Vector | None = None
    ) -> Raw:
        assert self.solver is not None
        failed = Raw(status=Status.FAILED, x=None, bound=inf if objective.maximise else -inf)
        try:
            return self.solver.solve(
                matrix,
                vector,
                maximise=objective.maximise,
                start=self.model.point(self.best, self.like) if start is None else start,
                limits=self._within(),
                gap=gap,
                stop=self.watch.should_stop,
            )
        except Exception as error:  # a foreign engine may raise anything; a plan is owed all the same
            self.broken = True
            self.notes.append(f"The solver broke at {objective.name}: {error}")
            return failed

    def _within(self) -> Limits:
        """Give the limits of one question to the solver: nodes, so that a run can be repeated."""
        if self.limits.nodes is not None or self.holds_values:
            return self.limits
        return replace(self.limits, nodes=_PROVE_NODES if self.policy.mode == "prove" else _FAST_NODES)

    def _scaled(self, objective: _Objective) -> tuple[Vector, float]:
        """Write an objective for the solver: in whole numbers where they stay small, else about one."""
        common = _common(objective)
        most = max((abs(worth) for _, worth in objective.worth), default=Fraction(1))
        scale = float(common) if common * most <= 10**6 else float(1000 / most) if most else 1.0
        return self.model.vector([(column, float(worth) * scale) for column, worth in objective.worth]), scale

    def _adopt(self, objective: _Objective, choice: Choice, point: Vector) -> None:
        """Take a choice that is better, and nowhere worse before."""
        earlier = [held.objective.gain(choice) - held.objective.gain(self.best) for held in self.held]
        if [*earlier, objective.gain(choice) - objective.gain(self.best)] >= [Fraction(0)] * (len(earlier) + 1):
            self.best = choice
            self.like = point

    def _hold(self, held: _Held) -> None:
        """Hold a value by a row, or a tier by what its lines were given."""
        objective = held.objective
        if not objective.worth:
            return
        if not self.holds_values and objective.name.startswith("tier "):
            self._fix_tier(objective)
            return
        vector, scale = self._scaled(objective)
        target = float(held.value) * scale
        slack = 0.4 if scale == _common(objective) else 1e-9 * max(1.0, abs(target))
        bounds = (target - slack, inf) if objective.maximise else (-inf, target + slack)
        self.rows.append((_terms(vector), *bounds))

    def _fix_tier(self, objective: _Objective) -> None:
        columns = {column for column, _ in objective.worth}
        for key, column in self.model.taken.items():
            if column in columns:
                piece = self.nodes[key[0]].pieces[key[1]]
                got, served = self.best.pieces.get(key, (0, 0))
                value = float(got if piece.is_plain else got // piece.step)
                self.fixed[column] = (value, value)
                if not piece.is_plain:
                    self.fixed[self.model.served[key]] = (float(served), float(served))

    # ---- what integers say ----

    def _fault(self, choice: Choice) -> Shortfall | str | None:
        """Say why a choice cannot be carried out; None when it can."""
        return _terms_broken(self.model, choice) or _not_paid(self.canon, self._spent(choice))

    def _spent(self, choice: Choice) -> dict[Spend, int]:
        costs: dict[Spend, int] = defaultdict(int)
        for key, units in choice.units.items():
            option = self.model.option(key)
            if option.price:
                costs[self.model.spend[key]] += option.price * units
        return costs

    def _cut(self, choice: Choice, fault: Shortfall | str) -> None:
        """Forbid this choice: after a plain shortfall also all that buy as much of the same or more."""
        if isinstance(fault, Shortfall) and not fault.by_terms:
            units = {
                key: units
                for key, units in choice.units.items()
                if self.model.option(key).price and self.model.spend[key] in fault.classes
            }
            self.model.cut_off(units, only_down=True)
        else:
            self.model.cut_off(
                {key: choice.units.get(key, 0) for key in self.model.units}, only_down=False
            )

    # ---- ties, small problems only ----

    def settle_ties(self) -> None:
        """Among equal plans take the one the rule names: more for earlier lines, then the smallest list."""
        if self.interrupted or self.broken:
            return
        self.watch.begin("ties", Fraction(1))
        node_of = {piece.lines[0]: n for n, node in enumerate(self.nodes) for piece in node.pieces}
        self._raise_in_turn([self._line_item(node_of[place]) for place in sorted(node_of)])
        triples: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
        for key, column in self.model.units.items():
            line = self.canon.lines[self._line_of(key[0])].id if self.nodes[key[0]].pieces else ""
            if line and self.best.pieces.get((key[0], 0), (0, 0))[0]:
                option = self.model.option(key)
                offer, package = self.canon.offers[option.offer], self.canon.packages[option.package]
                triples[line, offer.id, package.id].append(key)
            else:
                self.fixed[column] = (0.0, 0.0)
        items = [self._triple_item(keys) for _, keys in sorted(triples.items())]
        if all(self.canon.kinds[node.kind].counts_whole() for node in self.nodes):
            self._raise_in_turn(items)
            return
        for place, item in enumerate(items):
            if self._is_nothing_left(items[place:]):
                return
            self._raise_in_turn([item])

    def _line_of(self, n: int) -> int:
        return self.nodes[n].pieces[0].lines[0]

    def _line_item(self, n: int) -> "_Item":
        piece = self.nodes[n].pieces[0]
        step = 1 if piece.is_plain else piece.step
        return _Item(
            ((self.model.taken[n, 0], step),),
            lambda choice: choice.pieces.get((n, 0), (0, 0))[0],
            piece.capacity,
        )

    def _triple_item(self, keys: Sequence[tuple[int, int]]) -> "_Item":
        return _Item(
            tuple((self.model.units[key], 1) for key in keys),
            lambda choice: sum(choice.units.get(key, 0) for key in keys),
            int(sum(self.model.builder.upper[self.model.units[key]] for key in keys)),
        )

    def _raise_in_turn(self, items: Sequence["_Item"]) -> None:
        """Make each item as large as it can be, the first first, many in one go where digits allow it."""
        batch: list[_Item] = []
        room = _DIGITS
        for item in [*items, None]:
            if item is not None and (item.top + 1) <= room:
                batch.append(item)
                room //= item.top + 1
                continue
            self._raise_together(batch)
            batch, room = ([item], _DIGITS // (item.top + 1)) if item is not None else ([], _DIGITS)

    def _raise_together(self, batch: Sequence["_Item"]) -> None:
        if any(item.value(self.best) < item.top for item in batch):
            weights = [1] * len(batch)
            for place in range(len(batch) - 2, -1, -1):
                weights[place] = weights[place + 1] * (batch[place + 1].top + 1)
            self._improve_quietly(batch, weights, maximise=True)
        for item in batch:
            value = float(item.value(self.best))
            self.rows.append(([(column, float(times)) for column, times in item.columns], value, value))

    def _improve_quietly(self, batch: Sequence["_Item"], weights: Sequence[int], *, maximise: bool) -> None:
        objective = _Objective(
            "ties",
            maximise,
            tuple(
                (column, Fraction(weight * times))
                for item, weight in zip(batch, weights, strict=True)
                for column, times in item.columns
            ),
            lambda choice: Fraction(
                sum(weight * item.value(choice) for item, weight in zip(batch, weights, strict=True))
            ),
        )
        self._improve(objective, self._scaled(objective)[0])

    def _is_nothing_left(self, items: Sequence["_Item"]) -> bool:
        """Say whether the list may end here: a shorter list comes first."""
        before = self.best, self.like
        self._improve_quietly(items, [1] * len(items), maximise=False)
        if all(item.value(self.best) == 0 for item in items):
            return True
        self.best, self.like = before
        return False

    # ---- the way in and the way out ----

    def begin_with(self, purchases: Sequence[Purchase]) -> None:
        """Begin with an earlier plan, as far as it still fits."""
        place_of = {line.id: place for place, line in enumerate(self.canon.lines)}
        piece_of = {
            line: (n, p)
            for n, node in enumerate(self.nodes)
            for p, piece in enumerate(node.pieces)
            for line in piece.lines
        }
        units: dict[tuple[int, int], int] = defaultdict(int)
        by_line: dict[int, list[tuple[Option, int]]] = defaultdict(list)
        for purchase in purchases:
            place = place_of.get(purchase.line)
            if place not in piece_of:
                return
            n, _ = piece_of[place]
            for o, option in enumerate(self.canon.kinds[self.nodes[n].kind].options):
                offer, package = self.canon.offers[option.offer], self.canon.packages[option.package]
                if (offer.id, package.id) == (purchase.offer, purchase.package) and option.pooled:
                    units[n, o] += purchase.units
                    by_line[place].append((option, purchase.units))
                    break
            else:
                return
        pieces: dict[tuple[int, int], tuple[int, int]] = {}
        for place, bought in by_line.items():
            n, p = piece_of[place]
            got, served = pieces.get((n, p), (0, 0))
            more = complete_units(self.canon.kinds[self.nodes[n].kind].parts, bought)
            pieces[n, p] = (got + more, served + 1)
        choice = Choice(dict(units), pieces)
        if any(key not in self.model.units for key in units) or self._fault(choice) is not None:
            return
        tiers = [self._tier(t) for t in range(len(self.canon.tiers))]
        if [tier.value(choice) for tier in tiers] > [tier.value(self.best) for tier in tiers]:
            self.best = choice

    def finish(self, digest: str) -> Plan:
        """Split the best choice to lines, pay it, and say how good it is."""
        canon = self.canon
        bought = split(canon, self.nodes, self.best)
        settlement = settle(canon, self._spent(self.best))
        assert isinstance(settlement, Settlement)
        purchases = _purchases(canon, bought)
        found = measure(canon.problem, purchases)
        values = {f"tier {tier}": value for tier, value in found.tier_scores.items()}
        values |= {"share-days": found.share_days, "cost": Fraction(found.cost_minor)}
        return Plan(
            purchases=purchases,
            payments=_payments(canon, bought, settlement),
            scores=self._scores(values),
            fulfilled=found.fulfilled,
            cost_minor=found.cost_minor,
            paid_minor=dict(sorted(shared(canon, settlement).items())),
            input_digest=digest,
            policy=self.policy.said(),
            solver=self.solver.name if self.solver is not None else "none",
            budget="no limit" if self.limits.nodes is None else f"{self.limits.nodes} nodes a step",
            interrupted=self.interrupted,
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _scores(self, values: Mapping[str, Fraction]) -> tuple[Score, ...]:
        if not self.held:
            return tuple(
                Score(name=name, value=value, bound=None, standing=Standing.UNKNOWN)
                for name, value in values.items()
            )
        scores = []
        all_before = True
        loose = {} if self.holds_values or self.solver is None else self._loose_bounds()
        for held in self.held:
            name = held.objective.name
            value = values.get(name, held.value)
            best = held.bound
            closed = held.is_proven and value == held.value
            meets_loose = name in loose and self._is_closed(value, loose[name], held.objective)
            if (closed and all_before and (self.holds_values or not scores)) or (all_before and meets_loose):
                standing = Standing.PROVEN
            elif closed:
                standing = Standing.GIVEN_EARLIER
            else:
                standing = Standing.BOUNDED if isfinite(best) else Standing.UNKNOWN
            all_before = all_before and standing is Standing.PROVEN
            if name == "share-days" and any(len(node.pieces) > 1 for node in self.nodes):
                standing, best = Standing.UNKNOWN, inf
            limit = None if not isfinite(best) else Fraction(best)
            scores.append(
                Score(
                    name=name,
                    value=value,
                    bound=value if standing is Standing.PROVEN else limit,
                    standing=standing,
                )
            )
        return tuple(scores)

    def _loose_bounds(self) -> dict[str, float]:
        """Bound each tier by the relaxation in which the tiers before it have what the plan gives them."""
        assert self.solver is not None
        found = {}
        rows: list[tuple[Terms, float, float]] = []
        for held in self.held:
            if not held.objective.name.startswith("tier ") or not held.objective.worth:
                continue
            vector, scale = self._scaled(held.objective)
            raw = self._solve(self.model.matrix(relaxed=True, held=rows), vector, held.objective, 0.0)
            if raw.status is Status.OPTIMAL:
                found[held.objective.name] = raw.bound / scale
            target = float(held.value) * scale
            rows.append((_terms(vector), target - 1e-9 * max(1.0, abs(target)), inf))
        return found


@dataclass(frozen=True, slots=True)
class _Item:
    """One number that a tie is decided by: its columns, its value in a choice, and the most it can be."""

    columns: tuple[tuple[int, int], ...]
    value: Callable[[Choice], int]
    top: int


def _terms(vector: Vector) -> Terms:
    return [(int(column), float(vector[column])) for column in np.flatnonzero(vector)]


def _common(objective: _Objective) -> int:
    """Give the number that makes every worth whole."""
    return lcm(*(worth.denominator for _, worth in objective.worth))


def _not_paid(canon: Canon, costs: Mapping[Spend, int]) -> Shortfall | None:
    result = settle(canon, costs)
    return result if isinstance(result, Shortfall) else None


def _terms_broken(model: Model, choice: Choice) -> str | None:
    """Look at all terms but money in integers; a solver's tolerance may have bent one."""
    canon = model.canon
    sold: dict[int, int] = defaultdict(int)
    ordered: dict[tuple[int, int], int] = defaultdict(int)
    cost: dict[int, int] = defaultdict(int)
    nodes_in: dict[int, set[int]] = defaultdict(set)
    by_node: dict[int, list[tuple[Option, int]]] = defaultdict(list)
    for key, units in choice.units.items():
        if units < 0:
            return "units below none"
        option = model.option(key)
        by_node[key[0]].append((option, units))
        if option.stocked:
            sold[option.offer] += units
        if option.pooled:
            ordered[option.offer, option.package] += units
        if option.packaged and units:
            cost[option.package] += option.price * units
            nodes_in[option.package].add(key[0])
    for o, units in sold.items():
        available = canon.offers[o].available
        if available is not None and units > available:
            return "stock"
    for (o, _), units in ordered.items():
        if units and (units % canon.offers[o].lot or units < canon.offers[o].min_order):
            return "order terms"
    for p, amount in cost.items():
        package = canon.packages[p]
        if package.target_minor is not None and abs(amount - package.target_minor) > package.tolerance_minor:
            return "package value"
        if package.max_lines is not None and len(nodes_in[p]) > package.max_lines:
            return "package lines"
    for n, bought in by_node.items():
        parts = canon.kinds[model.nodes[n].kind].parts
        whole = complete_units(parts, bought)
        got = sum(choice.pieces.get((n, p), (0, 0))[0] for p in range(len(model.nodes[n].pieces)))
        if got != whole or (not whole and any(units for _, units in bought)):
            return "surplus"
        for part, count in parts.items():
            if sum(units for option, units in bought if option.part == part) != count * whole:
                return "kit"
    for (n, p), (got, served) in choice.pieces.items():
        if p == len(model.nodes[n].pieces):
            return "surplus"
        piece = model.nodes[n].pieces[p]
        if piece.is_plain and not 0 <= got <= piece.most:
            return "line"
        if not piece.is_plain and not (
            piece.least * served <= got <= piece.most * served and 0 <= served <= len(piece.lines)
        ):
            return "line"
    return None


def _purchases(canon: Canon, bought: Sequence[Bought]) -> tuple[Purchase, ...]:
    units: dict[tuple[str, str, str], int] = defaultdict(int)
    for one in bought:
        units[_triple(canon, one)] += one.units
    return tuple(
        Purchase(line=line, offer=offer, package=package, units=number)
        for (line, offer, package), number in sorted(units.items())
    )


def _triple(canon: Canon, one: Bought) -> tuple[str, str, str]:
    return (
        canon.lines[one.line].id,
        canon.offers[one.option.offer].id,
        canon.packages[one.option.package].id,
    )


def _payments(canon: Canon, bought: Sequence[Bought], settlement: Settlement) -> tuple[Payment, ...]:
    """Lay each group's money on the purchases of its classes, then each member's on its group's."""
    owed: dict[Spend, list[list[object]]] = defaultdict(list)
    for one in sorted(bought, key=lambda one: _triple(canon, one)):
        if one.option.price:
            owed[spend_of(canon, one.option)].append([_triple(canon, one), one.units * one.option.price])
    by_group: dict[int, list[tuple[tuple[str, str, str], int]]] = defaultdict(list)
    order = sorted(settlement.routes.items(), key=lambda one: (one[0][0], one[0][1].package, one[0][1].payers))
    for (g, spend), amount in order:
        by_group[g] += _poured(owed[spend], amount)
    paid = shared(canon, settlement)
    total: dict[tuple[str, tuple[str, str, str]], int] = defaultdict(int)
    for g, pieces in by_group.items():
        rest = [[triple, amount] for triple, amount in pieces]
        for member in canon.groups[g].members:
            for triple, amount in _poured(rest, paid[member.id]):
                total[member.id, triple] += amount
    return tuple(
        Payment(contribution=giver, line=line, offer=offer, package=package, minor=amount)
        for (giver, (line, offer, package)), amount in sorted(total.items())
    )


def _poured(rest: list[list[object]], amount: int) -> list[tuple[tuple[str, str, str], int]]:
    """Take `amount` out of what is owed, in order; what was taken is no longer owed."""
    taken = []
    while amount:
        first = rest[0]
        part = min(amount, first[1])
        taken.append((first[0], part))
        first[1] -= part
        amount -= part
        if not first[1]:
            rest.pop(0)
    return taken


def _tried_out(canon: Canon, made: Plan) -> Plan:
    """Try every plan where amounts are beyond a solver's digits and the plans are few."""
    try:
        answer = solve_plainly(canon.problem, _PLANS_TO_TRY)
    except TooManyPlans:
        note = "Amounts this large leave a solver few digits: a plan better by a few minor units may exist."
        scores = tuple(
            replace(score, standing=Standing.BOUNDED) if score.standing is Standing.PROVEN else score
            for score in made.scores
        )
        return replace(made, scores=scores, notes=(*made.notes, note))
    if answer.purchases == made.purchases:
        return made
    bought = tuple(_bought(canon, purchase) for purchase in answer.purchases)
    costs: dict[Spend, int] = defaultdict(int)
    for one in bought:
        if one.option.price:
            costs[spend_of(canon, one.option)] += one.option.price * one.units
    settlement = settle(canon, costs)
    assert isinstance(settlement, Settlement)
    values = {f"tier {tier}": value for tier, value in answer.tier_scores.items()}
    values |= {"share-days": answer.share_days, "cost": Fraction(answer.cost_minor)}
    return replace(
        made,
        purchases=answer.purchases,
        payments=_payments(canon, bought, settlement),
        scores=tuple(
            Score(name=name, value=value, bound=value, standing=Standing.PROVEN)
            for name, value in values.items()
        ),
        fulfilled=answer.fulfilled,
        cost_minor=answer.cost_minor,
        paid_minor=dict(sorted(shared(canon, settlement).items())),
        notes=(*made.notes, "The solver's digits did not suffice for amounts this large: every plan was tried."),
    )


def _bought(canon: Canon, purchase: Purchase) -> Bought:
    place = next(place for place, line in enumerate(canon.lines) if line.id == purchase.line)
    option = next(
        option
        for option in canon.kinds[canon.kind_of[place]].options
        if canon.offers[option.offer].id == purchase.offer
        and canon.packages[option.package].id == purchase.package
    )
    return Bought(place, option, purchase.units)
