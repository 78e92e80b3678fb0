"""Promised beside received beside accepted: a guarantee measured by the books of a programme.

An obligation with an amount or a number points to contributions. What the books say about those is
handed in as plain values, so that this room knows no ledger; a promise never becomes money by itself,
and what was received in another currency than promised is shown and not converted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from pledgeline.guarantees.instruments import Instrument, Obligation
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.periods import periods_of
from pledgeline.guarantees.scenarios import Fulfilment
from pledgeline.money import Amount

_LAST_DAY = date(2500, 12, 31)


class FulfilmentStage(StrEnum):
    """How far something came: money arrived, or the recipient has taken goods over."""

    RECEIVED = "received"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """One entry of the books about a contribution: money or goods, at a stage, with both its days.

    `amount` and `quantity` may be below zero: money was given back, goods were returned. `period` names
    the period it was given for, where the books say so.

    Units:   `quantity` counts the units of the obligation.
    """

    id: str
    contribution: str
    stage: FulfilmentStage
    on: date
    recorded_on: date
    amount: Amount | None = None
    quantity: int | None = None
    obligor: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One period of an obligation: what was promised, what came, what is missing to it.

    `promised` is empty where the promise is a share that is not known yet, or a part of a total. `missing`
    is empty too then, and for a ceiling, which is never short. `apart` and `accepted_apart` are amounts of
    other currencies than the promise has: euros received may have been spent, and accepted, in dollars.

    Units:   amounts, or whole numbers of the obligation's unit.
    """

    period: str
    promised: Amount | int | None
    qualifier: str
    received: Amount | int
    accepted: Amount | int
    missing: Amount | int | None
    apart: tuple[Amount, ...] = ()
    accepted_apart: tuple[Amount, ...] = ()


def measure(
    instrument: Instrument,
    obligation: Obligation,
    booked: Iterable[Booked],
    *,
    as_of: date,
    known_on: date | None = None,
) -> tuple[Measured, ...]:
    """Measure an obligation by the books, as of a day and as known on a day.

    What counts towards the promise is what was received where money is promised, and what was accepted
    where things are.

    Shape:   one row for each period that has begun, in the order of time; one row where there is none.
    Raises:  ValueError for an obligation without an amount or a number: there is nothing to measure.
    """
    if obligation.money is None and obligation.quantity is None:
        raise ValueError(f"{instrument.id} {obligation.id} names no amount and no number")
    known = known_on or as_of
    counted = [entry for entry in booked if entry.on <= as_of and entry.recorded_on <= known]
    periods = _periods(instrument, obligation, as_of)
    rows = []
    for label, names, first, last in periods:
        own = [entry for entry in counted if _belongs(entry, names, first, last, alone=len(periods) == 1)]
        rows.append(_row(obligation, label, own))
    return tuple(rows)


def as_records(instrument: str, obligation: Obligation, booked: Iterable[Booked]) -> tuple[Fulfilment, ...]:
    """Give the entries that count as records of fulfilment, so that an evaluation takes them into account."""
    counts = FulfilmentStage.RECEIVED if obligation.money is not None else FulfilmentStage.ACCEPTED
    return tuple(
        Fulfilment(
            id=entry.id,
            instrument=instrument,
            obligation=obligation.id,
            when=Moment(on=entry.on),
            learnt=Moment(on=entry.recorded_on),
            by=(entry.obligor,) if entry.obligor else (),
            period=entry.period,
            amount=entry.amount,
            quantity=entry.quantity,
        )
        for entry in booked
        if entry.stage is counts
    )


Span = tuple[str, frozenset[str], date | None, date | None]


def _periods(instrument: Instrument, obligation: Obligation, as_of: date) -> list[Span]:
    first_day = instrument.in_force_on or instrument.signed_on or instrument.proposed_on or as_of
    found: list[Span] = [
        (label, names, start, end)
        for start, end, label, names, _again in periods_of(obligation, first_day, as_of)
        if start is None or start <= as_of
    ]
    return found or [("", frozenset(), None, None)]


def _belongs(
    each: Booked, names: frozenset[str], first: date | None, last: date | None, *, alone: bool
) -> bool:
    """Say whether an entry is of this period: by its name, else by its day; a lone period takes them all."""
    if each.period and names:
        return each.period in names
    if alone:
        return True
    return (first is None or first <= each.on) and each.on <= (last or _LAST_DAY)


def _row(obligation: Obligation, label: str, own: Sequence[Booked]) -> Measured:
    money = obligation.money
    if money is None:
        assert obligation.quantity is not None
        promised, qualifier = obligation.quantity.value, obligation.quantity.qualifier
        received, accepted = (
            sum(entry.quantity or 0 for entry in own if entry.stage is stage) for stage in FulfilmentStage
        )
        return Measured(
            period=label,
            promised=promised,
            qualifier=qualifier,
            received=received,
            accepted=accepted,
            missing=None if qualifier == "up_to" else max(0, promised - accepted),
        )
    currency = money.amount.currency if money.amount else _commonest(own)
    sums = {
        stage: sum(
            (
                entry.amount.exact()
                for entry in own
                if entry.stage is stage and entry.amount and entry.amount.currency == currency
            ),
            Fraction(0),
        )
        for stage in FulfilmentStage
    }
    missing = None
    if money.amount is not None and money.qualifier != "up_to":
        missing = Amount.rounded(
            max(Fraction(0), money.amount.exact() - sums[FulfilmentStage.RECEIVED]), currency
        )
    return Measured(
        period=label,
        promised=money.amount,
        qualifier=money.qualifier,
        received=Amount.rounded(sums[FulfilmentStage.RECEIVED], currency),
        accepted=Amount.rounded(sums[FulfilmentStage.ACCEPTED], currency),
        missing=missing,
        apart=_apart(own, FulfilmentStage.RECEIVED, currency),
        accepted_apart=_apart(own, FulfilmentStage.ACCEPTED, currency),
    )


def _apart(own: Sequence[Booked], stage: FulfilmentStage, currency: str) -> tuple[Amount, ...]:
    """Add up what came in other currencies, each for itself."""
    sums: dict[str, Fraction] = {}
    for entry in own:
        if entry.stage is stage and entry.amount and entry.amount.currency != currency:
            code = entry.amount.currency
            sums[code] = sums.get(code, Fraction(0)) + entry.amount.exact()
    return tuple(Amount.rounded(number, code) for code, number in sorted(sums.items()) if number)


def _commonest(own: Sequence[Booked]) -> str:
    """Choose a currency where the promise names none: that of most entries, the first by letter on a tie."""
    codes = sorted(entry.amount.currency for entry in own if entry.amount)
    return max(codes, key=codes.count, default="EUR")
