"""What the text of the standard asks and its schema does not: ids, references, times, amounts, periods.

Each function takes a value in the form of the schema or any other, and objects only where the form is right.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from numbers import Number
from typing import Any

from pledgeline.exchange.ocds.catalogue import Objection, Path
from pledgeline.exchange.ocds.fields import no_section
from pledgeline.exchange.ocds.schema import moment
from pledgeline.exchange.ocds.standard import VERSION, Standard
from pledgeline.programme.sentences import sentence

PREFIX = re.compile(r"ocds-[a-z0-9]{6}")
COMPILED = "compiled"
PARTY_FIELDS = frozenset("buyer procuringEntity tenderers suppliers payer payee sourceParty funders".split())
"""The fields that point to an organisation of the list of parties."""

Object = Mapping[str, Any]


def of_package(package: Object, standard: Standard) -> Iterator[Objection]:
    """Look at what a package says of itself: its version, and its extensions."""
    version = package.get("version")
    if isinstance(version, str) and version != VERSION:
        yield Objection(path=("version",), said=sentence("ocds.version", wanted=VERSION), excerpt=version)
    for place, address in enumerate(parts_of(package.get("extensions"))):
        if isinstance(address, str) and not standard.extension_at(address):
            said = sentence("ocds.unknown-extension")
            yield Objection(path=("extensions", place), said=said, excerpt=address)


def of_release(
    release: Object, path: Path, *, published: object = None, awards: Collection[object] = ()
) -> Iterator[Objection]:
    """Look at one release, compiled or not; `awards` are the ids of those that its process has in the file."""
    yield from _prefix(release, path)
    yield from _compiled(release, path)
    yield from no_section(release, path)
    yield from _awards(release, path, awards)
    if (made := moment(release.get("date"))) and (given := moment(published)) and given < made:
        yield Objection(path=(*path, "date"), said=sentence("ocds.published-before"))
    parties = {
        party["id"]
        for party in parts_of(release.get("parties"))
        if isinstance(party, Mapping) and isinstance(party.get("id"), str | int)
    }
    yield from _within(release, path, parties)


def of_record(record: Object, path: Path) -> Iterator[Objection]:
    """Look at one record: everything in it is of one process, in the order of time."""
    yield from _prefix(record, path)
    ocid = record.get("ocid")
    releases = parts_of(record.get("releases"))
    inner: list[tuple[Path, object]] = [
        (("releases", place), release) for place, release in enumerate(releases)
    ]
    for name in ("compiledRelease", "versionedRelease"):
        inner.append(((name,), record.get(name)))
    for below, release in inner:
        if ocid and isinstance(release, Mapping) and release.get("ocid", ocid) != ocid:
            yield Objection(path=(*path, *below, "ocid"), said=sentence("ocds.another-ocid"))
    compiled = record.get("compiledRelease")
    if isinstance(compiled, Mapping) and compiled.get("tag", [COMPILED]) != [COMPILED]:
        yield Objection(path=(*path, "compiledRelease", "tag"), said=sentence("ocds.compiled.record"))
    yield from _order(releases, (*path, "releases"))
    versioned = record.get("versionedRelease")
    if isinstance(versioned, Mapping):
        ids = (release.get("id") for release in releases if isinstance(release, Mapping))
        known = {key for key in ids if isinstance(key, str)}
        yield from _versions(versioned, (*path, "versionedRelease"), known)


def _prefix(value: Object, path: Path) -> Iterator[Objection]:
    ocid = value.get("ocid")
    if isinstance(ocid, str) and ocid and not PREFIX.match(ocid):
        yield Objection(path=(*path, "ocid"), said=sentence("ocds.prefix"), excerpt=ocid)


def _compiled(release: Object, path: Path) -> Iterator[Objection]:
    tags = release.get("tag")
    if isinstance(tags, list) and COMPILED in tags and (len(tags) > 1 or path[-1:] != ("compiledRelease",)):
        yield Objection(path=(*path, "tag"), said=sentence("ocds.compiled.release"))


def _order(releases: list[object], path: Path) -> Iterator[Objection]:
    before = None
    for place, release in enumerate(releases):
        made = moment(release.get("date")) if isinstance(release, Mapping) else None
        if made and before and made < before:
            yield Objection(path=(*path, place, "date"), said=sentence("ocds.order"))
        before = made or before


def awards_of(releases: Iterable[object]) -> dict[object, set[object]]:
    """Give the ids of the awards in all releases of each process, by its ocid."""
    found: dict[object, set[object]] = {}
    for release in releases:
        if isinstance(release, Mapping) and isinstance(release.get("ocid"), str):
            awards = (award for award in parts_of(release.get("awards")) if isinstance(award, Mapping))
            ids = {award["id"] for award in awards if isinstance(award.get("id"), str | int)}
            found.setdefault(release["ocid"], set()).update(ids)
    return found


def _awards(release: Object, path: Path, awards: Collection[object]) -> Iterator[Objection]:
    for place, contract in enumerate(parts_of(release.get("contracts"))):
        award = contract.get("awardID") if isinstance(contract, Mapping) else None
        if isinstance(award, str | int) and award not in awards:
            said = sentence("ocds.unknown-award")
            yield Objection(path=(*path, "contracts", place, "awardID"), said=said, excerpt=str(award))


def _within(value: object, path: Path, parties: set[object]) -> Iterator[Objection]:
    """Walk everything that a release holds."""
    if isinstance(value, list):
        yield from _same_ids(value, path)
        for place, item in enumerate(value):
            yield from _within(item, (*path, place), parties)
    elif isinstance(value, Mapping):
        yield from _amount(value, path)
        yield from _period(value, path)
        if path and _names_a_party(path):
            yield from _party(value, path, parties)
        for name, inner in value.items():
            if isinstance(inner, Mapping | list):
                yield from _within(inner, (*path, name), parties)


def _same_ids(items: list[object], path: Path) -> Iterator[Objection]:
    seen: dict[str, int] = {}
    for place, item in enumerate(items):
        key = item.get("id") if isinstance(item, Mapping) else None
        if isinstance(key, str | int) and not isinstance(key, bool):
            if str(key) in seen:
                said = sentence("ocds.same-id", first=seen[str(key)])
                yield Objection(path=(*path, place, "id"), said=said, excerpt=str(key))
            seen.setdefault(str(key), place)


def _amount(value: Object, path: Path) -> Iterator[Objection]:
    amount = value.get("amount")
    if not isinstance(amount, Number) or isinstance(amount, bool):
        return
    if not value.get("currency"):
        yield Objection(path=(*path, "amount"), said=sentence("ocds.no-currency"), excerpt=str(amount))
    if amount < 0:  # type: ignore[operator]
        yield Objection(path=(*path, "amount"), said=sentence("ocds.negative"), excerpt=str(amount))


def _period(value: Object, path: Path) -> Iterator[Objection]:
    begins, ends = moment(value.get("startDate")), moment(value.get("endDate"))
    if begins and ends and ends < begins:
        yield Objection(path=(*path, "endDate"), said=sentence("ocds.period"), excerpt=value["endDate"])


def _names_a_party(path: Path) -> bool:
    return path[-1] in PARTY_FIELDS or (len(path) > 1 and path[-2] in PARTY_FIELDS)


def _party(value: Object, path: Path, parties: set[object]) -> Iterator[Objection]:
    key = value.get("id")
    if isinstance(key, str | int) and key not in parties:
        yield Objection(path=(*path, "id"), said=sentence("ocds.unknown-party"), excerpt=str(key))


def _versions(value: object, path: Path, known: set[str]) -> Iterator[Objection]:
    """Look at the history of every field: where it comes from, and in which order."""
    if isinstance(value, list):
        if value and all(isinstance(item, Mapping) and "releaseID" in item for item in value):
            yield from _order([{"date": item.get("releaseDate")} for item in value], path)
            for place, item in enumerate(value):
                if known and isinstance(item["releaseID"], str) and item["releaseID"] not in known:
                    said = sentence("ocds.unknown-release")
                    at = (*path, place, "releaseID")
                    yield Objection(path=at, said=said, excerpt=str(item["releaseID"]))
            return
        yield from _same_ids(value, path)
        for place, item in enumerate(value):
            yield from _versions(item, (*path, place), known)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if isinstance(inner, Mapping | list):
                yield from _versions(inner, (*path, name), known)


def parts_of(value: object) -> list[Any]:
    """Give the parts of a list; of anything else none."""
    return value if isinstance(value, list) else []
