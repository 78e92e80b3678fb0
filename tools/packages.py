"""The packages that run the site: what is locked, under which licence, and who asks for it.

`python -m tools.packages` says what is amiss, and ends with 1 if anything is: a package without a licence that we
have read and may pass on, one that says something else of itself, or more on the disk than a user is promised.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pledgeline.programme.toml import read_toml

CHECKOUT = Path(__file__).resolve().parent.parent
REQUIREMENTS = CHECKOUT / "requirements"
PROJECT = read_toml((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURSELVES = "pledgeline"
MOST_MEGABYTES = 260
"""Once Python has compiled them, some 60 more: a user is promised less than 320."""

PERMISSIVE = frozenset(
    "MIT MIT-0 MIT-CMU BSD-2-Clause BSD-3-Clause 0BSD ISC PSF-2.0 Apache-2.0 Zlib CC0-1.0".split(),
)
WITH_A_NOTE = frozenset({"MPL-2.0", "LGPL-3.0-only"})
"""What may be passed on as well, where somebody has written down why and how."""

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""How a package of the old manner names its licence, and how ours then begins."""

ENVIRONMENTS = [
    {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.0",
        "sys_platform": sys_platform,
        "platform_system": system,
        "os_name": os_name,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for minor in (11, 12, 13, 14)
    for sys_platform, system, os_name in (
        ("linux", "Linux", "posix"),
        ("darwin", "Darwin", "posix"),
        ("win32", "Windows", "nt"),
    )
]
"""Where the site may run: what is asked for in any of these is said to be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A version that is locked, where (a marker, or everywhere), and the digests of its files."""

    name: str
    version: str
    marker: str
    sha256: tuple[str, ...]


def read_lock(name: str) -> list[Pin]:
    """Read the pins of `requirements/NAME.txt`, in its order."""
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    return [
        Pin(
            name=head.group(1),
            version=head.group(2),
            marker=(head.group(3) or "").strip(),
            sha256=tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry)),
        )
        for entry in re.split(r"\n(?=\S)", text.strip())
        if (head := re.match(r"(\S+)==([^\s;]+)(?: ; ([^\\]+))?", entry))
    ]


def read_licences() -> dict[str, dict[str, str]]:
    """Read what we have written down of each package: its `licence`, and where there is one `why` and `note`."""
    return read_toml((REQUIREMENTS / "packages.toml").read_text(encoding="utf-8"))


def asked_by(asked: Iterable[str]) -> dict[str, set[str]]:
    """Say for each package who asks for it, following what each installed one says of itself."""
    found: dict[str, set[str]] = defaultdict(set)
    waiting = [(OURSELVES, Requirement(text)) for text in asked]
    seen: set[tuple[str, str]] = set()
    while waiting:
        who, requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        found[name].add(who)
        for extra in {"", *requirement.extras} - {extra for known, extra in seen if known == name}:
            seen.add((name, extra))
            waiting += [(name, inner) for inner in _requirements(name) if _applies(inner, extra)]
    return dict(found)


def _requirements(name: str) -> list[Requirement]:
    try:
        return [Requirement(text) for text in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:  # one for another system
        return []


def _applies(requirement: Requirement, extra: str) -> bool:
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({**environment, "extra": extra}) for environment in ENVIRONMENTS
    )


def problems() -> Iterator[str]:
    """Say what is amiss, a sentence each."""
    licences = read_licences()
    locked = {pin.name for pin in [*read_lock("run"), *read_lock("pdf")]}
    where = "requirements/packages.toml"
    yield from (f"{name} is locked and has no licence in {where}" for name in sorted(locked - set(licences)))
    yield from (f"{name} is in {where} and is locked no more" for name in sorted(set(licences) - locked))
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["pdf"]]
    ours = {canonicalize_name(Requirement(text).name) for text in asked}
    for name in sorted(locked & set(licences)):
        entry = licences[name]
        yield from _objections(name, entry, said_of_itself(name))
        if (name in ours) != ("why" in entry):
            yield f"{name} needs a `why` in {where} if, and only if, pyproject.toml asks for it"
    size = installed_megabytes(tuple(pin.name for pin in read_lock("run")))
    if size > MOST_MEGABYTES:
        yield f"what a user installs takes {size} MB, more than {MOST_MEGABYTES}"


def _objections(name: str, entry: Mapping[str, str], said: Iterable[str]) -> Iterator[str]:
    parts = _parts(entry["licence"])
    if not parts <= PERMISSIVE | WITH_A_NOTE:
        yield f"{name}: {entry['licence']} is not among the licences that may be passed on"
    if parts & WITH_A_NOTE and "note" not in entry:
        yield f"{name}: {entry['licence']} needs a `note` that says how it may be passed on"
    for words in said:
        if not all(any(part.startswith(word) for part in parts) for word in _parts(words)):
            yield f"{name} says {words} of itself, not {entry['licence']}"


def _parts(expression: str) -> set[str]:
    return set(re.split(r" AND | OR ", expression))


@cache
def said_of_itself(name: str) -> list[str]:
    """Give the licences that the metadata of an installed package name; nothing of one that is not installed."""
    try:
        head: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    if expression := head.get("License-Expression"):
        return [expression]
    classifiers = [
        line.rpartition(" :: ")[2] for line in head.get_all("Classifier", []) if "License ::" in line
    ]
    known = [CLASSIFIERS[line] for line in classifiers if line in CLASSIFIERS]
    return known or [head.get("License") or "nothing"]


@cache
def installed_megabytes(names: tuple[str, ...]) -> int:
    """Add up the files that these packages brought, and our own, without Python's compiled copies of them."""
    files = {
        Path(str(distribution.locate_file(file)))
        for name in names
        for distribution in metadata.distributions(name=name)
        for file in distribution.files or ()
    }
    files |= set((CHECKOUT / "src").rglob("*"))
    return round(sum(file.stat().st_size for file in files if file.is_file() and file.suffix != ".pyc") / 1e6)


def main() -> int:
    amiss = list(problems())
    for line in amiss:
        print(line, file=sys.stderr)
    return 1 if amiss else 0


if __name__ == "__main__":
    sys.exit(main())
