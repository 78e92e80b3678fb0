"""From the transactions of somebody's IATI file to rows of announcements, which the reader of the record then reads.

A file says the same money several times: pledged, committed, paid. So one of the three is taken, the one that is asked
for. What cannot be meant for sure is refused at its place: who gives, for whom, in which currency.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from pledgeline.exchange.iati.parts import FilePart, NotRead, read_parts
from pledgeline.exchange.iati.standards import NEWEST, VERSIONS
from pledgeline.programme.findings import Finding, FindingList, Place, Severity, shortened
from pledgeline.programme.names import clean
from pledgeline.programme.parties import Party, PartyKind, countries, country_party, find_parties
from pledgeline.programme.sentences import Sentence, sentence
from pledgeline.programme.settings import Programme

TYPES: Mapping[str, tuple[str, ...]] = {
    "pledges": ("12", "13"),
    "commitments": ("2", "11"),
    "payments": ("3", "1"),
}
"""What can be taken from a file: which types of transactions, outgoing of whoever gives or incoming of whoever gets."""

STAGES = {"pledges": "announced", "commitments": "committed", "payments": "paid"}
MOST_ROWS = 100_000
"""Units: announcements of one file, which a record holds."""

_OUTGOING = ("12", "2", "3")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NUMBER = re.compile(r"([+-]?)([0-9]{0,30})(?:\.([0-9]{0,20}))?")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedRow:
    """The cells of an announcement, and the transaction that they are from."""

    cells: Mapping[str, str]
    place: Place


@dataclass(slots=True, kw_only=True)
class AnnouncedRows:
    """What a file gives: rows, what was refused, how many transactions of other types there are, and the source."""

    rows: list[AnnouncedRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: int = 0
    left_out: int = 0
    source: dict[str, str] = field(default_factory=dict)
    was_read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is taken from a file: of which activities, all where none is named; `partners` says whom a name means."""

    what: str
    address: str
    activities: frozenset[str] = frozenset()
    partners: Mapping[str, str] = field(default_factory=dict)


class _Refused(Exception):
    """A transaction becomes no announcement: the sentence says why, and the element where."""

    def __init__(self, said: Sentence, element: etree._Element = None, excerpt: str = "") -> None:
        super().__init__(said.code)
        self.said, self.element, self.excerpt = said, element, excerpt


def read_announced(file: BinaryIO, name: str, programme: Programme, taken: Taken) -> AnnouncedRows:
    """Read a file of activities; with one fault that hides what follows there are no rows at all."""
    found = AnnouncedRows()
    findings = FindingList(Finding(place=Place(file=name), said=sentence("iati.too-many-findings")))
    reader = _Reader(name, programme, taken, found, findings)
    try:
        for part in read_parts(file, name):
            if not found.source:
                reader.begin(part)
            reader.take(part)
            if findings.is_full:
                break
    except NotRead as refusal:
        found.was_read, found.rows = False, []
        findings.add(refusal.finding)
    found.findings = findings.all
    return found


