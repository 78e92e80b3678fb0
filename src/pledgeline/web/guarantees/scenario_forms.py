"""The forms of a scenario: what it assumes, what happens, what was done, and which conditions are met.

Each row writes a table of TOML, so that the one reader of scenarios judges what was written here too.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.guarantees.durations import parse_duration
from pledgeline.guarantees.moments import zone
from pledgeline.money import is_currency
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room

MOST_ROWS = 8
ZONES = ("Europe/Kyiv", "UTC", "Europe/London", "Europe/Paris", "America/New_York", "Asia/Tokyo")
STATUSES = (
    ("", gettext_lazy("as told")),
    ("alleged", gettext_lazy("alleged")),
    ("attributed", gettext_lazy("attributed")),
    ("confirmed", gettext_lazy("confirmed")),
)
EVENT_NUMBERS = [("", "–"), *((f"e{n}", str(n)) for n in range(1, MOST_ROWS + 1))]
_DAY = {"invalid": gettext_lazy("Write the day as year-month-day, for example 2026-12-05.")}
_TIME = {"invalid": gettext_lazy("Write the time as hours and minutes, for example 04:00.")}
_CHOICE = {"invalid_choice": gettext_lazy("“%(value)s” is not in the list.")}
_NUMBER = {
    "invalid": gettext_lazy("Write a whole number."),
    "min_value": gettext_lazy("Write a number of 0 or more."),
    "max_value": gettext_lazy("Write a smaller number."),
}


def _day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DAY,
    )


class ScenarioForm(forms.Form):
    """What a scenario is called, and what it assumes."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=150)
    assume = forms.ChoiceField(
        label=gettext_lazy("Assume in force"),
        required=False,
        error_messages=_CHOICE,
        help_text=gettext_lazy("A proposal is only ever in force because a scenario says so."),
    )
    assume_on = _day_field(gettext_lazy("From"))

    def __init__(self, data: Any, *, room: Room, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="scenario-%s", initial=dict(initial or {}))
        self.fields["assume"].choices = [("", _("nothing")), *_instruments(room)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("assume") and not cleaned.get("assume_on") and "assume_on" not in self.errors:
            self.add_error("assume_on", _("Say from which day."))
        return cleaned


class RowForm(forms.Form):
    """One row of a scenario, with its moment. Without a time of day only its day is known."""

    letter: ClassVar[str]
    begun: ClassVar[frozenset[str]] = frozenset({"on", "time", "zone"})
    """The fields that a new row has filled in: alone they say nothing."""
    on = _day_field(gettext_lazy("Day"))
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=_TIME,
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Clock of"),
        required=False,
        choices=[(each, each.rpartition("/")[2].replace("_", " ")) for each in ZONES],
        error_messages=_CHOICE,
    )

    def __init__(
        self, data: Any, *, room: Room, number: int, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(
            data,
            prefix=f"{self.letter}{number}",
            auto_id="row-%s",
            initial=dict(initial or {}),
        )
        self.number = number
        self.room = room

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def is_empty(self) -> bool:
        """Say whether nobody wrote anything here."""
        return not self._says_something(self.cleaned_data)

    def _says_something(self, cleaned: Mapping[str, Any]) -> bool:
        return any(value for name, value in cleaned.items() if name not in self.begun)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._says_something(cleaned):
            self._check(cleaned)
            if not cleaned.get("on") and "on" not in self.errors:
                self.add_error("on", _("Say on which day."))
        self._check_clock(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any]) -> None:
        """Add what is wrong with a row in which something is written."""

    def _check_clock(self, cleaned: dict[str, Any]) -> None:
        """Refuse a time that the clock of that place never shows, or shows twice."""
        if not (cleaned.get("on") and cleaned.get("time")):
            return
        there = zone(cleaned.get("zone") or ZONES[0])
        try:
            local = datetime.combine(cleaned["on"], cleaned["time"], there)
            back = local.astimezone(UTC).astimezone(there).replace(tzinfo=None)
            offsets = {local.replace(fold=fold).utcoffset() for fold in (0, 1)}
        except OverflowError:
            self.add_error("on", _("Choose a day of this age."))
            return
        if back != local.replace(tzinfo=None):
            self.add_error("time", _("The clock is put forward over this time: it does not exist there."))
        elif len(offsets) > 1:
            self.add_error(
                "time", _("The clock is put back and shows this time twice: give the time of UTC instead.")
            )

    def _moment(self) -> str:
        said = self.cleaned_data
        if not said.get("time"):
            return f"on = {said['on'].isoformat()}"
        local = datetime.combine(said["on"], said["time"], zone(said.get("zone") or ZONES[0]))
        return f'at = "{local.isoformat(timespec="minutes")}"'


