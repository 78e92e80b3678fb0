"""The page of progress: deliveries over time, how long the rest has waited, and money that lapses within some days."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, Person, may, may_for_some
from pledgeline.queries import progress
from pledgeline.queries.contributions import state_now
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.chain import progress_pictures as pictures
from pledgeline.web.chain.order_words import UNIT_WORDS
from pledgeline.web.columns import Day, Money, Text, Whole
from pledgeline.web.fields import CHOICE, FormData
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of
from pledgeline.web.pictures import Shown, as_file
from pledgeline.web.tables import Table

DAYS, USUAL = (30, 60, 180, 365), 90
"""How far ahead somebody may look for money that lapses."""

OF_UNITS = (Act.SEE_ORDERS, Act.SEE_SHIPMENTS, Act.SEE_RECEIPTS)

WHAT = {
    progress.ORDERED: _("Ordered"),
    progress.SHIPPED: _("Shipped"),
    progress.ACCEPTED: _("Accepted"),
    progress.REJECTED: _("Rejected"),
    progress.SHORT: _("Short"),
    progress.LOST: _("Lost"),
    progress.CANCELLED: _("Cancelled"),
}


class DaysForm(forms.Form):
    """How many days ahead are looked at."""

    days = forms.ChoiceField(
        label=_("Money that lapses within"),
        required=False,
        error_messages=CHOICE,
        choices=[("", _("90 days")), *((str(number), _("%(n)s days") % {"n": number}) for number in DAYS)],
    )

    def __init__(self, data: FormData) -> None:
        super().__init__(data, auto_id="filter-%s")


PARTS = ("deliveries", "ageing", "lapsing")


@never_cache
def progress_page(request: HttpRequest, slug: str, part: str = "", format_: str = "") -> HttpResponseBase:
    """Show the three parts as far as the visitor may see what they are made of, or give one as a file."""
    page = _page_for(request, slug)
    if page is None:
        return not_yours(request, Act.SEE_ORDERS)
    if format_:
        return page.table_of(part).file(format_)
    tables = {name: page.table_of(name) for name in page.parts}
    return show(
        request,
        "web/chain/progress.html",
        page.asked,
        filters=page.form,
        tables=tables,
        parts=[(name, page.picture_of(name, table), table) for name, table in tables.items()],
        sees_money="lapsing" in tables,
        is_own=page.is_own,
    )


@never_cache
def picture_file(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Give the picture of a part as an SVG file."""
    page = _page_for(request, slug)
    if page is None:
        return not_yours(request, Act.SEE_ORDERS)
    return as_file(page.picture_of(part, page.table_of(part)), f"{slug}-{part}")


def _page_for(request: HttpRequest, slug: str) -> "_Page | None":
    asked = ask(request, slug)
    parameters = parameters_of(request)
    form = parameters.form(DaysForm(parameters.data))
    page = _Page(request, asked, ProgrammeRecord.objects.get(slug=slug), visitor(request), form)
    return page if page.parts else None


def _units_of(what: str) -> Callable[[progress.MonthOfUnits], int]:
    return lambda row: row.units[what]


class _Page:
    """The tables and pictures of the page for one visitor."""

    def __init__(
        self, request: HttpRequest, asked: Asked, programme: ProgrammeRecord, person: Person, form: DaysForm
    ) -> None:
        self.request, self.asked, self.form = request, asked, form
        self.programme, self.person = programme, person
        self.days: int = int(form.cleaned_data.get("days") or USUAL)

    @cached_property
    def moved(self) -> list[progress.Moved]:
        """Give what happened to units; the table and its picture tell the same."""
        return progress.moved_units(self.programme, self.person)

    @cached_property
    def parts(self) -> list[str]:
        """List the parts of which the visitor may see what they are made of, be it of their own party alone."""
        slug = self.programme.slug
        sees = {act: may_for_some(self.person, act, slug) for act in (*OF_UNITS, Act.SEE_CONTRIBUTIONS)}
        units = ["deliveries", "ageing"] if all(sees[act] for act in OF_UNITS) else []
        return [*units, *(["lapsing"] if sees[Act.SEE_CONTRIBUTIONS] else [])]

    @property
    def is_own(self) -> bool:
        """Say whether the visitor sees what is of their own party alone."""
        return not any(
            may(self.person, act, self.programme.slug) for act in (Act.SEE_ORDERS, Act.SEE_CONTRIBUTIONS)
        )

    def table_of(self, part: str) -> Table:
        """Give the table of a part.

        Raises:  Http404 where there is none for this visitor.
        """
        if part not in self.parts:
            raise Http404(f"there is no {part!r} for this visitor")
        if part == "deliveries":
            return self.deliveries()
        return self.ageing() if part == "ageing" else self.lapsing()

    def picture_of(self, part: str, table: Table) -> Shown:
        """Draw what a table says."""
        if part == "deliveries":
            return pictures.levels(self.asked, progress.levels_of(self.moved))
        if part == "lapsing":
            return pictures.lapsing(self.asked, cast("list[progress.LapsingMoney]", list(table.rows)))
        sums: Counter[int] = Counter()
        for line in cast("Sequence[progress.AgedLine]", table.rows):
            sums[line.age] += line.outstanding
        return pictures.ages(self.asked, sums)

    def _table(self, name: str, **more: Any) -> Table:
        return Table(
            self.request,
            name=f"{self.asked.programme.slug}-{name}",
            files=f"progress-{name}-file",
            fixed=True,
            per_page=200,
            **more,
        )

    def deliveries(self) -> Table:
        return self._table(
            "deliveries",
            caption=_("Units by month"),
            columns=[
                Text("month", _("Month"), lambda row: row.first.strftime("%Y-%m")),
                *(Whole(what, label, _units_of(what)) for what, label in WHAT.items()),
            ],
            rows=progress.by_month(self.moved),
            sort="month",
            empty=_("Nothing has been ordered yet."),
        )

    def ageing(self) -> Table:
        def page(row: progress.AgedLine) -> str:
            return self.asked.at("orders-one", key=row.order)

        return self._table(
            "ageing",
            caption=_("What is outstanding, and for how long"),
            columns=[
                Text("order", _("Order"), link=page),
                Text("supplier", _("Supplier")),
                Text("requirement", _("Requirement")),
                Text("item", _("Item")),
                Day("accepted_on", _("Ordered on")),
                Whole("days", _("Days")),
                *(Whole(name, UNIT_WORDS[name]) for name in ("outstanding", "under_way", "to_ship")),
            ],
            rows=progress.aged_lines(self.programme, self.person, self.asked.today),
            sort="-days",
            empty=_("Nothing that was ordered is outstanding."),
        )

    def lapsing(self) -> Table:
        def page(row: progress.LapsingMoney) -> str:
            return self.asked.at("contributions-one", key=row.contribution)

        return self._table(
            "lapsing",
            caption=_("Money that lapses"),
            columns=[
                Text("contribution", _("Contribution"), link=page),
                Text("partner", _("Partner")),
                Text("line", _("Reserved for"), empty="–"),
                Day("until", _("Last day")),
                Whole("left", _("Days left"), "days"),
                Money("amount", _("Amount"), "amount"),
                Text("currency", _("Currency"), "amount.currency", shown=False),
            ],
            rows=progress.lapsing_money(
                self.programme,
                self.person,
                state_now(self.programme),
                today=self.asked.today,
                days=self.days,
            ),
            sort="until",
            empty=_("No money lapses within these days."),
        )
