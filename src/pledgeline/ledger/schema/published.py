"""The closed models as JSON Schema, for whoever writes event files."""

from typing import Any

from pydantic.json_schema import models_json_schema

from pledgeline.ledger.schema.models import MODELS, meaning_of
from pledgeline.money import MINOR_DIGITS
from pledgeline.programme.json_schemas import WithoutNull
from pledgeline.programme.sentences import Sentence, sentence

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def event_schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of each event by the name of its form, and of the kinds of fields that they share."""
    refs, whole = models_json_schema(
        [(model, "validation") for model in MODELS.values()],
        ref_template="#/$defs/{model}",
        schema_generator=WithoutNull,
    )
    definitions: dict[str, dict[str, object]] = dict(whole["$defs"])
    forms = {refs[model, "validation"]["$ref"].rpartition("/")[2]: form for form, model in MODELS.items()}
    said = {
        "Account": sentence("ledger.schema.account"),
        "JournalPosting": meaning_of("posting"),
        **{name: meaning_of(form) for name, form in forms.items()},
    }
    return {
        forms.get(name, name): _said(schema, said[name]) if name in said else schema
        for name, schema in definitions.items()
    }


def _said(schema: dict[str, Any], meaning: Sentence) -> dict[str, object]:
    """Give the schema of an object with what it and its fields mean, which stands there as codes."""
    for field in schema.get("properties", {}).values():
        if "description" in field:
            field["description"] = str(Sentence(field["description"]))
    return dict(sorted({**schema, "description": str(meaning)}.items()))


def event_file_schema() -> dict[str, object]:
    """Give the JSON Schema of an event file: its events, its currencies, and what a case expects."""
    definitions = event_schemas()
    return {
        "$schema": DIALECT,
        "title": str(sentence("ledger.schema.title")),
        "description": str(sentence("ledger.schema.events")),
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
                "description": str(sentence("ledger.schema.currencies")),
                "type": "object",
                "additionalProperties": False,
                "properties": {code: {"const": digits} for code, digits in sorted(MINOR_DIGITS.items())},
            },
            "events": {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/event"}, _batch()]}},
            "expected": {"description": str(sentence("ledger.schema.expected")), "type": "object"},
        },
        "$defs": {
            "event": {"anyOf": [{"$ref": f"#/$defs/{form}"} for form in MODELS]},
            **dict(sorted(definitions.items())),
        },
    }


def _batch() -> dict[str, object]:
    return {
        "description": str(sentence("ledger.schema.batch")),
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"const": "batch"},
            "batch": {"type": ["string", "array"], "items": {"$ref": "#/$defs/event"}},
            "events": {"type": "array", "items": {"$ref": "#/$defs/event"}},
            "expect": {"type": "object", "additionalProperties": {"type": "integer"}},
        },
        "oneOf": [
            {"required": ["events"], "properties": {"batch": {"type": "string"}}},
            {
                "required": ["batch"],
                "properties": {"batch": {"type": "array"}},
                "not": {"required": ["events"]},
            },
        ],
    }
