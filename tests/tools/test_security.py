"""The page of security is whole, and what it names is there."""

import ast
import re
from functools import cache

from tools.security_page import CHECKOUT, MET, NOT_APPLICABLE, OPEN, chapters, faults, security_page

CHAPTERS = chapters()
ROWS = [row for chapter in CHAPTERS.values() for row in chapter]
ANSWERED = [row for row in [*ROWS, *faults()] if row.state in (MET, "mended")]

LEVELS = {
    "V1": (8, 19), "V2": (4, 7), "V3": (8, 11), "V4": (2, 8), "V5": (4, 5), "V6": (13, 22), "V7": (6, 12),
    "V8": (4, 3), "V9": (4, 3), "V10": (5, 24), "V11": (3, 11), "V12": (3, 6), "V13": (1, 12), "V14": (2, 7),
    "V15": (3, 10), "V16": (0, 16), "V17": (0, 7),
}  # fmt: skip
"""How many requirements of level 1, and of level 2, each chapter of ASVS 5.0.0 has, counted in its table."""


def test_every_requirement_of_levels_1_and_2_stands_once():
    counted = {
        title.split()[0]: tuple(sum(row.level == level for row in chapter) for level in (1, 2))
        for title, chapter in CHAPTERS.items()
    }

    assert LEVELS == counted
    assert 253 == len(ROWS) == len({row.id for row in ROWS})
    assert all(
        f"V{row.id}".startswith(f"{title.split()[0]}.") for title, rows in CHAPTERS.items() for row in rows
    )


def test_every_fault_that_was_found_stands_once():
    found = {f"S{n}" for n in range(1, 19)} | {f"L{n}" for n in range(1, 8)} | {f"C{n}" for n in range(1, 6)}

    assert found == {row.id for row in faults()}
    assert {row.state for row in faults()} <= {"mended", OPEN}


def test_every_row_has_an_answer():
    """A place and a test, or a reason in words."""
    assert {row.state for row in ROWS} <= {MET, NOT_APPLICABLE, OPEN}
    assert [] == [row.id for row in ANSWERED if not (row.where and row.tests)]
    silent = [row.id for row in [*ROWS, *faults()] if row.state in (NOT_APPLICABLE, OPEN) and not row.says]
    assert [] == silent


def test_the_places_and_tests_that_a_row_names_are_there():
    missing = [
        (row.id, place)
        for row in ANSWERED
        for place in row.where
        if not (CHECKOUT / place.partition("#")[0]).exists()
    ]
    missing += [(row.id, test) for row in ANSWERED for test in row.tests if not is_there(*test.split("::"))]

    assert [] == missing


def is_there(file: str, name: str) -> bool:
    return (CHECKOUT / file).exists() and name in names_of_tests(file)


@cache
def names_of_tests(file: str) -> set[str]:
    tree = ast.parse((CHECKOUT / file).read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def test_what_is_written_down_stands_where_a_row_says():
    """A policy is a section with something in it, and a row that counts on this test names one."""
    own = "tests/tools/test_security.py::test_what_is_written_down_stands_where_a_row_says"
    unnamed = [
        row.id for row in ANSWERED if own in row.tests and not any("#" in place for place in row.where)
    ]
    assert [] == unnamed

    places = [(row.id, *place.split("#")) for row in ANSWERED for place in row.where if "#" in place]

    assert [] == [(id_, anchor) for id_, file, anchor in places if len(sections(file).get(anchor, "")) < 200]


@cache
def sections(file: str) -> dict[str, str]:
    """Give the text of each section of a page by the name that links use."""
    text = (CHECKOUT / file).read_text(encoding="utf-8")
    parts = re.split(r"^#+ (.+)$", text, flags=re.MULTILINE)[1:]
    names = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in parts[::2])
    return dict(zip(names, parts[1::2], strict=True))


def test_the_counts_are_those_of_the_rows():
    page = security_page("")
    met, not_applicable, still_open = (
        len(re.findall(rf"^\| \d+\.\d+\.\d+ \| [12] \| .* \| \*\*{state}", page, re.MULTILINE))
        for state in ("Met", "Not applicable", "Open")
    )

    assert f"| **sum** | **{met}** | **{not_applicable}** | **{still_open}** | **253** |" in page
    assert 253 == met + not_applicable + still_open
