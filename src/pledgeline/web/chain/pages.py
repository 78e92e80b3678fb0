"""The pages of a noun: its list, one of it with its steps and history, and the form that writes it down."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.actions import chain
from pledgeline.money import Amount
from pledgeline.programme.findings import Finding
from pledgeline.programme.steps import OPEN_TO_CHANGE, STEPS, Step, state_name, states_of, steps_from
from pledgeline.queries import chain as queries
from pledgeline.records.models import ChainRow, OfferRecord, ProgrammeRecord
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.chain.forms import NounForm
from pledgeline.web.chain.kinds import Pages
from pledgeline.web.columns import Column, Day, Mark, Money, Ordinal, Text, Whole
from pledgeline.web.fields import CHOICE
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import Table


@dataclass(frozen=True, slots=True)
class Here:
    """One request for a page of a noun, by somebody who may see such nouns."""

    request: HttpRequest
    asked: Asked
    programme: ProgrammeRecord
    pages: Pages

    @property
    def person(self) -> Any:
        return visitor(self.request)

    def row(self) -> ChainRow:
        """Give the newest version of the noun that the address names.

        Raises:  Http404 where there is none that this visitor may see.
        """
        key = parameters_of(self.request).text("key")
        row = queries.newest(self.pages.table, self.programme, self.person).filter(key=key).first()
        if row is None:
            raise Http404(f"there is no {self.pages.noun} {key!r}")
        return row

    def at(self, page: str = "", **parameters: Any) -> str:
        """Give the address of a page of this noun."""
        return self.asked.at(f"{self.pages.name}{page}", **parameters)

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        answer = show(self.request, f"web/chain/{template}.html", self.asked, pages=self.pages, **context)
        answer.status_code = status
        return answer


View = Callable[..., HttpResponse]


def _of_a_noun(view: View) -> View:
    """Show a page of a noun to those who may see such nouns, and to nobody else."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, slug: str, pages: Pages, **more: Any) -> HttpResponse:
        asked = ask(request, slug)
        programme = ProgrammeRecord.objects.get(slug=slug)
        if not queries.may_see(pages.table, programme, visitor(request)):
            return not_yours(request, queries.SEEN_BY[pages.table])
        return view(Here(request, asked, programme, pages), **more)

    return guarded


# The list


class Filters(forms.Form):
    """What the list can be narrowed by."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False, error_messages=CHOICE)

    def __init__(self, data: Any, *, pages: Pages) -> None:
        super().__init__(data, auto_id="filter-%s")
        states = [(state.value, state_name(state)) for state in states_of(pages.noun)]
        self.fields["state"].choices = [("", _("all")), *states]  # type: ignore[attr-defined]

    def wanted(self) -> Q:
        """Give the condition on rows that every filter set and valid makes."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        condition = Q()
        if "q" in given:
            condition &= Q(key__icontains=given["q"]) | Q(item__icontains=given["q"])
        if "state" in given:
            condition &= Q(state=given["state"])
        return condition


@_of_a_noun
def list_page(here: Here, format_: str = "") -> HttpResponse:
    """Show those that pass the filters, or give them as a file."""
    parameters = parameters_of(here.request)
    form = parameters.form(Filters(parameters.data, pages=here.pages))
    rows = queries.newest(here.pages.table, here.programme, here.person)
    table = _table(here, lambda: rows.filter(form.wanted()), has_any=rows.exists())
    if format_:
        return table.file(format_)
    template = "table" if getattr(here.request, "htmx", False) else "list"
    may_write = chain.may_write(here.pages.table, here.programme, here.person)
    return here.show(template, table=table, filters=form, may_write=may_write)


def _table(here: Here, rows: Callable[[], Any], *, has_any: bool) -> Table:
    pages = here.pages

    def sorted_rows(sort: str) -> queries.Listed:
        name, turn = sort.removeprefix("-"), "-" if sort.startswith("-") else ""
        columns = pages.order if name == "order" else (name, *pages.order)
        return queries.Listed(rows().order_by(*(f"{turn}{column}" for column in columns)))

    return Table(
        here.request,
        name=f"{here.asked.programme.slug}-{pages.name}",
        caption=pages.title,
        columns=_columns(here),
        rows=sorted_rows,
        sort="order",
        empty=_("None passes these filters.") if has_any else pages.none,
        files=f"{pages.name}-file",
    )


