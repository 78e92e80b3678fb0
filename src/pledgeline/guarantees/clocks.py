"""Rule 5: what starts the clock of an instance, and when it runs out.

A request that came before the attack, or before the duty that this one waits for was performed, starts no
clock: what came last did, and the trace names it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from pledgeline.guarantees.conditions import concerns
from pledgeline.guarantees.durations import Duration
from pledgeline.guarantees.instances import DeadlineReading, Force, RuleApplied
from pledgeline.guarantees.known import View
from pledgeline.guarantees.matching import Duty
from pledgeline.guarantees.moments import Moment, Window, count_from, day_end, local_day
from pledgeline.guarantees.openings import Opening
from pledgeline.programme.sentences import Param, Sentence, sentence


class Start(NamedTuple):
    """A moment from which a clock may run.

    `held_by` says what the clock had to wait for where that came after what the text names.
    """

    window: Window
    held_by: Sentence | None = None

    def not_before(self, other: Window, what: Sentence) -> "Start":
        """Give the start of a clock that also has to wait for `other`."""
        later = self.window.later_of(other)
        return self if later == self.window else Start(later, what)


def starts_of(
    duty: Duty,
    force: Force,
    opening: Opening,
    view: View,
    request: Window | None,
    predecessor: Window | None,
) -> dict[str, Start]:
    """Give the moments from which a clock of this instance may run, by the words of the vocabulary."""
    trigger = Start(opening.opens)
    if predecessor is not None:
        fulfilled = sentence("guarantees.held.fulfilled", obligation=duty.obligation.after)
        trigger = trigger.not_before(predecessor, fulfilled)
    starts = {"trigger": trigger, "first_trigger": Start(opening.first)}
    if request is not None:
        held_by = trigger.held_by or sentence("guarantees.held.trigger")
        starts["request"] = Start(request).not_before(trigger.window, held_by)
    elif "request" in duty.kinds:
        starts["request"] = trigger
    signed = duty.instrument.signed_on
    if force.start is not None:
        in_force = Start(Moment(on=local_day(force.start, view.zone)).window(view.zone))
        starts["entry_into_force"] = in_force
        starts["signature"] = Start(Moment(on=signed).window(view.zone)) if signed else in_force
    period = duty.obligation.period
    named = (
        (opening.span[0] if opening.span else None)
        or (period.start if period else None)
        or duty.obligation.due_on
    )
    if named is not None:
        starts["date"] = Start(Moment(on=named).window(view.zone))
    determined = _determination(duty, opening, view)
    if determined is not None:
        starts["determination"] = Start(determined)
    return starts


def _determination(duty: Duty, opening: Opening, view: View) -> Window | None:
    deciders = {
        condition.by
        for condition in duty.obligation.conditions
        if condition.kind == "determination" and condition.by
    }
    for seen in view.in_episode(opening.episode, "determination"):
        if (
            seen.is_a("determination")
            and seen.event.instrument in ("", duty.instrument.id)
            and concerns(seen, opening)
            and (not deciders or not seen.by or deciders & seen.by)
        ):
            return seen.window
    return None


def due_of(
    duty: Duty, opening: Opening, view: View, starts: Mapping[str, Start], steps: list[RuleApplied]
) -> tuple[Window | None, tuple[DeadlineReading, ...]]:
    """Say when an instance falls due, and how else the text can be read; `steps` gets the reasons."""
    obligation, deadline = duty.obligation, duty.obligation.deadline
    fixed: Window | None = None
    last = opening.last_day or obligation.due_on
    if last is not None and obligation.duty != "maintenance":
        end = day_end(last, view.zone)
        fixed = Window(earliest=end, latest=end)
        steps.append(RuleApplied(5, sentence("guarantees.step.due-on", day=last, zone=view.zone)))
    if deadline is None or deadline.within is None:
        if fixed is None and obligation.urgency:
            steps.append(RuleApplied(5, sentence("guarantees.step.no-number", urgency=obligation.urgency)))
        return fixed, ()
    start = starts.get(deadline.start)
    if start is None:
        steps.append(RuleApplied(5, sentence("guarantees.step.no-start", start=deadline.start)))
        return fixed, ()
    due = count_from(start.window, deadline.within, view.zone)
    clock: dict[str, Param] = {
        "length": str(deadline.within),
        "start": deadline.start,
        "began": _span(start.window),
        "due": _span(due),
    }
    if start.held_by is None:
        steps.append(RuleApplied(5, sentence("guarantees.step.clock", **clock)))
    else:
        steps.append(RuleApplied(5, sentence("guarantees.step.clock-held", **clock, held_by=start.held_by)))
    if deadline.ambiguous:
        readings = _readings(starts, deadline.start, deadline.within, opening, view)
        said = sentence("guarantees.step.ambiguous", why=deadline.ambiguous, readings=len(readings))
        steps.append(RuleApplied(5, said))
        due = Window(
            earliest=min(reading.due.earliest for reading in readings),
            latest=max(reading.due.latest for reading in readings),
        )
        return due, readings
    if last is not None and fixed is not None and fixed.latest < due.earliest:
        steps.append(RuleApplied(5, sentence("guarantees.step.end-first", day=last)))
        return fixed, ()
    return due, ()


def _readings(
    starts: Mapping[str, Start], stated: str, within: Duration, opening: Opening, view: View
) -> tuple[DeadlineReading, ...]:
    """Count from each moment that the text may mean; a reading that ends before the duty begins is none."""
    found = [DeadlineReading(stated, count_from(starts[stated].window, within, view.zone))]
    for name, start in starts.items():
        due = count_from(start.window, within, view.zone)
        if due.earliest >= opening.opens.earliest and all(due != other.due for other in found):
            found.append(DeadlineReading(name, due))
    return tuple(found)


def _span(when: Window) -> Sentence:
    """Say when something was as the trace does: in UTC, from when to when where it is not exact."""
    if when.is_exact:
        return sentence("guarantees.when.moment", at=when.earliest)
    return sentence("guarantees.when.span", first=when.earliest, last=when.latest)
