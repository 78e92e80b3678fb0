"""Every finding that the reader of a record can make, once: its lasting code, its meaning, the way out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pledgeline.money import Amount, in_full
from pledgeline.money.display import NO_BREAK
from pledgeline.programme.findings import MOST_FINDINGS, Finding, Place, Severity, in_words

LONGEST_EXCERPT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a code means, whatever the file, and what to do about it."""

    means: str
    way_out: str
    severity: Severity = Severity.ERROR


_W = Severity.WARNING

CATALOGUE: dict[str, Entry] = {
    # The folder and its files as such.
    "folder.missing": Entry(
        means="There is no such folder.", way_out="Give the path of a folder with the seven files."
    ),
    "folder.not-a-folder": Entry(
        means="The path names something that is no folder.",
        way_out="Give the folder that holds the seven files.",
    ),
    "folder.unreadable": Entry(
        means="The folder is there and cannot be read.",
        way_out="See that you may read it, and that no link in its path leads back to itself.",
    ),
    "file.missing": Entry(
        means="One of the seven files is not in the folder.",
        way_out="Add it; a file with its header row alone is enough where there are no rows.",
    ),
    "file.unreadable": Entry(
        means="The file is there and cannot be read.",
        way_out="See that it is a file and that you may read it.",
    ),
    "file.empty": Entry(
        means="The file has no header row.", way_out="Add the header row; rows may follow or not."
    ),
    "file.not-csv": Entry(
        means="The file is something else under the name of a CSV file.",
        way_out="Open it with the program it belongs to and save it as CSV, UTF-8.",
    ),
    "file.not-utf-8": Entry(
        means="The file has bytes that are no UTF-8.",
        way_out="Save it as CSV UTF-8 in the spreadsheet program.",
    ),
    "file.separator": Entry(
        means="The columns are parted by something else than commas.",
        way_out="Save it with commas as separators.",
    ),
    "file.line-too-long": Entry(
        means="A line has more than a million characters; it was not read.",
        way_out="See whether a quotation mark or a line break is missing, or whether this is a table at all.",
    ),
    "file.too-large": Entry(
        means="The file is larger than 256 megabytes; it was not read.",
        way_out="Split the record into several programmes.",
    ),
    "file.quotes": Entry(
        means="A quotation mark opens or closes in the wrong place; the row was not read.",
        way_out="Close the quotation mark; inside a quoted cell write it twice.",
    ),
    "header.none": Entry(
        means="The first row names none of the columns.",
        way_out="Write the names of the columns above the rows.",
    ),
    "header.missing-column": Entry(
        means="A column that the file must have is not in its header.",
        way_out="Add the column, or correct the spelling of its name.",
    ),
    "header.unknown-column": Entry(
        means="The header has a column that the file does not know; it was not read.",
        way_out="Take it out, or correct the spelling of its name.",
        severity=_W,
    ),
    "header.double-column": Entry(
        means="The header names a column twice.", way_out="Take one of them out, or give it its right name."
    ),
    # Rows and cells of any file.
    "row.cells": Entry(
        means="The row has more or fewer cells than the header.",
        way_out="Put cells that contain commas into quotation marks, and leave empty cells empty.",
    ),
    "row.duplicate": Entry(
        means="Two rows have the same key.",
        way_out="Give one of them another key, or take it out. The first one was read.",
    ),
    "row.looks-alike": Entry(
        means="Two rows have keys that look the same and are written with other letters.",
        way_out="Write the key in the letters of one script, or give the row another one. The first one was read.",
    ),
    "row.twice": Entry(
        means="The same statement stands twice; the first row was read, with its sources and its note.",
        way_out="Take one of them out, and put all sources into the other.",
        severity=_W,
    ),
    "cell.empty": Entry(means="A cell that must be filled is empty.", way_out="Fill it."),
    "cell.control-characters": Entry(
        means="The cell has characters that cannot be seen or printed.", way_out="Write the text anew."
    ),
    "cell.spaces": Entry(
        means="The cell begins or ends with spaces; it was read without them.",
        way_out="Take the spaces out.",
        severity=_W,
    ),
    "cell.two-scripts": Entry(
        means="A word has letters of two scripts that look alike: a Cyrillic letter in a Latin name, for example.",
        way_out="Write the word anew in the letters of one script.",
        severity=_W,
    ),
    "cell.day-after-today": Entry(
        means="The day lies after today.",
        way_out="Correct the day. If it is right, the row counts from that day on.",
        severity=_W,
    ),
    "cell.too-long": Entry(means="The text has more than 10,000 characters.", way_out="Shorten it."),
    "cell.reference": Entry(
        means="The key is longer than 100 characters, or has characters other than letters, digits, `.`, `_` and `-`.",
        way_out="Use a short key of letters and digits.",
    ),
    "cell.day-form": Entry(
        means="The day is not written as year-month-day.", way_out="Write it as 2025-08-04."
    ),
    "cell.no-such-day": Entry(means="The calendar has no such day.", way_out="Correct the day."),
    "cell.day-out-of-range": Entry(
        means="The day is before 1990 or after 2100.", way_out="See whether the year is right."
    ),
    "cell.vocabulary": Entry(
        means="The word is not one of those that the column knows.", way_out="Choose one of the words named."
    ),
    "cell.not-a-number": Entry(
        means="The cell is no plain decimal number.",
        way_out="Write digits with at most one point, no separators, no currency sign.",
    ),
    "cell.separators": Entry(
        means="The number has separators between its digits.", way_out="Write 1500000.00, not 1,500,000.00."
    ),
    "cell.not-whole": Entry(
        means="The cell is no whole number of the range that the column allows.",
        way_out="Write a whole number.",
    ),
    "cell.unknown-currency": Entry(
        means="The code is no currency of ISO 4217.",
        way_out="Write its three capital letters, for example USD.",
    ),
    "cell.past-currency": Entry(
        means="The code is a currency of the past, and the day lies after its last day.",
        way_out="Write the amount in the currency that took its place, or correct the day.",
    ),
    "cell.unknown-partner": Entry(
        means="The code is neither a country nor a party of the programme.",
        way_out="Use the alpha-3 code of ISO 3166, joined with + for several, or add the party to programme.toml.",
    ),
    "cell.partner-twice": Entry(
        means="The same partner stands twice in one cell.", way_out="Name each partner once."
    ),
    "cell.decimals": Entry(
        means="The amount has more decimals than its currency has.", way_out="Round it as the source does."
    ),
    "cell.too-large": Entry(
        means="The number is larger than any amount of money.", way_out="See whether its unit is right."
    ),
    "cell.not-positive": Entry(
        means="The number must be above 0.",
        way_out="Correct the sign, or leave the cell empty if nothing was stated.",
    ),
    "cell.key-twice": Entry(
        means="A key stands twice in one cell; it was read once.",
        way_out="Name each key once.",
        severity=_W,
    ),
    "cell.unknown-source": Entry(
        means="No row of sources.csv has this key.", way_out="Add the source, or correct the key."
    ),
    "cell.unknown-package": Entry(
        means="No row of packages.csv has this key.", way_out="Add the package, or correct the key."
    ),
    "cell.address": Entry(
        means="The address is none that begins with http://, https:// or urn:, or it has spaces.",
        way_out="Write the whole address, with %20 for a space.",
    ),
    # Announcements.
    "contributions.amount-and-currency": Entry(
        means="An amount without a currency, or a currency without an amount.",
        way_out="Fill both, or leave both empty where no sum was stated.",
    ),
    "contributions.relation-and-rows": Entry(
        means="A relation without the rows it relates to, or rows without a relation.",
        way_out="Fill both, or leave both empty for new money.",
    ),
    "contributions.unknown-row": Entry(
        means="The row relates to one that does not exist.", way_out="Correct the key, or add the row."
    ),
    "contributions.relates-to-itself": Entry(
        means="The row relates to itself.", way_out="Name the row that is meant."
    ),
    "contributions.replaces-later": Entry(
        means="The row replaces, or takes back, one that was announced later.",
        way_out="Correct one of the days, or turn the relation round.",
    ),
    "contributions.circle": Entry(
        means="Rows relate to each other in a circle: none of them would be counted.",
        way_out="Take out the relation that is wrong.",
    ),
    "contributions.replaces-with-nothing": Entry(
        means="The row has no amount and replaces one that has: its money counts no more, and the partner still does.",
        way_out="Fill the new amount. If the money was taken back, write the relation withdraws.",
        severity=_W,
    ),
    "contributions.withdraws-uncounted": Entry(
        means="The row takes money back from one that does not count by then.",
        way_out="Name the row that counts: the newer figure, or the row that is repeated.",
    ),
    "contributions.withdraws-several": Entry(
        means="The row takes back a part of several rows: how much of which cannot be said.",
        way_out="Write a row for each, or leave the amount empty where the whole of all is taken back.",
    ),
    "contributions.withdraws-otherwise": Entry(
        means="The row takes money back from one of another partner, package, stage or currency.",
        way_out="Write those of the row from which money is taken back.",
    ),
    "contributions.withdraws-too-much": Entry(
        means="More is taken back than was announced.",
        way_out="Correct the amount, or leave it empty where the whole is taken back.",
    ),
    "contributions.dollars-differ": Entry(
        means="The amount is in dollars and differs from the dollar figure of the report, which counts.",
        way_out="Make the two equal, or put the other figure into a row of its own that conflicts with this one.",
        severity=_W,
    ),
    "contributions.replaces-withdrawal": Entry(
        means="The row replaces one that takes money back: whether the money is promised again is not said.",
        way_out="Correct the row that takes money back, or write the money that is promised again as a new row.",
    ),
    "contributions.named-as-total": Entry(
        means="The row is named as a total and counts: its figure would be counted beside those that it adds up.",
        way_out="Take the row out, or write repeats and the rows that it adds up in relation and relates_to.",
        severity=_W,
    ),
    "contributions.sum-of-rows": Entry(
        means="The last figure of a column is exactly the sum of all those above it.",
        way_out="If it is a total, take the row out, or write repeats and the rows that it adds up. "
        "If it is new money, write nothing: this is a question.",
        severity=_W,
    ),
    "contributions.same-money": Entry(
        means="Two rows of one partner that both count may be the same money.",
        way_out="If it is, write the relation of the later row to the earlier: repeats, conflicts, replaces, unclear.",
        severity=_W,
    ),
    "contributions.joint-and-share": Entry(
        means="A joint sum and a row of one of its partners both count: the one may be a share of the other.",
        way_out="If it is, write repeats in the joint row, with its shares in relates_to.",
        severity=_W,
    ),
    "contributions.far-from-report": Entry(
        means="The amount and the dollar figure of the report differ by more than a quarter at the rate of the day.",
        way_out="See whether the amount is in thousands, the currency another, or the figure that of another row.",
        severity=_W,
    ),
    "contributions.no-rate": Entry(
        means="The row counts and cannot be converted into the programme's currency.",
        way_out="Add a rate of the day or shortly before to fx.csv; until then the row adds nothing.",
        severity=_W,
    ),
    # The other files.
    "checkpoints.unit": Entry(
        means="The measure ends in one currency and the unit is another.",
        way_out="Correct the measure or the unit; the unit is the one that was read.",
        severity=_W,
    ),
    "items.price-range": Entry(
        means="The lowest price is above the highest.", way_out="Turn the two round, or correct one of them."
    ),
    "items.lead-time-range": Entry(
        means="The shortest lead time is above the longest.",
        way_out="Turn the two round, or correct one of them.",
    ),
    "items.year": Entry(
        means="The year of the price is neither a year nor two joined with a hyphen.",
        way_out="Write 2025, 2018-2025 or leave it empty.",
    ),
    "fx.jump": Entry(
        means="The rate differs from the one before by more than a quarter within 31 days, or by more than two times.",
        way_out="See whether it is turned round, has its decimal point elsewhere, or belongs to another currency.",
        severity=_W,
    ),
    "fx.both-ways": Entry(
        means="Two rates of one day, of A in B and of B in A, contradict each other.",
        way_out="Take one of them out: the one that is turned round.",
        severity=_W,
    ),
    "fx.same-currency": Entry(
        means="The rate is one of a currency in itself.",
        way_out="Take the row out, or correct one of the codes.",
    ),
    # The settings.
    "programme.not-toml": Entry(means="The file is no TOML.", way_out="Correct the line that is named."),
    "programme.unknown-key": Entry(
        means="The settings have a key that nobody reads.",
        way_out="Take it out, or correct the spelling of its name.",
    ),
    "programme.missing-key": Entry(means="A setting that is needed is missing.", way_out="Add it."),
    "programme.value": Entry(
        means="A setting has a value that it cannot have.", way_out="Correct it as the message says."
    ),
    "reading.too-many": Entry(
        means=f"There are more than {MOST_FINDINGS:,} errors, or as many warnings; the others are only counted.",
        way_out="Correct the first ones and check again; often they have one cause.",
    ),
}


