"""What an IATI file would bring into the record: rows read by the rules of its files, beside what is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from pledgeline.exchange.iati.announced import AnnouncedRow, AnnouncedRows, Taken, placed, read_announced
from pledgeline.exchange.record import read_rows
from pledgeline.exchange.record.written import cells_of
from pledgeline.programme.findings import Finding
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme
from pledgeline.queries.record_rows import NOUNS

KEPT = ("package", "earmark_text", "relation", "relates_to", "amount_usd_as_reported")
"""What people may have written beside an announcement that came from a file: the file does not say it."""

_FIRST_LINE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The good rows of a file, what was found wrong, and how many transactions were refused or are of other types."""

    record: PublicRecord
    findings: tuple[Finding, ...]
    refused: int
    left_out: int
    was_read: bool


def read_import(
    file: BinaryIO, name: str, *, programme: Programme, record: PublicRecord, taken: Taken, now: datetime
) -> Imported:
    """Read the announcements of an IATI file beside the record of a programme."""
    found = read_announced(file, name, programme, taken)
    source = NOUNS["source"]
    sources = (
        read_rows(source, [found.source], programme=programme, beside=record, now=now)
        if found.source
        else None
    )
    findings = [*found.findings]
    if sources is None or sources.errors or not found.was_read:
        findings += sources.findings if sources else ()
        return _imported(found, PublicRecord(), findings)
    beside = PublicRecord(
        **{
            kind: getattr(record, kind)
            for kind in ("announcements", "packages", "rates", "stated_totals", "items", "deliveries")
        },
        sources=(*(row for row in record.sources if row.id != found.source["id"]), *sources.record.sources),
    )
    there = {row.id: cells_of(row) for row in record.announcements}
    rows = [_whole(row, there) for row in found.rows]
    reading = read_rows(NOUNS["announcement"], rows, programme=programme, beside=beside, now=now)
    findings += placed(reading.findings, found.rows, _FIRST_LINE)
    announcements = reading.record.announcements
    brought = PublicRecord(
        announcements=announcements, sources=sources.record.sources if announcements else ()
    )
    return _imported(found, brought, findings, more=len(rows) - len(announcements))


def _whole(row: AnnouncedRow, there: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Give a text for each column: those that a file does not say stay as they are."""
    old = there.get(row.cells["id"], {})
    kept = {column: old.get(column, "") for column in KEPT}
    return {**dict.fromkeys(NOUNS["announcement"].columns, ""), **kept, **row.cells}


def _imported(
    found: AnnouncedRows, record: PublicRecord, findings: list[Finding], *, more: int = 0
) -> Imported:
    return Imported(
        record=record,
        findings=tuple(findings),
        refused=found.refused + more,
        left_out=found.left_out,
        was_read=found.was_read,
    )
