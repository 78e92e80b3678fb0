"""A scenario that a visitor names, sends or finds in an address: read with the same care as a file.

What somebody with a role writes is kept for the people of a programme, under a short name. What a visitor without
one writes is carried by its address, packed: nothing that a stranger invents is kept on the site, and whoever gets
the address sees the same. So it may be as long as an address may be.
"""

import base64
import binascii
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.guarantees import Case, read_cases
from pledgeline.guarantees.checking import moment_in
from pledgeline.guarantees.toml_tables import moment_of
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import sentence
from pledgeline.queries.saved_scenarios import versions_of_scenario
from pledgeline.queries.scenarios import too_much, usual_moment
from pledgeline.records.models import ScenarioVersion
from pledgeline.records.register import READY
from pledgeline.web.asked import visitor
from pledgeline.web.guarantees.asked import Room
from pledgeline.web.parameters import Parameters, parameters_of

WRITTEN = "written"
"""Stands in an address where a ready scenario has its name."""

LONGEST_PACKED = 6_000
"""Units: characters of the address. About a hundred events; an address of the site has 8,000 at most."""

LONGEST_UNPACKED = 60_000
"""Units: characters. What a hundred events take is half of it: a short address must not become a long text."""

LONGEST_TEXT = 200_000
"""Units: characters of a text that is sent in a form or a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedScenario:
    """A scenario as it was asked for: its text, its case, and what was found wrong."""

    name: str
    text: str
    packed: str
    cases: tuple[Case, ...]
    case: Case | None
    findings: tuple[Finding, ...]
    as_of: datetime | None
    with_standing: bool
    usual: datetime | None = None
    left_open: frozenset[str] = frozenset()
    version: ScenarioVersion | None = None
    versions: tuple[ScenarioVersion, ...] = ()

    @property
    def is_report(self) -> bool:
        """Say whether it was entered as something that has happened."""
        return self.version is not None and self.version.is_report

    @property
    def is_newest(self) -> bool:
        return bool(self.versions) and self.version == self.versions[0]

    @property
    def parameters(self) -> dict[str, str]:
        """Give what an address needs to ask for the same."""
        found = {"s": self.packed} if self.packed else {}
        if self.version is not None and not self.is_newest:
            found["version"] = str(self.version.number)
        if self.version is None and self.left_open:
            found["open"] = ",".join(sorted(self.left_open))
        if self.case is not None and len(self.cases) > 1:
            found["case"] = self.case.scenario.id
        if self.as_of is not None and self.as_of != self.usual:
            found["at"] = iso_utc(self.as_of)
        if self.with_standing:
            found["standing"] = "1"
        return found


def iso_utc(moment: datetime) -> str:
    """Write a moment as an address asks for it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def ready_names() -> list[str]:
    """List the ready scenarios, in the order in which they are told."""
    return [path.stem for path in sorted(READY.glob("*.toml"))]


@lru_cache(maxsize=32)
def ready_text(name: str) -> str:
    return (READY / f"{name}.toml").read_text(encoding="utf-8")


def ready_case(room: Room, name: str) -> Case | None:
    """Give the first case of a ready scenario."""
    cases = read_cases(f"{name}.toml", ready_text(name), room.register).cases
    return cases[0] if cases else None


class TooLong(ValueError):
    """A packed text that would become longer than a page answers."""


class CutOff(ValueError):
    """A packed text whose end is missing."""


