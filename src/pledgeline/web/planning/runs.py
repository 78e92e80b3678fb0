"""A run: its progress while it is made, its plan when it is done, and the ways to stop or delete it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from pledgeline.actions import plans
from pledgeline.jobs.asking import NotNow
from pledgeline.jobs.models import JobState
from pledgeline.records.models import PlanRun, RunKind
from pledgeline.web.asked import Asked, asker_of
from pledgeline.web.jobs import elapsed_seconds, why_it_waits
from pledgeline.web.planning.asked import for_planners, run_of, show, show_plan
from pledgeline.web.planning.result import result_page


@for_planners
def run_page(request: HttpRequest, asked: Asked, ref: str) -> HttpResponseBase:
    """Show the plan, or how far it is, or why there is none."""
    run = run_of(request, asked, ref)
    if run.job.is_under_way:
        return show(request, "web/plan/progress.html", asked, run=run, **_progress(run))
    if run.kind in (RunKind.BINDING, RunKind.FREEING) and run.base is not None:
        page = "plan-line" if run.kind == RunKind.BINDING else "plan-contribution"
        address = reverse(f"web:{page}", args=[asked.programme.slug, run.base.ref])
        return redirect(f"{address}?{urlencode(run.change)}")
    if run.job.state == JobState.DONE:
        return show_plan(request, asked, run, result_page)
    return show(request, "web/plan/no_result.html", asked, run=run)


@for_planners
def state_part(request: HttpRequest, asked: Asked, ref: str) -> HttpResponse:
    """Give the moving part of the page of a run; a page of its own once the run has ended."""
    run = run_of(request, asked, ref)
    if not run.job.is_under_way:
        return HttpResponseClientRefresh()
    return show(request, "web/plan/_progress.html", asked, run=run, **_progress(run))


@require_POST
@for_planners
def stop(request: HttpRequest, asked: Asked, ref: str) -> HttpResponse:
    run = run_of(request, asked, ref)
    plans.stop(run=run)
    return redirect("web:plan-run", asked.programme.slug, ref)


@for_planners
def delete_page(request: HttpRequest, asked: Asked, ref: str) -> HttpResponse:
    """Ask first; with the answer delete the run, its plan and what was asked of it."""
    run = run_of(request, asked, ref)
    is_accepted = plans.is_accepted(run)
    if request.method == "POST" and not is_accepted:
        plans.delete(run=run)
        return redirect("web:plans", asked.programme.slug)
    others = run.asked_of.count()
    return show(
        request,
        "web/plan/delete.html",
        asked,
        status=409 if request.method == "POST" else 200,
        run=run,
        others=others,
        is_accepted=is_accepted,
    )


@require_POST
@for_planners
def again(request: HttpRequest, asked: Asked, ref: str) -> HttpResponse:
    """Ask for the same run once more."""
    run = run_of(request, asked, ref)
    try:
        new = plans.ask(
            source=run.input,
            kind=RunKind(run.kind),
            mode=run.mode,
            budget_seconds=run.budget_seconds,
            asker=asker_of(request),
            base=run.base,
            change=run.change,
        )
    except NotNow as error:
        return show(request, "web/plan/no_result.html", asked, run=run, refused=str(error))
    return redirect("web:plan-run", asked.programme.slug, new.ref)


def _progress(run: PlanRun) -> dict[str, object]:
    settled = run.job.progress.get("settled", [])
    return {
        "elapsed": elapsed_seconds(run.job),
        "settled": [change | {"share": _share(change)} for change in settled],
        "step": run.job.progress.get("step", "reading"),
        "of": settled[0]["of"] if settled else None,
        "waits_for": why_it_waits(run.job),
    }


def _share(one: dict[str, Any]) -> float | None:
    """Say how near to its bound a value is, from 0 to 1, where more is better."""
    if not one["step"].startswith("tier ") or one["value"] is None or not one["bound"]:
        return None
    return float(min(1.0, max(0.0, one["value"] / one["bound"])))