class Findings:
    """The findings of one reading.

    There are at most `MOST_FINDINGS` errors and as many warnings; beyond that they are counted.
    """

    def __init__(self) -> None:
        self._made: dict[Severity, list[Finding]] = {severity: [] for severity in Severity}
        self._more: Counter[Severity] = Counter()

    @property
    def errors(self) -> int:
        return len(self._made[Severity.ERROR]) + self._more[Severity.ERROR]

    def add(self, code: str, place: Place, wrong: str = "", *, excerpt: str = "", way_out: str = "") -> None:
        """Note a finding. What is wrong and the way out are the catalogue's unless more is known."""
        entry = CATALOGUE[code]
        made = self._made[entry.severity]
        if len(made) >= MOST_FINDINGS:
            self._more[entry.severity] += 1
            return
        made.append(
            in_words(
                code=code,
                place=place,
                wrong=wrong or entry.means,
                way_out=way_out or entry.way_out,
                excerpt=shortened(excerpt),
                severity=entry.severity,
            )
        )

    def in_order(self, files: Sequence[str]) -> tuple[Finding, ...]:
        """Give them in the order of the files and of their lines."""
        order = {file: number for number, file in enumerate(files)}
        made = [finding for found in self._made.values() for finding in found]
        made.sort(key=lambda finding: (order.get(finding.place.file, -1), finding.place.line or 0))
        for severity, number in self._more.items():
            entry = CATALOGUE["reading.too-many"]
            made.append(
                in_words(
                    code="reading.too-many",
                    place=made[-1].place,
                    wrong=f"There are {number:,} more findings like these ({severity.value}s).",
                    way_out=entry.way_out,
                    severity=severity,
                )
            )
        return tuple(made)


def written(amount: Amount) -> str:
    """Write an amount for a terminal: with ordinary spaces."""
    return in_full(amount).replace(NO_BREAK, " ")


def shortened(text: str) -> str:
    """Cut a text to what fits on a line, showing what cannot be seen."""
    shown = "".join(
        letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text[: LONGEST_EXCERPT + 1]
    )
    return shown if len(shown) <= LONGEST_EXCERPT else f"{shown[:LONGEST_EXCERPT]}…"