class EventForm(RowForm):
    """One event. A clock that starts with an event of which only the day is known has a window."""

    letter = "e"
    begun = frozenset({"zone"})
    field_order = ("kind", "on", "time", "zone")
    kind = forms.ChoiceField(label=gettext_lazy("What happens"), required=False, error_messages=_CHOICE)
    by = forms.ChoiceField(label=gettext_lazy("By"), required=False, error_messages=_CHOICE)
    against = forms.ChoiceField(label=gettext_lazy("Against"), required=False, error_messages=_CHOICE)
    episode = forms.CharField(
        label=gettext_lazy("Episode"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Events of one episode open each duty once."),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Known as"), required=False, choices=STATUSES, error_messages=_CHOICE
    )
    learnt_on = _day_field(gettext_lazy("Learnt on"))
    instrument = forms.ChoiceField(
        label=gettext_lazy("Which instrument"),
        required=False,
        error_messages=_CHOICE,
        help_text=gettext_lazy("For a notice: what it ends."),
    )
    about = forms.ChoiceField(
        label=gettext_lazy("About"),
        required=False,
        choices=EVENT_NUMBERS,
        error_messages=_CHOICE,
        help_text=gettext_lazy("For a request, or facts learnt later: the number of the event."),
    )

    def __init__(
        self, data: Any, *, room: Room, number: int, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, room=room, number=number, initial=initial)
        kinds = [("", "–"), *((each, words.said(words.EVENTS, each)) for each in _offered(room))]
        self._offer("kind", kinds)
        self._offer("by", _actors(room))
        self._offer("against", _actors(room))
        self._offer("instrument", [("", "–"), *_instruments(room)])
        for fact, type_ in room.register.vocabulary.fact_types.items():
            label = words.said(words.FACTS, fact)
            if type_ == "bool":
                answers = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
                self.fields[f"fact_{fact}"] = forms.ChoiceField(
                    label=label, required=False, choices=answers, error_messages=_CHOICE
                )
            else:
                self.fields[f"fact_{fact}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=20,
                    widget=forms.TextInput(attrs={"placeholder": "P3D"}),
                )

    @property
    def facts(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("fact_")]

    @property
    def has_fact_errors(self) -> bool:
        return any(name.startswith("fact_") for name in self.errors)

    @property
    def asked(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith("fact_")]

    def _check(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Say what happens."))
        if cleaned.get("kind") == "notice_of_termination" and not cleaned.get("instrument"):
            self.add_error("instrument", _("Say which instrument the notice ends."))
        if cleaned.get("on") and cleaned.get("learnt_on") and cleaned["learnt_on"] < cleaned["on"]:
            self.add_error("learnt_on", _("Nobody learns of an event before it happens: choose a later day."))
        for name, field in self.fields.items():
            if name.startswith("fact_") and isinstance(field, forms.CharField) and cleaned.get(name):
                try:
                    parse_duration(cleaned[name])
                except ValueError:
                    self.add_error(name, _("Write a duration such as PT72H or P3D."))

    def toml(self) -> str:
        """Write the event as a table of TOML."""
        said = self.cleaned_data
        lines = ["[[events]]", f'id = "e{self.number}"', f"kinds = {json.dumps([said['kind']])}"]
        lines.append(self._moment())
        if said.get("learnt_on"):
            lines.append(f"learnt_on = {said['learnt_on'].isoformat()}")
        for name in ("by", "against"):
            if said.get(name):
                lines.append(f"{name} = {json.dumps([said[name]])}")
        for name, key in (
            ("episode", "episode"),
            ("status", "status"),
            ("instrument", "instrument"),
            ("about", "ref"),
        ):
            if said.get(name):
                lines.append(f"{key} = {in_toml(said[name])}")
        facts = {
            name.removeprefix("fact_"): value for name, value in said.items() if name.startswith("fact_")
        }
        known = [
            f"{name} = {'true' if value == 'yes' else 'false' if value == 'no' else in_toml(value)}"
            for name, value in facts.items()
            if value
        ]
        if known:
            lines.append(f"facts = {{ {', '.join(known)} }}")
        return "\n".join(lines)


class RecordForm(RowForm):
    """Something that was done, paid or delivered on a duty."""

    letter = "r"
    field_order = ("duty", "on", "time", "zone", "by", "about")
    duty = forms.ChoiceField(label=gettext_lazy("Which duty"), required=False, error_messages=_CHOICE)
    by = forms.ChoiceField(label=gettext_lazy("By"), required=False, error_messages=_CHOICE)
    about = forms.ChoiceField(
        label=gettext_lazy("For event"),
        required=False,
        choices=EVENT_NUMBERS,
        error_messages=_CHOICE,
        help_text=gettext_lazy("The number of the event that opened the duty."),
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("For a yearly duty: the year it counts for."),
    )
    amount = forms.CharField(
        label=gettext_lazy("Amount"), required=False, max_length=24, help_text=gettext_lazy("In whole units.")
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), required=False, max_length=3)
    quantity = forms.IntegerField(
        label=gettext_lazy("Quantity"),
        required=False,
        min_value=0,
        max_value=10**12 - 1,
        error_messages=_NUMBER,
    )

    def __init__(
        self, data: Any, *, room: Room, number: int, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, room=room, number=number, initial=initial)
        duties = [
            (
                one.name,
                [
                    (f"{one.id}/{each.id}", f"{words.said(words.HELP, each.kind)}: {_short(each.summary)}")
                    for each in one.obligations
                ],
            )
            for one in sorted(room.register.instruments, key=lambda one: one.name)
        ]
        self._offer("duty", [("", "–"), *duties])
        self._offer("by", _actors(room))

    def _check(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("duty") and "duty" not in self.errors:
            self.add_error("duty", _("Say which duty this was done on."))
        amount, currency = cleaned.get("amount"), (cleaned.get("currency") or "").upper()
        if amount and not re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,4})?", amount):
            self.add_error("amount", _("Write digits only, for example 2500000."))
        if currency and not is_currency(currency):
            self.add_error("currency", _("Write a code of ISO 4217, for example EUR."))
        elif amount and not currency and cleaned.get("duty") and not self._currency_of(cleaned["duty"]):
            self.add_error("currency", _("The duty names no currency: say which one it was paid in."))

    def _currency_of(self, duty: str) -> str:
        instrument, _slash, obligation = duty.partition("/")
        for each in self.room.register.by_id[instrument].obligations:
            if each.id == obligation and each.money is not None and each.money.amount is not None:
                return each.money.amount.currency
        return ""

    def toml(self, episodes: Mapping[str, str]) -> str:
        """Write the record as a table of TOML; `episodes` says to which one each event belongs."""
        said = self.cleaned_data
        instrument, _slash, obligation = said["duty"].partition("/")
        lines = ["[[records]]", f'id = "r{self.number}"', f"instrument = {in_toml(instrument)}"]
        lines += [f"obligation = {in_toml(obligation)}", self._moment()]
        if said.get("by"):
            lines.append(f"by = {json.dumps([said['by']])}")
        if said.get("about"):
            lines.append(f"episode = {in_toml(episodes.get(said['about'], said['about']))}")
        if said.get("period"):
            lines.append(f"period = {in_toml(said['period'])}")
        if said.get("amount"):
            currency = said.get("currency", "").upper() or self._currency_of(said["duty"])
            lines.append(f"amount = {{ value = {in_toml(said['amount'])}, currency = {in_toml(currency)} }}")
        if said.get("quantity") is not None:
            lines.append(f"quantity = {said['quantity']}")
        return "\n".join(lines)


