"""Workbooks whose sheets and columns have names of their own: what each may hold is proposed, and people say.

A sheet that has the name and the headings of a noun needs no answer. For all others there is a proposal, by headings
that are known or nearly so; nothing is read by it until a person has said what each column is, or that it is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pledgeline.exchange.noun_files import (
    NounFile,
    column_of,
    first_texts,
    headings_in,
    headings_of,
    layout_of,
    noun_of_sheet,
    read_noun_sheet,
)
from pledgeline.exchange.programme_workbook import KEPT_SHEET, NOUNS
from pledgeline.exchange.workbook.catalogue import workbook_findings
from pledgeline.exchange.workbook.file import RawBook, RawSheet, filled_rows
from pledgeline.exchange.workbook.layout import is_no_table, plain
from pledgeline.exchange.workbook.tables import HEADER_AMONG, is_alike
from pledgeline.exchange.workbook.texts import tidy
from pledgeline.programme.nouns import Noun

NO_FAULTS = frozenset({"header.unknown-column", "noun-file.no-rows"})
"""What is no fault of one sheet among several whose columns were matched: one left out, and no row yet."""

MOST_SHOWN_COLUMNS = 20

LEFT_OUT = "-"
"""What is said of a sheet or a column that nobody wants read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedSheet:
    """What a sheet holds: a noun, or `LEFT_OUT`; and which field each heading means, or that it is left out.

    An empty text is no answer yet.
    """

    sheet: str
    noun: str
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_answered(self) -> bool:
        if self.noun == LEFT_OUT:
            return True
        return bool(self.noun) and all(self.columns.values()) and not self.missing()

    def missing(self) -> list[str]:
        """List the fields of the noun that a file has to have and no column is."""
        given = set(self.columns.values())
        return [
            name
            for name, noun_field in NOUNS[self.noun].fields_said().items()
            if column_of(noun_field, name).needed and name not in given
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProposal:
    """A sheet of a file, and what it may hold. It `is_sure` where names and headings leave nothing open."""

    raw: RawSheet
    matched: MatchedSheet
    is_sure: bool


def propose(book: RawBook, nouns: Mapping[str, str] | None = None) -> list[SheetProposal]:
    """Say for each sheet that people see what it may hold; `nouns` says of some by their names what they do hold."""
    sheets = [
        sheet
        for sheet in book.sheets
        if not sheet.hidden and sheet.name != KEPT_SHEET and any(True for _ in filled_rows(sheet))
    ]
    read = [sheet for sheet in sheets if not is_no_table(sheet.name)]
    return [_proposal(sheet, (nouns or {}).get(sheet.name, "")) for sheet in read]


def _proposal(raw: RawSheet, meant: str) -> SheetProposal:
    named = noun_of_sheet(raw.name)
    noun = meant or named or _likeliest(raw)
    if not noun:
        headings = headings_in(raw, first_texts(raw))
        matched = MatchedSheet(sheet=raw.name, noun="", columns=dict.fromkeys(headings, ""))
        return SheetProposal(raw=raw, matched=matched, is_sure=False)
    known = _known(NOUNS[noun])
    headings = headings_in(raw, _header(raw, known) or first_texts(raw))
    columns = {heading: known.get(plain(heading), "") for heading in dict.fromkeys(headings)}
    columns = _each_once(columns)
    matched = MatchedSheet(sheet=raw.name, noun=noun, columns=columns)
    is_sure = bool(meant or named) and matched.is_answered
    return SheetProposal(
        raw=raw,
        matched=MatchedSheet(sheet=raw.name, noun=noun, columns=_with_guesses(columns, NOUNS[noun])),
        is_sure=is_sure,
    )


def first_rows(raw: RawSheet, most: int) -> list[list[str]]:
    """Give the first filled rows of a sheet as their cells stand, for whoever is to say what they are."""
    rows = [raw.rows[line] for line, _ in zip(filled_rows(raw), range(most), strict=False)]
    last = min(max((max(row, default=0) for row in rows), default=0), MOST_SHOWN_COLUMNS)
    return [
        [tidy(row[number].text) if number in row else "" for number in range(1, last + 1)] for row in rows
    ]


def _known(noun: type[Noun]) -> dict[str, str]:
    """Give the field of every heading that is known."""
    return {
        plain(heading): name
        for name, noun_field in reversed(list(noun.fields_said().items()))
        for heading in reversed(headings_of(noun_field))
    }


def _each_once(columns: Mapping[str, str]) -> dict[str, str]:
    """Let the first column of several be a field; what the others are is open."""
    taken: set[str] = set()
    kept = {}
    for heading, name in columns.items():
        kept[heading] = "" if name in taken else name
        taken.add(name)
    return kept


def _with_guesses(columns: Mapping[str, str], noun: type[Noun]) -> dict[str, str]:
    """Propose a field for headings that look like one of those that are still free; only people make it so."""
    given = {name for name in columns.values() if name}
    guessed = dict(columns)
    for heading in [heading for heading, name in columns.items() if not name]:
        text = plain(heading)
        for name, noun_field in noun.fields_said().items():
            known = [plain(other) for other in headings_of(noun_field)]
            if name not in given and any(is_alike(text, other) or _is_within(other, text) for other in known):
                guessed[heading] = name
                given.add(name)
                break
    return guessed


def _is_within(known: str, text: str) -> bool:
    return len(known) > 3 and known in text


def _header(raw: RawSheet, known: Mapping[str, str]) -> int:
    """Give the row among the first that names most columns; 0 where none names two."""
    best, most = 0, 1
    for row in sorted(raw.rows)[:HEADER_AMONG]:
        found = {known[text] for cell in raw.rows[row].values() if (text := plain(tidy(cell.text))) in known}
        if len(found) > most:
            best, most = row, len(found)
    return best


def _likeliest(raw: RawSheet) -> str:
    """Name the noun of which most columns are known; "" where two have as many, or none has two."""
    counts: dict[str, int] = {}
    for name, noun in NOUNS.items():
        known = _known(noun)
        texts = {plain(tidy(cell.text)) for cell in raw.rows.get(_header(raw, known), {}).values()}
        counts[name] = len({known[text] for text in texts if text in known})
    best = max(counts.values())
    names = [name for name, count in counts.items() if count == best]
    return names[0] if best > 1 and len(names) == 1 else ""


def read_matched(book: RawBook, raw: RawSheet, name: str, matched: MatchedSheet) -> NounFile:
    """Read a sheet as somebody, or its own headings, said what it holds: by those columns and by no other."""
    noun = NOUNS[matched.noun]
    said = noun.fields_said()
    columns = [column_of(said[field], heading) for heading, field in matched.columns.items() if field in said]
    file = read_noun_sheet(
        book,
        raw,
        name,
        noun,
        layout_of(noun, columns, raw.name),
        workbook_findings(name),
        {field: heading for heading, field in matched.columns.items()},
    )
    findings = tuple(finding for finding in file.findings if finding.code not in NO_FAULTS)
    return NounFile(
        rows=file.rows,
        findings=findings,
        headings=file.headings,
        columns=file.columns,
        chosen=file.chosen,
    )


def is_for(matched: Sequence[MatchedSheet], proposals: Sequence[SheetProposal]) -> bool:
    """Say whether sheets that were matched before are those of a file: the same names, the same headings."""
    return {(sheet.sheet, frozenset(sheet.columns)) for sheet in matched} == {
        (proposal.raw.name, frozenset(proposal.matched.columns)) for proposal in proposals
    }
