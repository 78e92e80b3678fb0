"""A web archive (WARC, also packed): the first page in it is the report, with its address and the day it was kept."""

import io
import zlib

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from pledgeline.evidence.reading import html, pdf, plain
from pledgeline.evidence.reading.raw import LARGEST_FILE, FileKind, NotReadable, RawReport, kind_of
from pledgeline.programme.sentences import sentence

MOST_UNPACKED = 60_000_000
"""Units: bytes of all records."""

MOST_RECORDS = 1_000
"""Units: records that are looked through for a page."""

BROKEN = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What the library raises of an archive that lacks a header, or has one that cannot be read."""

_READERS = {FileKind.HTML: html.read, FileKind.PDF: pdf.read}
_KEPT = ("response", "resource", "conversion")


def read(content: bytes) -> RawReport:
    """Read the first page of an archive.

    Raises:  NotReadable where it has none, is broken, or unpacks to more than a file may have.
    """
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(_unpacked(content)))):
            if number >= MOST_RECORDS:
                break
            if record.rec_type not in _KEPT or not _is_page(record):
                continue
            body = record.content_stream().read(LARGEST_FILE + 1)
            if len(body) > LARGEST_FILE:
                raise NotReadable(sentence("report.too-large", most=LARGEST_FILE))
            if getattr(record.raw_stream, "limit", 0) > 0:
                raise EOFError  # shorter than it says: what is missing may be the "not" of a sentence
            raw = _READERS.get(kind_of(body), plain.read)(body)
            kept = {
                "address": record.rec_headers.get_header("WARC-Target-URI") or "",
                "retrieved": (record.rec_headers.get_header("WARC-Date") or "")[:10],
            }
            return RawReport(raw.text, {**raw.facts, **kept}, raw.objections)
    except (ArchiveLoadFailed, OSError, EOFError, *BROKEN, zlib.error) as problem:
        if isinstance(problem, NotReadable):
            raise
        raise NotReadable(sentence("report.warc-broken", problem=type(problem).__name__)) from None
    raise NotReadable(sentence("report.warc-empty"))


def _unpacked(content: bytes) -> bytes:
    """Unpack an archive of packed records, so far and no further."""
    parts, size = [], 0
    while content.startswith(b"\x1f\x8b"):
        packed = zlib.decompressobj(wbits=31)
        parts.append(packed.decompress(content, MOST_UNPACKED + 1 - size))
        size += len(parts[-1])
        if size > MOST_UNPACKED:
            raise NotReadable(sentence("report.too-large", most=MOST_UNPACKED))
        if not packed.eof:
            break
        content = packed.unused_data
    return b"".join(parts) if parts else content


def _is_page(record: object) -> bool:
    headers = getattr(record, "http_headers", None)
    stated = headers.get_header("Content-Type") if headers else getattr(record, "content_type", "")
    return (stated or "").partition(";")[0].strip().lower() in (
        "text/html", "text/plain", "application/xhtml+xml", "application/pdf",
    )  # fmt: skip
