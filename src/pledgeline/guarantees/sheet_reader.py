"""Read tables of a register's file as the classes of `instruments.py`, against the words and actors of the register."""

from typing import TypeVar

from pledgeline.guarantees.toml_fields import keys_of, toml_fields
from pledgeline.guarantees.toml_tables import TomlFile, TomlTable
from pledgeline.guarantees.vocabulary import Actors, Vocabulary

T = TypeVar("T")


class SheetReader:
    """Reads tables of one file. `listed` are the sources that the file lists."""

    def __init__(self, sheet: TomlFile, vocabulary: Vocabulary, actors: Actors) -> None:
        self.sheet, self.vocabulary, self.actors = sheet, vocabulary, actors
        self.codes = actors.codes()
        self.events = tuple(vocabulary.parents)
        self.listed: frozenset[str] = frozenset()

    def table(self, of: TomlTable, key: str, kind: type, also: str = "") -> TomlTable | None:
        """Give the table under a key, with the keys of a class; nothing where it is not there."""
        return of.table(key, **keys_of(kind, also), is_open=True)

    def tables(self, of: TomlTable, key: str, kind: type, also: str = "") -> list[TomlTable]:
        """Give the tables under a key, each with the keys of a class."""
        return of.tables(key, **keys_of(kind, also), is_open=True)

    def read_as(self, kind: type[T], table: TomlTable, **known: object) -> T:
        """Read a table as a class; `known` are the fields that were read already."""
        read = {
            field.name: field.reader.read(self, table, field.key)
            for field in toml_fields(kind)  # type: ignore[arg-type]
            if field.reader is not None and field.name not in known
        }
        return kind(**read, **known)

    def read_all(self, kind: type[T], of: TomlTable, key: str, also: str = "") -> tuple[T, ...]:
        """Read every table under a key as a class."""
        return tuple(self.read_as(kind, table) for table in self.tables(of, key, kind, also))
