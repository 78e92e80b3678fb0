"""Names mean one thing, loops say what they go over, a function fits on a screen, and types say what they are.

Figures here may only fall.
"""

import ast
import re
from collections import defaultdict

import pytest

from tests.source import ROOM, nodes

pytestmark = pytest.mark.any_database

LONGEST = 60
"""Units: lines of a function."""

TABLES = {
    "exchange/workbook/template.py rows",
    "web/announcements.py columns",
    "web/guarantees/register.py _clauses",
    "web/guarantees/register.py _table",
}
"""Functions that are one table of data: splitting it would hide that."""

LINES_OF_ANY = 698
"""Units: lines with the word Any: where a library gives no type, and where a value is passed on unlooked."""

HIDING = ("one", "each", "found", "said")
"""Names of loop variables behind which nobody sees what is gone over."""


def lasting() -> dict[str, list[ast.AST]]:
    """Give the nodes of what is still written on: a migration stays as it is."""
    return {file: in_file for file, in_file in nodes().items() if "/migrations/" not in file}


def test_a_function_fits_on_a_screen():
    long = {
        f"{file} {node.name}"
        for file, in_file in lasting().items()
        for node in in_file
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > LONGEST
    }

    assert set() == long - TABLES


def test_a_loop_names_what_it_goes_over():
    hidden = [
        f"{file}:{node.target.lineno}"
        for file, in_file in lasting().items()
        for node in in_file
        if isinstance(node, ast.For | ast.comprehension)
        and isinstance(node.target, ast.Name)
        and node.target.id in HIDING
    ]

    assert [] == hidden


def test_a_class_name_means_one_thing():
    files = defaultdict(set)
    for file, in_file in lasting().items():
        for node in in_file:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                files[node.name].add(file)
    several = {name for name, where in files.items() if len(where) > 1}

    assert set() == several - {"Command", "Meta", "Migration"}


def test_any_is_said_seldom():
    said = [
        f"{path.relative_to(ROOM)}:{number}"
        for path in sorted(ROOM.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\bAny\b", line)
    ]

    assert len(said) <= LINES_OF_ANY
