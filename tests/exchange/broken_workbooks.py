"""More than a hundred ways to fill in a workbook wrongly, each with the one finding that it causes.

One cause, one finding: a contribution that was left out for its amount is not missed again by every row that
names it. The catalogue of findings in the documentation takes its examples from here.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import load_workbook

from pledgeline.exchange.workbook import template
from tests.exchange.workbooks import (
    Change,
    Spoil,
    archive,
    both,
    changed,
    copied,
    emptied,
    good,
    hidden_column,
    hidden_row,
    hidden_sheet,
    merged,
    part,
    put,
    raw_cell,
    renamed,
    rows,
    rows_gone,
    without,
    without_column,
    without_part,
)

R, O, C, P, K, S, X, T = (  # noqa: E741
    "Requirements",
    "Offers",
    "Contributions",
    "Packages",
    "Kits",
    "Substitutes",
    "Rates",
    "Settings",
)


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One way to spoil the good workbook, and the one finding that it causes.

    `told` says what was done, for the documentation.
    """

    name: str
    make: object
    code: str
    sheet: str = ""
    cell: str = ""
    row: int | None = None
    told: str = ""
    hint: str = ""

    def data(self) -> bytes:
        """Give the spoiled workbook."""
        made = self.make
        return made() if callable(made) else bytes(made)  # type: ignore[call-overload, no-any-return]


def at(
    code: str,
    sheet: str,
    cell: str,
    value: object,
    *,
    hint: str = "",
    number_format: str = "",
    name: str = "",
) -> Broken:
    """Spoil one cell; the finding is in that cell."""
    shown = f"“{value}”" if isinstance(value, str) and value else "nothing" if value is None else repr(value)
    shown = f"“{value[:30]}…”" if isinstance(value, str) and len(value) > 60 else shown
    return Broken(
        name=name or f"{sheet} {cell}: {shown[:50]}",
        make=lambda: changed(put(sheet, cell, value, number_format)),
        code=code,
        sheet=sheet,
        cell=cell,
        told=f"Sheet {sheet}, cell {cell}: {shown if isinstance(value, str | int | float) else name or shown}.",
        hint=hint,
    )


def by(
    code: str,
    sheet: str,
    cell: str,
    told: str,
    change: Change,
    *,
    hint: str = "",
    row: int | None = None,
) -> Broken:
    """Change the workbook in several places; the finding is in one."""
    return Broken(
        name=told,
        make=lambda: changed(change),
        code=code,
        sheet=sheet,
        cell=cell,
        row=row,
        told=told,
        hint=hint,
    )


def raw(code: str, number: int, sheet: str, cell: str, inside: str, kind: str, told: str) -> Broken:
    """Write one cell as the file has it."""
    return Broken(
        name=told,
        make=lambda: raw_cell(number, cell, inside, kind)(good()),
        code=code,
        sheet=sheet,
        cell=cell,
        told=told,
    )


def file_(code: str, told: str, make: object, sheet: str = "") -> Broken:
    """Hand in something else than the good workbook."""
    return Broken(name=told, make=make, code=code, told=told, sheet=sheet)


def spoiled(spoil: Spoil) -> object:
    return lambda: spoil(good())


def over_an_example() -> bytes:
    """Write over an example of the template and leave its name; the other sheets are filled in."""
    book, filled = load_workbook(io.BytesIO(template())), load_workbook(io.BytesIO(good()))
    for name in (R, O, C, P, K, S, "Suppliers", X):
        for row in filled[name].iter_rows(min_row=2):
            for cell in row:
                new = book[name][cell.coordinate]
                new.value, new.number_format = cell.value, cell.number_format
    for place, value in enumerate(("EXAMPLE-1", "pump", None, 7), start=1):
        book[R].cell(5, place).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    return archive(_rels__x=b"", xl__a=b"0" * (4 * 2**20))


