"""The pictures of a plan: how much each priority gets, where the money goes, what comes when."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledgeline import charts
from pledgeline.money import Amount, in_full, in_short
from pledgeline.web import words as general
from pledgeline.web.definitions import DEFINITIONS
from pledgeline.web.formats import percent
from pledgeline.web.pictures import HALF, MOST_NODES, NARROW, WIDE, Shown
from pledgeline.web.planning import figures
from pledgeline.web.planning.asked import PlanPage

NAMES = ("plan-tiers", "plan-categories", "plan-flow", "plan-deliveries")

_CHARGES = "\x00charges"
"""Stands for the fixed charges of suppliers beside the categories."""

_REST = "\x00rest"
"""Stands for all nodes of a layer beyond those that are told apart."""


def picture(plan: PlanPage, name: str) -> Shown:
    """Draw one picture of a plan, once for each language."""
    draw = {
        "plan-tiers": lambda: _coverage(plan, "plan-tiers", figures.tiers(plan.study)),
        "plan-categories": lambda: _coverage(plan, "plan-categories", figures.categories(plan.study)),
        "plan-flow": lambda: _flow(plan),
        "plan-deliveries": lambda: _deliveries(plan),
    }[name]
    return plan.study.derived((name, plan.run.ref, general.locale()), draw)


def _shown(
    plan: PlanPage,
    name: str,
    note: str,
    widths: Sequence[int],
    draw: Callable[[charts.Frame], charts.Picture],
    header: list[str],
    lines: list[list[str]],
) -> Shown:
    title = DEFINITIONS[name][0]
    drawn: list[SafeString] = []
    for width in widths:
        frame = charts.Frame(prefix=f"{name}-{width}", title=str(title), description=note, width=width)
        drawn.append(mark_safe(draw(frame).svg))
    return Shown(
        name=name,
        title=title,
        note=note,
        svg=drawn[0],
        narrow=drawn[1],
        file=reverse("web:plan-picture", args=[plan.asked.programme.slug, plan.run.ref, name]),
        header=header,
        lines=lines,
    )


# ---- coverage ----


def _coverage(plan: PlanPage, name: str, rows: Sequence[figures.PlanCoverage]) -> Shown:
    key = "priority" if name == "plan-tiers" else "category"
    bars = [
        charts.Bar(
            name=row.label,
            value=row.got_permille,
            rest=row.most_permille - row.got_permille,
            reference=1000,
            href=plan.at("lines", **{key: row.name or "-"}),
        )
        for row in rows[:24]
    ]

    def draw(frame: charts.Frame) -> charts.Picture:
        return charts.bars(
            bars,
            frame=frame,
            amount=percent,
            empty_label=_("There are no requirements."),
            value_label=_("in the plan"),
            rest_label=_("could be had at most, by the bound"),
            reference_label=_("all that is asked for"),
        )

    note = _("Of each requirement the share of its units that the plan buys, added up by weight.")
    return _shown(
        plan,
        name,
        note,
        (HALF, NARROW),
        draw,
        [
            _("Group"),
            _("Requirements"),
            _("Met in full"),
            _("Partly"),
            _("Waiting"),
            _("In the plan"),
            _("At most"),
            _("Status"),
            _("Cost"),
        ],
        [
            [
                row.label,
                str(row.lines),
                str(row.met),
                str(row.partly),
                str(row.waiting),
                row.share,
                row.most_share,
                str(row.standing_words),
                in_full(row.cost, general.locale()),
            ]
            for row in rows
        ],
    )


# ---- flow ----


def _layers(
    plan: PlanPage, left: Sequence[str], middle: Sequence[str], right: Sequence[str]
) -> list[list[charts.FlowNode]]:
    """Give the partners, packages and categories of the flow, each with its page."""
    return [
        [
            charts.FlowNode(
                key=f"c {name}",
                name=_("all others") if name == _REST else name,
                href=plan.at("money") if name == _REST else plan.at("money", q=name),
                tone=place % charts.SERIES_MAX,
            )
            for place, name in enumerate(left)
        ],
        [
            charts.FlowNode(
                key=f"p {name}",
                name=_("all other packages") if name == _REST else name,
                href=plan.at("packages") if name == _REST else plan.at("package", package=name),
            )
            for name in middle
        ],
        [
            charts.FlowNode(
                key=f"k {name}",
                name=_name(name),
                href=_category_address(plan, name),
            )
            for name in right
        ],
    ]


def _flow(plan: PlanPage) -> Shown:
    """Draw which partner pays into which package, and what categories that buys."""
    study = plan.study
    givers = study.figures.contributions
    offers = study.figures.offers
    paid: dict[tuple[str, str], int] = defaultdict(int)
    bought: dict[tuple[str, str], int] = defaultdict(int)
    for payment in study.plan.payments:
        giver = givers[payment.contribution]
        paid[giver.partner or giver.id, payment.package] += payment.minor
        category = (
            _CHARGES if payment.supplier else study.problem.categories.get(offers[payment.offer].item, "")
        )
        bought[payment.package, category] += payment.minor
    left = _largest({partner for partner, _package in paid}, lambda who: _sum(paid, 0, who))
    middle = _largest({package for _partner, package in paid}, lambda which: _sum(paid, 1, which))
    middle = [package.id for package in study.problem.packages if package.id in middle] + [
        name for name in middle if name == _REST
    ]
    right = _largest({category for _package, category in bought}, lambda what: _sum(bought, 1, what))
    into = _gathered(paid, left, middle)
    out = _gathered(bought, middle, right)
    layers = _layers(plan, left, middle, right)
    said = _said(plan)
    links = [
        charts.FlowLink(
            source=f"{here} {source}",
            target=f"{there} {target}",
            value=minor,
            title=f"{_name(source)} → {_name(target)}: {said(minor)}",
        )
        for here, there, sums in (("c", "p", into), ("p", "k", out))
        for (source, target), minor in sorted(sums.items())
    ]

    def draw(frame: charts.Frame) -> charts.Picture:
        return charts.flow(
            layers,
            links,
            frame=frame,
            amount=_short(plan),
            empty_label=_("Nothing is paid for in this plan."),
        )

    rows = [
        [_name(source), _name(target), said(minor)]
        for sums in (into, out)
        for (source, target), minor in sorted(sums.items(), key=lambda one: -one[1])
    ]
    return _shown(
        plan,
        "plan-flow",
        _("In %(currency)s. Donated goods have no price and do not show here.")
        % {"currency": study.problem.currency},
        (WIDE, NARROW),
        draw,
        [_("From"), _("To"), _("Amount")],
        rows,
    )


def _category_address(plan: PlanPage, node: str) -> str:
    if node == _CHARGES:
        return plan.at("packages")
    return plan.at("lines") if node == _REST else plan.at("lines", category=node or "-")


def _name(node: str) -> str:
    if node == _CHARGES:
        return _("fixed charges")
    return _("all others") if node == _REST else node or _("no category")


def _sum(sums: dict[tuple[str, str], int], side: int, name: str) -> int:
    return sum(minor for pair, minor in sums.items() if pair[side] == name)


def _largest(names: set[str], size: Callable[[str], int]) -> list[str]:
    """Keep the largest nodes apart; the others become one."""
    ordered = sorted(names, key=lambda name: (-size(name), name))
    return ordered if len(ordered) <= MOST_NODES else [*ordered[: MOST_NODES - 1], _REST]


def _gathered(
    sums: dict[tuple[str, str], int], sources: Sequence[str], targets: Sequence[str]
) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (source, target), minor in sums.items():
        pair = (source if source in sources else _REST, target if target in targets else _REST)
        found[pair] += minor
    return found


def _short(plan: PlanPage) -> Callable[[int], str]:
    currency = plan.study.problem.currency
    return lambda minor: in_short(Amount(minor, currency), general.locale())


def _said(plan: PlanPage) -> Callable[[int], str]:
    currency = plan.study.problem.currency
    return lambda minor: in_full(Amount(minor, currency), general.locale())


# ---- deliveries ----


def _deliveries(plan: PlanPage) -> Shown:
    """Draw how many lines are served by each day, against how many are needed by it."""
    study = plan.study
    served, needed = figures.served_over_time(study), figures.needed_over_time(study)
    # Hundredths of a line: a half-served line counts as a half.
    comes = [(day, floor(level * 100)) for day, level in served]
    wanted = [(day, floor(level * 100)) for day, level in needed]

    def name(day: int) -> str:
        return figures.day_of(study.first_day, day)

    def draw(frame: charts.Frame) -> charts.Picture:
        return charts.against(
            comes,
            wanted,
            frame=frame,
            amount=lambda value: f"{value / 100:g}",
            day=name,
            comes_label=_("requirements served by the day"),
            wanted_label=_("requirements needed by the day"),
            empty_label=_("Nothing arrives in this plan, and no requirement says by when it is needed."),
        )

    without_day = sum(1 for line in study.problem.lines if line.need_by is None)
    note = _("A half-served requirement counts as a half.")
    if without_day:
        note += " " + ngettext(
            "%(n)s requirement does not say by when it is needed.",
            "%(n)s requirements do not say by when they are needed.",
            without_day,
        ) % {"n": without_day}
    days = sorted({day for day, _level in (*served, *needed)})
    rows = [[name(day), _lines(_level(served, day)), _lines(_level(needed, day))] for day in days]
    return _shown(
        plan,
        "plan-deliveries",
        note,
        (WIDE, NARROW),
        draw,
        [_("By"), _("Requirements served"), _("Requirements needed")],
        rows,
    )


def _level(levels: Sequence[tuple[int, Fraction]], day: int) -> Fraction:
    return next((level for when, level in reversed(levels) if when <= day), Fraction(0))


def _lines(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{floor(value * 100) / 100:.2f}"


def all_pictures(plan: PlanPage) -> dict[str, object]:
    """Give each picture by its short name; that of the priorities is `tiers_picture`."""
    found = {name.removeprefix("plan-"): picture(plan, name) for name in NAMES}
    return {**found, "tiers_picture": found["tiers"]}
