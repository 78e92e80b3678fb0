"""The standard as its folder has it: schemas with the extensions that a package names, and codelists."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pledgeline.exchange.standards import NoStandards, standard_folder
from pledgeline.programme.sentences import sentence

VERSION = "1.1"
SCHEMAS = "schema-1.1.5"

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OcdsCodelist:
    """Codes of one field; `deprecated` are those that should be used no longer."""

    name: str
    codes: frozenset[str]
    deprecated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What an extension adds: a patch of the schema of a release, and codelists."""

    name: str
    patch: Schema
    codelists: Mapping[str, OcdsCodelist]

    @property
    def fields(self) -> frozenset[str]:
        """Give the names of all fields that it has anywhere."""
        return frozenset(_property_names(self.patch))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """The schemas of release, packages and versioned release, the codelists, and the extensions by their names."""

    release: Schema
    versioned: Schema
    release_package: Schema
    record_package: Schema
    codelists: Mapping[str, OcdsCodelist]
    extensions: Mapping[str, Extension] = field(default_factory=dict)

    def extended(self, names: Iterable[str]) -> "Standard":
        """Give the standard with these extensions, each applied once, in their order."""
        release, codelists = self.release, dict(self.codelists)
        for name in dict.fromkeys(names):
            extension = self.extensions[name]
            release = merged(release, extension.patch)
            for key, codelist in extension.codelists.items():
                codelists[key.lstrip("+-")] = _joined(codelists.get(key.lstrip("+-")), key, codelist)
        return Standard(
            release=release,
            versioned=self.versioned,
            release_package=self.release_package,
            record_package=self.record_package,
            codelists=codelists,
            extensions=self.extensions,
        )

    def extension_at(self, address: str) -> str:
        """Name the extension of an address, whatever its version; "" where the folder has none of that name."""
        try:
            parts = urlsplit(address).path.split("/")
        except ValueError:
            return ""
        return next((name for name in self.extensions if name in parts), "")


def load_standard(folder: str) -> Standard:
    """Read the standard from the folder of outside standards.

    Raises:  NoStandards where it is not there, or a part of it cannot be read.
    """
    home = standard_folder("ocds", folder)
    schemas = home / SCHEMAS
    return Standard(
        release=_schema(schemas / "release-schema.json"),
        versioned=_schema(schemas / "versioned-release-validation-schema.json"),
        release_package=_schema(schemas / "release-package-schema.json"),
        record_package=_schema(schemas / "record-package-schema.json"),
        codelists=_codelists(schemas / "codelists"),
        extensions={
            path.parent.name: Extension(
                name=path.parent.name, patch=_schema(path), codelists=_codelists(path.parent / "codelists")
            )
            for path in sorted(home.glob("extensions/*/release-schema.json"))
        },
    )


def _schema(path: Path) -> Schema:
    try:
        read = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise NoStandards(sentence("standards.damaged", file=str(path)))
    return read


def _codelists(folder: Path) -> dict[str, OcdsCodelist]:
    return {path.name: _codelist(path) for path in sorted(folder.glob("*.csv"))}


def _codelist(path: Path) -> OcdsCodelist:
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        codes = frozenset(row["Code"] for row in rows)
        old = frozenset(row["Code"] for row in rows if row.get("Deprecated"))
    except (OSError, ValueError, KeyError, csv.Error):
        raise NoStandards(sentence("standards.damaged", file=str(path))) from None
    return OcdsCodelist(name=path.name, codes=codes, deprecated=old)


def _joined(there: OcdsCodelist | None, key: str, more: OcdsCodelist) -> OcdsCodelist:
    """Add the codes of `+name.csv`, take away those of `-name.csv`, or take a list that is new."""
    if there is None or not key.startswith(("+", "-")):
        return more
    codes = there.codes | more.codes if key.startswith("+") else there.codes - more.codes
    return OcdsCodelist(name=there.name, codes=codes, deprecated=there.deprecated | more.deprecated)


def merged(target: object, patch: object) -> Any:
    """Apply a JSON merge patch (RFC 7396), changing neither.

    >>> merged({"a": 1, "b": {"c": 2}}, {"a": None, "b": {"d": 3}})
    {'b': {'c': 2, 'd': 3}}
    """
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def _property_names(schema: object) -> Iterable[str]:
    if not isinstance(schema, Mapping):
        return
    for key, value in schema.items():
        if key == "properties" and isinstance(value, Mapping):
            yield from value
            for part in value.values():
                yield from _property_names(part)
        else:
            yield from _property_names(value)
