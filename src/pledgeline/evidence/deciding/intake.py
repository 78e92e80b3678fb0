"""From the bytes of a text file to the text that is stored, once and for ever.

What comes out depends on the bytes and on this version alone: a text that was stored can be made again and compared.
"""

import hashlib
from dataclasses import dataclass

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
    """A text, and the digest and the number of the bytes that it was read from."""

    text: str
    sha256: str
    size: int


def read_bytes(content: bytes) -> ReadBytes:
    """Read the bytes of a text file in UTF-8.

    Line ends become those of Unix, and what no database keeps (NUL) becomes the sign for something unreadable.

    Raises:  NotText.
    """
    if len(content) > LARGEST_FILE:
        raise NotText("large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText("encoding") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if not text.strip():
        raise NotText("empty")
    return ReadBytes(text=text, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
