"""The register: every instrument in a table that sorts, filters and exports; and its obligations one by one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from pledgeline.guarantees import Instrument, Obligation, obligation_sentence
from pledgeline.programme.sentences import Sentence
from pledgeline.web.fields import CHOICE
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room, enter, part_of, show
from pledgeline.web.parameters import Parameters, parameters_of
from pledgeline.web.tables import Column, Table

_ORDER_OF_BASES = ("text", "official", "press", "analysis", "recalled")


class FilterForm(forms.Form):
    """What the tables can be narrowed by."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(
        self, parameters: Parameters, *, choices: dict[str, tuple[Any, list[tuple[str, Any]]]]
    ) -> None:
        super().__init__(parameters.data, auto_id="filter-%s")
        for name, (label, offered) in choices.items():
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, error_messages=CHOICE, choices=[("", _("all")), *offered]
            )
        parameters.form(self)

    @property
    def wanted(self) -> dict[str, str]:
        """Give the filters that are set."""
        return {name: value for name, value in self.cleaned_data.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One instrument as the table shows it."""

    instrument: Instrument
    guarantors: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    bases: tuple[tuple[str, int], ...]
    draft_of: str
    version: int


def register_page(request: HttpRequest) -> HttpResponse:
    room = enter(request)

    def context() -> dict[str, Any]:
        filters = _filters(request, room)
        return {
            "filters": filters,
            "table": _table(request, room, filters),
            "obligations": sum(len(each.obligations) for each in room.register.instruments),
            "bases": _bases(each for one in room.register.instruments for each in one.obligations),
        }

    return show(
        request, "register.html", room, is_timeless=True, part=part_of(request, room, context=context)
    )


def register_file(request: HttpRequest, format_: str) -> HttpResponse:
    room = enter(request)
    return _table(request, room, _filters(request, room)).file(format_)


def _filters(request: HttpRequest, room: Room) -> FilterForm:
    present = room.register.instruments

    def offer(list_: words.Words, values: Iterable[str]) -> list[tuple[str, Any]]:
        there = set(values)
        return [(value, text) for value, text in list_.items() if value in there and value]

    guarantors = sorted(
        {
            code
            for each in present
            for code in room.register.actors.expand(each.with_role("guarantor", "mutual"))
        },
        key=room.name,
    )
    return FilterForm(
        parameters_of(request),
        choices={
            "guarantor": (_("Guarantor"), [(code, room.name(code)) for code in guarantors]),
            "kind": (_("Form"), offer(words.KINDS, (each.kind for each in present))),
            "status": (_("Status"), offer(words.STATUSES, (each.status for each in present))),
            "level": (_("Level"), offer(words.LEVELS, (each.level for each in present))),
            "binding": (
                _("Legal force"),
                [*offer(words.BINDING, (each.binding for each in present)), ("-", words.BINDING[""])],
            ),
        },
    )


def _rows(room: Room, filters: FilterForm) -> list[Row]:
    expand, wanted = room.register.actors.expand, filters.wanted
    needle = str(wanted.pop("q", "")).casefold()
    rows = []
    for each in room.register.instruments:
        guarantors = expand(each.with_role("guarantor", "mutual"))
        about = " ".join((each.id, each.title, each.short_title, each.summary, each.place)).casefold()
        fits = {
            "guarantor": wanted.get("guarantor") in guarantors,
            "kind": wanted.get("kind") == each.kind,
            "status": wanted.get("status") == each.status,
            "level": wanted.get("level") == each.level,
            "binding": wanted.get("binding") == (each.binding or "-"),
        }
        if needle not in about or not all(fits[name] for name in wanted):
            continue
        version = room.seen.versions.get(each.id)
        rows.append(
            Row(
                instrument=each,
                guarantors=each.with_role("guarantor", "mutual"),
                beneficiaries=each.with_role("beneficiary"),
                bases=_bases(each.obligations),
                draft_of=version.programme if version else "",
                version=version.number if version else 0,
            )
        )
    return rows


def _bases(obligations: Iterable[Obligation]) -> tuple[tuple[str, int], ...]:
    """Count how the obligations were read, the best reading first."""
    counts = Counter(each.basis for each in obligations)
    return tuple((basis, counts[basis]) for basis in _ORDER_OF_BASES if counts[basis])


def _table(request: HttpRequest, room: Room, filters: FilterForm) -> Table:
    return Table(
        request,
        name="guarantees-register",
        caption=_("Register of guarantees"),
        columns=[
            Column(
                name="title",
                label=_("Instrument"),
                value=lambda row: row.instrument.name,
                key=lambda row: row.instrument.name.casefold(),
            ),
            Column(name="id", label=_("Id"), value=lambda row: row.instrument.id, shown=False),
            Column(name="full", label=_("Full title"), value=lambda row: row.instrument.title, shown=False),
            Column(
                name="form",
                label=_("Form"),
                value=lambda row: words.said(words.KINDS, row.instrument.kind),
                key=lambda row: str(words.said(words.KINDS, row.instrument.kind)),
            ),
            Column(
                name="force",
                label=_("Legal force"),
                value=lambda row: words.said(words.BINDING, row.instrument.binding),
                key=lambda row: ("yes", "disputed", "no", "").index(row.instrument.binding),
            ),
            Column(
                name="status",
                label=_("Status"),
                value=lambda row: words.said(words.STATUSES, row.instrument.status),
                key=lambda row: row.instrument.status,
            ),
            Column(
                name="known",
                label=_("Status known as of"),
                value=lambda row: row.instrument.status_as_of,
                shown=False,
            ),
            Column(
                name="level",
                label=_("Level"),
                value=lambda row: row.instrument.level,
                key=lambda row: row.instrument.level,
            ),
            Column(
                name="guarantors",
                label=_("Guarantors"),
                value=lambda row: room.names(row.guarantors),
                key=lambda row: room.names(row.guarantors) or None,
            ),
            Column(
                name="beneficiaries",
                label=_("Beneficiaries"),
                value=lambda row: room.names(row.beneficiaries),
                shown=False,
            ),
            Column(
                name="signed",
                label=_("Signed on"),
                value=lambda row: row.instrument.signed_on,
                key=lambda row: row.instrument.signed_on,
            ),
            Column(
                name="in_force",
                label=_("In force on"),
                value=lambda row: row.instrument.in_force_on,
                shown=False,
            ),
            Column(
                name="obligations",
                label=_("Obligations"),
                value=lambda row: len(row.instrument.obligations),
                key=lambda row: len(row.instrument.obligations),
                number=True,
            ),
            Column(
                name="basis",
                label=_("How it was read"),
                value=lambda row: ", ".join(
                    f"{words.said(words.BASES, basis)} {count}" for basis, count in row.bases
                ),
                key=lambda row: _ORDER_OF_BASES.index(row.bases[-1][0]) if row.bases else None,
            ),
            Column(
                name="sources",
                label=_("Sources"),
                value=lambda row: " ".join(source.url for source in row.instrument.sources),
                shown=False,
            ),
        ],
        rows=_rows(room, filters),
        sort="title",
        row_template="web/guarantees/rows/instrument.html",
        empty=_("No instrument passes these filters. Clear them to see all."),
        per_page=100,
    )


# One by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One obligation as the table shows it."""

    instrument: Instrument
    obligation: Obligation
    says: Sentence


def obligations_page(request: HttpRequest) -> HttpResponse:
    room = enter(request)
    filters = _clause_filters(request, room)
    return show(request, "obligations.html", room, filters=filters, table=_clauses(request, room, filters))


def obligations_file(request: HttpRequest, format_: str) -> HttpResponse:
    room = enter(request)
    return _clauses(request, room, _clause_filters(request, room)).file(format_)


def _clause_filters(request: HttpRequest, room: Room) -> FilterForm:
    every = [each for one in room.register.instruments for each in one.obligations]
    owing = sorted({code for each in every for code in room.register.actors.expand(each.by)}, key=room.name)
    kinds = dict.fromkeys(each.kind for each in every)
    return FilterForm(
        parameters_of(request),
        choices={
            "obligor": (_("Who owes"), [(code, room.name(code)) for code in owing]),
            "help": (_("Kind of help"), [(kind, words.said(words.HELP, kind)) for kind in kinds]),
            "owed": (_("What is owed"), list(words.OWED_AS.items())),
            "strength": (_("Verb"), list(words.STRENGTHS.items())),
            "basis": (_("How it was read"), list(words.BASES.items())),
        },
    )


def _clauses(request: HttpRequest, room: Room, filters: FilterForm) -> Table:
    expand, wanted = room.register.actors.expand, filters.wanted
    needle = str(wanted.pop("q", "")).casefold()
    rows = []
    for instrument in room.register.instruments:
        for each in instrument.obligations:
            if room.beneficiary not in expand(each.to):
                continue
            says = obligation_sentence(room.register, each)
            fits = {
                "obligor": wanted.get("obligor") in expand(each.by),
                "help": wanted.get("help") == each.kind,
                "owed": wanted.get("owed") == each.owed_as,
                "strength": wanted.get("strength") == each.strength,
                "basis": wanted.get("basis") == each.basis,
            }
            if all(fits[name] for name in wanted) and (
                not needle or needle in f"{says} {each.summary} {instrument.name}".casefold()
            ):
                rows.append(Clause(instrument=instrument, obligation=each, says=says))
    return Table(
        request,
        name="guarantees-obligations",
        caption=_("Obligations"),
        columns=[
            Column(
                name="instrument",
                label=_("Instrument"),
                value=lambda row: row.instrument.name,
                key=lambda row: row.instrument.name.casefold(),
            ),
            Column(
                name="help",
                label=_("Kind of help"),
                value=lambda row: words.said(words.HELP, row.obligation.kind),
                key=lambda row: words.said(words.HELP, row.obligation.kind),
            ),
            Column(name="says", label=_("In plain words, from the data"), value=lambda row: str(row.says)),
            Column(
                name="owed",
                label=_("What is owed"),
                value=lambda row: words.said(words.OWED_AS, row.obligation.owed_as),
                key=lambda row: list(words.OWED_AS).index(row.obligation.owed_as),
            ),
            Column(
                name="force",
                label=_("Legal force"),
                value=lambda row: words.said(words.BINDING, row.instrument.binding),
                key=lambda row: ("yes", "disputed", "no", "").index(row.instrument.binding),
            ),
            Column(
                name="provision",
                label=_("Provision"),
                value=lambda row: row.obligation.provision,
                shown=False,
            ),
            Column(
                name="basis",
                label=_("Where it is written"),
                value=lambda row: words.said(words.BASES, row.obligation.basis),
                key=lambda row: (
                    _ORDER_OF_BASES.index(row.obligation.basis)
                    if row.obligation.basis in _ORDER_OF_BASES
                    else None
                ),
            ),
            Column(
                name="sources",
                label=_("Sources"),
                value=lambda row: " ".join(
                    source.url for source in row.instrument.sources if source.id in row.obligation.sources
                ),
                shown=False,
            ),
        ],
        rows=rows,
        sort="instrument",
        row_template="web/guarantees/rows/obligation.html",
        empty=_("No obligation towards this beneficiary passes these filters. Clear them to see all."),
    )
