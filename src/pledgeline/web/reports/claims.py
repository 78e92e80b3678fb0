"""Claims: the table of those that hold, and one opened at its sentence, with who decided and what it stands behind."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may
from pledgeline.actions import claims as actions
from pledgeline.evidence.deciding.claims import MONEY_KINDS, ClaimField
from pledgeline.evidence.deciding.marking import shown
from pledgeline.evidence.using import row_noun
from pledgeline.exchange.claims import claims_as_csv, claims_as_jsonld
from pledgeline.queries.claim_files import exported_claims
from pledgeline.queries.record_rows import row_of
from pledgeline.queries.reports import known_index, money_claims, visible_claims
from pledgeline.records.models import ClaimRecord, ClaimState
from pledgeline.web import totals
from pledgeline.web.addresses import address_of
from pledgeline.web.columns import Day, Text
from pledgeline.web.downloads import attached
from pledgeline.web.parameters import parameters_of
from pledgeline.web.reports import words
from pledgeline.web.reports.common import (
    ReportRequest,
    ShownEncounter,
    for_deciders,
    open_to_all,
    said,
    shown_encounter,
    title_of,
)
from pledgeline.web.reports.excerpts import excerpt_of
from pledgeline.web.reports.facts import facts_of_document
from pledgeline.web.tables import Table


@open_to_all
def claims_page(here: ReportRequest) -> HttpResponse:
    """List the claims that the visitor may see."""
    needle = parameters_of(here.request).words()
    settings = here.asked.programme
    rows = []
    for claim in visible_claims(here.person, here.programme).exclude(state=ClaimState.WITHDRAWN):
        line = words.line_of(claim.to_value(), settings)
        if needle in f"{claim.ref} {line} {claim.document.title} {claim.document.outlet}".casefold():
            rows.append((claim, line))
    columns = [
        Text("ref", _("Number"), lambda row: row[0].ref, link=lambda row: here.asked.at("claim", row[0].ref)),
        Text(
            "claim",
            _("What is claimed"),
            lambda row: shown(row[1]),
            classes="what",
            link=lambda row: here.asked.at("claim", row[0].ref),
            quiet=True,
        ),
        Text("report", _("Report"), lambda row: title_of(row[0].document), classes="what"),
        Day("published", _("Published on"), lambda row: row[0].document.published_on, empty=_("not stated")),
        Text("state", _("State"), lambda row: str(words.STATES[row[0].state])),
        Text(
            "uses",
            _("Stands behind"),
            lambda row: ", ".join(use.key for use in row[0].uses.all()),
            empty=_("nothing yet"),
        ),
    ]
    table = Table(
        here.request,
        name=f"{here.programme.slug}-claims",
        caption=_("Claims"),
        columns=columns,
        rows=rows,
        sort="ref",
        empty=_("No claim has these words."),
    )
    return here.show("web/reports/claims.html", table=table, words=needle, number=len(rows))


@open_to_all
def claims_file(here: ReportRequest, form: str) -> HttpResponse:
    """Give the claims that hold as a file: CSV, or JSON-LD with where each appeared and who decided."""
    base = here.request.build_absolute_uri("/")[:-1]
    claims = exported_claims(here.programme, here.person, lambda ref: f"{base}{here.asked.at('claim', ref)}")
    name = f"{here.programme.slug}-claims"
    if form == "csv":
        return attached(claims_as_csv(claims), f"{name}.csv", "text/csv; charset=utf-8")
    return attached(claims_as_jsonld(claims), f"{name}.jsonld", "application/ld+json")


@open_to_all
def claim_page(here: ReportRequest, ref: str) -> HttpResponse:
    """Open a claim at its sentence."""
    return _claim_page(here, here.claim(ref))


def _claim_page(
    here: ReportRequest, claim: ClaimRecord, wrong: str = "", *, status: int = 200
) -> HttpResponse:
    settings, value = here.asked.programme, claim.to_value()
    shows = claim.document.shows_text_to(here.person)
    sees_people = may(here.person, Act.SEE_UNPUBLISHED, here.programme.slug)
    return here.show(
        "web/reports/claim.html",
        status=status,
        claim=claim,
        document=claim.document,
        title=title_of(claim.document),
        line=shown(words.line_of(value, settings)),
        state=words.STATES[claim.state],
        kind=words.KINDS[value.kind],
        fields=[
            (
                words.FIELDS[name],
                shown(words.value_said(name, field.value, settings)),
                shown(field.span.of(claim.document.text)) if shows else "",
                field.is_own,
            )
            for name, field in value.fields.items()
        ],
        missing=[
            words.FIELDS[name] for name in (ClaimField.SPEAKER, ClaimField.DAY) if name not in value.fields
        ],
        role=words.ROLES.get(value.role) if value.role else "",
        shows=shows,
        excerpt=excerpt_of(claim, settings) if shows else "",
        facts=facts_of_document(here, claim.document),
        links=links_of(here, claim),
        decisions=[
            (words.VERDICTS[decision.verdict], decision) for decision in claim.decisions.order_by("pk")
        ],
        sees_people=sees_people,
        uses=[(use, address_of_use(here, use.noun, use.key)) for use in claim.uses.all()],
        row_noun=row_noun(value),
        waits=claim.state == ClaimState.WAITS,
        holds=claim.state == ClaimState.HOLDS,
        wrong=wrong,
    )


def links_of(here: ReportRequest, claim: ClaimRecord) -> list[ShownEncounter]:
    """Give what a claim meets: other claims and rows of the record, contradictions first."""
    if claim.kind not in MONEY_KINDS:
        return []
    index = known_index(here.asked.snapshot)
    own = replace(money_claims([claim], claim.document, "")[claim.pk], id=f"claim {claim.ref}")
    return [shown_encounter(here.asked, met) for met in index.encounters(own)]


def address_of_use(here: ReportRequest, noun: str, key: str) -> str:
    """Give the page of what a claim stands behind."""
    match noun:
        case "announcement":
            return here.asked.at("announcement", key)
        case "stated-total":
            row = row_of(here.asked.record, noun, key)
            return here.asked.at("total", totals.key_of(row)) if row is not None else here.asked.at("totals")
        case "provision":
            return address_of_provision(key)
        case "delivery":
            return here.asked.at("deliveries")
    return ""


def address_of_provision(key: str) -> str:
    """Give the place of a provision on the page of its instrument."""
    instrument, _slash, duty = key.partition("/")
    return f"{address_of('guarantees-instrument', instrument)}#{duty}"


@for_deciders
def decide_claim(here: ReportRequest, ref: str) -> HttpResponse:
    """Confirm a claim as the second person, or withdraw it with a reason."""
    claim, given = here.claim(ref), here.request.POST
    if here.request.method != "POST":
        return redirect(here.asked.at("claim", ref))
    reason, now = given.get("reason", ""), timezone.now()
    if "confirm" in given:
        done = actions.confirm(claim, person=here.person, now=now, reason=reason)
    else:
        done = actions.withdraw(claim, person=here.person, now=now, reason=reason)
    if isinstance(done, list):
        return _claim_page(here, claim, said(done[0]), status=409)
    return redirect(here.asked.at("claim", ref))
