"""From a row of the record back to its cells, as the reader of its file takes them."""

from collections.abc import Iterator
from typing import Any

from pledgeline.money import Amount
from pledgeline.programme.parties import JOINT
from pledgeline.programme.record_fields import CellKind, RowField, fields_of_row

_PARTED = "; "


def cells_of(value: object) -> dict[str, str]:
    """Give a text for each column of the file that the row could stand in.

    >>> from datetime import date
    >>> from pledgeline.programme.sources import Source
    >>> cells_of(Source(id="S1", url="urn:x:1", publisher="A paper", published_on=date(2025, 8, 4),
    ...     title="A page", accessed_as="page"))["published_on"]
    '2025-08-04'
    """
    fields = fields_of_row(type(value)).values()
    return {column: text for field in fields for column, text in _written(field, value)}


def _written(field: RowField, value: object) -> Iterator[tuple[str, str]]:
    said = getattr(value, field.name)
    yield field.column, "" if said is None else _text(field, value, said)
    if field.cell.currency:
        yield field.cell.currency, said.currency if said else ""


def _text(field: RowField, value: Any, said: Any) -> str:
    match field.cell.kind:
        case CellKind.DAY if field.cell.month_too and value.month_only:
            return f"{said:%Y-%m}"
        case CellKind.DAY:
            return str(said.isoformat())
        case CellKind.AMOUNT:
            return _major(said)
        case CellKind.NUMBER:
            return f"{said:f}"
        case CellKind.WORD:
            return str(said.value)
        case CellKind.PARTIES:
            return JOINT.join(said)
        case CellKind.REFERENCES:
            return _PARTED.join(said)
    return str(said)


def _major(amount: Amount) -> str:
    """Write an amount in major units, without decimals where it is whole."""
    return f"{amount.major.normalize():f}"
