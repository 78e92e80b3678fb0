"""Spoil the core of the books in one place at a time, and see whether a test notices.

`python -m tools.mutants [NUMBER]` (or `do.py torture core mutants`) tries so many mutants, chosen by chance
but always the same ones, or all of them, and prints those that survived. Each runs in a process of its own
the tests that are about its file, those first that noticed others before it, until one fails. So a survivor
here may be noticed by a test of another room; the figure is a lower bound.
"""

import ast
import contextlib
import importlib.abc
import importlib.util
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOM = Path(__file__).parents[1] / "src" / "pledgeline" / "ledger"
NOT_CORE = {"invented"}
"""What makes up a story to look at is no rule of the books."""

EVENTS = "worked_package stages edges worked_by_hand refused replay machine closed_schema corrections"
TESTS = {
    "keys": "keys",
    "verifier": "proofs attacks edges keys witness",
    "proofs": "proofs edges",
    "checkpoints": "proofs edges keys witness",
    "witness": "witness",
    "replay": "replay worked_by_hand edges",
    "comparing": "replay worked_by_hand edges",
    "event_files": "replay worked_by_hand edges",
    "entries": f"{EVENTS} proofs",
    "events": f"{EVENTS} proofs",
    "book": f"{EVENTS} proofs attacks",
}
"""The tests about a file, where it is not those about events."""

PROMISES = {"frozen", "slots", "kw_only", "strict"}
"""Arguments by which code promises something of itself; with another value nothing that is right goes wrong."""

PATIENCE_SECONDS = 120
"""A mutant that never comes to an end was noticed as well."""

