"""Read an event: it is one of the closed models, or every fault in it is named with its place and the way out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pledgeline.ledger.refusals import Refusal, refusal_of
from pledgeline.ledger.schema.fields import refusal
from pledgeline.ledger.schema.models import (
    MODELS,
    TYPES,
    BooksEvent,
    JournalPosting,
    form_of,
    names_of,
    type_of,
)
from pledgeline.programme.fields import Unreadable, shown

NOT_SEALED = frozenset({"recorded_at", "note", "expect", "batch"})
"""What is said about an event without being part of it: the same event again may say it differently."""


def read_said(raw: object) -> BooksEvent | Refusal:
    """Read an event as the model of its type.

    Means:   of several faults the first is the refusal, and the others travel with it.
    """
    if not isinstance(raw, Mapping):
        return refusal_of("unknown-event.no-object")
    kind = raw.get("type")
    if kind is None:
        return _refused([_missing("type", ""), *_faults_of(raw, BooksEvent, closed=False)])
    if not isinstance(kind, str) or kind not in TYPES:
        return _unknown_event(kind)
    model = MODELS[form_of(kind, "lot" in raw)]
    faults = list(_faults_of(raw, model))
    return _refused(faults) if faults else model.model_validate(raw)


def _unknown_event(kind: object) -> Refusal:
    if close := _close(kind, TYPES):
        return refusal_of("unknown-event.close", type=shown(kind), close=close, at="/type")
    return refusal_of("unknown-event.type", type=shown(kind), types=", ".join(sorted(TYPES)), at="/type")


def _refused(faults: Iterable[Refusal]) -> Refusal:
    first, *others = faults
    return replace(first, others=tuple(others))


def _faults_of(
    raw: Mapping[object, object], model: type[BaseModel], at: str = "", *, closed: bool = True
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


def _fault(fault: ErrorDetails, at: str) -> Refusal:
    name = str(fault["loc"][0]) if fault["loc"] else "field"
    problem = fault.get("ctx", {}).get("error")
    if isinstance(problem, Unreadable):
        return refusal(problem, name, f"{at}/{name}")
    if fault["type"] == "missing":
        return _missing(name, at)
    return refusal_of("not-a-choice.other", text=shown(fault["input"]), field=name, at=f"{at}/{name}")


def _missing(name: str, at: str) -> Refusal:
    return refusal_of("missing-field.name", field=name, at=f"{at}/{name}")


def _null(name: str, at: str) -> Refusal:
    return refusal_of("null-field.name", field=name, at=f"{at}/{name}")


def _unknown(name: object, model: type[BaseModel], at: str) -> Refusal:
    """Refuse a name that the model does not have; what was perhaps meant is only asked."""
    said = {"field": shown(name), "of": "posting"}
    if model is not JournalPosting:
        said = {"field": shown(name), "of": "event", "type": type_of(model)}
    at = f"{at}/{shown(name)}"
    if close := _close(name, names_of(model)):
        return refusal_of("unknown-field.close", close=close, at=at, **said)
    names = [field for field in names_of(model) if field not in ("expect", "batch")]
    return refusal_of("unknown-field.fields", fields=", ".join(names), at=at, **said)


def _close(name: object, names: Iterable[str]) -> str:
    close = get_close_matches(name, list(names), n=1, cutoff=0.7) if isinstance(name, str) else []
    return close[0] if close else ""


def sealed_body(said: BooksEvent) -> dict[str, object]:
    """Give what the books seal of an event: its fields by their names, those that were said and no others."""
    body: dict[str, object] = said.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: value for name, value in body.items() if name not in NOT_SEALED}
