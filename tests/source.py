"""The program as it is written: each module is read, and gone through, once for all tests that read the code."""

import ast
from functools import cache
from pathlib import Path

import pledgeline

ROOM = Path(pledgeline.__file__).parent


@cache
def modules() -> dict[str, ast.Module]:
    """Give every module of the program by its path in the room, in their order."""
    return {
        path.relative_to(ROOM).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(ROOM.rglob("*.py"))
    }


@cache
def nodes() -> dict[str, list[ast.AST]]:
    """Give every node of every module, as `ast.walk` comes to them."""
    return {module: list(ast.walk(tree)) for module, tree in modules().items()}
