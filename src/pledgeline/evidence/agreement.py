"""Our sum beside each stated total: the difference, and what could explain it.

A minister's total and the sum of the announcements rarely agree. The difference is not
smoothed away: it is shown, with the rows that could make it up. An explanation is a
possibility with its amount, not a verdict; several may hold at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pledgeline.evidence.counting import NEIGHBOURING_DAYS, explain_partners, partners_of
from pledgeline.evidence.explanations import Possibility, PossibilityKind, ranked_explanations
from pledgeline.evidence.measures import COUNTS, WHOLE_SUMS, Basis, MeasureScope, scope_of
from pledgeline.evidence.sums import Sums
from pledgeline.evidence.told import Standing, Told, Treatment, Why, as_of, standings, sum_of
from pledgeline.money import Amount, Converted, Rates
from pledgeline.programme.announcements import Relation, Stage
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.stated_totals import Precision, StatedTotal


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A stated total, our figure for the same measure, and the difference `stated - ours`.

    `ours` and `difference` are money or a number, as the stated figure is; `None` where no sum of
    announcements answers the measure, and no difference where a floor is reached. `rows` are the
    announcements (or packages) behind `ours`.
    `agrees` is true where nothing is left to explain: the two are equal, or the stated figure is a floor
    ("more than") that ours reaches.
    """

    stated: StatedTotal
    basis: Basis
    until: date
    ours: Amount | int | None
    difference: Amount | Decimal | None
    rows: tuple[str, ...]
    explanations: tuple[Possibility, ...]
    agrees: bool = False


CARRIED_FORWARD_DAYS = 183
"""How long after a total was stated the same figure is taken for an older one stated again."""

NEAR_FIGURE = Decimal("0.02")
"""How near our sum in another currency must be to the stated figure: half of the last digit of "890 million" and
a little more."""

