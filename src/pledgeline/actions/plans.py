"""Ask for a plan, stop it, delete it.

A plan is made by a job: it outlives the browser, and the site answers meanwhile.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from pledgeline.actions import planner
from pledgeline.actions.plan_inputs import hand_in_change
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker, NotNow
from pledgeline.jobs.models import Job
from pledgeline.plan import Problem
from pledgeline.records.models import FormedPackage, PlanInput, PlanRun, RunKind

LONGEST_BUDGET = 3_600
"""Units: seconds. Who says no budget gives so much."""

QUESTION_SECONDS = 600
"""A question means several plans, none of which may be cut short: after so long there is no answer."""

MODES = ("fast", "prove")


class IsAccepted(ValueError):
    """A plan was accepted, and what follows from it points to it."""


@trail.leaves_refusals(AuditAct.PLAN_ASKED, "input", ref="source")
@transaction.atomic
def ask(
    *,
    source: PlanInput,
    kind: RunKind,
    mode: str,
    asker: Asker,
    budget_seconds: int | None = None,
    base: PlanRun | None = None,
    change: Mapping[str, object] | None = None,
) -> PlanRun:
    """Put a run into the queue.

    Raises:  NotNow when too many wait already, or nothing can be planned from the input.
    """
    if not source.problem:
        raise NotNow("There are errors in the input: correct them and upload it again.")
    is_question = kind in (RunKind.BINDING, RunKind.FREEING)
    run = PlanRun(
        programme=source.programme,
        input=source,
        base=base,
        kind=kind,
        change=dict(change or {}),
        mode=mode if mode in MODES else "prove",
        budget_seconds=QUESTION_SECONDS
        if is_question
        else min(budget_seconds or LONGEST_BUDGET, LONGEST_BUDGET),
    )
    run.job = asking.ask(
        planner.answer_question if is_question else planner.make_plan,
        programme=source.programme.slug,
        asker=asker,
        run=run.ref,
    )
    run.save()
    trail.record(
        AuditAct.PLAN_ASKED,
        "plan",
        run.ref,
        programme=source.programme.slug,
        kind=kind,
        mode=run.mode,
        budget_seconds=run.budget_seconds,
        input=source.ref,
    )
    return run


@transaction.atomic
def ask_what_if(
    *, base: PlanRun, problem: Problem, name: str, change: Mapping[str, object], asker: Asker
) -> PlanRun:
    """Have the problem of a plan planned with something changed, as the plan itself was.

    Raises:  NotNow when too many wait already.
    """
    return ask(
        source=hand_in_change(base=base, problem=problem, name=name, asker=asker),
        kind=RunKind.WHAT_IF,
        mode=base.mode,
        budget_seconds=base.budget_seconds,
        asker=asker,
        base=base,
        change=change,
    )


@trail.leaves_refusals(AuditAct.PLAN_STOPPED, "plan", ref="run")
@transaction.atomic
def stop(*, run: PlanRun) -> None:
    """Ask a run to end with what it has. One that waits is ended at once."""
    asking.stop(run.job)
    trail.record(AuditAct.PLAN_STOPPED, "plan", run.ref, programme=run.programme.slug)


def is_accepted(run: PlanRun) -> bool:
    """Say whether the plan of a run, or that of a question about it, was accepted."""
    packages = FormedPackage.objects.filter(Q(plan__run=run) | Q(plan__run__base=run))
    return packages.exists()


@trail.leaves_refusals(AuditAct.PLAN_DELETED, "plan", ref="run")
@transaction.atomic
def delete(*, run: PlanRun) -> None:
    """Delete a run with its plan and what was asked of it; its input, too, unless another run needs it.

    A process that still works on one of them is ended by its worker, and can write nothing any more.

    Raises:  IsAccepted for a plan that was accepted.
    """
    if is_accepted(run):
        raise IsAccepted(run.ref)
    runs = [run, *run.asked_of.all()]
    inputs, jobs = {later_run.input_id for later_run in runs}, {later_run.job_id for later_run in runs}
    trail.record(
        AuditAct.PLAN_DELETED,
        "plan",
        run.ref,
        programme=run.programme.slug,
        name=run.input.name,
        asked_by=run.job.asked_by,
        asked_at=run.job.asked_at.isoformat(),
        with_it=[later_run.ref for later_run in runs[1:]],
    )
    run.delete()
    Job.objects.filter(pk__in=jobs).delete()
    PlanInput.objects.filter(pk__in=inputs, runs__isnull=True).delete()
