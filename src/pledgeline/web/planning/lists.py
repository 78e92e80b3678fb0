"""The plans of a programme, newest first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.money import Amount
from pledgeline.records.models import PlanInput, PlanRun, RunKind
from pledgeline.web.asked import Asked, visitor
from pledgeline.web.columns import Mark, Money, Text, Timestamp, Whole
from pledgeline.web.planning import words
from pledgeline.web.planning.asked import for_planners, plan_runs, show
from pledgeline.web.tables import Table


def _summary(run: PlanRun, name: str) -> Any:
    return (run.job.result or {}).get(name)


def cost_of(run: PlanRun) -> Amount | None:
    """Give what a finished plan costs."""
    minor, currency = _summary(run, "cost_minor"), _summary(run, "currency")
    return None if minor is None else Amount(minor, currency)


def outcome(run: PlanRun) -> str:
    """Say in two or three words how good a run's plan is, or why there is none."""
    if run.job.result is None:
        return str(words.RUN_STATES[run.job.state])
    if run.job.result.get("interrupted"):
        return str(_("stopped early"))
    return str(_("proven best")) if run.job.result.get("provably_best") else str(_("with bounds"))


def _mark(run: PlanRun) -> str:
    """Give the classes of the mark that says how good a run's plan is."""
    if _summary(run, "provably_best"):
        return "mark mark-counted"
    return "mark mark-apart" if run.job.is_under_way or run.job.result else "mark mark-left-out"


def _table(request: HttpRequest, asked: Asked) -> Table:
    rows = list(plan_runs(request, asked))
    run: Any
    for run in rows:
        run.cost, run.outcome = cost_of(run), outcome(run)

    def summary(name: str) -> Callable[[PlanRun], object]:
        return lambda run: _summary(run, name)

    return Table(
        request,
        name=f"{asked.programme.slug}-plans",
        caption=_("Plans"),
        columns=[
            Text(
                "name",
                _("Plan"),
                "input.name",
                folded=True,
                classes="what",
                link=lambda run: asked.at("plan-run", run.ref),
                note=lambda run: _("what-if") if run.kind == RunKind.WHAT_IF else "",
            ),
            Timestamp("asked", _("Asked for"), "job.asked_at"),
            Text("by", _("By"), "job.asked_by", folded=True),
            Mark("state", _("State"), "outcome", mark=_mark),
            Whole("met", _("Requirements met in full"), summary("met"), template="web/plan/_met.html"),
            Whole("lines", _("Requirements"), summary("lines"), shown=False),
            Money("cost", _("Cost")),
            Text("currency", _("Currency"), summary("currency"), shown=False),
            Text("digest", _("Digest of the input"), "input.digest", shown=False),
        ],
        rows=rows,
        sort="-asked",
        empty=_("No plan has been made yet."),
        per_page=30,
        files="plans-file",
    )


@for_planners
def plans_page(request: HttpRequest, asked: Asked, format_: str = "") -> HttpResponseBase:
    """Show the plans, or give them as a file."""
    table = _table(request, asked)
    if format_:
        return table.file(format_)
    drafts = PlanInput.objects.visible_to(visitor(request), asked.programme.slug).filter(runs__isnull=True)
    return show(
        request,
        "web/plan/plans.html",
        asked,
        table=table,
        drafts=drafts.defer("upload", "marked", "problem")[:10],
        moving=any(run.job.is_under_way for run in table.page.object_list),
    )
