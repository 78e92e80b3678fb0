"""A scenario: who owes what by when, what is only to be decided, and what has to be found out first."""

from datetime import UTC

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from pledgeline.exchange.calendars import timeline_icalendar
from pledgeline.exchange.timelines import timeline_csv, timeline_text, timeline_xlsx
from pledgeline.guarantees import check_case, timeline
from pledgeline.guarantees.checking import CaseResult
from pledgeline.guarantees.questions import claims
from pledgeline.web.downloads import attached
from pledgeline.web.guarantees import pictures
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.guarantees.facts import (
    MOST_ASKED,
    NotAnswered,
    answered,
    answered_questions,
    open_questions,
    waiting,
)
from pledgeline.web.guarantees.first import first_things
from pledgeline.web.guarantees.parts import page_of, parts_of
from pledgeline.web.guarantees.scenario_forms import happened_now
from pledgeline.web.guarantees.told import WRITTEN, Told, ready_case, ready_names, ready_text, tell
from pledgeline.web.pictures import as_file

FORMATS = ("ics", "csv", "xlsx", "txt", "svg", "toml")

MOST_DRAWN = 80
"""Units: duties in the picture of the page; the file has all of them."""

LONGEST_PHONE = 4_000
"""Units: characters of the text for a telephone that the page shows; the file has all of it."""


def scenarios_page(request: HttpRequest) -> HttpResponse:
    """List the ready scenarios, and lead to writing one."""
    room = enter(request)
    cases = [(name, ready_case(room, name)) for name in ready_names()]
    ready = [(name, case.scenario) for name, case in cases if case is not None]
    return show(
        request, "scenarios.html", room, is_timeless=True, ready=ready, now=happened_now(room, timezone.now())
    )


def scenario_page(request: HttpRequest, name: str) -> HttpResponse:
    room = enter(request)
    return _answer(request, room, tell(request, room, name))


def answer_page(request: HttpRequest, name: str) -> HttpResponse:
    """Take the answer to an open fact: it leads to the scenario that says so, or comes back with what is wrong."""
    room = enter(request)
    told = tell(request, room, name)
    if told.case is None:
        return _answer(request, room, told)
    try:
        parameters = answered(request, room.register, told)
    except NotAnswered as problem:
        return _answer(request, room, told, fault=str(problem))
    address = reverse("web:guarantees-scenario", args=[WRITTEN])
    return redirect(f"{address}?{urlencode({**parameters, **room.kept})}")


def _answer(request: HttpRequest, room: Room, told: Told, *, fault: str = "") -> HttpResponse:
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
    parts = parts_of(found)
    lines = page_of(request, parts)
    phone = timeline_text(found)
    return show(
        request,
        "scenario.html",
        room,
        is_timeless=True,
        status=422 if fault else 200,
        told=told,
        fault=fault,
        found=found,
        waiting=waiting(found),
        open_questions=open_questions(room.register, found),
        most_asked=MOST_ASKED,
        answered_questions=answered_questions(room.register, told.case.scenario),
        first=first_things(room, found),
        answer_at=reverse("web:guarantees-scenario-answer", args=[told.name]),
        here=reverse("web:guarantees-scenario", args=[told.name]),
        parts=parts,
        lines=lines,
        pages=list(lines.paginator.get_elided_page_range(lines.number, on_each_side=2, on_ends=1)),
        busy=claims(room.register, told.case.scenario, told.as_of),
        picture=pictures.due_times(room, found, _address(told, "svg"), most=MOST_DRAWN),
        files=[(each, _address(told, each)) for each in ("ics", "csv", "xlsx", "txt", "toml")],
        phone=phone[:LONGEST_PHONE],
        phone_is_cut=len(phone) > LONGEST_PHONE,
        checked=_checked(room, told),
        change=reverse("web:guarantees-write")
        + "?"
        + urlencode({"s": told.packed} if told.packed else {"from": told.name}),
        at=told.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M"),
    )


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
        return attached(timeline_icalendar(found, stamp=stamp), f"{stem}.ics", "text/calendar; charset=utf-8")
    if format_ == "csv":
        return attached(timeline_csv(found), f"{stem}.csv", "text/csv; charset=utf-8")
    return attached(timeline_xlsx(found), f"{stem}.xlsx")


def _address(told: Told, format_: str) -> str:
    address = reverse("web:guarantees-scenario-file", args=[told.name, format_])
    return f"{address}?{urlencode(told.parameters)}" if told.parameters else address


def _checked(room: Room, told: Told) -> CaseResult | None:
    """Compare with the answers that somebody worked out by hand, where the scenario brings them."""
    case = told.case
    if case is None or not (case.expect or case.ends or case.counts or case.coverage):
        return None
    return check_case(room.register, case)


def text_of(name: str) -> str:
    """Give the text of a ready scenario; empty where there is none of that name."""
    return ready_text(name) if name in ready_names() else ""
