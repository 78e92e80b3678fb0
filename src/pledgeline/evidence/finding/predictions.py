"""Candidates in the form that the scorer of a gold reads, and its inputs.

In that form "$" alone is read as US dollars, as the gold does, and `stated` keeps what the text says; a candidate
itself keeps "$".
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Required, TypedDict

from pledgeline.evidence.finding.amounts import plain
from pledgeline.evidence.finding.candidates import Candidate, Extraction, Facts, Quotation
from pledgeline.evidence.finding.names import Names
from pledgeline.evidence.finding.rules import extract
from pledgeline.evidence.reading.texts import text_of

_AS_READ = {"$": "USD", "kroner": None}


class InputUnit(TypedDict, total=False):
    """One unit of a file of inputs."""

    text: Required[str]
    title: str | None
    published: str | None
    language: str | None
    context: str | None


def extraction_of(unit: Mapping[str, Any], names: Names) -> Extraction:
    """Extract one unit of a file of inputs: text, and title, day, language and context where they are known."""
    stated = unit.get("published")
    facts = Facts(
        published=date.fromisoformat(stated[:10]) if stated else None,
        title=unit.get("title") or "",
        language=unit.get("language") or "",
        context=unit.get("context") or "",
    )
    return extract(text_of(unit["text"]), facts, names)


def prediction_of(extraction: Extraction) -> dict[str, Any]:
    """Write what was found in one unit."""
    published = extraction.facts.published
    return {
        "claims": [claim_as_json(claim) for claim in extraction.candidates],
        "quotes": [_quotation(quote) for quote in extraction.quotations],
        "noise": [
            {"start": part.span.start, "end": part.span.end, "type": part.kind} for part in extraction.noise
        ],
        "published": published.isoformat() if published else None,
    }


def claim_as_json(claim: Candidate) -> dict[str, object]:
    """Write a candidate with the place and reason of every field."""
    written: dict[str, Any] = {
        "kind": claim.kind.value,
        "start": claim.span.start,
        "end": claim.span.end,
        "origin": claim.origin,
    }
    if claim.money is not None:
        money = claim.money
        written["amount"] = {
            "value": plain(money.value),
            "currency": _AS_READ.get(money.currency, money.currency),
            "stated": money.currency,
            "qualifier": money.qualifier,
            "upper": plain(money.upper) if money.upper is not None else None,
        }
        written["money_role"] = claim.role.value if claim.role else None
        written["donors"] = list(claim.donors)
        written["programme"] = claim.programme or None
        written["date"] = (claim.day.iso or None) if claim.day else None
        written["stage"] = claim.stage.value if claim.stage else None
    for name, value in (("recipient", claim.recipient), ("speaker", claim.speaker)):
        if value:
            written[name] = value
    if claim.items:
        written["items"] = [{"item": item, "quantity": quantity} for item, quantity in claim.items]
    written["why"] = {
        name: {
            "reason": why.reason.value,
            **({"start": why.span.start, "end": why.span.end} if why.span else {}),
        }
        for name, why in claim.why.items()
    }
    return written


def _quotation(quote: Quotation) -> dict[str, object]:
    return {"start": quote.span.start, "end": quote.span.end, "speaker": quote.speaker or None}


def predictions(inputs: Mapping[str, InputUnit], names: Names) -> dict[str, object]:
    """Extract all units of a file of inputs."""
    return {"units": {unit: prediction_of(extraction_of(entry, names)) for unit, entry in inputs.items()}}
