"""Which announcements are new money on a day, which are not, and why.

The as-of rule, in full. For a day D and a currency:

1. Take the announcements made public on or before D.
2. Apply each one's relation:

   | relation    | counted? |
   | ----------- | -------- |
   | *(empty)*   | yes: new money, as far as the sources tell |
   | `replaces`  | yes; and the rows it relates to are dropped from its own day on |
   | `repeats`   | no: the same money again, or the sum of other rows |
   | `conflicts` | no: another figure for the same money |
   | `unclear`   | shown apart: sources do not say whether it is new money |

   A dropped row stays dropped when the row that replaced it is replaced in turn.
3. Value each row. For dollars the figure of the report is taken where there is one. Otherwise the
   amount as announced is converted at the latest rate on or before **the day of the announcement**,
   so that a total grows when money is announced and not when a rate moves.
4. A counted row without a stated amount, or without a usable rate, adds nothing and is listed.

Nothing is ever averaged, and nothing is estimated.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pledgeline.money import Amount, Converted, MissingRate, Rates
from pledgeline.programme.announcements import Announcement, Relation


class Treatment(StrEnum):
    """What the as-of rule does with a row on a day."""

    COUNTED = "counted"
    APART = "apart"
    LEFT_OUT = "left out"
    NOT_YET = "not yet"


class Why(StrEnum):
    """The reason for a treatment."""

    NEW = "new money"
    REPLACES = "newer figure"
    REPLACED = "replaced by a newer figure"
    REPEATS = "repeats other rows"
    CONFLICTS = "another figure for the same money"
    UNCLEAR = "unclear whether it is new money"
    NOT_YET = "announced after the day"


class Valued(StrEnum):
    """Where the value of a row comes from."""

    AS_ANNOUNCED = "as announced"
    AS_REPORTED = "dollar figure of the report"
    CONVERTED = "converted"
    NO_AMOUNT = "no amount stated"
    NO_RATE = "no usable rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One announcement, its value in the currency asked for, and the day from which it is dropped.

    `outcome` is the conversion, or the missing rate, or `None` where no amount was stated.
    `replaced_by` lists the rows that replace this one, earliest first.
    """

    announcement: Announcement
    outcome: Converted | MissingRate | None
    valued: Valued
    dropped_on: date | None
    replaced_by: tuple[str, ...]

    @property
    def value(self) -> Amount | None:
        return self.outcome.amount if isinstance(self.outcome, Converted) else None

    def on(self, day: date) -> tuple[Treatment, Why]:
        """Say what the rule does with this row on `day`, and why."""
        if self.announcement.announced_on > day:
            return Treatment.NOT_YET, Why.NOT_YET
        match self.announcement.relation:
            case Relation.REPEATS:
                return Treatment.LEFT_OUT, Why.REPEATS
            case Relation.CONFLICTS:
                return Treatment.LEFT_OUT, Why.CONFLICTS
        if self.dropped_on is not None and self.dropped_on <= day:
            return Treatment.LEFT_OUT, Why.REPLACED
        match self.announcement.relation:
            case Relation.UNCLEAR:
                return Treatment.APART, Why.UNCLEAR
            case Relation.REPLACES:
                return Treatment.COUNTED, Why.REPLACES
        return Treatment.COUNTED, Why.NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told up to a day, sorted by treatment. Each list keeps the order of the record.

    Units:   `total` and `apart_total` are in `currency` and are added up from the rows here.
    """

    day: date
    currency: str
    counted: tuple[Standing, ...]
    apart: tuple[Standing, ...]
    left_out: tuple[tuple[Standing, Why], ...]

    @property
    def total(self) -> Amount:
        return sum_of(self.counted, self.currency)

    @property
    def apart_total(self) -> Amount:
        return sum_of(self.apart, self.currency)

    @property
    def without_amount(self) -> tuple[Standing, ...]:
        """List the counted rows whose amount nobody stated."""
        return tuple(row for row in self.counted if row.valued is Valued.NO_AMOUNT)

    @property
    def without_rate(self) -> tuple[Standing, ...]:
        """List the counted rows that could not be converted."""
        return tuple(row for row in self.counted if row.valued is Valued.NO_RATE)

    def by(self, key: Callable[[Announcement], str]) -> dict[str, Amount]:
        """Add the counted rows up by `key`, the keys in order of first appearance."""
        sums: dict[str, int] = {}
        for row in self.counted:
            name = key(row.announcement)
            sums[name] = sums.get(name, 0) + (row.value.minor if row.value else 0)
        return {name: Amount(minor, self.currency) for name, minor in sums.items()}


def sum_of(rows: Iterable[Standing], currency: str) -> Amount:
    """Add up the values that there are; rows without a value add nothing."""
    return Amount(sum(row.value.minor for row in rows if row.value is not None), currency)


def standings(
    announcements: Iterable[Announcement], rates: Rates, currency: str, *, rates_of: date | None = None
) -> tuple[Standing, ...]:
    """Value every announcement in `currency` and find the day on which it is dropped, if it is.

    This does not depend on a day asked for, so it is made once and asked for many days.

    `rates_of` takes the rates of that day for every row instead of each announcement's own day.
    It answers "what is it worth at the rates of that day", which is not what was announced.
    """
    rows = tuple(announcements)
    replacing: dict[str, list[Announcement]] = {}
    for row in rows:
        if row.relation is Relation.REPLACES:
            for target in row.relates_to:
                replacing.setdefault(target, []).append(row)
    result = []
    for row in rows:
        newer = sorted(replacing.get(row.id, ()), key=lambda other: other.announced_on)
        outcome, valued = _value(row, rates, currency, rates_of or row.announced_on)
        result.append(
            Standing(
                announcement=row,
                outcome=outcome,
                valued=valued,
                dropped_on=newer[0].announced_on if newer else None,
                replaced_by=tuple(other.id for other in newer),
            )
        )
    return tuple(result)


def as_of(rows: Iterable[Standing], day: date, currency: str) -> Told:
    """Apply the as-of rule for `day` to standings that were valued in `currency`.

    Rows announced after `day` are in none of the lists.
    """
    counted: list[Standing] = []
    apart: list[Standing] = []
    left_out: list[tuple[Standing, Why]] = []
    for row in rows:
        treatment, why = row.on(day)
        if treatment is Treatment.COUNTED:
            counted.append(row)
        elif treatment is Treatment.APART:
            apart.append(row)
        elif treatment is Treatment.LEFT_OUT:
            left_out.append((row, why))
    return Told(
        day=day, currency=currency, counted=tuple(counted), apart=tuple(apart), left_out=tuple(left_out)
    )


def _value(
    row: Announcement, rates: Rates, currency: str, on: date
) -> tuple[Converted | MissingRate | None, Valued]:
    if currency == "USD" and row.reported_usd is not None:
        return Converted(amount=row.reported_usd), Valued.AS_REPORTED
    stated = row.amount or row.reported_usd
    if stated is None:
        return None, Valued.NO_AMOUNT
    if stated.currency == currency:
        return Converted(amount=stated), Valued.AS_ANNOUNCED
    outcome = rates.convert(stated, currency, on=on)
    return outcome, Valued.CONVERTED if isinstance(outcome, Converted) else Valued.NO_RATE
