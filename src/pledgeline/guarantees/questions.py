"""The other questions: funding by year, who can stop what, what falls away, what is promised twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pledgeline.guarantees.coverage import HelpCoverage, Owed, cover, owed_to
from pledgeline.guarantees.evaluate import PlainView, assumed_for
from pledgeline.guarantees.fast import evaluate_fast
from pledgeline.guarantees.force import force_of
from pledgeline.guarantees.instances import OPEN
from pledgeline.guarantees.instruments import Instrument, Obligation, Register, VetoPoint
from pledgeline.guarantees.moments import Moment, day_end
from pledgeline.guarantees.periods import periods_of
from pledgeline.guarantees.scenarios import Scenario, ScenarioEvent
from pledgeline.guarantees.timeline import TimelineEntry, entries
from pledgeline.money import Amount
from pledgeline.programme.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfFunding:
    """What one obligation names for one year.

    `amount` is empty for a share of a gross domestic product, which is known only later, and for a total
    over several years, which is not divided: the text does not divide it.
    """

    year: int
    instrument: Instrument
    obligation: Obligation
    amount: Amount | None
    qualifier: str
    is_share_of_total: bool
    needs_budget: bool


def funding_by_year(register: Register, *, beneficiary: str) -> tuple[YearOfFunding, ...]:
    """List the years for which money is named for a beneficiary: where they stop is the cliff.

    A period counts for the year in which it begins; a total over several years is named for each of them.

    Shape:   in the order of the years; within a year as in the register. Amounts are never added up here:
             floors, ceilings and targets in several currencies have no sum.
    """
    found: list[YearOfFunding] = []
    for instrument in register.instruments:
        for obligation in instrument.obligations:
            money = obligation.money
            if (
                money is None
                or obligation.is_power
                or beneficiary not in register.actors.expand(obligation.to)
            ):
                continue
            needs_budget = any(condition.kind == "budget_approval" for condition in obligation.conditions)
            for year, is_part in _years(instrument, obligation):
                found.append(
                    YearOfFunding(
                        year=year,
                        instrument=instrument,
                        obligation=obligation,
                        amount=None if is_part else money.amount,
                        qualifier=money.qualifier,
                        is_share_of_total=is_part,
                        needs_budget=needs_budget,
                    )
                )
    return tuple(sorted(found, key=lambda row: row.year))


_FAR = date(2200, 12, 31)


def _years(instrument: Instrument, obligation: Obligation) -> list[tuple[int, bool]]:
    """Give the years of an obligation, and whether each has only a part of one total."""
    start = instrument.in_force_on or instrument.signed_on or instrument.proposed_on or date.min
    period = obligation.period
    if period is None or not (period.start or period.end):
        return []
    last = _last_day(instrument, start)
    years: list[tuple[int, bool]] = []
    for begins, ends, _, _, _ in periods_of(obligation, start, last):
        if begins is None or begins > last:
            continue
        is_long = ends is not None and (ends - begins).days > 366
        if is_long and ends is not None:
            years += [(year, True) for year in range(begins.year, ends.year + 1)]
        else:
            years.append((begins.year, False))
    return years


def _last_day(instrument: Instrument, start: date) -> date:
    if instrument.ends_on:
        return instrument.ends_on
    term = instrument.term
    return term.length.after(start) if term and term.length and not term.is_indefinite else _FAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """Somebody who can stop an obligation, named by the instrument or by a blocking condition."""

    actor: str
    kind: str
    instrument: Instrument
    obligation: Obligation
    note: str
    is_condition: bool


def veto_points(register: Register) -> tuple[Veto, ...]:
    """List who can stop what: the veto points of the instruments, and conditions that somebody satisfies."""
    found: list[Veto] = []
    for instrument in register.instruments:
        found += [_veto(instrument, veto) for veto in instrument.vetoes]
        found += [
            Veto(
                actor=condition.by,
                kind=condition.kind,
                instrument=instrument,
                obligation=obligation,
                note=condition.note,
                is_condition=True,
            )
            for obligation in instrument.obligations
            for condition in obligation.conditions
            if condition.effect == "blocks" and condition.by
        ]
    return tuple(found)


def _veto(instrument: Instrument, point: VetoPoint) -> Veto:
    return Veto(
        actor=point.actor,
        kind=point.kind,
        instrument=instrument,
        obligation=instrument.obligation(point.over),
        note=point.note,
        is_condition=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """What happens to one instrument when an actor gives notice on a day.

    `ends_at` is empty where no notice clause is known: then nobody can say from the register when.
    """

    instrument: Instrument
    ends_at: datetime | None
    goes_on: bool
    duties: tuple[Owed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """What falls away for a beneficiary when some guarantors leave."""

    before: HelpCoverage
    after: HelpCoverage
    departures: tuple[Departure, ...]

    @property
    def newly_uncovered(self) -> tuple[str, ...]:
        return tuple(kind for kind in self.after.uncovered_kinds if kind not in self.before.uncovered_kinds)


def without(
    register: Register,
    *,
    leavers: Sequence[str],
    beneficiary: str,
    on: date,
    event: str = "",
    kinds: Sequence[str] = (),
    scenario: Scenario | None = None,
) -> Without:
    """Say what falls away if `leavers` leave on a day, and from which moment where that is known."""
    scenario = scenario or Scenario()
    owed = owed_to(register, beneficiary, on, scenario)
    gone = frozenset(register.actors.expand(leavers))
    before = cover(register, owed, beneficiary=beneficiary, on=on, event=event, kinds=kinds)
    after = cover(register, owed, beneficiary=beneficiary, on=on, event=event, kinds=kinds, without=leavers)
    departures = []
    for instrument in dict.fromkeys(duty.instrument.id for duty in owed if duty.guarantor in gone):
        known = register.by_id[instrument]
        ends_at, goes_on = _if_notice(register, known, sorted(gone), on, scenario)
        departures.append(
            Departure(
                instrument=known,
                ends_at=ends_at,
                goes_on=goes_on,
                duties=tuple(duty for duty in owed if duty.guarantor in gone and duty.instrument is known),
            )
        )
    return Without(before=before, after=after, departures=tuple(departures))


def _if_notice(
    register: Register, instrument: Instrument, leavers: Sequence[str], on: date, scenario: Scenario
) -> tuple[datetime | None, bool]:
    """Say when the instrument would end for the leavers if they gave notice on that day."""
    notices = tuple(
        ScenarioEvent(
            id=f"notice-{leaver}",
            kinds=("notice_of_termination",),
            when=Moment(on=on),
            by=(leaver,),
            instrument=instrument.id,
        )
        for leaver in leavers
    )
    later = Scenario(
        instruments=(instrument.id,),
        assumptions=scenario.assumptions,
        events=(*scenario.events, *notices),
    )
    moment = day_end(on, instrument.zone)
    view = PlainView(register, later, instrument.zone, moment, moment)
    force = force_of(register, instrument, view, assumed_for(scenario, instrument))
    left = [end for who, end in force.leaves if who in leavers]
    if left:
        return max(left), True
    return (force.end, False) if force.is_ended_by_notice else (None, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Everything that one guarantor owes at once in a scenario."""

    guarantor: str
    entries: tuple[TimelineEntry, ...]


