"""Change single values of a TOML text and leave everything else as its author wrote it.

A form that read a file and wrote it anew would lose comments and order, and the difference between two
versions would hide the one word that changed.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from pledgeline.guarantees.toml_lines import Pair, Path, pairs_of
from pledgeline.programme.toml import read_toml

Literal: TypeAlias = str | int | bool | date | tuple["Literal", ...] | Mapping[str, "Literal"]


def with_value(text: str, path: Path, value: Literal | None) -> str:
    """Give the text with another value at `path`; with none the key is taken out.

    A key that is not there yet becomes the first of its table.

    Raises:  ValueError when the text is no TOML, or has no such table.

    >>> with_value('a = 1 # so far\\n[t]\\nb = "x"\\n', ("t", "b"), "y")
    'a = 1 # so far\\n[t]\\nb = "y"\\n'
    """
    text = text.replace("\r\n", "\n")
    read_toml(text)
    pairs, bodies = pairs_of(text)
    pair = pairs.get(path)
    if pair is not None:
        if value is None:
            return _without(text, pair, is_inline=_is_inline(pairs, path))
        return text[: pair.start] + literal(value) + text[pair.end :]
    if value is None:
        return text
    if path[:-1] not in bodies:
        raise ValueError(f"the text has no table {'.'.join(map(str, path[:-1]))}")
    here = bodies[path[:-1]]
    said = f"{path[-1]} = {literal(value)}"
    if _is_inline(pairs, path):
        comma = "" if text[here:].lstrip().startswith("}") else ","
        return f"{text[:here]} {said}{comma}{text[here:]}"
    ahead = "" if not here or text[here - 1] == "\n" else "\n"
    return f"{text[:here]}{ahead}{said}\n{text[here:]}"


def _is_inline(pairs: Mapping[Path, Pair], path: Path) -> bool:
    """Say whether a key stands in braces: then a value above it was written in one piece."""
    return any(path[:length] in pairs for length in range(1, len(path)))


def _without(text: str, pair: Pair, *, is_inline: bool) -> str:
    if not is_inline:
        end = text.find("\n", pair.end)
        return text[: pair.key] + ("" if end < 0 else text[end + 1 :])
    before, after = text[: pair.key].rstrip(), text[pair.end :].lstrip()
    if after.startswith(","):
        return f"{before} {after[1:].lstrip()}"
    return f"{before.removesuffix(',')} {after}"


def literal(value: Literal) -> str:
    """Write a value as TOML.

    >>> literal(("FR", "GB")), literal({"within": "PT24H", "is_new": True})
    ('["FR", "GB"]', '{ within = "PT24H", is_new = true }')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple):
        return f"[{', '.join(map(literal, value))}]"
    return f"{{ {', '.join(f'{key} = {literal(each)}' for key, each in value.items())} }}"
