"""What every address of the API has in common: how it is entered into the document, and which programme it is of."""

from collections.abc import Iterable

from django.http import HttpRequest
from pydantic import BaseModel

from pledgeline.api.asking import parameters
from pledgeline.api.door import person_of
from pledgeline.api.problems import problem
from pledgeline.api.values import Schema
from pledgeline.records.models import ProgrammeRecord

READING = (400, 401, 403, 404, 429, 503)
WRITING = (400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 503)

HERE = "/programmes/{slug}"
"""What the addresses of one programme begin with."""

WRITES = "x-writes"
"""Marks an operation that writes, until the document is made."""

REFUSALS = "x-refusals"
"""Marks how an operation can fail besides what those of its kind can, until the document is made."""


JSON = "application/json"
FORM = "multipart/form-data"
"""How what is sent is said: as JSON, or as a form with files."""

FILE: Schema = {"type": "string", "format": "binary"}


def reading(
    asked: type[BaseModel],
    gives: Schema,
    *,
    sends: Schema | None = None,
    media: str = JSON,
    refusals: tuple[int, ...] = (),
) -> dict[str, object]:
    """Say in the document what is asked for and what is answered; reading may send a question, too.

    `media` is how the answer is said, `refusals` are statuses that others have not.
    """
    extra: dict[str, object] = {
        "parameters": parameters(asked),
        "responses": _given(200, gives, media),
        REFUSALS: refusals,
    }
    if sends is not None:
        extra["requestBody"] = _sent(sends)
    return extra


def writing(
    sends: Schema | None,
    gives: Schema | None,
    *,
    status: int = 200,
    asked: type[BaseModel] | None = None,
    match: str = "",
    held: Schema | None = None,
    media: str = JSON,
) -> dict[str, object]:
    """Say in the document what is sent and answered; `match`: the header If-Match is "needed", or "taken".

    `held` is the answer where a second person has to approve it first, `media` how what is sent is said.
    """
    headers = [_header("Idempotency-Key", needed=True, minLength=1, maxLength=200)]
    if match:
        headers.append(_header("If-Match", needed=match == "needed", minLength=1, maxLength=200))
    more = parameters(asked) if asked is not None else []
    extra: dict[str, object] = {
        "parameters": [*headers, *more],
        "responses": {**_given(status, gives), **(_given(202, held) if held is not None else {})},
        WRITES: True,
    }
    if sends is not None:
        extra["requestBody"] = _sent(sends, media)
    return extra


def files_sent(*needed: str, also: tuple[str, ...] = ()) -> Schema:
    """Give the schema of a form with files, by the names of its parts."""
    return {
        "type": "object",
        "required": [*needed],
        "additionalProperties": False,
        "properties": dict.fromkeys((*needed, *also), FILE),
    }


def _header(name: str, *, needed: bool, **schema: object) -> dict[str, object]:
    return {
        "in": "header",
        "name": name,
        "required": needed,
        "schema": {"type": "string", "pattern": "^[!#-~][ -~]*$", **schema},
    }


def _sent(schema: Schema, media: str = JSON) -> dict[str, object]:
    return {"required": True, "content": {media: {"schema": schema}}}


def _given(status: int, schema: Schema | None, media: str = JSON) -> dict[int, object]:
    if schema is None:
        return {status: {"description": "Done"}}
    return {status: {"description": "Given", "content": {media: {"schema": schema}}}}


def programme_at(request: HttpRequest, slug: str) -> ProgrammeRecord:
    """Give the programme of an address.

    Raises:  Problem, 404, where there is none that whoever asks may see.
    """
    row: ProgrammeRecord | None = (
        ProgrammeRecord.objects.visible_to(person_of(request)).filter(slug=slug).first()
    )
    if row is None:
        raise problem(404, "no-such.programme", slug=slug[:60])
    return row


def properties(schema: Schema) -> Iterable[str]:
    """List the fields of a row, its key first."""
    keys = list(schema.get("required", ()))
    return (*keys, *(name for name in schema["properties"] if name not in keys))