WORKERS = 2
GOAL = 0.9

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One place in one file, and what is done there."""

    file: str
    place: int
    way: int
    line: int
    what: str

    def source(self) -> str:
        """Write the file with that place spoiled."""
        tree = ast.parse((ROOM / f"{self.file}.py").read_text(encoding="utf-8"))
        _spoil(next(node for at, node in enumerate(ast.walk(tree)) if at == self.place), self.way)
        return ast.unparse(ast.fix_missing_locations(tree))


def mutants() -> Iterator[Mutant]:
    """Give every mutant of the core."""
    for path in sorted(ROOM.rglob("*.py")):
        name = path.relative_to(ROOM).with_suffix("").as_posix()
        if name in NOT_CORE or path.stem == "__init__":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        promised = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.keyword) and node.arg in PROMISES
        }
        for place, node in enumerate(ast.walk(tree)):
            if id(node) in promised:
                continue
            for way, what in enumerate(_ways(node)):
                yield Mutant(name, place, way, getattr(node, "lineno", 0), what)


def _ways(node: ast.AST) -> list[str]:
    """Name the ways in which a node can be spoiled."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return [f"{type(node.ops[0]).__name__} -> {COMPARISONS[type(node.ops[0])].__name__}"]
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS and not _is_text(node):
        return [f"{type(node.op).__name__} -> {OPERATORS[type(node.op)].__name__}"]
    if isinstance(node, ast.BoolOp):
        return [f"{type(node.op).__name__} -> the other"]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        return ["without its sign or not"]
    if isinstance(node, ast.AugAssign) and type(node.op) in OPERATORS:
        return [f"{type(node.op).__name__}= -> the other"]
    if isinstance(node, ast.If | ast.IfExp):
        return ["condition turned round"]
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return [f"{node.value} -> {node.value + 1}"]
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        return [f"{node.value} -> {not node.value}"]
    if isinstance(node, ast.Raise):
        return ["raise left out"]
    return []


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr | ast.Constant) and not _is_number(side)
        for side in (node.left, node.right)
    )


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def _spoil(node: Any, number: int) -> None:
    if isinstance(node, ast.Compare):
        node.ops = [COMPARISONS[type(node.ops[0])]()]
    elif isinstance(node, ast.BinOp | ast.AugAssign):
        node.op = OPERATORS[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else node.op
        if isinstance(node.op, ast.Not):
            node.operand = ast.UnaryOp(op=ast.Not(), operand=node.operand)
    elif isinstance(node, ast.If | ast.IfExp):
        node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    else:
        node.exc, node.cause = ast.parse("None").body[0].value, None  # type: ignore[attr-defined]
        node.__class__ = ast.Pass
        node._fields = ()


class _Served(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module of the room in its spoiled form."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = f"pledgeline.ledger.{mutant.file.replace('/', '.')}"
        self.path = str(ROOM / f"{mutant.file}.py")
        self.source = mutant.source()

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = self.path
        exec(compile(self.source, self.path, "exec"), module.__dict__)


class _Order:
    """A plugin of pytest: those tests first that noticed most, and the name of the one that failed."""

    def __init__(self, noticed: Counter[str], note: Path) -> None:
        self.noticed, self.note = noticed, note

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items.sort(key=lambda item: -self.noticed[item.nodeid])

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.note.write_text(report.nodeid, encoding="utf-8")


def _started(mutant: Mutant | None, noticed: Counter[str], note: Path) -> int:
    """Run the tests against a mutant (or nothing spoiled) in a new process; give its number."""
    child = os.fork()
    if child:
        return child
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    code = 1
    with contextlib.suppress(BaseException):
        import pytest
        from hypothesis import Phase, settings

        settings.register_profile("once", phases=(Phase.explicit, Phase.generate), database=None)
        settings.load_profile("once")
        os.environ["PLEDGELINE_LEDGER_WALKS"] = "12"
        if mutant:
            sys.meta_path.insert(0, _Served(mutant))
        names = TESTS.get(mutant.file, EVENTS) if mutant else f"proofs {EVENTS}"
        without = [f"-pno:{name}" for name in ("cacheprovider", "django", "xdist", "cov", "randomly")]
        files = [f"tests/ledger/test_{name}.py" for name in names.split()]
        quick = ["-x", "-q", "--assert=plain", "-oaddopts=--import-mode=importlib"]
        code = int(pytest.main([*quick, *without, *files], plugins=[_Order(noticed, note)]))
    os._exit(1 if code else 0)


def survivors_of(chosen: list[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Try mutants, some at a time, and say for each whether it survived."""
    noticed: dict[str, Counter[str]] = {}
    running: dict[int, tuple[Mutant, Path, float]] = {}
    left = list(reversed(chosen))
    with tempfile.TemporaryDirectory() as folder:
        while left or running:
            while left and len(running) < WORKERS:
                mutant = left.pop()
                note = Path(folder) / str(len(left))
                tests = noticed.setdefault(mutant.file, Counter())
                running[_started(mutant, tests, note)] = mutant, note, time.monotonic()
            time.sleep(0.02)
            for child, (mutant, note, began) in list(running.items()):
                done, status = os.waitpid(child, os.WNOHANG)
                if not done and time.monotonic() - began > PATIENCE_SECONDS:
                    os.kill(child, 9)
                    done, status = os.waitpid(child, 0)
                if done:
                    del running[child]
                    if note.exists():
                        noticed[mutant.file][note.read_text(encoding="utf-8")] += 1
                    yield mutant, status == 0


def main(arguments: list[str]) -> int:
    """Try them, and print what survived and how many did not."""
    chosen = list(mutants())
    whole = len(chosen)
    if arguments:
        chosen = random.Random(1).sample(chosen, min(int(arguments[0]), whole))
    import hypothesis.stateful  # noqa: F401  so that no child has to import it again
    import pytest  # noqa: F401

    with tempfile.TemporaryDirectory() as folder:
        if os.waitpid(_started(None, Counter(), Path(folder) / "note"), 0)[1]:
            sys.exit("the tests fail before anything is spoiled")
    survived = 0
    for number, (mutant, lives) in enumerate(survivors_of(chosen), start=1):
        if lives:
            survived += 1
            print(f"survived: ledger/{mutant.file}.py, line {mutant.line}: {mutant.what}", flush=True)
        if number % 50 == 0 or number == len(chosen):
            killed = (number - survived) / number
            print(f"{number} of {len(chosen)} tried ({whole} there are), {killed:.1%} killed", flush=True)
    return 0 if survived <= len(chosen) * (1 - GOAL) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
