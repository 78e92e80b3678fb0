"""What every reader of a register's file looks up: actors, and the sources that the file lists."""

from pledgeline.guarantees.toml_tables import TomlFile, TomlTable
from pledgeline.guarantees.vocabulary import Actors, Vocabulary


class SheetReader:
    """Reads tables of one file against the words and actors of the register."""

    def __init__(self, sheet: TomlFile, vocabulary: Vocabulary, actors: Actors) -> None:
        self.sheet, self.vocabulary, self.actors = sheet, vocabulary, actors
        self.codes = actors.codes()
        self.events = tuple(vocabulary.parents)
        self.listed: frozenset[str] = frozenset()

    def _actors(self, table: TomlTable, key: str, *, filled: bool = False) -> tuple[str, ...]:
        return table.words(key, self.codes, "guarantees.unknown-actor.word", "actor", filled=filled)

    def _actor(self, table: TomlTable, key: str) -> str:
        return table.word(key, self.codes, "guarantees.unknown-actor.word", "actor")

    def _cited(self, table: TomlTable, *, filled: bool = False) -> tuple[str, ...]:
        return table.words(
            "source",
            tuple(self.listed),
            "guarantees.unlisted-source.word",
            "source-of-this-file",
            filled=filled,
        )