def pack(text: str) -> str:
    """Write a text so that it fits into an address."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(packed: str) -> str:
    """Read what `pack` wrote.

    Raises:  TooLong; CutOff; any other ValueError for what is not whole.
    """
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        opener = zlib.decompressobj()
        plain = opener.decompress(raw, LONGEST_UNPACKED)
        if opener.unconsumed_tail:
            raise TooLong("it is too long")
        if not opener.eof:
            raise CutOff("it is cut off")
        return plain.decode("utf-8")
    except (binascii.Error, zlib.error, UnicodeDecodeError) as problem:
        raise ValueError("it is not whole") from problem


def tell(request: HttpRequest, room: Room, name: str) -> AskedScenario:
    """Read the scenario that a request asks for.

    Raises:  Http404 for a scenario that is not there, or not for this visitor.
    """
    asked = parameters_of(request)
    packed, version = "", None
    versions: tuple[ScenarioVersion, ...] = ()
    if name == WRITTEN:
        packed = asked.text("s")
        try:
            text = unpack(packed)
        except ValueError as problem:
            return _unreadable(name, problem)
    elif name in ready_names():
        text = ready_text(name)
    else:
        versions = tuple(versions_of_scenario(name, visitor(request)))
        if not versions:
            raise Http404(f"no scenario “{name}”")
        number = asked.number("version", least=1, most=versions[0].number, label=_("Version"))
        version = next((known for known in versions if known.number == number), versions[0])
        text = version.text
    reading = read_cases(f"{name}.toml", text, room.register)
    titles = {written.scenario.id: written.scenario.name for written in reading.cases}
    wanted = asked.choice("case", titles, label=_("Case"))
    case = next((written for written in reading.cases if wanted in ("", written.scenario.id)), None)
    if case is not None and too_much(room.register, case):
        return _too_many_events(name, text, packed)
    usual = _usual(case, is_report=version is not None and version.is_report)
    return AskedScenario(
        name=name,
        text=text,
        packed=packed,
        cases=reading.cases,
        case=case,
        findings=reading.findings,
        as_of=_moment(asked, case, usual),
        with_standing=bool(asked.choice("standing", ["1"], label=_("Duties that always hold"))),
        usual=usual,
        left_open=frozenset(version.left_open) if version else _left_open(asked, room, case),
        version=version,
        versions=versions,
    )


def _usual(case: Case | None, *, is_report: bool) -> datetime | None:
    """Give the moment for which it is asked: for what has happened that is now, since the clocks run."""
    usual = usual_moment(case)
    if usual is None or not is_report:
        return usual
    return max(usual, timezone.now().replace(second=0, microsecond=0))


def _left_open(asked: Parameters, room: Room, case: Case | None) -> frozenset[str]:
    """Read which facts somebody looked into and found not known."""
    text = asked.text("open")
    if not text or case is None:
        return frozenset()
    named = frozenset(text.split(","))
    facts = {*room.register.vocabulary.fact_types, "by", "against", "attribution", "time"}
    events = {event.id for event in case.scenario.events}
    if not named <= {f"{event}:{fact}" for event in events for fact in facts}:
        wrong = _("Each names an event of the scenario and a fact of it: e1:new_attack.")
        asked.refuse("open", text, wrong, label=_("Facts that are not known"))
        return frozenset()
    return named


def _moment(asked: Parameters, case: Case | None, usual: datetime | None) -> datetime | None:
    text = asked.text("at")
    if not text or case is None:
        return usual
    # A field of a form gives no offset; what it shows is UTC, and so is what it gives.
    found = moment_of(
        text if text.endswith("Z") or "+" in text or len(text) <= 10 else f"{text}Z", allows_day=True
    )
    if found is None:
        wrong = _("Write the moment as 2026-12-05T12:00, in UTC.")
        asked.refuse("at", text, wrong, label=_("As of (UTC)"))
        return usual
    return moment_in(found, "UTC").replace(microsecond=0)


def _too_many_events(name: str, text: str, packed: str) -> AskedScenario:
    said = sentence("guarantees.too-many-events.page")
    finding = Finding(place=Place(file=f"{name}.toml", line=1), said=said)
    return AskedScenario(
        name=name, text=text, packed=packed, cases=(), case=None, findings=(finding,), as_of=None,
        with_standing=False,
    )  # fmt: skip


def _unreadable(name: str, problem: ValueError) -> AskedScenario:
    match problem:
        case TooLong():
            said = sentence("guarantees.address.too-long")
        case CutOff():
            said = sentence("guarantees.address.cut-off")
        case _:
            said = sentence("guarantees.address.not-whole")
    finding = Finding(place=Place(file="address", line=1), said=said)
    return AskedScenario(
        name=name, text="", packed="", cases=(), case=None, findings=(finding,), as_of=None, with_standing=False,
    )  # fmt: skip
