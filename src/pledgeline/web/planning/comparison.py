"""Two plans side by side: what the second has more, or less, of each thing."""

from dataclasses import dataclass

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.money import Amount
from pledgeline.plan import Line, compare
from pledgeline.records.models import PlanRun
from pledgeline.records.plans import Altered, Study, study_of
from pledgeline.web.asked import visitor
from pledgeline.web.columns import MixedFigure, Ordinal, Text, Whole
from pledgeline.web.parameters import NotUnderstood
from pledgeline.web.planning import figures, words
from pledgeline.web.planning.asked import PlanPage, of_a_plan, plan_runs
from pledgeline.web.planning.result import headline
from pledgeline.web.tables import Table


@of_a_plan
def compare_page(plan: PlanPage, format_: str = "") -> HttpResponseBase:
    """Show two plans side by side, or give the lines that they treat differently as a file."""
    other, study = _other(plan)
    if format_:
        if study is None and plan.parameters.faults:
            raise NotUnderstood("with")
        if study is None:
            raise Http404("no plan is named to compare with")
        return _lines_table(plan, study).file(format_)
    others = list(plan_runs(plan.request, plan.asked).filter(job__state="done").exclude(pk=plan.run.pk)[:50])
    if other is None or study is None:
        return plan.show("compare.html", others=others)
    same_currency = study.problem.currency == plan.study.problem.currency
    met = _lines_met(plan.study), _lines_met(study)
    return plan.show(
        "compare.html",
        others=others,
        other=other,
        other_study=study,
        same_input=plan.study.plan.input_digest == study.plan.input_digest,
        same_currency=same_currency,
        headlines=(headline(plan.study), headline(study)),
        tiers=_tier_rows(plan.study, study),
        met=met,
        met_more=words.signed(met[1][0] - met[0][0], "d"),
        money=_money_facts(plan.study, study),
        paid=_paid_rows(plan.study, study) if same_currency else [],
        table=_lines_table(plan, study),
    )


def _other(plan: PlanPage) -> tuple[PlanRun | None, Study | None]:
    """Give the plan that stands beside this one, nothing where none is asked for."""
    ref = plan.parameters.text("with")
    if not ref:
        return None, None
    rows = PlanRun.objects.visible_to(visitor(plan.request), plan.asked.programme.slug)
    run = rows.select_related("input").filter(ref=ref).first()
    try:
        study = study_of(run) if run is not None else None
    except Altered:
        study = None
    if study is None:
        wrong = _("There is no such plan, or it is not done yet: choose another.")
        others = plan_runs(plan.request, plan.asked).filter(job__state="done").exclude(pk=plan.run.pk)[:50]
        choices = tuple((other.ref, other.input.name) for other in others)
        plan.parameters.refuse("with", ref, wrong, label=_("Other plan"), choices=choices)
        return None, None
    return run, study


def _tier_rows(first: Study, second: Study) -> list[dict[str, object]]:
    before = {row.name: row for row in figures.tiers(first)}
    after = {row.name: row for row in figures.tiers(second)}
    rows = []
    for name in sorted({*before, *after}, key=int):
        one, two = before.get(name), after.get(name)
        label = (one or two).label  # type: ignore[union-attr]
        more = float((two.got if two else 0) - (one.got if one else 0))
        rows.append(
            {
                "label": label,
                "before": one,
                "after": two,
                "more": words.signed(more, ".2f"),
            }
        )
    return rows


def _lines_met(study: Study) -> tuple[int, int]:
    """Count the lines that are met in full, and all."""
    lines = len(study.problem.lines)
    return lines - len(study.figures.waiting), lines


def _money_facts(first: Study, second: Study) -> list[dict[str, object]]:
    """List cost and money left; what is in two currencies is not subtracted."""

    def left(study: Study) -> Amount:
        return figures.amount(study, study.figures.left_minor)

    def cost(study: Study) -> Amount:
        return figures.amount(study, study.plan.cost_minor)

    facts = ((_("Cost"), cost(first), cost(second)), (_("Money left"), left(first), left(second)))
    return [
        {
            "label": label,
            "before": before,
            "after": after,
            "more": after - before if before.currency == after.currency else None,
        }
        for label, before, after in facts
    ]


def _paid_rows(first: Study, second: Study) -> list[dict[str, object]]:
    """List who pays more or less, the greatest change first."""
    found = compare(first.plan, second.plan).paid_minor
    return [
        {
            "id": name,
            "before": figures.amount(first, first.plan.paid_minor.get(name, 0)),
            "after": figures.amount(first, second.plan.paid_minor.get(name, 0)),
            "more": figures.amount(first, more),
        }
        for name, more in sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))[:30]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCompared:
    """One line with the units that two plans give it; nothing where a plan does not know the line."""

    line: Line
    before: int | None
    after: int | None
    more: int


def _lines_table(plan: PlanPage, other: Study) -> Table:
    """Make the table of the lines that the two plans treat differently."""
    first = plan.study
    lines = {**other.figures.lines, **first.figures.lines}
    found = compare(first.plan, other.plan).lines
    rows = [
        LineCompared(
            line=lines[name],
            before=first.plan.fulfilled.get(name) if name in first.figures.lines else None,
            after=other.plan.fulfilled.get(name) if name in other.figures.lines else None,
            more=more,
        )
        for name, more in found.items()
        if name in lines
    ]
    return Table(
        plan.request,
        name=f"{plan.asked.programme.slug}-plans-compared",
        caption=_("Requirements that differ"),
        columns=[
            Text("line", _("Requirement"), "line.id"),
            Text("item", _("Item"), "line.item", folded=True, classes="what"),
            Ordinal("priority", _("Priority"), "line.priority", key=("line.priority", "line.id")),
            Whole("wanted", _("Units needed"), "line.quantity"),
            Whole("before", _("This plan")),
            Whole("after", _("The other")),
            MixedFigure("more", _("Difference"), signed=True),
        ],
        rows=rows,
        sort="priority",
        empty=_("Both plans give every requirement the same."),
        files="plan-compare-file",
    )
