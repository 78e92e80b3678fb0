"""The register: every instrument in a table that sorts, filters and exports; and its obligations one by one."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.guarantees import Instrument, Obligation, obligation_sentence
from pledgeline.programme.sentences import FIRST, Sentence, spoken_in
from pledgeline.web.columns import Cell, Day, Mark, Text, Whole
from pledgeline.web.fields import CHOICE
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room, enter, part_of, show
from pledgeline.web.parameters import Parameters, parameters_of
from pledgeline.web.tables import Table

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
class InstrumentRow:
    """One instrument as the table shows it."""

    instrument: Instrument
    guarantors: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    bases: tuple[tuple[str, int], ...]
    draft_of: str
    version: int


class RegisterNames(Text):
    """Names of the register: as the reader's language has them, in a file for programs as the register has them."""

    def keyed(self, row: object) -> Cell:
        with spoken_in(FIRST):
            return super().keyed(row)


def register_page(request: HttpRequest, format_: str = "") -> HttpResponseBase:
    """Show the instruments, or give those that pass the filters as a file."""
    room = enter(request)
    if format_:
        return _table(request, room, _filters(request, room)).file(format_)

    def context() -> dict[str, Any]:
        filters = _filters(request, room)
        return {
            "filters": filters,
            "table": _table(request, room, filters),
            "obligations": sum(len(instrument.obligations) for instrument in room.register.instruments),
            "bases": _bases(
                obligation
                for instrument in room.register.instruments
                for obligation in instrument.obligations
            ),
        }

    return show(
        request, "register.html", room, is_timeless=True, part=part_of(request, room, context=context)
    )


def _filters(request: HttpRequest, room: Room) -> FilterForm:
    present = room.register.instruments

    def offer(list_: words.Words, values: Iterable[str]) -> list[tuple[str, Any]]:
        there = set(values)
        return [(value, text) for value, text in list_.items() if value in there and value]

    guarantors = room.by_name(
        {
            code
            for instrument in present
            for code in room.register.actors.expand(instrument.with_role("guarantor", "mutual"))
        }
    )
    return FilterForm(
        parameters_of(request),
        choices={
            "guarantor": (_("Guarantor"), [(code, room.name(code)) for code in guarantors]),
            "kind": (_("Form"), offer(words.KINDS, (instrument.kind for instrument in present))),
            "status": (_("Status"), offer(words.STATUSES, (instrument.status for instrument in present))),
            "level": (_("Level"), offer(words.LEVELS, (instrument.level for instrument in present))),
            "binding": (
                _("Legal force"),
                [
                    *offer(words.BINDING, (instrument.binding for instrument in present)),
                    ("-", words.BINDING[""]),
                ],
            ),
        },
    )


def _rows(room: Room, filters: FilterForm) -> list[InstrumentRow]:
    expand, wanted = room.register.actors.expand, filters.wanted
    needle = str(wanted.pop("q", "")).casefold()
    rows = []
    for instrument in room.register.instruments:
        guarantors = expand(instrument.with_role("guarantor", "mutual"))
        about = " ".join(
            (instrument.id, *instrument.every_title, instrument.summary, instrument.place)
        ).casefold()
        fits = {
            "guarantor": wanted.get("guarantor") in guarantors,
            "kind": wanted.get("kind") == instrument.kind,
            "status": wanted.get("status") == instrument.status,
            "level": wanted.get("level") == instrument.level,
            "binding": wanted.get("binding") == (instrument.binding or "-"),
        }
        if needle not in about or not all(fits[name] for name in wanted):
            continue
        version = room.seen.versions.get(instrument.id)
        rows.append(
            InstrumentRow(
                instrument=instrument,
                guarantors=instrument.with_role("guarantor", "mutual"),
                beneficiaries=instrument.with_role("beneficiary"),
                bases=_bases(instrument.obligations),
                draft_of=version.programme if version else "",
                version=version.number if version else 0,
            )
        )
    return rows


def _bases(obligations: Iterable[Obligation]) -> tuple[tuple[str, int], ...]:
    """Count how the obligations were read, the best reading first."""
    counts = Counter(obligation.basis for obligation in obligations)
    return tuple((basis, counts[basis]) for basis in _ORDER_OF_BASES if counts[basis])


def in_words(list_: words.Words) -> Callable[[str], str]:
    """Name the words of the register as a list of words has them."""
    return partial(words.said, list_)


def _force() -> Mark:
    return Mark(
        "force",
        _("Legal force"),
        "instrument.binding",
        named=in_words(words.BINDING),
        key=lambda row: ("yes", "disputed", "no", "").index(row.instrument.binding),
        mark=lambda row: f"mark force-{row.instrument.binding or 'unstated'}",
    )


