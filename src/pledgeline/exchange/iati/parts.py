"""Read an IATI file one activity at a time, within bounds, before anything else looks at it.

A file of a stranger may be a bomb of entities, nested without end, or larger than the memory. So it is read as a
stream: what declares a DTD is refused at once, everything is counted, and of the whole file only the activity
that is being looked at is kept. Nothing is fetched from anywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from lxml import etree

from pledgeline.programme.findings import Finding, Place, shortened
from pledgeline.programme.sentences import Sentence, sentence

MOST_BYTES = 200_000_000
"""Units: bytes of a file. Registries of IATI ask for files below 40 MB."""

MOST_ELEMENTS = 250_000
"""Units: elements of one activity or organisation, which is what is kept in memory."""

DEEPEST = 40
"""Units: elements within each other. The standard needs ten."""

MOST_ATTRIBUTES = 50
LONGEST_TEXT = 1_000_000
"""Units: characters of one text."""

LONGEST_PIECE = 4_000_000
"""Units: bytes of a tag, a comment or anything else that is only understood at its end."""

ROOTS = {"iati-activities": "iati-activity", "iati-organisations": "iati-organisation"}
"""What a file of either standard begins with, and what it lists."""

_CHUNK = 1 << 16
_LAST_LINE = 65_535
"""Units: lines of one part that the library can remember."""


class NotRead(ValueError):
    """The file cannot be read: the finding says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.wrong)
        self.finding = finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """One activity or organisation under the root of its file.

    Units:   `number` counts the activities of the file from 1; `line` is where the first element of the part
             begins, and what the library calls line 1 of it; `root_line` is where the root begins.
    """

    root: etree._Element
    number: int
    line: int
    root_line: int

    @property
    def main(self) -> etree._Element:
        """Give the activity or organisation; None where the part has none."""
        return self.root.find(ROOTS[self.root.tag])

    def line_of(self, element: etree._Element) -> int:
        """Say in which line of the file an element begins."""
        return self.root_line if element is self.root else self.line + (element.sourceline or 1) - 1

    def path_of(self, element: object, attribute: str = "") -> str:
        """Write the way to an element as XPath does, counted through the whole file."""
        names = str(self.root.getroottree().getpath(element)).removeprefix("/").split("/")
        if len(names) > 1 and names[1] == ROOTS[self.root.tag]:
            names[1] = f"{names[1]}[{self.number}]"
        path = "/".join(names)
        return f"{path}/@{attribute}" if attribute else path


class _Builder:
    """Puts together what the parser reports, and gives it out part by part."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.buffer_size = _CHUNK
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.ready: list[FilePart] = []
        self._root: etree._Element = None
        self._open: list[etree._Element] = []
        self._last: list[
            etree._Element
        ] = []  # the last child of each open element: to count children takes long
        self._elements = self._number = self._letters = 0
        self._has_main = False
        self._line = self._root_line = 1

    def refuse(self, said: Sentence, excerpt: str = "") -> NotRead:
        place = Place(file=self.name, line=self.parser.CurrentLineNumber)
        return NotRead(Finding(place=place, said=said, excerpt=shortened(excerpt)))

    def _doctype(self, *_: object) -> None:
        raise self.refuse(sentence("iati.doctype"))

    def _start(self, name: str, listed: list[str]) -> None:
        tag = _clark(name)
        if len(self._open) >= DEEPEST:
            raise self.refuse(sentence("iati.too-deep", most=DEEPEST))
        if len(listed) > 2 * MOST_ATTRIBUTES:
            raise self.refuse(sentence("iati.too-many-attributes", most=MOST_ATTRIBUTES))
        attributes = {_clark(key): value for key, value in zip(listed[::2], listed[1::2], strict=True)}
        self._letters = 0
        if self._root is None:
            self._begin(tag, attributes)
            return
        if len(self._open) == 1:
            self._begin_child(tag)
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise self.refuse(sentence("iati.activity-too-large", most=MOST_ELEMENTS))
        if self._elements == 1:
            self._line = self.parser.CurrentLineNumber
        element = etree.SubElement(self._open[-1], tag, attributes)
        element.sourceline = min(self.parser.CurrentLineNumber - self._line + 1, _LAST_LINE)
        self._last[-1] = element
        self._open.append(element)
        self._last.append(None)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in ROOTS:
            raise self.refuse(sentence("iati.not-iati", root=shortened(tag)))
        self._root_line = self.parser.CurrentLineNumber
        self._root = etree.Element(tag, attributes)
        self._open.append(self._root)
        self._last.append(None)

    def _begin_child(self, tag: str) -> None:
        """Begin a part with each activity; what stands between two belongs to the first."""
        if tag != ROOTS[self._root.tag]:
            return
        if self._has_main:
            self._give()
        self._has_main = True
        self._number += 1

    def _give(self) -> None:
        """Hand over the part that was read, and begin the next one under the same root."""
        number = max(self._number, 1)
        self.ready.append(
            FilePart(root=self._root, number=number, line=self._line, root_line=self._root_line)
        )
        self._root = etree.Element(self._root.tag, dict(self._root.attrib))
        self._open[:1], self._last[:1] = [self._root], [None]
        self._elements = 0

    def _end(self, _: str) -> None:
        self._letters = 0
        self._open.pop()
        self._last.pop()

    def _text(self, text: str) -> None:
        self._letters += len(text)
        if self._letters > LONGEST_TEXT:
            raise self.refuse(sentence("iati.text-too-long", most=LONGEST_TEXT))
        element, last = self._open[-1], self._last[-1]
        if not text.strip() and (len(self._open) == 1 or last is not None):
            return  # what only sets elements apart
        if last is not None:
            last.tail = (last.tail or "") + text
        else:
            element.text = (element.text or "") + text

    def feed(self, data: bytes, *, last: bool, before: int) -> Iterator[FilePart]:
        """Read on; `before` is how many bytes were read in all, with these."""
        try:
            self.parser.Parse(data, last)
        except expat.ExpatError as error:
            place = Place(file=self.name, line=error.lineno)
            problem = sentence("iati.not-xml", problem=expat.ErrorString(error.code))
            raise NotRead(Finding(place=place, said=problem)) from None
        except NotRead:
            raise
        except (LookupError, ValueError) as error:
            raise self.refuse(sentence("iati.not-xml", problem=shortened(str(error)))) from None
        if not last and before - self.parser.CurrentByteIndex > LONGEST_PIECE:
            raise self.refuse(sentence("iati.piece-too-long", most=LONGEST_PIECE))
        if last:
            self._give()
        yield from self.ready
        self.ready.clear()


def _clark(name: str) -> str:
    """Write a name of the parser as the library of trees does: in braces what it belongs to."""
    return f"{{{name}" if "}" in name else name


def read_parts(file: BinaryIO, name: str) -> Iterator[FilePart]:
    """Read an IATI file, one activity or organisation after the other.

    Shape:   at least one part; its `root` holds one activity, and what stands around it.
    Raises:  NotRead, also after parts that could be read.
    """
    builder, before = _Builder(name), 0
    while data := file.read(_CHUNK):
        before += len(data)
        if before > MOST_BYTES:
            raise builder.refuse(sentence("iati.too-large", most=MOST_BYTES))
        yield from builder.feed(data, last=False, before=before)
    yield from builder.feed(b"", last=True, before=before)
