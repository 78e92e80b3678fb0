"""The way in: a workbook, a JSON problem or a sample is handed in, looked over, and planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pledgeline.actions import plan_inputs, plans
from pledgeline.exchange.workbook import template
from pledgeline.jobs.asking import NotNow
from pledgeline.records.models import Origin, PlanInput, RunKind
from pledgeline.records.plans import way_out_of_kept, wrong_of
from pledgeline.web.asked import Asked, asker_of
from pledgeline.web.columns import Ordinal, Text
from pledgeline.web.downloads import attached
from pledgeline.web.fields import day_field, file_field
from pledgeline.web.parameters import parameters_of
from pledgeline.web.planning import from_list, samples
from pledgeline.web.planning.asked import for_planners, input_of, show
from pledgeline.web.planning.from_record import workbook_of_record
from pledgeline.web.tables import Table

DEFAULT_BUDGET = 60


class UploadForm(forms.Form):
    """A file to plan from."""

    file = file_field(_("Workbook (.xlsx) or problem (.json)"), accept=".xlsx,.json")
    name = forms.CharField(label=_("Name of the plan (optional)"), max_length=120, required=False)

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > plan_inputs.LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 20 MB: leave out what is not needed."))
        return file


class RecordDayForm(forms.Form):
    """The day as of which the record is taken: that of the page."""

    as_of = day_field(_("Announcements up to"), required=True)


class OptionsForm(forms.Form):
    """How to plan, and for how long at most."""

    mode = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        choices=[
            ("prove", _("Prove: look until each value is proven to be the best")),
            ("fast", _("Fast: a good plan sooner, with a bound for what is not proven")),
        ],
        error_messages={"invalid_choice": _("Choose one of the two ways."), "required": _("Choose a way.")},
    )
    budget = forms.IntegerField(
        label=_("Seconds at most"),
        required=False,
        min_value=1,
        max_value=plans.LONGEST_BUDGET,
        error_messages={
            "invalid": _("Write a whole number of seconds."),
            "min_value": _("At least 1 second."),
            "max_value": _("At most 3,600 seconds: an hour."),
        },
    )


@for_planners
def new_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Offer the ways in; take an upload, which a job reads."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return _handed_in(
                request,
                asked,
                data=file.read(),
                file_name=file.name,
                name=form.cleaned_data["name"],
                origin=Origin.JSON,
            )
        except NotNow as error:
            form.add_error("file", str(error))
    return _new(request, asked, form)


def _new(
    request: HttpRequest,
    asked: Asked,
    form: UploadForm,
    listed: from_list.FromListForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    return show(
        request,
        "web/plan/new.html",
        asked,
        status=status,
        form=form,
        record=RecordDayForm(initial={"as_of": asked.day}, auto_id="record-%s"),
        samples=samples.all_samples(),
        **from_list.way_in(asked, listed),
    )


@require_POST
@for_planners
def from_list_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Hand the rows of the programme in as they are now."""
    answer = from_list.handed_in(request, asked)
    if isinstance(answer, HttpResponse):
        return answer
    return _new(request, asked, UploadForm(), answer, status=400)


def _handed_in(request: HttpRequest, asked: Asked, **file: Any) -> HttpResponse:
    job = plan_inputs.ask_to_read(programme=asked.programme.slug, asker=asker_of(request), **file)
    return redirect("web:job", asked.programme.slug, job.ref)


