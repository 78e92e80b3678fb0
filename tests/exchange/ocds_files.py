"""A good release package and a good record package, invented, and ways to spoil them, each with its finding."""

import copy
import json
import os
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

FOLDER = os.environ.get("PLEDGELINE_STANDARDS", "")
needs_standard = pytest.mark.skipif(not FOLDER, reason="PLEDGELINE_STANDARDS names no folder of standards")

EXTENSION = "https://example.org/extensions/ocds_budget_breakdown_extension/v1/extension.json"

RELEASE = {
    "ocid": "ocds-aaaaaa-harbour-1",
    "id": "harbour-1-r1",
    "date": "2026-01-02T00:00:00Z",
    "tag": ["award", "contract"],
    "initiationType": "tender",
    "parties": [
        {"id": "P1", "name": "Ministry of Harbours", "roles": ["buyer", "procuringEntity"]},
        {"id": "P2", "name": "Maker A", "roles": ["supplier"]},
    ],
    "buyer": {"id": "P1", "name": "Ministry of Harbours"},
    "planning": {
        "budget": {
            "budgetBreakdown": [
                {"id": "b1", "amount": {"amount": 900.5, "currency": "EUR"}, "sourceParty": {"id": "P1"}}
            ]
        }
    },
    "tender": {
        "id": "T1",
        "status": "complete",
        "procurementMethod": "direct",
        "tenderPeriod": {"startDate": "2026-01-01T00:00:00Z", "endDate": "2026-01-02T00:00:00Z"},
    },
    "awards": [
        {
            "id": "A1",
            "status": "active",
            "value": {"amount": 900.5, "currency": "EUR"},
            "suppliers": [{"id": "P2", "name": "Maker A"}],
        }
    ],
    "contracts": [
        {
            "id": "C1",
            "awardID": "A1",
            "status": "active",
            "items": [{"id": "I1", "description": "Buoys", "quantity": 3, "unit": {"name": "unit"}}],
        }
    ],
}
PACKAGE = {
    "uri": "https://example.org/package.json",
    "version": "1.1",
    "extensions": [EXTENSION],
    "publishedDate": "2026-01-03T00:00:00Z",
    "publisher": {"name": "Ministry of Harbours"},
    "releases": [RELEASE],
}
LINKED = {"url": "https://example.org/package.json#harbour-1-r1", "date": "2026-01-02T00:00:00Z"}
RECORD = {
    "ocid": RELEASE["ocid"],
    "releases": [LINKED],
    "compiledRelease": {**RELEASE, "tag": ["compiled"]},
    "versionedRelease": {
        "ocid": RELEASE["ocid"],
        "initiationType": [
            {
                "releaseID": "harbour-1-r1",
                "releaseDate": "2026-01-02T00:00:00Z",
                "releaseTag": ["award"],
                "value": "tender",
            }
        ],
    },
}
RECORDS = {**{name: PACKAGE[name] for name in PACKAGE if name != "releases"}, "records": [RECORD]}


class Broken(NamedTuple):
    """A value that is put in a place of the good package, and the finding that it causes, there or elsewhere."""

    code: str
    put_at: str
    value: Any
    found_at: str | None = None
    of: dict[str, Any] = PACKAGE


GONE = object()
R, C = "/releases/0", "/records/0/compiledRelease"
VERSIONED = "/records/0/versionedRelease/initiationType"

