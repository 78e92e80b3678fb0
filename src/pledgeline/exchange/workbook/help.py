"""The first sheet of the template: what to fill in, where, and how."""

from collections.abc import Iterable

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from pledgeline.exchange.workbook import sheets as look
from pledgeline.exchange.workbook.layout import HELP, SETTING_HELP, SETTINGS, SHEETS, heading_of
from pledgeline.programme.sentences import Sentence, sentence

STEPS = (
    sentence("template.step.currency"),
    sentence("template.step.needs"),
    sentence("template.step.money"),
    sentence("template.step.others"),
    sentence("template.step.save"),
)

RULES = (
    sentence("template.rule.examples"),
    sentence("template.rule.needed"),
    sentence("template.rule.amounts"),
    sentence("template.rule.days"),
    sentence("template.rule.percent"),
    sentence("template.rule.order"),
    sentence("template.rule.marked"),
)


LETTERS_A_LINE = 95
"""What the widest column holds in a line; not every program sets the height of a row by itself."""


def write_help(sheet: Worksheet) -> None:
    """Fill the help sheet."""
    sheet.title = str(HELP)
    sheet.sheet_view.showGridLines = False
    for letter, width in zip("ABCD", (20, 22, 14, 92), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"].value = str(sentence("template.title"))
    sheet["A1"].font = look.TITLE_FONT
    sheet.row_dimensions[1].height = 26
    steps = [
        sentence("template.step", number=number, text=text) for number, text in enumerate(STEPS, start=1)
    ]
    row = _list(sheet, 3, sentence("template.how-to"), steps)
    row = _list(sheet, row + 1, sentence("template.good-to-know"), RULES)
    sheet.cell(row + 1, 1, str(sentence("template.every-column"))).font = look.PART_FONT
    headers = (
        sentence("template.sheet"),
        sentence("template.column"),
        sentence("template.needed"),
        sentence("template.meaning"),
    )
    look.header(sheet, row + 2, [str(header) for header in headers])
    row += 3
    for layout in SHEETS:
        if layout is SETTINGS:
            rows = [
                (heading_of(name, meaning), name == "Currency", str(meaning))
                for name, meaning in SETTING_HELP.items()
            ]
        else:
            rows = [(column.heading, column.needed, str(column.help)) for column in layout.columns]
        sheet.cell(row, 1, layout.heading).font = look.PART_FONT
        sheet.cell(row, 2, str(layout.about)).alignment = Alignment(vertical="top")
        row += 1
        for header, needed, meaning in rows:
            cells = [sheet.cell(row, place) for place in (2, 3, 4)]
            for cell, text in zip(
                cells, (header, str(sentence("template.yes")) if needed else "", meaning), strict=True
            ):
                cell.value, cell.border, cell.alignment = text, look.UNDERLINE, look.WRAPPED
            sheet.row_dimensions[row].height = 15 * (1 + len(meaning) // LETTERS_A_LINE)
            row += 1
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


def _list(sheet: Worksheet, row: int, title: Sentence, texts: Iterable[Sentence]) -> int:
    sheet.cell(row, 1, str(title)).font = look.PART_FONT
    for text in texts:
        row += 1
        sheet.cell(row, 1, str(text))
    return row + 1
