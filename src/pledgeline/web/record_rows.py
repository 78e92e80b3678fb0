"""Enter, correct and take away rows of the public record: forms whose fields are the columns of the reader of files.

A form is sent twice: the first time it shows what is counted now, what will be, and what the reader asks about; only
the second enters it, and only where that is still so.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, may
from pledgeline.actions.record_rows import enter, remove
from pledgeline.exchange.record.lines import LONGEST_CELL
from pledgeline.exchange.record.written import cells_of
from pledgeline.money import MINOR_DIGITS
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import field_of
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.record_fields import CellKind, RowField, fields_of_row
from pledgeline.queries.changes import history_of
from pledgeline.queries.record_rows import (
    NOUNS,
    Foreseen,
    foresee,
    foresee_removal,
    row_of,
    row_stamp,
    whole_record,
)
from pledgeline.records.models import ProgrammeRecord, StepTaken
from pledgeline.web import totals, words
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.basis import programme_row
from pledgeline.web.change_forms import ChangeForm
from pledgeline.web.fields import CHOICE, FormData
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of
from pledgeline.web.record_columns import label_of

SAID_AGAIN = {"measure": "measures", "said_by": "speakers", "publisher": "publishers"}
"""The texts that are suggested as others have said them, and which list."""


TITLES = {
    "source": (_("Sources"), _("Enter a source"), _("Correct the source"), _("Remove the source?")),
    "announcement": (
        _("Announcements"),
        _("Enter an announcement"),
        _("Correct the announcement"),
        _("Remove the announcement?"),
    ),
    "stated-total": (
        _("Stated totals"),
        _("Enter a stated total"),
        _("Correct the stated total"),
        _("Remove the stated total?"),
    ),
}
PAGES = {"source": ("sources", "source"), "announcement": ("announcements", "announcement")}
"""The list and the page of what has a number; a stated total has an address of its own."""


class RowForm(ChangeForm):
    """Ask for the cells of a row, each as a text: whether it can be meant says the reader of files."""

    def __init__(self, noun: str, data: FormData, *, record: PublicRecord, known: Any = None) -> None:
        super().__init__(data, initial=cells_of(known) if known else None)
        self.noun = noun
        for column, field in _columns(noun):
            self.fields[column] = _made(noun, column, field, record)
        if known:
            self.fields["seen"].initial = row_stamp(known)
            self.ask_why(_("Why it is corrected."))
            if "id" in self.fields:
                self.fields["id"].disabled = True

    def cells(self) -> dict[str, str]:
        return {column: str(self.cleaned_data[column] or "") for column in NOUNS[self.noun].columns}


def _columns(noun: str) -> Iterator[tuple[str, RowField]]:
    """Give the columns of a kind of row, with the field of each."""
    return ((column, field) for field in fields_of_row(NOUNS[noun].row).values() for column in field.columns)


def _made(noun: str, column: str, field: RowField, record: PublicRecord) -> forms.Field:
    said = label_of(noun, column)
    common: dict[str, Any] = {"label": str(said), "help_text": said.part("help"), "required": False}
    if choices := _choices(column, field, record):
        return forms.ChoiceField(**common, choices=choices, error_messages=CHOICE)
    attributes: dict[str, Any] = {"autocomplete": "off"}
    if field.cell.is_long:
        widget: forms.Widget = forms.Textarea(attrs={"rows": 3})
    elif field.cell.kind is CellKind.DAY and not field.cell.month_too:
        widget = forms.TextInput(attrs={"type": "date"})
    else:
        if field.cell.kind in (CellKind.AMOUNT, CellKind.NUMBER):
            attributes["inputmode"] = "decimal"
        if suggested := _suggested(field):
            attributes["list"] = f"known-{suggested}"
        widget = forms.TextInput(attrs=attributes)
    return forms.CharField(**common, max_length=LONGEST_CELL, strip=True, widget=widget)


def _choices(column: str, field: RowField, record: PublicRecord) -> list[tuple[str, Any]]:
    """Give what a cell may hold where that is one of a few."""
    if field.words is not None:
        return list(words.OF_A_ROW[field.words].items())
    if column == field.cell.currency:
        return [("", "–"), *((code, code) for code in sorted(MINOR_DIGITS))]
    if field.cell.kind is CellKind.TEXT and field.cell.rows:
        return [("", "–"), *((row.id, row.id) for row in getattr(record, field.cell.rows))]
    return []


def _suggested(field: RowField) -> str:
    """Name the list of what is there already and may be meant again."""
    if field.cell.kind is CellKind.PARTIES:
        return "partners"
    return field.cell.rows or SAID_AGAIN.get(field.column, "")


def _suggestions(asked: Asked, record: PublicRecord, noun: str) -> dict[str, list[tuple[str, Any]]]:
    lists: dict[str, list[tuple[str, Any]]] = {
        "partners": words.party_choices(asked.programme.parties),
        "sources": [(row.id, f"{row.publisher}: {row.title}") for row in record.sources],
        "announcements": [(row.id, row.title) for row in record.announcements],
        "publishers": _once(row.publisher for row in record.sources),
        "speakers": _once(row.speaker for row in record.stated_totals),
        "measures": _once(row.measure for row in record.stated_totals),
    }
    wanted = {_suggested(field) for _column, field in _columns(noun)}
    return {name: choices for name, choices in lists.items() if name in wanted}


def _once(texts: Iterable[str]) -> list[tuple[str, str]]:
    return [(text, text) for text in sorted(set(texts))]


@dataclass(frozen=True, slots=True)
class RecordEditing:
    """One request about rows of a kind, by somebody who may edit the record."""

    request: HttpRequest
    asked: Asked
    programme: ProgrammeRecord
    noun: str
    record: PublicRecord

    @property
    def key(self) -> str:
        return parameters_of(self.request).text("key")

    def row(self) -> Any:
        """Give the row that the address names.

        Raises:  Http404 where there is none.
        """
        row = row_of(self.record, self.noun, self.key)
        if row is None:
            raise Http404(f"there is no {self.noun} {self.key!r}")
        return row

    def page_of(self, value: Any) -> str:
        """Give the address of the page that shows a row."""
        if self.noun == "stated-total":
            return self.asked.at("total", totals.key_of(value))
        return self.asked.at(PAGES[self.noun][1], value.id)

    @property
    def list(self) -> str:
        return self.asked.at(PAGES[self.noun][0] if self.noun in PAGES else "totals")

    def show(self, template: str, status: int, **context: Any) -> HttpResponse:
        return show(self.request, template, self.asked, status=status, here=self, **context)


def _of_the_record(view: Callable[[RecordEditing], HttpResponse]) -> Callable[..., HttpResponse]:
    """Show a page to those who may edit the record, and to nobody else."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, slug: str, noun: str) -> HttpResponse:
        asked = ask(request, slug)
        if not may(visitor(request), Act.EDIT_RECORD, slug):
            return not_yours(request, Act.EDIT_RECORD)
        if noun not in NOUNS:
            raise Http404(f"nothing is entered as {noun!r}")
        programme = programme_row(request, slug)
        response: HttpResponse = view(RecordEditing(request, asked, programme, noun, whole_record(slug)))
        return response

    return guarded


