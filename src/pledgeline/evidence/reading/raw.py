"""What the reader of one kind of file takes and gives, and how a kind is known by its first bytes."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pledgeline.programme.sentences import Sentence

LARGEST_FILE = 20_000_000
"""Units: bytes. A report of the web has less than one million."""


class FileKind(StrEnum):
    """What a file is, by what it begins with."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    WARC = "warc"


@dataclass(frozen=True, slots=True)
class RawReport:
    """What the reader of one kind of file gives: text, facts of the markup, and objections."""

    text: str
    facts: dict[str, str]
    objections: Sequence[tuple[Sentence, int | None]] = ()


class NotReadable(ValueError):
    """A file cannot be read: the finding says why."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.code)
        self.said = said


def _unpacked(content: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(content[:65_536], most)
    except zlib.error:
        return b""


def kind_of(content: bytes) -> FileKind:
    """Say what a file is by its first bytes, never by its name."""
    head = content[:2_048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return FileKind.PDF
    if head.startswith(b"WARC/") or (
        content.startswith(b"\x1f\x8b") and _unpacked(content, 5)[:5] == b"WARC/"
    ):
        return FileKind.WARC
    if re.match(rb"(?i)<(?:!doctype\s+html|html|head|body|article|main|div|p|h1)\b|<(?:!--|\?xml)", head):
        return FileKind.HTML
    return FileKind.TEXT
