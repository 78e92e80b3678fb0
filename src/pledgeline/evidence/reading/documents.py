"""A file becomes a report: bytes with their digest, plain text once, and what its markup says of it.

Nothing is fetched and nothing of a file is run. The text that is made here is stored and never changes: what markup
says and the text does not (an author, a day) stands at the head of it, so that every fact has a place in the text.
"""

import hashlib
import re
from dataclasses import dataclass

from pledgeline.evidence.reading import html, pdf, plain, warc
from pledgeline.evidence.reading.raw import LARGEST_FILE, FileKind, NotReadable, kind_of
from pledgeline.evidence.reading.texts import LONGEST_TEXT, Span, StoredText, text_of
from pledgeline.programme.findings import Finding, Place, Severity, shortened
from pledgeline.programme.sentences import sentence

READER = "reader-3"
"""The version of the reader, kept with every text: the same bytes and version give the same text."""

FACTS = ("title", "author", "published", "outlet", "language", "address", "retrieved")
_PLACED = ("title", "author", "published", "outlet")
_WIDEST_FACT = 300
_NOT_KEPT = re.compile("[\0\ud800-\udfff]")
"""What no database keeps and no file is written with; a title in JSON or in a PDF may hold it all the same."""


@dataclass(frozen=True, slots=True)
class StatedFact:
    """What a file states of itself; `span` is where the stored text has it, None where only its markup does."""

    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """A file that was read. A fact that is not in `facts` is not stated."""

    kind: FileKind
    sha256: str
    text: StoredText
    facts: dict[str, StatedFact]
    findings: tuple[Finding, ...] = ()
    reader: str = READER


_READERS = {
    FileKind.TEXT: plain.read,
    FileKind.HTML: html.read,
    FileKind.PDF: pdf.read,
    FileKind.WARC: warc.read,
}


def report_of(content: bytes, name: str) -> ReadReport:
    """Read a file of any kind that we know; one that cannot be read gives an empty text and the finding.

    Pure but for a PDF, which a process of its own reads within bounds.
    """
    place = Place(file=name)
    digest, kind = hashlib.sha256(content).hexdigest(), kind_of(content)
    try:
        if len(content) > LARGEST_FILE:
            raise NotReadable(sentence("report.too-large", most=LARGEST_FILE))
        raw = _READERS[kind](content)
    except NotReadable as refused:
        finding = Finding(place=place, said=refused.said)
        return ReadReport(kind=kind, sha256=digest, text=text_of(""), facts={}, findings=(finding,))
    objections = list(raw.objections)
    stored, facts = _with_facts(_NOT_KEPT.sub("\ufffd", raw.text.strip("\n")), raw.facts)
    if len(stored) > LONGEST_TEXT:
        stored = stored[:LONGEST_TEXT]
        facts = {
            key: fact for key, fact in facts.items() if fact.span is None or fact.span.end <= LONGEST_TEXT
        }
        objections.append((sentence("report.cut", most=LONGEST_TEXT), None))
    if not raw.text.strip():
        objections.append((sentence("report.no-text"), None))
    text = text_of(stored)
    findings = [
        Finding(
            place=Place(file=name, line=line),
            said=objection,
            severity=Severity.ERROR if objection.code == "report.no-text" else Severity.WARNING,
        )
        for objection, line in objections
    ]
    findings += _hidden(text, name)
    return ReadReport(kind=kind, sha256=digest, text=text, facts=facts, findings=tuple(findings))


def _with_facts(body: str, stated: dict[str, str]) -> tuple[str, dict[str, StatedFact]]:
    """Give each fact its place in the text; those of `_PLACED` that it lacks are put at its head."""
    values = {
        key: " ".join(_NOT_KEPT.sub("\ufffd", stated[key]).split())[:_WIDEST_FACT]
        for key in FACTS
        if stated.get(key, "").strip()
    }
    head = [values[key] for key in _PLACED if key in values and values[key] not in body]
    text = "\n".join([*head, "", body]) if head else body
    facts: dict[str, StatedFact] = {}
    for key, value in values.items():
        start = text.find(value) if key in _PLACED else -1
        facts[key] = StatedFact(value, Span(start, start + len(value)) if start >= 0 else None)
    return text, facts


def _hidden(text: StoredText, name: str) -> list[Finding]:
    """Warn of signs that nobody sees: they may show a text in another order than it is stored in."""
    if not text.places:
        return []
    first = (
        text.turned[0]
        if text.turned
        else next(
            (
                place
                for place, (a, b) in enumerate(zip(text.places, range(len(text.places)), strict=True))
                if a != b
            ),
            len(text.places),
        )
    )
    line = text.stored.count("\n", 0, first) + 1
    code = "report.turned" if text.turned else "report.unseen"
    count = len(text.turned) or len(text.stored) - len(text.places)
    return [
        Finding(
            place=Place(file=name, line=line),
            said=sentence(code, number=count),
            excerpt=shortened(text.stored[max(0, first - 20) : first + 40]),
            severity=Severity.WARNING,
        )
    ]