@_of_the_record
def new_page(here: RecordEditing) -> HttpResponse:
    """Show the form of a new row; sent, show what it would change; confirmed, enter it."""
    return _form_page(here, None)


@_of_the_record
def correct_page(here: RecordEditing) -> HttpResponse:
    """Show the form of a row that is there, in the same way."""
    return _form_page(here, here.row())


def _form_page(here: RecordEditing, old: object) -> HttpResponse:
    given = here.request.POST if here.request.method == "POST" else None
    form = RowForm(here.noun, given, record=here.record, known=old)
    would: Foreseen | None = None
    if given is not None and form.is_valid():
        done = _sent(here, form, is_entered="enter" in given)
        if isinstance(done, StepTaken):
            value = row_of(whole_record(here.programme.slug), here.noun, done.key)
            return redirect(here.page_of(value) if value else here.list)
        if isinstance(done, list):
            form.take(done)
        else:
            would = done
    _list_name, new, correct, _remove = TITLES[here.noun]
    return here.show(
        "web/record_row.html",
        400 if form.errors else 200,
        form=form,
        row=old,
        page=here.page_of(old) if old else "",
        title=correct if old else new,
        list_title=TITLES[here.noun][0],
        would=would,
        suggestions=_suggestions(here.asked, here.record, here.noun),
        history=history_of(here.programme, here.noun, here.key) if old else [],
        labels={column: label_of(here.noun, column) for column in NOUNS[here.noun].columns},
    )


def _sent(here: RecordEditing, form: RowForm, *, is_entered: bool) -> StepTaken | Foreseen | list[Finding]:
    now = timezone.now()
    if not is_entered:
        settings = here.programme.to_value()
        return foresee(here.noun, form.cells(), programme=settings, record=here.record, now=now, key=here.key)
    return enter(
        here.noun,
        form.cells(),
        programme=here.programme,
        person=visitor(here.request),
        now=now,
        key=here.key,
        reason=form.cleaned_data.get("reason", ""),
        seen=form.cleaned_data["seen"],
        foreseen=here.request.POST.get("foreseen", ""),
        asked_with=form.cleaned_data["asked_with"],
    )


@_of_the_record
def remove_page(here: RecordEditing) -> HttpResponse:
    """Ask first, with what would be counted then; with a reason take the row away. One that is gone is gone already."""
    if here.request.method == "POST" and row_of(here.record, here.noun, here.key) is None:
        return redirect(here.list)
    old, now = here.row(), timezone.now()
    settings = here.programme.to_value()
    would = foresee_removal(here.noun, here.key, programme=settings, record=here.record, now=now)
    wrong = would if isinstance(would, Finding) else None
    reason = here.request.POST.get("reason", "")
    if here.request.method == "POST":
        done = remove(
            here.noun,
            here.key,
            programme=here.programme,
            person=visitor(here.request),
            now=now,
            reason=reason,
            seen=here.request.POST.get("seen"),
        )
        if not isinstance(done, list):
            return redirect(here.list)
        wrong = done[0]
    return here.show(
        "web/record_row_remove.html",
        409 if wrong else 200,
        row=old,
        page=here.page_of(old),
        title=TITLES[here.noun][3],
        list_title=TITLES[here.noun][0],
        would=None if isinstance(would, Finding) else would,
        wrong=wrong,
        is_of_reason=wrong is not None and field_of(wrong) == "reason",
        reason=reason,
        stamp=row_stamp(old),
        facts=[(label_of(here.noun, column), text) for column, text in cells_of(old).items() if text],
    )
