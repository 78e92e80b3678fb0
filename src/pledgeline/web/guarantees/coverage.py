"""What is covered, by whom, and what is not: guarantors by kind of help, events by kind of help."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from pledgeline.exchange.tables import Cell as FileCell
from pledgeline.guarantees import HelpCoverage, by_guarantor, by_level, coverage, coverage_matrix, removals
from pledgeline.guarantees.coverage import CoverageCell, Owed, kinds_of_help, owed_to
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import table_file


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """A cell of the matrix guarantor x kind of help. `free` duties are owed now, `blocked` ones are not yet."""

    kind: str
    free: int
    blocked: int
    is_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuarantorLine:
    """A guarantor's line."""

    guarantor: str
    places: tuple[MatrixCell, ...]
    kinds: int


def matrix_page(request: HttpRequest) -> HttpResponse:
    room = enter(request)
    kinds, lines = _matrix(room)
    return show(
        request,
        "matrix.html",
        room,
        kinds=kinds,
        lines=lines,
        groups=_groups(room.coverage),
        removals=removals(room.coverage, at_most=1),
    )


def matrix_file(request: HttpRequest, format_: str) -> HttpResponseBase:
    room = enter(request)
    kinds, lines = _matrix(room)
    header = {"guarantor": _("Guarantor"), **{kind: words.said(words.HELP, kind) for kind in kinds}}
    rows: list[Sequence[FileCell]] = [
        [room.name(line.guarantor), *(_in_file(place) for place in line.places)] for line in lines
    ]
    title = _("Guarantors and help")
    return table_file(request, format_, name="guarantees-matrix", title=title, header=header, rows=rows)


def _in_file(place: MatrixCell) -> FileCell:
    if place.blocked:
        return _("%(free)d, and %(blocked)d blocked") % {"free": place.free, "blocked": place.blocked}
    return place.free or None


def _matrix(room: Room) -> tuple[list[str], list[GuarantorLine]]:
    found = by_guarantor(room.coverage)
    cells = {cell.kind: cell for cell in room.coverage.cells}
    kinds = [kind for kind in cells if any(kind in duties for duties in found.values())]
    lines = []
    for guarantor in room.by_name(found):
        duties = found[guarantor]
        places = tuple(
            MatrixCell(
                kind=kind,
                free=sum(not owed_duty.blocked_by for owed_duty in duties.get(kind, ())),
                blocked=sum(bool(owed_duty.blocked_by) for owed_duty in duties.get(kind, ())),
                is_alone=cells[kind].single_point == guarantor,
            )
            for kind in kinds
        )
        lines.append(
            GuarantorLine(guarantor=guarantor, places=places, kinds=sum(bool(place.free) for place in places))
        )
    return kinds, lines


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """A kind of event, and what it leads to."""

    event: str
    cells: tuple[CoverageCell, ...]


def coverage_page(request: HttpRequest) -> HttpResponse:
    room = enter(request)
    kinds, rows = _events(room)
    return show(
        request,
        "coverage.html",
        room,
        kinds=kinds,
        rows=rows,
        whole={cell.kind: cell for cell in room.coverage.cells},
        covered=room.coverage,
        alone=[cell for cell in room.coverage.cells if cell.single_point],
        groups=_groups(room.coverage, *rows),
        levels=_levels(room),
    )


def coverage_file(request: HttpRequest, format_: str) -> HttpResponseBase:
    room = enter(request)
    kinds, rows = _events(room)
    header = {"event": _("Event"), **{kind: words.said(words.HELP, kind) for kind in kinds}}
    lines: list[Sequence[FileCell]] = [
        [
            words.said(words.EVENTS, row.event),
            *(", ".join(cell.remaining) or _("uncovered") for cell in row.cells),
        ]
        for row in rows
    ]
    whole = {cell.kind: cell for cell in room.coverage.cells}
    lines.append(
        [
            _("all duties, standing ones included"),
            *(", ".join(whole[kind].remaining) or _("uncovered") for kind in kinds),
        ]
    )
    title = _("Events and help")
    return table_file(request, format_, name="guarantees-coverage", title=title, header=header, rows=lines)


def _events(room: Room) -> tuple[list[str], list[EventRow]]:
    """Give the matrix with the kinds of help that anything in it names, empty cells included."""
    matrix = coverage_matrix(room.register, beneficiary=room.beneficiary, on=room.day)
    kinds = [
        cell.kind
        for place, cell in enumerate(room.coverage.cells)
        if cell.duties or any(row.cells[place].duties for row in matrix)
    ]
    return kinds, [
        EventRow(event=row.event, cells=tuple(cell for cell in row.cells if cell.kind in kinds))
        for row in matrix
    ]


def _groups(*found: HelpCoverage | EventRow) -> list[str]:
    """List the groups on which something rests and whose members are not all known."""
    return list(dict.fromkeys(group for row in found for cell in row.cells for group in cell.unlisted_groups))


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    """One kind of help at both levels: who owes it to strengthen own forces, who as a guarantee."""

    kind: str
    sides: tuple[tuple[str, ...], ...]


def _levels(room: Room) -> list[LevelLine]:
    owed = owed_to(room.register, room.beneficiary, room.day)
    ids = {
        level: {instrument.id for instrument in instruments}
        for level, instruments in by_level(room.register).items()
    }
    lines = []
    for kind in kinds_of_help(room.register):
        sides = tuple(
            tuple(
                dict.fromkeys(
                    other.guarantor
                    for other in owed
                    if kind in other.kinds and other.instrument.id in ids[level] and not other.blocked_by
                )
            )
            for level in ("1", "2")
        )
        if any(sides):
            lines.append(LevelLine(kind=kind, sides=tuple(tuple(room.by_name(side)) for side in sides)))
    return lines


def duties_page(request: HttpRequest) -> HttpResponse:
    """Open a cell: the duties behind a number, of a guarantor, a kind of help and an event, each where asked."""
    room = enter(request)
    parameters = parameters_of(request)
    help_, events = kinds_of_help(room.register), room.register.vocabulary.parents
    asked = {
        "guarantor": parameters.choice("guarantor", dict(room.actors), label=_("Guarantor")),
        "kind": parameters.choice(
            "kind",
            {kind_of_help: words.said(words.HELP, kind_of_help) for kind_of_help in help_},
            label=_("Kind of help"),
        ),
        "event": parameters.choice(
            "event", {event: words.said(words.EVENTS, event) for event in events}, label=_("Event")
        ),
    }
    found = coverage(
        room.register,
        beneficiary=room.beneficiary,
        on=room.day,
        event=asked["event"],
        kinds=[asked["kind"]] if asked["kind"] else (),
    )
    duties = [
        duty for cell in found.cells for duty in cell.duties if asked["guarantor"] in ("", duty.guarantor)
    ]
    alike: dict[tuple[str, str], list[Owed]] = {}
    for duty in duties:
        same = alike.setdefault((duty.instrument.id, duty.obligation.id), [])
        if all(other.guarantor != duty.guarantor for other in same):
            same.append(duty)
    gathered = [(same[0], room.names(other.guarantor for other in same)) for same in alike.values()]
    return show(request, "duties.html", room, asked=None, wanted=asked, gathered=gathered)
