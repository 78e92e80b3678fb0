"""Bring in requirements or offers from a workbook or a CSV file: shown first, taken when that is answered.

A job reads the file and says of each row what would come of it; another one takes the good rows, if what was shown is
still what comes of them. Which column is which can be chosen where the headings are a file's own.
"""

from collections.abc import Iterator
from typing import Any, Unpack

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.actions import chain, noun_files
from pledgeline.actions.chain import TABLES
from pledgeline.actions.job_askers import own_job
from pledgeline.actions.noun_files import RowResult
from pledgeline.exchange.noun_files import MOST_BYTES, MOST_ROWS, sheet_name
from pledgeline.jobs.asking import Asker, NotNow
from pledgeline.jobs.models import Job, JobState
from pledgeline.money import Amount, in_full
from pledgeline.programme.kept_findings import as_said
from pledgeline.programme.nouns import Noun
from pledgeline.programme.sentences import Sentence
from pledgeline.queries.chain import SEEN_BY
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, asker_of, show, visitor
from pledgeline.web.fields import CHOICE, FormData, FormFiles, FormOptions, file_field
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of

NOUNS = {"requirement": _("requirements"), "offer": _("offers")}
LISTS = {"requirement": "requirements", "offer": "offers"}
"""The nouns that come in files, and the names of the pages with their lists."""

RESULTS = {
    RowResult.NEW: _("new"),
    RowResult.CHANGED: _("changed"),
    RowResult.UNCHANGED: _("as it stands"),
    RowResult.REFUSED: _("refused"),
    RowResult.CONFLICT: _("in conflict"),
}

MOST_SHOWN = 500
"""So many rows of each kind a page shows; what is refused is shown first."""


class WorkbookForm(forms.Form):
    """A workbook or a CSV file to be looked over."""

    file = file_field(
        _("Workbook (.xlsx) or CSV file"),
        accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **more: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **more)
        self.data_of_file = b""

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        self.data_of_file = file.read(MOST_BYTES + 1)
        if len(self.data_of_file) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 4 MB: hand it in in parts."))
        return file


class ListFileForm(WorkbookForm):
    """A file with a requirement or an offer in each row."""

    field_order = ("noun", "file")
    noun = forms.ChoiceField(
        label=_("It holds"),
        widget=forms.RadioSelect,
        error_messages={**CHOICE, "required": _("Choose one of the two.")},
    )

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, nouns: list[str], **more: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **more)
        self.fields["noun"].choices = [(noun, NOUNS[noun]) for noun in nouns]  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """Which heading of a file is meant by each field."""

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        noun: type[Noun],
        headings: list[str],
        **more: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **more)
        choices = [("", _("no column")), *((heading, heading) for heading in dict.fromkeys(headings))]
        for name, field in noun.fields_said().items():
            self.fields[name] = forms.ChoiceField(
                label=str(field.label), required=field.is_needed, choices=choices, error_messages=CHOICE
            )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        given: dict[str, str] = {}
        for name, heading in list(cleaned.items()):
            if heading and heading in given:
                self.add_error(name, _("This column is chosen for another field already."))
            given[heading] = name
        return cleaned


def _nouns_for(request: HttpRequest, slug: str) -> list[str]:
    """List what the visitor may write down, and so bring in."""
    programme = ProgrammeRecord.objects.get(slug=slug)
    return [noun for noun in NOUNS if chain.may_write(TABLES[noun], programme, visitor(request))]


@never_cache
def file_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a file, and have it looked over."""
    asked = ask(request, slug)
    nouns = _nouns_for(request, slug)
    if not nouns:
        return not_yours(request, SEEN_BY[TABLES["requirement"]])
    noun = parameters_of(request).choice("noun", nouns, label=_("It holds")) or nouns[0]
    form = ListFileForm(request.POST or None, request.FILES or None, nouns=nouns, initial={"noun": noun})
    if form.is_bound and form.is_valid():
        try:
            made = noun_files.ask_to_look(
                programme=slug,
                noun=form.cleaned_data["noun"],
                name=form.cleaned_data["file"].name,
                data=form.data_of_file,
                chosen={},
                asker=asker_of(request),
            )
        except NotNow as error:
            form.add_error("file", str(error))
        else:
            return redirect("web:job", slug, made.ref)
    return _show(request, asked, form, noun, 400 if form.errors else 200)


@never_cache
def look_page(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show what would come of a file; have it taken, or read with other columns, when that is answered."""
    asked = ask(request, slug)
    nouns = _nouns_for(request, slug)
    asker = asker_of(request)
    look = look_of(asker, slug, ref, noun_files.bring_in_nouns.queue_name)
    if look is None or look.result["noun"] not in nouns:
        raise Http404("there is nothing to look at")
    noun = look.result["noun"]
    form = ListFileForm(nouns=nouns, initial={"noun": noun})
    if "taken" in look.result:
        return _show(request, asked, form, noun, taken=look.result["taken"])
    columns = _columns_form(request, look) if look.result["headings"] else None
    why = ""
    if request.method == "POST" and (columns is None or not columns.is_bound or columns.is_valid()):
        chosen = _chosen(columns) if columns is not None and columns.is_bound else None
        try:
            made = noun_files.ask_to_take(look=look, asker=asker, chosen=chosen)
        except NotNow as error:
            why = str(error)
        else:
            return to_the_answer(look, made, asked.at("nouns-import", noun=noun))
    return _show(request, asked, form, noun, look=_shown(look), job=look, columns=columns, why=why)


