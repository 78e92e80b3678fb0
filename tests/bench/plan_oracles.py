"""Other solvers on one MPS file, each in a process of its own: `python -m tests.bench.plan_oracles NAME FILE SECONDS`.

Prints one line of JSON: the value reached, its bound, the processor seconds of reading and solving, and the
peak memory.
OR-Tools cannot be loaded beside HiGHS in one process; here that does not matter.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.memory import peak_megabytes

GAP = 1e-6


def highs(path: str, seconds: float) -> tuple[float | None, float | None]:
    import highspy

    core: Any = highspy.Highs()
    core.silent()
    for name, value in {"threads": 1, "mip_rel_gap": GAP, "time_limit": seconds}.items():
        core.setOptionValue(name, value)
    core.readModel(path)
    core.run()
    info = core.getInfo()
    found = info.objective_function_value if info.primal_solution_status == 2 else None
    return found, info.mip_dual_bound


def scip(path: str, seconds: float) -> tuple[float | None, float | None]:
    from pyscipopt import Model

    model = Model()
    model.hideOutput()
    model.readProblem(path)
    model.setParam("limits/time", seconds)
    model.setParam("limits/gap", GAP)
    model.optimize()
    found = model.getObjVal() if model.getNSols() else None
    return found, model.getDualbound()


def cbc(path: str, seconds: float) -> tuple[float | None, float | None]:
    """Run the CBC that comes with PuLP; what it writes of an unsolved model is read as it stands."""
    from pulp import PULP_CBC_CMD

    answer = Path(path).with_suffix(".sol")
    command = [PULP_CBC_CMD().path, path, "sec", str(seconds), "ratio", str(GAP), "solve", "solution"]
    done = subprocess.run(
        [*command, str(answer)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False
    )
    head = answer.read_text(encoding="ascii").splitlines()[0] if answer.exists() else ""
    bounds = [line.split()[-1] for line in done.stdout.splitlines() if line.startswith("Lower bound:")]
    found = float(head.rsplit(maxsplit=1)[-1]) if "objective value" in head else None
    bound = found if head.startswith("Optimal") else float(bounds[-1]) if bounds else None
    return (None if "nfeasible" in head or "no integer" in done.stdout else found), bound


def cp_sat(path: str, seconds: float) -> tuple[float | None, float | None]:
    from ortools.linear_solver.python import model_builder

    model = model_builder.Model()
    model.import_from_mps_file(path)
    solver = model_builder.Solver("sat")
    solver.set_time_limit_in_seconds(seconds)
    # Whole cents need no scaling; its presolve for linear programmes takes cents among billions for nothing.
    solver.set_solver_specific_parameters(
        f"num_workers:1,relative_gap_limit:{GAP},mip_max_bound:1e15,mip_presolve_level:0"
    )
    status = solver.solve(model)
    solved = status in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE)
    return (solver.objective_value, solver.best_objective_bound) if solved else (None, None)


ORACLES: dict[str, Callable[[str, float], tuple[float | None, float | None]]] = {
    "HiGHS": highs,
    "SCIP": scip,
    "CBC": cbc,
    "CP-SAT": cp_sat,
}


COUNTS_CENTS = {"CP-SAT"}


def _processor() -> float:
    """Give the processor's seconds so far, of this process and of those it has started."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def main(name: str, path: str, seconds: str) -> None:
    began = _processor()
    try:
        value, bound = ORACLES[name](path, float(seconds))
    except ImportError as error:
        print(json.dumps({"missing": str(error)}))
        return
    took = _processor() - began
    of_children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    # What is minimised is the negative worth.
    said = {"value": value, "bound": bound, "seconds": took, "megabytes": max(peak_megabytes(), of_children)}
    said |= {key: -said[key] for key in ("value", "bound") if said[key] is not None}
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:4])
