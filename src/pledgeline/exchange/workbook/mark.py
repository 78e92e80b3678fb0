"""Mark the faulty cells in the user's own workbook: a colour and a comment on each, and nothing else changed.

A library that loads and saves a workbook loses what it does not know: charts, pictures, macros, the values
of formulas. So the parts of the file are copied byte by byte, and only the few that must change are edited:
the style of a faulty cell, one more fill among the styles, and the comments of its sheet.
"""

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from operator import itemgetter
from typing import AnyStr
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from pledgeline.exchange.workbook.file import (
    MOST_COLUMNS,
    RawBook,
    RawSheet,
    column_number,
    relations_of,
    relations_part,
    whole_number,
)
from pledgeline.exchange.workbook.package import NotAWorkbook, OpcPackage, open_package
from pledgeline.programme.findings import Finding

FILL = {True: "FFFFC7CE", False: "FFFFEB9C"}
"""The colour of a cell with an error, and of one with a warning only."""

MOST_MARKS = 5_000
"""Units: cells that are marked in one workbook. Nobody corrects more in one go."""

AUTHOR = "Pledgeline"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_AFTER_LEGACY_DRAWING = (
    "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is said at one cell, and whether an error is among it."""

    row: int
    column: str
    text: str
    is_error: bool

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}"


def mark(data: bytes, book: RawBook, findings: Sequence[Finding]) -> bytes:
    """Give the workbook with the cells of the findings marked; what has no cell is said at the first cell."""
    marks = _marks(findings)
    if not marks:
        return data
    try:
        with open_package(data) as package:
            return _Marking(package, book).write(marks)
    except (NotAWorkbook, expat.ExpatError, ValueError, LookupError):
        return data  # an unusual file: it is better handed back as it is than spoiled


