"""The form of a noun: its fields are those of its model, and what is wrong with one is said beside it."""

from collections.abc import Iterable, Mapping
from functools import partial
from secrets import token_urlsafe
from typing import Any, Unpack

from django import forms
from django.utils.translation import gettext_lazy as _

from pledgeline.money import MINOR_DIGITS, Amount
from pledgeline.money.parsing import NotAnAmount, parse_plain
from pledgeline.programme.fields import LONGEST_KEY, LONGEST_NOTE
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import MOST_PARTS, FieldSaid, Noun
from pledgeline.web.fields import FormData, FormFiles, FormOptions, day_field, money_error, say_at_field

NUMBERS = frozenset({"Units", "Priority", "LeadDays", "Count", "Percent"})

LINES = frozenset({"Serials", "EarmarkLines"})
"""Kinds of which each line is one."""


class NounFields(forms.Form):
    """The fields of a noun, or of a part of one; a price is typed in major units of its currency."""

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        noun: type[Noun],
        currency: str = "",
        **more: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **more)
        self.noun, self.currency = noun, currency
        for name, field in noun.fields_said().items():
            if field.part is None:
                self.fields[name] = _made(field)

    def said(self) -> dict[str, object]:
        """Give what was typed as the model reads it; what was left empty is left out."""
        raw = {}
        for name, field in self.noun.fields_said().items():
            value = self.cleaned_data.get(name)
            if value in (None, ""):
                continue
            if field.kind == "Day":
                value = value.isoformat()
            elif field.kind in LINES:
                value = [line.strip() for line in value.splitlines() if line.strip()]
            raw[name] = value
        return raw

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        currency = cleaned.get("currency") or self.currency
        for name, field in self.noun.fields_said().items():
            if field.kind == "Price" and cleaned.get(name) and currency in MINOR_DIGITS:
                try:
                    cleaned[name] = parse_plain(cleaned[name], currency).minor
                except NotAnAmount as problem:
                    self.add_error(name, money_error(problem.why, currency))
        return cleaned


class PartForm(NounFields):
    """The fields of one line of a noun, or of one of its lots; `about` says more of those that have a key."""

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        noun: type[Noun],
        about: Mapping[str, str],
        currency: str = "",
        **more: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, noun=noun, currency=currency, **more)
        self._about = about
        named = next(iter(self.noun.model_fields))
        self.fields[named].widget = forms.HiddenInput()
        self._named = named

    @property
    def title(self) -> str:
        """Give the line, or the lot, of which the rest is asked."""
        return str(self[self._named].value() or "")

    @property
    def about(self) -> str:
        return self._about.get(self.title, "")


LEFT_OUT = {
    "order-line": _("Do not order this line: it stays in the package"),
    "amended-line": _("Leave this line as it is"),
    "split-line": _("Leave this line in its package"),
    "shipped-lot": _("Do not ship this now: it stays outstanding"),
}
"""What becomes of a part that is left out of a form, by what the parts are."""


class Parts(forms.BaseFormSet[PartForm]):
    """The forms of all parts of a noun."""

    def add_fields(self, form: PartForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = LEFT_OUT[form.noun.NAME]

    def kept(self) -> list[PartForm]:
        """Give those that are not left out."""
        return (
            [form for form in self.forms if form not in self.deleted_forms] if self.can_delete else self.forms
        )


class NounForm(NounFields):
    """Ask for a noun, with its parts; `begun` is what a new one begins with, `about` what is said of each part."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput())
    asked_with = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput(), initial=partial(token_urlsafe, 18)
    )

    def __init__(
        self,
        noun: type[Noun],
        data: Any,
        *,
        known: Noun | None = None,
        currency: str = "",
        begun: Mapping[str, Any] | None = None,
        about: Mapping[str, str] | None = None,
    ) -> None:
        said = noun.fields_said()
        values = known.as_said() if known else {**_usual(said, currency), **(begun or {})}
        currency = values.get("currency") or currency
        super().__init__(data, initial=_typed(values, said, currency), noun=noun, currency=currency)
        if known is not None:
            self.fields["key"].disabled = True
        self.parts = {
            name: _parts(field, data, values.get(name) or (), currency, about or {})
            for name, field in said.items()
            if field.part is not None
        }

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(parts.is_valid() for parts in self.parts.values())])

    @property
    def has_errors(self) -> bool:
        """Say whether something is wrong with it, or with one of its parts."""
        parts = self.parts.values() if self.is_bound else ()
        return bool(self.errors) or any(part.total_error_count() for part in parts)

    def said(self) -> dict[str, object]:
        return {
            **super().said(),
            **{name: [form.said() for form in parts.kept()] for name, parts in self.parts.items()},
        }

    def take(self, findings: Iterable[Finding]) -> None:
        """Say what is wrong beside the field that it is about, be it of a part."""
        for finding in findings:
            path = finding.place.path
            form: NounFields = self
            if len(path) > 1 and path[0] in self.parts:
                form = self.parts[str(path[0])].kept()[int(path[1])]
            say_at_field(form, finding)


def _parts(
    field: FieldSaid,
    data: Any,
    values: Any,
    currency: str,
    about: Mapping[str, str],
) -> Parts:
    """Make the forms of the parts that a noun has: as many as there are, and none that somebody could add."""
    assert field.part is not None
    said = field.part.fields_said()
    made = forms.formset_factory(
        PartForm,
        formset=Parts,
        extra=0,
        max_num=MOST_PARTS,
        absolute_max=MOST_PARTS,
        can_delete=field.part.NAME != "counted-lot",
    )
    parts = made(
        data,
        initial=[_typed(value, said, currency) for value in values],
        prefix=field.name,
        form_kwargs={
            "noun": field.part,
            "currency": (data or {}).get("currency") or currency,
            "about": about,
        },
    )
    assert isinstance(parts, Parts)
    return parts


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
        made.help_text, made.required = field.help, field.is_needed
        return made
    if field.kind == "Currency":
        return forms.ChoiceField(**common, choices=[(code, code) for code in sorted(MINOR_DIGITS)])
    if field.kind == "YesNo":
        return forms.BooleanField(**common)
    if field.kind == "Note" or field.kind in LINES:
        rows = 2 if field.kind == "Serials" else 4
        most = LONGEST_KEY * MOST_PARTS if field.kind == "Serials" else LONGEST_NOTE
        return forms.CharField(**common, max_length=most, widget=forms.Textarea(attrs={"rows": rows}))
    attributes = {"inputmode": "decimal"} if field.kind == "Price" else {}
    return forms.CharField(
        **common, max_length=LONGEST_KEY, widget=forms.TextInput(attrs={"autocomplete": "off", **attributes})
    )


def _typed(values: Mapping[str, Any], said: Mapping[str, FieldSaid], currency: str) -> dict[str, object]:
    """Give values as somebody types them."""
    typed = {}
    for name, field in said.items():
        value = values.get(name)
        if field.part is not None or value is None:
            continue
        if field.kind == "Price":
            value = Amount(value, currency).major
        elif field.kind in LINES:
            value = "\n".join(value)
        typed[name] = value
    return typed


def _usual(said: Mapping[str, FieldSaid], currency: str) -> dict[str, Any]:
    usual = {name: field.usual for name, field in said.items()}
    return {**usual, **({"currency": currency} if "currency" in usual else {})}
