"""The list of reports, and the page that reads one in: looked at first, with what was found, and kept only then."""

from base64 import b64decode, b64encode
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.actions.reports import LONG, ask_to_read_report, look, read_in
from pledgeline.evidence.comparing.ranks import Standpoint
from pledgeline.evidence.deciding.intake import LARGEST_FILE, NotText, read_bytes
from pledgeline.evidence.deciding.marking import shown
from pledgeline.evidence.reading.raw import FileKind, kind_of
from pledgeline.evidence.reading.texts import LONGEST_TEXT
from pledgeline.jobs.asking import NotNow
from pledgeline.programme.findings import Finding
from pledgeline.queries.reports import Described, LookedOver, documents_of
from pledgeline.records.models import CandidateRecord, ClaimRecord, ClaimState
from pledgeline.web.asked import asker_of
from pledgeline.web.columns import Day, Text, Whole
from pledgeline.web.fields import CHOICE, day_field, say_at_field
from pledgeline.web.reports import words
from pledgeline.web.reports.common import ReportRequest, for_deciders, open_to_all, title_of
from pledgeline.web.reports.facts import NAMES
from pledgeline.web.tables import Table

LANGUAGES = [
    ("", _("read from its words")),
    ("en", "English"),
    ("uk", "Українська"),
    ("de", "Deutsch"),
    ("fr", "Français"),
]
MOST_SHOWN = 12


@open_to_all
def reports_page(here: ReportRequest, format_: str = "") -> HttpResponseBase:
    """List the reports of a programme, or give the list as a file."""
    documents = documents_of(here.programme)
    candidates = _counted(CandidateRecord.objects.filter(document__programme=here.programme))
    claims = _counted(
        ClaimRecord.objects.filter(programme=here.programme).exclude(state=ClaimState.WITHDRAWN)
    )
    columns = [
        Text("ref", _("Number"), "ref", link=lambda row: here.asked.at("report", row.ref)),
        Text(
            "title",
            _("Title"),
            title_of,
            classes="what",
            link=lambda row: here.asked.at("report", row.ref),
            quiet=True,
        ),
        Text("outlet", _("Outlet"), lambda row: shown(row.outlet), empty=_("not stated")),
        Day("published", _("Published on"), "published_on", empty=_("not stated")),
        Text("standpoint", _("What it is"), lambda row: str(words.STANDPOINTS[row.standpoint])),
        *(
            [Whole("candidates", _("Candidates"), lambda row: candidates.get(row.pk, 0))]
            if here.may_decide
            else []
        ),
        Whole("claims", _("Claims"), lambda row: claims.get(row.pk, 0)),
    ]
    table = Table(
        here.request,
        name=f"{here.programme.slug}-reports",
        caption=_("Reports"),
        columns=columns,
        rows=documents,
        sort="-published",
        empty=_("No report has been read in."),
        files="reports-file",
    )
    if format_:
        return table.file(format_)
    return here.show("web/reports/reports.html", table=table, number=len(documents))


def _counted(rows: Any) -> dict[int, int]:
    found: dict[int, int] = {}
    for pk in rows.values_list("document_id", flat=True):
        found[pk] = found.get(pk, 0) + 1
    return found


