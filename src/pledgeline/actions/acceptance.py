"""Accept a plan: its packages are formed, and its money is reserved in the books, in one transaction or not at all."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.actions.books import enter_now
from pledgeline.actions.changes import NothingDone, taken_back
from pledgeline.actions.holding import hold
from pledgeline.actions.list_plans import money_available
from pledgeline.actions.nouns import note
from pledgeline.actions.packages import keep_terms
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.ledger import Balances, Entry, Refusal
from pledgeline.money import Amount
from pledgeline.plan.sizes import Piece, as_funded, of_size
from pledgeline.programme.approvals import Approvable
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import Param, sentence
from pledgeline.programme.steps import State
from pledgeline.queries.approvals import approval_needed
from pledgeline.queries.packages import bound_units, live_lines
from pledgeline.records.books import Locked, locked
from pledgeline.records.models import (
    FormedPackage,
    HeldAct,
    OfferRecord,
    Origin,
    PackageLine,
    PlannedFrom,
    PlanRun,
    RequirementRecord,
)
from pledgeline.records.plans import Study, study_of

PLAN = "plan"

USUAL_DAYS = 30
"""For so long is money reserved, unless another day is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedLine:
    """A line of a package that an acceptance forms: `key` is what the books call it."""

    key: str
    piece: Piece
    currency: str

    @property
    def reserved(self) -> list[tuple[str, Amount]]:
        """Give what each contribution is to keep free for it."""
        return [(contribution, Amount(minor, self.currency)) for contribution, minor in self.piece.paid]


def lines_in(study: Study, size: Amount | None = None) -> list[AcceptedLine]:
    """Give the lines of the packages that a plan forms: as large as what is funded, or of a size.

    A requirement that is met by two offers in one package has two lines, as each has its own price.
    """
    pieces = of_size(study.problem, study.plan, size.minor) if size else as_funded(study.problem, study.plan)
    offers = Counter((piece.package, piece.line) for piece in pieces)
    return [
        AcceptedLine(
            key=f"{piece.package}/{piece.line}"
            + (f"/{piece.offer}" if offers[piece.package, piece.line] > 1 else ""),
            piece=piece,
            currency=study.problem.currency,
        )
        for piece in pieces
    ]


