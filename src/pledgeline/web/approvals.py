"""What waits for the approval of a second person: listed, and one opened, approved, refused or taken back."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, Person
from pledgeline.accounts.roles import Machine
from pledgeline.actions import acceptance, approvals
from pledgeline.ledger import Account, Entry
from pledgeline.money import Amount
from pledgeline.programme.findings import Finding
from pledgeline.programme.settings_fields import LONGEST_TEXT
from pledgeline.queries import approvals as queries
from pledgeline.queries.amended import amended_by
from pledgeline.records.models import Decision, HeldAct
from pledgeline.records.plans import Altered, study_of
from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.basis import programme_row
from pledgeline.web.books.words import account_name
from pledgeline.web.chain.step_pages import movements
from pledgeline.web.columns import Amounts, Mark, Text, Timestamp
from pledgeline.web.fields import CHOICE
from pledgeline.web.held import place_of, subject_of, title_of
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of
from pledgeline.web.planning.asked import seen_run
from pledgeline.web.planning.entered import AcceptanceShown
from pledgeline.web.tables import Table

Words = dict[str, str | Promise]

DECISIONS: Words = {
    Decision.WAITING: _("waits for approval"),
    Decision.APPROVED: _("approved"),
    Decision.REFUSED: _("refused"),
    Decision.WITHDRAWN: _("taken back"),
    Decision.OUTDATED: _("outdated: it had changed"),
}

MARKS = {
    Decision.WAITING: "mark state-submitted",
    Decision.APPROVED: "mark state-accepted",
    Decision.REFUSED: "mark state-rejected",
    Decision.WITHDRAWN: "mark state-withdrawn",
    Decision.OUTDATED: "mark state-superseded",
}

SAID: Words = {
    "reason": _("Reason"),
    "effective_on": _("Happened on"),
    "note": _("Reference of the bank or the document"),
    "reserved_until": _("Reserve the money until"),
}
"""What an act was told, as far as it is shown in one line."""


class ApprovalFilters(forms.Form):
    """What the list can be narrowed by."""

    decision = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), *DECISIONS.items()],
        error_messages=CHOICE,
    )


@never_cache
def list_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show what waits for approval and what was decided, or give it as a file."""
    asked, person = ask(request, slug), visitor(request)
    programme = programme_row(request, slug)
    if not queries.may_see(programme, person):
        return not_yours(request, Act.SEE_APPROVALS)
    parameters = parameters_of(request)
    form = parameters.form(ApprovalFilters(parameters.data, auto_id="filter-%s"))
    decision = form.cleaned_data.get("decision", "")
    rows = list(queries.held_acts(programme, person))
    table = Table(
        request,
        name=f"{slug}-approvals",
        caption=_("Approvals"),
        columns=[
            Text("act", _("What is to be done"), title_of, link=lambda row: asked.at("approval", row.ref)),
            Text("key", _("Of what"), link=lambda row: place_of(asked, row)),
            Amounts("amount", _("Amount"), lambda row: [row.amount]),
            Text("role", _("Approved by"), lambda row: str(words.ROLES[row.role])),
            Text("asked_by", _("Asked for by")),
            Timestamp("asked_at", _("Asked for at")),
            Mark(
                "decision",
                _("State"),
                lambda row: str(DECISIONS[row.decision]),
                mark=lambda row: MARKS[row.decision],
            ),
            Text("decided_by", _("Decided by")),
            Amounts(
                "compared",
                _("In the programme's currency"),
                lambda row: [row.compared] if row.compared else [],
                shown=False,
            ),
            Text("reason", _("Reason"), shown=False),
            Timestamp("decided_at", _("Decided at"), shown=False),
            Text("ref", pgettext_lazy("what a thing is called", "Reference"), shown=False),
        ],
        rows=[row for row in rows if decision in ("", row.decision)],
        sort="-asked_at",
        empty=_("None passes these filters.")
        if rows
        else _("Nothing has waited for approval yet. The settings say what a second person approves."),
        files="approvals-file",
    )
    if format_:
        return table.file(format_)
    if getattr(request, "htmx", False):
        return show(request, "web/_table.html", asked, table=table)
    return show(request, "web/approvals.html", asked, table=table, filters=form)


