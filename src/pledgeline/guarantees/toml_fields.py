"""How the fields of an instrument are said in its file: under which key, and what may stand there.

Each class of `instruments.py` says it beside the field, once: the reader takes the keys of a table and what each may
hold from there. A field without a default has to be said. A field of which nothing is said here is read by its type.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Protocol, TypedDict, get_args, get_origin, get_type_hints

from pledgeline.guarantees.durations import Duration

if TYPE_CHECKING:
    from pledgeline.guarantees.sheet_reader import SheetReader
    from pledgeline.guarantees.toml_tables import TomlTable


class TomlFieldReader(Protocol):
    """What may stand under a key."""

    def read(self, reader: "SheetReader", table: "TomlTable", key: str) -> object:
        """Read it, and say what is wrong with it."""


@dataclass(frozen=True, slots=True)
class FileKey:
    """The key of a field that has another name in the file."""

    name: str


NEEDED = "needed"
"""Marks a field that has to be said although a value made by a program need not have it."""

NOT_SAID = "not said"
"""Marks a field that no file says: it follows from others, or from where the file is."""


@dataclass(frozen=True, slots=True)
class WordOf:
    """One word of a list of the vocabulary."""

    listed: str

    def read(self, reader: "SheetReader", table: "TomlTable", key: str) -> str:
        return table.word(key, reader.vocabulary.words[self.listed])


@dataclass(frozen=True, slots=True)
class ActorCode:
    """An actor of the register."""

    def read(self, reader: "SheetReader", table: "TomlTable", key: str) -> str:
        return table.word(key, reader.codes, "guarantees.unknown-actor.word", "actor")


@dataclass(frozen=True, slots=True)
class ActorCodes:
    """Actors of the register; `filled`: one at least, where the key is there."""

    filled: bool = False

    def read(self, reader: "SheetReader", table: "TomlTable", key: str) -> tuple[str, ...]:
        code = "guarantees.unknown-actor.word"
        return table.words(key, reader.codes, code, "actor", filled=self.filled)


@dataclass(frozen=True, slots=True)
class CitedSources:
    """Sources that the file lists."""

    filled: bool = False

    def read(self, reader: "SheetReader", table: "TomlTable", key: str) -> tuple[str, ...]:
        code, what = "guarantees.unlisted-source.word", "source-of-this-file"
        return table.words(key, tuple(reader.listed), code, what, filled=self.filled)


@dataclass(frozen=True, slots=True)
class EventName:
    """A kind of event."""

    def read(self, reader: "SheetReader", table: "TomlTable", key: str) -> str:
        return table.word(key, reader.events, "guarantees.unknown-event.word", "event")


@dataclass(frozen=True, slots=True)
class EventNames:
    """Kinds of events, one at least."""

    def read(self, reader: "SheetReader", table: "TomlTable", key: str) -> tuple[str, ...]:
        code = "guarantees.unknown-event.kind"
        return table.words(key, reader.events, code, "kind-of-event", filled=True)


@dataclass(frozen=True, slots=True)
class YesOrNo:
    """The word yes or no."""

    def read(self, _reader: "SheetReader", table: "TomlTable", key: str) -> bool:
        return table.word(key, ("yes", "no")) == "yes"


@dataclass(frozen=True, slots=True)
class Slug:
    """A name in small letters, digits and hyphens."""

    def read(self, _reader: "SheetReader", table: "TomlTable", key: str) -> str:
        return table.slug(key)


@dataclass(frozen=True, slots=True)
class _Plain:
    """What a type alone says."""

    method: Callable[["TomlTable", str], object]

    def read(self, _reader: "SheetReader", table: "TomlTable", key: str) -> object:
        return self.method(table, key)


_PLAIN: dict[object, TomlFieldReader] = {
    str: _Plain(lambda table, key: table.text(key)),
    int: _Plain(lambda table, key: table.whole(key)),
    bool: _Plain(lambda table, key: bool(table.flag(key))),
    bool | None: _Plain(lambda table, key: table.flag(key)),
    date | None: _Plain(lambda table, key: table.day(key)),
    Duration | None: _Plain(lambda table, key: table.duration(key)),
    tuple[str, ...]: _Plain(lambda table, key: table.texts(key)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlField:
    """One field: its name, its key, and how it is read; where `reader` is none, whoever reads the table gives it."""

    name: str
    key: str
    reader: TomlFieldReader | None
    is_needed: bool


@cache
def toml_fields(of: type) -> tuple[TomlField, ...]:
    """Give the fields of a class that a file says, in their order."""
    hints = get_type_hints(of, include_extras=True)
    found = []
    for field in fields(of):
        hint = hints[field.name]
        marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
        if NOT_SAID in marks:
            continue
        reader = next((mark for mark in marks if hasattr(mark, "read")), None)
        plain = _PLAIN.get(get_args(hint)[0] if marks else hint)
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        found.append(
            TomlField(
                name=field.name,
                key=next((mark.name for mark in marks if isinstance(mark, FileKey)), field.name),
                reader=reader or plain,
                is_needed=NEEDED in marks or not has_default,
            )
        )
    return tuple(found)


class TableKeys(TypedDict):
    """The keys that a table has to have, and those it may have, parted by blanks."""

    required: str
    optional: str


def keys_of(of: type, also: str = "") -> TableKeys:
    """Give the keys that a table of a class has to have, and those it may have; `also` are keys that nobody keeps."""
    said = toml_fields(of)
    return {
        "required": " ".join(field.key for field in said if field.is_needed),
        "optional": " ".join([*(field.key for field in said if not field.is_needed), also]),
    }
