"""The rows of the scenario form: events, what was done about them, and which conditions are met.

Each row writes itself as a table of TOML; the one reader there is then reads it like every other text.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.guarantees import Obligation
from pledgeline.guarantees.durations import parse_duration
from pledgeline.guarantees.moments import zone
from pledgeline.guarantees.toml_edit import Literal, literal
from pledgeline.web.fields import CHOICE, FormData, day_field
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room

MOST_ROWS = 8
ZONES = ("Europe/Kyiv", "UTC", "Europe/London", "Europe/Paris", "America/New_York", "Asia/Tokyo")
STATUSES = (
    ("", gettext_lazy("as written")),
    ("alleged", gettext_lazy("alleged")),
    ("attributed", gettext_lazy("attributed")),
    ("confirmed", gettext_lazy("confirmed")),
)
_TIME = {"invalid": gettext_lazy("Write the time as hours and minutes, for example 04:00.")}
_EVENT_NUMBERS = [("", "–"), *((f"e{n}", str(n)) for n in range(1, MOST_ROWS + 1))]


def clock_fault(day: date, hour: time, zone_name: str) -> str:
    """Say what is wrong with a time that the clock of a place never shows, or shows twice; else nothing."""
    there = zone(zone_name)
    local = datetime.combine(day, hour, there)
    back = local.astimezone(UTC).astimezone(there).replace(tzinfo=None)
    if back != local.replace(tzinfo=None):
        return _("The clock is put forward over this time: it does not exist there.")
    if len({local.replace(fold=fold).utcoffset() for fold in (0, 1)}) > 1:
        return _("The clock is put back and shows this time twice: give the time of UTC instead.")
    return ""


class ScenarioForm(forms.Form):
    """What a scenario is called, and what it assumes."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=150)
    assume = forms.ChoiceField(
        label=gettext_lazy("Assume in force"),
        required=False,
        error_messages=CHOICE,
        help_text=gettext_lazy("A proposal is only ever in force because a scenario says so."),
    )
    assume_on = day_field(gettext_lazy("From"))

    def __init__(self, data: FormData, *, room: Room) -> None:
        super().__init__(data, auto_id="scenario-%s")
        _offer(self, "assume", [("", _("nothing")), *_instruments(room)])

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("assume") and not cleaned.get("assume_on") and "assume_on" not in self.errors:
            self.add_error("assume_on", _("Say from which day."))
        return cleaned


class DatedForm(forms.Form):
    """A row with a day, and a time where it is known: without one the clocks of the rules have a window."""

    on = day_field(gettext_lazy("Day"))
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
        choices=[(name, name.rpartition("/")[2].replace("_", " ")) for name in ZONES],
        error_messages=CHOICE,
    )

    letter = ""

    def __init__(
        self,
        data: FormData,
        *,
        room: Room,
        number: int,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, prefix=f"{self.letter}{number}", auto_id="row-%s", initial=dict(initial or {}))
        self.number = number
        self.room = room

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value and name != "zone"}

    @property
    def is_empty(self) -> bool:
        """Say whether nobody wrote anything here: the clock alone says nothing."""
        return not self.said

    def unjudged(self) -> Self:
        """Give the same row before anybody checks it: who adds a row has not finished the others."""
        sent = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        return type(self)(None, room=self.room, number=self.number, initial=sent)

    def require(self, cleaned: dict[str, object], name: str, says: str) -> None:
        """Ask for a field that a row must have once anything is written in it."""
        is_begun = any(value for key, value in cleaned.items() if key != "zone")
        if is_begun and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, says)

    def check_clock(self, cleaned: dict[str, Any]) -> None:
        """Refuse a time that the clock of that place never shows, or shows twice."""
        if not (cleaned.get("on") and cleaned.get("time")):
            return
        try:
            fault = clock_fault(cleaned["on"], cleaned["time"], cleaned.get("zone") or ZONES[0])
        except OverflowError:
            self.add_error("on", _("Choose a day of this age."))
            return
        if fault:
            self.add_error("time", fault)

    def when(self) -> dict[str, Literal]:
        """Give the moment, or the day where no time is known, as the text names it."""
        said = self.cleaned_data
        if not said.get("time"):
            return {"on": said["on"]}
        local = datetime.combine(said["on"], said["time"], zone(said.get("zone") or ZONES[0]))
        return {"at": local.isoformat(timespec="minutes")}


