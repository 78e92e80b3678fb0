"""Scenarios: for which moment one is asked, and how much may be asked of one."""

from datetime import UTC, datetime

from pledgeline.guarantees import Case, Register
from pledgeline.guarantees.checking import moment_in

MOST_QUESTIONS = 4_400
"""Units: events times duties, each pair of which is asked about: twenty events over the shipped register, whose
answer has 1,600 lines. Ready scenarios have four events at most."""

LEAST_DUTIES = 44
"""Units: duties, counted for an instrument however few it has: no page answers more than a hundred events."""


def usual_moment(case: Case | None) -> datetime | None:
    """Give the moment for which a scenario is asked unless it is said: its own, or that of its last event."""
    if case is None:
        return None
    if case.as_of is not None:
        return moment_in(case.as_of, "UTC")
    last = [event.when.window("Europe/Kyiv").latest for event in case.scenario.events]
    last += [moment_in(expectation.as_of, "UTC") for expectation in case.expect]
    return max(last).replace(second=0, microsecond=0) if last else datetime(2026, 1, 1, tzinfo=UTC)


def too_much(register: Register, case: Case) -> bool:
    """Say whether more is asked than is answered at once: whether each event opens each duty that is looked at."""
    chosen = case.scenario.instruments or register.by_id
    duties = sum(len(register.by_id[instrument].obligations) for instrument in chosen)
    return len(case.scenario.events) * max(duties, LEAST_DUTIES) > MOST_QUESTIONS
