"""Bring in what a file of OCDS says: each offer and order is written down as if somebody had typed it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pledgeline.accounts.rights import Person
from pledgeline.actions import chain
from pledgeline.exchange.ocds.catalogue import Objection
from pledgeline.exchange.ocds.offers import OcdsRow
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import read_noun
from pledgeline.queries.chain import newest
from pledgeline.records.models import ProgrammeRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What became of a row: `new`, `changed`, `unchanged`, or `refused` with everything wrong with it."""

    row: OcdsRow
    outcome: str
    findings: tuple[Finding, ...] = ()

    @property
    def objections(self) -> Iterator[Objection]:
        """Give what is wrong, where it stands in the file: at the award or contract, or at one of its items."""
        for finding in self.findings:
            line = finding.place.path[1:2] if finding.place.path[:1] == ("lines",) else ()
            path = (*self.row.path, *(("items", *line) if line else ()))
            yield Objection(path=path, said=finding.said)


def bring_in(
    rows: Iterable[OcdsRow],
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    dry_run: bool = False,
) -> list[Brought]:
    """Write rows down as drafts, each for itself: those that are refused change nothing, the others are kept.

    A dry run does the same, and takes all of it back.
    """
    with transaction.atomic():
        brought = [_brought(row, programme, person, now) for row in rows]
        if dry_run:
            transaction.set_rollback(True)
    return brought


def _brought(row: OcdsRow, programme: ProgrammeRecord, person: Person, now: datetime) -> Brought:
    table = chain.TABLES[row.noun]
    said = read_noun(table.KIND, row.said, Place(file=row.noun))
    if isinstance(said, list):
        return Brought(row=row, outcome="refused", findings=tuple(said))
    there = newest(table, programme, person).filter(key=row.said["key"]).first()
    if there is not None and there.to_value() == said:
        return Brought(row=row, outcome="unchanged")
    done = chain.write(table, row.said, programme=programme, person=person, now=now)
    if isinstance(done, list):
        return Brought(row=row, outcome="refused", findings=tuple(done))
    return Brought(row=row, outcome="new" if there is None else "changed")
