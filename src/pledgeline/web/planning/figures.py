"""What the pages show of a plan, worked out from the problem and the plan alone, in exact numbers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pledgeline.money import Amount, most_share_of, share_of
from pledgeline.plan import (
    Contribution,
    Explanation,
    Line,
    Offer,
    Package,
    Payment,
    Purchase,
    Standing,
    charges_of,
)
from pledgeline.plan.sentences import why, why_left
from pledgeline.programme.sentences import Sentence, dated
from pledgeline.records.plans import Study
from pledgeline.web.formats import percent
from pledgeline.web.planning import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what is wanted a group of lines gets.

    Units:   `got`, `wanted` and `most` count lines, a half-served line as a half, times its weight.
    Means:   `most` is the bound, None where nobody knows one; `standing` says how sure that is, None for
             categories.
    """

    name: str
    label: str
    got: Fraction
    wanted: Fraction
    most: Fraction | None
    lines: int
    met: int
    partly: int
    cost: Amount
    standing: Standing | None = None

    @property
    def waiting(self) -> int:
        return self.lines - self.met - self.partly

    @property
    def share(self) -> str:
        return percent(share_of(self.got, self.wanted))

    @property
    def most_share(self) -> str:
        return "" if self.most is None else percent(most_share_of(self.got, self.most, self.wanted))

    @property
    def got_permille(self) -> int:
        return share_of(self.got, self.wanted) or 0

    @property
    def most_permille(self) -> int:
        most = self.got if self.most is None else self.most
        return most_share_of(self.got, most, self.wanted) or 0

    @property
    def is_proven(self) -> bool:
        return self.standing is Standing.PROVEN

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


# ---- what is bought, seen from each side ----


def lines(study: Study) -> Mapping[str, Line]:
    return study.derived("lines", lambda: {one.id: one for one in study.problem.lines})


def offers(study: Study) -> Mapping[str, Offer]:
    return study.derived("offers", lambda: {one.id: one for one in study.problem.offers})


def packages(study: Study) -> Mapping[str, Package]:
    return study.derived("packages", lambda: {one.id: one for one in study.problem.packages})


def contributions(study: Study) -> Mapping[str, Contribution]:
    return study.derived("contributions", lambda: {one.id: one for one in study.problem.contributions})


def reasons(study: Study) -> Mapping[str, Explanation]:
    return study.derived("reasons", lambda: {one.line: one for one in study.reasons})


def purchases_of(study: Study, line: str) -> Sequence[Purchase]:
    return _grouped_purchases(study)[0].get(line, ())


def purchases_in(study: Study, package: str) -> Sequence[Purchase]:
    return _grouped_purchases(study)[1].get(package, ())


def _grouped_purchases(study: Study) -> tuple[dict[str, list[Purchase]], dict[str, list[Purchase]]]:
    def group() -> tuple[dict[str, list[Purchase]], dict[str, list[Purchase]]]:
        by_line: dict[str, list[Purchase]] = defaultdict(list)
        by_package: dict[str, list[Purchase]] = defaultdict(list)
        for one in study.plan.purchases:
            by_line[one.line].append(one)
            by_package[one.package].append(one)
        return by_line, by_package

    return study.derived("purchases", group)


def payments_by(study: Study, key: str) -> Mapping[str, Sequence[Payment]]:
    """Group the payments by “line”, “package” or “contribution”."""

    def group() -> dict[str, list[Payment]]:
        found: dict[str, list[Payment]] = defaultdict(list)
        for one in study.plan.payments:
            found[getattr(one, key)].append(one)
        return found

    return study.derived(("payments", key), group)


def cost_of(study: Study, bought: Sequence[Purchase]) -> int:
    return sum(offers(study)[one.offer].unit_price_minor * one.units for one in bought)


def charges_in(study: Study, package: str) -> Mapping[str, int]:
    """Give the fixed charges that fall due in a package, by supplier."""

    def group() -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for (supplier, name), minor in charges_of(study.problem, study.plan.purchases).items():
            found[name][supplier] = minor
        return found

    return study.derived("charges", group).get(package, {})


def category_of(study: Study, item: str) -> str:
    return study.problem.categories.get(item, "")


# ---- coverage ----


def tiers(study: Study) -> list[Coverage]:
    return study.derived(("tiers", get_language()), lambda: _tiers(study))


def _tiers(study: Study) -> list[Coverage]:
    groups: dict[int, list[Line]] = defaultdict(list)
    for line in study.problem.lines:
        groups[line.priority].append(line)
    scores = {score.name: score for score in study.plan.scores}
    found = []
    for tier in sorted(groups):
        score = scores.get(f"tier {tier}")
        most = score.bound if score is not None and score.bound is not None else None
        if most is None and tier in study.bounds:
            most = Fraction(study.bounds[tier])
        label = _("Priority %(tier)s") % {"tier": tier}
        found.append(
            _coverage(study, str(tier), label, groups[tier], most, score.standing if score else None)
        )
    return found


def categories(study: Study) -> list[Coverage]:
    return study.derived(("categories", get_language()), lambda: _categories(study))


