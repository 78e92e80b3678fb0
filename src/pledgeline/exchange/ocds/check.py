"""Check a file of the Open Contracting Data Standard: form, schema with extensions, codelists, and its other rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pledgeline.exchange.ocds import rules
from pledgeline.exchange.ocds.catalogue import Objection, Objections, Path
from pledgeline.exchange.ocds.fields import Fields
from pledgeline.exchange.ocds.reading import read
from pledgeline.exchange.ocds.rules import Object, parts_of
from pledgeline.exchange.ocds.schema import ReadySchema
from pledgeline.exchange.ocds.standard import Schema, Standard
from pledgeline.programme.findings import Finding
from pledgeline.programme.sentences import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class OcdsCheck:
    """What a check says: of which kind the file is, "" where it cannot be read, and everything wrong with it."""

    kind: str
    findings: tuple[Finding, ...]
    releases: int = 0

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)


def check(content: bytes, file: str, standard: Standard) -> OcdsCheck:
    """Check a release package, a record package, a record or a release; findings stand in the order of the file."""
    opened = read(content, file)
    if not opened.kind:
        return OcdsCheck(kind="", findings=opened.findings)
    found = Objections(file)
    look = _Look(opened.value, opened.kind, standard)
    found.add(look.objections())
    findings = (*opened.placed(found.listed), *found.ends)
    return OcdsCheck(kind=opened.kind, findings=findings, releases=look.releases)


class _Look:
    """One look at a value: its schemas are made ready once, its releases are looked at one after the other."""

    def __init__(self, value: Object, kind: str, standard: Standard) -> None:
        self.releases = 0
        self._value, self._kind, self._plain = value, kind, standard
        named = map(standard.extension_at, _texts(value.get("extensions")))
        self._standard = standard.extended(name for name in named if name)
        self._fields = Fields(self._standard)
        self._release = ReadySchema(self._standard.release)
        self._versioned = ReadySchema(self._standard.versioned)
        record = standard.record_package["definitions"]["record"]
        self._record = ReadySchema(_shallow(record, "releases", "compiledRelease", "versionedRelease"))
        self._linked = ReadySchema(record["properties"]["releases"]["oneOf"][0]["items"])
        self._published = value.get("publishedDate")
        self._awards = rules.awards_of(release for release, _path in releases_of(value, kind))

    def objections(self) -> Iterator[Objection]:
        yield from self._in_package()
        yield from self._fields.objections

    def _in_package(self) -> Iterator[Objection]:
        value = self._value
        if self._kind == "release":
            yield from self._one_release(value, ())
        elif self._kind == "record":
            yield from self._one_record(value, ())
        elif self._kind == "release-package":
            yield from self._package(self._plain.release_package, "releases")
            for place, release in enumerate(parts_of(value["releases"])):
                yield from self._one_release(release, ("releases", place))
        else:
            yield from self._package(self._plain.record_package, "records")
            for place, record in enumerate(parts_of(value["records"])):
                yield from self._one_record(record, ("records", place))

    def _package(self, schema: Schema, parts: str) -> Iterator[Objection]:
        yield from ReadySchema(_shallow(schema, parts)).objections(self._value)
        yield from rules.of_package(self._value, self._plain)
        field = "ocid" if parts == "records" else "id"
        seen: dict[str, int] = {}
        for place, part in enumerate(parts_of(self._value[parts])):
            key = part.get(field) if isinstance(part, Mapping) else None
            if isinstance(key, str) and key in seen:
                said = sentence(f"ocds.same-{field}", first=seen[key])
                yield Objection(path=(parts, place, field), said=said, excerpt=key)
            elif isinstance(key, str):
                seen[key] = place

    def _one_release(self, release: object, path: Path) -> Iterator[Objection]:
        self.releases += 1
        yield from self._release.objections(release, path)
        if isinstance(release, Mapping):
            ocid = release.get("ocid")
            awards = self._awards.get(ocid, set()) if isinstance(ocid, str) else set()
            yield from rules.of_release(release, path, published=self._published, awards=awards)
            self._fields.look(release, path)

    def _one_record(self, record: object, path: Path) -> Iterator[Objection]:
        yield from self._record.objections(record, path)
        if not isinstance(record, Mapping):
            return
        yield from rules.of_record(record, path)
        for place, release in enumerate(parts_of(record.get("releases"))):
            at = (*path, "releases", place)
            if isinstance(release, Mapping) and "url" in release and "ocid" not in release:
                yield from self._linked.objections(release, at)
            else:
                yield from self._one_release(release, at)
        if "compiledRelease" in record:
            yield from self._one_release(record["compiledRelease"], (*path, "compiledRelease"))
        if "versionedRelease" in record:
            at = (*path, "versionedRelease")
            yield from self._versioned.objections(record["versionedRelease"], at)


def releases_of(value: Object, kind: str) -> Iterator[tuple[Any, Path]]:
    """Give every release of a file with the way to it, whatever form it has; the compiled one of a record last."""
    if kind == "release":
        yield value, ()
    elif kind == "release-package":
        for place, release in enumerate(parts_of(value["releases"])):
            yield release, ("releases", place)
    elif kind == "record":
        yield from _in_record(value, ())
    else:
        for place, record in enumerate(parts_of(value["records"])):
            yield from _in_record(record, ("records", place))


def _in_record(record: object, path: Path) -> Iterator[tuple[Any, Path]]:
    if isinstance(record, Mapping):
        for place, release in enumerate(parts_of(record.get("releases"))):
            yield release, (*path, "releases", place)
        yield record.get("compiledRelease"), (*path, "compiledRelease")


def _shallow(schema: Schema, *parts: str) -> Schema:
    """Give a schema that looks at some of its lists from outside only: their parts are looked at one by one."""
    shallow = {
        name: {"type": "array", "minItems": 1}
        if name.endswith(("releases", "records"))
        else {"type": "object"}
        for name in parts
    }
    return {**schema, "properties": {**schema["properties"], **shallow}}


def _texts(value: object) -> list[str]:
    return [part for part in parts_of(value) if isinstance(part, str)]