BROKEN = [
    Broken("ocds.missing", f"{R}/ocid", GONE, R),
    Broken("ocds.missing", "/publisher", GONE, ""),
    Broken("ocds.missing", f"{R}/contracts/0/awardID", GONE, f"{R}/contracts/0"),
    Broken("ocds.missing", "/records/0/releases/0/date", GONE, "/records/0/releases/0", RECORDS),
    Broken("ocds.missing", "/ocid", GONE, "", RECORD),
    Broken("ocds.type", f"{R}/awards/0/value/amount", "900.5"),
    Broken("ocds.type", f"{R}/parties", {"id": "P1"}),
    Broken("ocds.type", f"{R}/tag", "award"),
    Broken("ocds.type", "/releases", {"0": RELEASE}),
    Broken("ocds.type", "/releases/0", "a release"),
    Broken("ocds.type", f"{VERSIONED}/0/releaseID", 5, of=RECORDS),
    Broken("ocds.type", f"{VERSIONED}/0/releaseID", ["r1"], of=RECORDS),
    Broken("ocds.type", VERSIONED, "tender", of=RECORDS),
    Broken("ocds.code", f"{R}/tag/0", "awarded"),
    Broken("ocds.code", f"{R}/awards/0/status", "done"),
    Broken("ocds.code", f"{R}/awards/0/value/currency", "EURO"),
    Broken("ocds.code", f"{R}/tender/procurementMethod", "Direct"),
    Broken("ocds.date", f"{R}/date", "2026-01-02"),
    Broken("ocds.date", f"{R}/date", "2026-01-02T00:00:00"),
    Broken("ocds.date", f"{R}/date", "2026-02-30T00:00:00Z"),
    Broken("ocds.date", f"{R}/tender/tenderPeriod/startDate", "02/01/2026"),
    Broken("ocds.address", "/uri", "package.json"),
    Broken("ocds.address", "/extensions/0", "budget breakdown"),
    Broken("ocds.nothing-in-it", "/releases", []),
    Broken("ocds.nothing-in-it", f"{R}/id", ""),
    Broken("ocds.twice", f"{R}/awards", [{"id": "A1"}, {"id": "A1"}]),
    Broken("ocds.pattern", "/version", "1"),
    Broken("ocds.version", "/version", "1.0"),
    Broken("ocds.prefix", f"{R}/ocid", "harbour-1"),
    Broken("ocds.prefix", f"{R}/ocid", "OCDS-aaaaaa-1"),
    Broken("ocds.another-ocid", f"{C}/ocid", "ocds-aaaaaa-other", of=RECORDS),
    Broken("ocds.same-id", f"{R}/parties/1/id", "P1"),
    Broken("ocds.same-id", "/releases", [RELEASE, {**RELEASE, "date": "2026-01-03T00:00:00Z"}], "/releases/1/id"),
    Broken("ocds.same-ocid", "/records", [RECORD, {**RECORD, "releases": [{**LINKED, "url": None}]}],
           "/records/1/ocid", RECORDS),
    Broken("ocds.compiled", f"{R}/tag", ["compiled"]),
    Broken("ocds.compiled", f"{C}/tag", ["award"], of=RECORDS),
    Broken("ocds.order", "/records/0/releases", [LINKED, {**LINKED, "date": "2025-01-01T00:00:00Z"}],
           "/records/0/releases/1/date", RECORDS),
    Broken("ocds.unknown-release", "/records/0/releases", [RELEASE], f"{VERSIONED}/0/releaseID",
           {**RECORDS, "records": [{**RECORD, "versionedRelease": {
               **RECORD["versionedRelease"],
               "initiationType": [{**RECORD["versionedRelease"]["initiationType"][0], "releaseID": "r9"}]}}]}),
    Broken("ocds.no-currency", f"{R}/awards/0/value/currency", GONE, f"{R}/awards/0/value/amount"),
    Broken("ocds.period", f"{R}/tender/tenderPeriod/endDate", "2025-12-31T00:00:00Z"),
    Broken("ocds.negative", f"{R}/awards/0/value/amount", -1),
    Broken("ocds.empty", f"{R}/language", None),
    Broken("ocds.additional-field", f"{R}/parties/0/shoeSize", 44),
    Broken("ocds.additional-field", f"{R}/Buyer", {"id": "P1"}),
    Broken("ocds.additional-field", "/extensions", GONE, f"{R}/planning/budget/budgetBreakdown"),
    Broken("ocds.additional-code", f"{R}/parties/1/roles/0", "seller", f"{R}/parties/1/roles"),
    Broken("ocds.deprecated", f"{R}/planning/budget/source", "The harbour"),
    Broken("ocds.deprecated", f"{R}/tender/awardCriteria", "lowestCost"),
    Broken("ocds.no-section", f"{R}/contracts", GONE, f"{R}/tag"),
    Broken("ocds.published-before", "/publishedDate", "2026-01-01T00:00:00Z", f"{R}/date"),
    Broken("ocds.unknown-award", f"{R}/contracts/0/awardID", "A9"),
    Broken("ocds.unknown-party", f"{R}/awards/0/suppliers/0/id", "P9"),
    Broken("ocds.unknown-extension", "/extensions/0", "https://example.org/ocds_shoes_extension/extension.json"),
]  # fmt: skip

