"""What the pages show of a plan: the figures of `plan/figures.py`, with words, amounts and days of the calendar."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pledgeline.money import Amount
from pledgeline.plan import Certainty, Explanation, Line, Purchase
from pledgeline.plan.figures import FilledPackage, GroupCoverage, ServedLine, UsedContribution
from pledgeline.plan.sentences import why, why_left
from pledgeline.programme.sentences import Sentence, dated
from pledgeline.records.plans import Study
from pledgeline.web.formats import percent
from pledgeline.web.planning import words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCoverage(GroupCoverage):
    """How much of what is wanted a priority or a category gets, in words."""

    cost: Amount
    is_priority: bool

    @property
    def label(self) -> str:
        if self.is_priority:
            return _("Priority %(tier)s") % {"tier": self.name}
        return self.name or _("no category")

    @property
    def share(self) -> str:
        return percent(self.got_tenths)

    @property
    def most_share(self) -> str:
        return "" if self.most is None else percent(self.most_tenths)

    @property
    def got_permille(self) -> int:
        return self.got_tenths or 0

    @property
    def most_permille(self) -> int:
        return (self.got_tenths if self.most is None else self.most_tenths) or 0

    @property
    def is_proven(self) -> bool:
        return self.standing is Certainty.PROVEN

    @property
    def standing_words(self) -> str | Promise:
        return words.STANDINGS[self.standing] if self.standing is not None else ""


def day_of(first_day: date | None, day: int | None) -> str:
    """Write a day: as a date where the problem says what its first day is, else by its number."""
    if day is None:
        return ""
    if first_day is not None:
        try:
            return date_format(first_day + timedelta(days=day), "DAY_FORMAT")
        except OverflowError:
            pass
    return _("day %(number)s") % {"number": day}


def file_day(study: Study, day: int | None) -> date | int | None:
    """Give a day as a file holds it: a date, or the number."""
    if day is None or study.first_day is None:
        return day
    try:
        return study.first_day + timedelta(days=day)
    except OverflowError:
        return day


def amount(study: Study, minor: int) -> Amount:
    return Amount(minor, study.problem.currency)


def _fields(row: Any) -> dict[str, Any]:
    """Give the fields of a figure of the plan, for the row of a page that says more of it."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


# ---- coverage ----


def tiers(study: Study) -> list[PlanCoverage]:
    return study.derived("tiers", lambda: [_shown(study, group, True) for group in study.figures.tiers])


def categories(study: Study) -> list[PlanCoverage]:
    return study.derived(
        "categories", lambda: [_shown(study, group, False) for group in study.figures.categories]
    )


def _shown(study: Study, group: GroupCoverage, is_priority: bool) -> PlanCoverage:
    cost = amount(study, group.cost_minor)
    return PlanCoverage(**_fields(group), cost=cost, is_priority=is_priority)


# ---- lines ----


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow(ServedLine):
    """A line as the table shows it."""

    cost: Amount
    reason: Explanation | None
    first_day: date | None

    @property
    def state_words(self) -> str | Promise:
        return words.STATES[self.state]

    @property
    def reason_words(self) -> str | Promise:
        if self.reason is not None:
            return words.REASONS[self.reason.reason]
        return "" if self.state == "met" else _("open it to see")

    @property
    def said(self) -> str:
        """Give the reason as a sentence, with dates where days have dates."""
        if self.reason is None:
            return ""
        return why(self.reason, self.first_day)


def line_rows(study: Study) -> list[LineRow]:
    return study.derived(
        "line rows", lambda: [_line_row(study, served) for served in study.figures.served.values()]
    )


def line_row(study: Study, line: Line) -> LineRow:
    return _line_row(study, study.figures.serve(line))


def _line_row(study: Study, served: ServedLine) -> LineRow:
    return LineRow(
        line=served.line,
        category=served.category,
        got=served.got,
        cost_minor=served.cost_minor,
        arrives=served.arrives,
        cost=amount(study, served.cost_minor),
        reason=reasons(study).get(served.line.id),
        first_day=study.first_day,
    )


