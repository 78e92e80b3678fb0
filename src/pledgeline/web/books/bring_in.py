"""Bring in a file of events: shown first as the books would take it, entered when that is answered.

A job reads the file and holds it against the books; another one enters it, if what was shown is still what comes of
it. Meanwhile the file is kept with the job, and nowhere else.
"""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may
from pledgeline.actions import event_files
from pledgeline.actions.event_files import MOST_BYTES, MOST_EVENTS, NEW, THESE
from pledgeline.exchange.dialects import DIALECTS
from pledgeline.jobs.asking import NotNow
from pledgeline.jobs.models import Job, JobState
from pledgeline.programme.kept_findings import as_said
from pledgeline.web.asked import Asked, asker_of, show, visitor
from pledgeline.web.books.asked import AskedBooks, ask_with_books, show_books
from pledgeline.web.fields import CHOICE, file_field
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of

WHY_NOT = {
    event_files.NO_EVENTS: _("The file has no events."),
    event_files.TOO_MANY_EVENTS: _(
        "The file has more than 2,000 events: enter it with the command, or in parts."
    ),
}


class EventsForm(forms.Form):
    """A file of events, and which books are meant."""

    file = file_field(_("File of events (.json)"), accept=".json,application/json")
    into = forms.ChoiceField(
        label=_("For"),
        widget=forms.RadioSelect,
        initial=THESE,
        choices=[
            (THESE, _("the books of this programme: shown first, nothing is entered yet")),
            (NEW, _("new books, only to try it and compare what the file expects: nothing is kept")),
        ],
        error_messages={**CHOICE, "required": _("Choose one of the two.")},
    )

    dialect = forms.ChoiceField(
        label=_("Words of the file"),
        required=False,
        choices=[
            ("", _("the words of the handbook")),
            *((name, dialect.title) for name, dialect in DIALECTS.items()),
        ],
        error_messages=CHOICE,
        help_text=_(
            "Another office's words are translated first; you see the events in our words before they count."
        ),
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        self.data_of_file = file.read(MOST_BYTES + 1)
        if len(self.data_of_file) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 500 kB: enter it with the command, or in parts.")
            )
        try:
            self.data_of_file.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8. Save it as UTF-8.")) from None
        return file


def events_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a bookkeeper bring in a file of events, also where no books are kept yet: then they are opened."""
    asked = ask_with_books(request, slug)
    if not may(visitor(request), Act.KEEP_BOOKS, slug):
        return not_yours(request, Act.KEEP_BOOKS)
    entered = parameters_of(request).number("entered", least=0, most=MOST_EVENTS, label=_("Events entered"))
    form = EventsForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            job = event_files.ask_to_look(
                programme=slug,
                name=form.cleaned_data["file"].name,
                data=form.data_of_file,
                into=form.cleaned_data["into"],
                dialect=form.cleaned_data["dialect"],
                asker=asker_of(request),
            )
        except NotNow as error:
            form.add_error("file", str(error))
        else:
            return redirect("web:job", slug, job.ref)
    return _show(request, asked, form=form, entered=entered)


def look_page(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show what would come of a file; have it entered when that is answered."""
    asked = ask_with_books(request, slug)
    if not may(visitor(request), Act.KEEP_BOOKS, slug):
        return not_yours(request, Act.KEEP_BOOKS)
    job = Job.objects.filter(
        ref=ref, programme=slug, kind=event_files.bring_in_events.queue_name, state=JobState.DONE
    ).first()
    if job is None or "entered" in job.result:
        raise Http404("there is nothing to look at")
    form = EventsForm()
    if request.method == "POST":
        try:
            entering = event_files.ask_to_enter(look=job, asker=asker_of(request))
        except NotNow as error:
            form = EventsForm({"into": THESE})
            form.errors["file"] = form.error_class([str(error)])
        else:
            answered = entering.ref if entering is not None else job.result.get("answered_by", "")
            return redirect("web:job", slug, answered) if answered else redirect("web:books-events", slug)
    if why := job.result.get("why_not"):
        form = EventsForm({"into": job.arguments["into"], "dialect": job.arguments["dialect"]})
        said = (
            [str(WHY_NOT[why])]
            if why in WHY_NOT
            else [_at_its_place(finding) for finding in job.result["findings"]]
        )
        form.errors["file"] = form.error_class(said)
        return _show(request, asked, form=form)
    return _show(request, asked, form=form, job=job, look=job.result)


def _at_its_place(kept: dict[str, object]) -> str:
    finding = as_said(kept)
    said = f"{finding['wrong']} {finding['way_out']}"
    return f"{finding['place']}: {said}" if finding["place"] else said


def _show(request: HttpRequest, asked: Asked, **context: Any) -> HttpResponse:
    if not isinstance(asked, AskedBooks):
        layout = "web/books/unopened.html"
        return show(request, "web/books/events.html", asked, layout=layout, has_no_books=True, **context)
    return show_books(request, "events", asked, layout="web/books/base.html", **context)
