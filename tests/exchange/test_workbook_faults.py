"""Workbooks that were read to a wrong figure, or dropped in silence, each with what is said of it now."""

import io
import re
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from pledgeline.exchange.workbook import WorkbookReading, read_workbook
from tests.exchange.workbooks import both, changed, good, hidden_row, part, put, raw_cell, rows

FAULTS = Path(__file__).parent / "workbook_faults"


def read(name: str) -> WorkbookReading:
    return read_workbook((FAULTS / f"{name}.xlsx").read_bytes(), f"{name}.xlsx")


def said(reading: WorkbookReading) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.place.sheet, finding.place.cell) for finding in reading.findings]


def test_a_total_is_no_contribution():
    reading = read("total-row")

    assert [("row.total", "Contributions", "A5")] == said(reading)
    assert reading.problem is None
    assert ["C-1", "C-2", "C-3"] == [row["id"] for row in reading.raw["contributions"]]


def test_euros_are_not_read_as_dollars():
    reading = read("euro-format-in-usd-plan")

    assert [("cell.other-currency", "Offers", "D2")] == said(reading)
    assert "€" in reading.findings[0].wrong


def test_half_a_percent_is_half_a_percent():
    """The cell holds 0.5 and shows 0.5%: of 90,000 dollars that is 450, and not 45,000."""
    reading = read("fee-half-percent-literal")

    assert () == reading.findings
    assert 50 == reading.problem.contributions[2].fee_bps


def test_an_amount_in_the_format_of_another_program_is_no_date():
    reading = read("format-standard")

    assert () == reading.findings
    assert 50_000_00 == reading.problem.contributions[1].amount_minor


def test_two_names_that_look_the_same_are_told_apart():
    reading = read("cyrillic-id-twice")

    assert [("plan.names-look-alike", "Contributions", "A5")] == said(reading)
    assert "Cyrillic С (U+0421)" in reading.findings[0].wrong


def test_a_copied_sheet_is_asked_about():
    reading = read("copied-sheet")

    assert [("sheet.copy", "Contributions (2)", "")] == said(reading)
    assert not reading.errors


@pytest.mark.parametrize("name", ["formula-of-empty-text", "backslashes-in-the-archive"])
def test_what_excel_opens_is_read(name):
    reading = read(name)

    assert () == reading.findings
    assert read_workbook(good()).problem == reading.problem


# ---- formulas ----


@pytest.mark.parametrize(
    "inside",
    [
        '<f>IF(1,"","x")</f><v></v>',
        '<f>IF(1,"","x")</f><v/>',
        '<f>IF(1," ","x")</f><v xml:space="preserve"> </v>',
    ],
    ids=["empty", "no text", "a blank"],
)
def test_a_formula_that_gives_nothing_is_an_empty_cell(inside):
    reading = read_workbook(raw_cell(1, "G2", inside, "str")(good()))

    assert () == reading.findings
    assert 1 == reading.problem.lines[0].min_useful


def test_a_formula_without_a_value_is_still_asked_about():
    reading = read_workbook(raw_cell(1, "G2", "<f>1+1</f>")(good()))

    assert [("cell.formula-without-value", "Requirements", "G2")] == said(reading)


# ---- archives ----