def _table(request: HttpRequest, room: Room, filters: FilterForm) -> Table:
    return Table(
        request,
        name="guarantees-register",
        caption=_("Register of guarantees"),
        columns=[
            RegisterNames(
                "title",
                _("Instrument"),
                "instrument.name",
                folded=True,
                classes="instrument-name",
                template="web/guarantees/_name.html",
            ),
            Text("id", _("Id"), "instrument.id", shown=False),
            RegisterNames("full", _("Full title"), "instrument.full_title", shown=False),
            Text("form", _("Form"), "instrument.kind", named=in_words(words.KINDS)),
            _force(),
            Text(
                "status",
                _("Status"),
                "instrument.status",
                named=in_words(words.STATUSES),
                key="instrument.status",
                template="web/guarantees/_status.html",
            ),
            Day("known", _("Status known as of"), "instrument.status_as_of", shown=False),
            Text(
                "level",
                _("Level"),
                "instrument.level",
                key="instrument.level",
                template="web/guarantees/_level.html",
            ),
            RegisterNames(
                "guarantors",
                _("Guarantors"),
                lambda row: room.names(row.guarantors),
                template="web/guarantees/_guarantors.html",
            ),
            RegisterNames(
                "beneficiaries", _("Beneficiaries"), lambda row: room.names(row.beneficiaries), shown=False
            ),
            Day("signed", _("Signed on"), "instrument.signed_on"),
            Day("in_force", _("In force on"), "instrument.in_force_on", shown=False),
            Whole("obligations", _("Obligations"), lambda row: len(row.instrument.obligations)),
            Text(
                "basis",
                _("How it was read"),
                lambda row: ", ".join(
                    f"{words.said(words.BASES, basis)} {count}" for basis, count in row.bases
                ),
                key=lambda row: _ORDER_OF_BASES.index(row.bases[-1][0]) if row.bases else None,
                template="web/guarantees/_bases.html",
            ),
            Text(
                "sources",
                _("Sources"),
                lambda row: " ".join(source.url for source in row.instrument.sources),
                shown=False,
            ),
        ],
        rows=_rows(room, filters),
        sort="title",
        empty=_("No instrument passes these filters. Clear them to see all."),
        per_page=100,
        files="guarantees-file",
    )


# One by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One obligation as the table shows it."""

    instrument: Instrument
    obligation: Obligation
    says: Sentence


def obligations_page(request: HttpRequest, format_: str = "") -> HttpResponseBase:
    """Show the obligations one by one, or give those that pass the filters as a file."""
    room = enter(request)
    filters = _clause_filters(request, room)
    table = _clauses(request, room, filters)
    return (
        table.file(format_)
        if format_
        else show(request, "obligations.html", room, filters=filters, table=table)
    )


def _clause_filters(request: HttpRequest, room: Room) -> FilterForm:
    every = [obligation for instrument in room.register.instruments for obligation in instrument.obligations]
    owing = room.by_name({code for duty in every for code in room.register.actors.expand(duty.by)})
    kinds = dict.fromkeys(duty.kind for duty in every)
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
        for obligation in instrument.obligations:
            if room.beneficiary not in expand(obligation.to):
                continue
            says = obligation_sentence(room.register, obligation)
            fits = {
                "obligor": wanted.get("obligor") in expand(obligation.by),
                "help": wanted.get("help") == obligation.kind,
                "owed": wanted.get("owed") == obligation.owed_as,
                "strength": wanted.get("strength") == obligation.strength,
                "basis": wanted.get("basis") == obligation.basis,
            }
            if all(fits[name] for name in wanted) and (
                not needle
                or needle in " ".join((str(says), obligation.summary, *instrument.every_title)).casefold()
            ):
                rows.append(Clause(instrument=instrument, obligation=obligation, says=says))
    return Table(
        request,
        name="guarantees-obligations",
        caption=_("Obligations"),
        columns=[
            RegisterNames(
                "instrument",
                _("Instrument"),
                "instrument.name",
                folded=True,
                link=lambda row: f"{room.at('instrument', row.instrument.id)}#{row.obligation.id}",
            ),
            Text("help", _("Kind of help"), "obligation.kind", named=in_words(words.HELP)),
            Text("says", _("In plain words, from the data"), named=str, sortable=False, classes="says"),
            Mark(
                "owed",
                _("What is owed"),
                "obligation.owed_as",
                named=in_words(words.OWED_AS),
                key=lambda row: list(words.OWED_AS).index(row.obligation.owed_as),
                mark=lambda row: f"mark owed-{row.obligation.owed_as}",
            ),
            _force(),
            Text("provision", _("Provision"), "obligation.provision", shown=False),
            Text(
                "basis",
                _("Where it is written"),
                "obligation.basis",
                named=in_words(words.BASES),
                key=lambda row: (
                    _ORDER_OF_BASES.index(row.obligation.basis)
                    if row.obligation.basis in _ORDER_OF_BASES
                    else None
                ),
                template="web/guarantees/_written.html",
            ),
            Text(
                "sources",
                _("Sources"),
                lambda row: " ".join(
                    source.url for source in row.instrument.sources if source.id in row.obligation.sources
                ),
                shown=False,
            ),
        ],
        rows=rows,
        sort="instrument",
        empty=_("No obligation towards this beneficiary passes these filters. Clear them to see all."),
        files="guarantees-obligations-file",
    )