class EventForm(DatedForm):
    """One event, of one kind or of two at once."""

    letter = "e"
    field_order = (
        "kind", "also", "on", "time", "zone", "by", "against", "episode", "status", "instrument", "about",
    )  # fmt: skip

    kind = forms.ChoiceField(label=gettext_lazy("What happens"), required=False, error_messages=CHOICE)
    also = forms.ChoiceField(
        label=gettext_lazy("And at once"),
        required=False,
        error_messages=CHOICE,
        help_text=gettext_lazy("Where one event is two: an attack that breaks a ceasefire."),
    )
    by = forms.ChoiceField(label=gettext_lazy("By"), required=False, error_messages=CHOICE)
    against = forms.ChoiceField(label=gettext_lazy("Against"), required=False, error_messages=CHOICE)
    episode = forms.CharField(
        label=gettext_lazy("Episode"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Events of one episode open each duty once."),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Known as"), required=False, choices=STATUSES, error_messages=CHOICE
    )
    instrument = forms.ChoiceField(
        label=gettext_lazy("Which instrument"),
        required=False,
        error_messages=CHOICE,
        help_text=gettext_lazy("For a notice: what it ends."),
    )
    about = forms.ChoiceField(
        label=gettext_lazy("About"),
        required=False,
        choices=_EVENT_NUMBERS,
        error_messages=CHOICE,
        help_text=gettext_lazy("For a request, or facts learnt later: the number of the event."),
    )

    def __init__(
        self, data: FormData, *, room: Room, number: int, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, room=room, number=number, initial=initial)
        actors = [("", _("not known")), *self.room.actors]
        kinds = [("", "–"), *((kind, words.said(words.EVENTS, kind)) for kind in _offered(self.room))]
        _offer(self, "kind", kinds)
        _offer(self, "also", kinds)
        _offer(self, "by", actors)
        _offer(self, "against", actors)
        _offer(self, "instrument", [("", "–"), *_instruments(self.room)])
        for fact, type_ in self.room.register.vocabulary.fact_types.items():
            label = words.said(words.FACTS, fact)
            if type_ == "bool":
                answers = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
                self.fields[f"fact_{fact}"] = forms.ChoiceField(
                    label=label, required=False, choices=answers, error_messages=CHOICE
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

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        self.require(cleaned, "kind", _("Say what happens."))
        self.require(cleaned, "on", _("Say on which day."))
        if cleaned.get("also") and cleaned["also"] == cleaned.get("kind"):
            self.add_error("also", _("This kind is named already."))
        is_notice = "notice_of_termination" in (cleaned.get("kind"), cleaned.get("also"))
        if is_notice and not cleaned.get("instrument"):
            self.add_error("instrument", _("Say which instrument the notice ends."))
        for name in self.fields:
            if (
                name.startswith("fact_")
                and isinstance(self.fields[name], forms.CharField)
                and cleaned.get(name)
            ):
                try:
                    parse_duration(cleaned[name])
                except ValueError:
                    self.add_error(name, _("Write a duration such as PT72H or P3D."))
        self.check_clock(cleaned)
        return cleaned

    def toml(self) -> str:
        """Write the event as a table of TOML."""
        said = self.said
        keys = {"episode": "episode", "status": "status", "instrument": "instrument", "about": "ref"}
        facts = {
            name.removeprefix("fact_"): {"yes": True, "no": False}.get(value, value)
            for name, value in said.items()
            if name.startswith("fact_")
        }
        return _table(
            "events",
            {
                "id": f"e{self.number}",
                "kinds": (said["kind"], *([said["also"]] if "also" in said else ())),
                **self.when(),
                **{name: (said[name],) for name in ("by", "against") if name in said},
                **{key: said[name] for name, key in keys.items() if name in said},
                **({"facts": facts} if facts else {}),
            },
        )


class RecordForm(DatedForm):
    """What somebody did, paid or delivered of what was promised."""

    letter = "r"
    field_order = ("clause", "by", "on", "time", "zone", "about", "period", "how_much")

    clause = forms.ChoiceField(label=gettext_lazy("What was promised"), required=False, error_messages=CHOICE)
    by = forms.ChoiceField(
        label=gettext_lazy("Who did it"),
        required=False,
        error_messages=CHOICE,
        help_text=gettext_lazy("Where each owes it, each needs a record of its own."),
    )
    about = forms.ChoiceField(
        label=gettext_lazy("After event"),
        required=False,
        choices=_EVENT_NUMBERS,
        error_messages=CHOICE,
        help_text=gettext_lazy("The number of the event that it answers."),
    )
    period = forms.CharField(
        label=gettext_lazy("For the period"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("For a promise of every year: 2025, or 2025/26."),
    )
    how_much = forms.IntegerField(
        label=gettext_lazy("How much"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=gettext_lazy("In the currency of the promise, without cents; or a number of things."),
        error_messages={"invalid": gettext_lazy("Write digits only.")},
    )

    def __init__(
        self, data: FormData, *, room: Room, number: int, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, room=room, number=number, initial=initial)
        _offer(self, "clause", [("", "–"), *_clauses(self.room)])
        _offer(self, "by", [("", "–"), *self.room.actors])

    @property
    def obligation(self) -> Obligation | None:
        instrument, _slash, obligation = self.cleaned_data.get("clause", "").partition("/")
        known = self.room.register.by_id.get(instrument)
        return known.obligation(obligation) if known else None

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        self.require(cleaned, "clause", _("Say which promise."))
        self.require(cleaned, "on", _("Say on which day."))
        self.require(cleaned, "by", _("Say who did it."))
        obligation = self.obligation
        if obligation and cleaned.get("how_much") and not (obligation.money or obligation.quantity):
            self.add_error("how_much", _("This promise names no number. Leave the field empty."))
        elif obligation and obligation.money and not obligation.money.amount and cleaned.get("how_much"):
            self.add_error("how_much", _("This promise names no currency. Write the record as a text below."))
        self.check_clock(cleaned)
        return cleaned

    def toml(self, episodes: Mapping[str, str]) -> str:
        """Write the record as a table of TOML; `episodes` gives the episode of each event."""
        said = self.said
        instrument, _slash, obligation = said["clause"].partition("/")
        record: dict[str, Literal] = {
            "id": f"r{self.number}",
            "instrument": instrument,
            "obligation": obligation,
            **self.when(),
            "by": (said["by"],),
        }
        if "about" in said:
            record["episode"] = episodes.get(said["about"], said["about"])
        if "period" in said:
            record["period"] = said["period"]
        if "how_much" in said:
            known = self.obligation
            record["amount" if known is not None and known.money else "quantity"] = said["how_much"]
        return _table("records", record)


class ConditionForm(DatedForm):
    """A condition of a clause, and from when it is met or is not."""

    letter = "c"
    field_order = ("condition", "met", "on", "time", "zone")

    condition = forms.ChoiceField(label=gettext_lazy("Condition"), required=False, error_messages=CHOICE)
    met = forms.ChoiceField(
        label=gettext_lazy("Is it met?"),
        required=False,
        choices=[("", "–"), ("yes", gettext_lazy("met")), ("no", gettext_lazy("not met, or refused"))],
        error_messages=CHOICE,
    )

    def __init__(
        self, data: FormData, *, room: Room, number: int, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, room=room, number=number, initial=initial)
        _offer(self, "condition", [("", "–"), *_conditions(self.room)])

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        self.require(cleaned, "condition", _("Say which condition."))
        self.require(cleaned, "met", _("Say whether it is met."))
        self.require(cleaned, "on", _("Say from which day."))
        self.check_clock(cleaned)
        return cleaned

    def toml(self) -> str:
        """Write the record of the condition as a table of TOML."""
        said = self.said
        instrument, obligation, kind, by = said["condition"].split("/")
        return _table(
            "conditions",
            {
                "instrument": instrument,
                "obligation": obligation,
                "kind": kind,
                **({"by": by} if by else {}),
                "met": said["met"] == "yes",
                **self.when(),
            },
        )


def _table(name: str, said: Mapping[str, Literal]) -> str:
    return "\n".join((f"[[{name}]]", *(f"{key} = {literal(value)}" for key, value in said.items())))


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _instruments(room: Room) -> list[tuple[str, str]]:
    return [(instrument.id, instrument.name) for instrument in room.instruments]


def _clauses(room: Room) -> list[tuple[str, list[tuple[str, str]]]]:
    """List what is promised, under the name of its instrument."""
    return [
        (
            instrument.name,
            [
                (
                    f"{instrument.id}/{obligation.id}",
                    f"{words.said(words.HELP, obligation.kind)}: {obligation.summary}"[:110],
                )
                for obligation in instrument.obligations
            ],
        )
        for instrument in room.instruments
    ]


def _conditions(room: Room) -> list[tuple[str, list[tuple[str, str]]]]:
    """List the conditions that decide whether something is owed, under the name of their instrument."""
    found = []
    for instrument in room.instruments:
        inside = {
            f"{instrument.id}/{obligation.id}/{condition.kind}/{condition.by}": " ".join(
                (
                    f"{obligation.id}: {words.said(words.CONDITIONS, condition.kind)}",
                    *([f"({room.name(condition.by)})"] if condition.by else []),
                )
            )
            for obligation in instrument.obligations
            for condition in obligation.conditions
            if condition.effect != "limits"
        }
        if inside:
            found.append((instrument.name, list(inside.items())))
    return found


def _offered(room: Room) -> list[str]:
    """List the kinds of event that a form offers: those that happen, not `standing` or the calendar."""
    parents = room.register.vocabulary.parents
    tops = {"security_event", "status_event", "procedural_event", "standing", "calendar"}
    return [parent for parent in parents if parent not in tops - {"security_event"}]
