"""A stated number of partners beside ours: which partners a speaker may have left out, or counted already."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from pledgeline.evidence.explanations import Possibility, PossibilityKind
from pledgeline.evidence.measures import MeasureScope
from pledgeline.evidence.told import Standing, Told, Treatment
from pledgeline.programme.announcements import Stage

NEIGHBOURING_DAYS = 14
"""How near to the day an announcement must be for "just before" and "just after" to explain anything."""


def partners_of(rows: Iterable[Standing]) -> set[str]:
    return {code for row in rows for code in row.announcement.partners}


def explain_partners(
    told: Told, mine: list[Standing], rows: tuple[Standing, ...], scope: MeasureScope, *, up: bool
) -> list[Possibility]:
    """Say which partners could be more or fewer than we count."""
    return _more(told, mine, rows, scope) if up else _fewer(mine, scope)


def _more(
    told: Told, mine: list[Standing], rows: tuple[Standing, ...], scope: MeasureScope
) -> list[Possibility]:
    ours = partners_of(mine)
    end = scope.until + timedelta(days=NEIGHBOURING_DAYS)
    later = [
        row
        for row in rows
        if scope.until < row.announcement.announced_on <= end
        and row.on(end)[0] is Treatment.COUNTED
        and (scope.stage is None or row.announcement.stage is scope.stage)
    ]
    apart = [row for row in told.apart if scope.holds(row)]
    found = []
    for kind, some in ((PossibilityKind.UNCLEAR, apart), (PossibilityKind.JUST_AFTER, later)):
        new = partners_of(some) - ours
        if new:
            behind = tuple(row.announcement.id for row in some if new & set(row.announcement.partners))
            found.append(Possibility(kind=kind, rows=behind, moves=len(new)))
    return found


def _fewer(mine: list[Standing], scope: MeasureScope) -> list[Possibility]:
    """A speaker may count only partners with a sum, with a decision, with a statement of their own, or of before."""
    begin = scope.until - timedelta(days=NEIGHBOURING_DAYS)
    tests: list[tuple[PossibilityKind, Callable[[Standing], bool]]] = [
        (PossibilityKind.NO_AMOUNT, lambda row: row.value is None),
        (PossibilityKind.ONLY_ANNOUNCED, lambda row: row.announcement.stage is Stage.ANNOUNCED),
        (PossibilityKind.JOINT, lambda row: len(row.announcement.partners) > 1),
        (PossibilityKind.JUST_BEFORE, lambda row: row.announcement.announced_on > begin),
    ]
    found = []
    for kind, holds in tests:
        others = partners_of(row for row in mine if not holds(row))
        gone = partners_of(mine) - others
        if gone:
            behind = tuple(row.announcement.id for row in mine if gone & set(row.announcement.partners))
            found.append(Possibility(kind=kind, rows=behind, moves=-len(gone)))
    return found
