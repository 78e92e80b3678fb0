"""Packages and money: what is ordered together, who pays for what, what is left and why."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from pledgeline.actions import plans
from pledgeline.jobs.models import WITHOUT_RESULT
from pledgeline.money import Amount
from pledgeline.plan import Line, Payment, PlanContribution, PlanOffer, Purchase
from pledgeline.records.models import PlanRun, RunKind
from pledgeline.web.asked import asker_of
from pledgeline.web.columns import Money, Text, Whole
from pledgeline.web.formats import percent
from pledgeline.web.planning import figures, words
from pledgeline.web.planning.asked import PlanPage, of_a_plan
from pledgeline.web.planning.columns import PlanDayColumn
from pledgeline.web.tables import Table, exports


def _packages(plan: PlanPage) -> Table:
    study = plan.study
    return Table(
        plan.request,
        name=f"{plan.asked.programme.slug}-plan-packages",
        caption=_("Packages"),
        columns=[
            Text(
                "package",
                _("Package"),
                "package.id",
                link=lambda row: plan.at("package", package=row.package.id),
            ),
            PlanDayColumn(
                "day",
                _("Ordered on"),
                "package.order_day",
                key=("package.order_day", "package.id"),
                study=study,
            ),
            Whole("lines", _("Requirements")),
            Whole("units", _("Units")),
            Money("cost", _("Cost")),
            Money("target", _("Target value")),
            PlanDayColumn("arrives", _("All arrived by"), "last_arrival", study=study),
            Text(
                "funders",
                _("Paid by"),
                lambda row: "; ".join(f"{name} {paid.major:f}" for name, paid in row.funders),
                sortable=False,
                classes="what",
                template="web/plan/_funders.html",
            ),
        ],
        rows=figures.package_rows(study),
        sort="day",
        empty=_("The problem names no package."),
        files="plan-packages-file",
    )


@of_a_plan
def packages_page(plan: PlanPage, format_: str = "") -> HttpResponseBase:
    """Show the packages, or give them as a file."""
    table = _packages(plan)
    return table.file(format_) if format_ else plan.show("packages.html", table=table)


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseRow:
    """What is bought of an offer for a line; `arrives` is a day of the plan."""

    purchase: Purchase
    line: Line
    offer: PlanOffer
    price: Amount
    cost: Amount
    arrives: int


def _purchases(plan: PlanPage, package: str) -> Table:
    """Make the table of what is bought: in one package, or in all where none is named."""
    study = plan.study
    offers, lines = study.figures.offers, study.figures.lines
    bought = study.figures.purchases_in(package) if package else study.plan.purchases

    rows = [
        PurchaseRow(
            purchase=purchase,
            line=lines[purchase.line],
            offer=offers[purchase.offer],
            price=figures.amount(study, offers[purchase.offer].unit_price_minor),
            cost=figures.amount(study, study.figures.cost_minor([purchase])),
            arrives=study.figures.arrival(purchase),
        )
        for purchase in bought
    ]
    return Table(
        plan.request,
        name=f"{plan.asked.programme.slug}-plan-orders",
        caption=_("Orders"),
        columns=[
            Text("package", _("Package"), "purchase.package", shown=False),
            Text(
                "line",
                _("Requirement"),
                "line.id",
                key=("line.priority", "line.id"),
                link=lambda row: plan.at("line", line=row.line.id),
            ),
            Text("item", _("Item"), "offer.item", folded=True, classes="what"),
            Text("supplier", _("Supplier"), "offer.supplier", empty="–"),
            Text("offer", _("Offer"), "offer.id"),
            Whole("units", _("Units"), "purchase.units"),
            Money("price", _("Price of a unit")),
            Money("cost", _("Cost")),
            PlanDayColumn("arrives", _("Arrives"), study=study),
        ],
        rows=rows,
        sort="line",
        empty=_("Nothing is ordered in this package."),
        files="plan-orders-file",
    )


@of_a_plan
def package_page(plan: PlanPage) -> HttpResponse:
    name = plan.parameters.text("package")
    row = next((row for row in figures.package_rows(plan.study) if row.package.id == name), None)
    if row is None:
        raise Http404("the plan has no such package")
    givers, shares = plan.study.figures.contributions, row.shares
    return plan.show(
        "package.html",
        row=row,
        charges=[
            (supplier, figures.amount(plan.study, minor))
            for supplier, minor in plan.study.figures.charges_in(name).items()
        ],
        funders=[
            {
                "giver": givers[giver],
                "amount": paid,
                "share": percent(shares[giver]),
            }
            for giver, paid in row.funders
        ],
        table=_purchases(plan, name),
    )


@of_a_plan
def orders_file(plan: PlanPage, format_: str) -> HttpResponseBase:
    names = list(plan.study.figures.packages)
    return _purchases(plan, plan.parameters.choice("package", names, label=_("Package"))).file(format_)


# ---- money ----


USES = {"left": _("something is left"), "idle": _("nothing is used"), "used": _("all is used")}
"""How far money may be used, as the table is narrowed by it."""


def _money(plan: PlanPage) -> Table:
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
            Text(
                "contribution",
                _("Contribution"),
                "contribution.id",
                link=lambda row: plan.at("contribution", contribution=row.contribution.id),
            ),
            Text("partner", _("Partner"), "contribution.partner", folded=True, empty="–"),
            Text("terms", _("May pay for"), key="terms", classes="what"),
            PlanDayColumn(
                "from", _("Available from"), "contribution.available_from", study=study, shown=False
            ),
            PlanDayColumn("until", _("Use by"), "contribution.use_by", study=study, shown=False),
            Money("can_pay", _("Can pay")),
            Money("used", _("Used")),
            Money("left", _("Left")),
            Text("why", _("Why"), key="why", classes="what"),
        ],
        rows=[row for row in figures.money_rows(study) if is_asked_for(row)],
        sort="-left",
        empty=_("No contribution passes these filters."),
        files="plan-money-file",
    )


@of_a_plan
def money_page(plan: PlanPage, format_: str = "") -> HttpResponseBase:
    """Show the contributions, or give those that pass the filters as a file."""
    table = _money(plan)
    if format_:
        return table.file(format_)
    return plan.show(
        "money.html",
        table=table,
        payments=exports(plan.request, "plan-payments-file"),
        shown=plan.parameters.data,
        uses=USES.items(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One payment, and what it is for; `day` is the day of the plan on which its package is ordered."""

    payment: Payment
    giver: PlanContribution
    item: str
    day: int
    amount: Amount


