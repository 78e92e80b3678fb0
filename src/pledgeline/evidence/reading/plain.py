"""Bytes become characters: by a byte order mark, by what is declared, as UTF-8, or in the end as Windows-1252."""

import codecs

from pledgeline.evidence.reading.raw import NotReadable, RawReport
from pledgeline.programme.sentences import Sentence, sentence

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_KNOWN = frozenset(
    "utf-8 ascii iso8859-1 iso8859-2 iso8859-5 iso8859-15 cp1250 cp1251 cp1252 koi8-u koi8-r utf-16".split()
)


def read(content: bytes) -> RawReport:
    """Read a text file as it is; only its line ends are made one kind.

    Raises:  NotReadable where it is no text.
    """
    if b"\x00" in content[:4_096] and not content.startswith(tuple(mark for mark, _ in _MARKS)):
        raise NotReadable(sentence("report.not-text"))
    text, objections = decoded(content, "")
    return RawReport(text.replace("\r\n", "\n").replace("\r", "\n"), {}, objections)


def decoded(content: bytes, declared: str) -> tuple[str, list[tuple[Sentence, int | None]]]:
    """Give the characters, and what is wrong with how the file says it is written.

    `declared` is the encoding that the file names; one that we do not know, or that the bytes are not in, is said.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace"), []
    wanted = _canonical(declared)
    for name in dict.fromkeys(filter(None, (wanted, "utf-8"))):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        wrong = bool(declared) and name != wanted
        return text, [(sentence("report.encoding", declared=declared[:40], used=name), 1)] if wrong else []
    said = sentence("report.encoding", declared=(declared or "utf-8")[:40], used="windows-1252")
    return content.decode("cp1252", "replace"), [(said, _first_wrong_line(content, wanted or "utf-8"))]


def _canonical(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip()[:40]).name if declared.strip() else ""
    except (LookupError, ValueError):
        return ""
    return name if name in _KNOWN else ""


def _first_wrong_line(content: bytes, name: str) -> int:
    try:
        content.decode(name)
    except UnicodeDecodeError as problem:
        return content.count(b"\n", 0, problem.start) + 1
    return 1
