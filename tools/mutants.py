"""Spoil the core of the books in one place at a time, and see whether a test notices.

`python -m tools.mutants [NUMBER]` tries so many mutants, chosen by chance but always the same ones, and
prints those that survived; without a number it tries all, which takes hours. Each runs the tests of the
ledger until the first one fails, in a process of its own.
"""

import ast
import contextlib
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOM = Path(__file__).parents[1] / "src" / "pledgeline" / "ledger"
CORE = "accounts book cash checkpoints entries events proofs replay rules stages state trace verifier".split()
TESTS = [
    f"tests/ledger/test_{name}.py"
    for name in ("worked_package", "stages", "refused", "replay", "proofs", "invented", "machine")
]
PATIENCE_SECONDS = 240
GOAL = 0.9

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip


def mutants() -> Iterator[tuple[str, int, str, str]]:
    """Give every mutant: module, line, what was done, the spoiled source."""
    for name in CORE:
        tree = ast.parse((ROOM / f"{name}.py").read_text(encoding="utf-8"))
        for place, node in enumerate(ast.walk(tree)):
            for number, what in enumerate(_ways(node)):
                spoiled = copy.deepcopy(tree)
                other = next(each for at, each in enumerate(ast.walk(spoiled)) if at == place)
                _spoil(other, number)
                yield name, getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(spoiled))


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
        isinstance(each, ast.JoinedStr | ast.Constant) and not _is_number(each)
        for each in (node.left, node.right)
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

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = f"pledgeline.ledger.{name}", source

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(ROOM / f"{self.name.rpartition('.')[2]}.py")
        exec(compile(self.source, module.__file__, "exec"), module.__dict__)


def is_killed(name: str, source: str) -> bool:
    """Run the tests against a mutant until one fails; say whether one did, or never came to an end."""
    child = os.fork()
    if child == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = 1
        with contextlib.suppress(BaseException):
            import pytest

            sys.meta_path.insert(0, _Served(name, source))
            code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *TESTS]))
        os._exit(1 if code else 0)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def main(arguments: list[str]) -> int:
    chosen = list(mutants())
    whole = len(chosen)
    if arguments:
        chosen = random.Random(1).sample(chosen, min(int(arguments[0]), whole))
    import hypothesis  # noqa: F401  so that no child has to import it again
    import pytest  # noqa: F401

    if is_killed(CORE[0], (ROOM / f"{CORE[0]}.py").read_text(encoding="utf-8")):
        sys.exit("the tests fail before anything is spoiled")
    survivors = 0
    for number, (name, line, what, source) in enumerate(chosen, start=1):
        if not is_killed(name, source):
            survivors += 1
            print(f"survived: ledger/{name}.py, line {line}: {what}", flush=True)
        if number % 25 == 0 or number == len(chosen):
            killed = (number - survivors) / number
            print(f"{number} of {len(chosen)} tried ({whole} there are), {killed:.1%} killed", flush=True)
    return 0 if survivors <= len(chosen) * (1 - GOAL) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
