"""One instrument: what it obliges to, in plain sentences with their clause, and how far that reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from pledgeline.actions.fulfilment import PointerRefused, measured, point
from pledgeline.guarantees import Instrument, Obligation, PropertyAnswer, funding_by_year, properties
from pledgeline.guarantees.durations import in_words, parse_duration
from pledgeline.guarantees.moments import day_end, zone
from pledgeline.guarantees.questions import YearOfFunding, force_on
from pledgeline.programme.sentences import Sentence
from pledgeline.records.models import ContributionPointer
from pledgeline.records.register import editable_drafts, versions_of
from pledgeline.web.asked import visitor
from pledgeline.web.downloads import attached
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.reports.excerpts import behind_provisions


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """Whether an instrument is in force on a day, and from when to when by its own zone."""

    holds: bool
    start: datetime | None
    end: datetime | None
    ended_by: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A property with its clauses as obligations."""

    answer: PropertyAnswer
    clauses: tuple[Obligation, ...]


def instrument_page(request: HttpRequest, id_: str) -> HttpResponse:
    room = enter(request)
    instrument = found(room, id_)
    connectable = editable_drafts(visitor(request)) if room.may_edit else ()
    return show(
        request,
        "instrument.html",
        room,
        instrument=instrument,
        groups=_by_kind(instrument.obligations),
        force=in_force(room, instrument),
        term=_term(instrument),
        notice=_notice(instrument),
        years=_funding(room, instrument),
        properties=judged(room, instrument),
        related=[(relation, room.register.by_id.get(relation.id)) for relation in instrument.relations],
        named_by=_named_by(room, instrument),
        version=room.seen.versions.get(id_),
        versions=versions_of(id_, visitor(request)),
        connectable=connectable,
        pointers={
            obligation: [pointer for pointer in pointers if pointer[0] in connectable]
            for obligation, pointers in ContributionPointer.standing(id_).items()
        },
        measured=measured(instrument, as_of=room.day, person=visitor(request)),
        cited=behind_provisions(visitor(request), id_),
    )


def instrument_file(request: HttpRequest, id_: str) -> HttpResponse:
    """Give the instrument as its file, to be read, checked elsewhere or sent back corrected."""
    room = enter(request)
    found(room, id_)
    return attached(room.seen.texts[f"{id_}.toml"], f"{id_}.toml", "application/toml; charset=utf-8")


def found(room: Room, id_: str) -> Instrument:
    """Give an instrument of the register as this visitor sees it.

    Raises:  Http404, also where it is a draft that the visitor may not see: the same answer for both.
    """
    instrument = room.register.by_id.get(id_)
    if instrument is None:
        raise Http404(f"no instrument “{id_}”")
    return instrument


def in_force(room: Room, instrument: Instrument) -> InForce:
    moment = datetime.combine(room.day, time(12), zone(instrument.zone))
    start, end, ended_by = force_on(room.register, instrument, day_end(room.day, instrument.zone))
    local = [day.astimezone(zone(instrument.zone)) if day else None for day in (start, end)]
    holds = start is not None and start <= moment and (end is None or moment <= end)
    return InForce(holds=holds, start=local[0], end=local[1], ended_by=ended_by)


def judged(room: Room, instrument: Instrument) -> list[Judged]:
    """Answer the twelve properties, with the clauses that each answer rests on."""
    return [
        Judged(
            answer=answer,
            clauses=tuple(instrument.obligation(clause.obligation) for clause in answer.clauses),
        )
        for answer in properties(room.register, instrument)
    ]


def _by_kind(obligations: Sequence[Obligation]) -> list[tuple[str, list[Obligation]]]:
    """Put obligations together by what is owed: what has to be done, what has to be decided, what may be."""
    groups: dict[str, list[Obligation]] = {name: [] for name in words.OWED_AS}
    for obligation in obligations:
        groups[obligation.owed_as].append(obligation)
    return [(name, item) for name, item in groups.items() if item]


def _term(instrument: Instrument) -> dict[str, object] | None:
    term = instrument.term
    if term is None:
        return None
    return {
        "length": in_words(term.length) if term.length else "",
        "from": term.counted_from.replace("_", " "),
        "is_indefinite": term.is_indefinite,
        "is_extendable": term.is_extendable,
        "ends_when": term.ends_when,
        "note": term.note,
    }


def _notice(instrument: Instrument) -> dict[str, object] | None:
    way = instrument.termination
    if way is None:
        return None
    return {
        "allowed": way.allowed,
        "notice": in_words(way.notice) if way.notice else "",
        "from": way.notice_from,
        "earliest": _earliest(way.earliest_text),
        "form": way.form,
        "provision": way.provision,
        "basis": way.basis,
        "note": way.note,
    }


def _funding(room: Room, instrument: Instrument) -> list[YearOfFunding]:
    """List the years for which money is named, each once however many beneficiaries share it."""
    lone = room.register.only((instrument.id,))
    years = {
        (funding.year, funding.obligation.id): funding
        for code in lone.actors.expand(
            {code for obligation in instrument.obligations for code in obligation.to}
        )
        for funding in funding_by_year(lone, beneficiary=code)
    }
    return [years[key] for key in sorted(years)]


def _named_by(room: Room, instrument: Instrument) -> list[tuple[Instrument, str]]:
    """List the instruments that name this one."""
    return [
        (other, relation.kind)
        for other in room.register.instruments
        for relation in other.relations
        if relation.id == instrument.id
    ]


@require_POST
def point_to(request: HttpRequest, id_: str) -> HttpResponse:
    """Let an obligation point to a contribution of a programme, or no longer."""
    room = enter(request)
    instrument = found(room, id_)
    sent = request.POST
    if not room.may_edit:
        raise PermissionDenied
    try:
        point(
            instrument=instrument,
            obligation=sent.get("obligation", ""),
            programme=sent.get("programme", ""),
            contribution=sent.get("contribution", "").replace("\0", ""),
            points=sent.get("points") != "no",
            reason=sent.get("reason", "")[:300].replace("\0", ""),
            person=visitor(request),
            now=timezone.now(),
        )
    except PointerRefused as problem:
        return show(
            request, "pointer_refused.html", room, status=422, instrument=instrument, fault=str(problem)
        )
    return redirect("web:guarantees-instrument", id_=id_)


def _earliest(text: str) -> str:
    """Write the duration that such a note may begin with in words: “P20Y after entry into force”."""
    first, blank, rest = text.partition(" ")
    try:
        return f"{in_words(parse_duration(first))}{blank}{rest}"
    except ValueError:
        return text
