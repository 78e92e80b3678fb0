"""Bring in a file of events: shown first as the books would take it, entered when that is answered.

Nothing is kept between the two steps but the file itself, which the page holds; what is entered is what was
shown, or it is shown again. A file can also be tried in new books that are gone afterwards, as cases are.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may
from pledgeline.actions.books import bring_in
from pledgeline.exchange.dialects import DIALECTS, UnknownDialect, dialect_of, translated
from pledgeline.ledger import Event, EventFile, Refusal, Replay, read_event, read_event_file, replay_events
from pledgeline.ledger.comparing import OK, REFUSED, REPLAY, Difference
from pledgeline.ledger.entries import time_text
from pledgeline.programme.findings import Finding
from pledgeline.web.asked import Asked, show, visitor
from pledgeline.web.books.asked import AskedBooks, ask_with_books, show_books
from pledgeline.web.fields import CHOICE, file_field
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of

MOST_BYTES = 500_000
MOST_EVENTS = 2_000
"""What one request enters in seconds; the books wait for it."""

THESE, NEW = "these", "new"


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
            *((name, each.title) for name, each in DIALECTS.items()),
        ],
        error_messages=CHOICE,
        help_text=_(
            "Another office's words are translated first; you see the events in our words before they count."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and "dialect" in cleaned:
            self.text, why = read_text(file.read(MOST_BYTES + 1))
            try:
                if why:
                    raise forms.ValidationError(why)
                cleaned["file"] = events_of(self.text, file.name, cleaned["dialect"])
            except forms.ValidationError as problem:
                self.add_error("file", problem)
        return cleaned


def read_text(content: bytes) -> tuple[str, Any]:
    """Give the text of a file, or why it is none that can be brought in here."""
    if len(content) > MOST_BYTES:
        return "", _("The file is larger than 500 kB: enter it with the command, or in parts.")
    try:
        return _lines(content.decode("utf-8-sig")), ""
    except UnicodeDecodeError:
        return "", _("The file is not text in UTF-8. Save it as UTF-8.")


def _lines(text: str) -> str:
    """End lines in one way: a browser that gives a text back ends them in its own."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def events_of(text: str, name: str, dialect: str = "") -> EventFile:
    """Read the events of a text, in the words of a dialect where one is named.

    Raises:  ValidationError where there is nothing to enter, or too much for a page.
    """
    file = read_event_file(text.encode(), name)
    if dialect:
        try:
            file = translated(file, dialect_of(dialect))
        except UnknownDialect as problem:
            raise forms.ValidationError(str(problem)) from None
    if not file.is_readable:
        raise forms.ValidationError([_at_its_place(finding) for finding in file.findings])
    if not file.events:
        raise forms.ValidationError(_("The file has no events."))
    if len(file.events) > MOST_EVENTS:
        raise forms.ValidationError(
            _("The file has more than 2,000 events: enter it with the command, or in parts.")
        )
    return file


def _at_its_place(finding: Finding) -> str:
    where = finding.place.column
    return f"{where}: {finding.wrong} {finding.way_out}" if where else f"{finding.wrong} {finding.way_out}"


