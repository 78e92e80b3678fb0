"""Rows of a sheet that do not stand for themselves: merged into others, or hidden from people."""

from pledgeline.exchange.workbook.file import column_letters
from pledgeline.exchange.workbook.tables import SheetTable
from pledgeline.programme.findings import FindingList, Place
from pledgeline.programme.sentences import Param, Sentence, sentence

MOST_SPANS = 12
"""Units: stretches of hidden rows that are named."""


def spoiled_cells(table: SheetTable, name: str, findings: FindingList) -> dict[int, set[int]]:
    """Object to merged cells among the rows of the file `name`; give the cells that have no value of their own."""
    spoiled: dict[int, set[int]] = {}
    used = set(table.columns.values())
    last = max(table.raw.rows, default=0)
    for top, left, bottom, right in table.raw.merged:
        if findings.is_full:
            break
        columns = {number for number in used if left <= number <= right}
        if bottom <= table.header or top <= table.header or not columns:
            continue
        if not table.raw.cell(top, left).text.strip():
            continue
        place = Place(file=name, sheet=table.raw.name, line=top, column=column_letters(left))
        reach = f"{place.cell}:{column_letters(right)}{bottom}"
        said = sentence("cell.merged.workbook.reach", reach=reach)
        findings.note(said, place, excerpt=table.raw.cell(top, left).text)
        for row in range(top, min(bottom, last) + 1):
            spoiled.setdefault(row, set()).update(columns - ({left} if row == top else set()))
    return spoiled


def are_hidden(rows: list[int]) -> Sentence:
    """Name hidden rows in few words.

    >>> str(are_hidden([3])), str(are_hidden([3, 4, 5, 9]))
    ('Row 3 is hidden; what it holds is read.', 'Rows 3 to 5 and 9 (4 rows) are hidden; what they hold is read.')
    """
    if len(rows) == 1:
        return sentence("row.hidden.workbook.one", row=str(rows[0]))
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    named: list[Param] = [
        str(first)
        if first == last
        else sentence("row.hidden.workbook.stretch", first=str(first), last=str(last))
        for first, last in spans[:MOST_SPANS]
    ]
    if len(spans) > MOST_SPANS:
        named.append(sentence("row.hidden.workbook.more-places", places=len(spans) - MOST_SPANS))
    return sentence("row.hidden.workbook.rows", named=tuple(named), rows=len(rows))
