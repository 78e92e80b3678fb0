"""Names mean one thing, loops say what they go over, and a function fits on a screen. Figures here may only fall."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_database

SOURCE = Path(__file__).parents[2] / "src" / "pledgeline"

LONGEST = 60
"""Units: lines of a function."""

TABLES = {
    "exchange/workbook/template.py rows",
    "web/announcements.py columns",
    "web/guarantees/register.py _clauses",
    "web/guarantees/register.py _table",
}
"""Functions that are one table of data: splitting it would hide that."""

HIDING = ("one", "each", "found", "said")
"""Names of loop variables behind which nobody sees what is gone over."""

TWO_MEANINGS = {
    "Asked",
    "Column",
    "Contribution",
    "Finding",
    "Money",
    "NotAllowed",
    "Offer",
    "Order",
    "Refused",
    "State",
    "Text",
    "Why",
}
"""Class names that still stand in more than one file."""


@cache
def trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def test_a_function_fits_on_a_screen():
    long = {
        f"{file} {node.name}"
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > LONGEST
    }

    assert set() == long - TABLES


def test_a_loop_names_what_it_goes_over():
    hidden = [
        f"{file}:{node.target.lineno}"
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.For | ast.comprehension)
        and isinstance(node.target, ast.Name)
        and node.target.id in HIDING
    ]

    assert [] == hidden


def test_a_class_name_means_one_thing():
    files = defaultdict(set)
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                files[node.name].add(file)
    several = {name for name, where in files.items() if len(where) > 1}

    assert set() == several - {"Command", "Meta", "Migration"} - TWO_MEANINGS
