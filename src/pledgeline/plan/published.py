"""The JSON Schema of the form in which a planning problem is written, made from the classes that read it."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from pledgeline.plan.fields import Name, Ratio, Units
from pledgeline.plan.read import ROWS
from pledgeline.programme.json_schemas import WithoutNull


@cache
def problem_schema() -> dict[str, object]:
    """Give the schema of a problem: its currency, its rows, and what holds for items and currencies."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Planning problem",
        "type": "object",
        "required": ["currency"],
        "properties": {
            "currency": _schema(Name),
            "title": {"type": "string"},
            "rates": {"type": "object", "additionalProperties": _schema(Ratio)},
            "categories": {"type": "object", "additionalProperties": _schema(Name)},
            "kits": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": _schema(Units),
                },
            },
            **{section: {"type": "array", "items": _row(kind)} for section, kind in ROWS.items()},
        },
    }


def _row(kind: type) -> dict[str, object]:
    schema = TypeAdapter(kind).json_schema(schema_generator=WithoutNull)
    # without a currency, a contribution is in that of the plan
    schema["required"] = [name for name in schema["required"] if name != "currency"]
    return {**schema, "additionalProperties": False}


def _schema(of: Any) -> dict[str, object]:
    return TypeAdapter(of).json_schema(schema_generator=WithoutNull)
