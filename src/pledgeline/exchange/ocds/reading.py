"""A file of OCDS, opened: its value and its kind, and the lines of what is found wrong in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pledgeline.exchange.ocds.catalogue import Objection, Path
from pledgeline.exchange.ocds.text import NotJson, lines_of, read_json
from pledgeline.programme.findings import Finding
from pledgeline.programme.sentences import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file that was read; of one that cannot be read as OCDS `kind` is empty, and `findings` say why."""

    file: str
    kind: str = ""
    value: Any = None
    text: str = ""
    findings: tuple[Finding, ...] = ()

    def placed(self, objections: Iterable[Objection]) -> list[Finding]:
        """Give objections as findings with their lines, in the order of the file."""
        listed = [(objection, _there(objection.path, self.value)) for objection in objections]
        lines = lines_of(self.text, {there for _objection, there in listed})
        findings = [objection.at(self.file, lines.get(there)) for objection, there in listed]
        return sorted(findings, key=lambda finding: finding.place.line or 0)


def read(content: bytes, file: str) -> Opened:
    """Read a file of any of the kinds: release package, record package, record or release."""
    try:
        value, text = read_json(content)
        return Opened(file=file, kind=_kind(value), value=value, text=text)
    except NotJson as problem:
        return Opened(
            file=file, findings=tuple(objection.at(file, line) for objection, line in problem.faults)
        )


def _kind(value: object) -> str:
    """Say of which kind a value is, by the fields that each kind must have."""
    if isinstance(value, Mapping):
        if "records" in value:
            return "record-package"
        if "compiledRelease" in value:
            return "record"
        if "releases" in value:
            return "record" if "ocid" in value else "release-package"
        if "ocid" in value:
            return "release"
    raise NotJson((Objection(path=(), said=sentence("ocds.no-standard")), 1))


def _there(path: Path, value: object) -> Path:
    """Give as much of a path as the value has."""
    at: Any = value
    for place, part in enumerate(path):
        try:
            at = at[part]
        except (KeyError, IndexError, TypeError):
            return path[:place]
    return path
