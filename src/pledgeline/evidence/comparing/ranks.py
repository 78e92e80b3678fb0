"""Which of several claims about one thing would be named first: a proposal with its reason, never applied by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standpoint(StrEnum):
    """What a report is to what it tells."""

    PRIMARY = "primary"
    OWN_CHANNEL = "own-channel"
    AGENCY = "agency"
    UNKNOWN = "unknown"
    REPRINT = "reprint"


class RankReason(StrEnum):
    """Why one claim would be named before the next."""

    STANDPOINT = "standpoint"
    PAYER = "payer"
    LATER = "later"
    ALIKE = "alike"


_ORDER = tuple(Standpoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rankable:
    """One claim, what its report is, whether its payer speaks, and when it was said."""

    key: str
    standpoint: Standpoint
    payer_speaks: bool = False
    said_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedRank:
    """The place that a claim would have, from 1, what its report is, and why it stands before the next one."""

    key: str
    place: int
    standpoint: Standpoint
    reason: RankReason


def proposed_ranks(claims: Iterable[Rankable]) -> list[ProposedRank]:
    """Put claims about one thing in order: primary text, own channel, agency, reprint; who pays; the later one first.

    >>> [rank.key for rank in proposed_ranks([
    ...     Rankable(key="paper", standpoint=Standpoint.AGENCY, said_on=date(2026, 2, 2)),
    ...     Rankable(key="ministry", standpoint=Standpoint.PRIMARY, said_on=date(2026, 2, 1))])]
    ['ministry', 'paper']
    """
    ordered = sorted(
        claims,
        key=lambda claim: (
            _ORDER.index(claim.standpoint),
            not claim.payer_speaks,
            -(claim.said_on.toordinal() if claim.said_on else 0),
            claim.key,
        ),
    )
    return [
        ProposedRank(
            key=claim.key, place=place, standpoint=claim.standpoint, reason=_reason(claim, following)
        )
        for place, (claim, following) in enumerate(zip(ordered, [*ordered[1:], None], strict=True), 1)
    ]


def _reason(claim: Rankable, following: Rankable | None) -> RankReason:
    if following is None or claim.standpoint is not following.standpoint:
        return RankReason.STANDPOINT
    if claim.payer_speaks is not following.payer_speaks:
        return RankReason.PAYER
    return RankReason.LATER if claim.said_on != following.said_on else RankReason.ALIKE
