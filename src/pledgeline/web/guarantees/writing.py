"""Write a scenario: by a form for a few events, or as TOML for everything else.

The form writes TOML and the TOML is read by the one reader there is; so both get the same findings,
and what the form made can be taken over into the text and grown from there.
"""

from datetime import timedelta
from typing import Any, Self

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pledgeline.guarantees import read_cases
from pledgeline.guarantees.cases import SCHEMA
from pledgeline.programme.findings import Finding, Place
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.guarantees.scenario import text_of
from pledgeline.web.guarantees.scenario_forms import (
    MOST_ROWS,
    ZONES,
    ConditionForm,
    EventForm,
    RecordForm,
    ScenarioForm,
    in_toml,
)
from pledgeline.web.guarantees.told import LONGEST_PACKED, LONGEST_TEXT, WRITTEN, pack, unpack


def write_page(request: HttpRequest) -> HttpResponse:
    """Show the form and the text; a scenario without a finding leads to its answer."""
    room = enter(request)
    if request.method == "POST" and "toml" in request.POST:
        return _from_text(request, room)
    if request.method == "POST":
        return _from_form(request, room)
    text = _given(request)
    return _page(request, room, text=text)


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
    form = _Written(request.POST, room=room)
    if form.grow():
        return _page(request, room, form=form)
    if not form.is_valid():
        return _page(request, room, form=form)
    if not form.happened:
        wrong = _finding(_("The scenario has no event."), _("Say at least what happens, and on which day."))
        return _page(request, room, form=form, findings=(wrong,))
    return _answer(request, room, form.toml(), form=form)


class _Written:
    """The whole form: what is assumed, the events, what was done, and the conditions."""

    def __init__(self, data: Any, *, room: Room) -> None:
        self._room = room
        self.whole = ScenarioForm(data, room=room)
        self.rows: dict[str, list[Any]] = {
            kind.letter: [
                kind(data, room=room, number=number) for number in range(1, _count(data, kind.letter) + 1)
            ]
            for kind in (EventForm, RecordForm, ConditionForm)
        }

    @classmethod
    def beginning(cls, room: Room) -> Self:
        """Give a form that nobody has filled in: one event, tomorrow before dawn."""
        form = cls(None, room=room)
        first = {
            "on": room.today + timedelta(days=1),
            "time": "04:00",
            "zone": ZONES[0],
            "against": room.beneficiary,
        }
        form.rows["e"] = [EventForm(None, room=room, number=1, initial=first)]
        return form

    @property
    def events(self) -> list[EventForm]:
        return self.rows["e"]

    @property
    def records(self) -> list[RecordForm]:
        return self.rows["r"]

    @property
    def conditions(self) -> list[ConditionForm]:
        return self.rows["c"]

    @property
    def happened(self) -> list[EventForm]:
        return [each for each in self.events if not each.is_empty]

    def grow(self) -> bool:
        """Add the row whose button was pressed; say whether one was.

        What is half written is not judged yet, so the rows are shown again as they were sent.
        """
        for kind in (EventForm, RecordForm, ConditionForm):
            rows = self.rows[kind.letter]
            if f"more_{kind.letter}" in self.whole.data and len(rows) < MOST_ROWS:
                begun = _following(self.events[-1], kind.letter)
                self.whole = ScenarioForm(None, room=self._room, initial=_sent(self.whole))
                for each in self.rows.values():
                    each[:] = [
                        type(one)(None, room=self._room, number=one.number, initial=_sent(one))
                        for one in each
                    ]
                rows.append(kind(None, room=self._room, number=len(rows) + 1, initial=begun))
                return True
        return False

    def may_grow(self) -> dict[str, bool]:
        return {letter: len(rows) < MOST_ROWS for letter, rows in self.rows.items()}

    def is_valid(self) -> bool:
        return all(
            [self.whole.is_valid(), *(each.is_valid() for rows in self.rows.values() for each in rows)]
        )

    def has_errors(self) -> bool:
        """Say whether something that was written is wrong; what nobody wrote yet is not."""
        return bool(self.whole.errors) or any(each.errors for rows in self.rows.values() for each in rows)

    def toml(self) -> str:
        """Write the scenario as the text that the one reader reads."""
        said = self.whole.cleaned_data
        top = [f'schema = "{SCHEMA}"', 'id = "written"']
        top.append(f"title = {in_toml(said.get('title') or _('A scenario without a title'))}")
        if said.get("assume"):
            on = said["assume_on"].isoformat()
            top.append(f"assume_in_force = [{{ instrument = {in_toml(said['assume'])}, on = {on} }}]")
        events = self.happened
        episodes = {
            f"e{each.number}": each.cleaned_data.get("episode") or f"e{each.number}" for each in events
        }
        tables = [each.toml() for each in events]
        tables += [each.toml(episodes) for each in self.records if not each.is_empty]
        tables += [each.toml() for each in self.conditions if not each.is_empty]
        return "\n\n".join(["\n".join(top), *tables]) + "\n"


def _sent(form: forms.Form) -> dict[str, Any]:
    """Give the fields of a form as they were sent."""
    return {name: form.data.get(form.add_prefix(name), "") for name in form.fields}


def _following(last: EventForm, letter: str) -> dict[str, Any]:
    """Begin a further row where the last event was: the same day, and for an event its sides and episode."""
    names = {"on", "zone", "by", "against", "episode"} if letter == "e" else {"on", "zone"}
    return {name: value for name, value in _sent(last).items() if name in names}


def _count(data: Any, letter: str) -> int:
    """Read how many rows of a kind the form had: at least one event, and none that nobody asked for."""
    least = 1 if letter == "e" else 0
    text = (data or {}).get(f"count_{letter}", "")
    return min(max(int(text), least), MOST_ROWS) if text.isdecimal() and len(text) < 3 else least


def _answer(
    request: HttpRequest,
    room: Room,
    text: str,
    *,
    form: "_Written | None" = None,
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
    return _page(request, room, text=text, findings=findings, form=form)


def _page(
    request: HttpRequest,
    room: Room,
    *,
    text: str = "",
    findings: tuple[Finding, ...] = (),
    form: "_Written | None" = None,
) -> HttpResponse:
    return show(
        request,
        "write.html",
        room,
        is_timeless=True,
        form=form or _Written.beginning(room),
        text=text or _EXAMPLE,
        findings=findings,
        kinds=room.register.vocabulary.parents,
        status=422 if findings or (form is not None and form.has_errors()) else 200,
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
