"""Our sum beside each stated total: the difference, and what could explain it.

A minister's total and the sum of the announcements rarely agree. The difference is not
smoothed away: it is shown, with the rows that could make it up. An explanation is a
possibility with its amount, not a verdict; several may hold at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from pledgeline.evidence.measures import COUNTS, WHOLE_SUMS, Basis, Scope, scope_of
from pledgeline.evidence.sums import Sums
from pledgeline.evidence.told import Standing, Told, Treatment, Why, as_of, standings, sum_of
from pledgeline.money import Amount, Converted, Rates
from pledgeline.programme.announcements import Stage
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.stated_totals import StatedTotal

NEIGHBOURING_DAYS = 14
"""How near to the day an announcement must be for "just before" and "just after" to explain anything."""


class Kind(StrEnum):
    """What could explain a difference."""

    ROUNDING = "the stated figure is rounded"
    NO_AMOUNT = "counted rows whose amount nobody stated"
    NO_RATE = "counted rows without a usable rate"
    UNCLEAR = "rows that may or may not be new money"
    MISSING_SHARES = "a package whose public shares do not reach its value"
    CONFLICT = "another figure for the same money"
    REPEATED = "money told again, if it was counted twice"
    JOINT = "joint sums that include the partner"
    JUST_AFTER = "announcements of the two weeks after the day"
    JUST_BEFORE = "announcements of the two weeks up to the day"
    ONLY_ANNOUNCED = "money announced but not reported as committed or paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One possibility.

    `moves` is by how much our sum would change if it were so, with its sign; `None` where nobody
    can say. `rows` are the announcements, `package` the package it is about. `fits` is true where
    it explains the whole difference, to the rounding of the stated figure.
    """

    kind: Kind
    rows: tuple[str, ...] = ()
    package: str = ""
    moves: Amount | None = None
    fits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A stated total, our figure for the same measure, and the difference `stated - ours`.

    `ours` and `difference` are money or a number, as the stated figure is; `None` where no sum of
    announcements answers the measure. `rows` are the announcements (or packages) behind `ours`.
    """

    stated: StatedTotal
    basis: Basis
    until: date
    ours: Amount | int | None
    difference: Amount | Decimal | None
    rows: tuple[str, ...]
    explanations: tuple[Explanation, ...]


def compare(record: PublicRecord, rates: Rates) -> tuple[Comparison, ...]:
    """Put our figure beside every stated total, in the order of the record."""
    reconciliation = Reconciliation(record, rates)
    return tuple(reconciliation.compare(stated) for stated in record.stated_totals)


class Reconciliation:
    """The stated totals of a record, each compared when it is asked for."""

    def __init__(self, record: PublicRecord, rates: Rates) -> None:
        self._record = record
        self._rates = rates
        self._rows: dict[str, tuple[Standing, ...]] = {}
        self._sums: dict[str, Sums] = {}

    def rows_in(self, currency: str) -> tuple[Standing, ...]:
        """Value every announcement in `currency`."""
        if currency not in self._rows:
            self._rows[currency] = standings(self._record.announcements, self._rates, currency)
        return self._rows[currency]

    def compare(self, stated: StatedTotal) -> Comparison:
        """Put our figure beside a stated total, with what could explain the difference."""
        scope = scope_of(stated)
        if scope.basis is Basis.NONE:
            return _incomparable(stated, scope)
        if scope.basis in COUNTS:
            return _compare_number(stated, scope, self._record, self.rows_in("USD"))
        assert stated.amount is not None
        rows = self.rows_in(stated.amount.currency)
        return _compare_money(stated, stated.amount, scope, rows, lambda: self._gaps(scope, stated.amount))

    def ours(self, stated: StatedTotal) -> Amount | int | None:
        """Give our figure alone: quickly for whole sums, for lists of many totals."""
        scope = scope_of(stated)
        if stated.amount is None or scope.basis not in WHOLE_SUMS:
            return self.compare(stated).ours
        currency = stated.amount.currency
        if currency not in self._sums:
            self._sums[currency] = Sums(self.rows_in(currency), currency)
        return self._sums[currency].on(scope.until, scope.partner)

    def _gaps(self, scope: Scope, stated: Amount | None) -> list[Explanation]:
        """Find packages whose public shares do not reach their stated value.

        Shares are added up in the package's own currency.
        """
        found = []
        shares: dict[str, dict[str, list[Standing]]] = {}
        for package in self._record.packages:
            value = package.value
            if value is None or stated is None or not scope.since <= package.announced_on <= scope.until:
                continue
            if scope.partner and package.funders != (scope.partner,):
                continue
            if value.currency not in shares:
                shares[value.currency] = _shares(
                    as_of(self.rows_in(value.currency), scope.told_on, value.currency)
                )
            mine = shares[value.currency].get(package.id, [])
            gap = value - sum_of(mine, value.currency)
            if gap.minor <= 0:
                continue
            moved = self._rates.convert(gap, stated.currency, on=package.announced_on)
            found.append(
                Explanation(
                    kind=Kind.MISSING_SHARES,
                    package=package.id,
                    rows=_ids(row for row in mine if row.value is None),
                    moves=moved.amount if isinstance(moved, Converted) else None,
                )
            )
        return found


def difference_of(stated: StatedTotal, ours: Amount | int | None) -> Amount | Decimal | None:
    """Give stated less ours, in the kind of figure that was stated."""
    if isinstance(ours, Amount):
        assert stated.amount is not None
        return stated.amount - ours
    return None if ours is None else stated.value - ours


def _incomparable(stated: StatedTotal, scope: Scope) -> Comparison:
    return Comparison(
        stated=stated,
        basis=scope.basis,
        until=scope.until,
        ours=None,
        difference=None,
        rows=(),
        explanations=(),
    )


def _compare_number(
    stated: StatedTotal, scope: Scope, record: PublicRecord, rows: tuple[Standing, ...]
) -> Comparison:
    explanations: list[Explanation] = []
    if scope.basis is Basis.PACKAGES_FUNDED:
        names = [package.id for package in record.packages if package.announced_on <= scope.until]
        behind = tuple(names)
    elif scope.basis is Basis.PACKAGES_RECEIVED:
        arrived = {
            package.id
            for package in record.packages
            if package.delivery_reported_on is not None and package.delivery_reported_on <= scope.until
        }
        for delivery in record.deliveries:
            if delivery.first_day is not None and delivery.first_day <= scope.until:
                arrived.update(delivery.packages)
        names = [package.id for package in record.packages if package.id in arrived]
        behind = tuple(names)
    else:
        mine = [row for row in as_of(rows, scope.told_on, "USD").counted if scope.holds(row)]
        names = sorted({partner for row in mine for partner in row.announcement.partners})
        behind = _ids(mine)
        silent = [row for row in mine if row.value is None]
        if silent:
            explanations.append(Explanation(kind=Kind.NO_AMOUNT, rows=_ids(silent)))
    return Comparison(
        stated=stated,
        basis=scope.basis,
        until=scope.until,
        ours=len(names),
        difference=difference_of(stated, len(names)),
        rows=behind,
        explanations=tuple(explanations) if stated.value != len(names) else (),
    )


def _compare_money(
    stated: StatedTotal,
    amount: Amount,
    scope: Scope,
    rows: tuple[Standing, ...],
    gaps: Callable[[], list[Explanation]],
) -> Comparison:
    told = as_of(rows, scope.told_on, amount.currency)
    mine = [row for row in told.counted if scope.holds(row)]
    ours = sum_of(mine, amount.currency)
    difference = amount - ours
    explanations: list[Explanation] = []
    if difference:
        rounding = _rounding(stated.value, amount)
        found = [*_explain(told, mine, scope, rows, difference), *(gaps() if difference.minor > 0 else ())]
        if abs(difference.minor) <= rounding:
            found.insert(0, Explanation(kind=Kind.ROUNDING, moves=difference))
        explanations = [_with_fit(one, difference, rounding) for one in found]
    return Comparison(
        stated=stated,
        basis=scope.basis,
        until=scope.until,
        ours=ours,
        difference=difference,
        rows=_ids(mine),
        explanations=tuple(explanations),
    )


def _explain(
    told: Told, mine: list[Standing], scope: Scope, rows: tuple[Standing, ...], difference: Amount
) -> list[Explanation]:
    """Collect the rows that would move our sum towards the stated one."""
    up = difference.minor > 0
    found: list[Explanation] = []

    def add(kind: Kind, some: Iterable[Standing], sign: int = 1) -> None:
        some = tuple(some)
        moves = sum_of(some, told.currency) * sign
        if some and moves.minor:
            found.append(Explanation(kind=kind, rows=_ids(some), moves=moves))

    if up:
        silent = [row for row in mine if row.value is None]
        for kind, wanted in ((Kind.NO_AMOUNT, False), (Kind.NO_RATE, True)):
            some = [row for row in silent if (row.outcome is not None) is wanted]
            if some:
                found.append(Explanation(kind=kind, rows=_ids(some)))
        add(Kind.UNCLEAR, (row for row in told.apart if scope.holds(row)))
    found += _conflicts(told, mine, scope, up=up)
    if up:
        repeats = (row for row, why in told.left_out if why is Why.REPEATS and scope.holds(row))
        add(Kind.REPEATED, repeats)
        if scope.partner:
            joint = (row for row in told.counted if _is_joint_of(row, scope))
            add(Kind.JOINT, joint)
        end = scope.until + timedelta(days=NEIGHBOURING_DAYS)
        later = (
            row
            for row in rows
            if scope.until < row.announcement.announced_on <= end
            and row.on(end)[0] is Treatment.COUNTED
            and row.announcement.partners
            == ((scope.partner,) if scope.partner else row.announcement.partners)
        )
        add(Kind.JUST_AFTER, later)
    else:
        begin = scope.until - timedelta(days=NEIGHBOURING_DAYS)
        add(Kind.JUST_BEFORE, (row for row in mine if row.announcement.announced_on > begin), sign=-1)
        only = (row for row in mine if row.announcement.stage is Stage.ANNOUNCED)
        add(Kind.ONLY_ANNOUNCED, only, sign=-1)
    return found


def _is_joint_of(row: Standing, scope: Scope) -> bool:
    return len(row.announcement.partners) > 1 and scope.partner in row.announcement.partners


def _conflicts(told: Told, mine: list[Standing], scope: Scope, *, up: bool) -> list[Explanation]:
    """Say what taking another figure for the same money would change, one explanation a row."""
    counted = {row.announcement.id: row for row in mine}
    found = []
    for row, why in told.left_out:
        if why is not Why.CONFLICTS or row.value is None:
            continue
        instead = [counted[other] for other in row.announcement.relates_to if other in counted]
        if not instead:
            continue
        moves = row.value - sum_of(instead, told.currency)
        if moves.minor and (moves.minor > 0) is up:
            found.append(Explanation(kind=Kind.CONFLICT, rows=(row.announcement.id,), moves=moves))
    return found


def _shares(told: Told) -> dict[str, list[Standing]]:
    """Give the counted rows of each package: those that name it, and those that a joint sum for it repeats."""
    counted = {row.announcement.id: row for row in told.counted}
    shares: dict[str, dict[str, Standing]] = {}
    for row in told.counted:
        shares.setdefault(row.announcement.package, {})[row.announcement.id] = row
    for row, why in told.left_out:
        if why is Why.REPEATS and row.announcement.package:
            for other in row.announcement.relates_to:
                if other in counted:
                    shares.setdefault(row.announcement.package, {})[other] = counted[other]
    return {package: list(rows.values()) for package, rows in shares.items()}


def _rounding(value: Decimal, amount: Amount) -> int:
    """Give half a unit of the last digit that the speaker stated, in minor units.

    4,300,000,000 is stated to the hundred million: anything within 50 million of it may be meant.
    At least two digits are taken as meant: who says 2 billion does not mean 2.4.
    """
    if not value:
        return 0
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    step = abs(Decimal(amount.minor) / value) * Decimal(1).scaleb(min(exponent, value.adjusted() - 1))
    return int(step / 2)


def _with_fit(one: Explanation, difference: Amount, rounding: int) -> Explanation:
    if one.moves is None:
        return one
    fits = abs(difference.minor - one.moves.minor) <= rounding
    return Explanation(kind=one.kind, rows=one.rows, package=one.package, moves=one.moves, fits=fits)


def _ids(rows: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(row.announcement.id for row in rows)