class ConditionForm(RowForm):
    """A condition of the register that was met, or was refused."""

    letter = "c"
    field_order = ("condition", "met", "on", "time", "zone")
    condition = forms.ChoiceField(
        label=gettext_lazy("Which condition"), required=False, error_messages=_CHOICE
    )
    met = forms.ChoiceField(
        label=gettext_lazy("It is"),
        required=False,
        choices=[("", "–"), ("yes", gettext_lazy("met")), ("no", gettext_lazy("not met"))],
        error_messages=_CHOICE,
    )

    def __init__(
        self, data: Any, *, room: Room, number: int, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, room=room, number=number, initial=initial)
        conditions = [
            (
                one.name,
                [
                    (f"{one.id}/{each.id}/{stands.kind}/{stands.by}", _told(room, each.kind, stands))
                    for each in one.obligations
                    for stands in each.conditions
                ],
            )
            for one in sorted(room.register.instruments, key=lambda one: one.name)
        ]
        self._offer("condition", [("", "–"), *((name, ways) for name, ways in conditions if ways)])

    def _check(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("condition") and "condition" not in self.errors:
            self.add_error("condition", _("Say which condition."))
        if not cleaned.get("met") and "met" not in self.errors:
            self.add_error("met", _("Say whether it is met."))

    def toml(self) -> str:
        """Write the person's record of the condition as a table of TOML."""
        instrument, obligation, kind, by = self.cleaned_data["condition"].split("/")
        lines = [
            "[[conditions]]",
            f"instrument = {in_toml(instrument)}",
            f"obligation = {in_toml(obligation)}",
        ]
        lines += [
            f"kind = {in_toml(kind)}",
            f"met = {'true' if self.cleaned_data['met'] == 'yes' else 'false'}",
        ]
        if by:
            lines.append(f"by = {in_toml(by)}")
        return "\n".join([*lines, self._moment()])


def in_toml(text: str) -> str:
    """Write a text as a TOML string.

    >>> in_toml('a "b"')
    '"a \\\\"b\\\\""'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _offered(room: Room) -> list[str]:
    """List the kinds of event that a form offers: those that happen, not `standing` or the calendar."""
    parents = room.register.vocabulary.parents
    tops = {"security_event", "status_event", "procedural_event", "standing", "calendar"}
    return [each for each in parents if each not in tops - {"security_event"}]


def _instruments(room: Room) -> list[tuple[str, str]]:
    return [(each.id, each.name) for each in sorted(room.register.instruments, key=lambda one: one.name)]


def _actors(room: Room) -> list[tuple[str, str]]:
    return [("", _("not known")), *((code, room.name(code)) for code in room.register.actors.codes())]


def _told(room: Room, kind: str, condition: Any) -> str:
    said = f"{words.said(words.HELP, kind)}: {words.said(words.CONDITIONS, condition.kind)}"
    return f"{said} ({room.name(condition.by)})" if condition.by else said


def _short(summary: str) -> str:
    return summary if len(summary) <= 70 else f"{summary[:69].rsplit(' ', 1)[0]}…"
