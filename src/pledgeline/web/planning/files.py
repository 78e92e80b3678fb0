"""A plan as files: a workbook for people, JSON for programs, one page of PDF for a meeting."""

import json

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from pledgeline.actions.plan_workbooks import MOST_AT_ONCE, ask_for_workbook, workbook_of
from pledgeline.jobs.models import JobState
from pledgeline.plan import plan_to_json
from pledgeline.web import typeset
from pledgeline.web.asked import asker_of
from pledgeline.web.downloads import attached
from pledgeline.web.planning import pdf
from pledgeline.web.planning.asked import PlanPage, of_a_plan


@of_a_plan
def workbook_file(plan: PlanPage) -> HttpResponse:
    """Give the workbook; that of a large plan is written by a job first."""
    study, run = plan.study, plan.run
    if len(study.problem.lines) > MOST_AT_ONCE:
        job = ask_for_workbook(run=run, asker=asker_of(plan.request))
        if job.state != JobState.DONE:
            return redirect("web:job", plan.asked.programme.slug, job.ref)
        return attached(bytes(job.file.content), _name(plan, "xlsx"))
    data = study.derived(("workbook", run.ref, get_language()), lambda: workbook_of(study, run.input.name))
    return attached(data, _name(plan, "xlsx"))


@of_a_plan
def problem_file(plan: PlanPage) -> HttpResponse:
    """Give the problem, in the form that is read back."""
    text = json.dumps(json.loads(plan.run.input.problem), indent=1, ensure_ascii=False)
    return attached(text.encode(), _name(plan, "json", "-problem"), "application/json")


@of_a_plan
def answer_file(plan: PlanPage) -> HttpResponse:
    """Give the whole plan: its answer, payments, proof and reasons."""
    told = plan_to_json(plan.study.plan)
    told["reasons"] = [
        {
            "line": reason.line,
            "reason": reason.reason.value,
            "said": str(reason.said),
            "got": reason.got,
            "wanted": reason.wanted,
        }
        for reason in plan.study.reasons
    ]
    text = json.dumps(told, indent=1, ensure_ascii=False)
    return attached(text.encode(), _name(plan, "json"), "application/json")


@of_a_plan
def input_file(plan: PlanPage) -> HttpResponse:
    """Give the file as it was handed in; a what-if has none of its own, and gives its problem."""
    source = plan.run.input
    if not source.upload:
        return attached(source.problem.encode(), _name(plan, "json", "-problem"), "application/json")
    is_workbook = bytes(source.upload[:2]) == b"PK"
    kind = "xlsx" if is_workbook else "json"
    if is_workbook:
        return attached(bytes(source.upload), _name(plan, kind, "-input"))
    return attached(bytes(source.upload), _name(plan, kind, "-input"), "application/json")


@of_a_plan
def pdf_file(plan: PlanPage) -> HttpResponse:
    """Give the plan on one page, or say what is missing to make it."""
    if typeset.is_missing():
        return plan.show("pdf_missing.html")
    data = plan.study.derived(("pdf", plan.run.ref, get_language()), lambda: pdf.one_page(plan))
    return attached(data, _name(plan, "pdf"), "application/pdf")


def _name(plan: PlanPage, ending: str, part: str = "") -> str:
    return f"{plan.asked.programme.slug}-plan-{plan.run.ref[:6]}{part}.{ending}"
