"""A folder of seven files: a whole public record, and everything that is wrong with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledgeline.exchange.record.catalogue import Findings
from pledgeline.exchange.record.cells import Cells
from pledgeline.exchange.record.kinds import KINDS, Kind, Known
from pledgeline.exchange.record.lines import Line, read_lines
from pledgeline.exchange.record.relations import check_rates, check_relations
from pledgeline.exchange.record.settings import UNNAMED, read_settings
from pledgeline.money import Rates
from pledgeline.programme.announcements import Announcement
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme

FILES = tuple(kind.file for kind in KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
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
    folder: Path, *, programme: Programme | None = None, beside: PublicRecord | None = None
) -> Reading:
    """Read a folder of the form that the handbook describes.

    `programme` gives the parties, the currency and the age of rates where the folder has no settings of
    its own. `beside` are rows that a database holds already: those that the folder does not have
    may be referred to, and are part of what is checked.

    Never raises for what is in the folder, or for a folder that is not there.
    """
    findings = Findings()
    nothing = PublicRecord()
    try:
        is_folder, exists = folder.is_dir(), folder.exists()
    except (OSError, ValueError):
        is_folder = exists = False
    if not is_folder:
        code = "folder.not-a-folder" if exists else "folder.missing"
        findings.add(code, Place(file=str(folder)))
        return Reading(record=nothing, programme=None, findings=findings.all())
    settings = read_settings(folder, findings)
    rules = settings or programme or UNNAMED
    beside = beside or nothing
    known = Known(
        programme=rules,
        sources={row.id for row in beside.sources},
        packages={row.id for row in beside.packages},
    )
    values: dict[str, dict[Any, Any]] = {}
    places: dict[str, dict[Any, Place]] = {}
    own: set[str] = set()
    for kind in KINDS:
        lines = read_lines(folder, kind.file, kind.columns, findings)
        keys = {line.cells.get(kind.key_column, "") for line in lines} if kind.key_column else set()
        if kind.name == "sources":
            known.sources.update(keys)
        elif kind.name == "packages":
            known.packages.update(keys)
        elif kind.name == "announcements":
            own = keys
        values[kind.name], places[kind.name] = _read_kind(kind, lines, known, findings)
    rows: dict[str, Announcement] = values["announcements"]
    others = {row.id: row for row in beside.announcements if row.id not in own}
    bad = check_relations(rows, others, places["announcements"], own | others.keys(), findings)
    rates = Rates(
        [
            *(rate for rate in beside.rates if (rate.day, rate.base, rate.currency) not in values["rates"]),
            *values["rates"].values(),
        ],
        maximum_age_days=rules.maximum_rate_age_days,
    )
    check_rates(rows, places["announcements"], rates, rules.base_currency, findings)
    values["announcements"] = {key: row for key, row in rows.items() if key not in bad}
    record = PublicRecord(**{name: tuple(found.values()) for name, found in values.items()})
    return Reading(record=record, programme=settings, findings=findings.all())


def _read_kind(
    kind: Kind, lines: list[Line], known: Known, findings: Findings
) -> tuple[dict[Any, Any], dict[Any, Place]]:
    """Read the rows of one file; of two with the same key the first stays."""
    values: dict[Any, Any] = {}
    places: dict[Any, Place] = {}
    seen: dict[str, int] = {}
    for line in lines:
        cells = Cells(kind.file, line, findings)
        value = kind.read(cells, known)
        if kind.key_column and kind.name != "rates":
            key_text = line.cells.get(kind.key_column, "")
            if key_text and key_text in seen:
                cells.object(
                    "row.duplicate",
                    kind.key_column,
                    f"“{key_text[:40]}” stands in line {seen[key_text]} already.",
                )
                continue
            seen.setdefault(key_text, line.number)
        if value is None:
            continue
        key = kind.key(value)
        if key in values:
            first = places[key].line
            code, warn = ("row.twice", True) if kind.may_repeat else ("row.duplicate", False)
            cells.object(code, kind.key_column, f"The same stands in line {first} already.", warn=warn)
            continue
        values[key], places[key] = value, cells.place()
    return values, places