GOOD_TEXT = json.dumps(PACKAGE)
UNREAD: dict[str, tuple[bytes, str, int | None]] = {
    "nothing": (b"", "ocds.no-byte", None),
    "blanks": (b" \n ", "ocds.no-byte", None),
    "cut off": (GOOD_TEXT[:-200].encode(), "ocds.not-json", 1),
    "a comma too many": (b'{"ocid": "a",\n}', "ocds.not-json", 2),
    "single quotes": (b"{'ocid': 1}", "ocds.not-json", 1),
    "two values": (b'{"ocid": "a"}\n{"ocid": "b"}', "ocds.not-json", 2),
    "a bracket too many": (b'{"ocid": "a"}]', "ocds.not-json", 1),
    "a page": (b"<html></html>", "ocds.not-json", 1),
    "packed": (b"PK\x03\x04" + b"\x00" * 50, "ocds.not-json", None),
    "gzip": (b"\x1f\x8b\x08 abc", "ocds.not-json", None),
    "Latin 1": (b'{"ocid":\n"\xe9t\xe9"}', "ocds.not-utf-8", 2),
    "UTF-16": (GOOD_TEXT.encode("utf-16"), "ocds.not-utf-8", None),
    "UTF-32": (GOOD_TEXT.encode("utf-32-be"), "ocds.not-utf-8", None),
    "NaN": (b'{"ocid": "a",\n "amount": NaN}', "ocds.not-json", 2),
    "Infinity": (b'{"ocid": -Infinity}', "ocds.not-json", 1),
    "a field twice": (b'{"ocid": "a",\n\n"ocid": "b"}', "ocds.field-twice", 3),
    "a field twice, once in escapes": (b'{"ocid": "a", "\\u006fcid": "b"}', "ocds.field-twice", 1),
    "a field twice, far in": (b'{"releases": [{"a": {"b": 1,\n"b": 2}}]}', "ocds.field-twice", 2),
    "half of a letter": (b'{"ocid": "\\ud83d"}', "ocds.half-a-letter", 1),
    "a name of half a letter": (b'{"\\ud83d": 1}', "ocds.half-a-letter", 1),
    "a long number": (b'{"ocid": ' + b"9" * 5000 + b"}", "ocds.number-too-long", 1),
    "a large exponent": (b'{"ocid": 1e999999999}', "ocds.number-too-long", 1),
    "deep lists": (b"[" * 100_000, "ocds.too-deep", 1),
    "deep objects": (b'{"a":' * 100_000, "ocds.too-deep", 1),
    "a list": (b"[1, 2]", "ocds.no-standard", 1),
    "a text": (b'"ocid"', "ocds.no-standard", 1),
    "another object": (b'{"type": "FeatureCollection", "features": []}', "ocds.no-standard", 1),
}
"""Files that cannot be read as OCDS, with the finding and its line."""


def spoiled(broken: Broken) -> bytes:
    """Give the file, a field on each line."""
    value = copy.deepcopy(broken.of)
    *parts, last = broken.put_at.removeprefix("/").split("/")
    at: Any = value
    for part in parts:
        at = at[int(part) if isinstance(at, list) else part]
    if broken.value is GONE:
        del at[last]
    else:
        at[int(last) if isinstance(at, list) else last] = copy.deepcopy(broken.value)
    return json.dumps(value, indent=1).encode()


def line_of(content: bytes, pointer: str, find: Callable[[str], bool] = lambda line: True) -> int:
    """Find the line of a value in a file with a field on each line, by its names alone."""
    lines, at = content.decode().split("\n"), 0
    value: Any = json.loads(content)
    for part in pointer.removeprefix("/").split("/") if pointer else ():
        indent = len(lines[at]) - len(lines[at].lstrip()) + 1
        if isinstance(value, list):
            at = [
                n
                for n, line in enumerate(lines)
                if n > at and line[:indent].isspace() and line[indent] not in " ]}"
            ][int(part)]
            value = value[int(part)]
        else:
            at = next(
                n for n, line in enumerate(lines) if n > at and line.startswith(" " * indent + f'"{part}"')
            )
            value = value[part]
    return at + 1
