"""Contributions listed, and one opened: its figures, its terms, what can be done now, and a new pledge."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may, may_for_some, own_parties
from pledgeline.actions import contributions as actions
from pledgeline.programme.contributions import Contribution
from pledgeline.queries.contributions import Contributed, currencies_of, may_do, versions_of
from pledgeline.records.models import PartyRecord
from pledgeline.web.asked import books_for
from pledgeline.web.books.figures import SOON
from pledgeline.web.chain.columns import column_of
from pledgeline.web.chain.facts import facts_of
from pledgeline.web.chain.forms import NounForm
from pledgeline.web.columns import Amounts, Column, Day, Text
from pledgeline.web.contributions.acts import TITLES, PledgeForm, ShownAct, acts_of, entered, send
from pledgeline.web.contributions.asked import ContributionRequest, of_contributions
from pledgeline.web.fields import CHOICE, FormData
from pledgeline.web.held import held_for
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import Table

# The list

HOLDS = {
    "owed": _("committed, not received"),
    "available": _("available"),
    "bound": _("tied up"),
    "spent": _("spent"),
    "lapsed": _("lapsed"),
}
"""What the list can be narrowed to: contributions that have money there."""


class ContributionFilters(forms.Form):
    """What the list can be narrowed by."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    partner = forms.ChoiceField(label=_("Partner"), required=False, error_messages=CHOICE)
    holds = forms.ChoiceField(
        label=_("With money"), required=False, choices=[("", _("all")), *HOLDS.items()], error_messages=CHOICE
    )

    def __init__(self, data: FormData, *, rows: list[Contributed]) -> None:
        super().__init__(data, auto_id="filter-%s")
        names = sorted({row.partner for row in rows})
        self.fields["partner"].choices = [("", _("all")), *((name, name) for name in names)]  # type: ignore[attr-defined]

    def passes(self, row: Contributed) -> bool:
        """Say whether a contribution passes every filter that is set and valid."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        words = given.get("q", "").casefold()
        return (
            words in f"{row.key} {row.partner}".casefold()
            and given.get("partner", row.partner) == row.partner
            and ("holds" not in given or bool(getattr(row.figures, given["holds"])))
        )


@of_contributions
def list_page(here: ContributionRequest, format_: str = "") -> HttpResponseBase:
    """Show the contributions that pass the filters, or give them as a file."""
    parameters, rows = parameters_of(here.request), here.rows()
    form = parameters.form(ContributionFilters(parameters.data, rows=rows))
    table = Table(
        here.request,
        name=f"{here.asked.programme.slug}-contributions",
        caption=_("Contributions"),
        columns=[
            Text("key", _("Contribution"), link=lambda row: here.at("-one", key=row.key)),
            Text("partner", _("Partner"), key=("partner", "key")),
            Amounts("pledged", _("Pledged"), "figures.pledged"),
            Amounts("received", _("Received"), "figures.received"),
            Amounts("available", _("Available"), "figures.available"),
            Amounts("bound", _("Tied up"), "figures.bound"),
            Amounts("spent", _("Spent"), "figures.spent"),
            Day("last_day", _("Last day")),
            Amounts("committed", _("Committed"), "figures.committed", shown=False),
            Amounts("lapsed", _("Lapsed"), "figures.lapsed", shown=False),
            *_term_columns(),
        ],
        rows=[row for row in rows if form.passes(row)],
        sort="key",
        empty=_("No contribution passes these filters.")
        if rows
        else _(
            "Nothing has been pledged yet. A coordinator, or a partner for itself, enters the first pledge."
        ),
        files="contributions-file",
    )
    if format_:
        return table.file(format_)
    if getattr(here.request, "htmx", False):
        return here.show("web/_table.html", table=table)
    return here.show(
        "web/contributions/list.html",
        table=table,
        filters=form,
        may_pledge=_may_pledge(here),
        takes=_currencies(here),
        first_act=_first_act(here, has_any=bool(rows)),
    )


IN_THE_LIST = frozenset({"key", "partner", "last_day"})
"""Fields that the columns of the books say already; the last day is the earlier of two."""


def _term_columns() -> list[Column]:
    """Give the columns of the terms, which are empty where none were written down."""

    def said(name: str) -> Callable[[Any], Any]:
        return lambda row: getattr(row.terms, name) if row.terms is not None else None

    fields = Contribution.fields_said().items()
    return [column_of(field, said(name)) for name, field in fields if name not in IN_THE_LIST]


def _first_act(here: ContributionRequest, *, has_any: bool) -> tuple[Any, str] | None:
    """Give what an empty list begins with: a pledge, for whoever may enter one."""
    if has_any:
        return (_("Show all"), here.asked.at("contributions"))
    if _currencies(here) and _may_pledge(here):
        return (_("New pledge"), here.asked.at("contributions-pledge"))
    return None


def _may_pledge(here: ContributionRequest) -> bool:
    return may_for_some(here.person, Act.PLEDGE, here.programme.slug)


def _currencies(here: ContributionRequest) -> list[str]:
    """Give the currencies that the books take, the programme's own first; none where it keeps no books."""
    codes = currencies_of(here.programme)
    return sorted(codes, key=lambda code: (code != here.programme.base_currency, code))


