"""What a claim can stand behind, what stands behind a row, and what a row made of a claim would change."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from pledgeline.evidence.comparing.meeting import Encounter
from pledgeline.evidence.deciding.claims import ClaimField
from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.using import ProposedRow, proposed_row
from pledgeline.programme.findings import Finding
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme
from pledgeline.queries.record_rows import Foreseen, foresee
from pledgeline.queries.reports import known_index, money_claims, otherwise_of
from pledgeline.records.models import (
    ClaimDecision,
    ClaimRecord,
    ClaimState,
    ClaimUse,
    DocumentRecord,
    ProgrammeRecord,
)
from pledgeline.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFromClaim:
    """A row that is proposed of a claim, the source that its report would be, and the rows that it meets."""

    row: ProposedRow
    source: Mapping[str, str]
    source_is_there: bool
    met: tuple[Encounter, ...]


def source_cells(document: DocumentRecord) -> dict[str, str]:
    """Give the cells of the source that a report is in the record."""
    return {
        "id": f"RPT-{document.ref}",
        "url": document.address
        if re.match(r"https?://\S+$", document.address)
        else f"urn:sha256:{document.sha256}",
        "publisher": document.outlet or "not stated",
        "published_on": document.published_on.isoformat() if document.published_on else "",
        "title": document.title or document.file_name or document.ref,
        "accessed_as": f"text, SHA-256 {document.sha256}",
    }


def source_of(document: DocumentRecord, record: PublicRecord) -> tuple[dict[str, str], bool]:
    """Give the source that stands for a report, and whether it is in the record already."""
    cells = source_cells(document)
    for source in record.sources:
        if source.id == cells["id"] or source.url == cells["url"]:
            return {**cells, "id": source.id}, True
    return cells, False


def row_from(claim: ClaimRecord, record: Snapshot, *, title: str) -> RowFromClaim | None:
    """Propose the row of the record that a claim would be, under a title in our words; None where it would be none."""
    value = claim.to_value()
    cells, is_there = source_of(claim.document, record.record)
    index = known_index(record)
    money = money_claims([claim], claim.document, "claim ").get(claim.pk)
    met = index.encounters(money) if money is not None else []
    announced = [encounter for encounter in met if encounter.other.startswith("announcement ")]
    row = proposed_row(
        value,
        number=_free_number(record.record, claim.ref),
        title=title,
        published=claim.document.published_on,
        source=cells["id"],
        encounters=[
            replace(encounter, other=encounter.other.removeprefix("announcement ")) for encounter in announced
        ],
    )
    if row is None:
        return None
    return RowFromClaim(row=row, source=cells, source_is_there=is_there, met=tuple(announced))


def _free_number(record: PublicRecord, ref: str) -> str:
    taken = {row.id for row in record.announcements}
    number, more = ref, 1
    while number in taken:
        more += 1
        number = f"{ref}-{more}"
    return number


def foresee_from_claim(
    noun: str,
    cells: Mapping[str, str],
    *,
    document: DocumentRecord,
    programme: Programme,
    record: PublicRecord,
    now: datetime,
) -> Foreseen | list[Finding]:
    """Say what a row of a claim would change; its report becomes a source where it is none yet and the row names it."""
    source, is_there = source_of(document, record)
    if not is_there and names_source(cells, source["id"]):
        added = foresee("source", source, programme=programme, record=record, now=now)
        if isinstance(added, list):
            return added
        record = added.record
    return foresee(noun, cells, programme=programme, record=record, now=now)


def names_source(cells: Mapping[str, str], source: str) -> bool:
    return source in [part.strip() for part in cells.get("source_ids", "").split(";")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfRow:
    """What reports say of a row of the record: who speaks in the one behind it, and how many say otherwise."""

    speaker: str
    otherwise: int


def said_of_rows(ids: Iterable[str], record: Snapshot) -> dict[str, SaidOfRow]:
    """Say of announcements who speaks in the reports behind them, and how many claims say otherwise."""
    names = {id_: f"announcement {id_}" for id_ in ids}
    otherwise = otherwise_of(names.values(), record)
    uses = ClaimUse.objects.filter(
        noun="announcement", key__in=names, claim__programme__slug=record.programme.slug
    )
    speakers: dict[str, str] = {}
    for use in uses.select_related("claim__document").defer("claim__document__text"):
        value, document = use.claim.to_value(), use.claim.document
        speakers.setdefault(use.key, str(value.value(ClaimField.SPEAKER) or document.outlet))
    return {
        id_: SaidOfRow(speaker=speakers.get(id_, ""), otherwise=len(otherwise.get(name, ())))
        for id_, name in names.items()
    }


def claimed_totals(programme: Programme, by: date) -> list[ClaimRecord]:
    """Give the totals of a programme that reports of up to a day claim, the newest first."""
    rows = ClaimRecord.objects.filter(
        programme__slug=programme.slug,
        state=ClaimState.HOLDS,
        role=MoneyRole.TOTAL.value,
        document__published_on__lte=by,
        fields__programme__value=programme.short_name,
    )
    return list(
        rows.select_related("document").defer("document__text").order_by("-document__published_on", "-pk")
    )


def stamp_of_claims(slug: str) -> tuple[int, int]:
    """Stand for all that was decided and used in a programme: it changes with each decision and each use."""
    decided = ClaimDecision.objects.filter(document__programme=OuterRef("pk")).order_by("-pk")
    used = ClaimUse.objects.filter(claim__programme=OuterRef("pk")).order_by("-pk")
    last = (Subquery(rows.values("pk")[:1]) for rows in (decided, used))
    decision, use = ProgrammeRecord.objects.filter(slug=slug).values_list(*last).get()
    return decision or 0, use or 0


def uses_of(noun: str, keys: Collection[str], programme: str) -> list[ClaimUse]:
    """Give the claims that stand behind rows of a kind, the first one first."""
    uses = ClaimUse.objects.filter(noun=noun, claim__programme__slug=programme)
    uses = uses.filter(key__in=keys) if len(keys) == 1 else uses
    found = uses.select_related("claim__document__programme")
    return [use for use in found if use.key in keys]
