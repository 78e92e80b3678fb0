"""What a formula says of its figure: whether it adds up other rows of the same column, as totals do.

Formulas are never worked out: the file holds their values. A formula is read only for what it adds up, in
the words in which every file keeps it, whatever language the program speaks.
"""

import re

_ADDS = re.compile(r"\+?(SUM|SUBTOTAL|AGGREGATE|SUMIFS?|SUMPRODUCT)\(", re.IGNORECASE)
_PLUS = re.compile(r"\+?\$?[A-Z]{1,3}\$?[0-9]{1,7}(\+\$?[A-Z]{1,3}\$?[0-9]{1,7})+")
_REACH = re.compile(
    r"(?<![!\w$:])\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?(?![\w(])"
)
_ELSEWHERE = re.compile(r"('[^']*'|[\w.]+)!\$?[A-Z]{1,3}\$?[0-9]+(:\$?[A-Z]{1,3}\$?[0-9]+)?")


def rows_added_up(formula: str, letters: str) -> set[int]:
    """Give the rows of a column that a formula adds up; none where it does anything else.

    >>> rows_added_up("SUM(C2:C4)", "C"), rows_added_up("C2+C3", "C"), rows_added_up("SUM(Bank!C2:C4)", "C")
    ({2, 3, 4}, {2, 3}, set())
    >>> rows_added_up("C2*1.2", "C"), rows_added_up("SUM(D5:F5)", "C")
    (set(), set())
    """
    if not (_ADDS.match(formula) or _PLUS.fullmatch(formula)):
        return set()
    rows: set[int] = set()
    for left, top, right, bottom in _REACH.findall(_ELSEWHERE.sub("", formula)):
        if letters == left and letters == (right or left):
            rows.update(range(int(top), min(int(bottom or top), int(top) + 200_000) + 1))
    return rows