# A new pledge


@of_contributions
def pledge_page(here: ContributionRequest) -> HttpResponse:
    """Show the form of a new pledge; sent, enter it or say what is wrong or asked."""
    currencies = _currencies(here)
    if not _may_pledge(here):
        return not_yours(here.request, Act.PLEDGE)
    if not currencies:
        raise Http404(f"{here.programme.slug} keeps no books")
    partners = None
    if not may(here.person, Act.PLEDGE, here.programme.slug):
        own = own_parties(here.person, Act.PLEDGE, here.programme.slug)
        partners = list(PartyRecord.objects.filter(ref__in=own).values_list("name", flat=True))
    data = here.request.POST if here.request.method == "POST" else None
    form = PledgeForm(data, here=here, currencies=currencies, partners=partners)
    doubts = entered(here, form, {}) if data is not None else None
    if data is not None and doubts is None and form.is_valid():
        return redirect(here.at("-one", key=form.cleaned_data["contribution"]))
    return here.show(
        "web/contributions/pledge.html",
        409 if doubts else 400 if form.errors else 200,
        form=form,
        doubts=doubts,
        known=sorted({row.partner for row in here.rows()}),
    )


# One of them


@of_contributions
def one_page(here: ContributionRequest) -> HttpResponse:
    """Show one: its figures, its terms, what can be done now; sent, enter what a form of it says."""
    row = here.row()
    if here.request.method != "POST":
        return _one(here, row)
    kind = here.request.POST.get("kind", "")
    if kind not in TITLES:
        raise Http404(f"there is no act {kind!r}")
    sent = send(here, kind, row.key, row.partner, here.request.POST)
    if sent is None:
        return redirect(here.at("-one", key=row.key))
    now = here.now()
    return _one(now, now.row(), sent=sent)


def _one(here: ContributionRequest, row: Contributed, *, sent: ShownAct | None = None) -> HttpResponse:
    labels = {name: field.label for name, field in Contribution.fields_said().items()}
    return here.show(
        "web/contributions/one.html",
        (409 if sent.doubts else 400) if sent else 200,
        row=row,
        figures=row.figures,
        terms=_terms(row),
        acts=acts_of(here, row.key, row.partner, sent=sent),
        may_write_terms=may_do(Act.WRITE_TERMS, here.programme, here.person, row.partner),
        history=versions_of(here.programme, row.key),
        labels=labels,
        held_acts=held_for(here.asked, here.programme, here.person, actions.NOUN, row.key),
        sees_books=books_for(here.request, here.programme.slug) is not None,
        is_late=row.last_day is not None and (row.last_day - here.asked.today).days < 0,
        is_soon=row.last_day is not None and 0 <= (row.last_day - here.asked.today).days <= SOON,
    )


NOT_TERMS = frozenset({"key", "partner", "currency"})
"""Fields that say whose money it is, which stands at the head of the page."""


def _terms(row: Contributed) -> list[tuple[Any, Any]]:
    """Give each term with what it says."""
    facts = facts_of(row.terms.to_value()) if row.terms is not None else ()
    return [(field, said) for field, said in facts if field.name not in NOT_TERMS]


# Its terms


@of_contributions
def terms_page(here: ContributionRequest) -> HttpResponse:
    """Show the form of the terms; sent, write them down or say at its fields what is wrong."""
    row = here.row()
    if not may_do(Act.WRITE_TERMS, here.programme, here.person, row.partner):
        return not_yours(here.request, Act.WRITE_TERMS)
    known = row.terms.to_value() if row.terms else None
    base = known or Contribution.model_validate(
        {"key": row.key, "partner": row.partner, "currency": here.state.term("currency", row.key)}
    )
    data = here.request.POST if here.request.method == "POST" else None
    form = NounForm(Contribution, data, known=base)
    for name in NOT_TERMS:
        del form.fields[name]
    if data is not None and form.is_valid():
        seen = form.cleaned_data["seen"]
        made = actions.write_terms(
            {**form.said(), "key": row.key},
            programme=here.programme,
            person=here.person,
            now=timezone.now(),
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0,
        )
        if not isinstance(made, list):
            return redirect(here.at("-one", key=row.key))
        form.take(made)
    form.fields["seen"].initial = row.terms.version if row.terms else 0
    return here.show("web/contributions/terms.html", 400 if form.errors else 200, row=row, form=form)
