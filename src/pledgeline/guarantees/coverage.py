"""What is covered, by whom, and what is not: the matrix of guarantees for one beneficiary on one day.

A kind of help is covered when a guarantor owes it under an instrument in force and nothing blocks it. A
power is never owed; a promise for a past year is not owed either. Rule 9 of the register.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pledgeline.guarantees.conditions import unmet
from pledgeline.guarantees.evaluate import PlainView, assumed_for
from pledgeline.guarantees.force import force_of
from pledgeline.guarantees.instruments import Condition, Instrument, Obligation, Register
from pledgeline.guarantees.matching import Duty, duty_of
from pledgeline.guarantees.moments import day_end
from pledgeline.guarantees.scenarios import Scenario

WITH_NUMBER = "consult_with_number"
"""A consultation whose deadline has a number, beside the kind `consult` that may have only an adverb."""

_NO_GUARANTOR = frozenset({"bound", "monitor", "signatory", "beneficiary"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One guarantor's duty towards a beneficiary on a day, with what blocks it if anything does."""

    guarantor: str
    instrument: Instrument
    obligation: Obligation
    triggers: frozenset[str]
    is_standing: bool
    blocked_by: tuple[Condition, ...]
    unlisted_groups: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """List the kinds of help that this duty counts for."""
        deadline = self.obligation.deadline
        has_number = (
            self.obligation.kind == "consult" and deadline is not None and deadline.within is not None
        )
        return (self.obligation.kind, WITH_NUMBER) if has_number else (self.obligation.kind,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCell:
    """One kind of help, for one kind of event or for all duties.

    `guarantors` are counted before anybody is removed, `remaining` after. `standing` owe it without this
    event; `blocked` would owe it if their conditions were met. `is_uncertain` says that the result rests
    on a group whose members are not all known.
    """

    kind: str
    event: str
    guarantors: tuple[str, ...]
    remaining: tuple[str, ...]
    standing: tuple[str, ...]
    blocked: tuple[str, ...]
    duties: tuple[Owed, ...]
    unlisted_groups: tuple[str, ...]

    @property
    def is_covered(self) -> bool:
        return bool(self.remaining)

    @property
    def single_point(self) -> str:
        """Give the guarantor who is the only one, or nothing."""
        return self.guarantors[0] if len(self.guarantors) == 1 else ""

    @property
    def is_uncertain(self) -> bool:
        return bool(self.unlisted_groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpCoverage:
    """The kinds of help for one beneficiary, one day and one kind of event."""

    beneficiary: str
    on: date
    event: str
    without: tuple[str, ...]
    cells: tuple[CoverageCell, ...]

    @property
    def uncovered_kinds(self) -> tuple[str, ...]:
        return tuple(cell.kind for cell in self.cells if not cell.is_covered)

    @property
    def single_points(self) -> tuple[str, ...]:
        """List the guarantors who are alone with a kind of help, in order and once."""
        return tuple(dict.fromkeys(cell.single_point for cell in self.cells if cell.single_point))

    @property
    def uncertain_kinds(self) -> tuple[str, ...]:
        return tuple(cell.kind for cell in self.cells if cell.is_uncertain)


def kinds_of_help(register: Register) -> tuple[str, ...]:
    """List the kinds that a coverage can ask for."""
    return (*register.vocabulary.words["obligation_kind"], WITH_NUMBER)


def owed_to(
    register: Register, beneficiary: str, on: date, scenario: Scenario | None = None
) -> tuple[Owed, ...]:
    """List who owes what to `beneficiary` on a day, blocked duties included and marked.

    The day is the local one of each instrument, and its last moment counts: on the last day of a term
    the instrument is in force.
    """
    scenario = scenario or Scenario()
    chosen = register.only(scenario.instruments) if scenario.instruments else register
    views: dict[str, PlainView] = {}
    found: list[Owed] = []
    for instrument in chosen.instruments:
        if instrument.zone not in views:
            moment = day_end(on, instrument.zone)
            views[instrument.zone] = PlainView(register, scenario, instrument.zone, moment, moment)
        view = views[instrument.zone]
        force = force_of(register, instrument, view, assumed_for(scenario, instrument))
        has_left = dict(force.leaves).get(beneficiary, view.as_of) < view.as_of
        if has_left or force.start is None or not force.start <= view.as_of:
            continue
        roles = _roles(register, instrument)
        for obligation in instrument.obligations:
            duty = duty_of(register, instrument, obligation)
            is_for = beneficiary in duty.beneficiaries and (not duty.against or beneficiary in duty.against)
            if not is_for or obligation.is_power or not _is_current(obligation, on):
                continue
            blocked_by, _ = unmet(duty, None, view)
            for guarantor in duty.obligors:
                end = force.left(guarantor)
                is_free = end is not None and end < view.as_of
                if guarantor == beneficiary or roles.get(guarantor) in _NO_GUARANTOR or is_free:
                    continue
                found.append(
                    Owed(
                        guarantor=guarantor,
                        instrument=instrument,
                        obligation=obligation,
                        triggers=duty.kinds,
                        is_standing=duty.is_implicit,
                        blocked_by=blocked_by,
                        unlisted_groups=_groups_of(register, duty, guarantor),
                    )
                )
    return tuple(found)


def _roles(register: Register, instrument: Instrument) -> dict[str, str]:
    return {actor: party.role for party in instrument.parties for actor in register.actors.expand([party.id])}


def _groups_of(register: Register, duty: Duty, guarantor: str) -> tuple[str, ...]:
    return tuple(group for group in duty.unlisted if guarantor in register.actors.groups[group].members)


def _is_current(obligation: Obligation, on: date) -> bool:
    period = obligation.period
    if period is None:
        return True
    return not ((period.start and on < period.start) or (period.end and on > period.end))


def cover(
    register: Register,
    owed: Iterable[Owed],
    *,
    beneficiary: str,
    on: date,
    event: str = "",
    kinds: Sequence[str] = (),
    without: Sequence[str] = (),
) -> HelpCoverage:
    """Sort duties into the cells of a coverage.

    With an `event` only duties that it triggers count, and standing ones are shown apart; without one
    all duties count.
    """
    removed = frozenset(register.actors.expand(without))
    above = frozenset(register.vocabulary.lineage(event))
    by_kind: dict[str, list[Owed]] = {}
    for duty in owed:
        for kind in duty.kinds:
            by_kind.setdefault(kind, []).append(duty)
    cells = []
    for kind in kinds or kinds_of_help(register):
        duties = by_kind.get(kind, [])
        counted = [duty for duty in duties if not event or duty.triggers & above]
        free = [duty for duty in counted if not duty.blocked_by]
        guarantors = _names(free)
        cells.append(
            CoverageCell(
                kind=kind,
                event=event,
                guarantors=guarantors,
                remaining=tuple(guarantor for guarantor in guarantors if guarantor not in removed),
                standing=_names(
                    duty for duty in duties if event and duty.is_standing and not duty.blocked_by
                ),
                blocked=_names(duty for duty in counted if duty.blocked_by),
                duties=tuple(counted),
                unlisted_groups=tuple(
                    dict.fromkeys(group for duty in free for group in duty.unlisted_groups)
                ),
            )
        )
    return HelpCoverage(
        beneficiary=beneficiary, on=on, event=event, without=tuple(without), cells=tuple(cells)
    )


def _names(duties: Iterable[Owed]) -> tuple[str, ...]:
    return tuple(sorted({duty.guarantor for duty in duties}))


def coverage(
    register: Register,
    *,
    beneficiary: str,
    on: date,
    event: str = "",
    kinds: Sequence[str] = (),
    without: Sequence[str] = (),
    scenario: Scenario | None = None,
) -> HelpCoverage:
    """Say which kinds of help are covered for a beneficiary on a day, and who is alone with one."""
    owed = owed_to(register, beneficiary, on, scenario)
    return cover(register, owed, beneficiary=beneficiary, on=on, event=event, kinds=kinds, without=without)


def coverage_matrix(
    register: Register,
    *,
    beneficiary: str,
    on: date,
    events: Sequence[str] = (),
    kinds: Sequence[str] = (),
    scenario: Scenario | None = None,
) -> tuple[HelpCoverage, ...]:
    """Give a coverage for each kind of event: the matrix event x kind of help, with its empty cells.

    Shape:   a row per event, the security events of the register unless `events` are named.
    """
    owed = owed_to(register, beneficiary, on, scenario)
    rows = events or tuple(
        kind
        for kind in register.vocabulary.parents
        if "security_event" in register.vocabulary.lineage(kind) and kind != "security_event"
    )
    return tuple(
        cover(register, owed, beneficiary=beneficiary, on=on, event=event, kinds=kinds) for event in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Guarantors whose leaving together uncovers kinds of help that were covered."""

    guarantors: tuple[str, ...]
    uncovered: tuple[str, ...]


def removals(covered: HelpCoverage, *, at_most: int = 2) -> tuple[Removal, ...]:
    """List the smallest sets of guarantors, up to a size, whose removal uncovers something.

    A set is listed only for the kinds that no smaller part of it uncovers.
    """
    found: list[Removal] = []
    everybody = sorted({guarantor for cell in covered.cells for guarantor in cell.guarantors})
    for size in range(1, at_most + 1):
        for chosen in combinations(everybody, size):
            lost = tuple(
                cell.kind for cell in covered.cells if cell.guarantors and set(cell.guarantors) == set(chosen)
            )
            if lost:
                found.append(Removal(guarantors=chosen, uncovered=lost))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a new version of a register changes in one cell: who is gained, who is lost."""

    kind: str
    event: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    was_covered: bool
    is_covered: bool


def changes(before: HelpCoverage, after: HelpCoverage) -> tuple[Change, ...]:
    """List the cells that differ between two coverages of the same kinds: shown before a change is saved."""
    now = {cell.kind: cell for cell in after.cells}
    return tuple(
        Change(
            kind=cell.kind,
            event=cell.event,
            gained=tuple(
                guarantor for guarantor in now[cell.kind].remaining if guarantor not in cell.remaining
            ),
            lost=tuple(
                guarantor for guarantor in cell.remaining if guarantor not in now[cell.kind].remaining
            ),
            was_covered=cell.is_covered,
            is_covered=now[cell.kind].is_covered,
        )
        for cell in before.cells
        if cell.kind in now and cell.remaining != now[cell.kind].remaining
    )


def by_guarantor(covered: HelpCoverage) -> dict[str, dict[str, tuple[Owed, ...]]]:
    """Turn a coverage round: for each guarantor the duties of each kind of help, blocked ones included.

    Shape:   guarantors in order; under each only the kinds that it owes.
    """
    found: dict[str, dict[str, list[Owed]]] = {}
    for cell in covered.cells:
        for duty in cell.duties:
            found.setdefault(duty.guarantor, {}).setdefault(cell.kind, []).append(duty)
    return {
        guarantor: {kind: tuple(duties) for kind, duties in found[guarantor].items()}
        for guarantor in sorted(found)
    }
