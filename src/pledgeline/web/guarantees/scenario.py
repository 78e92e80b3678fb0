"""A scenario: who owes what by when, what is only to be decided, and what has to be found out first."""

from datetime import UTC
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pledgeline.actions.register import Overtaken
from pledgeline.exchange.calendars import timeline_icalendar
from pledgeline.exchange.timelines import timeline_csv, timeline_text, timeline_xlsx
from pledgeline.guarantees import Timeline, check_case, timeline
from pledgeline.guarantees.checking import CaseResult
from pledgeline.guarantees.questions import claims
from pledgeline.queries.saved_scenarios import newest_scenarios, programmes_to_write_for
from pledgeline.records.snapshot import programme_names
from pledgeline.web.asked import visitor
from pledgeline.web.downloads import attached
from pledgeline.web.guarantees import pictures
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.guarantees.facts import (
    MOST_ASKED,
    NotAnswered,
    answered,
    answered_questions,
    open_facts,
    waiting,
)
from pledgeline.web.guarantees.first import first_things, next_act
from pledgeline.web.guarantees.keeping import TooLongToCarry, begun_for, carried, changed, may_change
from pledgeline.web.guarantees.parts import page_of, parts_of
from pledgeline.web.guarantees.told import WRITTEN, AskedScenario, iso_utc, ready_case, ready_names, tell
from pledgeline.web.parameters import parameters_of
from pledgeline.web.pictures import as_file

FORMATS = ("ics", "csv", "xlsx", "txt", "svg", "toml")

MOST_DRAWN = 80
"""Units: duties in the picture of the page; the file has all of them."""

LONGEST_PHONE = 4_000
"""Units: characters of the text for a telephone that the page shows; the file has all of it."""


def scenarios_page(request: HttpRequest) -> HttpResponse:
    """List the scenarios of one's programmes and the ready ones, and lead to writing one."""
    room = enter(request)
    cases = [(name, ready_case(room, name)) for name in ready_names()]
    ready = [(name, case.scenario) for name, case in cases if case is not None]
    written = newest_scenarios(visitor(request))
    return show(request, "scenarios.html", room, is_timeless=True, ready=ready, written=written)


def scenario_page(request: HttpRequest, name: str) -> HttpResponse:
    room = enter(request)
    return _answer(request, room, tell(request, room, name))


def answer_page(request: HttpRequest, name: str) -> HttpResponse:
    """Take the answer to an open fact: it leads to the scenario that says so, or comes back with what is wrong.

    Sent as a form by somebody who may write for the programme it becomes another version of the scenario.
    """
    room = enter(request)
    told = tell(request, room, name)
    if told.case is None:
        return _answer(request, room, told)
    is_sent = request.method == "POST"
    if is_sent and not may_change(request, told):
        raise PermissionDenied
    sent = request.POST if is_sent else parameters_of(request).know("event", "fact", "answer", "zone")
    try:
        answer = answered(sent, room.register, told)
        if not is_sent:
            return redirect(carried(room, answer.text, left_open=answer.left_open, told=told))
        return redirect(changed(request, room, told, answer.text, left_open=answer.left_open))
    except NotAnswered as problem:
        fault = str(problem)
    except TooLongToCarry:
        fault = _(
            "With this answer the scenario is too long for an address of the site. Leave out what does not matter."
        )
    except Overtaken:
        fault = _("Somebody else answered in the same moment. What they said stands here; answer again.")
        told = tell(request, room, name)
    return _answer(request, room, told, fault=fault)


def keep_page(request: HttpRequest) -> HttpResponse:
    """Keep a scenario that an address carries, for the people of a programme."""
    room = enter(request)
    told = tell(request, room, WRITTEN)
    programmes = programmes_to_write_for(visitor(request))
    programme = request.POST.get("programme", "")
    if told.case is None or programme not in dict(programmes):
        raise PermissionDenied
    return redirect(begun_for(request, room, told.text, programme=programme, is_report=False))


def _answer(request: HttpRequest, room: Room, told: AskedScenario, *, fault: str = "") -> HttpResponse:
    if told.case is None or told.as_of is None:
        return show(
            request,
            "scenario_wrong.html",
            room,
            is_timeless=True,
            told=told,
            status=400,
        )
    found = timeline(room.register, told.case.scenario, told.as_of, with_standing=told.with_standing)
    return show(
        request,
        "scenario.html",
        room,
        is_timeless=True,
        status=422 if fault else 200,
        told=told,
        fault=fault,
        found=found,
        **_duty(request, room, told, found),
        **_whole(request, room, told, found),
    )


