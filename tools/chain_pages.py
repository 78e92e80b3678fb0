"""The pages of `docs/` about the chain: the table of steps with the fields of each noun, and their JSON Schemas."""

import json
from collections import Counter
from typing import Any

from pydantic import TypeAdapter

from pledgeline.programme.announcements import Announcement
from pledgeline.programme.discrepancies import Discrepancy
from pledgeline.programme.findings import Finding, Place, way_out_of
from pledgeline.programme.formed import ProgrammePackage
from pledgeline.programme.nouns import Noun
from pledgeline.programme.offers import Offer
from pledgeline.programme.orders import Order
from pledgeline.programme.receipts import Receipt
from pledgeline.programme.record_fields import fields_of_row
from pledgeline.programme.requirements import Requirement
from pledgeline.programme.sentences import Sentence, codes_in
from pledgeline.programme.shipments import Shipment
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.programme.steps import MAY_WRITE, STEPS, Step, first_state, state_name

NOUNS: tuple[type[Noun], ...] = (
    *(Requirement, Offer, ProgrammePackage, Order, Shipment, Receipt, Discrepancy),
)
ROWS: dict[str, type[Any]] = {"announcement": Announcement, "stated-total": StatedTotal, "source": Source}
"""The rows of the public record that people enter, by what addresses call them."""

FAMILIES = ("noun", "steps", "approval", "list", "acceptance", "packages", "discrepancies")
"""The files of the catalogue that say what can be wrong with a noun, a step, a plan from the list, its acceptance."""


def steps_page(note: str) -> str:
    """Draw the table of steps, noun by noun, with the fields of each."""
    lines = [
        "# Steps and fields of the chain",
        "",
        note,
        "Each step can be taken from some states, by some roles, and leads to one state ([From a requirement to a",
        "package](handbook/chain.md)). Pages, commands and tests go by this table, which is `programme/steps.py`; the",
        "fields are those of the models in `programme/`. A supplier takes its steps for its own party alone.",
    ]
    for noun in NOUNS:
        lines += ["", f"## {noun.NAME.capitalize()}", "", *_steps(noun.NAME), "", *_fields(noun)]
    return "\n".join(lines) + "\n"


def _steps(noun: str) -> list[str]:
    writing = ", ".join(sorted(MAY_WRITE.get(noun, ())))
    first = f"| {Step.named(noun, 'write')} | | {state_name(noun, first_state(noun))} | {writing} | |"
    return [
        "| step | from | to | who | |",
        "| --- | --- | --- | --- | --- |",
        first,
        *(_step(step) for step in STEPS if step.noun == noun),
    ]


def _step(step: Step) -> str:
    origins = ", ".join(state_name(step.noun, state) for state in sorted(step.origins))
    needs = [f"not whoever took “{Step.named(step.noun, step.not_after)}”"] if step.not_after else []
    needs += ["with a reason"] if step.needs_reason else []
    roles = ", ".join(sorted(step.roles))
    return (
        f"| {step.label} | {origins} | {state_name(step.noun, step.target)} | {roles} | {', '.join(needs)} |"
    )


def _fields(noun: type[Noun]) -> list[str]:
    rows = [
        f"| `{name}` | {field.label} | {field.kind} | {'yes' if field.is_needed else ''} | {field.help} |"
        for name, field in noun.fields_said().items()
    ]
    return ["| field | on pages | kind | needed | |", "| --- | --- | --- | --- | --- |", *rows]


def row_schema(noun: str, row: type[Any], _note: str) -> str:
    """Write the JSON Schema of a row of the public record, with what each column is called."""
    written = TypeAdapter(row).json_schema()
    for name, field in fields_of_row(row).items():
        written["properties"][name] |= {
            "title": str(Sentence(f"noun.{noun}-{field.column.replace('_', '-')}"))
        }
    return json.dumps(written, indent=1, ensure_ascii=False) + "\n"


def findings_of_the_chain() -> list[str]:
    """List what can be wrong with a noun, a step, a plan from the list and its acceptance, by its lasting code."""
    lines = [
        "",
        "## The chain: requirements, offers, steps, acceptance",
        "",
        "What forms, `pledgeline requirements`, `pledgeline offers` and the acceptance of a plan can object to.",
    ]
    codes = [code for family in FAMILIES for code in codes_in(family)]
    cases = Counter(".".join(code.split(".")[:2]) for code in codes if code.count(".") > 1)
    for code in (code for code in codes if code in cases):
        means = Finding(place=Place(file=""), said=Sentence(code))
        lines += ["", f"### {code}", "", means.wrong]
        if way_out := way_out_of(Sentence(code)):
            lines += ["", f"Way out: {way_out}"]
    return lines


def schema(noun: type[Noun], _note: str) -> str:
    """Write the JSON Schema of a noun, with what each field is called."""
    written = noun.model_json_schema()
    for name, field in noun.fields_said().items():
        written["properties"][name] |= {
            "title": str(field.label),
            **({"description": field.help} if field.help else {}),
        }
    return json.dumps(written, indent=1, ensure_ascii=False) + "\n"
