"""The workbook of a programme: taken as a file, edited elsewhere, and brought back; other offices' workbooks, too.

A job reads the file and says of each sheet and row what would come of it; another one takes the good rows, if what was
shown is still what comes of them. Sheets and columns with names of their own are matched here by a person.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Unpack

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, may
from pledgeline.actions import mappings, workbooks
from pledgeline.actions.noun_files import RowResult
from pledgeline.actions.sheet_rows import nouns_to_write
from pledgeline.exchange.matched_sheets import LEFT_OUT, MatchedSheet
from pledgeline.exchange.noun_files import MOST_ROWS, noun_of_sheet
from pledgeline.exchange.programme_workbook import NOUNS, write_programme_workbook
from pledgeline.jobs.asking import NotNow
from pledgeline.jobs.models import Job
from pledgeline.money import Amount, digits_of, in_full
from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.programme.kept_findings import as_said
from pledgeline.queries.mappings import mappings_of
from pledgeline.queries.programme_workbook import nouns_seen, rows_of
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, asker_of, show, visitor
from pledgeline.web.chain.bring_in import (
    MOST_SHOWN,
    RESULTS,
    WorkbookForm,
    changes_shown,
    look_of,
    to_the_answer,
    value_shown,
)
from pledgeline.web.downloads import attached
from pledgeline.web.fields import CHOICE, FormData, FormFiles, FormOptions, say_at_field
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of

SHEETS = {
    "requirement": _("Requirements"),
    "offer": _("Offers"),
    "contribution": _("Contributions"),
    "packaged-line": _("Packages"),
}


class SheetForm(forms.Form):
    """What a sheet holds, and which field each of its columns is."""

    noun = forms.ChoiceField(
        label=_("It holds"), error_messages={**CHOICE, "required": _("Say what the sheet holds.")}
    )

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        matched: MatchedSheet,
        **more: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **more)
        self.matched = matched
        nouns = [("", _("choose …")), *SHEETS.items(), (LEFT_OUT, _("leave this sheet out"))]
        self.fields["noun"].choices = nouns  # type: ignore[attr-defined]
        self.fields["noun"].initial = matched.noun
        self.headings = dict(enumerate(matched.columns)) if matched.noun in NOUNS else {}
        for number, heading in self.headings.items():
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=heading,
                choices=_fields_of(matched.noun),
                initial=matched.columns[heading],
                error_messages={**CHOICE, "required": _("Choose a field, or leave the column out.")},
            )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("noun") != self.matched.noun:
            for name in list(self.errors):
                if name != "noun":
                    del self.errors[name]
            return cleaned
        given: set[str] = set()
        for number in self.headings:
            name = cleaned.get(f"c{number}", "")
            if name and name != LEFT_OUT and name in given:
                self.add_error(f"c{number}", _("This field is chosen for another column already."))
            given.add(name)
        answer = self.answer()
        for name in answer.missing() if answer.noun in NOUNS else ():
            label = NOUNS[answer.noun].fields_said()[name].label
            self.add_error("noun", _("No column is “%(field)s”, which is needed.") % {"field": label})
        return cleaned

    def answer(self) -> MatchedSheet:
        """Give what was said; of a sheet that holds something else than was proposed, the columns are open."""
        noun = self.cleaned_data.get("noun", "")
        if noun != self.matched.noun:
            return MatchedSheet(sheet=self.matched.sheet, noun=noun)
        columns = {
            heading: self.cleaned_data.get(f"c{number}", "") for number, heading in self.headings.items()
        }
        return MatchedSheet(sheet=self.matched.sheet, noun=noun, columns=columns)


def _fields_of(noun: str) -> list[tuple[str, object]]:
    said = NOUNS[noun].fields_said()
    fields = [(name, str(field.label)) for name, field in said.items()]
    return [("", _("choose …")), *fields, (LEFT_OUT, _("leave this column out"))]


class NameForm(forms.Form):
    """The name under which a mapping is kept."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST_KEY, error_messages={"required": _("Give it a name.")}
    )


