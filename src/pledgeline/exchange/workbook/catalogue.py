"""Every finding that the reader of a workbook can make, once: its lasting code, its meaning, the way out."""

from pledgeline.exchange.record.catalogue import Entry, shortened
from pledgeline.programme.findings import MOST_FINDINGS, Finding, Place, Severity
from pledgeline.programme.sentences import Sentence

_W = Severity.WARNING

CATALOGUE: dict[str, Entry] = {
    # The file as such.
    "workbook.empty-file": Entry(
        means="The file has no byte.", way_out="Save the workbook again and hand it in anew."
    ),
    "workbook.too-large": Entry(
        means="The file is larger than 64 MB; it was not read.",
        way_out="Take out pictures and sheets that are not needed, or split the plan.",
    ),
    "workbook.encrypted": Entry(
        means="The workbook is locked by a password and cannot be opened.",
        way_out="Open it, take the password away (File, Info, Protect Workbook) and save it again.",
    ),
    "workbook.old-xls": Entry(
        means="It is a workbook in the old form .xls, or another old office file, under a new name.",
        way_out="Open it and save it as Excel workbook (.xlsx).",
    ),
    "workbook.not-xlsx": Entry(
        means="The file is no Excel workbook (.xlsx).",
        way_out="Open it in a spreadsheet program and save it as Excel workbook (.xlsx).",
    ),
    "workbook.damaged": Entry(
        means="The file is damaged: a part of it is missing or cannot be read.",
        way_out="Open it in a spreadsheet program, let it be repaired, and save it again.",
    ),
    "workbook.bomb": Entry(
        means="The file unpacks to far more than people type; it was not read.",
        way_out="Copy the filled cells into a fresh template.",
    ),
    "workbook.too-many-cells": Entry(
        means="A sheet of the plan holds something below row 200,000 or right of column OJ, which was not read, or "
        "the workbook has more than 2 million filled, merged or hidden cells, or far more empty ones, and was not "
        "read.",
        way_out="Delete what stands far away from the table, or copy the table into a fresh template.",
    ),
    # Sheets and headers.
    "sheet.missing": Entry(
        means="A sheet that every plan needs is not there.",
        way_out="Add it as in the template; its header row alone is enough where there are no rows.",
    ),
    "sheet.misspelt": Entry(
        means="A sheet is named almost like one that is missing.", way_out="Give it the name of the template."
    ),
    "sheet.twice": Entry(
        means="Two sheets are named for the same thing; the second was not read.",
        way_out="Put all rows on one of them, and rename or delete the other.",
    ),
    "sheet.copy": Entry(
        means="A sheet of another name has the columns of one that is read: its rows are not in the plan.",
        way_out="Put the rows that are meant on the sheet that is read, and delete the other or its header row.",
        severity=_W,
    ),
    "sheet.hidden": Entry(
        means="The sheet is hidden; its rows are read.",
        way_out="Show it and look whether they are meant.",
        severity=_W,
    ),
    "sheet.no-rows": Entry(
        means="The sheet has no row below its header.", way_out="Fill in what there is.", severity=_W
    ),
    "sheet.only-examples": Entry(
        means="The template is as it was: only examples stand in it, and they are not read.",
        way_out="Fill in your own rows below or instead of the examples.",
    ),
    "header.none": Entry(
        means="No row of the sheet names its columns.", way_out="Copy the header row from the template."
    ),
    "header.missing-column": Entry(
        means="A column that must be filled in is not there.", way_out="Add the column as in the template."
    ),
    "header.misspelt": Entry(
        means="A column is named almost like one that is missing; it was not read.",
        way_out="Give it the name of the template.",
    ),
    "header.twice": Entry(
        means="Two columns are named for the same thing; the second was not read.",
        way_out="Keep one of them, and rename the other.",
    ),
    "header.other-unit": Entry(
        means="The heading of a column says another unit than the column has, such as thousands or weeks, or one "
        "that is not understood.",
        way_out="Write the figures in the unit of the template, and give the column its name.",
    ),
    "header.other-currency": Entry(
        means="The heading of a column of prices names another currency than the plan has.",
        way_out="Write the prices in the currency of the plan, or correct Currency on Settings.",
    ),
    "header.unknown-column": Entry(
        means="The column is none of the template's; it was not read.",
        way_out="Leave it if it is a note of your own, or give it the name of the template.",
        severity=_W,
    ),
    # Rows.
    "row.example-changed": Entry(
        means="The row is marked as an example and was changed; it was not read.",
        way_out="Give it a name of its own that does not begin with EXAMPLE, or delete the row.",
        severity=_W,
    ),
    "row.almost-empty": Entry(
        means="Only one cell of the row is filled: a heading, perhaps, or a sum.",
        way_out="Fill in the row, or delete it; remarks belong into Note.",
    ),
    "row.total": Entry(
        means="The row is named as a total: its figures would be counted beside those that they add up.",
        way_out="Delete the row; if it is no total, give it a name of its own.",
    ),
    "row.perhaps-total": Entry(
        means="The name of the row begins or ends with a word for a total, or a formula adds up others for it. It "
        "is read as a row of its own.",
        way_out="Delete the row if it adds up others; leave it if it does not.",
        severity=_W,
    ),
    "plan.sum-of-rows": Entry(
        means="A figure is exactly the sum of those above it: is it a total? It is read as a row of its own.",
        way_out="Delete the row if it adds up the others; leave it if it does not.",
        severity=_W,
    ),
    "row.hidden": Entry(
        means="Rows are hidden, perhaps by a filter; they are read.",
        way_out="Show all rows and look whether they are meant.",
        severity=_W,
    ),
    "row.duplicate": Entry(
        means="A row above has the same name; this one was not read.", way_out="Give each row its own name."
    ),
    "row.almost-duplicate": Entry(
        means="A row above has the same name but for capitals or blanks: is it another one?",
        way_out="Give the two names that differ plainly, or delete one.",
        severity=_W,
    ),
    # Cells.
    "cell.empty": Entry(
        means="A cell that must be filled in is empty.", way_out="Fill it in, or delete the row."
    ),
    "cell.merged": Entry(
        means="Cells are merged: only the first holds a value, the others are empty.",
        way_out="Unmerge them and write the value into each.",
    ),
    "cell.formula-without-value": Entry(
        means="The cell holds a formula and the file does not hold its value.",
        way_out="Open the workbook in a spreadsheet program and save it, or write the value.",
    ),
    "cell.error-value": Entry(
        means="The cell shows an error instead of a value.",
        way_out="Correct the formula, or write the value.",
    ),
    "cell.date-for-a-name": Entry(
        means="The cell holds a date where a name is asked for: spreadsheets turn MAR-1 into one.",
        way_out="Format the cell as text and write the name again.",
    ),
    "cell.number-for-a-name": Entry(
        means="The cell holds a number with decimals, or a very long one, where a name is asked for.",
        way_out="Format the cell as text and write the name again.",
    ),
    "cell.not-a-name": Entry(
        means="The cell holds something else where a name is asked for.", way_out="Write a name."
    ),
    "cell.name-too-long": Entry(
        means="A name has more than 200 characters.", way_out="Shorten it; longer texts belong into Note."
    ),
    "cell.unknown-currency": Entry(
        means="The text is no currency code of ISO 4217.", way_out="Write a code such as USD or EUR."
    ),
    "cell.other-currency": Entry(
        means="The amount names another currency than the one that holds there.",
        way_out="Correct the currency or the amount.",
    ),
    "cell.not-yes-or-no": Entry(
        means="The cell holds neither yes nor no.", way_out="Write yes or no, or leave it empty for no."
    ),
    "cell.not-a-number": Entry(
        means="The text is not a number.", way_out="Write a number: 1500000 or 1500000.50."
    ),
    "cell.word-for-nothing": Entry(
        means="A word stands where a number is asked for.",
        way_out="Leave the cell empty where nothing is known, or write the number.",
    ),
    "cell.two-readings": Entry(
        means="The number has two meanings, thousands or decimals.", way_out="Write it without separators."
    ),
    "cell.format-changes-figure": Entry(
        means="The number format of the cell makes another figure of the number than the one it holds.",
        way_out="Choose the number format Number, look at the figure, and correct it where it is another.",
    ),
    "cell.shown-otherwise": Entry(
        means="The number format of the cell hides the figure, shortens it, or puts words beside it.",
        way_out="Choose the number format Number and see whether the figure is the one that is meant.",
        severity=_W,
    ),
    "cell.date-for-a-number": Entry(
        means="The cell holds a date where a number is asked for: spreadsheets turn 1/2 into one.",
        way_out="Format the cell as text and write it again.",
    ),
    "cell.not-whole": Entry(
        means="The number has decimals where units are counted.", way_out="Write a whole number."
    ),
    "cell.negative": Entry(means="An amount of money is below 0.", way_out="Write an amount of 0 or more."),
    "cell.out-of-range": Entry(means="The number is too small or too large.", way_out="Correct the number."),
    "cell.too-many-decimals": Entry(
        means="An amount has more decimals than its currency.",
        way_out="Round it, or correct the currency; a price below a cent is said of a lot of 10, 100 or 1,000.",
    ),
    "cell.percent-sign": Entry(
        means="A share or fee stands without a percent sign, and is more than the whole or may be a percentage.",
        way_out="Write it with the sign %.",
    ),
    "cell.fee-too-fine": Entry(
        means="A fee is finer than a hundredth of a percent.",
        way_out="Round it to two decimals of a percent.",
    ),
    "cell.not-a-day": Entry(means="The cell holds no date.", way_out="Write the date as 2026-03-04."),
    "cell.two-readings-day": Entry(
        means="The date has two meanings, or a year of two digits.",
        way_out="Write it as year-month-day: 2026-03-04.",
    ),
    "cell.no-such-day": Entry(means="The calendar has no such day.", way_out="Correct the date."),
    "cell.day-out-of-range": Entry(
        means="The date lies before 1990 or after 2100.",
        way_out="Correct the year; leave the cell empty where any day is meant.",
    ),
    "cell.time-of-day": Entry(
        means="The date comes with a time of day, which is not read.",
        way_out="Write the date alone.",
        severity=_W,
    ),
    "cell.date-for-a-day-number": Entry(
        means="The cell holds a date, and Settings says that days are numbers.",
        way_out="Write a number, or set Days on Settings to dates.",
    ),
    # Earmarks.
    "earmark.no-key": Entry(
        means="An earmark does not say what it is about.",
        way_out="Begin each term with a word and a colon: category: air defence; item: generator.",
    ),
    "earmark.unknown-key": Entry(
        means="An earmark is about something it cannot speak of.",
        way_out="Begin each term with category, item, requirement, package, supplier or source.",
    ),
    "earmark.quotes": Entry(
        means="The marks of an earmark do not fit: a quotation mark is open, or a colon stands inside a name.",
        way_out="Put names that hold marks into quotation marks, and a semicolon between terms.",
    ),
    "plan.earmark-names-nothing": Entry(
        means="An earmark names something that stands nowhere in the workbook.",
        way_out="Check how it is written.",
        severity=_W,
    ),
    "plan.earmark-allows-nothing": Entry(
        means="A term of an earmark allows nothing.", way_out="Name what it may pay for.", severity=_W
    ),
    "plan.earmark-contradicts-itself": Entry(
        means="An earmark allows and denies the same.", way_out="Ask the partner which is meant.", severity=_W
    ),
    # Settings.
    "settings.missing": Entry(
        means="A setting that every plan needs is missing or empty.",
        way_out="Write Currency in the first column of Settings and a code such as USD beside it.",
    ),
    "settings.unknown": Entry(
        means="There is no such setting; it was not read.",
        way_out="Use Currency, First day, Days or Title.",
        severity=_W,
    ),
    "settings.twice": Entry(means="A setting is given twice.", way_out="Keep one of them."),
    "settings.days": Entry(
        means="How days are written is said in an unknown word.", way_out="Write dates or numbers."
    ),
    # What only all sheets together show.
    "categories.conflict": Entry(
        means="An item has two categories.", way_out="Give the item the same category in each row."
    ),
    "rates.of-the-plan": Entry(
        means="A rate is given for the currency of the plan itself, and it is not 1.",
        way_out="Remove the row.",
    ),
    "plan.no-rate": Entry(
        means="A contribution is in a currency without a rate.", way_out="Add the currency to Rates."
    ),
    "plan.extreme-number": Entry(
        means="A weight, a ratio or a rate is so large, so small or so long that it cannot be weighed exactly.",
        way_out="Write a number between a millionth of a millionth and a million millions, with fewer digits.",
    ),
    "plan.too-many-units": Entry(
        means="More units are needed than can be counted one by one.",
        way_out="Count in thousands: let the item be a thousand of it.",
    ),
    "plan.min-useful-above-quantity": Entry(
        means="The least useful number of units is more than the quantity: the line can get nothing.",
        way_out="Lower the one or raise the other.",
        severity=_W,
    ),
    "plan.multiple-does-not-fit": Entry(
        means="No useful number of units lies between the least useful and the quantity: the line can get nothing.",
        way_out="Correct the steps.",
        severity=_W,
    ),
    "plan.no-offer": Entry(
        means="Nobody offers what is needed.", way_out="Add an offer, or correct the item.", severity=_W
    ),
    "plan.offer-not-wanted": Entry(
        means="No requirement asks for what is offered.",
        way_out="Check how the item is written on Requirements.",
        severity=_W,
    ),
    "plan.needed-before-first-order": Entry(
        means="A line is needed before anything is ordered.",
        way_out="Correct the day, or order earlier.",
        severity=_W,
    ),
    "plan.stock-is-huge": Entry(
        means="More units are available than the world holds.",
        way_out="Leave the cell empty where stock does not limit.",
        severity=_W,
    ),
    "plan.order-above-stock": Entry(
        means="The smallest order is more than what is available: nothing can be ordered.",
        way_out="Ask the supplier, and correct the offer.",
        severity=_W,
    ),
    "plan.floor-above-money": Entry(
        means="A package must cost more than all money there is.",
        way_out="Lower the target or widen its tolerance, or leave the package out.",
        severity=_W,
    ),
    "plan.tolerance-without-target": Entry(
        means="A tolerance stands without a target and has no effect.",
        way_out="Add the target, or remove the tolerance.",
        severity=_W,
    ),
    "plan.lapses-before-available": Entry(
        means="Money lapses before it is available: it can pay for nothing.",
        way_out="Correct one of the days.",
        severity=_W,
    ),
    "plan.lapses-before-order": Entry(
        means="Money lapses before anything is ordered.",
        way_out="Bring an order forward, or ask the partner for a later day.",
        severity=_W,
    ),
    "plan.available-after-last-order": Entry(
        means="Money comes after the last order.",
        way_out="Add a later package, or ask the partner for an earlier day.",
        severity=_W,
    ),
    "plan.fee-takes-all": Entry(
        means="The fee takes all of the money.", way_out="Correct the fee.", severity=_W
    ),
    "plan.nested-kit": Entry(
        means="A part of a kit is itself a kit, or the kit contains itself.",
        way_out="List the parts of the inner kit instead.",
    ),
    "plan.duplicate-substitute": Entry(
        means="A substitute is listed twice for an item.", way_out="Keep one, with the right number."
    ),
    "plan.substitute-of-itself": Entry(
        means="An item cannot stand in for itself.", way_out="Correct one of the items, or delete the row."
    ),
    "plan.substitute-and-kit": Entry(
        means="A kit cannot stand in for an item, nor an item for a kit.", way_out="Name the parts instead."
    ),
    "plan.substitute-chain": Entry(
        means="A substitute has substitutes of its own: they do not count for the first item.",
        way_out="List them for the first item too if they may.",
        severity=_W,
    ),
    "plan.names-look-alike": Entry(
        means="A name looks like another one and is none: one has a letter of another alphabet.",
        way_out="Write both with the same letters if one is meant; give them names that differ plainly if not.",
    ),
    "plan.mixed-letters": Entry(
        means="A word of a name has letters of two alphabets.",
        way_out="Write the word in one alphabet.",
        severity=_W,
    ),
    "plan.day-far-away": Entry(
        means="A day lies decades away from the orders.",
        way_out="Correct the year if it is a slip; leave the cell empty where any day is meant.",
        severity=_W,
    ),
    "plan.supplier-sells-nothing": Entry(
        means="A supplier has terms of its own and no offer.",
        way_out="Check how the supplier is written on Offers.",
        severity=_W,
    ),
    "plan.unforeseen": Entry(
        means="The problem as a whole is objected to.", way_out="Correct what is named."
    ),
    "reading.too-many": Entry(
        means="There are more than ten thousand findings: the reading stopped there, and more may be wrong.",
        way_out="Correct what is listed and read it again.",
    ),
}


class Findings:
    """All that was objected to so far, each with a code of the catalogue."""

    def __init__(self) -> None:
        self.all: list[Finding] = []

    def add(
        self, code: str, place: Place, wrong: str | Sentence = "", *, excerpt: str = "", way_out: str = ""
    ) -> None:
        """Note a finding; what is not said here is said by the catalogue. A sentence has the code itself."""
        if self.are_full:
            return
        if len(self.all) == MOST_FINDINGS:
            code, place, wrong, excerpt, way_out = "reading.too-many", Place(file=place.file), "", "", ""
        entry = CATALOGUE[code]
        said, words = (wrong, "") if isinstance(wrong, Sentence) else (Sentence(code), wrong or entry.means)
        self.all.append(
            Finding(
                place=place,
                said=said,
                words=(words, way_out or entry.way_out),
                excerpt=shortened(excerpt) if excerpt else "",
                severity=entry.severity,
            )
        )

    @property
    def are_full(self) -> bool:
        """Say whether the list has ended, with a finding that says so: nothing more needs to be looked at."""
        return len(self.all) > MOST_FINDINGS

    def have_errors(self) -> bool:
        return any(finding.is_error for finding in self.all)
