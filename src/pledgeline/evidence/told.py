"""Which announcements are new money on a day, which are not, and why.

The as-of rule, in full. For a day D and a currency:

1. Take the announcements made public on or before D. Of one of which only the month is known the
   last day of that month is taken: by then it was public for sure.
2. Apply each one's relation:

   | relation    | counted? |
   | ----------- | -------- |
   | *(empty)*   | yes: new money, as far as the sources tell |
   | `replaces`  | yes; and the rows it relates to are dropped from its own day on |
   | `repeats`   | no: the same money again, or the sum of other rows |
   | `conflicts` | no: another figure for the same money |
   | `unclear`   | shown apart: sources do not say whether it is new money |
   | `withdraws` | no; and the rows it relates to are dropped from its own day on. With an amount
                   yes: below zero, as a part of the one row that it takes back from |

   A dropped row stays dropped when the row that replaced it is replaced in turn. With a row all
   parts that were taken back from it are dropped.
3. Value each row. For dollars the figure of the report is taken where there is one. Otherwise the
   amount as announced is converted at the latest rate on or before **the day of the announcement**,
   so that a total grows when money is announced and not when a rate moves. A part that is taken back
   is worth its share of the row that it is taken from.
4. A counted row without a stated amount, or without a usable rate, adds nothing and is listed.

Nothing is ever averaged, and nothing is estimated.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from pledgeline.evidence.withdrawals import WHOLE, Withdrawal, gone_on, share_taken, withdrawals_by_row
from pledgeline.money import Amount, Converted, MissingRate, Rates
from pledgeline.programme.announcements import Announcement, Relation
from pledgeline.programme.sentences import Sentence


class Treatment(StrEnum):
    """What the as-of rule does with a row on a day. The values are lasting: addresses hold them."""

    COUNTED = "counted"
    APART = "apart"
    LEFT_OUT = "left out"
    NOT_YET = "not yet"

    @property
    def said(self) -> Sentence:
        return Sentence("evidence.treatment." + self.name.lower().replace("_", "-"))


class Why(StrEnum):
    """The reason for a treatment. The values are lasting: addresses and files hold them."""

    NEW = "new money"
    REPLACES = "newer figure"
    REPLACED = "replaced by a newer figure"
    REPEATS = "repeats other rows"
    CONFLICTS = "another figure for the same money"
    UNCLEAR = "unclear whether it is new money"
    WITHDRAWS = "takes money back"
    WITHDRAWN = "taken back"
    NOT_YET = "announced after the day"

    @property
    def said(self) -> Sentence:
        return Sentence("evidence.why." + self.name.lower().replace("_", "-"))


class Valued(StrEnum):
    """Where the value of a row comes from. The values are lasting: files hold them."""

    AS_ANNOUNCED = "as announced"
    AS_REPORTED = "dollar figure of the report"
    CONVERTED = "converted"
    NO_AMOUNT = "no amount stated"
    NO_RATE = "no usable rate"

    @property
    def said(self) -> Sentence:
        return Sentence("evidence.valued." + self.name.lower().replace("_", "-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One announcement, its value in the currency asked for, and the day from which it is dropped.

    `outcome` is the conversion, or the missing rate, or `None` where no amount was stated.
    `counts_as` is what the rule does with the row once it is public, until it is dropped; `dropped_as`
    is the reason afterwards. `replaced_by` lists the rows that replace this one, `withdrawn_by` those
    that take money back from it, earliest first. `share` is what a row that withdraws takes.
    """

    announcement: Announcement
    outcome: Converted | MissingRate | None
    valued: Valued
    counts_as: tuple[Treatment, Why]
    dropped_on: date | None
    dropped_as: Why
    replaced_by: tuple[str, ...]
    withdrawn_by: tuple[str, ...] = ()
    share: Fraction | None = None

    @property
    def value(self) -> Amount | None:
        return self.outcome.amount if isinstance(self.outcome, Converted) else None

    @property
    def stated(self) -> Amount | None:
        """Give the amount as announced, below zero where it is taken back."""
        amount = self.announcement.amount
        return -amount if amount and self.announcement.relation is Relation.WITHDRAWS else amount

    def on(self, day: date) -> tuple[Treatment, Why]:
        """Say what the rule does with this row on `day`, and why."""
        if self.announcement.announced_on > day:
            return Treatment.NOT_YET, Why.NOT_YET
        left_out = self.counts_as[0] is Treatment.LEFT_OUT
        if not left_out and self.dropped_on is not None and self.dropped_on <= day:
            return Treatment.LEFT_OUT, self.dropped_as
        return self.counts_as


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
    taken = withdrawals_by_row(rows)
    result: dict[str, Standing] = {}
    for row in rows:
        if row.relation is not Relation.WITHDRAWS:
            newer = sorted(replacing.get(row.id, ()), key=lambda other: other.announced_on)
            on = rates_of or row.announced_on
            result[row.id] = _standing(row, newer, taken.get(row.id, []), _value(row, rates, currency, on))
    for row in rows:
        if row.relation is Relation.WITHDRAWS:
            result[row.id] = _withdrawal(row, [result[ref] for ref in row.relates_to if ref in result])
    return tuple(result[row.id] for row in rows)


_COUNTS_AS = {
    Relation.NEW: (Treatment.COUNTED, Why.NEW),
    Relation.REPLACES: (Treatment.COUNTED, Why.REPLACES),
    Relation.REPEATS: (Treatment.LEFT_OUT, Why.REPEATS),
    Relation.CONFLICTS: (Treatment.LEFT_OUT, Why.CONFLICTS),
    Relation.UNCLEAR: (Treatment.APART, Why.UNCLEAR),
}


def _standing(
    row: Announcement,
    newer: list[Announcement],
    taken: list[Withdrawal],
    valued: tuple[Converted | MissingRate | None, Valued],
) -> Standing:
    replaced, gone = newer[0].announced_on if newer else None, gone_on(taken)
    is_withdrawn = gone is not None and (replaced is None or gone < replaced)
    return Standing(
        announcement=row,
        outcome=valued[0],
        valued=valued[1],
        counts_as=_COUNTS_AS[row.relation],
        dropped_on=gone if is_withdrawn else replaced,
        dropped_as=Why.WITHDRAWN if is_withdrawn else Why.REPLACED,
        replaced_by=tuple(other.id for other in newer),
        withdrawn_by=tuple(withdrawal.by.id for withdrawal in taken),
    )


def _withdrawal(row: Announcement, sources: list[Standing]) -> Standing:
    """Say what a row that takes money back does: nothing of its own, or less of the one row it names."""
    share = share_taken(row, sources[0].announcement) if len(sources) == 1 else WHOLE
    is_part = share is not None and share < WHOLE
    outcome: Converted | MissingRate | None = sources[0].outcome if sources and is_part else None
    valued = sources[0].valued if sources and is_part else Valued.NO_AMOUNT
    if share is not None and isinstance(outcome, Converted):
        part = -Amount.rounded(outcome.amount.exact() * share, outcome.amount.currency)
        outcome = Converted(amount=part, rates=outcome.rates)
    treatment = sources[0].counts_as[0] if sources and is_part else Treatment.LEFT_OUT
    return Standing(
        announcement=row,
        outcome=outcome,
        valued=valued,
        counts_as=(treatment, Why.WITHDRAWS),
        dropped_on=sources[0].dropped_on if sources and is_part else None,
        dropped_as=Why.WITHDRAWS,
        replaced_by=(),
        share=share,
    )


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
