"""Compare, leave, pay, stop: four questions that are asked of the whole register."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.exchange.tables import Cell
from pledgeline.guarantees import Instrument, funding_by_year, removals, veto_points, without
from pledgeline.guarantees.moments import zone
from pledgeline.guarantees.questions import Veto, YearOfFunding
from pledgeline.money import in_full
from pledgeline.programme.names import alphabetical
from pledgeline.web.fields import CHOICE
from pledgeline.web.guarantees import pictures, words
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.guarantees.instrument import Judged, judged
from pledgeline.web.parameters import parameters_of
from pledgeline.web.pictures import as_file
from pledgeline.web.tables import table_file

MOST_COMPARED = 6
READY = (
    ("budapest-1994", "paris-declaration-2026"),
    ("budapest-1994", "minsk-2-2015", "us-ua-guarantee-2026"),
    ("nato-1949", "teu-42-7", "us-jp-1960"),
    ("ua-gb-2024", "ua-us-2024", "ua-eu-2024"),
)
"""Comparisons that people ask for first."""


# Compare


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One property of all instruments compared."""

    property: str
    answers: tuple[Judged, ...]


def compare_page(request: HttpRequest) -> HttpResponse:
    room = enter(request)
    chosen = _chosen(request, room)
    return show(
        request,
        "compare.html",
        room,
        is_timeless=True,
        chosen=chosen,
        rows=_compared(room, chosen),
        every=room.instruments,
        slots=[*(instrument.id for instrument in chosen), "", ""][
            : max(2, min(len(chosen) + 1, MOST_COMPARED))
        ],
        ready=[
            (ids, " · ".join(room.register.by_id[name].name for name in ids))
            for ids in READY
            if all(name in room.register.by_id for name in ids)
        ],
        most=MOST_COMPARED,
        query="&".join(f"i={instrument.id}" for instrument in chosen),
    )


def compare_file(request: HttpRequest, format_: str) -> HttpResponseBase:
    room = enter(request)
    chosen = _chosen(request, room)
    header = {"property": _("Property")}
    for instrument in chosen:
        header |= {
            instrument.id: instrument.name,
            f"{instrument.id}_reason": _("Reason"),
            f"{instrument.id}_clauses": _("Clauses"),
        }
    rows: list[Sequence[Cell]] = []
    for row in _compared(room, chosen):
        cells: list[Cell] = [words.said(words.PROPERTIES, row.property)]
        for answer in row.answers:
            clauses = ", ".join(
                f"{clause.id} ({clause.provision or _('provision not known')}; {words.said(words.BASES, clause.basis)})"
                for clause in answer.clauses
            )
            cells += [words.said(words.ANSWERS, answer.answer.answer), str(answer.answer.reason), clauses]
        rows.append(cells)
    return table_file(
        request, format_, name="guarantees-compared", title=_("Compared"), header=header, rows=rows
    )


def _chosen(request: HttpRequest, room: Room) -> list[Instrument]:
    parameters = parameters_of(request)
    chosen: list[Instrument] = []
    for id_ in parameters.several("i"):
        if id_ not in room.register.by_id:
            wrong = _("No instrument of the register has this id.")
            parameters.refuse("i", id_, wrong, label=_("Instrument"))
        elif len(chosen) == MOST_COMPARED:
            most = {"most": MOST_COMPARED}
            wrong = _("At most %(most)d instruments are compared: this is one more.") % most
            parameters.refuse("i", id_, wrong, label=_("Instrument"))
        else:
            chosen.append(room.register.by_id[id_])
    return chosen


def _compared(room: Room, chosen: Sequence[Instrument]) -> list[ComparedRow]:
    columns = [judged(room, instrument) for instrument in chosen]
    return [ComparedRow(property=row[0].answer.property, answers=row) for row in zip(*columns, strict=True)]


# If a guarantor leaves


class LeaversForm(forms.Form):
    """One or two who leave."""

    x = forms.ChoiceField(label=gettext_lazy("Who leaves"), required=False, error_messages=CHOICE)
    y = forms.ChoiceField(label=gettext_lazy("And"), required=False, error_messages=CHOICE)
    event = forms.ChoiceField(label=gettext_lazy("Asked for"), required=False, error_messages=CHOICE)


