"""What the checker of OCDS files objects to: which findings only warn, how a list of them begins, and their places."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pledgeline.programme.findings import Finding, FindingList, Place, Severity, lasting_code, shortened
from pledgeline.programme.sentences import Sentence, sentence

Path = tuple[str | int, ...]
"""The way to a value: names of fields and places in lists."""

WARNINGS = frozenset(
    {
        "ocds.additional-code",
        "ocds.additional-field",
        "ocds.deprecated",
        "ocds.empty",
        "ocds.negative",
        "ocds.no-section",
        "ocds.published-before",
        "ocds.unknown-award",
        "ocds.unknown-extension",
        "ocds.unknown-party",
    }
)
"""The lasting codes of findings that only warn: an outside checker lists them beside its errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What is wrong with a value to which the path leads, before the file and the line are known."""

    path: Path
    said: Sentence
    excerpt: str = ""

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if lasting_code(self.said) in WARNINGS else Severity.ERROR

    def at(self, file: str, line: int | None) -> Finding:
        place = Place(file=file, line=line, path=self.path, pointer=pointer(self.path))
        return Finding(place=place, said=self.said, excerpt=shortened(self.excerpt), severity=self.severity)


@dataclass(slots=True)
class Objections:
    """The objections of one check, as many as a list of findings holds; repeated ones of one field are one."""

    file: str
    listed: list[Objection] = field(default_factory=list)
    _made: FindingList = field(init=False)

    def __post_init__(self) -> None:
        self._made = FindingList(
            Finding(place=Place(file=self.file), said=sentence("ocds.too-many")), WARNINGS
        )

    def add(self, objections: Iterable[Objection]) -> None:
        for objection in objections:
            has_room = self._made.has_room_for(objection.severity)
            listed = len(self._made.listed)
            self._made.add(objection.at(self.file, None))
            if len(self._made.listed) > listed:
                self.listed.append(objection)
            elif not has_room and self._made.is_full:
                return

    @property
    def is_full(self) -> bool:
        return self._made.is_full

    @property
    def ends(self) -> list[Finding]:
        return self._made.ends


def pointer(path: Path) -> str:
    """Write a path as a JSON pointer (RFC 6901).

    >>> pointer(("releases", 0, "a/b~c")), pointer(())
    ('/releases/0/a~1b~0c', '')
    """
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
