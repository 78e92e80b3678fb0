"""The search: one objective after another, each with a bound, and nothing taken that integers refuse.

A small problem keeps each line apart and holds every value exactly. A large one is aggregated; there a
tier's lines are held as they were chosen, which is fast, and what is proven is proven for those choices.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from pledgeline.plan.aggregate import Choice, LineNode
from pledgeline.plan.canon import Canon
from pledgeline.plan.digits import hold_exactly, is_all, is_proven, settle_exactly
from pledgeline.plan.exact_rows import add_exactly, rows_broken
from pledgeline.plan.formulate import formulate
from pledgeline.plan.objectives import Objective, cost, kept, least_share_days, share_days, tier_score
from pledgeline.plan.pay import MoneyGap, Spend, charge_spend, charges_due, settle
from pledgeline.plan.policy import Keep, Limits, Policy
from pledgeline.plan.program import WIDE, Terms
from pledgeline.plan.relax import tier_bounds
from pledgeline.plan.solver import Matrix, Raw, Solver, Status, Vector
from pledgeline.plan.sound import fault_of, spent
from pledgeline.plan.watch import PlanProgress, Watch
from pledgeline.plan.waterfall import topped_up, waterfall
from pledgeline.programme.sentences import Sentence, sentence

_MOST_CUTS = 200
_BOX, _NEAR = 8, {"prove": 100, "fast": 8}
"""How far a wide integer may move from where it came out: with all others, and while the narrow ones stay."""
_TIER_GAP = {"prove": 1e-6, "fast": 1e-4}
_LATER_GAP = {"prove": 1e-4, "fast": 1e-3}
_TIER_NODES = {"prove": 2_000, "fast": 600}
_LATER_NODES = 300
_PART = 0.3
_SMALL_NODES = 20_000
"""How near to the best is near enough, relatively, and after how many nodes of one question to be content.

