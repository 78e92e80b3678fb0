"""The workbook of a large plan, written by a job and kept for a day, to be downloaded.

Writing takes a third of a second for a thousand lines: what is small is written when it is asked for.
"""

from django.db import transaction

from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.workbook import write_plan
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker
from pledgeline.jobs.context import JobContext, NoResult
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import UNDER_WAY, Job, JobFile, JobState
from pledgeline.records.models import PlanRun
from pledgeline.records.plans import Altered, Study, study_of

MOST_AT_ONCE = 3_000
"""Lines. A workbook of so many takes about a second."""


def workbook_of(study: Study, title: str) -> bytes:
    """Write the workbook of a plan."""
    return write_plan(study.figures, first_day=study.first_day, title=title, reasons=study.reasons)


@trail.leaves_refusals(AuditAct.WORKBOOK_ASKED, "plan", ref="run")
@transaction.atomic
def ask_for_workbook(*, run: PlanRun, asker: Asker) -> Job:
    """Have the workbook of a plan written; give the job that does so, or did and still has it.

    Raises:  NotNow.
    """
    jobs = Job.objects.filter(
        kind=write_workbook.queue_name, programme=run.programme.slug, arguments__run=run.ref
    )
    under_way = jobs.filter(state__in=UNDER_WAY).first()
    there = jobs.filter(state=JobState.DONE, file__isnull=False).first()
    found: Job | None = there or under_way
    if found is None:
        slug = run.programme.slug
        found = asking.ask(write_workbook, programme=slug, asker=asker, run=run.ref)
        trail.record(AuditAct.WORKBOOK_ASKED, "plan", run.ref, programme=slug)
    return found


@job("workbook")
def write_workbook(context: JobContext, run: str) -> None:
    """Write the workbook of a run's plan, and keep it with the job."""
    row = PlanRun.objects.select_related("input").get(ref=run)
    try:
        study = study_of(row)
    except Altered as error:
        raise NoResult(str(error)) from None
    if study is None:
        raise NoResult("There is no plan of which a workbook could be written.")
    data = workbook_of(study, row.input.name)
    with context.ending() as end:
        JobFile.keep(context.job, f"{row.programme.slug}-plan-{run[:6]}.xlsx", data)
        end.result, end.keeps_file = {"run": run}, True
