"""The closed models as JSON Schema, for whoever writes event files."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from pledgeline.ledger.schema.models import MODELS
from pledgeline.money import MINOR_DIGITS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _WithoutNull(GenerateJsonSchema):
    """Write a field that may be left out as what it is where it is there: null is nothing that it can be."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def event_schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of each event by the name of its form, and of the kinds of fields that they share."""
    refs, whole = models_json_schema(
        [(model, "validation") for model in MODELS.values()],
        ref_template="#/$defs/{model}",
        schema_generator=_WithoutNull,
    )
    definitions: dict[str, dict[str, Any]] = dict(whole["$defs"])
    names = {refs[model, "validation"]["$ref"].rpartition("/")[2]: form for form, model in MODELS.items()}
    return {names.get(name, name): schema for name, schema in definitions.items()}


def event_file_schema() -> dict[str, Any]:
    """Give the JSON Schema of an event file: its events, its currencies, and what a case expects."""
    definitions = event_schemas()
    return {
        "$schema": DIALECT,
        "title": "Event file of Pledgeline's books",
        "description": "Events in the order in which they are entered. A field that is not here is refused.",
        "type": "object",
        "additionalProperties": False,
        "required": ["events"],
        "properties": {
            "case": {"type": "string"},
            "title": {"type": "string"},
            "note": {"type": "string"},
            "programme": {"type": "string"},
            "source": {"type": "string"},
            "currencies": {
                "description": "Each currency with the decimals of its minor unit, as ISO 4217 has them.",
                "type": "object",
                "additionalProperties": False,
                "properties": {code: {"const": digits} for code, digits in sorted(MINOR_DIGITS.items())},
            },
            "events": {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/event"}, _BATCH]}},
            "expected": {"description": "Only in a case: the figures that must come out.", "type": "object"},
        },
        "$defs": {
            "event": {"anyOf": [{"$ref": f"#/$defs/{form}"} for form in MODELS]},
            **dict(sorted(definitions.items())),
        },
    }


_INSIDE = {"type": "array", "items": {"$ref": "#/$defs/event"}}
_BATCH = {
    "description": "Only in a case: events that come at the same moment, and how many of them become what.",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "type": {"const": "batch"},
        "batch": {"type": ["string", "array"], "items": {"$ref": "#/$defs/event"}},
        "events": _INSIDE,
        "expect": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
    "oneOf": [
        {"required": ["events"], "properties": {"batch": {"type": "string"}}},
        {"required": ["batch"], "properties": {"batch": {"type": "array"}}, "not": {"required": ["events"]}},
    ],
}