Early delivery and cost come after all tiers: a ten-thousandth of a day is not worth a minute. A question about a
part of the choices has to come nearer: what it finds is measured by the bound of the whole, which has a gap of its own.
"""

_LATER = {"share-days": Fraction(1, 2), "cost": Fraction(1, 10)}
"""What comes after the tiers, and how much time it may have where a tier has 1: to add costs up is quick."""
_MOST_OF_IT = Fraction(9, 10)
"""What an objective that was cut short gets of the time that the others left over."""

_EXACT_COLUMNS = 4_000
"""Beyond so many columns a tier held by its value alone leaves a solver with nothing to hold on to."""


Row = tuple[Terms, float, float]
"""A row of the model: its terms, and between what they must lie."""


@dataclass(frozen=True, slots=True)
class Held:
    """An objective that is settled: its value may not get worse.

    `is_all` says that it has all there is to have, whatever was chosen before.
    """

    objective: Objective
    value: Fraction
    bound: Fraction | float
    is_proven: bool
    is_all: bool = False
    row: Row | None = None
    is_rough: bool = False


class Search:
    """The state of one planning run: the model, what is settled, and the best checked choice so far."""

    def __init__(
        self,
        canon: Canon,
        nodes: tuple[LineNode, ...],
        solver: Solver | None,
        policy: Policy,
        limits: Limits,
        watch: Watch,
        notes: list[Sentence],
        *,
        holds_values: bool,
    ) -> None:
        self.canon, self.nodes, self.solver = canon, nodes, solver
        self.policy, self.limits, self.watch, self.notes = policy, limits, watch, notes
        self.model = formulate(canon, nodes, to_the_cent=holds_values)
        self.best = Choice({}, {})
        self.like: Vector | None = None
        self.tiers = [tier_score(self.model, t) for t in range(len(canon.tiers))]
        self.held: list[Held] = []
        self.rows: list[Row] = []
        self.fixed: dict[int, tuple[float, float]] = {}
        self.holds_values = holds_values
        self.step, self.place, self.of, self.told = "", 0, 0, inf
        self.exact_rows: dict[object, int] = {}
        self.stage, self.cut, self.sizes = 0, set[int](), dict[int, tuple[int, int]]()
        self.broken = self.passed_exactly = self.looks_again = self.is_undecided = False
        first = waterfall(canon, nodes)
        if fault_of(self.model, first) is None:
            self.best = first

    # ---- the order of the work ----

    def run(self, keep: Keep | None) -> None:
        """Settle one objective after another; then, in the time that is left, once more what was cut short."""
        objectives = self._objectives(keep)
        names = [objective.name for objective in objectives]
        self._settle_from(0, objectives, [_share(names[place:]) for place in range(len(names))])
        if self.cut and not self.broken and not self.watch.is_over():
            self._settle_from(min(self.cut), objectives, [_MOST_OF_IT] * len(names))
        if self.interrupted or self.broken:
            self._top_up()

    def _settle_from(self, first: int, objectives: list[Objective], shares: Sequence[Fraction]) -> None:
        """Settle the objectives from one of them on, each in its share of the time that is left."""
        before, earlier = self.best, self.held
        self._back_to(first)
        for place, objective in enumerate(objectives[first:], first):
            self.stage = place
            if objective.name == "share-days":
                self._pass_exactly(len(objectives))
                reached = [tier.value(self.best) for tier in self.tiers]
                limit = least_share_days(self.model, reached)
                objective = replace(share_days(self.model, self.best), limit=limit)
            self.watch.begin(objective.name, shares[place])
            self.sizes[place] = self.model.builder.size()
            held = self._settle(objective, place, len(objectives))
            if place < len(earlier) and self.best == before:
                held = self._nearer(held, earlier[place])
            self.held.append(held)
            self._hold(held)

    def _back_to(self, first: int) -> None:
        """Forget what was settled from one objective on, or cut short, and what the model was given to hold it."""
        if first in self.sizes:
            columns, rows = self.sizes[first]
            self.model.builder.cut_back((columns, rows))
            self.exact_rows = {about: row for about, row in self.exact_rows.items() if row < rows}
            self.like = None
        self.held, self.rows, self.fixed, self.cut = self.held[:first], [], {}, set()
        for held in self.held:
            self._hold(held)

    def _nearer(self, held: Held, earlier: Held) -> Held:
        """Keep what was known of an objective, where looking again found no nearer bound."""
        nearer = min if held.objective.maximise else max
        if earlier.is_proven or nearer(held.bound, earlier.bound) == earlier.bound:
            return replace(
                held, bound=earlier.bound, is_proven=earlier.is_proven, is_all=earlier.is_all or held.is_all
            )
        return held

    @property
    def interrupted(self) -> bool:
        """Say whether the time ended before some objective was settled."""
        return bool(self.cut)

    def _top_up(self) -> None:
        """Give what a stopped search left over to the lines that it had not come to, from the top down."""
        settlement = settle(self.canon, spent(self.model, self.best))
        if isinstance(settlement, MoneyGap):
            return
        fuller = topped_up(self.canon, self.nodes, self.best, settlement.totals)
        if fuller.units != self.best.units and fault_of(self.model, fuller) is None:
            self.best = fuller
            self.notes.append(sentence("plan.note.stopped"))

    def _pass_exactly(self, of: int) -> None:
        """Look once more with the values of earlier tiers held, and not what each line was given.

        To hold lines is fast and loses little, and sometimes not so little: which lines of a tier are met
        decides what money is left for the next.
        """
        if self.holds_values or not self.asks_of_all() or self.is_over():
            return
        before = self.held
        self._back_to(0)  # what holds later tiers must not stand in the way of earlier ones
        self.looks_again, self.passed_exactly = True, False
        for place, held in enumerate(before):
            objective = held.objective
            self.watch.begin(
                objective.name, _share([*(done.objective.name for done in before[place:]), *_LATER])
            )
            if self.held and objective.worth:
                held = self._settle(objective, place, of)
            else:
                held = replace(held, value=objective.value(self.best))
            self.held.append(held)
            self._hold_value(objective, held.value)
        self.passed_exactly, self.looks_again = True, False
        self.rows = []
        for held in self.held:
            self._hold(held)

    def _objectives(self, keep: Keep | None) -> list[Objective]:
        first = [] if keep is None else [kept(self.model, keep.promised)]
        return [*first, *self.tiers, share_days(self.model, self.best), cost(self.model)]

    # ---- settling one objective ----

    def _settle(self, objective: Objective, place: int, of: int) -> Held:
        if self.holds_values:
            return self._settle_exactly(objective, place, of)
        vector, scale = self.scaled(objective), _scale(objective)
        raw_bound = inf if objective.maximise else -inf
        self.step, self.place, self.of, self.told = objective.name, place, of, raw_bound
        if not objective.worth or self.is_over():
            raw_bound = 0.0 if not objective.worth else raw_bound
        else:
            raw_bound = self.improve(objective, vector)
        best = raw_bound / scale
        proven = self._meets(best, objective) and self._is_proven(objective, best)
        value = objective.value(self.best)
        is_rounded = self._meets(best, objective) and (best < value) == objective.maximise
        bound = value if proven or is_rounded else best  # a bound is not below what is reached
        held = Held(objective, value, bound, proven, proven and is_all(self, objective))
        self._tell(value, float(held.bound), is_settled=True)
        return held

    def _settle_exactly(self, objective: Objective, place: int, of: int) -> Held:
        """Settle an objective in whole numbers; nobody is told of single digits."""
        self.step, self.place, self.of = "", place, of
        settled = settle_exactly(self, objective)
        value, bound = objective.value(self.best), settled.bound
        is_proven = value == bound and not self.is_undecided
        self.step = objective.name
        self._tell(value, float(bound), is_settled=True)
        return Held(objective, value, bound, is_proven, row=settled.row, is_rough=settled.is_rough)

    def _tell(self, value: Fraction, bound: float, *, is_settled: bool) -> None:
        step, place, of = self.step, self.place, self.of
        self.watch.tell(
            PlanProgress(step=step, place=place, of=of, value=value, bound=bound, is_settled=is_settled)
        )

    def is_over(self) -> bool:
        """Say whether even a new step is stopped at once."""
        over = self.watch.should_stop()
        if over:
            self.cut.add(self.stage)
        return over or self.broken

    def _meets(self, best: float, objective: Objective) -> bool:
        """Say whether a bound is met as far as floating point goes: only then a proof is worth asking for.

        A bound that is worse than what is reached is none: whoever gave it is not believed.
        """
        away = abs(best - float(objective.value(self.best)))
        return (
            isfinite(best)
            and not self.broken
            and not self.is_undecided
            and away <= 1e-6 * max(1.0, abs(best))
        )

    def _is_proven(self, objective: Objective, best: float) -> bool:
        """Ask for a proof of the whole model; nobody is told of what is asked meanwhile."""
        before = self.step, self.looks_again
        self.step, self.looks_again = "", True
        proven = is_proven(self, objective, best)
        self.step, self.looks_again = before
        return proven

    def asks_of_all(self) -> bool:
        """Say whether a question may be asked of the whole model once more."""
        return self.policy.mode == "prove" and len(self.model.builder.lower) <= _EXACT_COLUMNS

    def improve(self, objective: Objective, vector: Vector) -> float:
        """Look for something better until the solver's answer stands in integers; give its bound."""
        worst = inf if objective.maximise else -inf
        best_bound = worst
        for _ in range(_MOST_CUTS):
            raw = self.ask(objective, vector)
            if isfinite(raw.bound):
                best_bound = raw.bound
            over = self.watch.should_stop()
            if raw.cut_short and over:
                self.cut.add(self.stage)
            if raw.x is None:
                if raw.status is Status.FAILED and not raw.cut_short:
                    self.notes.append(sentence("plan.note.solver-failed", objective=objective.name))
                break
            choice = self.model.choice(raw.x)
            fault = fault_of(self.model, choice, self.watch.must_end)
            if fault is None and not self._holds_more_exactly(choice):
                self._adopt(objective, choice, raw.x)
                break
            if fault is not None:
                self._cut(choice, fault)
            vector = np.append(vector, np.zeros(len(self.model.builder.lower) - len(vector)))
            if raw.cut_short or self.is_over():
                break
        else:
            self.notes.append(sentence("plan.note.solver-refused", objective=objective.name))
        return best_bound

    def _holds_more_exactly(self, choice: Choice) -> bool:
        """Hold to the last step what a choice takes too little to be felt from, and say whether there is any."""
        for place, held in enumerate(self.held):
            if held.is_rough and held.objective.gain(choice) < held.objective.gain(self.best):
                assert held.row is not None
                self.rows.remove(held.row)
                row = hold_exactly(self, held.objective, Fraction(held.bound))
                self.held[place] = replace(held, row=row, is_rough=False)
                self.rows.append(row)
                return True
        return False

    def ask(self, objective: Objective, vector: Vector) -> Raw:
        """Put one question to the solver; nothing of its answer is taken over."""
        if self.holds_values:
            start = self.model.point(self.best, self.like)
            return self.solve(self.model.matrix(bounds=self.fixed, held=self.rows), vector, objective, start)
        return self._ask_boxed(objective, vector)

    def _ask_boxed(self, objective: Objective, vector: Vector) -> Raw:
        """Bound the model with wide integers let go, then decide them near that point, in a widening circle.

        First the narrow integers stay as they came out: that is quick, and mostly enough. Then all integers
        are decided, the wide ones in a box. To prove, all are decided once more without the box; who looks
        again does only that.
        """
        start = self.model.point(self.best, self.like)
        later = {} if objective.tier is None else self.model.later_as_one(objective.tier, start)
        matrix = self.model.matrix(bounds=self.fixed | later, held=self.rows)
        if self.looks_again:
            return self.solve(matrix, vector, objective, start, near=True)
        is_narrow = matrix.is_integer & (matrix.col_upper - matrix.col_lower < WIDE)
        loose = self.solve(replace(matrix, is_integer=is_narrow), vector, objective, start)
        if loose.x is None or self._is_whole(objective, vector, loose):
            return loose
        near = self._ask_near(matrix, is_narrow, objective, vector, loose)
        if near is not None and self._reaches(near, objective, vector, loose.bound):
            return replace(near, bound=loose.bound)
        held_on = start if near is None else near.x
        assert held_on is not None
        boxed = self.solve(_boxed(matrix, loose.x, _BOX, held_on), vector, objective, held_on, partly=True)
        reaches = boxed.x is not None and self._reaches(boxed, objective, vector, loose.bound)
        ends_here = self.policy.mode != "prove" or objective.name in _LATER
        if ends_here or boxed.x is None or loose.cut_short or reaches:
            return replace(boxed, bound=loose.bound)
        whole = self.solve(matrix, vector, objective, boxed.x, near=True)
        better = min if objective.maximise else max
        return replace(whole if whole.x is not None else boxed, bound=better(whole.bound, loose.bound))

    def _reaches(self, raw: Raw, objective: Objective, vector: Vector, best: float) -> bool:
        assert raw.x is not None
        return abs(best - float(vector @ raw.x)) <= self._gap(objective) * abs(best)

    def _ask_near(
        self,
        matrix: Matrix,
        is_narrow: NDArray[np.bool_],
        objective: Objective,
        vector: Vector,
        loose: Raw,
    ) -> Raw | None:
        """Keep the narrow integers and decide the wide ones; None where that is no better than the best."""
        assert loose.x is not None
        fixed = _boxed(matrix, loose.x, _NEAR[self.policy.mode])
        fixed.col_lower[is_narrow] = fixed.col_upper[is_narrow] = np.round(loose.x[is_narrow])
        near = self.solve(fixed, vector, objective, partly=True)
        if near.x is None:
            return None
        sense = 1 if objective.maximise else -1
        best = float(objective.value(self.best)) * _scale(objective)
        return near if sense * float(vector @ near.x) > sense * best else None

    def _is_whole(self, objective: Objective, vector: Vector, raw: Raw) -> bool:
        """Say whether a point that need not be whole can be carried out as it is, at its full value."""
        assert raw.x is not None
        choice = self.model.choice(raw.x)
        value = float(objective.value(choice)) * _scale(objective)
        short = abs(float(vector @ raw.x) - value)
        return short <= 1e-9 * max(1.0, abs(value)) and fault_of(self.model, choice) is None

    def _gap(self, objective: Objective) -> float:
        """Say how near to the best, relatively, is near enough."""
        if self.holds_values:
            return 0.0
        return (_LATER_GAP if objective.name in _LATER else _TIER_GAP)[self.policy.mode]

    def solve(
        self,
        matrix: Matrix,
        vector: Vector,
        objective: Objective,
        start: Vector | None = None,
        *,
        near: bool = False,
        partly: bool = False,
    ) -> Raw:
        """Ask the solver. A question about a part of the choices bounds nothing: nobody is told its bound."""
        assert self.solver is not None
        failed = Raw(status=Status.FAILED, x=None, bound=inf if objective.maximise else -inf)
        if self.watch.should_stop():
            return replace(failed, cut_short=True)
        try:
            raw = self.solver.solve(
                matrix,
                vector,
                maximise=objective.maximise,
                start=start,
                limits=self._within(objective.name),
                gap=self._gap(objective) * (_PART if partly else 1),
                near=near,
                stop=self._hearing(objective, partly=partly),
            )
        except Exception as error:  # a foreign engine may raise anything; a plan is owed all the same
            self.broken = True
            said = sentence("plan.note.solver-broke", objective=objective.name, error=str(error))
            self.notes.append(said)
            return failed
        if raw.x is not None and (len(raw.x) != len(vector) or not np.all(np.isfinite(raw.x))):
            self.broken = True
            self.notes.append(sentence("plan.note.solver-gave-nothing", objective=objective.name))
            return failed
        return raw

    def _hearing(self, objective: Objective, *, partly: bool) -> Callable[[float | None], bool]:
        """Give what a solver asks while it works: it tells its bound on, and says whether to stop."""
        scale = _scale(objective)
        better = min if objective.maximise else max

        def stop(bound: float | None) -> bool:
            if bound is not None and not partly and objective.name == self.step:
                nearer = better(bound / scale, self.told)
                if abs(nearer - self.told) > 1e-4 * abs(nearer):
                    self.told = nearer
                    self._tell(objective.value(self.best), nearer, is_settled=False)
            return self.watch.should_stop()

        return stop

    def budget(self) -> str:
        """Say within which limits the search ran, so that it can be run again."""
        return f"{self._within().nodes} nodes a question"

    def _within(self, name: str = "") -> Limits:
        """Give the limits of one question to the solver: nodes, so that a run can be repeated."""
        if self.limits.nodes is not None:
            return self.limits
        if self.holds_values:
            return replace(self.limits, nodes=_SMALL_NODES)
        return replace(self.limits, nodes=_LATER_NODES if name in _LATER else _TIER_NODES[self.policy.mode])

    def scaled(self, objective: Objective) -> Vector:
        """Write an objective for the solver, in its scale."""
        scale = _scale(objective)
        return self.model.vector([(column, float(worth) * scale) for column, worth in objective.worth])

    def _adopt(self, objective: Objective, choice: Choice, point: Vector) -> None:
        """Take a choice that is as good or better, in the order of the objectives.

        Tiers still to come count, too: the solver was told that they are worth nothing, and what is held may
        have served them already.
        """
        order = [*(held.objective for held in self.held), objective, *self.tiers]
        more = (candidate.gain(choice) - candidate.gain(self.best) for candidate in order)
        if next(filter(None, more), Fraction(0)) >= 0:
            self.best = choice
            self.like = point

    def _hold(self, held: Held) -> None:
        """Hold a value by a row, or a tier by what its lines were given."""
        objective = held.objective
        if not objective.worth:
            return
        if not self.holds_values and objective.name.startswith("tier "):
            self._fix_tier(objective)
            return
        if not self.holds_values:
            self._hold_value(objective, held.value)
        elif held.row is not None:
            self.rows.append(held.row)

    def _hold_value(self, objective: Objective, value: Fraction) -> None:
        if not objective.worth:
            return
        vector, scale = self.scaled(objective), _scale(objective)
        target = float(value) * scale
        slack = 0.4 if scale == objective.common() else 1e-9 * max(1.0, abs(target))
        bounds = (target - slack, inf) if objective.maximise else (-inf, target + slack)
        self.rows.append((_terms(vector), *bounds))

    def _fix_tier(self, objective: Objective) -> None:
        columns = {column for column, _ in objective.worth}
        for key, column in self.model.taken.items():
            if column in columns:
                piece = self.nodes[key[0]].pieces[key[1]]
                got, served = self.best.pieces.get(key, (0, 0))
                value = float(got if piece.is_plain else got // piece.step)
                self.fixed[column] = (value, value)
                if not piece.is_plain:
                    self.fixed[self.model.served[key]] = (float(served), float(served))

    def _cut(self, choice: Choice, fault: MoneyGap | str) -> None:
        """Forbid this choice: after a plain shortfall also all that buy as much of the same or more.

        Where it was not decided in time whether it can be paid, nothing is proven from here on.
        """
        self.is_undecided = self.is_undecided or (isinstance(fault, MoneyGap) and not fault.is_sure)
        if self.holds_values and self._add_broken_rows(choice, fault):
            return
        if isinstance(fault, MoneyGap) and not fault.by_terms:
            units = {
                key: units
                for key, units in choice.units.items()
                if units and self._costs_in(key, fault.classes)
            }
            self.model.cut_off(units, only_down=True)
        else:
            self.model.cut_off({key: choice.units.get(key, 0) for key in self.model.units}, only_down=False)

    def _add_broken_rows(self, choice: Choice, fault: MoneyGap | str) -> bool:
        """Add the rows that a choice breaks, in whole numbers; False where they are there, or it breaks none."""
        broken = rows_broken(self.model, choice, fault)
        new = broken.keys() - self.exact_rows.keys()
        for about in new:
            self.exact_rows[about] = len(self.model.builder.rows)
            for row in broken[about]:
                add_exactly(self.model.builder, row)
        return bool(new)

    def _costs_in(self, key: tuple[int, int], classes: frozenset[Spend]) -> bool:
        """Say whether units of an option, or the charge that they cause, cost something in one of `classes`."""
        option = self.model.option(key)
        if option.price and self.model.spend[key] in classes:
            return True
        due = charges_due(self.canon, [option])
        return any(charge_spend(self.canon, charge) in classes for charge in due)

    def loose_bounds(self, values: Mapping[str, Fraction]) -> dict[str, float]:
        """Bound each tier by the relaxation in which the tiers before it have what the plan gives them."""
        assert self.solver is not None
        given = {tier: values[f"tier {tier}"] for tier in self.canon.tiers}
        found = tier_bounds(self.canon, self.nodes, self.solver, self.watch.must_end, given)
        return {f"tier {outcome.tier}": outcome.bound for outcome in found if isfinite(outcome.bound)}


def _boxed(matrix: Matrix, around: Vector, reach: int, start: Vector | None = None) -> Matrix:
    """Keep wide integers within `reach` of a point, and wide enough for the start where there is one.

    Of an integer that may be anything in a thousand HiGHS lists a thousand bounds each time it looks at the
    root, and that takes longer than all else.
    """
    lower, upper = matrix.col_lower.copy(), matrix.col_upper.copy()
    wide = matrix.is_integer & (upper - lower >= WIDE)
    least, most = np.floor(around) - reach, np.ceil(around) + reach
    if start is not None:
        # What the start leaves open follows from the rest: a box around it could exclude the start itself.
        wide &= ~np.isnan(start)
        least, most = np.minimum(least, start), np.maximum(most, start)
    lower[wide], upper[wide] = np.maximum(lower, least)[wide], np.minimum(upper, most)[wide]
    return replace(matrix, col_lower=lower, col_upper=upper)


def _share(steps: Sequence[str]) -> Fraction:
    """Give the first of the steps its share of the time that is left."""
    weights = [_LATER.get(step, Fraction(1)) for step in steps]
    return weights[0] / sum(weights)


def _scale(objective: Objective) -> float:
    """Give by what an objective is multiplied: to whole numbers where they stay small, else to about a thousand."""
    common = objective.common()
    most = max((abs(worth) for _, worth in objective.worth), default=Fraction(1))
    return float(common) if common * most <= 10**6 else float(1000 / most) if most else 1.0


def _terms(vector: Vector) -> Terms:
    return [(int(column), float(vector[column])) for column in np.flatnonzero(vector)]