def _duty(request: HttpRequest, room: Room, told: AskedScenario, found: Timeline) -> dict[str, object]:
    """Give what a duty officer needs: the next act, open facts, requests, deadlines, who is bound."""
    assert told.case is not None
    facts = open_facts(room.register, found, told.left_open)
    first = first_things(room, found, is_report=told.is_report)
    may_answer = may_change(request, told)
    answer_at = reverse("web:guarantees-scenario-answer", args=[told.name])
    if may_answer:
        # The clocks of requests begin at the moment that the page shows.
        query = {**room.kept, **told.parameters, "at": iso_utc(found.as_of)}
        answer_at = f"{answer_at}?{urlencode(query)}"
    return {
        "waiting": waiting(found),
        "facts": facts,
        "answered_questions": answered_questions(room.register, told.case.scenario),
        "most_asked": MOST_ASKED,
        "first": first,
        "next_act": next_act(found, facts, first),
        "may_answer": may_answer,
        "answer_at": answer_at,
        "keep_for": programmes_to_write_for(visitor(request)) if told.packed else [],
        "of_programme": _name_of(request, told),
    }


def _name_of(request: HttpRequest, told: AskedScenario) -> str:
    names = {row.slug: row.short_name for row in programme_names(visitor(request))}
    return names.get(told.version.programme, told.version.programme) if told.version else ""


def _whole(request: HttpRequest, room: Room, told: AskedScenario, found: Timeline) -> dict[str, Any]:
    """Give what stands below: every duty, the picture, what is assumed, the files."""
    assert told.case is not None
    assert told.as_of is not None
    parts = parts_of(found)
    lines = page_of(request, parts)
    phone = timeline_text(found)
    return {
        "here": reverse("web:guarantees-scenario", args=[told.name]),
        "parts": parts,
        "lines": lines,
        "pages": list(lines.paginator.get_elided_page_range(lines.number, on_each_side=2, on_ends=1)),
        "busy": claims(room.register, told.case.scenario, told.as_of),
        "picture": pictures.due_times(room, found, _address(told, "svg"), most=MOST_DRAWN),
        "files": [(form, _address(told, form)) for form in ("ics", "csv", "xlsx", "txt", "toml")],
        "phone": phone[:LONGEST_PHONE],
        "phone_is_cut": len(phone) > LONGEST_PHONE,
        "checked": _checked(room, told),
        "change": room.at("write", **({"s": told.packed} if told.packed else {"from": told.name})),
        "at": told.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M"),
    }


def scenario_file(request: HttpRequest, name: str, format_: str) -> HttpResponse:
    """Give the answer as a file; every line of every file says that it is a scenario."""
    room = enter(request)
    told = tell(request, room, name)
    if told.case is None or told.as_of is None:
        raise Http404("this scenario has findings")
    stem = f"scenario-{name if name != WRITTEN else 'written'}"
    if format_ == "toml":
        return attached(told.text, f"{stem}.toml", "application/toml; charset=utf-8")
    found = timeline(room.register, told.case.scenario, told.as_of, with_standing=told.with_standing)
    if format_ == "svg":
        return as_file(pictures.due_times(room, found, ""), stem)
    if format_ == "txt":
        return HttpResponse(timeline_text(found), content_type="text/plain; charset=utf-8")
    if format_ == "ics":
        stamp = timezone.now()
        calendar = timeline_icalendar(found, actors=room.register.actors, stamp=stamp)
        return attached(calendar, f"{stem}.ics", "text/calendar; charset=utf-8")
    if format_ == "csv":
        return attached(timeline_csv(found), f"{stem}.csv", "text/csv; charset=utf-8")
    return attached(timeline_xlsx(found), f"{stem}.xlsx")


def _address(told: AskedScenario, format_: str) -> str:
    address = reverse("web:guarantees-scenario-file", args=[told.name, format_])
    return f"{address}?{urlencode(told.parameters)}" if told.parameters else address


def _checked(room: Room, told: AskedScenario) -> CaseResult | None:
    """Compare with the answers that somebody worked out by hand, where the scenario brings them."""
    case = told.case
    if case is None or not (case.expect or case.ends or case.counts or case.coverage):
        return None
    return check_case(room.register, case)
