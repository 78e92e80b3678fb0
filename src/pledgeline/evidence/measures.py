"""What a stated total measures, and which of our rows make up the same thing.

A measure ends in its currency where it has one: `total_contributed_usd`,
`partner_total_cad:CAN`, `new_contributions_december_usd`. Measures that no sum of
announcements can answer (needs, goals, shares, prices) are named as such, not forced.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pledgeline.evidence.told import Standing
from pledgeline.programme.announcements import Stage
from pledgeline.programme.sentences import Sentence
from pledgeline.programme.stated_totals import StatedTotal


class Basis(StrEnum):
    """What we put beside a stated total."""

    TOTAL = "total"
    PARTNER = "partner"
    PARTNER_BEFORE = "partner-before"
    ON_THE_DAY = "on-the-day"
    IN_THE_MONTH = "in-the-month"
    IN_THE_YEAR = "in-the-year"
    PARTNERS = "partners"
    PARTNERS_PAID = "partners-paid"
    PARTNERS_IN_THE_YEAR = "partners-in-the-year"
    PACKAGES_FUNDED = "packages-funded"
    PACKAGES_RECEIVED = "packages-received"
    NONE = "none"

    @property
    def said(self) -> Sentence:
        return Sentence(f"evidence.basis.{self.value}")


COUNTS = {
    Basis.PARTNERS,
    Basis.PARTNERS_PAID,
    Basis.PARTNERS_IN_THE_YEAR,
    Basis.PACKAGES_FUNDED,
    Basis.PACKAGES_RECEIVED,
}

WHOLE_SUMS = {Basis.TOTAL, Basis.PARTNER, Basis.PARTNER_BEFORE}
"""Sums of everything counted on a day, of all partners or of one: no period, no stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureScope:
    """Which rows belong to a measure: those counted on `told_on` that were announced from `since` to `until`.

    The two days differ for a period that is over: what was announced last year, as told today.
    """

    basis: Basis
    told_on: date
    until: date
    partner: str = ""
    since: date = date.min
    stage: Stage | None = None

    def holds(self, row: Standing) -> bool:
        """Say whether a row counted on `told_on` belongs to the measure."""
        announcement = row.announcement
        return (
            self.since <= announcement.announced_on <= self.until
            and (not self.partner or announcement.partners == (self.partner,))
            and (self.stage is None or announcement.stage is self.stage)
        )


_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}


def scope_of(stated: StatedTotal) -> MeasureScope:
    """Read the measure of a stated total.

    >>> from decimal import Decimal
    >>> said = StatedTotal(as_of=date(2025, 12, 3), measure="partner_total_before_usd:NOR",
    ...     value=Decimal(350000000), unit="USD", said_by="", sources=(), note="")
    >>> scope_of(said).until, scope_of(said).partner
    (datetime.date(2025, 12, 2), 'NOR')
    """
    day = stated.as_of
    for pattern, make in _FORMS:
        found = re.fullmatch(pattern, stated.measure)
        if found and (scope := make(day, *found.groups())):
            money = scope.basis not in COUNTS
            if money == (stated.amount is not None and " " not in stated.unit):
                return scope
    return MeasureScope(basis=Basis.NONE, told_on=day, until=day)


def _period(day: date, name: str) -> MeasureScope | None:
    """Read the word between `new_contributions_` and the currency: a year, or a month that is not over."""
    if name.isdigit():
        since = date(int(name), 1, 1)
        until = min(day, date(int(name), 12, 31))
        return MeasureScope(basis=Basis.IN_THE_YEAR, told_on=day, until=until, since=since)
    if month := _MONTHS.get(name):
        year = day.year if month <= day.month else day.year - 1
        last = calendar.monthrange(year, month)[1]
        until = min(day, date(year, month, last))
        return MeasureScope(basis=Basis.IN_THE_MONTH, told_on=day, until=until, since=date(year, month, 1))
    return None


def _before(day: date, partner: str) -> MeasureScope:
    eve = day - timedelta(days=1)
    return MeasureScope(basis=Basis.PARTNER_BEFORE, told_on=eve, until=eve, partner=partner)


def _partners_in(day: date, year: str) -> MeasureScope:
    since, until = date(int(year), 1, 1), min(day, date(int(year), 12, 31))
    return MeasureScope(basis=Basis.PARTNERS_IN_THE_YEAR, told_on=day, until=until, since=since)


def _up_to_the_day(basis: Basis, stage: Stage | None = None) -> Callable[[date], MeasureScope]:
    return lambda day: MeasureScope(basis=basis, told_on=day, until=day, stage=stage)


_FORMS: list[tuple[str, Callable[..., MeasureScope | None]]] = [
    (r"total_contributed_[a-z]{3}", _up_to_the_day(Basis.TOTAL)),
    (
        r"partner_total_[a-z]{3}:(\w+)",
        lambda day, who: MeasureScope(basis=Basis.PARTNER, told_on=day, until=day, partner=who),
    ),
    (r"partner_total_before_[a-z]{3}:(\w+)", _before),
    (
        r"new_contributions_[a-z]{3}",
        lambda day: MeasureScope(basis=Basis.ON_THE_DAY, told_on=day, until=day, since=day),
    ),
    (r"new_contributions_([a-z]+|[12][0-9]{3})_[a-z]{3}", _period),
    (r"number_of_partners", _up_to_the_day(Basis.PARTNERS)),
    (r"number_of_partners_paid", _up_to_the_day(Basis.PARTNERS_PAID, Stage.PAID)),
    (r"number_of_partners_([12][0-9]{3})", _partners_in),
    (r"packages_funded", _up_to_the_day(Basis.PACKAGES_FUNDED)),
    (r"packages_received", _up_to_the_day(Basis.PACKAGES_RECEIVED)),
]
