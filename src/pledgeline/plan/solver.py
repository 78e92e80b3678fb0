"""The door to an integer programming solver. Nothing behind it is believed without a check.

A `Matrix` is plain arrays; a solver gets one, an objective and limits, and answers with a point, a
bound and a word. HiGHS is the one that is used; another engine needs `solve` and `name` alone.
"""

import contextlib
import math
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pledgeline.plan.policy import Limits
from pledgeline.plan.watch import HeardWork

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A mixed-integer model: `row_lower <= A x <= row_upper`, `col_lower <= x <= col_upper`.

    Shape:   `starts`, `columns` and `values` hold A row by row (compressed).
    """

    col_lower: Vector
    col_upper: Vector
    is_integer: NDArray[np.bool_]
    row_lower: Vector
    row_upper: Vector
    starts: NDArray[np.int32]
    columns: NDArray[np.int32]
    values: Vector


class Status(StrEnum):
    """What a solver says of its point."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A solver's answer. `x` is None where it found no point; `bound` limits the objective.

    `duals` has a number for each row where the model has no integers and the solver gives them.
    """

    status: Status
    x: Vector | None
    bound: float
    cut_short: bool = False
    duals: Vector | None = None


class Solver(Protocol):
    """What the engine needs of a solver."""

    @property
    def name(self) -> str: ...

    def solve(
        self,
        matrix: Matrix,
        objective: Vector,
        *,
        maximise: bool,
        start: Vector | None,
        limits: Limits,
        gap: float,
        near: bool,
        stop: Callable[[float | None], bool],
    ) -> Raw:
        """Optimise. `start` may leave columns open with NaN; `gap` is relative; `stop` is asked often, and told the
        bound so far where there is one.

        `near` says that the start is near the best: what is wanted is the bound.
        """
        ...


_TRIES: tuple[dict[str, object], ...] = (
    {},
    {"mip_feasibility_tolerance": 1e-7},
    {"mip_feasibility_tolerance": 1e-6},
    {"presolve": "off"},
)
"""HiGHS calls a model infeasible now and then for which a point is held. It is asked again, more softly."""

_EXACT, _COARSE = 1e-9, 1e-7
"""How far from whole HiGHS may take a number for whole. Where a gap is allowed the coarse one is much faster:
many cuts are too rough for the exact one. What is a cent too dear is found in integers either way."""

_FINE = 1e-5
"""Where a gap of more than this is allowed, to dive deep, to begin again and to look for symmetries costs more
than it finds."""


_ONE_AT_A_TIME = threading.Lock()


@contextlib.contextmanager
def _without_banner() -> Iterator[None]:
    """Keep standard output free: since 1.16 the first solver of a process prints who made it, and no option is read
    before. It writes past Python, so the way out is shut below Python; where there is none, nothing is to be done."""
    with _ONE_AT_A_TIME, contextlib.ExitStack() as undo:
        try:
            kept = os.dup(1)
        except OSError:
            yield
            return
        undo.callback(os.close, kept)
        undo.callback(os.dup2, kept, 1)
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        yield


def _settings(limits: Limits, gap: float, *, near: bool, is_mip: bool) -> dict[str, object]:
    is_fine = gap < _FINE
    settings: dict[str, object] = {
        "solver": "choose",
        "presolve": "choose",
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "small_matrix_value": 1e-12 if gap == 0 else 1e-9,
        "mip_rel_gap": gap,
        "mip_abs_gap": 1e-9,
        "mip_feasibility_tolerance": _EXACT if gap == 0 else _COARSE,
        "mip_heuristic_run_root_reduced_cost": is_fine and not near,
        "mip_heuristic_run_rins": not near,
        "mip_heuristic_run_rens": is_fine and not near,
        "mip_allow_restart": is_fine,
        "mip_detect_symmetry": is_fine,
        "primal_feasibility_tolerance": 1e-9 if is_mip else 1e-7,
        "dual_feasibility_tolerance": 1e-9 if is_mip else 1e-7,
    }
    if limits.seconds is not None:
        settings["time_limit"] = max(0.0, limits.seconds)
    if limits.nodes is not None:
        settings["mip_max_nodes"] = limits.nodes
    return settings


class HighsSolver:
    """HiGHS, on one thread and with a fixed seed, so that equal input gives equal output."""

    def __init__(self) -> None:
        import highspy

        self._highs = highspy
        self._core, self._work = self._new_core(), HeardWork()

    def _new_core(self) -> Any:
        with _without_banner():
            core = self._highs.Highs()  # type: ignore[no-untyped-call]
        core.silent()
        return core

    @property
    def name(self) -> str:
        return f"HiGHS {self._core.version()}"

    def solve(
        self,
        matrix: Matrix,
        objective: Vector,
        *,
        maximise: bool,
        start: Vector | None,
        limits: Limits,
        gap: float,
        near: bool,
        stop: Callable[[float | None], bool],
    ) -> Raw:
        """Solve once; where HiGHS contradicts a point that we hold, ask again with looser settings."""
        raw = Raw(status=Status.FAILED, x=None, bound=math.inf if maximise else -math.inf)
        for options in _TRIES if matrix.is_integer.any() else _TRIES[:1]:
            raw = self._solve_once(matrix, objective, maximise, start, limits, gap, near, stop, options)
            contradicts = raw.status is Status.INFEASIBLE and start is not None
            endless = raw.status is Status.OPTIMAL and not math.isfinite(raw.bound)
            failed = raw.status is Status.FAILED and not raw.cut_short
            if not (contradicts or endless or failed):
                break
        return raw

    def _solve_once(
        self,
        matrix: Matrix,
        objective: Vector,
        maximise: bool,
        start: Vector | None,
        limits: Limits,
        gap: float,
        near: bool,
        stop: Callable[[float | None], bool],
        options: dict[str, object],
    ) -> Raw:
        core = self._core
        is_mip = bool(matrix.is_integer.any())
        core.clear()
        for name, value in (_settings(limits, gap, near=near, is_mip=is_mip) | options).items():
            core.setOptionValue(name, value)
        core.passModel(self._model(matrix, objective, maximise))
        if start is not None and is_mip:
            known = np.flatnonzero(~np.isnan(start)).astype(np.int32)
            core.setSolution(len(known), known, start[known])

        so_far: list[float | None] = [None]
        should_end = threading.Event()

        def interrupt(event: Any) -> None:
            if should_end.is_set():
                event.interrupt()

        def interrupt_branching(event: Any) -> None:
            bound = float(event.data_out.mip_dual_bound)
            so_far[0] = bound if math.isfinite(bound) else None
            interrupt(event)

        def hear() -> bool:
            if stop(so_far[0]):
                should_end.set()
            return should_end.is_set()

        if is_mip:
            core.cbMipInterrupt += interrupt_branching
        core.cbSimplexInterrupt += interrupt
        if not self._work.run(core.run, hear):
            self._core, self._work = self._new_core(), HeardWork()
            worst = math.inf if maximise else -math.inf
            return Raw(status=Status.FAILED, x=None, bound=worst, cut_short=True)
        if is_mip:
            core.cbMipInterrupt -= interrupt_branching
        core.cbSimplexInterrupt -= interrupt
        raw = self._read(is_mip, maximise)
        if (
            should_end.is_set()
        ):  # HiGHS keeps that it was interrupted, and would end the next question at once
            self._core = self._new_core()
        return raw

    def _model(self, matrix: Matrix, objective: Vector, maximise: bool) -> object:
        highs = self._highs
        model = highs.HighsLp()
        model.num_col_ = len(matrix.col_lower)
        model.num_row_ = len(matrix.row_lower)
        model.col_cost_ = objective
        model.col_lower_ = matrix.col_lower
        model.col_upper_ = matrix.col_upper
        model.row_lower_ = matrix.row_lower
        model.row_upper_ = matrix.row_upper
        model.sense_ = highs.ObjSense.kMaximize if maximise else highs.ObjSense.kMinimize
        model.a_matrix_.format_ = highs.MatrixFormat.kRowwise
        model.a_matrix_.start_ = matrix.starts
        model.a_matrix_.index_ = matrix.columns
        model.a_matrix_.value_ = matrix.values
        if matrix.is_integer.any():
            kinds = (highs.HighsVarType.kContinuous, highs.HighsVarType.kInteger)
            model.integrality_ = [kinds[int(is_integer)] for is_integer in matrix.is_integer]
        return model

    def _read(self, is_mip: bool, maximise: bool) -> Raw:
        core, words = self._core, self._highs.HighsModelStatus
        word = core.getModelStatus()
        info = core.getInfo()
        worst = math.inf if maximise else -math.inf
        if word == words.kInfeasible:
            return Raw(status=Status.INFEASIBLE, x=None, bound=worst)
        has_point = info.primal_solution_status == 2
        x = np.array(core.getSolution().col_value, dtype=np.float64) if has_point else None
        if word == words.kOptimal and x is not None:
            bound = info.mip_dual_bound if is_mip else info.objective_function_value
            duals = None if is_mip else np.array(core.getSolution().row_dual, dtype=np.float64)
            return Raw(status=Status.OPTIMAL, x=x, bound=float(bound), duals=duals)
        limited = word in (
            words.kTimeLimit,
            words.kIterationLimit,
            words.kSolutionLimit,
            words.kInterrupt,
            words.kObjectiveBound,
            words.kObjectiveTarget,
        )
        if not limited:
            return Raw(status=Status.FAILED, x=x, bound=worst)
        bound = float(info.mip_dual_bound) if is_mip else worst
        status = Status.FEASIBLE if x is not None else Status.FAILED
        return Raw(status=status, x=x, bound=bound, cut_short=True)
