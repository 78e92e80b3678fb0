"""The pages of a noun: its list, one of it with its steps and history, and the form that writes it down."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, may
from pledgeline.actions import chain
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import Noun
from pledgeline.programme.steps import OPEN_TO_CHANGE, state_name, states_of, steps_from
from pledgeline.queries import chain as queries
from pledgeline.records.models import ChainRow
from pledgeline.web import words
from pledgeline.web.asked import ask, visitor
from pledgeline.web.basis import programme_row
from pledgeline.web.chain.begun import CannotBegin
from pledgeline.web.chain.columns import columns_of
from pledgeline.web.chain.facts import facts_of
from pledgeline.web.chain.forms import NounForm
from pledgeline.web.chain.here import Here
from pledgeline.web.chain.kinds import Pages
from pledgeline.web.fields import CHOICE, FormData
from pledgeline.web.held import held_for
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import Table

View = Callable[..., HttpResponseBase]


def of_a_noun(view: View) -> View:
    """Show a page of a noun to those who may see such nouns, and to nobody else."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, slug: str, pages: Pages, **more: object) -> HttpResponseBase:
        asked = ask(request, slug)
        programme = programme_row(request, slug)
        if not queries.may_see(pages.table, programme, visitor(request)):
            return not_yours(request, queries.SEEN_BY[pages.table])
        return view(Here(request, asked, programme, pages), **more)

    return guarded


# The list


