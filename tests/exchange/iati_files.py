"""A good IATI activity and organisation, and every way in which a test spoils one."""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pledgeline.exchange.iati import parts
from pledgeline.exchange.iati.check import PARTS, IatiCheck, check_iati
from pledgeline.exchange.iati.standards import Standards

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
STANDARDS = Path(os.environ.get("PLEDGELINE_STANDARDS", ""), "iati")
needs_standards = pytest.mark.skipif(
    not (STANDARDS / "schema-2.03").is_dir(), reason="PLEDGELINE_STANDARDS names no folder with IATI's files"
)

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03" generated-datetime="2026-01-30T10:00:00Z">
  <iati-activity default-currency="USD" xml:lang="en" last-updated-datetime="2026-01-30T10:00:00Z">
    <iati-identifier>XM-DAC-0-1</iati-identifier>
    <reporting-org ref="XM-DAC-0" type="10"><narrative>Ruritania</narrative></reporting-org>
    <title><narrative>Generators</narrative></title>
    <description><narrative>Generators for hospitals.</narrative></description>
    <participating-org role="1" type="10" ref="XM-DAC-0"/>
    <activity-status code="2"/>
    <activity-date type="2" iso-date="2025-08-01"/>
    <recipient-country code="UA"/>
    <sector code="23630" vocabulary="1"/>
    <default-flow-type code="50"/>
    <transaction ref="T1">
      <transaction-type code="11"/>
      <transaction-date iso-date="2025-08-04"/>
      <value value-date="2025-08-04">500000.00</value>
      <provider-org ref="XM-DAC-1" type="10"><narrative>Northland</narrative></provider-org>
    </transaction>
    <result type="1">
      <title><narrative>Delivered</narrative></title>
      <indicator measure="1">
        <title><narrative>Units</narrative></title>
        <baseline year="2025" value="0"/>
        <period>
          <period-start iso-date="2025-08-01"/>
          <period-end iso-date="2025-12-31"/>
          <target value="40"/>
          <actual value="12"/>
        </period>
      </indicator>
    </result>
  </iati-activity>
</iati-activities>
"""

ORGANISATION = """<?xml version="1.0" encoding="UTF-8"?>
<iati-organisations version="2.03">
  <iati-organisation default-currency="USD" xml:lang="en">
    <organisation-identifier>XM-DAC-0</organisation-identifier>
    <name><narrative>Ruritania</narrative></name>
    <reporting-org ref="XM-DAC-0" type="10"><narrative>Ruritania</narrative></reporting-org>
    <total-budget>
      <period-start iso-date="2025-01-01"/>
      <period-end iso-date="2025-12-31"/>
      <value value-date="2025-01-01">1000</value>
    </total-budget>
  </iati-organisation>
