"""The rows of a programme's workbook, as far as somebody may see them, each with its stamp."""

from collections import Counter
from collections.abc import Callable

from django.db.models import Count

from pledgeline.accounts.rights import Person
from pledgeline.exchange.programme_workbook import StampedRow
from pledgeline.programme.contributions import Contribution
from pledgeline.programme.formed import PackagedLine
from pledgeline.programme.nouns import Noun
from pledgeline.queries import chain
from pledgeline.queries import contributions as giving
from pledgeline.records.models import (
    ChainRow,
    FormedPackage,
    OfferRecord,
    ProgrammeRecord,
    RequirementRecord,
    StepTaken,
)

OF_THE_CHAIN: dict[str, type[ChainRow]] = {"requirement": RequirementRecord, "offer": OfferRecord}
"""The nouns of a workbook that are rows of the chain, each in a table of its own."""


def nouns_seen(programme: ProgrammeRecord, person: Person) -> list[str]:
    """Name the nouns of a workbook of which `person` may see some."""
    seen = [noun for noun, table in OF_THE_CHAIN.items() if chain.may_see(table, programme, person)]
    if giving.may_see(programme, person):
        seen.append(Contribution.NAME)
    if chain.may_see(FormedPackage, programme, person):
        seen.append(PackagedLine.NAME)
    return seen


def rows_of(noun: str, programme: ProgrammeRecord, person: Person) -> list[StampedRow]:
    """Give the rows of one sheet, in their usual order."""
    return _ROWS.get(noun, _chain_rows)(noun, programme, person)


def steps_taken(programme: ProgrammeRecord, noun: str) -> Counter[str]:
    """Count by key the steps that were taken of the nouns of a programme."""
    steps = StepTaken.objects.filter(programme=programme, noun=noun).order_by()
    return Counter(dict(steps.values_list("key").annotate(n=Count("pk"))))


def _chain_rows(noun: str, programme: ProgrammeRecord, person: Person) -> list[StampedRow]:
    table = OF_THE_CHAIN[noun]
    steps = steps_taken(programme, noun)
    rows = chain.newest(table, programme, person).order_by(*chain.LISTS[table].order)
    return [StampedRow(value=row.to_value(), stamp=row.stamp_after(steps[row.key])) for row in rows]


def terms_of(row: giving.Contributed, currency: str) -> StampedRow:
    """Give the terms of a contribution; where none were written down, those that its pledge has."""
    if row.terms is not None:
        return StampedRow(value=row.terms.to_value(), stamp=str(row.terms.version))
    said = Contribution(key=row.key, partner=row.partner, currency=currency)
    return StampedRow(value=said, stamp="0")


def _terms(_noun: str, programme: ProgrammeRecord, person: Person) -> list[StampedRow]:
    state = giving.state_now(programme)
    rows = giving.contributions(programme, person, state)
    return [terms_of(row, state.term("currency", row.key)) for row in rows]


def _lines(_noun: str, programme: ProgrammeRecord, person: Person) -> list[StampedRow]:
    packages = chain.newest(FormedPackage, programme, person).order_by("key")
    steps = steps_taken(programme, FormedPackage.KIND.NAME)
    rows = packages.prefetch_related("lines__requirement", "lines__offer")
    return [
        StampedRow(value=packaged_line(package, line), stamp=package.stamp_after(steps[package.key]))
        for package in rows
        for line in package.to_value().lines
    ]


def packaged_line(package: FormedPackage, line: Noun) -> PackagedLine:
    """Give a line of a package as a sheet has it."""
    said: dict[str, object] = {**line.as_said(), "package": package.key}
    return PackagedLine.model_validate({**said, "reserved_until": package.reserved_until.isoformat()})


_ROWS: dict[str, Callable[[str, ProgrammeRecord, Person], list[StampedRow]]] = {
    Contribution.NAME: _terms,
    PackagedLine.NAME: _lines,
}