@never_cache
def workbook_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer the workbook, and take one back to have it looked over."""
    asked = ask(request, slug)
    programme = ProgrammeRecord.objects.get(slug=slug)
    seen, writes = nouns_seen(programme, visitor(request)), nouns_to_write(programme, visitor(request))
    if not seen and not writes:
        return not_yours(request, Act.SEE_REQUIREMENTS)
    if request.method == "POST" and not writes:
        return not_yours(request, Act.MATCH_WORKBOOKS)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            made = workbooks.ask_to_look(
                programme=slug,
                name=form.cleaned_data["file"].name,
                data=form.data_of_file,
                asker=asker_of(request),
            )
        except NotNow as error:
            form.add_error("file", str(error))
        else:
            return redirect("web:job", slug, made.ref)
    return _show(request, asked, programme, form=form, status=400 if form.errors else 200)


@never_cache
def workbook_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the workbook, with all that the visitor may see."""
    asked = ask(request, slug)
    programme = ProgrammeRecord.objects.get(slug=slug)
    nouns = nouns_seen(programme, visitor(request))
    if not nouns:
        return not_yours(request, Act.SEE_REQUIREMENTS)
    tags = parameters_of(request).choice("hxl", {"1": _("with HXL tags")}, label=_("HXL tags"))
    content = write_programme_workbook(
        {noun: rows_of(noun, programme, visitor(request)) for noun in nouns},
        programme=slug,
        written_at=timezone.now().isoformat(timespec="seconds"),
        has_tags=bool(tags),
    )
    return attached(content, f"{slug}-workbook-{asked.today.isoformat()}.xlsx")