class ReportForm(forms.Form):
    """Ask for a text, or its file, and for what it does not say of itself."""

    text = forms.CharField(
        label=_("Text of the report"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Paste it whole, with its title and its date. Nothing is fetched from the network."),
    )
    file = forms.FileField(
        label=_("Or its file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".txt,.html,.htm,.pdf,.warc,.warc.gz,text/plain,text/html,application/pdf"}
        ),
        help_text=_("A text in UTF-8, a page as HTML, a PDF or a web archive (WARC)."),
    )
    original = forms.CharField(required=False, max_length=2 * LONG, widget=forms.HiddenInput)
    original_name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    outlet = forms.CharField(
        label=_("Outlet"),
        required=False,
        max_length=200,
        help_text=_("Who published it, as it names itself."),
    )
    author = forms.CharField(label=_("Author"), required=False, max_length=200)
    title = forms.CharField(
        label=_("Title"), required=False, max_length=400, help_text=_("Left empty: its first whole line.")
    )
    published_on = day_field(_("Published on"))
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=LANGUAGES, error_messages=CHOICE
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=2_000)
    standpoint = forms.ChoiceField(
        label=_("What it is to what it tells"),
        choices=list(words.STANDPOINTS.items()),
        initial=Standpoint.UNKNOWN,
        required=False,
        error_messages=CHOICE,
    )
    may_show = forms.BooleanField(
        label=_("Its licence lets everybody see the text"),
        required=False,
        help_text=_("Otherwise others see claims, places and the SHA-256 of the archived copy, and no text."),
    )
    licence = forms.CharField(label=_("Licence, or why"), required=False, max_length=400)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip() and "text" not in self.errors:
            self.add_error("text", _("Paste the text of the report, or choose its file."))
        if cleaned.get("file") and cleaned["file"].size > LARGEST_FILE:
            self.add_error("file", _("The file is too large."))
        return cleaned

    @property
    def content(self) -> bytes:
        """Give the bytes: those of the file, or of the one that was looked over if its text was not changed since."""
        file = self.cleaned_data.get("file")
        if file:
            return bytes(file.read())
        return self._original or str(self.cleaned_data["text"]).encode("utf-8", "replace")

    @property
    def _original(self) -> bytes:
        """Give the bytes of the file that was looked over, if the text in the form is still what they read as."""
        try:
            content = b64decode(self.cleaned_data.get("original") or "", validate=True)
            read = read_bytes(content).text if content else ""
        except (ValueError, NotText):
            return b""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        return content if content and read.strip() == text.strip() else b""

    def described(self) -> Described:
        cleaned = self.cleaned_data
        names = ("title", "outlet", "author", "address", "language", "licence", "published_on", "may_show")
        file = cleaned.get("file")
        return Described(
            file_name=file.name[:200] if file else cleaned["original_name"] if self._original else "",
            standpoint=cleaned["standpoint"] or Standpoint.UNKNOWN.value,
            **{name: cleaned[name] for name in names},
        )


@for_deciders
def new_page(here: ReportRequest) -> HttpResponse:
    """Show what is found in a report; confirmed, read it in, or have a long one read by a job."""
    given = here.request.method == "POST"
    form = ReportForm(here.request.POST if given else None, here.request.FILES if given else None)
    looked: LookedOver | None = None
    if given and form.is_valid():
        content, described = form.content, form.described()
        if len(content) > LONG or kind_of(content) is FileKind.PDF:
            return _asked(here, form, content, described)
        if "keep" in here.request.POST:
            done = read_in(
                content, described, programme=here.programme, person=here.person, now=timezone.now()
            )
            if not isinstance(done, Finding):
                return redirect(here.asked.at("report", done.ref))
            _say(form, done)
        else:
            found = look(content, described, programme=here.programme)
            if isinstance(found, Finding):
                _say(form, found)
            else:
                looked = found
                form = _filled_in(here.request, found, content)
    return here.show(
        "web/reports/new.html",
        status=400 if form.errors else 200,
        form=form,
        looked=looked,
        **_shown(here, looked),
    )


def _asked(here: ReportRequest, form: ReportForm, content: bytes, described: Described) -> HttpResponse:
    """Have a long report read in by a job, and lead to it."""
    try:
        job = ask_to_read_report(
            content, described, programme=here.programme.slug, asker=asker_of(here.request)
        )
    except NotNow as wrong:
        form.add_error(None, str(wrong))
        return here.show("web/reports/new.html", status=409, form=form, looked=None)
    return redirect(here.asked.at("job", job.ref))


def _filled_in(request: HttpRequest, looked: LookedOver, content: bytes) -> ReportForm:
    """Give the form with what was read, so that it can be confirmed; a file goes with it as it was handed in."""
    filled = request.POST.copy()
    said = looked.described
    filled["text"] = looked.read.text
    if "file" in request.FILES:
        filled["original"], filled["original_name"] = b64encode(content).decode(), said.file_name
    for name in ("title", "outlet", "author", "address"):
        filled[name] = getattr(said, name)
    filled["published_on"] = said.published_on.isoformat() if said.published_on else ""
    return ReportForm(filled)


def _say(form: ReportForm, finding: Finding) -> None:
    say_at_field(form, finding)


def _shown(here: ReportRequest, looked: LookedOver | None) -> dict[str, Any]:
    if looked is None:
        return {}
    proposals = looked.report.proposals
    lines = [shown(words.line_of(proposal.claim, here.asked.programme)) for proposal in proposals]
    stated = [
        {
            "name": label,
            "value": shown(str(getattr(looked.described, name) or "")),
            "how": _("stated in the text") if name in looked.stated else "",
        }
        for name, label in NAMES.items()
    ]
    return {
        "lines": lines[:MOST_SHOWN],
        "more": max(0, len(lines) - MOST_SHOWN),
        "number": len(lines),
        "noise": len(looked.report.extraction.noise),
        "stated": stated,
        "sha256": looked.read.sha256,
    }
