"""The page of a job that somebody waits for: how far it is, how to stop it, and where it leads when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from pledgeline.accounts.rights import Act, may
from pledgeline.actions.job_askers import stop_job
from pledgeline.jobs.asking import Asker
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.health import workers_alive
from pledgeline.jobs.models import UNDER_WAY, Job, JobFile, JobState
from pledgeline.web.asked import Asked, ask, asker_of, show, visitor
from pledgeline.web.downloads import attached


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Of a kind of job: what one must be allowed, what is said of it, where it leads, and where to begin again.

    `under` names the part of the site that it belongs to, as its addresses begin.
    """

    act: Act | None
    title: Any
    leads_to: Callable[[Job], str]
    back: str
    under: str
    is_file: bool = False


def _is_for(door: Door, job: Job, request: HttpRequest) -> bool:
    """Say whether a visitor may see a job: where no act opens it, only who asked for it."""
    if door.act is None:
        return asker_of(request) == Asker(name=job.asked_by, account=job.asked_by_account)
    return may(visitor(request), door.act, job.programme)


def _to_input(job: Job) -> str:
    return reverse("web:plan-input", args=[job.programme, job.result["input"]])


def _to_events(job: Job) -> str:
    if "entered" in job.result:
        entered = urlencode({"entered": job.result["entered"]})
        return f"{reverse('web:books-events', args=[job.programme])}?{entered}"
    return reverse("web:books-events-look", args=[job.programme, job.ref])


def _to_nouns(job: Job) -> str:
    return reverse("web:nouns-import-look", args=[job.programme, job.ref])


def _to_sheets(job: Job) -> str:
    return reverse("web:workbook-look", args=[job.programme, job.ref])


def _to_workbook(job: Job) -> str:
    return reverse("web:plan-workbook", args=[job.programme, job.arguments["run"]])


def _to_file(job: Job) -> str:
    return reverse("web:job-file", args=[job.programme, job.ref])


DOORS = {
    "read": Door(
        act=Act.MAKE_PLANS,
        title=gettext_lazy("Reading your file"),
        leads_to=_to_input,
        back="web:plan-new",
        under="plan",
    ),
    "events": Door(
        act=Act.KEEP_BOOKS,
        title=gettext_lazy("Holding the events against the books"),
        leads_to=_to_events,
        back="web:books-events",
        under="books",
    ),
    "nouns": Door(
        act=None,
        title=gettext_lazy("Holding your file against what is there"),
        leads_to=_to_nouns,
        back="web:nouns-import",
        under="",
    ),
    "sheets": Door(
        act=None,
        title=gettext_lazy("Holding your file against what is there"),
        leads_to=_to_sheets,
        back="web:workbook",
        under="",
    ),
    "workbook": Door(
        act=Act.SEE_PLANS,
        title=gettext_lazy("The workbook of a plan"),
        leads_to=_to_workbook,
        back="web:plans",
        under="plan",
        is_file=True,
    ),
    "file": Door(
        act=None,
        title=gettext_lazy("Writing a long file"),
        leads_to=_to_file,
        back="web:overview",
        under="",
        is_file=True,
    ),
}
"""Plans and questions have pages of their own, and the books' proofs say how far verifying is."""

LAYOUTS = {"plan": "web/plan/base.html", "books": "web/books/unopened.html", "": "web/base.html"}


@never_cache
def job_page(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show how far a job is, or why it came to nothing; lead on from one that is done."""
    asked, job, door = _asked_for(request, slug, ref)
    if job.state == JobState.DONE and not door.is_file:
        return redirect(door.leads_to(job))
    return show(request, "web/job.html", asked, **_told(job, door))


@never_cache
def job_part(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Give the moving part of the page; the page anew once the job has ended."""
    asked, job, door = _asked_for(request, slug, ref)
    if not job.is_under_way:
        return HttpResponseClientRefresh()
    return show(request, "web/_job.html", asked, **_told(job, door))


@require_POST
def job_stop(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    _asked, job, _door = _asked_for(request, slug, ref)
    stop_job(job)
    return redirect("web:job", slug, ref)


@never_cache
def job_file(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Give the long file that a job has written."""
    _asked, job, _door = _asked_for(request, slug, ref)
    file = JobFile.objects.filter(job=job, job__kind="file", job__state=JobState.DONE).first()
    if file is None:
        raise Http404("there is no such file any more")
    return attached(bytes(file.content), file.name, job.result["kind"])


def elapsed_seconds(job: Job) -> int:
    """Say how long a job has been done, or has waited, by the clock that wrote its times."""
    return max(0, int((database_time() - (job.began_at or job.asked_at)).total_seconds()))


def why_it_waits(job: Job) -> str:
    """Say what a job waits for that has not begun."""
    if job.state != JobState.WAITING:
        return ""
    if not workers_alive():
        return _("Nobody is at work on the queue: whoever runs this site has to start “pledgeline worker”.")
    if job.attempts:
        return _("It is begun again: its process ended.")
    has_others = Job.objects.filter(state__in=UNDER_WAY).exclude(pk=job.pk).exists()
    return _("Others are before it.") if has_others else _("It begins in a moment.")


def _asked_for(request: HttpRequest, slug: str, ref: str) -> tuple[Asked, Job, Door]:
    asked = ask(request, slug)
    job = Job.objects.filter(ref=ref, programme=slug, kind__in=DOORS).first()
    if job is None or not _is_for(DOORS[job.kind], job, request):
        raise Http404("there is no such job")
    return asked, job, DOORS[job.kind]


def _told(job: Job, door: Door) -> dict[str, Any]:
    return {
        "job": job,
        "title": door.title,
        "elapsed": elapsed_seconds(job) if job.is_under_way else 0,
        "waits_for": why_it_waits(job),
        "address": door.leads_to(job) if job.state == JobState.DONE else "",
        "back": reverse(door.back, args=[job.programme]),
        "under": door.under,
        "layout": LAYOUTS[door.under],
    }
