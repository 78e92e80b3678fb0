"""Packages and money: what is ordered together, who pays for what, what is left and why."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from pledgeline.actions import plans
from pledgeline.jobs.models import WITHOUT_RESULT
from pledgeline.money import Amount, in_percent, shares_of_whole
from pledgeline.records.models import PlanRun, RunKind
from pledgeline.web.asked import asker_of
from pledgeline.web.planning import figures, words
from pledgeline.web.planning.asked import PlanAsked, of_a_plan
from pledgeline.web.tables import Column, Table


def _packages(plan: PlanAsked) -> Table:
    study = plan.study
    return Table(
        plan.request,
        name=f"{plan.asked.programme.slug}-plan-packages",
        caption=_("Packages"),
        columns=[
            Column(
                name="package",
                label=_("Package"),
                value=lambda row: row.package.id,
                key=lambda row: row.package.id,
            ),
            Column(
                name="day",
                label=_("Ordered on"),
                value=lambda row: figures.file_day(study, row.package.order_day),
                key=lambda row: (row.package.order_day, row.package.id),
            ),
            Column(
                name="lines",
                label=_("Lines"),
                number=True,
                value=lambda row: row.lines,
                key=lambda row: row.lines,
            ),
            Column(
                name="units",
                label=_("Units"),
                number=True,
                value=lambda row: row.units,
                key=lambda row: row.units,
            ),
            Column(
                name="cost",
                label=_("Cost"),
                number=True,
                value=lambda row: row.cost.major,
                key=lambda row: row.cost.minor,
            ),
            Column(
                name="target",
                label=_("Value aimed at"),
                number=True,
                value=lambda row: row.target.major if row.target else None,
                key=lambda row: row.target.minor if row.target else None,
            ),
            Column(
                name="arrives",
                label=_("All arrived by"),
                value=lambda row: figures.file_day(study, row.last_arrival),
                key=lambda row: row.last_arrival,
            ),
            Column(
                name="funders",
                label=_("Paid by"),
                value=lambda row: "; ".join(f"{name} {paid.major:f}" for name, paid in row.funders),
            ),
        ],
        rows=figures.package_rows(study),
        sort="day",
        row_template="web/plan/rows/package.html",
        empty=_("The problem names no package."),
    )


@of_a_plan
def packages_page(plan: PlanAsked) -> HttpResponse:
    return plan.show("packages.html", table=_packages(plan), file_base=plan.file_base("packages"))


@of_a_plan
def packages_file(plan: PlanAsked, format_: str) -> HttpResponse:
    return _packages(plan).file(format_)


def _purchases(plan: PlanAsked, package: str) -> Table:
    """Make the table of what is bought: in one package, or in all where none is named."""
    study = plan.study
    offers, lines = figures.offers(study), figures.lines(study)
    bought = figures.purchases_in(study, package) if package else study.plan.purchases

    def cost(one: Any) -> Any:
        return figures.amount(study, offers[one.offer].unit_price_minor * one.units)

    rows = [
        {
            "purchase": one,
            "line": lines[one.line],
            "offer": offers[one.offer],
            "cost": cost(one),
            "price": figures.amount(study, offers[one.offer].unit_price_minor),
            "arrives": figures.arrival(study, one),
        }
        for one in bought
    ]
    return Table(
        plan.request,
        name=f"{plan.asked.programme.slug}-plan-orders",
        caption=_("Orders"),
        columns=[
            Column(
                name="package", label=_("Package"), shown=False, value=lambda row: row["purchase"].package
            ),
            Column(
                name="line",
                label=_("Line"),
                value=lambda row: row["line"].id,
                key=lambda row: (row["line"].priority, row["line"].id),
            ),
            Column(
                name="item",
                label=_("Item"),
                value=lambda row: row["offer"].item,
                key=lambda row: row["offer"].item.casefold(),
            ),
            Column(
                name="supplier",
                label=_("Supplier"),
                value=lambda row: row["offer"].supplier,
                key=lambda row: row["offer"].supplier or None,
            ),
            Column(
                name="offer",
                label=_("Offer"),
                value=lambda row: row["offer"].id,
                key=lambda row: row["offer"].id,
            ),
            Column(
                name="units",
                label=_("Units"),
                number=True,
                value=lambda row: row["purchase"].units,
                key=lambda row: row["purchase"].units,
            ),
            Column(
                name="price",
                label=_("Price of a unit"),
                number=True,
                value=lambda row: row["price"].major,
                key=lambda row: row["price"].minor,
            ),
            Column(
                name="cost",
                label=_("Cost"),
                number=True,
                value=lambda row: row["cost"].major,
                key=lambda row: row["cost"].minor,
            ),
            Column(
                name="arrives",
                label=_("Arrives"),
                value=lambda row: figures.file_day(study, row["arrives"]),
                key=lambda row: row["arrives"],
            ),
        ],
        rows=rows,
        sort="line",
        row_template="web/plan/rows/purchase.html",
        empty=_("Nothing is ordered in this package."),
    )


@of_a_plan
def package_page(plan: PlanAsked) -> HttpResponse:
    name = plan.parameters.text("package")
    row = next((row for row in figures.package_rows(plan.study) if row.package.id == name), None)
    if row is None:
        raise Http404("the plan has no such package")
    givers = figures.contributions(plan.study)
    shares = shares_of_whole({name: paid.minor for name, paid in row.funders})
    return plan.show(
        "package.html",
        row=row,
        charges=[
            (supplier, figures.amount(plan.study, minor))
            for supplier, minor in figures.charges_in(plan.study, name).items()
        ],
        funders=[
            {
                "giver": givers[giver],
                "amount": paid,
                "share": in_percent(shares[giver]),
            }
            for giver, paid in row.funders
        ],
        table=_purchases(plan, name),
        file_base=plan.file_base("orders"),
    )


@of_a_plan
def orders_file(plan: PlanAsked, format_: str) -> HttpResponse:
    names = list(figures.packages(plan.study))
    return _purchases(plan, plan.parameters.choice("package", names, label=_("Package"))).file(format_)


# ---- money ----


USES = {"left": _("something is left"), "idle": _("nothing is used"), "used": _("all is used")}
"""How far money may be used, as the table is narrowed by it."""


def _money(plan: PlanAsked) -> Table:
    study = plan.study
    words_ = plan.parameters.words()
    state = plan.parameters.choice("state", USES, label=_("Use"))

    def is_asked_for(row: figures.MoneyRow) -> bool:
        named = f"{row.contribution.id} {row.contribution.partner} {row.terms}".casefold()
        return (not words_ or words_ in named) and (
            not state
            or (state == "left" and row.left.minor > 0)
            or (state == "idle" and not row.used.minor)
            or (state == "used" and not row.left.minor)
        )

    return Table(
        plan.request,
        name=f"{plan.asked.programme.slug}-plan-money",
        caption=_("Money"),
        columns=[
            Column(
                name="contribution",
                label=_("Contribution"),
                value=lambda row: row.contribution.id,
                key=lambda row: row.contribution.id,
            ),
            Column(
                name="partner",
                label=_("Partner"),
                value=lambda row: row.contribution.partner,
                key=lambda row: row.contribution.partner.casefold() or None,
            ),
            Column(
                name="terms", label=_("May pay for"), value=lambda row: row.terms, key=lambda row: row.terms
            ),
            Column(
                name="from",
                label=_("Available from"),
                shown=False,
                value=lambda row: figures.file_day(study, row.contribution.available_from),
            ),
            Column(
                name="until",
                label=_("Use by"),
                shown=False,
                value=lambda row: figures.file_day(study, row.contribution.use_by),
            ),
            Column(
                name="can_pay",
                label=_("Can pay"),
                number=True,
                value=lambda row: row.can_pay.major,
                key=lambda row: row.can_pay.minor,
            ),
            Column(
                name="used",
                label=_("Used"),
                number=True,
                value=lambda row: row.used.major,
                key=lambda row: row.used.minor,
            ),
            Column(
                name="left",
                label=_("Left"),
                number=True,
                value=lambda row: row.left.major,
                key=lambda row: row.left.minor,
            ),
            Column(name="why", label=_("Why"), value=lambda row: row.why, key=lambda row: row.why),
        ],
        rows=[row for row in figures.money_rows(study) if is_asked_for(row)],
        sort="-left",
        row_template="web/plan/rows/money.html",
        empty=_("No contribution is like that."),
    )


@of_a_plan
def money_page(plan: PlanAsked) -> HttpResponse:
    return plan.show(
        "money.html",
        table=_money(plan),
        file_base=plan.file_base("money"),
        payments_base=plan.file_base("payments"),
        shown=plan.parameters.data,
        uses=USES.items(),
    )


@of_a_plan
def money_file(plan: PlanAsked, format_: str) -> HttpResponse:
    return _money(plan).file(format_)


def _payments(plan: PlanAsked, contribution: str) -> Table:
    """Make the table of who pays for what: one contribution, or all where none is named."""
    study = plan.study
    offers, packages, givers = figures.offers(study), figures.packages(study), figures.contributions(study)
    paid = (
        figures.payments_by(study, "contribution").get(contribution, ())
        if contribution
        else study.plan.payments
    )
    rows = [
        {
            "payment": one,
            "giver": givers[one.contribution],
            "item": offers[one.offer].item
            if one.offer
            else str(_("fixed charge of %(supplier)s") % {"supplier": one.supplier}),
            "day": packages[one.package].order_day,
            "amount": figures.amount(study, one.minor),
        }
        for one in paid
    ]
    return Table(
        plan.request,
        name=f"{plan.asked.programme.slug}-plan-payments",
        caption=_("Payments"),
        columns=[
            Column(
                name="contribution", label=_("Contribution"), shown=False, value=lambda row: row["giver"].id
            ),
            Column(name="partner", label=_("Partner"), shown=False, value=lambda row: row["giver"].partner),
            Column(
                name="package",
                label=_("Package"),
                value=lambda row: row["payment"].package,
                key=lambda row: (row["day"], row["payment"].package, row["payment"].line),
            ),
            Column(
                name="line",
                label=_("Line"),
                value=lambda row: row["payment"].line,
                key=lambda row: row["payment"].line,
            ),
            Column(
                name="item",
                label=_("Item"),
                value=lambda row: row["item"],
                key=lambda row: row["item"].casefold(),
            ),
            Column(name="offer", label=_("Offer"), shown=False, value=lambda row: row["payment"].offer),
            Column(
                name="amount",
                label=_("Pays"),
                number=True,
                value=lambda row: row["amount"].major,
                key=lambda row: row["amount"].minor,
            ),
        ],
        rows=rows,
        sort="package",
        row_template="web/plan/rows/payment.html",
        empty=_("It pays for nothing in this plan."),
    )


@of_a_plan
def contribution_page(plan: PlanAsked) -> HttpResponse:
    name = plan.request.POST.get("contribution") or plan.parameters.text("contribution")
    row = next((row for row in figures.money_rows(plan.study) if row.contribution.id == name), None)
    if row is None:
        raise Http404("the plan has no such contribution")
    if plan.request.method == "POST":
        return _asked_to_free(plan, name)
    return plan.show(
        "contribution.html",
        row=row,
        own=None
        if row.contribution.currency == plan.study.problem.currency
        else Amount(row.contribution.amount_minor, row.contribution.currency),
        table=_payments(plan, name),
        file_base=plan.file_base("payments"),
        freeing=_freeing(plan, name),
    )


def _asked_to_free(plan: PlanAsked, contribution: str) -> HttpResponse:
    """Ask the planner which change of terms would let idle money buy something."""
    known = _freeing(plan, contribution)
    if known is None or known["run"].job.state in WITHOUT_RESULT:
        plans.ask(
            source=plan.run.input,
            kind=RunKind.FREEING,
            mode=plan.run.mode,
            asker=asker_of(plan.request),
            base=plan.run,
            change={"contribution": contribution},
        )
    return redirect(f"{plan.address('contribution', contribution=contribution)}#freeing")


def _freeing(plan: PlanAsked, contribution: str) -> dict[str, Any] | None:
    asked = plan.run.asked_of.select_related("job").filter(
        kind=RunKind.FREEING, change__contribution=contribution
    )
    run: PlanRun | None = asked.first()
    if run is None:
        return None
    found = (run.job.result or {}).get("freeing", [])
    lines = figures.lines(plan.study)
    ways = [
        {
            "change": words.freed_term(one["change"]),
            "lines": [
                {"id": name, "item": lines[name].item if name in lines else "", "units": units}
                for name, units in sorted(one["lines"].items(), key=lambda line: -line[1])[:12]
            ],
        }
        for one in found
    ]
    return {"run": run, "ways": ways}


@of_a_plan
def payments_file(plan: PlanAsked, format_: str) -> HttpResponse:
    names = list(figures.contributions(plan.study))
    return _payments(plan, plan.parameters.choice("contribution", names, label=_("Contribution"))).file(
        format_
    )