class NounFilters(forms.Form):
    """What the list can be narrowed by."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False, error_messages=CHOICE)

    def __init__(self, data: FormData, *, pages: Pages) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.pages = pages
        states = [(state.value, state_name(pages.noun, state)) for state in states_of(pages.noun)]
        self.fields["state"].choices = [("", _("all")), *states]  # type: ignore[attr-defined]

    def wanted(self) -> Q:
        """Give the condition on rows that every filter set and valid makes."""
        given = self.cleaned_data
        return queries.wanted(self.pages.table, words=given.get("q", ""), state=given.get("state", ""))


@of_a_noun
def list_page(here: Here, format_: str = "") -> HttpResponseBase:
    """Show those that pass the filters, or give them as a file."""
    parameters = parameters_of(here.request)
    form = parameters.form(NounFilters(parameters.data, pages=here.pages))
    rows = queries.newest(here.pages.table, here.programme, here.person)
    has_any = rows.exists()
    table = _table(here, lambda: rows.filter(form.wanted()), has_any=has_any)
    if format_:
        return table.file(format_)
    template = "web/_table.html" if getattr(here.request, "htmx", False) else "web/chain/list.html"
    may_write = chain.may_write(here.pages.table, here.programme, here.person)
    many = here.steps_of_many() if template == "web/chain/list.html" else []
    first_act = _first_act(here, has_any=has_any, may_write=may_write)
    return here.show(template, table=table, filters=form, may_write=may_write, first_act=first_act, many=many)


def _first_act(here: Here, *, has_any: bool, may_write: bool) -> tuple[object, str] | None:
    """Give what an empty list begins with: what is written here, or the page on which it is begun."""
    if has_any:
        return (_("Show all"), here.asked.at(here.pages.name))
    begins = here.pages.begins_on
    if not may_write or not (begins or here.pages.new):
        return None
    return (begins[1], here.asked.at(begins[0])) if begins else (here.pages.new, here.at("-new"))


def _table(here: Here, rows: Callable[[], Any], *, has_any: bool) -> Table:
    pages = here.pages

    def sorted_rows(sort: str) -> queries.Listed:
        of = queries.LISTS[pages.table]
        found = queries.with_figures(pages.table, rows().select_related(*of.beside))
        return queries.Listed(found.order_by(*of.order_of(sort)))

    return Table(
        here.request,
        name=f"{here.asked.programme.slug}-{pages.name}",
        caption=pages.title,
        columns=columns_of(pages.table, lambda row: here.at("-one", key=row.key)),
        rows=sorted_rows,
        sort=queries.PLACE,
        empty=_("None passes these filters.") if has_any else pages.none,
        files=f"{pages.name}-file",
    )


# One of it


@of_a_noun
def one_page(here: Here) -> HttpResponse:
    """Show one: what it says, what can be done with it now and by whom, and what has happened to it."""
    return show_one(here, here.row())


def show_one(
    here: Here,
    row: ChainRow,
    *,
    wrong: Finding | None = None,
    step: str = "",
    reason: str = "",
    photo_form: forms.Form | None = None,
) -> HttpResponse:
    """Show one, with what was wrong with a step, or with a photograph, that was just sent."""
    more = here.pages.more(here, row)
    if photo_form is not None:
        more["photo_form"] = photo_form
    held_acts = held_for(here.asked, here.programme, here.person, row.KIND.NAME, row.key)
    waiting = {held.step for held in held_acts}
    can_be = [step for step in steps_from(row.KIND.NAME, row.state) if step.name not in waiting]
    steps = [(possible, chain.why_not(possible, row, here.person)) for possible in can_be]
    return here.show(
        "web/chain/one.html",
        409 if wrong else 400 if photo_form else 200,
        row=row,
        facts=_facts(here, row),
        state=state_name(row.KIND.NAME, row.state),
        steps=[possible for possible, why in steps if why is None],
        others=[(possible, why) for possible, why in steps if why is not None],
        may_change=chain.may_change(row, here.person),
        wrong_part=wrong.place.path[1] if wrong and len(wrong.place.path) > 1 else "",
        **more,
        stamp=chain.stamp_of(row),
        history=queries.history(row),
        wrong=wrong,
        wrong_step=step,
        reason=reason,
        labels=_labels(row.KIND),
        held_acts=held_acts,
    )


def _labels(noun: type[Noun]) -> dict[str, object]:
    """Give what each field is called, and each field of a part, by the names that `StepTaken.changes` has."""
    labels: dict[str, object] = {}
    for name, field in noun.fields_said().items():
        labels[name] = field.label
        if field.part is not None:
            labels |= {
                f"{name}:{inner}": said_field.label for inner, said_field in field.part.fields_said().items()
            }
    return labels


POINTS = {
    "package": "formed-one",
    "order": "orders-one",
    "shipment": "shipments-one",
    "receipt": "receipts-one",
}
"""The pages of what a field names."""


def _facts(here: Here, row: ChainRow) -> list[tuple[Any, Any, str]]:
    """Give each field with what it says and where that leads."""
    facts = []
    for field, said in facts_of(row.to_value()):
        name = field.name
        leads = name in POINTS and (name != "package" or may(here.person, Act.SEE_PLANS, here.programme.slug))
        link = here.asked.at(POINTS[name], key=said) if leads else ""
        is_word = (row.KIND.NAME, name) == ("discrepancy", "what")
        facts.append((field, words.DISCREPANCIES[said] if is_word else said, link))
    return facts


# The form


@of_a_noun
def write_page(here: Here, *, is_new: bool) -> HttpResponse:
    """Show the form of a noun; sent, write it down or say at its fields what is wrong."""
    table, noun = here.pages.table, here.pages.table.KIND
    row = None if is_new else here.row()
    if not (
        chain.may_write(table, here.programme, here.person)
        if row is None
        else chain.may_change(row, here.person)
    ):
        return not_yours(here.request, queries.SEEN_BY[table])
    data = here.request.POST if here.request.method == "POST" else None
    currency = here.asked.programme.base_currency
    begun: Mapping[str, object] = {}
    about: dict[str, str] = {}
    try:
        begun, about = here.pages.begin(here) if row is None else (begun, about)
    except CannotBegin as cannot:
        if data is None:  # what was sent is answered by the act, which may have been done by it before
            return here.show("web/chain/cannot_begin.html", 409, cannot=cannot)
    known = row.to_value() if row else None
    form = NounForm(noun, data, known=known, currency=currency, begun=begun, about=about)
    if data is not None and form.is_valid():
        made = chain.write(
            table,
            form.said(),
            programme=here.programme,
            person=here.person,
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
            asked_with=form.cleaned_data["asked_with"],
        )
        if not isinstance(made, list):
            return redirect(here.at("-one", key=made.key))
        form.take(made)
    form.fields["seen"].initial = chain.stamp_of(row)
    title = here.pages.change if row else here.pages.new
    begins_version = row is not None and row.state not in OPEN_TO_CHANGE
    answer = here.show(
        "web/chain/write.html",
        400 if form.has_errors else 200,
        form=form,
        title=translated(str(title)),
        row=row,
        begins_version=begins_version,
        is_kept=noun.NAME == "receipt",
    )
    if noun.NAME == "receipt":  # whoever counts reads labels with the camera
        answer["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
    return answer
