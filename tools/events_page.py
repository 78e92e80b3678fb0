"""Write the page of what each event can say, and its JSON Schema, from the closed models."""

import json
from typing import Any

from pledgeline.exchange.dialects import DIALECTS
from pledgeline.ledger.schema import MODELS, names_of, own_fields, type_of
from pledgeline.ledger.schema.models import HEAD, JournalPosting, meaning_of, meaning_of_field
from pledgeline.ledger.schema.published import event_file_schema, event_schemas

INTRODUCTION = """# Events of the books, field by field

{note}
What an [event file](handbook/books.md#events) can say. Each event has the fields of the first table and those of its
own, and no others: a field that is not here, one that is missing or null, and a value that is not of its kind are
refused, with the place. The same as [JSON Schema](schemas/books-events.json), which
`pledgeline ledger schema` prints.

## Every event

{head}

## Kinds of values

| kind | what it is |
| --- | --- |
| Key | A text of 1 to 200 visible characters without blanks at its ends; letters composed in two ways are one. |
| Minor | A JSON integer above zero and below 10^17: an amount in minor units of its currency. |
| SignedMinor | A JSON integer on either side of zero: an amount in minor units. |
| Units | A JSON integer above zero: how many. |
| Day | A day, 2025-12-31. |
| Moment | A time with its zone, 2025-12-31T12:00:00Z. |
| Currency | A code of ISO 4217 in capitals. |
| Note, Label | Text of at most 10,000, and of at most 200 characters. |
| Shares | An object: the key of each contribution with its amount, `{{"N": 2000000000, "W": 500000000}}`. |
| Names | A list of keys of contributions, each once. |
| Payers | Shares or Names. |
| Stage | A stage or account of the books. |

"""


def events_page(note: str) -> str:
    """Write the page."""
    parts = [INTRODUCTION.format(note=note, head="\n".join(_table(_head())))]
    for form, model in MODELS.items():
        title = f"{type_of(model)}, of a lot" if form == "write_off_lot" else form
        parts += [f"## {title}\n", f"{meaning_of(form)}\n", "\n".join(_table(_fields(form))), ""]
        if form == "journal":
            parts += ["A posting of it:\n", "\n".join(_table(_rows(JournalPosting, "JournalPosting"))), ""]
    return "\n".join([*parts, *_dialects()]) + "\n"


def events_schema(_note: str) -> str:
    """Write the JSON Schema."""
    return json.dumps(event_file_schema(), indent=1, ensure_ascii=False) + "\n"


Row = tuple[str, str, str, str]
"""A field, its kind, whether it has to be there, and what it means."""


def _head() -> list[Row]:
    rows = [row for row in _rows(MODELS["lapse"], "lapse") if row[0] in HEAD]
    said = ("type", "the name of the event", "yes", "What happened.")
    return [said if row[0] == "type" else row for row in rows]


def _fields(form: str) -> list[Row]:
    own = own_fields(MODELS[form])
    return [row for row in _rows(MODELS[form], form) if row[0] in own]


def _rows(model: Any, definition: str) -> list[Row]:
    properties = event_schemas()[definition]["properties"]
    return [
        (
            name,
            _kind(properties[name]),
            "yes" if field.is_required() else "",
            str(meaning_of_field(field)) if field.description else "",
        )
        for name, field in names_of(model).items()
    ]


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return " or ".join(f"`{choice}`" for choice in schema["enum"])
    if "anyOf" in schema:
        return "; ".join(_kind(choice) for choice in schema["anyOf"])
    if schema["type"] == "array":
        inside = schema["items"]
        return "list of names of fields" if "enum" in inside else f"list of {_kind(inside)}"
    return {"object": "how many of each", "string": "text"}[schema["type"]]


def _table(rows: list[Row]) -> list[str]:
    return [
        "| field | kind | needed | what it means |",
        "| --- | --- | --- | --- |",
        *(f"| `{name}` | {kind} | {needed} | {meaning} |" for name, kind, needed, meaning in rows),
    ]


def _dialects() -> list[str]:
    """List every word of every dialect."""
    lines = [
        "## Dialects",
        "",
        "The words of other offices, translated before the events are read, where the dialect is named:",
        "`pledgeline ledger replay EVENTS.json --dialect NAME --dry-run` shows the events in the words of this page. A",
        "word that is not in the table stays as it is, and is refused.",
    ]
    for dialect in DIALECTS.values():
        lines += ["", f"### {dialect.name}", "", f"{dialect.title}.", ""]
        lines += ["| in | their word | means |", "| --- | --- | --- |"]
        lines += [f"| {where} | `{word}` | `{ours}` |" for _, where, word, ours in dialect.words()]
        if dialect.shares:
            names = " and ".join(f"`{name}`" for name in sorted(dialect.shares))
            lines += ["", f'{names} may be a list of `{{"contribution": KEY, "amount": MINOR}}`.']
    return lines
