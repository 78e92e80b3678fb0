"""What stands between the promise and the deed: which conditions are met, by what was recorded."""

from pledgeline.guarantees.instances import RuleApplied
from pledgeline.guarantees.instruments import Condition
from pledgeline.guarantees.known import KnownEvent, View
from pledgeline.guarantees.matching import Duty
from pledgeline.guarantees.moments import Window
from pledgeline.guarantees.openings import Opening
from pledgeline.guarantees.scenarios import ConditionRecord
from pledgeline.programme.sentences import Param, sentence

TERRITORIAL_FACTS = frozenset({"in_treaty_area", "on_territory", "under_administration"})
DECISIONS = frozenset(
    "budget_approval parliament_approval ratification determination joint_decision consensus "
    "constitutional_process".split()
)
"""Conditions that somebody decides; a `determination` by that actor for the instrument satisfies them."""


def unmet(
    duty: Duty, opening: Opening | None, view: View
) -> tuple[tuple[Condition, ...], tuple[RuleApplied, ...]]:
    """List the blocking conditions that are not recorded as met, and say how the others were.

    An opening of none asks on behalf of a coverage: territorial facts of the trigger are then assumed.
    """
    open_: list[Condition] = []
    steps: list[RuleApplied] = []
    for condition in duty.obligation.conditions:
        if condition.effect == "blocks":
            how = _how_met(duty, condition, opening, view)
            if how is not None:
                steps.append(
                    RuleApplied(7, sentence("guarantees.step.met", condition=condition.kind, how=how))
                )
            else:
                open_.append(condition)
        elif condition.effect in ("suspends", "lapses") and _strikes(duty, condition, view) is not None:
            open_.append(condition)
    return tuple(open_), tuple(steps)


def _recorded(duty: Duty, condition: Condition, view: View) -> tuple[ConditionRecord, Window] | None:
    """Give the last record about this condition."""
    last = None
    for record, when in view.conditions(duty.instrument.id):
        fits = (
            record.instrument == duty.instrument.id
            and record.kind == condition.kind
            and record.obligation in ("", duty.obligation.id)
            and (not record.by or not condition.by or record.by == condition.by)
        )
        if fits:
            last = (record, when)
    return last


def _how_met(duty: Duty, condition: Condition, opening: Opening | None, view: View) -> Param | None:
    """Say how a condition was met: by which record, event or decision; nothing when it was not."""
    recorded = _recorded(duty, condition, view)
    if recorded is not None:
        record = recorded[0]
        return sentence("guarantees.met.recorded", when=record.when.said) if record.is_met else None
    if condition.kind == "territorial_scope" and TERRITORIAL_FACTS & set(duty.obligation.trigger.requires):
        return sentence("guarantees.met.place")
    for seen in view.of_kind(condition.kind, duty.instrument.id):
        if not seen.is_a(condition.kind) or seen.event.instrument not in ("", duty.instrument.id):
            continue
        if condition.by and seen.by and condition.by not in seen.by:
            continue
        if condition.kind in ("request", "determination") and not concerns(seen, opening):
            continue
        return seen.event.id
    if condition.by and condition.kind in DECISIONS:
        for seen in view.of_kind("determination", duty.instrument.id):
            if (
                seen.is_a("determination")
                and seen.event.instrument == duty.instrument.id
                and condition.by in seen.by
            ):
                return sentence("guarantees.met.decision", id=seen.event.id, actor=condition.by)
    return None


def concerns(seen: KnownEvent, opening: Opening | None) -> bool:
    """Say whether a request or determination is about this episode; one that names nothing is about all."""
    if opening is None or not opening.episode:
        return True
    if seen.event.ref:
        return seen.event.ref in opening.event_ids or opening.episode in (seen.episode, seen.event.ref)
    return not seen.event.episode or seen.event.episode == opening.episode


def _strikes(duty: Duty, condition: Condition, view: View) -> Window | None:
    """Say since when a condition suspends or ends the duty: by a record, or by the status it names."""
    recorded = _recorded(duty, condition, view)
    if recorded is not None:
        return None if recorded[0].is_met else recorded[1]
    for seen in view.of_kind(condition.kind):
        if seen.is_a(condition.kind) and seen.is_a("status_event"):
            return seen.window
    return None
