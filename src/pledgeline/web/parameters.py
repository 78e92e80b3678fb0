"""What an address asks for beyond its page: read here, and nowhere else.

What cannot be understood is gathered while the page is made: a value that its field does not take, a parameter that
the page does not have, one that is given twice. The answer is then not the page, but one that names each of them
with what is understood (`web/not_understood.py`): never today for a day that is none, never everything for a partner
whom nobody knows. A parameter with an empty value is a field that was left empty: it asks for nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

Text = str | Promise
Choices = tuple[tuple[str, Text], ...]
SomeForm = TypeVar("SomeForm", bound=forms.BaseForm)

LONGEST_WORDS = 200
"""Units: characters. More is not searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstood:
    """A parameter that makes no sense: what was written, what is wrong with it, and what would be understood.

    `choices` are the values that there are, where they can be listed; `is_day` says that a day is asked for.
    """

    name: str
    value: str
    wrong: Text
    label: Text = ""
    choices: Choices = ()
    is_day: bool = False
    is_known: bool = True


class NotUnderstood(Exception):
    """An address is not understood, and nothing can be done or shown without what it says."""


@dataclass
class Parameters:
    """The parameters of one address. Whoever reads one says with it what is understood.

    `turns` has which page of its table is shown, and how many there are.
    """

    data: QueryDict
    is_acting: bool = False
    shell: Callable[[], dict[str, object]] = dict
    faults: list[Misunderstood] = field(default_factory=list)
    known: dict[str, None] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    turns: tuple[int, int] = (1, 1)

    def text(self, name: str, *, most: int | None = None, label: Text = "") -> str:
        """Give a text as it stands; nothing where it is not given.

        One that has more than `most` characters is not understood.
        """
        value = self._only(name)
        if most is not None and len(value) > most:
            wrong = ngettext_lazy(
                "It is longer than %(most)d character.", "It is longer than %(most)d characters.", "most"
            )
            self.refuse(name, value, wrong % {"most": most}, label=label)
            return ""
        return value

    def words(self) -> str:
        """Give the words that a table is searched for, in small letters."""
        return self.text("q", most=LONGEST_WORDS, label=_("Words")).casefold()

    def choice(self, name: str, choices: Mapping[str, Text] | Iterable[str], *, label: Text) -> str:
        """Give one of the values that there are; nothing where none is given."""
        value = self._only(name)
        offered = choices if isinstance(choices, Mapping) else {choice: choice for choice in choices}
        if not value or value in offered:
            return value
        self.refuse(name, value, NOT_IN_THE_LIST, label=label, choices=tuple(offered.items()))
        return ""

    def number(self, name: str, *, least: int, most: int | None, label: Text) -> int | None:
        """Give a whole number, nothing where none is given."""
        value = self._only(name)
        is_whole = value.isascii() and value.isdecimal() and len(value) < 10 and str(int(value)) == value
        if not value or (is_whole and least <= int(value) and (most is None or int(value) <= most)):
            return int(value) if value else None
        wrong: Text = format_lazy(_("Whole numbers from {least} on are understood."), least=least)
        if most is not None:
            wrong = format_lazy(
                _("Whole numbers from {least} to {most} are understood."), least=least, most=most
            )
        self.refuse(name, value, wrong, label=label)
        return None

    def several(self, name: str) -> list[str]:
        """Give every value of a parameter that may stand several times, each once."""
        self.known[name] = None
        self.lists.add(name)
        return [value for value in dict.fromkeys(self.data.getlist(name)) if value]

    def form(self, form: SomeForm) -> SomeForm:
        """Check a form that was bound to `data`: what it does not accept is not understood.

        Its `cleaned_data` has what is left.
        """
        names = {form.add_prefix(name): name for name in form.fields}
        doubled = {name for name in names if self._only(name) != self.data.get(name, "")}
        form.is_valid()
        for key, name in names.items():
            wrong, value = " ".join(map(str, form.errors.get(name, ()))), self.data.get(key, "")
            if wrong and value and key not in doubled:
                self.refuse(key, value, wrong, **_described(form.fields[name]))
        return form

    def know(self, *names: str) -> QueryDict:
        """Hand out parameters that are judged elsewhere, with a message at their fields."""
        self.known.update(dict.fromkeys(names))
        return self.data

    def hand_on(self) -> str:
        """Give all parameters as they are written, for the page to which the request is sent on: it judges them."""
        self.know(*self.data)
        return self.data.urlencode()

    def said_beside(self, *names: str) -> list[tuple[str, str]]:
        """Give what the address says beside some parameters; a field that was left empty says nothing."""
        return [
            (name, value)
            for name, values in self.data.lists()
            for value in values
            if value and name not in names
        ]

    def refuse(
        self,
        name: str,
        value: str,
        wrong: Text,
        *,
        label: Text = "",
        choices: Choices = (),
        is_day: bool = False,
    ) -> None:
        """Note that a value is not understood.

        Raises:  NotUnderstood where the request would change something.
        """
        self.known[name] = None
        self.faults.append(
            Misunderstood(name=name, value=value, wrong=wrong, label=label, choices=choices, is_day=is_day)
        )
        if self.is_acting:
            raise NotUnderstood(name)

    def not_understood(self) -> list[Misunderstood]:
        """List what was not understood, with the parameters that nobody read."""
        unknown = [
            Misunderstood(
                name=name,
                value=", ".join(self.data.getlist(name)),
                wrong=_("This page has no parameter of this name."),
                is_known=False,
            )
            for name in self.data
            if name not in self.known
        ]
        return [*self.faults, *unknown]

    def _only(self, name: str) -> str:
        """Give the value of a parameter that may stand once."""
        self.known[name] = None
        values = list(dict.fromkeys(self.data.getlist(name)))
        if len(values) < 2:
            return values[0] if values else ""
        if not any(fault.name == name for fault in self.faults):
            wrong = _("It is given several times, each time differently: which is meant?")
            choices = tuple((value, value) for value in values if value)
            self.refuse(name, ", ".join(values), wrong, choices=choices)
        return ""


NOT_IN_THE_LIST = _("There is nothing of this name here.")


def parameters_of(request: HttpRequest) -> Parameters:
    """Give the parameters of a request's address: always the same object, which notes what was read."""
    known: Parameters | None = getattr(request, "parameters", None)
    if known is None:
        known = Parameters(request.GET, is_acting=request.method not in ("GET", "HEAD"))
        request.parameters = known  # type: ignore[attr-defined]
    return known


def _described(field: forms.Field) -> dict[str, Any]:
    choices = getattr(field, "choices", ())
    listed = tuple((str(value), label) for value, label in choices if value not in ("", None))
    return {"label": field.label or "", "choices": listed, "is_day": isinstance(field, forms.DateField)}
