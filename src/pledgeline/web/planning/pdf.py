"""A plan on one page of PDF."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledgeline.money import in_full, in_short
from pledgeline.records.plans import Study
from pledgeline.web import words as general
from pledgeline.web.formats import number
from pledgeline.web.planning import figures
from pledgeline.web.planning.asked import PlanPage
from pledgeline.web.typeset import typeset

MOST_ROWS = 40
"""Rows of a table that the page is offered; it takes as many as it has room for."""

FUNDERS = 6
LONGEST = 240
"""Letters of a reason; the site has the whole of it."""


def one_page(plan: PlanPage) -> bytes:
    """Set the page: it is one, however much there is."""
    return set_page(told_of(plan))


def set_page(told: Mapping[str, Any]) -> bytes:
    """Set what is told of a plan."""
    return typeset("pledgeline.web.planning", "one_page.typ", told)


def _head(study: Study) -> list[list[object]]:
    """Give the three figures at the head of the page."""
    return [
        [
            _("Requirements met in full"),
            f"{len(study.problem.lines) - len(study.figures.waiting)} / {len(study.problem.lines)}",
        ],
        [_("Cost"), in_short(figures.amount(study, study.plan.cost_minor), general.locale())],
        [_("Money left"), in_short(figures.amount(study, study.figures.left_minor), general.locale())],
    ]


def _tiers(study: Study) -> dict[str, object]:
    """Give the table of the priorities, written out."""
    return {
        "title": _("What each priority gets"),
        "head": [_("Priority"), _("In the plan"), "", _("At most"), _("Met"), _("Status")],
        "rows": [
            [
                row.label,
                row.share,
                row.got_permille,
                row.most_permille,
                row.most_share,
                f"{row.met} / {row.lines}",
                str(row.standing_words),
            ]
            for row in figures.tiers(study)[:6]
        ],
    }


def _packages(plan: PlanPage) -> dict[str, object]:
    """Give the table of the packages that buy something, written out."""
    used_packages = [row for row in figures.package_rows(plan.study) if row.is_used]
    return _table(
        _("Packages and who pays for them"),
        [_("Package"), _("Ordered"), _("Cost"), _("Requirements"), _("Paid by")],
        len(used_packages),
        [
            [
                row.package.id,
                figures.day_of(plan.study.first_day, row.package.order_day),
                in_full(row.cost, general.locale()),
                str(row.lines),
                _partners(plan, row),
            ]
            for row in used_packages[:MOST_ROWS]
        ],
    )


def _money(study: Study) -> dict[str, object]:
    locale = general.locale()
    money = sorted(figures.money_rows(study), key=lambda row: (-row.used.minor, row.contribution.id))
    return _table(
        _("Whose money is used, and why the rest is not"),
        [_("Contribution"), _("Partner"), _("Used"), _("Left"), ""],
        len(money),
        [
            [
                row.contribution.id,
                row.contribution.partner,
                in_full(row.used, locale),
                in_full(row.left, locale),
                _short(row.why) if row.left else "",
            ]
            for row in money[:MOST_ROWS]
        ],
    )


def _waiting(study: Study, rows: Mapping[str, figures.LineRow]) -> dict[str, object]:
    waiting = study.figures.waiting
    return _table(
        _("First requirements that wait, and why"),
        [_("Requirement"), _("Item"), _("Priority"), _("Units"), _("Why")],
        len(waiting),
        [
            [
                line.id,
                line.item,
                str(line.priority),
                f"{number(rows[line.id].got)} / {number(line.quantity)}",
                _short(rows[line.id].said or str(rows[line.id].reason_words)),
            ]
            for line in waiting[:MOST_ROWS]
        ],
    )


def _ordered(study: Study, rows: Mapping[str, figures.LineRow]) -> dict[str, object]:
    locale = general.locale()
    ordered = sorted(
        (row for row in rows.values() if row.got), key=lambda row: (row.line.priority, row.line.id)
    )
    return _table(
        _("What is ordered, by priority"),
        [_("Requirement"), _("Item"), _("Priority"), _("Units"), _("Arrives"), _("Cost")],
        len(ordered),
        [
            [
                row.line.id,
                row.line.item,
                str(row.line.priority),
                f"{number(row.got)} / {number(row.line.quantity)}",
                figures.day_of(study.first_day, row.arrives),
                in_full(row.cost, locale),
            ]
            for row in ordered[:MOST_ROWS]
        ],
    )


def told_of(plan: PlanPage) -> dict[str, object]:
    """Give everything that stands on the page, written out."""
    from pledgeline.web.planning.result import headline

    study, run = plan.study, plan.run
    rows = {row.line.id: row for row in figures.line_rows(study)}
    return {
        "programme": plan.asked.programme.name,
        "title": _short(run.input.name),
        "made": _("Planned on %(day)s by %(who)s")
        % {"day": date_format(run.job.asked_at.date(), "LONG_DAY_FORMAT"), "who": run.job.asked_by},
        "headline": headline(study),
        "figures": _head(study),
        "tiers": _tiers(study),
        "packages": _packages(plan),
        "money": _money(study),
        "waiting": _waiting(study, rows),
        "ordered": _ordered(study, rows),
        "most": MOST_ROWS,
        "more": _("and {n} more"),
        "proof": _("Input %(digest)s. %(solver)s; %(mode)s; every rule was checked in whole numbers.")
        % {
            "digest": study.plan.input_digest,
            "solver": study.plan.solver,
            "mode": study.plan.policy.get("mode", ""),
        },
    }


def _table(title: str, head: list[str], total: int, rows: list[list[str]]) -> dict[str, object]:
    return {"title": title, "head": head, "total": total, "rows": rows}


def _partners(plan: PlanPage, row: figures.PackageRow) -> str:
    """Name who pays and how much, those who pay most first, each partner once."""
    most = list(plan.study.figures.paid_by_partner(row).items())
    named = [
        f"{name} {in_short(figures.amount(plan.study, minor), general.locale())}"
        for name, minor in most[:FUNDERS]
    ]
    if len(most) > FUNDERS:
        named.append(_("%(n)s more") % {"n": len(most) - FUNDERS})
    return ", ".join(named) or _("nobody: all of it is donated")


def _short(said: str) -> str:
    """Cut a long text, after a sentence or a part of one where it has such an end."""
    if len(said) <= LONGEST:
        return said
    cut = said[: LONGEST - 2]
    ends = [end + 1 for mark in (". ", "; ") if (end := cut.rfind(mark)) > LONGEST // 3]
    return f"{cut[: max(ends)] if ends else cut.rstrip()} …"
