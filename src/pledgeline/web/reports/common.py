"""What the pages of reports have in common: which report or claim an address names, and who may decide."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, Person
from pledgeline.evidence.comparing.meeting import Encounter
from pledgeline.evidence.deciding.marking import shown
from pledgeline.programme.findings import Finding
from pledgeline.queries.reports import may_decide, visible_claims
from pledgeline.records.models import ClaimRecord, DocumentRecord, ProgrammeRecord
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.basis import programme_row
from pledgeline.web.not_yours import not_yours
from pledgeline.web.reports import words


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """One request about reports of a programme."""

    request: HttpRequest
    asked: Asked
    programme: ProgrammeRecord

    @property
    def person(self) -> Person:
        return visitor(self.request)

    @property
    def may_decide(self) -> bool:
        return may_decide(self.person, self.programme.slug)

    def document(self, ref: str) -> DocumentRecord:
        """Give a report.

        Raises:  Http404 where there is none.
        """
        found = (
            DocumentRecord.objects.filter(programme=self.programme, ref=ref)
            .select_related("programme")
            .first()
        )
        if found is None:
            raise Http404(f"there is no report {ref!r}")
        return found

    def claim(self, ref: str) -> ClaimRecord:
        """Give a claim that the visitor may see.

        Raises:  Http404 where there is none.
        """
        rows = visible_claims(self.person, self.programme).select_related("programme", "document__programme")
        found: ClaimRecord | None = rows.defer(None).filter(ref=ref).first()
        if found is None:
            raise Http404(f"there is no claim {ref!r}")
        return found

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        shared: dict[str, Any] = {"here": self, "decides": self.may_decide}
        return show(self.request, template, self.asked, status=status, **shared, **context)


def open_to_all(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Show a page of reports to everybody who may see the programme."""

    @wraps(view)
    @never_cache
    def opened(request: HttpRequest, slug: str, **named: object) -> HttpResponseBase:
        asked = ask(request, slug)
        return view(ReportRequest(request, asked, programme_row(request, slug)), **named)

    return opened


def for_deciders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show a page to those who may edit the record, and to nobody else."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, slug: str, **named: object) -> HttpResponse:
        asked = ask(request, slug)
        if not may_decide(visitor(request), slug):
            return not_yours(request, Act.EDIT_RECORD)
        return view(ReportRequest(request, asked, programme_row(request, slug)), **named)

    return guarded


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEncounter:
    """How a claim stands to another one or to a row, in words, with the address of that."""

    relation: str
    relation_said: object
    rule: str
    rule_said: object
    differs: str
    name: str
    href: str


def shown_encounter(asked: Asked, met: Encounter) -> ShownEncounter:
    """Write an encounter in words."""
    noun, _blank, key = met.other.partition(" ")
    if noun == "announcement":
        href = asked.at("announcement", key)
    elif noun == "claim":
        href = asked.at("claim", key)
    else:
        href, key = asked.at("totals"), str(words.STATED_TOTAL)
    return ShownEncounter(
        relation=met.relation.value,
        relation_said=words.RELATIONS[met.relation],
        rule=met.rule.value,
        rule_said=words.RULES[met.rule],
        differs=", ".join(str(words.DIFFERING.get(name, name)) for name in met.differs_in),
        name=key,
        href=href,
    )


def said(finding: Finding) -> str:
    """Say a finding with its way out."""
    return f"{finding.wrong} {finding.way_out}"


def title_of(document: DocumentRecord) -> str:
    """Name a report: its title, with signs that nobody sees named; else its file or its number."""
    return shown(document.title or document.file_name or document.ref)
