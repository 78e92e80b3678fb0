"""A scenario with answers worked out by hand beside it, so that a lawyer can check both."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pledgeline.guarantees.durations import Duration
from pledgeline.guarantees.instances import ObligationState
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import (
    Scenario,
)
from pledgeline.programme.findings import Finding

SCHEMA = "pledgeline-guarantee-cases/0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What must come out for one obligation as of a moment. Only what is not `None` is checked.

    Units:   `due_at`, `due_window`: a moment, or a day whose end is meant; `shortfall`: major units of the
             currency or units of the obligation; `late_by`: a duration.
    """

    line: int
    as_of: Moment
    instrument: str
    obligation: str
    episode: str = ""
    period: str = ""
    state: ObligationState | None = None
    obligors: tuple[str, ...] | None = None
    due_at: Moment | None = None
    due_window: tuple[Moment, Moment] | None = None
    possibly_overdue: bool | None = None
    late_by: Duration | None = None
    shortfall: Fraction | None = None
    missing_facts: tuple[str, ...] | None = None
    discretion: str | None = None
    survives_end: bool | None = None
    without_records: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndExpectation:
    """When an instrument must end."""

    line: int
    instrument: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class CountExpectation:
    """How many instances an obligation must have."""

    line: int
    instrument: str
    obligation: str
    count: int
    episode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageExpectation:
    """What must be covered, and by whom alone."""

    line: int
    beneficiary: str
    on: date
    without: tuple[str, ...] = ()
    event: str = ""
    kinds: tuple[str, ...] = ()
    uncovered_kinds: tuple[str, ...] | None = None
    single_points: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A scenario and the answers it must have. `as_of` is the moment it is usually asked for."""

    scenario: Scenario
    line: int
    as_of: Moment | None = None
    expect: tuple[Expectation, ...] = ()
    ends: tuple[EndExpectation, ...] = ()
    counts: tuple[CountExpectation, ...] = ()
    coverage: tuple[CoverageExpectation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CasesReading:
    """What came of reading: the cases, unless a finding is an error, and all findings."""

    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]
