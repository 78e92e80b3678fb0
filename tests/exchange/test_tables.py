"""A table in a file is what it was on the page, and no cell of it is ever a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from pledgeline.exchange.tables import to_csv, to_xlsx

HEADER = ["partner", "day", "amount", "rows", "note"]
ROWS = [
    ["Íslendingar", date(2025, 8, 4), Decimal("1500000.50"), 3, None],
    ["Україна", None, Decimal("-2"), -1, 'says "no", twice\nor more'],
]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.org")']


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
