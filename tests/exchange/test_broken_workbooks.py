"""Whatever a workbook holds, its reader names every fault at its cell, once, with the way out."""

import io
from datetime import date
from functools import cache

import pytest
from openpyxl import load_workbook

from pledgeline.exchange.workbook import WARNINGS, WorkbookReading, read_workbook
from pledgeline.money.display import NO_BREAK
from pledgeline.plan import read_problem
from pledgeline.programme.findings import meanings
from pledgeline.programme.sentences import has_sentence
from tests.exchange.broken_workbooks import BROKEN, Broken
from tests.exchange.workbooks import FIRST_DAY, GOOD, both, changed, good, rows

WITHOUT_EXAMPLE = {"plan.unforeseen", "reading.too-many"}
"""The one guards against rules that `plan` may get later; the other needs ten thousand faults."""


def test_the_good_workbook_is_good():
    reading = read_workbook(good(), "plan.xlsx")

    assert () == reading.findings
    assert read_problem(GOOD)[0] == reading.problem
    assert FIRST_DAY == reading.first_day
    assert good() == reading.marked
    assert {
        "Requirements": 3,
        "Offers": 4,
        "Contributions": 3,
        "Packages": 2,
        "Kits": 2,
        "Substitutes": 1,
        "Suppliers": 1,
        "Rates": 1,
    } == reading.kept


@cache
def spoiled(broken: Broken) -> tuple[bytes, WorkbookReading]:
    """Give a spoiled workbook, and what its reader says."""
    data = broken.data()
    return data, read_workbook(data, "plan.xlsx")


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_each_fault_gives_one_finding_at_its_cell(broken: Broken):
    _, reading = spoiled(broken)

    found = [(one.code, one.place.sheet, one.place.cell, one.wrong) for one in reading.findings]
    assert [(broken.code, broken.sheet, broken.cell)] == [one[:3] for one in found], found
    only = reading.findings[0]
    assert "plan.xlsx" == only.place.file
    assert broken.row is None or broken.row == only.place.line
    assert broken.hint in only.way_out
    assert only.wrong.endswith((".", "?"))
    assert only.way_out.endswith(".")
    assert f"{only.wrong}{only.way_out}{only.excerpt}".replace(NO_BREAK, " ").isprintable()
    assert (reading.problem is None) == only.is_error
    assert (only.code in WARNINGS) == (not only.is_error)


ONE_OF_EACH = list({broken.code: broken for broken in BROKEN if broken.cell}.values())


@pytest.mark.parametrize("broken", ONE_OF_EACH, ids=lambda broken: broken.name)
def test_the_marked_copy_shows_the_fault_and_keeps_the_rest(broken: Broken):
    data, reading = spoiled(broken)
    before, after = load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(reading.marked))

    cell = after[broken.sheet][broken.cell]
    assert ("FFFFC7CE" if reading.errors else "FFFFEB9C") == cell.fill.fgColor.rgb
    assert cell.comment is not None
    assert reading.findings[0].wrong.replace(NO_BREAK, " ") in cell.comment.text
    assert before.sheetnames == after.sheetnames
    for sheet in before:
        for row in sheet.iter_rows():
            for old in row:
                new = after[sheet.title][old.coordinate]
                assert (old.value, old.number_format) == (new.value, new.number_format)
                if (sheet.title, old.coordinate) != (broken.sheet, broken.cell):
                    assert (old.fill.fgColor.rgb, old.comment and old.comment.text) == (
                        new.fill.fgColor.rgb,
                        new.comment and new.comment.text,
                    )


def test_days_are_dates_and_a_name_that_reads_like_one_stays_a_name():
    """“day 3 ration” is offered by nobody; the money for it is for a name with quotation marks in it."""
    changes = both(
        rows("Requirements", ["R-4", "day 3 ration", None, 4, None, date(2026, 1, 15)]),
        rows("Contributions", ["C-4", "Malta", 5, "USD", 'item: "a ""b"" day 9"']),
    )
    reading = read_workbook(changed(changes), "plan.xlsx")

    assert {
        ("plan.no-offer", "Nobody offers day 3 ration."),
        (
            "plan.needed-before-first-order",
            "It is needed by 2026-01-15; the first order is on 2026-02-01.",
        ),
        ("plan.earmark-names-nothing", 'No item is called “a "b" day 9”.'),
    } == {(finding.code, finding.wrong) for finding in reading.findings}


def test_the_catalogue_and_the_broken_workbooks_name_the_same_codes():
    assert set(meanings("workbook")) == {broken.code for broken in BROKEN} | WITHOUT_EXAMPLE


def test_each_objection_of_the_planner_can_be_said_in_a_workbook():
    plan = {code for code in meanings("workbook") if code.startswith("plan.")}

    assert [] == [code for code in sorted(plan) if not has_sentence(f"{code}.workbook.said")]


def test_names_of_broken_workbooks_are_different_and_there_are_many():
    names = [broken.name for broken in BROKEN]
    assert [] == [name for name in names if names.count(name) > 1]
    assert len(names) >= 80
