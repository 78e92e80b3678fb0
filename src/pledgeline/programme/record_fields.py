"""The fields of the rows of a public record: beside each stands in which column of a file it is, and what may be there.

Reader and writer of files, tables, forms and pages go by these annotations; what a column is called and means is said
by the catalogue under `noun.<noun>-<column>`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum, StrEnum
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin, get_type_hints


class CellKind(StrEnum):
    """What stands in a cell, or in the two of an amount and its currency."""

    REFERENCE = "reference"
    TEXT = "text"
    WORD = "word"
    DAY = "day"
    WHOLE = "whole"
    NUMBER = "number"
    AMOUNT = "amount"
    CURRENCY = "currency"
    PARTIES = "parties"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCell:
    """What is said of a field of a row.

    `column` is its column where that has another name, `currency` the column of the currency of an amount; `rows` are
    those of the record that are referred to. `few` say it: a list has it in its files alone. A day may be a month where
    `month_too`.
    """

    kind: CellKind
    column: str = ""
    currency: str = ""
    rows: str = ""
    needed: bool = False
    month_too: bool = False
    is_long: bool = False
    few: bool = False


def cell(kind: CellKind, column: str = "", **more: Any) -> FileCell:
    """Say how a field of a row stands in its file."""
    return FileCell(kind=kind, column=column, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowField:
    """A field of a row of the record, with its cell; `words` are those that a word is one of."""

    name: str
    cell: FileCell
    words: type[Enum] | None
    may_lack: bool

    @property
    def column(self) -> str:
        return self.cell.column or self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """Give its columns in a file: one, and that of the currency where the row has no field for it."""
        return (self.column, *filter(None, [self.cell.currency]))


def fields_of_row(row: Any) -> Mapping[str, RowField]:
    """Give the fields of a kind of row, a class, that stand in its file, in the order of the file, by name."""
    return _fields_of(row)


@cache
def _fields_of(row: Any) -> Mapping[str, RowField]:
    said = {}
    hints = get_type_hints(row, include_extras=True)
    for field in fields(row):
        if get_origin(hints[field.name]) is not Annotated:
            continue
        value, *notes = get_args(hints[field.name])
        (own,) = (note for note in notes if isinstance(note, FileCell))
        said[field.name] = RowField(
            name=field.name,
            cell=own,
            words=value if isinstance(value, type) and issubclass(value, Enum) else None,
            may_lack=field.default is not MISSING,
        )
    return MappingProxyType(said)


def columns_of_row(row: Any) -> tuple[str, ...]:
    """Give the columns of the file of a kind of row."""
    return tuple(column for field in fields_of_row(row).values() for column in field.columns)