PARTNER_COUNTS = (Basis.PARTNERS, Basis.PARTNERS_PAID, Basis.PARTNERS_IN_THE_YEAR)


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
            return self._compare_number(stated, scope)
        assert stated.amount is not None
        return self._compare_money(stated, stated.amount, scope)

    def _compare_number(self, stated: StatedTotal, scope: MeasureScope) -> Comparison:
        names, behind = self._counted(scope)
        difference = int(stated.value) - len(names) if stated.value == int(stated.value) else None
        agrees = _agrees(stated, stated.value - len(names))
        explanations: list[Possibility] = []
        if difference and not agrees and scope.basis in PARTNER_COUNTS:
            rows = self.rows_in("USD")
            told = as_of(rows, scope.told_on, "USD")
            mine = [row for row in told.counted if scope.holds(row)]
            explanations = explain_partners(told, mine, rows, scope, up=difference > 0)
        if difference and not agrees:
            explanations += self._older(stated, len(names))
        return Comparison(
            stated=stated,
            basis=scope.basis,
            until=scope.until,
            ours=len(names),
            difference=difference_of(stated, len(names)),
            rows=behind,
            explanations=ranked_explanations(
                explanations, difference or 0, 0, is_floor=stated.precision is Precision.FLOOR
            ),
            agrees=agrees,
        )

    def _counted(self, scope: MeasureScope) -> tuple[list[str], tuple[str, ...]]:
        """Give the partners or packages that we count, and the rows or packages behind them."""
        record = self._record
        if scope.basis is Basis.PACKAGES_FUNDED:
            names = [package.id for package in record.packages if package.announced_on <= scope.until]
            return names, tuple(names)
        if scope.basis is Basis.PACKAGES_RECEIVED:
            arrived = {
                package.id
                for package in record.packages
                if package.delivery_reported_on is not None and package.delivery_reported_on <= scope.until
            }
            for delivery in record.deliveries:
                if delivery.first_day is not None and delivery.first_day <= scope.until:
                    arrived.update(delivery.packages)
            names = [package.id for package in record.packages if package.id in arrived]
            return names, tuple(names)
        told = as_of(self.rows_in("USD"), scope.told_on, "USD")
        mine = [row for row in told.counted if scope.holds(row)]
        return sorted(partners_of(mine)), _ids(mine)

    def _compare_money(self, stated: StatedTotal, amount: Amount, scope: MeasureScope) -> Comparison:
        rows = self.rows_in(amount.currency)
        told = as_of(rows, scope.told_on, amount.currency)
        mine = [row for row in told.counted if scope.holds(row)]
        ours = sum_of(mine, amount.currency)
        difference = amount - ours
        agrees = _agrees(stated, difference.minor)
        is_floor = stated.precision is Precision.FLOOR
        found: list[Possibility] = []
        if not agrees:
            rounding = _rounding(stated.value, amount)
            found = [
                *([] if is_floor or abs(difference.minor) > rounding else [_rounded(difference)]),
                *self._older(stated, ours),
                *(self._same_number(stated, ours) or self._in_another_currency(stated, ours, mine, scope)),
                *_explain(told, mine, scope, rows, difference),
                *(self._gaps(scope, amount) if difference.minor > 0 else ()),
            ]
            found = list(ranked_explanations(found, difference, rounding, is_floor=is_floor))
        return Comparison(
            stated=stated,
            basis=scope.basis,
            until=scope.until,
            ours=ours,
            difference=difference_of(stated, ours),
            rows=_ids(mine),
            explanations=tuple(found),
            agrees=agrees,
        )

    def _older(self, stated: StatedTotal, ours: Amount | int) -> list[Possibility]:
        """Find the same figure for the same measure, stated before: it may have been carried forward."""
        before = [
            other
            for other in self._record.stated_totals
            if (other.measure, other.value, other.unit) == (stated.measure, stated.value, stated.unit)
            and timedelta() < stated.as_of - other.as_of <= timedelta(days=CARRIED_FORWARD_DAYS)
        ]
        if not before:
            return []
        older = max(before, key=lambda other: other.as_of)
        then = self.ours(older)
        moves: Amount | int | None = None
        if isinstance(then, Amount) and isinstance(ours, Amount):
            moves = then - ours
        if isinstance(then, int) and isinstance(ours, int):
            moves = then - ours
        return (
            []
            if moves is None
            else [Possibility(kind=PossibilityKind.OLDER_TOTAL, statement=older, moves=moves)]
        )

    def _in_another_currency(
        self, stated: StatedTotal, ours: Amount, mine: list[Standing], scope: MeasureScope
    ) -> list[Possibility]:
        """Find the currency in which our sum has the stated figure: another country's dollars, for example."""
        announced = {row.announcement.amount.currency for row in mine if row.announcement.amount is not None}
        nearest: tuple[Decimal, Amount, str] | None = None
        for currency in sorted((announced | {"USD", "EUR"}) - {ours.currency}):
            told = as_of(self.rows_in(currency), scope.told_on, currency)
            if any(scope.holds(row) for row in told.without_rate):
                continue
            in_it = sum_of((row for row in told.counted if scope.holds(row)), currency)
            distance = abs(stated.value - in_it.major)
            if distance <= abs(stated.value) * NEAR_FIGURE and (nearest is None or distance < nearest[0]):
                nearest = distance, in_it, currency
        if nearest is None:
            return []
        _, in_it, currency = nearest
        moves = Amount.rounded(in_it.exact(), ours.currency) - ours
        return [
            Possibility(kind=PossibilityKind.OTHER_CURRENCY, currency=currency, rows=_ids(mine), moves=moves)
        ]

    def _same_number(self, stated: StatedTotal, ours: Amount) -> list[Possibility]:
        """Find the same number stated in another currency about that day: the one may have been taken for the other."""
        others = [
            other
            for other in self._record.stated_totals
            if other.value == stated.value
            and other.unit != stated.unit
            and _without_currency(other) == _without_currency(stated)
            and abs(other.as_of - stated.as_of) <= timedelta(days=NEIGHBOURING_DAYS)
        ]
        if not others:
            return []
        nearest = min(others, key=lambda other: abs(other.as_of - stated.as_of))
        then = self.ours(nearest)
        if not isinstance(then, Amount):
            return []
        moves = Amount.rounded(then.exact(), ours.currency) - ours
        return [
            Possibility(
                kind=PossibilityKind.SAME_NUMBER, currency=nearest.unit, statement=nearest, moves=moves
            )
        ]

    def ours(self, stated: StatedTotal) -> Amount | int | None:
        """Give our figure alone: quickly for whole sums, for lists of many totals."""
        scope = scope_of(stated)
        if stated.amount is None or scope.basis not in WHOLE_SUMS:
            return self.compare(stated).ours
        currency = stated.amount.currency
        if currency not in self._sums:
            self._sums[currency] = Sums(self.rows_in(currency), currency)
        return self._sums[currency].on(scope.until, scope.partner)

    def _gaps(self, scope: MeasureScope, stated: Amount | None) -> list[Possibility]:
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
                Possibility(
                    kind=PossibilityKind.MISSING_SHARES,
                    package=package.id,
                    rows=_ids(row for row in mine if row.value is None),
                    moves=moved.amount if isinstance(moved, Converted) else None,
                )
            )
        return found