FILES = [
    file_("workbook.empty-file", "The file has no byte.", b""),
    file_("workbook.too-large", "The file has 65 MB.", lambda: b"PK" + bytes(65 * 2**20)),
    file_(
        "workbook.encrypted",
        "The workbook was saved with a password.",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
    ),
    file_(
        "workbook.old-xls",
        "`plan.xls` was renamed to `plan.xlsx`.",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ),
    file_("workbook.not-xlsx", "`plan.csv` was renamed to `plan.xlsx`.", b"Id,Item,Quantity\nR-1,pump,10\n"),
    file_("workbook.not-xlsx", "A PDF file was renamed.", b"%PDF-1.7\n%\xe2\xe3"),
    file_("workbook.not-xlsx", "A JSON file was renamed.", b'{"currency": "USD"}'),
    file_(
        "workbook.not-xlsx",
        "A web page was saved as .xlsx.",
        b"<html><table><tr><td>1</td></tr></table></html>",
    ),
    file_("workbook.not-xlsx", "A picture was renamed.", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe"),
    file_(
        "workbook.not-xlsx",
        "`plan.ods` was renamed.",
        archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b"<a/>"}),
    ),
    file_("workbook.not-xlsx", "A text document was renamed.", archive(word__document=b"<a/>")),
    file_(
        "workbook.not-xlsx", "A binary workbook (.xlsb) was renamed.", archive(**{"xl__workbook.bin": b"1"})
    ),
    file_("workbook.not-xlsx", "An archive of pictures was renamed.", archive(one=b"1")),
    file_("workbook.damaged", "The file breaks off in the middle.", lambda: good()[: len(good()) // 2]),
    file_(
        "workbook.damaged",
        "A sheet is missing inside the file.",
        spoiled(without_part("xl/worksheets/sheet2.xml")),
    ),
    file_(
        "workbook.damaged",
        "A sheet holds broken XML.",
        spoiled(part("xl/worksheets/sheet3.xml", lambda xml: xml[:-40])),
    ),
    file_(
        "workbook.damaged",
        "A sheet is in an encoding that there is not.",
        spoiled(
            part(
                "xl/worksheets/sheet3.xml",
                lambda xml: b'<?xml version="1.0" encoding="NaN"?>' + xml.partition(b"?>")[2],
            )
        ),
    ),
    file_(
        "workbook.damaged",
        "A part declares a document type with entities.",
        spoiled(
            part(
                "xl/worksheets/sheet2.xml",
                lambda xml: b'<!DOCTYPE a [<!ENTITY b "bbbb">]>' + xml.partition(b"?>")[2],
            )
        ),
    ),
    file_("workbook.bomb", "A part unpacks to a thousand times its size.", bomb),
    Broken(
        name="far away",
        make=lambda: changed(put(R, "A900000", "x")),
        code="workbook.too-many-cells",
        sheet=R,
        told="Something stands in row 900,000.",
    ),
    Broken(
        name="far right",
        make=lambda: changed(put(O, "ZZ3", "x")),
        code="workbook.too-many-cells",
        sheet=O,
        told="Something stands in column ZZ.",
    ),
]

SHEETS = [
    *(by("sheet.missing", name, "", f"There is no sheet {name}.", without(name)) for name in (R, O, C, P, T)),
    by("sheet.misspelt", "Requirments", "", "The sheet Requirements is named Requirments.", renamed(R, "Requirments"), hint="Requirements"),
    by("sheet.misspelt", "Contibutions", "", "The sheet Contributions is named Contibutions.", renamed(C, "Contibutions"), hint="Contributions"),
    by(
        "sheet.twice",
        "Lines",
        "",
        "There is a sheet Requirements and a filled sheet Lines.",
        lambda book: book.create_sheet("Lines").append(["Id", "Item"]),
    ),
    by("sheet.copy", "Contributions (2)", "", "There is a copy of Contributions with a row more.", copied(C, "Contributions (2)", ["C-9", "Denmark", 7_000_000, "USD"]), hint="Contributions"),
    by("sheet.copy", "New prices", "", "A sheet of another name has the columns of Offers.", copied(O, "New prices")),
    by("sheet.copy", "Settings (2)", "", "There is a copy of Settings.", copied(T, "Settings (2)")),
    by("sheet.copy", "Bündel", "", "A copy of Packages has a name of its own.", copied(P, "Bündel")),
    by("sheet.hidden", X, "", "The sheet Rates is hidden.", hidden_sheet(X)),
    by("sheet.hidden", O, "E1", "The column Available is hidden.", hidden_column(O, "E")),
    by("sheet.no-rows", C, "", "The sheet Contributions has a header only.", rows_gone(C)),
    file_("sheet.only-examples", "The template was handed in as it is.", template, sheet=R),
    by("header.none", O, "", "The sheet Offers is empty.", emptied(O)),
    by("header.missing-column", R, "", "The column Quantity was deleted.", without_column(R, 4), row=1),
    by("header.missing-column", O, "", "The column Lead time (days) was deleted.", without_column(O, 6), row=1),
    at("header.misspelt", R, "D1", "Quantaty", hint="Quantity"),
    at("header.misspelt", C, "C1", "Аmount", name="Amount with a Cyrillic letter"),
    at("header.other-currency", O, "D1", "Unit price (EUR)", hint="USD"),
    at("header.other-currency", O, "D1", "Unit price €"),
    at("header.other-currency", P, "C1", "Target, UAH"),
    at("header.other-unit", C, "C1", "Amount (thousands)"),
    at("header.other-unit", O, "D1", "Unit price USD '000"),
    at("header.other-unit", C, "C1", "Amount in $ m"),
    at("header.other-unit", O, "F1", "Lead time (weeks)"),
    at("header.misspelt", C, "H1", "Usse by", hint="Use by"),
    by("header.twice", R, "K1", "There is a second column Qty.", both(put(R, "K1", "Qty"), put(R, "K2", 4))),
    by(
        "header.unknown-column",
        O,
        "L1",
        "There is a column Colour.",
        both(put(O, "L1", "Colour"), put(O, "L3", "green")),
    ),
    Broken(name="over an example", make=over_an_example, code="row.example-changed", sheet=R, cell="A5",
           told="The row EXAMPLE-1 was written over and kept its name."),
    by("row.almost-empty", R, "A5", "A row says AIR DEFENCE and nothing else.", rows(R, ["AIR DEFENCE"])),
    by("row.almost-empty", O, "D6", "A row holds the sum of the prices.", rows(O, [None, None, None, 9999])),
    by("row.hidden", R, "", "Row 3 is hidden by a filter.", hidden_row(R, 3), row=3),
    by("row.total", C, "A5", "A row is named Total.", rows(C, ["Total", None, 8_140_000])),
    by("row.total", C, "A5", "A row is named УСЬОГО.", rows(C, ["УСЬОГО", None, 5_000])),
    by("row.total", C, "A5", "A row is named Итого.", rows(C, ["Итого:", None, 5_000])),
    by("row.total", C, "A5", "A row is named Zwischensumme.", rows(C, ["Zwischensumme", None, 5_000])),
    by("row.total", C, "B5", "A partner is named Total général.", rows(C, ["C-4", "Total général", 5_000])),
    by("row.total", C, "B5", "Only the place of the partner says Ogółem.", rows(C, [None, "Ogółem", 5_000])),
    by("row.total", O, "A6", "A row of Offers is named Suma total.", rows(O, ["Suma total", None, None, 5_000, 160])),
    by("row.total", R, "B5", "An item is named Grand total.", rows(R, ["R-4", "Grand total", None, 17])),
    by("row.perhaps-total", C, "A5", "A row is named Total Norway.", rows(C, ["Total Norway", None, 5_000])),
    by("row.perhaps-total", C, "B5", "A partner is named Norwegen gesamt.", rows(C, ["C-4", "Norwegen gesamt", 5_000])),
    by("row.perhaps-total", C, "L5", "A note says Total.", rows(C, ["C-4", None, 5_001, *[None] * 8, "Total"])),
    by("plan.sum-of-rows", C, "C5", "An amount is that of all rows above.", rows(C, ["C-4", None, 3_140_000])),
    by("plan.sum-of-rows", C, "C5", "An amount is that of the rows in its currency.", rows(C, ["C-4", None, 140_000, "USD"])),
    by("plan.sum-of-rows", R, "D5", "A quantity is that of all rows above.", rows(R, ["R-4", "pump", None, 17])),
    by("plan.sum-of-rows", O, "D6", "A price is that of all offers above.", rows(O, ["O-5", "pump", None, "70150.50", None, 5])),
    by("plan.sum-of-rows", C, "C2", "The first amount is that of all below it.", both(put(C, "C2", 145_000), put(C, "D2", "USD"), rows(C, ["C-4", None, 5_000]))),
]  # fmt: skip

NAMES = [
    at("cell.empty", R, "A3", None),
    at("cell.empty", R, "B3", "   "),
    at("cell.empty", O, "D3", None),
    at("cell.empty", C, "C4", None),
    at("cell.empty", P, "B2", None),
    at("cell.empty", K, "C2", None),
    at("cell.empty", S, "B2", None),
    at("cell.empty", X, "B2", None),
    by("cell.merged", R, "C2", "Cells C2:C3 of Requirements are merged.", both(put(R, "C3", None), merged(R, "C2:C3"))),
    by("row.duplicate", R, "A5", "The id R-1 is given twice.", rows(R, ["R-1", "pump", None, 4])),
    by("row.duplicate", O, "A6", "The id O-1 is given twice.", rows(O, ["O-1", "pump", None, 4, None, 5])),
    by("row.duplicate", C, "A5", "The id C-3 is given twice.", rows(C, ["C-3", None, 4])),
    by("row.duplicate", P, "A4", "The id P-1 is given twice.", rows(P, ["P-1", date(2026, 4, 1)])),
    by("row.duplicate", K, "B4", "A part stands twice in a kit.", rows(K, ["clinic", "tent", 2])),
    by("row.duplicate", X, "A3", "A rate is given twice.", rows(X, ["NOK", 0.2])),
    by("row.almost-duplicate", R, "A5", "There are R-1 and r 1.", rows(R, ["r 1", "pump", None, 4])),
    at("cell.date-for-a-name", R, "A2", datetime(2026, 3, 1), number_format="mmm-d", name="MAR-1 became a date"),
    at("cell.number-for-a-name", R, "A3", 12.5),
    at("cell.number-for-a-name", R, "A2", 12345678901234567),
    at("cell.not-a-name", C, "B2", True),
    at("cell.not-a-name", C, "B3", "Nor\u202eway"),
    at("cell.name-too-long", C, "B2", "Norway " * 40),
    by("plan.names-look-alike", C, "A5", "There are C-1 and a C-1 with a Cyrillic letter.", rows(C, ["С-1", "Norway", 3_000, "NOK"])),
    by("plan.names-look-alike", O, "B6", "An item is written with a Cyrillic letter.", rows(O, ["O-5", "pumр", None, 4, None, 5])),
    by("plan.names-look-alike", "Suppliers", "A3", "A supplier is written with a Greek letter.", rows("Suppliers", ["Wοrks", 5])),
    by("plan.mixed-letters", C, "B2", "A partner is written with a Cyrillic letter.", put(C, "B2", "Nоrway")),
    by("row.duplicate", C, "A6", "An id is written in two forms of é.", rows(C, ["é-1", None, 4], ["e\u0301-1", None, 4])),
    by("categories.conflict", R, "C5", "pump is water in one row and power in another.", rows(R, ["R-4", "pump", "power", 4])),
    at("categories.conflict", O, "C2", "watter"),
    at("cell.not-yes-or-no", C, "K2", "maybe"),
    at("cell.not-yes-or-no", C, "K3", 7),
]  # fmt: skip

NUMBERS = [
    raw("cell.formula-without-value", 1, R, "D2", "<f>5*2</f>", "n", "Quantity is the formula =5*2, saved without its value."),
    raw("cell.error-value", 1, R, "D2", "<f>Sheet9!A1</f><v>#REF!</v>", "e", "Quantity shows #REF!."),
    raw("cell.error-value", 2, O, "D3", "<f>1/0</f><v>#DIV/0!</v>", "e", "Unit price shows #DIV/0!."),
    at("cell.error-value", C, "C2", "#N/A"),
    at("cell.error-value", P, "C2", "######"),
    at("cell.not-whole", R, "D2", 2.5),
    at("cell.not-whole", O, "F2", "30,5"),
    at("cell.not-whole", K, "C2", 0.5),
    at("cell.out-of-range", R, "D2", 0),
    at("cell.out-of-range", R, "D2", -4),
    at("cell.out-of-range", R, "E2", -1),
    at("cell.out-of-range", R, "I2", -2),
    at("cell.out-of-range", O, "E2", -5),
    at("cell.out-of-range", O, "G2", 0),
    at("cell.out-of-range", S, "C2", 0),
    at("cell.out-of-range", X, "B2", 0),
    at("cell.out-of-range", O, "F2", 2e19),
    at("cell.out-of-range", C, "C2", 1e20),
    at("cell.out-of-range", C, "J4", "-10%"),
    at("cell.not-a-number", R, "D2", "ten"),
    at("cell.not-a-number", R, "D2", "10 units"),
    at("cell.not-a-number", R, "E2", "high"),
    at("cell.not-a-number", R, "D2", True),
    at("cell.not-a-number", C, "C2", "5 million", hint="5000000"),
    at("cell.not-a-number", C, "C2", "2.5bn", hint="2500000000"),
    at("cell.not-a-number", C, "C2", "ca. 500000"),
    at("cell.not-a-number", C, "C2", "1.234,567,890"),
    at("cell.not-a-number", C, "C2", "12 34 567"),
    at("cell.not-a-number", C, "C2", "9" * 80, name="eighty nines"),
    at("cell.not-a-number", R, "D2", "١٢"),
    at("cell.not-a-number", R, "D2", "50%"),
    at("cell.word-for-nothing", C, "C2", "tbd"),
    at("cell.word-for-nothing", O, "E2", "n/a"),
    at("cell.word-for-nothing", O, "G2", "-"),
    at("cell.two-readings", C, "C2", "1,500"),
    at("cell.two-readings", O, "D2", "1.250"),
    at("cell.two-readings", R, "D2", "1,000"),
    at("cell.date-for-a-number", R, "I3", datetime(2026, 1, 2), number_format="d-mmm", name="1/2 became a date"),
    at("cell.date-for-a-number", R, "D2", datetime(2026, 1, 10), number_format="yyyy-mm-dd", name="a date"),
    at("cell.date-for-a-number", O, "F2", time(12, 30), name="a time of day"),
    at("cell.negative", C, "C2", -100),
    at("cell.negative", O, "D2", "-5.00"),
    at("cell.negative", C, "C2", "(500.00)"),
    at("cell.too-many-decimals", O, "D2", 12.345),
    at("cell.too-many-decimals", O, "D3", 0.0235, hint="100 cost exactly 2.35"),
    at("cell.too-many-decimals", O, "D2", 0.125, hint="Write 1.25, call the item what 10 of it are, and divide all its numbers of units by 10, here and on Requirements. On this row: Available 10, Lot size 1, Minimum order 1."),
    at("cell.too-many-decimals", O, "D4", "0.0004", hint="100 cost exactly 0.04"),
    at("cell.too-many-decimals", C, "C2", "1500.005"),
    by("cell.too-many-decimals", C, "C5", "An amount of JPY has decimals.",
       both(rows(X, ["JPY", 0.0065]), rows(C, ["C-4", None, 100.5, "JPY"]))),
    at("cell.other-currency", O, "D2", "EUR 1250.50"),
    at("cell.other-currency", C, "C2", "€ 3000000"),
    at("cell.percent-sign", C, "J4", 50, number_format="General", hint="50%"),
    at("cell.percent-sign", C, "I4", 1.5, number_format="General", hint="1.5%"),
    at("cell.out-of-range", C, "I4", "150%"),
    at("cell.fee-too-fine", C, "I4", "1.5005%"),
    at("cell.other-currency", O, "D2", 1250.5, number_format="[$€-407] #,##0.00", name="the format shows €"),
    at("cell.other-currency", O, "D2", 1250.5, number_format='#,##0.00\\ "EUR"', name="the format shows EUR"),
    at("cell.other-currency", P, "C2", 200_000, number_format="#,##0 [$грн.-422]", name="the format shows hryvnias"),
    at("cell.other-currency", C, "C3", 50_000, number_format="[$$-1009]#,##0.00", name="the format shows the dollar of Canada"),
    at("cell.other-currency", C, "C3", 50_000, number_format='_-* #,##0.00\\ "zł"_-;\\-* #,##0.00\\ "zł"_-', name="the format shows złoty"),
    at("cell.format-changes-figure", C, "C3", 1.5, number_format='0.0" million"', name="the format says million"),
    at("cell.format-changes-figure", O, "D2", 5, number_format='0"000"', name="the format writes three noughts"),
    at("cell.format-changes-figure", O, "D2", 125_050, number_format='0"."00', name="the format writes a point"),
    at("cell.format-changes-figure", C, "C3", 50, number_format='#,##0" тис."', name="the format says тис."),
    at("cell.format-changes-figure", R, "D2", 10, number_format="0%", name="a quantity with a percent sign"),
    at("cell.format-changes-figure", R, "I3", 50, number_format='0"%"', name="a weight with a percent sign that is only a letter"),
    at("cell.format-changes-figure", C, "C3", 50_000, number_format="-#,##0", name="the format writes a minus"),
    at("cell.other-currency", C, "C3", "50000", number_format='@" €"', name="the format of a text shows €"),
    at("cell.shown-otherwise", C, "C3", 50_000, number_format=";;;", name="the format shows nothing"),
    at("cell.shown-otherwise", C, "C3", 50_000, number_format="#,##0,", name="the format shows thousands"),
    at("cell.shown-otherwise", O, "D2", 2.35, number_format='0.00" per box"', name="the format says per box"),
    at("cell.format-changes-figure", O, "D2", 2.35, number_format='0.00" per 100"', name="the format says per 100"),
    at("cell.percent-sign", C, "I4", 0.5, number_format="General", hint="0.5% or 50%", name="a bare half"),
    at("cell.percent-sign", C, "I4", 1, number_format="General", hint="1% or 100%", name="a bare one"),
    at("cell.percent-sign", C, "I4", "0.5", hint="0.5% or 50%"),
    by("cell.percent-sign", C, "J4", "A heading says % and a number has no sign.", both(put(C, "J1", "Largest share (%)"), put(C, "J4", 0.5, "General")), hint="0.5% or 50%"),
    by("cell.other-currency", C, "C3", "A heading says EUR and a row is in dollars.", both(put(C, "C1", "Amount (EUR)"), put(C, "D2", "EUR"), put(C, "D4", "EUR"), rows(X, ["EUR", 1.1]))),
    at("cell.unknown-currency", C, "D3", "Dollar"),
    at("cell.unknown-currency", C, "D3", "usd.", hint="USD"),
    at("cell.unknown-currency", C, "D3", "€", hint="EUR"),
    at("cell.unknown-currency", X, "A2", "NKR"),
    at("cell.unknown-currency", T, "B2", "euros", hint="EUR"),
]  # fmt: skip

DAYS = [
    at("cell.two-readings-day", R, "F2", "03/04/2026", hint="2026-04-03 or 2026-03-04"),
    at("cell.two-readings-day", P, "B2", "1-2-2026"),
    at("cell.two-readings-day", C, "G3", "15.03.26"),
    at("cell.two-readings-day", C, "G3", "15. 3. 26"),
    at("cell.two-readings-day", R, "F2", "3 / 4 / 2026", hint="2026-04-03 or 2026-03-04"),
    at("cell.no-such-day", P, "B3", "31. 4. 2026"),
    at("cell.not-a-day", R, "F2", "30. 6 / 2026"),
    at("cell.not-a-day", R, "F2", "soon"),
    at("cell.not-a-day", R, "F2", "June 2026"),
    at("cell.not-a-day", R, "F2", "Q2 2026"),
    at("cell.not-a-day", R, "F2", 20260630, number_format="General", hint="2026-06-30"),
    at("cell.not-a-day", R, "F2", 45, number_format="General"),
    at("cell.not-a-day", P, "B2", True),
    at("cell.no-such-day", R, "F2", "2026-02-30"),
    at("cell.no-such-day", P, "B3", "31.04.2026"),
    at("cell.day-out-of-range", C, "H2", datetime(2206, 5, 1), name="the year 2206"),
    at("cell.day-out-of-range", C, "H2", "1926-05-01"),
    at("cell.day-out-of-range", C, "H2", "1900-01-01"),
    at("plan.day-far-away", C, "H2", date(2062, 5, 1), number_format="yyyy-mm-dd", name="2062 for 2026"),
    at("plan.day-far-away", R, "F2", "2099-12-31"),
    by("plan.day-far-away", P, "B2", "An order day lies in 1995.", both(put(P, "B2", "1995-02-01"), rows(P, ["P-3", date(2026, 4, 1)]), put(T, "B3", date(2026, 1, 1)))),
    at("cell.time-of-day", P, "B2", datetime(2026, 2, 1, 14, 30), name="half past two"),
    by("cell.date-for-a-day-number", C, "G3", "Days are numbers, and one cell holds a date.",
       both(put(T, "B4", "numbers"), put(R, "F2", 180, "0"), put(P, "B2", 31, "0"), put(P, "B3", 59, "0"),
            put(C, "H2", 120, "0"), put(C, "G3", date(2026, 1, 6), "yyyy-mm-dd"))),
]  # fmt: skip

EARMARKS = [
    at("earmark.no-key", C, "E3", "water"),
    at("earmark.no-key", C, "E3", 42),
    at("earmark.no-key", C, "E3", "category: water; pump"),
    at("earmark.unknown-key", C, "E3", "categry: water", hint="category"),
    at("earmark.unknown-key", C, "F3", "colour: red"),
    at("earmark.quotes", C, "E3", 'item: "pump'),
    at("earmark.quotes", C, "E3", "item: pump: large"),
    at("plan.earmark-names-nothing", C, "E3", "category: watter", hint="water"),
    at("plan.earmark-names-nothing", C, "F3", "requirement: R-9"),
    at("plan.earmark-allows-nothing", C, "E3", "category:"),
    by("plan.earmark-contradicts-itself", C, "F3", "An earmark allows and denies water.", put(C, "F3", "category: water")),
]  # fmt: skip

SETTINGS = [
    by("settings.missing", T, "", "Settings does not say the currency.", put(T, "A2", None)),
    at("cell.empty", T, "B2", None),
    at("settings.unknown", T, "A5", "Titel", hint="Title"),
    by("settings.twice", T, "A6", "Currency is given twice.", rows(T, ["Currency", "EUR"])),
    at("settings.days", T, "B4", "weeks"),
]

THE_WHOLE = [
    by("rates.of-the-plan", X, "B3", "A rate of USD in a plan in USD.", rows(X, ["USD", 1.1])),
    by("plan.no-rate", C, "D2", "A contribution is in NOK and Rates is empty.", rows_gone(X), hint="NOK"),
    at("plan.too-many-units", R, "D3", 2_000_000_000),
    at("plan.extreme-number", X, "B2", 1e-15),
    at("plan.min-useful-above-quantity", R, "G2", 12),
    at("plan.multiple-does-not-fit", R, "H2", 11),
    by("plan.no-offer", R, "B5", "A requirement asks for what nobody offers.", rows(R, ["R-4", "ambulance", None, 4])),
    by("plan.no-offer", R, "B5", "A requirement asks for a pmup.", rows(R, ["R-4", "pmup", None, 4]), hint="pump"),
    by("plan.no-offer", K, "B2", "A part of a kit is misspelt.", put(K, "B2", "tents"), hint="tent"),
    by("plan.no-offer", K, "B4", "A part of a kit is offered by nobody.", rows(K, ["clinic", "scanner", 1])),
    by("plan.offer-not-wanted", O, "B6", "An offer of what nobody needs.", rows(O, ["O-5", "ambulance", None, 4, None, 5])),
    at("plan.needed-before-first-order", R, "F2", date(2026, 1, 15), number_format="yyyy-mm-dd", name="15 January"),
    at("plan.stock-is-huge", O, "E3", 10**13),
    at("plan.order-above-stock", O, "E2", 8),
    at("plan.floor-above-money", P, "C2", 90_000_000),
    by("plan.tolerance-without-target", P, "D2", "The target was deleted, its tolerance was not.", put(P, "C2", None)),
    at("plan.lapses-before-available", C, "H3", date(2026, 1, 2), number_format="yyyy-mm-dd", name="2 January"),
    at("plan.lapses-before-order", C, "H4", date(2026, 1, 3), number_format="yyyy-mm-dd", name="3 January"),
    at("plan.available-after-last-order", C, "G4", date(2026, 8, 1), number_format="yyyy-mm-dd", name="1 August"),
    at("plan.fee-takes-all", C, "I4", 1, number_format="0%"),
    by("plan.supplier-sells-nothing", "Suppliers", "A2", "A supplier is misspelt.", put("Suppliers", "A2", "Workes"), hint="Works"),
    at("cell.out-of-range", "Suppliers", "B2", -1),
    by("row.duplicate", "Suppliers", "A3", "A supplier is listed twice.", rows("Suppliers", ["Works", 5])),
    by("plan.nested-kit", K, "B4", "A kit contains itself.", rows(K, ["clinic", "clinic", 1])),
    by("plan.nested-kit", K, "B4", "A part of a kit is a kit.",
       both(rows(K, ["clinic", "bag", 1]), rows(K, ["bag", "tent", 1]))),
    by("plan.duplicate-substitute", S, "B3", "A substitute is listed twice.", rows(S, ["generator", "small generator", 1])),
    by("plan.substitute-of-itself", S, "B3", "A pump stands in for a pump.", rows(S, ["pump", "pump", 1])),
    by("plan.substitute-and-kit", S, "B3", "A clinic stands in for a pump.", rows(S, ["pump", "clinic", 1])),
    by("plan.substitute-chain", S, "B3", "A generator may be met by a small one, a pump by a generator.",
       rows(S, ["pump", "generator", 1])),
]  # fmt: skip

BROKEN = [*FILES, *SHEETS, *NAMES, *NUMBERS, *DAYS, *EARMARKS, *SETTINGS, *THE_WHOLE]