def claims(register: Register, scenario: Scenario, as_of: datetime) -> tuple[Claims, ...]:
    """List the guarantors of whom more than one thing is asked at once by events, the busiest first.

    The same aircraft and the same money can be asked for twice; the register does not know that, it only
    shows who would have to say so.
    """
    by_guarantor: dict[str, list[TimelineEntry]] = {}
    for entry in entries(register, evaluate_fast(register, scenario, as_of)):
        if entry.instance.state in OPEN and entry.instance.episode and entry.owed_as != "power":
            for guarantor in entry.instance.obligors:
                by_guarantor.setdefault(guarantor, []).append(entry)
    found = [
        Claims(guarantor=guarantor, entries=tuple(asked))
        for guarantor, asked in by_guarantor.items()
        if len(asked) > 1
    ]
    return tuple(sorted(found, key=lambda claim: (-len(claim.entries), claim.guarantor)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedTwice:
    """The same thing promised by the same actor in more than one obligation: one delivery or two?"""

    obligor: str
    item: str
    unit: str
    obligations: tuple[tuple[str, str], ...]


def promised_twice(register: Register) -> tuple[PromisedTwice, ...]:
    """List things that one actor promises in several places. They are shown and never added up."""
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for instrument in register.instruments:
        for obligation in instrument.obligations:
            quantity = obligation.quantity
            if quantity is None or not quantity.item or obligation.kind in ("withdrawal", "restraint"):
                continue
            for obligor in register.actors.expand(obligation.by):
                key = (obligor, quantity.item.casefold(), quantity.unit)
                found.setdefault(key, []).append((instrument.id, obligation.id))
    return tuple(
        PromisedTwice(obligor=obligor, item=item, unit=unit, obligations=tuple(places))
        for (obligor, item, unit), places in found.items()
        if len(places) > 1
    )


def force_on(
    register: Register, instrument: Instrument, as_of: datetime, scenario: Scenario | None = None
) -> tuple[datetime | None, datetime | None, Sentence | None]:
    """Say from when to when an instrument is in force, as known at a moment, and why it ends."""
    scenario = scenario or Scenario()
    view = PlainView(register, scenario, instrument.zone, as_of, as_of)
    force = force_of(register, instrument, view, assumed_for(scenario, instrument))
    start, end = (moment.astimezone(UTC) if moment else None for moment in (force.start, force.end))
    return start, end, force.ended_by
