"""Rows of the public record that people enter on pages: what a row would change, before it is entered.

A row that is typed is read by the rules of a file (`pledgeline.exchange.record`), beside all rows that are there
already. Whoever enters it sees what was counted so far, and what will be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pledgeline.accounts.roles import MACHINE
from pledgeline.evidence import as_of, standings, summary_of
from pledgeline.exchange.record import read_rows
from pledgeline.exchange.record.kinds import KINDS, RecordKind
from pledgeline.exchange.record.written import cells_of
from pledgeline.money import Amount, Rates
from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import at_field
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme, today_of
from pledgeline.programme.steps import refusal
from pledgeline.records.models.columns import plain
from pledgeline.records.models.rows import digest_of
from pledgeline.records.snapshot import snapshot

NOUNS: dict[str, RecordKind] = {
    "source": next(kind for kind in KINDS if kind.name == "sources"),
    "announcement": next(kind for kind in KINDS if kind.name == "announcements"),
    "stated-total": next(kind for kind in KINDS if kind.name == "stated_totals"),
}
"""What is entered on pages, by the name in addresses, with the kind of the reader."""

MOST_NAMED = 8

_FIRST_LINE = 2
"""Where the reader says that the row itself stands; rows that depend on it stand below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What the record would be with a row entered, or taken away, and what is asked about it.

    `before` and `after` are what is counted by today, in the currency of the programme. `seen` stands for all of it.
    """

    value: object
    record: PublicRecord
    questions: tuple[Finding, ...]
    before: Amount
    after: Amount
    seen: str


def whole_record(slug: str) -> PublicRecord:
    """Give the record with nothing withheld: what is entered is checked against all of it."""
    return snapshot(slug, MACHINE).record


def key_of(noun: str, value: Any) -> str:
    """Name a row: by its id, and a stated total, which has none, by a digest of what must be different in each."""
    if noun != "stated-total":
        return str(value.id)
    return digest_of(value.as_of.isoformat(), value.measure, value.said_by, plain(value.value))


def delivery_key(row: ReportedDelivery) -> str:
    """Name a reported delivery, which has no number of its own, by a digest of what it says."""
    return digest_of(row.when, row.what, row.packages, row.sources)


def row_of(record: PublicRecord, noun: str, key: str) -> Any:
    """Give the row of a key; nothing where there is none."""
    rows = getattr(record, NOUNS[noun].name)
    return next((row for row in rows if key_of(noun, row) == key), None)


def row_stamp(value: object) -> str:
    """Stand for a row as it is; "" for one that is not there. A form carries it along."""
    return digest_of(cells_of(value)) if value is not None else ""


def foresee(
    noun: str,
    cells: Mapping[str, str],
    *,
    programme: Programme,
    record: PublicRecord,
    now: datetime,
    key: str = "",
) -> Foreseen | list[Finding]:
    """Say what a new row would change, or the row of `key` with other cells; or everything that is wrong with it.

    The column of a finding is the last part of its path; one without is about a row that depends on this one.
    """
    kind = NOUNS[noun]
    old = row_of(record, noun, key) if key else None
    typed = {column: cells.get(column, "") for column in kind.columns}
    below = [
        cells_of(row)
        for row in record.announcements
        if old and noun == "announcement" and key in row.relates_to
    ]
    reading = read_rows(kind, [typed, *below], programme=programme, beside=record, now=now)
    findings = [_at_column(finding) for finding in reading.findings]
    if errors := [finding for finding in findings if finding.is_error]:
        return errors
    value = getattr(reading.record, kind.name)[0]
    there = row_of(record, noun, key_of(noun, value))
    if there is not None and there is not old:
        return [refusal(noun, typed[kind.key_column], "taken.key", at=kind.key_column)]
    rows = getattr(record, kind.name)
    changed = tuple(value if row is old else row for row in rows) if old else (*rows, value)
    questions = tuple(finding for finding in findings if finding.place.path)
    return _foreseen(programme, record, replace(record, **{kind.name: changed}), now, value, questions, typed)


def foresee_removal(
    noun: str, key: str, *, programme: Programme, record: PublicRecord, now: datetime
) -> Foreseen | Finding:
    """Say what would be without a row, or that others rest on it."""
    old, name = row_of(record, noun, key), NOUNS[noun].name
    if old is None:
        return refusal(noun, key, "unknown.noun")
    if resting := list(_resting_on(noun, key, record)):
        named = ", ".join(resting[:MOST_NAMED]) + (", …" if len(resting) > MOST_NAMED else "")
        return refusal(noun, key, "rests-on-it.rows", rows=named)
    rows = tuple(row for row in getattr(record, name) if row is not old)
    return _foreseen(programme, record, replace(record, **{name: rows}), now, old, (), {"key": key})


def counted(programme: Programme, record: PublicRecord, day: date) -> Amount:
    """Add up what had been announced by a day, as the overview does."""
    rates = Rates(record.rates, maximum_age_days=programme.maximum_rate_age_days)
    told = as_of(
        standings(record.announcements, rates, programme.base_currency), day, programme.base_currency
    )
    return summary_of(told, programme.coverage, programme.maximum_rate_age_days).total


def _foreseen(
    programme: Programme,
    record: PublicRecord,
    changed: PublicRecord,
    now: datetime,
    value: object,
    questions: tuple[Finding, ...],
    typed: Mapping[str, str],
) -> Foreseen:
    today = today_of(programme, now)
    before, after = (counted(programme, version, today) for version in (record, changed))
    seen = digest_of(typed, before.currency, before.minor, after.minor)
    return Foreseen(value=value, record=changed, questions=questions, before=before, after=after, seen=seen)


def _at_column(finding: Finding) -> Finding:
    place = finding.place
    if place.line != _FIRST_LINE or not place.column:
        return finding
    return replace(finding, place=at_field(place, place.column))


def _resting_on(noun: str, key: str, record: PublicRecord) -> Iterator[str]:
    """Name the rows that could not stand without this one."""
    if noun == "announcement":
        yield from (row.id for row in record.announcements if key in row.relates_to)
    if noun != "source":
        return
    for rows in (record.announcements, record.packages, record.items):
        yield from (row.id for row in rows if key in row.sources)
    yield from (row.what[:40] for row in record.deliveries if key in row.sources)
    yield from (row.measure for row in record.stated_totals if key in row.sources)
    yield from (f"{rate.base}/{rate.currency} {rate.day}" for rate in record.rates if rate.source == key)
