"""Values of the house as JSON, and the JSON Schema of both: from the same classes that everybody else uses."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

from pledgeline.money import Amount
from pledgeline.programme.json_schemas import WithoutNull
from pledgeline.programme.nouns import Noun

REF = "#/components/schemas/{model}"

Schema = dict[str, Any]


def plain(value: Any) -> Any:
    """Write a value as JSON has it: days as ISO 8601, money in minor units with its currency, no field for nothing."""
    if isinstance(value, Amount):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if dataclasses.is_dataclass(value):
        return without_nothing({name.name: getattr(value, name.name) for name in dataclasses.fields(value)})
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value]


def without_nothing(values: Mapping[str, object]) -> dict[str, object]:
    """Write named values, and leave out those that there are not."""
    return {name: plain(value) for name, value in values.items() if value is not None}


class Components:
    """The schemas that the document of the API has by name; each is made from its class once."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}

    def of(self, name: str, source: object, *, keys: Iterable[str] = (), **more: Schema) -> Schema:
        """Name the schema of what is given out of a class, with `more` fields, and refer to it.

        Of a row that is given out, only its `keys` are always there: one can ask for some of its fields.
        """
        schema = self._made(source)
        schema["properties"] = {**schema.get("properties", {}), **more}
        schema["required"] = list(keys)
        schema.pop("additionalProperties", None)
        return self.named(name, schema)

    def sent(self, name: str, source: object) -> Schema:
        """Name the schema of what is sent, as its class reads it, and refer to it."""
        return self.named(name, self._made(source))

    def fields_of(self, noun: type[Noun]) -> dict[str, Schema]:
        """Give the schema of each field of a noun, but of those that hold its parts."""
        said = (field for field in noun.fields_said().values() if field.part is None)
        return {field.name: self._made(noun.model_fields[field.name].annotation) for field in said}

    def named(self, name: str, schema: Schema) -> Schema:
        self.schemas[name] = {**schema, "title": name}
        return {"$ref": REF.format(model=name)}

    def _made(self, source: Any) -> Schema:
        made: Schema = TypeAdapter(source).json_schema(ref_template=REF, schema_generator=WithoutNull)
        kinds = made.pop("$defs", {})
        stand_for = {
            REF.format(model=name): kind["$ref"] for name, kind in kinds.items() if kind.keys() == {"$ref"}
        }
        self.schemas |= {
            name: _pointed(kind, stand_for)
            for name, kind in kinds.items()
            if REF.format(model=name) not in stand_for
        }
        return dict(_pointed(made, stand_for))


def _pointed(schema: Any, stand_for: Mapping[str, str]) -> Any:
    """Point to what a name stands for that is another name only: generators of clients take it for a second kind."""
    if isinstance(schema, Mapping):
        return {
            key: stand_for.get(value, value) if key == "$ref" else _pointed(value, stand_for)
            for key, value in schema.items()
        }
    return [_pointed(part, stand_for) for part in schema] if isinstance(schema, list) else schema


components = Components()


@cache
def amount_schema() -> Schema:
    """Refer to the schema of money."""
    return components.of("Amount", Amount, keys=("minor", "currency"))


def listing(row: Schema, **more: Schema) -> Schema:
    """Give the schema of a page of a list of rows."""
    return {
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": row}, "next": {"type": "string"}, **more},
    }


def text(**more: object) -> Schema:
    return {"type": "string", **more}


def whole(**more: object) -> Schema:
    return {"type": "integer", **more}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}