def _marks(findings: Sequence[Finding]) -> dict[str, list[_Mark]]:
    """Gather what is to be said at each cell, by sheet."""
    said: dict[tuple[str, int, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        place = finding.place
        if place.sheet:
            said[place.sheet, place.line or 1, place.column or "A"].append(finding)
    found: dict[str, list[_Mark]] = defaultdict(list)
    for (sheet, row, column), about in list(said.items())[:MOST_MARKS]:
        text = "\n\n".join(f"{finding.wrong} {finding.way_out}" for finding in about)
        found[sheet].append(_Mark(row, column, text, any(finding.is_error for finding in about)))
    return found


class _Marking:
    """One workbook being copied, with the parts that change."""

    def __init__(self, package: OpcPackage, book: RawBook) -> None:
        self.package, self.book = package, book
        self.names = package.names()
        self.changed: dict[str, bytes] = {}
        self.types: list[str] = []
        self.needs_vml = False
        self.styles = _Styles(self._styles_part(), self)

    def _styles_part(self) -> str:
        for kind, target in relations_of(self.package, "").values():
            if kind == "officeDocument":
                for inner, part in relations_of(self.package, target).values():
                    if inner == "styles" and part in self.names:
                        return part
        return ""

    def part(self, name: str) -> bytes:
        return self.changed[name] if name in self.changed else self.package.read(name)

    def write(self, marks: Mapping[str, list[_Mark]]) -> bytes:
        for sheet in self.book.sheets:
            if marks.get(sheet.name):
                self._mark_sheet(sheet, marks[sheet.name])
        self.styles.finish()
        self._add_types()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, entry in self.package.entries():
                content = self.changed.pop(name, None)
                written = copy(entry)
                written.filename = name
                archive.writestr(written, self.package.read(name) if content is None else content)
            for name, content in self.changed.items():
                archive.writestr(name, content)
        return out.getvalue()

    def _mark_sheet(self, sheet: RawSheet, marks: list[_Mark]) -> None:
        xml = self.part(sheet.part)
        if self.styles.part:
            xml = _filled(xml, marks, self.styles)
        relations = relations_of(self.package, sheet.part)
        by_kind = {kind: target for kind, target in relations.values() if target in self.names}
        comments = by_kind.get("comments", "")
        said = re.search(rb'<(?:\w+:)?legacyDrawing\b[^>]*?\bid="([^"]*)"', xml)
        drawing = relations.get(said[1].decode(), ("", ""))[1] if said else ""
        if comments:
            known = self.part(comments)
            commented = {ref.decode() for ref in re.findall(rb'\bref="([A-Z]+[0-9]+)"', known)}
            self.changed[comments] = _more_comments(known, marks)
            fresh = [marked for marked in marks if marked.cell not in commented]
        else:
            fresh = marks
            comments = self._new_part(sheet, "comments", "xml", "comments")
            self.changed[comments] = _new_comments(marks)
            self.types.append(f'<Override PartName="/{comments}" ContentType="{_COMMENTS_TYPE}"/>')
        if drawing:
            self.changed[drawing] = _more_shapes(self.part(drawing), fresh)
        elif fresh:
            drawing = self._new_part(sheet, "vmlDrawing", "vml", "vmlDrawing")
            self.changed[drawing] = _new_shapes(fresh)
            self.needs_vml = True
            xml = _with_drawing(xml, "marksvmlDrawing")
        self.changed[sheet.part] = xml

    def _new_part(self, sheet: RawSheet, stem: str, suffix: str, kind: str) -> str:
        """Name a new part and let the sheet refer to it."""
        folder = posixpath.dirname(sheet.part)
        number = 1
        while f"xl/{stem}Marks{number}.{suffix}" in self.names:
            number += 1
        name = f"xl/{stem}Marks{number}.{suffix}"
        self.names.add(name)
        rels = self.package.name(relations_part(sheet.part))
        known = self.part(rels) if rels in self.names else _no_relations()
        self.names.add(rels)
        target = posixpath.relpath(name, folder)
        one = f'<Relationship Id="marks{kind}" Type="{_DOCUMENT}/{kind}" Target={quoteattr(target)}/>'
        self.changed[rels] = _before_end(known, one, _PACKAGE + "/relationships")
        return name

    def _add_types(self) -> None:
        name = self.package.name("[Content_Types].xml")
        known = self.part(name)
        if self.needs_vml and not re.search(rb'Extension="vml"', known, re.IGNORECASE):
            self.types.insert(0, f'<Default Extension="vml" ContentType="{_DRAWING_TYPE}"/>')
        if self.types:
            self.changed[name] = _before_end(known, "".join(self.types), _PACKAGE + "/content-types")


class _Styles:
    """The styles of the workbook, with a filled twin for each style of a faulty cell."""

    def __init__(self, part: str, marking: _Marking) -> None:
        self.part, self.marking = part, marking
        self.twins: dict[tuple[int, bool], int] = {}
        self.added: list[str] = []
        if not part:
            return
        self.xml = marking.part(part).decode("utf-8")
        cells = re.search(r"<(\w+:)?cellXfs\b[^>]*>(.*?)</(?:\w+:)?cellXfs>", self.xml, re.DOTALL)
        fills = re.search(r"<(\w+:)?fills\b[^>]*>(.*?)</(?:\w+:)?fills>", self.xml, re.DOTALL)
        if cells is None or fills is None:
            self.part = ""
            return
        self.prefix = cells[1] or ""
        pattern = rf"<{self.prefix}xf\b[^>]*?/>|<{self.prefix}xf\b[^>]*>.*?</{self.prefix}xf>"
        self.known = re.findall(pattern, cells[2], re.DOTALL)
        self.fills = len(re.findall(rf"<{self.prefix}fill\b", fills[2]))

    def twin(self, style: int, is_error: bool) -> int:
        """Give the number of the style that is like `style` but filled."""
        if (style, is_error) not in self.twins:
            like = self.known[style] if style < len(self.known) else self.known[0]
            head, mark_, rest = like.partition(">")
            closed = "/" if head.endswith("/") else ""
            head = re.sub(r'\s(fillId|applyFill)="[^"]*"', "", head.removesuffix("/"))
            number = self.fills + (0 if is_error else 1)
            self.added.append(f'{head} fillId="{number}" applyFill="1"{closed}{mark_}{rest}')
            self.twins[style, is_error] = len(self.known) + len(self.added) - 1
        return self.twins[style, is_error]

    def finish(self) -> None:
        if not self.part or not self.added:
            return
        p = self.prefix
        fills = "".join(
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{FILL[is_error]}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
            for is_error in (True, False)
        )
        xml = self._grown(self.xml, "fills", fills, self.fills + 2)
        xml = self._grown(xml, "cellXfs", "".join(self.added), len(self.known) + len(self.added))
        self.marking.changed[self.part] = xml.encode("utf-8")

    def _grown(self, xml: str, name: str, more: str, count: int) -> str:
        head = re.search(rf"<{self.prefix}{name}\b[^>]*>", xml)
        assert head is not None
        bare = re.sub(r'\scount="[^"]*"', "", head[0])
        xml = xml.replace(head[0], f'{bare[:-1]} count="{count}">', 1)
        end = f"</{self.prefix}{name}>"
        return xml.replace(end, more + end, 1)


# ---- the cells of a sheet ----


@dataclass(slots=True)
class _Spots:
    """Where the rows with marks, and their cells, begin in the bytes of a sheet."""

    rows: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    row_starts: dict[int, int] = field(default_factory=dict)
    row_ends: dict[int, int] = field(default_factory=dict)


class _AllFound(Exception):
    """The rows with marks are behind; the others need not be read once more."""


def _spots(xml: bytes, rows: set[int]) -> _Spots:
    spots = _Spots()
    parser = expat.ParserCreate()
    state = {"row": 0, "column": 0}

    def start(name: str, said: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            state["row"] = whole_number(said.get("r", ""), state["row"] + 1)
            state["column"] = 0
            if len(spots.row_ends) == len(rows):
                raise _AllFound
            if state["row"] in rows:
                spots.row_starts[state["row"]] = parser.CurrentByteIndex
        elif tag == "c":
            found = re.fullmatch(r"([A-Z]{1,3})([0-9]+)", said.get("r", ""))
            state["column"] = column_number(found[1]) if found else state["column"] + 1
            if state["row"] in rows and state["column"] <= MOST_COLUMNS:
                spots.rows.setdefault(state["row"], []).append((state["column"], parser.CurrentByteIndex))

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "row" and state["row"] in rows:
            spots.row_ends[state["row"]] = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    with suppress(_AllFound):
        parser.Parse(xml, True)
    return spots


def _filled(xml: bytes, marks: Sequence[_Mark], styles: _Styles) -> bytes:
    """Give the marked cells a filled style; a cell that is not in the file yet is put in its place."""
    if not re.match(
        rb"(\xef\xbb\xbf)?<\?xml[^>]*(utf-8|UTF-8)|(\xef\xbb\xbf)?<(?!\?)|<\?xml(?![^>]*encoding)", xml
    ):
        return xml
    spots = _spots(xml, {marked.row for marked in marks})
    data = re.search(rb"<((?:\w+:)?)sheetData\b", xml)
    prefix = data[1].decode() if data else ""
    edits: list[tuple[int, int, bytes]] = []
    new_cells: dict[tuple[int, int], list[tuple[int, _Mark]]] = defaultdict(list)
    for marked in marks:
        number = column_number(marked.column)
        cells = spots.rows.get(marked.row, [])
        here = next((start for column, start in cells if column == number), None)
        if here is not None:
            edits.append(_restyled(xml, here, marked, styles))
        elif marked.row in spots.row_starts:
            new_cells[_gap(xml, spots, marked.row, cells, number)].append((number, marked))
    for (start, stop), new in new_cells.items():
        in_order = [cell for _, cell in sorted(new, key=itemgetter(0))]
        edits.append((start, stop, _new_cells(prefix, in_order, styles, close_row=stop > start)))
    return b"".join(_pieces(xml, edits))


def _pieces(whole: AnyStr, edits: Iterable[tuple[int, int, AnyStr]]) -> Iterator[AnyStr]:
    """Give a text piece by piece, with other words from a start to a stop, in any order of the edits.

    One step for each edit, and no copy of the whole: thousands of cells are marked in sheets of many megabytes.
    """
    here = 0
    for start, stop, content in sorted(edits, key=itemgetter(0, 1)):
        yield whole[here:start]
        yield content
        here = stop
    yield whole[here:]


def _restyled(xml: bytes, start: int, one: _Mark, styles: _Styles) -> tuple[int, int, bytes]:
    stop = xml.index(b">", start)
    tag = xml[start:stop]
    found = re.search(rb'\ss="([0-9]+)"', tag)
    twin = styles.twin(whole_number(found[1].decode(), 0) if found else 0, one.is_error)
    bare = re.sub(rb'\ss="[0-9]+"', b"", tag)
    closed = b"/" if bare.endswith(b"/") else b""
    return start, stop, bare.removesuffix(b"/") + f' s="{twin}"'.encode() + closed


def _gap(xml: bytes, spots: _Spots, row: int, cells: list[tuple[int, int]], number: int) -> tuple[int, int]:
    """Say where in a row a cell that is not there goes; of a row without an end, the place of its end."""
    after = next((place for column, place in cells if column > number), None)
    if after is not None:
        return after, after
    stop = xml.index(b">", spots.row_starts[row])
    if xml[stop - 1 : stop] == b"/":
        return stop - 1, stop + 1
    return spots.row_ends[row], spots.row_ends[row]


def _new_cells(prefix: str, marks: Sequence[_Mark], styles: _Styles, *, close_row: bool) -> bytes:
    """Write cells that are not there yet; a row without an end gets one."""
    cells = "".join(
        f'<{prefix}c r="{marked.cell}" s="{styles.twin(0, marked.is_error)}"/>' for marked in marks
    )
    return (f">{cells}</{prefix}row>" if close_row else cells).encode()


def _with_drawing(xml: bytes, relation: str) -> bytes:
    """Let the sheet refer to the drawing of its comments, at the place that the format has for it."""
    found = re.search(rb"</((?:\w+:)?)worksheet>\s*$", xml)
    if not found:
        raise ValueError("the sheet has no end")
    prefix = found[1].decode()
    new = f'<{prefix}legacyDrawing xmlns:r="{_DOCUMENT}" r:id="{relation}"/>'.encode()
    body = xml.rfind(f"</{prefix}sheetData>".encode())
    body = max(body, 0)
    places = [found.start()]
    for name in _AFTER_LEGACY_DRAWING:
        spot = re.search(rf"<{prefix}{name}\b".encode(), xml[body:])
        if spot:
            places.append(body + spot.start())
    place = min(places)
    return xml[:place] + new + xml[place:]


# ---- comments and their boxes ----


def _no_relations() -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'.encode()


def _before_end(xml: bytes, more: str, namespace: str) -> bytes:
    """Put elements before the end of the root element; they say their namespace where it has a prefix."""
    text = xml.decode("utf-8-sig")
    if found := re.search(r"<(\w+:)?(\w+)((?:\s[^<>]*)?)/>\s*$", text):
        text = f"{text[: found.start()]}<{found[1] or ''}{found[2]}{found[3]}></{found[1] or ''}{found[2]}>"
    place = text.rindex("</")
    if ":" in text[place:]:
        more = re.sub(r"<(\w+)", rf'<\1 xmlns="{namespace}"', more)
    return (text[:place] + more + text[place:]).encode("utf-8")


def _comment_text(one: _Mark, prefix: str = "") -> str:
    text = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in one.text)
    return f'<{prefix}r><{prefix}t xml:space="preserve">{escape(text)}</{prefix}t></{prefix}r>'


def _new_comments(marks: Sequence[_Mark]) -> bytes:
    comments = "".join(
        f'<comment ref="{marked.cell}" authorId="0"><text>{_comment_text(marked)}</text></comment>'
        for marked in marks
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><comments xmlns="{_MAIN}"><authors><author>{AUTHOR}</author>'
        f"</authors><commentList>{comments}</commentList></comments>"
    ).encode()


def _more_comments(xml: bytes, marks: Sequence[_Mark]) -> bytes:
    """Add comments to those of the sheet; where a cell has one, ours comes first in it."""
    text = xml.decode("utf-8-sig")
    found = re.search(r"<((?:\w+:)?)commentList\b", text)
    if found is None:
        raise ValueError("the comments have no list")
    p = found[1]
    text = re.sub(rf"<{p}commentList\s*/>", f"<{p}commentList></{p}commentList>", text)
    cells = {marked.cell for marked in marks}
    heads: dict[str, re.Match[str]] = {}
    for opening in re.finditer(rf'<{p}comment\b[^>]*\bref="([^"]*)"[^>]*>', text):
        if opening[1] in cells:
            heads.setdefault(opening[1], opening)
    inner = re.compile(rf"<{p}text\b[^>/]*>")
    plain = re.compile(rf"\s*<{p}t\b([^>]*)>(.*?)</{p}t>", re.DOTALL)
    edits: list[tuple[int, int, str]] = []
    fresh = []
    for marked in marks:
        head = heads.get(marked.cell)
        stop = text.find(f"</{p}comment>", head.end()) if head else -1
        said = inner.search(text, head.end(), stop) if head and stop > 0 else None
        if said is None:
            body = f"<{p}text>{_comment_text(marked, p)}</{p}text>"
            fresh.append(f'<{p}comment ref="{marked.cell}" authorId="0">{body}</{p}comment>')
            continue
        if text.find(_comment_text(marked, p)[:-20], said.end(), stop) >= 0:
            continue  # marked before, and not corrected
        first = _comment_text(_Mark(marked.row, marked.column, marked.text + "\n\n", marked.is_error), p)
        bare = plain.match(text, said.end(), stop)
        if bare:  # plain text: it becomes a run of its own, as runs and plain text do not go together
            first += f"<{p}r><{p}t{bare[1]}>{bare[2]}</{p}t></{p}r>"
        edits.append((said.end(), bare.end() if bare else said.end(), first))
    text = "".join(_pieces(text, edits))
    end = f"</{p}commentList>"
    return text.replace(end, "".join(fresh) + end, 1).encode("utf-8")


def _shape(one: _Mark, number: int) -> str:
    column, lines = column_number(one.column) - 1, 3 + len(one.text) // 40
    anchor = f"{column + 1}, 12, {one.row - 1}, 4, {column + 5}, 12, {one.row - 1 + lines}, 4"
    return (
        f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_marks_{number}" type="#_x0000_t202" '
        f'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        f'<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        f'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{one.row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData>"
        f"</v:shape>"
    )


def _new_shapes(marks: Sequence[_Mark]) -> bytes:
    shapes = "".join(_shape(marked, number) for number, marked in enumerate(marks))
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
        'data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
        f'o:connecttype="rect"/></v:shapetype>{shapes}</xml>'
    ).encode()


def _more_shapes(xml: bytes, marks: Sequence[_Mark]) -> bytes:
    text = xml.decode("utf-8-sig")
    place = text.rindex("</")
    shapes = "".join(_shape(marked, number) for number, marked in enumerate(marks))
    return (text[:place] + shapes + text[place:]).encode("utf-8")
