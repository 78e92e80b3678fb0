"""Make a programme, and change its settings: one form, whose fields are those of the model of the settings."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, may
from pledgeline.actions import programmes
from pledgeline.money import MINOR_DIGITS
from pledgeline.money.parsing import parse_plain
from pledgeline.programme.nouns import FieldSaid
from pledgeline.programme.settings import Programme
from pledgeline.programme.settings_fields import LONGEST_SLUG, LONGEST_TEXT, ProgrammeSettings
from pledgeline.programme.zones import zone_names
from pledgeline.queries.changes import history_of
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web import words
from pledgeline.web.asked import ask, show, visitor
from pledgeline.web.change_forms import ChangeForm
from pledgeline.web.fields import CHOICE, FormData
from pledgeline.web.not_yours import not_yours

CURRENCIES = [(code, code) for code in sorted(MINOR_DIGITS)]
LICENCE = {"identifier": "licence", "name": "licence_name", "address": "licence_address"}
"""The field of the form in which each part of the licence is typed."""

LINES = {"rows": 4, "autocomplete": "off"}
BAND = ("what", "above", "role")


class SettingsForm(ChangeForm):
    """Ask for the settings of a programme; its address is asked for once."""

    def __init__(self, data: FormData, *, known: Programme | None = None) -> None:
        super().__init__(data, initial=_typed(known) if known else _usual())
        for name, field in ProgrammeSettings.fields_said().items():
            if name == "licence":
                self._ask_licence(field)
                continue
            if name == "coverage" or (name == "slug" and known):
                continue
            self.fields[name] = _made(field)
            if name == "package_size":
                self.fields["package_size_currency"] = forms.ChoiceField(
                    label=_("Currency of that size"), choices=CURRENCIES, error_messages=CHOICE
                )
        if known:
            self.ask_why(_("Why they change."))

    def _ask_licence(self, field: FieldSaid) -> None:
        """Ask for the three parts of the licence; where all are empty, none is stated."""
        labels = {"name": _("Name of the licence"), "address": _("Address of the licence")}
        for part, name in LICENCE.items():
            self.fields[name] = forms.CharField(
                label=labels.get(part, str(field.label)),
                help_text="" if part in labels else field.help,
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        size, currency = cleaned.get("package_size"), cleaned.get("package_size_currency")
        if size and currency:
            try:
                parse_plain(size, currency)
            except ValueError as error:
                self.add_error("package_size", str(error))
        return cleaned

    def clean_parties(self) -> dict[str, str]:
        parties: dict[str, str] = {}
        for line in _lines(self.cleaned_data["parties"]):
            code, _blank, name = line.partition(" ")
            if not name.strip() or code in parties:
                raise forms.ValidationError(
                    _("“%(line)s”: write a code once, a blank, and the name."), params={"line": line[:60]}
                )
            parties[code] = name.strip()
        return parties

    def clean_approvals(self) -> list[dict[str, Any]]:
        """Read a band a line: what, above which sum, who approves; the sum is in the programme's currency."""
        bands = []
        for line in _lines(self.cleaned_data["approvals"]):
            words = line.split()
            if len(words) != len(BAND):
                raise forms.ValidationError(
                    _("“%(line)s”: write what, the sum in digits, and the role, with a blank between."),
                    params={"line": line[:60]},
                )
            what, amount, role = words
            currency = self.data.get("base_currency", "")
            bands.append({"what": what, "above": {"amount": amount, "currency": currency}, "role": role})
        return bands

    def said(self) -> dict[str, object]:
        """Give what was typed as the model reads it."""
        cleaned = dict(self.cleaned_data)
        for name in ("seen", "asked_with", "reason"):
            cleaned.pop(name, None)
        chosen = [field.split(".") for field in cleaned["public_fields"]]
        public: dict[str, list[str]] = {kind: [] for kind in _kinds()}
        for kind, name in chosen:
            public[kind].append(name)
        raw = {
            **cleaned,
            "public_fields": public,
            "package_size": {
                "amount": cleaned["package_size"],
                "currency": cleaned.pop("package_size_currency"),
            },
            "official_speakers": _lines(cleaned["official_speakers"]),
        }
        raw.pop("package_size_currency")
        parts = {part: raw.pop(name) for part, name in LICENCE.items()}
        raw["licence"] = parts if any(parts.values()) else None
        if "slug" in raw:
            raw["slug"] = raw["slug"] or slugify(raw["short_name"])[:LONGEST_SLUG].strip("-")
        return raw