def look_of(asker: Asker, slug: str, ref: str, kind: str) -> Job | None:
    """Give a look at a file that somebody has asked for themselves; nothing where it is not done, or is another's."""
    look = own_job(asker, slug, ref, kind)
    return look if look is not None and look.state == JobState.DONE else None


def to_the_answer(look: Job, made: Job | None, start: str) -> HttpResponse:
    """Lead on to the job that answers a look, also where that was asked before; else to where files are handed in."""
    answered = made.ref if made is not None else look.result.get("answered_by", "")
    return redirect("web:job", look.programme, answered) if answered else redirect(start)


def _columns_form(request: HttpRequest, look: Job) -> ColumnsForm:
    noun = TABLES[look.result["noun"]].KIND
    data = request.POST if "columns" in request.POST else None
    headings = look.result["headings"]
    letters = look.result["columns"]
    known = {**look.result["chosen"]}
    for name, field in noun.fields_said().items():
        if name in letters and name not in known:
            names = {text.casefold() for text in (*field.headings, str(field.label))}
            known[name] = next((heading for heading in headings if heading.casefold() in names), "")
    return ColumnsForm(data, noun=noun, headings=headings, initial=known, auto_id="column-%s")


def _chosen(columns: ColumnsForm) -> dict[str, str]:
    return {name: heading for name, heading in columns.cleaned_data.items() if heading}


def _shown(look: Job) -> dict[str, Any]:
    """Give the result of a look as its page shows it."""
    result = look.result
    noun = TABLES[result["noun"]].KIND
    rows = [
        {
            **row,
            "changes": list(changes_shown(noun, row)) if row["result"] == RowResult.CHANGED else [],
            "findings": [as_said(kept) for kept in row["findings"]],
        }
        for row in result["rows"]
    ]
    parts = {kind: [row for row in rows if row["result"] == kind] for kind in RowResult}
    counts = result["counts"]
    return {
        **result,
        "counts": [(RESULTS[kind], counts[kind]) for kind in RowResult if kind is not RowResult.CONFLICT],
        "good": counts[RowResult.NEW] + counts[RowResult.CHANGED],
        "refused": parts[RowResult.REFUSED][:MOST_SHOWN],
        "changed": parts[RowResult.CHANGED][:MOST_SHOWN],
        "new": parts[RowResult.NEW][:MOST_SHOWN],
        "most_shown": MOST_SHOWN if max(counts.values()) > MOST_SHOWN else 0,
        "findings": [{**as_said(kept), "is_error": kept["is_error"]} for kept in result["findings"]],
    }


def changes_shown(noun: type[Noun], row: dict[str, Any]) -> Iterator[tuple[Sentence, list[str]]]:
    """Give each field that would change with what it says now and then, each price in major units of its currency.

    Of a conflict, what the file had said when it was written comes first.
    """
    said = noun.fields_said()
    for name, values in row["changes"].items():
        currencies = row["changes"].get("currency") or [row["currency"]] * len(values)
        yield (
            said[name].label,
            [
                value_shown(said[name].kind, value, currency)
                for value, currency in zip(values, currencies, strict=True)
            ],
        )


def value_shown(kind: str, value: Any, currency: str | None) -> str:
    """Write a value as people read it; a price in major units, where its currency is known."""
    if value is None:
        return "–"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if kind == "Price" and currency:
        return in_full(Amount(int(value), currency), words.locale())
    return str(value)


def _show(
    request: HttpRequest, asked: Asked, form: ListFileForm, noun: str, status: int = 200, **context: Any
) -> HttpResponse:
    return show(
        request,
        "web/chain/import.html",
        asked,
        status=status,
        form=form,
        fields=list(TABLES[noun].KIND.fields_said().values()),
        noun=NOUNS[noun],
        list_name=LISTS[noun],
        sheet=sheet_name(noun),
        most_rows=MOST_ROWS,
        **context,
    )
