"""From the bytes of a file to the text that is stored, once and for ever: a text, or a page, a PDF, a web archive.

What comes out depends on the bytes and on this version alone: a text that was stored can be made again and compared.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from pledgeline.evidence.reading.documents import report_of
from pledgeline.evidence.reading.raw import FileKind, kind_of

READER = "text-1"
"""The reader and its version, kept with every text."""

LARGEST_FILE = 8_000_000
"""Units: bytes of one report. A text of two million characters has no more."""


class NotText(ValueError):
    """The bytes are no text that is read here; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBytes:
    """A text, the digest and the number of the bytes that it was read from, by which reader, and what markup states."""

    text: str
    sha256: str
    size: int
    reader: str = READER
    facts: Mapping[str, str] = field(default_factory=dict)


def read_bytes(content: bytes) -> ReadBytes:
    """Read the bytes of a text file in UTF-8, or of a page, a PDF or a web archive.

    Line ends become those of Unix, and what no database keeps (NUL) becomes the sign for something unreadable.

    Raises:  NotText.
    """
    if len(content) > LARGEST_FILE:
        raise NotText("large")
    if kind_of(content) is not FileKind.TEXT:
        return _read_file(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText("encoding") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if not text.strip():
        raise NotText("empty")
    return ReadBytes(text=text, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def _read_file(content: bytes) -> ReadBytes:
    report = report_of(content, "")
    if any(finding.is_error for finding in report.findings):
        raise NotText("file")
    facts = {name: fact.value for name, fact in report.facts.items()}
    return ReadBytes(
        text=report.text.stored, sha256=report.sha256, size=len(content), reader=report.reader, facts=facts
    )