def _columns(here: Here) -> list[Column]:
    labels = {name: str(field.label) for name, field in here.pages.table.KIND.fields_said().items()}

    def page(row: ChainRow) -> str:
        return here.at("-one", key=row.key)

    first: list[Column] = [
        Ordinal("order", _("Place"), "pk", shown=False),
        Text("key", labels["key"], link=page),
        Text("item", labels["item"], link=page, quiet=True),
    ]
    state = Mark("state", _("State"), named=state_name, mark=lambda row: f"mark state-{row.state}")
    if here.pages.table is OfferRecord:
        return [
            *first,
            Text("supplier", labels["supplier"]),
            Money("unit_price", labels["unit_price"], lambda row: Amount(row.unit_price, row.currency)),
            Text("currency", labels["currency"], shown=False),
            Whole("available", labels["available"], empty="–"),
            Whole("lead_days", labels["lead_days"]),
            Day("valid_until", labels["valid_until"]),
            state,
        ]
    return [
        *first,
        Whole("quantity", labels["quantity"]),
        Ordinal("priority", labels["priority"]),
        Day("need_by", labels["need_by"]),
        Text("category", labels["category"], shown=False),
        state,
        Ordinal("version", _("Version")),
    ]


# One of it

SELDOM = frozenset({"min_useful", "multiple", "lot", "min_order"})
"""Fields that a page shows only where they say something."""


@_of_a_noun
def one_page(here: Here) -> HttpResponse:
    """Show one: what it says, what can be done with it now and by whom, and what has happened to it."""
    return _one(here, here.row())


def _one(
    here: Here, row: ChainRow, *, wrong: Finding | None = None, step: str = "", reason: str = ""
) -> HttpResponse:
    steps = [(each, chain.why_not(each, row, here.person)) for each in steps_from(row.KIND.NAME, row.state)]
    return here.show(
        "one",
        409 if wrong else 200,
        row=row,
        facts=_facts(row),
        state=state_name(row.state),
        steps=[each for each, why in steps if why is None],
        others=[(each, why) for each, why in steps if why is not None],
        may_change=chain.may_change(row, here.person),
        stamp=chain.stamp_of(row),
        history=[(taken, _done(taken.noun, taken.step)) for taken in queries.history(row)],
        wrong=wrong,
        wrong_step=step,
        reason=reason,
        labels={name: field.label for name, field in row.KIND.fields_said().items()},
    )


def _done(noun: str, step: str) -> str:
    return Step.named(noun, step).part("done")


def _facts(row: ChainRow) -> list[tuple[Any, Any]]:
    """Give each field with what it says, in the order of the model; what is left empty, or is as usual, is left out."""
    value = row.to_value()
    facts = []
    for name, field in row.KIND.fields_said().items():
        said = getattr(value, name)
        if name == "key" or said in (None, "") or (name in SELDOM and said == field.usual):
            continue
        facts.append((field, Amount(said, value.currency) if field.kind == "Price" else said))
    return facts


@_of_a_noun
def step_page(here: Here) -> HttpResponse:
    """Take a step, with the reason that was typed; what keeps it from being taken is said on the page."""
    row = here.row()
    if here.request.method != "POST":
        return redirect(here.at("-one", key=row.key))
    given = here.request.POST
    name = given.get("step", "")
    if not any((step.noun, step.name) == (here.pages.noun, name) for step in STEPS):
        raise Http404(f"there is no step {name!r}")
    done = chain.take_step(
        here.pages.table,
        row.key,
        name,
        programme=here.programme,
        person=here.person,
        now=timezone.now(),
        reason=given.get("reason", ""),
        asked_with=given.get("asked_with", "")[:64],
        seen=given.get("seen"),
    )
    if isinstance(done, Finding):
        return _one(here, here.row(), wrong=done, step=name, reason=given.get("reason", ""))
    return redirect(here.at("-one", key=row.key))


# The form


@_of_a_noun
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
    form = NounForm(noun, data, known=row.to_value() if row else None, currency=currency)
    if data is not None and form.is_valid():
        made = chain.write(
            table,
            form.said(),
            programme=here.programme,
            person=here.person,
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )
        if not isinstance(made, list):
            return redirect(here.at("-one", key=made.key))
        form.take(made)
    form.fields["seen"].initial = chain.stamp_of(row)
    title = here.pages.change if row else here.pages.new
    begins_version = row is not None and row.state not in OPEN_TO_CHANGE
    return here.show(
        "write",
        400 if form.errors else 200,
        form=form,
        title=translated(str(title)),
        row=row,
        begins_version=begins_version,
    )
