"""The document of the API is one from which generators make clients that leave nothing out."""

import re
from collections.abc import Iterator
from typing import Any

from pledgeline.api.urls import api


def enums(schema: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Give every list of choices with the names on the way to it."""
    if isinstance(schema, dict):
        if isinstance(schema.get("enum"), list):
            yield path, schema
        for name, inner in schema.items():
            yield from enums(inner, (*path, name))
    elif isinstance(schema, list):
        for place, inner in enumerate(schema):
            yield from enums(inner, (*path, str(place)))


def plainly(word: str) -> str:
    """Make a name of a choice as generators do: letters and digits alone, whatever their case."""
    return re.sub(r"\W+", "_", word).strip("_").casefold()


def test_every_choice_has_a_name_of_its_own():
    """A list is sorted by “key” or “-key”: both would be called the same."""
    document = api.get_openapi_schema()
    alike = []
    for path, schema in enums(document, ()):
        names = schema.get("x-enum-varnames") or [plainly(str(choice)) for choice in schema["enum"]]
        if len({*names}) < len(schema["enum"]):
            alike.append(("/".join(path), names))
    assert [] == alike


def test_no_name_stands_for_another_name():
    schemas = api.get_openapi_schema()["components"]["schemas"]
    assert [] == [name for name, schema in schemas.items() if schema.keys() == {"$ref"}]


def test_no_list_of_choices_is_called_as_a_schema_is():
    """Generators name the choices of a field by its schema and the field, “Approval” and “decision”."""
    schemas = api.get_openapi_schema()["components"]["schemas"]
    called = {
        f"{name}{field.title().replace('_', '')}"
        for name, schema in schemas.items()
        for field, inner in schema.get("properties", {}).items()
        if "enum" in inner
    }
    assert set() == called & schemas.keys()
