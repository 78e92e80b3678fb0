"""Totals that rose by less than what was newly given between them: one of the figures is to be asked about.

A later total is no contradiction, it has grown. But where EUR 100 million came in between two totals that lie
EUR 40 million apart, a total was told late, counts something else, or the contribution is no new one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.linking.claims import MoneyClaim

_OPEN_ABOVE = ("more_than", "at_least", "about")
"""A later total with these words may be larger than its figure: it proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortRise:
    """Two totals that follow each other, by how much the later one is larger, and the contribution that is more."""

    earlier: str
    later: str
    rise: Decimal
    currency: str
    contribution: str


def short_rises(claims: Iterable[MoneyClaim]) -> list[ShortRise]:
    """Give the totals that rose by less than a contribution stated between them, of one programme and currency."""
    known = sorted(
        (claim for claim in claims if claim.said_on is not None and claim.programme),
        key=lambda claim: (str(claim.said_on), claim.id),
    )
    totals: dict[tuple[str, str, frozenset[str]], list[MoneyClaim]] = {}
    for claim in known:
        if claim.is_total:
            totals.setdefault((claim.programme, _currency(claim), claim.named), []).append(claim)
    found = []
    for (programme, currency, named), row in sorted(totals.items(), key=lambda entry: str(entry[0])):
        gifts = [
            claim
            for claim in known
            if claim.role is MoneyRole.CONTRIBUTION
            and claim.is_contribution
            and claim.programme == programme
            and _currency(claim) == currency
            and (not named or claim.named <= named)
        ]
        for earlier, later in pairwise(row):
            rise = later.value - earlier.value
            if later.qualifier in _OPEN_ABOVE or rise < 0:
                continue
            found += [
                ShortRise(
                    earlier=earlier.id, later=later.id, rise=rise, currency=currency, contribution=gift.id
                )
                for gift in gifts
                if _lies_between(earlier, gift, later) and gift.value > rise and _counts_in(gift, later)
            ]
    return found


def _currency(claim: MoneyClaim) -> str:
    """Give the currency of a sum; of "$" that of the United States, in which totals are told."""
    return "USD" if "USD" in claim.currencies else min(filter(None, claim.currencies), default="")


def _lies_between(earlier: MoneyClaim, gift: MoneyClaim, later: MoneyClaim) -> bool:
    """Say whether a contribution was made between two totals: on a day that its own text states."""
    return gift.stated_on is not None and str(earlier.said_on) < str(gift.stated_on) <= str(later.said_on)


def _counts_in(gift: MoneyClaim, total: MoneyClaim) -> bool:
    """Say whether a total counts money of this stage: what is only promised is in no total of what was paid."""
    return not gift.stages or not total.stages or bool(gift.stages & total.stages)