@never_cache
def look_page(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show what would come of a workbook; have it taken, read otherwise, or its mapping kept, when that is answered."""
    asked = ask(request, slug)
    programme = ProgrammeRecord.objects.get(slug=slug)
    asker = asker_of(request)
    look = look_of(asker, slug, ref, workbooks.bring_in_workbook.queue_name)
    if look is None or not nouns_to_write(programme, visitor(request)):
        raise Http404("there is nothing to look at")
    if "taken" in look.result:
        return _show(request, asked, programme, taken=look.result["taken"])
    matched = [MatchedSheet(**sheet) for sheet in look.result["matched"]]
    posted = request.POST if request.method == "POST" else None
    sheets = _sheet_forms(posted if posted and "match" in posted else None, matched)
    name_form = NameForm(posted if posted and "keep" in posted else None, auto_id="mapping-%s")
    why = kept = ""
    if name_form.is_bound:
        kept = _keep(request, programme, name_form, matched)
    elif posted is not None and all(form.is_valid() for form in sheets if form.is_bound):
        chosen = [form.answer() for form in sheets] if "match" in posted else None
        try:
            made = workbooks.ask_to_take(look=look, asker=asker, chosen=chosen)
        except NotNow as error:
            why = str(error)
        else:
            return to_the_answer(look, made, asked.at("workbook"))
    has_errors = any(form.errors for form in (*sheets, name_form))
    return _show(
        request,
        asked,
        programme,
        status=400 if has_errors else 200,
        look=_shown(look, asked),
        job=look,
        sheets=sheets,
        name_form=name_form if may(visitor(request), Act.MATCH_WORKBOOKS, slug) else None,
        kept=kept,
        why=why,
    )


def _keep(
    request: HttpRequest, programme: ProgrammeRecord, form: NameForm, matched: Sequence[MatchedSheet]
) -> str:
    """Keep how a workbook was matched, and give the name under which it is kept; nothing where it is not."""
    if not form.is_valid():
        return ""
    made = mappings.keep_mapping(
        form.cleaned_data["name"],
        matched,
        programme=programme,
        person=visitor(request),
        now=timezone.now(),
    )
    if isinstance(made, list):
        for finding in made:
            say_at_field(form, finding)
        return ""
    return made.name


def _sheet_forms(data: FormData, matched: Sequence[MatchedSheet]) -> list[SheetForm]:
    return [
        SheetForm(data, matched=sheet, prefix=f"s{number}", auto_id="match-%s")
        for number, sheet in enumerate(matched)
    ]


# What is shown of a look


def _shown(look: Job, asked: Asked) -> dict[str, Any]:
    """Give the result of a look as its page shows it."""
    result = look.result
    counts = result["counts"]
    rates = list(_rates(result["sheets"], asked))
    return {
        **result,
        "counts": [(RESULTS[kind], counts[kind]) for kind in RowResult],
        "good": counts[RowResult.NEW] + counts[RowResult.CHANGED],
        "bad": counts[RowResult.REFUSED] + counts[RowResult.CONFLICT],
        "findings": [{**as_said(kept), "is_error": kept["is_error"]} for kept in result["findings"]],
        "sheets": [
            {**_sheet_shown(sheet, result["name"]), "heading": f"sheet-{number}"}
            for number, sheet in enumerate(result["sheets"], start=1)
        ],
        "rates": [rate for rate in rates if rate["worth"]],
        "unrated": [rate["currency"] for rate in rates if not rate["worth"]],
    }


def _sheet_shown(sheet: dict[str, Any], file: str) -> dict[str, Any]:
    noun = NOUNS.get(sheet["noun"])
    if noun is None:
        return {**sheet, "title": sheet["sheet"] or file, "is_left_out": sheet["noun"] == LEFT_OUT}
    said = noun.fields_said()
    rows = [
        {
            **row,
            "changes": [] if row["result"] == RowResult.NEW else list(changes_shown(noun, row)),
            "findings": [as_said(kept) for kept in row["findings"]],
        }
        for row in sheet["rows"]
    ]
    parts = {kind: [row for row in rows if row["result"] == kind] for kind in RowResult}
    names = [name for name in said if any(name in row for row in sheet["samples"])]
    return {
        **sheet,
        "title": sheet["sheet"] or file,
        "holds": "" if noun_of_sheet(sheet["sheet"]) == sheet["noun"] else SHEETS[sheet["noun"]],
        "refused": parts[RowResult.REFUSED][:MOST_SHOWN],
        "conflicts": parts[RowResult.CONFLICT][:MOST_SHOWN],
        "changed": parts[RowResult.CHANGED][:MOST_SHOWN],
        "new": parts[RowResult.NEW][:MOST_SHOWN],
        "findings": [as_said(kept) for kept in sheet["findings"]],
        "labels": [said[name].label for name in names],
        "samples": [
            [value_shown(said[name].kind, row.get(name), row.get("currency")) for name in names]
            for row in sheet["samples"]
        ],
    }


def _rates(sheets: list[dict[str, Any]], asked: Asked) -> Iterator[dict[str, Any]]:
    """Give what one unit of each other currency in a file is worth, by the rates of the record."""
    base = asked.programme.base_currency
    for currency in sorted({code for sheet in sheets for code in sheet["currencies"]} - {base}):
        one = Amount(10 ** (2 + digits_of(currency)), currency)
        converted = asked.rates.convert(one, base, on=asked.day)
        rates = getattr(converted, "rates", ())
        yield {
            "one": in_full(one, words.locale()),
            "currency": currency,
            "worth": in_full(converted.amount, words.locale()) if rates else "",
            "on": min(rate.day for rate in rates) if rates else None,
        }


def _show(
    request: HttpRequest,
    asked: Asked,
    programme: ProgrammeRecord,
    *,
    form: WorkbookForm | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    return show(
        request,
        "web/chain/workbook.html",
        asked,
        status=status,
        form=form or WorkbookForm(),
        seen=[SHEETS[noun] for noun in nouns_seen(programme, visitor(request))],
        writes=[SHEETS[noun] for noun in nouns_to_write(programme, visitor(request))],
        mappings=mappings_of(programme),
        most_rows=MOST_ROWS,
        **context,
    )
