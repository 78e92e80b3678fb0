"""The register of guarantees: its instruments as they are written, and answers to scenarios."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from pledgeline.accounts.rights import Act
from pledgeline.actions import register as actions
from pledgeline.api.asking import LONGEST_WORDS, AddressParameters, Listing, read, sorted_by
from pledgeline.api.door import person_of
from pledgeline.api.lists import as_json, in_order, listed, part_in_memory, shown
from pledgeline.api.problems import ApiProblem, finding_json, of_findings, problem
from pledgeline.api.routes import properties, reading, writing
from pledgeline.api.values import components, listing, many, plain, text, whole, without_nothing
from pledgeline.api.writing import NO_VERSION, Writing, body_of, object_in, tag_of, written
from pledgeline.exchange.timelines import HEADER, timeline_rows
from pledgeline.guarantees import read_cases, timeline
from pledgeline.guarantees.instruments import Instrument
from pledgeline.programme.fields import Key, Moment, Note
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import Noun, may_say, read_noun, says
from pledgeline.programme.sentences import sentence
from pledgeline.queries.scenarios import too_much, usual_moment
from pledgeline.records.register import SeenRegister, newest_version, seen_register

router = Router(tags=["guarantees"])

INSTRUMENT = components.named(
    "Instrument",
    {
        "type": "object",
        "required": ["id"],
        "properties": {
            **{
                name: text()
                for name in ("id", "title", "short_title", "kind", "status", "binding", "summary")
            },
            **{name: text(format="date") for name in ("status_as_of", "signed_on", "in_force_on", "ends_on")},
            "parties": many(text()),
            "obligations": whole(),
            "draft_of": text(),
            "text": text(),
        },
    },
)
ENTRY = components.named(
    "TimelineEntry",
    {
        "type": "object",
        "required": ["scenario"],
        "properties": {name: {} for name in HEADER},
    },
)
ANSWER = components.named(
    "ScenarioAnswer",
    {
        "type": "object",
        "required": ["scenario", "as_of", "entries"],
        "properties": {
            "scenario": text(),
            "as_of": text(format="date-time"),
            "entries": many(ENTRY),
            "findings": many({"$ref": "#/components/schemas/Finding"}),
        },
    },
)
SAVED = components.named(
    "InstrumentSaved",
    {"type": "object", "required": ["id", "version"], "properties": {"id": text(), "version": whole()}},
)


class InstrumentSent(Noun):
    """The text of an instrument, as its file in the register has it, and why it is changed."""

    NAME: ClassVar[str] = "instrument-version"

    text: str = Field(max_length=actions.LONGEST_TEXT, min_length=1)
    reason: Note = says("Reason")
    programme: Key | None = may_say("Programme")


class ScenarioSent(Noun):
    """A scenario, as its file has it, and the moment for which it is asked."""

    NAME: ClassVar[str] = "scenario"

    text: str = Field(max_length=actions.LONGEST_TEXT, min_length=1)
    case: Key | None = may_say("Case")
    as_of: Moment | None = may_say("As of")
    with_standing: bool = may_say("Duties that always hold", usual=False)


class InstrumentsAsked(Listing):
    ROWS = tuple(properties(components.schemas["Instrument"]))[:-1]

    sort: sorted_by("id", "title", "signed_on") = "id"  # type: ignore[valid-type]
    kind: str = Field("", max_length=60)
    q: str = Field("", max_length=LONGEST_WORDS)


class InstrumentAsked(AddressParameters):
    ROWS = (*InstrumentsAsked.ROWS, "text")


ORDERS = {
    "id": lambda row: row.id,
    "title": lambda row: row.title.casefold(),
    "signed_on": lambda row: row.signed_on,
}


def instrument_json(seen: SeenRegister, row: Instrument) -> dict[str, object]:
    names = (
        *("id", "title", "short_title", "kind", "status", "binding", "summary"),
        *("status_as_of", "signed_on", "in_force_on", "ends_on"),
    )
    return {
        **without_nothing({name: getattr(row, name) for name in names}),
        "parties": [party.id for party in row.parties],
        "obligations": len(row.obligations),
        **without_nothing({"draft_of": seen.drafts.get(row.id)}),
    }


@router.get(
    "/instruments",
    operation_id="list_instruments",
    summary="List the instruments of the register",
    openapi_extra=reading(InstrumentsAsked, listing(INSTRUMENT)),
)
def list_instruments(request: HttpRequest) -> HttpResponse:
    asked = read(InstrumentsAsked, request)
    seen = seen_register(person_of(request))
    rows = (
        row
        for row in seen.register.by_id.values()
        if asked.kind in ("", row.kind)
        and asked.q.casefold() in f"{row.id} {row.title} {row.summary}".casefold()
    )
    ordered = in_order(rows, asked, ORDERS, lambda row: row.id)
    return listed(request, part_in_memory(ordered, asked, lambda row: instrument_json(seen, row)))


@router.get(
    "/instruments/{key}",
    operation_id="get_instrument",
    summary="Read one instrument, with its text",
    openapi_extra=reading(InstrumentAsked, INSTRUMENT),
)
def get_instrument(request: HttpRequest, key: str) -> HttpResponse:
    asked = read(InstrumentAsked, request)
    seen = seen_register(person_of(request))
    row = seen.register.by_id.get(key)
    if row is None:
        raise problem(404, "no-such.noun", noun="instrument", key=key[:100])
    said = {**instrument_json(seen, row), "text": seen.texts.get(f"{key}.toml", "")}
    response = as_json(shown(said, asked))
    response["ETag"] = tag_of(str(newest_version(person_of(request))), response.content.decode())
    return response


@router.put(
    "/instruments/{key}",
    operation_id="save_instrument",
    summary="Save a version of an instrument",
    openapi_extra=writing(components.sent("InstrumentSent", InstrumentSent), SAVED, match="needed"),
)
def save_instrument(request: HttpRequest, key: str) -> HttpResponse:
    return written(request, lambda writing_: _saved(writing_, key))


def _saved(writing_: Writing, key: str) -> HttpResponse:
    seen = writing_.must_have_seen_version()
    said = writing_.noun(InstrumentSent, name="instrument")
    programme = said.programme or ""
    if not actions.may_edit(writing_.person, programme):
        raise problem(403, "no-right.act", right=Act.EDIT_REGISTER)
    if hidden := actions.unseen_in(said.reason, key):
        raise of_findings([hidden])
    draft = actions.consider(instrument=key, text=said.text, programme=programme, on=writing_.now.date())
    if not draft.can_be_saved:
        raise of_texts(draft.findings)
    if seen == NO_VERSION:
        raise problem(412, "overtaken.instrument")
    newest = newest_version(writing_.person)
    try:
        version = actions.save_version(
            instrument=key,
            text=said.text,
            reason=said.reason,
            person=writing_.person,
            programme=programme,
            based_on=newest if seen is None else seen,
            now=writing_.now,
        )
    except actions.Overtaken:
        raise problem(412, "overtaken.instrument") from None
    return as_json({"id": key, "version": version.number})


def of_texts(findings: Iterable[Finding]) -> ApiProblem:
    """Make a problem of what is wrong with a text, each at its line."""
    return ApiProblem(
        status=422, said=sentence("api.not-taken.findings"), findings=tuple(map(_in_text, findings))
    )


def _in_text(finding: Finding) -> dict[str, object]:
    line = {} if finding.place.line is None else {"line": finding.place.line}
    return {**finding_json(finding.code, "/text", finding.wrong, finding.way_out), **line}


@router.post(
    "/scenarios/evaluate",
    operation_id="evaluate_scenario",
    url_name="evaluate-scenario",
    summary="Ask who owes what, by when, in a scenario",
    description="Nothing is written, and no token is needed. Each entry says that it is a scenario.",
    openapi_extra=reading(AddressParameters, ANSWER, sends=components.sent("ScenarioSent", ScenarioSent)),
)
def evaluate_scenario(request: HttpRequest) -> HttpResponse:
    read(AddressParameters, request)
    if request.headers.get("Content-Type", "").partition(";")[0].strip().casefold() != "application/json":
        raise problem(415, "not-json.kind")
    said = read_noun(ScenarioSent, object_in(body_of(request)), Place(file="scenario"))
    if isinstance(said, list):
        raise of_findings(said)
    register = seen_register(person_of(request)).register
    reading_ = read_cases("scenario.toml", said.text, register)
    case = next((case for case in reading_.cases if said.case in (None, case.scenario.id)), None)
    if case is None:
        raise of_texts(reading_.findings) if reading_.findings else problem(422, "no-such.case")
    if too_much(register, case):
        raise problem(422, "too-much.scenario")
    as_of = said.as_of or usual_moment(case) or datetime(2026, 1, 1, tzinfo=UTC)
    found = timeline(register, case.scenario, as_of, with_standing=said.with_standing)
    entries = [
        {name: plain(cell) for name, cell in zip(HEADER, row, strict=True) if cell not in (None, "")}
        for row in timeline_rows(found)
    ]
    answer = {"scenario": case.scenario.id, "as_of": plain(as_of.astimezone(UTC)), "entries": entries}
    if reading_.findings:
        answer["findings"] = list(map(_in_text, reading_.findings))
    return as_json(answer)
