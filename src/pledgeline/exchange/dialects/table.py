"""A dialect as a table of words, and how a file is translated by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pledgeline.ledger import EventFile
from pledgeline.ledger.event_files import events_inside
from pledgeline.programme.sentences import Sentence


class UnknownDialect(ValueError):
    """There is no dialect of this name; the message lists those that there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The words of an office.

    Means:   `types` gives our type for a type of theirs; `fields` gives, for a type of ours, our field for a
             field of theirs; `shares` names the fields of ours that they may write as a list of
             `{"contribution": KEY, "amount": MINOR}` where we have `{KEY: MINOR}`.
    """

    name: str
    title: Sentence
    types: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shares: frozenset[str] = frozenset()
    postings: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> list[tuple[str, str, str, str]]:
        """List every word: the dialect, our type, their word, and what it means."""
        return [
            *((self.name, "type", word, ours) for word, ours in self.types.items()),
            *(
                (self.name, kind, word, ours)
                for kind, words in self.fields.items()
                for word, ours in words.items()
            ),
            *((self.name, "posting of a journal", word, ours) for word, ours in self.postings.items()),
        ]

    def event(self, raw: object) -> object:
        """Give an event in our words; what is no word of the dialect stays as it is."""
        if not isinstance(raw, Mapping):
            return raw
        kind = raw.get("type")
        kind = self.types.get(kind, kind) if isinstance(kind, str) else kind
        words = self.fields.get(kind, {}) if isinstance(kind, str) else {}
        event = _renamed(raw, words)
        if "type" in raw:
            event["type"] = kind
        for name in self.shares & event.keys():
            event[name] = _as_shares(event[name])
        if isinstance(event.get("postings"), list):
            event["postings"] = [
                _renamed(row, self.postings) if isinstance(row, Mapping) else row for row in event["postings"]
            ]
        return event


def _renamed(raw: Mapping[Any, Any], words: Mapping[str, str]) -> dict[Any, Any]:
    """Give an object in our words; a word whose field is there already, by any name, stays and is refused."""
    ours: dict[object, object] = {name: value for name, value in raw.items() if name not in words}
    for name, value in raw.items():
        if name in words:
            ours[name if words[name] in ours else words[name]] = value
    return ours


def _as_shares(value: object) -> object:
    """Give a list of who gives how much as an object; anything else, and a name said twice, stays as it is."""
    if not isinstance(value, list) or not all(
        isinstance(row, Mapping) and row.keys() == {"contribution", "amount"} for row in value
    ):
        return value
    names = [row["contribution"] for row in value]
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        return value
    return {row["contribution"]: row["amount"] for row in value}


def translated(file: EventFile, dialect: Dialect) -> EventFile:
    """Give a file with its events in our words, those of a batch too."""
    return replace(file, events=tuple(_translated(raw, dialect) for raw in file.events))


def _translated(raw: Any, dialect: Dialect) -> object:
    inside = events_inside(raw)
    if inside is None:
        return dialect.event(raw)
    name = "batch" if inside is raw.get("batch") else "events"
    return {**raw, name: [dialect.event(event) for event in inside]}
