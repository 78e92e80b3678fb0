"""What a reader, an importer or an auditor objects to: where, what, and the way out.

Wrong input is ordinary. Readers return all findings beside what was good; nobody has to
correct one cell, run again and meet the next.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from pledgeline.programme.sentences import Sentence

MOST_FINDINGS = 10_000
"""Units: errors of one reading, and as many warnings. Nobody corrects more in one go."""


class Severity(StrEnum):
    """How much a finding weighs: an error stops a load, a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding is: a file, and as much more as is known.

    Units:   `line` counts the lines of the file from 1, the header included, as an editor does.
    Means:   in a workbook `sheet` names the sheet, `line` is the row and `column` the letters of the
             column, so that `cell` is what a spreadsheet shows. In a file of lists and named fields `path` leads
             to the value, such as ("lines", "L1", "weight"), and `column` writes it for people.
    """

    file: str
    line: int | None = None
    column: str = ""
    sheet: str = ""
    path: tuple[str | int, ...] = ()

    @property
    def cell(self) -> str:
        """Give the address of a cell, such as C14; "" where the place is no single cell of a sheet."""
        return f"{self.column}{self.line}" if self.sheet and self.column and self.line is not None else ""

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.cell:
            return ", ".join([*parts, f"cell {self.cell}"])
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One objection: where, and which sentence of the catalogue with what it speaks of.

    `excerpt` is the faulty text, cut to a readable length.
    """

    place: Place
    said: Sentence
    excerpt: str = ""
    severity: Severity = Severity.ERROR
    words: tuple[str, str] = ("", "")

    @property
    def code(self) -> str:
        """Give the lasting code, such as `announcements.unknown-currency`: it can be searched for years later."""
        return lasting_code(self.said)

    @property
    def wrong(self) -> str:
        """Say what is wrong."""
        return self.words[0] or str(self.said)

    @property
    def way_out(self) -> str:
        """Say what can be done about it."""
        return self.words[1] or way_out_of(self.said)

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def in_words(
    *,
    code: str,
    place: Place,
    wrong: str,
    way_out: str,
    excerpt: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """Make a finding of a room whose sentences are not in the catalogue yet."""
    return Finding(
        place=place, said=Sentence(code), excerpt=excerpt, severity=severity, words=(wrong, way_out)
    )


def lasting_code(said: Sentence) -> str:
    """Give the code under which a sentence is looked up; what follows it tells apart the cases of one fault.

    >>> lasting_code(Sentence("ledger.not-enough.nothing-set-aside"))
    'ledger.not-enough'
    """
    return ".".join(said.code.split(".")[:2])


def way_out_of(said: Sentence) -> str:
    """Say the way out that belongs to a sentence: that of its case, or else that of its code."""
    return said.part("way-out") or Sentence(lasting_code(said), said.params).part("way-out")


class FindingList:
    """The findings of one reading, which end: `last` is said in the place of what would be one too many.

    There are at most `MOST_FINDINGS` errors and as many warnings. With the errors full, nothing more need be
    looked at: what would be found is not listed, and nothing is planned or booked from such a file.
    """

    def __init__(self, last: Finding) -> None:
        self.all: list[Finding] = []
        self._last = last
        self._made: Counter[Severity] = Counter()

    @property
    def is_full(self) -> bool:
        return self._made[Severity.ERROR] > MOST_FINDINGS

    def has_room_for(self, severity: Severity) -> bool:
        """Say whether a finding would still be listed, if only as the one that ends the list."""
        return self._made[severity] <= MOST_FINDINGS

    def add(self, finding: Finding) -> None:
        severity = finding.severity
        self._made[severity] += 1
        if self._made[severity] <= MOST_FINDINGS:
            self.all.append(finding)
        elif self._made[severity] == MOST_FINDINGS + 1:
            self.all.append(replace(self._last, severity=severity))

    def add_until_full(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding)
            if self.is_full:
                return
