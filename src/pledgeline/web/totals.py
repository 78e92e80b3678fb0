"""Stated totals: what somebody said, our figure for the same measure, and what could explain the rest."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.evidence import Basis, MeasureScope, difference_of, scope_of
from pledgeline.money import Amount
from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.queries.record_rows import key_of as row_key
from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, show, show_table
from pledgeline.web.columns import Day, MixedFigure, Sources, Text
from pledgeline.web.fields import CHOICE
from pledgeline.web.parameters import parameters_of
from pledgeline.web.record_columns import other_columns, other_facts
from pledgeline.web.reports.excerpts import behind as claims_behind
from pledgeline.web.reports.excerpts import said_otherwise
from pledgeline.web.tables import Table

MOST_ROWS = 500
"""How many rows behind a figure its page lists; the table of announcements has them all."""


def key_of(stated: StatedTotal) -> str:
    """Give a statement a lasting address: it has no number of its own.

    >>> len(key_of(StatedTotal(as_of=None, measure="m", value=Decimal(1), unit="u", said_by="s", sources=(), note="")))
    10
    """
    said = "\n".join((str(stated.as_of), stated.measure, str(stated.value), stated.said_by))
    return hashlib.sha256(said.encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLine:
    """A stated total with its address, the name of its measure, and our figure beside it."""

    key: str
    name: str
    stated: StatedTotal
    scope: MeasureScope
    ours: Amount | int | None

    @property
    def comparable(self) -> bool:
        return self.scope.basis is not Basis.NONE

    @property
    def difference(self) -> Amount | Decimal | None:
        return difference_of(self.stated, self.ours)

    @property
    def is_floor_reached(self) -> bool:
        """Say whether a floor was stated ("more than"), and ours lies above it."""
        return self.ours is not None and self.difference is None

    @property
    def is_more(self) -> bool:
        """Say whether more was stated than we have."""
        return self._by > 0

    @property
    def _by(self) -> Decimal | int:
        difference = self.difference
        return difference.minor if isinstance(difference, Amount) else difference or 0

    @property
    def agreement(self) -> str:
        """Say in a file how the two stand to each other; nothing where there is no figure of ours."""
        if not self.comparable:
            return ""
        if self.is_floor_reached:
            return str(_("floor reached"))
        return str(_("differs") if self._by else _("equal"))


def lines_of(asked: Asked, totals: Iterable[StatedTotal]) -> list[StatedLine]:
    """Put our figure beside each of these totals, in the reader's language."""
    return [_line(asked, stated) for stated in totals]


def _line(asked: Asked, stated: StatedTotal) -> StatedLine:
    return asked.snapshot.derived(
        ("stated", stated, words.locale()),
        lambda: StatedLine(
            key=key_of(stated),
            name=words.measure_name(asked.programme, stated.measure),
            stated=stated,
            scope=scope_of(stated),
            ours=asked.reconciliation.ours(stated),
        ),
    )


class TotalsFilter(forms.Form):
    """Narrow the stated totals to those we have a figure for, or to some words."""

    _show = (
        (_("all statements"), ""),
        (_("with our figure beside"), "beside"),
        (_("total contributed"), "total"),
    )
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[(value, label) for label, value in _show],
        error_messages=CHOICE,
    )
    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def apply(self, lines: list[StatedLine]) -> list[StatedLine]:
        wanted, needle = self.cleaned_data.get("show", ""), self.cleaned_data.get("q", "").casefold()
        return [
            line
            for line in lines
            if (wanted != "beside" or line.comparable)
            and (wanted != "total" or line.scope.basis is Basis.TOTAL)
            and needle in f"{line.name} {line.stated.said_by} {line.stated.note}".casefold()
        ]


SHOWN = frozenset("as_of measure value unit said_by note sources".split())
"""Fields that have a column, and a place on the page, of their own."""


def _table(request: HttpRequest, asked: Asked, form: TotalsFilter) -> Table:
    def page(line: StatedLine) -> str:
        return asked.at("total", line.key)

    return Table(
        request,
        name=f"{asked.programme.slug}-stated-totals",
        caption=_("Stated totals"),
        columns=[
            Day("as_of", _("As of"), "stated.as_of", key=("stated.as_of", "stated.measure")),
            Text("name", _("Measure"), link=page),
            Text("measure", _("Measure, key"), "stated.measure", shown=False),
            Text("said_by", _("Said by"), "stated.said_by", folded=True),
            MixedFigure(
                "stated",
                _("Stated"),
                "stated.value",
                key=("stated.unit", "stated.value"),
                template="web/cells/stated.html",
            ),
            Text("unit", _("Unit"), "stated.unit", shown=False),
            MixedFigure("ours", _("Our figure"), template="web/cells/ours.html"),
            MixedFigure(
                "difference", _("Stated less ours"), signed=True, template="web/cells/difference.html"
            ),
            Text("agreement", _("Comparison"), shown=False),
            Text("basis", _("What ours is"), "scope.basis", named=words.BASES.__getitem__, shown=False),
            Text("note", _("Note"), "stated.note", shown=False),
            Sources("stated.sources"),
            *other_columns("stated-total", StatedTotal, SHOWN, below="stated."),
        ],
        rows=form.apply(lines_of(asked, asked.stated())),
        sort="-as_of",
        empty=_("No stated total passes these filters."),
        per_page=100,
        files="totals-file",
    )


def _filter(request: HttpRequest) -> TotalsFilter:
    parameters = parameters_of(request)
    return parameters.form(TotalsFilter(parameters.data, auto_id="filter-%s"))


def totals_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the stated totals, or give those that pass the filters as a file."""
    asked = ask(request, slug)
    if format_:
        return _table(request, asked, _filter(request)).file(format_)

    def context() -> dict[str, Any]:
        form = _filter(request)
        return {"table": _table(request, asked, form), "filters": form}

    return show_table(request, "web/totals.html", asked, context)


def total_page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    asked = ask(request, slug)
    stated = next((stated for stated in asked.record.stated_totals if key_of(stated) == key), None)
    if stated is None:
        raise Http404
    one = asked.reconciliation.compare(stated)
    currency = stated.amount.currency if stated.amount else asked.currency
    values = {row.announcement.id: row for row in asked.rows_in(currency)}
    near = [
        other
        for other in asked.record.stated_totals
        if other != stated
        and other.measure == stated.measure
        and abs((other.as_of - stated.as_of).days) <= 31
    ]
    behind = [values[id_] for id_ in one.rows if id_ in values]
    return show(
        request,
        "web/total.html",
        asked,
        line=_line(asked, stated),
        other_facts=other_facts("stated-total", stated, SHOWN),
        row_key=row_key("stated-total", stated),
        one=one,
        behind=behind[:MOST_ROWS],
        behind_more=max(0, len(behind) - MOST_ROWS),
        packages=[package for package in map(asked.package, one.rows) if package],
        others=lines_of(asked, near),
        claims_behind=claims_behind(request, asked, "stated-total", row_key("stated-total", stated)),
        otherwise=said_otherwise(asked, f"stated-total {asked.record.stated_totals.index(stated)}"),
    )