def reasons(study: Study) -> Mapping[str, Explanation]:
    return study.derived("reasons", lambda: {reason.line: reason for reason in study.reasons})


# ---- packages and money ----


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRow(FilledPackage):
    """A package as the table shows it."""

    cost: Amount
    target: Amount | None
    funders: tuple[tuple[str, Amount], ...]


def package_rows(study: Study) -> list[PackageRow]:
    return study.derived("package rows", lambda: [_package_row(study, row) for row in study.figures.filled])


def _package_row(study: Study, filled: FilledPackage) -> PackageRow:
    target = filled.package.target_minor
    return PackageRow(
        **_fields(filled),
        cost=amount(study, filled.cost_minor),
        target=None if target is None else amount(study, target),
        funders=tuple((name, amount(study, minor)) for name, minor in filled.paid_minor.items()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow(UsedContribution):
    """A contribution as the table shows it, with why something is left of it."""

    can_pay: Amount
    used: Amount
    left: Amount
    left_because: Sentence | None

    @property
    def why(self) -> str:
        """Say why something is left, or that nothing is."""
        return _("All of it is used.") if self.left_because is None else str(self.left_because)

    @property
    def partner(self) -> str:
        return self.contribution.partner or self.contribution.id

    @property
    def terms(self) -> str:
        return words.terms(self.contribution)


def money_rows(study: Study) -> list[MoneyRow]:
    def make() -> list[MoneyRow]:
        left = why_left(study.problem, study.plan)
        return [_money_row(study, row, left.get(name)) for name, row in study.figures.used.items()]

    return study.derived("money rows", make)


def _money_row(study: Study, row: UsedContribution, left_because: Sentence | None) -> MoneyRow:
    return MoneyRow(
        **_fields(row),
        can_pay=amount(study, row.can_pay_minor),
        used=amount(study, row.used_minor),
        left=amount(study, row.left_minor),
        left_because=None if left_because is None else dated(left_because, study.first_day),
    )


# ---- over time ----


def served_over_time(study: Study) -> list[tuple[int, Fraction]]:
    """Add up, day by day, how many lines are served, a half-served line as a half."""
    gains: dict[int, Fraction] = defaultdict(Fraction)
    for line in study.problem.lines:
        before = 0
        for day, units in _complete_by_day(study, line):
            gains[day] += Fraction(units - before, line.quantity)
            before = units
    return _added_up(gains)


def needed_over_time(study: Study) -> list[tuple[int, Fraction]]:
    """Add up, day by day, how many lines are needed by that day. Lines without a day are left out."""
    gains: dict[int, Fraction] = defaultdict(Fraction)
    for line in study.problem.lines:
        if line.need_by is not None:
            gains[line.need_by] += 1
    return _added_up(gains)


def _added_up(gains: Mapping[int, Fraction]) -> list[tuple[int, Fraction]]:
    level, levels = Fraction(0), []
    for day in sorted(gains):
        level += gains[day]
        levels.append((day, level))
    return levels


def _complete_by_day(study: Study, line: Line) -> list[tuple[int, int]]:
    """Give the units, or whole kits, that a line has from each day of arrival on."""
    parts = study.problem.kits.get(line.item, {})
    counts = study.problem.wanted(line.item)
    days: dict[int, list[Purchase]] = defaultdict(list)
    for purchase in study.figures.purchases_for(line.id):
        days[study.figures.arrival(purchase)].append(purchase)
    have: dict[str, int] = defaultdict(int)
    levels = []
    for day in sorted(days):
        for purchase in days[day]:
            have[study.figures.offers[purchase.offer].item] += purchase.units
        if parts:
            now = min(have[part] // per_kit for part, per_kit in parts.items())
        else:
            now = floor(sum((counts.get(item, Fraction(0)) * n for item, n in have.items()), Fraction(0)))
        levels.append((day, min(now, line.quantity)))
    return levels
