"""Dialects: what other offices call things, translated into the events of the books before these are read.

A dialect is chosen by its name and is a table: a word of the office, and the one field that it means. It guesses
nothing: a word that is not in its table stays as it is, and the closed schema refuses it.
"""

from pledgeline.exchange.dialects.office import OFFICE
from pledgeline.exchange.dialects.table import Dialect, UnknownDialect, translated
from pledgeline.programme.sentences import sentence

DIALECTS: dict[str, Dialect] = {dialect.name: dialect for dialect in (OFFICE,)}
"""Every dialect by its name."""


def dialect_of(name: str) -> Dialect:
    """Give the dialect of a name.

    Raises:  UnknownDialect, which lists those that there are.
    """
    if name not in DIALECTS:
        there = ", ".join(sorted(DIALECTS))
        raise UnknownDialect(sentence("ledger.unknown-dialect", name=name[:40], dialects=there))
    return DIALECTS[name]


__all__ = ["DIALECTS", "Dialect", "UnknownDialect", "dialect_of", "translated"]
