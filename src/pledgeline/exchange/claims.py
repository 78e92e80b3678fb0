"""Claims as files: JSON-LD in the words of schema.org and PROV, and CSV.

A claim appears in a report (`appearance`), at a place that the selectors of W3C Web Annotation name twice, by its
words and by its position; where a licence forbids the words, by its position and the digest of the archived copy.
Who decided stands in the words of PROV.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pledgeline.exchange.tables import to_csv

CONTEXT: dict[str, object] = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "pl": "https://pledgeline.example/ns#",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedDecision:
    """A decision: what was done, when, why, and by whom ("" where the reader may not know)."""

    verdict: str
    at: datetime
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedClaim:
    """A claim as it leaves: `exact` is "" where the text may not be shown."""

    ref: str
    address: str
    kind: str
    role: str
    state: str
    start: int
    end: int
    exact: str
    fields: Mapping[str, Mapping[str, Any]]
    report: Mapping[str, str]
    decisions: tuple[ExportedDecision, ...] = ()
    uses: tuple[str, ...] = ()
    links: tuple[Mapping[str, object], ...] = field(default=())


def claims_as_jsonld(claims: Iterable[ExportedClaim]) -> str:
    """Write claims as JSON-LD."""
    return json.dumps(
        {"@context": CONTEXT, "@graph": [claim_as_jsonld(claim) for claim in claims]},
        ensure_ascii=False,
        indent=1,
    )


def claim_as_jsonld(claim: ExportedClaim) -> dict[str, object]:
    """Write one claim, without the context of its graph."""
    report = claim.report
    selectors: list[dict[str, object]] = [
        {"@type": "oa:TextPositionSelector", "oa:start": claim.start, "oa:end": claim.end}
    ]
    if claim.exact:
        selectors.append({"@type": "oa:TextQuoteSelector", "oa:exact": claim.exact})
    appearance = {
        "@type": "CreativeWork",
        "identifier": report["ref"],
        **_where(name=report["title"], url=report["address"], datePublished=report["published_on"]),
        **({"publisher": {"@type": "Organization", "name": report["outlet"]}} if report["outlet"] else {}),
        **({"author": {"@type": "Person", "name": report["author"]}} if report["author"] else {}),
        **_where(inLanguage=report["language"]),
        "pl:sha256": report["sha256"],
        "pl:reader": report["reader"],
        "oa:hasSelector": selectors,
    }
    speaker = claim.fields.get("speaker", {}).get("value")
    return {
        "@type": ["Claim", "prov:Entity"],
        "@id": claim.address,
        "identifier": claim.ref,
        **_where(text=claim.exact),
        "pl:kind": claim.kind,
        **_where(**{"pl:role": claim.role}),
        "pl:state": claim.state,
        **({"creator": {"@type": "Person", "name": speaker}} if speaker else {}),
        "appearance": appearance,
        "pl:fields": {name: dict(kept) for name, kept in claim.fields.items()},
        "prov:wasDerivedFrom": {"@id": f"urn:sha256:{report['sha256']}"},
        "prov:wasGeneratedBy": [_activity(decision) for decision in claim.decisions],
        **({"pl:usedBy": list(claim.uses)} if claim.uses else {}),
        **({"pl:links": [dict(link) for link in claim.links]} if claim.links else {}),
    }


def _where(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _activity(decision: ExportedDecision) -> dict[str, object]:
    return {
        "@type": "prov:Activity",
        "pl:verdict": decision.verdict,
        "prov:endedAtTime": decision.at.isoformat(),
        **_where(description=decision.reason),
        "prov:wasAssociatedWith": {"@type": "prov:Person", **_where(name=decision.by)},
    }


HEADER = (
    "ref", "kind", "role", "state", "donors", "stage", "value", "currency", "qualifier", "upper", "programme",
    "recipient", "day", "speaker", "items", "report", "outlet", "published_on", "title", "address", "sha256", "start",
    "end", "exact", "uses",
)  # fmt: skip


def claims_as_csv(claims: Iterable[ExportedClaim]) -> bytes:
    """Write claims as CSV, a row each."""
    return to_csv(list(HEADER), [_row(claim) for claim in claims])


def _row(claim: ExportedClaim) -> list[Any]:
    said = {name: kept["value"] for name, kept in claim.fields.items()}
    amount, report = said.get("amount") or {}, claim.report
    cells = {
        "ref": claim.ref,
        "kind": claim.kind,
        "role": claim.role,
        "state": claim.state,
        "donors": ";".join(said.get("donors") or ()),
        "items": ";".join(f"{count} {item}" if count else item for item, count in said.get("items") or ()),
        "report": report["ref"],
        "start": claim.start,
        "end": claim.end,
        "exact": claim.exact,
        "uses": ";".join(claim.uses),
    }
    cells |= {name: amount.get(name, "") for name in ("value", "currency", "qualifier", "upper")}
    cells |= {name: said.get(name, "") for name in ("stage", "programme", "recipient", "day", "speaker")}
    cells |= {name: report[name] for name in ("outlet", "published_on", "title", "address", "sha256")}
    return [cells[name] for name in HEADER]
