"""Rule 6: what opens an instance, once for each episode or period, and who owes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pledgeline.guarantees.instances import Force, ObligationState, RuleApplied
from pledgeline.guarantees.known import View
from pledgeline.guarantees.matching import Duty, Match
from pledgeline.guarantees.moments import Moment, Window, day_end, day_start, local_day
from pledgeline.guarantees.periods import periods_of
from pledgeline.programme.sentences import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The start of an instance: by an event, by the calendar, or by the instrument itself.

    `state` is set when the state is settled without a clock. `last_day` is the end of a period. `asked_of` is
    the event of which something has to be known first.
    """

    episode: str = ""
    period: str = ""
    aliases: frozenset[str] = frozenset()
    span: tuple[date, date] | None = None
    is_recurring: bool = False
    opens: Window
    first: Window
    against: frozenset[str] = frozenset()
    event_ids: frozenset[str] = frozenset()
    state: ObligationState | None = None
    missing: tuple[str, ...] = ()
    asked_of: str = ""
    last_day: date | None = None
    survives: bool = False
    steps: tuple[RuleApplied, ...] = ()


def event_openings(force: Force, episodes: Mapping[str, list[Match]]) -> list[Opening]:
    """Open at most one instance for each episode: by its first event that fits while in force."""
    return [
        opening
        for episode, matches in episodes.items()
        if (opening := _event_opening(force, episode, matches)) is not None
    ]


def _event_opening(force: Force, episode: str, matches: list[Match]) -> Opening | None:
    inside = [match for match in matches if not _is_outside(force, match)]
    event_ids = frozenset(match.seen.event.id for match in matches)
    chosen = next((match for match in inside if match.is_whole and not _missing(force, match)), None)
    if chosen is not None:
        event = chosen.seen.event
        steps = [RuleApplied(3, sentence("guarantees.step.trigger", id=event.id, kinds=event.kinds))]
        steps += [
            RuleApplied(6, sentence("guarantees.step.same-episode", id=match.seen.event.id))
            for match in inside
            if match is not chosen
            and match.is_whole
            and match.seen.window.earliest >= chosen.seen.window.earliest
        ]
        return Opening(
            episode=episode,
            opens=chosen.seen.window,
            first=inside[0].seen.window,
            against=chosen.seen.against,
            event_ids=event_ids,
            survives=True,
            steps=tuple(steps),
        )
    unknown = next((match for match in inside if match.is_whole), None)
    if unknown is not None:
        missing = _missing(force, unknown)
        says = sentence("guarantees.step.perhaps-trigger", id=unknown.seen.event.id, facts=missing)
        return Opening(
            episode=episode,
            opens=unknown.seen.window,
            first=inside[0].seen.window,
            against=unknown.seen.against,
            event_ids=event_ids,
            state=ObligationState.UNDETERMINED,
            missing=missing,
            asked_of=unknown.seen.event.id,
            survives=True,
            steps=(RuleApplied(3, says),),
        )
    outside = next((match for match in matches if match.is_whole and _is_outside(force, match)), None)
    if outside is None:
        return None
    if force.holds(outside.seen.window) is False:
        step = RuleApplied(1, sentence("guarantees.step.outside", id=outside.seen.event.id))
    else:
        left = tuple(sorted(outside.victims))
        step = RuleApplied(2, sentence("guarantees.step.victims-left", actors=left, id=outside.seen.event.id))
    return Opening(
        episode=episode,
        opens=outside.seen.window,
        first=outside.seen.window,
        against=outside.seen.against,
        event_ids=event_ids,
        state=ObligationState.NOT_IN_FORCE,
        steps=(step,),
    )


def _is_outside(force: Force, found: Match) -> bool:
    """Say whether an event lies outside the instrument: its time does, or all its victims had left it."""
    if force.holds(found.seen.window) is False:
        return True
    gone = {actor for actor, end in force.leaves if found.seen.window.earliest > end}
    return bool(found.victims) and found.victims <= gone


