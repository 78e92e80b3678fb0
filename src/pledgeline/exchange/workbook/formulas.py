"""What a formula says of its figure: whether it adds up other rows of the same column, as totals do.

Formulas are never worked out: the file holds their values. A formula is read only for what it adds up, in
the words in which every file keeps it, whatever language the program speaks.
"""

import re

from pledgeline.exchange.workbook.file import MOST_ROWS

_ADDS = re.compile(r"\b(SUM|SUBTOTAL|AGGREGATE|SUMIFS?|SUMPRODUCT)\(")
_PLUS = re.compile(r"\+?\$?[A-Z]{1,3}\$?[0-9]{1,7}(\+\$?[A-Z]{1,3}\$?[0-9]{1,7})+")
_REACH = re.compile(
    r"(?<![!\w$:])\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?(?![\w(])"
)
_ELSEWHERE = re.compile(r"('[^']*'|[\w.]+)!\$?[A-Z]{1,3}\$?[0-9]+(:\$?[A-Z]{1,3}\$?[0-9]+)?")


def rows_added_up(formula: str, letters: str, sheet: str, heading: str) -> set[int]:
    """Give the rows of a column that a formula adds up; none where it does anything else.

    A table of Excel names the column by its heading in brackets: it adds up all its rows.

    >>> rows_added_up("SUM(C2:C4)", "C", "Money", ""), rows_added_up("ROUND(SUM(Money!C2,C3),0)", "C", "Money", "")
    ({2, 3, 4}, {2, 3})
    >>> rows_added_up("SUM(Bank!C2:C4)", "C", "Money", ""), rows_added_up("C2*1.2", "C", "Money", "")
    (set(), set())
    """
    formula = formula.replace(f"'{sheet}'!", "").replace(f"{sheet}!", "")
    if not (_ADDS.search(formula) or _PLUS.fullmatch(formula)):
        return set()
    rows: set[int] = set(range(1, MOST_ROWS + 1)) if heading and f"[{heading}]" in formula else set()
    for left, top, right, bottom in _REACH.findall(_ELSEWHERE.sub("", formula)):
        if letters == left and letters == (right or left):
            rows.update(range(int(top), min(int(bottom or top), int(top) + MOST_ROWS) + 1))
    return rows