def size_for(run: PlanRun, study: Study) -> Amount | None:
    """Give the size of packages that the programme's settings say, where it is in the currency of the plan."""
    size = run.programme.to_value().package_size
    return size if size.currency == study.problem.currency else None


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
    run: PlanRun,
    *,
    person: Person,
    today: date,
    now: datetime,
    reserved_until: date,
    by_size: bool = False,
) -> list[FormedPackage] | HeldAct | list[Finding]:
    """Form the packages of a plan and reserve its money until a day; or say why not, and change nothing.

    They are as large as what is funded, or `by_size` of that which the programme's settings say. Where a second
    person has to approve it, it is held.
    """
    try:
        with transaction.atomic():
            done = accepted(run, person, today, now, reserved_until, by_size=by_size)
            return done if isinstance(done, HeldAct) else done.packages
    except NothingDone as refused:
        trail.refused(
            AuditAct.PLAN_ACCEPTED,
            "plan",
            run.ref,
            code=refused.findings[0].code,
            programme=run.programme.slug,
        )
        return refused.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What an acceptance forms and enters, and the role that has to approve it, "" where none has."""

    packages: list[FormedPackage]
    lines: list[AcceptedLine]
    entries: list[Entry]
    approved_by: str


def foreseen(
    run: PlanRun, *, person: Person, today: date, now: datetime, reserved_until: date, by_size: bool = False
) -> Accepted | list[Finding]:
    """Give what an acceptance would form and enter: it is done, read, and taken back."""
    try:
        with taken_back():
            done = accepted(run, person, today, now, reserved_until, by_size=by_size, is_approved=True)
            assert isinstance(done, Accepted)  # nothing that is approved is held
            return done
    except NothingDone as refused:
        return refused.findings


def hindrances(run: PlanRun, person: Person, state: Balances, *, today: date, until: date) -> list[Finding]:
    """Say what keeps a plan from being accepted now, and reserved until a day; only read, so that any page may ask."""
    try:
        _can_be_accepted(run, person, state)
    except NothingDone as refused:
        return refused.findings
    return [_over(until)] if until < today else []


def accepted(
    run: PlanRun,
    person: Person,
    today: date,
    now: datetime,
    reserved_until: date,
    *,
    by_size: bool,
    is_approved: bool = False,
) -> Accepted | HeldAct:
    """Accept a plan as a part of a transaction, unless it is held for approval.

    Raises:  NothingDone.
    """
    slug = run.programme.slug
    books = locked(slug)  # and with them the programme: nobody else accepts meanwhile
    study = _can_be_accepted(run, person, books.state)
    size = size_for(run, study) if by_size else None
    if by_size and size is None:
        raise NothingDone(_finding("other-currency.size", currency=study.problem.currency))
    if reserved_until < today:
        raise NothingDone(_over(reserved_until))
    lines = lines_in(study, size)
    reserved = Amount(
        sum(amount.minor for line in lines for _contribution, amount in line.reserved), study.problem.currency
    )
    if not is_approved:
        held = hold(
            run.programme,
            what=Approvable.PLAN,
            about=(PLAN, run.ref, "accept"),
            amount=reserved,
            said={"reserved_until": reserved_until.isoformat(), "by_size": by_size},
            person=person,
            now=now,
            today=today,
        )
        if held is not None:
            return held
    packages = _formed(run, study, lines, person, now, reserved_until)
    entries = _reserved(run, lines, books, person, today, reserved_until)
    for package in packages:
        if by_size:
            keep_terms(package, books.state)
        note(package, "write", "", person, now, entries=[entry.position for entry in entries[package.key]])
    books.keep()
    trail.record(
        AuditAct.PLAN_ACCEPTED,
        "plan",
        run.ref,
        programme=slug,
        packages=[package.key for package in packages],
        reservations=sum(map(len, entries.values())),
    )
    needed = approval_needed(run.programme, Approvable.PLAN, reserved, today)
    return Accepted(
        packages=packages,
        lines=lines,
        entries=[entry for made in entries.values() for entry in made],
        approved_by=needed.role if needed else "",
    )


def _can_be_accepted(run: PlanRun, person: Person, state: Balances) -> Study:
    """Refuse a plan that is not as it was, or that this person may not accept."""
    if why := why_not(run, person):
        raise NothingDone(why)
    study = study_of(run)
    if study is None or not study.plan.purchases:
        raise NothingDone(_finding("nothing-bought.plan"))
    if taken := _packaged_since(run, study, state):
        raise NothingDone(_finding("packaged-since.rows", rows=tuple(taken)))
    if altered := _other_terms(run, study, state):
        raise NothingDone(_finding("changed-since.rows", rows=tuple(altered)))
    return study


def _reserved(
    run: PlanRun, lines: list[AcceptedLine], books: Locked, person: Person, today: date, reserved_until: date
) -> dict[str, list[Entry]]:
    """Set the money of every line aside; give the entries by the packages."""
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    pairs = [(line, contribution, amount) for line in lines for contribution, amount in line.reserved]
    ids = [f"{run.ref}-{number}" for number in range(1, len(pairs) + 1)]
    books.look_up(ids)
    for id_, (line, contribution, amount) in zip(ids, pairs, strict=True):
        answer = enter_now(
            books,
            {
                "id": id_,
                "type": "allocate",
                "effective_on": today.isoformat(),
                "contribution": contribution,
                "line": line.key,
                "package": line.piece.package,
                "amount": amount.minor,
                "currency": amount.currency,
                "reserved_until": reserved_until.isoformat(),
            },
            today=today,
            by=username_of(person),
        )
        if isinstance(answer, Refusal):
            raise NothingDone(Finding(place=Place(file=contribution), said=answer.said))
        entries[line.piece.package].append(answer.entry)
    return entries


def _formed(
    run: PlanRun,
    study: Study,
    lines: list[AcceptedLine],
    person: Person,
    now: datetime,
    reserved_until: date,
) -> list[FormedPackage]:
    keys = list(dict.fromkeys(line.piece.package for line in lines))
    if taken := FormedPackage.objects.filter(programme=run.programme, key__in=keys).first():
        raise NothingDone(_finding("package-taken.name", package=taken.key))
    packages = {
        key: FormedPackage.objects.create(
            programme=run.programme,
            key=key,
            state=State.OPEN,
            plan=run.plan,
            made_by=username_of(person),
            made_at=now,
            reserved_until=reserved_until,
        )
        for key in keys
    }
    wanted, offered = _rows(run)
    prices = {offer.id: offer.unit_price_minor for offer in study.problem.offers}
    PackageLine.objects.bulk_create(
        PackageLine(
            package=packages[line.piece.package],
            line=line.key,
            requirement=wanted[line.piece.line],
            offer=offered[line.piece.offer],
            units=line.piece.units,
            unit_price=prices[line.piece.offer],
            currency=line.currency,
        )
        for line in lines
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


def _packaged_since(run: PlanRun, study: Study, state: Balances) -> list[str]:
    """List the requirements and offers of which other packages hold so much that the plan wants more than is left."""
    wanted: Counter[str] = Counter()
    bought: Counter[str] = Counter()
    for purchase in study.plan.purchases:
        wanted[purchase.line] += purchase.units
        bought[purchase.offer] += purchase.units
    requirements, offers = _rows(run)
    bound = bound_units(live_lines(run.programme, state))
    left = {key: bound.left_of(row) for key, row in offers.items()}
    return [
        *(key for key, row in requirements.items() if wanted[key] > bound.open_units(row)),
        *(key for key, units in left.items() if units is not None and bought[key] > units),
    ]


def _other_terms(run: PlanRun, study: Study, state: Balances) -> list[str]:
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


def _over(reserved_until: date) -> Finding:
    return _finding("over.reservation", day=reserved_until)


def _finding(code: str, **params: Param) -> Finding:
    return Finding(place=Place(file="plan"), said=sentence(f"acceptance.{code}", **params))