def without_page(request: HttpRequest) -> HttpResponse:
    room = enter(request)
    guarantors = {code for cell in room.coverage.cells for code in (*cell.guarantors, *cell.blocked)}
    events = [
        parent
        for parent in room.register.vocabulary.parents
        if "security_event" in room.register.vocabulary.lineage(parent)
    ]
    parameters = parameters_of(request)
    form = LeaversForm(parameters.data, auto_id="leaves-%s")
    asked = {
        parameters.data.get(field) for field in ("x", "y")
    }  # may owe nothing to another beneficiary, or yet
    names = [(code, name) for code, name in room.actors if code in guarantors or code in asked]
    for field in ("x", "y"):
        form.fields[field].choices = [("", "–"), *names]  # type: ignore[attr-defined]
    form.fields["event"].choices = [  # type: ignore[attr-defined]
        ("", _("all duties")),
        *((kind, words.said(words.EVENTS, kind)) for kind in events),
    ]
    parameters.form(form)
    leavers = tuple(
        dict.fromkeys(name for name in (form.cleaned_data.get("x"), form.cleaned_data.get("y")) if name)
    )
    event = form.cleaned_data.get("event") or ""
    left = (
        without(room.register, leavers=leavers, beneficiary=room.beneficiary, on=room.day, event=event)
        if leavers
        else None
    )
    thinner = (
        [
            (before, after)
            for before, after in zip(left.before.cells, left.after.cells, strict=True)
            if before.remaining != after.remaining and after.remaining
        ]
        if left
        else []
    )
    departures = [
        (
            departure,
            departure.ends_at.astimezone(zone(departure.instrument.zone)) if departure.ends_at else None,
        )
        for departure in (left.departures if left else ())
    ]
    return show(
        request,
        "without.html",
        room,
        form=form,
        leavers=leavers,
        event=event,
        left=left,
        lost=[cell for cell in left.before.cells if cell.kind in left.newly_uncovered] if left else [],
        thinner=thinner,
        departures=departures,
        removals=removals(room.coverage),
    )


# Funding by year


def funding_page(request: HttpRequest) -> HttpResponse:
    room = enter(request)
    years = funding_by_year(room.register, beneficiary=room.beneficiary)
    by_year: dict[int, list[YearOfFunding]] = {}
    for year in years:
        by_year.setdefault(year.year, []).append(year)
    return show(
        request,
        "funding.html",
        room,
        years=sorted(by_year.items()),
        picture=pictures.funding(room, years),
        cliff=_cliff(by_year),
    )


def funding_file(request: HttpRequest, format_: str) -> HttpResponseBase:
    room = enter(request)
    header = {
        "year": _("Year"),
        "instrument": _("Instrument"),
        "obligation": _("Obligation"),
        "amount": _("Amount"),
        "stated_as": _("Stated as"),
        "needs_budget": _("Needs a budget"),
    }
    rows: list[Sequence[Cell]] = [
        [
            funding.year,
            funding.instrument.name,
            funding.obligation.summary,
            in_full(funding.amount).replace("\u00a0", " ") if funding.amount else "",
            _("share of a total over several years")
            if funding.is_share_of_total
            else words.said(words.AMOUNT_QUALIFIERS, funding.qualifier),
            _("yes") if funding.needs_budget else _("not named"),
        ]
        for funding in funding_by_year(room.register, beneficiary=room.beneficiary)
    ]
    title = _("Funding by year")
    return table_file(request, format_, name="guarantees-funding", title=title, header=header, rows=rows)


def funding_picture(request: HttpRequest) -> HttpResponse:
    room = enter(request)
    years = funding_by_year(room.register, beneficiary=room.beneficiary)
    return as_file(pictures.funding(room, years), "guarantees-funding")


def _cliff(by_year: dict[int, list[YearOfFunding]]) -> tuple[int, int, int, int] | None:
    """Find the deepest fall from one year to the next: the years, and how many instruments name money."""
    counts = Counter(
        {year: len({funding.instrument.id for funding in item}) for year, item in by_year.items()}
    )
    falls = [(counts[year] - counts[year + 1], year) for year in counts]
    if not falls:
        return None
    fall, year = max(falls)
    return (year, counts[year], year + 1, counts[year + 1]) if fall > 0 else None


# Who can block it


def vetoes_page(request: HttpRequest) -> HttpResponse:
    room = enter(request)
    found = _vetoes(room)
    return show(
        request,
        "vetoes.html",
        room,
        vetoes=found,
        counts=Counter(cell.kind for cell in found if not cell.is_condition).most_common(),
    )


def vetoes_file(request: HttpRequest, format_: str) -> HttpResponseBase:
    room = enter(request)
    header = {
        "who": _("Who"),
        "how": _("How"),
        "instrument": _("Instrument"),
        "duty": _("Over which duty"),
        "note": _("Note"),
    }
    rows: list[Sequence[Cell]] = [
        [
            room.name(veto.actor),
            words.said(words.CONDITIONS if veto.is_condition else words.VETOES, veto.kind),
            veto.instrument.name,
            veto.obligation.summary,
            veto.note,
        ]
        for veto in _vetoes(room)
    ]
    title = _("Veto points")
    return table_file(request, format_, name="guarantees-vetoes", title=title, header=header, rows=rows)


def _vetoes(room: Room) -> list[Veto]:
    """List who can stop what is promised to the beneficiary, by their names."""
    expand = room.register.actors.expand
    found = [
        veto_point
        for veto_point in veto_points(room.register)
        if room.beneficiary in expand(veto_point.obligation.to)
    ]
    return sorted(
        found,
        key=lambda each: (alphabetical(room.name(each.actor)), each.kind, alphabetical(each.instrument.name)),
    )
