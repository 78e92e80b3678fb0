"""What rules propose: a claim that the report makes, with a place and a reason for every field.

A candidate is a proposal. A person decides; nothing here becomes a figure by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pledgeline.evidence.finding.amounts import StatedSum
from pledgeline.evidence.finding.days import StatedDay
from pledgeline.evidence.reading.noise import Noise
from pledgeline.evidence.reading.texts import Span

RULES = "rules-5"
"""The extractor and its version, kept with every candidate: the same text and version give the same candidates."""


class ClaimKind(StrEnum):
    """What a claim is about."""

    MONEY_AMOUNT = "money_amount"
    CONTRIBUTION = "contribution"
    REQUIREMENT_ITEM = "requirement_item"
    GUARANTEE_TERM = "guarantee_term"
    PROCESS_STEP = "process_step"


class MoneyRole(StrEnum):
    """What a sum is in its report."""

    CONTRIBUTION = "contribution"
    TOTAL = "total"
    COMPONENT = "component"
    PACKAGE = "package"
    NEED = "need"
    FORECAST = "forecast"
    FX_EQUIVALENT = "fx_equivalent"
    DIFFERENCE = "difference"
    OTHER = "other"


class StatedStage(StrEnum):
    """How far a contribution has come, as the text says it."""

    PLEDGED = "pledged"
    COMMITTED = "committed"
    CONTRIBUTED = "contributed"
    DELIVERED = "delivered"
    PROPOSED = "proposed"
    NEGOTIATION = "under negotiation"
    UNSPECIFIED = "unspecified"


class Reason(StrEnum):
    """Why a field has its value: a code, said in words by the catalogue."""

    SIGN = "sign"
    BEFORE = "sum-before"
    VERB = "verb"
    NO_VERB = "no-verb"
    LIST = "list"
    SUBJECT = "subject"
    BY = "by-or-from"
    AFTER_VERB = "after-verb"
    THANKED = "thanked"
    PERSON = "speaks-for"
    SPEAKER = "we-of-speaker"
    SENTENCE_BEFORE = "sentence-before"
    SENTENCE_AFTER = "sentence-after"
    TITLE = "title"
    CUE = "cue"
    NAMED = "named"
    WORDS = "other-words"
    STATED = "stated"
    REPORTED = "reported-after"
    DONORS = "of-donors"
    ITEM = "item"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class FieldReason:
    """Where in the stored text a field comes from, and by which rule; a value from elsewhere has no place."""

    reason: Reason
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One proposed claim. Places are those of the stored text."""

    kind: ClaimKind
    span: Span
    money: StatedSum | None = None
    role: MoneyRole | None = None
    donors: tuple[str, ...] = ()
    recipient: str = ""
    stage: StatedStage | None = None
    programme: str = ""
    day: StatedDay | None = None
    speaker: str = ""
    items: tuple[tuple[str, int | None], ...] = ()
    equivalent_of: Span | None = None
    is_funded: bool = False
    """The verb is "fund" or "finance": money that may only be committed."""
    why: Mapping[str, FieldReason] = field(default_factory=dict)
    origin: str = RULES


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, and who is said to have spoken them ("" where the report does not say)."""

    span: Span
    speaker: str
    why: FieldReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a report besides its text; what it does not state is None or empty."""

    published: date | None = None
    title: str = ""
    language: str = ""
    outlet: str = ""
    author: str = ""
    context: str = ""
    """What else of the report is known, such as excerpts before and after."""
    stated: Mapping[str, Span] = field(default_factory=dict)
    """Where the text names its outlet and its author, of those that nobody has told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that rules found in one text."""

    facts: Facts
    candidates: tuple[Candidate, ...]
    quotations: tuple[Quotation, ...]
    noise: tuple[Noise, ...]
