"""Bank statements of a programme: taken in from a file, and each entry answered by a person of finance."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pledgeline.accounts.rights import Act
from pledgeline.actions import bank
from pledgeline.actions.contributions import Doubts
from pledgeline.exchange.bank.read import read_statement
from pledgeline.exchange.bank.statements import MOST_BYTES
from pledgeline.money import Amount
from pledgeline.programme.findings import Finding
from pledgeline.queries.bank import (
    PAY,
    RECEIVE,
    RETURN,
    answered_entries,
    called,
    may_see,
    open_entries,
    statements_of,
)
from pledgeline.records.models import BankEntry, BankStatement, HeldAct, ProgrammeRecord
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.fields import file_field
from pledgeline.web.not_yours import not_yours

KINDS = {
    RECEIVE: _("received from"),
    RETURN: _("returned to"),
    PAY: _("payment of order"),
}
MOST_SHOWN = 200
"""So many entries a page shows of those that are open, and of those that were answered last."""

MOST_STATEMENTS_SHOWN = 20


class StatementForm(forms.Form):
    """A statement, and for a CSV file the dialect of its bank."""

    file = file_field(_("Statement: CAMT.053 (.xml) or CSV"), accept=".xml,.csv,text/xml,text/csv")
    dialect = forms.FileField(
        label=_("Dialect of the bank (.toml), for CSV only"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        help_text=_("A small file that says how the bank writes its CSV files. The handbook has a sample."),
    )


@never_cache
def bank_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is open and what was answered; take a statement in."""
    asked = ask(request, slug)
    programme = ProgrammeRecord.objects.get(slug=slug)
    if not may_see(programme, visitor(request)):
        return not_yours(request, Act.KEEP_BOOKS)
    form = StatementForm(request.POST or None, request.FILES or None)
    if not (form.is_bound and form.is_valid()):
        return _show(request, asked, programme, form=form, status=400 if form.errors else 200)
    file, dialect = form.cleaned_data["file"], form.cleaned_data["dialect"]
    read = read_statement(
        file.read(MOST_BYTES + 1),
        file.name,
        dialect.read(100_000) if dialect else b"",
        dialect.name if dialect else "",
    )
    done: bank.TakenIn | list[Finding] = list(read.findings)
    if read.is_sound:
        done = bank.take_statements(
            read, file.name, programme=programme, person=visitor(request), now=timezone.now()
        )
    wrong = done if isinstance(done, list) else []
    return _show(
        request,
        asked,
        programme,
        status=400 if wrong else 200,
        taken=None if wrong else done,
        wrong=[finding for finding in wrong if finding.is_error][:MOST_SHOWN],
        warnings=[finding for finding in read.findings if not finding.is_error][:MOST_SHOWN],
    )


@never_cache
@require_POST
def enter_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Enter one entry as one of its proposals; what looks like a slip is asked about first."""
    asked = ask(request, slug)
    programme = ProgrammeRecord.objects.get(slug=slug)
    kind, _sign, key = request.POST.get("proposal", "").partition(":")
    done = bank.enter_entry(
        number,
        kind,
        key,
        programme=programme,
        person=visitor(request),
        now=timezone.now(),
        today=asked.today,
        sure=request.POST.get("sure", ""),
    )
    if isinstance(done, (BankEntry, HeldAct)):
        return redirect(asked.at("bank"))
    doubts = (
        {"number": number, "proposal": f"{kind}:{key}", "asked": done} if isinstance(done, Doubts) else None
    )
    wrong = done if isinstance(done, list) else []
    return _answered(request, asked, programme, wrong, number, doubts=doubts)


@never_cache
@require_POST
def aside_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Set one entry aside."""
    asked = ask(request, slug)
    programme = ProgrammeRecord.objects.get(slug=slug)
    done = bank.set_aside(
        number,
        request.POST.get("reason", ""),
        programme=programme,
        person=visitor(request),
        now=timezone.now(),
    )
    if isinstance(done, BankEntry):
        return redirect(asked.at("bank"))
    return _answered(request, asked, programme, done, number)


@never_cache
@require_POST
def certain_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter all entries of which it is certain what they are."""
    asked = ask(request, slug)
    programme = ProgrammeRecord.objects.get(slug=slug)
    if not may_see(programme, visitor(request)):
        return not_yours(request, Act.KEEP_BOOKS)
    entered, findings = bank.enter_certain(
        programme=programme, person=visitor(request), now=timezone.now(), today=asked.today
    )
    said = ngettext("%(n)d entry was entered.", "%(n)d entries were entered.", len(entered))
    return _show(request, asked, programme, done=said % {"n": len(entered)}, wrong=findings)


def _answered(
    request: HttpRequest,
    asked: Asked,
    programme: ProgrammeRecord,
    wrong: list[Finding],
    number: int,
    **context: Any,
) -> HttpResponse:
    if not may_see(programme, visitor(request)):
        return not_yours(request, Act.KEEP_BOOKS)
    return _show(request, asked, programme, status=409, wrong=wrong, wrong_number=number, **context)


def _show(
    request: HttpRequest,
    asked: Asked,
    programme: ProgrammeRecord,
    *,
    form: StatementForm | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    proposed = open_entries(programme)
    return show(
        request,
        "web/books/bank.html",
        asked,
        status=status,
        form=form or StatementForm(),
        rows=proposed[:MOST_SHOWN],
        open_number=len(proposed),
        certain=sum(row.certain is not None for row in proposed),
        answered=[
            (entry, _amount(entry), called(entry.statement))
            for entry in answered_entries(programme, MOST_SHOWN)
        ],
        statements=[_statement(row) for row in statements_of(programme, MOST_STATEMENTS_SHOWN)],
        kinds=KINDS,
        **context,
    )


def _amount(entry: BankEntry) -> Amount:
    return Amount(entry.amount_minor, entry.currency)


def _statement(row: BankStatement) -> dict[str, object]:
    def balance(minor: int | None) -> Amount | None:
        return None if minor is None else Amount(minor, row.currency)

    return {
        "row": row,
        "called": called(row),
        "opening": balance(row.opening_minor),
        "closing": balance(row.closing_minor),
    }
