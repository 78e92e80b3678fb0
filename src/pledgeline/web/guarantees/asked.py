"""What a request to the room of guarantees asks for: for whom, and as of which day."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may_anywhere
from pledgeline.guarantees import HelpCoverage, Instrument, Register, coverage
from pledgeline.programme.names import alphabetical
from pledgeline.programme.zones import local_day
from pledgeline.records.register import SeenRegister, seen_register
from pledgeline.web.addresses import address_of
from pledgeline.web.asked import visitor
from pledgeline.web.basis import DataBasis, rests_on
from pledgeline.web.fields import FormData, day_field
from pledgeline.web.parameters import parameters_of
from pledgeline.web.parts import Part

USUAL = "UA"
"""Whose guarantees a page shows unless it is asked for others."""

USUAL_ZONE = "Europe/Kyiv"
"""Where it is today on these pages, which belong to no programme: where their usual beneficiary is."""


class WhoAndWhenForm(forms.Form):
    """The controls at the top of the pages: the day and the beneficiary."""

    on = day_field(_("As of"))
    to = forms.ChoiceField(
        label=_("Guarantees for"),
        required=False,
        error_messages={"invalid_choice": _("“%(value)s” is nobody's code here. Choose one of the list.")},
    )

    def __init__(self, data: FormData, *, beneficiaries: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="who-%s")
        self.fields["to"].choices = beneficiaries  # type: ignore[attr-defined]

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and not 1900 <= day.year <= 2200:
            raise forms.ValidationError(_("Choose a day between 1900 and 2200."))
        return day


@dataclass(frozen=True)
class Room:
    """The register as this visitor sees it, asked as of a day for a beneficiary."""

    seen: SeenRegister
    form: WhoAndWhenForm
    day: date
    beneficiary: str
    today: date
    may_edit: bool

    @property
    def register(self) -> Register:
        return self.seen.register

    @property
    def made_from(self) -> Hashable:
        """Name all that is looked at through this: the key of what is kept of it."""
        return self.seen.identity, self.day, self.beneficiary, self.today, self.may_edit

    @property
    def kept(self) -> dict[str, str]:
        """Give the parameters that a link hands on: only what differs from the default."""
        kept = {}
        if self.day != self.today:
            kept["on"] = self.day.isoformat()
        if self.beneficiary != USUAL:
            kept["to"] = self.beneficiary
        return kept

    def at(self, page: str, *args: object, **changes: object) -> str:
        """Give the address of a page of the room, keeping the day and the beneficiary.

        Further keywords become parameters.
        """
        name = f"guarantees-{page}" if page else "guarantees"
        return address_of(name, *args, parameters={**self.kept, **changes})

    @property
    def kept_query(self) -> str:
        return urlencode(self.kept)

    @cached_property
    def coverage(self) -> HelpCoverage:
        """Give the coverage of the beneficiary on the day, with all duties."""
        return coverage(self.register, beneficiary=self.beneficiary, on=self.day)

    @cached_property
    def named_aggressors(self) -> tuple[str, ...]:
        """Name those whom texts that owe the beneficiary something call its adversary."""
        named = {
            actor
            for instrument in self.register.instruments
            if any(
                self.beneficiary in self.register.actors.expand(obligation.to)
                for obligation in instrument.obligations
            )
            for actor in instrument.aggressor
        }
        return tuple(sorted(named - {self.beneficiary}))

    @cached_property
    def adversaries(self) -> tuple[str, ...]:
        """Name those who owe the beneficiary something here, and whom other texts name as its adversary."""
        owing = {duty.guarantor for cell in self.coverage.cells for duty in cell.duties}
        return tuple(actor for actor in self.named_aggressors if actor in owing)

    def name(self, code: str) -> str:
        return self.register.actors.name(code)

    @property
    def actors(self) -> list[tuple[str, str]]:
        """List everybody whom the register knows, with names, by name."""
        named = ((code, self.name(code)) for code in self.register.actors.codes())
        return sorted(named, key=lambda one: alphabetical(one[1]))

    def names(self, codes: Iterable[str]) -> str:
        return ", ".join(map(self.name, codes))

    def by_name(self, codes: Iterable[str]) -> list[str]:
        """Put actors in the order of their names, as the reader's alphabet has it."""
        return sorted(codes, key=lambda code: alphabetical(self.name(code)))

    @property
    def instruments(self) -> list[Instrument]:
        """List the instruments of the register by name."""
        return sorted(self.register.instruments, key=lambda each: alphabetical(each.name))


def beneficiaries_of(register: Register) -> list[tuple[str, str]]:
    """List everybody to whom something is owed, by name."""
    codes = {
        actor
        for instrument in register.instruments
        for obligation in instrument.obligations
        for actor in register.actors.expand(obligation.to)
    }
    named = ((code, register.actors.name(code)) for code in codes)
    return sorted(named, key=lambda pair: alphabetical(pair[1]))


def enter(request: HttpRequest) -> Room:
    """Read the day and the beneficiary of a request."""
    person = visitor(request)
    seen = seen_register(person)
    choices = beneficiaries_of(seen.register)
    parameters = parameters_of(request)
    form = parameters.form(WhoAndWhenForm(parameters.data, beneficiaries=choices))
    today = local_day(timezone.now(), USUAL_ZONE)
    usual = USUAL if any(code == USUAL for code, _name in choices) else choices[0][0]
    room = Room(
        seen=seen,
        form=form,
        day=form.cleaned_data.get("on") or today,
        beneficiary=form.cleaned_data.get("to") or usual,
        today=today,
        may_edit=may_anywhere(person, Act.EDIT_REGISTER),
    )
    parameters.shell = lambda: {"room": room}
    rests_on(request, DataBasis(day=room.day, day_name="on"))
    return room


def part_of(request: HttpRequest, room: Room, *, context: Callable[[], dict[str, object]]) -> Part:
    """Give what a page of the room keeps."""
    return Part(request, made_from=room.made_from, context=lambda: {"room": room, **context()})


def show(
    request: HttpRequest, template: str, room: Room, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page of the room with what every page needs."""
    return render(request, f"web/guarantees/{template}", {"room": room, **context}, status=status)
