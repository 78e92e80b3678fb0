"""A table in a file is what it was on the page, and no cell of it is ever a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pledgeline.exchange.tables import to_csv, to_xlsx

HEADER = ["partner", "day", "amount", "rows", "note"]
ROWS = [
    ["Íslendingar", date(2025, 8, 4), Decimal("1500000.50"), 3, None],
    ["Україна", None, Decimal("-2"), -1, 'says "no", twice\nor more'],
]
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://example.org")',
    "＝1+1",
    " =1",
    "\u00a0=1",
    '"=1"',
]
INSIDE = {
    "Drill;=1+1;@SUM(1)": "Drill;'=1+1;'@SUM(1)",
    "a,=1": "a,'=1",
    "a\t=1": "a\t'=1",
    "a|-1": "a|'-1",
    "a\n+1": "a\n'+1",
    "a\r\n@A1": "a\r\n'@A1",
    "a; =1": "a;' =1",
    "a;\u3000＝1": "a;'\u3000＝1",
    'a;"=1"': 'a;\'"=1"',
    'a";""=1': 'a";\'""=1',
    "a\u2028=1": "a\u2028'=1",
    "\t=1": "'\t'=1",
    "\r=1": "'\r'=1",
    ";=1": ";'=1",
    "\u200e=1": "'=1",
    "a;\u202e=1": "a;'=1",
    "1 - 2 = -1; see a@b.org": "1 - 2 = -1; see a@b.org",
    "Kyiv (UTC+2), 5-7 days": "Kyiv (UTC+2), 5-7 days",
}
"""What stands behind a separator or an end of line, which a spreadsheet may take for the start of a cell."""


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_csv_file_reads_back():
    assert [
        HEADER,
        ["Íslendingar", "2025-08-04", "1500000.50", "3", ""],
        ["Україна", "", "-2", "-1", 'says "no", twice\nor more'],
    ] == read_csv(to_csv(HEADER, ROWS))


def test_a_csv_file_says_that_it_is_utf_8():
    assert to_csv(["a"], []).startswith(b"\xef\xbb\xbf")


def test_numbers_are_written_out():
    assert [["n"], ["1000000000000000000000"], ["0.0000001"]] == read_csv(
        to_csv(["n"], [[Decimal("1E21")], [Decimal("1E-7")]])
    )


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_in_a_csv_file(text):
    assert [["a"], [f"'{text}"]] == read_csv(to_csv(["a"], [[text]]))


@pytest.mark.parametrize(("text", "written"), INSIDE.items())
def test_no_part_of_a_text_is_a_formula_whatever_parts_the_cells(text, written):
    assert [["a"], [written]] == read_csv(to_csv(["a"], [[text]]))


def test_texts_are_in_quotes_and_numbers_and_days_are_not():
    assert b'\xef\xbb\xbf"a","b;c"\r\n"x",-5\r\n2025-08-04,-0.10\r\n"",\r\n' == to_csv(
        ["a", "b;c"], [["x", -5], [date(2025, 8, 4), Decimal("-0.10")], ["", None]]
    )


SIGNS = st.text(st.sampled_from("=+-@＝ \u00a0\"';,|\t\n\rab1"), max_size=12)
CELLS = st.one_of(SIGNS, st.integers(-9, 9), st.none(), st.decimals(-9, 9, places=2))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), max_size=3), st.sampled_from(",;\t|"))
def test_no_cell_is_a_formula_however_a_file_is_parted(rows, separator):
    """Read as an office does whose separator is another one: no cell of a text begins as a formula."""
    shown = to_csv(["a"], rows).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(shown, newline=""), delimiter=separator) for cell in row]
    lines = [part for line in shown.splitlines() for part in line.split(separator)]

    for cell in [*cells, *lines]:
        bare = cell.lstrip(' \u00a0"')
        assert not bare.startswith(("=", "+", "@", "＝")), cell
        assert not bare.startswith("-") or bare[1:2].isdigit(), cell


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=3))
def test_a_reader_gets_back_what_was_written_but_for_the_apostrophes(rows):
    back = read_csv(to_csv(["a"], rows))[1:]

    assert [["" if cell is None else str(cell).replace("'", "") for cell in row] for row in rows] == [
        [cell.replace("'", "") for cell in row] for row in back
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_in_a_workbook(text):
    sheet = load_workbook(io.BytesIO(to_xlsx("Table", ["a", text], [[text, 1]]))).active

    assert {"s"} == {sheet["A2"].data_type, sheet["B1"].data_type}
    assert text.replace("\r", "\n") == sheet["A2"].value.replace("\r", "\n")


def test_a_workbook_has_days_and_numbers():
    sheet = load_workbook(io.BytesIO(to_xlsx("Announcements", HEADER, ROWS))).active

    assert "Announcements" == sheet.title
    assert "A2" == sheet.freeze_panes
    assert all(cell.font.bold for cell in sheet[1])
    assert date(2025, 8, 4) == sheet["B2"].value.date()
    assert (1500000.5, 3, None) == (sheet["C2"].value, sheet["D2"].value, sheet["E2"].value)
    assert "Україна" == sheet["A3"].value


def test_characters_that_no_file_may_have_are_left_out():
    assert [["a"], ["onetwo"]] == read_csv(to_csv(["a"], [["one\0\x0btwo"]]))
    assert "onetwo" == load_workbook(io.BytesIO(to_xlsx("T", ["a"], [["one\0\x0btwo"]]))).active["A2"].value


def test_the_name_of_a_sheet_has_31_characters_at_most():
    with pytest.raises(ValueError, match="too long"):
        to_xlsx("x" * 32, ["a"], [])
