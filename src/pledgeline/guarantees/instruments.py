"""Instruments and what they promise, as frozen values.

The unit is the obligation: one duty with its obligors, trigger, clock, conditions and source. Absent
means unknown, never zero or none: a clause that nobody has read is not a clause that does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from pledgeline.guarantees.durations import Duration
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.vocabulary import Actors, Vocabulary
from pledgeline.money import Amount
from pledgeline.programme.sentences import spoken_language

Fact = bool | Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody named by an instrument, and as what: guarantor, beneficiary, mutual, bound, monitor..."""

    id: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One page on which an instrument rests. `read` says whether anybody has read it, and how far."""

    id: str
    url: str
    kind: str
    read: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndsWhen:
    """An event that ends the instrument, such as an accession of `actor`, where named `to` something."""

    event: str
    actor: str
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long an instrument runs. A length together with `is_indefinite` is a first term that runs on."""

    length: Duration | None = None
    counted_from: str = ""
    start: date | None = None
    is_indefinite: bool = False
    is_extendable: bool = False
    ends_when: tuple[EndsWhen, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """How a party may leave. `earliest` is how long the instrument must have run before notice counts."""

    allowed: bool
    by: str = ""
    notice: Duration | None = None
    notice_from: str = ""
    earliest_text: str = ""
    earliest: Duration | None = None
    form: str = ""
    depositary: str = ""
    provision: str = ""
    basis: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Who watches, who says who did it, and whether anything follows."""

    mechanism: str
    by: tuple[str, ...]
    attribution: str
    has_enforcement: bool | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratification:
    """Whether parliaments must agree, and which."""

    required: str
    by: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What has to happen. `requires` are facts of the event; `on_request_of` adds a request."""

    events: tuple[str, ...]
    by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    requires: Mapping[str, Fact] = field(default_factory=dict)
    on_request_of: tuple[str, ...] = ()
    at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A clock with a number. `ambiguous` says why the text does not settle where it starts."""

    within: Duration | None
    start: str
    qualifier: str
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
    qualifier: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What stands between the promise and the deed. `by` is who can satisfy it."""

    kind: str
    effect: str
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty: who owes what to whom, when, under which conditions, and where that is written."""

    id: str
    kind: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    mode: str
    strength: str
    discretion: str
    duty: str
    summary: str
    trigger: Trigger
    basis: str
    sources: tuple[str, ...]
    domains: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    deadline: Deadline | None = None
    urgency: str = ""
    due_on: date | None = None
    period: Period | None = None
    money: Sum | None = None
    quantity: Quantity | None = None
    after: str = ""
    conditions: tuple[Condition, ...] = ()
    provision: str = ""
    line: int | None = None

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

    actor: str
    over: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A link to another instrument of the register."""

    id: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTitle:
    """What an instrument is called in a language other than the register's; `source` is the page it was read on."""

    language: str
    title: str = ""
    short_title: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A treaty, agreement, declaration, law or proposal.

    `status` is the last one that the sources tell, as of `status_as_of`; it is no claim about today.
    `binding` is yes, no, disputed, or empty where a proposal does not say.
    """

    id: str
    title: str
    kind: str
    status: str
    status_as_of: date
    level: str
    zone: str
    zone_basis: str
    summary: str
    parties: tuple[Party, ...]
    obligations: tuple[Obligation, ...]
    sources: tuple[Text, ...]
    short_title: str = ""
    own_titles: tuple[OwnTitle, ...] = ()
    proposed_on: date | None = None
    signed_on: date | None = None
    in_force_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    binding: str = ""
    binding_note: str = ""
    aggressor: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    gaps: tuple[str, ...] = ()
    term: Term | None = None
    termination: Termination | None = None
    verification: Verification | None = None
    ratification: Ratification | None = None
    vetoes: tuple[VetoPoint, ...] = ()
    file: str = ""

    @property
    def name(self) -> str:
        """What people call it, in the language of whoever reads; as the register has it where that has no own."""
        own = self.own_title
        return (own and (own.short_title or own.title)) or self.register_name

    @property
    def full_title(self) -> str:
        """Give the whole title, in the language of whoever reads where it is known in it."""
        own = self.own_title
        return (own and own.title) or self.title

    @property
    def own_title(self) -> OwnTitle | None:
        """Give what the language of whoever reads calls it; None where it has no own words for it."""
        return next((each for each in self.own_titles if each.language == spoken_language()), None)

    @property
    def register_name(self) -> str:
        """What people call it, as the register has it: programs read it, in whatever language."""
        return self.short_title or self.title

    @property
    def every_title(self) -> tuple[str, ...]:
        """Give all that it is found by."""
        others = (text for each in self.own_titles for text in (each.title, each.short_title))
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
            instruments=tuple(self.by_id[each] for each in ids),
        )
