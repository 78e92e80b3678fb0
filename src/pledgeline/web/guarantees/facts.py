"""Open facts are answered where they are shown: every answer leads to the scenario that says so.

A scenario of a programme gets another version; any other one another address. A ready scenario that is answered
becomes a written one. A fact that somebody found not known is asked about no longer, and still counts as not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pledgeline.guarantees import Case, Register, Scenario, Timeline
from pledgeline.guarantees.answers import event_of, with_event, with_fact, with_request
from pledgeline.guarantees.durations import Duration, parse_duration
from pledgeline.guarantees.instruments import Fact
from pledgeline.guarantees.moments import Moment, zone
from pledgeline.guarantees.scenarios import ScenarioEvent
from pledgeline.guarantees.timeline import TimelineLine, gathered
from pledgeline.guarantees.write_cases import scenario_toml
from pledgeline.queries.scenarios import usual_moment
from pledgeline.web.guarantees.scenario_forms import clock_fault
from pledgeline.web.guarantees.told import AskedScenario

SIDES = ("by", "against")
UNKNOWN = "unknown"

MOST_ASKED = 20
"""Units: open facts that a page asks about, those first on which most hangs, and known ones that it lets change."""

MOST_AT_ONCE = 3
"""Units: open facts that stand unfolded."""


class NotAnswered(ValueError):
    """An answer that cannot be taken; the message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact of an event with what is known of it, and the duties that hang on it.

    `way` says how it is answered: `yes-no`, `confirmed`, `actor`, `hours`, `time`, or not here. `answer` is what
    the form shows; empty where nobody knows.
    """

    event: ScenarioEvent | None
    episode: str
    fact: str
    way: str
    answer: str = ""
    lines: tuple[TimelineLine, ...] = ()

    @property
    def key(self) -> str:
        """Name the question within its page."""
        return f"{self.event.id if self.event else self.episode}-{self.fact}"

    @property
    def mark(self) -> str:
        """Name the question as it is noted among those whose answer is not known."""
        return _mark(self.event.id if self.event else self.episode, self.fact)

    @property
    def zone(self) -> str:
        """Name the clock by which an hour is asked: that of the first instrument that asks for it."""
        return self.lines[0].entry.instrument.zone if self.lines else "UTC"


def open_questions(register: Register, found: Timeline) -> list[Question]:
    """List what nobody has said and something hangs on, the fact first on which most duties hang."""
    events = {event.id: event for event in found.scenario.events}
    return [
        Question(
            event=events.get(unknown.event),
            episode=unknown.episode,
            fact=unknown.fact,
            way=_way(register, unknown.fact) if unknown.event in events else "",
            lines=gathered(unknown.obligations),
        )
        for unknown in found.unknowns
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFacts:
    """What is not known: to be answered first, the rest of it, and what somebody found not known."""

    first: tuple[Question, ...]
    further: tuple[Question, ...]
    left: tuple[Question, ...]
    is_cut: bool


def open_facts(register: Register, found: Timeline, left_open: Iterable[str]) -> OpenFacts:
    """Part the open questions: a screen holds few, and an answer often settles others."""
    questions = open_questions(register, found)
    left = tuple(question for question in questions if question.mark in left_open)
    asked = tuple(question for question in questions if question not in left)
    return OpenFacts(
        first=asked[:MOST_AT_ONCE],
        further=asked[MOST_AT_ONCE:MOST_ASKED],
        left=left[:MOST_ASKED],
        is_cut=len(asked) > MOST_ASKED,
    )


def waiting(found: Timeline) -> str:
    """Say how many duties wait for how many facts, and that they can be answered."""
    duties, facts = len(found.undetermined), len(found.unknowns)
    return pgettext("duties wait, for facts", "%(duties)s %(facts)s") % {
        "duties": ngettext("%(n)d duty waits", "%(n)d duties wait", duties) % {"n": duties},
        "facts": ngettext("for %(n)d fact: answer it here", "for %(n)d facts: answer them here", facts)
        % {"n": facts},
    }


def answered_questions(register: Register, scenario: Scenario) -> list[Question]:
    """List what the scenario says of its events, so that it can be answered otherwise."""
    security = [
        event
        for event in scenario.events
        if any("security_event" in register.vocabulary.lineage(kind) for kind in event.kinds)
    ]
    return [
        Question(
            event=event, episode=event.episode or event.id, fact=fact, way=_way(register, fact), answer=answer
        )
        for event in security
        for fact, answer in _said(event)
    ]


def _said(event: ScenarioEvent) -> list[tuple[str, str]]:
    sides = [
        (side, codes[0])
        for side, codes in zip(SIDES, (event.by, event.against), strict=True)
        if len(codes) == 1
    ]
    status = [("attribution", "yes")] if event.status in ("attributed", "confirmed") else []
    return [*((fact, _shown(value)) for fact, value in event.facts.items()), *sides, *status]


def _shown(value: Fact) -> str:
    if isinstance(value, Duration):
        return f"{value.rough().total_seconds() / 3600:g}"
    return "yes" if value else "no"


def _way(register: Register, fact: str) -> str:
    if fact in SIDES:
        return "actor"
    ways = {"attribution": "confirmed", "time": "time"}
    kinds = {"bool": "yes-no", "duration": "hours"}
    return ways.get(fact) or kinds.get(register.vocabulary.fact_types.get(fact, ""), "")


# Taking an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A scenario with an answer more, as a text, and what is still left as not known."""

    text: str
    left_open: frozenset[str]


