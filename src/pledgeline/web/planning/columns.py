"""Columns that only tables of a plan have."""

from typing import Unpack

from pledgeline.records.plans import Study
from pledgeline.web.columns import Cell, Column, ColumnOptions, Drawn, Label, Reader
from pledgeline.web.planning import figures


class PlanDayColumn(Column):
    """A day of the plan: a date where the problem says what its first day is, else a number."""

    classes, empty = "day-cell", "–"

    def __init__(
        self, name: str, label: Label, value: Reader = "", *, study: Study, **more: Unpack[ColumnOptions]
    ) -> None:
        super().__init__(name, label, value, **more)
        self.study = study

    def filed(self, value: int) -> Cell:
        return figures.file_day(self.study, value)

    def written(self, value: int) -> Drawn:
        return figures.day_of(self.study.first_day, value)
