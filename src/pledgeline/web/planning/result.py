"""The page of a plan: what is proven, who gets what, who pays, what waits and why."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledgeline.plan import Certainty
from pledgeline.records.plans import Study
from pledgeline.web import typeset
from pledgeline.web.asked import part_of
from pledgeline.web.pictures import as_file
from pledgeline.web.planning import accept, figures
from pledgeline.web.planning.asked import PlanPage, of_a_plan, plan_runs
from pledgeline.web.planning.pictures import NAMES, all_pictures, picture

SHOWN = 8
"""How many lines and partners the page of a plan shows; the rest is one click away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRun:
    """What the kept part of the page may know of a run: its name in addresses, and whether a file was handed in."""

    ref: str
    has_file: bool


def result_page(plan: PlanPage) -> HttpResponse:
    study, pdf_missing = plan.study, typeset.is_missing()
    run = ShownRun(ref=plan.run.ref, has_file=bool(plan.run.input.file_name))
    part = part_of(
        plan.request,
        plan.asked,
        *(study.identity, run, pdf_missing),
        context=lambda: {"study": study, "run": run, "pdf_missing": pdf_missing, **_result(plan)},
    )
    others = plan_runs(plan.request, plan.asked).filter(job__state="done").exclude(pk=plan.run.pk)[:50]
    return plan.show("result.html", part=part, others=others, **accept.offered(plan))


def _result(plan: PlanPage) -> dict[str, object]:
    study = plan.study
    rows = {row.line.id: row for row in figures.line_rows(study)}
    waiting = study.figures.waiting
    money = sorted(figures.money_rows(study), key=lambda row: (-row.left.minor, row.contribution.id))
    left_over = [row for row in money if row.left.minor]
    return {
        "headline": headline(study),
        "met": len(study.problem.lines) - len(waiting),
        "cost": figures.amount(study, study.plan.cost_minor),
        "left": figures.amount(study, study.figures.left_minor),
        "money_in_all": figures.amount(study, study.figures.offered_minor),
        "packages": figures.package_rows(study)[:SHOWN],
        "more_packages": max(0, len(study.problem.packages) - SHOWN),
        "waiting": [rows[line.id] for line in waiting[:SHOWN]],
        "more_waiting": max(0, len(waiting) - SHOWN),
        "money": left_over[:SHOWN],
        "more_money": max(0, len(left_over) - SHOWN),
        **all_pictures(plan),
    }


@of_a_plan
def picture_file(plan: PlanPage, name: str) -> HttpResponse:
    if name not in NAMES:
        raise Http404("there is no such picture")
    return as_file(picture(plan, name), f"{plan.asked.programme.slug}-{name}")


def headline(study: Study) -> str:
    """Say what is proven, in words, and nothing more than that."""
    made = study.plan
    if made.interrupted:
        start = _("This is the best plan that was found before it was stopped.")
    elif made.is_provably_best():
        return _(
            "This plan is provably the best: no other serves the first priority better, nor with that held the "
            "next, down to the last; and none of those that do as well delivers earlier, or as early for less."
        )
    else:
        start = ""
    tiers = figures.tiers(study)
    proven = 0
    for tier in tiers:
        if tier.standing is not Certainty.PROVEN:
            break
        proven += 1
    if proven == len(tiers) and tiers:
        rest = _("What each priority gets is proven to be the most there can be; delivery and cost are not.")
    elif proven:
        rest = ngettext(
            "The first priority is proven to get all that it can.",
            "The first %(n)s priorities are proven to get all that they can.",
            proven,
        ) % {"n": proven}
        rest = f"{rest} {_gap(tiers[proven])}"
    elif tiers:
        rest = _gap(tiers[0])
    else:
        rest = _("There are no requirements to plan.")
    return f"{start} {rest}".strip()


def _gap(tier: figures.PlanCoverage) -> str:
    """Say how far a priority is from its bound."""
    if tier.most is None:
        return _("For %(tier)s nobody knows how much more there could be.") % {"tier": tier.label}
    return _("%(tier)s gets %(got)s, and can have %(most)s at most.") % {
        "tier": tier.label,
        "got": tier.share,
        "most": tier.most_share,
    }
