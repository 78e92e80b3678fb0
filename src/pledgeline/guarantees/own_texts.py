"""What a table of the register says in languages other than the register's own.

`names.LANGUAGE` stands beside the texts that it has in that language: a title, a summary, a place.
"""

from collections.abc import Mapping, Sequence

from pledgeline.guarantees.toml_tables import TomlTable
from pledgeline.programme.sentences import FIRST, LANGUAGES, spoken_language

OwnTexts = Mapping[str, Mapping[str, str]]
"""Texts by language, and by the key that they have in the register's own language."""

OTHERS = tuple(language for language in LANGUAGES if language != FIRST)
"""The languages other than the register's: those in which the site can speak."""


def in_readers_language(own_texts: OwnTexts, key: str) -> str:
    """Give a text in the language of whoever reads; nothing where the register does not have it in that.

    >>> in_readers_language({"uk": {"place": "Київ"}}, "place")
    ''
    """
    return own_texts.get(spoken_language(), {}).get(key, "")


def read_own_texts(of: TomlTable, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """Read the texts of a table in other languages."""
    holder = of.table("names", optional=" ".join(OTHERS))
    if holder is None:
        return {}
    found: dict[str, dict[str, str]] = {}
    for language in filter(holder.__contains__, OTHERS):
        table = holder.table(language, optional=" ".join(keys))
        if table is not None:
            found[language] = {key: table.text(key) for key in keys if key in table}
    return found
