"""What two claims are compared by: the sum, who gives it, its stage, its programme and when it was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pledgeline.evidence.finding.candidates import Candidate, Extraction, MoneyRole, StatedStage

_ACCEPTED = {
    StatedStage.PLEDGED: frozenset({StatedStage.PLEDGED, StatedStage.COMMITTED}),
    StatedStage.COMMITTED: frozenset({StatedStage.PLEDGED, StatedStage.COMMITTED}),
    StatedStage.CONTRIBUTED: frozenset({StatedStage.CONTRIBUTED}),
    StatedStage.DELIVERED: frozenset({StatedStage.CONTRIBUTED, StatedStage.DELIVERED}),
    StatedStage.PROPOSED: frozenset({StatedStage.PROPOSED, StatedStage.NEGOTIATION}),
    StatedStage.NEGOTIATION: frozenset({StatedStage.PROPOSED, StatedStage.NEGOTIATION}),
    StatedStage.UNSPECIFIED: frozenset(StatedStage),
}
"""What a careful reader may also call a stage: two claims are apart where they share none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyClaim:
    """A claim of money, as far as it is compared.

    `currencies` are all that the text may mean, None among them where it does not say; `stages` all that a careful
    reader may answer, empty where it has none. `document` tells reports apart: a report that says a thing twice is
    one source. `said_on` is the day that the text states, else that of its report; `stated_on` only the former, where
    it is one day. `equivalents` are values of the same money in other currencies that its own text gives.
    """

    id: str
    document: str
    value: Decimal
    currencies: frozenset[str | None]
    qualifier: str = "exact"
    role: MoneyRole = MoneyRole.OTHER
    is_contribution: bool = False
    donors: frozenset[str] = frozenset()
    stages: frozenset[StatedStage] = frozenset()
    programme: str = ""
    said_on: date | None = None
    stated_on: date | None = None
    speaker: str = ""
    place: int = 0
    equivalents: tuple[tuple[Decimal, str], ...] = field(default=())

    @property
    def is_total(self) -> bool:
        return self.role is MoneyRole.TOTAL

    @property
    def is_exact(self) -> bool:
        return self.qualifier == "exact"

    @property
    def named(self) -> frozenset[str]:
        """The givers by name: a group stands for nobody in particular."""
        return frozenset(id_ for id_ in self.donors if not id_.startswith("group:"))


def accepted(stage: StatedStage | None, *, funded: bool = False) -> frozenset[StatedStage]:
    """Give all stages that a careful reader may answer; what was "funded" may only be committed."""
    if stage is None:
        return frozenset()
    return _ACCEPTED[stage] | ({StatedStage.COMMITTED} if funded else set())


def claims_of(unit: str, document: str, extraction: Extraction) -> list[MoneyClaim]:
    """Give the money claims of one text, named by unit and place."""
    published = extraction.facts.published
    found = [claim for claim in extraction.candidates if claim.money is not None]
    return [_claim(unit, document, claim, found, published) for claim in found]


def _claim(
    unit: str, document: str, claim: Candidate, beside: Sequence[Candidate], published: date | None
) -> MoneyClaim:
    money = claim.money
    if money is None:
        raise ValueError(claim)
    equivalents = tuple(
        (other.money.value, currency)
        for other in beside
        if other.money is not None and other.equivalent_of == claim.span
        for currency in sorted(filter(None, _may_mean(other.money.currency)))
    )
    return MoneyClaim(
        id=f"{unit}#{claim.span.start}-{claim.span.end}",
        document=document,
        value=money.value,
        currencies=_may_mean(money.currency),
        qualifier=money.qualifier,
        role=claim.role or MoneyRole.OTHER,
        is_contribution=claim.stage is not None,
        donors=frozenset(claim.donors),
        stages=accepted(claim.stage, funded=claim.is_funded),
        programme=claim.programme,
        said_on=(claim.day.first if claim.day else None) or published,
        stated_on=claim.day.first if claim.day and claim.day.is_day else None,
        speaker=claim.speaker,
        place=claim.span.start,
        equivalents=equivalents,
    )


def _may_mean(currency: str) -> frozenset[str | None]:
    if currency == "$":
        return frozenset({"USD", "AUD", "CAD", "NZD", None})
    return frozenset({None if currency == "kroner" else currency})


def decided_claims(documents: Iterable[Mapping[str, Any]]) -> list[MoneyClaim]:
    """Give the money claims that people have decided on, from files of a gold: one document each."""
    claims: list[MoneyClaim] = []
    for document in documents:
        if "document" in document:
            stated = document["document"]["metadata"]["published"].get("value") or ""
            claims.extend(_decided(document["document"]["id"], stated, document["claims"]))
        else:
            report = document["report"]
            for excerpt in document.get("excerpts") or report.get("excerpts") or ():
                claims.extend(_decided(report["id"], report.get("published") or "", excerpt["claims"]))
    return claims


def _decided(document: str, published: str, entries: Sequence[Mapping[str, Any]]) -> list[MoneyClaim]:
    equivalents: dict[str, list[tuple[Decimal, str]]] = {}
    for entry in entries:
        if entry.get("fx_of") and entry.get("amount"):
            pair = Decimal(entry["amount"]["value"]), entry["amount"]["currency"] or ""
            equivalents.setdefault(entry["fx_of"], []).append(pair)
    return [
        MoneyClaim(
            id=entry["id"],
            document=document,
            value=Decimal(entry["amount"]["value"]),
            currencies=frozenset(entry["amount"].get("currency_accept") or [entry["amount"]["currency"]]),
            qualifier=entry["amount"].get("qualifier") or "exact",
            role=MoneyRole(entry.get("money_role") or "other"),
            is_contribution=entry["kind"] == "contribution",
            donors=frozenset(
                actor.get("iso") or actor["id"] for actor in entry["actors"] if actor["role"] == "donor"
            ),
            stages=frozenset(map(StatedStage, entry.get("stage_accept") or ())),
            programme=entry.get("programme") or "",
            said_on=_day((entry.get("date") or {}).get("value") or published),
            stated_on=_one_day((entry.get("date") or {}).get("value") or ""),
            speaker=_speaker(entry.get("attributed_to")),
            place=entry["span"]["start"],
            equivalents=tuple(equivalents.get(entry["id"], ())),
        )
        for entry in entries
        if entry.get("amount")
    ]


def _speaker(stated: object) -> str:
    return str(stated.get("name") or "") if isinstance(stated, Mapping) else str(stated or "")


def _one_day(stated: str) -> date | None:
    return None if "/" in stated else _day(stated)


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated.partition("/")[0][:10]) if stated else None
    except ValueError:
        return None
