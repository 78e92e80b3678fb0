"""A folder of seven files: a whole public record, and everything that is wrong with it."""

import errno
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pledgeline.evidence import standings
from pledgeline.exchange.record.catalogue import record_findings
from pledgeline.exchange.record.cells import RecordCells
from pledgeline.exchange.record.kinds import KINDS, RecordKind
from pledgeline.exchange.record.lines import Lines, lines_of, read_lines
from pledgeline.exchange.record.questions import (
    ask_about_dollars,
    ask_about_money,
    ask_about_rates,
    ask_about_sums,
)
from pledgeline.exchange.record.read_fields import Known
from pledgeline.exchange.record.relations import check_rates, check_relations, link_of
from pledgeline.exchange.record.settings import NAME, UNNAMED, read_settings
from pledgeline.exchange.record.withdrawals import check_withdrawals
from pledgeline.money import Rate, Rates
from pledgeline.programme.findings import Finding, FindingList, Place
from pledgeline.programme.names import differing_letter, look_alike_key, name_key, named_letter
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.sentences import Sentence, sentence
from pledgeline.programme.settings import Programme, today_of

FILES = tuple(kind.file for kind in KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReading:
    """What a folder holds: the good rows, and every finding.

    `programme` are the settings of the folder's `programme.toml`, `None` where there is none.
    """

    record: PublicRecord
    programme: Programme | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)


def read_folder(
    folder: Path,
    *,
    programme: Programme | None = None,
    beside: PublicRecord | None = None,
    now: datetime | None = None,
) -> RecordReading:
    """Read a folder of the form that the handbook describes.

    `programme` gives the parties, the currency and the age of rates where the folder has no settings of
    its own. `beside` are rows that a database holds already: those that the folder does not have
    may be referred to, and are part of what is checked. `now` is the moment: days after the programme's today
    are asked about.

    Never raises for what is in the folder, or for a folder that is not there.
    """
    findings = record_findings()
    nothing = PublicRecord()
    if trouble := _trouble_with(folder):
        findings.note(trouble, Place(file=str(folder)))
        return RecordReading(record=nothing, programme=None, findings=tuple(findings.all))
    settings = read_settings(folder, findings)
    rules = settings or programme or UNNAMED
    today = None if now is None else today_of(rules, now)
    found = _Rows(findings, rules, beside or nothing, today)
    if settings is None and findings.has_errors:
        found.accept_any_party()
    for kind in KINDS:
        found.read(kind, read_lines(folder, kind.form, findings))
    return found.reading(settings)


def read_rows(
    kind: RecordKind,
    rows: Sequence[Mapping[str, str]],
    *,
    programme: Programme,
    beside: PublicRecord,
    now: datetime,
) -> RecordReading:
    """Read rows of one kind that were typed, by the rules of a folder that holds nothing else.

    A row has a text for each column of its file; the finding at a cell names its column.
    """
    findings = record_findings()
    found = _Rows(findings, programme, beside, today_of(programme, now))
    for table in KINDS:
        typed = rows if table is kind else ()
        found.read(table, lines_of(typed, table.form, findings))
    return found.reading(programme)


def _in_order(findings: FindingList) -> tuple[Finding, ...]:
    """Give the findings in the order of the files and of their lines; what ends the list stands at its last one."""
    order = {file: number for number, file in enumerate((NAME, *FILES))}
    listed = sorted(
        findings.listed,
        key=lambda finding: (
            order.get(finding.place.file, -1),
            finding.place.line or 0,
            not finding.is_error,
        ),
    )
    return (*listed, *(replace(end, place=listed[-1].place) for end in findings.ends))


def _trouble_with(folder: Path) -> Sentence | None:
    """Say what is wrong with the folder as such, if anything is."""
    try:
        os.listdir(folder)
    except FileNotFoundError:
        return sentence("folder.missing")
    except NotADirectoryError:
        return sentence("folder.not-a-folder")
    except (OSError, ValueError) as error:
        if getattr(error, "errno", 0) == errno.ENAMETOOLONG:
            return sentence("folder.missing")
        return sentence("folder.unreadable")
    return None