@require_POST
@for_planners
def sample(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Hand in a shipped sample as if it had been uploaded."""
    chosen = next((known for known in samples.all_samples() if known.key == request.POST.get("sample")), None)
    if chosen is None:
        raise Http404("there is no such sample")
    return _handed_in(
        request,
        asked,
        data=chosen.data(),
        file_name=chosen.file_name,
        name=str(chosen.title),
        origin=Origin.SAMPLE,
    )


@for_planners
def sample_file(request: HttpRequest, asked: Asked, key: str) -> HttpResponse:
    chosen = next((known for known in samples.all_samples() if known.key == key), None)
    if chosen is None:
        raise Http404("there is no such sample")
    return attached(chosen.data(), chosen.file_name)


@for_planners
def template_file(request: HttpRequest, asked: Asked) -> HttpResponse:
    return attached(template(), "pledgeline-plan-template.xlsx")


@for_planners
def record_file(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Give the workbook with the record's money in it, to be completed."""
    day = asked.day
    return attached(workbook_of_record(asked, day), f"{asked.programme.slug}-plan-{day.isoformat()}.xlsx")


# ---- what was handed in ----


@for_planners
def input_page(request: HttpRequest, asked: Asked, ref: str, format_: str = "") -> HttpResponseBase:
    """Show what was read and what is wrong with it, or give that as a file; take the wish to plan."""
    source = input_of(request, asked, ref)
    if format_:
        return _findings_table(request, source).file(format_)
    form = OptionsForm({"mode": "prove", "budget": DEFAULT_BUDGET})
    if request.method == "POST":
        form = OptionsForm(request.POST)
        if form.is_valid():
            try:
                run = plans.ask(
                    source=source,
                    kind=RunKind.PLAN,
                    mode=form.cleaned_data["mode"],
                    budget_seconds=form.cleaned_data["budget"],
                    asker=asker_of(request),
                )
                return redirect("web:plan-run", asked.programme.slug, run.ref)
            except NotNow as error:
                form.add_error(None, str(error))
    errors = sum(1 for finding in source.findings if finding["severity"] == "error")
    table = _findings_table(request, source)
    return show(
        request,
        "web/plan/input.html",
        asked,
        source=source,
        form=form,
        errors=errors,
        warnings=len(source.findings) - errors,
        sheets=_sheets(source),
        table=table,
        shown=parameters_of(request).data,
        has_marked=bool(source.marked) and bool(source.findings),
        runs=source.runs.filter(kind=RunKind.PLAN)[:10],
    )


@for_planners
def marked_file(request: HttpRequest, asked: Asked, ref: str) -> HttpResponse:
    """Give the user's own workbook with the faulty cells marked."""
    source = input_of(request, asked, ref)
    if not source.marked:
        raise Http404("what was handed in is no workbook")
    return attached(bytes(source.marked), "marked.xlsx")


@for_planners
def discard_page(request: HttpRequest, asked: Asked, ref: str) -> HttpResponse:
    """Ask before an upload from which nothing was planned is deleted."""
    source = input_of(request, asked, ref)
    if request.method != "POST":
        return show(request, "web/plan/discard.html", asked, source=source, used=source.runs.exists())
    plan_inputs.discard(source=source)
    return redirect("web:plans", asked.programme.slug)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as the table shows it; it is said when it is shown, as there may be thousands."""

    order: int
    kept: Mapping[str, Any]

    @property
    def sheet(self) -> str:
        return str(self.kept["sheet"])

    @property
    def place(self) -> str:
        if self.kept["cell"]:
            return str(self.kept["cell"])
        row, at = self.kept["row"], self.kept["at"]
        parts = [str(_("row %(row)s")) % {"row": row}] if row is not None else []
        return ", ".join([*parts, *([at] if at else [])])

    @property
    def wrong(self) -> str:
        return wrong_of(self.kept)

    @property
    def way_out(self) -> str:
        return way_out_of_kept(self.kept)

    @property
    def excerpt(self) -> str:
        return str(self.kept["excerpt"])

    @property
    def severity(self) -> str:
        return str(self.kept["severity"])

    @property
    def code(self) -> str:
        return str(self.kept["code"])

    def holds(self, words: str) -> bool:
        texts = (self.sheet, self.kept["cell"], self.wrong, self.excerpt, self.code)
        return words in " ".join(map(str, texts)).casefold()


def _sheets(source: PlanInput) -> list[str]:
    return sorted({finding["sheet"] for finding in source.findings if finding["sheet"]})


def _findings_table(request: HttpRequest, source: PlanInput) -> Table:
    parameters = parameters_of(request)
    words, sheet = parameters.words(), parameters.choice("sheet", _sheets(source), label=_("Sheet"))
    rows = [
        row
        for row in map(FindingRow, range(len(source.findings)), source.findings)
        if (not sheet or row.sheet == sheet) and (not words or row.holds(words))
    ]
    return Table(
        request,
        name="findings",
        caption=_("Findings"),
        columns=[
            Ordinal("order", _("No."), lambda row: row.order + 1),
            Text("sheet", _("Sheet"), empty="–"),
            Text(
                "cell",
                _("Cell"),
                "place",
                key=lambda row: (row.kept["row"] or 0, row.place),
                classes="cell-address",
                empty="–",
            ),
            Text("wrong", _("What is wrong"), key="wrong", classes="what"),
            Text("excerpt", _("It says"), classes="excerpt", empty="–", template="web/plan/_excerpt.html"),
            Text("way_out", _("Way out"), sortable=False, classes="what"),
            Text("severity", _("Weight"), key="severity", template="web/plan/_weight.html"),
            Text("code", _("Code"), shown=False),
        ],
        rows=rows,
        sort="order",
        empty=_("Nothing to correct."),
        files="plan-input-file",
    )
