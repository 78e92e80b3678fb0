"""Rules 4 and 7: from an opening through its gates to its clock and its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pledgeline.guarantees.clocks import due_of, starts_of
from pledgeline.guarantees.conditions import concerns, unmet
from pledgeline.guarantees.instances import (
    DONE,
    DeadlineReading,
    Force,
    Instance,
    ObligationState,
    RuleApplied,
)
from pledgeline.guarantees.instruments import Condition, Obligation
from pledgeline.guarantees.known import KnownEvent, View
from pledgeline.guarantees.matching import Duty
from pledgeline.guarantees.moments import Window, local_day
from pledgeline.guarantees.numbers import performed, qualifier_of
from pledgeline.guarantees.openings import Opening
from pledgeline.guarantees.scenarios import BreachFinding
from pledgeline.money import Amount
from pledgeline.programme.sentences import Sentence, sentence


def settle(
    duty: Duty,
    force: Force,
    opening: Opening,
    obligors: tuple[str, ...],
    view: View,
    predecessors: Sequence[Instance],
) -> Instance:
    """Say where one instance stands: through its gates, to its clock, to its state.

    `predecessors` are the instances of the obligation that this one comes after.
    """
    steps = [*force.steps, *opening.steps]
    end = force.end if len(obligors) > 1 or not force.leaves else force.left(obligors[0])
    has_ended = end is not None and view.as_of > end
    if opening.state is ObligationState.NOT_IN_FORCE:
        at = _Settled(state=ObligationState.NOT_IN_FORCE)
    elif end is not None and opening.opens.earliest > end:
        steps.append(RuleApplied(2, sentence("guarantees.step.obligor-left", actor=obligors[0])))
        at = _Settled(state=ObligationState.NOT_IN_FORCE)
    elif opening.state is ObligationState.UNDETERMINED:
        at = _Settled(state=ObligationState.UNDETERMINED, missing=opening.missing, outlives=has_ended)
    elif view.as_of < opening.opens.earliest:
        at = _Settled(state=_before(force, view))
    else:
        at = _opened(duty, force, opening, obligors, view, predecessors, end, steps)
    due = at.due
    return Instance(
        instrument=duty.instrument.id,
        obligation=duty.obligation.id,
        state=at.state,
        obligors=obligors,
        episode=opening.episode,
        period=opening.period,
        triggered=opening.opens,
        due=due,
        readings=at.readings,
        possibly_overdue=at.state is ObligationState.DUE and due is not None and view.as_of > due.earliest,
        fulfilled=at.done,
        late_by=at.late,
        late_by_days=None if at.late is None else _days_between(due, at.done, view),
        shortfall=at.shortfall,
        missing_facts=at.missing if at.state is ObligationState.UNDETERMINED else (),
        asked_of=opening.asked_of if at.state is ObligationState.UNDETERMINED else "",
        blocked_by=at.blocked_by if at.state is ObligationState.BLOCKED else (),
        unlisted_groups=duty.unlisted,
        survives_end=at.outlives,
        breach=_breach(duty, opening, obligors, view),
        trace=tuple(steps),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """What the gates, the clock and the records say of one instance."""

    state: ObligationState
    missing: tuple[str, ...] = ()
    due: Window | None = None
    readings: tuple[DeadlineReading, ...] = ()
    done: Window | None = None
    late: timedelta | None = None
    shortfall: Amount | int | None = None
    blocked_by: tuple[Condition, ...] = ()
    outlives: bool = False


def _opened(
    duty: Duty,
    force: Force,
    opening: Opening,
    obligors: tuple[str, ...],
    view: View,
    predecessors: Sequence[Instance],
    end: datetime | None,
    steps: list[RuleApplied],
) -> _Settled:
    """Settle an instance that is open: it may be performed, held up, ended with its instrument, or owed."""
    has_ended = end is not None and view.as_of > end
    done, shortfall, missing = performed(duty, opening, obligors, view, steps)
    state, blocked_by, request, predecessor = _gates(duty, opening, obligors, view, predecessors, steps)
    due: Window | None = None
    readings: tuple[DeadlineReading, ...] = ()
    late: timedelta | None = None
    if state is None and not duty.obligation.is_power:
        starts = starts_of(duty, force, opening, view, request, predecessor)
        due, readings = due_of(duty, opening, view, starts, steps)
    if done is not None:
        state, late = _timeliness(done, due)
        steps.append(RuleApplied(7, sentence("guarantees.step.performed", state=state.value)))
    elif has_ended and not _outlives(opening, due, end, state):
        end_says = force.ended_by or sentence("guarantees.end.left")
        steps.append(RuleApplied(2, sentence("guarantees.step.duty-ended", end=end_says)))
        state = ObligationState.NOT_IN_FORCE
    elif state is None and missing and due is not None and view.as_of > due.latest:
        state = ObligationState.UNDETERMINED
        steps.append(RuleApplied(8, sentence("guarantees.step.not-known", facts=missing)))
    elif state is None:
        state, late = _unperformed(duty.obligation, due, view, steps)
    return _Settled(
        state=state,
        missing=missing,
        due=due,
        readings=readings,
        done=done,
        late=late,
        shortfall=shortfall,
        blocked_by=blocked_by,
        outlives=state is not ObligationState.NOT_IN_FORCE
        and (has_ended or (end is not None and due is not None and due.latest > end)),
    )


def _before(force: Force, view: View) -> ObligationState:
    """Say where a duty stands that nothing has opened yet."""
    is_in_force = force.holds(Window(earliest=view.as_of, latest=view.as_of))
    return ObligationState.NOT_TRIGGERED if is_in_force else ObligationState.NOT_IN_FORCE


def untriggered(duty: Duty, force: Force, view: View) -> Instance:
    """Give the one instance that stands for an obligation which nothing has opened."""
    state = _before(force, view)
    is_in_force = state is ObligationState.NOT_TRIGGERED
    step = (
        RuleApplied(3, sentence("guarantees.step.nothing-fits"))
        if is_in_force
        else RuleApplied(1, sentence("guarantees.step.not-in-force"))
    )
    return Instance(
        instrument=duty.instrument.id,
        obligation=duty.obligation.id,
        state=state,
        obligors=duty.obligors,
        unlisted_groups=duty.unlisted,
        trace=(*force.steps, step),
    )


def _breach(duty: Duty, opening: Opening, obligors: tuple[str, ...], view: View) -> BreachFinding | None:
    for finding in view.breaches(duty.instrument.id, duty.obligation.id):
        if (
            (finding.instrument, finding.obligation) == (duty.instrument.id, duty.obligation.id)
            and finding.episode in ("", opening.episode)
            and (not finding.period or finding.period in opening.aliases)
            and (not finding.obligor or finding.obligor in obligors)
        ):
            return finding
    return None


def _outlives(
    opening: Opening, due: Window | None, end: datetime | None, gate: ObligationState | None
) -> bool:
    """Say whether a duty goes on after its instrument: it was triggered, or fell due, before the end."""
    if opening.survives:
        return True
    return gate is None and due is not None and end is not None and due.latest <= end


def _gates(
    duty: Duty,
    opening: Opening,
    obligors: tuple[str, ...],
    view: View,
    predecessors: Sequence[Instance],
    steps: list[RuleApplied],
) -> tuple[ObligationState | None, tuple[Condition, ...], Window | None, Window | None]:
    """Go through request, predecessor and blocking conditions; stop at the first that is closed."""
    request: Window | None = None
    if not (duty.may_ask or duty.obligation.after or duty.obligation.conditions):
        return None, (), None, None
    if duty.may_ask:
        asked = _request(duty, opening, view)
        if asked is None:
            askers = tuple(sorted(duty.may_ask))
            steps.append(RuleApplied(4, sentence("guarantees.step.waits-for-request", actors=askers)))
            return ObligationState.CONDITIONAL, (), None, None
        request = asked.window
        steps.append(RuleApplied(4, sentence("guarantees.step.first-request", id=asked.event.id)))
    predecessor: Window | None = None
    if duty.obligation.after:
        predecessor = _all_done(opening, obligors, predecessors)
        if predecessor is None:
            steps.append(
                RuleApplied(7, sentence("guarantees.step.waits-for", obligation=duty.obligation.after))
            )
            return ObligationState.WAITING, (), request, None
        said = sentence(
            "guarantees.step.fulfilled", obligation=duty.obligation.after, at=predecessor.earliest
        )
        steps.append(RuleApplied(7, said))
    open_conditions, met = unmet(duty, opening, view)
    steps.extend(met)
    if open_conditions:
        steps.extend(RuleApplied(7, _not_met(condition)) for condition in open_conditions)
        return ObligationState.BLOCKED, open_conditions, request, predecessor
    return None, (), request, predecessor


def _not_met(condition: Condition) -> Sentence:
    if condition.by:
        return sentence("guarantees.step.not-met-by", condition=condition.kind, actor=condition.by)
    return sentence("guarantees.step.not-met", condition=condition.kind)


def _request(duty: Duty, opening: Opening, view: View) -> KnownEvent | None:
    for seen in view.in_episode(opening.episode, "request"):
        if (
            seen.is_a("request")
            and seen.by & duty.may_ask
            and seen.event.instrument in ("", duty.instrument.id)
            and concerns(seen, opening)
        ):
            return seen
    return None


def _all_done(opening: Opening, obligors: tuple[str, ...], predecessors: Sequence[Instance]) -> Window | None:
    """Say when the predecessor was fulfilled: by the same obligor where each has its own, else by all."""
    same = [instance for instance in predecessors if instance.episode == opening.episode]
    if opening.period and any(instance.period == opening.period for instance in same):
        same = [instance for instance in same if instance.period == opening.period]
    own = [instance for instance in same if len(instance.obligors) == 1 and instance.obligors == obligors]
    chosen = own or same
    if not chosen or any(instance.state not in DONE or instance.fulfilled is None for instance in chosen):
        return None
    whole: Window | None = None
    for instance in chosen:
        assert instance.fulfilled is not None
        whole = instance.fulfilled if whole is None else whole.later_of(instance.fulfilled)
    return whole


def _timeliness(done: Window, due: Window | None) -> tuple[ObligationState, timedelta | None]:
    if due is None or done.latest <= due.earliest:
        return ObligationState.FULFILLED, None
    if done.earliest > due.latest:
        return ObligationState.FULFILLED_LATE, done.earliest - due.latest
    return ObligationState.FULFILLED_TIMELINESS_UNCERTAIN, None


def _unperformed(
    obligation: Obligation, due: Window | None, view: View, steps: list[RuleApplied]
) -> tuple[ObligationState, timedelta | None]:
    if due is None:
        return ObligationState.NO_FIXED_DATE, None
    if view.as_of <= due.latest:
        return ObligationState.DUE, None
    qualifier = qualifier_of(obligation)
    if qualifier == "up_to":
        steps.append(RuleApplied(8, sentence("guarantees.step.ceiling")))
        return ObligationState.NO_FIXED_DATE, None
    is_soft = (obligation.deadline and obligation.deadline.is_soft) or qualifier in ("target", "about")
    if is_soft:
        steps.append(RuleApplied(7, sentence("guarantees.step.target-missed")))
    return (ObligationState.TARGET_MISSED if is_soft else ObligationState.OVERDUE), view.as_of - due.latest


def _days_between(due: Window | None, done: Window | None, view: View) -> int | None:
    if due is None:
        return None
    until = done.earliest if done else view.as_of
    return (local_day(until, view.zone) - local_day(due.latest, view.zone)).days
