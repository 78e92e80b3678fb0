"""Plan from the rows of a programme: its list, the offers that stand, and the money that its books have available."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.plan_inputs import hand_in_list
from pledgeline.jobs.asking import Asker
from pledgeline.ledger import Account, Balances
from pledgeline.plan import Earmark, Line, Package, PlanContribution, PlanOffer, Problem
from pledgeline.programme import steps
from pledgeline.programme.contributions import earmark_by_kind
from pledgeline.programme.findings import Finding, Place, Severity
from pledgeline.programme.sentences import Param, sentence
from pledgeline.queries.chain import on_the_list
from pledgeline.queries.contributions import last_day_of, newest_terms, state_now
from pledgeline.queries.packages import Bound, bound_units, live_lines
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import (
    ContributionRecord,
    FormedPackage,
    OfferRecord,
    PlanInput,
    ProgrammeRecord,
    RequirementRecord,
)

FILE = "list"
"""What stands for a file in findings about the rows."""


@transaction.atomic
def hand_in(
    *, programme: ProgrammeRecord, package: str, asker: Asker, today: date
) -> PlanInput | list[Finding]:
    """Keep what the rows of a programme say on a day as an input: one package, ordered on that day.

    What cannot be a part of it stays out with a warning: money and offers in another currency than the programme's.
    Findings are given, and nothing is kept, where nothing could be planned.
    """
    if wrong := list(_cannot_begin(programme, package)):
        return wrong
    state = state_now(programme)
    bound = bound_units(live_lines(programme, state))
    wanted, offered = list(on_the_list(programme)), _standing(programme, today)
    lines = [line for row in wanted if (line := _line(row, bound, today))]
    offers = [offer for row in offered if (offer := _offer(row, bound, programme.base_currency))]
    problem = Problem(
        currency=programme.base_currency,
        lines=tuple(lines),
        offers=tuple(offers),
        contributions=tuple(money_available(programme, state, today)),
        packages=(Package(id=package),),
        categories={row.item: row.category for row in wanted if row.category},
    )
    warnings = [
        *_other_money(state, programme.base_currency),
        *_other_offers(offered, programme.base_currency),
    ]
    if not lines:
        return [_finding("nothing-to-plan.covered")]
    planned, sold = {line.id for line in lines}, {offer.id for offer in offers}
    return hand_in_list(
        programme=programme.slug,
        problem=problem,
        findings=warnings,
        first_day=today,
        name=package,
        requirements=[row for row in wanted if row.key in planned],
        offers=[row for row in offered if row.key in sold],
        asker=asker,
    )


def _cannot_begin(programme: ProgrammeRecord, package: str) -> Iterator[Finding]:
    if FormedPackage.objects.filter(programme=programme, key=package).exists():
        yield _finding("package-taken.name", package=package)
    if not on_the_list(programme).exists():
        yield _finding("nothing-to-plan.no-list")
    try:
        books_of(programme.slug, MACHINE)
    except NoBooks:
        yield _finding("no-books.programme")


def _standing(programme: ProgrammeRecord, today: date) -> list[OfferRecord]:
    rows = OfferRecord.objects.filter(programme=programme, state=steps.State.OFFERED)
    return [row for row in rows.order_by("key", "version") if row.to_value().stands_on(today)]


def _line(row: RequirementRecord, bound: Bound, today: date) -> Line | None:
    open_units = bound.open_units(row)
    if not open_units:
        return None
    return Line(
        id=row.key,
        item=row.item,
        quantity=open_units,
        priority=row.priority,
        need_by=(row.need_by - today).days if row.need_by else None,
        min_useful=min(row.min_useful, open_units),
        multiple=row.multiple if open_units % row.multiple == 0 else 1,
    )


def _offer(row: OfferRecord, bound: Bound, currency: str) -> PlanOffer | None:
    left = bound.left_of(row)
    if row.currency != currency or (left is not None and left < max(row.min_order, 1)):
        return None
    return PlanOffer(
        id=row.key,
        item=row.item,
        unit_price_minor=row.unit_price,
        available=left,
        lead_days=row.lead_days,
        lot=row.lot,
        min_order=row.min_order,
        supplier=row.supplier,
    )


def money_available(programme: ProgrammeRecord, state: Balances, today: date) -> list[PlanContribution]:
    """Give the money that the books have available in the programme's currency, under its terms as of a day."""
    terms, currency = newest_terms(programme), programme.base_currency
    return [
        PlanContribution(
            id=spot.contribution,
            amount_minor=minor,
            currency=currency,
            partner=state.term("partner", spot.contribution),
            **_terms(state.term("use_by", spot.contribution), terms.get(spot.contribution), today),
        )
        for spot, minor in state.money().items()
        if spot.account is Account.AVAILABLE and spot.currency == currency and minor > 0
    ]


def _terms(use_by: str, record: ContributionRecord | None, today: date) -> dict[str, Any]:
    """Say in the planner's words what money may be spent on; its days are counted from `today`."""
    last = last_day_of(date.fromisoformat(use_by) if use_by else None, record)
    found: dict[str, Any] = {"use_by": (last - today).days if last else None}
    if record is None:
        return found
    return {
        **found,
        "earmark": earmark_of(record),
        "available_from": (record.first_day - today).days if record.first_day else None,
        "max_share": Fraction(record.largest_share, 100) if record.largest_share else None,
        "whole_package_only": record.whole_packages_only,
    }


def earmark_of(record: ContributionRecord) -> Earmark:
    """Say in the planner's words what money is for, by its terms."""
    return Earmark(allow=_earmark(record.pays_for), deny=_earmark(record.never_pays_for))


def _earmark(lines: list[str]) -> dict[str, frozenset[str]]:
    return {
        "line" if kind == "requirement" else kind: names for kind, names in earmark_by_kind(lines).items()
    }


def _other_money(state: Balances, currency: str) -> Iterator[Finding]:
    for spot, minor in state.money().items():
        if spot.account is Account.AVAILABLE and spot.currency != currency and minor > 0:
            yield _finding(
                "other-currency.money",
                Severity.WARNING,
                contribution=spot.contribution,
                currency=spot.currency,
                planned=currency,
            )


def _other_offers(offers: Iterable[OfferRecord], currency: str) -> Iterator[Finding]:
    for row in offers:
        if row.currency != currency:
            yield _finding(
                "other-currency.offer",
                Severity.WARNING,
                offer=row.key,
                currency=row.currency,
                planned=currency,
            )


def _finding(code: str, severity: Severity = Severity.ERROR, **params: Param) -> Finding:
    return Finding(place=Place(file=FILE), said=sentence(f"list.{code}", **params), severity=severity)
