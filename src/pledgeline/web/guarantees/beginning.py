"""The first text of a new instrument: from a few fields, or from an example."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pledgeline.guarantees.toml_edit import literal
from pledgeline.web.fields import CHOICE, FormData, day_field
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room


class StartForm(forms.Form):
    """What nearly every instrument has, with one obligation."""

    id = forms.RegexField(
        regex=r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
        label=_("Id"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens: ua-gb-2024."),
        error_messages={"invalid": _("Use small letters, digits and single hyphens.")},
    )
    title = forms.CharField(label=_("Full title"), max_length=300)
    kind = forms.ChoiceField(label=_("Form"), error_messages=CHOICE)
    legally_binding = forms.ChoiceField(label=_("Legal force"), error_messages=CHOICE)
    level = forms.ChoiceField(label=_("Level"), error_messages=CHOICE)
    signed_on = day_field(_("Signed on"), required=True)
    guarantor = forms.ChoiceField(label=_("Guarantor"), error_messages=CHOICE)
    beneficiary = forms.ChoiceField(label=_("Beneficiary"), error_messages=CHOICE)
    help = forms.ChoiceField(label=_("Kind of help"), error_messages=CHOICE)
    strength = forms.ChoiceField(label=_("Verb of the text"), error_messages=CHOICE)
    summary = forms.CharField(label=_("The obligation in your own words"), max_length=300)
    url = forms.URLField(label=_("Address of the source"), assume_scheme="https")
    basis = forms.ChoiceField(label=_("How it was read"), error_messages=CHOICE)

    def __init__(self, data: FormData, *, room: Room) -> None:
        super().__init__(data, auto_id="start-%s")
        known = room.register.vocabulary.words
        self._offer("kind", _listed(words.KINDS, known["kind"], without=("proposal",)))
        self._offer("legally_binding", _listed(words.BINDING, known["legally_binding"]))
        self._offer("level", _listed(words.LEVELS, known["level"], without=("none",)))
        self._offer("guarantor", room.actors)
        self._offer("beneficiary", room.actors)
        self._offer("help", _listed(words.HELP, known["obligation_kind"]))
        self._offer("strength", _listed(words.STRENGTHS, known["strength"], without=("may",)))
        self._offer("basis", _listed(words.BASES, known["basis"]))
        if data is None:
            self.fields["beneficiary"].initial = room.beneficiary
            self.fields["guarantor"].initial = _EXAMPLE["guarantor"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _listed(
    list_: words.Words, known: tuple[str, ...], *, without: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    return [(word, words.said(list_, word)) for word in known if word not in without]


def begun(start: StartForm | None, today: date) -> str:
    """Write the text that the fields make, or an example where they were not filled in."""
    said = _EXAMPLE | {"signed_on": today}
    if start is not None and start.is_bound and start.is_valid():
        said = said | start.cleaned_data
    quoted = {name: literal(str(value)) for name, value in said.items()}
    is_example = said["id"] == _EXAMPLE["id"]
    return _TEXT.format(
        **quoted,
        day=said["signed_on"].isoformat(),
        today=today.isoformat(),
        trigger=_ATTACK if is_example else _STANDING,
    )


_EXAMPLE: dict[str, Any] = {
    "id": "new-instrument",
    "title": "The full title of the text",
    "kind": "political_agreement",
    "legally_binding": "no",
    "level": "2",
    "guarantor": "GB",
    "beneficiary": "UA",
    "help": "consult",
    "strength": "will",
    "summary": "Consult within 24 hours of an armed attack.",
    "url": "https://example.org/the-page-where-it-was-read",
    "basis": "press",
}

_ATTACK = """\
duty = "achievement"
trigger = { events = ["armed_attack"], by = ["RU"], against = ["UA"], requires = { new_attack = true } }
deadline = { within = "PT24H", from = "trigger", qualifier = "hard" }"""

_STANDING = """\
# Owed throughout the term; for an event write duty = "achievement" and name it, with by, against and a deadline.
duty = "maintenance"
trigger = { events = ["standing"] }"""

_TEXT = """\
schema = "pledgeline-guarantee/0.1"
id = {id}
title = {title}
short_title = "What people call it"
kind = {kind}
status = "signed"
status_as_of = {today}
level = {level}
signed_on = {day}
legally_binding = {legally_binding}
time_zone = "Europe/Kyiv"
time_zone_basis = "assumed"
summary = "One sentence that says what it is about."
gaps = ["What we know that we do not know"]

[[parties]]
id = {guarantor}
role = "guarantor"

[[parties]]
id = {beneficiary}
role = "beneficiary"

[[obligations]]
id = "first"
kind = {help}
by = [{guarantor}]
to = [{beneficiary}]
mode = "several"
strength = {strength}
discretion = "none"
summary = {summary}
{trigger}
basis = {basis}
source = ["s1"]

[[sources]]
id = "s1"
url = {url}
kind = "press"
read = "excerpt"
"""
