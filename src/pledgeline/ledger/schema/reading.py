"""Read an event: it is one of the closed models, or every fault in it is named with its place and the way out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from pledgeline.ledger.refusals import Refusal
from pledgeline.ledger.schema.fields import Unreadable, shown
from pledgeline.ledger.schema.models import (
    MODELS,
    TYPES,
    BooksEvent,
    JournalPosting,
    form_of,
    names_of,
    type_of,
)

NOT_SEALED = frozenset({"recorded_at", "note", "expect", "batch"})
"""What is said about an event without being part of it: the same event again may say it differently."""


def read_said(raw: object) -> BooksEvent | Refusal:
    """Read an event as the model of its type.

    Means:   of several faults the first is the refusal, and the others travel with it.
    """
    if not isinstance(raw, Mapping):
        return Refusal(
            code="ledger.unknown-event",
            wrong="An event is a JSON object.",
            way_out="Write it as one, with id and type.",
        )
    kind = raw.get("type")
    if kind is None:
        return _refused([_missing("type", ""), *_faults_of(raw, BooksEvent, closed=False)])
    if not isinstance(kind, str) or kind not in TYPES:
        return Refusal(
            code="ledger.unknown-event",
            wrong=f"There is no event “{shown(kind)}”.",
            way_out=_meant(kind, TYPES) or f"The types are {', '.join(sorted(TYPES))}.",
            at="/type",
        )
    model = MODELS[form_of(kind, "lot" in raw)]
    faults = list(_faults_of(raw, model))
    return _refused(faults) if faults else model.model_validate(raw)


def _refused(faults: Iterable[Refusal]) -> Refusal:
    first, *others = faults
    return replace(first, others=tuple(others))


def _faults_of(
    raw: Mapping[Any, Any], model: type[BaseModel], at: str = "", *, closed: bool = True
) -> Iterator[Refusal]:
    """Give every fault of an object: names that the model does not have, null, and what cannot be read."""
    fields = names_of(model)
    if closed:
        yield from (_unknown(name, model, at) for name in raw if name not in fields)
    nothing = {name for name in fields if name in raw and raw[name] is None}
    yield from (_null(name, at) for name in sorted(nothing) if not fields[name].is_required())
    known = {name: value for name, value in raw.items() if name in fields and name not in nothing}
    postings = known.get("postings")
    if isinstance(postings, list) and all(isinstance(row, Mapping) for row in postings):
        inside = [
            fault
            for place, row in enumerate(postings)
            for fault in _faults_of(row, JournalPosting, f"{at}/postings/{place}")
        ]
        yield from inside
        if inside:
            known["postings"] = []
    try:
        model.model_validate(known)
    except ValidationError as error:
        faults = (_fault(fault, at) for fault in error.errors(include_url=False))
        by_place = {fault.at: fault for fault in faults if closed or fault.at != f"{at}/type"}
        yield from by_place.values()


def _fault(fault: Any, at: str) -> Refusal:
    name = str(fault["loc"][0]) if fault["loc"] else "field"
    problem = fault.get("ctx", {}).get("error")
    if isinstance(problem, Unreadable):
        return Refusal(
            code=f"ledger.{problem.code}",
            wrong=problem.wrong.replace("{field}", name),
            way_out=problem.way_out.replace("{field}", name),
            at=f"{at}/{name}{problem.at}",
        )
    if fault["type"] == "missing":
        return _missing(name, at)
    return Refusal(
        code="ledger.not-a-choice",
        wrong=f"“{shown(fault['input'])}” cannot be meant there.",
        way_out=f"Correct {name}, or leave it out: the handbook says what it can be.",
        at=f"{at}/{name}",
    )


def _missing(name: str, at: str) -> Refusal:
    return Refusal(
        code="ledger.missing-field",
        wrong=f"The event does not say its {name}.",
        way_out=f"Add “{name}”.",
        at=f"{at}/{name}",
    )


def _null(name: str, at: str) -> Refusal:
    return Refusal(
        code="ledger.null-field",
        wrong=f"{name} is null, which says nothing.",
        way_out=f"Leave {name} out, or say what it is.",
        at=f"{at}/{name}",
    )


def _unknown(name: object, model: type[BaseModel], at: str) -> Refusal:
    """Refuse a name that the model does not have; what was perhaps meant is only asked."""
    names = [field for field in names_of(model) if field not in ("expect", "batch")]
    what = "a posting" if model is JournalPosting else f"“{type_of(model)}”"
    return Refusal(
        code="ledger.unknown-field",
        wrong=f"“{shown(name)}” is not a field of {what}.",
        way_out=_meant(name, names_of(model)) or f"Take it out. The fields of {what} are {', '.join(names)}.",
        at=f"{at}/{shown(name)}",
    )


def _meant(name: object, names: Iterable[str]) -> str:
    close = get_close_matches(name, list(names), n=1, cutoff=0.7) if isinstance(name, str) else []
    return f"Is “{close[0]}” meant? Then write that; else take it out." if close else ""


def sealed_body(said: BooksEvent) -> dict[str, Any]:
    """Give what the books seal of an event: its fields by their names, those that were said and no others."""
    body: dict[str, Any] = said.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: value for name, value in body.items() if name not in NOT_SEALED}
