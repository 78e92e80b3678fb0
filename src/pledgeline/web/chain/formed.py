"""Packages of the programme: listed with how far each is, and the same as a board."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may
from pledgeline.programme.formed import ProgrammePackage
from pledgeline.queries.contributions import state_now
from pledgeline.queries.ocds import missing_right
from pledgeline.queries.package_waits import PackageWait, waits_of
from pledgeline.queries.packages import PackageFigures, Progress, package_figures
from pledgeline.records.models import FormedPackage, ProgrammeRecord
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.chain.columns import column_of
from pledgeline.web.chain.order_words import ON_THE_LIST, UNIT_WORDS
from pledgeline.web.chain.package_summary import wait_text, who_of
from pledgeline.web.columns import Amounts, Day, Mark, Text, Timestamp, Whole
from pledgeline.web.fields import CHOICE, FormData
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import Table

PROGRESS = {
    Progress.RESERVED: _("reserved"),
    Progress.PART_ORDERED: _("ordered in part"),
    Progress.ORDERED: _("ordered"),
    Progress.IN_DELIVERY: _("in delivery"),
    Progress.DELIVERED: _("delivered"),
    Progress.RELEASED: _("released"),
    Progress.CLOSED: _("closed"),
    Progress.CANCELLED: _("cancelled"),
    Progress.MERGED: _("merged into another"),
}


IN_THE_LIST = frozenset({"key", "reserved_until"})
"""Fields that have a column of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPackage:
    """A package of the list, with what it waits for first."""

    figures: PackageFigures
    wait: PackageWait | None

    @property
    def package(self) -> FormedPackage:
        return self.figures.package

    @property
    def waits_for(self) -> str:
        """Say what it waits for; nothing where it is over."""
        return wait_text(self.wait) if self.wait else ""

    @property
    def turn(self) -> str:
        """Name whose turn it is."""
        return who_of(self.wait) if self.wait else ""


class PackageFilters(forms.Form):
    """What list and board can be narrowed by."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    progress = forms.ChoiceField(
        label=_("How far"), required=False, choices=[("", _("all")), *PROGRESS.items()], error_messages=CHOICE
    )

    def __init__(self, data: FormData) -> None:
        super().__init__(data, auto_id="filter-%s")

    def passes(self, row: ListedPackage) -> bool:
        """Say whether a package passes every filter that is set and valid."""
        words = self.cleaned_data.get("q", "").casefold()
        progress = self.cleaned_data.get("progress")
        plan = row.package.plan.run.input.name
        return words in f"{row.package.key} {plan}".casefold() and progress in (
            None,
            "",
            row.figures.progress,
        )


def formed_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the packages of a programme that pass the filters, or give them as a file."""
    asked = ask(request, slug)
    if not may(visitor(request), Act.SEE_PLANS, slug):
        return not_yours(request, Act.SEE_PLANS)
    parameters = parameters_of(request)
    form = parameters.form(PackageFilters(parameters.data))
    rows = _rows(slug)
    table = _table(request, asked, [row for row in rows if form.passes(row)], has_any=bool(rows))
    if format_:
        return table.file(format_)
    if getattr(request, "htmx", False):
        return show(request, "web/_table.html", asked, table=table)
    return show(
        request,
        "web/chain/formed.html",
        asked,
        table=table,
        filters=form,
        gives_ocds=bool(rows) and missing_right(slug, visitor(request)) is None,
        first_act=(_("Show all"), asked.at("formed")) if rows else (_("To the plans"), asked.at("plans")),
    )


def board_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the packages of a programme in columns, by how far they are."""
    asked = ask(request, slug)
    if not may(visitor(request), Act.SEE_PLANS, slug):
        return not_yours(request, Act.SEE_PLANS)
    rows = _rows(slug)
    columns = [
        (progress, name, [row for row in rows if row.figures.progress == progress])
        for progress, name in PROGRESS.items()
    ]
    return show(request, "web/chain/board.html", asked, columns=[column for column in columns if column[2]])


def _rows(slug: str) -> list[ListedPackage]:
    programme = ProgrammeRecord.objects.get(slug=slug)
    state = state_now(programme)
    rows = package_figures(programme, state)
    waits = waits_of(programme, state, [row.package for row in rows])
    return [ListedPackage(figures=row, wait=next(iter(waits.get(row.package.pk, ())), None)) for row in rows]


def _table(request: HttpRequest, asked: Asked, rows: list[ListedPackage], *, has_any: bool) -> Table:
    def page(row: ListedPackage) -> str:
        return asked.at("formed-one", key=row.package.key)

    newest_first = sorted(rows, key=lambda row: row.package.made_at, reverse=True)
    return Table(
        request,
        name=f"{asked.programme.slug}-packages-formed",
        caption=_("Packages of the programme"),
        columns=[
            Text("package", _("Package"), "package.key", link=page),
            Mark(
                "progress",
                _("How far"),
                "figures.progress",
                named=PROGRESS.__getitem__,
                mark=lambda row: f"mark progress-{row.figures.progress}",
            ),
            Text("waits_for", _("Waits for"), note=lambda row: row.turn, sortable=False, classes="waits-for"),
            Whole("units", _("Units"), "figures.units"),
            *(
                Whole(name, label, f"figures.of_orders.{name}", shown=name in ON_THE_LIST)
                for name, label in UNIT_WORDS.items()
            ),
            Amounts("cost", _("Cost"), "figures.cost"),
            Day("until", _("Reserved until"), "package.reserved_until", classes="moment-cell"),
            Text("plan", _("Of the plan"), "package.plan.run.input.name", shown=False),
            Timestamp("formed", _("Formed"), "package.made_at", shown=False),
            Text("by", _("by"), "package.made_by", shown=False),
            *(
                column_of(field, f"package.{name}")
                for name, field in ProgrammePackage.fields_said().items()
                if field.part is None and name not in IN_THE_LIST
            ),
        ],
        rows=newest_first,
        sort="",
        empty=_("None passes these filters.")
        if has_any
        else _("No plan has been accepted yet. Accept one, and its packages stand here."),
        files="formed-file",
    )
