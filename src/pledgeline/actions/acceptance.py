"""Accept a plan: its packages are formed, and its money is reserved in the books, in one transaction or not at all."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.actions.books import enter_now
from pledgeline.actions.changes import Refused
from pledgeline.actions.list_plans import money_available
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.ledger import Refusal
from pledgeline.ledger import State as Ledger
from pledgeline.money import Amount
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import Param, sentence
from pledgeline.programme.steps import State
from pledgeline.records.books import locked
from pledgeline.records.models import (
    FormedPackage,
    OfferRecord,
    Origin,
    PackageLine,
    PlannedFrom,
    PlanRun,
    RequirementRecord,
)
from pledgeline.records.plans import Study, study_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """What one contribution is to keep free for one line of a package."""

    package: str
    line: str
    requirement: str
    contribution: str
    amount: Amount


def lines_in(study: Study) -> dict[tuple[str, str, str], str]:
    """Name in the books what a plan buys: for each package, requirement and offer the key of its line.

    A requirement that is met by two offers in one package has two lines, as each has its own price.
    """
    offers = Counter((bought.package, bought.line) for bought in study.plan.purchases)
    return {
        (bought.package, bought.line, bought.offer): f"{bought.package}/{bought.line}"
        + (f"/{bought.offer}" if offers[bought.package, bought.line] > 1 else "")
        for bought in study.plan.purchases
    }


def reservations(study: Study) -> list[Reservation]:
    """List what the acceptance of a plan reserves."""
    lines = lines_in(study)
    return [
        Reservation(
            package=paid.package,
            line=lines[paid.package, paid.line, paid.offer],
            requirement=paid.line,
            contribution=paid.contribution,
            amount=Amount(paid.minor, study.problem.currency),
        )
        for paid in study.plan.payments
        if paid.minor
    ]


def why_not(run: PlanRun, person: Person) -> Finding | None:
    """Say why a plan cannot be accepted by `person`; nothing where it can."""
    if run.input.origin != Origin.LIST:
        return _finding("not-of-the-list.plan")
    if not may(person, Act.ACCEPT_PLANS, run.programme.slug):
        return _finding("no-right.plan")
    if FormedPackage.objects.filter(plan__run=run).exists():
        return _finding("accepted-before.plan")
    changed = _changed_since(run)
    if changed:
        return _finding("changed-since.rows", rows=tuple(changed))
    return None


def accept(
    run: PlanRun, *, person: Person, today: date, now: datetime, reserved_until: date
) -> list[FormedPackage] | list[Finding]:
    """Form the packages of a plan and reserve its money until a day; or say why not, and change nothing."""
    try:
        with transaction.atomic():
            return _accepted(run, person, today, now, reserved_until)
    except Refused as refused:
        trail.refused(
            AuditAct.PLAN_ACCEPTED,
            "plan",
            run.ref,
            code=refused.findings[0].code,
            programme=run.programme.slug,
        )
        return refused.findings


def _accepted(
    run: PlanRun, person: Person, today: date, now: datetime, reserved_until: date
) -> list[FormedPackage]:
    slug = run.programme.slug
    books = locked(slug)  # and with them the programme: nobody else accepts meanwhile
    if why := why_not(run, person):
        raise Refused(why)
    study = study_of(run)
    if study is None or not study.plan.purchases:
        raise Refused(_finding("nothing-bought.plan"))
    if altered := _other_terms(run, study, books.state):
        raise Refused(_finding("changed-since.rows", rows=tuple(altered)))
    packages = _formed(run, study, person, now, reserved_until)
    reserved = reservations(study)
    for number, one in enumerate(reserved, start=1):
        answer = enter_now(
            books,
            {
                "id": f"{run.ref}-{number}",
                "type": "allocate",
                "effective_on": today.isoformat(),
                "contribution": one.contribution,
                "line": one.line,
                "package": one.package,
                "amount": one.amount.minor,
                "currency": one.amount.currency,
                "reserved_until": reserved_until.isoformat(),
            },
            today=today,
            by=person.get_username(),
        )
        if isinstance(answer, Refusal):
            raise Refused(Finding(place=Place(file=one.contribution), said=answer.said))
    books.keep()
    trail.record(
        AuditAct.PLAN_ACCEPTED,
        "plan",
        run.ref,
        programme=slug,
        packages=[package.key for package in packages],
        reservations=len(reserved),
    )
    return packages


def _formed(
    run: PlanRun, study: Study, person: Person, now: datetime, reserved_until: date
) -> list[FormedPackage]:
    keys = sorted({bought.package for bought in study.plan.purchases})
    if taken := FormedPackage.objects.filter(programme=run.programme, key__in=keys).first():
        raise Refused(_finding("package-taken.name", package=taken.key))
    packages = {
        key: FormedPackage.objects.create(
            programme=run.programme,
            key=key,
            state=State.OPEN,
            plan=run.plan,
            formed_by=person.get_username(),
            formed_at=now,
            reserved_until=reserved_until,
        )
        for key in keys
    }
    wanted, offered = _rows(run)
    lines = lines_in(study)
    prices = {offer.id: offer.unit_price_minor for offer in study.problem.offers}
    PackageLine.objects.bulk_create(
        PackageLine(
            package=packages[bought.package],
            line=lines[bought.package, bought.line, bought.offer],
            requirement=wanted[bought.line],
            offer=offered[bought.offer],
            units=bought.units,
            unit_price=prices[bought.offer],
            currency=study.problem.currency,
        )
        for bought in study.plan.purchases
    )
    return list(packages.values())


def _rows(run: PlanRun) -> tuple[dict[str, RequirementRecord], dict[str, OfferRecord]]:
    """Give the requirements and the offers that a plan was made from, by their keys."""
    pairs = list(PlannedFrom.objects.filter(input=run.input).select_related("requirement", "offer"))
    return (
        {pair.requirement.key: pair.requirement for pair in pairs if pair.requirement is not None},
        {pair.offer.key: pair.offer for pair in pairs if pair.offer is not None},
    )


def _changed_since(run: PlanRun) -> list[str]:
    """List the requirements that are no longer on the list as they were, and offers that no longer stand."""
    wanted, offered = _rows(run)
    return [
        *(key for key, row in wanted.items() if row.state != State.LISTED),
        *(key for key, row in offered.items() if row.state != State.OFFERED),
    ]


def _other_terms(run: PlanRun, study: Study, state: Ledger) -> list[str]:
    """List the contributions that pay, and whose terms are no longer as the plan took them."""
    first_day = run.input.first_day
    assert first_day is not None  # an input of the list has one
    paying = {paid.contribution for paid in study.plan.payments}
    now = {money.id: money.terms() for money in money_available(run.programme, state, first_day)}
    return [
        money.id
        for money in study.problem.contributions
        if money.id in paying and now.get(money.id, money.terms()) != money.terms()
    ]


def _finding(code: str, **params: Param) -> Finding:
    return Finding(place=Place(file="plan"), said=sentence(f"acceptance.{code}", **params))
