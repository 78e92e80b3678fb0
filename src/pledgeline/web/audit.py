"""What was done: every event, to be narrowed, searched, opened and taken along; for auditors and administrators."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import wraps

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, may_anywhere
from pledgeline.audit import search, trail
from pledgeline.audit.acts import AuditAct, Outcome
from pledgeline.audit.models import AuditEvent
from pledgeline.exchange.record.own_names import own_name
from pledgeline.exchange.tables import csv_lines
from pledgeline.records.snapshot import programmes
from pledgeline.records.visibility import visible_events
from pledgeline.web import words
from pledgeline.web.asked import visitor
from pledgeline.web.audit_words import detail_name, thing
from pledgeline.web.columns import Mark, Text, Timestamp
from pledgeline.web.fields import CHOICE, FormData, day_field
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import LONGEST_WORDS, NOT_IN_THE_LIST, parameters_of
from pledgeline.web.tables import Table

View = Callable[..., HttpResponseBase]

PER_PAGE = 50

MOST_COUNTED = 10_000
"""More are said to be more: counting a million would take longer than showing a page of them."""

WITHIN_A_REQUEST = timedelta(minutes=10)
"""Events of one request lie this near to each other."""


class AuditFilter(forms.Form):
    """What the list can be narrowed by."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    person = forms.CharField(label=_("Name"), required=False, max_length=200)
    act = forms.ChoiceField(label=_("What"), required=False, error_messages=CHOICE)
    programme = forms.ChoiceField(label=_("Programme"), required=False, error_messages=CHOICE)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, error_messages=CHOICE)
    since = day_field(_("From"))
    until = day_field(_("to"))

    def __init__(self, data: FormData, *, slugs: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="filter-%s")
        acts = sorted(AuditAct.choices, key=lambda pair: str(pair[1]))
        for name, offered in (("act", acts), ("programme", slugs), ("outcome", Outcome.choices)):
            self.fields[name].choices = [("", _("all")), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first."))
        return cleaned

    def wanted(self) -> search.Wanted:
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return search.Wanted(words=given.pop("q", ""), **given)


def for_readers(view: View) -> View:
    """Let only those see a page who may read what was done, in one programme at least."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not may_anywhere(visitor(request), Act.READ_AUDIT):
            return not_yours(request, Act.READ_AUDIT)
        return view(request, *args, **kwargs)

    return guarded


@for_readers
def events_page(request: HttpRequest) -> HttpResponse:
    """Show the events that pass the filters, the newest first."""
    form, table, found = _asked(request)
    after = _end(request, "after", _("After the event"))
    before = _end(request, "before", _("Before the event"))
    page = search.page_of(found, table.sort, after=after, before=before, most=PER_PAGE)
    is_part = getattr(request, "htmx", False)
    return render(
        request,
        "web/audit/_events.html" if is_part else "web/audit/events.html",
        {
            "filters": form,
            "table": table,
            "page": page,
            "first": page.events[0].pk if page.events else "",
            "last": page.events[-1].pk if page.events else "",
            "count": _count(found, page, has_words=bool(form.cleaned_data.get("q"))),
        },
    )


@for_readers
def events_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the events that pass the filters as a CSV file."""
    events = _taken(request, "audit.csv")
    rows = ([_cell(value) for value in search.as_fields(event).values()] for event in events)
    return _file(csv_lines(search.FIELDS, rows), "audit.csv", "text/csv; charset=utf-8")


@for_readers
def events_lines(request: HttpRequest) -> StreamingHttpResponse:
    """Give the events that pass the filters as lines of JSON."""
    events = _taken(request, "audit.jsonl")
    lines = (json.dumps(search.as_fields(event), ensure_ascii=False) + "\n" for event in events)
    return _file((line.encode() for line in lines), "audit.jsonl", "application/jsonl")


@for_readers
def event_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show an event with everything that it holds, and what else happened in the same request."""
    event = visible_events(visitor(request)).filter(pk=number).first()
    if event is None:
        raise Http404
    near = (event.at - WITHIN_A_REQUEST, event.at + WITHIN_A_REQUEST)
    others = (
        visible_events(visitor(request))
        .filter(at__range=near, request_id=event.request_id)
        .exclude(pk=number)
    )
    facts = [
        (_("On what"), thing(event)),
        (_("Programme"), event.programme),
        (_("Outcome"), search.outcome_label(event.outcome)),
        (_("Reason"), event.code),
        (_("Who"), search.who_label(event)),
        (_("Number of the account"), event.actor_number),
        (_("From where"), event.address),
        (_("Number of the request"), event.request_id),
        (_("Number of the event"), event.pk),
        (_("Code of the act"), event.act),
    ]
    return render(
        request,
        "web/audit/event.html",
        {
            "event": event,
            "facts": [(label, value) for label, value in facts if value not in ("", None)],
            "details": [(detail_name(name), _in_words(value)) for name, value in event.facts.items()],
            "others": others.order_by("at", "id")[:20] if event.request_id else (),
        },
    )


def _asked(request: HttpRequest) -> tuple[AuditFilter, Table, QuerySet[AuditEvent]]:
    """Read the filters and the order of a request; the table itself holds no rows, there may be millions."""
    visible, parameters = visible_events(visitor(request)), parameters_of(request)
    slugs = [
        (programme.slug, own_name(programme.slug, programme.short_name))
        for programme in programmes(visitor(request))
    ]
    form = parameters.form(AuditFilter(parameters.data, slugs=slugs))

    table = Table(
        request,
        name="audit",
        caption=_("Audit trail"),
        columns=[
            Timestamp("at", _("When"), template="web/audit/_at.html"),
            Text("person", _("Who"), search.who_label, template="web/audit/_person.html"),
            Text("act", _("What"), named=search.act_label, classes="what"),
            Text("ref", _("On what"), thing, sortable=False, classes="address", empty="–"),
            Text("programme", _("Programme"), empty="–"),
            Mark(
                "outcome",
                _("Outcome"),
                named=search.outcome_label,
                sortable=False,
                mark=lambda event: f"mark {MARKS.get(event.outcome, 'mark-bad')}",
                note=lambda event: event.code,
            ),
            Text("address", _("From where"), sortable=False, classes="what address", empty="–"),
        ],
        rows=(),
        sort="-at",
        empty=_("No event passes these filters."),
    )
    return form, table, form.wanted().among(visible)


MARKS = {Outcome.DONE: "mark-counted", Outcome.REFUSED: "mark-apart"}
"""How an outcome is marked; every other is marked as bad."""


def _count(found: QuerySet[AuditEvent], page: search.Page, *, has_words: bool) -> str:
    """Say how many events there are, as far as it can be said in a moment: words are looked for in every event."""
    number, most = len(page.events), PER_PAGE
    if (page.has_before or page.has_after) and has_words:
        number = most + 1
    elif page.has_before or page.has_after:
        number, most = found[: MOST_COUNTED + 1].count(), MOST_COUNTED
    if number > most:
        return _("more than %(most)s events") % {"most": f"{most:,}"}
    return ngettext("%(number)s event", "%(number)s events", number) % {"number": f"{number:,}"}


def _end(request: HttpRequest, name: str, label: str | Promise) -> int | None:
    """Read the number of the event at which a page begins or ends."""
    parameters = parameters_of(request)
    number = parameters.number(name, least=1, most=None, label=label)
    if number is not None and not visible_events(visitor(request)).filter(pk=number).exists():
        parameters.refuse(name, str(number), NOT_IN_THE_LIST, label=label)
        return None
    return number


def _taken(request: HttpRequest, name: str) -> Iterator[AuditEvent]:
    """Give the events of a file, and leave the event that it was taken."""
    form, table, found = _asked(request)
    filters = {name: str(value) for name, value in form.cleaned_data.items() if value}
    if not parameters_of(request).not_understood():
        with transaction.atomic():
            trail.record(AuditAct.EXPORT_TAKEN, "file", name, filters=filters)
    return search.streamed(found, table.sort)


def _file(lines: Iterator[bytes], name: str, kind: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(value: object) -> str | int | None:
    """Write a value of an event for a cell."""
    if value is None or isinstance(value, str | int):
        return value
    return json.dumps(value, ensure_ascii=False)


def _in_words(value: object) -> str:
    """Write a detail for people."""
    if isinstance(value, dict):
        return ", ".join(f"{detail_name(name)}: {_in_words(detail)}" for name, detail in value.items())
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if isinstance(value, bool):
        return str(words.yes_or_no(value))
    return "–" if value in (None, "") else str(value)
