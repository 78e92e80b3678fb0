"""What the tables of a case share: instruments, obligations, actors, days, numbers."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction

from pledgeline.guarantees.instruments import Register
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.toml_tables import TomlFile, TomlTable, moment_of
from pledgeline.programme.sentences import sentence

NEVER = Moment(on=date(1900, 1, 1))  # stands where a moment could not be read; the sheet then has a finding


class CaseTables:
    """Reads tables of one sheet against a register; `instruments` are those that the case is about."""

    def __init__(self, sheet: TomlFile, register: Register, instruments: Collection[str] = ()) -> None:
        self.sheet, self.register, self.instruments = sheet, register, instruments
        self.vocabulary, self.codes = register.vocabulary, register.actors.codes()
        self.kinds = (*self.vocabulary.parents, *self.vocabulary.words["condition_kind"])

    def _instrument(self, table: TomlTable, key: str = "instrument") -> str:
        return table.word(key, self.instruments, "guarantees.unknown-instrument.word", "instrument")

    def _obligation(self, table: TomlTable) -> tuple[str, str]:
        """Read the instrument and the obligation that a table is about."""
        instrument, obligation = self._instrument(table), table.text("obligation")
        known = self.register.by_id.get(instrument)
        if known is not None and obligation:
            table.word(
                "obligation",
                [duty.id for duty in known.obligations],
                "guarantees.unknown-obligation.word",
                "obligation",
            )
        return instrument, obligation

    def _actors(self, table: TomlTable, key: str, *, filled: bool = False) -> tuple[str, ...]:
        return table.words(key, self.codes, "guarantees.unknown-actor.word", "actor", filled=filled)

    def _moment(self, table: TomlTable, key: str) -> Moment | None:
        return table.moment(key, key)

    def _learnt(self, table: TomlTable) -> Moment | None:
        return table.moment("learnt_at", "learnt_on", required=False)

    def _each(self, table: TomlTable, key: str, *, required: str, optional: str) -> list[TomlTable]:
        """Read a list of tables; a single table counts as a list of one."""
        if isinstance(table.values.get(key), dict):
            one = table.table(key, required=required, optional=optional)
            return [one] if one is not None else []
        return table.tables(key, required=required, optional=optional)


def day_of(table: TomlTable, key: str) -> date | None:
    """Read a day that may stand in quotes."""
    if key not in table:
        return None
    moment = moment_of(table.values[key], allows_day=True)
    if moment is None or moment.on is None:
        table.wrong(key, sentence("guarantees.bad-date.in-words", value=str(table.values[key])))
        return None
    return moment.on


def number_of(value: object) -> Fraction | None:
    """Read a whole number, or a decimal in quotes: a float would already have lost cents."""
    if type(value) is int and abs(value) < 10**18:
        return Fraction(value)
    if isinstance(value, str) and value.replace(".", "", 1).isdecimal() and len(value) < 25:
        return Fraction(value)
    return None


def period_of(table: TomlTable) -> str:
    """Read the label of a period; a bare year is one."""
    value = table.values.get("period")
    return str(value) if type(value) is int else table.text("period")
