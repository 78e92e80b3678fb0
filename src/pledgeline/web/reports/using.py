"""Use a claim: as a row of the record that it becomes, or beside a row or a provision that is there."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.actions.claim_uses import cite, enter_as_row
from pledgeline.evidence.deciding.marking import shown
from pledgeline.evidence.linking.rules import Rule
from pledgeline.programme.findings import Finding
from pledgeline.queries.claim_uses import RowFromClaim, foresee_from_claim, row_from
from pledgeline.queries.record_rows import NOUNS, Foreseen, delivery_key, key_of, whole_record
from pledgeline.records.models import ClaimRecord, ClaimUse
from pledgeline.records.register import seen_register
from pledgeline.web.record_columns import label_of
from pledgeline.web.record_rows import RowForm
from pledgeline.web.reports import words
from pledgeline.web.reports.claims import address_of_use
from pledgeline.web.reports.common import ReportRequest, for_deciders, said, shown_encounter


@for_deciders
def use_page(here: ReportRequest, ref: str) -> HttpResponse:
    """Show the row that a claim would be; sent, show what it would change; confirmed, enter it."""
    claim = here.claim(ref)
    line = shown(words.line_of(claim.to_value(), here.asked.programme))
    proposed = row_from(claim, here.asked.snapshot, title=line)
    if proposed is None:
        raise Http404(f"claim {ref!r} is nothing of the record")
    given = here.request.POST if here.request.method == "POST" else None
    record = whole_record(here.programme.slug)
    form = RowForm(proposed.row.noun, given, record=record)
    form.initial = dict(proposed.row.cells)
    would: Foreseen | None = None
    if given is not None and form.is_valid():
        done = _sent(here, claim, proposed, form, is_entered="enter" in given)
        if isinstance(done, ClaimUse):
            return redirect(address_of_use(here, done.noun, done.key))
        if isinstance(done, list):
            form.take(done)
        else:
            would = done
    return here.show(
        "web/reports/use.html",
        status=400 if form.errors else 200,
        claim=claim,
        line=line,
        noun=proposed.row.noun,
        form=form,
        would=would,
        met=[shown_encounter(here.asked, met) for met in proposed.met],
        rule=words.RULES[Rule(proposed.row.rule)] if proposed.row.rule else "",
        source=None if proposed.source_is_there else proposed.source,
        labels={column: label_of(proposed.row.noun, column) for column in NOUNS[proposed.row.noun].columns},
    )


def _sent(
    here: ReportRequest, claim: ClaimRecord, proposed: RowFromClaim, form: RowForm, *, is_entered: bool
) -> ClaimUse | Foreseen | list[Finding]:
    now, noun = timezone.now(), proposed.row.noun
    if not is_entered:
        return foresee_from_claim(
            noun,
            form.cells(),
            document=claim.document,
            programme=here.programme.to_value(),
            record=whole_record(here.programme.slug),
            now=now,
        )
    return enter_as_row(
        claim,
        noun,
        form.cells(),
        person=here.person,
        now=now,
        foreseen=here.request.POST.get("foreseen", ""),
        asked_with=form.cleaned_data["asked_with"],
    )


@for_deciders
def cite_page(here: ReportRequest, ref: str) -> HttpResponse:
    """Choose a row or a provision that a claim stands behind."""
    claim = here.claim(ref)
    choices = _choices(here)
    wrong = ""
    if here.request.method == "POST":
        noun, _blank, key = here.request.POST.get("row", "").partition(" ")
        known = {value for _label, rows in choices for value, _said in rows}
        done = (
            cite(claim, noun, key, person=here.person, now=timezone.now())
            if f"{noun} {key}" in known
            else cite(claim, "", "", person=here.person, now=timezone.now())
        )
        if isinstance(done, ClaimUse):
            return redirect(here.asked.at("claim", ref))
        wrong = said(done[0])
    return here.show(
        "web/reports/cite.html",
        status=400 if wrong else 200,
        claim=claim,
        line=shown(words.line_of(claim.to_value(), here.asked.programme)),
        choices=choices,
        wrong=wrong,
    )


def _choices(here: ReportRequest) -> list[tuple[object, list[tuple[str, str]]]]:
    """Give everything that a claim can stand behind, by kind."""
    record = here.asked.record
    instruments = seen_register(here.person).register.instruments
    return [
        (
            _("Announcements"),
            [(f"announcement {row.id}", f"{row.id} {row.title}") for row in record.announcements],
        ),
        (
            _("Stated totals"),
            [
                (f"stated-total {key_of('stated-total', row)}", f"{row.as_of} {row.measure}, {row.said_by}")
                for row in record.stated_totals
            ],
        ),
        (
            _("Deliveries"),
            [(f"delivery {delivery_key(row)}", f"{row.when} {row.what}"[:120]) for row in record.deliveries],
        ),
        (
            _("Provisions"),
            [
                (f"provision {instrument.id}/{duty.id}", f"{instrument.id} {duty.id}")
                for instrument in instruments
                for duty in instrument.obligations
            ],
        ),
    ]
