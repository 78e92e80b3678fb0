"""The words that a register may use: closed lists, the taxonomy of events, actors and groups.

A register brings its own lists; the program knows none of them by heart, so that a new kind of
event or a new group is a line of data. Only the few words that rules turn on are named in code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pledgeline.programme.parties import state_name
from pledgeline.programme.sentences import FIRST, spoken_language

IMPLICIT = frozenset({"standing", "calendar", "signature", "entry_into_force"})
"""Trigger words that need no event of a scenario: the instrument or the calendar gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The closed lists of a register.

    `words` has one list for each kind of word; `parents` gives for every kind of event the kind
    above it, empty at the top; `fact_types` says for each fact whether it is a `bool` or a `duration`.
    """

    words: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, str]
    fact_types: Mapping[str, str]

    def lineage(self, kind: str) -> tuple[str, ...]:
        """List `kind` and everything above it, nearest first."""
        line: list[str] = []
        while kind and kind not in line:
            line.append(kind)
            kind = self.parents.get(kind, "")
        return tuple(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorGroup:
    """Several actors under one code. `is_complete` is false when members are not known by name."""

    id: str
    name: str
    members: tuple[str, ...]
    is_complete: bool
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """Everybody who can owe, receive, trigger or block something.

    `own_names` has the names that a language has of its own, by language and code.
    """

    names: Mapping[str, str]
    groups: Mapping[str, ActorGroup] = field(default_factory=dict)
    own_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __contains__(self, code: object) -> bool:
        return code in self.names or code in self.groups

    def codes(self) -> tuple[str, ...]:
        return (*self.names, *self.groups)

    def expand(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Put the members in the place of each group, in order and without repetition.

        >>> g7 = ActorGroup(id="G2", name="Two", members=("FR", "DE"), is_complete=True)
        >>> Actors(names={"FR": "France", "DE": "Germany"}, groups={"G2": g7}).expand(["DE", "G2"])
        ('DE', 'FR')
        """
        single: dict[str, None] = {}
        for code in codes:
            group = self.groups.get(code)
            for member in group.members if group else (code,):
                single[member] = None
        return tuple(single)

    def unlisted(self, codes: Iterable[str]) -> tuple[str, ...]:
        """List the groups among `codes` that have members who are not known by name."""
        return tuple(code for code in codes if code in self.groups and not self.groups[code].is_complete)

    def name(self, code: str) -> str:
        """Give the name to print, in the language of whoever reads; the code itself when it is unknown.

        What the register has for the language comes first, then what CLDR calls a country, then the register's name.
        """
        language = spoken_language()
        if language != FIRST and code in self:
            own = self.own_names.get(language, {}).get(code, "") or state_name(code, language)
            if own:
                return own
        if code in self.groups:
            return self.groups[code].name
        return self.names.get(code, code)
