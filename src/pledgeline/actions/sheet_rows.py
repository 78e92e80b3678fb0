"""What stands of the nouns of a sheet, why a row of it cannot be written down, and the act that writes one.

A sheet may change what its forms may change and nothing else: requirements and offers as drafts and new versions,
the terms of contributions that the books know. Lines of packages follow from plans and steps; they are shown, and a
change of one is refused with the reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pledgeline.accounts.rights import Act, Person, may_for_some
from pledgeline.actions import chain, contributions
from pledgeline.actions.chain import TABLES
from pledgeline.programme.contributions import Contribution
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.formed import PackagedLine
from pledgeline.programme.nouns import Noun
from pledgeline.programme.sentences import sentence
from pledgeline.queries import chain as queries
from pledgeline.queries.contributions import state_now
from pledgeline.queries.programme_workbook import OF_THE_CHAIN, rows_of, steps_taken
from pledgeline.records.models import ChainRow, ProgrammeRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBefore:
    """What a row says now, with its stamp; nothing is said where there is none."""

    value: Noun | None = None
    stamp: str = ""
    begins_version: bool = False


class SheetRows(Protocol):
    """The rows of one noun, as a file may change them."""

    noun: type[Noun]

    def before(self, keys: Iterable[str]) -> Mapping[str, RowBefore]:
        """Give what stands of the keys that are known, as far as the person may see it."""
        ...

    def why_not(self, said: Noun) -> Finding | None:
        """Say why a row cannot be written down as it is said; nothing where it can."""
        ...

    def write(self, said: Noun, *, seen: str, now: datetime) -> list[Finding]:
        """Write a row down over what was `seen` of it; say what kept it from that."""
        ...


def sheet_rows(noun: str, programme: ProgrammeRecord, person: Person) -> SheetRows:
    """Give the rows of a noun as `person` may change them."""
    if noun in OF_THE_CHAIN:
        return ChainRows(TABLES[noun], programme, person)
    return (TermRows if noun == Contribution.NAME else PackageRows)(programme, person)


def nouns_to_write(programme: ProgrammeRecord, person: Person) -> list[str]:
    """Name the nouns of which `person` may bring rows in."""
    nouns = [noun for noun in OF_THE_CHAIN if chain.may_write(TABLES[noun], programme, person)]
    if may_for_some(person, Act.WRITE_TERMS, programme.slug):
        nouns.append(Contribution.NAME)
    return nouns


class ChainRows:
    """Rows of a table of the chain."""

    def __init__(self, table: type[ChainRow], programme: ProgrammeRecord, person: Person) -> None:
        self.table, self.programme, self.person = table, programme, person
        self.noun = table.KIND
        self._rows: dict[str, ChainRow] = {}

    def before(self, keys: Iterable[str]) -> Mapping[str, RowBefore]:
        keys = list(keys)
        for begin in range(0, len(keys), 500):
            part = keys[begin : begin + 500]
            newest = self.table.objects.filter(programme=self.programme, is_newest=True, key__in=part)
            self._rows |= {known.key: known for known in newest}
        seen = queries.newest(self.table, self.programme, self.person)
        shown = set(seen.filter(key__in=self._rows).values_list("key", flat=True)) if self._rows else set()
        steps = steps_taken(self.programme, self.noun.NAME)
        return {
            key: RowBefore(
                value=row.to_value(),
                stamp=row.stamp_after(steps[key]),
                begins_version=chain.begins_version(row),
            )
            for key, row in self._rows.items()
            if key in shown
        }

    def why_not(self, said: Noun) -> Finding | None:
        row = self._rows.get(getattr(said, said.KEY))
        return chain.why_not_write(self.table, said, row, programme=self.programme, person=self.person)

    def write(self, said: Noun, *, seen: str, now: datetime) -> list[Finding]:
        made = chain.write(
            self.table,
            said.as_said(),
            programme=self.programme,
            person=self.person,
            now=now,
            seen=seen,
        )
        return made if isinstance(made, list) else []


def _stamped(rows: "TermRows | PackageRows", keys: Iterable[str]) -> dict[str, RowBefore]:
    """Give those rows of an exported sheet that are asked for."""
    wanted = set(keys)
    found = rows_of(rows.noun.NAME, rows.programme, rows.person)
    named = {getattr(row.value, row.value.KEY): row for row in found}
    return {key: RowBefore(value=row.value, stamp=row.stamp) for key, row in named.items() if key in wanted}


class TermRows:
    """The terms of the contributions of the books."""

    noun: type[Noun] = Contribution

    def __init__(self, programme: ProgrammeRecord, person: Person) -> None:
        self.programme, self.person = programme, person
        self._state = state_now(programme)

    def before(self, keys: Iterable[str]) -> Mapping[str, RowBefore]:
        return _stamped(self, keys)

    def why_not(self, said: Noun) -> Finding | None:
        assert isinstance(said, Contribution)
        return contributions.why_not_terms(said, self._state, programme=self.programme, person=self.person)

    def write(self, said: Noun, *, seen: str, now: datetime) -> list[Finding]:
        made = contributions.write_terms(
            said.as_said(), programme=self.programme, person=self.person, now=now, seen=int(seen or 0)
        )
        return made if isinstance(made, list) else []


class PackageRows:
    """Lines of packages: to be seen, and never changed by a file."""

    noun: type[Noun] = PackagedLine

    def __init__(self, programme: ProgrammeRecord, person: Person) -> None:
        self.programme, self.person = programme, person

    def before(self, keys: Iterable[str]) -> Mapping[str, RowBefore]:
        return _stamped(self, keys)

    def why_not(self, said: Noun) -> Finding | None:
        line: Any = said
        return Finding(
            place=Place(file=f"{PackagedLine.NAME} {line.line}"),
            said=sentence("noun-file.by-steps-only.packages", line=line.line),
        )

    def write(self, said: Noun, *, seen: str, now: datetime) -> list[Finding]:
        why = self.why_not(said)
        return [why] if why else []
