"""Security guarantees as data: who owes what, to whom, by when, and what falls away if somebody leaves."""

from pledgeline.guarantees.cases import Case, CasesReading
from pledgeline.guarantees.checking import CaseDifference, CaseResult, check_case
from pledgeline.guarantees.compare import (
    HasProperty,
    InstrumentComparison,
    PropertyAnswer,
    by_level,
    compare,
    properties,
)
from pledgeline.guarantees.coverage import (
    Change,
    HelpCoverage,
    Removal,
    by_guarantor,
    changes,
    coverage,
    coverage_matrix,
    removals,
)
from pledgeline.guarantees.evaluate import evaluate
from pledgeline.guarantees.fast import evaluate_fast
from pledgeline.guarantees.instances import Instance, ObligationState
from pledgeline.guarantees.instruments import Instrument, Obligation, Register
from pledgeline.guarantees.questions import claims, funding_by_year, promised_twice, veto_points, without
from pledgeline.guarantees.read_cases import read_cases
from pledgeline.guarantees.reading import RegisterReading, read_folder, read_register
from pledgeline.guarantees.scenarios import Scenario
from pledgeline.guarantees.sentences import obligation_sentence, provenance
from pledgeline.guarantees.timeline import Timeline, TimelineEntry, timeline

__all__ = [
    "Case",
    "CaseDifference",
    "CaseResult",
    "CasesReading",
    "Change",
    "HasProperty",
    "HelpCoverage",
    "Instance",
    "Instrument",
    "InstrumentComparison",
    "Obligation",
    "ObligationState",
    "PropertyAnswer",
    "Register",
    "RegisterReading",
    "Removal",
    "Scenario",
    "Timeline",
    "TimelineEntry",
    "by_guarantor",
    "by_level",
    "changes",
    "check_case",
    "claims",
    "compare",
    "coverage",
    "coverage_matrix",
    "evaluate",
    "evaluate_fast",
    "funding_by_year",
    "obligation_sentence",
    "promised_twice",
    "properties",
    "provenance",
    "read_cases",
    "read_folder",
    "read_register",
    "removals",
    "timeline",
    "veto_points",
    "without",
]
