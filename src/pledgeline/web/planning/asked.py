"""What every page of planning needs: who asks, which programme, which run, and its plan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.jobs.asking import NotNow
from pledgeline.records.models import PlanInput, PlanRun, RunKind
from pledgeline.records.plans import Altered, Study, study_of
from pledgeline.web.addresses import address_of
from pledgeline.web.asked import Asked, ask, visitor
from pledgeline.web.asked import show as show_page
from pledgeline.web.not_now import not_now
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import Parameters, parameters_of

View = Callable[..., HttpResponseBase]

LONG_TEXTS = tuple(
    f"{source}__{text}"
    for source in ("input", "base__input")
    for text in ("upload", "marked", "problem", "findings")
)
"""What is read of an input only where it is asked for: it can hold megabytes."""


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A run with its plan, asked for by somebody who may see it."""

    request: HttpRequest
    asked: Asked
    run: PlanRun
    study: Study

    @property
    def parameters(self) -> Parameters:
        return parameters_of(self.request)

    @property
    def first_day(self) -> date | None:
        return self.study.first_day

    def at(self, page: str, **parameters: object) -> str:
        """Give the address of a page of this plan."""
        return address_of(f"plan-{page}", self.asked.programme.slug, self.run.ref, parameters=parameters)

    def show(self, template: str, **context: Any) -> HttpResponse:
        return show(
            self.request, f"web/plan/{template}", self.asked, run=self.run, study=self.study, **context
        )


def show(request: HttpRequest, template: str, asked: Asked, **context: Any) -> HttpResponse:
    """Render a page of planning; `planner` says whether this visitor may do something there."""
    planner = may(visitor(request), Act.MAKE_PLANS, asked.programme.slug)
    return show_page(request, template, asked, planner=planner, **context)


def for_planners(view: View) -> View:
    """Let only those see a page who may see plans, and only those act who may plan."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponseBase:
        asked = ask(request, slug)
        act = Act.SEE_PLANS if request.method in ("GET", "HEAD") else Act.MAKE_PLANS
        if not may(visitor(request), act, slug):
            return not_yours(request, act)
        try:
            return view(request, asked, *args, **kwargs)
        except NotNow as error:
            return not_now(request, asked, error)

    return guarded


def of_a_plan(view: Callable[..., HttpResponseBase]) -> View:
    """Give a page its proven plan; a plan that was altered is never shown."""

    @for_planners
    @wraps(view)
    def with_plan(
        request: HttpRequest, asked: Asked, ref: str, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        run = run_of(request, asked, ref)
        return show_plan(request, asked, run, lambda plan: view(plan, *args, **kwargs))

    return with_plan


def show_plan(
    request: HttpRequest, asked: Asked, run: PlanRun, view: Callable[[PlanPage], HttpResponseBase]
) -> HttpResponseBase:
    """Show a page of the proven plan of `run`, or say that the plan was altered."""
    try:
        study = study_of(run)
    except Altered as error:
        return show(request, "web/plan/altered.html", asked, status=500, run=run, why=str(error))
    if study is None:
        raise Http404("this run has no plan")
    return view(PlanPage(request, asked, run, study))


def run_of(request: HttpRequest, asked: Asked, ref: str) -> PlanRun:
    run = seen_run(visitor(request), asked.programme.slug, ref)
    if run is None:
        raise Http404("there is no such plan")
    return run


def seen_run(person: Person, programme: str, ref: str) -> PlanRun | None:
    """Give a run that somebody may see, with what its pages say of it."""
    rows = PlanRun.objects.visible_to(person, programme)
    found = rows.select_related("job", "input", "programme", "base__input").defer(*LONG_TEXTS).filter(ref=ref)
    run: PlanRun | None = found.first()
    return run


def input_of(request: HttpRequest, asked: Asked, ref: str) -> PlanInput:
    rows = PlanInput.objects.visible_to(visitor(request), asked.programme.slug)
    found: PlanInput | None = rows.filter(ref=ref).first()
    if found is None:
        raise Http404("there is no such input")
    return found


def plan_runs(request: HttpRequest, asked: Asked) -> QuerySet[PlanRun]:
    """Give the runs that end in a plan, newest first, without the long texts of their inputs."""
    rows = PlanRun.objects.visible_to(visitor(request), asked.programme.slug)
    wanted = rows.filter(kind__in=(RunKind.PLAN, RunKind.WHAT_IF)).select_related("job", "input")
    return wanted.defer("input__upload", "input__marked", "input__problem", "input__findings")
