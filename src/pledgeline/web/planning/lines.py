"""The lines of a plan: what each gets, and in plain words why one waits."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from pledgeline.actions import plans
from pledgeline.jobs.models import WITHOUT_RESULT
from pledgeline.money import Amount
from pledgeline.plan import LineReason, excluding_terms, explain
from pledgeline.records.models import PlanRun, RunKind
from pledgeline.records.plans import Study
from pledgeline.web.asked import asker_of
from pledgeline.web.columns import Money, Ordinal, Text, Whole
from pledgeline.web.planning import figures, words
from pledgeline.web.planning.asked import PlanPage, of_a_plan
from pledgeline.web.planning.columns import PlanDayColumn
from pledgeline.web.tables import Table

STATES = {
    "met": _("met in full"),
    "unmet": _("not fully met"),
    "partly": _("partly met"),
    "waits": _("gets nothing"),
}
"""How far a line may be met, as the table is narrowed by it."""


def _table(plan: PlanPage) -> Table:
    study, asked = plan.study, plan.parameters
    wanted, state = asked.words(), asked.choice("state", STATES, label=_("State"))
    priority = asked.choice("priority", _priorities(study), label=_("Priority"))
    category = asked.choice("category", [name or "-" for name in _categories(study)], label=_("Category"))
    reason = asked.choice("reason", dict(_reasons(study)), label=_("Reason"))

    def is_asked_for(row: figures.LineRow) -> bool:
        return (
            (not wanted or wanted in f"{row.line.id} {row.line.item} {row.category}".casefold())
            and (not state or row.state == state or (state == "unmet" and row.state != "met"))
            and (not priority or str(row.line.priority) == priority)
            and (not category or row.category == ("" if category == "-" else category))
            and (not reason or (row.reason is not None and row.reason.reason.value == reason))
        )

    return Table(
        plan.request,
        name=f"{plan.asked.programme.slug}-plan-lines",
        caption=_("Requirements"),
        columns=[
            Text("line", _("Requirement"), "line.id", link=lambda row: plan.at("line", line=row.line.id)),
            Text("item", _("Item"), "line.item", folded=True, classes="what"),
            Text("category", _("Category"), empty="–"),
            Ordinal("priority", _("Priority"), "line.priority", key=("line.priority", "line.id")),
            Whole("got", _("Units in the plan")),
            Whole("wanted", _("Units needed"), "line.quantity"),
            PlanDayColumn("need_by", _("Needed by"), "line.need_by", key="line.need_by", study=study),
            PlanDayColumn("arrives", _("All arrived by"), study=study),
            Money("cost", _("Cost")),
            Text("reason", _("Why it waits"), "reason_words", named=str, template="web/plan/_why.html"),
            Text("said", _("In words"), shown=False),
        ],
        rows=[row for row in figures.line_rows(study) if is_asked_for(row)],
        sort="priority",
        empty=_("No requirement passes these filters."),
        files="plan-lines-file",
    )


@of_a_plan
def lines_page(plan: PlanPage, format_: str = "") -> HttpResponseBase:
    """Show the lines, or give those that pass the filters as a file."""
    study, table = plan.study, _table(plan)
    if format_:
        return table.file(format_)
    return plan.show(
        "lines.html",
        table=table,
        shown=plan.parameters.data,
        states=STATES.items(),
        priorities=_priorities(study),
        categories=_categories(study),
        reasons=_reasons(study),
    )


def _priorities(study: Study) -> list[str]:
    return [tier.name for tier in figures.tiers(study)]


def _categories(study: Study) -> list[str]:
    return [category.name for category in figures.categories(study)]


def _reasons(study: Study) -> list[tuple[str, object]]:
    """List the reasons for which a line of the plan waits."""
    return [
        (reason.value, words.REASONS[reason])
        for reason in LineReason
        if any(waiting.reason is reason for waiting in study.reasons)
    ]


@of_a_plan
def line_page(plan: PlanPage) -> HttpResponse:
    """Show one line: what it gets, why not more, and what would help."""
    study = plan.study
    name = plan.request.POST.get("line") or plan.parameters.text("line")
    line = study.figures.lines.get(name)
    if line is None:
        raise Http404("the plan has no such line")
    if plan.request.method == "POST":
        return _asked_deeply(plan, name)
    row = figures.line_row(study, line)
    if (row.reason is None and row.state != "met") or _is_without_names(row):
        found = study.derived(("reason", name), lambda: explain(study.problem, study.plan, name))
        row = replace(row, reason=found)
    bought = study.figures.purchases_for(name)
    offers, packages = study.figures.offers, study.figures.packages
    return plan.show(
        "line.html",
        row=row,
        line=line,
        parts=study.problem.kits.get(line.item, {}),
        bought=[
            {
                "purchase": purchase,
                "offer": offers[purchase.offer],
                "package": packages[purchase.package],
                "arrives": study.figures.arrival(purchase),
                "cost": figures.amount(study, study.figures.cost_minor([purchase])),
                "price": figures.amount(study, offers[purchase.offer].unit_price_minor),
            }
            for purchase in bought
        ],
        payments=[
            {
                "payment": payment,
                "giver": study.figures.contributions[payment.contribution],
                "amount": figures.amount(study, payment.minor),
            }
            for payment in study.figures.payments_for.get(name, ())
        ],
        facts=_facts(plan, row),
        excluded=_excluded(plan, row),
        reach=_reach(plan, row),
        deep=_deep(plan, name),
    )


def _asked_deeply(plan: PlanPage, line: str) -> HttpResponse:
    """Ask the planner which limits truly bind the line: that means planning again, several times."""
    known = _deep(plan, line)
    if known is None or known["run"].job.state in WITHOUT_RESULT:
        plans.ask(
            source=plan.run.input,
            kind=RunKind.BINDING,
            mode=plan.run.mode,
            asker=asker_of(plan.request),
            base=plan.run,
            change={"line": line},
        )
    return redirect(f"{plan.at('line', line=line)}#deep")


def _deep(plan: PlanPage, line: str) -> dict[str, Any] | None:
    asked = plan.run.asked_of.select_related("job").filter(kind=RunKind.BINDING, change__line=line)
    run: PlanRun | None = asked.first()
    if run is None:
        return None
    found = (run.job.result or {}).get("binding", [])
    return {"run": run, "limits": words.limits(found)}


def _is_without_names(row: figures.LineRow) -> bool:
    """Say whether a reason was kept without the names of the money in it, as those of large plans are."""
    facts = row.reason.facts if row.reason is not None else {}
    return "left_but_excluded_minor" in facts and "left_but_excluded" not in facts


def _facts(plan: PlanPage, row: figures.LineRow) -> list[tuple[object, object]]:
    """Put the figures behind a reason into words."""
    if row.reason is None:
        return []
    study = plan.study
    facts: dict[str, Any] = dict(row.reason.facts)
    found: list[tuple[Any, Any]] = []

    def money(name: str) -> Amount:
        return figures.amount(study, int(facts[name]))

    if "earliest" in facts:
        found.append((_("Earliest arrival"), figures.day_of(study.first_day, int(facts["earliest"]))))
        found.append((_("Days late"), facts["days_late"]))
    if "short" in facts:
        found.append((_("Units more that would reach the next order"), facts["short"]))
    if "step_costs_minor" in facts:
        found += [
            (_("The next useful step costs"), money("step_costs_minor")),
            (_("Money that may pay for it, used"), money("used_minor")),
            (_("Money that may pay for it, left"), money("left_minor")),
            (_("Missing"), money("missing_minor")),
        ]
    return found


def _reach(plan: PlanPage, row: figures.LineRow) -> dict[str, Any] | None:
    """Compare the money that is left, but excluded, with what is missing for the next useful step."""
    facts = row.reason.facts if row.reason is not None else {}
    left: Any = facts.get("left_but_excluded_minor")
    missing: Any = facts.get("missing_minor")
    if not left or not missing:
        return None
    return {
        "left": figures.amount(plan.study, left),
        "missing": figures.amount(plan.study, missing),
        "is_enough": left >= missing,
    }


def _excluded(plan: PlanPage, row: figures.LineRow) -> list[dict[str, Any]]:
    """List the money that is left but whose terms exclude the line, and what in its terms does."""
    if row.reason is None:
        return []
    names: Any = row.reason.facts.get("left_but_excluded", [])
    by_name = {money_row.contribution.id: money_row for money_row in figures.money_rows(plan.study)}
    rows = [by_name[name] for name in names if name in by_name]
    return [
        {
            "row": left_out,
            "why": [
                words.freed_term(f"without {term}")
                for term in excluding_terms(plan.study.problem, row.line, left_out.contribution)
            ],
        }
        for left_out in sorted(rows, key=lambda one: -one.left.minor)[:20]
    ]