class _Rows:
    """The rows of a folder, file by file, and those beside it."""

    def __init__(
        self, findings: FindingList, rules: Programme, beside: PublicRecord, today: date | None
    ) -> None:
        self._findings, self._rules, self._beside, self._today = findings, rules, beside, today
        self._known = Known(parties=rules.parties)
        self._announced: frozenset[str] | None = None
        self._has_all_rates = True
        self.values: dict[str, dict[Any, Any]] = {}
        self._places: dict[str, dict[Any, Place]] = {}

    def accept_any_party(self) -> None:
        """Say nothing of parties: the settings that name them could not be read."""
        self._known.parties = None

    def reading(self, programme: Programme | None) -> RecordReading:
        """Check what only all rows together can show, and give what was read."""
        self.check()
        record = PublicRecord(**{name: tuple(rows.values()) for name, rows in self.values.items()})
        return RecordReading(record=record, programme=programme, findings=_in_order(self._findings))

    def read(self, kind: RecordKind, lines: Lines) -> None:
        """Read the rows of one file; of two with the same key the first stays."""
        self._note_keys(kind, lines)
        values: dict[object, object] = {}
        places: dict[object, Place] = {}
        seen: dict[str, int] = {}
        looks = (
            {look_alike_key(row.id): row.id for row in getattr(self._beside, kind.name)}
            if kind.has_id
            else {}
        )
        for line in lines.rows:
            cells = RecordCells(kind.file, line, self._findings, self._today)
            value = kind.read(cells, self._known)
            name = line.cells.get(kind.key_column, "") if kind.has_id else ""
            if name and name_key(name) in seen:
                self._object_to_key(cells, kind, name, seen[name_key(name)])
                continue
            if name and self._looks_alike(cells, kind, name, looks):
                continue
            if name:
                seen[name_key(name)] = line.number
            if value is None:
                continue
            key = kind.key(value)
            if key not in values:
                values[key], places[key] = value, cells.place()
            elif kind.says_the_same and kind.says_the_same(value, values[key]):
                said = sentence("row.twice.record.line", line=str(places[key].line))
                cells.object(said, warn=True)
            else:
                self._object_to_key(cells, kind, " ".join(map(str, key)), places[key].line)
        self.values[kind.name], self._places[kind.name] = values, places
        if kind.name == "rates":
            self._has_all_rates = lines.complete and len(values) == len(lines.rows)

    def _looks_alike(self, cells: RecordCells, kind: RecordKind, name: str, looks: dict[str, str]) -> bool:
        """Object to a key that looks like another one and is written with other letters."""
        twin = looks.setdefault(look_alike_key(name), name)
        if twin == name:
            return False
        letter = differing_letter(name, twin)
        said = sentence("row.looks-alike.record.twin", name=name[:60], twin=twin[:60])
        if letter:
            said = sentence(
                "row.looks-alike.record.letter", name=name[:60], twin=twin[:60], letter=named_letter(letter)
            )
        cells.object(said, kind.key_column)
        return True

    def _object_to_key(self, cells: RecordCells, kind: RecordKind, name: str, line: int | None) -> None:
        cells.object(sentence("row.duplicate.record.line", name=name[:60], line=str(line)), kind.key_column)

    def _note_keys(self, kind: RecordKind, lines: Lines) -> None:
        """Note what other rows may refer to, if it can be said."""
        keys = {line.cells.get(kind.key_column, "") for line in lines.rows}
        if not kind.has_id or not lines.complete or "" in keys:
            return
        if kind.name == "sources":
            self._known.sources = frozenset(keys | {row.id for row in self._beside.sources})
        elif kind.name == "packages":
            self._known.packages = frozenset(keys | {row.id for row in self._beside.packages})
        elif kind.name == "announcements":
            self._announced = frozenset(keys | {row.id for row in self._beside.announcements})

    def check(self) -> None:
        """Check what only all rows together can show, and take out the announcements with an error."""
        links = self._known.links
        beside = {row.id: link_of(row) for row in self._beside.announcements if row.id not in links}
        bad = check_relations(links | beside, self._announced, self._findings)
        rows, places = self.values["announcements"], self._places["announcements"]
        rows = {key: row for key, row in rows.items() if key not in bad}
        others = {row.id: row for row in self._beside.announcements if row.id not in links}
        bad = check_withdrawals(others | rows, places, self._findings)
        self.values["announcements"] = {key: row for key, row in rows.items() if key not in bad}
        rates = self._all_rates()
        if self._places["rates"]:
            ask_about_rates(rates, self._places["rates"], self._findings)
        self._ask_about_money(Rates(rates, maximum_age_days=self._rules.maximum_rate_age_days))

    def _ask_about_money(self, rates: Rates) -> None:
        rows, places = self.values["announcements"], self._places["announcements"]
        currency = self._rules.base_currency
        if self._has_all_rates:
            check_rates(((row, places[key]) for key, row in rows.items()), rates, currency, self._findings)
        ask_about_dollars(rows.values(), rates, places, self._findings)
        ask_about_sums(rows.values(), places, self._findings)
        own = self._known.links
        beside = (row for row in self._beside.announcements if row.id not in own)
        ask_about_money(standings((*beside, *rows.values()), rates, currency), places, self._findings)

    def _all_rates(self) -> list[Rate]:
        """Give the rates of the folder, and those beside it of other days."""
        own = self.values["rates"]
        others = (rate for rate in self._beside.rates if (rate.day, rate.base, rate.currency) not in own)
        return [*others, *own.values()]