</iati-organisations>
"""


def checked(text: str | bytes, only: tuple[str, ...] = PARTS, *, now: datetime = NOW) -> IatiCheck:
    data = text.encode() if isinstance(text, str) else text
    return check_iati(io.BytesIO(data), "a.xml", Standards(STANDARDS), now=now, only=only)


def read_all(text: str | bytes) -> list[parts.FilePart]:
    data = text.encode() if isinstance(text, str) else text
    return list(parts.read_parts(io.BytesIO(data), "a.xml"))


def line_of(text: str, excerpt: str) -> int:
    """Count the line in which something stands for the first time."""
    return text[: text.index(excerpt)].count("\n") + 1


@dataclass(frozen=True)
class Spoiled:
    """One change of the good file, and what is objected to: the code, and where it stands afterwards."""

    name: str
    old: str
    new: str
    code: str
    at: str
    base: str = GOOD

    @property
    def text(self) -> str:
        assert self.old in self.base, self.old
        return self.base.replace(self.old, self.new, 1)


def in_organisation(name: str, old: str, new: str, code: str, at: str) -> Spoiled:
    return Spoiled(name, old, new, code, at, ORGANISATION)


SCHEMA, CODE, RULE = "iati.schema", "iati.code", "iati.rule"

SPOILED = (
    # the schema
    Spoiled("no version", ' version="2.03"', "", SCHEMA, "<iati-activities"),
    Spoiled("an element twice", "<activity-status", '<activity-status code="2"/><activity-status', SCHEMA, "<activity-status"),
    Spoiled("an unknown element", "<activity-status", "<status/><activity-status", SCHEMA, "<status/>"),
    Spoiled("an unknown attribute", 'ref="T1"', 'ref="T1" reference="x"', SCHEMA, "<transaction ref"),
    Spoiled("no date of a value", ' value-date="2025-08-04"', "", SCHEMA, "<value>"),
    Spoiled("an amount with commas", "500000.00", "500,000.00", SCHEMA, "500,000.00"),
    Spoiled("a day of another form", '<transaction-date iso-date="2025-08-04"', '<transaction-date iso-date="04.08.2025"', SCHEMA, "04.08.2025"),
    Spoiled("text between elements", "<activity-status", "unfinished<activity-status", SCHEMA, "<iati-activity "),
    Spoiled("no title", "<title><narrative>Generators</narrative></title>", "", SCHEMA, "<description"),
    # codelists
    Spoiled("an unknown type of transaction", '<transaction-type code="11"', '<transaction-type code="14"', CODE, 'code="14"'),
    Spoiled("an unknown currency", 'default-currency="USD"', 'default-currency="US$"', CODE, "US$"),
    Spoiled("an unknown sector", 'code="23630"', 'code="99999"', CODE, "99999"),
    Spoiled("an unknown role", 'role="1"', 'role="9"', CODE, 'role="9"'),
    Spoiled("an unknown status", '<activity-status code="2"', '<activity-status code="7"', CODE, 'code="7"'),
    # the ruleset, each kind of rule
    Spoiled("a value without a currency", ' default-currency="USD"', "", RULE, "<value "),
    Spoiled("a text without a language", ' xml:lang="en"', "", RULE, "<reporting-org"),
    Spoiled("the identifier of the organisation", "XM-DAC-0-1<", "XM-DAC-0<", RULE, "<iati-identifier"),
    Spoiled("another beginning", "XM-DAC-0-1<", "XX-1-1<", RULE, "XX-1-1"),
    Spoiled("a sign in an identifier", "XM-DAC-0-1<", "Q0-1/2<", RULE, "Q0-1/2"),
    Spoiled("a space before an identifier", "XM-DAC-0-1<", " XM-DAC-0-1<", RULE, "<iati-identifier"),
    Spoiled("no start", '<activity-date type="2" iso-date="2025-08-01"/>', '<activity-date type="3" iso-date="2025-08-01"/>', RULE, "<iati-activity "),
    Spoiled("a day to come", '<activity-date type="2" iso-date="2025-08-01"', '<activity-date type="2" iso-date="2027-08-01"', RULE, "2027-08-01"),
    Spoiled("a transaction to come", '<transaction-date iso-date="2025-08-04"', '<transaction-date iso-date="2026-02-01"', RULE, "2026-02-01"),
    Spoiled("an update to come", 'last-updated-datetime="2026-01-30T10:00:00Z"', 'last-updated-datetime="2026-02-01T10:00:00Z"', RULE, "2026-02-01"),
    Spoiled("a period that ends before it begins", '<period-end iso-date="2025-12-31"', '<period-end iso-date="2025-07-31"', RULE, "<period-start"),
    Spoiled("two sectors without percentages", "<default-flow", '<sector code="14030" vocabulary="1"/><default-flow', RULE, "<iati-activity "),
    Spoiled("percentages of 99.9", '<sector code="23630" vocabulary="1"/>', '<sector code="23630" percentage="50"/><sector code="14030" percentage="49.9"/>', RULE, "<iati-activity "),
    Spoiled("a percentage above 100", '<recipient-country code="UA"/>', '<recipient-country code="UA" percentage="101"/>', RULE, 'percentage="101"'),
    Spoiled("sectors at both levels", "</provider-org>", '</provider-org><sector code="23630" vocabulary="1"/>', RULE, "<iati-activity "),
    Spoiled("sectors of some transactions", '<sector code="23630" vocabulary="1"/>', "", RULE, "<iati-activity "),
    Spoiled("nobody provides", "<narrative>Northland</narrative>", "", "", ""),
    Spoiled("a provider without name", ' ref="XM-DAC-1" type="10"><narrative>Northland</narrative>', ">", RULE, "<provider-org"),
    Spoiled("an empty title", "<narrative>Generators</narrative>", "<narrative> </narrative>", RULE, "<title>"),
    Spoiled("a result without a number", '<actual value="12"/>', "<actual/>", RULE, "<actual/>"),
    Spoiled("a quote in what a rule goes over", "<default-flow", '<sector code="a" vocabulary="\'] | //*[\'"/><default-flow', CODE, "//*["),
    in_organisation("a budget of two years", 'iso-date="2025-12-31"', 'iso-date="2026-12-31"', RULE, "<period-end"),
    in_organisation("a budget that ends before", 'iso-date="2025-12-31"', 'iso-date="2024-12-31"', RULE, "<period-start"),
    in_organisation("no name", "<name><narrative>Ruritania</narrative></name>", "", SCHEMA, "<reporting-org"),
)  # fmt: skip
"""Wrong in one way each; one of them is not wrong, as its identifier names who provides."""


def billion_laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<!DOCTYPE iati-activities [<!ENTITY l0 "ha">{entities}]>\n<iati-activities>&l9;</iati-activities>'
    )


def many(count: int, element: str) -> str:
    return (
        f"<iati-activities version='2.03'><iati-activity>{element * count}</iati-activity></iati-activities>"
    )


UNREADABLE: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "an empty file": (lambda: "", "iati.not-xml"),
    "a file of spaces": (lambda: " \n", "iati.not-xml"),
    "another kind of file": (lambda: b"PK\x03\x04 a workbook", "iati.not-xml"),
    "a tag that is not closed": (lambda: GOOD.replace("</title>", "", 1), "iati.not-xml"),
    "a file that ends too early": (lambda: GOOD[: len(GOOD) // 2], "iati.not-xml"),
    "two roots": (lambda: "<iati-activities version='2.03'/><iati-activities/>", "iati.not-xml"),
    "bytes that are no letters": (lambda: GOOD.encode().replace(b"Generators", b"\xff\xfe", 1), "iati.not-xml"),
    "an encoding that nobody knows": (lambda: GOOD.replace("UTF-8", "klingon"), "iati.not-xml"),
    "a sign that XML does not have": (lambda: GOOD.replace("Generators", "&#1;", 1), "iati.not-xml"),
    "an entity that is not declared": (lambda: GOOD.replace("Generators", "&nbsp;", 1), "iati.not-xml"),
    "a prefix that is not declared": (lambda: GOOD.replace("<result", "<x:a/><result", 1), "iati.not-xml"),
    "an attribute twice": (lambda: GOOD.replace('ref="T1"', 'ref="T1" ref="T2"'), "iati.not-xml"),
    "a bomb of entities": (billion_laughs, "iati.doctype"),
    "a file of the machine": (
        lambda: '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><iati-activities>&e;</iati-activities>',
        "iati.doctype",
    ),
    "a DTD of elsewhere": (lambda: '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><iati-activities/>', "iati.doctype"),
    "another root": (lambda: "<html><body/></html>", "iati.not-iati"),
    "a root in a namespace": (lambda: '<iati-activities xmlns="urn:x"/>', "iati.not-iati"),
    "elements without end": (lambda: "<iati-activities>" + "<a>" * 5_000_000, "iati.too-deep"),
    "a thousand attributes": (
        lambda: many(1, "<title " + " ".join(f'a{n}="1"' for n in range(1_000)) + "/>"),
        "iati.too-many-attributes",
    ),
    "a text of two million letters": (lambda: many(1, f"<title>{'x' * 2_000_000}</title>"), "iati.text-too-long"),
    "an attribute without end": (lambda: f'<iati-activities version="{"x" * 10_000_000}', "iati.piece-too-long"),
    "a comment without end": (lambda: f"<iati-activities><!-- {'x' * 10_000_000}", "iati.piece-too-long"),
}  # fmt: skip
"""Files that are refused, each with the code."""
