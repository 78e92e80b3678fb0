"""Packages that plans formed, with the money on their lines, and the plans themselves: asked for, read, accepted."""

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from pledgeline.accounts.rights import Act, may
from pledgeline.actions import acceptance, plans
from pledgeline.actions.job_askers import asker_behind
from pledgeline.actions.list_plans import hand_in
from pledgeline.api.approvals import APPROVAL, held_answer
from pledgeline.api.asking import LONGEST_WORDS, AddressParameters, Listing, read, sorted_by
from pledgeline.api.door import person_of, refuse_to_see
from pledgeline.api.lists import as_json, listed, moment, part_of, shown
from pledgeline.api.order_units import UNITS_SCHEMA
from pledgeline.api.problems import of_findings, problem
from pledgeline.api.routes import HERE, programme_at, properties, reading, writing
from pledgeline.api.values import (
    Schema,
    amount_schema,
    components,
    listing,
    many,
    plain,
    text,
    whole,
    without_nothing,
)
from pledgeline.api.writing import Writing, asking_for_a_job, written
from pledgeline.ledger import Balances
from pledgeline.plan import plan_to_json
from pledgeline.programme.findings import Finding
from pledgeline.programme.formed import ProgrammePackage
from pledgeline.programme.settings import today_of
from pledgeline.programme.step_asked import PlanAcceptance, PlanWish
from pledgeline.queries.contributions import state_now
from pledgeline.queries.package_waits import waits_of
from pledgeline.queries.packages import Progress, figures_of, lines_of
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import FormedPackage, HeldAct, PlanRun, RunKind
from pledgeline.records.plans import Altered, study_of

router = Router(tags=["packages and plans"])

LINE = components.named(
    "PackageLine",
    {
        "type": "object",
        "required": ["line"],
        "properties": {
            **{name: text() for name in ("line", "requirement", "offer")},
            "units": whole(),
            **{name: amount_schema() for name in ("unit_price", "cost", "held")},
            "payers": many(
                {
                    "type": "object",
                    "required": ["contribution", "amount"],
                    "properties": {"contribution": text(), "amount": amount_schema()},
                }
            ),
        },
    },
)
FIELDS = components.fields_of(ProgrammePackage)
ROW: Schema = {
    "type": "object",
    "required": ["key"],
    "properties": {
        **{name: text() for name in ("state", "plan", "made_by")},
        "made_at": text(format="date-time"),
        **FIELDS,
    },
}
PACKAGE_ROW = components.named("PackageRow", ROW)
WAIT: Schema = {
    "type": "object",
    "required": ["noun", "act", "key", "roles"],
    "properties": {**{name: text() for name in ("noun", "act", "key", "approval")}, "roles": many(text())},
}
MORE: Schema = {
    "progress": text(enum=[progress.value for progress in Progress]),
    "packaged_units": whole(),
    "units": UNITS_SCHEMA,
    "waits_for": many(WAIT),
    "lines": many(LINE),
}
PACKAGE = components.named("Package", {**ROW, "properties": {**ROW["properties"], **MORE}})
PLAN: Schema = {
    "type": "object",
    "required": ["ref"],
    "properties": {
        **{name: text() for name in ("ref", "kind", "mode", "input", "state", "asked_by")},
        "asked_at": text(format="date-time"),
    },
}
PLAN_ROW = components.named("PlanRow", PLAN)
PLAN_OPENED = components.named(
    "Plan", {**PLAN, "properties": {**PLAN["properties"], "seal": text(), "plan": {"type": "object"}}}
)


class PackagesAsked(Listing):
    ROWS = tuple(properties(ROW))

    sort: sorted_by("key", "made_at", "reserved_until") = "key"  # type: ignore[valid-type]


class PackageAsked(AddressParameters):
    ROWS = (*PackagesAsked.ROWS, *MORE)


class PlansAsked(Listing):
    ROWS = tuple(properties(PLAN))

    sort: sorted_by("asked") = "-asked"  # type: ignore[valid-type]
    input: str = Field("", max_length=LONGEST_WORDS)


class PlanAsked(AddressParameters):
    ROWS = (*PlansAsked.ROWS, "seal", "plan")


def package_json(row: FormedPackage) -> dict[str, object]:
    return {
        "state": row.state,
        "plan": row.plan.run.ref,
        "made_by": row.made_by,
        "made_at": moment(row.made_at),
        **without_nothing({name: getattr(row, name) for name in FIELDS}),
    }


def plan_json(run: PlanRun) -> dict[str, object]:
    return {
        "ref": run.ref,
        "kind": run.kind,
        "mode": run.mode,
        "input": run.input.name,
        "state": run.job.state,
        "asked_by": run.job.asked_by,
        "asked_at": moment(run.job.asked_at),
    }


def _packages(request: HttpRequest, slug: str) -> QuerySet[FormedPackage]:
    programme = programme_at(request, slug)
    if not may(person_of(request), Act.SEE_PLANS, slug):
        refuse_to_see(request, Act.SEE_PLANS)
    return FormedPackage.objects.filter(programme=programme).select_related("plan__run")


