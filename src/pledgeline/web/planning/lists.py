"""The plans of a programme, newest first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pledgeline.money import Amount
from pledgeline.records.models import PlanInput, PlanRun
from pledgeline.web.asked import Asked, visitor
from pledgeline.web.planning import words
from pledgeline.web.planning.asked import for_planners, plan_runs, show
from pledgeline.web.tables import Column, Table


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


def _table(request: HttpRequest, asked: Asked) -> Table:
    rows = list(plan_runs(request, asked))
    for run in rows:
        run.cost, run.outcome = cost_of(run), outcome(run)
    return Table(
        request,
        name=f"{asked.programme.slug}-plans",
        caption=_("Plans"),
        columns=[
            Column(
                name="name",
                label=_("Plan"),
                value=lambda run: run.input.name,
                key=lambda run: run.input.name.casefold(),
            ),
            Column(
                name="asked",
                label=_("Asked for"),
                value=lambda run: run.job.asked_at.isoformat(timespec="seconds"),
                key=lambda run: run.job.asked_at,
            ),
            Column(
                name="by",
                label=_("By"),
                value=lambda run: run.job.asked_by,
                key=lambda run: run.job.asked_by.casefold(),
            ),
            Column(
                name="state", label=_("State"), value=lambda run: run.outcome, key=lambda run: run.outcome
            ),
            Column(
                name="met",
                label=_("Lines met in full"),
                number=True,
                value=lambda run: _summary(run, "met"),
                key=lambda run: _summary(run, "met"),
            ),
            Column(
                name="lines",
                label=_("Lines"),
                number=True,
                shown=False,
                value=lambda run: _summary(run, "lines"),
            ),
            Column(
                name="cost",
                label=_("Cost"),
                number=True,
                value=lambda run: run.cost.major if run.cost else None,
                key=lambda run: (run.cost.currency, run.cost.minor) if run.cost else None,
            ),
            Column(
                name="currency", label=_("Currency"), shown=False, value=lambda run: _summary(run, "currency")
            ),
            Column(
                name="digest", label=_("Digest of the input"), shown=False, value=lambda run: run.input.digest
            ),
        ],
        rows=rows,
        sort="-asked",
        row_template="web/plan/rows/run.html",
        empty=_("No plan has been made yet."),
        per_page=30,
    )


@for_planners
def plans_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    table = _table(request, asked)
    drafts = PlanInput.objects.visible_to(visitor(request), asked.programme.slug).filter(runs__isnull=True)
    return show(
        request,
        "web/plan/plans.html",
        asked,
        table=table,
        drafts=drafts.defer("upload", "marked", "problem")[:10],
        moving=any(run.job.is_under_way for run in table.page.object_list),
        file_base=reverse("web:plans", args=[asked.programme.slug]).rstrip("/"),
    )


@for_planners
def plans_file(request: HttpRequest, asked: Asked, format_: str) -> HttpResponse:
    return _table(request, asked).file(format_)