# One of them


@never_cache
def one_page(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show one; sent, approve it, refuse it or take it back, or say why that cannot be."""
    asked, person = ask(request, slug), visitor(request)
    programme = programme_row(request, slug)
    if not queries.may_see(programme, person):
        return not_yours(request, Act.SEE_APPROVALS)
    held = queries.held_acts(programme, person).filter(ref=ref).first()
    if held is None:
        raise Http404(f"there is no approval {ref!r}")
    if request.method != "POST":
        return _one(request, asked, held)
    act = approvals.DECIDE.get(request.POST.get("decision", ""))
    if act is None:
        raise Http404("there is no such decision")
    reason = request.POST.get("reason", "")[:LONGEST_TEXT]
    done = act(held, person=person, now=timezone.now(), reason=reason)
    if isinstance(done, HeldAct):
        return redirect(asked.at("approval", ref))
    held.refresh_from_db()
    return _one(request, asked, held, wrong=done[0], reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetMove:
    """What entries do in all to the money of one contribution at one stage."""

    contribution: str
    stage: str
    amount: Amount
    is_taken: bool


def net_moves(entries: Iterable[Entry]) -> Iterator[NetMove]:
    """Give from where money is taken and to where it goes, in all: what is only passed on is left out."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for posting in (posting for entry in entries for posting in entry.postings):
        sums[posting.contribution, posting.account.value, posting.amount.currency] += posting.amount.minor
    for (contribution, account, currency), minor in sorted(sums.items(), key=lambda item: item[1] > 0):
        if minor:
            yield NetMove(
                contribution=contribution,
                stage=str(account_name(Account(account))),
                amount=Amount(abs(minor), currency),
                is_taken=minor < 0,
            )


def _accepted_plan(held: HeldAct, person: Person) -> AcceptanceShown | None:
    """Give what a plan that waits for approval will form and reserve, to whoever may see plans."""
    if held.noun != acceptance.PLAN or held.decision != Decision.WAITING:
        return None
    run = seen_run(person, held.programme.slug, held.key)
    try:
        study = study_of(run) if run is not None else None
    except Altered:  # which the page of the plan says
        return None
    if run is None or study is None:
        return None
    size = acceptance.size_for(run, study) if held.said["by_size"] else None
    return AcceptanceShown(study=study, size=size)


def _one(
    request: HttpRequest, asked: Asked, held: HeldAct, *, wrong: Finding | None = None, reason: str = ""
) -> HttpResponse:
    person = visitor(request)
    may_decide = queries.may_decide(held, person)
    foreseen = approvals.foreseen(held, now=timezone.now()) if may_decide else []
    entries = [outcome for outcome in foreseen if isinstance(outcome, Entry)]
    hinders = [outcome for outcome in foreseen if isinstance(outcome, Finding)]
    said, amended = queries.shown_of(held), amended_by(held)
    return show(
        request,
        "web/approval.html",
        asked,
        status=409 if wrong else 200,
        held=held,
        title=title_of(held),
        subject=subject_of(held),
        place=place_of(asked, held),
        state=DECISIONS[held.decision],
        mark=MARKS[Decision(held.decision)],
        role=words.ROLES[held.role],
        approvers=queries.approvers(held),
        facts=[(SAID[name], value) for name, value in said.items() if name in SAID],
        amended=amended,
        more=Amount(sum(line.difference.minor for line in amended), held.amount_currency),
        sources=[*net_moves(entries)] if amended else [],
        lines=[
            (line["line"], line["units"], Amount(line["unit_price"], held.amount_currency))
            for line in said.get("details", {}).get("lines", ())
            if not amended
        ],
        may_decide=may_decide,
        may_withdraw=queries.may_withdraw(held, person),
        is_mine=(is_mine := queries.asked_by(held, person)),
        alone=approvals.same_person(held, person) if is_mine and isinstance(person, Machine) else None,
        same=[(other, DECISIONS[other.decision]) for other in queries.same_as(held)],
        movements=list(movements(entries)),
        entered=_accepted_plan(held, person),
        hinders=hinders,
        wrong=wrong,
        wrong_field=wrong.place.path[0] if wrong and wrong.place.path else "",
        reason=reason,
    )
