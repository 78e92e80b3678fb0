"""The document of the API, OpenAPI 3.1: made from the addresses, the models and the findings as they are."""

import copy
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI

from pledgeline.api.problems import MEDIA_TYPE
from pledgeline.api.routes import READING, REFUSALS, WRITES, WRITING
from pledgeline.api.values import components, many, text, whole

FINDING = components.named(
    "Finding",
    {
        "type": "object",
        "required": ["code", "pointer", "wrong", "way_out"],
        "properties": {
            name: text() for name in ("code", "pointer", "place", "wrong", "way_out", "parameter")
        },
    },
)
PROBLEM = components.named(
    "Problem",
    {
        "type": "object",
        "required": ["title", "status"],
        "properties": {
            **{name: text() for name in ("type", "title", "code", "detail", "sure")},
            "status": whole(),
            "findings": many(FINDING),
        },
    },
)
TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token that you make on the page of your account.",
}


def document(made: dict[str, Any]) -> dict[str, Any]:
    """Complete the document that django-ninja made: the schemas, the token, and how each request can fail."""
    whole_document = copy.deepcopy(dict(made))
    for method, operation in _operations(whole_document["paths"].values()):
        is_write = bool(operation.pop(WRITES, False))
        operation["responses"] = {
            str(status): _plainly(given, int(status)) for status, given in operation["responses"].items()
        }
        sends_body = "requestBody" in operation
        also = (*operation.pop(REFUSALS, ()), *((413, 415, 422) if sends_body else ()))
        for status in WRITING if is_write else (*READING, *also):
            operation["responses"].setdefault(str(status), _failure(status))
        if method == "get":
            operation["responses"].setdefault("304", {"description": "Not Modified"})
        operation["security"] = [{"token": []}] if is_write else [{}, {"token": []}]
    whole_document["components"] = {
        "schemas": dict(sorted(components.schemas.items())),
        "securitySchemes": {"token": TOKEN},
    }
    return whole_document


def _operations(paths: Iterable[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in paths:
        yield from path.items()


def _plainly(given: dict[str, object], status: int) -> dict[str, object]:
    return {**given, "description": HTTPStatus(status).phrase}


def _failure(status: int) -> dict[str, object]:
    return {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}


class DocumentedAPI(NinjaAPI):
    """An API whose document is completed."""

    def get_openapi_schema(self, *arguments: Any, **options: Any) -> Any:
        return document(super().get_openapi_schema(*arguments, **options))
