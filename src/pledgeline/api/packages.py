"""Packages that plans formed, with the money on their lines, and the plans themselves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from pledgeline.accounts.rights import Act, may
from pledgeline.api.asking import LONGEST_WORDS, Asked, Listing, read, sorted_by
from pledgeline.api.door import person_of, refuse_to_see
from pledgeline.api.lists import as_json, listed, moment, part_of, shown
from pledgeline.api.problems import problem
from pledgeline.api.routes import HERE, programme_at, properties, reading
from pledgeline.api.values import amount_schema, components, listing, many, plain, text, whole
from pledgeline.ledger import State
from pledgeline.plan import plan_to_json
from pledgeline.queries.packages import lines_of
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import FormedPackage, PlanRun
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
ROW: dict[str, Any] = {
    "type": "object",
    "required": ["key"],
    "properties": {
        **{name: text() for name in ("key", "state", "plan", "made_by")},
        "made_at": text(format="date-time"),
        "reserved_until": text(format="date"),
    },
}
PACKAGE_ROW = components.named("PackageRow", ROW)
PACKAGE = components.named("Package", {**ROW, "properties": {**ROW["properties"], "lines": many(LINE)}})
PLAN: dict[str, Any] = {
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


class PackageAsked(Asked):
    ROWS = (*PackagesAsked.ROWS, "lines")


class PlansAsked(Listing):
    ROWS = tuple(properties(PLAN))

    sort: sorted_by("asked") = "-asked"  # type: ignore[valid-type]
    input: str = Field("", max_length=LONGEST_WORDS)


class PlanAsked(Asked):
    ROWS = (*PlansAsked.ROWS, "seal", "plan")


def package_json(row: FormedPackage) -> dict[str, Any]:
    return {
        "key": row.key,
        "state": row.state,
        "plan": row.plan.run.ref,
        "made_by": row.made_by,
        "made_at": moment(row.made_at),
        "reserved_until": plain(row.reserved_until),
    }


def plan_json(run: PlanRun) -> dict[str, Any]:
    return {
        "ref": run.ref,
        "kind": run.kind,
        "mode": run.mode,
        "input": run.input.name,
        "state": run.job.state,
        "asked_by": run.job.asked_by,
        "asked_at": moment(run.job.asked_at),
    }


def _packages(request: HttpRequest, slug: str) -> Any:
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
        state = State()
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
    return as_json(shown({**package_json(package), "lines": lines}, asked))


def _runs(request: HttpRequest, slug: str) -> Any:
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


@router.get(
    f"{HERE}/plans/{{ref}}",
    operation_id="get_plan",
    summary="Read one plan",
    openapi_extra=reading(PlanAsked, PLAN_OPENED),
)
def get_plan(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    asked = read(PlanAsked, request)
    run = _runs(request, slug).filter(ref=ref[:64]).first()
    if run is None:
        raise problem(404, "no-such.noun", noun="plan", key=ref[:60])
    try:
        study = study_of(run)
    except Altered:
        raise problem(409, "altered.plan") from None
    more = {"seal": study.seal, "plan": plan_to_json(study.plan)} if study else {}
    return as_json(shown({**plan_json(run), **more}, asked))
