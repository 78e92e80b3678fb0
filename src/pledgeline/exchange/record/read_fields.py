"""The fields of a row, each read from its cell by what it holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pledgeline.exchange.record.cells import RecordCells
from pledgeline.exchange.record.relations import RowRelation
from pledgeline.programme.record_fields import CellKind, RowField, fields_of_row

Row = TypeVar("Row")


@dataclass(slots=True, kw_only=True)
class Known:
    """What a row may refer to: keys of this folder, of rows that are there already, and of the settings.

    Keys of rows with findings are among them: one cause, one finding. `None` where a file could not
    be read to its end, or where the settings could not. `links` are what the announcements that
    were read relate to, by their keys.
    """

    parties: Mapping[str, str] | None
    sources: frozenset[str] | None = None
    packages: frozenset[str] | None = None
    links: dict[str, RowRelation] = field(default_factory=dict)


def read_row(row: type[Row], cells: RecordCells, known: Known, **said: object) -> Row | None:
    """Read a row by the cells of its fields; `said` are those that its reader has read itself, and what goes with them.

    Nothing where anything is wrong with it.
    """
    values = {
        name: said[name] if name in said else _READ[field.cell.kind](field, cells, known, said)
        for name, field in fields_of_row(row).items()
    }
    return row(**{**said, **values}) if cells.sound else None


_Reader = Callable[[RowField, RecordCells, Known, Mapping[str, object]], object]


def _reference(field: RowField, cells: RecordCells, _known: Known, _said: Mapping[str, object]) -> object:
    return cells.reference(field.column)


def _text(field: RowField, cells: RecordCells, known: Known, _said: Mapping[str, object]) -> object:
    text = cells.text(field.column, needed=field.cell.needed)
    _know(field, cells, known, (text,) if text else ())
    return text


def _references(field: RowField, cells: RecordCells, known: Known, _said: Mapping[str, object]) -> object:
    keys = cells.several(field.column, needed=field.cell.needed)
    _know(field, cells, known, keys)
    return keys


def _know(field: RowField, cells: RecordCells, known: Known, keys: tuple[str, ...]) -> None:
    """Object to keys of no row; what announcements refer to is known only when all of them are read."""
    if field.cell.rows in _UNKNOWN:
        cells.known(field.column, keys, getattr(known, field.cell.rows), _UNKNOWN[field.cell.rows])


_UNKNOWN = {"sources": "cell.unknown-source.record.key", "packages": "cell.unknown-package.record.key"}


def _word(field: RowField, cells: RecordCells, _known: Known, _said: Mapping[str, object]) -> object:
    words: Any = field.words
    return cells.word(field.column, words)


def _day(field: RowField, cells: RecordCells, _known: Known, _said: Mapping[str, object]) -> object:
    """Read a day; one that may be a month is kept as it is written."""
    day = cells.day(field.column, needed=field.cell.needed, month_too=field.cell.month_too)
    return cells.text(field.column) if field.cell.month_too else day


def _whole(field: RowField, cells: RecordCells, _known: Known, _said: Mapping[str, object]) -> object:
    return cells.whole(field.column, least=1)


def _number(field: RowField, cells: RecordCells, _known: Known, _said: Mapping[str, object]) -> object:
    return cells.number(field.column)


def _currency(field: RowField, cells: RecordCells, _known: Known, _said: Mapping[str, object]) -> object:
    return cells.currency(field.column, needed=field.cell.needed)


def _amount(field: RowField, cells: RecordCells, _known: Known, said: Mapping[str, Any]) -> Any:
    """Read an amount in the currency of its own column, or in that of its row."""
    own = field.cell.currency
    currency = cells.currency(own, needed=field.cell.needed) if own else said["currency"]
    return cells.amount(field.column, currency, needed=field.cell.needed)


def _parties(field: RowField, cells: RecordCells, known: Known, _said: Mapping[str, Any]) -> Any:
    return cells.partners(field.column, known.parties, needed=field.cell.needed)


_READ: dict[CellKind, _Reader] = {
    CellKind.REFERENCE: _reference,
    CellKind.TEXT: _text,
    CellKind.WORD: _word,
    CellKind.DAY: _day,
    CellKind.WHOLE: _whole,
    CellKind.NUMBER: _number,
    CellKind.AMOUNT: _amount,
    CellKind.CURRENCY: _currency,
    CellKind.PARTIES: _parties,
    CellKind.REFERENCES: _references,
}