def answered(sent: QueryDict, register: Register, told: AskedScenario) -> Answered:
    """Give the scenario that says what was answered.

    Raises:  NotAnswered, with the sentence for whoever asked.
    """
    assert told.case is not None
    event, fact, answer = (sent.get(name, "") for name in ("event", "fact", "answer"))
    try:
        known = event_of(told.case.scenario, event)
    except KeyError:
        raise NotAnswered(
            _("“%(event)s” is no event of this scenario. Answer one of the questions below.")
            % {"event": event[:40]}
        ) from None
    scenario = _changed(register, told, known, fact, answer, sent.get("zone", ""))
    mark = {_mark(event, fact)}
    left = told.left_open | mark if answer == UNKNOWN else told.left_open - mark
    return Answered(text=scenario_toml(scenario, _usual(told.case)), left_open=frozenset(left))


def _mark(event: str, fact: str) -> str:
    return f"{event}:{fact}"


def _usual(case: Case) -> Moment | None:
    """Give the moment of the scenario: answers by hand name moments too, and are not taken along."""
    if case.as_of is not None or not case.expect:
        return case.as_of
    return Moment(at=usual_moment(case))


def _changed(
    register: Register, told: AskedScenario, event: ScenarioEvent, fact: str, answer: str, clock: str
) -> Scenario:
    assert told.case is not None
    assert told.as_of is not None
    scenario = told.case.scenario
    way = "request" if fact == "request" else _way(register, fact)
    if answer == UNKNOWN and way in ("yes-no", "hours"):
        return with_fact(scenario, event.id, fact, None)
    if way == "yes-no" and answer in ("yes", "no"):
        return with_fact(scenario, event.id, fact, answer == "yes")
    if way == "hours" and answer.isdecimal() and len(answer) < 5:
        return with_fact(scenario, event.id, fact, parse_duration(f"PT{int(answer)}H"))
    if way == "confirmed" and answer in ("yes", UNKNOWN):
        status = "confirmed" if answer == "yes" else "alleged"
        return with_event(scenario, replace(event, status=status))
    if way == "actor" and (answer == UNKNOWN or answer in register.actors.codes()):
        codes = () if answer == UNKNOWN else (answer,)
        return with_event(
            scenario, replace(event, by=codes) if fact == "by" else replace(event, against=codes)
        )
    if way == "time" and event.when.on is not None:
        return with_event(scenario, replace(event, when=_moment(register, event.when, answer, clock)))
    if way == "request" and answer in register.actors.codes():
        return with_request(scenario, event.id, answer, Moment(at=told.as_of))
    raise NotAnswered(
        _("“%(answer)s” is no answer to this question. Choose one of those offered.")
        % {"answer": answer[:40]}
    )


def _moment(register: Register, day: Moment, answer: str, clock: str) -> Moment:
    assert day.on is not None
    try:
        hour = time.fromisoformat(answer)
    except ValueError:
        raise NotAnswered(_("Write the time as hours and minutes, for example 04:00.")) from None
    if clock not in {instrument.zone for instrument in register.instruments}:
        raise NotAnswered(_("This clock is not known here. Answer the question again."))
    fault = clock_fault(day.on, hour.replace(tzinfo=None), clock)
    if fault:
        raise NotAnswered(fault)
    return Moment(at=datetime.combine(day.on, hour.replace(tzinfo=None), zone(clock)))
