"""The usual fields of an instrument as a form: what is changed there is changed in the text, and nothing else.

The text stays what is saved. So comments, order and everything that has no field survive, and the
versions differ only in what somebody changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.guarantees.own_texts import OTHERS
from pledgeline.guarantees.toml_edit import Literal, with_value
from pledgeline.guarantees.toml_lines import Path
from pledgeline.programme.toml import read_toml
from pledgeline.web.fields import CHOICE, FormData, day_field
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room

MOST_OBLIGATIONS = 40
"""A text with more is written as a text."""


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields under one heading."""

    title: str
    fields: list[Any]
    has_errors: bool


class UsualForm(forms.Form):
    """Fields for one text; each knows the place of its value there.

    Raises:  NotToml when the text is no TOML.
    """

    def __init__(self, data: FormData, *, text: str, room: Room) -> None:
        super().__init__(data, prefix="u", auto_id="usual-%s")
        self.text, self.room = text, room
        self.values = read_toml(text)
        self.places: dict[str, Path] = {}
        self.parts_of: dict[str, str] = {}
        known = room.register.vocabulary.words
        self._whole(known)
        for number, party in enumerate(_tables(self.values, "parties")):
            title = _("Parties")
            name = f"p{number}_role"
            self._choice(name, title, ("parties", number, "role"), words.PARTY_ROLES, known["party_role"])
            self.fields[name].label = room.name(str(party.get("id", "")))
        for number, duty in enumerate(_tables(self.values, "obligations")[:MOST_OBLIGATIONS]):
            self._obligation(number, duty, known)

    # Fields

    def _whole(self, known: Mapping[str, tuple[str, ...]]) -> None:
        title = _("The instrument")
        self._text("title", title, ("title",), _("Full title"))
        self._text("short_title", title, ("short_title",), _("Short title"))
        self._choice("status", title, ("status",), words.STATUSES, known["status"], _("Status"))
        self._day("status_as_of", title, ("status_as_of",), _("Status known on"))
        self._choice(
            "binding", title, ("legally_binding",), words.BINDING, known["legally_binding"], _("Legal force")
        )
        self._day("signed_on", title, ("signed_on",), _("Signed on"))
        self._day("in_force_on", title, ("in_force_on",), _("In force on"))
        self._day("ends_on", title, ("ends_on",), _("Last day"))
        self._text("summary", title, ("summary",), _("Summary"))
        self._own_summary("", title, ())

    def _obligation(
        self, number: int, duty: Mapping[str, object], known: Mapping[str, tuple[str, ...]]
    ) -> None:
        title = _("Obligation “%(id)s”") % {"id": duty.get("id", number + 1)}
        at: Path = ("obligations", number)
        name = f"o{number}_"
        self._choice(
            f"{name}kind", title, (*at, "kind"), words.HELP, known["obligation_kind"], _("Kind of help")
        )
        self._codes(f"{name}by", title, (*at, "by"), _("Owed by"))
        self._codes(f"{name}to", title, (*at, "to"), _("Owed to"))
        self._choice(
            f"{name}strength",
            title,
            (*at, "strength"),
            words.STRENGTHS,
            known["strength"],
            _("Verb of the text"),
        )
        self._choice(
            f"{name}discretion", title, (*at, "discretion"), {}, known["discretion"], _("What is left open")
        )
        self._text(f"{name}summary", title, (*at, "summary"), _("In your own words"))
        self._own_summary(name, title, at)
        self._text(f"{name}within", title, (*at, "deadline", "within"), _("Within"))
        self.fields[f"{name}within"].help_text = _("PT24H is 24 hours, P3D three days.")
        self._choice(
            f"{name}from", title, (*at, "deadline", "from"), {}, known["deadline_from"], _("Counted from")
        )
        self._choice(
            f"{name}qualifier",
            title,
            (*at, "deadline", "qualifier"),
            {},
            known["deadline_qualifier"],
            _("How strict"),
        )
        self._text(f"{name}provision", title, (*at, "provision"), _("Provision"))
        self._choice(f"{name}basis", title, (*at, "basis"), words.BASES, known["basis"], _("How it was read"))

    def _own_summary(self, name: str, part: str, at: Path) -> None:
        """Offer the summary in the other languages in which the file has it, so that none is forgotten."""
        for language in filter(lambda language: _at(self.values, (*at, "names", language)), OTHERS):
            label = _("In your own words: %(language)s") % {"language": dict(settings.LANGUAGES)[language]}
            self._text(f"{name}{language}_summary", part, (*at, "names", language, "summary"), label)

    def _add(self, name: str, part: str, path: Path, field: forms.Field) -> None:
        field.required = False
        field.initial = _said(_at(self.values, path))
        self.fields[name] = field
        self.places[name] = path
        self.parts_of[name] = part

    def _text(self, name: str, part: str, path: Path, label: str) -> None:
        field = forms.CharField(label=label, max_length=400)
        if name.endswith(("title", "summary")):
            field.widget = forms.Textarea(attrs={"rows": 3, "maxlength": 400})
        self._add(name, part, path, field)

    def _day(self, name: str, part: str, path: Path, label: str) -> None:
        self._add(name, part, path, day_field(label))

    def _codes(self, name: str, part: str, path: Path, label: str) -> None:
        field = forms.CharField(
            label=label, max_length=400, help_text=gettext_lazy("Codes, with commas: FR, GB.")
        )
        self._add(name, part, path, field)

    def _choice(
        self, name: str, part: str, path: Path, said: words.Words, known: tuple[str, ...], label: str = ""
    ) -> None:
        standing = _said(_at(self.values, path))
        offered = [*known, *([standing] if standing and standing not in known else [])]
        choices = [("", "–"), *((word, words.said(said, str(word))) for word in offered)]
        self._add(name, part, path, forms.ChoiceField(label=label, choices=choices, error_messages=CHOICE))

    @property
    def parts(self) -> Iterator[FieldGroup]:
        """Give the fields under their headings, in the order of the text."""
        for title in dict.fromkeys(self.parts_of.values()):
            names = [name for name, part in self.parts_of.items() if part == title]
            yield FieldGroup(
                title, [self[name] for name in names], any(name in self.errors for name in names)
            )

    # What comes of it

    def changed_text(self) -> str:
        """Give the text with what was changed in the fields."""
        text = self.text
        for name, path in self.places.items():
            said = self.cleaned_data[name]
            if _said(said) == self.fields[name].initial:
                continue
            value: Literal | None = said or None
            if isinstance(_at(self.values, path), list) or path[-1] in ("by", "to"):
                value = tuple(part.strip() for part in str(said).split(",") if part.strip())
            if len(path) == 4 and _at(read_toml(text), path[:3]) is None:
                if value is not None:
                    text = with_value(text, path[:3], {str(path[3]): str(value)})
                continue
            text = with_value(text, path, value)
        return text


def _tables(values: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    found = values.get(key)
    return [table for table in found if isinstance(table, dict)] if isinstance(found, list) else []


def _at(values: Any, path: Path) -> Any:
    for key in path:
        try:
            values = values[key]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _said(value: object) -> str:
    """Write a value of the text as a field shows it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
