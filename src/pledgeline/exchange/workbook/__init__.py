"""A planning problem as a workbook, and a plan as a workbook that people read.

from pledgeline.exchange.workbook import template, read_workbook, write_problem, write_plan
"""

from pledgeline.exchange.workbook.catalogue import WARNINGS
from pledgeline.exchange.workbook.read import WorkbookReading, read_workbook
from pledgeline.exchange.workbook.result import write_plan
from pledgeline.exchange.workbook.template import NotInAWorkbook, template, write_problem

__all__ = [
    "WARNINGS",
    "NotInAWorkbook",
    "WorkbookReading",
    "read_workbook",
    "template",
    "write_plan",
    "write_problem",
]
