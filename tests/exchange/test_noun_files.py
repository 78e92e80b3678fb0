"""A file of requirements or offers: columns by their headings or as chosen, rows each for itself, nothing guessed."""

import io

import pytest
from openpyxl import Workbook

from pledgeline.exchange.noun_files import MOST_ROWS, read_noun_file
from pledgeline.programme.offers import Offer
from pledgeline.programme.requirements import Requirement


def requirements(text, **more):
    return read_noun_file(text.encode(), "needs.csv", Requirement, **more)


def book(*sheets):
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


ROWS = [["Id", "Item", "Quantity", "Need by"], ["A-1", "radio", 5, "2026-03-31"]]


def codes(file):
    return [finding.code for finding in file.findings]


def test_a_csv_file_and_a_workbook_say_the_same():
    said = {"key": "A-1", "item": "radio", "quantity": 5, "need_by": "2026-03-31"}
    csv = requirements("\ufeffId,Item,Quantity,Need by\nA-1,radio,5,2026-03-31\n")
    workbook = read_noun_file(book(("Sheet1", ROWS)), "n.xlsx", Requirement)
    assert [row.raw for row in csv.rows] == [row.raw for row in workbook.rows] == [said]
    assert (csv.findings, workbook.findings) == ((), ())


def test_what_is_wrong_is_said_at_its_cell_and_keeps_out_its_row_alone():
    file = requirements(
        'Id,Item,Qty,Needed by,Own\nA-1,radio,5,,x\nA-2,"tent, big",many,31.2.2026,\nA-1,x,1,,\nTotal,,6,,\n'
    )
    assert [(row.line, row.raw is not None) for row in file.rows] == [
        (2, True),
        (3, False),
        (4, False),
        (5, False),
    ]
    places = [[finding.place.column for finding in row.findings] for row in file.rows]
    assert places == [[], ["C", "D"], ["A"], ["A"]]
    assert codes(file) == ["header.unknown-column"]
    assert file.is_readable


def test_an_empty_cell_is_told_from_a_field_without_a_column():
    file = requirements("Id,Item,Quantity,What for\nA-1,radio,5,\n")
    assert file.rows[0].raw == {"key": "A-1", "item": "radio", "quantity": 5, "purpose": None}


def test_own_headings_are_matched_by_whoever_hands_the_file_in():
    own = "Nr,Was,Menge,Quantity\nA-1,Funkgerät,5,9\n"
    chosen = {"key": "Nr", "item": "Was", "quantity": "Menge"}
    assert codes(requirements("Nr,Was,Menge\nA-1,x,5\n")) == ["header.none"]
    file = requirements(own, chosen=chosen)
    assert file.rows[0].raw == {"key": "A-1", "item": "Funkgerät", "quantity": 5}
    assert file.headings == ("Nr", "Was", "Menge", "Quantity")


def test_a_price_is_read_in_the_currency_of_its_row():
    text = b"Id,Item,Supplier,Unit price,Currency\n1,a,B,12.50,EUR\n2,a,B,12,JPY\n3,a,B,12.5,JPY\n4,a,B,5,\n"
    file = read_noun_file(text, "o.csv", Offer)
    assert [row.raw and row.raw["unit_price"] for row in file.rows] == [12_50, 12, None, None]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook.empty-file"),
        (b"Id;Item\n1;2\n", "noun-file.not-commas"),
        (b"Id,Item\n\xff,2\n", "noun-file.not-utf-8"),
        (b'Id,Item,Quantity\n1,"a"b,2\n', "noun-file.quotes"),
        (b"Id,Item,Quantity\n", "noun-file.no-rows"),
        (b"Id,Item\n1,2\n", "header.missing-column"),
        (b"%PDF-1.7", "workbook.not-xlsx"),
        (b"PK\x03\x04 and no more", "workbook.damaged"),
        (b"x" * 4_000_001, "noun-file.too-large"),
        (book(("A", ROWS), ("B", ROWS)), "noun-file.no-sheet"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(content, code):
    file = read_noun_file(content, "file", Requirement)
    assert codes(file) == [code]
    assert not file.is_readable
    assert all(finding.way_out for finding in file.findings)


def test_of_several_sheets_the_one_that_is_named_is_read():
    file = read_noun_file(book(("Notes", [["a", "b"]]), ("Requirements", ROWS)), "n.xlsx", Requirement)
    assert len(file.rows) == 1


def test_more_rows_than_are_read_are_refused_as_a_whole():
    file = requirements("Id,Item,Quantity\n" + "".join(f"A-{n},x,1\n" for n in range(MOST_ROWS + 1)))
    assert (len(file.rows), codes(file)) == (MOST_ROWS, ["noun-file.too-many-rows"])