class _Reader:
    """Reads one activity after the other, with what holds for the whole file."""

    def __init__(
        self, name: str, programme: Programme, taken: Taken, found: AnnouncedRows, findings: FindingList
    ) -> None:
        self._name, self._taken, self._found, self._findings = name, taken, found, findings
        self._country = countries().get(programme.recipient, "")
        self._parties = _parties_of(programme)
        self._codes: dict[str, str] = {}
        self._source = f"IATI-{_digest(taken.address)}"
        self._seen: Counter[str] = Counter()

    def begin(self, part: FilePart) -> None:
        """Look at the root of the file, and note the source.

        Raises:  NotRead
        """
        version = part.root.get("version", "")
        if part.root.tag != "iati-activities":
            raise NotRead(self._finding(part, part.root, sentence("iati.organisations")))
        if version not in VERSIONS:
            said = sentence("iati.version.not-taken", version=shortened(version), by=NEWEST)
            raise NotRead(self._finding(part, part.root, said))
        reporting = part.root.find("iati-activity/reporting-org")
        publisher = (_words(reporting) or _ref(reporting)) if reporting is not None else ""
        if not publisher:
            raise NotRead(self._finding(part, part.root, sentence("iati.no-reporter")))
        made = _DAY.match(part.root.get("generated-datetime", ""))
        self._found.source = {
            "id": self._source,
            "url": self._taken.address,
            "publisher": publisher,
            "published_on": made[1] if made else "",
            "title": self._name,
            "accessed_as": f"IATI {version}",
        }

    def take(self, part: FilePart) -> None:
        """Make rows of the transactions of an activity."""
        activity = part.main
        identifier = clean(activity.findtext("iati-identifier") or "") if activity is not None else ""
        if activity is None or (self._taken.activities and identifier not in self._taken.activities):
            return
        wanted = TYPES[self._taken.what]
        title: str | None = None
        for transaction in activity.iterfind("transaction"):
            code = _code(transaction.find("transaction-type"))
            if code not in wanted:
                self._found.left_out += 1
                continue
            try:
                title = self._title(part, activity) if title is None else title
                cells = self._cells(activity, transaction, code, identifier)
            except _Refused as refused:
                self._found.refused += 1
                at = transaction if refused.element is None else refused.element
                self._findings.add(self._finding(part, at, refused.said, excerpt=refused.excerpt))
                continue
            if len(self._found.rows) == MOST_ROWS:
                said = sentence("iati.too-many-transactions", most=MOST_ROWS)
                raise NotRead(self._finding(part, transaction, said))
            place = Place(file=self._name, line=part.line_of(transaction), element=part.path_of(transaction))
            self._found.rows.append(AnnouncedRow(cells={**cells, "title": title}, place=place))

    def _finding(
        self,
        part: FilePart,
        element: etree._Element,
        said: Sentence,
        *,
        excerpt: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        place = Place(file=self._name, line=part.line_of(element), element=part.path_of(element))
        return Finding(place=place, said=said, excerpt=shortened(excerpt), severity=severity)

    def _title(self, part: FilePart, activity: etree._Element) -> str:
        """Give the title in English, or the only one; of several in other languages the first, with a warning."""
        element = activity.find("title")
        usual = activity.get(_LANG, "")
        titles = {
            narrative.get(_LANG, usual): text
            for narrative in reversed(element.findall("narrative") if element is not None else [])
            if (text := clean("".join(narrative.itertext())))
        }
        if not titles:
            raise _Refused(sentence("iati.title.none"), element)
        if "en" not in titles and len(titles) > 1:
            said = sentence("iati.title.languages")
            self._findings.add(self._finding(part, element, said, severity=Severity.WARNING))
        return titles.get("en") or list(titles.values())[-1]

    def _cells(
        self, activity: etree._Element, transaction: etree._Element, code: str, identifier: str
    ) -> dict[str, str]:
        value, when = transaction.find("value"), transaction.find("transaction-date")
        number = (value.text or "").strip() if value is not None else ""
        match = _NUMBER.fullmatch(number)
        if match is None or not (match[2] or match[3]):
            raise _Refused(sentence("iati.transaction.no-amount", text=shortened(number)), value, number)
        if number.startswith("-"):
            raise _Refused(sentence("iati.transaction.negative"), value, number)
        currency = value.get("currency") or activity.get("default-currency", "")
        if not currency:
            raise _Refused(sentence("iati.transaction.no-currency"), value, number)
        self._must_be_ours(activity, transaction)
        day = when.get("iso-date", "").strip() if when is not None else ""
        day = said_day[1] if (said_day := _DAY.fullmatch(day)) else day
        ref = clean(transaction.get("ref", ""))
        partner = self._partner(activity, transaction, code)
        return {
            "id": self._key(identifier, (code, ref) if ref else (code, day, partner)),
            "partner": partner,
            "announced_on": day,
            "amount": _plainly(match[2], match[3] or ""),
            "currency": currency.strip(),
            "stage": STAGES[self._taken.what],
            "source_ids": self._source,
            "note": " ".join(filter(None, (identifier, ref))),
        }

    def _key(self, identifier: str, of: tuple[str, ...]) -> str:
        """Name a transaction by what stays of it: its reference, or else its type, day and partner, and which it is."""
        key = _digest(identifier, *of)
        self._seen[key] += 1
        return f"IATI-{key}" if self._seen[key] == 1 else f"IATI-{key}-{self._seen[key]}"

    def _must_be_ours(self, activity: etree._Element, transaction: etree._Element) -> None:
        """Refuse what is for another country than the programme, or for several."""
        if not self._country:
            return
        said = transaction.findall("recipient-country") or activity.findall("recipient-country")
        codes = sorted({(entry.get("code") or "").strip() for entry in said})
        if not codes:
            raise _Refused(sentence("iati.transaction.no-recipient"))
        if self._country not in codes:
            named = shortened(", ".join(codes))
            raise _Refused(
                sentence("iati.transaction.other-recipient", code=named, country=self._country), said[0]
            )
        regions = (
            transaction.find("recipient-region") is not None or activity.find("recipient-region") is not None
        )
        all_of_it = ("100",) if regions else ("", "100")
        if len(codes) > 1 or _percentage(said[0]) not in all_of_it:
            raise _Refused(sentence("iati.transaction.shared", country=self._country), said[0])

    def _partner(self, activity: etree._Element, transaction: etree._Element, code: str) -> str:
        """Say which partner gives: the provider, or whoever reports what goes out of its own."""
        giver = transaction.find("provider-org")
        if giver is None and code in _OUTGOING:
            giver = activity.find("reporting-org")
        ref, words = (_ref(giver), _words(giver)) if giver is not None else ("", "")
        if not ref and not words:
            raise _Refused(sentence("iati.transaction.no-partner"), giver)
        for name in (ref, words):
            if name and name in self._taken.partners:
                return self._taken.partners[name]
        meant = {name: self._code_of(name) for name in (ref, words) if name}
        codes = sorted({partner for partner in meant.values() if partner})
        if len(codes) > 1:
            raise _Refused(
                sentence("iati.transaction.two-partners", other=meant[ref], code=meant[words]), giver
            )
        if not codes:
            raise _Refused(sentence("iati.transaction.unknown-partner", name=shortened(ref or words)), giver)
        return codes[0]

    def _code_of(self, name: str) -> str:
        if name not in self._codes:
            match = find_parties([name], self._parties)[name]
            self._codes[name] = match.party.ref if match.party else ""
        return self._codes[name]


def _parties_of(programme: Programme) -> tuple[Party, ...]:
    """Give everybody whom a record may name as a partner: all countries, and the parties of the programme."""
    own = (
        Party(ref=code, name=name, kind=PartyKind.ORGANISATION) for code, name in programme.parties.items()
    )
    return (*own, *map(country_party, countries()))


def _plainly(whole: str, parts: str) -> str:
    """Write a decimal number of XML as a cell has it: of .5, 5. and 5.0000 all mean what they say.

    >>> _plainly("", "5"), _plainly("5", ""), _plainly("5", "0000"), _plainly("1250000", "5000")
    ('0.50', '5', '5', '1250000.50')
    """
    parts = parts.rstrip("0")
    return (whole or "0") + (f".{parts:0<2}" if parts else "")


def _percentage(element: etree._Element) -> str:
    text = (element.get("percentage") or "").strip()
    return re.sub(r"\.0*$", "", text)


def _code(element: etree._Element) -> str:
    return (element.get("code") or "").strip() if element is not None else ""


def _ref(element: etree._Element) -> str:
    return clean(element.get("ref") or "")


def _words(element: etree._Element) -> str:
    """Give the first words that an element says."""
    return clean(element.findtext("narrative") or "")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def placed(findings: Collection[Finding], rows: list[AnnouncedRow], first_line: int) -> Iterator[Finding]:
    """Give findings of the reader of the record at the transactions from which their rows are."""
    for finding in findings:
        number = (finding.place.line or 0) - first_line
        if 0 <= number < len(rows):
            at = rows[number].place
            place = Place(file=at.file, line=at.line, element=at.element, column=finding.place.column)
            yield Finding(place=place, said=finding.said, excerpt=finding.excerpt, severity=finding.severity)
        else:
            yield finding
