"""Workbooks made to cost time and memory: they are counted before they are read, and left where enough is wrong."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from pledgeline.exchange.workbook import WorkbookReading, file, package, read_workbook
from pledgeline.exchange.workbook.package import OpcPackage
from pledgeline.programme import findings
from tests.exchange.workbooks import Spoil, both, changed, good, part, put, rows

REQUIREMENTS = "xl/worksheets/sheet1.xml"
ROWS = [[f"R-bad-{n}", "pump", None, -n] for n in range(1, 60)]


def said(reading: WorkbookReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def sheet_with(more: str, name: str = REQUIREMENTS) -> Spoil:
    """Put more rows below those of a sheet."""
    return part(name, lambda xml: xml.replace(b"</sheetData>", more.encode() + b"</sheetData>"))


def commented(book: Workbook) -> None:
    book["Requirements"]["D5"].comment = Comment("Is this right?", "a colleague")


@pytest.fixture
def few(monkeypatch):
    """Let so few beginnings, ends and attributes be read that a small file has more. The good workbook has 2,500."""
    monkeypatch.setattr(package, "MOST_MARKUP", 10_000)


@pytest.mark.parametrize(
    ("row", "times"),
    [
        ("<row>{}</row>", "<c/>"),
        ("{}", "<row/>"),
        ("<row>{}</row>", "<c></c>"),
        ("<row>{}</row>", '<c a="" b=""/>'),
    ],
    ids=["empty cells", "empty rows", "cells with an end", "cells with attributes"],
)
def test_rows_and_cells_that_hold_nothing_are_counted_before_they_are_read(few, monkeypatch, row, times):
    """55 million empty cells in a file of 763 kB took 93 seconds."""
    parsed = []
    parse = file.parse
    monkeypatch.setattr(
        file, "parse", lambda data, name, *rest: parsed.append(name) or parse(data, name, *rest)
    )

    reading = read_workbook(sheet_with(row.format(times * 5_000))(good()))

    assert ["workbook.too-many-cells"] == said(reading)
    assert reading.problem is None
    assert REQUIREMENTS not in parsed


def test_what_all_sheets_hold_together_is_counted(few):
    """Each alone would be read."""
    data = good()
    for number in (1, 2, 3):
        more = sheet_with("<row/>" * 1_500, f"xl/worksheets/sheet{number}.xml")
        assert "workbook.too-many-cells" not in said(read_workbook(more(good())))
        data = more(data)

    assert ["workbook.too-many-cells"] == said(read_workbook(data))


@pytest.mark.parametrize(
    "more",
    [
        "<mergeCells>" + '<mergeCell ref="A1:B200000"/>' * 11 + "</mergeCells>",
        "<mergeCells>" + '<mergeCell ref="A2:B2"/>' * 1_001 + "</mergeCells>",
        "<cols>" + '<col min="1" max="400" hidden="1"/>' * 3 + "</cols>",
    ],
    ids=["tall merged cells", "many merged cells", "hidden columns"],
)
def test_cells_that_are_merged_or_hidden_together_take_up_room(monkeypatch, more):
    monkeypatch.setattr(file, "MOST_CELLS", 1_000)
    wide = part(REQUIREMENTS, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + more.encode()))

    assert ["workbook.too-many-cells"] == said(read_workbook(wide(good())))


def test_the_reading_stops_where_the_list_of_findings_is_full(monkeypatch):
    """100,000 wrong rows took six minutes. What is wrong below is not looked for, and no plan is made of it."""
    monkeypatch.setattr(findings, "MOST_FINDINGS", 20)
    data = changed(both(rows("Requirements", *ROWS, ["R-last", "pump", None, 5]), put("Offers", "D2", "?")))

    reading = read_workbook(data)

    assert ["reading.too-many", *["cell.out-of-range"] * 20] == said(reading)
    assert 3 == reading.kept["Requirements"]
    assert reading.problem is None


def test_marking_unpacks_no_part_for_each_mark(monkeypatch):
    unpacked = Counter()
    read = OpcPackage.read
    monkeypatch.setattr(OpcPackage, "read", lambda self, name: unpacked.update([name]) or read(self, name))

    reading = read_workbook(changed(both(rows("Requirements", *ROWS), commented)))

    assert len(ROWS) <= len(reading.findings)
    assert max(unpacked.values()) <= 6


# ---- numbers without an end ----

ENDLESS = b"9" * 5_000


def cell(address: str, content: bytes) -> Callable[[bytes], bytes]:
    head, _, rest = content.partition(b">")
    new = b'<c r="%b"%b>%b</c>' % (address.encode(), head, rest)
    return lambda xml: re.sub(rb'<c r="%b"[^>]*>.*?</c>' % address.encode(), new, xml)


def after_rows(more: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + more)


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        pytest.param(lambda xml: xml.replace(b'<row r="3"', b'<row r="%b"' % ENDLESS), [], id="row"),
        pytest.param(lambda xml: xml.replace(b'"D3"', b'"D%b"' % ENDLESS), [], id="cell"),
        pytest.param(cell("D3", b' s="%b"><v>7</v>' % ENDLESS), [], id="style"),
        pytest.param(cell("A3", b' t="s"><v>%b</v>' % ENDLESS), ["workbook.damaged"], id="shared text"),
        pytest.param(
            after_rows(b'<cols><col min="%b" max="%b" hidden="1"/></cols>' % (ENDLESS, ENDLESS)),
            [],
            id="columns",
        ),
        pytest.param(
            after_rows(b'<mergeCells><mergeCell ref="A2:B%b"/></mergeCells>' % ENDLESS), [], id="merged"
        ),
        pytest.param(cell("D3", b"><v>%b</v>" % ENDLESS), ["cell.not-a-number"], id="quantity"),
        pytest.param(cell("D3", b"><v>0.%b</v>" % ENDLESS), ["cell.not-a-number"], id="decimals"),
        pytest.param(
            cell("D3", b' t="inlineStr"><is><t>%b</t></is>' % ENDLESS), ["cell.not-a-number"], id="typed"
        ),
    ],
)
def test_a_number_of_five_thousand_digits_in_a_sheet_is_no_error_of_ours(spoil, found):
    """Python reads no integer of more than 4,300 digits. Each of these was one, or stands where one could."""
    spoiled = part(REQUIREMENTS, spoil)(good())
    assert ENDLESS in zipfile.ZipFile(io.BytesIO(spoiled)).read(REQUIREMENTS)

    assert found == [finding.code for finding in read_workbook(spoiled).errors]


def test_a_cell_whose_style_has_five_thousand_digits_is_marked_all_the_same():
    spoiled = part(REQUIREMENTS, cell("D3", b' s="%b"><v>-7</v>' % ENDLESS))(good())

    reading = read_workbook(spoiled)

    assert ["cell.out-of-range"] == said(reading)
    assert reading.marked != spoiled


def test_a_format_with_a_number_of_five_thousand_digits_is_none():
    styles = part(
        "xl/styles.xml",
        lambda xml: re.sub(rb'(<xf [^>]*?)numFmtId="\d+"', rb'\1numFmtId="' + ENDLESS + b'"', xml),
    )

    assert read_workbook(styles(good())).marked