def _categories(study: Study) -> list[Coverage]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in study.problem.lines:
        groups[category_of(study, line.item)].append(line)
    found = []
    for name in sorted(groups, key=lambda name: (name == "", name.casefold())):
        most = Fraction(study.category_bounds[name]) if name in study.category_bounds else None
        found.append(_coverage(study, name, name or _("no category"), groups[name], most, None))
    return found


def _coverage(
    study: Study,
    name: str,
    label: str,
    group: Sequence[Line],
    most: Fraction | None,
    standing: Standing | None,
) -> Coverage:
    got = wanted = Fraction(0)
    met = partly = 0
    for line in group:
        units = study.plan.fulfilled.get(line.id, 0)
        got += line.weight * units / line.quantity
        wanted += line.weight
        met += units >= line.quantity
        partly += 0 < units < line.quantity
    cost = sum(cost_of(study, purchases_of(study, line.id)) for line in group)
    if most is not None:
        most = max(min(most, wanted), got)
    return Coverage(
        name=name,
        label=label,
        got=got,
        wanted=wanted,
        most=most,
        lines=len(group),
        met=met,
        partly=partly,
        cost=amount(study, cost),
        standing=standing,
    )


# ---- lines ----


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line as the table shows it."""

    line: Line
    got: int
    cost: Amount
    arrives: int | None
    reason: Explanation | None
    category: str
    first_day: date | None

    @property
    def state(self) -> str:
        if self.got >= self.line.quantity:
            return "met"
        return "partly" if self.got else "waits"

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
    return study.derived("line rows", lambda: [line_row(study, line) for line in study.problem.lines])


def line_row(study: Study, line: Line) -> LineRow:
    bought = purchases_of(study, line.id)
    return LineRow(
        line=line,
        got=study.plan.fulfilled.get(line.id, 0),
        cost=amount(study, cost_of(study, bought)),
        arrives=max((arrival(study, one) for one in bought), default=None),
        reason=reasons(study).get(line.id),
        category=category_of(study, line.item),
        first_day=study.first_day,
    )


def arrival(study: Study, bought: Purchase) -> int:
    return packages(study)[bought.package].order_day + offers(study)[bought.offer].lead_days


# ---- packages and money ----


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRow:
    """A package with what it holds and who pays for it, the largest payer first."""

    package: Package
    cost: Amount
    target: Amount | None
    lines: int
    units: int
    funders: tuple[tuple[str, Amount], ...]
    last_arrival: int | None

    @property
    def is_used(self) -> bool:
        return self.units > 0


def package_rows(study: Study) -> list[PackageRow]:
    return study.derived(
        "package rows",
        lambda: [
            _package_row(study, one)
            for one in sorted(study.problem.packages, key=lambda one: (one.order_day, one.id))
        ],
    )


def _package_row(study: Study, package: Package) -> PackageRow:
    bought = purchases_in(study, package.id)
    paid: dict[str, int] = defaultdict(int)
    for one in payments_by(study, "package").get(package.id, ()):
        paid[one.contribution] += one.minor
    funders = sorted(paid.items(), key=lambda one: (-one[1], one[0]))
    return PackageRow(
        package=package,
        cost=amount(study, cost_of(study, bought) + sum(charges_in(study, package.id).values())),
        target=None if package.target_minor is None else amount(study, package.target_minor),
        lines=len({one.line for one in bought}),
        units=sum(one.units for one in bought),
        funders=tuple((name, amount(study, minor)) for name, minor in funders),
        last_arrival=max((arrival(study, one) for one in bought), default=None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """A contribution: what it can pay after its fee, in the plan's currency, what it pays, what is left."""

    contribution: Contribution
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
        return [_money_row(study, one, left.get(one.id)) for one in study.problem.contributions]

    return study.derived("money rows", make)


def _money_row(study: Study, one: Contribution, left_because: Sentence | None) -> MoneyRow:
    can_pay, used = study.problem.can_pay_minor(one), study.plan.paid_minor.get(one.id, 0)
    return MoneyRow(
        contribution=one,
        can_pay=amount(study, can_pay),
        used=amount(study, used),
        left=amount(study, can_pay - used),
        left_because=None if left_because is None else dated(left_because, study.first_day),
    )


def waiting_lines(study: Study) -> list[Line]:
    def find() -> list[Line]:
        waiting = [
            line for line in study.problem.lines if study.plan.fulfilled.get(line.id, 0) < line.quantity
        ]
        return sorted(waiting, key=lambda line: (line.priority, line.id))

    return study.derived("waiting", find)


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
    for one in purchases_of(study, line.id):
        days[arrival(study, one)].append(one)
    have: dict[str, int] = defaultdict(int)
    levels = []
    for day in sorted(days):
        for one in days[day]:
            have[offers(study)[one.offer].item] += one.units
        if parts:
            now = min(have[part] // per_kit for part, per_kit in parts.items())
        else:
            now = floor(sum((counts.get(item, Fraction(0)) * n for item, n in have.items()), Fraction(0)))
        levels.append((day, min(now, line.quantity)))
    return levels
