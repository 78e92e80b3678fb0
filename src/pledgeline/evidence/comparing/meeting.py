"""Which claims a new one meets, by the rules of `evidence.linking`: blocked first, so that a long list stays quick.

A claim can only speak of what another one speaks of where both name a giver, a sum, or the total of a programme.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pledgeline.evidence.linking.claims import MoneyClaim
from pledgeline.evidence.linking.rules import (
    ClaimPair,
    LinkRelation,
    Rule,
    ToldSum,
    are_two,
    link_of,
    told_sums,
)

MOST_MET = 60
"""Claims that one is compared with. Of more only the first sixty of a giver are looked at, the newest first."""

FIRST = (
    LinkRelation.CONTRADICT,
    LinkRelation.DIFFER,
    LinkRelation.AGREE,
    LinkRelation.UPDATES,
    LinkRelation.INCLUDES,
    LinkRelation.RELATED,
)
"""What is shown first: a contradiction, then what agrees, then all else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """Another claim that one meets, how the two stand to each other, by which rule, and what differs."""

    other: str
    relation: LinkRelation
    rule: Rule
    differs_in: tuple[str, ...]


class ClaimIndex:
    """Claims that are known, found by what a new one may have in common with them."""

    def __init__(self, claims: Iterable[MoneyClaim]) -> None:
        self._blocks: dict[str, list[MoneyClaim]] = {}
        known = sorted(claims, key=lambda claim: (str(claim.said_on or ""), claim.id), reverse=True)
        self._told = told_sums(known)
        for claim in known:
            for key in _keys(claim):
                self._blocks.setdefault(key, []).append(claim)

    @property
    def is_empty(self) -> bool:
        return not self._told

    def encounters(self, claim: MoneyClaim, beside: Collection[ToldSum] = ()) -> list[Encounter]:
        """Give the claims that one meets, contradictions first; `beside` are the sums of its own report."""
        near: dict[str, MoneyClaim] = {}
        for key in _keys(claim):
            near.update((other.id, other) for other in self._blocks.get(key, ())[:MOST_MET])
        near.pop(claim.id, None)
        links = {other.id: link for other in near.values() if (link := _between(claim, other)) is not None}
        met = [
            Encounter(
                other=other,
                relation=link.relation,
                rule=link.rule,
                differs_in=tuple(dict.fromkeys(link.differs_in)),
            )
            for other, link in links.items()
            if link.rule is not Rule.AMOUNT_APART or not self._are_two(claim, near[other], beside)
        ]
        return sorted(met, key=_order)

    def _are_two(self, claim: MoneyClaim, other: MoneyClaim, beside: Collection[ToldSum]) -> bool:
        return are_two(claim, other, self._told) or are_two(claim, other, beside)

    def and_also(self, other: "ClaimIndex") -> "JoinedIndex":
        """Look into another index, too."""
        return JoinedIndex((self, other))


@dataclass(frozen=True, slots=True)
class JoinedIndex:
    """Several indexes as one: each is made and kept by itself, as what is in it changes."""

    indexes: tuple[ClaimIndex, ...]

    def encounters(self, claim: MoneyClaim, beside: Collection[ToldSum] = ()) -> list[Encounter]:
        """Give the claims that one meets in any of them, contradictions first."""
        met = [encounter for index in self.indexes for encounter in index.encounters(claim, beside)]
        return sorted(met, key=_order)


def _order(encounter: Encounter) -> tuple[int, str]:
    return FIRST.index(encounter.relation), encounter.other


def _keys(claim: MoneyClaim) -> Iterable[str]:
    yield f"value {claim.value}"
    yield from (f"donor {id_}" for id_ in claim.named)
    if claim.is_total and claim.programme:
        yield f"total {claim.programme}"


def _between(first: MoneyClaim, second: MoneyClaim) -> ClaimPair | None:
    """Compare two claims in the order of their names, as the rules do."""
    return link_of(*sorted((first, second), key=lambda claim: claim.id))
