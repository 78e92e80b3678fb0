"""Instruments and what they promise, as frozen values.

The unit is the obligation: one duty with its obligors, trigger, clock, conditions and source. Absent
means unknown, never zero or none: a clause that nobody has read is not a clause that does not exist.

Each field says here how its file says it (`toml_fields.py`): the reader has no list of keys of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from pledgeline.guarantees.durations import Duration
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.own_texts import OwnTexts, in_readers_language
from pledgeline.guarantees.toml_fields import (
    NEEDED,
    NOT_SAID,
    ActorCode,
    ActorCodes,
    CitedSources,
    EventName,
    EventNames,
    FileKey,
    Slug,
    WordOf,
    YesOrNo,
)
from pledgeline.guarantees.vocabulary import Actors, Vocabulary
from pledgeline.money import Amount

Fact = bool | Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentParty:
    """Somebody named by an instrument, and as what: guarantor, beneficiary, mutual, bound, monitor..."""

    id: Annotated[str, ActorCode()]
    role: Annotated[str, WordOf("party_role")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One page on which an instrument rests. `read` says whether anybody has read it, and how far."""

    id: str
    url: str
    kind: Annotated[str, WordOf("source_kind")]
    read: Annotated[str, WordOf("source_read")]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndsWhen:
    """An event that ends the instrument, such as an accession of `actor`, where named `to` something."""

    event: Annotated[str, EventName()]
    actor: Annotated[str, ActorCode()]
    to: Annotated[str, ActorCode()] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentTerm:
    """How long an instrument runs. A length together with `is_indefinite` is a first term that runs on."""

    length: Duration | None = None
    counted_from: Annotated[str, FileKey("from"), WordOf("term_from")] = ""
    is_indefinite: Annotated[bool, FileKey("indefinite")] = False
    is_extendable: Annotated[bool, FileKey("extendable")] = False
    ends_when: tuple[EndsWhen, ...] = ()
    start: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """How a party may leave. `earliest` is how long the instrument must have run before notice counts."""

    allowed: Annotated[bool, YesOrNo()]
    basis: Annotated[str, NEEDED, WordOf("basis")] = ""
    by: str = ""
    notice: Duration | None = None
    notice_from: Annotated[str, WordOf("notice_from")] = ""
    earliest_text: Annotated[str, FileKey("earliest")] = ""
    earliest: Annotated[Duration | None, NOT_SAID] = None
    depositary: str = ""
    form: str = ""
    provision: str = ""
    sources: Annotated[tuple[str, ...], FileKey("source"), CitedSources()] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Who watches, who says who did it, and whether anything follows."""

    mechanism: str
    by: Annotated[tuple[str, ...], ActorCodes()]
    attribution: Annotated[str, WordOf("attribution")]
    has_enforcement: Annotated[bool | None, FileKey("enforcement")] = None
    sources: Annotated[tuple[str, ...], FileKey("source"), CitedSources()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratification:
    """Whether parliaments must agree, and which."""

    required: str
    by: Annotated[tuple[str, ...], ActorCodes()]
    note: str = ""
    sources: Annotated[tuple[str, ...], FileKey("source"), CitedSources()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What has to happen. `requires` are facts of the event; `on_request_of` adds a request."""

    events: Annotated[tuple[str, ...], EventNames()]
    by: Annotated[tuple[str, ...], ActorCodes()] = ()
    against: Annotated[tuple[str, ...], ActorCodes()] = ()
    requires: Mapping[str, Fact] = field(default_factory=dict)
    on_request_of: Annotated[tuple[str, ...], ActorCodes(filled=True)] = ()
    at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A clock with a number. `ambiguous` says why the text does not settle where it starts."""

    qualifier: Annotated[str, WordOf("deadline_qualifier")]
    within: Duration | None = None
    start: Annotated[str, FileKey("from"), WordOf("deadline_from")] = ""
    ambiguous: str = ""

    @property
    def is_soft(self) -> bool:
        """Say whether missing it is a target missed and not a duty overdue."""
        return self.qualifier in ("where_possible", "best_efforts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days for which something is promised, once or again and again."""

    start: date | None = None
    end: date | None = None
    recurrence: Duration | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Promised money: an amount, or a share of a gross domestic product that is known only later."""

    amount: Amount | None
    share_of_gdp_percent: Decimal | None
    qualifier: str
    per: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A promised number of things."""

    value: int
    unit: str
    item: str = ""
    qualifier: Annotated[str, WordOf("amount_qualifier")] = ""
    per: Annotated[str, WordOf("amount_per")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What stands between the promise and the deed. `by` is who can satisfy it."""

    kind: Annotated[str, WordOf("condition_kind")]
    effect: Annotated[str, WordOf("condition_effect")]
    by: Annotated[str, ActorCode()] = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty: who owes what to whom, when, under which conditions, and where that is written."""

    id: Annotated[str, Slug()]
    kind: Annotated[str, WordOf("obligation_kind")]
    by: Annotated[tuple[str, ...], ActorCodes(filled=True)]
    to: Annotated[tuple[str, ...], ActorCodes(filled=True)]
    mode: Annotated[str, WordOf("mode")]
    strength: Annotated[str, WordOf("strength")]
    discretion: Annotated[str, WordOf("discretion")]
    duty: Annotated[str, WordOf("duty")]
    register_summary: Annotated[str, FileKey("summary")]
    trigger: Trigger
    basis: Annotated[str, WordOf("basis")]
    sources: Annotated[tuple[str, ...], FileKey("source"), CitedSources(filled=True)]
    domains: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    deadline: Deadline | None = None
    urgency: Annotated[str, WordOf("urgency")] = ""
    due_on: date | None = None
    period: Period | None = None
    money: Annotated[Sum | None, FileKey("amount")] = None
    quantity: Quantity | None = None
    after: str = ""
    conditions: tuple[Condition, ...] = ()
    limits: tuple[str, ...] = ()
    provision: str = ""
    own_texts: Annotated[OwnTexts, FileKey("names")] = field(default_factory=dict)
    line: Annotated[int | None, NOT_SAID] = None

    @property
    def summary(self) -> str:
        """Say it in the language of whoever reads; as the register has it where that has no own words for it."""
        return in_readers_language(self.own_texts, "summary") or self.register_summary

    @property
    def is_power(self) -> bool:
        """Say whether the obligors may act but owe nothing."""
        return self.duty == "power" or self.strength == "may"

    @property
    def owed_as(self) -> str:
        """Say what is owed: `performance`, only a `decision`, or nothing because it is a `power`."""
        if self.is_power:
            return "power"
        return "decision" if self.discretion in ("whether", "whether_and_means") else "performance"

    @property
    def is_standing(self) -> bool:
        """Say whether it needs no event of a scenario."""
        return all(event in ("standing", "calendar") for event in self.trigger.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoPoint:
    """Somebody who can stop an obligation of the instrument, and how."""

    actor: Annotated[str, ActorCode()]
    over: str
    kind: Annotated[str, WordOf("veto_kind")]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentLink:
    """A link to another instrument of the register."""

    id: str
    kind: Annotated[str, FileKey("rel"), WordOf("relation")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A treaty, agreement, declaration, law or proposal.

    `status` is the last one that the sources tell, as of `status_as_of`; it is no claim about today.
    `binding` is yes, no, disputed, or empty where a proposal does not say. What begins with `register_` is in the
    language of the register: programs read it, in whatever language.
    """

    id: Annotated[str, Slug()]
    title: str
    kind: Annotated[str, WordOf("kind")]
    status: Annotated[str, WordOf("status")]
    status_as_of: date
    level: Annotated[str, WordOf("level")]
    zone: Annotated[str, FileKey("time_zone")]
    zone_basis: Annotated[str, FileKey("time_zone_basis")]
    register_summary: Annotated[str, FileKey("summary")]
    parties: tuple[InstrumentParty, ...]
    obligations: tuple[Obligation, ...]
    sources: tuple[SourceText, ...]
    short_title: str = ""
    own_texts: Annotated[OwnTexts, FileKey("names")] = field(default_factory=dict)
    proposed_on: date | None = None
    signed_on: date | None = None
    in_force_on: date | None = None
    ends_on: date | None = None
    register_place: Annotated[str, FileKey("place")] = ""
    binding: Annotated[str, FileKey("legally_binding"), WordOf("legally_binding")] = ""
    binding_note: str = ""
    aggressor: Annotated[tuple[str, ...], ActorCodes()] = ()
    relations: Annotated[tuple[InstrumentLink, ...], FileKey("relates_to")] = ()
    gaps: tuple[str, ...] = ()
    term: InstrumentTerm | None = None
    termination: Termination | None = None
    verification: Verification | None = None
    ratification: Ratification | None = None
    vetoes: Annotated[tuple[VetoPoint, ...], FileKey("veto_points")] = ()
    file: Annotated[str, NOT_SAID] = ""

    @property
    def name(self) -> str:
        """What people call it, in the language of whoever reads; as the register has it where that has no own."""
        own = self.own_texts
        return (
            in_readers_language(own, "short_title") or in_readers_language(own, "title") or self.register_name
        )

    @property
    def full_title(self) -> str:
        """Give the whole title, in the language of whoever reads where it is known in it."""
        return in_readers_language(self.own_texts, "title") or self.title

    @property
    def title_source(self) -> str:
        """Give the page on which the whole title was read in the language of whoever reads."""
        has_own = in_readers_language(self.own_texts, "title")
        return in_readers_language(self.own_texts, "source") if has_own else ""

    @property
    def summary(self) -> str:
        return in_readers_language(self.own_texts, "summary") or self.register_summary

    @property
    def place(self) -> str:
        return in_readers_language(self.own_texts, "place") or self.register_place

    @property
    def register_name(self) -> str:
        """What people call it, as the register has it."""
        return self.short_title or self.title

    @property
    def every_title(self) -> tuple[str, ...]:
        """Give all that it is found by."""
        others = (own.get(key, "") for own in self.own_texts.values() for key in ("title", "short_title"))
        return tuple(filter(None, (self.title, self.short_title, *others)))

    @property
    def is_proposal(self) -> bool:
        return self.kind == "proposal"

    def obligation(self, id: str) -> Obligation:  # noqa: A002 — the schema's own word
        """Give the obligation `id`.

        Raises:  KeyError when the instrument has none of that name.
        """
        for obligation in self.obligations:
            if obligation.id == id:
                return obligation
        raise KeyError(f"{self.id} has no obligation “{id}”")

    def with_role(self, *roles: str) -> tuple[str, ...]:
        """List the parties that have one of `roles`, groups unexpanded."""
        return tuple(party.id for party in self.parties if party.role in roles)


@dataclass(frozen=True, kw_only=True)
class Register:
    """Instruments and the words they use, loaded whole or not at all."""

    vocabulary: Vocabulary
    actors: Actors
    instruments: tuple[Instrument, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Instrument]:
        return {instrument.id: instrument for instrument in self.instruments}

    def only(self, ids: tuple[str, ...]) -> "Register":
        """Give the register of these instruments alone.

        Raises:  KeyError when one of them is not there.
        """
        return Register(
            vocabulary=self.vocabulary,
            actors=self.actors,
            instruments=tuple(self.by_id[key] for key in ids),
        )
