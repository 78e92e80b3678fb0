"""Release packages and record packages as files, written a process at a time, with exact numbers."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from pledgeline.exchange.ocds.process import Process
from pledgeline.exchange.ocds.releases import EXTENSIONS, Json, releases
from pledgeline.exchange.ocds.standard import VERSION


def release_package(processes: Iterable[Process], *, uri: str, publisher: str) -> Iterator[bytes]:
    """Write the releases of all processes."""
    made = (release for process in processes for release in releases(process))
    return _package("releases", made, lambda release: release, uri=uri, publisher=publisher)


def record_package(processes: Iterable[Process], *, uri: str, publisher: str) -> Iterator[bytes]:
    """Write a record for each process: its releases, and what they say together."""
    made = map(record, processes)
    return _package("records", made, lambda record: record["compiledRelease"], uri=uri, publisher=publisher)


def record(process: Process) -> Json:
    """Give the record of a process."""
    made = releases(process)
    return {"ocid": process.ocid, "releases": made, "compiledRelease": compiled(made)}


def compiled(made: list[Json]) -> Json:
    """Merge the releases of one process, the oldest first, as the standard says."""
    merged: Json = {}
    for release in made:
        merged = merged_objects(
            merged, {name: value for name, value in release.items() if name not in ("id", "date", "tag")}
        )
    last = made[-1]
    return {**merged, "id": f"{last['ocid']}-{last['date']}", "date": last["date"], "tag": ["compiled"]}


def merged_objects(before: Json, after: Json) -> Json:
    """Merge two objects: fields one by one, lists of things with ids by their ids; all else is replaced."""
    result = dict(before)
    for name, value in after.items():
        there = result.get(name)
        if isinstance(value, dict) and isinstance(there, dict):
            result[name] = merged_objects(there, value)
        elif isinstance(value, list) and isinstance(there, list) and _have_ids([*there, *value]):
            result[name] = _merged_lists(there, value)
        else:
            result[name] = value
    return result


def _have_ids(parts: list[object]) -> bool:
    return all(isinstance(part, dict) and "id" in part for part in parts)


def _merged_lists(before: list[Json], after: list[Json]) -> list[Json]:
    found = {part["id"]: part for part in before}
    for part in after:
        found[part["id"]] = merged_objects(found.get(part["id"], {}), part)
    return list(found.values())


def _package(
    name: str, parts: Iterable[Json], dated: Callable[[Json], Json], *, uri: str, publisher: str
) -> Iterator[bytes]:
    """Write the parts as they come; when the last one is written, the time of the newest is known."""
    newest = ""
    yield f"{{{json.dumps(name)}:[".encode()
    for number, part in enumerate(parts):
        newest = max(newest, str(dated(part)["date"]))
        yield f"{',' if number else ''}\n{exact_json(part)}".encode()
    head = {
        "uri": uri,
        "version": VERSION,
        "extensions": list(EXTENSIONS),
        "publishedDate": newest,
        "publisher": {"name": publisher},
    }
    yield f"\n],\n{exact_json(head)[1:]}\n".encode()


def exact_json(value: object) -> str:
    """Write JSON in which a decimal number has the digits that it has; no float comes near it.

    >>> exact_json({"amount": Decimal("900.50")})
    '{"amount":900.50}'
    """
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(name)}:{exact_json(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(exact_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
