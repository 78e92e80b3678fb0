"""What a noun says, field by field, as its page shows it."""

from collections.abc import Iterator
from typing import Any

from pledgeline.money import Amount
from pledgeline.programme.nouns import FieldSaid, Noun


def facts_of(value: Noun) -> Iterator[tuple[FieldSaid, Any]]:
    """Give each field with what it says, in the order of the model.

    What is left empty is left out, and what few say where it is as usual; what a noun consists of stands in a table of
    its own, and its key at the head of the page.
    """
    noun: Any = value
    for name, field in value.fields_said().items():
        said = getattr(value, name)
        if name == value.KEY or field.part or said in (None, "", ()):
            continue
        if not (field.is_seldom and said == field.usual):
            yield field, Amount(said, noun.currency) if field.kind == "Price" else said
