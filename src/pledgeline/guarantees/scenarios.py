"""What happened, what was done about it, and what people found: the second half of an evaluation.

Everything here is append-only and dated twice: when it happened and when it was learnt. So a question
"as of Monday" is answered with what was known on Monday, however much is added on Tuesday.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, date, datetime

from pledgeline.guarantees.instruments import Fact
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.own_texts import OwnTexts, in_readers_language
from pledgeline.money import Amount

EVENT_STATUSES = ("alleged", "attributed", "confirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioEvent:
    """Something that happened, of one kind or several.

    `ref` names the event that a request is about, or that this entry adds to: facts learnt later, an
    attribution. `instrument` says which one a notice ends. Facts that are not named are unknown. Events
    of one `episode` open each duty once; without one an event is an episode of its own.
    """

    id: str
    kinds: tuple[str, ...]
    when: Moment
    learnt: Moment | None = None
    by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    episode: str = ""
    ref: str = ""
    instrument: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    status: str = ""
    to: str = ""
    note: str = ""

    @property
    def known_from(self) -> Moment:
        return self.learnt or self.when


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """A record that somebody did, paid or delivered something that was promised.

    Units:   `quantity` counts the units of the obligation.
    """

    id: str
    instrument: str
    obligation: str
    when: Moment
    learnt: Moment | None = None
    by: tuple[str, ...] = ()
    episode: str = ""
    period: str = ""
    amount: Amount | None = None
    quantity: int | None = None
    note: str = ""

    @property
    def known_from(self) -> Moment:
        return self.learnt or self.when


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRecord:
    """A person's record that a condition is met, or is not: a budget passed, a determination made.

    Without `obligation` it holds for the whole instrument, without `by` for whoever can satisfy it.
    """

    instrument: str
    kind: str
    is_met: bool
    when: Moment
    learnt: Moment | None = None
    obligation: str = ""
    by: str = ""

    @property
    def known_from(self) -> Moment:
        return self.learnt or self.when


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachFinding:
    """A person's finding, with a source, that an obligation was breached. It is never computed."""

    instrument: str
    obligation: str
    found_by: str
    source: str
    when: Moment
    episode: str = ""
    period: str = ""
    obligor: str = ""

    @property
    def known_from(self) -> Moment:
        return self.when


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The gross domestic product of an actor in a year, from the day it was published."""

    actor: str
    year: int
    amount: Amount
    known_from: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A scenario's assumption that an instrument is in force from a day: the only way a draft ever is."""

    instrument: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Events, records and assumptions for one evaluation. Its results always carry the word scenario.

    `instruments` limits the register to some; empty means all of it.
    """

    id: str = "scenario"
    title: str = ""
    why: str = ""
    instruments: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    events: tuple[ScenarioEvent, ...] = ()
    records: tuple[Fulfilment, ...] = ()
    conditions: tuple[ConditionRecord, ...] = ()
    breaches: tuple[BreachFinding, ...] = ()
    products: tuple[Product, ...] = ()
    own_texts: OwnTexts = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call it, in the language of whoever reads where it is known in it."""
        return in_readers_language(self.own_texts, "title") or self.title or self.id

    @property
    def reason(self) -> str:
        """Say why its answers are what they are, in the language of whoever reads where that is known in it."""
        return in_readers_language(self.own_texts, "why") or self.why


def fingerprint(scenario: Scenario) -> str:
    """Name a scenario by all that it says: two with one name differ in nothing but how they are written.

    What is not said has no part in it, so that a field that comes later changes no name; a moment counts, and
    not the offset in which it was written, nor what another language calls it.
    """
    text = json.dumps(_content(replace(scenario, own_texts={})), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _content(value: object) -> object:
    """Give a value as JSON can hold it, without what is empty."""
    if is_dataclass(value):
        value = {part.name: getattr(value, part.name) for part in fields(value)}
    if isinstance(value, Mapping):
        said = {str(key): _content(part) for key, part in value.items()}
        return {key: part for key, part in said.items() if part not in (None, "", [], {})}
    if isinstance(value, tuple):
        return [_content(part) for part in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
