"""The first sheet of the template: what to fill in, where, and how."""

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from pledgeline.exchange.workbook import sheets as look
from pledgeline.exchange.workbook.layout import SETTING_HELP, SETTINGS, SHEETS

STEPS = (
    "Write the currency of the plan on Settings.",
    "List what is needed on Requirements and what can be bought on Offers; write items alike on both.",
    "List the money on Contributions, each sum with its terms, and on Packages when something is ordered.",
    "Kits, Substitutes, Suppliers and Rates are needed only where there are any.",
    "Save the workbook and hand it to Pledgeline: on the page Plan, or with “pledgeline plan solve”.",
)

RULES = (
    "Rows in grey italics begin with EXAMPLE: they show how it is done and are not read. Delete them or leave them.",
    "Dark headers must be filled in; the others may be left empty, and then mean what their note says.",
    "Amounts are in whole units of money: 1500000 or 1500000.50, never in cents and never in thousands.",
    "Days are dates. Typed as text, write 2026-03-04: 03/04/2026 has two meanings and is asked about.",
    "Percentages are typed with their sign: 1.5%.",
    "Order of columns and rows does not matter. Columns, rows and sheets of your own are left alone.",
    "Everything that is wrong is listed with its cell, and a copy of the workbook with these cells marked is offered.",
)


LETTERS_A_LINE = 95
"""What the widest column holds in a line; not every program sets the height of a row by itself."""


def write_help(sheet: Worksheet, name: str) -> None:
    """Fill the help sheet."""
    sheet.title = name
    sheet.sheet_view.showGridLines = False
    for letter, width in zip("ABCD", (20, 22, 14, 92), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"].value = "A plan: what to buy, with whose money"
    sheet["A1"].font = look.TITLE_FONT
    sheet.row_dimensions[1].height = 26
    row = _list(sheet, 3, "How to fill it in", [f"{n}. {text}" for n, text in enumerate(STEPS, start=1)])
    row = _list(sheet, row + 1, "Good to know", RULES)
    sheet.cell(row + 1, 1, "Every column").font = look.PART_FONT
    look.header(sheet, row + 2, ["Sheet", "Column", "Must it be filled in?", "What it means"])
    row += 3
    for layout in SHEETS:
        if layout is SETTINGS:
            rows = [(text, text == "Currency", meaning) for text, meaning in SETTING_HELP.items()]
        else:
            rows = [(column.header, column.needed, column.help) for column in layout.columns]
        sheet.cell(row, 1, layout.name).font = look.PART_FONT
        sheet.cell(row, 2, layout.about).alignment = Alignment(vertical="top")
        row += 1
        for header, needed, meaning in rows:
            cells = [sheet.cell(row, place) for place in (2, 3, 4)]
            for cell, text in zip(cells, (header, "yes" if needed else "", meaning), strict=True):
                cell.value, cell.border, cell.alignment = text, look.UNDERLINE, look.WRAPPED
            sheet.row_dimensions[row].height = 15 * (1 + len(meaning) // LETTERS_A_LINE)
            row += 1
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


def _list(sheet: Worksheet, row: int, title: str, texts: tuple[str, ...] | list[str]) -> int:
    sheet.cell(row, 1, title).font = look.PART_FONT
    for text in texts:
        row += 1
        sheet.cell(row, 1, text)
    return row + 1