def _made(field: FieldSaid) -> forms.Field:
    common: dict[str, Any] = {
        "label": str(field.label),
        "help_text": field.help,
        "required": field.is_needed,
    }
    match field.kind:
        case "Parties" | "Names" | "Approvals":
            return forms.CharField(**common, widget=forms.Textarea(attrs=LINES))
        case "RateAge":
            common["required"] = True
            return forms.IntegerField(**common, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
        case "YesNo":
            return forms.BooleanField(**{**common, "required": False})
        case "BaseCurrency":
            return forms.ChoiceField(**common, choices=CURRENCIES, error_messages=CHOICE)
        case "Zone":
            zones = [(name, name) for name in zone_names()]
            return forms.ChoiceField(**common, choices=zones, error_messages=CHOICE)
        case "PublicFields":
            return forms.MultipleChoiceField(
                **common,
                choices=list(words.PUBLIC_FIELDS.items()),
                widget=forms.CheckboxSelectMultiple(),
                error_messages=CHOICE,
            )
        case "PackageSize":
            return forms.CharField(**common, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    if field.name == "about":
        return forms.CharField(**common, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    if field.name == "slug":
        common["required"] = False
    attributes = {"autocomplete": "off", **({"list": "known-parties"} if field.name == "recipient" else {})}
    return forms.CharField(**common, max_length=LONGEST_TEXT, widget=forms.TextInput(attrs=attributes))


def _kinds() -> list[str]:
    return list(dict.fromkeys(field.split(".")[0] for field in words.PUBLIC_FIELDS))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _usual() -> dict[str, object]:
    """Give what a new programme begins with: nothing of what may be withheld is public."""
    usual = {name: field.usual for name, field in ProgrammeSettings.fields_said().items()}
    usual.pop("licence")
    return {
        **usual,
        "parties": "",
        "official_speakers": "",
        "approvals": "",
        "public_fields": [],
        "base_currency": "USD",
        "package_size_currency": "USD",
    }


def _typed(known: Programme) -> dict[str, Any]:
    said = dict(ProgrammeSettings.said_of(known))
    licence = said.pop("licence") or {}
    return {
        **said,
        **{LICENCE[part]: text for part, text in licence.items()},
        "package_size": said["package_size"]["amount"],
        "package_size_currency": said["package_size"]["currency"],
        "parties": "\n".join(f"{code} {name}" for code, name in known.parties.items()),
        "official_speakers": "\n".join(known.official_speakers),
        "approvals": "\n".join(
            " ".join((band["what"], band["above"]["amount"], band["role"])) for band in said["approvals"]
        ),
        "public_fields": [f"{kind}.{name}" for kind, names in known.public_fields.items() for name in names],
    }


@never_cache
def new_page(request: HttpRequest) -> HttpResponse:
    """Show the form of a new programme; sent, make it or say at its fields what is wrong."""
    person = visitor(request)
    if not may(person, Act.CHANGE_SETTINGS):
        return not_yours(request, Act.CHANGE_SETTINGS)
    form = SettingsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = programmes.create(
            form.said(), person=person, now=timezone.now(), asked_with=form.cleaned_data["asked_with"]
        )
        if not isinstance(made, list):
            return redirect("web:overview", made.slug)
        form.take(made)
    context = {"form": form, "suggestions": {"parties": words.party_choices({})}}
    return render(request, "web/new_programme.html", context, status=400 if form.errors else 200)


@never_cache
def settings_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the settings of a programme in a form; sent, change them or say at its fields what is wrong."""
    asked, person = ask(request, slug), visitor(request)
    if not may(person, Act.CHANGE_SETTINGS, slug):
        return not_yours(request, Act.CHANGE_SETTINGS)
    row = ProgrammeRecord.objects.get(slug=slug)
    form = SettingsForm(request.POST if request.method == "POST" else None, known=row.to_value())
    if form.is_bound and form.is_valid():
        done = programmes.change(
            row,
            form.said(),
            person=person,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            asked_with=form.cleaned_data["asked_with"],
        )
        if not isinstance(done, list):
            return redirect("web:settings", slug)
        form.take(done)
    form.fields["seen"].initial = programmes.settings_stamp(row)
    return show(
        request,
        "web/settings.html",
        asked,
        status=400 if form.errors else 200,
        form=form,
        suggestions={"parties": words.party_choices(row.parties)},
        may_tell_others=may(person, Act.TELL_OTHERS, slug),
        labels={name: field.label for name, field in ProgrammeSettings.fields_said().items()},
        history=history_of(row),
    )
