"""What a reader, an importer or an auditor objects to: where, what, and the way out.

Wrong input is ordinary. Readers return all findings beside what was good; nobody has to
correct one cell, run again and meet the next.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from pledgeline.programme.sentences import Param, Sentence, codes_in, sentence

MOST_FINDINGS = 10_000
"""Units: errors of one reading, and as many warnings. Nobody corrects more in one go."""

LONGEST_EXCERPT = 80
"""Units: characters of the faulty text that a finding shows."""


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
             to the value, such as ("lines", "L1", "weight"), and `column` writes it for people. In a JSON file of
             others `pointer` leads to the value, as RFC 6901 writes it. In XML `element` is the way to the element
             or attribute, as XPath writes it.
    """

    file: str
    line: int | None = None
    column: str = ""
    sheet: str = ""
    path: tuple[str | int, ...] = ()
    pointer: str = ""
    element: str = ""

    @property
    def cell(self) -> str:
        """Give the address of a cell, such as C14; "" where the place is no single cell of a sheet."""
        return f"{self.column}{self.line}" if self.sheet and self.column and self.line is not None else ""

    def __str__(self) -> str:
        parts: list[Param] = [self.file]
        if self.sheet:
            parts.append(sentence("place.sheet", sheet=self.sheet))
        if self.cell:
            parts.append(sentence("place.cell", cell=self.cell))
        elif self.line is not None:
            parts.append(sentence("place.line", line=str(self.line)))
        if self.column and not self.cell:
            parts.append(sentence("place.column", column=self.column))
        if self.pointer:
            parts.append(self.pointer)
        if self.element:
            parts.append(self.element)
        return ", ".join(map(str, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One objection: where, and which sentence of the catalogue with what it speaks of.

    `excerpt` is the faulty text, cut to a readable length.
    """

    place: Place
    said: Sentence
    excerpt: str = ""
    severity: Severity = Severity.ERROR

    @property
    def code(self) -> str:
        """Give the lasting code, such as `announcements.unknown-currency`: it can be searched for years later."""
        return lasting_code(self.said)

    @property
    def wrong(self) -> str:
        """Say what is wrong."""
        return str(self.said)

    @property
    def way_out(self) -> str:
        """Say what can be done about it."""
        return way_out_of(self.said)

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def lasting_code(said: Sentence) -> str:
    """Give the code under which a sentence is looked up; what follows it tells apart the cases of one fault.

    >>> lasting_code(Sentence("ledger.not-enough.nothing-set-aside"))
    'ledger.not-enough'
    """
    return ".".join(said.code.split(".")[:2])


def way_out_of(said: Sentence) -> str:
    """Say the way out that belongs to a sentence: that of its case, or else that of its code.

    One that only passes on the `objection` of another room passes on its way out, too.
    """
    if way_out := said.part("way-out"):
        return way_out
    objection = said.params.get("objection")
    if isinstance(objection, Sentence) and (way_out := way_out_of(objection)):
        return way_out
    wider = said.code.rpartition(".")[0]
    return way_out_of(Sentence(wider, said.params)) if "." in wider else ""


def meanings(reader: str) -> dict[str, Sentence]:
    """Say by its lasting code what each finding of a reader means, whatever the file, in the catalogue's order."""
    general = [code for code in codes_in(reader) if code.removesuffix(f".{reader}").count(".") == 1]
    return {code.removesuffix(f".{reader}"): Sentence(code) for code in general}


def shortened(text: str) -> str:
    """Cut a text to what fits on a line, showing what cannot be seen."""
    shown = "".join(
        letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text[: LONGEST_EXCERPT + 1]
    )
    return shown if len(shown) <= LONGEST_EXCERPT else f"{shown[:LONGEST_EXCERPT]}…"


class FindingList:
    """The findings of one reading, which end: `last` is said in the place of what would be one too many.

    There are at most `MOST_FINDINGS` errors and as many warnings. With the errors full, nothing more need be
    looked at: what would be found is not listed, and nothing is planned or booked from such a file. `last` may
    speak of `more`, how many were found and not listed, and of their `severity`. `warnings` are the lasting codes
    that only warn.
    """

    def __init__(self, last: Finding, warnings: Collection[str] = ()) -> None:
        self.listed: list[Finding] = []
        self._last, self._warnings = last, warnings
        self._made: Counter[Severity] = Counter()

    @property
    def all(self) -> list[Finding]:
        return [*self.listed, *self.ends]

    @property
    def ends(self) -> list[Finding]:
        """Give what is said of the findings that are not listed."""
        return [
            replace(self._last, severity=severity, said=self._with_count(severity))
            for severity, made in self._made.items()
            if made > MOST_FINDINGS
        ]

    def _with_count(self, severity: Severity) -> Sentence:
        said = self._last.said
        more: dict[str, Param] = {"more": self._made[severity] - MOST_FINDINGS, "severity": severity.value}
        return Sentence(said.code, {**said.params, **more})

    @property
    def is_full(self) -> bool:
        return self._made[Severity.ERROR] > MOST_FINDINGS

    @property
    def has_errors(self) -> bool:
        return self._made[Severity.ERROR] > 0

    def has_room_for(self, severity: Severity) -> bool:
        """Say whether a finding would still be listed, if only as the one that ends the list."""
        return self._made[severity] <= MOST_FINDINGS

    def note(self, said: Sentence, place: Place, *, excerpt: str = "") -> None:
        """Add what is objected to at a place, as heavy as its code is; the excerpt is cut to a readable length."""
        severity = Severity.WARNING if lasting_code(said) in self._warnings else Severity.ERROR
        if self._made[severity] >= MOST_FINDINGS:
            self._made[severity] += 1
        else:
            self.add(Finding(place=place, said=said, excerpt=shortened(excerpt), severity=severity))

    def add(self, finding: Finding) -> None:
        self._made[finding.severity] += 1
        if self._made[finding.severity] <= MOST_FINDINGS:
            self.listed.append(finding)

    def add_until_full(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding)
            if self.is_full:
                return
