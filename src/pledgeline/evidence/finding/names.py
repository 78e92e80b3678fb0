"""Names of states, institutions, groups, people and programmes in a text, by tables that are data.

A name of the table may end in `*` where a language declines it. The file of a programme adds its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pledgeline.evidence.finding.words import data

_TOKEN = re.compile(r"(?:[lLdD]|[qQ]u)(?=')|[^\W_]+(?:\.(?=\w)[^\W_]+)*(?:['-][^\W_]+)*|[–«]")
_MOST_KNOWN = 20_000
"""Units: words."""
_ENDINGS = 4
"""Units: letters that a declined name may have after its `*`."""


class NameKind(StrEnum):
    """What a name names."""

    STATE = "state"
    ADJECTIVE = "adjective"
    SEAT = "seat"
    ORGANISATION = "organisation"
    GROUP = "group"
    PERSON = "person"
    PROGRAMME = "programme"
    PROGRAMME_WORDS = "programme words"


@dataclass(frozen=True, slots=True)
class Naming:
    """A name in a text: `id` is an ISO code, `org:` or `group:` id, the name of a person or id of a programme."""

    start: int
    end: int
    id: str
    kind: NameKind
    side: str = ""
    """For whom a person speaks."""


@dataclass(frozen=True, slots=True)
class _Entry:
    parts: tuple[str, ...]
    id: str
    kind: NameKind
    side: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeNames:
    """What reports call a programme, and who pays into it where they do not say."""

    id: str
    recipient: str = ""
    suppliers: frozenset[str] = frozenset()
    donors: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()


@dataclass(slots=True)
class Names:
    """All names that are looked for, found by their first word."""

    programmes: dict[str, ProgrammeNames] = field(default_factory=dict)
    _exact: dict[str, list[_Entry]] = field(default_factory=dict)
    _stems: dict[str, list[_Entry]] = field(default_factory=dict)
    _known: dict[str, tuple[_Entry, ...]] = field(default_factory=dict)
    """Words that were looked up: a text, and the next one, have few."""

    @property
    def ids(self) -> frozenset[str]:
        """Give every state, organisation and group that has a name."""
        kinds = (NameKind.STATE, NameKind.ORGANISATION, NameKind.GROUP)
        shelves = [*self._exact.values(), *self._stems.values()]
        return frozenset(entry.id for shelf in shelves for entry in shelf if entry.kind in kinds)

    def stems_of(self, programme: str) -> frozenset[str]:
        """Give the beginnings of the words that a programme is called by."""
        return self.programmes[programme].stems if programme in self.programmes else frozenset()

    def add(self, names: Iterable[str], id_: str, kind: NameKind, side: str = "") -> None:
        self._known.clear()
        for name in names:
            parts = tuple(match for match in _split(name))
            if not parts:
                continue
            shelf = self._stems if parts[0].endswith("*") else self._exact
            key = parts[0].removesuffix("*").removesuffix(".").lower()
            shelf.setdefault(key, []).append(_Entry(parts, id_, kind, side))
            shelf[key].sort(key=lambda entry: (-len(entry.parts), -len(entry.parts[-1])))

    def in_text(self, seen: str, start: int = 0, end: int | None = None) -> list[Naming]:
        """Find every name between two places; of names that overlap the longest."""
        tokens = [
            (match.start(), match.end(), match[0])
            for match in _TOKEN.finditer(seen, start, len(seen) if end is None else end)
        ]
        found: list[Naming] = []
        index = 0
        while index < len(tokens):
            match = self._at(tokens, index)
            if match is None:
                index += 1
                continue
            entry, count = match
            last = tokens[index + count - 1]
            finish = last[1] - 2 if last[2].endswith("'s") else last[1]
            found.append(Naming(tokens[index][0], finish, entry.id, entry.kind, entry.side))
            index += count
        return found

    def _at(self, tokens: list[tuple[int, int, str]], index: int) -> tuple[_Entry, int] | None:
        word = tokens[index][2]
        if "'" in word:
            word = word.removesuffix("'s").removesuffix("'")
        low = word.lower()
        candidates = self._known.get(low)
        if candidates is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            candidates = self._known[low] = tuple(self._candidates(low))
        if not candidates and "-" not in word:
            return None
        best: tuple[_Entry, int] | None = None
        for entry in candidates:
            if best is not None and len(entry.parts) <= best[1]:
                continue
            if _fits(entry, tokens, index):
                best = entry, len(entry.parts)
        head, _, tail = word.partition("-")
        if best is None and tail:  # "ERA-Kredit", "PURL-Mittel": a programme at the head of a compound
            for entry in self._exact.get(head.lower(), ()):
                if entry.kind is NameKind.PROGRAMME and entry.parts == (head,):
                    return entry, 1
        return best

    def _candidates(self, low: str) -> Iterator[_Entry]:
        yield from self._exact.get(low, ())
        for cut in range(len(low), max(1, len(low) - _ENDINGS - 1), -1):
            yield from self._stems.get(low[:cut], ())


def _split(name: str) -> Iterator[str]:
    plain = re.sub(r"(?<!\w)([lLdD]|[qQ]u)'(?=\w)", r"\1 ", name.replace("’", "'"))  # as `_TOKEN` parts them
    for match in re.finditer(r"[^\s«»]+", plain):
        yield match[0]


def _fits(entry: _Entry, tokens: list[tuple[int, int, str]], index: int) -> bool:
    if index + len(entry.parts) > len(tokens):
        return False
    any_case = entry.kind in (NameKind.GROUP, NameKind.ADJECTIVE, NameKind.PROGRAMME_WORDS)
    for offset, part in enumerate(entry.parts):
        word = tokens[index + offset][2].removesuffix("'s").removesuffix("'")
        stem = part.removesuffix("*").removesuffix(".")
        if offset == 0 and not any_case and stem[:1].isupper() and not word[:1].isupper():
            return False
        if (
            stem.isupper()
            and not any_case
            and len(stem) <= 4
            and not word.isupper()
            and entry.kind is not NameKind.PROGRAMME
        ):
            return False
        low, want = word.lower(), stem.lower()
        if part.endswith("*"):
            if not low.startswith(want) or len(low) - len(want) > _ENDINGS:
                return False
        elif low != want:
            return False
    return True


def names_of(texts: Iterable[Mapping[str, object]] = ()) -> Names:
    """Make the names that everybody has, with those of programmes: each text has the form of `programmes.toml`."""
    world, names = data("names.toml"), Names()
    for code, state in world["states"].items():
        names.add(state.get("names", ()), code, NameKind.STATE)
        names.add(state.get("adjectives", ()), code, NameKind.ADJECTIVE)
        names.add(state.get("seats", ()), code, NameKind.SEAT)
    for id_, variants in world["organisations"].items():
        names.add(variants, id_, NameKind.ORGANISATION)
    for id_, variants in world["groups"].items():
        names.add(variants, id_, NameKind.GROUP)
    for name, (side, *variants) in world["people"].items():
        names.add([name, *variants, *_with_first_name(name, variants)], name, NameKind.PERSON, side)
    for text in texts:
        _add_programmes(names, text)
    return names


def _with_first_name(name: str, variants: Iterable[str]) -> list[str]:
    first = name.split()[0]
    return [f"{first} {variant}" for variant in variants]


def _add_programmes(names: Names, text: Mapping[str, Any]) -> None:
    for entry in text.get("programmes", ()):
        id_ = entry["id"]
        names.programmes[id_] = ProgrammeNames(
            id_,
            entry.get("recipient", ""),
            frozenset(entry.get("suppliers", ())),
            tuple(entry.get("donors", ())),
            frozenset(word[:5].lower() for name in entry.get("names", ()) for word in name.split()),
        )
        names.add([id_, *entry.get("names", ())], id_, NameKind.PROGRAMME)
        names.add(entry.get("words", ()), id_, NameKind.PROGRAMME_WORDS)
    for section, kind in (
        ("donors", NameKind.STATE),
        ("organisations", NameKind.ORGANISATION),
        ("groups", NameKind.GROUP),
    ):
        for id_, variants in text.get(section, {}).items():
            names.add(variants, id_, kind)
    for name, (side, *variants) in text.get("people", {}).items():
        names.add([name, *variants], name, NameKind.PERSON, side)
