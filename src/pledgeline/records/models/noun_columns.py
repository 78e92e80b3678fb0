"""The columns of a noun: each field is a column of its own name, which its kind makes.

A table says only what its noun cannot: what points to other rows, what is worked out, what the database holds it to.
"""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any, TypeAlias

from django.db import models
from django.db.models.base import ModelBase

from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.programme.nouns import FieldSaid, Noun
from pledgeline.programme.record_fields import CellKind, RowField, fields_of_row
from pledgeline.records.models.columns import LONGEST_REF, ExactDecimalField

AnyColumn: TypeAlias = "models.Field[Any, Any]"

_TEXTS: dict[str, Callable[[], AnyColumn]] = {
    "Key": partial(models.CharField, max_length=LONGEST_KEY),
    "Label": partial(models.CharField, max_length=LONGEST_KEY),
    "Note": models.TextField,
    "Currency": partial(models.CharField, max_length=3),
    "YesNo": partial(models.BooleanField, default=False),
    "EarmarkLines": partial(models.JSONField, default=list),
    "Serials": partial(models.JSONField, default=list),
}
"""Kinds that have a value for what is not said: an empty text, no, no lines."""

_VALUES: dict[str, Callable[..., AnyColumn]] = {
    "Units": models.BigIntegerField,
    "Count": models.BigIntegerField,
    "Price": models.BigIntegerField,
    "Priority": models.PositiveIntegerField,
    "LeadDays": models.PositiveIntegerField,
    "Percent": models.PositiveSmallIntegerField,
    "Day": models.DateField,
}
"""All other kinds: what is not said, and is not as usual then, is null."""

_CELLS: dict[CellKind, Callable[[], AnyColumn]] = {
    CellKind.REFERENCE: partial(models.CharField, max_length=LONGEST_REF),
    CellKind.TEXT: models.TextField,
    CellKind.WORD: partial(models.CharField, max_length=20),
    CellKind.WHOLE: lambda: models.BigIntegerField(null=True),
    CellKind.NUMBER: ExactDecimalField,
    CellKind.CURRENCY: partial(models.CharField, max_length=3),
}
"""What the cells of the public record hold; a day may be null, an amount is two columns, a list is a table."""


def column_of(field: FieldSaid) -> AnyColumn:
    """Make the column of a field of a noun."""
    if field.kind in _TEXTS:
        return _TEXTS[field.kind]()
    return _VALUES[field.kind](null=not field.is_needed and field.usual is None)


def columns_of(field: RowField) -> tuple[str, ...]:
    """Name the columns of a field of the public record: none where it is a list, which has a table of its own.

    The id of a row is its `ref`.
    """
    match field.cell.kind:
        case CellKind.REFERENCE:
            return ("ref",)
        case CellKind.AMOUNT:
            return (f"{field.name}_minor", f"{field.name}_currency")
        case CellKind.PARTIES | CellKind.REFERENCES:
            return ()
    return (field.name,)


def _of_cells(field: RowField) -> tuple[AnyColumn, ...]:
    kind = field.cell.kind
    if kind is CellKind.DAY:
        return (models.DateField(null=not field.cell.needed),)
    if kind is CellKind.AMOUNT:
        return (models.BigIntegerField(null=True), models.CharField(max_length=3, null=True))
    return (_CELLS[kind](),) if kind in _CELLS else ()


class NounTable(ModelBase):
    """Makes a table of a noun, `KIND`, with a column for each field but those that the table itself says."""

    def __new__(cls, name: str, bases: tuple[type, ...], attributes: dict[str, Any], **more: Any) -> Any:
        noun = attributes.get("KIND")
        if noun is not None:
            above = {column.name for base in bases for column in _columns_above(base)}
            attributes = {**columns_made(noun, {*attributes, *above}), **attributes}
        made: object = super().__new__(cls, name, bases, attributes, **more)
        return made


def _columns_above(base: object) -> Collection[AnyColumn]:
    columns: Collection[AnyColumn] = base._meta.local_fields if hasattr(base, "_meta") else ()
    return columns


def columns_made(noun: type[object], there: set[str]) -> dict[str, AnyColumn]:
    """Make the columns of the fields that are not there; of an amount that has a column there are none to make."""
    if issubclass(noun, Noun):
        said = (field for field in noun.fields_said().values() if field.part is None)
        return {field.name: column_of(field) for field in said if field.name not in there}
    made: dict[str, AnyColumn] = {}
    for field in fields_of_row(noun).values():
        columns = columns_of(field)
        if there.isdisjoint(columns):
            made |= zip(columns, _of_cells(field), strict=True)
    return made
