"""A step is taken: at once, or with a form of its own that shows first what the step will enter into the books."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from pledgeline.actions import chain
from pledgeline.ledger import Account, Entry
from pledgeline.money import Amount
from pledgeline.programme.findings import Finding
from pledgeline.programme.steps import Step, step_of
from pledgeline.queries import chain as queries
from pledgeline.records.models import ChainRow, FormedPackage, StepTaken
from pledgeline.web.books.words import account_name
from pledgeline.web.chain.forms import NounForm
from pledgeline.web.chain.here import Here
from pledgeline.web.chain.pages import of_a_noun, show_one
from pledgeline.web.parameters import parameters_of


@of_a_noun
def step_page(here: Here) -> HttpResponse:
    """Take a step, with what was typed; what keeps it from being taken is said on the page."""
    row, given = here.row(), here.request.POST
    is_sent = here.request.method == "POST"
    name = given.get("step", "") if is_sent else parameters_of(here.request).text("step")
    step = step_of(here.pages.noun, name)
    if step is None:
        if not is_sent and not name:
            return redirect(here.at("-one", key=row.key))
        raise Http404(f"there is no step {name!r}")
    if step.is_shown_first:
        return _shown_first(here, row, step)
    if not is_sent:
        return redirect(here.at("-one", key=row.key))
    done = _take(here, row, step, None)
    if isinstance(done, Finding):
        return show_one(here, here.row(), wrong=done, step=name, reason=given.get("reason", ""))
    return redirect(here.at("-one", key=row.key))


def _take(here: Here, row: ChainRow, step: Step, details: dict[str, object] | None) -> StepTaken | Finding:
    given = here.request.POST
    return chain.take_step(
        here.pages.table,
        row.key,
        step.name,
        **_said(here, details),
        asked_with=given.get("asked_with", "")[:64],
        seen=given.get("seen"),
    )


def _said(here: Here, details: dict[str, object] | None) -> dict[str, Any]:
    """Give what a step is told: where, by whom, when, why, and what its form asks for."""
    return {
        "programme": here.programme,
        "person": here.person,
        "now": timezone.now(),
        "reason": here.request.POST.get("reason", ""),
        "details": details,
    }


# With a form of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What one entry does to the money of one contribution: from which stage to which, on which line."""

    contribution: str
    amount: Amount
    origin: str
    target: str
    line: str


def movements(entries: Iterable[Entry]) -> Iterator[Movement]:
    """Give what entries move, posting by posting where money goes to; its line is that of either side."""
    for entry in entries:
        downs = [posting for posting in entry.postings if posting.amount.minor < 0]
        ups = [posting for posting in entry.postings if posting.amount.minor > 0]
        for down, up in zip(downs, ups, strict=True):
            yield Movement(
                contribution=up.contribution,
                amount=up.amount,
                origin=account_name(Account(down.account)),
                target=account_name(Account(up.account)),
                line=up.line or down.line,
            )


def _shown_first(here: Here, row: ChainRow, step: Step) -> HttpResponse:
    """Show the form of a step; sent, show what the step will enter; sent again as it was shown, take it."""
    given = here.request.POST if here.request.method == "POST" else None
    form = _form(here, row, step, given)
    wrong: Finding | None = None
    entries: list[Entry] | None = None
    details: dict[str, Any] = {}
    if why := chain.why_not(step, row, here.person):
        return show_one(here, row, wrong=why, step=step.name)
    if given is not None and (form is None or form.is_valid()):
        details = form.said() if form else {}
        if given.get("sure") == _digest(row, step, details, given):
            done = _take(here, row, step, details)
            if not isinstance(done, Finding):
                return redirect(here.at("-one", key=row.key))
            wrong = done
        else:
            seen = chain.foreseen(here.pages.table, row.key, step.name, **_said(here, details))
            if findings := [outcome for outcome in seen if isinstance(outcome, Finding)]:
                wrong = _said_at(form, findings)
            else:
                entries = [outcome for outcome in seen if isinstance(outcome, Entry)]
    has_wrong = wrong is not None or (form is not None and form.has_errors)
    return here.show(
        "web/chain/step.html",
        409 if wrong else 400 if has_wrong else 200,
        row=row,
        step=step,
        form=form,
        wrong=wrong,
        reason=given.get("reason", "") if given else "",
        stamp=chain.stamp_of(row),
        is_shown=entries is not None,
        movements=list(movements(entries or [])),
        sure=_digest(row, step, details, given) if given is not None and entries is not None else "",
    )


def _form(here: Here, row: ChainRow, step: Step, given: QueryDict | None) -> NounForm | None:
    if step.asks is None:
        return None
    begun, about = here.pages.begin_step(here, row, step)
    currency = getattr(row, "currency", "")
    form = NounForm(step.asks, given, begun=begun, about=about, currency=currency)
    form.fields["seen"].initial = chain.stamp_of(row)
    if step.asks.NAME == "merge":
        others = queries.newest(FormedPackage, here.programme, here.person).filter(state=row.state)
        keys = [other.key for other in others.exclude(pk=row.pk).order_by("key")]
        form.fields["into"] = forms.ChoiceField(
            label=form.fields["into"].label, choices=[(key, key) for key in keys]
        )
    return form


def _said_at(form: NounForm | None, findings: list[Finding]) -> Finding | None:
    """Say findings at their fields; give the first that is about no field of the form."""
    for finding in findings:
        path = finding.place.path
        if form is None or not path or path[0] not in {*form.fields, *form.parts}:
            return finding
        form.take([finding])
    return None


def _digest(row: ChainRow, step: Step, details: dict[str, object], given: QueryDict) -> str:
    """Stand for what was shown: other details, or another state of the noun, are shown anew."""
    shown = [step.name, details, given.get("reason", ""), chain.stamp_of(row)]
    return hashlib.sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()
