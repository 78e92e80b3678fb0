"""Mappings of workbooks: which are kept of a programme, and which is for a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from pledgeline.exchange.matched_sheets import MatchedSheet, SheetProposal, is_for
from pledgeline.records.models import ProgrammeRecord, WorkbookMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMapping:
    """A mapping as it holds now."""

    name: str
    version: int
    sheets: Sequence[MatchedSheet]


def mappings_of(programme: ProgrammeRecord) -> list[WorkbookMapping]:
    """Give the mappings that hold, in the order of their names."""
    return list(WorkbookMapping.objects.filter(programme=programme, is_newest=True).order_by("name"))


def mapping_named(
    programme: ProgrammeRecord, name: str, proposals: Sequence[SheetProposal]
) -> KeptMapping | None:
    """Give the mapping of a name, where it is for the sheets and headings of a file."""
    return _first(proposals, [row for row in mappings_of(programme) if row.name == name])


def mapping_for(programme: ProgrammeRecord, proposals: Sequence[SheetProposal]) -> KeptMapping | None:
    """Give the mapping for the sheets and headings of a file that was kept last."""
    rows = sorted(mappings_of(programme), key=lambda row: row.made_at, reverse=True)
    return _first(proposals, rows)


def _first(proposals: Sequence[SheetProposal], rows: Sequence[WorkbookMapping]) -> KeptMapping | None:
    for row in rows:
        sheets = [MatchedSheet(**sheet) for sheet in row.sheets]
        if is_for(sheets, proposals):
            return KeptMapping(name=row.name, version=row.version, sheets=sheets)
    return None
