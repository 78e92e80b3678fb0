"""What a person decides on: a claim whose every field is read from words of the stored text, and from nothing else.

Nobody types a value. A field is a place in the text, and its value is what the rules read there; where they read
nothing, the field is refused. So a claim cannot say more than its sentence does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypedDict

from pledgeline.evidence.finding.amounts import StatedSum, plain
from pledgeline.evidence.finding.candidates import Candidate, ClaimKind, MoneyRole, StatedStage
from pledgeline.evidence.finding.days import StatedDay
from pledgeline.evidence.reading.texts import Span


class StatedKind(StrEnum):
    """What a claim is about; rules propose some of these, a person can choose each."""

    CONTRIBUTION = "contribution"
    MONEY_AMOUNT = "money_amount"
    REQUIREMENT_ITEM = "requirement_item"
    GUARANTEE_TERM = "guarantee_term"
    PROCESS_STEP = "process_step"
    STATEMENT = "statement"


MONEY_KINDS = (StatedKind.CONTRIBUTION, StatedKind.MONEY_AMOUNT)


class ClaimField(StrEnum):
    """The fields of a claim that are read from the text."""

    AMOUNT = "amount"
    DONORS = "donors"
    STAGE = "stage"
    PROGRAMME = "programme"
    RECIPIENT = "recipient"
    DAY = "day"
    SPEAKER = "speaker"
    ITEMS = "items"


FIELDS_OF: Mapping[StatedKind, tuple[ClaimField, ...]] = {
    StatedKind.CONTRIBUTION: (
        ClaimField.AMOUNT,
        ClaimField.DONORS,
        ClaimField.STAGE,
        ClaimField.PROGRAMME,
        ClaimField.RECIPIENT,
        ClaimField.DAY,
        ClaimField.SPEAKER,
    ),
    StatedKind.MONEY_AMOUNT: (
        ClaimField.AMOUNT,
        ClaimField.DONORS,
        ClaimField.PROGRAMME,
        ClaimField.DAY,
        ClaimField.SPEAKER,
    ),
    StatedKind.REQUIREMENT_ITEM: (
        ClaimField.ITEMS,
        ClaimField.PROGRAMME,
        ClaimField.DAY,
        ClaimField.SPEAKER,
    ),
    StatedKind.GUARANTEE_TERM: (ClaimField.SPEAKER, ClaimField.DAY),
    StatedKind.PROCESS_STEP: (ClaimField.PROGRAMME, ClaimField.DAY, ClaimField.SPEAKER),
    StatedKind.STATEMENT: (ClaimField.SPEAKER, ClaimField.PROGRAMME, ClaimField.DAY),
}

NEEDED: Mapping[StatedKind, tuple[ClaimField, ...]] = {
    StatedKind.CONTRIBUTION: (ClaimField.AMOUNT, ClaimField.DONORS),
    StatedKind.MONEY_AMOUNT: (ClaimField.AMOUNT,),
    StatedKind.REQUIREMENT_ITEM: (ClaimField.ITEMS,),
}
"""Without these there is no claim of the kind."""

ROLES_OF: Mapping[StatedKind, tuple[MoneyRole, ...]] = {
    StatedKind.CONTRIBUTION: (MoneyRole.CONTRIBUTION, MoneyRole.COMPONENT, MoneyRole.TOTAL),
    StatedKind.MONEY_AMOUNT: tuple(role for role in MoneyRole if role is not MoneyRole.CONTRIBUTION),
}


class ClaimFieldJson(TypedDict):
    """A field of a claim as JSON keeps it."""

    value: object
    start: int
    end: int
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadField:
    """A value, and the place in the stored text that it was read from.

    `value` is what JSON can hold: a text, a list of texts, or the parts of a sum. `is_own` says that the place lies in
    the sentence of the claim.
    """

    value: Any
    span: Span
    is_own: bool = True

    def as_json(self) -> ClaimFieldJson:
        return {"value": self.value, "start": self.span.start, "end": self.span.end, "is_own": self.is_own}

    @classmethod
    def from_json(cls, kept: ClaimFieldJson) -> "ReadField":
        return cls(value=kept["value"], span=Span(kept["start"], kept["end"]), is_own=kept["is_own"])


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedClaim:
    """A claim as it is proposed or decided: its kind, its place, what its sum is, and its fields.

    `equivalent_of` is the place of the same money in another currency, where the text gives both.
    """

    kind: StatedKind
    span: Span
    role: MoneyRole | None = None
    fields: Mapping[ClaimField, ReadField] = field(default_factory=dict)
    equivalent_of: Span | None = None

    def value(self, name: ClaimField) -> Any:
        """Give the value of a field; None where the text does not state it."""
        found = self.fields.get(name)
        return found.value if found is not None else None

    def fields_json(self) -> dict[str, ClaimFieldJson]:
        return {name.value: stated.as_json() for name, stated in self.fields.items()}


def fields_from(kept: Mapping[str, ClaimFieldJson]) -> dict[ClaimField, ReadField]:
    """Give the fields that a table keeps."""
    return {ClaimField(name): ReadField.from_json(stated) for name, stated in kept.items()}


def sum_as_json(money: StatedSum) -> dict[str, object]:
    """Write a sum as stated, in major units: “$” stays “$”."""
    return {
        "value": plain(money.value),
        "currency": money.currency,
        "qualifier": money.qualifier,
        "upper": plain(money.upper) if money.upper is not None else "",
        "inherited": money.inherited,
    }


def candidate_of(claim: StatedClaim) -> Candidate:
    """Give a claim the form in which the rules compare claims."""
    amount, day = claim.fields.get(ClaimField.AMOUNT), claim.fields.get(ClaimField.DAY)
    money = None
    if amount is not None:
        said = amount.value
        money = StatedSum(
            amount.span,
            Decimal(said["value"]),
            said["currency"],
            qualifier=said["qualifier"],
            upper=Decimal(said["upper"]) if said["upper"] else None,
            inherited=said["inherited"],
        )
    is_given = claim.kind is StatedKind.CONTRIBUTION
    stage = claim.value(ClaimField.STAGE)
    return Candidate(
        kind=ClaimKind.CONTRIBUTION if is_given else ClaimKind.MONEY_AMOUNT,
        span=claim.span,
        money=money,
        role=claim.role,
        donors=tuple(claim.value(ClaimField.DONORS) or ()),
        stage=StatedStage(stage or StatedStage.UNSPECIFIED) if is_given else None,
        programme=claim.value(ClaimField.PROGRAMME) or "",
        day=_stated_day(day) if day is not None else None,
        speaker=claim.value(ClaimField.SPEAKER) or "",
        equivalent_of=claim.equivalent_of,
    )


def _stated_day(day: ReadField) -> StatedDay:
    first, _slash, last = str(day.value).partition("/")
    return StatedDay(day.span, date.fromisoformat(first), date.fromisoformat(last or first))
