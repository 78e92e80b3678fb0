"""Write a scenario: by a form for a few events, or as TOML for everything else.

The form writes TOML and the TOML is read by the one reader there is; so both get the same findings,
and what the form made can be taken over into the text and grown from there.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.guarantees import read_cases
from pledgeline.guarantees.cases import SCHEMA
from pledgeline.guarantees.durations import parse_duration
from pledgeline.guarantees.moments import zone
from pledgeline.programme.findings import Finding, Place
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.guarantees.scenario import text_of
from pledgeline.web.guarantees.told import LONGEST_PACKED, LONGEST_TEXT, WRITTEN, pack, unpack

MOST_EVENTS = 8
ZONES = ("Europe/Kyiv", "UTC", "Europe/London", "Europe/Paris", "America/New_York", "Asia/Tokyo")
STATUSES = (
    ("", gettext_lazy("as told")),
    ("alleged", gettext_lazy("alleged")),
    ("attributed", gettext_lazy("attributed")),
    ("confirmed", gettext_lazy("confirmed")),
)
_DAY = {"invalid": gettext_lazy("Write the day as year-month-day, for example 2026-12-05.")}
_TIME = {"invalid": gettext_lazy("Write the time as hours and minutes, for example 04:00.")}
_CHOICE = {"invalid_choice": gettext_lazy("“%(value)s” is not in the list.")}


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

    def __init__(self, data: Any, *, room: Room) -> None:
        super().__init__(data, auto_id="scenario-%s")
        self.fields["assume"].choices = [  # type: ignore[attr-defined]
            ("", _("nothing")),
            *((each.id, each.name) for each in sorted(room.register.instruments, key=lambda one: one.name)),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("assume") and not cleaned.get("assume_on") and "assume_on" not in self.errors:
            self.add_error("assume_on", _("Say from which day."))
        return cleaned


class EventForm(forms.Form):
    """One event. Without a time of day only its day is known, and a clock that starts with it has a window."""

    kind = forms.ChoiceField(label=gettext_lazy("What happens"), required=False, error_messages=_CHOICE)
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
    instrument = forms.ChoiceField(
        label=gettext_lazy("Which instrument"),
        required=False,
        error_messages=_CHOICE,
        help_text=gettext_lazy("For a notice: what it ends."),
    )
    about = forms.ChoiceField(
        label=gettext_lazy("About"),
        required=False,
        choices=[("", "–"), *((f"e{n}", str(n)) for n in range(1, MOST_EVENTS + 1))],
        error_messages=_CHOICE,
        help_text=gettext_lazy("For a request, or facts learnt later: the number of the event."),
    )

    def __init__(
        self, data: Any, *, room: Room, number: int, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=f"e{number}", auto_id="event-%s", initial=dict(initial or {}))
        self.number = number
        actors = [("", _("not known")), *((code, room.name(code)) for code in room.register.actors.codes())]
        kinds = [("", "–"), *((each, words.said(words.EVENTS, each)) for each in _offered(room))]
        self._offer("kind", kinds)
        self._offer("by", actors)
        self._offer("against", actors)
        self._offer(
            "instrument",
            [
                ("", "–"),
                *(
                    (each.id, each.name)
                    for each in sorted(room.register.instruments, key=lambda one: one.name)
                ),
            ],
        )
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

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def facts(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("fact_")]

    @property
    def has_fact_errors(self) -> bool:
        return any(name.startswith("fact_") for name in self.errors)

    @property
    def asked(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith("fact_")]

    @property
    def is_empty(self) -> bool:
        """Say whether nobody wrote anything here: the clock alone says nothing."""
        return not any(value for name, value in self.cleaned_data.items() if name != "zone")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = any(value for name, value in cleaned.items() if name != "zone")
        if said and not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Say what happens."))
        if said and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", _("Say on which day."))
        if cleaned.get("kind") == "notice_of_termination" and not cleaned.get("instrument"):
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
        self._check_clock(cleaned)
        return cleaned

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

    def toml(self) -> str:
        """Write the event as a table of TOML."""
        said = self.cleaned_data
        lines = ["[[events]]", f'id = "e{self.number}"', f"kinds = {json.dumps([said['kind']])}"]
        if said.get("time"):
            local = datetime.combine(said["on"], said["time"], zone(said.get("zone") or ZONES[0]))
            lines.append(f'at = "{local.isoformat(timespec="minutes")}"')
        else:
            lines.append(f"on = {said['on'].isoformat()}")
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


def write_page(request: HttpRequest) -> HttpResponse:
    """Show the form and the text; a scenario without a finding leads to its answer."""
    room = enter(request)
    if request.method == "POST" and "toml" in request.POST:
        return _from_text(request, room)
    if request.method == "POST":
        return _from_form(request, room)
    text = _given(request)
    return _page(request, room, text=text or _EXAMPLE)


def _given(request: HttpRequest) -> str:
    """Give the text that a link brought along, to be changed."""
    if request.GET.get("s"):
        try:
            return unpack(request.GET["s"])
        except ValueError:
            return ""
    return text_of(request.GET.get("from", ""))


def _from_text(request: HttpRequest, room: Room) -> HttpResponse:
    sent = request.FILES.get("file")
    text = request.POST.get("toml", "").replace("\r\n", "\n")
    if sent is not None:
        try:
            text = sent.read(LONGEST_TEXT + 1).decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            wrong = _finding(_("The file is not a UTF-8 text."), _("Save it as UTF-8 and send it again."))
            return _page(request, room, text="", findings=(wrong,))
    return _answer(request, room, text)


def _from_form(request: HttpRequest, room: Room) -> HttpResponse:
    whole = ScenarioForm(request.POST, room=room)
    count = _count(request.POST.get("count", ""))
    events = [EventForm(request.POST, room=room, number=number) for number in range(1, count + 1)]
    good = all([whole.is_valid(), *(each.is_valid() for each in events)])
    if "more" in request.POST and count < MOST_EVENTS:
        events.append(EventForm(None, room=room, number=count + 1, initial=_following(events)))
        return _page(request, room, whole=whole, events=events)
    if not good:
        return _page(request, room, whole=whole, events=events)
    told = [each for each in events if not each.is_empty]
    if not told:
        wrong = _finding(_("The scenario has no event."), _("Say at least what happens, and on which day."))
        return _page(request, room, whole=whole, events=events, findings=(wrong,))
    said = whole.cleaned_data
    lines = [f'schema = "{SCHEMA}"', 'id = "written"']
    lines.append(f"title = {in_toml(said.get('title') or _('A scenario without a title'))}")
    if said.get("assume"):
        lines.append(
            f"assume_in_force = [{{ instrument = {in_toml(said['assume'])}, on = {said['assume_on'].isoformat()} }}]"
        )
    text = "\n".join(lines) + "\n\n" + "\n\n".join(each.toml() for each in told) + "\n"
    return _answer(request, room, text, whole=whole, events=events)


def _following(events: list[EventForm]) -> dict[str, Any]:
    """Begin a further event where the last one was: the same day, sides and episode."""
    last = events[-1] if events else None
    if last is None or not last.is_bound:
        return {}
    return {
        name: last.data.get(last.add_prefix(name), "") for name in ("on", "zone", "by", "against", "episode")
    }


def _count(text: str) -> int:
    return min(max(int(text), 1), MOST_EVENTS) if text.isdecimal() and len(text) < 3 else 1


def _answer(
    request: HttpRequest,
    room: Room,
    text: str,
    *,
    whole: ScenarioForm | None = None,
    events: list[EventForm] | None = None,
) -> HttpResponse:
    if not text.strip():
        wrong = _finding(_("There is no text."), _("Write the scenario, choose a file, or use the form."))
        return _page(request, room, text=text, findings=(wrong,))
    if len(text) > LONGEST_TEXT or "\0" in text:
        wrong = _finding(
            _("This is too long, or no text."), _("Send a TOML file of less than 200,000 characters.")
        )
        return _page(request, room, text="", findings=(wrong,))
    reading = read_cases("scenario.toml", text, room.register)
    packed = pack(text)
    findings = reading.findings
    if reading.cases and len(packed) > LONGEST_PACKED:
        findings = (
            _finding(
                _("The scenario is too long for an address of the site."),
                _(
                    "Leave out what does not matter, or ask at the command line: pledgeline guarantees timeline FILE"
                ),
            ),
        )
    elif reading.cases:
        address = reverse("web:guarantees-scenario", args=[WRITTEN])
        return redirect(f"{address}?{urlencode({'s': packed})}")
    return _page(request, room, text=text, findings=findings, whole=whole, events=events)


def _page(
    request: HttpRequest,
    room: Room,
    *,
    text: str = "",
    findings: tuple[Finding, ...] = (),
    whole: ScenarioForm | None = None,
    events: list[EventForm] | None = None,
) -> HttpResponse:
    first = {
        "on": room.today + timedelta(days=1),
        "time": "04:00",
        "zone": ZONES[0],
        "against": room.beneficiary,
    }
    rows = events or [EventForm(None, room=room, number=1, initial=first)]
    return show(
        request,
        "write.html",
        room,
        is_timeless=True,
        whole=whole or ScenarioForm(None, room=room),
        events=rows,
        may_grow=len(rows) < MOST_EVENTS,
        text=text,
        findings=findings,
        kinds=room.register.vocabulary.parents,
        status=422
        if findings or any(each.errors for each in rows) or (whole is not None and whole.errors)
        else 200,
    )


def _finding(wrong: str, way_out: str) -> Finding:
    return Finding(
        code="guarantees.scenario", place=Place(file="scenario.toml", line=1), wrong=wrong, way_out=way_out
    )


_EXAMPLE = f"""\
schema = "{SCHEMA}"
id = "my-scenario"
title = "A renewed attack, and a request an hour later"

[[events]]
id = "attack"
kinds = ["armed_attack"]
at = "2026-12-05T04:00:00+02:00"
by = ["RU"]
against = ["UA"]
episode = "ep-1"
facts = {{ new_attack = true }}

[[events]]
id = "request"
kinds = ["request"]
at = "2026-12-05T05:00:00+02:00"
by = ["UA"]
ref = "attack"
"""
