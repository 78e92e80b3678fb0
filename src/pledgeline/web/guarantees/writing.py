"""Write a scenario: by a form for what is usual, or as TOML for everything else.

The form writes TOML and the TOML is read by the one reader there is; so both get the same findings,
and what the form made can be taken over into the text and grown from there.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pledgeline.actions.register import Overtaken
from pledgeline.guarantees import read_cases
from pledgeline.guarantees.cases import SCHEMA
from pledgeline.guarantees.toml_edit import literal
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.names import shown
from pledgeline.programme.sentences import Sentence, sentence
from pledgeline.queries.saved_scenarios import programmes_to_write_for, versions_of_scenario
from pledgeline.web.asked import visitor
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.guarantees.keeping import TooLongToCarry, begun_for, changed, may_change
from pledgeline.web.guarantees.scenario_forms import (
    MOST_ROWS,
    ZONES,
    ConditionForm,
    DatedForm,
    EventForm,
    RecordForm,
    ScenarioForm,
)
from pledgeline.web.guarantees.told import LONGEST_TEXT, AskedScenario, ready_names, ready_text, tell, unpack
from pledgeline.web.parameters import parameters_of


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
    """Give the text that a link brought along, to be changed; what nobody sees in it is written out."""
    parameters = parameters_of(request)
    packed = parameters.text("s")
    if not packed:
        written = versions_of_scenario(parameters.text("from"), visitor(request))
        known = [*ready_names(), *(version.key for version in written[:1])]
        name = parameters.choice("from", known, label=_("Scenario"))
        if name in ready_names():
            return ready_text(name)
        return written[0].text if name else ""
    try:
        return shown(unpack(packed))
    except ValueError:
        wrong = _("The scenario in this address is not whole: ask for the address again and copy all of it.")
        parameters.refuse("s", packed, wrong, label=_("Scenario"))
        return ""


def _from_text(request: HttpRequest, room: Room) -> HttpResponse:
    sent = request.FILES.get("file")
    text = request.POST.get("toml", "").replace("\r\n", "\n")
    if sent is not None:
        try:
            text = sent.read(LONGEST_TEXT + 1).decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            wrong = _finding(sentence("guarantees.scenario.no-utf-8"))
            return _page(request, room, text="", findings=(wrong,))
    return _answer(request, room, text)


def _from_form(request: HttpRequest, room: Room) -> HttpResponse:
    whole = ScenarioForm(request.POST, room=room)
    rows = _Rows.sent(request.POST, room)
    if rows.grow(request.POST, room):
        return _page(request, room, whole=whole, rows=rows)
    if not all([whole.is_valid(), *(form.is_valid() for form in rows.all)]):
        return _page(request, room, whole=whole, rows=rows)
    if all(event.is_empty for event in rows.events):
        wrong = _finding(sentence("guarantees.scenario.no-event"))
        return _page(request, room, whole=whole, rows=rows, findings=(wrong,))
    said = whole.cleaned_data
    title = said.get("title") or _("A scenario without a title")
    lines = [f"schema = {literal(SCHEMA)}", 'id = "written"', f"title = {literal(title)}"]
    if said.get("assume"):
        assumed = ({"instrument": said["assume"], "on": said["assume_on"]},)
        lines.append(f"assume_in_force = {literal(assumed)}")
    return _answer(request, room, "\n".join(lines) + "\n\n" + rows.toml() + "\n", whole=whole, rows=rows)


@dataclass(slots=True)
class _Rows:
    """The rows of a form: events, records of what was done, conditions."""

    events: list[EventForm]
    records: list[RecordForm] = field(default_factory=list)
    conditions: list[ConditionForm] = field(default_factory=list)

    @classmethod
    def sent(cls, data: Any, room: Room) -> "_Rows":
        def rows(form: Any, name: str, least: int) -> list[Any]:
            return [
                form(data, room=room, number=number)
                for number in range(1, _count(data.get(name, ""), least) + 1)
            ]

        return cls(
            rows(EventForm, "count", 1), rows(RecordForm, "records", 0), rows(ConditionForm, "conditions", 0)
        )

    @property
    def all(self) -> list[DatedForm]:
        return [*self.events, *self.records, *self.conditions]

    def grow(self, data: QueryDict, room: Room) -> bool:
        """Add the row that was asked for, and say whether one was."""
        if "more" in data and len(self.events) < MOST_ROWS:
            following = _following(self.events)
            self.events.append(EventForm(None, room=room, number=len(self.events) + 1, initial=following))
        elif "more_records" in data and len(self.records) < MOST_ROWS:
            usual = {"about": "e1"}
            self.records.append(RecordForm(None, room=room, number=len(self.records) + 1, initial=usual))
        elif "more_conditions" in data and len(self.conditions) < MOST_ROWS:
            self.conditions.append(ConditionForm(None, room=room, number=len(self.conditions) + 1))
        else:
            return False
        self.events = [event.unjudged() if event.is_bound else event for event in self.events]
        self.records = [record.unjudged() if record.is_bound else record for record in self.records]
        self.conditions = [
            condition.unjudged() if condition.is_bound else condition for condition in self.conditions
        ]
        return True

    def toml(self) -> str:
        events = [event for event in self.events if not event.is_empty]
        episodes = {f"e{event.number}": event.said.get("episode", f"e{event.number}") for event in events}
        return "\n\n".join(
            [
                *(event.toml() for event in events),
                *(record.toml(episodes) for record in self.records if not record.is_empty),
                *(condition.toml() for condition in self.conditions if not condition.is_empty),
            ]
        )


def _following(events: list[EventForm]) -> dict[str, object]:
    """Begin a further event where the last one was: the same day, sides and episode."""
    last = events[-1] if events else None
    if last is None or not last.is_bound:
        return {}
    return {
        name: last.data.get(last.add_prefix(name), "") for name in ("on", "zone", "by", "against", "episode")
    }


def _count(text: str, least: int) -> int:
    return min(max(int(text), least), MOST_ROWS) if text.isdecimal() and len(text) < 3 else least


def _answer(
    request: HttpRequest,
    room: Room,
    text: str,
    *,
    whole: ScenarioForm | None = None,
    rows: _Rows | None = None,
) -> HttpResponse:
    if not text.strip():
        wrong = _finding(sentence("guarantees.scenario.no-text"))
        return _page(request, room, text=text, findings=(wrong,))
    if len(text) > LONGEST_TEXT or "\0" in text:
        wrong = _finding(sentence("guarantees.scenario.long-text", most=LONGEST_TEXT))
        return _page(request, room, text="", findings=(wrong,))
    reading = read_cases("scenario.toml", text, room.register)
    findings = reading.findings
    if reading.cases:
        try:
            return redirect(_kept(request, room, text))
        except TooLongToCarry:
            findings = (_finding(sentence("guarantees.scenario.long-address")),)
        except Overtaken:
            findings = (_finding(sentence("guarantees.scenario.overtaken")),)
    return _page(request, room, text=text, findings=findings, whole=whole, rows=rows)


def _kept(request: HttpRequest, room: Room, text: str) -> str:
    """Keep what was written where it was said to go, and give the address of its answer."""
    told = _told_of(request, room)
    if told is not None:
        if request.POST.get("based_on") != str(len(told.versions)):
            raise Overtaken("another version was written since")
        return changed(request, room, told, text, left_open=())
    programme = request.POST.get("programme", "")
    allowed = dict(programmes_to_write_for(visitor(request)))
    return begun_for(
        request, room, text, programme=programme if programme in allowed else "", is_report=False
    )


def _told_of(request: HttpRequest, room: Room) -> AskedScenario | None:
    """Give the scenario of a programme that is changed, where this visitor may; else a new one is written."""
    key = request.POST.get("key", "") if request.method == "POST" else parameters_of(request).text("from")
    if not versions_of_scenario(key, visitor(request)):
        return None
    told = tell(request, room, key)
    return told if may_change(request, told) else None


def _page(
    request: HttpRequest,
    room: Room,
    *,
    text: str = "",
    findings: tuple[Finding, ...] = (),
    whole: ScenarioForm | None = None,
    rows: _Rows | None = None,
) -> HttpResponse:
    first = {
        "on": room.today + timedelta(days=1),
        "time": "04:00",
        "zone": ZONES[0],
        "against": room.beneficiary,
    }
    rows = rows or _Rows([EventForm(None, room=room, number=1, initial=first)])
    return show(
        request,
        "write.html",
        room,
        is_timeless=True,
        whole=whole or ScenarioForm(None, room=room),
        rows=rows,
        most=MOST_ROWS,
        text=text,
        findings=findings,
        kinds=room.register.vocabulary.parents,
        keep_for=programmes_to_write_for(visitor(request)),
        changes=_told_of(request, room),
        status=422
        if findings or any(form.errors for form in rows.all) or (whole is not None and whole.errors)
        else 200,
    )


def _finding(said: Sentence) -> Finding:
    return Finding(place=Place(file="scenario.toml", line=1), said=said)


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
