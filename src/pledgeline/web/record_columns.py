"""What lists and pages of the public record show of fields that they do not show in a way of their own.

A field that few say, and a long text, are only in the files of a list.
"""

from collections.abc import Callable, Collection
from operator import attrgetter
from typing import Any

from pledgeline.programme.record_fields import CellKind, RowField, fields_of_row
from pledgeline.programme.sentences import Sentence
from pledgeline.web import words
from pledgeline.web.columns import Column, Day, Money, Text, Whole

_BY_KIND: dict[CellKind, type[Column]] = {
    CellKind.DAY: Day,
    CellKind.AMOUNT: Money,
    CellKind.WHOLE: Whole,
}
_LISTS = (CellKind.PARTIES, CellKind.REFERENCES)


def label_of(noun: str, column: str) -> Sentence:
    """Name a column of a file."""
    return Sentence(f"noun.{noun}-{column.replace('_', '-')}")


def other_columns(noun: str, row: type[Any], shown: Collection[str], *, below: str = "") -> list[Column]:
    """Give the columns of the fields that are not shown yet; the row itself lies `below` that of the table."""
    fields = (field for name, field in fields_of_row(row).items() if name not in shown)
    return [_column(noun, field, attrgetter(f"{below}{field.name}")) for field in fields]


def _column(noun: str, field: RowField, value: Callable[[Any], Any]) -> Column:
    label = label_of(noun, field.column)
    shown = not field.cell.few and not field.cell.is_long
    name = field.name
    if field.cell.kind in _BY_KIND:
        return _BY_KIND[field.cell.kind](name, str(label), value, shown=shown)
    if field.cell.kind in _LISTS:
        return Text(name, str(label), lambda row: ";".join(value(row)), shown=shown)
    named = words.OF_A_ROW[field.words].__getitem__ if field.words is not None else None
    return Text(name, str(label), value, named=named, shown=shown, empty="–")


def other_facts(noun: str, value: Any, shown: Collection[str]) -> list[tuple[Sentence, Any]]:
    """Give each field that says something and is not shown yet, with its name."""
    fields = (field for name, field in fields_of_row(type(value)).items() if name not in shown)
    return [
        (label_of(noun, field.column), words.OF_A_ROW[field.words][said] if field.words else said)
        for field in fields
        if (said := getattr(value, field.name)) not in (None, "", ())
    ]
