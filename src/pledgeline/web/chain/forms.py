"""The form of a noun: its fields are those of its model, and what is wrong with one is said beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from pledgeline.money import MINOR_DIGITS, Amount
from pledgeline.money.parsing import parse_plain
from pledgeline.programme.fields import LONGEST_KEY, LONGEST_NOTE
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import FieldSaid, Noun, field_of
from pledgeline.web.fields import day_field

NUMBERS = frozenset({"Units", "Priority", "LeadDays", "Percent"})

TEXTS = frozenset({"Note", "EarmarkLines"})
"""Kinds that are typed in several lines."""


class NounForm(forms.Form):
    """Ask for the fields of a noun; a price is typed in major units of the currency beside it."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, noun: type[Noun], data: Any, *, known: Noun | None = None, currency: str = "") -> None:
        said = noun.fields_said()
        initial = {name: _typed(known, name) for name in said} if known else _usual(said, currency)
        super().__init__(data, initial=initial)
        self.noun = noun
        for name, field in said.items():
            self.fields[name] = _made(field)
        if known is not None:
            self.fields["key"].disabled = True

    def raw(self) -> dict[str, Any]:
        """Give what was typed as the model reads it; what was left empty is left out."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        cleaned.pop("seen", None)
        for name, field in self.noun.fields_said().items():
            if name in cleaned and field.kind == "Day":
                cleaned[name] = cleaned[name].isoformat()
            if name in cleaned and field.kind == "EarmarkLines":
                cleaned[name] = [line for line in cleaned[name].splitlines() if line.strip()]
        return cleaned

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, field in self.noun.fields_said().items():
            if field.kind == "Price" and cleaned.get(name) and cleaned.get("currency") in MINOR_DIGITS:
                try:
                    cleaned[name] = parse_plain(cleaned[name], cleaned["currency"]).minor
                except ValueError as error:
                    self.add_error(name, str(error))
        return cleaned

    def take(self, findings: Iterable[Finding]) -> None:
        """Say what is wrong beside the field that it is about."""
        for finding in findings:
            name = field_of(finding)
            self.add_error(name if name in self.fields else None, f"{finding.wrong} {finding.way_out}")


def _made(field: FieldSaid) -> forms.Field:
    common: dict[str, Any] = {
        "label": str(field.label),
        "help_text": field.help,
        "required": field.is_needed,
    }
    if field.kind in NUMBERS:
        return forms.IntegerField(**common, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    if field.kind == "Day":
        made = day_field(common["label"])
        made.help_text = field.help
        return made
    if field.kind == "Currency":
        return forms.ChoiceField(**common, choices=[(code, code) for code in sorted(MINOR_DIGITS)])
    if field.kind == "YesNo":
        return forms.BooleanField(**common)
    if field.kind in TEXTS:
        return forms.CharField(**common, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 4}))
    attributes = {"inputmode": "decimal"} if field.kind == "Price" else {}
    return forms.CharField(
        **common, max_length=LONGEST_KEY, widget=forms.TextInput(attrs={"autocomplete": "off", **attributes})
    )


def _typed(known: Any, name: str) -> Any:
    value = getattr(known, name)
    if name == "unit_price":
        return Amount(value, known.currency).major
    return "\n".join(value) if isinstance(value, tuple) else value


def _usual(said: Mapping[str, FieldSaid], currency: str) -> dict[str, Any]:
    usual = {name: field.usual for name, field in said.items()}
    return {**usual, **({"currency": currency} if "currency" in usual else {})}