def _missing(force: Force, found: Match) -> tuple[str, ...]:
    """An event known by its day, on a day on which the instrument began or lapsed, lacks its time."""
    return (*found.missing, "time") if force.holds(found.seen.window) is None else found.missing


def implicit_openings(duty: Duty, force: Force, view: View) -> list[Opening]:
    """Open what needs no event: standing duties, duties of a date or a period, duties from signature."""
    if force.start is None:
        return []
    obligation, instrument = duty.obligation, duty.instrument
    period = obligation.period
    if period is not None and (period.start or period.end):
        return list(_period_openings(duty, force, view))
    events = obligation.trigger.events
    opens = Window(earliest=force.start, latest=force.start)
    survives = False
    says = sentence("guarantees.step.standing")
    if obligation.trigger.at is not None:
        opens = obligation.trigger.at.window(view.zone)
        says = sentence("guarantees.step.opens-at", at=obligation.trigger.at.said)
    elif "signature" in events and instrument.signed_on:
        opens = Moment(on=instrument.signed_on).window(view.zone)
        survives = True
        says = sentence("guarantees.step.opens-signed", day=instrument.signed_on)
    elif "signature" in events or "entry_into_force" in events:
        survives = True
        says = sentence("guarantees.step.opens-in-force")
    elif obligation.due_on is not None:
        says = sentence("guarantees.step.opens-for", day=obligation.due_on)
        survives = force.end is None or day_end(obligation.due_on, view.zone) <= force.end
    label = period.label if period else ""
    return [
        Opening(
            period=label,
            aliases=frozenset({label} - {""}),
            opens=opens,
            first=opens,
            survives=survives,
            steps=(RuleApplied(3, says),),
        )
    ]


def _period_openings(duty: Duty, force: Force, view: View) -> Iterator[Opening]:
    assert force.start is not None
    assert duty.obligation.period is not None
    first_day = local_day(force.start, view.zone)
    last_day = local_day(force.end, view.zone) if force.end else None
    today = local_day(view.as_of, view.zone)
    for start, end, label, aliases, is_recurring in periods_of(duty.obligation, first_day, today):
        if (end is not None and end < first_day) or (
            last_day is not None and start is not None and start > last_day
        ):
            continue
        begins = max(start, first_day) if start else first_day
        opens = Window(earliest=day_start(begins, view.zone), latest=day_start(begins, view.zone))
        unsure = start is not None and duty.obligation.period.start is None and start < first_day
        yield Opening(
            period=label,
            aliases=aliases,
            span=(start or first_day, end or date.max),
            is_recurring=is_recurring,
            opens=opens,
            first=opens,
            state=ObligationState.UNDETERMINED if unsure else None,
            missing=("period.start",) if unsure else (),
            last_day=end,
            survives=True,
            steps=(
                RuleApplied(
                    6,
                    sentence("guarantees.step.period", period=label, first=start or "?", last=end or "?"),
                ),
            ),
        )


def obligor_sets(duty: Duty, force: Force, opening: Opening) -> list[tuple[str, ...]]:
    """Say who owes together: everybody for a joint duty, each alone for a several one.

    The victim owes nothing to itself; where that would leave nobody, the text means its own action.
    Who had left a joint duty before it was triggered is not among its obligors. What happened while the
    instrument was not in force is said once for all of them.
    """
    if opening.state is ObligationState.NOT_IN_FORCE:
        return [duty.obligors]
    if duty.obligation.mode == "joint":
        gone = {actor for actor, end in force.leaves if opening.opens.earliest > end}
        return [tuple(actor for actor in duty.obligors if actor not in gone) or duty.obligors]
    victims = opening.against & duty.beneficiaries
    owed_to = victims or duty.beneficiaries
    if len(owed_to) > 1:
        return [(actor,) for actor in duty.obligors]
    others: list[tuple[str, ...]] = [(actor,) for actor in duty.obligors if actor not in owed_to]
    return others or [(actor,) for actor in duty.obligors]