def _payments(plan: PlanPage, contribution: str) -> Table:
    """Make the table of who pays for what: one contribution, or all where none is named."""
    study = plan.study
    offers, packages, givers = study.figures.offers, study.figures.packages, study.figures.contributions
    paid = study.figures.payments_by.get(contribution, ()) if contribution else study.plan.payments
    rows = [
        PaymentRow(
            payment=payment,
            giver=givers[payment.contribution],
            item=offers[payment.offer].item
            if payment.offer
            else str(_("fixed charge of %(supplier)s") % {"supplier": payment.supplier}),
            day=packages[payment.package].order_day,
            amount=figures.amount(study, payment.minor),
        )
        for payment in paid
    ]
    return Table(
        plan.request,
        name=f"{plan.asked.programme.slug}-plan-payments",
        caption=_("Payments"),
        columns=[
            Text("contribution", _("Contribution"), "giver.id", shown=False),
            Text("partner", _("Partner"), "giver.partner", shown=False),
            Text(
                "package",
                _("Package"),
                "payment.package",
                key=("day", "payment.package", "payment.line"),
                link=lambda row: plan.at("package", package=row.payment.package),
            ),
            Text(
                "line",
                _("Requirement"),
                "payment.line",
                key="payment.line",
                empty="–",
                link=lambda row: plan.at("line", line=row.payment.line),
            ),
            Text("item", _("Item"), folded=True, classes="what"),
            Text("offer", _("Offer"), "payment.offer", shown=False),
            Money("amount", _("Pays")),
        ],
        rows=rows,
        sort="package",
        empty=_("It pays for nothing in this plan."),
        files="plan-payments-file",
    )


@of_a_plan
def contribution_page(plan: PlanPage) -> HttpResponse:
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
        freeing=_freeing(plan, name),
    )


def _asked_to_free(plan: PlanPage, contribution: str) -> HttpResponse:
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
    return redirect(f"{plan.at('contribution', contribution=contribution)}#freeing")


def _freeing(plan: PlanPage, contribution: str) -> dict[str, Any] | None:
    asked = plan.run.asked_of.select_related("job").filter(
        kind=RunKind.FREEING, change__contribution=contribution
    )
    run: PlanRun | None = asked.first()
    if run is None:
        return None
    found = (run.job.result or {}).get("freeing", [])
    lines = plan.study.figures.lines
    ways = [
        {
            "change": words.freed_term(freeing["change"]),
            "lines": [
                {"id": name, "item": lines[name].item if name in lines else "", "units": units}
                for name, units in sorted(freeing["lines"].items(), key=lambda line: -line[1])[:12]
            ],
        }
        for freeing in found
    ]
    return {"run": run, "ways": ways}


@of_a_plan
def payments_file(plan: PlanPage, format_: str) -> HttpResponseBase:
    names = list(plan.study.figures.contributions)
    return _payments(plan, plan.parameters.choice("contribution", names, label=_("Contribution"))).file(
        format_
    )
