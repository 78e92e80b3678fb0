"""Many rows of one noun of the chain in one request: each is written by itself, and answered by itself.

A row that is refused hinders no other one. The rows are written in the order of their keys: of two batches that meet
one waits for the other, and never both.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from pledgeline.actions import chain
from pledgeline.actions.noun_files import RowResult
from pledgeline.api.lists import as_json
from pledgeline.api.problems import of_findings, problem
from pledgeline.api.routes import HERE, programme_at, writing
from pledgeline.api.values import Schema, components, many, text, whole
from pledgeline.api.writing import Writing, state_of_tag, written
from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import plural
from pledgeline.programme.sentences import sentence
from pledgeline.programme.steps import MAY_WRITE, states_of
from pledgeline.records.models import ChainRow, ProgrammeRecord

router = Router(tags=["chain"])

MOST_ROWS = 500
"""So many rows one request has at most: whoever else writes waits for it, about a second."""

RESULTS = tuple(result.value for result in RowResult if result is not RowResult.CONFLICT)
"""Whoever is hindered by somebody else's change is refused: the row says so in its problem."""


def _add_batches(table: type[ChainRow]) -> None:
    """Add the address at which many rows of one noun are written."""
    noun, kind = table.KIND.NAME, table.KIND.__name__
    name = plural(noun)
    row = components.named(
        f"{kind}InBatch",
        {
            "type": "object",
            "required": ["value"],
            "additionalProperties": False,
            "properties": {"value": components.sent(kind, table.KIND), "match": text()},
        },
    )
    done = components.named(f"{kind}BatchDone", _done([state.value for state in states_of(noun)]))
    sent: Schema = {
        "type": "object",
        "required": ["rows"],
        "additionalProperties": False,
        "properties": {"rows": {**many(row), "minItems": 1, "maxItems": MOST_ROWS}},
    }

    @router.post(
        f"{HERE}/batches/{name}",
        operation_id=f"write_{name}",
        url_name="api-batches",
        summary=f"Write many {name} down at once",
        description=(
            f"Each of up to {MOST_ROWS} rows is written by itself, and answered by itself, in the order in which they "
            "were sent. Without “match” a row has to be new; with the “tag” of an earlier answer, or an ETag, it is "
            "changed if nobody changed it since; with “*” it is written whatever is there."
        ),
        openapi_extra=writing(sent, done),
    )
    def write_many(request: HttpRequest, slug: str) -> HttpResponse:
        return written(request, lambda writing: _written(writing, table, slug))


def _done(states: list[str]) -> Schema:
    return {
        "type": "object",
        "required": ["counts", "rows"],
        "properties": {
            "counts": {"type": "object", "properties": {result: whole() for result in RESULTS}},
            "rows": many(
                {
                    "type": "object",
                    "required": ["result"],
                    "properties": {
                        "result": text(enum=[*RESULTS]),
                        "key": text(),
                        "state": text(enum=states),
                        "version": whole(),
                        "tag": text(),
                        "problem": {"$ref": "#/components/schemas/Problem"},
                    },
                }
            ),
        },
    }


def _written(writing: Writing, table: type[ChainRow], slug: str) -> HttpResponse:
    """Write all rows that can be, and say of each what came of it."""
    programme = programme_at(writing.request, slug)
    sent = _rows_in(writing.body())
    if not chain.may_write(table, programme, writing.person):
        raise problem(403, "no-right.write", noun=table.KIND.NAME)
    stamps = chain.stamps_of(table, programme, {_key_in(row) for row in sent})
    done: dict[int, dict[str, object]] = {}
    for number in sorted(range(len(sent)), key=lambda number: _key_in(sent[number])):
        made = _one(writing, table, programme, sent[number])
        if isinstance(made, list):
            refused = of_findings(_placed(finding, number) for finding in made)
            done[number] = {
                "result": RowResult.REFUSED.value,
                "key": _key_in(sent[number]),
                "problem": refused.as_json(),
            }
            continue
        before, stamp = stamps.get(made.key, ""), chain.stamp_of(made)
        stamps[made.key] = stamp
        done[number] = {
            "result": _result_of(before, stamp).value,
            "key": made.key,
            "state": made.state,
            "version": made.version,
            "tag": f'"{stamp}"',
        }
    rows = [done[number] for number in range(len(sent))]
    counts = {result: sum(row["result"] == result for row in rows) for result in RESULTS}
    return as_json({"counts": counts, "rows": rows})


def _result_of(before: str, stamp: str) -> RowResult:
    if not before:
        return RowResult.NEW
    return RowResult.UNCHANGED if stamp == before else RowResult.CHANGED


def _one(
    writing: Writing, table: type[ChainRow], programme: ProgrammeRecord, sent: Any
) -> ChainRow | list[Finding]:
    """Write one row, or give everything that is wrong with it."""
    if not _is_row(sent):
        place = Place(file=table.KIND.NAME)
        return [Finding(place=place, said=sentence("api.no-row.batch"))]
    match = sent.get("match", "")
    return chain.write(
        table,
        sent["value"],
        programme=programme,
        person=writing.person,
        now=writing.now,
        seen=(state_of_tag(match) or None) if match else "",
    )


def _is_row(sent: object) -> bool:
    return (
        isinstance(sent, dict)
        and sent.keys() <= {"value", "match"}
        and isinstance(sent.get("value"), dict)
        and isinstance(sent.get("match", ""), str)
    )


def _key_in(sent: Any) -> str:
    """Give the key of a row as it was sent; "" where it has none."""
    key = sent["value"].get("key", "") if _is_row(sent) else ""
    return key[:LONGEST_KEY] if isinstance(key, str) else ""


def _placed(finding: Finding, number: int) -> Finding:
    """Say a finding at its place in the batch."""
    path = ("rows", number, *(("value", *finding.place.path) if finding.code != "api.no-row" else ()))
    return replace(finding, place=replace(finding.place, path=path))


def _rows_in(body: dict[str, object]) -> list[object]:
    """Give the rows of a batch.

    Raises:  Problem.
    """
    rows = body.get("rows")
    if body.keys() != {"rows"} or not isinstance(rows, list) or not 0 < len(rows) <= MOST_ROWS:
        raise problem(422, "no-rows.batch", most=str(MOST_ROWS))
    return rows


for _noun in MAY_WRITE:
    _add_batches(chain.TABLES[_noun])
