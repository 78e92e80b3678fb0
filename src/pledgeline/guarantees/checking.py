"""Run cases: compare what the rules give with answers that were worked out by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from pledgeline.guarantees.cases import (
    Case,
    CountExpectation,
    CoverageExpectation,
    EndExpectation,
    Expectation,
)
from pledgeline.guarantees.coverage import coverage
from pledgeline.guarantees.durations import Duration
from pledgeline.guarantees.evaluate import PlainView, assumed_for, evaluate
from pledgeline.guarantees.force import force_of
from pledgeline.guarantees.instances import Force, Instance, ObligationState, RuleApplied
from pledgeline.guarantees.instruments import Register
from pledgeline.guarantees.moments import Moment, Window, day_end, zone
from pledgeline.guarantees.scenarios import Scenario
from pledgeline.guarantees.vocabulary import IMPLICIT
from pledgeline.money import Amount
from pledgeline.programme.sentences import Param, Sentence, sentence

_TOLERANCE = timedelta(seconds=1)
"""The last moment of a day is written 23:59:59 by some and as the next midnight by others."""
_END_OF_TIME = datetime(2900, 1, 1, tzinfo=UTC)

_NOBODY_OWES = frozenset({ObligationState.NOT_IN_FORCE, ObligationState.NOT_TRIGGERED})
"""States that are said once for all obligors of an obligation."""

Evaluator = Callable[[Register, Scenario, datetime], Sequence[Instance]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDifference:
    """One answer that came out otherwise, with the trace that led there."""

    case: str
    line: int
    about: Sentence
    expected: Sentence | str
    got: Sentence | str
    trace: tuple[RuleApplied, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """How many answers of a case were compared, and which of them differ."""

    case: Case
    checks: int
    differences: tuple[CaseDifference, ...]


def check_case(register: Register, case: Case, *, by: Evaluator = evaluate) -> CaseResult:
    """Compare every answer of a case with what comes out."""
    check = _Check(register, case, by)
    for expected in case.expect:
        check.expectation(expected)
    for end in case.ends:
        check.end(end)
    for count in case.counts:
        check.count(count)
    for cover in case.coverage:
        check.coverage(cover)
    return CaseResult(case=case, checks=check.checks, differences=tuple(check.differences))


def moment_in(moment: Moment, zone_name: str) -> datetime:
    """Give the moment itself, or the last one of a day: "as of Monday" means when Monday is over."""
    return moment.window(zone_name).latest


class _Check:
    def __init__(self, register: Register, case: Case, by: Evaluator) -> None:
        self.register, self.case, self.by = register, case, by
        self.checks = 0
        self.differences: list[CaseDifference] = []

    def differ(
        self, line: int, about: Sentence, expected: object, got: object, trace: tuple[RuleApplied, ...] = ()
    ) -> None:
        self.differences.append(
            CaseDifference(
                case=self.case.scenario.id,
                line=line,
                about=about,
                expected=expected if isinstance(expected, Sentence) else str(expected),
                got=got if isinstance(got, Sentence) else str(got),
                trace=trace,
            )
        )

    def force(self, instrument: str, as_of: datetime) -> Force:
        known = self.register.by_id[instrument]
        view = PlainView(self.register, self.case.scenario, known.zone, as_of, as_of)
        return force_of(self.register, known, view, assumed_for(self.case.scenario, known))

    def _about(self, instrument: str) -> Scenario:
        """Limit the scenario to one instrument: the others say nothing about it."""
        return replace(self.case.scenario, instruments=(instrument,))

    # States

    def expectation(self, expected: Expectation) -> None:
        instrument = self.register.by_id[expected.instrument]
        as_of = moment_in(expected.as_of, instrument.zone)
        scenario = self._about(expected.instrument)
        if expected.without_records:
            scenario = replace(scenario, records=())
        instances = [
            instance
            for instance in self.by(self.register, scenario, as_of)
            if (instance.instrument, instance.obligation) == (expected.instrument, expected.obligation)
        ]
        found = self._of_episode(expected, instances, as_of)
        if expected.obligors is not None:
            self.checks += 1
            found, named = self._of_obligors(expected.obligors, found)
            if not found:
                self.differ(expected.line, _about(expected, "obligors"), _list(expected.obligors), named)
                return
        for instance in found:
            self._attributes(expected, instance, instrument.zone)

    def _of_episode(
        self, expected: Expectation, instances: list[Instance], as_of: datetime
    ) -> list[Instance]:
        """Choose the instances of the episode or period; say so plainly when nothing opened there."""
        if expected.episode:
            events = {event.id: event.episode or event.id for event in self.case.scenario.events}
            episode = events.get(expected.episode, expected.episode)
            found = [instance for instance in instances if instance.episode == episode] or [
                instance
                for instance in instances
                if instance.period and _names_period(instance.period, expected.episode)
            ]
            if found or not self._is_implicit(expected):
                return found or [self._unopened(expected, instances, episode, as_of)]
        if expected.period:
            found = [instance for instance in instances if _names_period(instance.period, expected.period)]
            return found or [self._unopened(expected, instances, "", as_of)]
        periods = dict.fromkeys(instance.period for instance in instances)
        if len(periods) > 1:
            # A duty of every year is asked about without a year: the latest that has begun is meant.
            latest = list(periods)[-1]
            return [instance for instance in instances if instance.period == latest]
        return instances

    def _is_implicit(self, expected: Expectation) -> bool:
        """Say whether no event opens the obligation, so that naming an episode means nothing for it."""
        obligation = self.register.by_id[expected.instrument].obligation(expected.obligation)
        return IMPLICIT.issuperset(obligation.trigger.events)

    def _unopened(
        self, expected: Expectation, instances: list[Instance], episode: str, as_of: datetime
    ) -> Instance:
        force = self.force(expected.instrument, as_of)
        zone_name = self.register.by_id[expected.instrument].zone
        windows = [
            event.when.window(zone_name)
            for event in self.case.scenario.events
            if (event.episode or event.id) == episode and event.when.window(zone_name).earliest <= as_of
        ] or [Window(earliest=as_of, latest=as_of)]
        is_outside = all(force.holds(window) is False for window in windows)
        return replace(
            instances[0],
            state=ObligationState.NOT_IN_FORCE if is_outside else ObligationState.NOT_TRIGGERED,
            episode=episode,
            due=None,
            fulfilled=None,
            missing_facts=(),
            trace=(*force.steps, RuleApplied(3, sentence("guarantees.step.nothing-opened"))),
        )

    def _of_obligors(self, obligors: tuple[str, ...], found: list[Instance]) -> tuple[list[Instance], str]:
        """Choose the instances of these obligors: one that has them all, or several that are all of them."""
        wanted = set(self.register.actors.expand(obligors))
        whole = [instance for instance in found if set(instance.obligors) == wanted]
        if whole:
            return whole, ""
        parts = [instance for instance in found if set(instance.obligors) <= wanted]
        if parts and set().union(*(part.obligors for part in parts)) == wanted:
            return parts, ""
        nobody = [
            instance
            for instance in found
            if instance.state in _NOBODY_OWES and wanted <= set(instance.obligors)
        ]
        if nobody:
            return nobody, ""
        return [], " | ".join(", ".join(sorted(instance.obligors)) for instance in found)

    def _attributes(self, expected: Expectation, got: Instance, zone_name: str) -> None:
        def compare(name: str, is_same: bool, wanted: object, has: object) -> None:
            self.checks += 1
            if not is_same:
                self.differ(expected.line, _about(expected, name), wanted, has, got.trace)

        if expected.state is not None:
            compare("state", got.state is expected.state, expected.state, got.state)
        if expected.due_at is not None:
            dues = [
                moment for moment in (got.due_at, got.due.latest if got.due else None) if moment is not None
            ]
            is_same = bool(dues) and _same(expected.due_at, dues[0], zone_name)
            compare("due_at", is_same, expected.due_at, _time(got.due_at) if got.due_at else _none())
        if expected.due_window is not None:
            start, end = expected.due_window
            is_same = (
                got.due is not None
                and _same(start, got.due.earliest, zone_name, is_start=True)
                and _same(end, got.due.latest, zone_name)
            )
            has = (
                sentence("guarantees.when.span", first=got.due.earliest, last=got.due.latest)
                if got.due
                else sentence("guarantees.check.no-due")
            )
            wanted = sentence("guarantees.when.between", first=start.said, last=end.said)
            compare("due_window", is_same, wanted, has)
        if expected.possibly_overdue is not None:
            compare(
                "possibly_overdue",
                got.possibly_overdue is expected.possibly_overdue,
                expected.possibly_overdue,
                got.possibly_overdue,
            )
        if expected.late_by is not None:
            compare("late_by", _same_lateness(expected.late_by, got), expected.late_by, got.late_by)
        if expected.shortfall is not None:
            short = _major(got.shortfall)
            compare("shortfall", short == expected.shortfall, expected.shortfall, short)
        if expected.missing_facts is not None:
            is_same = set(got.missing_facts) == set(expected.missing_facts)
            compare("missing_facts", is_same, _list(expected.missing_facts), _list(got.missing_facts))
        if expected.discretion is not None:
            has_discretion = (
                self.register.by_id[expected.instrument].obligation(expected.obligation).discretion
            )
            compare("discretion", has_discretion == expected.discretion, expected.discretion, has_discretion)
        if expected.survives_end is not None:
            compare(
                "survives_end",
                got.survives_end is expected.survives_end,
                expected.survives_end,
                got.survives_end,
            )

    # Ends, counts and coverage

    def end(self, expected: EndExpectation) -> None:
        self.checks += 1
        force = self.force(expected.instrument, _END_OF_TIME)
        zone_name = self.register.by_id[expected.instrument].zone
        ends = [end for end in (force.end, *(moment for _, moment in force.leaves)) if end is not None]
        if not ends or not _same(expected.at, min(ends), zone_name):
            self.differ(
                expected.line,
                sentence("guarantees.check.ends", instrument=expected.instrument),
                expected.at,
                _time(min(ends)) if ends else sentence("guarantees.check.no-end"),
                force.steps,
            )

    def count(self, expected: CountExpectation) -> None:
        self.checks += 1
        opened = [
            instance
            for instance in self.by(self.register, self._about(expected.instrument), _END_OF_TIME)
            if (instance.instrument, instance.obligation) == (expected.instrument, expected.obligation)
            and instance.triggered is not None
            and instance.state not in (ObligationState.NOT_IN_FORCE, ObligationState.NOT_TRIGGERED)
            and (not expected.episode or instance.episode == expected.episode)
        ]
        if len(opened) != expected.count:
            counted: dict[str, Param] = {
                "instrument": expected.instrument,
                "obligation": expected.obligation,
            }
            about = sentence("guarantees.check.count", **counted)
            if expected.episode:
                about = sentence("guarantees.check.count-in-episode", **counted, episode=expected.episode)
            self.differ(expected.line, about, expected.count, len(opened))

    def coverage(self, expected: CoverageExpectation) -> None:
        found = coverage(
            self.register,
            beneficiary=expected.beneficiary,
            on=expected.on,
            event=expected.event,
            kinds=expected.kinds,
            without=expected.without,
            scenario=self.case.scenario,
        )
        for name, wanted, has in (
            ("uncovered_kinds", expected.uncovered_kinds, found.uncovered_kinds),
            ("single_points", expected.single_points, found.single_points),
        ):
            if wanted is None:
                continue
            self.checks += 1
            if set(wanted) != set(has):
                about = sentence(
                    "guarantees.check.coverage",
                    beneficiary=expected.beneficiary,
                    day=expected.on,
                    name=name,
                )
                self.differ(expected.line, about, _list(wanted), _list(has))


def _names_period(label: str, wanted: str) -> bool:
    return label == wanted or label.partition("/")[0] == wanted or label.partition("-")[0] == wanted


def _about(expected: Expectation, name: str) -> Sentence:
    """Say of which obligation, when, and what of it is compared: `name` is a key of the case."""
    where: dict[str, Param] = {
        "instrument": expected.instrument,
        "obligation": expected.obligation,
        "day": expected.as_of.said,
        "name": name,
    }
    if expected.episode or expected.period:
        episode = expected.episode or expected.period
        return sentence("guarantees.check.in-episode", **where, episode=episode)
    return sentence("guarantees.check.obligation", **where)


def _list(words: Sequence[str]) -> Sentence | str:
    return ", ".join(sorted(words)) or _none()


def _none() -> Sentence:
    return sentence("guarantees.check.none")


def _time(moment: datetime) -> Sentence:
    return sentence("guarantees.when.moment", at=moment)


def _same(expected: Moment, got: datetime, zone_name: str, *, is_start: bool = False) -> bool:
    """Compare to the second; a day means its end (or its start), and 23:59 means the end of that minute."""
    if expected.on is not None:
        window = expected.window(zone_name)
        return abs((window.earliest if is_start else window.latest) - got) <= _TOLERANCE
    assert expected.at is not None
    if abs(expected.at - got) <= _TOLERANCE:
        return True
    local = expected.at.astimezone(zone(zone_name))
    is_last_minute = (local.hour, local.minute, local.second) == (23, 59, 0)
    return is_last_minute and abs(day_end(local.date(), zone_name) - got) <= _TOLERANCE


def _same_lateness(expected: Duration, got: Instance) -> bool:
    """Compare elapsed time to the second, or whole days with the days of the calendar."""
    if got.late_by is None:
        return False
    if abs(got.late_by - expected.rough()) <= _TOLERANCE:
        return True
    if got.fulfilled is not None and got.due is not None and not got.fulfilled.is_exact:
        latest = got.fulfilled.latest - got.due.latest
        if got.late_by - _TOLERANCE <= expected.rough() <= latest + _TOLERANCE:
            return True
    is_whole_days = not expected.seconds and not expected.months
    return is_whole_days and got.late_by_days == expected.days


def _major(shortfall: Amount | int | None) -> Fraction:
    if isinstance(shortfall, Amount):
        return shortfall.exact()
    return Fraction(shortfall or 0)
