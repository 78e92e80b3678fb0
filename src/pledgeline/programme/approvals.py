"""Four eyes by amount: what a second person has to approve, from which sum on, and in which role. It is data.

A programme says in its settings that a plan, an order, a commitment or a refund above a sum needs the approval of
somebody in a role. Sums are compared in the programme's currency.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pledgeline.money import Amount
from pledgeline.programme.roles import Role


class Approvable(StrEnum):
    """What a programme may have approved by a second person."""

    PLAN = "plan"
    ORDER = "order"
    COMMITMENT = "commitment"
    REFUND = "refund"


APPROVERS = frozenset({Role.VALIDATOR, Role.COORDINATOR, Role.FINANCE, Role.ADMINISTRATOR})
"""The roles that a programme may name for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalBand:
    """What is `above` a sum, and not exactly that, needs the approval of somebody in a role."""

    what: Approvable
    above: Amount
    role: Role


def band_of(bands: Iterable[ApprovalBand], what: Approvable, amount: Amount | None) -> ApprovalBand | None:
    """Give the band that something falls into: of those whose sum it passes the one with the largest.

    Nobody knows how much it is where `amount` is nothing, as there is no rate: then the strictest band holds.

    >>> bands = [
    ...     ApprovalBand(what=Approvable.ORDER, above=Amount(1_000_00, "USD"), role=Role.FINANCE),
    ...     ApprovalBand(what=Approvable.ORDER, above=Amount(5_000_00, "USD"), role=Role.ADMINISTRATOR),
    ... ]
    >>> [str(band.role) if (band := band_of(bands, Approvable.ORDER, Amount(minor, "USD"))) else ""
    ...  for minor in (1_000_00, 1_000_01, 5_000_01)]
    ['', 'finance', 'administrator']
    """
    passed = [
        band for band in bands if band.what == what and (amount is None or amount.minor > band.above.minor)
    ]
    return max(passed, key=lambda band: band.above.minor, default=None)
