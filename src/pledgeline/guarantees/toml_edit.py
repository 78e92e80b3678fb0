"""Change single values of a TOML text and leave everything else as its author wrote it.

A form that read a file and wrote it anew would lose comments and order, and the difference between two
versions would hide the one word that changed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

import tomlkit
from tomlkit.container import OutOfOrderTableProxy
from tomlkit.items import InlineTable, Item, Key, Trivia

from pledgeline.guarantees.toml_lines import Path
from pledgeline.programme.toml import read_toml

Literal: TypeAlias = str | int | bool | date | tuple["Literal", ...] | Mapping[str, "Literal"]


def with_value(text: str, path: Path, value: Literal | None) -> str:
    """Give the text with another value at `path`; with none the key is taken out.

    A key that is not there yet becomes the first of its table: behind the last one may stand what somebody
    wrote about the next table.

    Raises:  ValueError when the text is no TOML, or has no such table.

    >>> with_value('a = 1 # so far\\n[t]\\nb = "x"\\n', ("t", "b"), "y")
    'a = 1 # so far\\n[t]\\nb = "y"\\n'
    """
    text = text.replace("\r\n", "\n")
    read_toml(text)
    document = tomlkit.parse(text)  # noqa: TID251 - it was looked over one line above
    _keep_spaces(document)
    table, name = _table_at(document, path[:-1]), str(path[-1])
    if value is not None and (name in table or isinstance(table, OutOfOrderTableProxy)):
        table[name] = tomlkit.value(literal(value))
    elif value is not None:
        _put_first(table, name, tomlkit.value(literal(value)))
    elif name in table and isinstance(table, InlineTable):
        _take_out(table.value.body, name)
    elif name in table:
        del table[name]
    return document.as_string()


def _keep_spaces(value: object) -> None:
    """See to it that the spaces between a day and a closing brace are written again: tomlkit 0.15 forgets them."""
    if isinstance(value, InlineTable):
        for key, item in value.value.body:
            if key is not None:
                item.trivia.trail, item.trivia.comment_ws = item.trivia.comment_ws, ""
    for below in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        _keep_spaces(below)


def _table_at(document: tomlkit.TOMLDocument, path: Path) -> Any:
    table: Any = document
    try:
        for key in path:
            table = table[key]
    except (KeyError, IndexError, TypeError):
        table = None
    if not isinstance(table, Mapping):
        raise ValueError(f"the text has no table {'.'.join(map(str, path))}")
    return table


def _put_first(table: Any, name: str, item: Item) -> None:
    body = table.body if isinstance(table, tomlkit.TOMLDocument) else table.value.body
    is_inline = isinstance(table, InlineTable)
    item.trivia.indent, item.trivia.trail = (" ", "") if is_inline else ("", "\n")
    body.insert(0, (tomlkit.key(name), item))
    header: Trivia | None = getattr(table, "trivia", None)
    if header is not None and not is_inline and not header.trail:
        header.trail = "\n"


def _take_out(body: list[tuple[Key | None, Item]], name: str) -> None:
    """Take a key out of braces, with the comma and the spaces that part it from its neighbour."""
    keys = [here for here, (key, _) in enumerate(body) if key is not None]
    number = next(number for number, here in enumerate(keys) if body[here][0] == tomlkit.key(name))
    here = keys[number]
    if number + 1 < len(keys):
        del body[here : keys[number + 1]]
    else:
        del body[keys[number - 1] + 1 if number else here : here + 1]


def literal(value: Literal) -> str:
    """Write a value as TOML.

    >>> literal(("FR", "GB")), literal({"within": "PT24H", "is_new": True})
    ('["FR", "GB"]', '{ within = "PT24H", is_new = true }')
    """
    if isinstance(value, tuple):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, Mapping):
        pairs = (f"{tomlkit.key(key).as_string()} = {literal(entry)}" for key, entry in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return tomlkit.item(value).as_string()
