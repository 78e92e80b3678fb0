"""The workbook of a programme: taken as a file, looked over when it comes back, and taken when that is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import Field

from pledgeline.accounts.rights import Act
from pledgeline.actions import workbooks as actions
from pledgeline.actions.job_askers import asker_behind, own_job
from pledgeline.actions.noun_files import RowResult
from pledgeline.actions.sheet_rows import nouns_to_write
from pledgeline.api.asking import AddressParameters, read
from pledgeline.api.door import person_of, refuse_to_see
from pledgeline.api.lists import as_json, moment, shown
from pledgeline.api.problems import of_findings, problem
from pledgeline.api.routes import FORM, HERE, files_sent, programme_at, properties, reading, writing
from pledgeline.api.values import components, many, text, whole
from pledgeline.api.writing import Writing, asking_for_a_job, written
from pledgeline.exchange.matched_sheets import LEFT_OUT, MatchedSheet
from pledgeline.exchange.noun_files import MOST_BYTES
from pledgeline.exchange.programme_workbook import NOUNS, write_programme_workbook
from pledgeline.exchange.xlsx import MEDIA_TYPE
from pledgeline.jobs.models import Job, JobState
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.kept_findings import as_said
from pledgeline.programme.sentences import sentence
from pledgeline.programme.step_asked import MatchedSheetSaid, WorkbookAnswer
from pledgeline.queries.programme_workbook import nouns_seen, rows_of
from pledgeline.records.models import ProgrammeRecord

router = Router(tags=["workbook"])

SAID = components.named(
    "WorkbookFinding",
    {
        "type": "object",
        "required": ["code", "place", "wrong", "way_out"],
        "properties": {
            **{name: text() for name in ("code", "place", "wrong", "way_out")},
            "is_error": {"type": "boolean"},
        },
    },
)
LOOK = components.named(
    "WorkbookLook",
    {
        "type": "object",
        "required": ["ref"],
        "properties": {
            "ref": text(),
            "state": text(enum=[state.value for state in JobState]),
            "asked_at": text(format="date-time"),
            "why": text(),
            "taken": whole(description="So many rows were written down. Without it nothing was."),
            "is_changed": {"type": "boolean", "description": "Not taken: meanwhile something else would come of it."},
            "can_be_taken": {"type": "boolean"},
            "is_answered": {"type": "boolean"},
            "answered_by": text(description="The look by which this one was answered."),
            "written_at": text(),
            "counts": {"type": "object", "additionalProperties": whole()},
            "findings": many(SAID),
            "sheets": many(
                {
                    "type": "object",
                    "required": ["sheet", "noun", "columns", "rows", "findings"],
                    "properties": {
                        "sheet": text(),
                        "noun": text(),
                        "columns": {"type": "object", "additionalProperties": text()},
                        "is_answered": {"type": "boolean"},
                        "findings": many(SAID),
                        "rows": many(
                            {
                                "type": "object",
                                "required": ["line", "key", "result"],
                                "properties": {
                                    "line": whole(),
                                    "key": text(),
                                    "result": text(enum=[result.value for result in RowResult]),
                                    "begins_version": {"type": "boolean"},
                                    "currency": text(),
                                    "changes": {"type": "object", "additionalProperties": many({})},
                                    "findings": many(SAID),
                                },
                            }
                        ),
                    },
                }
            ),
        },
    },
)  # fmt: skip


class WorkbookAsked(AddressParameters):
    """How the workbook is written."""

    hxl: bool = Field(False, description="with HXL tags")


class LookAsked(AddressParameters):
    ROWS = tuple(properties(components.schemas["WorkbookLook"]))


@router.get(
    f"{HERE}/workbook",
    operation_id="get_workbook",
    url_name="api-workbook",
    summary="Take the workbook of a programme, with all that whoever asks may see",
    openapi_extra=reading(WorkbookAsked, {"type": "string", "format": "binary"}, media=MEDIA_TYPE),
)
def get_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    asked, programme, person = read(WorkbookAsked, request), programme_at(request, slug), person_of(request)
    nouns = nouns_seen(programme, person)
    if not nouns:
        refuse_to_see(request, Act.SEE_REQUIREMENTS)
    content = write_programme_workbook(
        {noun: rows_of(noun, programme, person) for noun in nouns},
        programme=slug,
        written_at=timezone.now().isoformat(timespec="seconds"),
        has_tags=asked.hxl,
    )
    return HttpResponse(content, content_type=MEDIA_TYPE)


@router.post(
    f"{HERE}/workbook/looks",
    operation_id="look_over_workbook",
    url_name="api-workbook-looks",
    summary="Hand a workbook in to be looked over; nothing is written",
    description=(
        "A job reads it: the answer is 202 with its address, which says how far it is, and then what would come of "
        "each row."
    ),
    openapi_extra=writing(files_sent("file"), LOOK, status=202, media=FORM),
    response={202: None},
)
def look_over_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        _programme_to_write(writing_, slug)
        file = writing_.files("file")["file"]
        data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise problem(413, "too-large.body", most=str(MOST_BYTES))
        with asking_for_a_job():
            made = actions.ask_to_look(
                programme=slug, name=file.name or "", data=data, asker=asker_behind(writing_.person)
            )
        return _asked(request, slug, made)

    return written(request, act, takes_files=True)


@router.get(
    f"{HERE}/workbook/looks/{{ref}}",
    operation_id="get_workbook_look",
    summary="Read what would come of a workbook that was handed in, or what came of it",
    openapi_extra=reading(LookAsked, LOOK),
)
def get_workbook_look(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    asked = read(LookAsked, request)
    return as_json(shown(look_json(_look(request, slug, ref)), asked))


@router.post(
    f"{HERE}/workbook/looks/{{ref}}/answer",
    operation_id="answer_workbook_look",
    summary="Take a workbook as its look has it, or have it looked over again with its sheets matched",
    openapi_extra=writing(components.sent("WorkbookAnswer", WorkbookAnswer), LOOK, status=202),
    response={202: None},
)
def answer_workbook_look(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        _programme_to_write(writing_, slug)
        look = _look(request, slug, ref)
        said = writing_.noun(WorkbookAnswer, name="answer")
        if look.state != JobState.DONE or "taken" in look.result or "answered_by" in look.result:
            raise problem(409, "no-answer.look")
        chosen = _chosen(said.sheets, look.result["matched"]) if said.sheets else None
        if chosen is None and not look.result["seen"]:
            raise problem(409, "no-answer.look-faulty")
        with asking_for_a_job():
            made = actions.ask_to_take(look=look, asker=asker_behind(writing_.person), chosen=chosen)
        if made is None:
            raise problem(409, "no-answer.look")
        return _asked(request, slug, made)

    return written(request, act)


def _programme_to_write(writing_: Writing, slug: str) -> ProgrammeRecord:
    programme = programme_at(writing_.request, slug)
    if not nouns_to_write(programme, writing_.person):
        raise problem(403, "no-right.act", right=Act.MATCH_WORKBOOKS)
    return programme


def _look(request: HttpRequest, slug: str, ref: str) -> Job:
    """Give a look of whoever asks; those of others are not there."""
    programme, person = programme_at(request, slug), person_of(request)
    look = (
        own_job(asker_behind(person), slug, ref[:64], actions.bring_in_workbook.queue_name)
        if person
        else None
    )
    if look is None or not nouns_to_write(programme, person):
        raise problem(404, "no-such.look")
    return look


def _asked(request: HttpRequest, slug: str, job: Job) -> HttpResponse:
    response = as_json(look_json(job), 202)
    where = f"/api/v1/programmes/{slug}/workbook/looks/{job.ref}"
    response["Location"] = request.build_absolute_uri(where)
    return response


def look_json(job: Job) -> dict[str, object]:
    """Write a look as far as it is."""
    result = job.result or {}
    return {
        "ref": job.ref,
        "state": job.state,
        "asked_at": moment(job.asked_at),
        **({"why": job.said} if job.said else {}),
        **{name: result[name] for name in ("taken", "answered_by") if name in result},
        **(_told(result) if "sheets" in result else {}),
    }


def _told(result: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "is_changed": result["is_changed"],
        "can_be_taken": bool(result["seen"]),
        "is_answered": result["is_answered"],
        "written_at": result["written_at"],
        "counts": result["counts"],
        "findings": [_finding(kept) for kept in result["findings"]],
        "sheets": [
            {
                **{name: sheet[name] for name in ("sheet", "noun", "columns", "is_answered")},
                "findings": [_finding(kept) for kept in sheet["findings"]],
                "rows": [
                    {**row, "findings": [_finding(kept) for kept in row["findings"]]} for row in sheet["rows"]
                ],
            }
            for sheet in result["sheets"]
        ],
    }


def _finding(kept: dict[str, object]) -> dict[str, object]:
    return {**as_said(kept), "is_error": kept["is_error"]}


def _chosen(said: Sequence[MatchedSheetSaid], matched: list[dict[str, Any]]) -> list[MatchedSheet]:
    """Give how each sheet is matched: as was said, else as it was.

    Raises:  Problem for a sheet, a noun, a heading or a field that there is not.
    """
    known = {sheet["sheet"]: MatchedSheet(**sheet) for sheet in matched}
    wrong: list[Finding] = []
    for number, sheet in enumerate(said):
        there = known.get(sheet.sheet)
        wrong += _objections(sheet, there, ("sheets", number))
        if there is not None:
            before = there.columns if there.noun == sheet.noun else dict.fromkeys(there.columns, "")
            known[sheet.sheet] = replace(there, noun=sheet.noun, columns={**before, **sheet.columns})
    if wrong:
        raise of_findings(wrong)
    return list(known.values())


def _objections(
    said: MatchedSheetSaid, there: MatchedSheet | None, path: tuple[str | int, ...]
) -> list[Finding]:
    if there is None:
        return [_wrong("api.unknown-sheet.sheet", (*path, "sheet"), name=said.sheet)]
    if said.noun not in (*NOUNS, LEFT_OUT):
        known = ", ".join((*NOUNS, LEFT_OUT))
        return [_wrong("api.unknown-noun.sheet", (*path, "noun"), name=said.noun, known=known)]
    if said.noun == LEFT_OUT:
        return []
    fields, found, given = NOUNS[said.noun].model_fields, [], set()
    for heading, name in said.columns.items():
        at = (*path, "columns", heading)
        if heading not in there.columns:
            found.append(_wrong("api.unknown-heading.sheet", at, name=heading))
        elif name != LEFT_OUT and (name not in fields or name in given):
            code = "api.field-twice.sheet" if name in given else "api.unknown-field.sheet"
            found.append(_wrong(code, at, name=name, known=", ".join(fields)))
        given.add(name)
    return found


def _wrong(code: str, path: tuple[str | int, ...], **params: str) -> Finding:
    said = sentence(code, **{name: value[:500] for name, value in params.items()})
    return Finding(place=Place(file="answer", path=path), said=said)