def difference_of(stated: StatedTotal, ours: Amount | int | None) -> Amount | Decimal | None:
    """Give stated less ours, in the kind of figure that was stated.

    `None` where there is no figure of ours, and where the stated one is a floor that ours reaches: how far
    ours lies above "more than 2 billion" is no difference.
    """
    if ours is None:
        return None
    if isinstance(ours, Amount):
        assert stated.amount is not None
        money = stated.amount - ours
        return None if is_reached(stated, money.minor) else money
    number = stated.value - ours
    return None if is_reached(stated, number) else number


def _agrees(stated: StatedTotal, difference: Decimal | int) -> bool:
    """Say whether nothing is left to explain: no difference, or a floor that our figure reaches."""
    return difference == 0 or is_reached(stated, difference)


def is_reached(stated: StatedTotal, difference: Decimal | int) -> bool:
    """Say whether a stated figure is a floor above which ours lies."""
    return stated.precision is Precision.FLOOR and difference < 0


def _without_currency(stated: StatedTotal) -> str:
    return stated.measure.replace(f"_{stated.unit.lower()}", "")


def _rounded(difference: Amount) -> Possibility:
    return Possibility(kind=PossibilityKind.ROUNDING, moves=difference)


def _incomparable(stated: StatedTotal, scope: MeasureScope) -> Comparison:
    return Comparison(
        stated=stated,
        basis=scope.basis,
        until=scope.until,
        ours=None,
        difference=None,
        rows=(),
        explanations=(),
    )


def _explain(
    told: Told, mine: list[Standing], scope: MeasureScope, rows: tuple[Standing, ...], difference: Amount
) -> list[Possibility]:
    """Collect the rows that would move our sum towards the stated one."""
    up = difference.minor > 0
    found: list[Possibility] = []

    def add(kind: PossibilityKind, some: Iterable[Standing], sign: int = 1) -> None:
        some = tuple(some)
        moves = sum_of(some, told.currency) * sign
        if some and moves.minor:
            found.append(Possibility(kind=kind, rows=_ids(some), moves=moves))

    if up:
        silent = [row for row in mine if row.value is None]
        for kind, wanted in ((PossibilityKind.NO_AMOUNT, False), (PossibilityKind.NO_RATE, True)):
            some = [row for row in silent if (row.outcome is not None) is wanted]
            if some:
                found.append(Possibility(kind=kind, rows=_ids(some)))
        add(PossibilityKind.UNCLEAR, (row for row in told.apart if scope.holds(row)))
        found += _taken_back(told, mine, scope)
    found += _conflicts(told, mine, scope, up=up)
    if up:
        for row, why in told.left_out:
            if why is Why.REPEATS and scope.holds(row):
                add(PossibilityKind.REPEATED, (row,))
        if scope.partner:
            joint = (row for row in told.counted if _is_joint_of(row, scope))
            add(PossibilityKind.JOINT, joint)
        end = scope.until + timedelta(days=NEIGHBOURING_DAYS)
        later = (
            row
            for row in rows
            if scope.until < row.announcement.announced_on <= end
            and row.on(end)[0] is Treatment.COUNTED
            and row.announcement.partners
            == ((scope.partner,) if scope.partner else row.announcement.partners)
        )
        add(PossibilityKind.JUST_AFTER, later)
    else:
        begin = scope.until - timedelta(days=NEIGHBOURING_DAYS)
        add(
            PossibilityKind.JUST_BEFORE,
            (row for row in mine if row.announcement.announced_on > begin),
            sign=-1,
        )
        only = (row for row in mine if row.announcement.stage is Stage.ANNOUNCED)
        add(PossibilityKind.ONLY_ANNOUNCED, only, sign=-1)
    return found


def _taken_back(told: Told, mine: list[Standing], scope: MeasureScope) -> list[Possibility]:
    """Say what our sum would be if the speaker still counted what was taken back: parts and whole rows."""
    parts = [row for row in mine if row.announcement.relation is Relation.WITHDRAWS]
    rows = [
        row
        for row, why in told.left_out
        if why is Why.WITHDRAWN and row.counts_as[0] is Treatment.COUNTED and scope.holds(row)
    ]
    moves = sum_of(rows, told.currency) - sum_of(parts, told.currency)
    return (
        [Possibility(kind=PossibilityKind.TAKEN_BACK, rows=_ids([*parts, *rows]), moves=moves)]
        if moves.minor
        else []
    )


def _is_joint_of(row: Standing, scope: MeasureScope) -> bool:
    return len(row.announcement.partners) > 1 and scope.partner in row.announcement.partners


def _conflicts(told: Told, mine: list[Standing], scope: MeasureScope, *, up: bool) -> list[Possibility]:
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
            found.append(Possibility(kind=PossibilityKind.CONFLICT, rows=(row.announcement.id,), moves=moves))
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


def _ids(rows: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(row.announcement.id for row in rows)
