"""Which claims a new one meets, by the rules of `evidence.linking`: blocked first, so that a long list stays quick.

A claim can only speak of what another one speaks of where both name a giver, a sum, or the total of a programme.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pledgeline.evidence.linking.claims import MoneyClaim
from pledgeline.evidence.linking.rules import ClaimPair, LinkRelation, Rule, link_of, links_between

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
        self._documents: dict[str, list[MoneyClaim]] = {}
        for claim in sorted(claims, key=lambda claim: (str(claim.said_on or ""), claim.id), reverse=True):
            self._documents.setdefault(claim.document, []).append(claim)
            for key in _keys(claim):
                self._blocks.setdefault(key, []).append(claim)

    @property
    def is_empty(self) -> bool:
        return not self._documents

    def encounters(self, claim: MoneyClaim, beside: Sequence[MoneyClaim] = ()) -> list[Encounter]:
        """Give the claims that one meets, contradictions first; `beside` are the others of its own report."""
        near: dict[str, MoneyClaim] = {}
        for key in _keys(claim):
            near.update((other.id, other) for other in self._blocks.get(key, ())[:MOST_MET])
        near.pop(claim.id, None)
        links = {other.id: link for other in near.values() if (link := _between(claim, other)) is not None}
        if any(link.rule is Rule.AMOUNT_APART for link in links.values()):
            links = self._without_two_gifts(claim, near, links, beside)
        met = [
            Encounter(
                other=other,
                relation=link.relation,
                rule=link.rule,
                differs_in=tuple(dict.fromkeys(link.differs_in)),
            )
            for other, link in links.items()
        ]
        return sorted(met, key=_order)

    def and_also(self, other: "ClaimIndex") -> "JoinedIndex":
        """Look into another index, too."""
        return JoinedIndex((self, other))

    def _without_two_gifts(
        self,
        claim: MoneyClaim,
        near: dict[str, MoneyClaim],
        links: dict[str, ClaimPair],
        beside: Sequence[MoneyClaim],
    ) -> dict[str, ClaimPair]:
        """Leave out sums apart of which one report tells both: then a giver has given twice."""
        apart = {other for other, link in links.items() if link.rule is Rule.AMOUNT_APART}
        whole = {claim.id: claim, **{other.id: other for other in beside}}
        for other in apart:
            whole.update((fellow.id, fellow) for fellow in self._documents[near[other].document])
        kept = {frozenset((link.first, link.second)) for link in links_between(whole.values())}
        return {
            other: link
            for other, link in links.items()
            if other not in apart or frozenset((claim.id, other)) in kept
        }


@dataclass(frozen=True, slots=True)
class JoinedIndex:
    """Several indexes as one: each is made and kept by itself, as what is in it changes."""

    indexes: tuple[ClaimIndex, ...]

    def encounters(self, claim: MoneyClaim, beside: Sequence[MoneyClaim] = ()) -> list[Encounter]:
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
