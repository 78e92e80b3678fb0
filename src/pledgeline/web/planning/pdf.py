"""A plan on one page of PDF, set by Typst.

Typst is an extra, because it is as large as all the rest of planning. The texts go in as data, never as
markup: a name with a `#` in it stays a name.
"""

import json
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledgeline.money import in_full, in_short
from pledgeline.web import words as general
from pledgeline.web.planning import figures
from pledgeline.web.planning.asked import PlanAsked
from pledgeline.web.templatetags.planning import units

ROWS = 8
FUNDERS = 6


def is_missing() -> bool:
    """Say whether Typst is not installed."""
    return find_spec("typst") is None


def one_page(plan: PlanAsked) -> bytes:
    """Set the page."""
    import typst

    source = files("pledgeline.web.planning").joinpath("one_page.typ").read_bytes()
    told = json.dumps(_told(plan), ensure_ascii=False)
    data: bytes = typst.compile(source, format="pdf", sys_inputs={"plan": told})
    return data


def _told(plan: PlanAsked) -> dict[str, Any]:
    """Give everything that stands on the page, written out."""
    from pledgeline.web.planning.result import headline

    study, run = plan.study, plan.run
    locale = general.locale()
    rows = {row.line.id: row for row in figures.line_rows(study)}
    waiting = figures.waiting_lines(study)
    money = sorted(figures.money_rows(study), key=lambda row: (-row.used.minor, row.contribution.id))
    used_packages = [row for row in figures.package_rows(study) if row.is_used]
    return {
        "programme": plan.asked.programme.name,
        "title": run.input.name,
        "made": _("Planned on %(day)s by %(who)s")
        % {"day": date_format(run.asked_at.date(), "j F Y"), "who": run.asked_by},
        "headline": headline(study),
        "figures": [
            [
                _("Lines met in full"),
                f"{len(study.problem.lines) - len(waiting)} / {len(study.problem.lines)}",
            ],
            [_("Cost"), in_short(figures.amount(study, study.plan.cost_minor), locale)],
            [_("Money left"), in_short(figures.amount(study, sum(row.left.minor for row in money)), locale)],
        ],
        "tiers": {
            "title": _("What each priority gets"),
            "head": [_("Priority"), _("In the plan"), "", _("At most"), _("Met"), _("Standing")],
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
        },
        "packages": {
            "title": _("Packages"),
            "head": [_("Package"), _("Ordered"), _("Cost"), _("Paid by")],
            "rows": [
                [
                    row.package.id,
                    figures.day_of(study.first_day, row.package.order_day),
                    in_full(row.cost, locale),
                    _partners(plan, [name for name, _paid in row.funders]),
                ]
                for row in used_packages[:ROWS]
            ],
            "more": _more(len(used_packages)),
        },
        "money": {
            "title": _("Who pays"),
            "head": [_("Contribution"), _("Partner"), _("Used"), _("Left")],
            "rows": [
                [
                    row.contribution.id,
                    row.contribution.partner,
                    in_full(row.used, locale),
                    in_full(row.left, locale),
                ]
                for row in money[:ROWS]
            ],
            "more": _more(len(money)),
        },
        "waiting": {
            "title": _("First lines that wait"),
            "head": [_("Line"), _("Item"), _("Priority"), _("Units"), _("Why")],
            "rows": [
                [
                    line.id,
                    line.item,
                    str(line.priority),
                    f"{units(rows[line.id].got)} / {units(line.quantity)}",
                    str(rows[line.id].reason_words),
                ]
                for line in waiting[:ROWS]
            ],
            "more": _more(len(waiting)),
        },
        "proof": _("Input %(digest)s. %(solver)s; %(mode)s; every rule was checked in whole numbers.")
        % {
            "digest": study.plan.input_digest,
            "solver": study.plan.solver,
            "mode": study.plan.policy.get("mode", ""),
        },
    }


def _partners(plan: PlanAsked, names: list[str]) -> str:
    """Name who pays, those who pay most first, each partner once."""
    givers = figures.contributions(plan.study)
    partners = list(dict.fromkeys(givers[name].partner or name for name in names))
    return ", ".join(partners[:FUNDERS]) + (" …" if len(partners) > FUNDERS else "")


def _more(rows: int) -> str:
    return _("and %(n)s more") % {"n": rows - ROWS} if rows > ROWS else ""
