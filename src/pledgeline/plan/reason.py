"""Why a line is where it is, as a value: the reason, a sentence for people, and the figures behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pledgeline.programme.sentences import Sentence


class LineReason(StrEnum):
    """Why a line is not fully met."""

    MET = "MET"
    NO_OFFER = "NO_OFFER"
    TOO_LATE = "TOO_LATE"
    NO_STOCK = "NO_STOCK"
    ORDER = "ORDER"
    MONEY = "MONEY"
    PACKAGE = "PACKAGE"
    UNSETTLED = "UNSETTLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one line is where it is.

    `said` is said to people; `facts` holds its figures. `binding` names, where it was asked
    for, the families of limits each of which, lifted for this line alone, would give it more; two joined
    by “+” where none does alone.
    """

    line: str
    wanted: int
    got: int
    reason: LineReason
    said: Sentence
    facts: Mapping[str, object] = field(default_factory=dict)
    binding: tuple[str, ...] | None = None