def renamed(change) -> bytes:
    """Give the good workbook with other names of its parts, and their contents as they were."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(change(entry.filename), old.read(entry))
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("xl/", "XL\\").replace("Types", "TYPES"),
        lambda name: f"/{name}",
        lambda name: name.replace("sheet1", "sheet%31"),
    ],
    ids=["capitals", "backslashes", "both", "a slash before all", "percent signs"],
)
def test_parts_are_found_however_they_are_named(change):
    reading = read_workbook(renamed(change), "plan.xlsx")

    assert () == reading.findings
    assert read_workbook(good()).problem == reading.problem


def test_a_workbook_with_backslashes_is_marked_under_the_names_that_every_program_reads():
    spoiled = changed(put("Requirements", "D2", "ten"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(spoiled)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename.replace("/", "\\"), old.read(entry))

    reading = read_workbook(out.getvalue())

    with zipfile.ZipFile(io.BytesIO(reading.marked)) as marked:
        assert not [name for name in marked.namelist() if "\\" in name]
    assert said(reading) == said(read_workbook(reading.marked))
    assert [("cell.not-a-number", "Requirements", "D2")] == said(reading)


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "xl\\..\\..\\evil.xml", "xl/%2e%2e/%2e%2e/evil.xml", "C:\\evil.xml", "xl/../evil.xml"],
)
def test_a_part_that_leads_out_of_the_archive_is_refused(name):
    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, "x")

    reading = read_workbook(out.getvalue())

    assert ["workbook.damaged"] == [finding.code for finding in reading.findings]
    assert b"" == reading.marked


@pytest.mark.parametrize(
    "name", ["XL/workbook.xml", "xl\\workbook.xml", "/xl/workbook.xml", "xl/./workbook.xml"]
)
def test_two_parts_of_one_name_are_refused(name):
    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, "<workbook/>")

    reading = read_workbook(out.getvalue())

    assert ["workbook.damaged"] == [finding.code for finding in reading.findings]
    assert "twice" in reading.findings[0].wrong


# ---- far away and hidden ----


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u200b"], ids=["blank", "no-break", "no width"])
def test_a_blank_in_the_last_row_of_a_sheet_stops_nothing(blank):
    reading = read_workbook(changed(put("Requirements", "A1048576", blank)))

    assert () == reading.findings
    assert reading.problem is not None


def test_a_sheet_of_ones_own_may_be_as_long_as_it_likes():
    def more(book):
        book.create_sheet("My notes")["A900000"].value = "far away"

    assert () == read_workbook(changed(more)).findings


def test_all_hidden_rows_are_named():
    lines = [[f"R-{number}", "pump", None, number * number] for number in range(4, 12)]
    hide = [hidden_row("Requirements", number) for number in (3, 5, 6, 7, 10, 12)]

    reading = read_workbook(changed(both(rows("Requirements", *lines), *hide)))

    assert [("row.hidden", 3)] == [(finding.code, finding.place.line) for finding in reading.findings]
    assert "Rows 3, 5 to 7, 10 and 12 (6 rows) are hidden" in reading.findings[0].wrong


def test_a_row_of_no_height_and_a_column_of_no_width_are_hidden():
    def edit(xml: bytes) -> bytes:
        xml = re.sub(rb'<row r="3"', b'<row ht="0" customHeight="1" r="3"', xml)
        return re.sub(
            rb'<col width="[0-9.]+" customWidth="1" min="4"', b'<col width="0" customWidth="1" min="4"', xml
        )

    reading = read_workbook(part("xl/worksheets/sheet1.xml", edit)(good()))

    assert {("row.hidden", ""), ("sheet.hidden", "D1")} == {
        (finding.code, finding.place.cell) for finding in reading.findings
    }


# ---- numbers without end ----


@pytest.mark.parametrize(
    "edit",
    [
        lambda xml: xml.replace(b'<row r="3"', b'<row r="' + b"9" * 5000 + b'"', 1),
        lambda xml: re.sub(rb'(<c r="D2")[^>]*>', rb'\1 s="' + b"9" * 5000 + rb'" t="n">', xml, count=1),
        lambda xml: re.sub(
            rb'(<c r="A2")[^>]*>.*?</c>', rb'\1 t="s"><v>' + b"1" * 5000 + b"</v></c>", xml, count=1
        ),
        lambda xml: re.sub(
            rb'(<c r="D2")[^>]*>.*?</c>', rb"\1><v>" + b"7" * 5000 + b"</v></c>", xml, count=1
        ),
        lambda xml: xml.replace(b"<cols>", b'<cols><col hidden="1" min="1" max="' + b"9" * 5000 + b'"/>', 1),
    ],
    ids=["row", "style", "text", "value", "column"],
)
def test_a_number_of_thousands_of_digits_ends_nothing(edit):
    reading = read_workbook(part("xl/worksheets/sheet1.xml", edit)(good()))

    assert isinstance(reading, WorkbookReading)
    assert all(finding.wrong and finding.way_out for finding in reading.findings)


# ---- sheets of ones own ----


@pytest.mark.parametrize(
    "headings", [("Id", "Amount", "Paid on"), ("Currency", "Rate"), ("Partner", "Sum of amount")]
)
def test_a_list_of_ones_own_is_no_copy(headings):
    def more(book):
        book.create_sheet("Bank").append(headings)
        book["Bank"].append(["EUR", 3, "x"][: len(headings)])

    assert () == read_workbook(changed(more)).findings


def test_few_columns_are_a_copy_where_the_name_says_so():
    def more(book):
        book.create_sheet("Contributions, new").append(("Id", "Amount"))
        book["Contributions, new"].append(("C-9", 3))

    assert [("sheet.copy", "Contributions, new", "")] == said(read_workbook(changed(more)))


# ---- days ----


@pytest.mark.parametrize(("day", "at"), [(date(2099, 2, 1), "B2"), (date(1991, 2, 1), "B2")])
def test_the_order_with_the_slip_in_its_year_is_asked_about_and_no_other(day, at):
    reading = read_workbook(changed(put("Packages", "B2", day)))

    assert [at] == [finding.place.cell for finding in reading.findings if finding.code == "plan.day-far-away"]


# ---- names ----


def test_one_name_in_two_forms_is_one_item():
    """é as one character on Requirements, and as two on Offers."""
    reading = read_workbook(
        changed(
            both(
                rows("Requirements", ["R-4", "pompe \u00e0 l\u2019\u00e9tuve", None, 4]),
                rows("Offers", ["O-5", "pompe a\u0300 l\u2019e\u0301tuve", None, 4, None, 5]),
            )
        )
    )

    assert () == reading.findings
    assert reading.problem.lines[3].item == reading.problem.offers[4].item


@pytest.mark.parametrize(
    ("cell", "terms", "letter"),
    [
        ("E3", "category: wаter", "Cyrillic а (U+0430)"),
        ("F3", "item: tеnt", "Cyrillic е (U+0435)"),
        ("E3", "package: Р-1", "Cyrillic Р (U+0420)"),
        ("E3", "source: stосk", "Cyrillic о (U+043E)"),
        ("F3", "supplier: Wοrks", "Greek ο (U+03BF)"),
    ],
)
def test_a_term_of_money_that_only_looks_like_a_name_stops_the_plan(cell, terms, letter):
    """Passed over, it would let the money pay for what the partner excluded."""
    reading = read_workbook(changed(put("Contributions", cell, terms)))

    assert [("plan.names-look-alike", "Contributions", cell)] == said(reading)
    assert letter in reading.findings[0].wrong
    assert reading.problem is None


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "at"),
    [
        ("Offers", "B2", "pumр", "B2"),
        ("Kits", "A2", "сlinic", "A2"),
        ("Kits", "B2", "tеnt", "B2"),
        ("Suppliers", "A2", "Wоrks", "A2"),
        ("Substitutes", "A2", "gеnerator", "A2"),
        ("Substitutes", "B2", "small gеnerator", "B2"),
    ],
)
def test_a_name_with_a_twin_is_one_finding_and_never_a_hint_to_write_the_twin(sheet, cell, value, at):
    reading = read_workbook(changed(put(sheet, cell, value)))

    assert [("plan.names-look-alike", sheet, at)] == said(reading)


def test_two_categories_that_look_the_same_are_told_apart_by_their_letter():
    reading = read_workbook(changed(put("Offers", "C3", "роwer")))

    assert [("categories.conflict", "Offers", "C3")] == said(reading)
    assert "Cyrillic р (U+0440)" in reading.findings[0].wrong


@pytest.mark.parametrize(
    "item", ["resistor 5 kΩ", "IFNα vial", "β-blocker", "танк Т-72", "М777A2", "Patriot ракета"]
)
def test_signs_of_science_and_names_in_one_alphabet_a_word_are_not_asked_about(item):
    reading = read_workbook(changed(both(put("Requirements", "B2", item), put("Offers", "B2", item))))

    assert () == reading.findings


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [("Settings", "A5", "Тitle"), ("Contributions", "D3", "UЅD"), ("Offers", "D1", "Unit рrice")],
)
def test_each_message_about_a_word_of_two_alphabets_names_the_letter(sheet, cell, value):
    reading = read_workbook(changed(put(sheet, cell, value)))

    assert ["Cyrillic" in finding.wrong for finding in reading.findings if finding.place.cell == cell] == [
        True
    ]


# ---- headings ----


@pytest.mark.parametrize(
    "heading", ["Unit price (USD)", "Unit price, USD", "Unit price in US$", "Unit price $", "Price [USD]"]
)
def test_a_heading_with_the_currency_of_the_plan_is_read(heading):
    reading = read_workbook(changed(put("Offers", "D1", heading)))

    assert () == reading.findings
    assert 125_050 == reading.problem.offers[0].unit_price_minor


@pytest.mark.parametrize(
    ("sheet", "cell", "heading"),
    [
        ("Offers", "D1", "Unit price, kUSD"),
        ("Offers", "D1", "Unit price (per 1000)"),
        ("Offers", "D1", "Unit price ¢"),
        ("Contributions", "C1", "Amount (TEUR)"),
        ("Contributions", "C1", "Amount EURm"),
        ("Contributions", "C1", "Amount x 1,000"),
        ("Contributions", "C1", "Amount (USD x1000)"),
        ("Contributions", "I1", "Fee (bps)"),
        ("Contributions", "I1", "Fee ‰"),
        ("Contributions", "I1", "Fee, USD"),
        ("Requirements", "D1", "Quantity (boxes of 10)"),
        ("Requirements", "D1", "Quantity (%)"),
    ],
)
def test_a_heading_with_a_unit_that_is_not_ours_stops_the_plan(sheet, cell, heading):
    """Left out, a fee would be no fee; with the heading put right as a misspelling, thousands would be ones."""
    reading = read_workbook(changed(put(sheet, cell, heading)))

    assert [("header.other-unit", sheet, cell)] == said(reading)
    assert reading.problem is None


@pytest.mark.parametrize(
    ("sheet", "cell", "number_format"),
    [
        ("Offers", "F2", '0" weeks"'),
        ("Offers", "F2", '0 "тижнів"'),
        ("Offers", "F2", '0" months"'),
        ("Requirements", "D2", '0" dozen"'),
        ("Requirements", "D2", '0" тис. шт"'),
    ],
)
def test_a_count_that_is_shown_in_another_measure_is_refused(sheet, cell, number_format):
    value = 30 if sheet == "Offers" else 10

    reading = read_workbook(changed(put(sheet, cell, value, number_format)))

    assert [("cell.format-changes-figure", sheet, cell)] == said(reading)


@pytest.mark.parametrize(
    ("sheet", "cell", "number_format"),
    [
        ("Offers", "F2", '0" days"'),
        ("Offers", "F2", '0\\ "дн."'),
        ("Offers", "F2", "#,##0_ "),
        ("Requirements", "D2", '0" pcs"'),
        ("Requirements", "D2", '0 "шт."'),
    ],
)
def test_a_count_that_is_shown_as_it_is_asked_for_is_read(sheet, cell, number_format):
    value = 30 if sheet == "Offers" else 10

    assert () == read_workbook(changed(put(sheet, cell, value, number_format))).findings


# ---- shares ----


@pytest.mark.parametrize(
    ("value", "number_format", "bps"),
    [
        (0.015, "General", 150),
        (1.5, '0.0"%"', 150),
        (0.5, "0.0\\%", 50),
        (0.5, "0%", 5000),
        ("0.5%", "General", 50),
        ("1/200", "@", 50),
    ],
)
def test_a_fee_is_read_where_it_has_one_meaning(value, number_format, bps):
    reading = read_workbook(changed(put("Contributions", "I4", value, number_format)))

    assert () == reading.findings
    assert bps == reading.problem.contributions[2].fee_bps


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [
        (5, '0" bps"', "cell.format-changes-figure"),
        (0.5, '0.0" pct"', "cell.format-changes-figure"),
        (1.5, '0.0"％"', "cell.format-changes-figure"),
        (5, '0"‰"', "cell.format-changes-figure"),
        ("½ %", "General", "cell.not-a-number"),
        ("50 bps", "General", "cell.not-a-number"),
        (0.5, "# ?/?", "cell.percent-sign"),
        (1, "General", "cell.percent-sign"),
    ],
)
def test_a_fee_in_another_unit_is_refused_with_a_way_out(value, number_format, code):
    reading = read_workbook(changed(put("Contributions", "I4", value, number_format)))

    assert [(code, "Contributions", "I4")] == said(reading)
    assert "1500000" not in reading.findings[0].way_out


def test_a_share_is_read_as_it_is_shown():
    reading = read_workbook(changed(put("Contributions", "J4", 12.5, '0.0"%"')))

    assert Fraction(1, 8) == reading.problem.contributions[2].max_share


# ---- lots ----


def test_a_price_below_a_cent_is_planned_to_the_cent_in_lots():
    """A million syringes at 0.0235 are 23,500 dollars; ten thousand hundreds at 2.35 are 23,500, too."""
    syringes = both(
        rows("Requirements", ["R-4", "100 syringes", None, 10_000]),
        rows("Offers", ["O-5", "100 syringes", None, 2.35, None, 5]),
    )

    reading = read_workbook(changed(syringes))

    offer, line = reading.problem.offers[4], reading.problem.lines[3]
    assert 23_500_00 == offer.unit_price_minor * line.quantity == 1_000_000 * 235 // 100


# ---- a workbook of nothing but what is needed ----


def test_a_bare_workbook_of_another_program_is_read():
    """No styles, no sheet of help, headings in capitals: what a script writes."""
    book = Workbook()
    book.active.title = "REQUIREMENTS"
    for row in (["ID", "ITEM", "QUANTITY"], ["R-1", "pump", 5]):
        book.active.append(row)
    for name, lines in {
        "Offers": [["Id", "Item", "Price (EUR)", "Lead time"], ["O-1", "pump", "10,50 €", 3]],
        "Contributions": [["Id", "Amount"], ["C-1", 100]],
        "Packages": [["Id", "Order day"], ["P-1", date(2026, 5, 1)]],
        "Settings": [["Currency", "EUR"]],
    }.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)

    reading = read_workbook(out.getvalue())

    assert () == reading.findings
    assert 1_050 == reading.problem.offers[0].unit_price_minor