@router.get(
    f"{HERE}/packages",
    operation_id="list_packages",
    summary="List the packages that plans formed",
    openapi_extra=reading(PackagesAsked, listing(PACKAGE_ROW)),
)
def list_packages(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(PackagesAsked, request)
    order = (asked.sort,) if asked.sort.endswith("key") else (asked.sort, "key")
    return listed(request, part_of(_packages(request, slug), order, asked, package_json))


@router.get(
    f"{HERE}/packages/{{path:key}}",
    operation_id="get_package",
    summary="Read one package, with the money on its lines",
    openapi_extra=reading(PackageAsked, PACKAGE),
)
def get_package(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    asked = read(PackageAsked, request)
    package = _packages(request, slug).filter(key=key).first()
    if package is None:
        raise problem(404, "no-such.noun", noun="package", key=key[:200])
    try:
        state = books_of(slug, person_of(request)).state
    except NoBooks:
        state = Balances()
    lines = [
        {
            "line": money.line.line,
            "requirement": money.line.requirement.key,
            "offer": money.line.offer.key,
            "units": money.line.units,
            "unit_price": {"minor": money.line.unit_price, "currency": money.line.currency},
            "cost": plain(money.cost),
            "held": plain(money.held),
            "payers": [{"contribution": key_, "amount": plain(amount)} for key_, amount in money.payers],
        }
        for money in lines_of(package, state)
    ]
    return as_json(shown({**package_json(package), **_how_far(package), "lines": lines}, asked))


def _how_far(package: FormedPackage) -> dict[str, object]:
    """Say how far a package is, and what it waits for; of an approval with its reference."""
    state = state_now(package.programme)
    (figures,) = figures_of(package.programme, state, [package])
    waits = waits_of(package.programme, state, [package]).get(package.pk, [])
    return {
        "progress": figures.progress.value,
        "packaged_units": figures.units,
        "units": figures.of_orders.as_said(),
        "waits_for": [
            {
                "noun": wait.noun,
                "act": wait.act,
                "key": wait.row.key,
                "roles": sorted(role.value for role in wait.roles),
                **({"approval": wait.held.ref} if wait.held else {}),
            }
            for wait in waits
        ],
    }


def _runs(request: HttpRequest, slug: str) -> QuerySet[PlanRun]:
    programme_at(request, slug)
    person = person_of(request)
    if not may(person, Act.SEE_PLANS, slug):
        refuse_to_see(request, Act.SEE_PLANS)
    rows = PlanRun.objects.visible_to(person, slug).select_related("input", "job")
    return rows.defer("input__upload", "input__marked", "input__problem", "input__findings")


@router.get(
    f"{HERE}/plans",
    operation_id="list_plans",
    summary="List the runs of the planner",
    openapi_extra=reading(PlansAsked, listing(PLAN_ROW)),
)
def list_plans(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(PlansAsked, request)
    rows = _runs(request, slug)
    if asked.input:
        rows = rows.filter(input__name=asked.input)
    order = ("-pk",) if asked.sort.startswith("-") else ("pk",)
    return listed(request, part_of(rows, order, asked, plan_json))


@router.post(
    f"{HERE}/plans",
    operation_id="ask_for_plan",
    summary="Ask for a plan of what is on the list",
    description="It is made by a job: the answer is 202 with its address, which says how far it is, and then the plan.",
    openapi_extra=writing(components.sent("PlanWish", PlanWish), PLAN_ROW, status=202),
    response={202: None},
)
def ask_for_plan(request: HttpRequest, slug: str) -> HttpResponse:
    return written(request, lambda writing_: _asked(writing_, slug))


def _asked(writing_: Writing, slug: str) -> HttpResponse:
    request, person = writing_.request, writing_.person
    programme = programme_at(request, slug)
    writing_.must_have_right(Act.MAKE_PLANS, slug)
    said = writing_.noun(PlanWish, name="plan")
    asker = asker_behind(person)
    today = today_of(programme.to_value(), writing_.now)
    with asking_for_a_job(), transaction.atomic():
        source = hand_in(programme=programme, package=said.package, asker=asker, today=today)
        if isinstance(source, list):
            raise of_findings(source)
        run = plans.ask(
            source=source,
            kind=RunKind.PLAN,
            mode=said.mode,
            asker=asker,
            budget_seconds=said.budget_seconds,
        )
    response = as_json(plan_json(run), 202)
    response["Location"] = request.build_absolute_uri(f"{request.path}/{run.ref}")
    return response


@router.post(
    f"{HERE}/plans/{{ref}}/acceptance",
    operation_id="accept_plan",
    summary="Accept a plan: its packages are formed, and its money is reserved",
    description="Where a second person has to approve it, the answer is 202 with what waits.",
    openapi_extra=writing(
        components.sent("PlanAcceptance", PlanAcceptance), listing(PACKAGE_ROW), status=201, held=APPROVAL
    ),
    response={201: None},
)
def accept_plan(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        run = _run(request, slug, ref)
        said = writing_.noun(PlanAcceptance, name="acceptance")
        done = acceptance.accept(
            run,
            person=writing_.person,
            today=today_of(run.programme.to_value(), writing_.now),
            now=writing_.now,
            reserved_until=said.reserved_until,
            by_size=said.by_size,
        )
        if isinstance(done, HeldAct):
            return held_answer(request, done)
        findings = [outcome for outcome in done if isinstance(outcome, Finding)]
        if findings:
            raise of_findings(findings)
        packages = [package for package in done if isinstance(package, FormedPackage)]
        return as_json({"items": list(map(package_json, packages))}, 201)

    return written(request, act)


def _run(request: HttpRequest, slug: str, ref: str) -> PlanRun:
    run: PlanRun | None = _runs(request, slug).filter(ref=ref[:64]).first()
    if run is None:
        raise problem(404, "no-such.noun", noun="plan", key=ref[:60])
    return run


@router.get(
    f"{HERE}/plans/{{ref}}",
    operation_id="get_plan",
    summary="Read one plan",
    openapi_extra=reading(PlanAsked, PLAN_OPENED, refusals=(409,)),
)
def get_plan(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    asked = read(PlanAsked, request)
    run = _run(request, slug, ref)
    try:
        study = study_of(run)
    except Altered:
        raise problem(409, "altered.plan") from None
    more = {"seal": study.seal, "plan": plan_to_json(study.plan)} if study else {}
    return as_json(shown({**plan_json(run), **more}, asked))