def events_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a bookkeeper bring in a file of events, also where no books are kept yet: then they are opened."""
    asked = ask_with_books(request, slug)
    if not may(visitor(request), Act.KEEP_BOOKS, slug):
        return not_yours(request, Act.KEEP_BOOKS)
    entered = parameters_of(request).number("entered", least=0, most=MOST_EVENTS, label=_("Events entered"))
    if "seen" in request.POST:
        return _answered(request, asked)
    form = EventsForm(request.POST or None, request.FILES or None)
    if not (form.is_bound and form.is_valid()):
        return _show(request, asked, form=form, entered=entered)
    file = form.cleaned_data["file"]
    if form.cleaned_data["into"] == NEW:
        done = replay_events(file, today=asked.today, read=partial(_written_down, today=asked.today))
        more = {"canonical": canonical_of(file) if form.cleaned_data["dialect"] else ""}
        return _show(request, asked, form=EventsForm(), file=file, done=done, is_tried=True, **more)
    done = _brought_in(request, asked, file, keep=lambda _done: False)
    return _show_what_would_come(request, asked, file, form.text, done, dialect=form.cleaned_data["dialect"])


def canonical_of(file: EventFile) -> str:
    """Give the events of a file as the books read them, to be looked at."""
    return json.dumps({"events": file.events}, indent=1, ensure_ascii=False)


def _written_down(event: object, *, today: date) -> Event | Refusal:
    """Read an event that is only tried; one that does not say when it was written down was so just now."""
    now = {"recorded_at": time_text(timezone.now())}
    return read_event({**now, **event} if isinstance(event, Mapping) else event, today=today)


def _answered(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Enter what was shown; where the books would now take it otherwise, show it again."""
    text, name = _lines(request.POST.get("text", "")), request.POST.get("name", "")[:200]
    dialect = request.POST.get("dialect", "")
    try:
        file = events_of(text, name, dialect)
    except forms.ValidationError as error:
        form = EventsForm({"into": THESE})
        form.errors["file"] = form.error_class(error.messages)
        return _show(request, asked, form=form)
    seen = request.POST["seen"]
    done = _brought_in(request, asked, file, keep=lambda done: _seen(text, done) == seen)
    if _seen(text, done) != seen:
        return _show_what_would_come(request, asked, file, text, done, dialect=dialect, is_changed=True)
    where = reverse("web:books-events", args=[asked.programme.slug])
    return redirect(f"{where}?{urlencode({'entered': done.counts[OK]})}")


def _show_what_would_come(
    request: HttpRequest, asked: Asked, file: EventFile, text: str, done: Replay, *, dialect: str, **more: Any
) -> HttpResponse:
    return _show(
        request,
        asked,
        form=EventsForm(),
        file=file,
        done=done,
        text=text,
        seen=_seen(text, done),
        dialect=dialect,
        canonical=canonical_of(file) if dialect else "",
        **more,
    )


def _brought_in(request: HttpRequest, asked: Asked, file: EventFile, *, keep: Any) -> Replay:
    by = visitor(request).get_username()
    return bring_in(asked.programme.slug, file, today=asked.today, by=by, keep=keep)


def _seen(text: str, done: Replay) -> str:
    """Stand for a file and for what would come of it, and for nothing else."""
    found = [
        (each.key, each.result, [] if each.entry is None else each.entry.leaf()["postings"])
        for each in done.outcomes
    ]
    return sha256(f"{text}\n{found}".encode()).hexdigest()


def _show(
    request: HttpRequest,
    asked: Asked,
    *,
    form: EventsForm,
    done: Replay | None = None,
    file: EventFile | None = None,
    is_tried: bool = False,
    **more: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "file": file,
        "done": done,
        "outcomes": {
            name: [each for each in done.outcomes if each.result == result]
            for name, result in (("refused", REFUSED), ("repeated", REPLAY), ("ok", OK))
        }
        if done
        else {},
        "differences": done.differences if done and is_tried else _surprises(done),
        "balances": list(done.book.state.money().items()) if done and is_tried else [],
        "is_good": done is not None and (done.is_as_expected if is_tried else not done.counts[REFUSED]),
        "is_tried": is_tried,
        **more,
    }
    if not isinstance(asked, AskedBooks):
        layout = "web/books/unopened.html"
        return show(request, "web/books/events.html", asked, layout=layout, has_no_books=True, **context)
    return show_books(request, "events", asked, layout="web/books/base.html", **context)


def _surprises(done: Replay | None) -> list[Difference]:
    """Give what the books would take and the file does not expect; what they refuse is shown anyway."""
    return [each for each in done.differences if each.ours == OK] if done else []
