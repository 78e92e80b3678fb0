"""Claims that are no money, held against each other: terms of guarantees, meetings, journeys, facts of a programme.

Only claims that a person has decided on are compared: rules propose sentences of this kind, not their content. Two
terms of one level that name the same guarantors agree; two that name none and share hardly a word cannot both say
what that level is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pledgeline.evidence.linking.rules import ClaimPair, LinkRelation, Rule

_IN_COMMON = 0.25
"""Units: part of the longer words of the shorter text. Below it two descriptions are of different things."""
_WORD = re.compile(r"[^\W\d_]{5,}")
_CONDITION = re.compile(
    r"(?<!\w)(?:but|if|unless|once|provided|only|якщо|але|лише|за умови|wenn|aber|nur|sofern|si|mais|seulement)(?!\w)",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermClaim:
    """A claim that is no money, as far as it is compared."""

    id: str
    document: str
    kind: str
    text: str
    parties: frozenset[tuple[str, str]] = frozenset()
    level: int | None = None
    day: str = ""
    programme: str = ""

    def of_role(self, *roles: str) -> frozenset[str]:
        return frozenset(id_ for role, id_ in self.parties if role in roles)


def decided_terms(documents: Iterable[Mapping[str, Any]]) -> list[TermClaim]:
    """Give the claims of files of a gold that are no money."""
    claims = []
    for document in documents:
        if "document" in document:
            parts = [(document["document"]["id"], document["claims"])]
        else:
            report = document["report"]
            excerpts = document.get("excerpts") or report.get("excerpts") or ()
            parts = [(report["id"], excerpt["claims"]) for excerpt in excerpts]
        claims += [
            _term(name, entry) for name, entries in parts for entry in entries if not entry.get("amount")
        ]
    return claims


def _term(document: str, entry: Mapping[str, Any]) -> TermClaim:
    level = (entry.get("term") or {}).get("level")
    return TermClaim(
        id=entry["id"],
        document=document,
        kind=entry["kind"],
        text=entry["span"]["exact"],
        parties=frozenset((actor["role"], actor["id"]) for actor in entry["actors"]),
        level=level if isinstance(level, int) else None,
        day=(entry.get("date") or {}).get("value") or "",
        programme=entry.get("programme") or "",
    )


def term_links(claims: Iterable[TermClaim]) -> list[ClaimPair]:
    """Compare all claims of one kind in different documents."""
    by_kind: dict[str, list[TermClaim]] = {}
    for claim in claims:
        if claim.kind in _COMPARED:
            by_kind.setdefault(claim.kind, []).append(claim)
    links = [
        link
        for kind, group in sorted(by_kind.items())
        for first, second in combinations(sorted(group, key=lambda claim: claim.id), 2)
        if first.document != second.document and (link := _COMPARED[kind](first, second)) is not None
    ]
    return sorted(links, key=lambda link: (link.first, link.second))


def _guarantees(first: TermClaim, second: TermClaim) -> ClaimPair | None:
    if first.level != second.level:
        return None
    givers, others = first.of_role("guarantor"), second.of_role("guarantor")
    if first.level is None:
        if not givers or givers != others or first.day != second.day:
            return None
        if bool(_CONDITION.search(first.text)) != bool(_CONDITION.search(second.text)):
            return _link(first, second, LinkRelation.DIFFER, Rule.CONDITION_APART, "condition")
        return _link(first, second, LinkRelation.AGREE, Rule.SAME_TERM)
    if givers != others:
        return _link(first, second, LinkRelation.DIFFER, Rule.PARTIES_APART, "guarantors")
    if not givers and _in_common(first, second) < _IN_COMMON:
        return _link(first, second, LinkRelation.CONTRADICT, Rule.CONTENT_APART, "content")
    return _link(first, second, LinkRelation.AGREE, Rule.SAME_TERM)


def _in_common(first: TermClaim, second: TermClaim) -> float:
    words, others = (set(_WORD.findall(claim.text.lower())) for claim in (first, second))
    return len(words & others) / max(1, min(len(words), len(others)))


def _meetings(first: TermClaim, second: TermClaim) -> ClaimPair | None:
    roles = ("participant", "host", "guest", "traveller")
    people, others = first.of_role(*roles), second.of_role(*roles)
    if (
        not first.day
        or first.day != second.day
        or not any(id_.startswith("person:") for id_ in people & others)
    ):
        return None
    if people <= others or others <= people:
        return _link(first, second, LinkRelation.AGREE, Rule.SAME_EVENT)
    return _link(first, second, LinkRelation.DIFFER, Rule.PARTIES_APART, "participants")


def _facts(first: TermClaim, second: TermClaim) -> ClaimPair | None:
    if not first.programme or first.programme != second.programme:
        return None
    roles = ("supplier", "recipient")
    if not first.of_role(*roles) or first.of_role(*roles) != second.of_role(*roles):
        return None
    return _link(first, second, LinkRelation.AGREE, Rule.SAME_FACT)


def _link(first: TermClaim, second: TermClaim, relation: LinkRelation, rule: Rule, *fields: str) -> ClaimPair:
    return ClaimPair(first=first.id, second=second.id, relation=relation, rule=rule, differs_in=fields)


_COMPARED = {
    "guarantee_term": _guarantees,
    "meeting": _meetings,
    "travel": _meetings,
    "programme_fact": _facts,
}
