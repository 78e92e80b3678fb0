"""The standard as files: schemas, codelists, mapping and ruleset, from a folder that somebody keeps.

They are no part of this program: whoever checks files fetches them from IATI and says where they lie.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

NEWEST = "2.03"
VERSIONS = ("2.01", "2.02", NEWEST)
"""Those that are read: each takes every file of the ones before it."""

SCHEMAS = {
    "iati-activities": "iati-activities-schema.xsd",
    "iati-organisations": "iati-organisations-schema.xsd",
}


class NoIatiStandards(ValueError):
    """The folder lacks a file of the standard, or holds one that cannot be read: the message is its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codelist:
    """The codes of a list; one that is not `complete` names some of those that there are."""

    name: str
    codes: frozenset[str]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """Where the codes of a list stand: in an attribute, or in the text where there is none, under a condition."""

    path: str
    attribute: str
    codelist: str
    condition: str


class Standards:
    """The standard in one folder, each part of it read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def schema_version(self, version: str) -> str:
        """Say by the schema of which version a file is checked: its own, or else the next newer one there is."""
        newer = VERSIONS[VERSIONS.index(version) :] if version in VERSIONS else (NEWEST,)
        return next((candidate for candidate in newer if self._schemas(candidate).is_dir()), NEWEST)

    def _schemas(self, version: str) -> Path:
        return self._folder / f"schema-{version}"

    def schema(self, root: str, version: str) -> etree.XMLSchema:
        """Give the schema for files with this root.

        Raises:  NoIatiStandards
        """
        path = self._schemas(version) / SCHEMAS[root]
        return _schema(path, _stamp(path))

    def codelists(self) -> Mapping[str, Codelist]:
        """Give every codelist by its name."""
        lists: dict[str, Codelist] = {}
        for kind in ("embedded", "nonembedded"):
            folder = self._folder / "codelists" / kind
            if not folder.is_dir():
                raise NoIatiStandards(str(folder))
            for path in sorted(folder.glob("*.xml")):
                lists[path.stem] = _codelist(path, _stamp(path))
        return lists

    def mapping(self) -> tuple[Mapped, ...]:
        """Give the places of all codes."""
        path = self._folder / "codelists" / "mapping.xml"
        return _mapping(path, _stamp(path))

    def ruleset(self) -> dict[str, object]:
        """Give the rules, by the context that they are about."""
        path = self._folder / "rulesets" / "standard.json"
        try:
            rules: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise NoIatiStandards(str(path)) from None
        return rules


def _stamp(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        raise NoIatiStandards(str(path)) from None


def _parsed(path: Path) -> etree._ElementTree:
    try:
        return etree.parse(str(path), etree.XMLParser(no_network=True, resolve_entities=False))
    except (OSError, etree.XMLSyntaxError):
        raise NoIatiStandards(str(path)) from None


@cache
def _schema(path: Path, _: float) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(_parsed(path))
    except etree.XMLSchemaParseError:
        raise NoIatiStandards(str(path)) from None


@cache
def _codelist(path: Path, _: float) -> Codelist:
    root = _parsed(path).getroot()
    codes = frozenset(code.text.strip() for code in root.iter("code") if code.text)
    return Codelist(name=path.stem, codes=codes, complete=root.get("complete") == "1")


@cache
def _mapping(path: Path, _: float) -> tuple[Mapped, ...]:
    places = []
    for mapping in _parsed(path).getroot().iter("mapping"):
        way, _slash, last = mapping.findtext("path").strip().rpartition("/")
        places.append(
            Mapped(
                path=way,
                attribute=last.removeprefix("@") if last.startswith("@") else "",
                codelist=mapping.find("codelist").get("ref"),
                condition=(mapping.findtext("condition") or "").strip(),
            )
        )
    return tuple(places)
